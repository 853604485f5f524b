//! Interactive messages: what their kinds have in common, and the short kinds.

use serde_json::Value;

use crate::validate::rule::{At, Check, Node, invalid};
use crate::validate::{carousel, flow, list, pay, piece};

const KINDS: [&str; 15] = [
    "button",
    "list",
    "cta_url",
    "location_request_message",
    "flow",
    "address_message",
    "product",
    "product_list",
    "catalog_message",
    "carousel",
    "voice_call",
    "call_permission_request",
    "request_contact_info",
    "order_details",
    "order_status",
];

pub(crate) fn interactive(at: At<'_>, value: &Value) -> Check {
    let node = Node::new(at, value, &["type", "header", "body", "footer", "action"])?;
    let kind = node.one_of("type", &KINDS)?;
    header(&node, kind)?;
    body(&node, kind)?;
    footer(&node, kind)?;
    let at = At::Key(&node.at, "action");
    let action = Node::open(at, node.need("action")?)?;
    match kind {
        "button" => piece::buttons(&action, &["buttons"], 3),
        "list" => list::rows(&action),
        "product" => list::product(&action),
        "product_list" => list::products(&action),
        "cta_url" => piece::cta_url(&action),
        "catalog_message" => catalog(&action),
        "carousel" => carousel::cards(&action),
        "flow" => flow::flow(&action),
        "address_message" => address(&action),
        "voice_call" => voice_call(&action),
        "order_details" => pay::details(&action),
        "order_status" => pay::status(&action),
        "location_request_message" => name_only(&action, "send_location"),
        other => name_only(&action, other),
    }
}

/// Which headers a kind may have.
fn header(node: &Node<'_, '_>, kind: &str) -> Check {
    let all: &[&str] = &["text", "image", "video", "document"];
    let allowed: &[&str] = match kind {
        "button" | "cta_url" | "flow" | "order_details" => all,
        "list" | "product_list" => &["text"],
        _ => &[],
    };
    let at = At::Key(&node.at, "header");
    let Some(value) = node.get("header") else {
        return if kind == "product_list" {
            node.need("header").map(drop)
        } else {
            Ok(())
        };
    };
    if allowed.is_empty() {
        return invalid(at, format_args!("is not allowed with type {kind}."));
    }
    piece::head(at, value, allowed)
}

fn body(node: &Node<'_, '_>, kind: &str) -> Check {
    let max = if kind == "list" { 4_096 } else { 1_024 };
    let optional = matches!(kind, "product" | "call_permission_request");
    let at = At::Key(&node.at, "body");
    match node.get("body") {
        None if optional => Ok(()),
        None => node.need("body").map(drop),
        Some(value) => Node::new(at, value, &["text"])?.text("text", max).map(drop),
    }
}

fn footer(node: &Node<'_, '_>, kind: &str) -> Check {
    let Some(value) = node.get("footer") else {
        return Ok(());
    };
    let at = At::Key(&node.at, "footer");
    if kind == "carousel" {
        return invalid(at, "is not allowed with type carousel.");
    }
    Node::new(at, value, &["text"])?.text("text", 60).map(drop)
}

fn name_only(action: &Node<'_, '_>, name: &str) -> Check {
    action.only(&["name"])?;
    action.one_of("name", &[name]).map(drop)
}

fn catalog(action: &Node<'_, '_>) -> Check {
    let Some(value) = piece::named(action, "catalog_message")? else {
        return Ok(());
    };
    let at = At::Key(&action.at, "parameters");
    let node = Node::new(at, value, &["thumbnail_product_retailer_id"])?;
    node.maybe_text("thumbnail_product_retailer_id", 256)
        .map(drop)
}

fn address(action: &Node<'_, '_>) -> Check {
    piece::named(action, "address_message")?;
    let at = At::Key(&action.at, "parameters");
    let keys = ["country", "values", "saved_addresses", "validation_errors"];
    let node = Node::new(at, action.need("parameters")?, &keys)?;
    node.one_of("country", &["IN"]).map(drop)
}

fn voice_call(action: &Node<'_, '_>) -> Check {
    let Some(value) = piece::named(action, "voice_call")? else {
        return Ok(());
    };
    let at = At::Key(&action.at, "parameters");
    let node = Node::new(at, value, &["display_text", "ttl_minutes", "payload"])?;
    node.maybe_text("display_text", 20)?;
    node.maybe_text("payload", 512)?;
    node.whole("ttl_minutes", 1, 43_200).map(drop)
}
