//! Finds the addresses in a line of text: web pages with and without scheme, and mail.

use std::ops::Range;

/// Ends of names that are hardly ever the start of a sentence whose full stop lost its space.
const CERTAIN: [&str; 32] = [
    "app", "biz", "bo", "br", "cl", "com", "dev", "ec", "edu", "fr", "gl", "gob", "gov", "info",
    "io", "ly", "mx", "net", "online", "org", "pe", "pt", "py", "shop", "site", "store", "tv",
    "uk", "us", "uy", "ve", "xyz",
];

/// One address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which bytes of the text it is.
    pub range: Range<usize>,
    /// Where it leads, always with a scheme: `https`, `http` or `mailto`.
    pub target: String,
}

/// The addresses in one line, in order, none touching another.
///
/// What closes a sentence or a bracket, and WhatsApp's marks, do not belong to an address. Other
/// schemes are never found: opening one could do anything.
pub fn find(line: &str) -> Vec<Found> {
    if !line.contains(['.', ':', '@']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for piece in line.split_inclusive(is_break) {
        if let Some((range, target)) = in_word(piece.trim_end_matches(is_break)) {
            found.push(Found {
                range: at + range.start..at + range.end,
                target,
            });
        }
        at += piece.len();
    }
    found
}

fn in_word(word: &str) -> Option<(Range<usize>, String)> {
    if let Some(colon) = word.find("://") {
        return with_scheme(word, colon);
    }
    let start = word.find(char::is_alphanumeric)?;
    let text = without_tail(word.get(start..)?);
    let target = if text.contains('@') {
        is_mail(text).then(|| format!("mailto:{text}"))
    } else {
        is_page(text).then(|| format!("https://{text}"))
    };
    Some((start..start + text.len(), target?))
}

fn with_scheme(word: &str, colon: usize) -> Option<(Range<usize>, String)> {
    let before = word.get(..colon)?;
    let start = ["https", "http"].into_iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len())?;
        before
            .get(start..)?
            .eq_ignore_ascii_case(scheme)
            .then_some(start)
    })?;
    if before.get(..start)?.ends_with(char::is_alphanumeric) {
        return None;
    }
    let text = without_tail(word.get(start..)?);
    let host = text.get(colon + 3 - start..)?;
    host.starts_with(char::is_alphanumeric)
        .then(|| (start..start + text.len(), text.to_owned()))
}

/// Takes away what ends a sentence, and brackets that the address did not open.
fn without_tail(text: &str) -> &str {
    let surplus = |open: char, close: char| {
        let count = |wanted| text.chars().filter(|c| *c == wanted).count();
        count(close).saturating_sub(count(open))
    };
    let mut extra = [
        (')', surplus('(', ')')),
        (']', surplus('[', ']')),
        ('}', surplus('{', '}')),
    ];
    let mut kept = text;
    while let Some(last) = kept.chars().next_back() {
        let bracket = extra.iter_mut().find(|(close, _)| *close == last);
        match bracket {
            Some((_, left)) if *left > 0 => *left -= 1,
            None if is_tail(last) => {}
            _ => break,
        }
        kept = kept.strip_suffix(last).unwrap_or_default();
    }
    kept
}

fn is_tail(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | '’' | '»' | '*' | '_' | '~'
    )
}

fn is_break(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '`' | '|')
}

fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let ending = host.rsplit('.').next().unwrap_or_default();
    name.chars().all(in_name)
        && !name.is_empty()
        && is_host(host)
        && ending.len() >= 2
        && ending.chars().all(|c| c.is_ascii_alphabetic())
}

fn is_page(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let (Some((_, ending)), true) = (host.rsplit_once('.'), is_host(host)) else {
        return false;
    };
    let ending = ending.to_ascii_lowercase();
    let named = host
        .get(..4)
        .is_some_and(|www| www.eq_ignore_ascii_case("www."));
    let leads_on = text
        .get(host.len()..)
        .is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'));
    let two_letters = ending.len() == 2 && ending.chars().all(|c| c.is_ascii_alphabetic());
    named || CERTAIN.contains(&ending.as_str()) || (two_letters && (leads_on || is_national(host)))
}

/// Whether it ends as companies of a country do, such as `tienda.com.ar`.
fn is_national(host: &str) -> bool {
    let second = host.rsplit('.').nth(1).unwrap_or_default();
    let kinds = ["com", "co", "org", "net", "gob", "gov", "edu"];
    host.matches('.').count() >= 2 && kinds.iter().any(|kind| second.eq_ignore_ascii_case(kind))
}

/// Whether every part between dots is a name, and there are two at least.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    host.contains('.') && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::find;
    use proptest::prelude::*;

    fn targets(text: &str) -> Vec<String> {
        find(text).into_iter().map(|found| found.target).collect()
    }

    #[test]
    fn addresses_are_found() {
        for (text, target) in [
            (
                "mira https://example.com/a?b=c_d, por favor",
                "https://example.com/a?b=c_d",
            ),
            ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
            ("*http://example.com*", "http://example.com"),
            ("HTTPS://EXAMPLE.COM.", "HTTPS://EXAMPLE.COM"),
            ("link:https://example.com", "https://example.com"),
            ("¿www.example.pizza?", "https://www.example.pizza"),
            ("visita tienda.com.ar!", "https://tienda.com.ar"),
            ("escribe a wa.me/51987654321", "https://wa.me/51987654321"),
            ("maps.app.goo.gl/abc", "https://maps.app.goo.gl/abc"),
            (
                "correo: ana.prado@example.com.",
                "mailto:ana.prado@example.com",
            ),
            ("padaria.com.br", "https://padaria.com.br"),
            ("https://例え.jp/á", "https://例え.jp/á"),
        ] {
            assert_eq!(targets(text), [target], "{text}");
        }
        assert_eq!(targets("a.com y b.com").len(), 2);
    }

    #[test]
    fn other_things_are_not() {
        for text in [
            "hola.me llamo Ana",
            "eso.es",
            "3.5",
            "1.000,50",
            "...",
            "javascript://x",
            "file:///etc/passwd",
            "https://",
            "xhttps://a.com",
            "@ana",
            "a@b",
            "10:30",
            "foto.jpg",
            "",
        ] {
            assert_eq!(targets(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn ranges_are_the_text() {
        let text = "ñandú https://example.com/ñ) y www.example.org";
        let words: Vec<_> = find(text)
            .into_iter()
            .map(|f| text.get(f.range).unwrap())
            .collect();
        assert_eq!(words, ["https://example.com/ñ", "www.example.org"]);
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_on_characters(text in "(\\PC|https://|www\\.|a\\.com|@|[)(.* ]){0,30}") {
            let mut end = 0;
            for found in find(&text) {
                prop_assert!(found.range.start >= end && found.range.start < found.range.end);
                prop_assert!(text.get(found.range.clone()).is_some());
                end = found.range.end;
            }
        }
    }
}
