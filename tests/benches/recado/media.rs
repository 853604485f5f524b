//! A document of 100 MB through the real `recadod`, in and out: how much it grows, and how fast it goes.

use std::io::Cursor;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use common::api::messages::{Outgoing, OutgoingFile, Send};
use common::client::Client;
use common::id::MediaId;
use common::model::media::MediaState;
use common::tick::Status;
use recado_sim::album::Filling;
use recado_sim::content::InboundContent;
use recado_sim::customer::Customer;
use recado_sim::{files, home};
use recado_tests::load;
use serde_json::json;
use tokio::io::AsyncReadExt;

use crate::Plan;
use crate::measure;
use crate::memory::Real;
use crate::report::{Figure, Report};
use crate::server::{LINES, meta};

/// How long one way may take.
const PATIENCE: Duration = Duration::from_mins(5);

#[expect(clippy::too_many_lines, reason = "one file on its way, step by step")]
pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let size: u64 = u64::try_from(plan.size(100, 100))? << 20;
    let folder = tempfile::tempdir()?;
    let sim = meta().await?;
    let daemon = Real::start(folder.path(), &sim)?;
    daemon.answered().await?;
    let client = daemon.client();
    let url = format!("http://127.0.0.1:{}{}", daemon.port(), load::recado_path());
    home::open_shop(&sim, &client, &url, &LINES).await?;
    let line = LINES.first().context("a number")?.phone_number_id;
    let who = Customer::new("Ana").wa_id("51987654321");
    let mut pattern = files::pdf(&["Planos"]);
    pattern.resize(1 << 20, b' ');
    // One small file first: whatever is made once is made by now.
    let small = sim.put(line, "application/pdf", files::pdf(&["Hola"]))?;
    let (wamid, _) = sim
        .inbound_taken(line, &who, InboundContent::Document(small))
        .await?;
    fetched(&client, &wamid).await?;
    let pid = daemon.pid();
    let before = measure::memory_of(pid, "VmRSS:")?;

    let begin = Instant::now();
    let large = sim.put(
        line,
        "application/pdf",
        Filling::repeated(pattern.clone(), size),
    )?;
    let (wamid, _) = sim
        .inbound_taken(line, &who, InboundContent::Document(large))
        .await?;
    let id = fetched(&client, &wamid).await?;
    let came = begin.elapsed();
    let begin = Instant::now();
    let mut download = client.download(id, None).await?;
    let mut read = 0;
    while let Some(piece) = download.next().await {
        read += piece?.len() as u64;
    }
    ensure!(read == size, "{read} bytes came");
    let given = begin.elapsed();
    let inwards = measure::memory_of(pid, "VmHWM:")?;

    let begin = Instant::now();
    let rest = size - pattern.len() as u64;
    let file = Cursor::new(pattern).chain(tokio::io::repeat(b'x').take(rest));
    let media = client
        .upload(Box::pin(file), "planos.pdf", None, |_| {})
        .await?;
    let content = Outgoing::Document(OutgoingFile {
        media_id: media.id,
        caption: None,
        filename: None,
    });
    let chat = client.by_wamid(&wamid).await?.chat_id;
    let send = Send {
        content,
        reply_to: None,
        client_id: None,
    };
    let message = client.send(chat, &send).await?.id;
    let end = Instant::now() + PATIENCE;
    while !matches!(
        client.message(message).await?.status,
        Status::Sent | Status::Delivered | Status::Read
    ) {
        ensure!(Instant::now() < end, "it is not sent");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let went = begin.elapsed();
    let peak = measure::memory_of(pid, "VmHWM:")?;
    let grown = peak - before;
    let mb = size >> 20;
    report.add(Figure {
        what: &format!("a document of {mb} MB through recadod, in and out: it grows by"),
        target: "≤ 8 MiB",
        measured: format!("{grown:.1} MiB ({:.1} MiB on the way in)", inwards - before),
        baseline: format!(
            "{before:.1} MiB before; fetched in {came:.1?}, given in {given:.1?}, handed over and sent in {went:.1?}"
        ),
        met: Some(grown <= 8.0),
        figures: json!({ "before_mib": before, "peak_mib": peak, "in_mib": inwards,
            "fetched_ms": came.as_millis(), "given_ms": given.as_millis(), "sent_ms": went.as_millis() }),
    });
    daemon.stop().await
}

/// Waits until a message's file is here; asks for it where it is large.
async fn fetched(client: &Client, wamid: &str) -> anyhow::Result<MediaId> {
    let end = Instant::now() + PATIENCE;
    loop {
        let media = client.by_wamid(wamid).await?.media.context("a file")?;
        match media.state {
            MediaState::Ready => return Ok(media.id),
            MediaState::Pending if media.error.is_some() => {
                drop(client.fetch_media(media.id).await?);
            }
            _ => {}
        }
        ensure!(Instant::now() < end, "it does not come: {media:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
