//! A shop's morning: the real console and the real daemon, each a process of its own, the simulated Meta, and one operator's keys.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::cell::Cell;
use std::collections::HashMap;
use std::time::Duration;

use anyhow::Context;
use common::client::Client;
use common::model::message::{Direction, Message};
use common::tick::Status;
use recado_sim::config::{Retry, SimConfig};
use recado_sim::customer::Customer;
use recado_sim::home::{APP, open_shop};
use recado_sim::inbound::Inbound;
use recado_sim::ledger::Accepted;
use recado_sim::sim::Sim;
use recado_sim::status::StatusPlan;
use recado_tests::bin_path::program;
use recado_tests::child::{Plan, Recadod};
use recado_tests::pty::{PATIENCE, Program, Pty};
use recado_tests::seen::{everything, until};
use recado_tests::shop::CENTRO;
use tempfile::TempDir;

/// Who writes this morning; the last one wrote three days ago.
const CUSTOMERS: [&str; 10] = [
    "Ana Prado",
    "Bruno Lima",
    "Carmen Ruiz",
    "Diego Paz",
    "Elena Soto",
    "Fabio Reis",
    "Gloria Vela",
    "Hugo Mora",
    "Irene Gil",
    "Oficina Dos",
];
/// How often each of them writes before anybody answers.
const EACH: usize = 3;
/// Meta's code for a message that could not be delivered.
const UNDELIVERABLE: u32 = 131_026;

const GO_TO: &str = "\x0b";
const UP: &str = "\x1b[A";
const DRAFT: &str = "\x1be";
const QUIT: &str = "\x11";

/// The shop: everything in it is gone when this is.
struct Shop {
    folder: TempDir,
    plan: Plan,
    daemon: Recadod,
    sim: Sim,
    client: Client,
    /// Every id that a customer's message got, in order.
    wamids: Vec<String>,
}

fn customer(nth: usize) -> Customer {
    Customer::new(CUSTOMERS[nth]).wa_id(format!("5190011{nth:04}"))
}

/// What the customer writes the `time`-th time.
fn words(nth: usize, time: usize) -> String {
    let name = CUSTOMERS[nth].split(' ').next().unwrap_or_default();
    format!("{name} pregunta {time} ñ😀")
}

fn answer(nth: usize) -> String {
    let name = CUSTOMERS[nth].split(' ').next().unwrap_or_default();
    format!("Claro que sí, {name}")
}

impl Shop {
    async fn open() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("recado-").tempdir()?;
        let retry = Retry::every(Duration::from_millis(50));
        let sim = Sim::start(SimConfig::new().retry(retry)).await?;
        let plan = Plan::new(folder.path(), &sim.base_url())?;
        let daemon = plan.start().await?;
        let client = plan.client();
        open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
        Ok(Self {
            folder,
            plan,
            daemon,
            sim,
            client,
            wamids: Vec::new(),
        })
    }

    fn console(&self) -> anyhow::Result<Pty> {
        Program::new(&program("recado")?, self.folder.path())
            .env("RECADO_SOCKET", &self.plan.socket)
            .arg("--lang")
            .arg("en")
            .size(120, 36)
            .start()
    }

    /// A customer writes; Meta comes again until the daemon has it.
    fn hears(&mut self, nth: usize, says: impl Into<Inbound>) -> anyhow::Result<()> {
        let line = CENTRO.phone_number_id;
        self.wamids
            .push(self.sim.inbound(line, &customer(nth), says)?);
        Ok(())
    }

    /// Waits until Meta has accepted a text so often.
    async fn accepted(&self, text: &str, times: usize) -> anyhow::Result<()> {
        let seen = Cell::new(0);
        let fits = |sent: &Accepted| {
            seen.set(seen.get() + usize::from(sent.body["text"]["body"] == text));
            seen.get() >= times
        };
        self.sim.wait_accepted(fits, PATIENCE).await?;
        Ok(())
    }
}

