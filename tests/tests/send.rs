//! Sending as people at consoles see it: two in one chat, a failure and its retry, and one client that never reads.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use common::client::Client;
use common::tick::Status;
use recado_sim::desk::Desk;
use recado_sim::status::StatusPlan;
use recado_tests::seen::{PATIENCE, everything, until};
use recado_tests::shop::{CENTRO, Shop, ana};
use tokio::io::AsyncWriteExt;
use tokio::net::UnixStream;

/// What Ana writes first.
const FIRST: &str = "¿Está listo?";

/// A console with Ana's chat open, ready to write.
async fn desk(client: &Client, seed: u64) -> anyhow::Result<Desk> {
    let mut desk = Desk::open(client.clone(), (120, 60), "en", seed)?;
    desk.wait_for("Ana").await?;
    desk.press("Enter")?;
    desk.wait_until("what she wrote", |screen| told(screen, FIRST) == 1)
        .await?;
    Ok(desk)
}

/// How often words stand in the conversation, which is right of the list.
fn told(screen: &str, words: &str) -> usize {
    let talk = |row: &str| row.split('│').skip(1).any(|pane| pane.contains(words));
    screen.lines().filter(|row| talk(row)).count()
}

async fn all_read(client: &Client, many: usize) -> anyhow::Result<()> {
    until(client, "all is read", async || {
        let all = everything(client).await?;
        let read = all.iter().filter(|message| message.status == Status::Read);
        Ok(read.count() == many)
    })
    .await
}

#[tokio::test]
async fn two_consoles_send_in_one_chat_at_once_and_both_see_both_once() -> anyhow::Result<()> {
    let Shop {
        sim,
        mut home,
        client,
        ..
    } = Shop::open().await?;
    sim.inbound_taken(CENTRO.phone_number_id, &ana(), FIRST)
        .await?;
    let (mut one, mut two) = (desk(&client, 1).await?, desk(&client, 2).await?);
    for round in 0..5 {
        one.type_text(&format!("desde uno {round}"))?;
        two.type_text(&format!("desde dos {round}"))?;
        one.press("Enter")?;
        two.press("Enter")?;
        for desk in [&mut one, &mut two] {
            for words in [format!("desde uno {round}"), format!("desde dos {round}")] {
                desk.wait_until(&words, |screen| told(screen, &words) == 1)
                    .await?;
            }
        }
    }
    sim.wait_accepted_count(10, PATIENCE).await?;
    all_read(&client, 10).await?;
    for desk in [&mut one, &mut two] {
        // Every tick of the ten arrives, and nothing stands there twice.
        desk.wait_until("ten double ticks", |screen| told(screen, "✓✓") == 10)
            .await?;
        for round in 0..5 {
            assert_eq!(
                told(&desk.screen(), &format!("desde uno {round}")),
                1,
                "{}",
                desk.screen()
            );
            assert_eq!(
                told(&desk.screen(), &format!("desde dos {round}")),
                1,
                "{}",
                desk.screen()
            );
        }
    }
    let mut said: Vec<String> = sim
        .accepted()
        .iter()
        .map(|a| a.body["text"]["body"].to_string())
        .collect();
    said.sort();
    said.dedup();
    assert_eq!(
        (said.len(), sim.accepted_count()),
        (10, 10),
        "each once at Meta"
    );
    home.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_failure_shows_its_sentence_and_can_be_sent_again_after_a_question() -> anyhow::Result<()>
{
    let Shop {
        sim,
        mut home,
        client,
        ..
    } = Shop::open().await?;
    sim.inbound_taken(CENTRO.phone_number_id, &ana(), FIRST)
        .await?;
    let mut desk = desk(&client, 1).await?;
    sim.plan_next(StatusPlan::failed(131_026));
    desk.type_text("¿Me recibe?")?;
    desk.press("Enter")?;
    desk.wait_for("It could not be delivered").await?;
    desk.wait_for("Check the number").await?;
    // To the message, and once more.
    desk.press("Up")?;
    desk.press("x")?;
    desk.wait_for("Send “¿Me recibe?” again?").await?;
    desk.press("n")?;
    desk.wait_gone("again?").await?;
    assert_eq!(sim.accepted_count(), 1, "no is no");
    desk.press("x")?;
    desk.wait_for("Send “¿Me recibe?” again?").await?;
    desk.press("y")?;
    sim.wait_accepted_count(2, PATIENCE).await?;
    desk.wait_gone("It could not be delivered").await?;
    desk.wait_until("double ticks", |screen| told(screen, "✓✓") == 1)
        .await?;
    all_read(&client, 1).await?;
    assert_eq!(
        everything(&client).await?.len(),
        2,
        "it is one message still"
    );
    home.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_client_that_never_reads_its_events_harms_nobody() -> anyhow::Result<()> {
    let Shop {
        sim,
        mut home,
        client,
        ..
    } = Shop::open().await?;
    sim.inbound_taken(CENTRO.phone_number_id, &ana(), FIRST)
        .await?;
    let mut deaf = Vec::new();
    for _ in 0..3 {
        let mut stream = UnixStream::connect(&home.settings().socket).await?;
        stream
            .write_all(b"GET /api/v1/events?after=0 HTTP/1.1\r\nHost: x\r\n\r\n")
            .await?;
        deaf.push(stream);
    }
    let mut desk = desk(&client, 1).await?;
    // More than any socket holds: some megabytes of events.
    let long = "ñandú ".repeat(600);
    for n in 0..400 {
        let words = format!("{long} {n}.");
        let (_, outcome) = sim
            .inbound_taken(CENTRO.phone_number_id, &ana(), words.as_str())
            .await?;
        assert!(outcome.taken && outcome.attempts == 1, "{outcome:?}");
    }
    desk.type_text("aquí estoy")?;
    desk.press("Enter")?;
    sim.wait_accepted_count(1, PATIENCE).await?;
    desk.wait_until("double ticks", |screen| told(screen, "✓✓") == 1)
        .await?;
    // All that came stands above it.
    desk.wait_until("the newest", |screen| told(screen, " 399.") == 1)
        .await?;
    assert_eq!(everything(&client).await?.len(), 402);
    home.stop().await;
    drop(deaf);
    Ok(())
}
