//! The parameters of template components.

use serde_json::Value;

use crate::validate::rule::{At, Check, Node};
use crate::validate::{list, media, simple};

/// The value of a header: text, media, a place or a product.
pub(crate) fn header(at: At<'_>, value: &Value) -> Check {
    let kinds = [
        "text", "image", "video", "document", "location", "product", "gif",
    ];
    let node = Node::open(at, value)?;
    let kind = node.one_of("type", &kinds)?;
    node.only(&["type", "parameter_name", kind])?;
    node.maybe_text("parameter_name", 256)?;
    let inner = node.need(kind)?;
    let at = At::Key(&node.at, kind);
    match kind {
        "text" => node.text("text", 1_024).map(drop),
        "location" => simple::location(at, inner),
        "product" => {
            let product = Node::new(at, inner, &["catalog_id", "product_retailer_id"])?;
            product.text("product_retailer_id", 256)?;
            product.maybe_text("catalog_id", 256).map(drop)
        }
        kind => media::inside(at, inner, kind),
    }
}

/// The value of a variable in the body.
pub(crate) fn body(at: At<'_>, value: &Value) -> Check {
    let node = Node::open(at, value)?;
    let kind = node.one_of("type", &["text", "currency", "date_time"])?;
    node.only(&["type", "parameter_name", kind])?;
    node.maybe_text("parameter_name", 256)?;
    let at = At::Key(&node.at, kind);
    match kind {
        "text" => node.text("text", 32_768).map(drop),
        "currency" => {
            let keys = ["fallback_value", "code", "amount_1000"];
            let money = Node::new(at, node.need(kind)?, &keys)?;
            money.text("fallback_value", 256)?;
            money.text("code", 3)?;
            money.need("amount_1000")?;
            money.whole("amount_1000", 0, i64::MAX).map(drop)
        }
        _ => {
            // The calendar parts of old are still accepted; only the fallback is shown.
            let keys = [
                "fallback_value",
                "calendar",
                "day_of_week",
                "day_of_month",
                "year",
                "month",
                "hour",
                "minute",
                "component",
                "timestamp",
            ];
            Node::new(at, node.need(kind)?, &keys)?
                .text("fallback_value", 256)
                .map(drop)
        }
    }
}

/// The parameter of a button of the given sub-type.
pub(crate) fn button(at: At<'_>, value: &Value, sub_type: &str) -> Check {
    let node = Node::open(at, value)?;
    let kinds: &[&str] = match sub_type {
        "quick_reply" => &["payload", "text"],
        "url" => &["text"],
        "copy_code" => &["coupon_code"],
        "voice_call" => &["ttl_minutes", "payload"],
        _ => &["action"],
    };
    let kind = node.one_of("type", kinds)?;
    node.only(&["type", kind])?;
    match kind {
        "coupon_code" => node.text("coupon_code", 20).map(drop),
        "payload" => node.text("payload", 1_024).map(drop),
        "ttl_minutes" => node.whole("ttl_minutes", 1, 43_200).map(drop),
        // Meta's own example for a quick reply puts a truth value here.
        "text" if sub_type == "quick_reply" => node.need("text").map(drop),
        "text" => node.text("text", 2_000).map(drop),
        _ => action(At::Key(&node.at, "action"), node.need("action")?, sub_type),
    }
}

fn action(at: At<'_>, value: &Value, sub_type: &str) -> Check {
    let keys: &[&str] = match sub_type {
        "flow" => &["flow_token", "flow_action_data"],
        "catalog" => &["thumbnail_product_retailer_id"],
        _ => &["thumbnail_product_retailer_id", "sections"],
    };
    let node = Node::new(at, value, keys)?;
    node.maybe_text("flow_token", 1_024)?;
    node.maybe_text("thumbnail_product_retailer_id", 256)?;
    if sub_type == "mpm" {
        return list::sections(&node);
    }
    Ok(())
}

/// When a limited-time offer ends, in milliseconds.
pub(crate) fn offer(at: At<'_>, value: &Value) -> Check {
    let node = Node::new(at, value, &["type", "limited_time_offer"])?;
    let kind = node.one_of("type", &["limited_time_offer"])?;
    let inner = Node::new(
        At::Key(&node.at, kind),
        node.need(kind)?,
        &["expiration_time_ms"],
    )?;
    inner.need("expiration_time_ms")?;
    // Seconds instead of milliseconds would end in January 1970.
    inner
        .whole("expiration_time_ms", 100_000_000_000, i64::MAX)
        .map(drop)
}

/// Another title for the page a template opens.
pub(crate) fn tap_target(at: At<'_>, value: &Value) -> Check {
    let node = Node::new(at, value, &["type", "tap_target_configuration"])?;
    let kind = node.one_of("type", &["tap_target_configuration"])?;
    let at = At::Key(&node.at, kind);
    for (i, value) in node.list(kind, 1, 10)?.iter().enumerate() {
        let target = Node::new(At::Item(&at, i), value, &["url", "title"])?;
        target.text("url", 2_000)?;
        target.text("title", 256)?;
    }
    Ok(())
}
