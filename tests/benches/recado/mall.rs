//! Fifty numbers of twenty businesses: 200 messages a second in, fair; and single messages out while five of them send all they have.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use common::api::messages::{Outgoing, Send, SendTo};
use common::api::numbers::{PatchNumber, SecretText};
use common::client::Client;
use common::id::NumberId;
use common::time::Clock;
use recado_daemon::clock::SystemClock;
use recado_sim::app::TokenDeath;
use recado_sim::sim::Sim;
use recado_sim::webhook::sign;
use recado_tests::load::Poster;
use recado_tests::mall::{self, Line, NUMBERS, ORGS, Tenant, customer, lines};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant as Moment, sleep_until};

use crate::Plan;
use crate::measure::{Spread, ms};
use crate::report::{Figure, Report, tell};
use crate::server::{Kind, Server, meta};

/// Webhooks a second, of the open loop.
const RATE: u32 = 200;
/// Customers of each number.
const PEOPLE: usize = 40;
/// Businesses that send all they have.
const BUSY: usize = 5;
const WAIT: Duration = Duration::from_mins(2);

pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("recado-bench-").tempdir()?;
    let sim = meta().await?;
    let server = Server::start(Kind::Recado, folder.path(), &sim).await?;
    let client = server.client();
    let webhook = format!("http://{}", server.address);
    let tenants = mall::open(&sim, &client, &webhook).await?;
    let all = lines(&tenants);
    tell(&format!("  mall: {ORGS} businesses, {NUMBERS} numbers"));

    let count = plan.size(2_000, 12_000);
    let first: Vec<_> = all.iter().take(1).copied().collect();
    let one = heard(&server, &sim, &first, count).await?;
    let many = heard(&server, &sim, &all, count).await?;
    let (whole, worst) = many.fair();
    let (alone, _) = one.fair();
    report.add(Figure {
        what: "200 messages/s for 50 numbers of 20 organisations, from the request to Meta's 200, p50 / p99",
        target: "p99 ≤ 50 ms",
        measured: whole.told(),
        baseline: format!("the same for one number: {}", alone.told()),
        met: Some(whole.p99 <= Duration::from_millis(50)),
        figures: json!({ "p50_ms": ms_of(whole.p50), "p99_ms": ms_of(whole.p99), "one_p99_ms": ms_of(alone.p99) }),
    });
    report.add(Figure {
        what: "the slowest of the 50 numbers, its p50",
        target: "≤ 2 times that of all",
        measured: ms(worst),
        baseline: format!("all: {}", ms(whole.p50)),
        met: Some(worst <= whole.p50 * 2),
        figures: json!({ "worst_ms": ms_of(worst), "all_ms": ms_of(whole.p50) }),
    });

    let quiet = singles(&client, &sim, &all, || false).await?;
    let loud = loud(&client, &sim, &tenants, plan.size(2_000, 10_000)).await?;
    let (quiet, beside) = (Spread::of(quiet), Spread::of(loud));
    report.add(Figure {
        what: "a single message of each other number while five businesses send all they have, to Meta's acceptance, p50 / p99",
        target: "p99 ≤ 50 ms",
        measured: beside.told(),
        baseline: format!("nothing else being sent: {}", quiet.told()),
        met: Some(beside.p99 <= Duration::from_millis(50)),
        figures: json!({ "p50_ms": ms_of(beside.p50), "p99_ms": ms_of(beside.p99), "alone_p99_ms": ms_of(quiet.p99) }),
    });
    server.stop().await
}

fn ms_of(span: Duration) -> f64 {
    span.as_secs_f64() * 1e3
}

/// How long each number waited for its 200s.
struct Heard(HashMap<NumberId, Vec<Duration>>);

impl Heard {
    /// The spread of all, and the median of the number that waited longest.
    fn fair(&self) -> (Spread, Duration) {
        let whole = Spread::of(self.0.values().flatten().copied().collect());
        let worst = self.0.values().map(|waits| Spread::of(waits.clone()).p50);
        (whole, worst.max().unwrap_or_default())
    }
}

