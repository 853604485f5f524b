//! Paths as terminals paste them when files are dropped: quoted, with escaped blanks, as `file://` addresses, several at once.

/// The paths that a pasted text is, if it is nothing but paths: absolute ones, or under `~/`.
pub fn paths(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    if text.is_empty() || text.len() > 16 * 1024 {
        return None;
    }
    // One a line is the simplest way, and the only one in which blanks need no marks.
    if text.lines().count() > 1 {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let each: Option<Vec<Vec<String>>> = lines.map(paths).collect();
        return each.map(|all| all.concat());
    }
    let words = words(text)?;
    let marked: Option<Vec<String>> = words.iter().map(|word| path(word)).collect();
    marked.or_else(|| path(text).map(|path| vec![path]))
}

/// One path, as it stands or as an address.
fn path(word: &str) -> Option<String> {
    if let Some(rest) = word.strip_prefix("file://") {
        // A host may stand between; only this machine's files are meant.
        let at = rest.find('/')?;
        let (host, path) = rest.split_at(at);
        return (host.is_empty() || host == "localhost").then(|| decoded(path))?;
    }
    let absolute = word.starts_with('/') && word.len() > 1 && !word.starts_with("//");
    (absolute || word.starts_with("~/")).then(|| word.to_owned())
}

/// `%20` is a blank; `None` where what comes out is no text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Words as a shell would tell them apart, without anything else that a shell does.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars();
    let mut quote = None;
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some('"'), '\\') => {
                let next = letters.next()?;
                let word = word.get_or_insert_default();
                if !matches!(next, '"' | '\\' | '$' | '`') {
                    word.push('\\');
                }
                word.push(next);
            }
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().push(letters.next()?),
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    (quote.is_none() && !words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::paths;
    use proptest::prelude::*;

    fn given(text: &str) -> Vec<String> {
        paths(text).unwrap_or_default()
    }

    #[test]
    fn every_way_in_which_terminals_paste_a_file_is_understood() {
        // foot, kitty, GNOME's terminal; iTerm2 and macOS; Konsole; xterm by hand.
        assert_eq!(
            given("'/home/lia/torta de chocolate.jpg' "),
            ["/home/lia/torta de chocolate.jpg"]
        );
        assert_eq!(
            given("/home/lia/torta\\ de\\ chocolate.jpg"),
            ["/home/lia/torta de chocolate.jpg"]
        );
        assert_eq!(
            given("file:///home/lia/torta%20de%20chocolate.jpg\n"),
            ["/home/lia/torta de chocolate.jpg"]
        );
        assert_eq!(given("file://localhost/tmp/a.pdf"), ["/tmp/a.pdf"]);
        assert_eq!(
            given("\"/tmp/it is \\\"it\\\".png\""),
            ["/tmp/it is \"it\".png"]
        );
        assert_eq!(given("~/Pictures/a.png"), ["~/Pictures/a.png"]);
        assert_eq!(given("'/tmp/it'\\''s.png'"), ["/tmp/it's.png"]);
        assert_eq!(given("/tmp/a b.png"), ["/tmp/a b.png"]);
    }

    #[test]
    fn several_come_together_on_one_line_or_on_many() {
        let two = ["/tmp/a.png", "/tmp/b c.png"];
        assert_eq!(given("/tmp/a.png '/tmp/b c.png'"), two);
        assert_eq!(given("/tmp/a.png\r\n/tmp/b c.png\r\n"), two);
        assert_eq!(given("file:///tmp/a.png\nfile:///tmp/b%20c.png"), two);
    }

    #[test]
    fn words_are_no_paths() {
        for text in [
            "",
            "hola",
            "a/b",
            "1/2 taza",
            "// comment",
            "https://example.com/a.png",
            "and /tmp/a.png",
            "/",
            "'/tmp/a",
            "file://elsewhere/tmp/a",
            "file:///tmp/%zz",
            "/tmp/a.png\nhola",
        ] {
            assert_eq!(paths(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(text in "\\PC{0,60}") {
            if let Some(found) = paths(&text) {
                prop_assert!(found.iter().all(|path| path.starts_with('/') || path.starts_with("~/")));
            }
        }

        #[test]
        fn what_is_quoted_comes_back_whole(name in "[a-zA-Z0-9 .é'\"$&;()\\[\\]{}*?!#~-]{1,30}") {
            let path = format!("/tmp/{name}x");
            let quoted = format!("'{}'", path.replace('\'', "'\\''"));
            prop_assert_eq!(paths(&quoted), Some(vec![path]));
        }
    }
}
