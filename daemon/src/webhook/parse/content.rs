//! What a message carries, in our types: every kind that Meta documents, and the whole message where the kind is unknown.

use common::id::Wamid;
use common::model::content::{
    Button, Content, File, Location, Order, OrderItem, Reaction, System, Text, Unsupported,
};

use crate::fact::digest::file_digest;
use crate::fact::told::MediaTold;
use crate::webhook::parse::{card, interactive, template};
use crate::webhook::payload::json::Json;

/// The members that hold the content of each kind; the one that is there tells the kind of a
/// message without `type`.
const KINDS: [&str; 15] = [
    "text",
    "image",
    "video",
    "audio",
    "voice",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "button",
    "order",
    "system",
    "template",
];
/// Changes of an earlier message.
const CHANGES: [&str; 2] = ["edit", "revoke"];

/// Content and what is told of its file.
#[derive(Debug)]
pub(crate) struct Carried {
    pub(crate) content: Content,
    pub(crate) media: Option<MediaTold>,
}

impl From<Content> for Carried {
    fn from(content: Content) -> Self {
        Self {
            content,
            media: None,
        }
    }
}

/// Meta's word for a message's kind, in lower case; worked out from its members where `type` is
/// missing.
pub(crate) fn kind(message: &Json<'_>) -> Option<String> {
    message.get("type").word().or_else(|| {
        let there = |name: &&&str| !message.get(name).is_null();
        let found = KINDS.iter().chain(&CHANGES).find(there);
        found.map(|name| (*name).to_owned())
    })
}

/// Reads a message's content.
pub(crate) fn carried(message: &Json<'_>) -> Carried {
    let kind = kind(message);
    match kind.as_deref() {
        Some("text") => text(message).into(),
        Some("image") => file(message, "image", Content::Image),
        Some("video") => file(message, "video", Content::Video),
        Some("audio") if message.get("audio").get("voice").flag() == Some(true) => {
            file(message, "audio", Content::Voice)
        }
        Some("audio") => file(message, "audio", Content::Audio),
        Some("voice") if message.get("voice").is_null() => file(message, "audio", Content::Voice),
        Some("voice") => file(message, "voice", Content::Voice),
        Some("document") => file(message, "document", Content::Document),
        Some("sticker") => file(message, "sticker", Content::Sticker),
        Some("location") => location(message.get("location")).into(),
        Some("contacts") => Content::Contacts(card::contacts(message.get("contacts"))).into(),
        Some("reaction") => reaction(message.get("reaction")).into(),
        Some("interactive") => {
            Content::Interactive(interactive::interactive(message.get("interactive"))).into()
        }
        Some("button") => button(message.get("button")).into(),
        Some("order") => order(message.get("order")).into(),
        Some("system") => system(message).into(),
        Some("template") => Content::Template(template::template(message)).into(),
        _ => unsupported(message, kind).into(),
    }
}

/// What nobody can read yet, or what WhatsApp would not hand over.
pub(crate) fn unsupported(message: &Json<'_>, kind: Option<String>) -> Content {
    let error = message.get("errors").each().first();
    Content::Unsupported(Unsupported {
        subtype: kind,
        code: error.and_then(|error| error.get("code").whole()),
        title: error.and_then(|error| error.first(&["title", "message"]).words()),
        raw: Some(message.value()),
    })
}

fn text(message: &Json<'_>) -> Content {
    let text = message.get("text");
    let body = if text.is_object() {
        text.get("body")
    } else {
        text
    };
    Content::Text(Text {
        body: body.words().unwrap_or_default(),
        preview_url: text.get("preview_url").flag(),
    })
}

fn file(message: &Json<'_>, member: &str, kind: fn(File) -> Content) -> Carried {
    let told = message.get(member);
    let filename = told.first(&["filename", "file_name"]).name();
    let media = MediaTold {
        meta_id: told.get("id").id().map(ToOwned::to_owned),
        mime: told.get("mime_type").name(),
        sha256: told.get("sha256").id().and_then(file_digest),
        filename: filename.clone(),
        bytes: told
            .get("file_size")
            .whole()
            .and_then(|bytes| u64::try_from(bytes).ok()),
        url: told.first(&["url", "link"]).id().map(ToOwned::to_owned),
    };
    let caption = told.get("caption").words();
    let content = kind(File {
        // Words under the wrong name are still the customer's words.
        caption: caption.or_else(|| message.get("text").get("body").words()),
        filename,
        animated: told.get("animated").flag(),
    });
    Carried {
        content,
        media: (media != MediaTold::default()).then_some(media),
    }
}

fn location(place: &Json<'_>) -> Content {
    Content::Location(Location {
        latitude: place.get("latitude").float(),
        longitude: place.get("longitude").float(),
        name: place.get("name").words(),
        address: place.get("address").words(),
        url: place.get("url").name(),
    })
}

fn reaction(reaction: &Json<'_>) -> Content {
    Content::Reaction(Reaction {
        target: reaction.get("message_id").id().map(Wamid::from),
        emoji: reaction.get("emoji").name(),
    })
}

fn button(button: &Json<'_>) -> Content {
    Content::Button(Button {
        text: button.get("text").words().or_else(|| button.words()),
        payload: button.get("payload").words(),
    })
}

fn order(order: &Json<'_>) -> Content {
    let item = |item: &Json<'_>| OrderItem {
        product_retailer_id: item.get("product_retailer_id").name(),
        quantity: item.get("quantity").float(),
        item_price: item.get("item_price").float(),
        currency: item.get("currency").name(),
    };
    let items = order.get("product_items").each();
    Content::Order(Order {
        catalog_id: order.get("catalog_id").name(),
        text: order.get("text").words(),
        items: items.iter().filter(|i| i.is_object()).map(item).collect(),
    })
}

