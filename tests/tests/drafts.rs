//! What somebody writes is theirs on every machine, however their console ends: by a signal, by `kill -9`, without a daemon.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::path::{Path, PathBuf};

use recado_tests::bin_path::program;
use recado_tests::pty::{Program, Pty};
use recado_tests::seen::until;
use recado_tests::shop::{Shop, ana};

const WORDS: &str = "La torta está lista";

/// A console of a machine, in the only chat there is.
fn console(shop: &Shop, machine: &Path) -> Pty {
    let path = program("recado").expect("the console");
    let mut pty = Program::new(&path, machine)
        .env("RECADO_SOCKET", &shop.home.settings().socket)
        .arg("--lang")
        .arg("en")
        .start()
        .expect("a console");
    pty.wait_for("Ana Prado").expect("the chat");
    pty.feed("\r").expect("Enter");
    pty.wait_for("reply as").expect("the box");
    pty
}

async fn shop() -> Shop {
    let shop = Shop::open().await.expect("a shop");
    shop.hears(&ana(), "¿Está lista?").await.expect("taken");
    shop
}

/// Waits until the daemon has the words.
async fn is_kept(shop: &Shop) {
    let chat = shop.newest().await.expect("the chat").id;
    until(&shop.client, "the draft is kept", async || {
        let draft = shop.client.draft(chat).await?;
        Ok(draft.is_some_and(|draft| draft.text == WORDS))
    })
    .await
    .expect("it is");
}

fn machine() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// What a console of this machine holds for the time that the daemon is away.
fn held(machine: &Path) -> Option<String> {
    let mut folders = vec![machine.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()?.flatten() {
            let path: PathBuf = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.starts_with("drafts-") {
                return std::fs::read_to_string(path).ok();
            }
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_console_that_is_told_to_end_gives_away_what_was_typed_a_moment_before() {
    let shop = shop().await;
    let (here, there) = (machine(), machine());
    for signal in ["TERM", "HUP"] {
        let mut pty = console(&shop, here.path());
        pty.feed(WORDS).expect("typing");
        pty.wait_for(WORDS).expect("what was typed");
        pty.signal(signal).expect("it lives");
        assert!(pty.wait_end().expect("it ends").success());
        is_kept(&shop).await;
        let mut elsewhere = console(&shop, there.path());
        elsewhere.wait_for(WORDS).expect("on another machine");
        elsewhere.feed("\x03").expect("^C clears");
        elsewhere.wait_for("Write a message").expect("empty");
        elsewhere.feed("\x11").expect("^Q");
        elsewhere.wait_end().expect("it ends");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_console_that_is_killed_loses_no_more_than_the_last_half_second() {
    let shop = shop().await;
    let (here, there) = (machine(), machine());
    let mut pty = console(&shop, here.path());
    pty.feed(WORDS).expect("typing");
    is_kept(&shop).await;
    pty.signal("KILL").expect("it lives");
    assert!(!pty.wait_end().expect("it ends").success());
    let elsewhere = console(&shop, there.path());
    elsewhere.wait_for(WORDS).expect("on another machine");
    let again = console(&shop, here.path());
    again.wait_for(WORDS).expect("and on this one");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_without_a_daemon_survives_kill_9_and_reaches_the_other_machine() {
    let mut shop = shop().await;
    let (here, there) = (machine(), machine());
    let mut pty = console(&shop, here.path());
    shop.home.stop().await;
    pty.wait_for("Offline").expect("the box says so");
    let before = pty.mark();
    pty.feed(WORDS).expect("typing");
    pty.wait_bytes(before, b"lista").expect("typed");
    let kept = (0..40).any(|_try| {
        let _quiet = pty.is_quiet_for(std::time::Duration::from_millis(250));
        held(here.path()).is_some_and(|text| text.contains(WORDS))
    });
    assert!(kept, "a file of this machine holds it");
    pty.signal("KILL").expect("it lives");
    assert!(!pty.wait_end().expect("it ends").success());

    shop.home.start().await.expect("the daemon again");
    let again = console(&shop, here.path());
    again.wait_for(WORDS).expect("on this machine");
    is_kept(&shop).await;
    let elsewhere = console(&shop, there.path());
    elsewhere.wait_for(WORDS).expect("on the other");
    shop.close().await;
}
