//! The demonstration, driven by the script that is shipped with it: three languages, three sizes, and once for the ear.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what fails here fails the test"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use recado_tests::bin_path::program;
use recado_tests::pty::Program;

/// The shipped script; the words of the interface stand in it in Spanish.
const MORNING: &str = "fixtures/demo/morning.txt";
/// Those words, in Spanish, Portuguese and English.
const WORDS: [[&str; 3]; 3] = [
    ["✓✓ leído", "✓✓ lida", "✓✓ read"],
    [
        "Ahora no se entregan mensajes libres",
        "Agora não se entregam mensagens livres",
        "Free-form messages are not delivered now",
    ],
    [
        "No se pudo entregar",
        "Não foi possível entregar",
        "It could not be delivered",
    ],
];

fn morning() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(MORNING);
    fs::read_to_string(path).expect("the script")
}

/// Plays the morning; says the screens shown, by their names in order.
fn play(lang: usize, size: &str) -> Vec<(String, String)> {
    let mut script = morning();
    assert!(script.contains("\nsize 120x36\n"), "the size is said once");
    script = script.replace("\nsize 120x36\n", &format!("\nsize {size}\n"));
    for words in WORDS {
        let spanish = format!("\nwait {}\n", words[0]);
        assert!(script.contains(&spanish), "{spanish:?}");
        script = script.replace(&spanish, &format!("\nwait {}\n", words[lang]));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("morning.txt");
    fs::write(&file, script).expect("the script is written");
    let done = Command::new(program("recado-demo").expect("the demonstration"))
        .env("HOME", folder.path())
        .args(["--lang", ["es", "pt-BR", "en"][lang], "--script"])
        .arg(&file)
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{size}: {told}");
    let shown = String::from_utf8(done.stdout).expect("text");
    let screens = shown.split("== ").skip(1);
    screens
        .map(|screen| {
            let (name, screen) = screen.split_once('\n').expect("a name");
            (name.to_owned(), screen.to_owned())
        })
        .collect()
}

/// Plays the morning at every size and looks at what it showed.
fn a_morning_in(lang: usize) {
    for (size, columns, rows) in [("120x36", 120, 36), ("80x24", 80, 24), ("60x20", 60, 20)] {
        let screens = play(lang, size);
        let names: Vec<&str> = screens.iter().map(|(name, _)| name.as_str()).collect();
        let all = [
            "morning", "read", "answered", "closed", "failed", "reason", "evening",
        ];
        assert_eq!(names, all, "{size}");
        let screen = |wanted: &str| {
            let found = screens.iter().find(|(name, _)| name == wanted);
            found
                .map(|(_, screen)| screen.as_str())
                .expect("it is shown")
        };
        for (name, text) in &screens {
            // The screen, and the blank line that ends it on paper.
            assert_eq!(text.lines().count(), rows + 1, "{size} {name}\n{text}");
            let widest = text.lines().map(unicode_cells).max();
            assert!(widest <= Some(columns), "{size} {name}\n{text}");
            assert!(!text.contains('\u{1b}'), "{size} {name}");
        }
        assert!(screen("morning").contains("João Padaria"), "{size}");
        assert!(screen("morning").contains("Mallory"), "{size}");
        assert!(screen("answered").contains("Confirmado para las diez, Ana."));
        let [_, closed, failed] = WORDS.map(|words| words[lang]);
        assert!(screen("closed").contains(closed), "{size}");
        assert!(screen("closed").contains("Alt-e"), "a draft can be begun");
        assert!(screen("failed").contains(failed), "{size}");
        assert!(screen("reason").contains("131026"), "{size}");
        assert!(screen("evening").contains("✗"), "{size}");
        assert!(screen("evening").contains("✓✓"), "{size}");
    }
}

/// Cells that a line takes on a terminal: vt100 knows, so a terminal is asked.
fn unicode_cells(line: &str) -> usize {
    let wide = std::num::NonZeroU16::new(400).expect("some");
    let mut terminal = vt100::Parser::new(wide, wide, 0);
    terminal.process(line.as_bytes());
    usize::from(terminal.screen().cursor_position().1)
}

#[test]
fn a_morning_in_spanish() {
    a_morning_in(0);
}

#[test]
fn a_morning_in_portuguese() {
    a_morning_in(1);
}

#[test]
fn a_morning_in_english() {
    a_morning_in(2);
}

#[test]
fn for_the_ear_it_has_no_frames_and_says_its_marks() {
    let home = tempfile::tempdir().expect("a folder");
    let mut pty = Program::new(
        &program("recado-demo").expect("the demonstration"),
        home.path(),
    )
    .arg("--plain")
    .arg("--lang")
    .arg("en")
    .size(80, 24)
    .start()
    .expect("a terminal");
    pty.wait_for("Ana Prado").expect("the customers");
    pty.wait_for("unread").expect("said in words");
    pty.wait_for("Nada de esto debe moverte el cursor.")
        .expect("Mallory, bare");
    pty.feed("\x0b").expect("^K");
    pty.wait_for("Go to").expect("the switcher");
    pty.feed("Mallory\r").expect("a name");
    pty.wait_for("reply as").expect("the box");
    pty.feed("Buenos días.\r").expect("an answer");
    pty.wait_for("read: Buenos días.")
        .expect("its ticks, in words");
    let screen = pty.screen();
    for mark in ['│', '─', '▏', '▕', '✓', '●', '┌'] {
        assert!(!screen.contains(mark), "{mark}\n{screen}");
    }
    pty.feed("\x11").expect("^Q");
    assert!(pty.wait_end().expect("it ends").success());
}

#[test]
fn a_script_that_is_none_is_told_by_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("wrong.txt");
    fs::write(&file, "size 80x24\njump Ana\n").expect("it is written");
    let done = Command::new(program("recado-demo").expect("the demonstration"))
        .arg("--script")
        .arg(&file)
        .output()
        .expect("it runs");
    assert_eq!(done.status.code(), Some(1));
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(told.contains("line 2"), "{told}");
}
