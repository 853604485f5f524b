//! kill -9 at random moments under load: nothing acknowledged is lost, nothing is sent twice, every tick is right.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use common::api::event::Change;
use common::api::problem::Code;
use common::client::Client;
use common::id::{ChatId, MessageId, Seq, Wamid};
use common::model::message::{Direction, Message};
use common::tick::Status;
use recado_sim::config::{Limits, Retry, SimConfig};
use recado_sim::customer::Customer;
use recado_sim::fault::Fault;
use recado_sim::home::{APP, Line, open_shop};
use recado_sim::number::Level;
use recado_sim::sim::Sim;
use recado_sim::status::StatusPlan;
use recado_tests::child::Plan;
use recado_tests::dice::{Dice, seed};
use recado_tests::seen::{PATIENCE, chats, everything, text, until};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

const ROUNDS: usize = 20;
const CUSTOMERS: usize = 24;
const WRITERS: usize = 4;
const SENDERS: usize = 6;
/// How many answers are lost on purpose before the last kill.
const LOST: usize = 5;

const LINES: [Line; 2] = [
    Line {
        label: "Centro",
        digits: "51900111001",
        phone_number_id: "106540352242922",
        level: Level::High,
    },
    Line {
        label: "Entregas",
        digits: "5511900222002",
        phone_number_id: "106540352242923",
        level: Level::High,
    },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Up,
    Down,
    Over,
}

/// What everybody under load shares.
struct Load {
    sim: Sim,
    client: Client,
    people: Vec<Customer>,
    chats: Vec<ChatId>,
    phase: watch::Sender<Phase>,
    done: watch::Sender<usize>,
    book: Mutex<Book>,
}

/// What was acknowledged.
#[derive(Default)]
struct Book {
    inbound: Vec<String>,
    sent: HashMap<String, MessageId>,
}

impl Book {
    fn sent(&mut self, client_id: String, id: MessageId) {
        let before = self.sent.insert(client_id, id);
        assert_eq!(before, None, "each name is used once");
    }
}

impl Load {
    /// Waits until the daemon runs; false when all is over.
    async fn runs(&self) -> bool {
        let mut phase = self.phase.subscribe();
        let now = phase.wait_for(|phase| *phase != Phase::Down).await;
        now.is_ok_and(|phase| *phase == Phase::Up)
    }

    async fn stopped(&self) {
        let mut phase = self.phase.subscribe();
        let _phase = phase.wait_for(|phase| *phase != Phase::Up).await;
    }

    fn acknowledged(&self, note: impl FnOnce(&mut Book)) {
        note(&mut self.book.lock().expect("nobody panicked"));
        self.done.send_modify(|done| *done += 1);
    }
}

/// Customers write; Meta comes again until it is told 200, and now and then once more.
async fn write(load: Arc<Load>, mut dice: Dice) -> anyhow::Result<()> {
    while load.runs().await {
        let (mut updates, mut wamids) = (Vec::new(), Vec::new());
        for n in 0..=dice.below(4) {
            let who = &load.people[dice.below(load.people.len())];
            let line = LINES[dice.below(LINES.len())].phone_number_id;
            let (wamid, update) = load
                .sim
                .inbound_update(line, who, format!("Hola {n} ñ 😀"))?;
            updates.push(update);
            wamids.push(wamid);
        }
        let body = load.sim.body(&updates);
        let mut deliveries = 1 + usize::from(dice.once_in(4));
        while deliveries > 0 && load.runs().await {
            if matches!(load.sim.raw_webhook(APP, body.clone()).await, Ok(200)) {
                deliveries -= 1;
                let fresh = std::mem::take(&mut wamids);
                load.acknowledged(|book| book.inbound.extend(fresh));
            }
        }
    }
    Ok(())
}

/// Operators send; what was not acknowledged is asked for again under the same name.
async fn send(load: Arc<Load>, who: usize, mut dice: Dice) -> anyhow::Result<()> {
    for count in 0.. {
        let client_id = format!("{who}-{count}");
        let chat = load.chats[dice.below(load.chats.len())];
        let wish = text(format!("respuesta {client_id}"), Some(client_id.clone()));
        let message = loop {
            if !load.runs().await {
                return Ok(());
            }
            match load.client.send(chat, &wish).await {
                Ok(message) => break message,
                Err(problem) => ensure!(
                    matches!(problem.code, Code::Unreachable | Code::Busy),
                    "refused: {problem}"
                ),
            }
        };
        load.acknowledged(|book| book.sent(client_id, message.id));
        let id = message.id.to_string();
        tokio::select! {
            _accepted = load.sim.wait_accepted(|a| a.biz_opaque.as_deref() == Some(&id), PATIENCE) => {}
            () = load.stopped() => {}
        }
    }
    Ok(())
}

