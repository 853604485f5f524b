//! Asks the terminal how it shows pictures, once, before anybody reads keys; and never waits long for the answer.

use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use config::tui::Images;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::msg::What;
use crate::part::picture::{Means, Way};
use crate::run::App;

/// Whoever answers later has a slow line: pictures would only be in the way there.
const PATIENCE: Duration = Duration::from_millis(150);
/// How long after that late words are still known for what they are.
const LATE: Duration = Duration::from_secs(5);
/// A late answer has no more keys than this.
const LONGEST: usize = 24;
/// May it show pictures by kitty's protocol?
const KITTY: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";
/// What can it do; how large is a cell; is it there: the last is answered by every terminal, after
/// the others.
const REST: &str = "\x1b[c\x1b[16t\x1b[5n";

/// What is known before the terminal is asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    /// What the settings say.
    pub(super) images: Images,
    /// Whether tmux stands between.
    pub(super) tmux: bool,
    /// Whether tmux hands on what is wrapped for it.
    pub(super) passes: bool,
    /// What the terminal calls itself.
    pub(super) name: String,
    /// Whether it has colours beyond 256; none at all is `None`.
    pub(super) deep: Option<bool>,
    /// Whether the theme is a light one.
    pub(super) light: bool,
    /// Pixels of a cell, where the kernel knows them.
    pub(super) cell: Option<(u16, u16)>,
}

/// What came of asking.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// How it shows pictures.
    pub(super) means: Option<Means>,
    /// Keys that were pressed meanwhile.
    pub(super) keys: Vec<Event>,
    /// Until when an answer may still come that must not be taken for keys.
    pub(super) late: Late,
}

/// What a terminal said.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answers {
    kitty: bool,
    sixel: bool,
    cell: Option<(u16, u16)>,
    /// It said that it is there, after everything else.
    whole: bool,
    /// Bytes that are no answer.
    rest: Vec<u8>,
}

impl Around {
    /// What this process can know by itself.
    pub(super) fn of(images: Images, deep: Option<bool>, light: bool) -> Self {
        let var = |name: &str| std::env::var(name).unwrap_or_default();
        let asks = deep.is_some() && !matches!(images, Images::Off | Images::Blocks);
        let tmux = !var("TMUX").is_empty();
        let cell = crossterm::terminal::window_size().ok().and_then(|size| {
            let cell = (
                size.width.checked_div(size.columns)?,
                size.height.checked_div(size.rows)?,
            );
            (cell.0 > 1 && cell.1 > 1).then_some(cell)
        });
        Self {
            images,
            tmux,
            passes: tmux && asks && tmux_passes(),
            name: [var("TERM_PROGRAM"), var("LC_TERMINAL"), var("TERM")].join(" "),
            deep,
            light,
            cell,
        }
    }

    /// Whether there is anything to ask.
    const fn asks(&self) -> bool {
        self.deep.is_some() && !matches!(self.images, Images::Off | Images::Blocks)
    }

    /// Konsole and `WezTerm` answer kitty's question, and show nothing where placeholders stand.
    fn is_deaf_to_kitty(&self) -> bool {
        ["WezTerm", "konsole", "Konsole"]
            .iter()
            .any(|name| self.name.contains(name))
    }

    fn is_iterm2(&self) -> bool {
        const NAMES: [&str; 7] = [
            "iTerm", "WezTerm", "mintty", "vscode", "Tabby", "rio", "Warp",
        ];
        NAMES.iter().any(|name| self.name.contains(name))
    }

    fn question(&self) -> String {
        let mut words = String::new();
        if !self.is_deaf_to_kitty() {
            if !self.tmux {
                words.push_str(KITTY);
            } else if self.passes {
                words.push_str("\x1bPtmux;");
                words.push_str(&KITTY.replace('\x1b', "\x1b\x1b"));
                words.push_str("\x1b\\");
            }
        }
        words.push_str(REST);
        words
    }

