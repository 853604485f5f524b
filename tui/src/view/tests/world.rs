//! One desk with its clock at rest: three numbers, nine chats, one conversation.

use std::time::Duration;

use common::api::customers::{CustomerCard, FileCounts, LastTemplate};
use common::api::event::Severity;
use common::api::problem::{Code, Problem};
use common::api::search::{Hit, SearchQuery};
use common::id::{ChatId, CustomerId, MessageId, NoteId, NumberId, OrgId, UserId, WaId, Wamid};
use common::model::chat::{Chat, ChatState, LastMessage, WindowView};
use common::model::content::{
    Button, ContactCard, ContactName, ContactPhone, Contacts, Content, File, Interactive, Kind,
    Location, Order, OrderItem, Reaction, System, Template, Text, Unsupported,
};
use common::model::customer::{Customer, Note};
use common::model::media::{Media, MediaState};
use common::model::message::{
    Brief, Direction, Message, Origin, Original, ReactionMark, ReplyTo, SendError, Sender,
    StatusReport,
};
use common::model::number::{Number, NumberStatus, Transport};
use common::model::org::Me;
use common::tick::Status;
use common::time::Stamp;
use config::theme::Theme;
use config::tui::{Preset, Tui};
use jiff::tz::{TimeZone, offset};
use serde_json::json;
use uuid::Uuid;

use crate::action::{Action, Context};
use crate::hit::Pane;
use crate::keymap::Keymap;
use crate::model::Model;
use crate::model::chats::{Chats, Edge};
use crate::model::daemon::Link;
use crate::model::overlay::{
    Ask, Asked, Bind, Confirm, Deed, Details, Help, Labels, Notes, Overlay, Pick,
};
use crate::model::search::{Hunt, Progress, Search};
use crate::model::talk::Beyond;
use crate::model::toast::Say;
use crate::msg::{Shelf, View};
use crate::part::field::Field;
use crate::part::scroll::Scroll;
use crate::part::there;
use crate::part::ticks::Glyphs;
use crate::speech::{Lang, Speech};
use crate::view::Cache;
use crate::view::paint::{Depth, Paint};

/// Tuesday, 3 March 2026, 14:32 in São Paulo.
const NOW: i64 = 1_772_559_120;
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

pub(super) struct World {
    pub(super) model: Model,
    pub(super) cache: Cache,
    depth: Depth,
    glyphs: Glyphs,
}

pub(super) fn ago(seconds: i64) -> Stamp {
    Stamp::from_seconds(NOW - seconds)
}

pub(super) fn chat_id(n: i64) -> ChatId {
    ChatId(n)
}

pub(super) fn message_id(n: u128) -> MessageId {
    MessageId(Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0000 + n,
    ))
}

fn number(id: i64, label: &str, unread: u32, status: NumberStatus) -> Number {
    Number {
        id: NumberId(id),
        org_id: OrgId(1),
        label: label.to_owned(),
        phone_number: None,
        transport: Transport::Cloud,
        phone_number_id: None,
        waba_id: None,
        app_id: None,
        status,
        error: None,
        verified_name: None,
        quality_rating: None,
        messaging_limit: Some("TIER_2K".to_owned()),
        throughput: None,
        verified_at: None,
        last_sync_at: None,
        queued: u32::from(id == 1) * 3,
        unread,
        archived: if id == 1 { 214 } else { 0 },
        health: common::model::health::Health::default(),
        revision: 1,
    }
}

fn customer(id: i64, name: &str, digits: &str) -> Customer {
    let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    Customer {
        id: CustomerId(id),
        phone_number: (!digits.is_empty()).then(|| format!("+{digits}").parse().unwrap()),
        wa_id: (!digits.is_empty()).then(|| WaId::from(digits)),
        user_id: digits
            .is_empty()
            .then(|| UserId::from("BR.13491208655302741918")),
        username: None,
        name: None,
        profile_name: named(name),
        opted_out_at: None,
        revision: 1,
    }
}

