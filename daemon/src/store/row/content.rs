//! What a message carries, as columns: nothing but the text where that says it all, else JSON.

use common::model::content::{
    Button, Contacts, Content, File, Interactive, Kind, Location, Order, System, Template, Text,
    Unsupported,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::error::StoreError;

/// The JSON to keep beside kind and text; none where those say it all.
pub(crate) fn pack(content: &Content) -> Result<Option<String>, StoreError> {
    match content {
        Content::Text(text) if text.preview_url.is_none() => Ok(None),
        Content::Text(text) => json(text),
        Content::Image(f)
        | Content::Video(f)
        | Content::Audio(f)
        | Content::Voice(f)
        | Content::Document(f)
        | Content::Sticker(f) => {
            if f.filename.is_none() && f.animated.is_none() && f.caption.as_deref() != Some("") {
                Ok(None)
            } else {
                json(f)
            }
        }
        Content::Location(c) => json(c),
        Content::Contacts(c) => json(c),
        Content::Reaction(c) => json(c),
        Content::Button(c) => json(c),
        Content::Interactive(c) => json(c),
        Content::Order(c) => json(c),
        Content::System(c) => json(c),
        Content::Template(c) => json(c),
        Content::Unsupported(c) => json(c),
    }
}

/// The content again.
pub(crate) fn unpack(
    kind: Kind,
    text: Option<&str>,
    packed: Option<&str>,
) -> Result<Content, StoreError> {
    let file = || match packed {
        Some(packed) => parse::<File>(packed),
        None => Ok(File {
            caption: text.map(ToOwned::to_owned),
            ..File::default()
        }),
    };
    let packed = || packed.unwrap_or("{}");
    Ok(match kind {
        Kind::Text => Content::Text(match packed() {
            "{}" => Text {
                body: text.unwrap_or_default().to_owned(),
                preview_url: None,
            },
            json => parse(json)?,
        }),
        Kind::Image => Content::Image(file()?),
        Kind::Video => Content::Video(file()?),
        Kind::Audio => Content::Audio(file()?),
        Kind::Voice => Content::Voice(file()?),
        Kind::Document => Content::Document(file()?),
        Kind::Sticker => Content::Sticker(file()?),
        Kind::Location => Content::Location(parse(packed())?),
        Kind::Contacts => Content::Contacts(parse(packed())?),
        Kind::Reaction => Content::Reaction(parse(packed())?),
        Kind::Button => Content::Button(parse(packed())?),
        Kind::Interactive => Content::Interactive(parse(packed())?),
        Kind::Order => Content::Order(parse(packed())?),
        Kind::System => Content::System(parse(packed())?),
        Kind::Template => Content::Template(parse(packed())?),
        Kind::Unsupported => Content::Unsupported(parse(packed())?),
    })
}

/// What is left of a message that was taken back: its kind, empty.
pub(crate) fn emptied(kind: Kind) -> Content {
    match kind {
        Kind::Text => Content::Text(Text::default()),
        Kind::Image => Content::Image(File::default()),
        Kind::Video => Content::Video(File::default()),
        Kind::Audio => Content::Audio(File::default()),
        Kind::Voice => Content::Voice(File::default()),
        Kind::Document => Content::Document(File::default()),
        Kind::Sticker => Content::Sticker(File::default()),
        Kind::Location => Content::Location(Location::default()),
        Kind::Contacts => Content::Contacts(Contacts::default()),
        Kind::Button => Content::Button(Button::default()),
        Kind::Interactive => Content::Interactive(Interactive::default()),
        Kind::Order => Content::Order(Order::default()),
        Kind::System => Content::System(System::default()),
        Kind::Template => Content::Template(Template::default()),
        Kind::Reaction | Kind::Unsupported => Content::Unsupported(Unsupported {
            subtype: Some("revoke".to_owned()),
            ..Unsupported::default()
        }),
    }
}

/// A value as JSON text.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(format!("unwritable JSON: {e}")))
}

/// A value from JSON text.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(format!("unreadable JSON: {e}")))
}

fn json<T: Serialize>(value: &T) -> Result<Option<String>, StoreError> {
    to_json(value).map(Some)
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};
    use common::id::Wamid;
    use common::model::content::{Content, File, Reaction, Text, Unsupported};

    #[test]
    fn contents_come_back() {
        let file = |caption: Option<&str>, filename: Option<&str>| File {
            caption: caption.map(ToOwned::to_owned),
            filename: filename.map(ToOwned::to_owned),
            animated: None,
        };
        for content in [
            Content::Text(Text {
                body: "Hola".to_owned(),
                preview_url: None,
            }),
            Content::Text(Text {
                body: "Hola".to_owned(),
                preview_url: Some(true),
            }),
            Content::Text(Text::default()),
            Content::Image(file(None, None)),
            Content::Image(file(Some("una foto"), None)),
            Content::Image(file(Some(""), None)),
            Content::Document(file(Some("la lista"), Some("precios.pdf"))),
            Content::Reaction(Reaction {
                target: Some(Wamid::from("x")),
                emoji: None,
            }),
            Content::Unsupported(Unsupported::default()),
        ] {
            let packed = pack(&content).unwrap();
            let text = content.text();
            let back = unpack(content.kind(), text.as_deref(), packed.as_deref()).unwrap();
            assert_eq!(back, content);
        }
    }
}
