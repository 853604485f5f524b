//! A console that loses the daemon: it says so, reads on, keeps what is written, and comes back with nothing missed.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use common::client::Client;
use common::tick::Status;
use recado_sim::desk::Desk;
use recado_sim::home::{APP, Home, VERIFY_TOKEN};
use recado_sim::sim::Sim;
use recado_tests::seen::{PATIENCE, chats, everything, text, until};
use recado_tests::shop::{CENTRO, Shop, ana, bruno};

/// Whether words stand in the conversation, which is right of the list.
fn told(screen: &str, words: &str) -> bool {
    let mut rows = screen.lines();
    rows.any(|row| row.split('│').skip(1).any(|pane| pane.contains(words)))
}

fn to_the_end(desk: &mut Desk) -> anyhow::Result<()> {
    for _ in 0..30 {
        desk.press("PgDn")?;
    }
    Ok(())
}

/// The daemon comes back, and Meta finds it where it listens now.
async fn back(sim: &Sim, home: &mut Home) -> anyhow::Result<()> {
    home.start().await?;
    sim.set_webhook(APP, &home.webhook_url()?, VERIFY_TOKEN);
    Ok(())
}

/// Ana writes thrice, Bruno once, and another console answers Ana with the words given back.
async fn much_happens(sim: &Sim, client: &Client, round: usize) -> anyhow::Result<String> {
    for n in 0..3 {
        let missed = format!("perdida {round}.{n}.");
        sim.inbound_taken(CENTRO.phone_number_id, &ana(), missed.as_str())
            .await?;
    }
    sim.inbound_taken(
        CENTRO.phone_number_id,
        &bruno(),
        format!("soy Bruno {round}").as_str(),
    )
    .await?;
    let open = chats(client).await?;
    let chat = open
        .iter()
        .find(|chat| chat.customer.profile_name.as_deref() == Some("Ana Prado"));
    let other = format!("otra consola {round}");
    client
        .send(chat.expect("Ana's chat").id, &text(other.as_str(), None))
        .await?;
    Ok(other)
}

#[tokio::test]
async fn a_console_that_loses_the_daemon_reads_on_and_comes_back_with_nothing_missed()
-> anyhow::Result<()> {
    let Shop {
        sim,
        mut home,
        client,
        ..
    } = Shop::open().await?;
    for n in 0..60 {
        sim.inbound_taken(
            CENTRO.phone_number_id,
            &ana(),
            format!("línea {n}.").as_str(),
        )
        .await?;
    }
    let mut desk = Desk::open(client.clone(), (120, 36), "en", 1)?;
    desk.wait_for("Ana Prado").await?;
    desk.press("Enter")?;
    desk.wait_for("reply").await?;
    // From what is unread down to the newest.
    desk.wait_until("the first", |screen| told(screen, "línea 0."))
        .await?;
    to_the_end(&mut desk)?;
    desk.wait_until("the newest", |screen| told(screen, "línea 59."))
        .await?;

    for round in 0..2 {
        home.stop().await;
        desk.wait_for("daemon lost").await?;
        // Reading goes on, also upwards.
        assert!(desk.screen().contains("Ana Prado"), "{}", desk.screen());
        let before = desk.screen();
        desk.press("PgUp")?;
        assert_ne!(desk.screen(), before, "it scrolls");
        to_the_end(&mut desk)?;
        // What is written stays.
        let words = format!("sin línea {round}");
        desk.type_text(&words)?;
        desk.press("Enter")?;
        desk.wait_for("kept as a draft").await?;
        desk.wait_for(&words).await?;

        back(&sim, &mut home).await?;
        // All this happens before the console has come back, or while it does.
        let other = much_happens(&sim, &client, round).await?;
        desk.wait_for("daemon ok").await?;
        for seen in [
            format!("perdida {round}.0."),
            format!("perdida {round}.1."),
            format!("perdida {round}.2."),
            format!("soy Bruno {round}"),
            other,
        ] {
            desk.wait_for(&seen).await?;
        }
        // The draft goes now, once.
        desk.wait_for(&words).await?;
        desk.press("Enter")?;
        let sent = sim
            .wait_accepted(|a| a.body["text"]["body"] == words.as_str(), PATIENCE)
            .await?;
        assert_eq!(sent.to.as_deref(), Some("+51987654321"));
    }
    until(&client, "all is read", async || {
        let all = everything(&client).await?;
        Ok(all
            .iter()
            .filter(|message| message.status == Status::Read)
            .count()
            == 4)
    })
    .await?;
    assert_eq!(sim.accepted_count(), 4, "each once");
    home.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_console_opened_before_the_daemon_runs_waits_for_it() -> anyhow::Result<()> {
    let Shop {
        sim,
        mut home,
        client,
        ..
    } = Shop::open().await?;
    sim.inbound_taken(CENTRO.phone_number_id, &ana(), "Hola")
        .await?;
    home.stop().await;
    let mut desk = Desk::open(client, (80, 24), "es", 1)?;
    desk.wait_for("Los chats aparecen").await?;
    back(&sim, &mut home).await?;
    desk.wait_for("Ana Prado").await?;
    home.stop().await;
    Ok(())
}
