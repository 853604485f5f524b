//! The limits of Meta's `interactive` object: buttons, lists, links, forms, products, cards.

use std::collections::HashSet;

use crate::api::problem::{Code, Problem};
use serde_json::Value;

use crate::limits::measure::{Part, invalid};

/// The text, in UTF-16 units.
pub const BODY: usize = 1024;
/// The text of a list.
pub const LIST_BODY: usize = 4096;
/// Small words below.
pub const FOOTER: usize = 60;
/// Words at the top.
pub const HEADER: usize = 60;
/// The words of a button, and of what opens a list.
pub const LABEL: usize = 20;
/// The title of a section or of a row.
pub const TITLE: usize = 24;
/// The second line of a row.
pub const DESCRIPTION: usize = 72;
/// Rows of a list, in all its sections.
pub const ROWS: usize = 10;
/// Reply buttons.
pub const BUTTONS: usize = 3;
/// The id of a button.
pub const BUTTON_ID: usize = 256;
/// The id of a row.
pub const ROW_ID: usize = 200;
/// A page's address.
pub const URL: usize = 2000;
const PRODUCTS: usize = 30;
/// A call button lives so many minutes at most.
const CALL_MINUTES: u64 = 43_200;

const TYPES: [&str; 14] = [
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
];

/// Refuses an object that Meta would refuse, naming the part that is wrong.
pub fn check(object: &Value) -> Result<(), Problem> {
    let root = Part::root(object, "interactive");
    if !object.is_object() {
        return Err(root.bad("Give Meta's interactive object, with type, body and action."));
    }
    let kind = root.get("type").word().unwrap_or_default();
    let action = root.get("action");
    root.get("footer").get("text").maybe_text(FOOTER)?;
    body(&root, kind)?;
    match kind {
        "button" => {
            header(&root, &["text", "image", "video", "document"])?;
            buttons(&action.get("buttons"))
        }
        "list" => {
            header(&root, &["text"])?;
            list(&action)
        }
        "cta_url" => {
            header(&root, &["text", "image", "video", "document"])?;
            link(&action)
        }
        "flow" => form(&action),
        "product" => {
            root.get("header")
                .absent("A single product has no header.")?;
            some(&action, &["catalog_id", "product_retailer_id"])
        }
        "product_list" => products(&root, &action),
        "carousel" => cards(&root, &action),
        "voice_call" => {
            named(&action, "voice_call")?;
            let parameters = action.get("parameters");
            let minutes = parameters.get("ttl_minutes");
            let whole = minutes
                .value()
                .is_none_or(|m| m.as_u64().is_some_and(|m| (1..=CALL_MINUTES).contains(&m)));
            if !whole {
                return Err(minutes.bad(format!("Give 1 to {CALL_MINUTES} minutes.")));
            }
            parameters.get("display_text").maybe_text(LABEL).map(|_| ())
        }
        "location_request_message" => {
            root.get("header")
                .absent("A request for a location has no header.")?;
            named(&action, "send_location")
        }
        "catalog_message" => {
            root.get("header")
                .absent("A catalogue message has no header.")?;
            named(&action, kind)
        }
        "address_message" | "call_permission_request" | "request_contact_info" => {
            named(&action, kind)
        }
        "order_details" | "order_status" => Ok(()),
        _ => {
            let detail = format!(
                "Give one of these types: {}, order_status.",
                TYPES.join(", ")
            );
            Err(root.get("type").bad(detail))
        }
    }
}

fn body(root: &Part<'_>, kind: &str) -> Result<(), Problem> {
    let text = root.get("body").get("text");
    let most = if kind == "list" { LIST_BODY } else { BODY };
    let optional = matches!(kind, "product" | "call_permission_request");
    if optional {
        text.maybe_text(most).map(|_| ())
    } else {
        text.text(most).map(|_| ())
    }
}

fn header(root: &Part<'_>, allowed: &[&str]) -> Result<(), Problem> {
    let header = root.get("header");
    if !header.is_there() {
        return Ok(());
    }
    let kind = header.get("type");
    let word = kind.word().unwrap_or_default();
    if !allowed.contains(&word) {
        return Err(kind.bad(format!("The header can be: {}.", allowed.join(", "))));
    }
    if word == "text" {
        return header.get("text").text(HEADER).map(|_| ());
    }
    let file = header.get(word);
    if file.get("id").word().is_none() && file.get("link").word().is_none() {
        return Err(file.bad("Name the file by id (uploaded before) or by link."));
    }
    Ok(())
}

fn buttons(list: &Part<'_>) -> Result<(), Problem> {
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for button in list.list(1, BUTTONS)? {
        if button.get("type").word() != Some("reply") {
            return Err(button.get("type").bad("A button's type is reply."));
        }
        let reply = button.get("reply");
        if !ids.insert(reply.get("id").text(BUTTON_ID)?) {
            return Err(reply.get("id").bad("Every button needs an id of its own."));
        }
        if !titles.insert(reply.get("title").text(LABEL)?) {
            return Err(reply
                .get("title")
                .bad("Every button needs a title of its own."));
        }
    }
    Ok(())
}

