//! Makes the pictures of the README and the manual: the real console in a pseudo-terminal, on a shop whose clock stands at the
//! same afternoon each time, so that they are always true and change only when the console does.
#![allow(
    clippy::indexing_slicing,
    reason = "tables with a column for each language"
)]

mod shop;
mod tale;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use common::api::numbers::SecretText;
use common::client::Client;
use config::path::Surroundings;
use recado_tests::calendar::Running;
use recado_tests::pty::{Program, Pty};
use recado_tests::svg::picture;
use recado_tui::run::setup::{Flags, options};
use recado_tui::run::{Options, run};

use crate::shop::Shop;
use crate::tale::{PLACES, SOUGHT, Words};

/// How many times a screen is waited for to come to rest.
const TRIES: usize = 40;
const REPLY: Words = ["responder como", "responder como", "reply as"];
/// What is looked for among the commands.
const CHAT: Words = ["chat", "conversa", "chat"];
const CLOSED: Words = ["mensajes libres", "mensagens livres", "Free-form"];

/// A picture: its name, the terminal's size, for the ear or the eye, and what leads to it.
struct Shot {
    name: &'static str,
    size: (u16, u16),
    plain: bool,
    play: fn(&mut Pty, usize) -> anyhow::Result<()>,
}

const fn shot(
    name: &'static str,
    size: (u16, u16),
    play: fn(&mut Pty, usize) -> anyhow::Result<()>,
) -> Shot {
    Shot {
        name,
        size,
        plain: false,
        play,
    }
}

const SHOTS: [Shot; 10] = [
    shot("console", (120, 36), open),
    shot("console-80", (80, 24), open),
    shot("console-60", (60, 20), open),
    shot("closed", (80, 24), closed),
    shot("search", (120, 30), search),
    shot("palette", (80, 24), palette),
    shot("statistics", (100, 24), statistics),
    shot("help", (100, 32), help),
    shot("customer", (80, 28), customer),
    Shot {
        plain: true,
        ..shot("plain", (78, 18), heard)
    },
];

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    if let [word, address, token, lang, plain] = words.as_slice()
        && word == "console"
    {
        return runtime.block_on(console(address, token, lang.parse()?, plain == "plain"));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the tests stand in a workspace")?
        .join("docs/pictures");
    std::fs::create_dir_all(&folder)?;
    for (lang, place) in PLACES.iter().enumerate() {
        let shop = runtime.block_on(Shop::open(lang))?;
        for shot in &SHOTS {
            if !words.is_empty() && !words.iter().any(|word| word == shot.name) {
                continue;
            }
            let name = format!("{}-{}", shot.name, place.lang);
            take(&shop, shot, &folder.join(format!("{name}.svg"))).with_context(|| name)?;
        }
        runtime.block_on(shop.close());
    }
    Ok(())
}

/// The console as the program `recado` runs it, only that its clock stands at the afternoon of the pictures.
async fn console(address: &str, token: &str, lang: usize, plain: bool) -> anyhow::Result<()> {
    let around = Surroundings::of_this_process();
    let flags = Flags {
        language: Some(PLACES[lang].lang.to_owned()),
        plain,
        ..Flags::default()
    };
    let client = Client::tcp(address, SecretText::new(token));
    let made = options(client, &around, &flags)?;
    let clock = Arc::new(Running::from(shop::now(lang)));
    run(Options { clock, ..made }).await?;
    Ok(())
}

fn take(shop: &Shop, pane: &Shot, path: &Path) -> anyhow::Result<()> {
    let own = std::env::current_exe()?;
    let mut pty = Program::new(&own, shop.folder.path())
        .env("TZ", PLACES[shop.lang].zone)
        .size(pane.size.0, pane.size.1)
        .arg("console")
        .arg(&shop.address)
        .arg(&shop.token)
        .arg(shop.lang.to_string())
        .arg(if pane.plain { "plain" } else { "screen" })
        .start()?;
    pty.wait_for("Ana Prado")?;
    rest(&pty)?;
    (pane.play)(&mut pty, shop.lang)?;
    rest(&pty)?;
    let svg = pty.ask(|screen| picture(screen, &format!("recado: {}", pane.name)));
    pty.feed("\x11\x11")?;
    std::fs::write(path, svg).with_context(|| format!("{} cannot be written", path.display()))
}

/// Waits until nothing has changed for a moment.
fn rest(pty: &Pty) -> anyhow::Result<()> {
    if (0..TRIES).any(|_try| pty.is_quiet_for(Duration::from_millis(300))) {
        return Ok(());
    }
    bail!("it does not come to rest:\n{}", pty.screen())
}

/// Opens a chat by its customer's name.
fn go_to(pty: &mut Pty, name: &str) -> anyhow::Result<()> {
    pty.feed("\x0b")?;
    rest(pty)?;
    pty.feed(name)?;
    rest(pty)?;
    pty.feed("\r")?;
    rest(pty)
}

fn open(pty: &mut Pty, lang: usize) -> anyhow::Result<()> {
    go_to(pty, "Ana Pra")?;
    pty.wait_for(REPLY[lang])
}

fn heard(pty: &mut Pty, _lang: usize) -> anyhow::Result<()> {
    go_to(pty, "Ana Pra")
}

fn closed(pty: &mut Pty, lang: usize) -> anyhow::Result<()> {
    go_to(pty, "Oficina")?;
    pty.wait_for(CLOSED[lang])
}

fn search(pty: &mut Pty, lang: usize) -> anyhow::Result<()> {
    open(pty, lang)?;
    pty.feed("\x06")?;
    rest(pty)?;
    pty.feed("\t")?;
    rest(pty)?;
    pty.feed(SOUGHT[lang])?;
    pty.wait_for(SOUGHT[lang])
}

fn palette(pty: &mut Pty, lang: usize) -> anyhow::Result<()> {
    open(pty, lang)?;
    pty.feed("\x10")?;
    rest(pty)?;
    pty.feed(CHAT[lang])?;
    Ok(())
}

fn statistics(pty: &mut Pty, _lang: usize) -> anyhow::Result<()> {
    pty.feed("\x1bOR")?;
    Ok(())
}

fn help(pty: &mut Pty, _lang: usize) -> anyhow::Result<()> {
    pty.feed("\x1bOP")?;
    Ok(())
}

fn customer(pty: &mut Pty, lang: usize) -> anyhow::Result<()> {
    open(pty, lang)?;
    pty.feed("\x1bOS")?;
    Ok(())
}
