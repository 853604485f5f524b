//! A terminal to which lines are only appended: the line at the foot is rewritten, nothing above it.

use std::io::{self, Write};

use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::part::wrap;
use crate::view::plain::ear::{Told, fit};

/// The stream of lines and the one line that is written in.
#[derive(Debug)]
pub(crate) struct Stream<W> {
    out: W,
    width: u16,
    /// Only characters, returns and backspaces are understood there.
    dumb: bool,
    /// Whether anything stands in the row of the cursor.
    begun: bool,
    prompt: String,
    cursor: usize,
    bytes: Vec<u8>,
}

impl<W: Write> Stream<W> {
    pub(crate) const fn new(out: W, width: u16, dumb: bool) -> Self {
        Self {
            out,
            width,
            dumb,
            begun: false,
            prompt: String::new(),
            cursor: 0,
            bytes: Vec::new(),
        }
    }

    /// The terminal has another width: the line at the foot is written anew below, for nobody
    /// knows what became of it.
    pub(crate) fn resize(&mut self, width: u16) {
        if std::mem::replace(&mut self.width, width) != width && !self.prompt.is_empty() {
            self.prompt.clear();
            self.cursor = 0;
        }
    }

    /// Bytes that are no words: bell, clipboard.
    pub(crate) fn also(&mut self, bytes: &str) {
        self.bytes.extend_from_slice(bytes.as_bytes());
    }

    /// Whether only characters are understood there.
    pub(crate) const fn is_dumb(&self) -> bool {
        self.dumb
    }

    /// Appends what is said, and shows what is written below it.
    pub(crate) fn show(&mut self, told: &Told) -> io::Result<()> {
        let room = usize::from(self.width.max(8));
        let (prompt, cursor) = fit(&told.prompt, told.cursor, room - 1);
        if told.lines.is_empty() {
            self.amend(prompt, cursor);
            return self.flush();
        }
        if !self.prompt.is_empty() {
            self.erase();
        }
        for line in &told.lines {
            for row in wrap::wrap(&[Span::raw(line.as_str())], room) {
                self.next_line();
                self.put(&row.to_string());
            }
        }
        self.prompt.clear();
        self.cursor = 0;
        self.amend(prompt, cursor);
        self.flush()
    }

    /// Ends the line at the foot: the shell goes on below.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        self.next_line();
        self.prompt.clear();
        self.cursor = 0;
        self.flush()
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let written = self.out.write_all(&self.bytes);
        self.bytes.clear();
        written.and_then(|()| self.out.flush())
    }

    fn put(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.begun |= !text.is_empty();
    }

    fn next_line(&mut self) {
        if std::mem::take(&mut self.begun) {
            self.bytes.extend_from_slice(b"\r\n");
        }
    }

    /// Takes away the line at the foot.
    fn erase(&mut self) {
        if self.dumb {
            let blank = " ".repeat(wrap::width(&self.prompt));
            self.bytes
                .extend_from_slice(format!("\r{blank}\r").as_bytes());
        } else {
            self.bytes.extend_from_slice(b"\r\x1b[K");
        }
        self.begun = false;
    }

    fn back(&mut self, cells: usize) {
        self.bytes.extend(std::iter::repeat_n(8, cells));
    }

    /// Makes the line at the foot into this one with as few bytes as may be.
    fn amend(&mut self, prompt: String, cursor: usize) {
        if prompt == self.prompt && cursor == self.cursor {
            return;
        }
        if prompt.is_empty() {
            self.erase();
            // The row is empty now, and what comes next may begin there.
            (self.prompt, self.cursor) = (prompt, 0);
            return;
        }
        if self.prompt.is_empty() {
            self.next_line();
            self.put(&prompt);
        } else {
            let same = common_part(&self.prompt, &prompt);
            let kept = wrap::width(prompt.get(..same).unwrap_or_default());
            if kept > self.cursor {
                let again = wrap::head(&prompt, self.cursor).len();
                let between = prompt.get(again..same).unwrap_or_default().to_owned();
                self.put(&between);
            } else {
                self.back(self.cursor - kept);
            }
            let rest = prompt.get(same..).unwrap_or_default().to_owned();
            self.put(&rest);
            let gone = wrap::width(&self.prompt).saturating_sub(wrap::width(&prompt));
            if gone > 0 {
                self.put(&" ".repeat(gone));
                self.back(gone);
            }
        }
        self.back(wrap::width(&prompt).saturating_sub(cursor));
        (self.prompt, self.cursor) = (prompt, cursor);
    }
}

/// How many bytes of whole graphemes two texts begin with in common.
fn common_part(a: &str, b: &str) -> usize {
    a.graphemes(true)
        .zip(b.graphemes(true))
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::Stream;
    use crate::view::plain::ear::Told;

    fn told(lines: &[&str], prompt: &str, cursor: usize) -> Told {
        Told {
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            prompt: prompt.to_owned(),
            cursor,
            ..Told::default()
        }
    }

    fn after(dumb: bool, steps: &[Told]) -> Vec<String> {
        let mut bytes = Vec::new();
        let mut stream = Stream::new(&mut bytes, 40, dumb);
        let mut all = Vec::new();
        for step in steps {
            stream.bytes.clear();
            let mut shown = Stream {
                out: Vec::new(),
                width: stream.width,
                dumb,
                begun: stream.begun,
                prompt: stream.prompt.clone(),
                cursor: stream.cursor,
                bytes: Vec::new(),
            };
            shown.show(step).unwrap();
            all.push(String::from_utf8(shown.out).unwrap());
            stream.begun = shown.begun;
            stream.prompt = shown.prompt;
            stream.cursor = shown.cursor;
        }
        all
    }

    #[test]
    fn lines_are_appended_and_the_last_is_amended() {
        let steps = [
            told(&["Ana, 14:31: hola"], "", 0),
            told(&[], "Reply: ", 7),
            told(&[], "Reply: s", 8),
            told(&[], "Reply: sí", 9),
            told(&["Ana, 14:32: ¿sí?"], "Reply: sí", 9),
            told(&[], "Reply: s", 8),
            told(&[], "Reply: s", 7),
            told(&[], "Reply: ys", 8),
            told(&[], "", 0),
            told(&["You: ys"], "", 0),
        ];
        for dumb in [false, true] {
            let wipe = if dumb { "\r         \r" } else { "\r\u{1b}[K" };
            let last = if dumb { "\r         \r" } else { "\r\u{1b}[K" };
            assert_eq!(
                after(dumb, &steps),
                [
                    "Ana, 14:31: hola",
                    "\r\nReply: ",
                    "s",
                    "í",
                    &format!("{wipe}Ana, 14:32: ¿sí?\r\nReply: sí"),
                    "\u{8} \u{8}",
                    "\u{8}",
                    "ys\u{8}",
                    last,
                    "You: ys",
                ]
            );
        }
    }

    #[test]
    fn a_long_line_shows_where_one_writes() {
        let text: String = "abcdefghij".repeat(8);
        let out = after(false, &[told(&[], &text, 80)]);
        assert!(out.len() == 1 && text.ends_with(&out[0]));
        assert!(!out[0].is_empty() && out[0].len() < 40);
    }
}
