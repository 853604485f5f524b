//! A number on its way from an empty home to its first message, and back.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "what fails here fails the test; a story is told at a stretch"
)]

use std::fs;

use common::api::connect::{
    AskCode, Choice, CodeMethod, Connection, Disconnect, GiveCode, MoveNumber, NewConnect,
    Register, SetWebhook, Step, TokenKind, WebhookBy,
};
use common::api::numbers::{PatchNumber, SecretText};
use common::api::orgs::NewOrg;
use common::api::problem::Code;
use common::client::Client;
use common::id::{AppId, NumberId, OrgId};
use common::model::number::NumberStatus;
use recado_sim::app::{App, Business, Token, TokenDeath, Waba};
use recado_sim::config::{Limits, SimConfig};
use recado_sim::customer::Customer;
use recado_sim::home::{APP, SECRET, TOKEN, WABA};
use recado_sim::number::Number;
use recado_sim::sim::Sim;
use recado_tests::child::{Plan, Recadod};
use tempfile::TempDir;

/// A number that the account has, proved and registered.
const OLD: &str = "106540352242922";
const OLD_DIGITS: &str = "+51900111001";
/// One that is to be added.
const NEW: &str = "+51900111002";

/// A machine with nothing on it but a running daemon, and Meta.
struct Bench {
    folder: TempDir,
    sim: Sim,
    plan: Plan,
    recadod: Option<Recadod>,
    client: Client,
    org: OrgId,
}

impl Bench {
    async fn open() -> Self {
        let config = SimConfig::new().limits(Limits::off());
        let sim = Sim::start(config).await.expect("Meta");
        sim.add_app(App::new(APP, SECRET))
            .add_waba(
                Waba::new(WABA)
                    .name("Bodega")
                    .owner(Business::new("700", "Lima")),
            )
            .add_number(Number::new(OLD, WABA, OLD_DIGITS).verified_name("Tienda Centro"))
            .add_token(Token::new(TOKEN, APP).wabas([WABA]));
        let folder = tempfile::tempdir().expect("a folder");
        let plan = Plan::new(folder.path(), &sim.base_url()).expect("a plan");
        let public = format!(
            "[webhook]\npublic_url = \"http://127.0.0.1:{}\"\n",
            plan.port
        );
        fs::write(&plan.config, public).expect("a configuration");
        let recadod = plan.start().await.expect("a daemon");
        let client = plan.client();
        let org = client
            .add_org(&named("bodega"))
            .await
            .expect("an organisation")
            .id;
        Self {
            folder,
            sim,
            plan,
            recadod: Some(recadod),
            client,
            org,
        }
    }

    fn with_token(&self, token: &str) -> NewConnect {
        NewConnect {
            org_id: self.org,
            app_id: AppId::from(APP),
            app_secret: SecretText::new(SECRET),
            access_token: SecretText::new(token),
            verify_token: None,
        }
    }

    async fn refused(&self, new: &NewConnect) -> (Code, String) {
        let problem = self
            .client
            .begin_connect(new)
            .await
            .expect_err("it will not do");
        assert!(!problem.detail.contains(new.access_token.expose()));
        (problem.code, problem.detail)
    }

    /// The number that the account has, taken.
    async fn take_old(&self) -> NumberId {
        let connect = self
            .client
            .begin_connect(&self.with_token(TOKEN))
            .await
            .expect("a token");
        let choice = Choice {
            waba_id: WABA.to_owned(),
            phone_number_id: Some(OLD.into()),
            ..Choice::default()
        };
        let number = self.client.choose_number(connect.id, &choice).await;
        number.expect("a number").id
    }

    async fn step(&self, number: NumberId) -> Connection {
        self.client.connection(number).await.expect("how far it is")
    }

    async fn close(self) {
        if let Some(recadod) = self.recadod {
            recadod.terminate().await.expect("it ends");
        }
        self.sim.stop();
        drop(self.folder);
    }
}

fn named(slug: &str) -> NewOrg {
    NewOrg {
        slug: slug.to_owned(),
        name: None,
    }
}

fn by(by: WebhookBy) -> SetWebhook {
    SetWebhook { by }
}

