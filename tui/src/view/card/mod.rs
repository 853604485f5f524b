//! What a message carries as readable lines: text with its markup, and a card for every other kind.

mod choice;
pub(crate) mod file;
pub(crate) mod parcel;

use common::model::content::{
    ContactCard, Contacts, Content, Kind, Location, Order, Reaction, System, Template, Unsupported,
};
use common::model::media::Media;
use common::model::message::{Message, Referral};
use common::model::template::word::Category;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use serde_json::Value;

use crate::part::spans::{self, Inks};
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::brief;
use crate::view::canvas::Desk;
use crate::view::card::choice::array;
use crate::view::pictures::{self, Aside};
use crate::view::template::category_word;

/// No single value of a card is longer.
const FACT: usize = 200;
/// No more lines of one list (order, form, contacts) are shown.
const ROWS: usize = 12;

/// Whether it is WhatsApp's own word rather than anybody's message.
pub(crate) const fn is_notice(content: &Content) -> bool {
    matches!(content, Content::System(_))
}

/// The styles of markup.
pub(crate) fn inks(desk: &Desk<'_>) -> Inks {
    Inks {
        text: desk.ink(Slot::Text),
        code: desk.ink(Slot::Code),
        link: desk.ink(Slot::Link),
        quote: desk.ink(Slot::Quote),
    }
}

/// The lines of a message's content, none wider than `room`, without its picture.
pub(crate) fn lines(desk: &Desk<'_>, message: &Message, room: usize) -> Vec<Line<'static>> {
    let aside = Aside {
        frame: None,
        unseen: None,
        ..pictures::aside(desk, message, room)
    };
    beside(desk, message, (room, aside)).0
}

/// What of a message can be pointed at, in its rows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Places {
    /// The first row of its picture.
    pub(crate) framed: Option<usize>,
    /// The first row of its file and the first after it.
    pub(crate) file: Option<(usize, usize)>,
}

/// The same with room for its picture, and where what stands.
pub(crate) fn beside(
    desk: &Desk<'_>,
    message: &Message,
    (room, aside): (usize, Aside),
) -> (Vec<Line<'static>>, Places) {
    let mut card = Card {
        desk,
        room,
        aside,
        places: Places::default(),
        rows: Vec::new(),
    };
    if let Some(referral) = &message.referral {
        card.referral(referral);
    }
    if message.revoked_at.is_some() {
        card.note("note-revoked");
        if let Some(original) = &message.original {
            let words = brief::of(
                desk.speech,
                original.content.kind(),
                original.text.as_deref(),
            );
            card.struck(&words);
        }
        return (card.rows, card.places);
    }
    card.content(&message.content, message.media.as_ref());
    if card.rows.is_empty() {
        card.note("note-empty");
    }
    (card.rows, card.places)
}

struct Card<'a> {
    desk: &'a Desk<'a>,
    room: usize,
    aside: Aside,
    places: Places,
    rows: Vec<Line<'static>>,
}