fn list(action: &Part<'_>) -> Result<(), Problem> {
    let _label = action.get("button").text(LABEL)?;
    let sections = action.get("sections").list(1, 10)?;
    let mut ids = HashSet::new();
    let mut count = 0;
    for section in &sections {
        titled(section, sections.len())?;
        for row in section.get("rows").list(1, ROWS)? {
            count += 1;
            if !ids.insert(row.get("id").text(ROW_ID)?) {
                return Err(row.get("id").bad("Every row needs an id of its own."));
            }
            let _title = row.get("title").text(TITLE)?;
            let _words = row.get("description").maybe_text(DESCRIPTION)?;
        }
    }
    if count > ROWS {
        let detail = format!("A list has {ROWS} rows in all its sections together, not {count}.");
        return Err(Problem::new(Code::TooLong, detail).field(action.get("sections").path()));
    }
    Ok(())
}

fn titled(section: &Part<'_>, sections: usize) -> Result<(), Problem> {
    let title = section.get("title");
    if sections > 1 {
        title.text(TITLE).map(|_| ())
    } else {
        title.maybe_text(TITLE).map(|_| ())
    }
}

fn link(action: &Part<'_>) -> Result<(), Problem> {
    named(action, "cta_url")?;
    let parameters = action.get("parameters");
    let _label = parameters.get("display_text").text(LABEL)?;
    let url = parameters.get("url");
    let address = url.text(URL)?;
    if !(address.starts_with("https://") || address.starts_with("http://")) {
        return Err(url.bad("Give an address that begins with https://."));
    }
    Ok(())
}

fn form(action: &Part<'_>) -> Result<(), Problem> {
    named(action, "flow")?;
    let parameters = action.get("parameters");
    let _version = parameters.get("flow_message_version").text(8)?;
    let _label = parameters.get("flow_cta").text(LABEL)?;
    if parameters.get("flow_id").word().is_none() && parameters.get("flow_name").word().is_none() {
        return Err(parameters.bad("Name the Flow by flow_id or by flow_name."));
    }
    let data = parameters.get("flow_action_payload").get("data");
    if data
        .value()
        .and_then(Value::as_object)
        .is_some_and(serde_json::Map::is_empty)
    {
        return Err(data.bad("Leave data out where there is none: Meta refuses an empty one."));
    }
    Ok(())
}

fn products(root: &Part<'_>, action: &Part<'_>) -> Result<(), Problem> {
    if !root.get("header").is_there() {
        return Err(root
            .get("header")
            .bad("A list of products needs a header of type text."));
    }
    header(root, &["text"])?;
    some(action, &["catalog_id"])?;
    let sections = action.get("sections").list(1, 10)?;
    let mut count = 0;
    for section in &sections {
        titled(section, sections.len())?;
        for item in section.get("product_items").list(1, PRODUCTS)? {
            count += 1;
            some(&item, &["product_retailer_id"])?;
        }
    }
    if count > PRODUCTS {
        let detail = format!("A list has {PRODUCTS} products in all its sections together.");
        return Err(Problem::new(Code::TooLong, detail).field(action.get("sections").path()));
    }
    Ok(())
}

fn cards(root: &Part<'_>, action: &Part<'_>) -> Result<(), Problem> {
    for key in ["header", "footer"] {
        root.get(key)
            .absent("A carousel has only a body outside its cards.")?;
    }
    let mut kinds = HashSet::new();
    for (at, card) in action.get("cards").list(2, 10)?.iter().enumerate() {
        let index = card.get("card_index");
        if index.value().and_then(Value::as_u64) != u64::try_from(at).ok() {
            return Err(index.bad("Number the cards from 0 in their order."));
        }
        if let Some(words) = card.get("body").get("text").maybe_text(160)?
            && words.matches('\n').count() > 2
        {
            return Err(card
                .get("body")
                .get("text")
                .bad("A card's body has two line breaks at most."));
        }
        if card.get("type").word() == Some("product") {
            some(&card.get("action"), &["catalog_id", "product_retailer_id"])?;
            let _new = kinds.insert("product");
        } else {
            header(card, &["image", "video"])?;
            let _new = kinds.insert(card.get("header").get("type").word().unwrap_or_default());
        }
    }
    if kinds.len() > 1 {
        let detail =
            "All cards of a carousel are of one kind: all pictures, all films, or all products.";
        return Err(invalid(action.get("cards").path(), detail));
    }
    Ok(())
}

