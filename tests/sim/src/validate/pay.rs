//! Orders that are paid in the chat (Brazil and India).

use serde_json::Value;

use crate::validate::piece;
use crate::validate::rule::{At, Check, Node};

const DETAILS: [&str; 10] = [
    "reference_id",
    "type",
    "payment_type",
    "payment_configuration",
    "payment_settings",
    "currency",
    "total_amount",
    "order",
    "beneficiaries",
    "expiration",
];

const ORDER: [&str; 9] = [
    "status",
    "catalog_id",
    "items",
    "subtotal",
    "tax",
    "shipping",
    "discount",
    "expiration",
    "type",
];

pub(crate) fn details(action: &Node<'_, '_>) -> Check {
    piece::named(action, "review_and_pay")?;
    let at = At::Key(&action.at, "parameters");
    let node = Node::new(at, action.need("parameters")?, &DETAILS)?;
    node.text("reference_id", 60)?;
    node.one_of("type", &["digital-goods", "physical-goods"])?;
    node.one_of("currency", &["BRL", "INR", "SGD"])?;
    node.maybe_texts(&["payment_type", "payment_configuration"], 60)?;
    amount(&node, "total_amount")?;
    let order = Node::new(At::Key(&node.at, "order"), node.need("order")?, &ORDER)?;
    order.one_of("status", &["pending"])?;
    amount(&order, "subtotal")?;
    for key in ["tax", "shipping", "discount"] {
        if order.has(key) {
            amount(&order, key)?;
        }
    }
    let at = At::Key(&order.at, "items");
    for (i, value) in order.list("items", 1, 999)?.iter().enumerate() {
        item(At::Item(&at, i), value)?;
    }
    Ok(())
}

fn item(at: At<'_>, value: &Value) -> Check {
    let node = Node::open(at, value)?;
    node.text("name", 60)?;
    node.whole("quantity", 1, i64::MAX)?;
    amount(&node, "amount")
}

/// `{value, offset}`: the value is divided by the offset.
fn amount(node: &Node<'_, '_>, key: &str) -> Check {
    let inner = Node::open(At::Key(&node.at, key), node.need(key)?)?;
    inner.need("value")?;
    inner.need("offset")?;
    inner.whole("value", 0, i64::MAX)?;
    inner.whole("offset", 1, 1_000).map(drop)
}

pub(crate) fn status(action: &Node<'_, '_>) -> Check {
    piece::named(action, "review_order")?;
    let at = At::Key(&action.at, "parameters");
    let node = Node::new(
        at,
        action.need("parameters")?,
        &["reference_id", "order", "payment"],
    )?;
    node.text("reference_id", 60)?;
    let keys = ["status", "description"];
    let order = Node::new(At::Key(&node.at, "order"), node.need("order")?, &keys)?;
    let states = [
        "pending",
        "processing",
        "partially_shipped",
        "shipped",
        "completed",
        "canceled",
    ];
    order.one_of("status", &states)?;
    order.maybe_text("description", 120).map(drop)
}
