//! The real console in a pseudo-terminal, on a real daemon and the simulated Meta: what the terminal sees.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails here fails the test; the cost of each key is told to whoever asks with --nocapture"
)]

use std::time::{Duration, Instant};

use recado_sim::config::SimConfig;
use recado_sim::customer::Customer;
use recado_sim::home::{APP, Home, VERIFY_TOKEN};
use recado_sim::inbound::Inbound;
use recado_sim::sim::Sim;
use recado_tests::bin_path::program;
use recado_tests::pty::{PATIENCE, Program, Pty, signal};
use recado_tests::shop::{CENTRO, ana};
use recado_tui::term::{Held, Manner};
use vt100::{MouseProtocolMode, Screen};

/// ^Q.
const QUIT: &[u8] = b"\x11";
/// Tells the test that it runs inside a terminal of its own, to break there.
const PANIC: &str = "RECADO_TEST_PANIC";
/// What is written first of all.
const ENTER: &[u8] = b"\x1b[?1049h";
/// What is written when the alternate screen is left.
const LEAVE: &[u8] = b"\x1b[?1049l";

/// A shop with a daemon behind it.
struct Shop {
    sim: Sim,
    home: Home,
}

impl Shop {
    async fn open() -> Self {
        let sim = Sim::start(SimConfig::new())
            .await
            .expect("a simulated Meta");
        let home = Home::open(&sim).await.expect("a daemon");
        home.open_shop(&sim, &[CENTRO]).await.expect("a shop");
        Self { sim, home }
    }

    /// A customer writes; comes back when the daemon has it.
    async fn hears(&self, who: &Customer, says: impl Into<Inbound>) {
        let told = self.sim.inbound_taken(CENTRO.phone_number_id, who, says);
        told.await.expect("the number is there");
    }

    fn program(&self) -> Program {
        let path = program("recado").expect("the console");
        Program::new(&path, self.home.folder()).env("RECADO_SOCKET", &self.home.settings().socket)
    }

    /// The console in English.
    fn console(&self, columns: u16, rows: u16) -> Pty {
        let program = self.program().arg("--lang").arg("en").size(columns, rows);
        program.start().expect("a console")
    }

    async fn close(mut self) {
        self.home.stop().await;
        self.sim.stop();
    }
}

/// Asserts that the terminal is as it was before the console came.
fn is_restored(pty: &Pty) {
    let modes = pty.ask(|screen| {
        (
            screen.alternate_screen(),
            screen.hide_cursor(),
            screen.bracketed_paste(),
            screen.mouse_protocol_mode(),
            screen.application_cursor(),
        )
    });
    assert_eq!(
        modes,
        (false, false, false, MouseProtocolMode::None, false),
        "{}",
        pty.screen()
    );
}

/// Waits until the console's whole screen stands there at this size: its first row and its last.
fn whole(pty: &Pty, columns: u16, rows: u16) {
    let right = |screen: &Screen| {
        let lines: Vec<String> = screen.rows(0, columns).collect();
        let (first, last) = (lines.first(), lines.last());
        let holds = |line: Option<&String>, words| line.is_some_and(|l| l.contains(words));
        if columns < 2 {
            true
        } else if columns < 40 || rows < 8 {
            let told = lines
                .iter()
                .filter(|l| l.contains("unread. Please"))
                .count();
            told == 1 && lines.iter().all(|l| !l.contains("Ana"))
        } else if columns < 72 {
            holds(first, "‹ Esc  Ana Prado") && holds(last, "F1 help")
        } else {
            holds(first, "Tienda Centro") && holds(last, "F1 help")
        }
    };
    pty.wait_until("a whole screen", right)
        .unwrap_or_else(|error| panic!("{columns}x{rows}: {error}"));
}

/// Waits for the shell's n-th prompt: from then on it reads keys.
fn prompt(pty: &Pty, n: usize) {
    pty.wait_until("the shell's prompt", |screen| {
        let text = screen.contents();
        text.matches("counter>").count() >= n && text.trim_end().ends_with("counter>")
    })
    .expect("the prompt");
}