struct Row {
    id: i64,
    number: i64,
    who: Customer,
    unread: u32,
    last: (Direction, Kind, &'static str, Status),
    at: Stamp,
    left: i64,
}

fn chat(row: Row) -> Chat {
    let (direction, kind, text, status) = row.last;
    Chat {
        id: ChatId(row.id),
        org_id: OrgId(1),
        number_id: NumberId(row.number),
        customer: row.who,
        state: ChatState::Open,
        unread: row.unread,
        first_unread: None,
        assignee: None,
        labels: Vec::new(),
        pinned: false,
        muted: false,
        muted_until: None,
        snoozed_until: None,
        waiting_since: None,
        last_message: Some(LastMessage {
            id: message_id(900),
            direction,
            kind,
            text: (!text.is_empty()).then(|| text.to_owned()),
            status,
            timestamp: row.at,
        }),
        last_message_at: Some(row.at),
        window: WindowView {
            open: row.left > 0,
            expires_at: Some(Stamp::from_seconds(NOW + row.left)),
        },
        draft: None,
        revision: 1,
    }
}

#[expect(clippy::too_many_lines, reason = "it is a table")]
fn chats() -> Vec<Chat> {
    use Direction::{Inbound, Outbound};
    let rows = [
        (
            1,
            1,
            "Ana Prado",
            "5511987654471",
            2,
            (Inbound, Kind::Text, "Is it still possible today?"),
            Status::Received,
            MINUTE,
            23 * HOUR + 58 * MINUTE,
        ),
        (
            2,
            2,
            "João Padaria",
            "5511976543210",
            0,
            (Outbound, Kind::Text, "leaving at *four*"),
            Status::Read,
            12 * MINUTE,
            15 * HOUR,
        ),
        (
            3,
            1,
            "",
            "5511912342210",
            1,
            (Inbound, Kind::Image, "the box came like this"),
            Status::Received,
            34 * MINUTE,
            22 * HOUR,
        ),
        (
            4,
            1,
            "Mercado Lua",
            "5511933334444",
            0,
            (Outbound, Kind::Document, "invoice.pdf"),
            Status::Sent,
            52 * MINUTE,
            3 * HOUR,
        ),
        (
            5,
            3,
            "Carla S.",
            "351912345678",
            0,
            (Outbound, Kind::Text, "one moment, please"),
            Status::Queued,
            150 * MINUTE,
            30 * MINUTE,
        ),
        (
            6,
            1,
            "Rui Tavares",
            "351919876543",
            0,
            (Outbound, Kind::Text, "Hello Rui, your order is ready"),
            Status::Failed,
            165 * MINUTE,
            21 * HOUR,
        ),
        (
            7,
            2,
            "Beatriz N.",
            "5521998877665",
            0,
            (Inbound, Kind::Text, "thanks!"),
            Status::Received,
            30 * HOUR,
            -6 * HOUR,
        ),
        (
            8,
            1,
            "Oficina Dois",
            "5511955556666",
            0,
            (Outbound, Kind::Text, "até logo"),
            Status::Delivered,
            28 * HOUR,
            -3 * DAY,
        ),
        (
            9,
            2,
            "مطعم النور",
            "",
            0,
            (Inbound, Kind::Voice, ""),
            Status::Received,
            12 * DAY,
            -11 * DAY,
        ),
    ];
    rows.into_iter()
        .map(
            |(id, number, name, digits, unread, (direction, kind, text), status, age, left)| {
                let who = customer(id, name, digits);
                let last = (direction, kind, text, status);
                chat(Row {
                    id,
                    number,
                    who,
                    unread,
                    last,
                    at: ago(age),
                    left,
                })
            },
        )
        .map(|mut chat| {
            let last = chat.last_message.as_ref();
            let asks = last.is_some_and(|last| last.direction == Inbound);
            chat.waiting_since = chat.last_message_at.filter(|_| asks);
            if chat.id == ChatId(7) {
                chat.draft = Some("about the refund of last week".to_owned());
            }
            if chat.id == ChatId(1) {
                chat.labels = vec!["cake".to_owned(), "vip".to_owned(), "saturday".to_owned()];
                chat.assignee = Some("Lia".to_owned());
            }
            chat
        })
        .collect()
}

pub(super) fn said(n: u128, direction: Direction, content: Content, age: i64) -> Message {
    let text = content.text();
    let outbound = direction == Direction::Outbound;
    Message {
        id: message_id(n),
        wamid: Some(Wamid::from(format!("wamid.TEST{n}"))),
        chat_id: ChatId(1),
        number_id: NumberId(1),
        direction,
        content,
        text,
        reply_to: None,
        media: None,
        reactions: Vec::new(),
        sender: outbound.then(|| Sender {
            operator: "Lia".to_owned(),
        }),
        status: if outbound {
            Status::Read
        } else {
            Status::Received
        },
        statuses: Vec::new(),
        error: None,
        timestamp: ago(age),
        created_at: ago(age),
        sort_at: ago(age),
        forwarded: false,
        frequently_forwarded: false,
        referral: None,
        edited_at: None,
        revoked_at: None,
        original: None,
        origin: Origin::Api,
        group_id: None,
        client_id: None,
        revision: 1,
    }
}

fn words(body: &str) -> Content {
    Content::Text(Text {
        body: body.to_owned(),
        preview_url: None,
    })
}

fn inbound(n: u128, body: &str, age: i64) -> Message {
    said(n, Direction::Inbound, words(body), age)
}

fn outbound(n: u128, body: &str, age: i64, status: Status) -> Message {
    Message {
        status,
        ..said(n, Direction::Outbound, words(body), age)
    }
}

pub(super) fn file(caption: Option<&str>, filename: Option<&str>) -> File {
    File {
        caption: caption.map(str::to_owned),
        filename: filename.map(str::to_owned),
        animated: None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it fills an optional field")]
pub(super) fn media(mime: &str, bytes: u64, state: MediaState) -> Option<Media> {
    let media = Media {
        mime: Some(mime.to_owned()),
        bytes: Some(bytes),
        ..Media::new(common::id::MediaId(7), state)
    };
    Some(media)
}

fn talk() -> Vec<Message> {
    let photo = Content::Image(file(Some("This is the drawing:"), Some("cake.jpg")));
    let mut drawing = said(3, Direction::Inbound, photo, 2 * MINUTE);
    drawing.media = media("image/jpeg", 212_000, MediaState::Ready);
    drawing.reply_to = Some(ReplyTo {
        id: Some(message_id(2)),
        wamid: None,
        brief: Some(Brief {
            direction: Direction::Outbound,
            kind: Kind::Text,
            text: Some("Yes, confirmed for 10:00 on Saturday. Would you like candles too?".into()),
        }),
    });
    let mut asks = inbound(4, "Is it still possible today?", MINUTE);
    asks.reactions = vec![ReactionMark {
        emoji: "👍".into(),
        from: "me".into(),
        at: ago(0),
    }];
    vec![
        inbound(0, "Bom dia! Vocês fazem bolo sem glúten?", DAY + 2 * HOUR),
        outbound(
            10,
            "Fazemos, sim. Com *dois dias* de aviso.",
            DAY + HOUR,
            Status::Delivered,
        ),
        inbound(
            1,
            "Hi! I ordered a cake for Saturday.\nIs order 4471 confirmed?",
            30 * MINUTE,
        ),
        outbound(
            2,
            "Yes, confirmed for 10:00 on Saturday.\nWould you like candles too?",
            27 * MINUTE,
            Status::Read,
        ),
        drawing,
        asks,
        outbound(5, "Let me check with the kitchen", 0, Status::Queued),
    ]
}

impl World {
    pub(super) fn new(lang: Lang, size: (u16, u16)) -> Self {
        let keymap = Keymap::new(Preset::Default, &[]).unwrap();
        let now = Stamp::from_seconds(NOW);
        let speech = Speech::of(lang).in_zone(TimeZone::fixed(offset(-3)));
        let mut model = Model::new(now, Tui::default(), keymap, speech, 7);
        model.size = size;
        model.daemon.link = Link::Up;
        model.daemon.last_webhook = Some(ago(3));
        model.daemon.me = Some(Me {
            operator: "Lia".into(),
            uid: Some(1000),
            admin: true,
            orgs: Vec::new(),
        });
        model.numbers.replace(vec![
            number(1, "Loja Centro", 4, NumberStatus::Connected),
            number(2, "Entregas", 2, NumberStatus::Connected),
            number(3, "Suporte", 1, NumberStatus::Error),
        ]);
        for chat in chats() {
            model.chats.fold(chat);
        }
        model.chats.edges.insert(Shelf::default(), Edge::End);
        model.chats.cursor = Some(ChatId(1));
        let (depth, glyphs) = (Depth::Sixteen, Glyphs::Unicode);
        let cache = Self::cache(depth, glyphs);
        let mut world = Self {
            model,
            cache,
            depth,
            glyphs,
        };
        world.open(ChatId(1), talk());
        world.unread(4, 1);
        world.card();
        world
    }

    fn cache(depth: Depth, glyphs: Glyphs) -> Cache {
        Cache::new(Paint::new(&Theme::dark(), depth), glyphs)
    }

    pub(super) fn paint(&mut self, depth: Depth) {
        self.depth = depth;
        self.cache = Self::cache(self.depth, self.glyphs);
    }

    pub(super) fn glyphs(&mut self, glyphs: Glyphs) {
        self.glyphs = glyphs;
        self.cache = Self::cache(self.depth, self.glyphs);
    }

    fn open(&mut self, chat: ChatId, messages: Vec<Message>) {
        let talk = self.model.talks.enter(chat);
        talk.forget();
        talk.join(messages);
        (talk.loaded, talk.older, talk.newer) = (true, Beyond::End, Beyond::End);
        self.model.composes.entry(chat).or_default();
        self.model.chats.cursor = Some(chat);
        self.focus(Pane::Compose);
    }

    fn unread(&mut self, first: u128, count: u32) {
        let talk = self.model.talks.open_mut().unwrap();
        talk.unread_from = Some(message_id(first));
        talk.unread_count = count;
    }

    pub(super) fn focus(&mut self, pane: Pane) {
        self.model.focus.pane = pane;
        if pane == Pane::Compose {
            let compose = self
                .model
                .composes
                .get_mut(&self.model.talks.open.unwrap())
                .unwrap();
            if self.model.talks.open == Some(ChatId(1)) {
                compose
                    .field
                    .set("The kitchen says yes, *until 18:00*.\nShall I change the order?");
            }
        }
        if pane == Pane::Talk {
            self.model.talks.open_mut().unwrap().cursor = Some(message_id(4));
        }
    }

    pub(super) fn closed(&mut self) {
        let mut old = said(
            1,
            Direction::Inbound,
            words("Obrigado, até a próxima."),
            4 * DAY,
        );
        let mut ours = outbound(2, "Até logo!", 4 * DAY - HOUR, Status::Delivered);
        (old.chat_id, ours.chat_id) = (ChatId(8), ChatId(8));
        self.open(ChatId(8), vec![old, ours]);
    }

    pub(super) fn failed(&mut self) {
        let mut hello = outbound(1, "Olá Rui, seu pedido está pronto.", HOUR, Status::Failed);
        hello.error = Some(error(131_026, "Message undeliverable", false));
        let mut again = outbound(2, "Rui, ainda vem hoje?", 50 * MINUTE, Status::Failed);
        again.error = Some(error(131_016, "Service unavailable", true));
        let mut odd = outbound(3, "Última tentativa.", 40 * MINUTE, Status::Failed);
        odd.error = Some(error(131_999, "Something new from Meta", false));
        let doubt = outbound(4, "Confirma o endereço?", 30 * MINUTE, Status::Unknown);
        let mut all = vec![hello, again, odd, doubt];
        for message in &mut all {
            message.chat_id = ChatId(6);
        }
        self.open(ChatId(6), all);
        self.model.focus.pane = Pane::Talk;
        self.model.talks.open_mut().unwrap().cursor = Some(message_id(2));
    }

    pub(super) fn offline(&mut self) {
        self.model.daemon.link = Link::Lost {
            since: ago(8),
            retry_at: Some(Stamp::from_seconds(NOW + 4)),
            problem: Problem::new(Code::Unreachable, "gone"),
        };
        self.focus(Pane::Compose);
    }

    pub(super) fn empty(&mut self) {
        self.nothing_open();
        self.model.chats = Chats::default();
        self.model.chats.edges.insert(Shelf::default(), Edge::End);
    }

    pub(super) fn nothing_open(&mut self) {
        self.model.talks.open = None;
        self.model.focus.pane = Pane::List;
    }

    pub(super) fn help(&mut self) {
        self.over(Overlay::Help(Help {
            context: Context::Talk,
            top: 0,
            find: None,
        }));
    }

    pub(super) fn switcher(&mut self) {
        let entries = self.model.chats.iter().map(|chat| {
            (
                chat.id,
                format!("{} {}", chat.customer.display_name(), chat.id),
            )
        });
        let mut pick = Pick::new(entries.collect());
        pick.field.insert_str("pad");
        pick.list.set_query("pad");
        self.over(Overlay::Switcher(pick));
    }

    pub(super) fn palette(&mut self) {
        self.focus(Pane::List);
        crate::update::palette::open(&mut self.model);
    }

    fn card(&mut self) {
        let note = |n, text: &str, age| Note {
            id: NoteId(n),
            customer_id: CustomerId(1),
            text: text.to_owned(),
            author: "Lia".to_owned(),
            created_at: ago(age),
            edited_at: None,
        };
        let used = |name: &str, days| LastTemplate {
            message_id: message_id(950),
            name: name.to_owned(),
            language: "pt_BR".to_owned(),
            at: ago(days * DAY),
            status: Status::Read,
        };
        let chat = self.model.chats.get(ChatId(1)).unwrap().clone();
        let mut other = chat.clone();
        (other.id, other.number_id) = (ChatId(91), NumberId(2));
        let card = CustomerCard {
            customer: chat.customer.clone(),
            since: Some(ago(111 * DAY)),
            inbound: 48,
            outbound: 51,
            last_template: Some(used("pedido_pronto", 2)),
            templates: vec![used("pedido_pronto", 2), used("avaliar_pedido", 9)],
            notes: vec![
                note(2, "Prefers voice messages.", DAY),
                note(1, "Allergic to nuts.", 40 * DAY),
            ],
            chats: vec![chat, other],
            files: FileCounts {
                images: 6,
                documents: 2,
                ..FileCounts::default()
            },
        };
        let now = self.model.now;
        let there = there::of(&"+5511987654471".parse().unwrap());
        self.model.cards.ask(CustomerId(1), now, there);
        self.model.cards.put(CustomerId(1), card);
    }

    pub(super) fn notes(&mut self) {
        let mut field = Field::new();
        field.set("Prefers voice messages. Birthday on 9 March.");
        self.over(Overlay::Notes(Notes {
            customer: CustomerId(1),
            field,
            editing: Some(NoteId(2)),
        }));
    }

    pub(super) fn labels(&mut self) {
        let names = ["cake", "vip", "saturday", "delivery", "refund"];
        let entries = names.map(|name| (name.to_owned(), name.to_owned()));
        let mut pick = Pick::new(entries.into());
        pick.list.set_cursor(3);
        self.over(Overlay::Labels(Labels {
            chat: ChatId(1),
            pick,
            chosen: names
                .iter()
                .take(3)
                .map(|name| (*name).to_owned())
                .collect(),
        }));
    }

    pub(super) fn snooze(&mut self) {
        self.focus(Pane::List);
        self.model.chats.cursor = Some(ChatId(3));
        crate::update::snooze::open(&mut self.model);
    }

    /// One has come back, another sleeps until tomorrow: the view of those that are put off.
    pub(super) fn snoozed(&mut self) {
        let now = self.model.now;
        for (id, until) in [
            (3, now.millis() - MINUTE),
            (4, now.millis() + 18 * 60 * MINUTE),
        ] {
            self.model.chats.amend(ChatId(id), |chat| {
                chat.snoozed_until = Some(Stamp::from_millis(until));
            });
        }
        self.view(View::Snoozed);
    }

    pub(super) fn bind(&mut self) {
        self.over(Overlay::Bind(Bind {
            action: Action::Snooze,
            contexts: vec![Context::List],
            at: 0,
            chords: Vec::new(),
        }));
    }

    pub(super) fn bind_clash(&mut self) {
        self.over(Overlay::Bind(Bind {
            action: Action::Statistics,
            contexts: vec![Context::Anywhere, Context::List],
            at: 0,
            chords: config::keys::sequence("g").unwrap(),
        }));
    }

    pub(super) fn read_all(&mut self) {
        self.over(Overlay::Confirm(Confirm {
            say: Say::new("confirm-read-all-of")
                .with("place", 1)
                .with("n", 4),
            deed: Deed::ReadAll(Vec::new()),
        }));
    }

    /// The row below the chats has the cursor.
    pub(super) fn foot(&mut self) {
        self.focus(Pane::List);
        let all = Shelf::default();
        self.model.chats.edges.insert(all, Edge::End);
        self.model.chats.cursor = self.model.chats.rows().last().copied();
        self.model.chats.foot = true;
        crate::update::chats::keep_in_sight(&mut self.model);
    }

    pub(super) fn filter(&mut self) {
        self.model.focus.pane = Pane::List;
        let mut field = Field::single();
        field.set("pad");
        self.model.chats.find("pad", self.model.now);
        self.model.chats.cursor = Some(ChatId(2));
        self.over(Overlay::Filter(field));
    }

    pub(super) fn waiting(&mut self) {
        self.view(View::Waiting);
    }

    pub(super) fn archived(&mut self) {
        self.view(View::Archived);
    }

    fn view(&mut self, view: View) {
        self.model.focus.pane = Pane::List;
        let list = Shelf { number: None, view };
        self.model.chats.edges.insert(list, Edge::End);
        self.model.chats.show(list, self.model.now);
        self.model.chats.cursor = self.model.chats.rows().first().copied();
    }

    pub(super) fn search(&mut self) {
        let hit = |message: Message, name: &str, snippet: &str| Hit {
            customer: customer(message.chat_id.0, name, "5511987654471"),
            message,
            snippet: snippet.to_owned(),
        };
        let mut search = Search::new(Some(ChatId(1)));
        search.field.set("bolo from:ana after:2026-02");
        let ours = outbound(51, "", 3 * DAY, Status::Read);
        let mut photo = said(
            52,
            Direction::Inbound,
            Content::Image(file(None, Some("cake.jpg"))),
            4 * DAY,
        );
        photo.number_id = NumberId(2);
        search.hits = vec![
            hit(
                inbound(50, "", 30 * MINUTE),
                "Ana Prado",
                "…the \u{2}bolo\u{3} with this drawing, for ten o'clock…",
            ),
            hit(
                ours,
                "Ana Prado",
                "…o \u{2}bolo\u{3} não leva nozes, 👍 \u{2}bolos\u{3} também não…",
            ),
            hit(photo, "Mercado Lua", ""),
        ];
        search.cursor = 1;
        search.progress = Progress::Done(Duration::from_millis(12));
        self.over(Overlay::Search(Box::new(search)));
    }

    pub(super) fn found_nothing(&mut self) {
        let mut search = Search::new(Some(ChatId(1)));
        search.field.set("zzz");
        search.progress = Progress::Done(Duration::from_millis(3));
        self.over(Overlay::Search(Box::new(search)));
    }

    pub(super) fn hunting(&mut self) {
        self.focus(Pane::Talk);
        self.model.hunt = Some(Hunt {
            hits: vec![(ChatId(1), message_id(4)), (ChatId(1), message_id(1))],
            at: 0,
            from: None,
            query: SearchQuery::default(),
            next: None,
            further: None,
        });
    }

    pub(super) fn day(&mut self) {
        let mut field = Field::single();
        field.set("12 xyz");
        self.over(Overlay::Ask(Ask {
            what: Asked::Day,
            field,
            fault: Some(Say::new("ask-day-unknown").with("text", "12 xyz")),
        }));
    }

    pub(super) fn undo(&mut self) {
        self.focus(Pane::List);
        let words = Say::new("done-archived")
            .with("name", "Rui Tavares")
            .with("key", "U");
        let until = self.model.now.plus(Duration::from_secs(10));
        self.model.toasts.offer(until, words);
    }

    pub(super) fn details(&mut self) {
        self.failed();
        let report = |word: &str, age| StatusReport {
            status: word.to_owned(),
            at: ago(age),
            error: None,
            pricing: None,
            participant: None,
        };
        let talk = self.model.talks.open_mut().unwrap();
        let mut message = talk.get(message_id(1)).unwrap().clone();
        message.statuses = vec![
            report("queued", HOUR),
            report("sent", HOUR - 1),
            report("failed", HOUR - 4),
        ];
        message.revision = 2;
        talk.fold(message);
        self.over(Overlay::Details(Details {
            message: message_id(1),
            top: 0,
        }));
    }

    pub(super) fn confirm(&mut self) {
        self.failed();
        let say = Say::new("confirm-retry").with("text", "Rui, ainda vem hoje?");
        self.over(Overlay::Confirm(Confirm {
            say,
            deed: Deed::Retry(message_id(2)),
        }));
    }

    pub(super) fn toasts(&mut self) {
        let now = self.model.now;
        let toasts = &mut self.model.toasts;
        toasts.show(now, Severity::Info, Say::new("toast-copied-osc52"));
        toasts.show(now, Severity::Warning, Say::new("toast-kept-as-draft"));
        let full = Say::new("toast-not-sent")
            .with("code", "storage_full")
            .with("detail", "x");
        toasts.show(now, Severity::Error, full);
    }

    pub(super) fn over(&mut self, overlay: Overlay) {
        self.model.focus.overlays.push(overlay);
    }

    pub(super) fn scrolled(&mut self) {
        let mut all: Vec<Message> = (0..40)
            .map(|n| {
                inbound(
                    100 + n,
                    &format!("mensagem número {n}"),
                    DAY - i64::try_from(n).unwrap() * 5 * MINUTE,
                )
            })
            .collect();
        all.extend(talk());
        self.open(ChatId(1), all);
        let talk = self.model.talks.open_mut().unwrap();
        talk.scroll = Scroll::above(message_id(120), 2);
        talk.new_below = 3;
        talk.unread_from = None;
        self.model.focus.pane = Pane::Talk;
        talk.cursor = Some(message_id(121));
    }

    /// Messages that come before and after all others.
    pub(super) fn grow(&mut self) {
        let older = (0..30).map(|n| inbound(500 + n, "más antiguo", 3 * DAY));
        let newer = (0..5).map(|n| inbound(600 + n, "recién llegado", 0));
        let all: Vec<Message> = older.chain(newer).collect();
        self.model.talks.open_mut().unwrap().join(all);
    }

    /// What the run loop does after each frame, and then a deed on the scroll position.
    pub(super) fn scroll(&mut self, hits: &crate::hit::Hits, deed: fn(&mut Scroll)) {
        let talk = self.model.talks.open_mut().unwrap();
        if let Some((_, settled)) = hits.seen.talk {
            talk.scroll.settle(settled);
        }
        deed(&mut talk.scroll);
    }

    pub(super) fn hostile(&mut self) {
        let mut chat = self.model.chats.get(ChatId(1)).unwrap().clone();
        chat.customer.profile_name =
            Some("\u{1b}[31mEve\u{1b}]0;owned\u{7}\u{202e}txt.exe \u{200b}\r\nfake line 👨‍👩‍👧 with a name that never ends".into());
        chat.revision = 2;
        self.model.chats.fold(chat);
        let bomb = format!("z{}\u{1b}[2J\u{9b}31m visible", "\u{301}".repeat(400));
        let long = "x".repeat(300);
        let mut named = said(
            3,
            Direction::Inbound,
            Content::Document(file(None, Some("../../\u{1b}[1m\".pdf\n"))),
            MINUTE,
        );
        named.media = media("application/pdf\r\n", 1, MediaState::Failed);
        self.open(
            ChatId(1),
            vec![
                inbound(1, &bomb, 3 * MINUTE),
                inbound(2, &long, 2 * MINUTE),
                named,
            ],
        );
    }

    pub(super) fn kinds(&mut self) {
        let messages = kinds();
        self.open(ChatId(1), messages);
    }
}

fn error(code: i64, title: &str, retryable: bool) -> SendError {
    SendError {
        code,
        title: title.to_owned(),
        details: None,
        advice: "Try again.".to_owned(),
        retryable,
        ..Default::default()
    }
}

/// One message of every kind.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn kinds() -> Vec<Message> {
    use Direction::{Inbound, Outbound};
    let plain = |n: u128, direction, content| {
        said(
            n,
            direction,
            content,
            HOUR - i64::try_from(n).unwrap() * MINUTE,
        )
    };
    let with = |n: u128, content, media| Message {
        media,
        ..plain(n, Inbound, content)
    };
    let mut all = vec![
        with(
            1,
            Content::Image(file(Some("La caja *llegó así*"), None)),
            media("image/jpeg", 212_345, MediaState::Pending),
        ),
        with(
            2,
            Content::Video(file(None, None)),
            media("video/mp4", 18_400_000, MediaState::Ready),
        ),
        with(
            3,
            Content::Audio(file(None, None)),
            media("audio/mpeg", 900_000, MediaState::Expired),
        ),
        with(
            4,
            Content::Voice(file(None, None)),
            media("audio/ogg; codecs=opus", 31_000, MediaState::Failed),
        ),
        with(
            5,
            Content::Document(file(Some("la factura"), Some("factura-0042.pdf"))),
            media("application/pdf", 412, MediaState::Pending),
        ),
        with(
            6,
            Content::Sticker(File {
                animated: Some(true),
                ..File::default()
            }),
            media("image/webp", 12_000, MediaState::Pending),
        ),
        plain(
            7,
            Inbound,
            Content::Location(Location {
                latitude: Some(-12.046_374),
                longitude: Some(-77.042_793),
                name: Some("Plaza San Martín".into()),
                address: Some("Jirón de la Unión, Lima".into()),
                url: None,
            }),
        ),
        plain(
            8,
            Inbound,
            Content::Contacts(Contacts {
                contacts: vec![ContactCard {
                    name: Some(ContactName {
                        formatted_name: Some("Tía Rosa".into()),
                        parts: serde_json::Map::default(),
                    }),
                    phones: vec![ContactPhone {
                        phone: Some("+51 987 654 321".into()),
                        wa_id: None,
                        label: Some("CELL".into()),
                    }],
                    rest: serde_json::Map::default(),
                }],
            }),
        ),
        plain(
            9,
            Inbound,
            Content::Reaction(Reaction {
                target: None,
                emoji: Some("❤️".into()),
            }),
        ),
        plain(
            10,
            Inbound,
            Content::Button(Button {
                text: Some("Sí, confirmar".into()),
                payload: None,
            }),
        ),
        plain(
            11,
            Inbound,
            Content::Interactive(Interactive {
                subtype: Some("list_reply".into()),
                title: Some("Entrega a domicilio".into()),
                description: Some("de 9 a 12".into()),
                ..Interactive::default()
            }),
        ),
        plain(
            12,
            Inbound,
            Content::Interactive(Interactive {
                subtype: Some("nfm_reply".into()),
                body: Some("Sent".into()),
                response: Some(json!({"nombre": "Ana", "porciones": 12, "flow_token": "unused"})),
                ..Interactive::default()
            }),
        ),
        plain(
            13,
            Outbound,
            Content::Interactive(Interactive {
                subtype: Some("button".into()),
                title: Some("Tu pedido".into()),
                body: Some("¿Lo confirmamos?".into()),
                object: Some(
                    json!({"type": "button", "footer": {"text": "Loja Centro"}, "action": {"buttons": [
                        {"type": "reply", "reply": {"id": "1", "title": "Sí"}},
                        {"type": "reply", "reply": {"id": "2", "title": "Mañana"}},
                    ]}}),
                ),
                ..Interactive::default()
            }),
        ),
        plain(
            14,
            Inbound,
            Content::Order(Order {
                catalog_id: None,
                text: Some("para el sábado".into()),
                items: vec![
                    OrderItem {
                        product_retailer_id: Some("bolo-chocolate".into()),
                        quantity: Some(2.0),
                        item_price: Some(45.5),
                        currency: Some("PEN".into()),
                    },
                    OrderItem {
                        product_retailer_id: Some("vela".into()),
                        quantity: Some(1.0),
                        item_price: Some(3.0),
                        currency: Some("PEN".into()),
                    },
                ],
            }),
        ),
        plain(
            15,
            Inbound,
            Content::System(System {
                subtype: Some("user_changed_number".into()),
                ..System::default()
            }),
        ),
        plain(
            16,
            Outbound,
            Content::Template(Template {
                name: "pedido_pronto".into(),
                language: "pt_BR".into(),
                components: vec![
                    json!({"type": "body", "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "4471"}]}),
                ],
                ..Template::default()
            }),
        ),
        plain(
            17,
            Inbound,
            Content::Unsupported(Unsupported {
                subtype: Some("poll".into()),
                code: Some(131_051),
                ..Unsupported::default()
            }),
        ),
        plain(
            18,
            Inbound,
            words("> dijo ayer\nuna lista:\n- uno\n- dos\ny `código` con https://example.com/x"),
        ),
    ];
    let mut forwarded = plain(19, Inbound, words("mira esto"));
    forwarded.forwarded = true;
    let mut edited = plain(20, Inbound, words("a las cinco"));
    edited.edited_at = Some(ago(0));
    let mut gone = plain(21, Inbound, words(""));
    gone.revoked_at = Some(ago(0));
    gone.original = Some(Original {
        content: words("mi clave es 1234"),
        text: Some("mi clave es 1234".into()),
    });
    let mut typed = plain(22, Outbound, words("contestado desde el teléfono"));
    (typed.origin, typed.sender, typed.status) = (Origin::Phone, None, Status::Delivered);
    let mut advert = plain(23, Inbound, words("vi su anuncio"));
    advert.referral = Some(common::model::message::Referral {
        headline: Some("Tortas a medida".into()),
        ..Default::default()
    });
    all.extend([forwarded, edited, gone, typed, advert]);
    all
}

#[test]
fn the_clock_stands_where_it_is_said_to() {
    let world = World::new(Lang::En, (80, 24));
    assert_eq!(world.model.speech.time(world.model.now), "14:32");
    let later = world.model.now.plus(Duration::from_mins(1));
    assert_eq!(world.model.speech.time(later), "14:33");
}
