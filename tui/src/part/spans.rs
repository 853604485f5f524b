//! Text with WhatsApp's markup as styled lines for the screen, marks hidden or shown.

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

/// One row of a text that is being written: every mark stays, and what it does is seen.
pub fn written(row: &str, inks: Inks) -> Line<'static> {
    let mut spans = Vec::new();
    for line in markup::parse(row) {
        let base = if line.kind == LineKind::Quote {
            inks.quote
        } else {
            inks.text
        };
        for span in &line.spans {
            if !span.lead.is_empty() {
                spans.push(Span::styled(span.lead.clone(), inks.quote));
            }
            spans.push(Span::styled(span.text.clone(), look(span, base, inks)));
        }
        if !line.tail.is_empty() {
            spans.push(Span::styled(line.tail.clone(), inks.quote));
        }
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
    use super::{Inks, lines, written};
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
        assert_eq!(
            written("hasta *las 18:00*.", Inks::default()).to_string(),
            "hasta *las 18:00*."
        );
    }

    #[test]
    fn escapes_do_not_get_through() {
        let shown = read("\u{1b}[31mrojo\u{7}\u{202e}", 40).concat();
        assert!(!shown.contains(char::is_control) && shown.contains("rojo"));
    }
}
