//! WhatsApp's markup read into styled spans, and back without losing a character.

use std::borrow::Cow;

use crate::text::link;

/// How a span is to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the styles are independent of one another"
)]
pub struct Style {
    /// `*bold*`
    pub bold: bool,
    /// `_italic_`
    pub italic: bool,
    /// `~struck out~`
    pub strike: bool,
    /// Three backticks: even width, over several lines if need be.
    pub mono: bool,
    /// One backtick: code inside a sentence.
    pub code: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// A line of text.
    #[default]
    Plain,
    /// It began with `> `.
    Quote,
    /// It began with `* ` or `- `.
    Bullet,
    /// It began with this number, a full stop and a space.
    Numbered(u32),
}

/// A run of text that looks alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// What is read.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// Where it leads, with its scheme.
    pub link: Option<String>,
    /// The marks that stand before it in the source and are not shown.
    pub lead: String,
}

/// One line of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What the line is; the prefix that says so is in the first span's `lead`.
    pub kind: LineKind,
    /// What is read, from left to right.
    pub spans: Vec<Span>,
    /// The marks that stand behind the last span in the source and are not shown.
    pub tail: String,
}

impl Line {
    /// What is read of it, without style.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// One character on its way into a span.
#[derive(Clone, Copy)]
struct Glyph {
    c: char,
    style: Style,
    /// A mark that does its work unseen.
    hidden: bool,
    /// Which of the line's links it is part of.
    link: Option<usize>,
}

impl Glyph {
    fn of(c: char) -> Self {
        Self {
            c,
            style: Style::default(),
            hidden: false,
            link: None,
        }
    }

    /// Whether no mark may begin or end here.
    fn is_opaque(self) -> bool {
        self.hidden || self.link.is_some() || self.style.mono || self.style.code
    }
}

/// Reads a message as WhatsApp shows it: one [`Line`] for each line, at least one.
///
/// A mark works only at the edge of a word, with no space on its inside and its partner on the
/// same line (three backticks may span lines); what does not work stays as text, and so does
/// everything inside code and links. The time it takes grows with the length alone.
pub fn parse(source: &str) -> Vec<Line> {
    let mut glyphs: Vec<Glyph> = source.chars().map(Glyph::of).collect();
    read_fences(&mut glyphs);
    glyphs
        .split_mut(|glyph| glyph.c == '\n')
        .map(read_line)
        .collect()
}

/// The source from which `lines` were parsed, character by character.
pub fn to_source(lines: &[Line]) -> String {
    let mut out = String::new();
    for (nth, line) in lines.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        for span in &line.spans {
            out.push_str(&span.lead);
            out.push_str(&span.text);
        }
        out.push_str(&line.tail);
    }
    out
}

/// The text without its marks, for places that have no styles: bullets become `•`, numbers stay.
pub fn strip(source: &str) -> Cow<'_, str> {
    if !source.contains(['*', '_', '~', '`', '>', '-']) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    for (nth, line) in parse(source).iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        match line.kind {
            LineKind::Plain | LineKind::Quote => {}
            LineKind::Bullet => out.push_str("• "),
            LineKind::Numbered(number) => out.extend([number.to_string().as_str(), ". "]),
        }
        out.extend(line.spans.iter().map(|span| span.text.as_str()));
    }
    Cow::Owned(out)
}

/// Three backticks, up to the next three with something between, over lines.
fn read_fences(glyphs: &mut [Glyph]) {
    let mut from = 0;
    while let Some(open) = fence_after(glyphs, from) {
        let body = open + 3;
        let Some(close) = fence_after(glyphs, body) else {
            return;
        };
        let Some(block) = glyphs.get_mut(open..close + 3) else {
            return;
        };
        let last = block.len() - 3;
        if block
            .iter()
            .take(last)
            .skip(3)
            .all(|glyph| glyph.c.is_whitespace())
        {
            from = open + 1;
            continue;
        }
        for (at, glyph) in block.iter_mut().enumerate() {
            let is_fence = at < 3 || at >= last;
            glyph.hidden = is_fence;
            glyph.style.mono = !is_fence;
        }
        from = close + 3;
    }
}

fn fence_after(glyphs: &[Glyph], from: usize) -> Option<usize> {
    let is_fence = |three: &[Glyph]| three.iter().all(|glyph| glyph.c == '`');
    glyphs
        .get(from..)?
        .windows(3)
        .position(is_fence)
        .map(|at| at + from)
}