impl Card<'_> {
    fn content(&mut self, content: &Content, media: Option<&Media>) {
        match content {
            Content::Text(text) => self.words(&text.body),
            Content::Image(f)
            | Content::Video(f)
            | Content::Audio(f)
            | Content::Voice(f)
            | Content::Document(f)
            | Content::Sticker(f) => self.file(content.kind(), f, media),
            Content::Location(location) => self.location(location),
            Content::Contacts(contacts) => self.contacts(contacts),
            Content::Reaction(reaction) => self.reaction(reaction),
            Content::Button(button) => self.answer("card-tapped", button.text.as_deref()),
            Content::Interactive(interactive) => self.interactive(interactive),
            Content::Order(order) => self.order(order),
            Content::System(system) => self.system(system),
            Content::Template(template) => self.template(template),
            Content::Unsupported(unsupported) => self.unsupported(unsupported),
        }
    }

    fn words(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.rows
                .extend(spans::lines(text.trim_end(), self.room, inks(self.desk)));
        }
    }

    fn push(&mut self, spans: &[Span<'_>]) {
        self.rows.extend(wrap::wrap(spans, self.room));
    }

    /// A line in the screen's own words, set apart from the customer's.
    fn note(&mut self, key: &'static str) {
        let words = self.desk.say(key).into_owned();
        self.push(&[Span::styled(words, self.desk.ink(Slot::Quote))]);
    }

    fn dim(&mut self, words: &str) {
        self.push(&[Span::styled(words.to_owned(), self.desk.ink(Slot::Dim))]);
    }

    fn struck(&mut self, words: &str) {
        let style = self.desk.ink(Slot::Dim).add_modifier(Modifier::CROSSED_OUT);
        let line = clean_line(words, FACT).into_owned();
        self.push(&[Span::styled(line, style)]);
    }

    /// `[photo]  title  facts`: what it is, then what is known of it.
    fn head(&mut self, kind: Kind, title: &str, facts: &[String]) {
        let heading = format!("[{}]", self.desk.say(brief::kind_word(kind)));
        let mut spans = vec![Span::styled(heading, self.desk.ink(Slot::Card))];
        let title = clean_line(title, FACT);
        if !title.is_empty() {
            spans.push(Span::raw(format!("  {title}")));
        }
        for fact in facts {
            spans.push(Span::styled(format!("  {fact}"), self.desk.ink(Slot::Dim)));
        }
        self.push(&spans);
    }

    fn location(&mut self, location: &Location) {
        self.head(
            Kind::Location,
            location.name.as_deref().unwrap_or_default(),
            &[],
        );
        if let Some(address) = &location.address {
            self.words(&clean_line(address, FACT));
        }
        if let (Some(north), Some(east)) = (location.latitude, location.longitude) {
            self.dim(&format!("{north:.5}, {east:.5}"));
        }
        if let Some(url) = &location.url {
            let url = clean_line(url, FACT).into_owned();
            self.push(&[Span::styled(url, self.desk.ink(Slot::Link))]);
        }
    }

    fn contacts(&mut self, contacts: &Contacts) {
        for card in contacts.contacts.iter().take(ROWS) {
            self.contact(card);
        }
        self.rest(contacts.contacts.len());
    }

    fn contact(&mut self, card: &ContactCard) {
        self.head(Kind::Contacts, card.shown().unwrap_or_default(), &[]);
        for phone in card.phones.iter().take(ROWS) {
            let number = phone
                .phone
                .as_deref()
                .or(phone.wa_id.as_deref())
                .unwrap_or_default();
            let number = clean_line(number, 40);
            let label = clean_line(phone.label.as_deref().unwrap_or_default(), 20).to_lowercase();
            self.dim(format!("  {number}  {label}").trim_end());
        }
    }

    fn reaction(&mut self, reaction: &Reaction) {
        match &reaction.emoji {
            Some(emoji) => {
                let emoji = clean_line(emoji, 4);
                let words = self
                    .desk
                    .say_with("card-reacted", &[("emoji", Arg::from(&emoji))]);
                self.push(&[Span::styled(words, self.desk.ink(Slot::Quote))]);
            }
            None => self.note("card-unreacted"),
        }
    }

    /// `[ words ]`: something that was tapped.
    fn answer(&mut self, key: &'static str, words: Option<&str>) {
        let words = clean_line(words.unwrap_or_default(), FACT);
        let lead = format!("{} ", self.desk.say(key));
        self.push(&[
            Span::styled(lead, self.desk.ink(Slot::Dim)),
            Span::styled(format!("[ {words} ]"), self.desk.ink(Slot::Strong)),
        ]);
    }

    fn order(&mut self, order: &Order) {
        let count = order.items.len();
        let words = self
            .desk
            .say_with("card-items", &[("n", Arg::from(count))])
            .into_owned();
        self.head(Kind::Order, "", &[words]);
        let mut sum = 0.0;
        let mut currency: Option<&str> = None;
        for item in &order.items {
            sum += item.quantity.unwrap_or(1.0) * item.item_price.unwrap_or(0.0);
            currency = currency.or(item.currency.as_deref());
        }
        let currency = clean_line(currency.unwrap_or_default(), 8);
        for item in order.items.iter().take(ROWS) {
            let name = clean_line(item.product_retailer_id.as_deref().unwrap_or("?"), 60);
            let quantity = self.desk.speech.decimal(item.quantity.unwrap_or(1.0), 0);
            let price = item
                .item_price
                .map(|price| self.desk.speech.decimal(price, 2));
            let price = price
                .map(|price| format!("  {price} {currency}"))
                .unwrap_or_default();
            self.push(&[
                Span::raw(format!("{quantity} x {name}")),
                Span::styled(price, self.desk.ink(Slot::Dim)),
            ]);
        }
        self.rest(count);
        if sum > 0.0 {
            let sum = format!("{} {currency}", self.desk.speech.decimal(sum, 2));
            let words = self
                .desk
                .say_with("card-total", &[("sum", Arg::from(&sum))])
                .into_owned();
            self.push(&[Span::styled(words, self.desk.ink(Slot::Strong))]);
        }
        self.words(order.text.as_deref().unwrap_or_default());
    }

    fn system(&mut self, system: &System) {
        let key = match system.subtype.as_deref() {
            Some("user_changed_number" | "customer_changed_number") => "system-number",
            Some("user_changed_user_id") => "system-user-id",
            Some("customer_identity_changed") => "system-identity",
            _ => "",
        };
        let words = match (key, &system.body) {
            ("", Some(body)) => clean_line(body, FACT).into_owned(),
            ("", None) => self.desk.say("system-other").into_owned(),
            (key, _) => self.desk.say(key).into_owned(),
        };
        self.push(&[Span::styled(words, self.desk.ink(Slot::Quote))]);
    }

    fn template(&mut self, template: &Template) {
        let mut facts = vec![clean_line(&template.language, 12).into_owned()];
        if let Some(category) = &template.category {
            let word = category_word(&Category::read(category));
            facts.push(self.desk.say(word).into_owned());
        }
        self.head(Kind::Template, &template.name, &facts);
        if let Some(text) = &template.text {
            self.words(text);
            self.buttons(&template.buttons);
            return;
        }
        let values: Vec<String> = template
            .components
            .iter()
            .flat_map(|component| array(component, "/parameters"))
            .filter_map(|parameter| parameter.pointer("/text").and_then(Value::as_str))
            .map(|text| clean_line(text, 60).into_owned())
            .collect();
        if !values.is_empty() {
            self.dim(&values.join(" · "));
        }
    }

    /// Buttons of a template, as a telephone shows them.
    fn buttons(&mut self, titles: &[String]) {
        let row = titles.iter().take(ROWS).map(|title| {
            let title = clean_line(title, 60);
            Span::styled(format!("[ {title} ]  "), self.desk.ink(Slot::Card))
        });
        let row: Vec<Span<'_>> = row.collect();
        if !row.is_empty() {
            self.push(&row);
        }
    }

    fn unsupported(&mut self, unsupported: &Unsupported) {
        let subtype = clean_line(unsupported.subtype.as_deref().unwrap_or_default(), 40);
        let named = !subtype.is_empty() && subtype != "unsupported" && subtype != "unknown";
        let facts = if named {
            vec![subtype.into_owned()]
        } else {
            Vec::new()
        };
        self.head(Kind::Unsupported, "", &facts);
        self.note(if unsupported.code == Some(131_060) {
            "unsupported-device"
        } else {
            "unsupported-here"
        });
    }

    fn referral(&mut self, referral: &Referral) {
        let headline = referral.headline.as_deref().or(referral.body.as_deref());
        let headline = clean_line(headline.unwrap_or_default(), 80);
        let words = self
            .desk
            .say_with("card-from-ad", &[("title", Arg::from(&headline))]);
        let words = words.into_owned();
        self.push(&[Span::styled(words, self.desk.ink(Slot::Quote))]);
    }

    /// Says how many rows of a list are not shown.
    fn rest(&mut self, all: usize) {
        if let Some(left) = all.checked_sub(ROWS).filter(|left| *left > 0) {
            let words = self
                .desk
                .say_with("card-more", &[("n", Arg::from(left))])
                .into_owned();
            self.dim(&words);
        }
    }
}
