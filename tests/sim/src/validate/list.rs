//! Lists of rows and of products.

use std::collections::HashSet;

use serde_json::Value;

use crate::validate::rule::{At, Check, Node, invalid, unique};

/// The sections of a list message: at most ten, at most ten rows in all.
pub(crate) fn rows(action: &Node<'_, '_>) -> Check {
    action.only(&["button", "sections"])?;
    action.text("button", 20)?;
    let sections = action.list("sections", 1, 10)?;
    let at = At::Key(&action.at, "sections");
    let mut ids = HashSet::new();
    for (i, value) in sections.iter().enumerate() {
        let section = Node::new(At::Item(&at, i), value, &["title", "rows"])?;
        title(&section, sections.len())?;
        let at = At::Key(&section.at, "rows");
        for (j, value) in section.list("rows", 1, 10)?.iter().enumerate() {
            let row = Node::new(At::Item(&at, j), value, &["id", "title", "description"])?;
            unique(&mut ids, row.text("id", 200)?, At::Key(&row.at, "id"))?;
            row.text("title", 24)?;
            row.maybe_text("description", 72)?;
        }
    }
    if ids.len() > 10 {
        return invalid(at, "must have at most 10 rows in all.");
    }
    Ok(())
}

/// A title is needed where there is more than one section.
fn title(section: &Node<'_, '_>, of: usize) -> Check {
    if of > 1 {
        return section.text("title", 24).map(drop);
    }
    section.maybe_text("title", 24).map(drop)
}

pub(crate) fn product(action: &Node<'_, '_>) -> Check {
    action.only(&["catalog_id", "product_retailer_id"])?;
    action.text("catalog_id", 256)?;
    action.text("product_retailer_id", 256).map(drop)
}

pub(crate) fn products(action: &Node<'_, '_>) -> Check {
    action.only(&["catalog_id", "sections"])?;
    action.text("catalog_id", 256)?;
    sections(action)
}

/// Product sections: at most ten, at most thirty products in all.
pub(crate) fn sections(node: &Node<'_, '_>) -> Check {
    let list = node.list("sections", 1, 10)?;
    let at = At::Key(&node.at, "sections");
    let mut total = 0;
    for (i, value) in list.iter().enumerate() {
        let section = Node::new(At::Item(&at, i), value, &["title", "product_items"])?;
        title(&section, list.len())?;
        let items = section.list("product_items", 1, 30)?;
        items_are_products(At::Key(&section.at, "product_items"), items)?;
        total += items.len();
    }
    if total > 30 {
        return invalid(at, "must have at most 30 products in all.");
    }
    Ok(())
}

fn items_are_products(at: At<'_>, items: &[Value]) -> Check {
    for (i, value) in items.iter().enumerate() {
        let item = Node::new(At::Item(&at, i), value, &["product_retailer_id"])?;
        item.text("product_retailer_id", 256)?;
    }
    Ok(())
}
