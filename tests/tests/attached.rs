//! Files at the terminal: what a person attaches, what others hand over and what customers send, on a real daemon and the simulated Meta.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails here fails the test"
)]

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use recado_sim::content::InboundContent;
use recado_sim::files;
use recado_sim::home::WABA;
use recado_sim::ledger::Accepted;
use recado_sim::template::Template;
use recado_tests::bin_path::program;
use recado_tests::bridge::{Bridge, Lets};
use recado_tests::pty::{PATIENCE, Program, Pty};
use recado_tests::shop::{CENTRO, Shop, ana};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// ^O.
const ATTACH: &[u8] = b"\x0f";
/// ^Q.
const QUIT: &[u8] = b"\x11";

/// A shop where Ana has written, with a person's home beside it.
struct Desk {
    shop: Shop,
    person: tempfile::TempDir,
}

impl Desk {
    async fn open() -> anyhow::Result<Self> {
        let shop = Shop::open().await?;
        shop.hears(&ana(), "¿Me manda la lista?").await?;
        let person = tempfile::Builder::new().prefix("person-").tempdir()?;
        Ok(Self { shop, person })
    }

    fn socket(&self) -> &std::path::Path {
        &self.shop.home.settings().socket
    }

    fn file(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        Ok(fs::write(self.person.path().join(name), bytes)?)
    }

    fn console(&self, socket: &std::path::Path) -> anyhow::Result<Program> {
        let path = program("recado")?;
        let console = Program::new(&path, self.person.path());
        Ok(console
            .env("RECADO_SOCKET", socket)
            .env("COLORTERM", "truecolor")
            .arg("--lang")
            .arg("en")
            .size(120, 36))
    }

    /// The command line with these arguments.
    fn command(&self, words: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(program("recado")?);
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", self.person.path())
            .env("RECADO_SOCKET", self.socket())
            .env("LANG", "C.UTF-8")
            .args(["--lang", "en"])
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Ok(command)
    }

    async fn close(self) {
        self.shop.close().await;
    }
}

/// Opens Ana's chat.
fn enter(pty: &mut Pty) -> anyhow::Result<()> {
    pty.wait_for("Ana Prado")?;
    pty.feed("\r")?;
    pty.wait_for("Enter send")
}

/// Attaches the file of that name to the open chat.
fn attach(pty: &mut Pty, name: &str) -> anyhow::Result<()> {
    pty.feed(ATTACH)?;
    pty.wait_for("Attach, to Ana Prado")?;
    pty.feed(name)?;
    pty.wait_for("PDF")?;
    pty.feed("\r")?;
    pty.wait_gone("Attach, to Ana Prado")
}

