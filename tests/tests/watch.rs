//! Numbers are watched: what Meta says of them, tokens that end, and what a person is told.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what fails here fails the test"
)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use common::api::event::{Notice, Severity};
use common::api::numbers::{PatchNumber, SecretText};
use common::client::Client;
use common::id::NumberId;
use common::model::health::Trouble;
use common::model::number::NumberStatus;
use common::tick::Status;
use common::time::{Clock, ManualClock};
use recado_daemon::clock::SystemClock;
use recado_daemon::watch::Rhythm;
use recado_sim::app::{Token, TokenDeath};
use recado_sim::config::{Limits, SimConfig};
use recado_sim::home::{APP, Home, TOKEN, WABA};
use recado_sim::number::Quality;
use recado_sim::sim::Sim;
use recado_tests::seen::{text, until};
use recado_tests::shop::{CENTRO, ana};
use serde_json::json;

const DAY: i64 = 86_400;

struct Desk {
    sim: Sim,
    home: Home,
    client: Client,
    number: NumberId,
    clock: ManualClock,
}

impl Desk {
    /// A shop whose token ends in so many days, `None` for never.
    async fn open(days: Option<i64>, hook: Option<&Path>) -> Self {
        let sim = Sim::start(SimConfig::new().limits(Limits::off()))
            .await
            .expect("Meta");
        let clock = ManualClock::new(SystemClock.now());
        let rhythm = Rhythm {
            first: Duration::from_millis(20),
            look: Duration::from_millis(20),
        };
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let home = Home::open_with(&sim, shared, rhythm, |settings| {
            settings.watch_hook = hook.map(ToOwned::to_owned);
        });
        let home = home.await.expect("a daemon");
        let (_, numbers) = home.open_shop(&sim, &[CENTRO]).await.expect("a shop");
        if let Some(days) = days {
            let end = SystemClock.now().seconds() + days * DAY + 3_600;
            sim.add_token(Token::new(TOKEN, APP).wabas([WABA]).expires_at(end));
        }
        clock.advance(Duration::from_hours(7));
        Self {
            client: home.client(),
            number: numbers[0],
            sim,
            home,
            clock,
        }
    }

    /// Waits for a notice.
    async fn told(&self, code: &str) -> Notice {
        until(&self.client, code, async || {
            let notices = self.client.status().await?.notices;
            Ok(notices.iter().any(|notice| notice.code == code))
        })
        .await
        .expect("the notice");
        let notices = self.client.status().await.expect("a status").notices;
        let found = notices.into_iter().find(|notice| notice.code == code);
        found.expect("the notice")
    }

    async fn trouble(&self, goal: Option<Trouble>) {
        let wait = until(&self.client, "the mark of the number", async || {
            let number = self.client.number(self.number).await?;
            Ok(Trouble::of(&number, self.clock.now()) == goal)
        });
        wait.await.expect("the mark");
    }
}

#[tokio::test]
async fn what_meta_says_of_a_number_is_known_within_its_rhythm_and_told() {
    let desk = Desk::open(None, None).await;
    desk.trouble(None).await;
    let health = json!({ "can_send_message": "BLOCKED", "entities": [{
        "entity_type": "WABA", "id": WABA, "can_send_message": "BLOCKED", "errors": [{
            "error_code": 141_006, "error_description": "No payment method.",
            "possible_solution": "Add one." }] }] });
    let sick = desk.sim.change_number(CENTRO.phone_number_id, |number| {
        number.quality(Quality::Red).field("health_status", health)
    });
    sick.expect("the number");
    desk.clock.advance(Duration::from_mins(31));
    desk.trouble(Some(Trouble::Blocked)).await;
    let notice = desk.told("number_blocked").await;
    assert_eq!(
        (notice.severity, notice.number_id),
        (Severity::Error, Some(desk.number))
    );
    assert!(
        notice.sentence.contains("recado doctor"),
        "{}",
        notice.sentence
    );
    let number = desk.client.number(desk.number).await.expect("the number");
    assert_eq!(
        number.health.ailments[0].advice.as_deref(),
        Some("Add one.")
    );
    assert_eq!(number.quality_rating.as_deref(), Some("RED"));
}