/// A console follows the events across every crash. Says where it stands and which messages it heard of.
async fn follow(load: Arc<Load>, mut last: Seq) -> anyhow::Result<(Seq, Vec<MessageId>)> {
    let mut heard = Vec::new();
    while load.runs().await {
        let Ok(mut stream) = load.client.events(Some(last)).await else {
            continue;
        };
        loop {
            let next = tokio::select! {
                next = stream.next() => next,
                () = load.stopped() => None,
            };
            let Some(Ok(event)) = next else { break };
            note(event.change, &mut heard)?;
            ensure!(
                event.seq >= last,
                "events go back: {} after {last}",
                event.seq
            );
            last = event.seq;
        }
    }
    Ok((last, heard))
}

fn note(change: Change, heard: &mut Vec<MessageId>) -> anyhow::Result<()> {
    match change {
        Change::MessageNew(message) => heard.push(message.id),
        Change::Reset => bail!("the stream was reset"),
        _ => {}
    }
    Ok(())
}

fn people() -> Vec<(Customer, StatusPlan)> {
    let plans = [
        StatusPlan::read(),
        StatusPlan::read().reversed().duplicated(1),
        StatusPlan::read().before_response(2),
        StatusPlan::read()
            .duplicated(2)
            .every(Duration::from_millis(4)),
    ];
    let person = |n: usize| {
        let who = Customer::new(format!("Cliente {n}")).wa_id(format!("5198765{n:04}"));
        (who, plans[n % plans.len()].clone())
    };
    (0..CUSTOMERS).map(person).collect()
}