#[tokio::test]
async fn sorts_of_tokens_are_told_apart_and_what_will_not_do_is_not_kept() {
    let bench = Bench::open().await;
    let now_s = bench.sim.clock().now_s();
    let person = |text: &str| Token::new(text, APP).of_a_person();
    let (hours, weeks) = (now_s + 3_600, now_s + 5_000_000);
    for (text, token, kind, tells) in [
        ("EAA1", Token::new("EAA1", APP), TokenKind::Permanent, ""),
        (
            "EAA2",
            Token::new("EAA2", APP).expires_at(weeks),
            TokenKind::SixtyDays,
            "renews",
        ),
        (
            "EAA3",
            person("EAA3").expires_at(hours),
            TokenKind::Temporary,
            "System users",
        ),
        (
            "EAA4",
            person("EAA4").expires_at(weeks),
            TokenKind::Personal,
            "System users",
        ),
    ] {
        bench.sim.add_token(token);
        let seen = bench
            .client
            .begin_connect(&bench.with_token(text))
            .await
            .expect("it is kept");
        assert_eq!(seen.token.kind, kind);
        let advice = seen.token.advice.unwrap_or_default();
        assert!(
            advice.contains(tells) && advice.is_empty() == tells.is_empty(),
            "{advice}"
        );
        bench
            .client
            .end_connect(seen.id)
            .await
            .expect("it is forgotten");
    }
    bench.sim.add_app(App::new("42", "another"));
    bench.sim.add_token(Token::new("EAAother", "42"));
    let weak = ["whatsapp_business_management"];
    bench.sim.add_token(Token::new("EAAweak", APP).scopes(weak));
    bench.sim.add_token(Token::new("EAAdead", APP));
    bench.sim.kill_token("EAAdead", TokenDeath::PasswordChanged);
    let other = bench.refused(&bench.with_token("EAAother")).await;
    assert_eq!(other.0, Code::TokenOfAnotherApp);
    let weak = bench.refused(&bench.with_token("EAAweak")).await;
    assert_eq!(weak.0, Code::TokenTooWeak);
    assert!(weak.1.contains("whatsapp_business_messaging"), "{}", weak.1);
    let dead = bench.refused(&bench.with_token("EAAdead")).await;
    assert_eq!(dead.0, Code::TokenDead);
    assert!(
        dead.1.contains("password") && dead.1.contains("System users"),
        "{}",
        dead.1
    );
    assert_eq!(
        bench.refused(&bench.with_token("EAAnobody")).await.0,
        Code::TokenDead
    );
    let wrong = NewConnect {
        app_secret: SecretText::new("guessed"),
        ..bench.with_token(TOKEN)
    };
    assert_eq!(bench.refused(&wrong).await.0, Code::SecretWrong);
    assert!(bench.client.connects().await.expect("a list").is_empty());
    bench.close().await;
}

#[tokio::test]
async fn what_a_token_sees_is_listed_through_its_portfolios_too() {
    let bench = Bench::open().await;
    let agency = Business::new("900", "Agencia");
    bench
        .sim
        .add_waba(Waba::new("300").name("Cliente").shared_with(agency.clone()))
        .add_number(Number::new("3001", "300", "+5511900222002").verified_name("Entregas"))
        .add_token(Token::new("EAAall", APP));
    for (token, expected) in [(TOKEN, vec![WABA]), ("EAAall", vec!["300", WABA])] {
        let connect = bench
            .client
            .begin_connect(&bench.with_token(token))
            .await
            .expect("a token");
        let seen = bench
            .client
            .seen_accounts(connect.id)
            .await
            .expect("accounts");
        let mut ids: Vec<&str> = seen.iter().map(|a| a.waba_id.as_str()).collect();
        ids.sort_by_key(|id| id.len());
        assert_eq!(ids, expected);
        let bodega = seen
            .iter()
            .find(|a| a.waba_id.as_str() == WABA)
            .expect("it");
        assert_eq!(bodega.name.as_deref(), Some("Bodega"));
        let number = &bodega.numbers[0];
        assert_eq!(
            number.phone_number.as_ref().expect("digits").as_str(),
            OLD_DIGITS
        );
        assert!(number.verified && number.number_id.is_none());
    }
    let ours = bench.take_old().await;
    let connect = bench.client.connects().await.expect("a list").remove(0);
    let seen = bench
        .client
        .seen_accounts(connect.id)
        .await
        .expect("accounts");
    assert_eq!(seen[0].numbers[0].number_id, Some(ours));
    bench.close().await;
}