    /// How pictures are shown, by what was answered in time.
    fn means(&self, answers: &Answers) -> Option<Means> {
        let deep = self.deep?;
        // A line that is slow, or a terminal that says nothing at all, has none by itself.
        let mute = self.images == Images::Auto && !answers.whole;
        if self.images == Images::Off || mute {
            return None;
        }
        let wraps = !self.tmux || self.passes;
        let way = match self.images {
            Images::Kitty => Way::Kitty,
            Images::Sixel => Way::Sixel,
            Images::Iterm2 => Way::Iterm2,
            Images::Auto if answers.kitty => Way::Kitty,
            Images::Auto if self.is_iterm2() && wraps => Way::Iterm2,
            Images::Auto if answers.sixel => Way::Sixel,
            Images::Auto | Images::Blocks | Images::Off => Way::Blocks,
        };
        let cell = answers.cell.or(self.cell);
        // Sixels and iTerm2's pictures are drawn in pixels: without their count nothing fits.
        let way = match (way, cell, self.images) {
            (Way::Sixel | Way::Iterm2, None, Images::Auto) => Way::Blocks,
            (way, _, _) => way,
        };
        // tmux that knows sixels takes them as they are; the rest is wrapped for it.
        let tmux = self.tmux && self.passes && !(way == Way::Sixel && answers.sixel);
        let ground = if self.light { [255; 3] } else { [0; 3] };
        Some(Means {
            way,
            cell: cell.unwrap_or((10, 20)),
            tmux,
            deep,
            ground,
        })
    }
}

/// Whether tmux hands on what is wrapped for it. It is asked, and never changed.
fn tmux_passes() -> bool {
    let asked = std::process::Command::new("tmux")
        .args(["show-options", "-pAv", "allow-passthrough"])
        .stdin(std::process::Stdio::null())
        .output();
    asked.is_ok_and(|told| {
        let said = String::from_utf8_lossy(&told.stdout);
        matches!(said.trim(), "on" | "all")
    })
}

/// Asks, and waits for the answer on this thread; nobody else may read the terminal meanwhile.
pub(super) fn ask(around: &Around) -> Told {
    if !around.asks() {
        return Told {
            means: around.means(&Answers::default()),
            ..Told::default()
        };
    }
    let answers = speak(around).unwrap_or_default();
    let late = Late {
        until: (!answers.whole).then(|| Instant::now() + LATE),
        taken: 0,
    };
    Told {
        means: around.means(&answers),
        keys: keys(&answers.rest),
        late,
    }
}

fn speak(around: &Around) -> io::Result<Answers> {
    let mut out = io::stdout();
    out.write_all(around.question().as_bytes())?;
    out.flush()?;
    let tty = std::fs::File::open("/dev/tty")?;
    let end = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    let mut answers = Answers::default();
    // tmux answers by itself before the terminal outside has; that one has the rest of the time.
    while !answers.whole || (around.tmux && around.passes && !answers.kitty) {
        let left = end.saturating_duration_since(Instant::now());
        let Ok(left) = Timespec::try_from(left) else {
            break;
        };
        let mut fds = [PollFd::from_borrowed_fd(tty.as_fd(), PollFlags::IN)];
        if poll(&mut fds, Some(&left))? == 0 {
            break;
        }
        let mut part = [0; 512];
        let count = (&tty).read(&mut part)?;
        if count == 0 {
            break;
        }
        bytes.extend_from_slice(part.get(..count).unwrap_or_default());
        answers = read(&bytes);
    }
    Ok(answers)
}

/// Tells answers from keys.
fn read(bytes: &[u8]) -> Answers {
    let mut answers = Answers::default();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let taken = if rest.starts_with(b"\x1b_G") {
            let end = rest.windows(2).position(|two| two == b"\x1b\\");
            end.map(|end| {
                answers.kitty |= rest.get(..end).is_some_and(|said| said.ends_with(b";OK"));
                end + 2
            })
        } else if rest.starts_with(b"\x1b[") {
            let is_end = |byte: &u8| (0x40..=0x7e).contains(byte);
            let end = rest.iter().skip(2).position(is_end).map(|end| end + 2);
            end.and_then(|end| {
                let said = std::str::from_utf8(rest.get(2..=end)?).ok()?;
                answers.take(said).then_some(end + 1)
            })
        } else {
            None
        };
        if let Some(taken) = taken {
            at += taken;
        } else {
            answers.rest.extend(rest.first());
            at += 1;
        }
    }
    answers
}

