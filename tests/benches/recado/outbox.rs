//! The outbox: how fast one upgraded number sends, and how soon a second one's single message leaves meanwhile.

use std::time::Duration;

use anyhow::{Context, ensure};
use common::api::messages::{Outgoing, Send, SendTo};
use common::api::numbers::{PatchNumber, SecretText};
use common::client::Client;
use common::id::NumberId;
use common::time::Clock;
use recado_daemon::clock::SystemClock;
use recado_sim::app::TokenDeath;
use recado_sim::home::TOKEN;
use recado_sim::sim::Sim;
use recado_tests::load::{self, wa_id};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use crate::Plan;
use crate::measure::{Spread, median, range};
use crate::report::{Figure, Report, tell};
use crate::server::{Kind, LINES, Server, meta, traffic};

/// Customers with an open window, half of them for each number.
const CUSTOMERS: u64 = 1_000;
/// Requests to the local API at once, and to the simulated Meta by the bare client.
const AT_ONCE: usize = 64;
const WAIT: Duration = Duration::from_mins(2);

/// One round: sends a second of the upgraded number, waits of the other, the bare client's rate.
struct Round {
    rate: f64,
    beside: Vec<Duration>,
    alone: Vec<Duration>,
    bare: f64,
}

pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let rounds = plan.size(2, 5);
    let count = plan.size(5_000, 10_000);
    let (mut rates, mut bare) = (Vec::new(), Vec::new());
    let (mut beside, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let round = once(count).await?;
        tell(&format!(
            "  outbox: {:.0}/s, bare client {:.0}/s, second number {}",
            round.rate,
            round.bare,
            Spread::of(round.beside.clone()).told()
        ));
        rates.push(round.rate);
        bare.push(round.bare);
        beside.extend(round.beside);
        alone.extend(round.alone);
    }
    let (beside, alone) = (Spread::of(beside), Spread::of(alone));
    report.add(Figure {
        what: "accepted sends a second of one number at the upgraded level (paced to 1,000)",
        target: "≥ 1,000",
        measured: range(&rates, 0),
        baseline: format!(
            "a bare client without a store, {AT_ONCE} connections: {}",
            range(&bare, 0)
        ),
        met: Some(median(&rates) >= 1_000.0),
        figures: json!({ "rate": rates, "bare": bare }),
    });
    report.add(Figure {
        what: "meanwhile, from the request to Meta's acceptance of a second number's single message, p50 / p99",
        target: "p99 ≤ 50 ms",
        measured: beside.told(),
        baseline: format!("nothing else being sent: {}", alone.told()),
        met: Some(beside.p99 <= Duration::from_millis(50)),
        figures: json!({ "p50_ms": beside.p50.as_secs_f64() * 1e3, "p99_ms": beside.p99.as_secs_f64() * 1e3, "alone_p99_ms": alone.p99.as_secs_f64() * 1e3 }),
    });
    Ok(())
}

async fn once(count: usize) -> anyhow::Result<Round> {
    let folder = tempfile::Builder::new().prefix("recado-bench-").tempdir()?;
    let sim = meta().await?;
    let (server, ids) = Server::shop(Kind::Recado, folder.path(), &sim, 2).await?;
    let (fast, slow) = match ids.as_slice() {
        [fast, slow] => (*fast, *slow),
        _ => anyhow::bail!("two numbers"),
    };
    let mut traffic = traffic(3, CUSTOMERS, 2);
    let path = server.path();
    let hello = (0..CUSTOMERS).map(|chat| traffic.text(chat, "hola").request(&path));
    load::closed(&server.address, hello.collect(), 16).await?;
    let client = server.client();
    let alone = singles(&client, &sim, slow, 0, || false).await?;

    // While the token is dead messages wait; the new one lets them go, all at once.
    sim.kill_token(TOKEN, TokenDeath::Expired);
    queue(&client, fast, count).await?;
    let before = sim.accepted_count();
    sim.revive_token(TOKEN);
    for number in [fast, slow] {
        renew(&client, number).await?;
    }
    let done = || sim.accepted_count() >= before + count;
    let beside = singles(&client, &sim, slow, 100, done).await?;
    ensure!(
        sim.wait_accepted_count(before + count + beside.len(), WAIT)
            .await
            .is_ok(),
        "{} of {count} were accepted",
        sim.accepted_count() - before
    );
    let of_fast = LINES.first().map_or("", |line| line.phone_number_id);
    let mut times: Vec<i64> = sim
        .accepted_from(before)
        .iter()
        .filter(|accepted| &*accepted.phone_number_id == of_fast)
        .map(|accepted| accepted.at_ms)
        .collect();
    ensure!(
        times.len() == count,
        "{} of {count} were accepted once",
        times.len()
    );
    times.sort_unstable();
    let span = times
        .last()
        .zip(times.first())
        .map(|(last, first)| last - first);
    let span = Duration::from_millis(u64::try_from(span.context("no sends")?)?);
    #[expect(clippy::cast_precision_loss, reason = "a count of messages")]
    let rate = (count - 1) as f64 / span.as_secs_f64();
    server.stop().await?;
    let bare = bare(&sim, count / 2).await?;
    Ok(Round {
        rate,
        beside,
        alone,
        bare,
    })
}