fn named(action: &Part<'_>, name: &str) -> Result<(), Problem> {
    let given = action.get("name");
    if given.word() == Some(name) {
        return Ok(());
    }
    Err(given.bad(format!("The action's name is {name}.")))
}

fn some(part: &Part<'_>, keys: &[&str]) -> Result<(), Problem> {
    keys.iter()
        .try_for_each(|key| part.get(key).text(256).map(|_| ()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::check;

    fn field(value: &Value) -> String {
        check(value).unwrap_err().field.unwrap()
    }

    fn button(id: &str, title: &str) -> Value {
        json!({"type": "reply", "reply": {"id": id, "title": title}})
    }

    fn buttons(list: &[Value]) -> Value {
        json!({"type": "button", "body": {"text": "¿Sí?"}, "action": {"buttons": list}})
    }

    #[test]
    fn one_to_three_buttons_with_ids_and_titles_of_their_own() {
        assert!(check(&buttons(&[button("y", "Sí"), button("n", "No")])).is_ok());
        assert_eq!(field(&buttons(&[])), "interactive.action.buttons");
        let four: Vec<Value> = (0..4)
            .map(|n| button(&n.to_string(), &n.to_string()))
            .collect();
        assert_eq!(field(&buttons(&four)), "interactive.action.buttons");
        let twins = buttons(&[button("y", "Sí"), button("y", "No")]);
        assert_eq!(field(&twins), "interactive.action.buttons[1].reply.id");
        let long = buttons(&[button("y", &"x".repeat(21))]);
        assert_eq!(field(&long), "interactive.action.buttons[0].reply.title");
    }

    #[test]
    fn calls_and_catalogues_have_bounds_of_their_own() {
        let call = |minutes: Value| {
            json!({"type": "voice_call", "body": {"text": "a"}, "action": {"name": "voice_call",
                "parameters": {"display_text": "Llamar", "ttl_minutes": minutes}}})
        };
        assert!(check(&call(json!(60))).is_ok());
        assert_eq!(
            field(&call(json!(43_201))),
            "interactive.action.parameters.ttl_minutes"
        );
        let catalogue = json!({"type": "catalog_message", "body": {"text": "a"},
            "header": {"type": "text", "text": "a"}, "action": {"name": "catalog_message"}});
        assert_eq!(field(&catalogue), "interactive.header");
    }

    #[test]
    fn a_list_has_ten_rows_in_all() {
        let row = |n: usize| json!({"id": n.to_string(), "title": format!("Fila {n}")});
        let list = |sizes: &[usize]| {
            let mut next = 0;
            let sections: Vec<Value> = sizes
                .iter()
                .map(|size| {
                    let rows: Vec<Value> = (next..next + size).map(row).collect();
                    next += size;
                    json!({"title": "Sección", "rows": rows})
                })
                .collect();
            json!({"type": "list", "body": {"text": "a".repeat(4096)},
                "action": {"button": "Elegir", "sections": sections}})
        };
        assert!(check(&list(&[5, 5])).is_ok());
        assert_eq!(field(&list(&[6, 5])), "interactive.action.sections");
        let mut pictured = list(&[1]);
        pictured["header"] = json!({"type": "image", "image": {"id": "1"}});
        assert_eq!(field(&pictured), "interactive.header.type");
    }

    #[test]
    fn links_forms_products_and_cards() {
        let link = |url: &str| {
            json!({"type": "cta_url", "body": {"text": "a"},
                "action": {"name": "cta_url", "parameters": {"display_text": "Ver", "url": url}}})
        };
        assert!(check(&link("https://example.com")).is_ok());
        assert_eq!(
            field(&link("javascript:x")),
            "interactive.action.parameters.url"
        );
        let form = json!({"type": "flow", "body": {"text": "a"}, "action": {"name": "flow",
            "parameters": {"flow_message_version": "3", "flow_cta": "Abrir"}}});
        assert_eq!(field(&form), "interactive.action.parameters");
        let product = json!({"type": "product",
            "action": {"catalog_id": "1", "product_retailer_id": "a"}});
        assert!(check(&product).is_ok());
        let card = |at: usize, kind: &str| json!({"card_index": at, "type": "cta_url", "header": {"type": kind, kind: {"id": "1"}}});
        let carousel = |cards: &[Value]| json!({"type": "carousel", "body": {"text": "a"}, "action": {"cards": cards}});
        assert!(check(&carousel(&[card(0, "image"), card(1, "image")])).is_ok());
        let mixed = carousel(&[card(0, "image"), card(1, "video")]);
        assert_eq!(field(&mixed), "interactive.action.cards");
        assert_eq!(
            field(&carousel(&[card(0, "image")])),
            "interactive.action.cards"
        );
        assert_eq!(
            field(&json!({"type": "buton", "body": {"text": "a"}})),
            "interactive.type"
        );
        assert_eq!(field(&json!("button")), "interactive");
    }
}
