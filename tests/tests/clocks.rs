//! Clocks that jump: nothing waits for a clock that was put back, nothing hurries and no window closes for one put on.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use common::api::event::Notice;
use common::api::numbers::{PatchNumber, SecretText};
use common::api::problem::Code;
use common::model::message::Message;
use common::model::number::NumberStatus;
use common::tick::Status;
use common::time::{Clock, ManualClock, Stamp};
use recado_sim::app::{Token, TokenDeath};
use recado_sim::clock::SimClock;
use recado_sim::config::{Limits, SimConfig, WindowRule};
use recado_sim::fault::Fault;
use recado_sim::home::{APP, TOKEN, WABA};
use recado_sim::inbound::Inbound;
use recado_tests::calendar::Running;
use recado_tests::seen::{PATIENCE, chats, everything, text, until};
use recado_tests::shop::{Shop, ana, bruno};

const DAY: Duration = Duration::from_hours(24);
/// Meta's code for a failure that may pass.
const LATER: u32 = 131_016;

/// A shop whose daemon goes by `clock` while Meta's own is right, and where windows matter.
async fn shop(clock: &Running) -> anyhow::Result<Shop> {
    let limits = Limits {
        window: WindowRule::AtOnce,
        ..Limits::off()
    };
    let config = SimConfig::new().limits(limits);
    Shop::at(config, Arc::new(clock.clone())).await
}

fn right() -> Running {
    Running::from(Stamp::from_millis(SimClock::system().now_ms()))
}

/// Ana writes and is answered, but Meta cannot take it `times` times; says the answer once it was tried so often.
async fn waiting(shop: &Shop, times: u32) -> anyhow::Result<Message> {
    shop.hears(&ana(), "¿Está lista la torta?").await?;
    let _fault = shop.sim.fault_next(times, Fault::code(LATER));
    let message = shop.say(shop.newest().await?.id, "Sí, a las seis").await?;
    let tried = |counts: &recado_sim::ledger::Counts| counts.refused >= u64::from(times);
    shop.sim.wait_counts(tried, PATIENCE).await?;
    until(&shop.client, "it waits", async || {
        let now = shop.client.message(message.id).await?;
        Ok(now.status == Status::Queued && now.revision > message.revision)
    })
    .await?;
    Ok(message)
}

#[tokio::test]
async fn a_clock_put_back_makes_nothing_wait_longer() -> anyhow::Result<()> {
    for back in [DAY, Duration::from_mins(90), Duration::from_mins(5)] {
        let clock = right();
        let shop = shop(&clock).await?;
        let message = waiting(&shop, 1).await?;
        clock.back(back);
        let read = shop.reaches(message.id, Status::Read).await?;
        assert!(read.error.is_none());
        // And what comes in the new time goes as ever, also in the same chat.
        let next = shop.say(message.chat_id, "Con velas").await?;
        shop.reaches(next.id, Status::Read).await?;
        assert_eq!(shop.sim.accepted_count(), 2, "each once");
        shop.close().await;
    }
    Ok(())
}

#[tokio::test]
async fn a_clock_put_back_while_the_daemon_was_away_makes_nothing_wait_longer() -> anyhow::Result<()>
{
    let clock = right();
    let mut shop = shop(&clock).await?;
    let message = waiting(&shop, 1).await?;
    shop.home.stop().await;
    clock.back(DAY);
    shop.home.start().await?;
    let fits =
        |sent: &recado_sim::ledger::Accepted| sent.biz_opaque == Some(message.id.to_string());
    shop.sim.wait_accepted(fits, PATIENCE).await?;
    assert_eq!(shop.sim.accepted_count(), 1);
    shop.close().await;
    Ok(())
}

