//! A query string from any flat value: names and values percent-encoded, absent fields left out.

use serde::Serialize;
use serde_json::Value;

/// `?name=value&…`, or nothing where every field is absent.
pub(super) fn encode(fields: &impl Serialize) -> String {
    let Ok(Value::Object(map)) = serde_json::to_value(fields) else {
        return String::new();
    };
    let mut out = String::new();
    for (name, value) in map {
        let text = match value {
            Value::Null | Value::Array(_) | Value::Object(_) => continue,
            Value::String(s) => s,
            other => other.to_string(),
        };
        out.push(if out.is_empty() { '?' } else { '&' });
        escape(&name, &mut out);
        out.push('=');
        escape(&text, &mut out);
    }
    out
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn escape(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(
                    char::from_digit(u32::from(half), 16)
                        .unwrap_or('0')
                        .to_ascii_uppercase(),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::chats::ChatFilter;
    use crate::id::NumberId;

    #[test]
    fn absent_fields_are_left_out_and_the_rest_is_escaped() {
        assert_eq!(encode(&ChatFilter::default()), "");
        let filter = ChatFilter {
            number: Some(NumberId(3)),
            unread: Some(true),
            q: Some("peña & +51".to_owned()),
            ..ChatFilter::default()
        };
        assert_eq!(
            encode(&filter),
            "?number=3&q=pe%C3%B1a%20%26%20%2B51&unread=true"
        );
    }
}
