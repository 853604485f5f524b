//! A load generator: signed webhooks of a shop's day, posted over raw connections, and a reader of the event stream.

use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use recado_sim::home::{APP, SECRET, WABA};
use recado_sim::webhook::sign;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant as Moment, sleep_until};

/// Where recado takes webhooks.
pub fn recado_path() -> String {
    format!("/webhooks/meta/{APP}")
}

/// Where the bare server takes them.
pub const BARE_PATH: &str = "/webhook";

/// How many different words customers know; they use them as Zipf says.
const WORDS: u64 = 20_000;
/// The words that a shop hears all day, the most common first.
const COMMON: [&str; 16] = [
    "de", "hola", "que", "la", "pedido", "gracias", "para", "mañana", "quiero", "dos", "pan",
    "por", "está", "você", "entrega", "favor",
];

/// Numbers that look random and are the same for the same seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice of this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub const fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.any() % if end == 0 { 1 } else { end }
    }

    /// A part of one.
    #[expect(clippy::cast_precision_loss, reason = "32 bits fit")]
    pub fn part(&mut self) -> f64 {
        (self.any() >> 32) as f64 / f64::from(u32::MAX)
    }
}

/// What a body tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A customer's text.
    Text,
    /// A report about one of our messages.
    Status,
    /// A picture, a place, a reaction, or a field that is no message.
    Other,
}

/// One notification, signed.
#[derive(Debug, Clone)]
pub struct Post {
    /// Its body.
    pub body: String,
    /// Of which sort it is.
    pub sort: Sort,
    /// Messages in it that make a row of their own.
    pub messages: usize,
}

impl Post {
    /// The whole HTTP request.
    pub fn request(&self, path: &str) -> Vec<u8> {
        format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
             x-hub-signature-256: {}\r\ncontent-length: {}\r\n\r\n{}",
            sign(SECRET, self.body.as_bytes()),
            self.body.len(),
            self.body
        )
        .into_bytes()
    }
}

/// A business number that the traffic is for.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its digits.
    pub digits: String,
    /// Meta's id of it.
    pub id: String,
}

/// The traffic of a shop: seeded, endless.
#[derive(Debug)]
pub struct Traffic {
    dice: Dice,
    chats: u64,
    lines: Vec<Line>,
    count: u64,
    now_s: i64,
    echoes: Vec<(u64, String)>,
    reported: usize,
}

impl Traffic {
    /// Traffic of so many customers over these numbers, told at this second of 1970's clock.
    pub const fn new(seed: u64, chats: u64, lines: Vec<Line>, now_s: i64) -> Self {
        Self {
            dice: Dice::new(seed),
            chats,
            lines,
            count: 0,
            now_s,
            echoes: Vec::new(),
            reported: 0,
        }
    }

    /// The second that the next messages are told at.
    pub const fn set_now(&mut self, now_s: i64) {
        self.now_s = now_s;
    }

    /// 60 texts, 35 statuses, 5 others of a hundred. Statuses need [`Traffic::echoes`] before.
    pub fn mixed(&mut self) -> Post {
        match self.dice.below(100) {
            0..60 => {
                let chat = self.chat();
                let text = self.sentence();
                self.text(chat, &text)
            }
            60..95 => self.status(),
            _ => self.other(),
        }
    }