async fn drained(client: &Client) -> anyhow::Result<()> {
    until(client, "the outbox is empty", async || {
        let outbox = client.status().await?.outbox;
        Ok(outbox.queued + outbox.sending == 0)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_crashes_lose_nothing_and_send_nothing_twice() -> anyhow::Result<()> {
    let seed = seed();
    #[expect(
        clippy::print_stderr,
        reason = "so that the same dice can be thrown again"
    )]
    {
        eprintln!("RECADO_SEED={seed}");
    }
    let mut dice = Dice::new(seed);
    let folder = tempfile::tempdir()?;
    let config = SimConfig::new().seed(seed).limits(Limits::off());
    let sim = Sim::start(config.retry(Retry::every(Duration::from_millis(50)))).await?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let mut recadod = plan.start().await?;
    let client = plan.client();
    open_shop(&sim, &client, &plan.webhook_url(APP), &LINES).await?;
    let mut setup = Vec::new();
    for (who, plan) in people() {
        sim.set_customer_plan(&who, Some(plan));
        for line in &LINES {
            let (_, update) = sim.inbound_update(line.phone_number_id, &who, "Buenas")?;
            setup.push(update);
        }
    }
    ensure!(
        sim.deliver(&setup).await.taken,
        "the first messages are taken"
    );
    let before: HashSet<MessageId> = everything(&client).await?.iter().map(|m| m.id).collect();
    let load = Arc::new(Load {
        sim: sim.clone(),
        client: client.clone(),
        people: people().into_iter().map(|(who, _)| who).collect(),
        chats: chats(&client).await?.iter().map(|chat| chat.id).collect(),
        phase: watch::Sender::new(Phase::Up),
        done: watch::Sender::new(0),
        book: Mutex::default(),
    });
    assert_eq!(load.chats.len(), CUSTOMERS * LINES.len());

    let since = Seq(client.status().await?.seq);
    let following = tokio::spawn(follow(Arc::clone(&load), since));
    let mut work = JoinSet::new();
    for _ in 0..WRITERS {
        work.spawn(write(Arc::clone(&load), dice.part()));
    }
    for who in 0..SENDERS {
        work.spawn(send(Arc::clone(&load), who, dice.part()));
    }
    let mut done = load.done.subscribe();
    for round in 0..ROUNDS {
        let goal = *done.borrow() + 5 + dice.below(40);
        let busy = timeout(PATIENCE, done.wait_for(|done| *done >= goal)).await;
        let busy = busy.with_context(|| format!("round {round}: the load goes on"))?;
        drop(busy?);
        // The moment itself: anywhere within a few commits.
        tokio::time::sleep(Duration::from_micros(dice.below(12_000) as u64)).await;
        load.phase.send_replace(Phase::Down);
        recadod.kill().await?;
        recadod = plan
            .start()
            .await
            .with_context(|| format!("after round {round}"))?;
        load.phase.send_replace(Phase::Up);
    }
    load.phase.send_replace(Phase::Over);
    while let Some(ended) = work.join_next().await {
        ended??;
    }
    drained(&client).await?;
    sim.wait_idle(PATIENCE).await?;
    let recadod = lose_answers(&sim, &client, &load, &plan, recadod).await?;
    sim.wait_idle(PATIENCE).await?;

    let all = everything(&client).await?;
    let book = std::mem::take(&mut *load.book.lock().expect("nobody panicked"));
    inbound_once(&all, &book.inbound);
    sent_at_most_once(&all, &book.sent, &sim);
    let (last, heard) = following.await??;
    heard_once(&client, last, heard, &before, &all).await?;
    assert_eq!(sim.refused(), [], "Meta had nothing to refuse");
    assert!(recadod.terminate().await?.success());
    Ok(())
}

/// Answers are lost in a crash while no status comes: in doubt, until the statuses come.
async fn lose_answers(
    sim: &Sim,
    client: &Client,
    load: &Load,
    plan: &Plan,
    recadod: recado_tests::child::Recadod,
) -> anyhow::Result<recado_tests::child::Recadod> {
    sim.hold_webhooks(true);
    sim.fault_next(u32::try_from(LOST)?, Fault::HangAfter);
    let mut lost = Vec::new();
    for (n, chat) in load.chats.iter().take(LOST).enumerate() {
        let client_id = format!("lost-{n}");
        let wish = text(format!("respuesta {client_id}"), Some(client_id.clone()));
        let id = client.send(*chat, &wish).await?.id;
        let opaque = id.to_string();
        let accepted = sim.wait_accepted(|a| a.biz_opaque.as_deref() == Some(&opaque), PATIENCE);
        drop(accepted.await?);
        load.acknowledged(|book| book.sent(client_id, id));
        lost.push(id);
    }
    recadod.kill().await?;
    let recadod = plan.start().await?;
    for id in &lost {
        assert_eq!(client.message(*id).await?.status, Status::Unknown);
    }
    sim.hold_webhooks(false);
    for id in lost {
        until(client, "its status settles it", async || {
            Ok(client.message(id).await?.status == Status::Read)
        })
        .await?;
    }
    Ok(recadod)
}

fn inbound_once(all: &[Message], acknowledged: &[String]) {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for message in all.iter().filter(|m| m.direction == Direction::Inbound) {
        let wamid = message
            .wamid
            .as_ref()
            .expect("a customer's message has WhatsApp's id");
        *count.entry(wamid.as_str()).or_default() += 1;
    }
    assert!(acknowledged.len() > ROUNDS * 5, "there was a load");
    for wamid in acknowledged {
        assert_eq!(
            count.get(wamid.as_str()),
            Some(&1),
            "{wamid} was acknowledged"
        );
    }
    assert!(count.values().all(|n| *n == 1), "each is there once");
}

fn sent_at_most_once(all: &[Message], acknowledged: &HashMap<String, MessageId>, sim: &Sim) {
    let ours: HashMap<String, &Message> = all
        .iter()
        .filter(|m| m.direction == Direction::Outbound)
        .map(|m| (m.id.to_string(), m))
        .collect();
    let mut names = HashSet::new();
    for message in ours.values() {
        let name = message.client_id.as_deref().expect("its name");
        assert!(names.insert(name), "{name} is there twice");
    }
    for (name, id) in acknowledged {
        let message = ours
            .get(&id.to_string())
            .unwrap_or_else(|| panic!("{name} was acknowledged"));
        assert_eq!(message.client_id.as_ref(), Some(name));
    }
    let (mut opaque, mut words) = (HashSet::new(), HashSet::new());
    for accepted in sim.accepted() {
        let id = accepted.biz_opaque.clone().expect("our id goes with it");
        let said = accepted.body["text"]["body"].to_string();
        assert!(opaque.insert(id.clone()), "{id} was sent twice");
        assert!(words.insert(said.clone()), "{said} was sent twice");
        let message = ours.get(&id).unwrap_or_else(|| panic!("{id} is nobody's"));
        assert_eq!(
            message.wamid.as_ref().map(Wamid::as_str),
            Some(accepted.wamid.as_str())
        );
        assert_eq!(
            message.status,
            Status::Read,
            "{said}: {:?}",
            message.statuses
        );
        for word in ["sent", "delivered", "read"] {
            let told = message.statuses.iter().any(|report| report.status == word);
            assert!(told, "{said} has no {word}: {:?}", message.statuses);
        }
    }
    for (id, message) in ours.iter().filter(|(id, _)| !opaque.contains(*id)) {
        assert_eq!(
            message.status,
            Status::Unknown,
            "{id} never arrived: {:?}",
            message.statuses
        );
    }
}

/// The follower reads to the end: of every message since it began it heard once.
async fn heard_once(
    client: &Client,
    mut last: Seq,
    mut heard: Vec<MessageId>,
    before: &HashSet<MessageId>,
    all: &[Message],
) -> anyhow::Result<()> {
    let end = Seq(client.status().await?.seq);
    let mut stream = client.events(Some(last)).await?;
    while last < end {
        let next = timeout(PATIENCE, stream.next()).await?;
        let event = next.context("the stream goes on")??;
        last = event.seq;
        note(event.change, &mut heard)?;
    }
    let once: HashSet<MessageId> = heard.iter().copied().collect();
    assert_eq!(once.len(), heard.len(), "nothing was told twice");
    let new: HashSet<MessageId> = all
        .iter()
        .map(|m| m.id)
        .filter(|id| !before.contains(id))
        .collect();
    assert_eq!(once, new, "nothing was missed");
    Ok(())
}
