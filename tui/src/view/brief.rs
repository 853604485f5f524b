//! Names of people and one line that stands for a whole message, in the words of the screen.

use std::borrow::Cow;

use common::model::chat::Chat;
use common::model::content::Kind;
use common::model::customer::Customer;
use common::model::message::{Brief, Direction};
use common::phone::{Masked, Phone};
use common::text::clean::clean_line;
use common::text::markup::strip;

use crate::speech::Speech;

/// Names longer than this are cut long before any pane does it.
const NAME: usize = 80;
/// A list shows no more of a message.
const BRIEF: usize = 120;

/// The best name there is; a number stands in its place with its middle hidden.
pub(crate) fn name(customer: &Customer) -> String {
    given_name(customer).map_or_else(|| address(customer), Cow::into_owned)
}

/// The first word of the name, for the heads of messages; two where the first is but a title.
pub(crate) fn first_name(customer: &Customer) -> String {
    let name = name(customer);
    if given_name(customer).is_none() {
        return name;
    }
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.next() {
        Some(second) if first.chars().count() < 3 || first.ends_with('.') => {
            format!("{first} {second}")
        }
        _ => first.to_owned(),
    }
}

/// What the customer is written to, its middle hidden.
pub(crate) fn address(customer: &Customer) -> String {
    if let Some(phone) = &customer.phone_number {
        return phone.masked();
    }
    if let Some(wa_id) = &customer.wa_id {
        return Masked(wa_id.as_str()).to_string();
    }
    if let Some(username) = filled(customer.username.as_deref()) {
        return format!("@{}", clean_line(username, NAME));
    }
    customer.user_id.as_ref().map_or_else(
        || format!("#{}", customer.id),
        |user_id| Masked(user_id.as_str()).to_string(),
    )
}

/// The same in full, for the customer panel.
pub(crate) fn full_address(customer: &Customer) -> String {
    customer.phone_number.as_ref().map_or_else(
        || match &customer.wa_id {
            Some(wa_id) => format!("+{}", clean_line(wa_id.as_str(), NAME)),
            None => address(customer),
        },
        Phone::grouped,
    )
}

fn given_name(customer: &Customer) -> Option<Cow<'_, str>> {
    let given = filled(customer.name.as_deref()).or(filled(customer.profile_name.as_deref()));
    if let Some(name) = given {
        return Some(clean_line(name, NAME)).filter(|name| !name.is_empty());
    }
    filled(customer.username.as_deref())
        .map(|name| Cow::Owned(format!("@{}", clean_line(name, NAME))))
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// The key of a kind's word.
pub(crate) const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "kind-text",
        Kind::Image => "kind-image",
        Kind::Video => "kind-video",
        Kind::Audio => "kind-audio",
        Kind::Voice => "kind-voice",
        Kind::Document => "kind-document",
        Kind::Sticker => "kind-sticker",
        Kind::Location => "kind-location",
        Kind::Contacts => "kind-contacts",
        Kind::Reaction => "kind-reaction",
        Kind::Button => "kind-button",
        Kind::Interactive => "kind-interactive",
        Kind::Order => "kind-order",
        Kind::System => "kind-system",
        Kind::Template => "kind-template",
        Kind::Unsupported => "kind-unsupported",
    }
}

/// One line for a message: its words, after its kind in brackets where it is more than words.
pub(crate) fn of(speech: &Speech, kind: Kind, text: Option<&str>) -> String {
    let words = text.map(strip).unwrap_or_default();
    let words = clean_line(&words, BRIEF);
    let bare = matches!(
        kind,
        Kind::Text | Kind::System | Kind::Button | Kind::Interactive
    );
    if bare && !words.is_empty() {
        return words.into_owned();
    }
    if kind == Kind::Text {
        return String::new();
    }
    let kind = speech.say(kind_word(kind));
    if words.is_empty() {
        format!("[{kind}]")
    } else {
        format!("[{kind}] {words}")
    }
}

/// The line of a quoted message with who wrote it: `You: …`, `Ana: …`.
pub(crate) fn quoted(speech: &Speech, brief: &Brief, chat: Option<&Chat>) -> String {
    let who = match (brief.direction, chat) {
        (Direction::Outbound, _) => speech.say("you").into_owned(),
        (Direction::Inbound, Some(chat)) => first_name(&chat.customer),
        (Direction::Inbound, None) => String::new(),
    };
    let words = of(speech, brief.kind, brief.text.as_deref());
    if who.is_empty() {
        words
    } else {
        format!("{who}: {words}")
    }
}
