//! `recado status`, `orgs`, `numbers`, `chats`, `messages` and `search`.

use common::api::chats::ChatFilter;
use common::api::messages::Slice;
use common::api::page::Page;
use common::api::problem::Problem;
use common::api::search::SearchQuery;
use common::id::ChatId;
use common::model::chat::{Chat, ChatState};
use common::model::message::{Direction, Message};
use common::time::Stamp;

use super::table::Table;
use super::{Desk, OnceError, number as find, print_list, print_one};
use crate::advice::retold;
use crate::cli::{ChatsArgs, MessagesArgs, Output, SearchArgs};

/// The most that one question to the daemon answers.
const PAGE: usize = 200;

pub(super) async fn status(desk: &Desk, output: Output) -> Result<u8, OnceError> {
    let status = desk.client.status().await?;
    let say = |key| desk.speech.say(key).into_owned();
    let mut table = Table::plain();
    table.row([say("cli-version"), status.version.clone()]);
    table.row([say("cli-webhook"), status.webhook.listen.clone()]);
    let last = status
        .webhook
        .last_received_at
        .map_or_else(|| say("cli-never"), |at| moment(desk, at));
    table.row([say("cli-last-delivery"), last]);
    let outbox = &status.outbox;
    let counts = [
        (
            "queued",
            i64::try_from(outbox.queued).unwrap_or(i64::MAX).into(),
        ),
        (
            "sending",
            i64::try_from(outbox.sending).unwrap_or(i64::MAX).into(),
        ),
        (
            "failed",
            i64::try_from(outbox.failed_24h).unwrap_or(i64::MAX).into(),
        ),
    ];
    table.row([
        say("cli-outbox"),
        desk.speech
            .say_with("cli-outbox-counts", &counts)
            .into_owned(),
    ]);
    table.row([
        say("cli-database"),
        format!(
            "{}  {} KiB",
            status.database.path,
            status.database.bytes / 1024
        ),
    ]);
    for number in &status.numbers {
        let how = number.error.as_deref().unwrap_or_default();
        let how = retold(&desk.speech, how);
        let word = desk.speech.say(number_word(number.status)).into_owned();
        table.row([
            format!("#{} {}", number.id, number.label),
            format!("{word}  {how}"),
        ]);
    }
    for notice in &status.notices {
        let sentence = retold(&desk.speech, &notice.sentence);
        table.row([format!("! {}", notice.code), sentence.into_owned()]);
    }
    print_one(output, &status, table.render().trim_end())
}

const fn number_word(status: common::model::number::NumberStatus) -> &'static str {
    use common::model::number::NumberStatus::{Connected, Disconnected, Error, Pending};
    match status {
        Pending => "cli-pending",
        Connected => "cli-connected",
        Disconnected => "cli-paused",
        Error => "cli-error",
    }
}