fn system(message: &Json<'_>) -> Content {
    let system = message.get("system");
    Content::System(System {
        subtype: system.get("type").word(),
        body: system.get("body").words(),
        wa_id: system.first(&["wa_id", "new_wa_id"]).name(),
        user_id: system.get("user_id").name(),
    })
}

#[cfg(test)]
mod tests {
    use super::carried;
    use crate::webhook::payload::grammar::parse;
    use common::model::content::{Content, Kind};

    fn read(message: &str) -> Content {
        carried(&parse(message).unwrap()).content
    }

    #[test]
    fn a_missing_type_is_worked_out() {
        for (message, kind) in [
            (r#"{"text":{"body":"hola"}}"#, Kind::Text),
            (
                r#"{"location":{"latitude":-12.05,"longitude":"-77.04"}}"#,
                Kind::Location,
            ),
            (
                r#"{"contacts":[{"name":{"formatted_name":"Ana"}}]}"#,
                Kind::Contacts,
            ),
            (r#"{"type":"","sticker":{"id":1}}"#, Kind::Sticker),
            (r#"{"type":"IMAGE","image":{"id":"1"}}"#, Kind::Image),
            (r#"{"id":"x"}"#, Kind::Unsupported),
            (r#"{"type":7}"#, Kind::Unsupported),
            (
                r#"{"type":"hologram","hologram":{"id":"1"}}"#,
                Kind::Unsupported,
            ),
        ] {
            assert_eq!(read(message).kind(), kind, "{message}");
        }
    }

    #[test]
    fn text_in_any_shape() {
        for (message, text) in [
            (r#"{"type":"text","text":{"body":"Hola"}}"#, Some("Hola")),
            (r#"{"type":"text","text":"Hola"}"#, Some("Hola")),
            (r#"{"type":"text","text":{"body":42}}"#, Some("42")),
            (r#"{"type":"text","text":{"body":null}}"#, None),
            (r#"{"type":"text","text":[]}"#, None),
            (r#"{"type":"text"}"#, None),
        ] {
            assert_eq!(read(message).text().as_deref(), text, "{message}");
            assert_eq!(read(message).kind(), Kind::Text);
        }
    }

    #[test]
    fn voice_notes_are_told_from_sounds() {
        assert_eq!(
            read(r#"{"type":"audio","audio":{"id":"1","voice":true}}"#).kind(),
            Kind::Voice
        );
        assert_eq!(
            read(r#"{"type":"audio","audio":{"id":"1","voice":false}}"#).kind(),
            Kind::Audio
        );
        assert_eq!(
            read(r#"{"type":"voice","voice":{"id":"1"}}"#).kind(),
            Kind::Voice
        );
        assert_eq!(read(r#"{"type":"audio"}"#).kind(), Kind::Audio);
    }

    #[test]
    fn files_keep_what_is_told() {
        let message = r#"{"type":"document","document":{"id":1003383421387256,"mime_type":"application/pdf",
            "sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=","filename":"pago\u202efdp.exe","caption":"Aquí",
            "file_size":"2048"}}"#;
        let carried = carried(&parse(message).unwrap());
        let media = carried.media.unwrap();
        assert_eq!(media.meta_id.as_deref(), Some("1003383421387256"));
        assert_eq!(media.filename.as_deref(), Some("pagofdp.exe"));
        assert_eq!(media.bytes, Some(2048));
        assert!(media.sha256.unwrap().starts_with("e3b0c442"));
        assert_eq!(carried.content.text().as_deref(), Some("Aquí"));
    }

    #[test]
    fn a_reaction_without_emoji_takes_it_off() {
        for emoji in [r#","emoji":"""#, "", r#","emoji":null"#] {
            let message =
                format!(r#"{{"type":"reaction","reaction":{{"message_id":"wamid.A"{emoji}}}}}"#);
            let Content::Reaction(reaction) = read(&message) else {
                panic!("{message}")
            };
            assert_eq!(
                (reaction.emoji, reaction.target.unwrap().as_str()),
                (None, "wamid.A")
            );
        }
    }

    #[test]
    fn orders_keep_odd_prices() {
        let message = r#"{"type":"order","order":{"catalog_id":354160437058781,"text":"","product_items":[
            {"product_retailer_id":"CAFE-250","quantity":"2","item_price":12.5,"currency":"PEN"},
            {"quantity":"two"},null,"junk"]}}"#;
        let Content::Order(order) = read(message) else {
            panic!()
        };
        assert_eq!(order.catalog_id.as_deref(), Some("354160437058781"));
        assert_eq!(order.items.len(), 2);
        assert_eq!(
            (order.items[0].quantity, order.items[0].item_price),
            (Some(2.0), Some(12.5))
        );
        assert_eq!(order.items[1].quantity, None);
        assert_eq!(order.text, None);
    }

    #[test]
    fn what_whatsapp_would_not_hand_over_is_kept_whole() {
        let message = r#"{"id":"wamid.U","type":"unsupported","errors":[{"code":131051,"title":"Message type unknown"}],"unsupported":{"type":"poll"}}"#;
        let Content::Unsupported(kept) = read(message) else {
            panic!()
        };
        assert_eq!(
            (kept.subtype.as_deref(), kept.code),
            (Some("unsupported"), Some(131_051))
        );
        assert_eq!(kept.title.as_deref(), Some("Message type unknown"));
        assert_eq!(kept.raw.unwrap()["unsupported"]["type"], "poll");
    }

    #[test]
    fn words_under_the_wrong_name_are_not_lost() {
        let message = r#"{"type":"image","image":null,"text":{"body":"mira"}}"#;
        assert_eq!(read(message).text().as_deref(), Some("mira"));
    }
}
