//! Models for tests: a console that is connected, with numbers, chats and a conversation.

use common::api::page::Page;
use common::api::status::{ApiStatus, DaemonStatus, DatabaseStatus, OutboxStatus, WebhookStatus};
use common::id::{ChatId, CustomerId, MessageId, NumberId, OrgId, Seq};
use common::model::chat::{Chat, ChatState, WindowView};
use common::model::content::{Content, Text};
use common::model::customer::Customer;
use common::model::message::{Direction, Message, Origin, Sender};
use common::model::number::{Number, NumberStatus, Transport};
use common::model::org::Me;
use common::tick::Status;
use common::time::Stamp;
use config::keys::chord;
use config::tui::{Preset, Tui};
use crokey::OneToThree;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::effect::Effect;
use crate::keymap::Keymap;
use crate::model::Model;
use crate::msg::{Answer, LinkMsg, ListAsk, Msg, Part, TalkAsk, What};
use crate::speech::{Lang, Speech};
use crate::update::update;

/// When the tests begin.
pub(crate) const START: i64 = 1_770_000_000_000;

/// A console with a clock of its own.
pub(crate) struct Bench {
    pub(crate) model: Model,
    pub(crate) now: i64,
    /// Every effect since the last look.
    pub(crate) out: Vec<Effect>,
    seq: i64,
}

impl Bench {
    /// Not connected, nothing known.
    pub(crate) fn bare() -> Self {
        let keymap = Keymap::new(Preset::Default, &[]).unwrap();
        let now = Stamp::from_millis(START);
        let mut model = Model::new(now, Tui::default(), keymap, Speech::of(Lang::En), 7);
        model.size = (120, 36);
        model.seen.list_rows = 8;
        Self {
            model,
            now: START,
            out: Vec::new(),
            seq: 100,
        }
    }

    /// Connected, with two numbers and three chats; nothing is open.
    pub(crate) fn connected() -> Self {
        let mut bench = Self::bare();
        bench.up(false);
        for effect in bench.take() {
            if let Effect::Chats(ask @ ListAsk::Page(_), None) = effect {
                let items = vec![chat(1, 1, 30), chat(2, 2, 20), chat(3, 1, 10)];
                bench.answer(Answer::Chats(ask, Ok(Page { items, next: None })));
            }
        }
        bench
    }

    /// With chat 1 open and ten messages in it.
    pub(crate) fn talking() -> Self {
        let mut bench = Self::connected();
        bench.key("enter");
        bench.fill(1, 10);
        bench.answer(Answer::Draft(ChatId(1), Ok(None)));
        bench.take();
        bench
    }

    /// Answers the first page of a chat with `count` messages.
    pub(crate) fn fill(&mut self, chat: i64, count: u32) {
        let messages = (1..=count)
            .map(|n| message(chat, n, Direction::Inbound))
            .collect();
        let part = Part {
            messages,
            older: false,
            newer: false,
        };
        self.answer(Answer::Part(ChatId(chat), TalkAsk::Newest, Ok(part)));
    }

    pub(crate) fn up(&mut self, resumed: bool) {
        let me = Me {
            operator: "Lia".into(),
            uid: Some(1000),
            admin: true,
            orgs: Vec::new(),
        };
        let numbers = vec![number(1), number(2)];
        self.link(LinkMsg::Up {
            status: status(),
            me,
            numbers,
            resumed,
        });
    }

    pub(crate) fn lost(&mut self) {
        use common::api::problem::{Code, Problem};
        let problem = Problem::new(Code::Unreachable, "nobody answers");
        let retry_at = Stamp::from_millis(self.now + 1000);
        self.link(LinkMsg::Lost { problem, retry_at });
    }

    pub(crate) fn link(&mut self, link: LinkMsg) {
        self.happen(What::Link(Box::new(link)));
    }

    pub(crate) fn event(&mut self, change: common::api::event::Change) {
        self.seq += 1;
        let event = common::api::event::Event {
            seq: Seq(self.seq),
            change,
        };
        self.link(LinkMsg::Event(Box::new(event)));
    }

    pub(crate) fn answer(&mut self, answer: Answer) {
        self.happen(What::Answer(Box::new(answer)));
    }

    pub(crate) fn happen(&mut self, what: What) {
        let msg = Msg {
            at: Stamp::from_millis(self.now),
            what,
        };
        let effects = update(&mut self.model, msg);
        self.out.extend(effects);
    }

