//! A full disk: 503 to Meta, a clear notice, and everything goes on by itself once there is space.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::ffi::OsString;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use common::api::event::Change;
use common::api::problem::Code;
use common::client::Client;
use common::tick::Status;
use recado_sim::config::{Limits, Retry, SimConfig};
use recado_sim::customer::Customer;
use recado_sim::fault::Fault;
use recado_sim::home::{APP, open_shop};
use recado_sim::sim::Sim;
use recado_tests::child::Plan;
use recado_tests::raw;
use recado_tests::seen::{PATIENCE, chats, everything, text, until};
use recado_tests::shop::{CENTRO, ana};
use tokio::time::timeout;

/// More notifications than any disk of these tests has room for.
const PLENTY: usize = 3_000;

/// How the disk is made full.
enum Disk {
    /// A small file system, filled by another file.
    Small(PathBuf),
    /// No file may grow any more.
    Limit(u32, PathBuf),
}

impl Disk {
    fn fill(&self) -> anyhow::Result<()> {
        match self {
            Self::Small(filler) => {
                let mut file = std::fs::File::create(filler)?;
                for size in [1 << 16, 1 << 12, 1] {
                    let piece = vec![7; size];
                    while file.write_all(&piece).is_ok() {}
                }
                Ok(())
            }
            Self::Limit(pid, data) => {
                let mut most = 0;
                for entry in std::fs::read_dir(data)? {
                    most = most.max(entry?.metadata()?.len());
                }
                limit(*pid, &most.to_string())
            }
        }
    }

    fn free(&self) -> anyhow::Result<()> {
        match self {
            Self::Small(filler) => Ok(std::fs::remove_file(filler)?),
            Self::Limit(pid, _) => limit(*pid, "unlimited"),
        }
    }
}

/// Sets how large the files of a process may become; the hard limit stays.
fn limit(pid: u32, bytes: &str) -> anyhow::Result<()> {
    let mut command = Command::new("prlimit");
    command
        .arg("--pid")
        .arg(pid.to_string())
        .arg(format!("--fsize={bytes}:"));
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "prlimit: {said}");
    Ok(())
}

/// One customer's words, posted as Meta does.
async fn say(sim: &Sim, at: SocketAddr, body: &[u8]) -> anyhow::Result<raw::Answer> {
    raw::post(at, APP, &sim.sign(APP, body)?, body).await
}

/// Goes on until a commit is refused. Says what was taken, and the body that was not.
async fn until_refused(
    sim: &Sim,
    at: SocketAddr,
    who: &Customer,
) -> anyhow::Result<(Vec<String>, Vec<u8>, String)> {
    let mut taken = Vec::new();
    for _ in 0..PLENTY {
        let (wamid, update) = sim.inbound_update(CENTRO.phone_number_id, who, "¿Hay sitio?")?;
        let body = sim.body(&[update]);
        let answer = say(sim, at, &body).await?;
        if answer.status != 200 {
            assert_eq!(answer.status, 503, "{}", answer.head);
            assert!(answer.head.contains("retry-after: "), "{}", answer.head);
            return Ok((taken, body, wamid));
        }
        taken.push(wamid);
    }
    anyhow::bail!("the disk never was full")
}

async fn notices(client: &Client) -> anyhow::Result<Vec<String>> {
    let status = client.status().await?;
    Ok(status
        .notices
        .into_iter()
        .map(|notice| notice.code)
        .collect())
}