    /// A text of a customer.
    pub fn text(&mut self, chat: u64, text: &str) -> Post {
        let message = self.message(
            chat,
            &format!(r#""type":"text","text":{{"body":"{text}"}}"#),
        );
        post(&[self.change(chat, &[(chat, message)])], Sort::Text, 1)
    }

    /// A body with many texts of customers and of ours, as a store grows by them.
    pub fn many(&mut self, inbound: usize, echoes: usize) -> Post {
        let line = self.dice.below(self.lines.len() as u64);
        self.texts(line, (inbound, echoes), |this| {
            let chat = this.chat();
            chat - chat % this.lines.len() as u64 + line
        })
    }

    /// A body with many texts of one chat.
    pub fn talk(&mut self, chat: u64, inbound: usize, echoes: usize) -> Post {
        let line = chat % self.lines.len() as u64;
        self.texts(line, (inbound, echoes), |_| chat)
    }

    fn texts(
        &mut self,
        line: u64,
        (inbound, echoes): (usize, usize),
        which: impl Fn(&mut Self) -> u64,
    ) -> Post {
        let mut items = Vec::with_capacity(inbound);
        for _ in 0..inbound {
            let chat = which(self);
            let text = self.sentence();
            let text = format!(r#""type":"text","text":{{"body":"{text}"}}"#);
            items.push((chat, self.message(chat, &text)));
        }
        let mut ours = Vec::with_capacity(echoes);
        for _ in 0..echoes {
            let chat = which(self);
            let (_, item) = self.echo_item(chat);
            ours.push(item);
        }
        let mut changes = Vec::new();
        if !items.is_empty() {
            changes.push(self.change(line, &items));
        }
        if !ours.is_empty() {
            changes.push(self.echo_change(line, &ours));
        }
        post(&changes, Sort::Other, inbound + echoes)
    }

    /// A body with messages of ours, which statuses speak of from now on.
    pub fn echoes(&mut self, count: usize) -> Post {
        let line = self.dice.below(self.lines.len() as u64);
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            let chat = self.chat();
            let chat = chat - chat % self.lines.len() as u64 + line;
            let (wamid, item) = self.echo_item(chat);
            items.push(item);
            self.echoes.push((chat, wamid));
        }
        let change = self.echo_change(line, &items);
        post(&[change], Sort::Other, count)
    }

    fn echo_item(&mut self, chat: u64) -> (String, String) {
        let (wamid, text) = (self.wamid(&wa_id(chat), 0x11), self.sentence());
        let item = format!(
            r#"{{"from":"{}","to":"{}","id":"{wamid}","timestamp":"{}","type":"text","text":{{"body":"{text}"}}}}"#,
            self.line(chat).digits,
            wa_id(chat),
            self.now_s
        );
        (wamid, item)
    }

    fn echo_change(&self, line: u64, items: &[String]) -> String {
        format!(
            r#"{{"value":{{"messaging_product":"whatsapp",{},"message_echoes":[{}]}},"field":"smb_message_echoes"}}"#,
            metadata(self.line(line)),
            items.join(",")
        )
    }

    fn status(&mut self) -> Post {
        let (of, word) = (
            self.reported / 2,
            if self.reported.is_multiple_of(2) {
                "delivered"
            } else {
                "read"
            },
        );
        self.reported += 1;
        let missing = || (0, self.wamid_unknown());
        let (chat, wamid) = self.echoes.get(of).cloned().unwrap_or_else(missing);
        let (line, recipient) = (self.line(chat), wa_id(chat));
        let change = format!(
            r#"{{"value":{{"messaging_product":"whatsapp",{},"statuses":[{{"id":"{wamid}","status":"{word}","timestamp":"{}","recipient_id":"{recipient}","conversation":{{"id":"c4f9","origin":{{"type":"service"}}}},"pricing":{{"billable":false,"pricing_model":"PMP","category":"service","type":"free_customer_service"}}}}]}},"field":"messages"}}"#,
            metadata(line),
            self.now_s
        );
        post(&[change], Sort::Status, 0)
    }

    fn other(&mut self) -> Post {
        let chat = self.chat();
        let what = match self.dice.below(5) {
            0 | 1 => {
                r#""type":"image","image":{"id":"1003383421387256","mime_type":"image/jpeg","sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=","caption":"El pastel"}"#
            }
            2 | 3 => {
                r#""type":"location","location":{"latitude":-12.0464,"longitude":-77.0428,"name":"Plaza"}"#
            }
            _ => {
                let change = format!(
                    r#"{{"value":{{"event":"APPROVED","message_template_id":{},"message_template_name":"pedido_listo","message_template_language":"es","reason":"NONE"}},"field":"message_template_status_update"}}"#,
                    self.dice.any() >> 12
                );
                return post(&[change], Sort::Other, 0);
            }
        };
        let message = self.message(chat, what);
        post(&[self.change(chat, &[(chat, message)])], Sort::Other, 1)
    }

    fn message(&mut self, chat: u64, what: &str) -> String {
        let (from, now_s) = (wa_id(chat), self.now_s);
        let wamid = self.wamid(&from, 0x12);
        format!(r#"{{"from":"{from}","id":"{wamid}","timestamp":"{now_s}",{what}}}"#)
    }

    fn change(&self, chat: u64, items: &[(u64, String)]) -> String {
        let mut people: Vec<u64> = items.iter().map(|(chat, _)| *chat).collect();
        people.sort_unstable();
        people.dedup();
        let contacts: Vec<String> = people
            .into_iter()
            .map(|chat| {
                let (id, name) = (wa_id(chat), name(chat));
                format!(
                    r#"{{"profile":{{"name":"{name}"}},"wa_id":"{id}","user_id":"PE.7{id}{id}"}}"#
                )
            })
            .collect();
        let messages: Vec<&str> = items.iter().map(|(_, m)| m.as_str()).collect();
        format!(
            r#"{{"value":{{"messaging_product":"whatsapp",{},"contacts":[{}],"messages":[{}]}},"field":"messages"}}"#,
            metadata(self.line(chat)),
            contacts.join(","),
            messages.join(",")
        )
    }

    /// A few customers write much, most of them little.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of chats"
    )]
    fn chat(&mut self) -> u64 {
        let part = self.dice.part();
        ((self.chats as f64 * part * part) as u64).min(self.chats.saturating_sub(1))
    }