/// Whether words stand in the conversation, which is right of the list.
fn talk_has(screen: &vt100::Screen, words: &str) -> bool {
    let (_, columns) = screen.size();
    let mut rows = screen.rows(0, columns.get());
    rows.any(|row| row.split('│').skip(1).any(|pane| pane.contains(words)))
}

/// Goes to a customer's chat by a few letters; waits for the last thing that they wrote.
fn go_to(pty: &mut Pty, nth: usize, last: &str) -> anyhow::Result<()> {
    pty.feed(GO_TO)?;
    pty.wait_for("Go to")?;
    let name = CUSTOMERS[nth];
    pty.feed(name)?;
    pty.wait_until(name, |screen| screen.contents().matches(name).count() >= 2)?;
    pty.feed("\r")?;
    pty.wait_gone("Go to")?;
    pty.wait_until(last, |screen| talk_has(screen, last))
}

/// Everything that was said is there once and as it was said.
async fn nothing_is_lost_or_doubled(
    shop: &Shop,
    answers: &HashMap<String, usize>,
) -> anyhow::Result<()> {
    let all = everything(&shop.client).await?;
    let (inbound, outbound): (Vec<Message>, Vec<Message>) = all
        .into_iter()
        .partition(|m| m.direction == Direction::Inbound);
    let mut kept: Vec<String> = inbound
        .iter()
        .filter_map(|m| Some(m.wamid.as_ref()?.0.clone()))
        .collect();
    let mut told = shop.wamids.clone();
    kept.sort_unstable();
    told.sort_unstable();
    assert_eq!(kept, told, "each of the customers' messages once");
    let mut ours: Vec<&str> = outbound.iter().filter_map(|m| m.text.as_deref()).collect();
    let mut said: Vec<&str> = answers.keys().map(String::as_str).collect();
    ours.sort_unstable();
    said.sort_unstable();
    assert_eq!(ours, said, "each answer once");
    let mut at_meta: HashMap<String, usize> = HashMap::new();
    for sent in shop.sim.accepted() {
        let text = sent.body["text"]["body"].as_str().context("a text")?;
        *at_meta.entry(text.to_owned()).or_default() += 1;
    }
    assert_eq!(&at_meta, answers, "at Meta as often as it was asked for");
    let status = shop.client.status().await?;
    assert_eq!((status.outbox.queued, status.outbox.sending), (0, 0));
    Ok(())
}

/// Thirty messages come in, everybody is seen.
fn they_write(shop: &mut Shop, pty: &Pty) -> anyhow::Result<()> {
    let three_days_ago = shop.sim.clock().now_ms() / 1000 - 3 * 86_400;
    for time in 0..EACH {
        for nth in 0..CUSTOMERS.len() {
            let says = Inbound::new(words(nth, time));
            let old = nth + 1 == CUSTOMERS.len();
            shop.hears(nth, if old { says.at(three_days_ago) } else { says })?;
        }
    }
    pty.wait_for("all 30")?;
    pty.wait_for("open 10")
}

/// An answer that Meta could not deliver is sent again, after asking.
async fn a_failed_one_is_tried_again(shop: &Shop, pty: &mut Pty) -> anyhow::Result<String> {
    go_to(pty, 8, &words(8, EACH - 1))?;
    shop.sim.plan_next(StatusPlan::failed(UNDELIVERABLE));
    let text = answer(8);
    pty.feed(format!("{text}\r"))?;
    shop.accepted(&text, 1).await?;
    pty.wait_for("It could not be delivered")?;
    pty.feed(UP)?;
    pty.wait_gone("Write a message")?;
    pty.feed("x")?;
    pty.wait_for("again?")?;
    pty.feed("y")?;
    shop.accepted(&text, 2).await?;
    pty.wait_gone("It could not be delivered")?;
    Ok(text)
}