fn read_line(line: &mut [Glyph]) -> Line {
    let (kind, prefix) = read_kind(line);
    for glyph in line.iter_mut().take(prefix) {
        glyph.hidden = true;
    }
    read_code(line);
    let targets = read_links(line);
    read_marks(line);
    let (spans, tail) = into_spans(line, &targets);
    Line { kind, spans, tail }
}

/// What the line is and how many characters say so. A prefix with nothing behind it is text.
fn read_kind(line: &[Glyph]) -> (LineKind, usize) {
    if line.first().is_none_or(|glyph| glyph.is_opaque()) {
        return (LineKind::Plain, 0);
    }
    let digits = line
        .iter()
        .take_while(|glyph| glyph.c.is_ascii_digit())
        .count();
    let char_at = |at: usize| line.get(at).map(|glyph| glyph.c);
    let (kind, length) = match (char_at(0), digits) {
        (Some('>'), _) => (LineKind::Quote, 1),
        (Some('*' | '-'), _) => (LineKind::Bullet, 1),
        (_, 1..=3) if char_at(digits) == Some('.') => {
            let number: String = line.iter().take(digits).map(|glyph| glyph.c).collect();
            (
                LineKind::Numbered(number.parse().unwrap_or_default()),
                digits + 1,
            )
        }
        _ => return (LineKind::Plain, 0),
    };
    let has_text = line
        .iter()
        .skip(length + 1)
        .any(|glyph| !glyph.c.is_whitespace());
    if char_at(length) == Some(' ') && has_text {
        (kind, length + 1)
    } else {
        (LineKind::Plain, 0)
    }
}

/// One backtick, up to the next one on the line.
fn read_code(line: &mut [Glyph]) {
    let mut open: Option<usize> = None;
    for at in 0..line.len() {
        let is_tick = line
            .get(at)
            .is_some_and(|glyph| glyph.c == '`' && !glyph.is_opaque());
        if !is_tick {
            continue;
        }
        let start = open.filter(|start| opens(line, *start) && closes(line, at) && start + 1 < at);
        let Some(inside) = start.and_then(|start| line.get_mut(start..=at)) else {
            open = Some(at);
            continue;
        };
        open = None;
        if inside.iter().any(|glyph| glyph.is_opaque()) {
            open = Some(at);
            continue;
        }
        let last = inside.len() - 1;
        for (nth, glyph) in inside.iter_mut().enumerate() {
            glyph.hidden = nth == 0 || nth == last;
            glyph.style.code = !glyph.hidden;
        }
    }
}

/// Marks the characters of links; gives where each leads.
fn read_links(line: &mut [Glyph]) -> Vec<String> {
    if !line.iter().any(|glyph| matches!(glyph.c, '.' | ':' | '@')) {
        return Vec::new();
    }
    // What is opaque cannot be part of a link: a control byte ends every address.
    let text: String = line
        .iter()
        .map(|g| if g.is_opaque() { '\0' } else { g.c })
        .collect();
    let mut found = link::find(&text).into_iter().enumerate().peekable();
    let mut targets = Vec::new();
    let mut at = 0;
    for glyph in line.iter_mut() {
        while let Some((_, past)) = found.next_if(|(_, next)| next.range.end <= at) {
            targets.push(past.target);
        }
        let width = if glyph.is_opaque() {
            1
        } else {
            glyph.c.len_utf8()
        };
        if let Some((nth, _)) = found.peek().filter(|(_, next)| next.range.contains(&at)) {
            glyph.link = Some(*nth);
        }
        at += width;
    }
    targets.extend(found.map(|(_, rest)| rest.target));
    targets
}

/// Bold, italic and struck out. No mark nests in its own kind, so each kind has one opener at
/// most, and one pass is enough.
fn read_marks(line: &mut [Glyph]) {
    let mut open: Vec<(char, usize)> = Vec::with_capacity(3);
    for at in 0..line.len() {
        let Some(glyph) = line.get(at).filter(|glyph| !glyph.is_opaque()) else {
            continue;
        };
        let mark = glyph.c;
        if !matches!(mark, '*' | '_' | '~') {
            continue;
        }
        let partner = open.iter().position(|(other, _)| *other == mark);
        match partner {
            Some(nth) if closes(line, at) => {
                let start = open.get(nth).map_or(at, |(_, start)| *start);
                // What was opened inside and not closed there is text.
                open.truncate(nth);
                apply(line, mark, start, at);
            }
            None if opens(line, at) => open.push((mark, at)),
            _ => {}
        }
    }
}

