//! A real daemon and a simulated Meta: typing that reaches the customer, ports that are told, a replay alone.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::sync::Arc;

use common::api::chats::{ChatFilter, TypingMark};
use common::client::Client;
use common::id::NumberId;
use common::model::chat::Chat;
use common::tick::Status;
use recado_daemon::alone::replay_alone;
use recado_daemon::clock::SystemClock;
use recado_sim::config::SimConfig;
use recado_sim::fault::Fault;
use recado_sim::home::Home;
use recado_sim::sim::Sim;
use recado_tests::seen::{PATIENCE, text, until};
use recado_tests::shop::{CENTRO, Shop, ana};

/// Ana has written; the chat.
async fn heard(sim: &Sim, client: &Client) -> anyhow::Result<Chat> {
    sim.inbound_taken(CENTRO.phone_number_id, &ana(), "¿Está listo?")
        .await?;
    let page = client.chats(&ChatFilter::default()).await?;
    Ok(page.items[0].clone())
}

#[tokio::test]
async fn typing_reaches_the_customer_with_the_newest_message() -> anyhow::Result<()> {
    let Shop {
        sim,
        home: _home,
        client,
        ..
    } = Shop::open().await?;
    let chat = heard(&sim, &client).await?;
    let mark = TypingMark {
        receipts: Some(true),
    };
    client.typing(chat.id, &mark).await?;
    sim.wait_read_mark(|mark| mark.typing, PATIENCE).await?;
    client.typing(chat.id, &TypingMark::default()).await?;
    assert_eq!(
        client.chat(chat.id).await?.unread,
        0,
        "blue ticks were asked for"
    );
    Ok(())
}

#[tokio::test]
async fn the_real_ports_stand_in_the_status() -> anyhow::Result<()> {
    let sim = Sim::start(SimConfig::new()).await?;
    let home = Home::open(&sim).await?;
    let status = home.client().status().await?;
    assert_eq!(
        status.webhook.listen,
        home.daemon()?.webhook_addr().to_string()
    );
    assert!(
        !status.webhook.listen.ends_with(":0"),
        "{}",
        status.webhook.listen
    );
    let socket = home.daemon()?.socket().display().to_string();
    assert_eq!(status.api.socket.as_deref(), Some(socket.as_str()));
    assert_eq!(status.api.listen, None);
    Ok(())
}

#[tokio::test]
async fn a_replay_without_a_daemon_sends_nothing() -> anyhow::Result<()> {
    let Shop { sim, mut home, .. } = Shop::open().await?;
    let client = home.client();
    let chat = heard(&sim, &client).await?;
    let held = sim.fault_next(1_000, Fault::code(131_016));
    let message = client.send(chat.id, &text("Sí", None)).await?;
    until(&client, "it was put off", async || {
        let message = client.message(message.id).await?;
        Ok(message.status == Status::Queued && sim.faults_left() < 1_000)
    })
    .await?;
    home.stop().await;
    sim.clear_fault(held);
    let replayed = replay_alone(home.settings(), Arc::new(SystemClock)).await?;
    assert_eq!((replayed.bodies, replayed.still_unread), (0, 0));
    assert!(sim.accepted().is_empty(), "nothing was sent");
    home.start().await?;
    let client = home.client();
    let message = client.message(message.id).await?;
    assert!(
        message.status != Status::Unknown,
        "it was under way in nobody's hand"
    );
    let refused = replay_alone(home.settings(), Arc::new(SystemClock)).await;
    assert!(refused.is_err(), "a daemon works on the same data");
    assert_eq!(client.numbers().await?[0].id, NumberId(1));
    Ok(())
}
