//! The lines of an event stream, taken apart as they come: pure, whatever the pieces are cut like.

/// One event as it stood on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// The `event:` word; empty if there was none.
    pub(super) event: String,
    /// The `id:`, where the event had one.
    pub(super) id: Option<String>,
    /// The `data:` lines, joined by line ends.
    pub(super) data: String,
}

/// More than any event of the daemon; what is longer is not an event stream.
const MOST: usize = 16 * 1024 * 1024;

/// Takes bytes, gives frames.
#[derive(Debug, Default)]
pub(super) struct Parser {
    waiting: Vec<u8>,
    read: usize,
    frame: Frame,
    started: bool,
}

impl Parser {
    /// Takes what came. False when one event has grown beyond every sense.
    pub(super) fn push(&mut self, bytes: &[u8]) -> bool {
        self.waiting.drain(..self.read);
        self.read = 0;
        self.waiting.extend_from_slice(bytes);
        self.waiting.len() + self.frame.data.len() <= MOST
    }

    /// The next whole event, if it is there.
    pub(super) fn next(&mut self) -> Option<Frame> {
        loop {
            let rest = self.waiting.get(self.read..)?;
            let end = rest.iter().position(|b| *b == b'\n')?;
            let line = String::from_utf8_lossy(rest.get(..end)?).into_owned();
            self.read += end + 1;
            if let Some(frame) = self.line(line.strip_suffix('\r').unwrap_or(&line)) {
                return Some(frame);
            }
        }
    }

    /// One line; an empty one ends an event. Comments (keep-alives) and unknown fields are nothing.
    fn line(&mut self, line: &str) -> Option<Frame> {
        if line.is_empty() {
            let whole = std::mem::take(&mut self.frame);
            return std::mem::take(&mut self.started).then_some(whole);
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.frame.event),
            "id" => self.frame.id = Some(value.to_owned()),
            "data" => {
                if !self.frame.data.is_empty() {
                    self.frame.data.push('\n');
                }
                self.frame.data.push_str(value);
            }
            _ => return None,
        }
        self.started |= name != "id";
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = ": hello\nretry: 1000\n\nid: 7\nevent: message.new\ndata: {\"a\":1}\n\n\
                          :\n\nevent: reset\r\nid: 9\r\ndata: {}\r\n\r\nid: 10\ndata: x\ndata:y\n\n";

    fn frame(event: &str, id: &str, data: &str) -> Frame {
        Frame {
            event: event.to_owned(),
            id: Some(id.to_owned()),
            data: data.to_owned(),
        }
    }

    #[test]
    fn events_come_whole_however_the_bytes_are_cut() {
        let expected = [
            frame("message.new", "7", "{\"a\":1}"),
            frame("reset", "9", "{}"),
            frame("", "10", "x\ny"),
        ];
        for size in 1..STREAM.len() {
            let mut parser = Parser::default();
            let mut seen = Vec::new();
            for piece in STREAM.as_bytes().chunks(size) {
                assert!(parser.push(piece));
                while let Some(frame) = parser.next() {
                    seen.push(frame);
                }
            }
            assert_eq!(seen, expected, "pieces of {size}");
        }
    }

    #[test]
    fn an_endless_event_is_refused() {
        let mut parser = Parser::default();
        assert!(!parser.push(&vec![b'x'; MOST + 1]));
    }
}
