//! Parts that several interactive kinds and carousel cards share.

use std::collections::HashSet;

use serde_json::Value;

use crate::validate::media;
use crate::validate::rule::{At, Check, Node, unique, wrong};

/// A header of one of the allowed types.
pub(crate) fn head(at: At<'_>, value: &Value, allowed: &[&str]) -> Check {
    let node = Node::open(at, value)?;
    let kind = node.one_of("type", allowed)?;
    node.only(&["type", "sub_text", kind])?;
    node.maybe_text("sub_text", 60)?;
    if kind == "text" {
        return node.text("text", 60).map(drop);
    }
    media::inside(At::Key(&node.at, kind), node.need(kind)?, kind)
}

/// One to `most` quick-reply buttons with ids and titles of their own.
pub(crate) fn buttons(action: &Node<'_, '_>, keys: &[&str], most: usize) -> Check {
    action.only(keys)?;
    let list = action.list("buttons", 1, most)?;
    let at = At::Key(&action.at, "buttons");
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for (i, value) in list.iter().enumerate() {
        let at = At::Item(&at, i);
        let button = Node::open(at, value)?;
        button.only(&["type", "reply", "quick_reply"])?;
        let kind = button.one_of("type", &["reply", "quick_reply"])?;
        let reply = Node::new(At::Key(&at, kind), button.need(kind)?, &["id", "title"])?;
        unique(&mut ids, reply.text("id", 256)?, At::Key(&reply.at, "id"))?;
        unique(
            &mut titles,
            reply.text("title", 20)?,
            At::Key(&reply.at, "title"),
        )?;
    }
    Ok(())
}

/// `{name, parameters}` with the name this kind has.
pub(crate) fn named<'v>(action: &Node<'_, 'v>, name: &str) -> Check<Option<&'v Value>> {
    action.only(&["name", "parameters"])?;
    action.one_of("name", &[name])?;
    Ok(action.get("parameters"))
}

/// A button that opens a page.
pub(crate) fn cta_url(action: &Node<'_, '_>) -> Check {
    named(action, "cta_url")?;
    let at = At::Key(&action.at, "parameters");
    let node = Node::new(at, action.need("parameters")?, &["display_text", "url"])?;
    node.text("display_text", 20)?;
    let url = node.text("url", 2_000)?;
    if ["http://", "https://"]
        .iter()
        .any(|start| url.starts_with(start))
    {
        return Ok(());
    }
    wrong(
        At::Key(&node.at, "url"),
        "must start with http:// or https://.",
    )
}
