//! The bodies of webhooks: envelope, Meta's way of writing JSON, signature.

use std::io;
use std::sync::Arc;

use hmac::{Hmac, Mac};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use crate::object::set;

/// One thing a webhook tells; up to a thousand travel in one POST.
#[derive(Clone, Debug)]
pub struct Update {
    pub(crate) waba_id: Arc<str>,
    pub(crate) time_s: Option<i64>,
    pub(crate) part: Part,
}

/// What an update tells, by its place in the body.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Goes into `messages` of the number's `value`.
    Message {
        line: Metadata,
        message: Value,
        contact: Option<Value>,
    },
    /// Goes into `statuses` of the number's `value`.
    Status {
        line: Metadata,
        status: Value,
        contact: Option<Value>,
    },
    /// A `value` of its own.
    Field {
        field: String,
        number_id: Option<Arc<str>>,
        value: Value,
    },
}

/// `value.metadata`: which number this is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) id: Arc<str>,
    pub(crate) digits: Arc<str>,
}

impl Update {
    /// The subscribed field this belongs to.
    pub(crate) fn field(&self) -> &str {
        match &self.part {
            Part::Message { .. } | Part::Status { .. } => "messages",
            Part::Field { field, .. } => field,
        }
    }

    pub(crate) fn number_id(&self) -> Option<&str> {
        match &self.part {
            Part::Message { line, .. } | Part::Status { line, .. } => Some(&line.id),
            Part::Field { number_id, .. } => number_id.as_deref(),
        }
    }

    /// Shares an entry with the one before: the same account at the same time.
    fn joins_entry(&self, before: &Self) -> bool {
        self.waba_id == before.waba_id && self.time_s == before.time_s
    }

    /// Shares a change with the one before: the same list of the same number.
    fn joins_change(&self, before: &Self) -> bool {
        match (&self.part, &before.part) {
            (Part::Message { line: a, .. }, Part::Message { line: b, .. })
            | (Part::Status { line: a, .. }, Part::Status { line: b, .. }) => a == b,
            _ => false,
        }
    }
}

/// The bytes of one notification, in Meta's style; neighbours are put together.
pub fn encode<'a>(updates: impl IntoIterator<Item = &'a Update>) -> Vec<u8> {
    let updates: Vec<&Update> = updates.into_iter().collect();
    let entries: Vec<Value> = updates
        .chunk_by(|a, b| b.joins_entry(a))
        .map(entry)
        .collect();
    write(&json!({ "object": "whatsapp_business_account", "entry": entries }))
}

fn entry(updates: &[&Update]) -> Value {
    let changes: Vec<Value> = updates
        .chunk_by(|a, b| b.joins_change(a))
        .map(change)
        .collect();
    let Some(first) = updates.first() else {
        return Value::Null;
    };
    let mut entry = json!({ "id": &*first.waba_id, "changes": changes });
    if let Some(time) = first.time_s {
        set(&mut entry, "time", json!(time));
    }
    entry
}

fn change(updates: &[&Update]) -> Value {
    let Some(first) = updates.first() else {
        return Value::Null;
    };
    let (line, list) = match &first.part {
        Part::Field { field, value, .. } => return json!({ "field": field, "value": value }),
        Part::Message { line, .. } => (line, "messages"),
        Part::Status { line, .. } => (line, "statuses"),
    };
    let mut contacts: Vec<Value> = Vec::new();
    let mut items: Vec<Value> = Vec::with_capacity(updates.len());
    for update in updates {
        let (item, contact) = match &update.part {
            Part::Message {
                message, contact, ..
            } => (message, contact),
            Part::Status {
                status, contact, ..
            } => (status, contact),
            Part::Field { .. } => continue,
        };
        items.push(item.clone());
        if let Some(contact) = contact
            && contacts.last() != Some(contact)
            && (updates.len() > 64 || !contacts.contains(contact))
        {
            contacts.push(contact.clone());
        }
    }
    let mut value = Map::new();
    value.insert("messaging_product".to_owned(), "whatsapp".into());
    value.insert(
        "metadata".to_owned(),
        json!({ "display_phone_number": &*line.digits, "phone_number_id": &*line.id }),
    );
    if !contacts.is_empty() {
        value.insert("contacts".to_owned(), contacts.into());
    }
    value.insert(list.to_owned(), items.into());
    json!({ "field": "messages", "value": value })
}

/// A value as Meta writes it: no spaces, `\uXXXX` for everything beyond ASCII, `\/` for slashes.
pub fn write(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(1_024);
    let mut serializer = Serializer::with_formatter(&mut out, MetaStyle);
    match value.serialize(&mut serializer) {
        Ok(()) => out,
        // A `Value` has string keys and a `Vec` takes every byte: nothing is left to fail.
        Err(_) => Vec::new(),
    }
}

/// `X-Hub-Signature-256` of a body.
pub fn sign(app_secret: &str, body: &[u8]) -> String {
    let mut out = String::from("sha256=");
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()) {
        mac.update(body);
        out.push_str(&hex::encode(mac.finalize().into_bytes()));
    }
    out
}

struct MetaStyle;

impl Formatter for MetaStyle {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        if fragment.is_ascii() && !fragment.contains('/') {
            return CompactFormatter.write_string_fragment(writer, fragment);
        }
        let mut units = [0_u16; 2];
        for c in fragment.chars() {
            if c == '/' {
                writer.write_all(b"\\/")?;
            } else if let Ok(byte) = u8::try_from(c)
                && byte.is_ascii()
            {
                writer.write_all(&[byte])?;
            } else {
                for unit in c.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str) -> Metadata {
        Metadata {
            id: id.into(),
            digits: "15550783881".into(),
        }
    }

    fn text(waba: &str, number: &str, n: u32) -> Update {
        let part = Part::Message {
            line: line(number),
            message: json!({ "id": n }),
            contact: Some(json!({ "wa_id": "51955000111" })),
        };
        Update {
            waba_id: waba.into(),
            time_s: None,
            part,
        }
    }

    #[test]
    fn json_is_written_as_meta_writes_it() {
        let value = json!({ "a": "ñ/😀\"\u{1b}" });
        let bytes = write(&value);
        assert_eq!(
            String::from_utf8(bytes.clone()).unwrap(),
            r#"{"a":"\u00f1\/\ud83d\ude00\"\u001b"}"#
        );
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
    }

    #[test]
    fn signature_is_the_hmac_of_the_raw_bytes() {
        // RFC 4231, test case 2.
        assert_eq!(
            sign("Jefe", b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn neighbours_share_entries_and_changes() {
        let status = Update {
            waba_id: "1".into(),
            time_s: None,
            part: Part::Status {
                line: line("a"),
                status: json!({}),
                contact: None,
            },
        };
        let updates = [
            text("1", "a", 1),
            text("1", "a", 2),
            status,
            text("1", "b", 3),
            text("2", "c", 4),
        ];
        let body: Value = serde_json::from_slice(&encode(&updates)).unwrap();
        assert_eq!(body["entry"].as_array().unwrap().len(), 2);
        let changes = body["entry"][0]["changes"].as_array().unwrap();
        assert_eq!(changes.len(), 3);
        assert_eq!(changes[0]["value"]["messages"].as_array().unwrap().len(), 2);
        assert_eq!(changes[0]["value"]["contacts"].as_array().unwrap().len(), 1);
        assert!(changes[1]["value"]["statuses"].is_array());
    }
}
