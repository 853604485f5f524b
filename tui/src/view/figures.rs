//! Counts, waits, changes and bars, as people read them.

use std::time::Duration;

use crate::part::ticks::Glyphs;
use crate::speech::{Lang, Speech};
use crate::view::canvas::Desk;

/// A count with its thousands apart: `1,204`, `1.204`.
pub(crate) fn figure(speech: &Speech, count: u64) -> String {
    let digits = count.to_string();
    let mark = if speech.lang() == Lang::En { ',' } else { '.' };
    let mut text = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A wait in at most two units: `40s`, `2m 40s`, `11m`, `3h`.
pub(crate) fn span(speech: &Speech, span: Duration) -> String {
    let seconds = span.as_secs();
    if (60..600).contains(&seconds) && !seconds.is_multiple_of(60) {
        let rest = Duration::from_secs(seconds % 60);
        return format!("{} {}", speech.short_span(span), speech.short_span(rest));
    }
    speech.short_span(span)
}

/// `+6%`, where there is something to compare with.
pub(crate) fn change(now: u64, before: u64) -> String {
    let (now, before) = (i128::from(now), i128::from(before));
    if before == 0 {
        return String::new();
    }
    let percent = (now - before) * 100 / before;
    format!("{percent:+}%")
}

/// So many of the most, as a bar; whoever is there at all is seen.
pub(crate) fn bar_of(desk: &Desk<'_>, count: u64, most: u64, room: u16) -> String {
    let (full, least) = match desk.glyphs {
        Glyphs::Unicode => ("█", "▏"),
        Glyphs::Ascii => ("#", "|"),
    };
    let long = count * u64::from(room) / most.max(1);
    match usize::try_from(long).unwrap_or(0) {
        0 if count == 0 => String::new(),
        0 => least.to_owned(),
        long => full.repeat(long),
    }
}

#[cfg(test)]
mod tests {
    use super::{change, figure, span};
    use crate::speech::{Lang, Speech};
    use std::time::Duration;

    #[test]
    fn figures_read_as_people_say_them() {
        let en = Speech::of(Lang::En);
        assert_eq!(figure(&en, 1_234_567), "1,234,567");
        assert_eq!(figure(&Speech::of(Lang::Es), 1_204), "1.204");
        assert_eq!(figure(&en, 31), "31");
        let wait = |s| span(&en, Duration::from_secs(s));
        assert_eq!(
            (wait(40), wait(160), wait(660)),
            ("40s".into(), "2m 40s".into(), "11m".into())
        );
        assert_eq!(
            (change(106, 100), change(5, 10), change(3, 0)),
            ("+6%".into(), "-50%".into(), String::new())
        );
    }
}
