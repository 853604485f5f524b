//! A store in a temporary folder with two organisations, and short words for facts.

use std::sync::Arc;
use std::time::Duration;

use common::api::messages::Slice;
use common::id::{AppId, ChatId, MessageId, NumberId, OrgId, PhoneNumberId, UserId, WaId, Wamid};
use common::model::chat::Chat;
use common::model::content::{Content, Reaction, Text};
use common::model::customer::Customer;
use common::model::message::{Direction, Message, Origin};
use common::model::number::Transport;
use common::phone::Phone;
use common::time::{ManualClock, Stamp};

use crate::fact::told::{Person, Received, Reported};
use crate::fact::{Fact, NumberAdded, Queued, Target};
use crate::hub::Hub;
use crate::store::ask::{View, chats, history};
use crate::store::error::StoreError;
use crate::store::scope::{Actor, Scope};
use crate::store::{Commit, Journal, Options, Outcome, Receipt, Store};
use crate::vault::sealed::Sealed;

pub(super) const START: i64 = 1_750_000_000_000;
pub(super) const ONE: &str = "106540352242922";
pub(super) const TWO: &str = "102290129340398";

pub(super) struct Kit {
    pub(super) store: Store,
    pub(super) clock: ManualClock,
    pub(super) hub: Hub,
    pub(super) dir: tempfile::TempDir,
}

pub(super) fn actor() -> Actor {
    Actor {
        name: "ana".to_owned(),
        uid: Some(1000),
        ..Actor::default()
    }
}

pub(super) fn admin() -> Scope {
    Scope::admin(actor())
}

/// What a notification signed for both numbers may speak of.
pub(super) fn meta() -> Scope {
    Scope::meta(vec![NumberId(1), NumberId(2)])
}

impl Kit {
    pub(super) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Stamp::from_millis(START));
        let hub = Hub::new(4096);
        let path = dir.path().join("recado.db");
        let store = Store::open(
            &path,
            Arc::new(clock.clone()),
            hub.clone(),
            Options::default(),
        )
        .unwrap();
        let kit = Self {
            store,
            clock,
            hub,
            dir,
        };
        for (org, slug, meta_id, label) in [(1, "norte", ONE, "Tienda"), (2, "sur", TWO, "Sur")] {
            let added = Fact::OrgAdded {
                slug: slug.to_owned(),
                name: String::new(),
            };
            kit.commit(admin(), vec![added]).await.unwrap();
            kit.commit(admin(), vec![number(org, meta_id, label)])
                .await
                .unwrap();
        }
        kit
    }

    pub(super) async fn commit(
        &self,
        scope: Scope,
        facts: Vec<Fact>,
    ) -> Result<Receipt, StoreError> {
        self.store
            .commit(Commit {
                scope,
                journal: None,
                facts,
            })
            .await
    }

    pub(super) async fn told(&self, facts: Vec<Fact>) {
        self.commit(meta(), facts).await.unwrap();
    }

    pub(super) async fn told_daemon(&self, fact: Fact) {
        self.commit(Scope::daemon(), vec![fact]).await.unwrap();
    }

    pub(super) async fn notification(&self, body: &str, facts: Vec<Fact>) {
        let journal = Some(Journal {
            app: AppId::from("app"),
            body: body.as_bytes().to_vec(),
        });
        self.store
            .commit(Commit {
                scope: meta(),
                journal,
                facts,
            })
            .await
            .unwrap();
    }

    pub(super) async fn ask<T, F>(&self, question: F) -> T
    where
        F: FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.store.settle().await;
        self.store.ask(&Scope::daemon(), question).await.unwrap()
    }

    pub(super) async fn chats(&self) -> Vec<Chat> {
        self.ask(|view| chats::list(view, &all_chats(), view.now()))
            .await
            .items
    }

    pub(super) async fn messages(&self, chat: i64) -> Vec<Message> {
        self.ask(move |view| history::slice(view, ChatId(chat), &whole()))
            .await
            .items
    }

    pub(super) async fn by_wamid(&self, wamid: &str) -> Message {
        let wamid = Wamid::from(wamid);
        let mut found = self.ask(move |view| history::by_wamid(view, &wamid)).await;
        assert_eq!(found.len(), 1);
        found.remove(0)
    }

    pub(super) async fn message(&self, id: MessageId) -> Message {
        self.ask(move |view| history::message(view, id))
            .await
            .unwrap()
    }

    pub(super) async fn send(&self, chat: i64, text: &str) -> Result<Message, StoreError> {
        let fact = queued(Target::Chat(ChatId(chat)), text);
        let receipt = self
            .commit(admin(), vec![Fact::Queued(Box::new(fact))])
            .await?;
        Ok(the_message(receipt))
    }

    /// What everybody can see, without what tells one run from another.
    pub(super) async fn picture(&self) -> String {
        let mut lines = Vec::new();
        for chat in self.chats().await {
            lines.push(format!(
                "{:?}",
                Chat {
                    revision: 0,
                    customer: Customer {
                        revision: 0,
                        ..chat.customer.clone()
                    },
                    ..chat.clone()
                }
            ));
            for m in self.messages(chat.id.0).await {
                lines.push(format!("{:?}", Message { revision: 0, ..m }));
            }
        }
        lines.join("\n")
    }

    pub(super) fn pass(&self, hours: u64) {
        self.clock.advance(Duration::from_hours(hours));
    }
}

