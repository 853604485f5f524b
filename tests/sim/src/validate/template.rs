//! Template messages: name, language, components.

use serde_json::Value;

use crate::validate::parameter;
use crate::validate::rule::{At, Check, Node, Refusal, invalid, wrong};

const KINDS: [&str; 6] = [
    "header",
    "body",
    "button",
    "carousel",
    "limited_time_offer",
    "tap_target_configuration",
];

const BUTTONS: [&str; 7] = [
    "quick_reply",
    "url",
    "copy_code",
    "flow",
    "catalog",
    "mpm",
    "voice_call",
];

pub(crate) fn template(at: At<'_>, value: &Value) -> Check {
    let node = Node::new(at, value, &["name", "language", "components", "namespace"])?;
    let name = node.text("name", 512)?;
    if !name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        return Err(Refusal {
            code: 132_001,
            details: format!("template name ({name}) does not exist"),
        });
    }
    let at = At::Key(&node.at, "language");
    let language = Node::new(at, node.need("language")?, &["code", "policy"])?;
    language.text("code", 32)?;
    language.maybe_one_of("policy", &["deterministic"])?;
    components(
        At::Key(&node.at, "components"),
        node.maybe_list("components", 32)?,
        false,
    )
}

/// Components of a template, or of a card in its carousel.
fn components(at: At<'_>, list: &[Value], card: bool) -> Check {
    let (mut heads, mut bodies) = (0, 0);
    for (i, value) in list.iter().enumerate() {
        let at = At::Item(&at, i);
        let keys = ["type", "sub_type", "index", "parameters", "cards"];
        let node = Node::new(at, value, &keys)?;
        let kind = node.text("type", 32)?.to_ascii_lowercase();
        if !KINDS.contains(&kind.as_str())
            || (card && !["header", "body", "button"].contains(&kind.as_str()))
        {
            return wrong(
                At::Key(&at, "type"),
                format_args!("must be one of {{{}}}.", KINDS.join(", ")),
            );
        }
        if kind != "button" {
            node.without(&["sub_type", "index"], "belongs to a button.")?;
        }
        if kind != "carousel" {
            node.without(&["cards"], "belongs to a carousel.")?;
        }
        match kind.as_str() {
            "header" => {
                heads += 1;
                one(&node, parameter::header)?;
            }
            "body" => {
                bodies += 1;
                body(&node)?;
            }
            "button" => button(&node)?,
            "carousel" => carousel(&node)?,
            "limited_time_offer" => one(&node, parameter::offer)?,
            _ => one(&node, parameter::tap_target)?,
        }
    }
    if heads > 1 || bodies > 1 {
        return invalid(at, "has a header or a body twice.");
    }
    Ok(())
}

/// Exactly one parameter.
fn one(node: &Node<'_, '_>, check: impl Fn(At<'_>, &Value) -> Check) -> Check {
    let at = At::Key(&node.at, "parameters");
    node.list("parameters", 1, 1)?
        .iter()
        .enumerate()
        .try_for_each(|(i, value)| check(At::Item(&at, i), value))
}

/// Values by position or all by name, not mixed.
fn body(node: &Node<'_, '_>) -> Check {
    let at = At::Key(&node.at, "parameters");
    let list = node.maybe_list("parameters", 256)?;
    let named = list
        .iter()
        .filter(|v| v.get("parameter_name").is_some())
        .count();
    if named != 0 && named != list.len() {
        return Err(Refusal {
            code: 132_012,
            details: format!("Param {at}: has named and positional values."),
        });
    }
    for (i, value) in list.iter().enumerate() {
        parameter::body(At::Item(&at, i), value)?;
    }
    Ok(())
}

fn button(node: &Node<'_, '_>) -> Check {
    let sub_type = node.text("sub_type", 32)?.to_ascii_lowercase();
    if !BUTTONS.contains(&sub_type.as_str()) {
        return wrong(
            At::Key(&node.at, "sub_type"),
            format_args!("must be one of {{{}}}.", BUTTONS.join(", ")),
        );
    }
    let index = node.need("index")?;
    let number = index
        .as_u64()
        .or_else(|| index.as_str().and_then(|s| s.parse().ok()));
    if number.is_none_or(|n| n > 9) {
        return wrong(At::Key(&node.at, "index"), "must be 0 to 9.");
    }
    if sub_type == "voice_call" && !node.has("parameters") {
        return Ok(());
    }
    one(node, |at, value| parameter::button(at, value, &sub_type))
}

/// The cards of a carousel template, numbered from 0.
fn carousel(node: &Node<'_, '_>) -> Check {
    node.without(&["parameters"], "belongs to the cards.")?;
    let at = At::Key(&node.at, "cards");
    for (i, value) in node.list("cards", 1, 10)?.iter().enumerate() {
        let card = Node::new(At::Item(&at, i), value, &["card_index", "components"])?;
        if card.need("card_index")?.as_u64() != u64::try_from(i).ok() {
            return wrong(
                At::Key(&card.at, "card_index"),
                format_args!("must be {i}."),
            );
        }
        components(
            At::Key(&card.at, "components"),
            card.list("components", 1, 8)?,
            true,
        )?;
    }
    Ok(())
}
