//! Sends through the real daemon to the simulated Meta: every fate that a message can have.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use common::api::chats::{ChatFilter, ReadMark};
use common::api::messages::{Outgoing, Send};
use common::api::numbers::{NewNumber, PatchNumber, SecretText};
use common::api::orgs::NewOrg;
use common::client::Client;
use common::id::{AppId, MessageId, NumberId, PhoneNumberId, WabaId};
use common::model::chat::Chat;
use common::model::message::Message;
use common::model::number::{NumberStatus, Transport};
use common::tick::Status;
use config::daemon::Settings;
use config::path::Surroundings;
use recado_daemon::clock::SystemClock;
use recado_daemon::run::{Daemon, Deps};
use recado_sim::app::{Token, TokenDeath};
use recado_sim::config::SimConfig;
use recado_sim::customer::Customer;
use recado_sim::fault::{Fault, FaultRule};
use recado_sim::ledger::Accepted;
use recado_sim::shop::Shop;
use recado_sim::sim::Sim;
use tempfile::TempDir;
use tokio::time::timeout;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct World {
    sim: Sim,
    daemon: Daemon,
    client: Client,
    dir: TempDir,
}

struct Desk {
    shop: Shop,
    number: NumberId,
}

impl World {
    async fn start() -> Self {
        let sim = Sim::start(SimConfig::new())
            .await
            .expect("a simulated Meta");
        let dir = tempfile::tempdir().expect("a folder");
        let mut settings = Settings::defaults(&Surroundings::invented([], false));
        settings.data_dir = dir.path().join("data");
        settings.socket = dir.path().join("recado.sock");
        settings.webhook_listen = ([127, 0, 0, 1], 0).into();
        settings.graph_base_url = sim.base_url();
        let daemon = Daemon::start(settings, Deps::real(Arc::new(SystemClock)))
            .await
            .expect("a daemon");
        let client = Client::unix(daemon.socket());
        let world = Self {
            sim,
            daemon,
            client,
            dir,
        };
        let org = NewOrg {
            slug: "tienda".to_owned(),
            name: Some("Tienda".to_owned()),
        };
        world.client.add_org(&org).await.expect("an organisation");
        world
    }

    /// The n-th business of the simulated Meta as a number here, with its webhook set up.
    async fn desk(&self, n: u32) -> Desk {
        let shop = self.sim.open_shop(n);
        let orgs = self.client.orgs().await.expect("organisations");
        let added = self
            .client
            .add_number(&NewNumber {
                org_id: orgs.first().expect("an organisation").id,
                label: format!("shop {n}"),
                transport: Transport::Cloud,
                phone_number: None,
                phone_number_id: PhoneNumberId::from(shop.phone_number_id.as_str()),
                waba_id: WabaId::from(shop.waba_id.as_str()),
                app_id: AppId::from(shop.app_id.as_str()),
                access_token: SecretText::new(&shop.token),
                app_secret: SecretText::new(&shop.app_secret),
                verify_token: Some(SecretText::new("verify")),
            })
            .await
            .expect("a number");
        let url = format!(
            "http://{}/webhooks/meta/{}",
            self.daemon.webhook_addr(),
            shop.app_id
        );
        self.sim.set_webhook(&shop.app_id, &url, "verify");
        let number = added.number.id;
        self.until("Meta knows the number", async || {
            let number = self.client.number(number).await.expect("the number");
            number.status == NumberStatus::Connected
        })
        .await;
        Desk { shop, number }
    }

    /// A customer writes; says the chat.
    async fn hears(&self, desk: &Desk, customer: &Customer) -> Chat {
        self.sim
            .inbound_taken(&desk.shop.phone_number_id, customer, "Hola")
            .await
            .expect("a number that exists");
        let filter = ChatFilter {
            number: Some(desk.number),
            ..ChatFilter::default()
        };
        let chats = self.client.chats(&filter).await.expect("chats");
        chats
            .items
            .into_iter()
            .next()
            .expect("the newest chat is the one that was written in")
    }

    async fn send(&self, chat: &Chat, text: &str) -> Message {
        let content = Outgoing::Text {
            text: text.to_owned(),
            preview_url: None,
        };
        let send = Send {
            content,
            reply_to: None,
            client_id: None,
        };
        self.client.send(chat.id, &send).await.expect("stored")
    }