async fn survives(plan: &Plan, disk: impl FnOnce(u32) -> Disk) -> anyhow::Result<()> {
    let limits = SimConfig::new().limits(Limits::off());
    let sim = Sim::start(limits.retry(Retry::every(Duration::from_millis(50)))).await?;
    let plan = Plan {
        graph: sim.base_url(),
        ..plan.clone()
    };
    let recadod = plan.start().await?;
    let disk = disk(recadod.pid()?);
    let client = plan.client();
    open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
    let at = SocketAddr::from(([127, 0, 0, 1], plan.port));
    let ana = ana();
    let (first, update) = sim.inbound_update(CENTRO.phone_number_id, &ana, "Hola")?;
    assert_eq!(say(&sim, at, &sim.body(&[update])).await?.status, 200);
    let chat = chats(&client).await?.first().context("a chat")?.id;

    // One answer of Meta comes while nothing can be written.
    sim.fault_next(1, Fault::SlowAnswer(Duration::from_millis(700)));
    let under_way = client.send(chat, &text("¡Hola!", None)).await?.id;
    let opaque = under_way.to_string();
    let fits = |a: &recado_sim::ledger::Accepted| a.biz_opaque.as_deref() == Some(&opaque);
    drop(sim.wait_accepted(fits, PATIENCE).await?);
    let mut events = client.events(None).await?;
    disk.fill()?;
    let (mut taken, refused, wamid) = until_refused(&sim, at, &ana).await?;
    taken.push(first);

    assert_eq!(raw::get(at, "/readyz").await?.status, 503);
    assert_eq!(raw::get(at, "/healthz").await?.status, 200);
    let told = notices(&client).await?;
    assert!(told.iter().any(|code| code == "storage_full"), "{told:?}");
    let heard = async {
        while let Some(event) = events.next().await {
            if let Change::Notice(notice) = event?.change
                && notice.code == "storage_full"
            {
                return Ok(notice.sentence);
            }
        }
        anyhow::bail!("the stream ended")
    };
    let sentence = timeout(PATIENCE, heard).await??;
    assert!(sentence.contains("free some space"), "{sentence}");
    let problem = client
        .send(chat, &text("no cabe", None))
        .await
        .expect_err("no space");
    assert_eq!(problem.code, Code::StorageFull, "{problem}");
    // Reading goes on.
    assert_eq!(everything(&client).await?.len(), taken.len() + 1);
    assert_eq!(say(&sim, at, &refused).await?.status, 503);

    disk.free()?;
    assert_eq!(
        say(&sim, at, &refused).await?.status,
        200,
        "{}",
        recadod.log()
    );
    taken.push(wamid);
    assert_eq!(raw::get(at, "/readyz").await?.status, 200);
    let told = notices(&client).await?;
    assert!(!told.iter().any(|code| code == "storage_full"), "{told:?}");
    let after = client.send(chat, &text("ya cabe", None)).await?.id;
    for id in [under_way, after] {
        until(&client, "it is read", async || {
            Ok(client.message(id).await?.status == Status::Read)
        })
        .await?;
    }
    assert_eq!(sim.accepted_count(), 2, "each was sent once");
    let all = everything(&client).await?;
    assert_eq!(all.len(), taken.len() + 2);
    for wamid in taken {
        let there = all
            .iter()
            .filter(|m| m.wamid.as_ref().is_some_and(|w| w.as_str() == wamid));
        assert_eq!(there.count(), 1, "{wamid}");
    }
    assert!(recadod.terminate().await?.success());
    Ok(())
}

/// What runs something in a small file system of its own that goes away with it, or why not.
fn small_file_system(data: &Path) -> Result<Vec<OsString>, String> {
    let mount = "mount -t tmpfs -o size=8m,mode=700 recado \"$0\" && exec \"$@\"";
    let mut why = String::new();
    for unshare in ["-rm", "-m"] {
        let words = ["unshare", unshare, "sh", "-c", mount];
        let mut words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
        words.push(data.as_os_str().to_owned());
        let tried = Command::new(&words[0])
            .args(&words[1..])
            .arg("true")
            .output();
        match tried {
            Ok(output) if output.status.success() => return Ok(words),
            Ok(output) => why = String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => why = error.to_string(),
        }
    }
    Err(why)
}

#[expect(clippy::print_stderr, reason = "a test that did nothing must say so")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_file_system_is_told_and_recovered_from() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut plan = Plan::new(folder.path(), "")?;
    std::fs::create_dir(&plan.data)?;
    match small_file_system(&plan.data) {
        Ok(words) => plan.wrapper = words,
        Err(why) => {
            skipped(&format!("no file system may be mounted here: {why}"));
            return Ok(());
        }
    }
    let data = plan.data.clone();
    survives(&plan, move |pid| {
        // The file system is the daemon's alone; the kernel shows it under its process.
        let inside = data.strip_prefix("/").expect("an absolute path");
        Disk::Small(
            Path::new("/proc")
                .join(pid.to_string())
                .join("root")
                .join(inside)
                .join("filler"),
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_may_not_grow_are_told_and_recovered_from() -> anyhow::Result<()> {
    if let Err(why) = Command::new("prlimit").arg("--version").output() {
        skipped(&format!("prlimit cannot be run: {why}"));
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let mut plan = Plan::new(folder.path(), "")?;
    // The kernel's signal for it would end the daemon; on a server that sets such a limit it is ignored.
    plan.wrapper = ["sh", "-c", "trap '' XFSZ && exec \"$0\" \"$@\""]
        .into_iter()
        .map(OsString::from)
        .collect();
    let data = plan.data.clone();
    survives(&plan, move |pid| Disk::Limit(pid, data)).await
}
