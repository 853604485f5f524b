//! Media by id or by link, alone or inside headers and cards.

use serde_json::Value;

use crate::validate::rule::{At, Check, Node, invalid, wrong};

/// A media message; says whether it is a voice note.
pub(crate) fn message(at: At<'_>, value: &Value, kind: &str) -> Check<bool> {
    let keys: &[&str] = match kind {
        "image" | "video" => &["id", "link", "caption"],
        "document" => &["id", "link", "caption", "filename"],
        "audio" => &["id", "link", "voice"],
        _ => &["id", "link"],
    };
    let node = Node::new(at, value, keys)?;
    source(&node)?;
    node.maybe_text("caption", 1_024)?;
    node.maybe_text("filename", 240)?;
    node.flag("voice")
}

/// Media in the header of an interactive message, a template or a card.
pub(crate) fn inside(at: At<'_>, value: &Value, kind: &str) -> Check {
    let keys: &[&str] = if kind == "document" {
        &["id", "link", "filename"]
    } else {
        &["id", "link"]
    };
    let node = Node::new(at, value, keys)?;
    node.maybe_text("filename", 240)?;
    source(&node)
}

/// Exactly one of `id` and `link`.
fn source(node: &Node<'_, '_>) -> Check {
    match (node.has("id"), node.has("link")) {
        (true, true) => invalid(node.at, "takes id or link, not both."),
        (true, false) => node.text("id", 256).map(drop),
        (false, _) => {
            let link = node.text("link", 4_096)?;
            if ["http://", "https://"]
                .iter()
                .any(|start| link.starts_with(start))
            {
                return Ok(());
            }
            wrong(
                At::Key(&node.at, "link"),
                "must start with http:// or https://.",
            )
        }
    }
}