    fn line(&self, chat: u64) -> &Line {
        static NONE: Line = Line {
            digits: String::new(),
            id: String::new(),
        };
        let place = usize::try_from(chat % self.lines.len().max(1) as u64).unwrap_or(0);
        self.lines.get(place).unwrap_or(&NONE)
    }

    /// Four to fourteen words, sometimes with an emoji.
    pub fn sentence(&mut self) -> String {
        let mut text = String::with_capacity(80);
        for i in 0..4 + self.dice.below(10) {
            if i > 0 {
                text.push(' ');
            }
            let place = self.place();
            text.push_str(&word(place));
        }
        if self.dice.below(6) == 0 {
            text.push_str(" \u{1f600}");
        }
        text
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among words"
    )]
    fn place(&mut self) -> u64 {
        (WORDS as f64).powf(self.dice.part()) as u64 - 1
    }

    fn wamid(&mut self, other: &str, way: u8) -> String {
        self.count += 1;
        let (high, low) = (self.dice.any(), self.dice.below(256));
        let mut bytes = vec![0x1d, 0x04, u8::try_from(other.len()).unwrap_or(0)];
        bytes.extend_from_slice(other.as_bytes());
        bytes.extend_from_slice(&[0x15, 0x02, 0x00, way, 0x18, 0x12]);
        bytes.extend_from_slice(format!("{high:016X}{low:02X}").as_bytes());
        bytes.push(0);
        format!("wamid.{}", base64(&bytes))
    }

    fn wamid_unknown(&self) -> String {
        format!("wamid.UNKNOWN{}", self.reported)
    }
}

/// A word by how common it is, 0 the most.
pub fn word(place: u64) -> String {
    const SYLLABLES: [&str; 20] = [
        "ca", "me", "lo", "ri", "sa", "tu", "pe", "no", "da", "gui", "che", "fa", "mu", "ja", "vi",
        "so", "re", "ña", "llo", "bre",
    ];
    let common = usize::try_from(place).ok().and_then(|at| COMMON.get(at));
    if let Some(common) = common {
        return (*common).to_owned();
    }
    let mut word = String::new();
    let mut rest = place;
    while rest > 0 {
        let at = usize::try_from(rest % 20).unwrap_or(0);
        word.push_str(SYLLABLES.get(at).copied().unwrap_or_default());
        rest /= 20;
    }
    word
}

fn post(changes: &[String], sort: Sort, messages: usize) -> Post {
    let body = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"{WABA}","changes":[{}]}}]}}"#,
        changes.join(",")
    );
    Post {
        body,
        sort,
        messages,
    }
}

