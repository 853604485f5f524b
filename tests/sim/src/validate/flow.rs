//! Interactive flows.

use crate::validate::piece;
use crate::validate::rule::{At, Check, Node, invalid, wrong};

const KEYS: [&str; 8] = [
    "flow_message_version",
    "flow_id",
    "flow_name",
    "flow_cta",
    "flow_token",
    "mode",
    "flow_action",
    "flow_action_payload",
];

pub(crate) fn flow(action: &Node<'_, '_>) -> Check {
    piece::named(action, "flow")?;
    let at = At::Key(&action.at, "parameters");
    let node = Node::new(at, action.need("parameters")?, &KEYS)?;
    if node
        .need("flow_message_version")?
        .as_str()
        .is_none_or(|v| v != "3")
    {
        return wrong(At::Key(&node.at, "flow_message_version"), "must be \"3\".");
    }
    if node.has("flow_id") == node.has("flow_name") {
        return invalid(at, "takes flow_id or flow_name, one of them.");
    }
    node.maybe_texts(&["flow_id", "flow_name", "flow_token"], 1_024)?;
    // Meta's two documents say 30; a newer client library counts 20. Sending 20 is safe.
    node.text("flow_cta", 30)?;
    node.maybe_one_of("mode", &["draft", "published"])?;
    let step = node.maybe_one_of("flow_action", &["navigate", "data_exchange"])?;
    let Some(value) = node.get("flow_action_payload") else {
        return Ok(());
    };
    let at = At::Key(&node.at, "flow_action_payload");
    if step == Some("data_exchange") {
        return invalid(at, "is not allowed with flow_action data_exchange.");
    }
    let payload = Node::new(at, value, &["screen", "data"])?;
    payload.maybe_text("screen", 1_024)?;
    if let Some(data) = payload.get("data") {
        let at = At::Key(&payload.at, "data");
        if Node::open(at, data)?.is_empty() {
            return invalid(at, "must not be empty.");
        }
    }
    Ok(())
}
