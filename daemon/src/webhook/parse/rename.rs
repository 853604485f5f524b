//! Customers who change their number or id, by a system message or by a field of its own.

use common::id::UserId;

use crate::fact::Fact;
use crate::fact::told::{ContactSync, Person, Preferred, Renamed};
use crate::webhook::parse::person::{is_user_id, user_id, username, wa_id};
use crate::webhook::parse::place::{Facts, Place};
use crate::webhook::payload::json::Json;

/// What a system message says of its customer's ids. `person` becomes who they were before, so
/// that the notice lands in the chat that is there.
pub(crate) fn told(item: &Json<'_>, place: &Place<'_>, person: &mut Person) -> Option<Fact> {
    let system = item.get("system");
    let kind = system.get("type").word().unwrap_or_default();
    let number = kind.ends_with("changed_number");
    if !number && !kind.ends_with("changed_user_id") {
        return None;
    }
    let new = Person {
        wa_id: wa_id(system.first(&["wa_id", "new_wa_id"])).filter(|_| number),
        user_id: user_id(system.get("user_id")),
        parent_user_id: system.get("parent_user_id").id().map(ToOwned::to_owned),
        ..Person::default()
    };
    if person.wa_id.is_none() || (number && person.wa_id == new.wa_id) {
        let before = wa_id(system.get("customer"));
        let before = before.filter(|id| id.as_str().bytes().all(|b| b.is_ascii_digit()));
        person.wa_id = before
            .or_else(|| person.wa_id.take())
            .filter(|id| Some(id) != new.wa_id.as_ref());
    }
    let same = person.user_id.is_some() && person.user_id == new.user_id;
    if person.user_id.is_none() || same {
        person.user_id = user_id(system.get("previous_user_id"))
            .or_else(|| previous_in(&system.get("body").words()?, new.user_id.as_ref()));
        if same {
            // The sender's ids are already the new ones; so is the parent's.
            person.parent_user_id = None;
        }
    }
    let old = Person {
        username: None,
        profile_name: None,
        ..person.clone()
    };
    let fact = renamed(place, old, new.clone(), item);
    if *person == Person::default() {
        *person = new;
    }
    fact
}

/// The old id out of "User … changed from US.1 to US.2", where nothing else tells it.
fn previous_in(body: &str, new: Option<&UserId>) -> Option<UserId> {
    body.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .find(|word| is_user_id(word) && new.is_some_and(|new| new.as_str() != *word))
        .map(UserId::from)
}

fn renamed(place: &Place<'_>, old: Person, new: Person, item: &Json<'_>) -> Option<Fact> {
    let known = old.wa_id.is_some() || old.user_id.is_some();
    let news = (new.wa_id.is_some() && new.wa_id != old.wa_id)
        || (new.user_id.is_some() && new.user_id != old.user_id);
    (known && news).then(|| {
        let timestamp = place.stamp(item);
        Fact::Renamed(Box::new(Renamed {
            number: place.number.clone(),
            old,
            new,
            timestamp,
        }))
    })
}

/// Reads `user_id_update[]`.
pub(crate) fn updates(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for item in list.each().iter().filter(|item| item.is_object()) {
        let (user, parent) = (item.get("user_id"), item.get("parent_user_id"));
        let old = Person {
            wa_id: wa_id(item.get("wa_id")),
            user_id: user_id(user.get("previous")),
            parent_user_id: parent.get("previous").id().map(ToOwned::to_owned),
            ..Person::default()
        };
        let new = Person {
            wa_id: old.wa_id.clone(),
            user_id: user_id(user.get("current")).or_else(|| user_id(user)),
            parent_user_id: parent.get("current").id().map(ToOwned::to_owned),
            ..Person::default()
        };
        facts.extend(renamed(place, old, new, item));
    }
}

/// Reads `user_preferences[]`: who wants marketing and who does not.
pub(crate) fn preferences(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for item in list.each().iter().filter(|item| item.is_object()) {
        let wants = match item.get("value").word().as_deref() {
            Some("stop") => false,
            Some("resume" | "signup") => true,
            _ => continue,
        };
        let marketing = item.get("category").word();
        if marketing.is_some_and(|category| !category.starts_with("marketing")) {
            continue;
        }
        let person = Person {
            wa_id: wa_id(item.get("wa_id")),
            user_id: user_id(item.get("user_id")),
            parent_user_id: item.get("parent_user_id").id().map(ToOwned::to_owned),
            ..Person::default()
        };
        if person.wa_id.is_some() || person.user_id.is_some() {
            facts.push(Fact::Preferred(Box::new(Preferred {
                number: place.number.clone(),
                person,
                wants,
                timestamp: place.stamp(item),
            })));
        }
    }
}

/// Reads `state_sync[]`: the address book of the phone.
pub(crate) fn address_book(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for item in list
        .each()
        .iter()
        .filter(|item| item.get("contact").is_object())
    {
        let contact = item.get("contact");
        let digits = |shown: &str| {
            shown
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let phone = contact.first(&["phone_number", "wa_id"]).id().map(digits);
        let person = Person {
            wa_id: phone.filter(|digits| !digits.is_empty()).map(Into::into),
            user_id: user_id(contact.get("user_id")),
            parent_user_id: contact.get("parent_user_id").id().map(ToOwned::to_owned),
            username: username(contact.get("username")),
            profile_name: None,
        };
        let removed = item.get("action").word().as_deref() == Some("remove");
        let name = contact
            .get("full_name")
            .name()
            .or_else(|| contact.get("first_name").name());
        let name = name.filter(|_| !removed);
        if person.wa_id.is_some() || person.user_id.is_some() {
            let number = place.number.clone();
            facts.push(Fact::Contact(Box::new(ContactSync {
                number,
                person,
                name,
            })));
        }
    }
}