impl Answers {
    /// Takes one control sequence; false if it is no answer.
    fn take(&mut self, said: &str) -> bool {
        if said == "0n" {
            self.whole = true;
        } else if let Some(list) = said
            .strip_prefix('?')
            .and_then(|said| said.strip_suffix('c'))
        {
            self.sixel |= list.split(';').skip(1).any(|able| able == "4");
        } else if let Some(size) = said
            .strip_prefix("6;")
            .and_then(|said| said.strip_suffix('t'))
        {
            let mut sides = size.split(';').map(str::parse::<u16>);
            if let (Some(Ok(high)), Some(Ok(wide))) = (sides.next(), sides.next())
                && high > 1
                && wide > 1
            {
                self.cell = Some((wide, high));
            }
        } else {
            return false;
        }
        true
    }
}

/// Keys that were pressed while nobody but this read them: letters, controls, arrows.
fn keys(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes);
    let mut keys = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let (code, modifiers) = match letter {
            '\r' | '\n' => (KeyCode::Enter, KeyModifiers::NONE),
            '\t' => (KeyCode::Tab, KeyModifiers::NONE),
            '\x7f' => (KeyCode::Backspace, KeyModifiers::NONE),
            '\x1b' if letters.next_if_eq(&'[').is_some() => {
                let mut said = String::new();
                while let Some(part) = letters.next_if(|c| c.is_ascii_digit() || *c == ';') {
                    said.push(part);
                }
                match sequence(&said, letters.next()) {
                    Some(key) => key,
                    None => continue,
                }
            }
            '\x1b' => (KeyCode::Esc, KeyModifiers::NONE),
            '\x01'..='\x1a' => {
                let plain = char::from_u32(u32::from(letter) + 0x60).unwrap_or(letter);
                (KeyCode::Char(plain), KeyModifiers::CONTROL)
            }
            letter if letter.is_control() => continue,
            letter => (KeyCode::Char(letter), KeyModifiers::NONE),
        };
        keys.push(Event::Key(KeyEvent::new(code, modifiers)));
    }
    keys
}

/// A key that came as a control sequence: an arrow, or one of the kitty keyboard's.
fn sequence(said: &str, end: Option<char>) -> Option<(KeyCode, KeyModifiers)> {
    let code = match end? {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'u' => {
            let (code, modifiers) = said.split_once(';').unwrap_or((said, "1"));
            let code = char::from_u32(code.parse().ok()?)?;
            let held: u8 = modifiers.parse::<u8>().ok()?.checked_sub(1)?;
            let held = [
                (1, KeyModifiers::SHIFT),
                (2, KeyModifiers::ALT),
                (4, KeyModifiers::CONTROL),
            ]
            .iter()
            .filter(|(bit, _)| held & bit != 0)
            .fold(KeyModifiers::NONE, |all, (_, one)| all | *one);
            return Some((KeyCode::Char(code), held));
        }
        _ => return None,
    };
    Some((code, KeyModifiers::NONE))
}

/// Asks the terminal how it shows pictures; keys that were pressed meanwhile are not lost.
pub(super) async fn ask_terminal(app: &mut App) -> Late {
    let ui = &app.model.settings.ui;
    let deep = app.deep.filter(|_| ui.theme != "mono");
    let (images, light) = (ui.images, ui.theme == "light");
    let asked = tokio::task::spawn_blocking(move || ask(&Around::of(images, deep, light)));
    let told = asked.await.unwrap_or_default();
    app.handle(What::Means(told.means));
    for key in told.keys {
        app.terminal(key);
    }
    told.late
}

/// Knows an answer that comes too late from keys: it begins with Alt-_ and ends with Alt-\.
#[derive(Debug, Default)]
pub(super) struct Late {
    until: Option<Instant>,
    /// Keys of it that have come.
    taken: usize,
}