fn apply(line: &mut [Glyph], mark: char, start: usize, end: usize) {
    for (at, glyph) in line.iter_mut().enumerate().take(end + 1).skip(start) {
        if at == start || at == end {
            glyph.hidden = true;
        }
        match mark {
            '*' => glyph.style.bold = true,
            '_' => glyph.style.italic = true,
            _ => glyph.style.strike = true,
        }
    }
}

/// Whether a mark may begin here: not behind a word, and right before something else.
fn opens(line: &[Glyph], at: usize) -> bool {
    let mark = char_at(line, Some(at));
    let behind_word = char_at(line, at.checked_sub(1)).is_some_and(char::is_alphanumeric);
    let next = char_at(line, at.checked_add(1));
    !behind_word && next != mark && next.is_some_and(|c| !c.is_whitespace())
}

/// Whether a mark may end here: right behind something else, and not before a word.
fn closes(line: &[Glyph], at: usize) -> bool {
    let mark = char_at(line, Some(at));
    let before_word = char_at(line, at.checked_add(1)).is_some_and(char::is_alphanumeric);
    let last = char_at(line, at.checked_sub(1));
    !before_word && last != mark && last.is_some_and(|c| !c.is_whitespace())
}

fn char_at(line: &[Glyph], at: Option<usize>) -> Option<char> {
    line.get(at?).map(|glyph| glyph.c)
}

fn into_spans(line: &[Glyph], targets: &[String]) -> (Vec<Span>, String) {
    let mut spans: Vec<Span> = Vec::new();
    let mut lead = String::new();
    let mut current: Option<(Style, Option<usize>)> = None;
    for glyph in line {
        if glyph.hidden {
            lead.push(glyph.c);
            current = None;
            continue;
        }
        let look = (glyph.style, glyph.link);
        match spans.last_mut() {
            Some(span) if current == Some(look) => span.text.push(glyph.c),
            _ => spans.push(Span {
                text: glyph.c.into(),
                style: glyph.style,
                link: glyph.link.and_then(|nth| targets.get(nth).cloned()),
                lead: std::mem::take(&mut lead),
            }),
        }
        current = Some(look);
    }
    (spans, lead)
}

#[cfg(test)]
mod tests {
    use super::{LineKind, Style, parse, strip, to_source};
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    /// Spans as `b(text)`, for reading in a test.
    fn drawn(source: &str) -> String {
        let lines: Vec<String> = parse(source)
            .iter()
            .map(|line| {
                let prefix = match line.kind {
                    LineKind::Plain => String::new(),
                    LineKind::Quote => "│".to_owned(),
                    LineKind::Bullet => "•".to_owned(),
                    LineKind::Numbered(n) => format!("{n}#"),
                };
                let spans = line.spans.iter().map(|span| {
                    let Style {
                        bold,
                        italic,
                        strike,
                        mono,
                        code,
                    } = span.style;
                    let marks: String = [
                        (bold, 'b'),
                        (italic, 'i'),
                        (strike, 's'),
                        (mono, 'm'),
                        (code, 'c'),
                    ]
                    .into_iter()
                    .filter_map(|(on, mark)| on.then_some(mark))
                    .chain(span.link.as_ref().map(|_| 'l'))
                    .collect();
                    if marks.is_empty() {
                        span.text.clone()
                    } else {
                        format!("{marks}({})", span.text)
                    }
                });
                prefix + &spans.collect::<String>()
            })
            .collect();
        lines.join("/")
    }

    #[test]
    fn marks_are_read() {
        for (source, seen) in [
            ("*hola*", "b(hola)"),
            ("_a b_ ~c~", "i(a b) s(c)"),
            ("*_a_ b*", "bi(a)b( b)"),
            ("_*~x~*_", "bis(x)"),
            ("```a*b*```", "m(a*b*)"),
            ("usa `x_y_z` ya", "usa c(x_y_z) ya"),
            ("*`x`*", "bc(x)"),
            ("(*hola*), ¡*sí*!", "(b(hola)), ¡b(sí)!"),
            ("**bold**", "*b(bold)*"),
            ("*a**b*", "b(a)b(b)"),
            ("👍*x*👍", "👍b(x)👍"),
        ] {
            assert_eq!(drawn(source), seen, "{source}");
        }
    }