    async fn message(&self, id: MessageId) -> Message {
        self.client.message(id).await.expect("the message")
    }

    async fn reaches(&self, id: MessageId, goal: Status) -> Message {
        self.until(goal.as_str(), async || {
            self.message(id).await.status == goal
        })
        .await;
        self.message(id).await
    }

    /// Waits for something to become true, looking after every event.
    async fn until<F: Future<Output = bool>>(&self, what: &str, mut holds: impl FnMut() -> F) {
        let mut events = self.client.events(None).await.expect("events");
        let looking = async {
            while !holds().await {
                events
                    .next()
                    .await
                    .expect("the daemon runs")
                    .expect("an event");
            }
        };
        timeout(PATIENCE, looking)
            .await
            .unwrap_or_else(|_| panic!("never: {what}"));
    }

    async fn accepted(&self, message: &Message) -> Arc<Accepted> {
        let id = message.id.to_string();
        let fits = move |accepted: &Accepted| accepted.biz_opaque.as_deref() == Some(id.as_str());
        self.sim
            .wait_accepted(fits, PATIENCE)
            .await
            .expect("accepted")
    }

    fn sent(&self, message: &Message) -> usize {
        let id = message.id.to_string();
        self.sim
            .accepted()
            .iter()
            .filter(|a| a.biz_opaque.as_deref() == Some(&id))
            .count()
    }
}

fn ana() -> Customer {
    Customer::new("Ana").wa_id("5491122334455")
}

fn bruno() -> Customer {
    Customer::new("Bruno").wa_id("551187654321")
}

#[tokio::test]
async fn a_reply_goes_to_the_raw_id_with_a_plus_quotes_and_is_read_in_the_end() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let chat = world.hears(&desk, &ana()).await;
    let quoted = chat.last_message.as_ref().expect("the message").id;
    let content = Outgoing::Text {
        text: "¡Hola! 😀".to_owned(),
        preview_url: Some(true),
    };
    let send = Send {
        content,
        reply_to: Some(quoted),
        client_id: None,
    };
    let message = world.client.send(chat.id, &send).await.expect("stored");
    let accepted = world.accepted(&message).await;
    assert_eq!(accepted.to.as_deref(), Some("+5491122334455"));
    assert_eq!(accepted.body["text"]["body"], "¡Hola! 😀");
    assert_eq!(accepted.body["text"]["preview_url"], true);
    let wamid = world.message(quoted).await.wamid.expect("WhatsApp's id");
    assert_eq!(accepted.body["context"]["message_id"], wamid.as_str());
    let read = world.reaches(message.id, Status::Read).await;
    assert_eq!(read.wamid.expect("WhatsApp's id").as_str(), accepted.wamid);
    world.daemon.stop().await;
}

#[tokio::test]
async fn a_person_without_a_number_is_written_to_by_user_id() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let luz = Customer::new("Luz")
        .user_id("PE.13491208655302741918")
        .username("luz");
    let chat = world.hears(&desk, &luz).await;
    let message = world.send(&chat, "Hola, Luz").await;
    let accepted = world.accepted(&message).await;
    assert_eq!(
        accepted.recipient.as_deref(),
        Some("PE.13491208655302741918")
    );
    assert_eq!(accepted.to, None);
    world.daemon.stop().await;
}

#[tokio::test]
async fn a_lost_answer_leaves_it_unknown_until_a_status_settles_it_and_it_is_never_sent_twice() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let chat = world.hears(&desk, &ana()).await;
    world.sim.hold_webhooks(true);
    for fault in [Fault::DropAfter, Fault::HttpAfter(502), Fault::HalfAnswer] {
        world.sim.fault_next(1, fault.clone());
        let message = world.send(&chat, "¿Llegó?").await;
        let _unknown = world.reaches(message.id, Status::Unknown).await;
        let after = world.send(&chat, "y sigo").await;
        let _accepted = world.accepted(&after).await;
        assert_eq!(world.sent(&message), 1, "{fault:?}");
        world.sim.hold_webhooks(false);
        let healed = world.reaches(message.id, Status::Read).await;
        assert!(healed.wamid.is_some());
        assert_eq!(world.sent(&message), 1, "{fault:?}");
        world.sim.hold_webhooks(true);
    }
    world.sim.fault_next(1, Fault::DropBefore);
    let message = world.send(&chat, "se pierde").await;
    let _unknown = world.reaches(message.id, Status::Unknown).await;
    let after = world.send(&chat, "otra vez").await;
    let _accepted = world.accepted(&after).await;
    assert_eq!(world.sent(&message), 0);
    world.daemon.stop().await;
}