impl Late {
    /// Whether an event is a part of such an answer, and none of the person's.
    pub(super) fn is_part(&mut self, event: &Event) -> bool {
        let Some(until) = self.until else {
            return false;
        };
        let Event::Key(key) = event else {
            return false;
        };
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        if self.taken == 0 {
            if Instant::now() > until {
                self.until = None;
                return false;
            }
            let begins = alt && key.code == KeyCode::Char('_');
            self.taken = usize::from(begins);
            return begins;
        }
        self.taken += 1;
        if self.taken > LONGEST || (alt && key.code == KeyCode::Char('\\')) {
            *self = Self::default();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Answers, Around, LATE, Late, keys, read};
    use crate::part::picture::Way;
    use config::tui::Images;
    use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
    use std::time::Instant;

    fn around() -> Around {
        Around {
            deep: Some(true),
            ..Around::default()
        }
    }

    fn way(around: &Around, said: &str) -> Option<Way> {
        around.means(&read(said.as_bytes())).map(|means| means.way)
    }

    #[test]
    fn the_best_that_the_terminal_says_it_can_is_taken() {
        let kitty = "\x1b_Gi=31;OK\x1b\\\x1b[?62;c\x1b[6;20;10t\x1b[0n";
        assert_eq!(way(&around(), kitty), Some(Way::Kitty));
        let sixel = "\x1b[?62;4;22c\x1b[6;16;8t\x1b[0n";
        assert_eq!(way(&around(), sixel), Some(Way::Sixel));
        assert_eq!(way(&around(), "\x1b[?62;4c\x1b[0n"), Some(Way::Blocks));
        assert_eq!(way(&around(), "\x1b[?6c\x1b[0n"), Some(Way::Blocks));
        let iterm = Around {
            name: "iTerm.app".to_owned(),
            ..around()
        };
        assert_eq!(way(&iterm, sixel), Some(Way::Iterm2));
        let means = iterm.means(&read(sixel.as_bytes())).unwrap();
        assert_eq!(means.cell, (8, 16));
    }

    #[test]
    fn a_slow_line_and_a_terminal_without_colours_show_none() {
        assert_eq!(way(&around(), ""), None);
        assert_eq!(way(&around(), "\x1b[?62;4c\x1b[6;16;8t"), None);
        let mono = Around {
            deep: None,
            ..around()
        };
        assert_eq!(way(&mono, "\x1b[?62;4c\x1b[0n"), None);
        let chosen = Around {
            images: Images::Sixel,
            ..around()
        };
        assert_eq!(way(&chosen, ""), Some(Way::Sixel));
        let off = Around {
            images: Images::Off,
            ..around()
        };
        assert_eq!(way(&off, "\x1b_Gi=31;OK\x1b\\\x1b[0n"), None);
    }

    #[test]
    fn tmux_is_asked_for_what_it_hands_on() {
        let deaf = Around {
            tmux: true,
            ..around()
        };
        assert!(!deaf.question().contains("_G"));
        assert_eq!(way(&deaf, "\x1b[?1;2c\x1b[0n"), Some(Way::Blocks));
        let open = Around {
            passes: true,
            ..deaf
        };
        assert!(open.question().starts_with("\x1bPtmux;\x1b\x1b_Gi=31"));
        let means = open.means(&read(b"\x1b[0n\x1b_Gi=31;OK\x1b\\")).unwrap();
        assert!(means.way == Way::Kitty && means.tmux);
    }

    #[test]
    fn keys_pressed_meanwhile_are_kept_and_answers_are_no_keys() {
        let bytes = b"h\x1b[?62;4c\xc3\xa9\x1b[A\x1b[6;16;8t\x11\x1b[0n\x1b[113;5u\r";
        let answers = read(bytes);
        assert!(answers.whole && answers.sixel);
        let key = |code, held| Event::Key(KeyEvent::new(code, held));
        let none = KeyModifiers::NONE;
        assert_eq!(
            keys(&answers.rest),
            [
                key(KeyCode::Char('h'), none),
                key(KeyCode::Char('é'), none),
                key(KeyCode::Up, none),
                key(KeyCode::Char('q'), KeyModifiers::CONTROL),
                key(KeyCode::Char('q'), KeyModifiers::CONTROL),
                key(KeyCode::Enter, none),
            ]
        );
        assert_eq!(read(b""), Answers::default());
    }

    #[test]
    fn a_late_answer_is_not_typed_into_the_box() {
        let mut late = Late {
            until: Some(Instant::now() + LATE),
            taken: 0,
        };
        let key = |code, held| Event::Key(KeyEvent::new(KeyCode::Char(code), held));
        assert!(!late.is_part(&key('a', KeyModifiers::NONE)));
        assert!(late.is_part(&key('_', KeyModifiers::ALT)));
        for letter in "Gi=31;OK".chars() {
            assert!(late.is_part(&key(letter, KeyModifiers::NONE)));
        }
        assert!(late.is_part(&key('\\', KeyModifiers::ALT)));
        assert!(!late.is_part(&key('G', KeyModifiers::NONE)));
    }
}