    #[test]
    fn marks_that_do_not_work_are_text() {
        for source in [
            "2*3*4",
            "snake_case_name",
            "y * a*",
            "*a *",
            "*a",
            "a*",
            "**",
            "****",
            "_ _",
            "~~~~",
            "``",
            "`a",
            "``` ```",
            "```a",
            "*a\nb*",
            "a*b*",
            "*a*b",
            "` a`",
            "__init",
            "",
        ] {
            assert_eq!(drawn(source), source.replace('\n', "/"), "{source}");
        }
    }

    #[test]
    fn crossed_marks_keep_the_outer_pair() {
        assert_eq!(drawn("_a *b_ c*"), "i(a *b) c*");
    }

    #[test]
    fn lines_have_kinds() {
        for (source, seen) in [
            ("> cita *x*", "│cita b(x)"),
            ("* uno\n- dos", "•uno/•dos"),
            ("1. uno\n12. dos", "1#uno/12#dos"),
            ("* *a*", "•b(a)"),
            ("> ", "> "),
            (">no", ">no"),
            ("-1", "-1"),
            ("2024. año", "2024. año"),
            ("1.5 kg", "1.5 kg"),
        ] {
            assert_eq!(drawn(source), seen, "{source}");
        }
    }

    #[test]
    fn three_backticks_span_lines() {
        assert_eq!(drawn("a ```x\n> *y*\n```b"), "a m(x)/m(> *y*)/b");
    }

    #[test]
    fn links_are_found_and_kept_whole() {
        assert_eq!(
            drawn("*mira https://example.com/a_b_?q=*c ya*"),
            "b(mira )bl(https://example.com/a_b_?q=*c)b( ya)"
        );
        assert_eq!(drawn("*https://example.com*"), "bl(https://example.com)");
        assert_eq!(
            drawn("`https://example.com` y é www.x.com"),
            "c(https://example.com) y é l(www.x.com)"
        );
        let lines = parse("é a.com `é.com` b@x.com");
        let found: Vec<_> = lines[0]
            .spans
            .iter()
            .filter_map(|span| span.link.clone())
            .collect();
        assert_eq!(found, ["https://a.com", "mailto:b@x.com"]);
    }

    #[test]
    fn strip_leaves_what_is_read() {
        assert_eq!(strip("hola"), "hola");
        assert_eq!(
            strip("*Total:* _S/ 30_\n- pan\n> sí\n3. no"),
            "Total: S/ 30\n• pan\nsí\n3. no"
        );
        assert_eq!(strip("2*3"), "2*3");
    }

    #[test]
    fn hostile_repetition_takes_linear_time() {
        for piece in [
            "*", "`", "_*~", "*a ", "`a ", "``` ", "a*", "*_", "https://", "a.", "((", "x@", "*a* ",
        ] {
            let source = piece.repeat(100_000 / piece.len());
            let start = Instant::now();
            assert_eq!(to_source(&parse(&source)), source);
            let took = start.elapsed();
            assert!(took < Duration::from_secs(20), "{piece:?} took {took:?}");
        }
    }

    fn marked() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            6 => prop::sample::select(vec![
                "*", "_", "~", "`", "```", "\n", " ", "> ", "- ", "* ", "1. ", "a", "hola", "é", "👍",
                "https://example.com/a_b", "www.x.com", "a@b.com", "(", ")", ".", "\r",
            ]).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn the_source_comes_back(source in marked()) {
            let lines = parse(&source);
            prop_assert_eq!(to_source(&lines), source.as_str());
            prop_assert_eq!(lines.len(), source.split('\n').count());
            prop_assert!(lines.iter().flat_map(|l| &l.spans).all(|s| !s.text.is_empty()));
        }

        #[test]
        fn text_without_marks_is_one_look(source in "[a-zé0-9 ,;!?]{1,60}") {
            let lines = parse(&source);
            prop_assert_eq!(lines[0].text(), source.as_str());
            prop_assert_eq!(strip(&source), source.as_str());
        }

        #[test]
        fn a_word_in_marks_is_styled(word in "[a-zé]{1,12}") {
            let starred = format!("antes *{word}* después");
            let lines = parse(&starred);
            prop_assert_eq!(&lines[0].spans[1].text, &word);
            prop_assert!(lines[0].spans[1].style.bold);
        }
    }
}
