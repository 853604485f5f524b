//! Contact cards.

use serde_json::Value;

use crate::validate::rule::{At, Check, Node, invalid, wrong};

const LONG: usize = 1_024;

pub(crate) fn contacts(at: At<'_>, list: &[Value]) -> Check {
    for (i, value) in list.iter().enumerate() {
        card(At::Item(&at, i), value)?;
    }
    Ok(())
}

fn card(at: At<'_>, value: &Value) -> Check {
    let keys = [
        "name",
        "phones",
        "emails",
        "addresses",
        "urls",
        "org",
        "birthday",
    ];
    let node = Node::new(at, value, &keys)?;
    name(At::Key(&node.at, "name"), node.need("name")?)?;
    each(&node, "phones", &["phone", "type", "wa_id"])?;
    each(&node, "emails", &["email", "type"])?;
    each(&node, "urls", &["url", "type"])?;
    let address = [
        "street",
        "city",
        "state",
        "zip",
        "country",
        "country_code",
        "type",
    ];
    each(&node, "addresses", &address)?;
    if let Some(org) = node.get("org") {
        let keys = ["company", "department", "title"];
        Node::new(At::Key(&node.at, "org"), org, &keys)?.maybe_texts(&keys, LONG)?;
    }
    match node.maybe_text("birthday", 10)? {
        Some(day) if !is_date(day) => wrong(At::Key(&node.at, "birthday"), "must be YYYY-MM-DD."),
        _ => Ok(()),
    }
}

/// A formatted name and at least one part of it.
fn name(at: At<'_>, value: &Value) -> Check {
    let parts = ["first_name", "middle_name", "last_name", "prefix", "suffix"];
    let node = Node::open(at, value)?;
    let mut keys = parts.to_vec();
    keys.push("formatted_name");
    node.only(&keys)?;
    node.text("formatted_name", LONG)?;
    node.maybe_texts(&parts, LONG)?;
    if parts.iter().any(|part| node.has(part)) {
        return Ok(());
    }
    invalid(at, "needs one more part beside formatted_name.")
}

/// A list of objects whose fields are all optional texts.
fn each(node: &Node<'_, '_>, key: &str, keys: &[&str]) -> Check {
    let at = At::Key(&node.at, key);
    for (i, value) in node.maybe_list(key, 100)?.iter().enumerate() {
        Node::new(At::Item(&at, i), value, keys)?.maybe_texts(keys, LONG)?;
    }
    Ok(())
}

fn is_date(text: &str) -> bool {
    let mut parts = text
        .splitn(3, '-')
        .map(|p| (p.len(), p.parse::<u32>().ok()));
    matches!(
        (parts.next(), parts.next(), parts.next()),
        (
            Some((4, Some(_))),
            Some((2, Some(1..=12))),
            Some((2, Some(1..=31)))
        )
    )
}