pub(super) fn moment(desk: &Desk, at: Stamp) -> String {
    let local = desk.speech.local(at);
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

pub(super) async fn orgs(desk: &Desk, output: Output) -> Result<u8, OnceError> {
    let orgs = desk.client.orgs().await?;
    print_list(output, &orgs, || {
        let say = |key| desk.speech.say(key).into_owned();
        let mut table = Table::new([say("cli-id"), say("cli-slug"), say("cli-name")]);
        for org in &orgs {
            table.row([org.id.to_string(), org.slug.clone(), org.name.clone()]);
        }
        table.or_say(&say("cli-no-orgs"))
    })
}

pub(super) async fn numbers(desk: &Desk, output: Output) -> Result<u8, OnceError> {
    let numbers = desk.client.numbers().await?;
    print_list(output, &numbers, || {
        let say = |key| desk.speech.say(key).into_owned();
        let headings = [
            "cli-id",
            "cli-label",
            "cli-number",
            "cli-state",
            "cli-queued",
            "cli-unread",
        ];
        let mut table = Table::new(headings.map(say));
        for number in &numbers {
            let phone = number.phone_number.as_ref().map(|p| p.as_str().to_owned());
            let word = desk.speech.say(number_word(number.status));
            let state = match &number.error {
                Some(why) => format!("{word}: {}", retold(&desk.speech, why)),
                None => word.into_owned(),
            };
            table.row([
                number.id.to_string(),
                number.label.clone(),
                phone.unwrap_or_default(),
                state,
                number.queued.to_string(),
                number.unread.to_string(),
            ]);
        }
        table.or_say(&say("cli-no-numbers"))
    })
}

pub(super) async fn chats(desk: &Desk, args: ChatsArgs) -> Result<u8, OnceError> {
    let number = match &args.number {
        Some(named) => Some(find(desk, named).await?.id),
        None => None,
    };
    let mut filter = ChatFilter {
        number,
        state: args.closed.then_some(ChatState::Closed),
        unread: args.unread.then_some(true),
        label: args.label,
        q: args.query,
        ..ChatFilter::default()
    };
    let mut chats: Vec<Chat> = Vec::new();
    while chats.len() < args.limit {
        filter.limit = page(args.limit - chats.len());
        let next = desk.client.chats(&filter).await?;
        chats.extend(next.items);
        filter.cursor = next.next;
        if filter.cursor.is_none() {
            break;
        }
    }
    print_list(args.output, &chats, || {
        let say = |key| desk.speech.say(key).into_owned();
        let headings = [
            "cli-id",
            "cli-when",
            "cli-customer",
            "cli-number",
            "cli-unread",
            "cli-window",
            "cli-last",
        ];
        let mut table = Table::new(headings.map(say));
        for chat in &chats {
            let last = chat.last_message.as_ref();
            let words = last.map(|m| {
                m.text
                    .clone()
                    .unwrap_or_else(|| format!("[{}]", m.kind.as_str()))
            });
            let window = if chat.window.open {
                say("cli-open")
            } else {
                say("cli-closed")
            };
            table.row([
                chat.id.to_string(),
                chat.last_message_at
                    .map(|at| moment(desk, at))
                    .unwrap_or_default(),
                chat.customer.display_name(),
                format!("#{}", chat.number_id),
                chat.unread.to_string(),
                window,
                words.unwrap_or_default(),
            ]);
        }
        table.or_say(&say("cli-no-chats"))
    })
}

fn page(wanted: usize) -> Option<u32> {
    u32::try_from(wanted.min(PAGE)).ok()
}

/// The chat that somebody named by id or by the customer's phone number.
async fn chat(desk: &Desk, named: &str) -> Result<ChatId, OnceError> {
    // A phone number with its plus would be a number to Rust, too.
    if !named.starts_with('+')
        && let Ok(id) = named.parse::<ChatId>()
    {
        return Ok(id);
    }
    let filter = ChatFilter {
        q: Some(named.to_owned()),
        ..ChatFilter::default()
    };
    let found = desk.client.chats(&filter).await?;
    found.items.first().map(|chat| chat.id).ok_or_else(|| {
        let words = desk
            .speech
            .say_with("cli-no-chat", &[("name", named.into())]);
        OnceError::Told(words.into_owned())
    })
}

pub(super) async fn messages(desk: &Desk, args: MessagesArgs) -> Result<u8, OnceError> {
    let chat = chat(desk, &args.chat).await?;
    let mut slice = Slice::default();
    let mut messages: Vec<Message> = Vec::new();
    while messages.len() < args.limit {
        slice.limit = page(args.limit - messages.len());
        let next: Page<Message> = desk.client.messages(chat, &slice).await?;
        messages.extend(next.items);
        slice.cursor = next.next;
        if slice.cursor.is_none() {
            break;
        }
    }
    messages.reverse();
    print_list(args.output, &messages, || {
        let say = |key| desk.speech.say(key).into_owned();
        let mut table = Table::new(["cli-when", "cli-who", "cli-state", "cli-text"].map(say));
        for message in &messages {
            table.row(line(desk, message));
        }
        table.or_say(&say("cli-no-messages"))
    })
}

fn line(desk: &Desk, message: &Message) -> [String; 4] {
    let who = match (message.direction, &message.sender) {
        (Direction::Inbound, _) => desk.speech.say("cli-them").into_owned(),
        (Direction::Outbound, Some(sender)) => sender.operator.clone(),
        (Direction::Outbound, None) => desk.speech.say("cli-us").into_owned(),
    };
    let kind = message.content.kind().as_str();
    let text = message.text.clone().unwrap_or_else(|| format!("[{kind}]"));
    [
        moment(desk, message.timestamp),
        who,
        message.status.to_string(),
        text,
    ]
}

pub(super) async fn search(desk: &Desk, args: SearchArgs) -> Result<u8, OnceError> {
    let number = match &args.number {
        Some(named) => Some(find(desk, named).await?.id),
        None => None,
    };
    let mut query = SearchQuery {
        q: args.words.join(" "),
        number,
        chat: args.chat.map(ChatId),
        ..SearchQuery::default()
    };
    let mut hits = Vec::new();
    while hits.len() < args.limit {
        query.limit = page(args.limit - hits.len());
        let next: Result<Page<_>, Problem> = desk.client.search(&query).await;
        let next = next?;
        hits.extend(next.items);
        query.cursor = next.next;
        if query.cursor.is_none() {
            break;
        }
    }
    print_list(args.output, &hits, || {
        let say = |key| desk.speech.say(key).into_owned();
        let mut table = Table::new(["cli-chat", "cli-when", "cli-customer", "cli-text"].map(say));
        for hit in &hits {
            table.row([
                hit.message.chat_id.to_string(),
                moment(desk, hit.message.timestamp),
                hit.customer.display_name(),
                hit.snippet.replace('\u{2}', "[").replace('\u{3}', "]"),
            ]);
        }
        table.or_say(&say("cli-no-hits"))
    })
}