/// A PDF of about so many bytes.
fn long_pdf(bytes: usize) -> Vec<u8> {
    let mut pdf = files::pdf(&["Lista de precios"]);
    pdf.resize(bytes, b' ');
    pdf
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_overtakes_a_file_that_is_still_on_its_way() -> anyhow::Result<()> {
    let desk = Desk::open().await?;
    desk.file("lista.pdf", &long_pdf(3 << 20))?;
    let bridge = Bridge::open(&desk.person.path().join("slow.sock"), desk.socket())?;
    bridge.lets(Lets::Only(1 << 20));
    let mut pty = desk.console(bridge.path())?.start()?;
    enter(&mut pty)?;
    attach(&mut pty, "lista")?;
    bridge.saw(1).await?;
    // How much has gone is seen while it goes.
    pty.wait_until("a third of it", |screen| {
        let text = screen.contents();
        (25..40).any(|part| text.contains(&format!("{part}%")))
    })?;
    pty.feed("Ahí va la lista\r")?;
    pty.wait_for("Ahí va la lista")?;
    pty.feed("La torta cuesta 40\r")?;
    pty.wait_for("La torta cuesta 40")?;
    // Whoever leaves now is told what would be lost.
    pty.feed(QUIT)?;
    pty.wait_for("A file is still on its way")?;
    pty.feed("n")?;
    pty.wait_gone("A file is still on its way")?;
    // What overtakes it would have gone by now.
    let _settled = pty.is_quiet_for(Duration::from_millis(500));
    assert_eq!(desk.shop.sim.accepted_count(), 0);
    bridge.lets(Lets::All);
    let last = |a: &Accepted| a.body["text"]["body"] == "La torta cuesta 40";
    desk.shop.sim.wait_accepted(last, PATIENCE).await?;
    let order: Vec<String> = desk
        .shop
        .sim
        .accepted()
        .iter()
        .map(|sent| match sent.body["text"]["body"].as_str() {
            Some(words) => words.to_owned(),
            None => sent.body["type"].as_str().unwrap_or_default().to_owned(),
        })
        .collect();
    assert_eq!(order, ["document", "Ahí va la lista", "La torta cuesta 40"]);
    pty.feed(QUIT)?;
    assert!(pty.wait_end()?.success());
    desk.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_script_shows_a_bar_at_a_terminal_and_nothing_in_a_pipe() -> anyhow::Result<()> {
    let desk = Desk::open().await?;
    desk.file("lista.pdf", &long_pdf(3 << 20))?;
    let bridge = Bridge::open(&desk.person.path().join("slow.sock"), desk.socket())?;
    bridge.lets(Lets::Only(1 << 20));
    let to = ["send", "--from", "Tienda Centro", "--to", "+51987654321"];
    let mut program = Program::new(&program("recado")?, desk.person.path())
        .env("RECADO_SOCKET", bridge.path())
        .args(&["--lang", "en"])
        .args(&to)
        .args(&["--file", "lista.pdf"]);
    program = program.size(100, 10);
    let mut pty = program.start()?;
    // What buffers hold on the way counts as gone, and how much that is depends on the machine.
    pty.wait_until("a part of it", |screen| {
        let text = screen.contents();
        text.contains("lista.pdf  [######") && (25..95).any(|n| text.contains(&format!("{n}%")))
    })?;
    bridge.lets(Lets::All);
    assert!(pty.wait_end()?.success());
    assert!(!pty.screen().contains('%'), "{}", pty.screen());
    let mut words = to.to_vec();
    words.extend(["--file", "lista.pdf"]);
    let mut command = desk.command(&words)?;
    let said = command.current_dir(desk.person.path()).output().await?;
    ensure!(said.status.success() && said.stderr.is_empty(), "{said:?}");
    desk.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_whatsapp_does_not_take_is_said_in_the_operators_language() -> anyhow::Result<()> {
    let desk = Desk::open().await?;
    desk.file("lista.pdf", &files::pdf(&["Lista"]))?;
    let words = [
        "send",
        "--from",
        "Tienda Centro",
        "--to",
        "+51987654321",
        "--file",
        "lista.pdf",
        "--kind",
        "image",
        "--lang",
        "es",
    ];
    let mut command = Command::new(program("recado")?);
    command
        .env("RECADO_SOCKET", desk.socket())
        .args(words)
        .current_dir(desk.person.path());
    let said = command.output().await?;
    let err = String::from_utf8(said.stderr)?;
    ensure!(!said.status.success(), "{err}");
    assert!(err.contains("Como foto WhatsApp acepta"), "{err}");
    assert!(
        err.contains("Envíalo como documento (--kind document)"),
        "{err}"
    );
    desk.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_lent_to_a_viewer_goes_with_the_console() -> anyhow::Result<()> {
    let desk = Desk::open().await?;
    let runtime = desk.person.path().join("run");
    fs::create_dir(&runtime)?;
    // What a console left that was killed.
    fs::create_dir(runtime.join("recado-999999991-7-0"))?;
    let bin = desk.person.path().join("bin");
    fs::create_dir(&bin)?;
    let viewer = bin.join("xdg-open");
    fs::write(&viewer, "#!/bin/sh\ncp \"$1\" \"$HOME/seen\"\n")?;
    fs::set_permissions(&viewer, fs::Permissions::from_mode(0o755))?;
    let paper = files::pdf(&["Comprobante"]);
    let sent = desk
        .shop
        .sim
        .put(CENTRO.phone_number_id, "application/pdf", paper.clone())?;
    let sent = InboundContent::Document(sent);
    desk.shop.hears(&ana(), sent).await?;
    let mut path = OsString::from(&bin);
    path.push(":/usr/local/bin:/usr/bin:/bin");
    let console = desk.console(desk.socket())?;
    let mut pty = console
        .env("PATH", path)
        .env("XDG_RUNTIME_DIR", &runtime)
        .env("DISPLAY", ":0")
        .start()?;
    enter(&mut pty)?;
    pty.wait_for("PDF")?;
    pty.feed("\x1b[A")?;
    pty.feed("o")?;
    pty.wait_for("Open ")?;
    pty.feed("\r")?;
    pty.wait_for("Opened")?;
    // The viewer is nobody's child: what it saw is all that tells of it.
    let seen = desk.person.path().join("seen");
    let end = std::time::Instant::now() + PATIENCE;
    while fs::read(&seen).ok().as_ref() != Some(&paper) {
        ensure!(std::time::Instant::now() < end, "the viewer saw nothing");
        std::thread::yield_now();
    }
    let left = |runtime: &std::path::Path| fs::read_dir(runtime).map(Iterator::count);
    assert_eq!(left(&runtime)?, 1, "only what is lent now");
    pty.feed(QUIT)?;
    assert!(pty.wait_end()?.success());
    assert_eq!(left(&runtime)?, 0);
    desk.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customers_photo_stands_in_the_conversation() -> anyhow::Result<()> {
    // A terminal with kitty's protocol, and one that knows none: half blocks.
    let kitty = "\x1b_Gi=31;OK\x1b\\\x1b[?62;c\x1b[6;20;10t\x1b[0n";
    let neither = "\x1b[?62;22c\x1b[6;20;10t\x1b[0n";
    for said in [kitty, neither] {
        let desk = Desk::open().await?;
        let mut pty = desk.console(desk.socket())?.answering(said).start()?;
        enter(&mut pty)?;
        let start = pty.mark();
        let cake = files::cake(320, 200);
        let photo = desk
            .shop
            .sim
            .put(CENTRO.phone_number_id, "image/png", cake)?;
        let photo = InboundContent::Image(photo);
        desk.shop.hears(&ana(), photo).await?;
        if said == kitty {
            pty.wait_bytes(start, b"\x1b_Gq=2,i=")?;
        } else {
            pty.wait_until("half blocks", |screen| {
                screen.contents().contains(['▀', '▄'])
            })?;
        }
        pty.wait_for("320x200")?;
        desk.close().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_shell_puts_goes_to_the_chat_that_is_open_here() -> anyhow::Result<()> {
    let desk = Desk::open().await?;
    let mut pty = desk.console(desk.socket())?.start()?;
    enter(&mut pty)?;
    let mut put = desk
        .command(&["put", "--filename", "menú.pdf"])?
        .stdin(Stdio::piped())
        .spawn()?;
    let mut stdin = put.stdin.take().context("its input")?;
    stdin.write_all(&files::pdf(&["Menú"])).await?;
    drop(stdin);
    let said = put.wait_with_output().await?;
    ensure!(said.status.success(), "{said:?}");
    pty.wait_for("Another shell hands over menú.pdf. Send it to Ana")?;
    assert_eq!(desk.shop.sim.accepted_count(), 0, "nobody has said so yet");
    pty.feed("y")?;
    let document = |a: &Accepted| a.body["type"] == "document";
    let sent = desk.shop.sim.wait_accepted(document, PATIENCE).await?;
    assert_eq!(sent.body["document"]["filename"], "menú.pdf");
    pty.wait_for("✓✓")?;
    desk.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_is_chosen_filled_in_and_sent_from_the_picker() -> anyhow::Result<()> {
    let desk = Desk::open().await?;
    let order = Template::new(
        "pedido_listo",
        "es",
        "Hola {{1}}, tu pedido llega a las {{2}} hoy.",
    )
    .with(json!({ "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Voy" }] }));
    desk.shop.sim.add_template(WABA, order);
    let mut pty = desk.console(desk.socket())?.start()?;
    enter(&mut pty)?;
    // ^T, and Alt-s asks Meta for what is new there.
    pty.feed("\x14")?;
    pty.wait_for("Template, to Ana Prado")?;
    pty.feed("\x1bs")?;
    pty.wait_for("pedido_listo")?;
    pty.feed("listo")?;
    pty.wait_for("Hola Ana")?;
    pty.feed("\r")?;
    pty.wait_for("{{2}}")?;
    // What is empty does not leave.
    pty.feed("\r")?;
    assert_eq!(desk.shop.sim.accepted_count(), 0);
    pty.feed("18:00\r")?;
    pty.wait_gone("Template, to Ana Prado")?;
    let template = |a: &Accepted| a.body["type"] == "template";
    let sent = desk.shop.sim.wait_accepted(template, PATIENCE).await?;
    let body = &sent.body["template"]["components"][0]["parameters"];
    assert_eq!(
        (&body[0]["text"], &body[1]["text"]),
        (&json!("Ana"), &json!("18:00"))
    );
    pty.wait_for("Hola Ana, tu pedido llega a las 18:00 hoy.")?;
    desk.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_console_works_through_ssh() -> anyhow::Result<()> {
    let desk = Desk::open().await?;
    let bin = desk.person.path().join("bin");
    fs::create_dir(&bin)?;
    let ssh = bin.join("ssh");
    // An ssh that forwards a socket as the real one does, and writes down how it was called.
    let script = "#!/bin/sh\necho \"$*\" > \"$HOME/called\"\nwhile [ $# -gt 0 ]; do\n\
                  if [ \"$1\" = -L ]; then ln -s \"${2#*:}\" \"${2%%:*}\"; fi\nshift\ndone\n\
                  exec sleep 600\n";
    fs::write(&ssh, script)?;
    fs::set_permissions(&ssh, fs::Permissions::from_mode(0o755))?;
    let mut path = OsString::from(&bin);
    path.push(":/usr/local/bin:/usr/bin:/bin");
    // The file is here, the daemon is there.
    desk.file("lista.pdf", &files::pdf(&["Lista"]))?;
    let console = desk.console(std::path::Path::new("/nonexistent"))?;
    let mut pty = console
        .env("PATH", path)
        .arg("--host")
        .arg("ssh://lia@vps.example:2222")
        .arg("--socket")
        .arg(desk.socket())
        .start()?;
    enter(&mut pty)?;
    attach(&mut pty, "lista")?;
    let document = |a: &Accepted| a.body["type"] == "document";
    let sent = desk.shop.sim.wait_accepted(document, PATIENCE).await?;
    assert_eq!(sent.body["document"]["filename"], "lista.pdf");
    pty.wait_for("✓✓")?;
    let called = fs::read_to_string(desk.person.path().join("called"))?;
    ensure!(
        called.trim_end().ends_with("-p2222 -- lia@vps.example"),
        "{called}"
    );
    pty.feed(QUIT)?;
    assert!(pty.wait_end()?.success());
    desk.close().await;
    Ok(())
}