#[tokio::test]
async fn a_clock_put_on_hurries_no_retry_and_closes_no_window() -> anyhow::Result<()> {
    let clock = right();
    let shop = shop(&clock).await?;
    // Tried twice: the third try is due ten seconds later, a quarter more or less.
    let message = waiting(&shop, 2).await?;
    let begin = Instant::now();
    clock.ahead(DAY + DAY);
    let other = shop.hears(&bruno(), "¿Y mi pedido?").await?;
    assert!(
        shop.client.by_wamid(&other).await.is_ok(),
        "the daemon goes on meanwhile"
    );
    let read = shop.reaches(message.id, Status::Read).await?;
    let waited = begin.elapsed();
    assert!(waited > Duration::from_secs(5), "it hurried: {waited:?}");
    assert!(read.error.is_none());
    assert_eq!(shop.sim.counts().refused, 2, "no try was spent on the jump");
    // By this clock every window is closed; by Meta's, which counts, it is open, and what is wrong is said.
    assert!(shop.client.chat(message.chat_id).await?.window.open);
    let more = shop.say(message.chat_id, "¿Algo más?").await?;
    shop.reaches(more.id, Status::Read).await?;
    let notice = told(&shop, "clock_wrong").await?;
    assert!(
        notice.sentence.contains("2 days ahead of Meta's"),
        "{notice:?}"
    );
    // Put right again, all is as before.
    clock.back(DAY + DAY);
    let next = shop.say(message.chat_id, "¿Y hoy?").await?;
    shop.reaches(next.id, Status::Read).await?;
    told(&shop, "clock_ok").await?;
    let notices = shop.client.status().await?.notices;
    assert!(notices.iter().all(|notice| notice.code != "clock_wrong"));
    shop.close().await;
    Ok(())
}

/// Waits for a notice.
async fn told(shop: &Shop, code: &str) -> anyhow::Result<Notice> {
    let find = async || {
        let notices = shop.client.status().await?.notices;
        anyhow::Ok(notices.into_iter().find(|notice| notice.code == code))
    };
    until(&shop.client, code, async || Ok(find().await?.is_some())).await?;
    find().await?.context("it is told")
}

#[tokio::test]
async fn a_daemon_that_starts_with_a_clock_put_on_judges_windows_by_metas_time()
-> anyhow::Result<()> {
    let clock = right();
    clock.ahead(DAY + DAY);
    let shop = shop(&clock).await?;
    shop.hears(&ana(), "¿Está lista la torta?").await?;
    let chat = shop.newest().await?;
    assert!(chat.window.open, "{:?}", chat.window);
    let answer = shop.say(chat.id, "Sí, a las seis").await?;
    shop.reaches(answer.id, Status::Read).await?;
    told(&shop, "clock_wrong").await?;
    // What is closed by Meta's time too is closed.
    let long_ago = shop.sim.clock().now_ms() / 1000 - 25 * 3600;
    shop.hears(&bruno(), Inbound::new("¿Hola?").at(long_ago))
        .await?;
    let all = chats(&shop.client).await?;
    let other = all.iter().find(|c| c.id != chat.id).context("Bruno's")?;
    assert!(!other.window.open);
    let late = shop.client.send(other.id, &text("¡Aquí!", None)).await;
    assert_eq!(late.expect_err("closed").code, Code::OutsideWindow);
    shop.close().await;
    Ok(())
}

#[tokio::test]
async fn a_clock_behind_metas_is_told_and_closes_nothing() -> anyhow::Result<()> {
    let clock = right();
    let shop = shop(&clock).await?;
    shop.hears(&ana(), "Hola").await?;
    clock.back(Duration::from_hours(3));
    let answer = shop.say(shop.newest().await?.id, "¡Hola!").await?;
    shop.reaches(answer.id, Status::Read).await?;
    let notice = told(&shop, "clock_wrong").await?;
    assert!(
        notice.sentence.contains("3 hours behind Meta's"),
        "{notice:?}"
    );
    shop.close().await;
    Ok(())
}