pub(super) fn all_chats() -> common::api::chats::ChatFilter {
    common::api::chats::ChatFilter {
        limit: Some(200),
        ..Default::default()
    }
}

pub(super) fn whole() -> Slice {
    Slice {
        limit: Some(200),
        ..Default::default()
    }
}

pub(super) fn the_message(receipt: Receipt) -> Message {
    match receipt.outcomes.into_iter().next() {
        Some(Outcome::Message(message)) => *message,
        other => panic!("not a message: {other:?}"),
    }
}

pub(super) fn number(org: i64, meta_id: &str, label: &str) -> Fact {
    Fact::NumberAdded(Box::new(NumberAdded {
        org: OrgId(org),
        label: label.to_owned(),
        transport: Transport::Cloud,
        phone: Phone::parse("+15550783881").ok(),
        phone_number_id: PhoneNumberId::from(meta_id),
        waba_id: "waba".into(),
        app_id: "app".into(),
        access_token: Sealed(vec![1]),
        app_secret: Sealed(vec![2]),
        verify_token: Sealed(vec![3]),
    }))
}

pub(super) fn person(wa_id: &str) -> Person {
    Person {
        wa_id: Some(WaId::from(wa_id)),
        profile_name: Some("Rosa".to_owned()),
        ..Person::default()
    }
}

pub(super) fn user(user_id: &str) -> Person {
    Person {
        user_id: Some(UserId::from(user_id)),
        ..Person::default()
    }
}

pub(super) fn text(body: &str) -> Content {
    Content::Text(Text {
        body: body.to_owned(),
        preview_url: None,
    })
}

pub(super) fn received(wamid: &str, from: Person, content: Content) -> Received {
    Received {
        number: Some(PhoneNumberId::from(ONE)),
        wamid: Some(Wamid::from(wamid)),
        fingerprint: [7; 16],
        person: from,
        direction: Direction::Inbound,
        origin: Origin::Api,
        timestamp: Some(Stamp::from_millis(START)),
        content,
        media: None,
        reply_to: None,
        forwarded: false,
        frequently_forwarded: false,
        referral: None,
        group_id: None,
        status: None,
        error: None,
    }
}

pub(super) fn hola(wamid: &str) -> Fact {
    Fact::Received(Box::new(received(
        wamid,
        person("51987654321"),
        text("Hola, ¿está abierto?"),
    )))
}

pub(super) fn reaction(wamid: &str, target: &str, emoji: &str) -> Fact {
    let content = Content::Reaction(Reaction {
        target: Some(Wamid::from(target)),
        emoji: Some(emoji.to_owned()).filter(|e| !e.is_empty()),
    });
    Fact::Received(Box::new(received(wamid, person("51987654321"), content)))
}

pub(super) fn report(wamid: &str, word: &str, at: i64) -> Reported {
    Reported {
        number: Some(PhoneNumberId::from(ONE)),
        wamid: Some(Wamid::from(wamid)),
        message: None,
        word: word.to_owned(),
        timestamp: Some(Stamp::from_millis(START + at)),
        recipient: Person::default(),
        participant: None,
        pricing: None,
        error: None,
    }
}

pub(super) fn queued(target: Target, body: &str) -> Queued {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let mut random = [0; 10];
    random[2..].copy_from_slice(&next);
    Queued {
        id: MessageId::new(Stamp::from_millis(START), random),
        target,
        content: text(body),
        reply_to: None,
        react_to: None,
        media: None,
        client_id: None,
        filled: None,
    }
}

pub(super) fn accepted(message: MessageId, wamid: &str) -> Fact {
    Fact::Accepted {
        message,
        wamid: Wamid::from(wamid),
        wa_id: None,
        user_id: None,
    }
}