/// Nothing free-form goes to somebody whose window is closed; what is written stays a draft.
async fn a_closed_window(shop: &Shop, pty: &mut Pty) -> anyhow::Result<()> {
    go_to(pty, 9, &words(9, EACH - 1))?;
    pty.wait_for("Free-form messages are not delivered now")?;
    pty.feed(DRAFT)?;
    pty.wait_for("Window closed: this stays as a draft.")?;
    pty.feed("Mañana la factura\r")?;
    until(&shop.client, "the draft is kept", async || {
        let page = shop
            .client
            .chats(&common::api::chats::ChatFilter::default())
            .await?;
        Ok(page.items.iter().any(|chat| {
            chat.draft
                .as_ref()
                .is_some_and(|draft| draft.starts_with("Mañana la factura"))
        }))
    })
    .await
}

/// The daemon is killed; the operator reads and writes on; it comes back with what came meanwhile.
async fn the_daemon_is_lost(shop: Shop, pty: &mut Pty) -> anyhow::Result<Shop> {
    go_to(pty, 0, &words(0, EACH - 1))?;
    let Shop { daemon, .. } = shop;
    daemon.kill().await?;
    pty.wait_for("daemon lost")?;
    pty.wait_for("Offline")?;
    let mut wamids = shop.wamids;
    for (nth, says) in [(0, "¿Sigue ahí?"), (4, "Gracias")] {
        wamids.push(
            shop.sim
                .inbound(CENTRO.phone_number_id, &customer(nth), says)?,
        );
    }
    pty.feed("Aquí sigo")?;
    pty.wait_for("Aquí sigo")?;
    let daemon = shop.plan.start().await?;
    pty.wait_for("daemon ok")?;
    pty.wait_until("what was missed", |screen| talk_has(screen, "¿Sigue ahí?"))?;
    pty.wait_for("Aquí sigo")?;
    pty.feed("\r")?;
    let shop = Shop {
        daemon,
        wamids,
        ..shop
    };
    shop.accepted("Aquí sigo", 1).await?;
    Ok(shop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shops_morning() -> anyhow::Result<()> {
    let mut shop = Shop::open().await?;
    let mut pty = shop.console()?;
    pty.wait_for("No chats yet")?;
    they_write(&mut shop, &pty)?;

    let mut answers = HashMap::new();
    for nth in 0..8 {
        go_to(&mut pty, nth, &words(nth, EACH - 1))?;
        pty.feed(format!("{}\r", answer(nth)))?;
        shop.accepted(&answer(nth), 1).await?;
        pty.wait_until("its ticks", |screen| talk_has(screen, "✓✓"))?;
        answers.insert(answer(nth), 1);
    }
    answers.insert(a_failed_one_is_tried_again(&shop, &mut pty).await?, 2);
    a_closed_window(&shop, &mut pty).await?;
    shop = the_daemon_is_lost(shop, &mut pty).await?;
    answers.insert("Aquí sigo".to_owned(), 1);

    for (columns, rows) in [(80, 24), (60, 20), (120, 36)] {
        pty.resize(columns, rows)?;
        pty.wait_until("a whole screen", |screen| {
            let rows: Vec<String> = screen.rows(0, columns).collect();
            let last = rows.last().is_some_and(|row| row.contains("F1 help"));
            last && screen.contents().contains("Ana Prado")
                && screen.contents().contains("Aquí sigo")
        })?;
    }
    until(&shop.client, "every answer is read", async || {
        let all = everything(&shop.client).await?;
        let mut ours = all.iter().filter(|m| m.direction == Direction::Outbound);
        Ok(ours.all(|m| m.status == Status::Read))
    })
    .await?;
    pty.feed(QUIT)?;
    assert!(pty.wait_end()?.success());
    assert!(
        !pty.ask(vt100::Screen::alternate_screen),
        "the terminal is given back"
    );
    nothing_is_lost_or_doubled(&shop, &answers).await?;
    assert!(shop.daemon.terminate().await?.success());
    shop.sim.stop();
    Ok(())
}
