//! Text, location, reaction and pin.

use serde_json::Value;

use crate::validate::rule::{At, Check, Node, invalid, wrong};

pub(crate) fn text(at: At<'_>, value: &Value) -> Check {
    let node = Node::new(at, value, &["body", "preview_url"])?;
    node.text("body", 4_096)?;
    node.flag("preview_url").map(drop)
}

pub(crate) fn location(at: At<'_>, value: &Value) -> Check {
    let node = Node::new(at, value, &["latitude", "longitude", "name", "address"])?;
    degrees(&node, "latitude", 90.0)?;
    degrees(&node, "longitude", 180.0)?;
    node.maybe_texts(&["name", "address"], 1_000)
}

/// Degrees as a number or as digits in a string.
fn degrees(node: &Node<'_, '_>, key: &str, most: f64) -> Check {
    let value = node.need(key)?;
    let number = value
        .as_f64()
        .or_else(|| value.as_str().and_then(|s| s.trim().parse().ok()));
    match number {
        Some(n) if n.abs() <= most => Ok(()),
        _ => wrong(
            At::Key(&node.at, key),
            format_args!("must be within ±{most} degrees."),
        ),
    }
}

pub(crate) fn reaction(at: At<'_>, value: &Value) -> Check {
    let node = Node::new(at, value, &["message_id", "emoji"])?;
    if !node.text("message_id", 512)?.starts_with("wamid.") {
        return wrong(At::Key(&node.at, "message_id"), "is not a message id.");
    }
    node.need("emoji")?;
    let emoji = node.maybe_text("emoji", 64)?.unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphabetic() || c.is_whitespace() || c.is_control();
    if emoji.chars().any(plain) {
        return wrong(
            At::Key(&node.at, "emoji"),
            "must be one emoji, or empty to take it back.",
        );
    }
    Ok(())
}

pub(crate) fn pin(at: At<'_>, value: &Value, group: bool) -> Check {
    if !group {
        return invalid(at, "works in groups only.");
    }
    let node = Node::new(at, value, &["type", "message_id", "expiration_days"])?;
    node.one_of("type", &["pin", "unpin"])?;
    node.text("message_id", 512)?;
    node.whole("expiration_days", 1, 30).map(drop)
}
