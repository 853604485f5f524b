//! A program in a pseudo-terminal: keys in, what a terminal would show out, and waiting for it without sleeping.

use std::fmt;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::{Callbacks, Parser, Screen};

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A program to start: with these arguments, in this environment and no other.
#[derive(Debug)]
pub struct Program {
    command: CommandBuilder,
    size: (u16, u16),
    line: Option<Line>,
    answer: Option<Vec<u8>>,
}

/// What a terminal asks with last: whether it is there.
const THERE: &[u8] = b"\x1b[5n";
/// What a plain terminal says of itself: no pictures, and that it is there.
const PLAIN: &[u8] = b"\x1b[?62;22c\x1b[0n";

/// A slow line between the program and the person.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// How long a byte is on its way, in each direction.
    pub delay: Duration,
    /// How many bytes a second it lets through towards the person.
    pub rate: u32,
}

impl Program {
    /// The program at `path` in an xterm of 80 columns and 24 rows whose user lives in `home`.
    pub fn new(path: &Path, home: &Path) -> Self {
        let mut command = CommandBuilder::new(path);
        command.env_clear();
        command.cwd(home);
        for (name, value) in [
            ("PATH", "/usr/local/bin:/usr/bin:/bin"),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", home);
        Self {
            command,
            size: (80, 24),
            line: None,
            answer: Some(PLAIN.to_vec()),
        }
    }

    /// In a terminal that says this of itself when it is asked.
    #[must_use]
    pub fn answering(mut self, answer: impl Into<Vec<u8>>) -> Self {
        self.answer = Some(answer.into());
        self
    }

    /// In a terminal that never answers.
    #[must_use]
    pub fn deaf(mut self) -> Self {
        self.answer = None;
        self
    }

    /// Over a slow line.
    #[must_use]
    pub const fn over(mut self, line: Line) -> Self {
        self.line = Some(line);
        self
    }

    /// One more argument.
    #[must_use]
    pub fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// More arguments.
    #[must_use]
    pub fn args(mut self, args: &[&str]) -> Self {
        self.command.args(args);
        self
    }

    /// One more variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Columns and rows.
    #[must_use]
    pub const fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// There is no pseudo-terminal, or the program does not start.
    pub fn start(self) -> anyhow::Result<Pty> {
        let size = pty_size(self.size);
        let pair = native_pty_system().openpty(size)?;
        let child = pair.slave.spawn_command(self.command)?;
        // The program alone holds its side: the reader learns that it is gone.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader()?;
        let writer = Arc::new(Mutex::new(pair.master.take_writer()?));
        let (voice, answer) = (Arc::clone(&writer), self.answer);
        let (rows, columns) = grid(self.size)?;
        let shared = Arc::new(Shared {
            seen: Mutex::new(Seen {
                parser: Parser::new_with_callbacks(rows, columns, 0, Titles::default()),
                bytes: Vec::new(),
                over: false,
            }),
            changed: Condvar::new(),
        });
        let filled = Arc::clone(&shared);
        let line = self.line;
        let (sent, on_its_way) = channel::<(Instant, Vec<u8>)>();
        std::thread::spawn(move || {
            // A slow line takes little at a time, and what it does not take waits in the program.
            let room = line.map_or(16 * 1024, |_| 128);
            let mut buffer = vec![0; room];
            loop {
                let count = reader.read(&mut buffer).unwrap_or(0);
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                let due = Instant::now() + line.map_or(Duration::ZERO, |line| line.delay);
                if sent.send((due, bytes)).is_err() || count == 0 {
                    return;
                }
                if let Some(line) = line {
                    let takes = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
                    pause(Duration::from_secs_f64(takes / f64::from(line.rate)));
                }
            }
        });
        std::thread::spawn(move || {
            for (due, bytes) in on_its_way {
                pause(due.saturating_duration_since(Instant::now()));
                filled.take(&bytes);
                let asked = bytes.windows(THERE.len()).any(|part| part == THERE);
                if let Some(answer) = answer.as_ref().filter(|_| asked) {
                    pause(line.map_or(Duration::ZERO, |line| line.delay));
                    let mut voice = voice.lock().unwrap_or_else(PoisonError::into_inner);
                    // Whoever asked may be gone.
                    let _gone = voice.write_all(answer).and_then(|()| voice.flush());
                }
            }
        });
        Ok(Pty {
            line,
            shared,
            master: pair.master,
            writer,
            child,
        })
    }
}

fn pty_size((columns, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

fn grid((columns, rows): (u16, u16)) -> anyhow::Result<(NonZeroU16, NonZeroU16)> {
    let rows = NonZeroU16::new(rows).context("a terminal has rows")?;
    Ok((rows, NonZeroU16::new(columns).context("and columns")?))
}

/// Lets that much time pass: a line is slow by the clock.
fn pause(span: Duration) {
    let end = Instant::now() + span;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::park_timeout(left);
    }
}

/// How the program named the window, one name after the other.
#[derive(Debug, Default)]
struct Titles(Vec<String>);

impl Callbacks for Titles {
    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.0.push(String::from_utf8_lossy(title).into_owned());
    }

    fn set_window_icon_name(&mut self, _: &mut Screen, title: &[u8]) {
        self.0.push(String::from_utf8_lossy(title).into_owned());
    }
}

/// What the program has written so far.
struct Seen {
    parser: Parser<Titles>,
    bytes: Vec<u8>,
    over: bool,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Shared {
    fn take(&self, bytes: &[u8]) {
        let mut seen = self.lock();
        seen.parser.process(bytes);
        seen.bytes.extend_from_slice(bytes);
        seen.over |= bytes.is_empty();
        drop(seen);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        // A reader that broke has left what it read.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it is as `right` wants it; false where it was not by the deadline.
    fn wait(&self, deadline: Instant, right: impl Fn(&Seen) -> bool) -> bool {
        let mut seen = self.lock();
        loop {
            if right(&seen) {
                return true;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.changed.wait_timeout(seen, left);
            seen = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A place in what the program wrote.
#[derive(Debug, Clone, Copy)]
pub struct Mark(usize);

/// A program that runs in a pseudo-terminal; it is killed when this is dropped.
pub struct Pty {
    line: Option<Line>,
    shared: Arc<Shared>,
    master: Box<dyn MasterPty + Send>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
}

impl fmt::Debug for Pty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pty")
            .field("child", &self.child.process_id())
            .finish_non_exhaustive()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _gone = self.child.kill();
    }
}

impl Pty {
    /// Its process.
    pub fn process(&self) -> Option<u32> {
        self.child.process_id()
    }

    /// Types these bytes.
    ///
    /// # Errors
    /// The program is gone.
    pub fn feed(&mut self, bytes: impl AsRef<[u8]>) -> anyhow::Result<()> {
        pause(self.line.map_or(Duration::ZERO, |line| line.delay));
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.write_all(bytes.as_ref())?;
        Ok(writer.flush()?)
    }

    /// What stands on the screen, rows ended by line feeds.
    pub fn screen(&self) -> String {
        self.shared.lock().parser.screen().contents()
    }

    /// Asks the terminal something: where the cursor is, which screen is shown, which modes are on.
    pub fn ask<T>(&self, question: impl FnOnce(&Screen) -> T) -> T {
        question(self.shared.lock().parser.screen())
    }

    /// How the program named the window, one name after the other.
    pub fn titles(&self) -> Vec<String> {
        self.shared.lock().parser.callbacks().0.clone()
    }

    /// Waits until the words stand on the screen.
    ///
    /// # Errors
    /// They do not in time; the error shows the screen.
    pub fn wait_for(&self, words: &str) -> anyhow::Result<()> {
        self.wait_until(words, |screen| screen.contents().contains(words))
    }

    /// Waits until the words are gone from the screen.
    ///
    /// # Errors
    /// As [`Pty::wait_for`].
    pub fn wait_gone(&self, words: &str) -> anyhow::Result<()> {
        self.wait_until(words, |screen| !screen.contents().contains(words))
    }

    /// Waits until the screen is as `right` wants it.
    ///
    /// # Errors
    /// As [`Pty::wait_for`].
    pub fn wait_until(&self, what: &str, right: impl Fn(&Screen) -> bool) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        if self.shared.wait(deadline, |s| right(s.parser.screen())) {
            return Ok(());
        }
        bail!(
            "{what:?} did not come about; the screen:\n{}",
            self.screen()
        )
    }

    /// Here and now, for [`Pty::bytes_since`].
    pub fn mark(&self) -> Mark {
        Mark(self.shared.lock().bytes.len())
    }

    /// What the program has written since.
    pub fn bytes_since(&self, mark: Mark) -> Vec<u8> {
        let seen = self.shared.lock();
        seen.bytes.get(mark.0..).unwrap_or_default().to_vec()
    }

    /// Waits until the program has written these bytes since the mark.
    ///
    /// # Errors
    /// It has not in time.
    pub fn wait_bytes(&self, mark: Mark, bytes: &[u8]) -> anyhow::Result<()> {
        let found = |seen: &Seen| {
            let since = seen.bytes.get(mark.0..).unwrap_or_default();
            since.windows(bytes.len()).any(|at| at == bytes)
        };
        ensure!(
            self.shared.wait(Instant::now() + PATIENCE, found),
            "{:?} was not written; the screen:\n{}",
            String::from_utf8_lossy(bytes),
            self.screen()
        );
        Ok(())
    }

    /// Waits until the program has written anything since the mark.
    ///
    /// # Errors
    /// It has not in time.
    pub fn wait_change(&self, mark: Mark) -> anyhow::Result<()> {
        let written = |seen: &Seen| seen.bytes.len() > mark.0;
        ensure!(
            self.shared.wait(Instant::now() + PATIENCE, written),
            "nothing was written; the screen:\n{}",
            self.screen()
        );
        Ok(())
    }

    /// Whether nothing at all is written for so long. An absence has no event to wait for: this reads with a bound.
    pub fn is_quiet_for(&self, span: Duration) -> bool {
        let mark = self.mark();
        let written = |seen: &Seen| seen.bytes.len() > mark.0;
        !self.shared.wait(Instant::now() + span, written)
    }

    /// Gives the terminal another size.
    ///
    /// # Errors
    /// The kernel refuses it.
    pub fn resize(&self, columns: u16, rows: u16) -> anyhow::Result<()> {
        let (high, wide) = grid((columns, rows))?;
        // The terminal is resized before the program hears of it, and nothing is read in between.
        let mut seen = self.shared.lock();
        seen.parser.set_size(high, wide);
        self.master.resize(pty_size((columns, rows)))?;
        drop(seen);
        Ok(())
    }

    /// Sends the program a signal by its name, `TERM` for example.
    ///
    /// # Errors
    /// The program is gone.
    pub fn signal(&self, name: &str) -> anyhow::Result<()> {
        let id = self.child.process_id().context("the program is gone")?;
        signal(id, name)
    }

    /// Waits until the program has ended and everything that it wrote is read.
    ///
    /// # Errors
    /// It does not end in time.
    pub fn wait_end(&mut self) -> anyhow::Result<ExitStatus> {
        let ended = self.shared.wait(Instant::now() + PATIENCE, |s| s.over);
        ensure!(ended, "it does not end; the screen:\n{}", self.screen());
        Ok(self.child.wait()?)
    }
}

/// Sends a process a signal by its name.
///
/// # Errors
/// There is no such process.
pub fn signal(process: u32, name: &str) -> anyhow::Result<()> {
    let told = Command::new("sh")
        .args(["-c", &format!("kill -{name} {process}")])
        .status()?;
    ensure!(told.success(), "process {process} is gone");
    Ok(())
}