#[tokio::test]
async fn a_notification_of_metas_is_reason_to_look_at_once() {
    let desk = Desk::open(None, None).await;
    desk.trouble(None).await;
    let sick = desk.sim.change_number(CENTRO.phone_number_id, |number| {
        number.quality(Quality::Red)
    });
    sick.expect("the number");
    // The clock stands still: only the notification can be the reason.
    let value = json!({ "display_phone_number": CENTRO.digits, "event": "FLAGGED", "current_limit": "TIER_2K" });
    desk.sim
        .waba_field(WABA, "phone_number_quality_update", value);
    desk.trouble(Some(Trouble::Quality)).await;
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_before_anybody_must_be_told() {
    let desk = Desk::open(Some(19), None).await;
    desk.told("token_renewed").await;
    desk.sim.kill_token(TOKEN, TokenDeath::Expired);
    let chat = chat(&desk).await;
    let sent = desk
        .client
        .send(chat, &text("Hola", None))
        .await
        .expect("it is queued");
    reaches(&desk, sent.id, Status::Sent).await;
    let notices = desk.client.status().await.expect("a status").notices;
    assert!(
        notices.iter().all(|notice| notice.code != "token_ends"),
        "{notices:?}"
    );
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_told_14_7_and_1_days_ahead() {
    let desk = Desk::open(Some(30), None).await;
    until(&desk.client, "the end of the token", async || {
        let number = desk.client.number(desk.number).await?;
        Ok(number
            .health
            .token
            .is_some_and(|token| token.expires_at.is_some()))
    })
    .await
    .expect("it is known");
    // From now on Meta renews nothing for recado.
    desk.sim.set_secret(APP, "another");
    for (days, wait) in [(14, 16), (7, 7), (1, 6)] {
        desk.clock.advance(Duration::from_hours(24 * wait));
        until(&desk.client, "the warning", async || {
            let notices = desk.client.status().await?.notices;
            let told = format!("within {days} days");
            Ok(notices
                .iter()
                .any(|n| n.code == "token_ends" && n.sentence.contains(&told)))
        })
        .await
        .expect("the warning");
    }
    desk.clock.advance(Duration::from_hours(7));
    desk.trouble(Some(Trouble::Token)).await;
    let notices = desk.client.status().await.expect("a status").notices;
    let ends = notices.iter().filter(|n| n.code == "token_ends");
    assert_eq!(ends.count(), 1, "once, however often one looks");
}

#[tokio::test]
async fn on_the_first_190_the_queue_waits_and_a_new_token_sends_it_all() {
    let desk = Desk::open(None, None).await;
    let chat = chat(&desk).await;
    desk.sim.kill_token(TOKEN, TokenDeath::PasswordChanged);
    let mut waiting = Vec::new();
    for words in ["uno", "dos", "tres"] {
        waiting.push(
            desk.client
                .send(chat, &text(words, None))
                .await
                .expect("queued")
                .id,
        );
    }
    until(&desk.client, "the error", async || {
        Ok(desk.client.number(desk.number).await?.status == NumberStatus::Error)
    })
    .await
    .expect("the number says so");
    desk.trouble(Some(Trouble::Error)).await;
    for id in &waiting {
        let status = desk.client.message(*id).await.expect("a message").status;
        assert!(
            matches!(status, Status::Queued | Status::Sending),
            "nothing fails: {status:?}"
        );
    }
    desk.sim
        .add_token(Token::new("EAAFRESH", APP).wabas([WABA]));
    let patch = PatchNumber {
        access_token: Some(SecretText::new("EAAFRESH")),
        ..PatchNumber::default()
    };
    desk.client
        .patch_number(desk.number, &patch)
        .await
        .expect("it is taken");
    for id in waiting {
        reaches(&desk, id, Status::Sent).await;
    }
}

#[tokio::test]
async fn the_hook_hears_of_warnings_on_its_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let (hook, heard) = (folder.path().join("hook"), folder.path().join("heard"));
    let script = format!("#!/bin/sh\nexec cat >> {}\n", heard.display());
    std::fs::write(&hook, script).expect("the program");
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).expect("its rights");
    let desk = Desk::open(None, Some(&hook)).await;
    let value =
        json!({ "event": "ACCOUNT_VIOLATION", "violation_info": { "violation_type": "SPAM" } });
    desk.sim.waba_field(WABA, "account_update", value);
    until(&desk.client, "the hook", async || {
        // Each look at the number is an event, and reason to look at the file again.
        desk.clock.advance(Duration::from_mins(31));
        let told = std::fs::read_to_string(&heard).unwrap_or_default();
        Ok(told.ends_with('\n') && told.contains("meta_account_update"))
    })
    .await
    .expect("the hook heard it");
    drop(desk.home);
}

async fn chat(desk: &Desk) -> common::id::ChatId {
    let told = desk
        .sim
        .inbound_taken(CENTRO.phone_number_id, &ana(), "Hola")
        .await;
    assert!(told.expect("Meta delivers").1.taken);
    let chats = recado_tests::seen::chats(&desk.client)
        .await
        .expect("chats");
    chats[0].id
}

async fn reaches(desk: &Desk, id: common::id::MessageId, goal: Status) {
    until(&desk.client, goal.as_str(), async || {
        let status = desk.client.message(id).await?.status;
        Ok(status == goal || matches!(status, Status::Delivered | Status::Read))
    })
    .await
    .expect("it goes out");
}
