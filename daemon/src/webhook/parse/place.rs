//! Where a piece of a notification stands: account, number, people introduced, time.

use common::id::{PhoneNumberId, WabaId};
use common::model::message::SendError;
use common::time::Stamp;

use crate::advice;
use crate::fact::Fact;
use crate::fact::told::{Noticed, Person};
use crate::webhook::parse::person::{Contacts, Ends, person, same_number};
use crate::webhook::payload::json::Json;

/// What holds for everything inside one change of a notification.
pub(crate) struct Place<'a> {
    /// `field`, in lower case.
    pub(crate) field: &'a str,
    /// The account.
    pub(crate) waba: Option<WabaId>,
    /// When Meta wrote the entry.
    pub(crate) time: &'a Json<'a>,
    /// The business number.
    pub(crate) number: Option<PhoneNumberId>,
    /// Its digits.
    pub(crate) business: Option<String>,
    /// The people introduced.
    pub(crate) contacts: Contacts,
    /// What is told to have gone wrong with the whole change.
    pub(crate) error: Option<SendError>,
}

impl<'a> Place<'a> {
    /// The place of a change.
    pub(crate) fn of(field: &'a str, entry: &'a Json<'a>, value: &'a Json<'a>) -> Self {
        let metadata = value.get("metadata");
        // Not every field has `metadata`; some name the number elsewhere.
        let number = [
            metadata,
            value,
            value.get("recipient"),
            value.get("phone_number_settings"),
            value.get(field),
        ];
        let number = number
            .into_iter()
            .find_map(|json| json.get("phone_number_id").id());
        let display = metadata.get("display_phone_number").id();
        let display = display.or_else(|| value.get("display_phone_number").id());
        let digits = |shown: &str| {
            shown
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        Self {
            field,
            waba: entry.get("id").id().map(WabaId::from),
            time: entry.get("time"),
            number: number.map(PhoneNumberId::from),
            business: display.map(digits).filter(|digits| !digits.is_empty()),
            contacts: Contacts::of(value.get("contacts")),
            error: error(value),
        }
    }

    /// When something happened: its own time, else the entry's.
    pub(crate) fn stamp(&self, item: &Json<'_>) -> Option<Stamp> {
        item.get("timestamp").stamp().or_else(|| self.time.stamp())
    }

    /// Whether these digits are the business number's.
    pub(crate) fn is_business(&self, digits: &str) -> bool {
        self.business
            .as_deref()
            .is_some_and(|ours| ours == digits || same_number(ours, digits))
    }

    /// Somebody on an item, completed by what the notification says of them.
    pub(crate) fn person(&self, item: &Json<'_>, ends: &Ends<'_>, alone: bool) -> Person {
        self.contacts.complete(person(item, ends), alone)
    }
}

/// Facts as they are collected.
pub(crate) type Facts = Vec<Fact>;

/// Marks what could not be read, without its contents.
pub(crate) fn unreadable(facts: &mut Facts, why: impl Into<String>) {
    facts.push(Fact::Unreadable { why: why.into() });
}

/// Adds a notice.
pub(crate) fn noticed(facts: &mut Facts, notice: Noticed) {
    facts.push(Fact::Noticed(Box::new(notice)));
}

/// The first of an item's errors, with our advice.
pub(crate) fn error(item: &Json<'_>) -> Option<SendError> {
    let errors = item.get("errors").each();
    let told = errors
        .iter()
        .find(|e| e.get("code").whole().is_some())
        .or_else(|| errors.first());
    let told = told.or_else(|| Some(item.get("error")).filter(|e| e.is_object()))?;
    let title = told.first(&["title", "message"]).words();
    let data = told.get("error_data");
    let details = if data.is_object() {
        data.get("details").words()
    } else {
        data.words()
    };
    let details = details.or_else(|| told.get("details").words());
    let code = told.get("code").whole();
    if code.is_none() && title.is_none() && details.is_none() {
        return None;
    }
    Some(advice::explain(
        code.unwrap_or(0),
        title.as_deref(),
        details.as_deref(),
    ))
}
