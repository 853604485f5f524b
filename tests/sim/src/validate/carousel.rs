//! Interactive carousels of media or product cards.

use serde_json::Value;

use crate::validate::list;
use crate::validate::piece;
use crate::validate::rule::{At, Check, Node, invalid, wrong};

/// Two to ten cards, numbered from 0, all of one sort.
pub(crate) fn cards(action: &Node<'_, '_>) -> Check {
    action.only(&["cards"])?;
    let list = action.list("cards", 2, 10)?;
    let at = At::Key(&action.at, "cards");
    let mut first = None;
    for (i, value) in list.iter().enumerate() {
        let sort = card(At::Item(&at, i), value, i)?;
        if *first.get_or_insert(sort) != sort {
            return invalid(
                At::Item(&at, i),
                "must be of the same sort as the first card.",
            );
        }
    }
    Ok(())
}

/// Checks one card; says its sort: the header's type, or the catalog of a product.
fn card<'v>(at: At<'_>, value: &'v Value, index: usize) -> Check<&'v str> {
    let node = Node::new(
        at,
        value,
        &["card_index", "type", "header", "body", "action"],
    )?;
    let given = node.need("card_index")?.as_u64();
    if given != u64::try_from(index).ok() {
        return wrong(At::Key(&at, "card_index"), format_args!("must be {index}."));
    }
    let kind = node.one_of("type", &["cta_url", "product", "button", "quick_reply"])?;
    let action = Node::open(At::Key(&node.at, "action"), node.need("action")?)?;
    if kind == "product" {
        node.without(&["header", "body"], "is not allowed on a product card.")?;
        list::product(&action)?;
        return action.text("catalog_id", 256);
    }
    let head = Node::open(At::Key(&node.at, "header"), node.need("header")?)?;
    piece::head(
        At::Key(&node.at, "header"),
        node.need("header")?,
        &["image", "video"],
    )?;
    if let Some(value) = node.get("body") {
        text(&Node::new(At::Key(&node.at, "body"), value, &["text"])?)?;
    }
    if kind == "cta_url" {
        piece::cta_url(&action)?;
    } else {
        piece::buttons(&action, &["buttons"], 3)?;
    }
    head.text("type", 16)
}

fn text(body: &Node<'_, '_>) -> Check {
    if body.text("text", 160)?.matches('\n').count() > 2 {
        return invalid(
            At::Key(&body.at, "text"),
            "must have at most 2 line breaks.",
        );
    }
    Ok(())
}