fn place(bytes: &[u8], what: &[u8]) -> usize {
    bytes
        .windows(what.len())
        .rposition(|at| at == what)
        .unwrap_or_else(|| panic!("{:?} was not written", String::from_utf8_lossy(what)))
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|at| at == what)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_terminal_is_taken_and_given_back_with_everything_undone() {
    let shop = Shop::open().await;
    let mut pty = shop.console(120, 36);
    let start = pty.mark();
    pty.wait_for("daemon ok").expect("the main screen");
    let taken = pty.ask(|s| {
        let mouse = s.mouse_protocol_mode() != MouseProtocolMode::None;
        (s.alternate_screen(), s.bracketed_paste(), mouse)
    });
    assert_eq!(taken, (true, true, true));

    pty.feed(QUIT).expect("^Q");
    let status = pty.wait_end().expect("it ends");
    assert!(status.success(), "{status}");
    is_restored(&pty);
    let bytes = pty.bytes_since(start);
    // Mouse, focus, paste, keyboard, alternate screen, cursor: each undone, after the last frame.
    let frame = place(&bytes, b"\x1b[?2026h");
    for undone in [
        "\x1b[?1006l",
        "\x1b[?1000l",
        "\x1b[?1004l",
        "\x1b[?2004l",
        "\x1b[<1u",
        "\x1b[?1049l",
        "\x1b[?25h",
    ] {
        assert!(place(&bytes, undone.as_bytes()) > frame, "{undone:?}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_the_console_and_the_terminal_is_whole() {
    let shop = Shop::open().await;
    for name in ["TERM", "HUP"] {
        let mut pty = shop.console(80, 24);
        pty.wait_for("No chats yet").expect("the daemon's answer");
        pty.signal(name).expect("it lives");
        let status = pty.wait_end().expect("it ends");
        assert!(status.success(), "{name}: {status}");
        is_restored(&pty);
    }
    shop.close().await;
}

/// Breaks while it holds the terminal, but only inside the terminal of
/// [`a_panic_is_told_on_a_whole_terminal`]; alone it does nothing.
#[test]
fn breaks_while_it_holds_the_terminal() {
    if std::env::var_os(PANIC).is_none() {
        return;
    }
    let _held = Held::take(Manner::Screen { mouse: true }).expect("a terminal");
    panic!("something that cannot happen happened");
}

#[test]
fn a_panic_is_told_on_a_whole_terminal() {
    // Nothing outside can make the console panic, so this test starts itself: the same hook, a real terminal.
    let own = std::env::current_exe().expect("this test");
    let home = tempfile::tempdir().expect("a folder");
    let mut pty = Program::new(&own, home.path())
        .env(PANIC, "1")
        .arg("--exact")
        .arg("breaks_while_it_holds_the_terminal")
        .arg("--nocapture")
        .start()
        .expect("a terminal");
    let start = pty.mark();
    let status = pty.wait_end().expect("it ends");
    assert!(!status.success(), "it broke");
    is_restored(&pty);
    let bytes = pty.bytes_since(start);
    let told = place(&bytes, b"something that cannot happen happened");
    assert!(place(&bytes, ENTER) < place(&bytes, LEAVE));
    assert!(
        place(&bytes, LEAVE) < told,
        "the words stand where they stay"
    );
    assert!(
        pty.screen()
            .contains("something that cannot happen happened"),
        "{}",
        pty.screen()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_pasted_is_one_edit_and_sends_nothing() {
    let shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    let mut pty = shop.console(80, 24);
    pty.wait_for("Ana Prado").expect("the chat");
    pty.feed("\r").expect("Enter");
    pty.wait_for("reply as").expect("the box");
    pty.feed("Hoy: ").expect("typing");
    pty.wait_for("Hoy:").expect("what was typed");
    // Enter inside a paste is a line, and every control character in it is only text that is dropped.
    pty.feed("\x1b[200~pan de yema\rtorta \x07de chocolate\x1b[201~")
        .expect("the paste");
    pty.wait_for("torta de chocolate").expect("its second line");
    pty.wait_for("Hoy: pan de yema").expect("its first line");
    pty.feed("\x1f").expect("^_");
    pty.wait_gone("torta de chocolate").expect("undone");
    pty.wait_gone("pan de yema").expect("in one step");
    pty.wait_for("Hoy:")
        .expect("what was typed before is another step");
    assert_eq!(shop.sim.accepted_count(), 0);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_size_at_any_moment_is_a_whole_screen() {
    let shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy? 🍰 Pregunto por 蛋糕 y تورتة")
        .await;
    let mut pty = shop.console(120, 36);
    pty.wait_for("Ana Prado").expect("the chat");
    pty.feed("\r").expect("Enter");
    pty.wait_for("reply as").expect("the box");
    let sizes = [
        (60, 20),
        (30, 6),
        (80, 24),
        (39, 40),
        (200, 60),
        (1, 1),
        (120, 36),
        (80, 7),
        (80, 24),
    ];
    for (columns, rows) in sizes {
        // A key at the same moment.
        pty.feed("a").expect("a key");
        pty.resize(columns, rows).expect("a size");
        whole(&pty, columns, rows);
    }
    // Sizes that follow each other faster than frames, and end where they began.
    for (columns, rows) in [(120, 36), (60, 20), (30, 6), (100, 30), (41, 9), (80, 24)] {
        pty.resize(columns, rows).expect("a size");
    }
    whole(&pty, 80, 24);
    pty.feed("b").expect("one more key");
    pty.wait_for("aaaaaaaaab")
        .expect("everything typed meanwhile");
    pty.feed(QUIT).expect("^Q");
    assert!(pty.wait_end().expect("it ends").success());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shell_gets_the_terminal_with_z_and_gives_it_back_with_fg() {
    let shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    let console = program("recado").expect("the console");
    let mut pty = Program::new("/bin/sh".as_ref(), shop.home.folder())
        .env("RECADO_SOCKET", &shop.home.settings().socket)
        .env("PS1", "counter> ")
        .arg("-i")
        .start()
        .expect("a shell");
    prompt(&pty, 1);
    pty.feed(format!("{} --lang en\r", console.display()))
        .expect("a command");
    pty.wait_for("Ana Prado").expect("the console");

    let before = pty.mark();
    pty.feed("\x1a").expect("^Z");
    pty.wait_bytes(before, LEAVE)
        .expect("the alternate screen is left");
    prompt(&pty, 2);
    is_restored(&pty);
    pty.feed("echo the $((40 + 2)) rings\r")
        .expect("the shell takes keys");
    pty.wait_for("the 42 rings").expect("its answer");
    prompt(&pty, 3);
    shop.hears(&ana(), "Una más").await;

    pty.feed("fg\r").expect("fg");
    pty.wait_for("Una más").expect("what came meanwhile");
    assert!(pty.ask(Screen::alternate_screen));
    pty.feed(QUIT).expect("^Q");
    prompt(&pty, 4);
    is_restored(&pty);
    pty.feed("exit\r").expect("exit");
    pty.wait_end().expect("the shell ends");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_console_writes_nothing() {
    let shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    let mut pty = shop.console(120, 36);
    pty.wait_for("Ana Prado").expect("the chat");
    pty.feed("\r").expect("Enter");
    pty.wait_for("reply as").expect("the box");
    // The card comes, the chat is read after a moment, the sums follow, and once a minute the clock moves on; after that
    // nothing happens. Eight tries are more than those can spoil, and a console that draws by a timer passes none.
    let quiet = (0..8).any(|_try| pty.is_quiet_for(Duration::from_secs(2)));
    assert!(quiet, "{}", pty.screen());
    pty.feed(QUIT).expect("^Q");
    pty.wait_end().expect("it ends");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_can_move_the_cursor_with_a_name_or_words() {
    let shop = Shop::open().await;
    let mut pty = shop.console(80, 24);
    pty.wait_for("No chats yet").expect("the main screen");
    let before = pty.mark();
    let mallory = Customer::new(
        "\u{1b}[31;1mMallory\u{1b}[0m\u{1b}]0;yours\u{7}\u{202e}\u{9b}2Jtxt.exe\r\n\u{8}",
    )
    .wa_id("34600999909");
    let words = "\u{1b}[2J\u{1b}[1;1Hover\u{1b}]0;mine\u{7}\u{1b}]52;c;cm0=\u{7}\u{1b}P+q\u{1b}\\\
                 \u{9b}10A\u{90}x\u{9c}\u{85}\u{2028}nothing moves\u{0}\u{7f}";
    shop.hears(&mallory, words).await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    pty.wait_for("Ana Prado").expect("the chat after it");
    pty.wait_for("Mallory").expect("the name, bare");
    pty.feed("j\r").expect("the chat below");
    pty.wait_until("their words", |screen| {
        screen.contents().matches("nothing moves").count() >= 1
            && screen.contents().contains("reply as")
    })
    .expect("the words, bare");
    let rows: Vec<String> = pty.ask(|screen| screen.rows(0, 80).collect());
    assert!(rows[0].contains("Tienda Centro"), "{rows:#?}");
    assert!(rows[1].starts_with("────"), "{rows:#?}");
    assert!(rows[23].contains("F1 help"), "{rows:#?}");
    let own = |title: &String| title == "recado" || title.ends_with(") recado");
    assert!(pty.titles().iter().all(own), "{:?}", pty.titles());
    let bytes = pty.bytes_since(before);
    for forbidden in [
        &b"\x1b]0"[..],
        b"\x1b]52",
        b"\x1bP",
        b"\x1b[2J",
        b"\xc2\x9b",
        b"\xe2\x80\xae",
    ] {
        assert!(!has(&bytes, forbidden), "{forbidden:?}");
    }
    let between_bells = bytes.split(|byte| *byte == 7).count();
    assert!(
        between_bells <= 3,
        "two messages may ring, their words may not"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_appears_its_answer_reaches_meta_and_the_ticks_come_back() {
    let shop = Shop::open().await;
    let mut pty = shop.console(60, 20);
    pty.wait_for("No chats yet").expect("the main screen");
    shop.hears(&ana(), "¿Tienen torta?").await;
    pty.wait_for("¿Tienen torta?")
        .expect("it appears by itself");
    pty.feed("\r").expect("Enter");
    pty.wait_for("reply as").expect("the box");
    pty.feed("Sí, de chocolate 🍫\r").expect("the answer");
    let sent = shop
        .sim
        .wait_accepted(|sent| sent.to.is_some(), PATIENCE)
        .await
        .expect("Meta has it");
    assert_eq!(sent.to.as_deref(), Some("+51987654321"));
    assert_eq!(sent.body["text"]["body"], "Sí, de chocolate 🍫");
    pty.wait_for("✓✓").expect("its ticks");
    // Up chooses the message, I shows its details: read is the last tick.
    pty.feed("\x1b[A").expect("Up");
    pty.wait_gone("Write a message")
        .expect("the message is chosen");
    pty.feed("I").expect("I");
    pty.wait_for("✓✓ read").expect("the last tick");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_daemon_is_told_and_comes_back_with_nothing_missed() {
    let mut shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    let mut pty = shop.console(120, 36);
    pty.wait_for("Ana Prado").expect("the chat");
    pty.feed("\r").expect("Enter");
    pty.wait_for("reply as").expect("the box");

    shop.home.stop().await;
    pty.wait_for("daemon lost").expect("the bar says so");
    pty.wait_for("Offline").expect("and the box");
    pty.wait_for("¿Qué hay hoy?").expect("reading goes on");
    pty.feed("Ya le digo").expect("typing");
    pty.wait_for("Ya le digo").expect("typing goes on");

    shop.home.start().await.expect("the daemon again");
    let url = shop.home.webhook_url().expect("its port");
    shop.sim.set_webhook(APP, &url, VERIFY_TOKEN);
    shop.hears(&ana(), "¿Sigue ahí?").await;
    pty.wait_for("daemon ok").expect("it comes back by itself");
    pty.wait_for("¿Sigue ahí?").expect("with what was missed");
    pty.wait_for("Ya le digo").expect("and what was typed");
    pty.feed("\r").expect("Enter");
    let sent = shop
        .sim
        .wait_accepted(|sent| sent.to.is_some(), PATIENCE)
        .await
        .expect("it can be sent");
    assert_eq!(sent.body["text"]["body"], "Ya le digo");
    shop.close().await;
}

/// A stream of lines: what stands above the last row is never written again.
async fn plain(term: &str) {
    let mut shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    let program = shop.program().arg("--plain").arg("--lang").arg("en");
    let mut pty = program.env("TERM", term).start().expect("a console");
    pty.wait_for("1 unread chat. Press F1 for help.")
        .expect("how things are");
    pty.wait_for("Ana Prado, 1 unread").expect("the first chat");
    let before = pty.mark();
    pty.feed("\r").expect("Enter");
    pty.wait_for("Ana Prado, number 1, window open")
        .expect("the chat");
    pty.wait_for(": ¿Qué hay hoy?").expect("its message");
    pty.wait_for("reply as").expect("the line to write in");
    pty.feed("Sopa y arros").expect("typing");
    pty.wait_for(": Sopa y arros").expect("what is typed");
    pty.feed("\x7fz").expect("a correction");
    pty.wait_for(": Sopa y arroz").expect("the correction");
    shop.hears(&ana(), "¿Y postre?").await;
    pty.wait_until("the new message above the reply", |screen| {
        let lines: Vec<String> = screen.rows(0, 80).collect();
        let at = |words: &str| lines.iter().rposition(|line| line.contains(words));
        at(": ¿Y postre?").is_some_and(|new| at(": Sopa y arroz") == Some(new + 1))
    })
    .expect("appended, and the reply below it");
    pty.resize(60, 20).expect("another size");
    pty.feed("\r").expect("Enter");
    // How far it is by the time it is said depends on who is quicker.
    pty.wait_until("said as ours", |screen| {
        let mut lines = screen.rows(0, 80);
        lines.any(|line| line.contains("You (") && line.contains(": Sopa y arroz"))
    })
    .expect("said as ours");
    pty.wait_for("read: Sopa y arroz")
        .expect("and how far it came");
    shop.home.stop().await;
    pty.wait_for("daemon lost").expect("the daemon is missed");
    pty.feed("\x1bOP").expect("F1");
    pty.wait_for("Keys live in keys.toml")
        .expect("help is read out");
    pty.feed(QUIT).expect("^Q");
    pty.feed(QUIT).expect("^Q");
    pty.wait_end().expect("it ends");
    let bytes = pty.bytes_since(before);
    for forbidden in [
        &b"\x1b[?1049"[..],
        b"\x1b[2J",
        b"\x1b[H",
        b"\x1b[?2026",
        b"\x1b[A",
    ] {
        assert!(!has(&bytes, forbidden), "{forbidden:?}");
    }
    assert!(
        term != "dumb" || !bytes.contains(&0x1b),
        "nothing but characters"
    );
    let marks = ['│', '─', '┌', '▌', '✓'];
    assert!(!String::from_utf8_lossy(&bytes).contains(marks));
    is_restored(&pty);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn plain_mode_only_appends() {
    plain("xterm-256color").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn plain_mode_needs_nothing_of_a_terminal_but_characters() {
    plain("dumb").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_comes_together_with_another_size_is_not_late() {
    let shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    let mut pty = shop.console(100, 30);
    pty.wait_for("Ana Prado").expect("the chat");
    pty.feed("\r").expect("Enter");
    pty.wait_for("reply as").expect("the box");
    let mut typed = String::new();
    for (step, letter) in ('a'..='z').enumerate() {
        typed.push(letter);
        let wider = u16::try_from(step % 2).expect("one or none");
        pty.resize(100 + wider, 30).expect("another size");
        pty.feed([u8::try_from(letter).expect("ASCII")])
            .expect("a key");
        // Nothing else is typed until it stands there.
        pty.wait_for(&typed).expect("the letter");
    }
    shop.close().await;
}

/// A phone's hotspot at the edge of the town: 300 ms there and back, two kilobytes a second.
const HOTSPOT: recado_tests::pty::Line = recado_tests::pty::Line {
    delay: Duration::from_millis(150),
    rate: 2_048,
};

/// Waits until nothing more comes over the line.
fn rests(pty: &Pty) {
    let settled = (0..30).any(|_try| pty.is_quiet_for(Duration::from_secs(1)));
    assert!(settled, "it comes to rest");
}

/// Presses a key so often, each time when what the last one did stands there; says how many bytes each cost, and how long the
/// slowest took to begin.
fn cost(pty: &mut Pty, key: &str, times: usize) -> (Vec<usize>, Duration) {
    let mut slowest = Duration::ZERO;
    let each = (0..times).map(|_nth| {
        let before = pty.mark();
        let pressed = Instant::now();
        pty.feed(key).expect("a key");
        pty.wait_change(before).expect("an answer");
        slowest = slowest.max(pressed.elapsed());
        let _rest = (0..30).any(|_try| pty.is_quiet_for(Duration::from_millis(250)));
        pty.bytes_since(before).len()
    });
    let each: Vec<usize> = each.collect();
    (each, slowest)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_a_slow_line_every_key_is_cheap_and_soon_answered() {
    let shop = Shop::open().await;
    for n in 0..9 {
        let who = Customer::new(format!("Vecino {n}")).wa_id(format!("5190011{n:04}"));
        shop.hears(&who, format!("¿Me guardan {n} panes?").as_str())
            .await;
    }
    for n in 0..40 {
        shop.hears(&ana(), format!("Mensaje número {n}").as_str())
            .await;
    }
    let program = shop.program().arg("--lang").arg("en").over(HOTSPOT);
    let mut pty = program.start().expect("a console");
    pty.wait_for("Ana Prado").expect("the chat");
    rests(&pty);
    pty.feed("gg").expect("the first chat");
    rests(&pty);
    // What moves, types or chooses stays under 200 bytes. What fills the pane with other words costs those words, however it
    // is written: a fifth of a second of this line for a page, six tenths for a chat. (Keys, times, the most bytes of each.)
    let tour = [
        ("down the list", "j", 5, 60),
        ("up the list", "k", 5, 60),
        ("open the chat", "\r", 1, 1_280),
        ("type", "a", 12, 60),
        ("delete", "\x7f", 12, 60),
        ("pick a message", "\x1b[A", 8, 200),
        ("a page up", "\x1b[5~", 1, 420),
        ("a page down", "\x1b[6~", 1, 420),
        ("back to the list", "\x1b", 1, 200),
        ("begin a filter", "/", 1, 200),
        ("leave it", "\x1b", 1, 200),
    ];
    let mut all = Vec::new();
    for (what, key, times, most) in tour {
        let (each, slowest) = cost(&mut pty, key, times);
        println!("{what}: {each:?} bytes, {slowest:?} at most");
        // There and back is 300 ms; the rest is the console's and this machine's.
        assert!(slowest < Duration::from_millis(700), "{what}: {slowest:?}");
        assert!(each.iter().all(|n| *n <= most), "{what}: {each:?} bytes");
        all.extend(each);
    }
    let mean = all.iter().sum::<usize>() / all.len();
    assert!(mean <= 100, "{mean} bytes for a key of this tour: {all:?}");

    // Fast fingers: nobody waits for the echo of a key before the next one.
    pty.feed("gg\r").expect("the chat again");
    rests(&pty);
    rests(&pty);
    let text = "Claro que sí, a las seis";
    for letter in text.chars() {
        pty.feed(letter.to_string()).expect("a key");
    }
    let pressed = Instant::now();
    pty.wait_for(text).expect("what was typed");
    let waited = pressed.elapsed();
    assert!(
        waited < Duration::from_millis(800),
        "{waited:?} behind the last key"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_console_speaks_three_languages() {
    let shop = Shop::open().await;
    shop.hears(&ana(), "¿Qué hay hoy?").await;
    let by_flag = |lang: &str| shop.program().arg("--lang").arg(lang);
    let by_locale = |locale: &str| shop.program().env("LC_ALL", locale);
    for (program, list, reply) in [
        (by_flag("es"), "abiertos 1", "responder como"),
        (by_flag("pt-BR"), "Conversas", "responder como"),
        (by_flag("en"), "open 1", "reply as"),
        (by_locale("pt_BR.UTF-8"), "Conversas", "responder como"),
        (by_locale("en_GB.UTF-8"), "open 1", "reply as"),
    ] {
        let mut pty = program.size(120, 36).start().expect("a console");
        pty.wait_for(list).expect("the list");
        pty.wait_for("Ana Prado").expect("the chat");
        pty.feed("\r").expect("Enter");
        pty.wait_for(reply).expect("the box");
        pty.feed(QUIT).expect("^Q");
        assert!(pty.wait_end().expect("it ends").success());
        is_restored(&pty);
    }
    shop.close().await;
}

#[test]
fn without_a_terminal_it_says_so_and_fails() {
    let path = program("recado").expect("the console");
    let done = std::process::Command::new(path)
        .env_clear()
        .env("RECADO_SOCKET", "/nonexistent/recado.sock")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("it runs");
    assert_eq!(done.status.code(), Some(1));
    assert!(done.stdout.is_empty(), "{:?}", done.stdout);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(told.starts_with("recado: "), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn the_process_of_a_console_can_be_signalled_by_its_name() {
    let mut sleeper = std::process::Command::new("sleep")
        .arg("600")
        .spawn()
        .expect("a process");
    signal(sleeper.id(), "KILL").expect("it is there");
    assert!(!sleeper.wait().expect("it ends").success());
}