#[tokio::test]
async fn a_number_that_the_account_has_is_connected_by_its_webhook_and_a_message() {
    let bench = Bench::open().await;
    let number = bench.take_old().await;
    let way = bench.step(number).await;
    assert_eq!((way.step, way.webhook.is_some()), (Step::Webhook, true));
    let hooked = bench
        .client
        .set_webhook(number, &SetWebhook::default())
        .await;
    let hooked = hooked.expect("Meta takes it");
    assert_eq!(hooked.step, Step::Proof);
    let seen = hooked.webhook.expect("what Meta says");
    assert!(
        seen.ours && seen.subscribed && seen.missing.is_empty(),
        "{seen:?}"
    );
    assert_eq!(
        seen.url.as_deref(),
        Some(bench.plan.webhook_url(APP).as_str())
    );
    let ana = Customer::new("Ana").wa_id("51987654321");
    let told = bench.sim.inbound_taken(OLD, &ana, "¿Abren hoy?").await;
    assert!(told.expect("it leaves").1.taken);
    assert_eq!(bench.step(number).await.step, Step::Done);
    let connected = bench.client.number(number).await.expect("the number");
    assert_eq!(connected.status, NumberStatus::Connected);
    bench.close().await;
}

#[tokio::test]
async fn a_new_number_is_added_proved_registered_and_the_daemon_may_die_between() {
    let mut bench = Bench::open().await;
    let connect = bench
        .client
        .begin_connect(&bench.with_token(TOKEN))
        .await
        .expect("a token");
    let choice = Choice {
        waba_id: WABA.to_owned(),
        phone_number: Some(NEW.to_owned()),
        verified_name: Some("Bodega Norte".to_owned()),
        ..Choice::default()
    };
    bench.sim.use_elsewhere(NEW);
    let used = bench
        .client
        .choose_number(connect.id, &choice)
        .await
        .expect_err("in use");
    assert_eq!(used.code, Code::NumberInUse);
    assert!(used.detail.contains("Delete account"), "{}", used.detail);
    bench.sim.free(NEW);
    let number = bench
        .client
        .choose_number(connect.id, &choice)
        .await
        .expect("added");
    assert_eq!(number.label, "Bodega Norte");
    let (number, meta) = (number.id, bench.sim.number_id(NEW).expect("Meta has it"));
    assert_eq!(bench.step(number).await.step, Step::Verify);

    let none = GiveCode {
        code: SecretText::new("123456"),
    };
    let early = bench
        .client
        .give_code(number, &none)
        .await
        .expect_err("none was asked for");
    assert_eq!(early.code, Code::CodeOver);
    let ask = AskCode {
        method: CodeMethod::Voice,
        language: Some("es_ES".to_owned()),
    };
    let asked = bench
        .client
        .ask_code(number, &ask)
        .await
        .expect("it is sent");
    assert_eq!(asked.verification.expect("a code").tries_left, 3);
    let came = bench.sim.code_came(&meta).expect("known").expect("a call");
    assert_eq!(came, ("VOICE".to_owned(), "es_ES".to_owned()));

    // Killed with a code on its way: it is still good afterwards.
    let recadod = bench.recadod.take().expect("it runs");
    recadod.kill().await.expect("it dies");
    bench.recadod = Some(bench.plan.start().await.expect("a daemon"));
    for left in [2, 1, 0] {
        let wrong = bench
            .client
            .give_code(number, &none)
            .await
            .expect_err("wrong");
        assert_eq!(wrong.code, Code::CodeWrong);
        let way = bench.step(number).await.verification.expect("a code");
        assert_eq!(way.tries_left, left);
    }
    let code = |bench: &Bench| {
        let code = bench.sim.code(&meta).expect("known").expect("a code");
        let (first, last) = code.split_at(3);
        GiveCode {
            code: SecretText::new(format!("{first}-{last}")),
        }
    };
    let over = bench
        .client
        .give_code(number, &code(&bench))
        .await
        .expect_err("three were wrong");
    assert_eq!(over.code, Code::CodeOver);
    let again = AskCode {
        method: CodeMethod::Sms,
        language: None,
    };
    bench
        .client
        .ask_code(number, &again)
        .await
        .expect("another");
    let proved = bench
        .client
        .give_code(number, &code(&bench))
        .await
        .expect("right");
    assert_eq!((proved.step, proved.verification), (Step::Register, None));

    let registered = bench
        .client
        .register(number, &Register::default())
        .await
        .expect("a PIN");
    let pin = registered.pin.expect("told once");
    assert_eq!(
        bench.sim.pin(&meta).expect("known").as_deref(),
        Some(pin.expose())
    );
    let way = bench.step(number).await;
    assert_eq!(
        (way.step, way.pin, way.pin_kept),
        (Step::Webhook, None, true)
    );
    assert_eq!(way.registrations.used, 1);
    let hooked = bench
        .client
        .set_webhook(number, &SetWebhook::default())
        .await;
    assert_eq!(hooked.expect("Meta takes it").step, Step::Proof);
    let log = bench.recadod.as_ref().expect("it runs").log();
    for secret in [pin.expose(), TOKEN, SECRET] {
        assert!(!log.contains(secret), "{log}");
    }
    bench.close().await;
}

