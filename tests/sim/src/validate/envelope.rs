//! What every body for `/messages` has around its content, and which of the two calls it is.

use serde_json::Value;

use crate::phone;
use crate::validate::rule::{At, Check, Node, Refusal, invalid, wrong};
use crate::validate::{contact, interactive, media, simple, template};

/// A checked body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Send(Send),
    Mark(Mark),
}

/// A message to be sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Send {
    pub(crate) kind: &'static str,
    /// Phone number or group id; wins over `recipient`.
    pub(crate) to: Option<String>,
    /// Business-scoped user id.
    pub(crate) recipient: Option<String>,
    pub(crate) group: bool,
    pub(crate) voice: bool,
    pub(crate) biz_opaque: Option<String>,
}

/// A read mark, maybe with the typing indicator.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) message_id: String,
    pub(crate) typing: bool,
}

const KINDS: [&str; 12] = [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "template",
    "pin",
];

const AROUND: [&str; 8] = [
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
    "recipient_identity_key_hash",
];

/// Checks a whole body.
pub(crate) fn validate(body: &Value) -> Check<Call> {
    let node = Node::open(At::Root, body)?;
    if node.text("messaging_product", 64)? != "whatsapp" {
        return wrong(At::Key(&At::Root, "messaging_product"), "must be whatsapp.");
    }
    if node.has("status") {
        mark(&node).map(Call::Mark)
    } else {
        send(&node).map(Call::Send)
    }
}

fn mark(node: &Node<'_, '_>) -> Check<Mark> {
    node.only(&[
        "messaging_product",
        "status",
        "message_id",
        "typing_indicator",
    ])?;
    node.one_of("status", &["read"])?;
    let message_id = wamid(node, "message_id")?.to_owned();
    let typing = node.get("typing_indicator");
    if let Some(value) = typing {
        let indicator = Node::new(At::Key(&node.at, "typing_indicator"), value, &["type"])?;
        indicator.one_of("type", &["text"])?;
    }
    Ok(Mark {
        message_id,
        typing: typing.is_some(),
    })
}

fn send(node: &Node<'_, '_>) -> Check<Send> {
    let said = node.text("type", 64)?;
    let Some(kind) = KINDS.into_iter().find(|k| *k == said) else {
        return invalid(
            At::Key(&node.at, "type"),
            format_args!("must be one of {{{}}}.", KINDS.join(", ")),
        );
    };
    let mut keys = AROUND.to_vec();
    keys.push(kind);
    node.only(&keys)?;
    let group = node.maybe_one_of("recipient_type", &["individual", "group"])? == Some("group");
    let (to, recipient) = address(node, group)?;
    if let Some(context) = node.get("context") {
        let at = At::Key(&node.at, "context");
        if kind == "reaction" {
            return invalid(at, "is not allowed with a reaction.");
        }
        wamid(&Node::new(at, context, &["message_id"])?, "message_id")?;
    }
    node.maybe_text("recipient_identity_key_hash", 512)?;
    let biz_opaque = node
        .maybe_text("biz_opaque_callback_data", 512)?
        .map(str::to_owned);
    let voice = content(node, kind, group)?;
    Ok(Send {
        kind,
        to,
        recipient,
        group,
        voice,
        biz_opaque,
    })
}

/// Who it goes to: `to` or `recipient`, well written.
fn address(node: &Node<'_, '_>, group: bool) -> Check<(Option<String>, Option<String>)> {
    let to = node.maybe_text("to", 256)?.filter(|t| !t.is_empty());
    let recipient = node.maybe_text("recipient", 256)?.filter(|r| !r.is_empty());
    let at = At::Key(&node.at, "to");
    match (to, recipient) {
        (None, None) => {
            return Err(Refusal {
                code: 131_008,
                details: "The parameter to (or recipient) is required.".to_owned(),
            });
        }
        (Some(_), _) if group => {}
        (Some(to), _) => {
            let digits = phone::digits(to).map_or(0, |d| d.len());
            if !(5..=20).contains(&digits) {
                return wrong(at, "is not a phone number.");
            }
        }
        (None, Some(_)) if group => return wrong(at, "must be a group id."),
        (None, Some(recipient)) => {
            if !is_user_id(recipient) {
                return wrong(
                    At::Key(&node.at, "recipient"),
                    "is not a business-scoped user id.",
                );
            }
        }
    }
    Ok((to.map(str::to_owned), recipient.map(str::to_owned)))
}