#[tokio::test]
async fn what_meta_refuses_for_the_moment_goes_later_and_what_it_refuses_for_good_says_why() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let chat = world.hears(&desk, &ana()).await;
    world.sim.fault_next(1, Fault::code(131_016));
    let message = world.send(&chat, "paciencia").await;
    let _read = world.reaches(message.id, Status::Read).await;
    assert_eq!(world.sent(&message), 1);
    world.sim.fault_next(1, Fault::code(131_026));
    let message = world.send(&chat, "nadie").await;
    let failed = world.reaches(message.id, Status::Failed).await;
    let error = failed.error.expect("the reason");
    assert_eq!((error.code, error.retryable), (131_026, false));
    assert!(
        error.advice.contains("Check the number"),
        "{}",
        error.advice
    );
    world.daemon.stop().await;
}

#[tokio::test]
async fn nothing_is_lost_while_meta_is_out_of_reach() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let chat = world.hears(&desk, &ana()).await;
    let address = world.sim.addr();
    world.sim.stop();
    let message = world.send(&chat, "¿hay alguien?").await;
    world
        .until("it was tried", async || {
            let now = world.message(message.id).await;
            now.revision > message.revision && now.status == Status::Queued
        })
        .await;
    let again = Sim::start_on(SimConfig::new(), address)
        .await
        .expect("the same port");
    let _shop = again.open_shop(1);
    again.add_customer(&ana());
    again
        .wait_accepted_count(1, PATIENCE)
        .await
        .expect("sent once Meta is back");
    let accepted = again.accepted();
    assert_eq!(accepted[0].biz_opaque, Some(message.id.to_string()));
    world.daemon.stop().await;
}

#[tokio::test]
async fn a_dead_token_pauses_its_number_alone_and_a_new_one_sends_what_waits() {
    let world = World::start().await;
    let (one, two) = (world.desk(1).await, world.desk(2).await);
    let (ana, bruno) = (
        world.hears(&one, &ana()).await,
        world.hears(&two, &bruno()).await,
    );
    world
        .sim
        .kill_token(&one.shop.token, TokenDeath::PasswordChanged);
    let first = world.send(&ana, "uno").await;
    let second = world.send(&ana, "dos").await;
    world
        .until("the number tells", async || {
            let number = world.client.number(one.number).await.expect("the number");
            number.status == NumberStatus::Error
        })
        .await;
    let number = world.client.number(one.number).await.expect("the number");
    let error = number.error.expect("a sentence");
    assert!(
        error.contains("190") && !error.contains(&one.shop.token),
        "{error}"
    );
    let other = world.send(&bruno, "sigo").await;
    let _read = world.reaches(other.id, Status::Read).await;
    for waiting in [&first, &second] {
        assert_eq!(world.message(waiting.id).await.status, Status::Queued);
    }
    world
        .sim
        .add_token(Token::new("EAASIMNEW", &one.shop.app_id).wabas([&one.shop.waba_id]));
    let patch = PatchNumber {
        access_token: Some(SecretText::new("EAASIMNEW")),
        ..PatchNumber::default()
    };
    world
        .client
        .patch_number(one.number, &patch)
        .await
        .expect("a new token");
    for waiting in [&first, &second] {
        let _read = world.reaches(waiting.id, Status::Read).await;
        assert_eq!(world.sent(waiting), 1);
    }
    let number = world.client.number(one.number).await.expect("the number");
    assert_eq!(
        (number.status, number.error),
        (NumberStatus::Connected, None)
    );
    world.daemon.stop().await;
}