fn metadata(line: &Line) -> String {
    format!(
        r#""metadata":{{"display_phone_number":"{}","phone_number_id":"{}"}}"#,
        line.digits, line.id
    )
}

/// A customer's number.
pub fn wa_id(chat: u64) -> String {
    format!("519{:08}", 10_000_000 + chat)
}

fn name(chat: u64) -> String {
    const FIRST: [&str; 12] = [
        "Ana", "Luis", "María", "João", "Rosa", "Pedro", "Lucía", "Tiago", "Elena", "Bruno",
        "Carmen", "Iván",
    ];
    let first = usize::try_from(chat % 12).ok().and_then(|i| FIRST.get(i));
    let mut last = word(17 + chat % 1_900);
    if let Some(head) = last.get_mut(..1) {
        head.make_ascii_uppercase();
    }
    format!("{} {last}", first.copied().unwrap_or("Ana"))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: [char; 64] = {
        let mut signs = ['+'; 64];
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut i = 0;
        while i < 64 {
            #[expect(
                clippy::indexing_slicing,
                reason = "both have 64 places; made when compiled"
            )]
            {
                signs[i] = letters[i] as char;
            }
            i += 1;
        }
        signs
    };
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let all = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let sign = usize::try_from(all >> (18 - 6 * place) & 63).unwrap_or(0);
            let filled = place <= chunk.len();
            out.push(SIGNS.get(sign).copied().filter(|_| filled).unwrap_or('='));
        }
    }
    out
}

/// What a load came to.
#[derive(Debug, Default, Clone)]
pub struct Loaded {
    /// Answered 200.
    pub acked: usize,
    /// Answered otherwise.
    pub refused: usize,
    /// How long it took.
    pub took: Duration,
    /// From the last byte written to the answer read, of each.
    pub waits: Vec<Duration>,
}

impl Loaded {
    /// Answered 200 each second.
    #[expect(clippy::cast_precision_loss, reason = "a count of requests")]
    pub fn rate(&self) -> f64 {
        self.acked as f64 / self.took.as_secs_f64()
    }
}

/// One kept-alive connection.
#[derive(Debug)]
pub struct Poster {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Poster {
    /// Connects.
    pub async fn connect(to: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            answer: Vec::with_capacity(4096),
        })
    }

    /// Posts a request and reads its answer whole. Says the status.
    pub async fn post(&mut self, request: &[u8]) -> anyhow::Result<u16> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        loop {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                bail!("the server hung up");
            }
            if let Some(status) = answered(&self.answer) {
                return Ok(status);
            }
        }
    }
}

/// The status, once the whole answer is there.
fn answered(bytes: &[u8]) -> Option<u16> {
    let head = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    let text = std::str::from_utf8(bytes.get(..head)?).ok()?;
    let length = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    if bytes.len() < head + 4 + length {
        return None;
    }
    text.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// Posts everything over so many connections, each posting its next as soon as it is answered.
pub async fn closed(
    to: &str,
    requests: Vec<Vec<u8>>,
    connections: usize,
) -> anyhow::Result<Loaded> {
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicUsize::new(0));
    let mut posters = Vec::with_capacity(connections);
    for _ in 0..connections {
        posters.push(Poster::connect(to).await?);
    }
    let begin = Instant::now();
    let mut all = JoinSet::new();
    for mut poster in posters {
        let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
        all.spawn(async move {
            let mut mine = Loaded::default();
            while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                let sent = Instant::now();
                let status = poster.post(request).await?;
                mine.waits.push(sent.elapsed());
                if status == 200 {
                    mine.acked += 1;
                } else {
                    mine.refused += 1;
                }
            }
            anyhow::Ok(mine)
        });
    }
    let mut whole = Loaded::default();
    while let Some(part) = all.join_next().await {
        let part = part??;
        whole.acked += part.acked;
        whole.refused += part.refused;
        whole.waits.extend(part.waits);
    }
    whole.took = begin.elapsed();
    Ok(whole)
}