/// `CC.` and up to 128 letters and digits; `CC.ENT.` and the same for a parent id.
fn is_user_id(text: &str) -> bool {
    let Some((country, id)) = text.split_once('.') else {
        return false;
    };
    let id = id.strip_prefix("ENT.").unwrap_or(id);
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && (1..=128).contains(&id.len())
        && id.chars().all(|c| c.is_ascii_alphanumeric())
}

fn wamid<'v>(node: &Node<'_, 'v>, key: &str) -> Check<&'v str> {
    let text = node.text(key, 512)?;
    if text.starts_with("wamid.") {
        return Ok(text);
    }
    wrong(At::Key(&node.at, key), "is not a message id.")
}

/// Checks the content; says whether it is a voice note.
fn content(node: &Node<'_, '_>, kind: &'static str, group: bool) -> Check<bool> {
    let value = node.need(kind)?;
    let at = At::Key(&node.at, kind);
    match kind {
        "text" => simple::text(at, value)?,
        "location" => simple::location(at, value)?,
        "reaction" => simple::reaction(at, value)?,
        "pin" => simple::pin(at, value, group)?,
        "contacts" => contact::contacts(at, node.list("contacts", 1, 257)?)?,
        "interactive" => interactive::interactive(at, value)?,
        "template" => template::template(at, value)?,
        _ => return media::message(at, value, kind),
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A whole body around one content.
    fn body(kind: &str, content: &Value) -> Value {
        json!({ "messaging_product": "whatsapp", "to": "+51955000111", "type": kind, kind: content })
    }

    fn code(body: &Value) -> u32 {
        validate(body).err().map_or(0, |refusal| refusal.code)
    }

    fn inter(kind: &str, action: &Value) -> Value {
        body(
            "interactive",
            &json!({ "type": kind, "body": { "text": "b" }, "action": action }),
        )
    }

    fn with(mut body: Value, key: &str, value: Value) -> Value {
        let mut at = &mut body;
        for part in key.split('/') {
            at = match part.parse::<usize>() {
                Ok(index) => &mut at[index],
                Err(_) => &mut at[part],
            };
        }
        *at = value;
        body
    }

    fn rows(count: usize) -> Value {
        (0..count)
            .map(|i| json!({ "id": format!("{i}"), "title": "t" }))
            .collect()
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn simple_kinds() {
        let text = body("text", &json!({ "body": "hola", "preview_url": true }));
        let place = body(
            "location",
            &json!({ "latitude": "-12.04", "longitude": -77.03 }),
        );
        let heart = body(
            "reaction",
            &json!({ "message_id": "wamid.A", "emoji": "❤️" }),
        );
        let image = body("image", &json!({ "id": "1", "caption": "c" }));
        let long = |n: usize| "x".repeat(n).into();
        let table = [
            (text.clone(), 0),
            (with(text.clone(), "text/body", long(4_096)), 0),
            (with(text.clone(), "text/body", long(4_097)), 100),
            (with(text.clone(), "text/body", "".into()), 131_008),
            (with(text.clone(), "text/preview_url", "yes".into()), 100),
            (with(text.clone(), "text/odd", 1.into()), 100),
            (with(text.clone(), "odd", 1.into()), 100),
            (with(text.clone(), "type", "txt".into()), 100),
            (with(text.clone(), "type", Value::Null), 131_008),
            (with(text.clone(), "messaging_product", "x".into()), 131_009),
            (
                with(text.clone(), "messaging_product", Value::Null),
                131_008,
            ),
            (
                with(text.clone(), "context", json!({ "message_id": "wamid.Q" })),
                0,
            ),
            (
                with(text.clone(), "context", json!({ "message_id": "Q" })),
                131_009,
            ),
            (with(text.clone(), "biz_opaque_callback_data", long(512)), 0),
            (
                with(text.clone(), "biz_opaque_callback_data", long(513)),
                100,
            ),
            (with(text.clone(), "recipient_type", "individual".into()), 0),
            (with(text.clone(), "recipient_type", "all".into()), 131_009),
            (with(text, "image", json!({ "id": "1" })), 100),
            (place.clone(), 0),
            (with(place.clone(), "location/latitude", 91.into()), 131_009),
            (with(place, "location/longitude", Value::Null), 131_008),
            (heart.clone(), 0),
            (with(heart.clone(), "reaction/emoji", "".into()), 0),
            (with(heart.clone(), "reaction/emoji", Value::Null), 131_008),
            (with(heart.clone(), "reaction/emoji", "ok".into()), 131_009),
            (
                with(heart, "context", json!({ "message_id": "wamid.Q" })),
                100,
            ),
            (image.clone(), 0),
            (
                with(
                    image.clone(),
                    "image/link",
                    "https://x.example/a.png".into(),
                ),
                100,
            ),
            (with(image.clone(), "image/filename", "a.png".into()), 100),
            (with(image.clone(), "image/caption", long(1_025)), 100),
            (
                with(
                    image.clone(),
                    "image",
                    json!({ "link": "https://x.example/a.png" }),
                ),
                0,
            ),
            (
                with(
                    image.clone(),
                    "image",
                    json!({ "link": "ftp://x.example/a.png" }),
                ),
                131_009,
            ),
            (with(image, "image", json!({})), 131_008),
            (
                body(
                    "document",
                    &json!({ "id": "1", "filename": "a.pdf", "caption": "c" }),
                ),
                0,
            ),
            (body("audio", &json!({ "id": "1", "voice": true })), 0),
            (body("audio", &json!({ "id": "1", "caption": "c" })), 100),
            (body("sticker", &json!({ "id": "1" })), 0),
            (
                body("pin", &json!({ "type": "pin", "message_id": "wamid.A" })),
                100,
            ),
            (json!([]), 100),
            (Value::Null, 100),
        ];
        for (case, expected) in table {
            assert_eq!(code(&case), expected, "{case}: {:?}", validate(&case));
        }
    }

    #[test]
    fn addresses() {
        let text = body("text", &json!({ "body": "hola" }));
        let to = |to: &str| with(text.clone(), "to", to.into());
        let recipient = |id: &str| with(to(""), "recipient", id.into());
        let group = with(to("Y2FwaV9ncm91cA=="), "recipient_type", "group".into());
        let table = [
            (to("+1 (631) 555-1234"), 0),
            (to("16315551234"), 0),
            (to("maria"), 131_009),
            (to(""), 131_008),
            (recipient("PE.13491208655302741918"), 0),
            (recipient("PE.ENT.118"), 0),
            (recipient("51955000111"), 131_009),
            (group, 0),
        ];
        for (case, expected) in table {
            assert_eq!(code(&case), expected, "{case}");
        }
        let both = with(to("+51955000111"), "recipient", "PE.1".into());
        let Ok(Call::Send(send)) = validate(&both) else {
            panic!("{both}")
        };
        assert_eq!(send.to.as_deref(), Some("+51955000111"));
    }

    #[test]
    fn read_marks() {
        let mark = json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A",
        });
        let typing = with(mark.clone(), "typing_indicator", json!({ "type": "text" }));
        assert_eq!(
            validate(&typing),
            Ok(Call::Mark(Mark {
                message_id: "wamid.A".to_owned(),
                typing: true
            }))
        );
        assert_eq!(code(&mark), 0);
        assert_eq!(code(&with(mark.clone(), "status", "seen".into())), 131_009);
        assert_eq!(code(&with(mark.clone(), "to", "+51955000111".into())), 100);
        assert_eq!(code(&with(mark, "message_id", "A".into())), 131_009);
    }

    #[test]
    fn contact_cards() {
        let card = json!({
            "name": { "formatted_name": "Ana Paz", "first_name": "Ana" },
            "phones": [{ "phone": "+51 955 000 111", "type": "CELL", "wa_id": "51955000111" }],
            "birthday": "1990-02-28",
        });
        let one = body("contacts", &json!([card]));
        let many = |n: usize| body("contacts", &vec![card.clone(); n].into());
        let table = [
            (one.clone(), 0),
            (many(257), 0),
            (many(258), 100),
            (many(0), 100),
            (
                with(one.clone(), "contacts/0/name/first_name", Value::Null),
                100,
            ),
            (
                with(one.clone(), "contacts/0/name/formatted_name", Value::Null),
                131_008,
            ),
            (
                with(one.clone(), "contacts/0/birthday", "28.2.1990".into()),
                131_009,
            ),
            (with(one, "contacts/0/phones/0/number", "1".into()), 100),
        ];
        for (case, expected) in table {
            assert_eq!(code(&case), expected, "{case}");
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn buttons_and_lists() {
        let reply = |id: &str, title: &str| json!({ "type": "reply", "reply": { "id": id, "title": title } });
        let buttons = |list: Value| inter("button", &json!({ "buttons": list }));
        let two = buttons(json!([reply("a", "A"), reply("b", "B")]));
        let list =
            |sections: Value| inter("list", &json!({ "button": "Menu", "sections": sections }));
        let short = list(json!([{ "rows": rows(10) }]));
        let long = |n: usize| "x".repeat(n).into();
        let table = [
            (two.clone(), 0),
            (buttons(json!([])), 100),
            (buttons(json!([reply("a", "A"), reply("a", "B")])), 131_009),
            (buttons(json!([reply("a", "A"), reply("b", "A")])), 131_009),
            (
                buttons(json!(
                    [1, 2, 3, 4].map(|i| reply(&i.to_string(), &i.to_string()))
                )),
                100,
            ),
            (
                buttons(json!([reply("a", "a title that is too long")])),
                100,
            ),
            (
                with(
                    two.clone(),
                    "interactive/header",
                    json!({ "type": "text", "text": "h" }),
                ),
                0,
            ),
            (
                with(
                    two.clone(),
                    "interactive/header",
                    json!({ "type": "image", "image": { "id": "1" } }),
                ),
                0,
            ),
            (
                with(
                    two.clone(),
                    "interactive/header",
                    json!({ "type": "text", "text": "h", "id": "1" }),
                ),
                100,
            ),
            (
                with(
                    two.clone(),
                    "interactive/footer",
                    json!({ "text": "x".repeat(61) }),
                ),
                100,
            ),
            (with(two.clone(), "interactive/body/text", long(1_024)), 0),
            (with(two.clone(), "interactive/body/text", long(1_025)), 100),
            (with(two.clone(), "interactive/body", Value::Null), 131_008),
            (with(two, "interactive/type", "knobs".into()), 131_009),
            (short.clone(), 0),
            (with(short.clone(), "interactive/body/text", long(4_096)), 0),
            (
                with(
                    short.clone(),
                    "interactive/header",
                    json!({ "type": "image", "image": { "id": "1" } }),
                ),
                131_009,
            ),
            (
                with(short.clone(), "interactive/action/button", "".into()),
                131_008,
            ),
            (list(json!([{ "rows": rows(11) }])), 100),
            (
                list(json!([{ "rows": rows(1) }, { "rows": [{ "id": "x", "title": "t" }] }])),
                131_008,
            ),
            (
                list(json!([{ "title": "a", "rows": rows(6) }, {
                    "title": "b", "rows": [{ "id": "0", "title": "t" }],
                }])),
                131_009,
            ),
            (
                with(
                    short,
                    "interactive/action/sections/0/rows/0/description",
                    long(73),
                ),
                100,
            ),
        ];
        for (case, expected) in table {
            assert_eq!(code(&case), expected, "{case}: {:?}", validate(&case));
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn other_interactive_kinds() {
        let url = json!({ "name": "cta_url", "parameters": { "display_text": "Go", "url": "https://x.example" } });
        let flow = json!({ "name": "flow", "parameters": {
            "flow_message_version": "3", "flow_id": "1", "flow_cta": "Open",
            "flow_action_payload": { "screen": "S", "data": { "k": 1 } },
        }});
        let products = json!({ "catalog_id": "1", "sections": [
            { "title": "t", "product_items": [{ "product_retailer_id": "p" }] },
        ]});
        let card = |i: u32, head: &str| {
            json!({
                "card_index": i, "type": "cta_url", "header": { "type": head, head: { "id": "1" } },
                "body": { "text": "b" }, "action": url,
            })
        };
        let cards = |list: Value| inter("carousel", &json!({ "cards": list }));
        let money = |n: u32| json!({ "value": n, "offset": 100 });
        let order = json!({ "name": "review_and_pay", "parameters": {
            "reference_id": "r", "type": "digital-goods", "currency": "BRL", "total_amount": money(100),
            "order": { "status": "pending", "subtotal": money(100), "items": [
                { "retailer_id": "1", "name": "bread", "amount": money(100), "quantity": 1 },
            ]},
        }});
        let flow = inter("flow", &flow);
        let head = json!({ "type": "text", "text": "h" });
        let table = [
            (inter("cta_url", &url), 0),
            (
                inter(
                    "cta_url",
                    &with(url.clone(), "parameters/url", "x.example".into()),
                ),
                131_009,
            ),
            (
                inter("cta_url", &with(url.clone(), "name", "url".into())),
                131_009,
            ),
            (
                inter(
                    "location_request_message",
                    &json!({ "name": "send_location" }),
                ),
                0,
            ),
            (
                inter("location_request_message", &json!({ "name": "x" })),
                131_009,
            ),
            (
                inter(
                    "request_contact_info",
                    &json!({ "name": "request_contact_info" }),
                ),
                0,
            ),
            (
                inter(
                    "call_permission_request",
                    &json!({ "name": "call_permission_request" }),
                ),
                0,
            ),
            (
                inter(
                    "voice_call",
                    &json!({ "name": "voice_call", "parameters": { "ttl_minutes": 10 } }),
                ),
                0,
            ),
            (
                inter(
                    "address_message",
                    &json!({ "name": "address_message", "parameters": { "country": "IN" } }),
                ),
                0,
            ),
            (
                inter("catalog_message", &json!({ "name": "catalog_message" })),
                0,
            ),
            (
                inter(
                    "product",
                    &json!({ "catalog_id": "1", "product_retailer_id": "p" }),
                ),
                0,
            ),
            (flow.clone(), 0),
            (
                with(
                    flow.clone(),
                    "interactive/action/parameters/flow_name",
                    "n".into(),
                ),
                100,
            ),
            (
                with(
                    flow.clone(),
                    "interactive/action/parameters/flow_message_version",
                    3.into(),
                ),
                131_009,
            ),
            (
                with(
                    flow,
                    "interactive/action/parameters/flow_action_payload/data",
                    json!({}),
                ),
                100,
            ),
            (inter("product_list", &products), 131_008),
            (
                with(
                    inter("product_list", &products),
                    "interactive/header",
                    head.clone(),
                ),
                0,
            ),
            (
                with(
                    inter(
                        "product",
                        &json!({ "catalog_id": "1", "product_retailer_id": "p" }),
                    ),
                    "interactive/header",
                    head,
                ),
                100,
            ),
            (cards(json!([card(0, "image"), card(1, "image")])), 0),
            (cards(json!([card(0, "image"), card(1, "video")])), 100),
            (cards(json!([card(0, "image"), card(2, "image")])), 131_009),
            (cards(json!([card(0, "image")])), 100),
            (inter("order_details", &order), 0),
            (
                inter(
                    "order_details",
                    &with(order, "parameters/currency", "EUR".into()),
                ),
                131_009,
            ),
            (
                inter(
                    "order_status",
                    &json!({ "name": "review_order", "parameters": {
                        "reference_id": "r", "order": { "status": "shipped" },
                    }}),
                ),
                0,
            ),
        ];
        for (case, expected) in table {
            assert_eq!(code(&case), expected, "{case}: {:?}", validate(&case));
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn templates() {
        let component = |value: Value| {
            body(
                "template",
                &json!({
                    "name": "order_ready", "language": { "code": "es" }, "components": [value],
                }),
            )
        };
        let button = |sub: &str, index: Value, parameter: Value| {
            component(json!({
                "type": "button", "sub_type": sub, "index": index, "parameters": [parameter],
            }))
        };
        let text = json!({ "type": "text", "text": "Ana" });
        let named = json!({ "type": "text", "text": "Ana", "parameter_name": "name" });
        let plain = body(
            "template",
            &json!({ "name": "hello_world", "language": { "code": "en_US" } }),
        );
        let offer = |ms: i64| {
            component(json!({ "type": "limited_time_offer", "parameters": [
                { "type": "limited_time_offer", "limited_time_offer": { "expiration_time_ms": ms } },
            ]}))
        };
        let card = |i: u32| {
            json!({ "card_index": i, "components": [
                { "type": "header", "parameters": [{ "type": "image", "image": { "id": "1" } }] },
            ]})
        };
        let table = [
            (plain.clone(), 0),
            (
                with(plain.clone(), "template/name", "Hello".into()),
                132_001,
            ),
            (with(plain.clone(), "template/language", json!({})), 131_008),
            (
                with(
                    plain.clone(),
                    "template/language/policy",
                    "deterministic".into(),
                ),
                0,
            ),
            (
                with(plain, "template/language/policy", "fallback".into()),
                131_009,
            ),
            (
                component(json!({ "type": "body", "parameters": [text, text] })),
                0,
            ),
            (
                component(json!({ "type": "BODY", "parameters": [named] })),
                0,
            ),
            (
                component(json!({ "type": "body", "parameters": [text, named] })),
                132_012,
            ),
            (
                component(json!({ "type": "body", "parameters": [{ "type": "text" }] })),
                131_008,
            ),
            (
                component(json!({ "type": "body", "parameters": [{
                    "type": "currency",
                    "currency": { "fallback_value": "$1", "code": "USD", "amount_1000": 1000 },
                }]})),
                0,
            ),
            (
                component(json!({ "type": "header", "parameters": [text, text] })),
                100,
            ),
            (
                component(
                    json!({ "type": "header", "parameters": [{ "type": "document", "document": { "id": "1", "filename": "f" } }] }),
                ),
                0,
            ),
            (component(json!({ "type": "footer" })), 131_009),
            (
                button(
                    "quick_reply",
                    "0".into(),
                    json!({ "type": "payload", "payload": "p" }),
                ),
                0,
            ),
            (button("url", 1.into(), text.clone()), 0),
            (button("url", 10.into(), text.clone()), 131_009),
            (button("url", "x".into(), text.clone()), 131_009),
            (button("phone_number", 0.into(), text), 131_009),
            (
                button(
                    "copy_code",
                    0.into(),
                    json!({ "type": "coupon_code", "coupon_code": "SAVE25" }),
                ),
                0,
            ),
            (
                button(
                    "copy_code",
                    0.into(),
                    json!({ "type": "coupon_code", "coupon_code": "x".repeat(21) }),
                ),
                100,
            ),
            (
                button(
                    "CATALOG",
                    0.into(),
                    json!({ "type": "action", "action": { "thumbnail_product_retailer_id": "p" } }),
                ),
                0,
            ),
            (
                button(
                    "flow",
                    0.into(),
                    json!({ "type": "action", "action": { "flow_token": "t" } }),
                ),
                0,
            ),
            (
                button(
                    "flow",
                    0.into(),
                    json!({ "type": "action", "action": { "token": "t" } }),
                ),
                100,
            ),
            (offer(1_798_761_600_000), 0),
            (offer(1_798_761_600), 131_009),
            (
                component(json!({ "type": "carousel", "cards": [card(0), card(1)] })),
                0,
            ),
            (
                component(json!({ "type": "carousel", "cards": [card(1)] })),
                131_009,
            ),
        ];
        for (case, expected) in table {
            assert_eq!(code(&case), expected, "{case}: {:?}", validate(&case));
        }
    }
}