async fn renew(client: &Client, number: NumberId) -> anyhow::Result<()> {
    let patch = PatchNumber {
        access_token: Some(SecretText::new(TOKEN)),
        ..PatchNumber::default()
    };
    client.patch_number(number, &patch).await?;
    Ok(())
}

/// Queues so many messages, a few for each customer of the first number.
async fn queue(client: &Client, number: NumberId, count: usize) -> anyhow::Result<()> {
    let mut all = JoinSet::new();
    for part in 0..AT_ONCE {
        let client = client.clone();
        all.spawn(async move {
            for i in (part..count).step_by(AT_ONCE) {
                let chat = (i as u64 % (CUSTOMERS / 2)) * 2;
                client.send_to(&message(number, chat)).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(part) = all.join_next().await {
        part??;
    }
    Ok(())
}

fn message(number: NumberId, chat: u64) -> SendTo {
    SendTo {
        number_id: number,
        to: format!("+{}", wa_id(chat)),
        message: Send {
            content: Outgoing::Text {
                text: "Ya sale su pedido, gracias por esperar.".to_owned(),
                preview_url: None,
            },
            reply_to: None,
            client_id: None,
        },
    }
}

/// Sends one message of the second number every 100 ms, and says how long each took to Meta.
async fn singles(
    client: &Client,
    sim: &Sim,
    number: NumberId,
    from: u64,
    done: impl Fn() -> bool,
) -> anyhow::Result<Vec<Duration>> {
    let clock = SystemClock;
    let mut asked = Vec::new();
    let mut every = interval(Duration::from_millis(100));
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for i in 0..400 {
        every.tick().await;
        if done() || (from == 0 && i >= 20) {
            break;
        }
        let at = clock.now().millis();
        let chat = ((from + i) % (CUSTOMERS / 2)) * 2 + 1;
        let sent = client.send_to(&message(number, chat)).await?;
        asked.push((sent.id.to_string(), at));
    }
    let mut waits = Vec::with_capacity(asked.len());
    for (id, at) in asked {
        let found = sim
            .wait_accepted(
                |accepted| accepted.biz_opaque.as_deref() == Some(id.as_str()),
                WAIT,
            )
            .await;
        let accepted = found.ok().context("a single message never left")?;
        let wait = u64::try_from(accepted.at_ms - at).unwrap_or(0);
        waits.push(Duration::from_millis(wait));
    }
    Ok(waits)
}

/// What the simulated Meta takes from a client that keeps nothing.
async fn bare(sim: &Sim, count: usize) -> anyhow::Result<f64> {
    let id = LINES.first().map_or("", |line| line.phone_number_id);
    let requests = (0..count).map(|i| {
        let to = wa_id((i as u64 % (CUSTOMERS / 2)) * 2);
        let body = json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": format!("+{to}"),
            "type": "text", "text": { "body": "Ya sale su pedido, gracias por esperar.", "preview_url": false } })
        .to_string();
        format!(
            "POST /v23.0/{id}/messages HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
             authorization: Bearer {TOKEN}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    });
    let loaded = load::closed(&sim.addr().to_string(), requests.collect(), AT_ONCE).await?;
    ensure!(loaded.refused == 0, "{} were refused", loaded.refused);
    Ok(loaded.rate())
}