#[tokio::test]
async fn a_message_whose_window_ends_before_it_can_arrive_does_not_leave() -> anyhow::Result<()> {
    let shop = shop(&right()).await?;
    let half_a_minute_left = shop.sim.clock().now_ms() / 1000 - 86_400 + 30;
    let says = Inbound::new("¿Hola?").at(half_a_minute_left);
    shop.hears(&ana(), says).await?;
    let late = shop.say(shop.newest().await?.id, "¡Aquí!").await?;
    let failed = shop.reaches(late.id, Status::Failed).await?;
    assert_eq!(failed.error.context("a reason")?.code, 131_047);
    assert_eq!(shop.sim.accepted_count(), 0, "it never left");
    assert_eq!(shop.sim.counts().refused, 0, "and was not tried");
    shop.close().await;
    Ok(())
}

#[tokio::test]
async fn when_all_clocks_jump_windows_close_with_them_and_nothing_breaks() -> anyhow::Result<()> {
    let start = Stamp::from_seconds(1_800_000_000);
    let clock = ManualClock::new(start);
    let shared = clock.clone();
    // Meta's pace would wait for a clock that went back; its window is what matters here.
    let limits = Limits {
        window: WindowRule::Later,
        ..Limits::off()
    };
    let config = SimConfig::new().limits(limits);
    let config = config.clock(SimClock::from_fn(move || shared.now().millis()));
    let shop = Shop::at(config, Arc::new(clock.clone())).await?;
    shop.hears(&ana(), "Hola").await?;
    let chat = shop.newest().await?.id;
    let read = async |words: &str| -> anyhow::Result<()> {
        let id = shop.client.send(chat, &text(words, None)).await?.id;
        until(&shop.client, words, async || {
            Ok(shop.client.message(id).await?.status == Status::Read)
        })
        .await
    };
    read("antes").await?;

    // One waits while its window closes.
    shop.sim.kill_token(TOKEN, TokenDeath::PasswordChanged);
    let late = shop.client.send(chat, &text("tarde", None)).await?.id;
    until(&shop.client, "the token is found dead", async || {
        Ok(shop.client.number(shop.number).await?.status == NumberStatus::Error)
    })
    .await?;
    clock.advance(Duration::from_hours(25));
    let fresh = "EAASIMNEW";
    shop.sim.add_token(Token::new(fresh, APP).wabas([WABA]));
    let patch = PatchNumber {
        access_token: Some(SecretText::new(fresh)),
        ..PatchNumber::default()
    };
    shop.client.patch_number(shop.number, &patch).await?;
    until(&shop.client, "it is judged again", async || {
        Ok(shop.client.message(late).await?.status == Status::Failed)
    })
    .await?;
    let error = shop.client.message(late).await?.error.context("a reason")?;
    assert_eq!(error.code, 131_047);
    // The clock may have been wrong before or be wrong now: Meta was asked, which knows, and said it.
    assert_eq!(shop.sim.accepted_count(), 2);
    // Its answer says too that the clock is right: from now on nobody needs to ask.
    let closed = shop
        .client
        .send(chat, &text("cerrado", None))
        .await
        .expect_err("closed");
    assert_eq!(closed.code, Code::OutsideWindow, "{closed}");
    assert!(!shop.client.chat(chat).await?.window.open);

    // The customer writes in the new time; then the clock goes back behind everything.
    shop.hears(&ana(), "¿Siguen ahí?").await?;
    assert!(shop.client.chat(chat).await?.window.open);
    read("aquí seguimos").await?;
    clock.set(start);
    shop.hears(&ana(), "otra vez").await?;
    read("de vuelta").await?;
    assert!(shop.client.chat(chat).await?.window.open);
    // A window never lasts longer than a day from now, whatever the messages say.
    let last = everything(&shop.client).await?.len();
    assert_eq!(last, 7);
    clock.advance(Duration::from_hours(24 * 400));
    let first = shop.client.send(chat, &text("¿sigues?", None)).await?.id;
    until(&shop.client, "Meta says that it is closed", async || {
        Ok(shop.client.message(first).await?.status == Status::Failed)
    })
    .await?;
    let closed = shop
        .client
        .send(chat, &text("otro año", None))
        .await
        .expect_err("closed");
    assert_eq!(closed.code, Code::OutsideWindow, "{closed}");
    assert_eq!(shop.client.status().await?.outbox.queued, 0);
    shop.close().await;
    Ok(())
}