#[tokio::test]
async fn a_throttled_number_holds_up_no_other() {
    let world = World::start().await;
    let (one, two) = (world.desk(1).await, world.desk(2).await);
    let (ana, bruno) = (
        world.hears(&one, &ana()).await,
        world.hears(&two, &bruno()).await,
    );
    let slow = FaultRule::new(Fault::throttled(3600)).number(&one.shop.phone_number_id);
    let _fault = world.sim.add_fault(slow);
    let held = world.send(&ana, "despacio").await;
    world
        .until("it was tried", async || {
            world.message(held.id).await.revision > held.revision + 1
        })
        .await;
    let other = world.send(&bruno, "rápido").await;
    let _read = world.reaches(other.id, Status::Read).await;
    assert_eq!(world.message(held.id).await.status, Status::Queued);
    world.daemon.stop().await;
}

#[tokio::test]
async fn one_chat_keeps_its_order_and_a_full_pair_holds_up_nobody_else() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let ana_chat = world.hears(&desk, &ana()).await;
    let bruno_chat = world.hears(&desk, &bruno()).await;
    let mut all = Vec::new();
    for n in 0..47 {
        all.push(world.send(&ana_chat, &format!("mensaje {n}")).await);
    }
    let other = world.send(&bruno_chat, "yo también").await;
    let _accepted = world.accepted(&other).await;
    let _accepted = world.accepted(&all[44]).await;
    let bodies: Vec<String> = world
        .sim
        .accepted()
        .iter()
        .filter(|a| a.wa_id.as_deref() == Some("5491122334455"))
        .filter_map(|a| a.body["text"]["body"].as_str().map(ToOwned::to_owned))
        .collect();
    let expected: Vec<String> = (0..bodies.len()).map(|n| format!("mensaje {n}")).collect();
    assert_eq!(bodies, expected);
    assert!(
        (45..=46).contains(&bodies.len()),
        "{} went at once",
        bodies.len()
    );
    assert_eq!(world.message(all[46].id).await.status, Status::Queued);
    assert_eq!(
        world.sim.refused(),
        [],
        "the pace was kept before Meta had to"
    );
    world.daemon.stop().await;
}

#[tokio::test]
async fn reading_a_chat_shows_the_customer_blue_ticks() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let chat = world.hears(&desk, &ana()).await;
    let last = world
        .message(chat.last_message.as_ref().expect("a message").id)
        .await;
    let wamid = last.wamid.expect("WhatsApp's id");
    world
        .client
        .read(chat.id, &ReadMark::default())
        .await
        .expect("read");
    let fits = |mark: &recado_sim::ledger::ReadMark| mark.message_id == wamid.as_str();
    let mark = world
        .sim
        .wait_read_mark(fits, PATIENCE)
        .await
        .expect("told WhatsApp");
    assert_eq!(mark.phone_number_id, desk.shop.phone_number_id);
    world.daemon.stop().await;
}

#[tokio::test]
async fn what_was_claimed_when_the_daemon_died_is_in_doubt_after_it_starts_again() {
    let world = World::start().await;
    let desk = world.desk(1).await;
    let chat = world.hears(&desk, &ana()).await;
    world.sim.hold_webhooks(true);
    world.sim.fault_next(1, Fault::HangAfter);
    let message = world.send(&chat, "a medias").await;
    let _accepted = world.accepted(&message).await;
    let begin = std::time::Instant::now();
    let World {
        sim,
        daemon,
        client,
        dir,
    } = world;
    drop(client);
    let socket = daemon.socket().to_owned();
    daemon.stop().await;
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
    let mut settings = Settings::defaults(&Surroundings::invented([], false));
    settings.data_dir = dir.path().join("data");
    settings.socket = socket;
    settings.webhook_listen = ([127, 0, 0, 1], 0).into();
    settings.graph_base_url = sim.base_url();
    let daemon = Daemon::start(settings, Deps::real(Arc::new(SystemClock)))
        .await
        .expect("it starts again");
    let client = Client::unix(daemon.socket());
    let world = World {
        sim,
        daemon,
        client,
        dir,
    };
    let url = format!(
        "http://{}/webhooks/meta/{}",
        world.daemon.webhook_addr(),
        desk.shop.app_id
    );
    world.sim.set_webhook(&desk.shop.app_id, &url, "verify");
    assert_eq!(world.message(message.id).await.status, Status::Unknown);
    world.sim.hold_webhooks(false);
    let _read = world.reaches(message.id, Status::Read).await;
    assert_eq!(world.sent(&message), 1);
    world.daemon.stop().await;
}