#[tokio::test]
async fn registrations_are_counted_and_a_pin_from_before_is_asked_for() {
    let bench = Bench::open().await;
    bench.sim.set_pin(OLD, Some("424242")).expect("known");
    let number = bench.take_old().await;
    let rest = Disconnect {
        deregister: Some(true),
    };
    let gone = bench
        .client
        .disconnect_number(number, &rest)
        .await
        .expect("it rests");
    assert_eq!((gone.step, gone.paused), (Step::Register, true));
    let own = bench
        .client
        .register(number, &Register::default())
        .await
        .expect_err("a PIN is there");
    assert_eq!(own.code, Code::PinWrong);
    assert!(
        own.detail.contains("Two-step verification"),
        "{}",
        own.detail
    );
    let given = Register {
        pin: Some(SecretText::new("424242")),
    };
    let mut used = 2;
    loop {
        let registered = bench
            .client
            .register(number, &given)
            .await
            .expect("its own PIN");
        assert_eq!((registered.pin, registered.step), (None, Step::Webhook));
        used += 1;
        if used >= 10 {
            break;
        }
        bench.client.deregister(number).await.expect("it ends");
        used += 1;
        if used >= 10 {
            break;
        }
    }
    let full = bench.step(number).await.registrations;
    assert_eq!((full.used, full.limit), (10, 10));
    let before = bench.sim.counts().requests;
    let refused = match bench.step(number).await.step {
        Step::Register => bench.client.register(number, &given).await,
        _ => bench.client.deregister(number).await,
    };
    let problem = refused.expect_err("ten in 72 hours");
    assert_eq!(problem.code, Code::TooManyRegistrations);
    assert!(problem.retry_after.is_some_and(|wait| wait > 70 * 3_600));
    assert!(
        bench.sim.counts().requests > before,
        "Meta was asked how it stands, not to register"
    );
    bench.close().await;
}

#[tokio::test]
async fn an_app_that_another_program_listens_to_is_not_taken_over_unasked() {
    let bench = Bench::open().await;
    bench.sim.set_webhook(APP, "http://127.0.0.1:9/theirs", "x");
    let number = bench.take_old().await;
    let problem = bench
        .client
        .set_webhook(number, &SetWebhook::default())
        .await;
    let problem = problem.expect_err("it goes elsewhere");
    assert_eq!(problem.code, Code::WebhookElsewhere);
    assert!(problem.detail.contains("/theirs"), "{}", problem.detail);
    let account = bench
        .client
        .set_webhook(number, &by(WebhookBy::Account))
        .await;
    let seen = account.expect("the account's alone").webhook.expect("seen");
    assert!(seen.ours && seen.subscribed);
    let ana = Customer::new("Ana").wa_id("51987654321");
    let told = bench
        .sim
        .inbound_taken(OLD, &ana, "aquí")
        .await
        .expect("it leaves");
    assert!(told.1.taken);
    let dropped = bench.client.drop_webhook(number).await.expect("taken back");
    assert_eq!(dropped.step, Step::Webhook);
    let lost = bench
        .sim
        .inbound_taken(OLD, &ana, "lost")
        .await
        .expect("it leaves");
    assert!(!lost.1.taken);
    let app = bench.client.set_webhook(number, &by(WebhookBy::App)).await;
    assert!(
        app.expect("taken over")
            .webhook
            .expect("seen")
            .missing
            .is_empty()
    );
    bench.close().await;
}

#[tokio::test]
async fn without_a_public_address_or_with_one_that_nobody_answers_it_says_what_to_do() {
    let bench = Bench::open().await;
    let number = bench.take_old().await;
    for (public, code, hint) in [
        ("", Code::NoPublicUrl, "Caddy"),
        (
            "http://wa.example.com",
            Code::NoPublicUrl,
            "https addresses",
        ),
        (
            "http://127.0.0.1:9",
            Code::WebhookUnreached,
            "recado doctor",
        ),
    ] {
        let text = format!("[webhook]\npublic_url = \"{public}\"\n");
        fs::write(&bench.plan.config, text).expect("a configuration");
        reloaded(&bench.client, number, (code, hint)).await;
    }
    bench.close().await;
}

