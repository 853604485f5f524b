//! The daemon is killed at every point of a file's way to a customer: nothing is lost, nothing arrives twice.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use common::api::messages::{Outgoing, OutgoingFile, Send};
use common::api::numbers::PatchNumber;
use common::client::Client;
use common::id::{ChatId, MediaId, MessageId, NumberId};
use common::model::message::Message;
use common::tick::Status;
use recado_sim::config::{Limits, Retry, SimConfig};
use recado_sim::fault::{Fault, FaultRule, Target};
use recado_sim::files;
use recado_sim::home::{APP, open_shop};
use recado_sim::ledger::Refused;
use recado_sim::sim::Sim;
use recado_tests::child::{Plan, Recadod};
use recado_tests::dice::{Dice, seed};
use recado_tests::seen::{PATIENCE, chats, everything, text, until};
use recado_tests::shop::{CENTRO, ana, bruno};
use tokio::io::AsyncWriteExt;

/// Kills of the test that throws dice.
const ROUNDS: usize = 8;

struct Shop {
    sim: Sim,
    plan: Plan,
    recadod: Recadod,
    client: Client,
    number: NumberId,
    chats: Vec<ChatId>,
    _folder: tempfile::TempDir,
}

impl Shop {
    async fn open(seed: u64) -> anyhow::Result<Self> {
        let config = SimConfig::new().seed(seed).limits(Limits::off());
        let retry = Retry::every(Duration::from_millis(50));
        let sim = Sim::start(config.retry(retry)).await?;
        let folder = tempfile::tempdir()?;
        let plan = Plan::new(folder.path(), &sim.base_url())?;
        std::fs::write(&plan.config, "[log]\nlevel = \"debug\"\n")?;
        let recadod = plan.start().await?;
        let client = plan.client();
        let (_, numbers) = open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
        for who in [ana(), bruno()] {
            let told = sim.inbound_taken(CENTRO.phone_number_id, &who, "Buenas");
            ensure!(told.await?.1.taken, "it is taken");
        }
        let chats = chats(&client).await?.iter().map(|chat| chat.id).collect();
        Ok(Self {
            number: *numbers.first().context("a number")?,
            sim,
            plan,
            recadod,
            client,
            chats,
            _folder: folder,
        })
    }

    /// kill -9, and up again.
    async fn crash(self) -> anyhow::Result<Self> {
        self.recadod.kill().await?;
        let recadod = self.plan.start().await?;
        Ok(Self { recadod, ..self })
    }

    async fn picture(&self, shade: u8) -> anyhow::Result<MediaId> {
        let bytes = files::png(16, 16, |_, _| [shade, 90, 40]);
        let name = format!("{shade}.png");
        let media = self.client.upload(Cursor::new(bytes), &name, None, |_| {});
        Ok(media.await?.id)
    }

    async fn send(&self, media: MediaId, client_id: &str) -> anyhow::Result<Message> {
        let wish = image(media, client_id);
        Ok(self.client.send(self.chats[0], &wish).await?)
    }

    async fn pause(&self, paused: bool) -> anyhow::Result<()> {
        let patch = PatchNumber {
            paused: Some(paused),
            ..PatchNumber::default()
        };
        self.client.patch_number(self.number, &patch).await?;
        Ok(())
    }

    async fn reaches(&self, id: MessageId, goal: Status) -> anyhow::Result<()> {
        until(&self.client, goal.as_str(), async || {
            Ok(self.client.message(id).await?.status == goal)
        })
        .await
    }

    async fn close(self) -> anyhow::Result<()> {
        // A file whose sender died on the way is no fault of what was sent.
        let broke_off = |refused: &Refused| refused.details == "The file broke off.";
        let refused: Vec<Refused> = self.sim.refused();
        let wrong: Vec<_> = refused.iter().filter(|one| !broke_off(one)).collect();
        assert!(wrong.is_empty(), "Meta had nothing to refuse: {wrong:?}");
        assert!(self.recadod.terminate().await?.success());
        Ok(())
    }
}

fn image(media: MediaId, client_id: &str) -> Send {
    Send {
        content: Outgoing::Image(OutgoingFile {
            media_id: media,
            caption: Some(client_id.to_owned()),
            filename: None,
        }),
        reply_to: None,
        client_id: Some(client_id.to_owned()),
    }
}