/// Customers write to these numbers in turn, at fixed moments, whatever the answers do.
async fn heard(
    server: &Server,
    sim: &Sim,
    to: &[(&Tenant, &Line)],
    count: usize,
) -> anyhow::Result<Heard> {
    let mut requests = Vec::with_capacity(count);
    for i in 0..count {
        let (tenant, line) = to.get(i % to.len()).context("numbers")?;
        let who = customer(i / to.len() % PEOPLE);
        let (_, update) = sim.inbound_update(&line.meta, &who, format!("hola {i}"))?;
        let body = sim.body(&[update]);
        let head = format!(
            "POST /webhooks/meta/{} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
             x-hub-signature-256: {}\r\ncontent-length: {}\r\n\r\n",
            tenant.app,
            sign(&tenant.secret, body.as_ref()),
            body.len()
        );
        let mut request = head.into_bytes();
        request.extend_from_slice(body.as_ref());
        requests.push((line.id, request));
    }
    let begin = Moment::now() + Duration::from_millis(100);
    let every = Duration::from_secs(1) / RATE;
    let connections = 16;
    let mut all = JoinSet::new();
    for mine in 0..connections {
        let mut poster = Poster::connect(&server.address).await?;
        let part: Vec<_> = requests
            .iter()
            .enumerate()
            .skip(mine)
            .step_by(connections)
            .map(|(i, request)| (i, request.clone()))
            .collect();
        all.spawn(async move {
            let mut waits = Vec::with_capacity(part.len());
            for (i, (number, request)) in part {
                let due = begin + every * u32::try_from(i)?;
                sleep_until(due).await;
                let status = poster.post(&request).await?;
                ensure!(status == 200, "answered {status}");
                // From when it should have gone: a post that waits for the one before waits too.
                waits.push((
                    number,
                    Instant::now().saturating_duration_since(due.into_std()),
                ));
            }
            anyhow::Ok(waits)
        });
    }
    let mut heard: HashMap<NumberId, Vec<Duration>> = HashMap::new();
    while let Some(part) = all.join_next().await {
        for (number, wait) in part?? {
            heard.entry(number).or_default().push(wait);
        }
    }
    Ok(Heard(heard))
}

/// Five businesses have a queue that waits for a new token, and get it; meanwhile each other number sends one message after
/// the other.
async fn loud(
    client: &Client,
    sim: &Sim,
    tenants: &[Tenant],
    count: usize,
) -> anyhow::Result<Vec<Duration>> {
    let (busy, others) = tenants.split_at(BUSY);
    let of_busy = lines(busy);
    for tenant in busy {
        sim.kill_token(&tenant.token, TokenDeath::Expired);
    }
    let mut queueing = JoinSet::new();
    for (part, (_, line)) in of_busy.iter().enumerate() {
        let (client, number, share) = (client.clone(), line.id, count / of_busy.len());
        queueing.spawn(async move {
            for i in 0..share {
                client.send_to(&message(number, i + part)).await?;
            }
            anyhow::Ok(share)
        });
    }
    let mut queued = 0;
    while let Some(part) = queueing.join_next().await {
        queued += part??;
    }
    let before = sim.accepted_count();
    for tenant in busy {
        sim.revive_token(&tenant.token);
        let patch = PatchNumber {
            access_token: Some(SecretText::new(&tenant.token)),
            ..PatchNumber::default()
        };
        for line in &tenant.lines {
            client.patch_number(line.id, &patch).await?;
        }
    }
    let done = || sim.accepted_count() >= before + queued;
    let waits = singles(client, sim, &lines(others), done).await?;
    let sent = sim
        .wait_accepted_count(before + queued + waits.len(), WAIT)
        .await;
    ensure!(sent.is_ok(), "not all of {queued} were accepted");
    Ok(waits)
}

fn message(number: NumberId, person: usize) -> SendTo {
    let who = person % PEOPLE;
    SendTo {
        number_id: number,
        to: format!("+5198760{who:04}"),
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

/// One message of each number in turn, every 10 ms, and how long each took to Meta.
async fn singles(
    client: &Client,
    sim: &Sim,
    from: &[(&Tenant, &Line)],
    done: impl Fn() -> bool,
) -> anyhow::Result<Vec<Duration>> {
    let clock = SystemClock;
    let begin = Moment::now();
    let mut asked = Vec::new();
    for (i, (_, line)) in from.iter().cycle().take(from.len() * 4).enumerate() {
        sleep_until(begin + Duration::from_millis(10) * u32::try_from(i)?).await;
        if done() {
            break;
        }
        let at = clock.now().millis();
        let sent = client.send_to(&message(line.id, i)).await?;
        asked.push((sent.id.to_string(), at));
    }
    let mut waits = Vec::with_capacity(asked.len());
    for (id, at) in asked {
        let found = sim
            .wait_accepted(|a| a.biz_opaque.as_deref() == Some(id.as_str()), WAIT)
            .await;
        let accepted = found.ok().context("a single message never left")?;
        let wait = u64::try_from(accepted.at_ms - at).unwrap_or(0);
        waits.push(Duration::from_millis(wait));
    }
    ensure!(!waits.is_empty(), "nothing was sent beside it");
    Ok(waits)
}
