//! How far a file has come, as one line on a terminal's standard error; nothing where nobody looks at one.

use std::io::{IsTerminal, Write, stderr};

use common::text::clean::clean_line;

/// Letters of a name.
const NAME: usize = 30;
/// Cells of the bar.
const BAR: usize = 20;
/// Back to the begin of the line, and what stood there is gone.
const CLEAR: &str = "\r\x1b[K";

/// A line that fills; it is gone with this value.
#[derive(Debug)]
pub(super) struct Gauge {
    name: String,
    total: Option<u64>,
    shown: Option<u64>,
    seen: bool,
}

impl Gauge {
    /// Of a file of so many bytes, where known.
    pub(super) fn new(name: &str, total: Option<u64>) -> Self {
        Self {
            name: clean_line(name, NAME).into_owned(),
            total,
            shown: None,
            seen: stderr().is_terminal(),
        }
    }

    /// So many bytes have gone.
    pub(super) fn moved(&mut self, done: u64) {
        // A percent, or a megabyte where nobody knows how many there are.
        let step = match self.total {
            Some(total) => done.saturating_mul(100) / total.max(1),
            None => done >> 20,
        };
        if self.seen && self.shown != Some(step) {
            self.shown = Some(step);
            write(&format!("{CLEAR}{}", line(&self.name, done, self.total)));
        }
    }
}

impl Drop for Gauge {
    fn drop(&mut self) {
        if self.shown.is_some() {
            write(CLEAR);
        }
    }
}

fn write(text: &str) {
    let mut out = stderr().lock();
    // Whoever looks away misses nothing.
    let _unseen = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn line(name: &str, done: u64, total: Option<u64>) -> String {
    let Some(total) = total else {
        return format!("{name}  {} MB", done >> 20);
    };
    let part = (done.saturating_mul(100) / total.max(1)).min(100);
    let full = usize::try_from(part).unwrap_or(0) * BAR / 100;
    let bar = format!("{}{}", "#".repeat(full), ".".repeat(BAR - full));
    format!("{name}  [{bar}] {part}%")
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_bar_fills_and_without_an_end_bytes_count() {
        let half = line("menu.pdf", 50, Some(100));
        assert_eq!(half, "menu.pdf  [##########..........] 50%");
        assert_eq!(line("x", 9, Some(0)), "x  [####################] 100%");
        assert_eq!(line("-", 3 << 20, None), "-  3 MB");
    }
}