fn below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.path() {
            path if path.is_dir() => below(&path),
            _ => 1,
        })
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn between_the_upload_that_is_written_and_the_claim() -> anyhow::Result<()> {
    let shop = Shop::open(1).await?;
    let media = shop.picture(1).await?;
    // The number is paused while its file is on the way to Meta: the upload is written down, and
    // nothing may be claimed.
    let slow = Fault::SlowAnswer(Duration::from_millis(700));
    let slow = FaultRule::new(slow).target(Target::Uploads).times(1);
    shop.sim.add_fault(slow);
    let sent = shop.send(media, "foto").await?;
    let begun = shop
        .sim
        .wait_counts(|_| shop.sim.faults_left() == 0, PATIENCE);
    let _counts = begun.await?;
    shop.pause(true).await?;
    shop.recadod.says("what became of its file").await?;
    let shop = shop.crash().await?;
    assert_eq!(shop.client.message(sent.id).await?.status, Status::Queued);
    assert_eq!(shop.sim.accepted_count(), 0);
    shop.pause(false).await?;
    shop.reaches(sent.id, Status::Read).await?;
    assert_eq!(shop.sim.accepted_count(), 1, "sent once");
    assert_eq!(shop.sim.uploads().len(), 1, "and given to Meta once");
    shop.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn between_metas_upload_and_our_knowing_of_it() -> anyhow::Result<()> {
    let shop = Shop::open(2).await?;
    let media = shop.picture(2).await?;
    let lost = FaultRule::new(Fault::HangAfter).target(Target::Uploads);
    shop.sim.add_fault(lost.times(1));
    let sent = shop.send(media, "foto").await?;
    let there = shop
        .sim
        .wait_counts(|_| shop.sim.uploads().len() == 1, PATIENCE);
    let _counts = there.await?;
    let shop = shop.crash().await?;
    shop.reaches(sent.id, Status::Read).await?;
    assert_eq!(shop.sim.accepted_count(), 1, "sent once");
    assert_eq!(
        shop.sim.uploads().len(),
        2,
        "Meta holds one that nobody sees"
    );
    shop.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn between_the_claim_and_metas_answer() -> anyhow::Result<()> {
    let shop = Shop::open(3).await?;
    let media = shop.picture(3).await?;
    shop.sim.hold_webhooks(true);
    shop.sim.fault_next(1, Fault::HangAfter);
    let sent = shop.send(media, "foto").await?;
    let behind = text("y esto es lo que cuesta", Some("precio".to_owned()));
    let behind = shop.client.send(shop.chats[0], &behind).await?;
    let there = shop.sim.wait_accepted(|_| true, PATIENCE);
    drop(there.await?);
    let shop = shop.crash().await?;
    assert_eq!(shop.client.message(sent.id).await?.status, Status::Unknown);
    shop.sim.hold_webhooks(false);
    shop.reaches(sent.id, Status::Read).await?;
    shop.reaches(behind.id, Status::Read).await?;
    let order: Vec<String> = shop
        .sim
        .accepted()
        .iter()
        .map(|a| a.body["type"].to_string())
        .collect();
    assert_eq!(
        order,
        ["\"image\"", "\"text\""],
        "each once, in their order"
    );
    assert_eq!(shop.sim.uploads().len(), 1);
    shop.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_person_hands_a_file_over() -> anyhow::Result<()> {
    let shop = Shop::open(4).await?;
    let (mut writing, reading) = tokio::io::duplex(64 * 1024);
    let client = shop.client.clone();
    let upload =
        tokio::spawn(async move { client.upload(reading, "lista.pdf", None, |_| {}).await });
    writing.write_all(&files::pdf(&["Lista"])).await?;
    writing.write_all(&vec![b' '; 200_000]).await?;
    let incoming = shop.plan.data.join("media/incoming");
    until_there(&incoming).await;
    let shop = shop.crash().await?;
    drop(writing);
    assert!(upload.await?.is_err(), "who handed it over is told");
    assert_eq!(
        below(&shop.plan.data.join("media")),
        0,
        "nothing half is left"
    );
    let media = shop.picture(4).await?;
    let sent = shop.send(media, "otra").await?;
    shop.reaches(sent.id, Status::Read).await?;
    shop.close().await
}

/// Waits until something lies in a folder; a folder has no event to wait for.
async fn until_there(folder: &Path) {
    while below(folder) == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_any_moment_under_load() -> anyhow::Result<()> {
    let seed = seed();
    #[expect(
        clippy::print_stderr,
        reason = "so that the same dice can be thrown again"
    )]
    {
        eprintln!("RECADO_SEED={seed}");
    }
    let mut dice = Dice::new(seed);
    let mut shop = Shop::open(seed).await?;
    let mut asked: HashMap<MessageId, String> = HashMap::new();
    for round in 0..ROUNDS {
        for n in 0..4_usize {
            let shade = u8::try_from((round * 4 + n) % 11)?;
            let media = shop.picture(shade).await?;
            let name = format!("foto {round}-{n}");
            let chat = shop.chats[n % shop.chats.len()];
            let message = shop.client.send(chat, &image(media, &name)).await?;
            asked.insert(message.id, name);
        }
        // The moment itself: anywhere between the first upload and the last answer.
        tokio::time::sleep(Duration::from_micros(dice.below(25_000) as u64)).await;
        shop = shop.crash().await?;
    }
    until(&shop.client, "the outbox is empty", async || {
        let outbox = shop.client.status().await?.outbox;
        Ok(outbox.queued + outbox.sending == 0)
    })
    .await?;
    shop.sim.wait_idle(PATIENCE).await?;
    let all = everything(&shop.client).await?;
    let ours: HashMap<MessageId, &Message> = all.iter().map(|m| (m.id, m)).collect();
    let mut arrived = HashSet::new();
    for accepted in shop.sim.accepted() {
        let name = accepted.body["image"]["caption"]
            .as_str()
            .context("its name")?;
        assert!(arrived.insert(name.to_owned()), "{name} was sent twice");
    }
    for (id, name) in &asked {
        let message = ours.get(id).with_context(|| format!("{name} is lost"))?;
        let goal = if arrived.contains(name) {
            Status::Read
        } else {
            Status::Unknown
        };
        assert_eq!(message.status, goal, "{name}: {:?}", message.error);
    }
    shop.close().await
}