    /// Presses a chord, or several with blanks between them.
    pub(crate) fn key(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let combination = chord(key).unwrap();
            let OneToThree::One(code) = combination.codes else {
                panic!("one key")
            };
            self.happen(What::Key(KeyEvent::new(code, combination.modifiers)));
        }
    }

    /// Types letters.
    pub(crate) fn type_(&mut self, text: &str) {
        for letter in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            self.happen(What::Key(key));
        }
    }

    /// Lets time pass, waking as the model wants.
    pub(crate) fn pass(&mut self, millis: i64) {
        let end = self.now + millis;
        loop {
            let next = crate::update::wake::next(&self.model).millis();
            if next > end {
                break;
            }
            self.now = next.max(self.now + 1);
            self.happen(What::Wake);
        }
        self.now = end;
        self.happen(What::Wake);
    }

    /// The effects since the last look.
    pub(crate) fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.out)
    }

    /// What stands in the box of the open chat.
    pub(crate) fn text(&self) -> String {
        self.model
            .compose()
            .map(|c| c.field.text())
            .unwrap_or_default()
    }

    /// The words of the notices on the screen.
    pub(crate) fn toasts(&self) -> Vec<&'static str> {
        self.model
            .toasts
            .iter()
            .map(|toast| toast.say.word)
            .collect()
    }
}

pub(crate) fn status() -> DaemonStatus {
    DaemonStatus {
        version: "0".into(),
        uptime_s: 1,
        webhook: WebhookStatus {
            listen: "127.0.0.1:1".into(),
            last_received_at: None,
        },
        api: ApiStatus::default(),
        numbers: Vec::new(),
        outbox: OutboxStatus::default(),
        database: DatabaseStatus {
            path: "/x".into(),
            bytes: 1,
            schema_version: 1,
        },
        seq: 100,
        notices: Vec::new(),
    }
}

pub(crate) fn number(id: i64) -> Number {
    Number {
        id: NumberId(id),
        org_id: OrgId(1),
        label: format!("number {id}"),
        phone_number: None,
        transport: Transport::Cloud,
        phone_number_id: None,
        waba_id: None,
        app_id: None,
        status: NumberStatus::Connected,
        error: None,
        verified_name: None,
        quality_rating: None,
        messaging_limit: None,
        throughput: None,
        verified_at: None,
        last_sync_at: None,
        queued: 0,
        unread: 0,
        archived: 0,
        health: common::model::health::Health::default(),
        revision: 1,
    }
}

pub(crate) fn chat(id: i64, number: i64, minute: i64) -> Chat {
    Chat {
        id: ChatId(id),
        org_id: OrgId(1),
        number_id: NumberId(number),
        customer: Customer {
            id: CustomerId(id),
            phone_number: None,
            wa_id: None,
            user_id: None,
            username: None,
            name: Some(format!("Customer {id}")),
            profile_name: None,
            opted_out_at: None,
            revision: 1,
        },
        state: ChatState::Open,
        unread: 0,
        first_unread: None,
        assignee: None,
        labels: Vec::new(),
        pinned: false,
        muted: false,
        muted_until: None,
        snoozed_until: None,
        waiting_since: None,
        last_message: None,
        last_message_at: Some(Stamp::from_millis(START - 3_600_000 + minute * 60_000)),
        window: WindowView {
            open: true,
            expires_at: Some(Stamp::from_millis(START + 80_000_000)),
        },
        draft: None,
        revision: 1,
    }
}

pub(crate) fn id(chat: i64, n: u32) -> MessageId {
    let mut random = [0; 10];
    random[0] = u8::try_from(chat).unwrap();
    MessageId::new(stamp(n), random)
}

pub(crate) fn stamp(n: u32) -> Stamp {
    Stamp::from_millis(START - 3_600_000 + i64::from(n) * 1000)
}

pub(crate) fn message(chat: i64, n: u32, direction: Direction) -> Message {
    let text = format!("message {n}");
    let inbound = direction == Direction::Inbound;
    Message {
        id: id(chat, n),
        wamid: Some(format!("wamid.{chat}.{n}").into()),
        chat_id: ChatId(chat),
        number_id: NumberId(1),
        direction,
        content: Content::Text(Text {
            body: text.clone(),
            preview_url: None,
        }),
        text: Some(text),
        reply_to: None,
        media: None,
        reactions: Vec::new(),
        sender: (!inbound).then(|| Sender {
            operator: "Lia".into(),
        }),
        status: if inbound {
            Status::Received
        } else {
            Status::Sent
        },
        statuses: Vec::new(),
        error: None,
        timestamp: stamp(n),
        created_at: stamp(n),
        sort_at: stamp(n),
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
