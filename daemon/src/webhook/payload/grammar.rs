//! Reads JSON exactly as the standard has it, in one pass, without recursion that a sender could deepen.

use std::borrow::Cow;

use crate::webhook::payload::json::{Json, List, NotJson, Object};

/// Deeper than this nobody nests on purpose; what lies below is kept as text.
const MAX_DEPTH: u32 = 64;
/// What stands for half a surrogate pair.
const REPLACEMENT: char = '\u{fffd}';

/// Reads a whole text.
pub(crate) fn parse(text: &str) -> Result<Json<'_>, NotJson> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
    };
    reader.skip_space();
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.at == text.len() {
        Ok(value)
    } else {
        Err(reader.stop())
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn stop(&self) -> NotJson {
        NotJson { at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    /// The text from `start` to here; both lie on ASCII bytes, hence between characters.
    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Result<Json<'a>, NotJson> {
        for byte in word.bytes() {
            if !self.eat(byte) {
                return Err(self.stop());
            }
        }
        Ok(value)
    }

    fn value(&mut self, depth: u32) -> Result<Json<'a>, NotJson> {
        match self.peek() {
            Some(b'"') => self.string().map(Json::Text),
            Some(b'{') if depth < MAX_DEPTH => self.object(depth + 1),
            Some(b'[') if depth < MAX_DEPTH => self.list(depth + 1),
            Some(b'{' | b'[') => self.deep(),
            Some(b'-' | b'0'..=b'9') => self.number().map(Json::Number),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(self.stop()),
        }
    }

    fn object(&mut self, depth: u32) -> Result<Json<'a>, NotJson> {
        let start = self.at;
        let mut fields = Vec::new();
        self.at += 1;
        self.skip_space();
        while !self.eat(b'}') {
            if !fields.is_empty() {
                self.comma()?;
            }
            let name = self.name()?;
            fields.push((name, self.value(depth)?));
            self.skip_space();
        }
        Ok(Json::Object(Object {
            fields,
            raw: self.since(start),
        }))
    }

    fn list(&mut self, depth: u32) -> Result<Json<'a>, NotJson> {
        let start = self.at;
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        while !self.eat(b']') {
            if !items.is_empty() {
                self.comma()?;
            }
            items.push(self.value(depth)?);
            self.skip_space();
        }
        Ok(Json::List(List {
            items,
            raw: self.since(start),
        }))
    }

    /// A comma and the space behind it, with something to follow.
    fn comma(&mut self) -> Result<(), NotJson> {
        if !self.eat(b',') {
            return Err(self.stop());
        }
        self.skip_space();
        Ok(())
    }

    /// A member's name, its colon and the space behind it.
    fn name(&mut self) -> Result<Cow<'a, str>, NotJson> {
        if self.peek() != Some(b'"') {
            return Err(self.stop());
        }
        let name = self.string()?;
        self.skip_space();
        if !self.eat(b':') {
            return Err(self.stop());
        }
        self.skip_space();
        Ok(name)
    }

    /// Walks over what is nested too deeply without going down itself.
    fn deep(&mut self) -> Result<Json<'a>, NotJson> {
        let start = self.at;
        let mut open: Vec<u8> = Vec::new();
        loop {
            // Here a value must begin.
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    self.skip_space();
                    if !self.eat(b'}') {
                        open.push(b'}');
                        self.name()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    self.skip_space();
                    if !self.eat(b']') {
                        open.push(b']');
                        continue;
                    }
                }
                _ => drop(self.value(MAX_DEPTH)?),
            }
            // Here one has ended: close what closes, or go on behind a comma.
            loop {
                let Some(&close) = open.last() else {
                    return Ok(Json::Deep(self.since(start)));
                };
                self.skip_space();
                if self.eat(close) {
                    open.pop();
                    continue;
                }
                self.comma()?;
                if close == b'}' {
                    self.name()?;
                }
                break;
            }
        }
    }

    fn number(&mut self) -> Result<&'a str, NotJson> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _signed = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(self.since(start))
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            Err(self.stop())
        } else {
            Ok(())
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, NotJson> {
        self.at += 1;
        let start = self.at;
        self.plain();
        if self.peek() == Some(b'"') {
            let text = self.since(start);
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        let mut out = self.since(start).to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(out));
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return Err(self.stop()),
            }
            let start = self.at;
            self.plain();
            out.push_str(self.since(start));
        }
    }

    /// Goes to the next quote, backslash or control byte.
    fn plain(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest
            .iter()
            .position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f));
        self.at += len.unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let byte = self.peek().ok_or_else(|| self.stop())?;
        let c = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.stop()),
        };
        self.at += 1;
        Ok(c)
    }

    /// The character of a `\u` escape, or of two that make a pair; half a pair is replaced.
    fn unicode(&mut self) -> Result<char, NotJson> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(REPLACEMENT));
        }
        let here = self.at;
        if self.eat(b'\\') && self.eat(b'u') {
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(REPLACEMENT));
            }
        }
        // What follows is a character of its own.
        self.at = here;
        Ok(REPLACEMENT)
    }

    fn hex(&mut self) -> Result<u32, NotJson> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|b| char::from(b).to_digit(16));
            code = code * 16 + digit.ok_or_else(|| self.stop())?;
            self.at += 1;
        }
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::webhook::payload::json::Json;
    use proptest::prelude::*;

    #[test]
    fn keeps_digits_names_and_bytes() {
        let json =
            parse(r#" {"id": 12345678901234567890123, "id2":1.0e400, "a":[ {"b":null} ] } "#)
                .unwrap();
        assert_eq!(json.get("id"), &Json::Number("12345678901234567890123"));
        assert_eq!(json.get("id2"), &Json::Number("1.0e400"));
        assert_eq!(json.get("a").each()[0].raw(), r#"{"b":null}"#);
        assert!(json.get("none").get("deeper").is_null());
    }

    #[test]
    fn the_last_of_two_equal_names_counts() {
        assert_eq!(
            parse(r#"{"a":1,"a":2}"#).unwrap().get("a"),
            &Json::Number("2")
        );
    }

    #[test]
    fn half_a_pair_is_replaced_and_the_rest_stays() {
        for (raw, text) in [
            (r#""\ud83d\ude00 ok""#, "😀 ok"),
            (r#""cut \ud83d""#, "cut \u{fffd}"),
            (r#""\ud83dx""#, "\u{fffd}x"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ude00\/\n\u00e9""#, "\u{fffd}/\né"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        ] {
            assert_eq!(parse(raw).unwrap(), Json::Text(text.into()), "{raw}");
        }
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = format!("{}1{}", "[{\"a\":".repeat(50_000), "}]".repeat(50_000));
        assert!(parse(&deep).is_ok());
        let odd = format!(
            "{}[1,{{\"a\":[],\"b\":{{}}}},\"]\"]{}",
            "[".repeat(70),
            "]".repeat(70)
        );
        assert!(parse(&odd).is_ok());
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&format!("{}[1,]{}", "[".repeat(70), "]".repeat(70))).is_err());
        assert!(parse(&format!("{}{{\"a\"}}{}", "[".repeat(70), "]".repeat(70))).is_err());
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for bad in [
            "",
            " ",
            "{",
            "}",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "1.",
            "1e",
            "-",
            "+1",
            "nul",
            "NaN",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12\"",
            "1 2",
            "{\"a\" 1}",
            "[1 2]",
            "\"",
            "hola",
            "a=1&b=2",
            "<xml/>",
            "{\"a\":}",
        ] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_serde_on_what_json_is(text in r#"([\[\]{}:, ]|"[a-z]{0,2}"|-?[0-9]{1,3}(\.[0-9])?(e[+-]?[0-9])?|true|false|null|\\|"\\u[0-9a-f]{3,4}"){0,12}"#) {
            let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            prop_assert_eq!(parse(&text).is_ok(), theirs, "{}", text);
        }

        #[test]
        fn reads_every_string_back(text in ".{0,40}") {
            let raw = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(parse(&raw).unwrap(), Json::Text(text.into()));
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            drop(parse(&text));
        }
    }
}