/// Posts at fixed moments, whatever the answers do; says when each was answered.
pub async fn open(
    to: &str,
    requests: Vec<Vec<u8>>,
    rate: u32,
    connections: usize,
) -> anyhow::Result<Vec<Instant>> {
    let requests = Arc::new(requests);
    let every = Duration::from_secs(1) / rate;
    let begin = Moment::now() + Duration::from_millis(50);
    let answered = Arc::new(Mutex::new(vec![None; requests.len()]));
    let mut all = JoinSet::new();
    for mine in 0..connections {
        let mut poster = Poster::connect(to).await?;
        let (requests, answered) = (Arc::clone(&requests), Arc::clone(&answered));
        all.spawn(async move {
            for (i, request) in requests.iter().enumerate().skip(mine).step_by(connections) {
                sleep_until(begin + every * u32::try_from(i)?).await;
                let status = poster.post(request).await?;
                let now = Instant::now();
                anyhow::ensure!(status == 200, "answered {status}");
                if let Some(place) = kept(&answered).get_mut(i) {
                    *place = Some(now);
                }
            }
            anyhow::Ok(())
        });
    }
    while let Some(part) = all.join_next().await {
        part??;
    }
    let all = std::mem::take(&mut *kept(&answered));
    all.into_iter()
        .collect::<Option<_>>()
        .context("a post was not answered")
}

fn kept<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An open event stream that counts its bytes.
#[derive(Debug)]
pub struct Listener {
    bytes: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Listener {
    /// Opens the stream and reads it for as long as this lives.
    pub async fn open(socket: &Path) -> anyhow::Result<Self> {
        let mut stream = follow(socket).await?;
        let bytes = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&bytes);
        let task = tokio::spawn(async move {
            let mut room = vec![0; 64 * 1024];
            while let Ok(read @ 1..) = stream.read(&mut room).await {
                count.fetch_add(read as u64, Ordering::Relaxed);
            }
        });
        Ok(Self { bytes, task })
    }

    /// How much came.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A connection to the local API on which the event stream was asked for.
pub async fn follow(socket: &Path) -> anyhow::Result<UnixStream> {
    let mut stream = UnixStream::connect(socket).await?;
    stream
        .write_all(b"GET /api/v1/events HTTP/1.1\r\nhost: recado\r\n\r\n")
        .await?;
    Ok(stream)
}

/// The marks `#000123#` in a piece of text.
pub fn marks(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.split('#')
        .filter(|piece| piece.len() == 6)
        .filter_map(|piece| piece.parse().ok())
}

/// A text that carries such a mark.
pub fn marked(mark: usize) -> String {
    format!("#{mark:06}# hola, dos panes para mañana por favor")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn traffic() -> Traffic {
        let line = |n: u64| Line {
            digits: format!("1555078388{n}"),
            id: format!("10654035224292{n}"),
        };
        Traffic::new(7, 100, vec![line(1), line(2)], 1_780_000_000)
    }

    #[test]
    fn bodies_are_json_and_the_same_for_the_same_seed() {
        let (mut a, mut b) = (traffic(), traffic());
        assert_eq!(a.echoes(10).body, b.echoes(10).body);
        for _ in 0..500 {
            let post = a.mixed();
            assert_eq!(post.body, b.mixed().body);
            let read: Value = serde_json::from_str(&post.body).expect("JSON");
            assert!(read["entry"][0]["changes"][0]["value"].is_object());
        }
        let many: Value = serde_json::from_str(&a.many(3, 2).body).expect("JSON");
        let changes = many["entry"][0]["changes"].as_array().expect("changes");
        assert_eq!(changes.len(), 2);
        assert_eq!(
            changes[0]["value"]["metadata"], changes[1]["value"]["metadata"],
            "both of one number"
        );
    }

    #[test]
    fn ids_are_base64_and_words_are_many() {
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
        assert_eq!(base64(b"foob"), "Zm9vYg==");
        assert_eq!(word(0), "de");
        assert_ne!(word(300), word(301));
    }

    #[test]
    fn marks_are_found_again() {
        assert_eq!(marks(&marked(123)).collect::<Vec<_>>(), [123]);
    }
}
