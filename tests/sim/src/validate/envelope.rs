//! What every body for `/messages` has around its content, and which of the two calls it is.

use serde_json::Value;

use crate::phone;
use crate::validate::rule::{At, Check, Node, Refusal, invalid, wrong};
use crate::validate::{contact, interactive, media, simple, template};

/// A checked body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Send(Send),
    Mark(Mark),
}

/// A message to be sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Send {
    pub(crate) kind: &'static str,
    /// Phone number or group id; wins over `recipient`.
    pub(crate) to: Option<String>,
    /// Business-scoped user id.
    pub(crate) recipient: Option<String>,
    pub(crate) group: bool,
    pub(crate) voice: bool,
    pub(crate) biz_opaque: Option<String>,
}

/// A read mark, maybe with the typing indicator.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) message_id: String,
    pub(crate) typing: bool,
}

const KINDS: [&str; 12] = [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "template",
    "pin",
];

const AROUND: [&str; 8] = [
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
    "recipient_identity_key_hash",
];

/// Checks a whole body.
pub(crate) fn validate(body: &Value) -> Check<Call> {
    let node = Node::open(At::Root, body)?;
    if node.text("messaging_product", 64)? != "whatsapp" {
        return wrong(At::Key(&At::Root, "messaging_product"), "must be whatsapp.");
    }
    if node.has("status") {
        mark(&node).map(Call::Mark)
    } else {
        send(&node).map(Call::Send)
    }
}

fn mark(node: &Node<'_, '_>) -> Check<Mark> {
    node.only(&[
        "messaging_product",
        "status",
        "message_id",
        "typing_indicator",
    ])?;
    node.one_of("status", &["read"])?;
    let message_id = wamid(node, "message_id")?.to_owned();
    let typing = node.get("typing_indicator");
    if let Some(value) = typing {
        let indicator = Node::new(At::Key(&node.at, "typing_indicator"), value, &["type"])?;
        indicator.one_of("type", &["text"])?;
    }
    Ok(Mark {
        message_id,
        typing: typing.is_some(),
    })
}

fn send(node: &Node<'_, '_>) -> Check<Send> {
    let said = node.text("type", 64)?;
    let Some(kind) = KINDS.into_iter().find(|k| *k == said) else {
        return invalid(
            At::Key(&node.at, "type"),
            format_args!("must be one of {{{}}}.", KINDS.join(", ")),
        );
    };
    let mut keys = AROUND.to_vec();
    keys.push(kind);
    node.only(&keys)?;
    let group = node.maybe_one_of("recipient_type", &["individual", "group"])? == Some("group");
    let (to, recipient) = address(node, group)?;
    if let Some(context) = node.get("context") {
        let at = At::Key(&node.at, "context");
        if kind == "reaction" {
            return invalid(at, "is not allowed with a reaction.");
        }
        wamid(&Node::new(at, context, &["message_id"])?, "message_id")?;
    }
    node.maybe_text("recipient_identity_key_hash", 512)?;
    let biz_opaque = node
        .maybe_text("biz_opaque_callback_data", 512)?
        .map(str::to_owned);
    let voice = content(node, kind, group)?;
    Ok(Send {
        kind,
        to,
        recipient,
        group,
        voice,
        biz_opaque,
    })
}

/// Who it goes to: `to` or `recipient`, well written.
fn address(node: &Node<'_, '_>, group: bool) -> Check<(Option<String>, Option<String>)> {
    let to = node.maybe_text("to", 256)?.filter(|t| !t.is_empty());
    let recipient = node.maybe_text("recipient", 256)?.filter(|r| !r.is_empty());
    let at = At::Key(&node.at, "to");
    match (to, recipient) {
        (None, None) => {
            return Err(Refusal {
                code: 131_008,
                details: "The parameter to (or recipient) is required.".to_owned(),
            });
        }
        (Some(_), _) if group => {}
        (Some(to), _) => {
            let digits = phone::digits(to).map_or(0, |d| d.len());
            if !(5..=20).contains(&digits) {
                return wrong(at, "is not a phone number.");
            }
        }
        (None, Some(_)) if group => return wrong(at, "must be a group id."),
        (None, Some(recipient)) => {
            if !is_user_id(recipient) {
                return wrong(
                    At::Key(&node.at, "recipient"),
                    "is not a business-scoped user id.",
                );
            }
        }
    }
    Ok((to.map(str::to_owned), recipient.map(str::to_owned)))
}

/// `CC.` and up to 128 letters and digits; `CC.ENT.` and the same for a parent id.
fn is_user_id(text: &str) -> bool {
    let Some((country, id)) = text.split_once('.') else {
        return false;
    };
    let id = id.strip_prefix("ENT.").unwrap_or(id);
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && (1..=128).contains(&id.len())
        && id.chars().all(|c| c.is_ascii_alphanumeric())
}

fn wamid<'v>(node: &Node<'_, 'v>, key: &str) -> Check<&'v str> {
    let text = node.text(key, 512)?;
    if text.starts_with("wamid.") {
        return Ok(text);
    }
    wrong(At::Key(&node.at, key), "is not a message id.")
}

/// Checks the content; says whether it is a voice note.
fn content(node: &Node<'_, '_>, kind: &'static str, group: bool) -> Check<bool> {
    let value = node.need(kind)?;
    let at = At::Key(&node.at, kind);
    match kind {
        "text" => simple::text(at, value)?,
        "location" => simple::location(at, value)?,
        "reaction" => simple::reaction(at, value)?,
        "pin" => simple::pin(at, value, group)?,
        "contacts" => contact::contacts(at, node.list("contacts", 1, 257)?)?,
        "interactive" => interactive::interactive(at, value)?,
        "template" => template::template(at, value)?,
        _ => return media::message(at, value, kind),
    }
    Ok(false)
}
