//! Text with WhatsApp's markup as styled lines for the screen, marks hidden or shown.

use std::ops::Range;

use common::text::clean::clean;
use common::text::markup::{self, LineKind};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::part::wrap;

/// The styles that markup needs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inks {
    /// Plain text.
    pub text: Style,
    /// Code and text of even width.
    pub code: Style,
    /// Links.
    pub link: Style,
    /// Quoted lines, and the marks themselves where they are shown.
    pub quote: Style,
}

/// A message's text as WhatsApp shows it, in lines of at most `room` cells. The text is cleaned
/// once more: no control character gets past here.
pub fn lines(text: &str, room: usize, inks: Inks) -> Vec<Line<'static>> {
    let text = clean(text);
    let mut out = Vec::new();
    for line in markup::parse(&text) {
        let (lead, hang) = match line.kind {
            LineKind::Plain => (String::new(), 0),
            LineKind::Quote => ("│ ".to_owned(), 2),
            LineKind::Bullet => ("• ".to_owned(), 2),
            LineKind::Numbered(number) => (format!("{number}. "), 3),
        };
        let base = if line.kind == LineKind::Quote {
            inks.quote
        } else {
            inks.text
        };
        let spans: Vec<Span<'_>> = line
            .spans
            .iter()
            .map(|s| Span::styled(&*s.text, look(s, base, inks)))
            .collect();
        let inner = room.saturating_sub(hang).max(2);
        for (nth, mut wrapped) in wrap::wrap(&spans, inner).into_iter().enumerate() {
            if hang > 0 {
                let mark = if nth == 0 || line.kind == LineKind::Quote {
                    lead.clone()
                } else {
                    " ".repeat(hang)
                };
                wrapped.spans.insert(0, Span::styled(mark, inks.quote));
            }
            out.push(wrapped);
        }
    }
    out
}

/// A text that is being written, line by line: every mark stays, and what it does is seen.
pub fn written(text: &str, inks: Inks) -> Vec<Line<'static>> {
    let lines = markup::parse(text);
    lines.iter().map(|line| written_line(line, inks)).collect()
}

fn written_line(line: &markup::Line, inks: Inks) -> Line<'static> {
    let base = if line.kind == LineKind::Quote {
        inks.quote
    } else {
        inks.text
    };
    let mut spans = Vec::new();
    for span in &line.spans {
        if !span.lead.is_empty() {
            spans.push(Span::styled(span.lead.clone(), inks.quote));
        }
        spans.push(Span::styled(span.text.clone(), look(span, base, inks)));
    }
    if !line.tail.is_empty() {
        spans.push(Span::styled(line.tail.clone(), inks.quote));
    }
    Line::from(spans)
}

/// The bytes of a line that one row of the screen shows.
pub fn slice(line: &Line<'static>, bytes: &Range<usize>) -> Line<'static> {
    let mut at = 0;
    let mut spans = Vec::new();
    for span in &line.spans {
        let end = at + span.content.len();
        let from = bytes.start.clamp(at, end) - at;
        let to = bytes.end.clamp(at, end) - at;
        if let Some(part) = span.content.get(from..to).filter(|part| !part.is_empty()) {
            spans.push(Span::styled(part.to_owned(), span.style));
        }
        at = end;
    }
    Line::from(spans)
}

fn look(span: &markup::Span, base: Style, inks: Inks) -> Style {
    let mut style = base;
    if span.style.mono || span.style.code {
        style = style.patch(inks.code);
    }
    if span.link.is_some() {
        style = style.patch(inks.link);
    }
    for (wanted, modifier) in [
        (span.style.bold, Modifier::BOLD),
        (span.style.italic, Modifier::ITALIC),
        (span.style.strike, Modifier::CROSSED_OUT),
    ] {
        if wanted {
            style = style.add_modifier(modifier);
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::{Inks, lines, slice, written};
    use ratatui::style::Modifier;

    fn read(text: &str, room: usize) -> Vec<String> {
        lines(text, room, Inks::default())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn marks_are_hidden_where_they_are_read() {
        assert_eq!(read("hasta las *18:00*", 40), ["hasta las 18:00"]);
        let bold = &lines("*sí*", 40, Inks::default())[0].spans[0];
        assert!(bold.style.add_modifier.contains(Modifier::BOLD));
        assert_eq!(read("- uno dos\n1. tres", 7), ["• uno", "  dos", "1. tres"]);
    }

    #[test]
    fn marks_stay_where_they_are_written() {
        let whole = written("hasta *las 18:00*.\n```a\nb```", Inks::default());
        let texts: Vec<String> = whole.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["hasta *las 18:00*.", "```a", "b```"]);
        let row = slice(&whole[0], &(6..10));
        assert_eq!(row.to_string(), "*las");
        assert!(row.spans[1].style.add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn escapes_do_not_get_through() {
        let shown = read("\u{1b}[31mrojo\u{7}\u{202e}", 40).concat();
        assert!(!shown.contains(char::is_control) && shown.contains("rojo"));
    }
}