/// The configuration is followed by itself; asked again until it was.
async fn reloaded(client: &Client, number: NumberId, (code, hint): (Code, &str)) {
    let mut events = client.events(None).await.expect("a stream");
    loop {
        match client.set_webhook(number, &by(WebhookBy::App)).await {
            Err(problem) if problem.code == code && problem.detail.contains(hint) => return,
            Ok(_) | Err(_) => {}
        }
        let next = tokio::time::timeout(std::time::Duration::from_secs(20), events.next()).await;
        let _event = next.expect("the configuration is read again");
    }
}

#[tokio::test]
async fn a_number_rests_wakes_moves_and_is_removed_and_its_history_stays() {
    let bench = Bench::open().await;
    let number = bench.take_old().await;
    bench
        .client
        .set_webhook(number, &SetWebhook::default())
        .await
        .expect("hooked");
    let ana = Customer::new("Ana").wa_id("51987654321");
    bench
        .sim
        .inbound_taken(OLD, &ana, "hola")
        .await
        .expect("it leaves");

    let rest = bench
        .client
        .disconnect_number(number, &Disconnect::default())
        .await;
    assert!(rest.expect("it rests").paused);
    let lost = bench
        .sim
        .inbound_taken(OLD, &ana, "?")
        .await
        .expect("it leaves");
    assert!(!lost.1.taken, "Meta sends nothing here any more");
    let woken = bench
        .client
        .reconnect_number(number, &SetWebhook::default())
        .await;
    assert!(!woken.expect("it wakes").paused);
    let found = bench
        .sim
        .inbound_taken(OLD, &ana, "otra vez")
        .await
        .expect("it leaves");
    assert!(found.1.taken);

    let other = bench
        .client
        .add_org(&named("otra"))
        .await
        .expect("an organisation")
        .id;
    let to = MoveNumber { org_id: other };
    let moved = bench
        .client
        .move_number(number, &to)
        .await
        .expect("it moves");
    assert_eq!((moved.org_id, moved.id == number), (other, false));
    assert_eq!(moved.phone_number_id.as_ref().expect("an id").as_str(), OLD);
    let before = bench.client.number(number).await.expect("it is told still");
    assert_eq!(before.status, NumberStatus::Disconnected);
    let there = bench
        .sim
        .inbound_taken(OLD, &ana, "allá")
        .await
        .expect("it leaves");
    assert!(there.1.taken, "the webhook went with it");
    let chats = bench
        .client
        .chats(&common::api::chats::ChatFilter::default())
        .await
        .expect("chats");
    let of = |id| {
        chats
            .items
            .iter()
            .filter(move |c| c.number_id == id)
            .count()
    };
    assert_eq!((of(number), of(moved.id)), (1, 1), "one stayed, one is new");
    let same = bench
        .client
        .move_number(moved.id, &to)
        .await
        .expect_err("it is there");
    assert_eq!(same.code, Code::Conflict);
    bench
        .client
        .remove_number(moved.id)
        .await
        .expect("it is removed");
    bench.close().await;
}

#[tokio::test]
async fn a_new_secret_is_taken_beside_the_old_one_and_a_new_token_instead() {
    let bench = Bench::open().await;
    let number = bench.take_old().await;
    bench
        .client
        .set_webhook(number, &SetWebhook::default())
        .await
        .expect("hooked");
    let ana = Customer::new("Ana").wa_id("51987654321");
    let patch = PatchNumber {
        app_secret: Some(SecretText::new("a-new-secret")),
        ..PatchNumber::default()
    };
    bench
        .client
        .patch_number(number, &patch)
        .await
        .expect("taken");
    let old = bench
        .sim
        .inbound_taken(OLD, &ana, "old")
        .await
        .expect("it leaves");
    assert!(old.1.taken, "Meta signs with the old one still");
    bench.sim.set_secret(APP, "a-new-secret");
    let new = bench
        .sim
        .inbound_taken(OLD, &ana, "new")
        .await
        .expect("it leaves");
    assert!(new.1.taken, "and with the new one now");
    bench.sim.add_token(Token::new("EAAnew", APP).wabas([WABA]));
    bench.sim.kill_token(TOKEN, TokenDeath::Invalidated);
    let ask = SetWebhook::default();
    let dead = bench.client.set_webhook(number, &ask).await;
    assert_eq!(dead.expect_err("it is dead").code, Code::TokenDead);
    let patch = PatchNumber {
        access_token: Some(SecretText::new("EAAnew")),
        ..PatchNumber::default()
    };
    bench
        .client
        .patch_number(number, &patch)
        .await
        .expect("taken");
    assert!(
        bench
            .step(number)
            .await
            .webhook
            .is_some_and(|seen| seen.subscribed)
    );
    bench.close().await;
}
