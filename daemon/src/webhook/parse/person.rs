//! Who is meant: ids on the message and the contact beside it, which need not stand in the same order.

use common::id::{UserId, WaId};
use common::phone::match_key;

use crate::fact::told::Person;
use crate::webhook::payload::json::Json;

/// The people that a notification introduces.
pub(crate) struct Contacts(Vec<Person>);

impl Contacts {
    /// Reads `contacts[]`.
    pub(crate) fn of(list: &Json<'_>) -> Self {
        Self(
            list.each()
                .iter()
                .map(contact)
                .filter(|person| *person != Person::default())
                .collect(),
        )
    }

    /// The person with these ids, completed by the contact that has one of them. `alone` says that
    /// the notification holds one item only, so that a single contact without ids of its own can
    /// only be about it.
    pub(crate) fn complete(&self, person: Person, alone: bool) -> Person {
        let Some(contact) = self.find(&person, alone) else {
            return person;
        };
        Person {
            wa_id: person.wa_id.or_else(|| contact.wa_id.clone()),
            user_id: person.user_id.or_else(|| contact.user_id.clone()),
            parent_user_id: person
                .parent_user_id
                .or_else(|| contact.parent_user_id.clone()),
            username: person.username.or_else(|| contact.username.clone()),
            profile_name: person.profile_name.or_else(|| contact.profile_name.clone()),
        }
    }

    fn find(&self, person: &Person, alone: bool) -> Option<&Person> {
        let same_user = |c: &&Person| c.user_id.is_some() && c.user_id == person.user_id;
        let same_wa = |c: &&Person| c.wa_id.is_some() && c.wa_id == person.wa_id;
        let same_phone = |c: &&Person| match (&c.wa_id, &person.wa_id) {
            (Some(theirs), Some(ours)) => same_number(theirs.as_str(), ours.as_str()),
            _ => false,
        };
        let found = self
            .0
            .iter()
            .find(same_user)
            .or_else(|| self.0.iter().find(same_wa));
        let found = found.or_else(|| self.0.iter().find(same_phone));
        found.or_else(|| match self.0.as_slice() {
            [only] if alone && !contradicts(only, person) => Some(only),
            _ => None,
        })
    }
}

/// Whether two people have an id of the same kind and not the same one.
fn contradicts(a: &Person, b: &Person) -> bool {
    (a.wa_id.is_some() && b.wa_id.is_some() && a.wa_id != b.wa_id)
        || (a.user_id.is_some() && b.user_id.is_some() && a.user_id != b.user_id)
}

/// Whether two spellings of a number (Brazil with and without the ninth digit, Mexico with and
/// without the 1, Argentina with and without the 9) mean the same one.
pub(crate) fn same_number(a: &str, b: &str) -> bool {
    let digits = |s: &str| s.len() >= 8 && s.bytes().all(|b| b.is_ascii_digit());
    digits(a) && digits(b) && match_key(a) == match_key(b)
}

fn contact(contact: &Json<'_>) -> Person {
    let profile = contact.get("profile");
    Person {
        wa_id: wa_id(contact.get("wa_id")),
        user_id: user_id(contact.get("user_id")),
        parent_user_id: contact.get("parent_user_id").id().map(ToOwned::to_owned),
        username: username(profile.get("username")).or_else(|| username(contact.get("username"))),
        profile_name: profile.get("name").name(),
    }
}

/// Names the members that hold a person's ids on an item.
pub(crate) struct Ends<'a> {
    /// Member with the phone's digits.
    pub(crate) phone: &'a str,
    /// Members with the user id; the first that is there counts.
    pub(crate) user: &'a [&'a str],
    /// Members with the parent's user id.
    pub(crate) parent: &'a [&'a str],
}

/// Who wrote an item.
pub(crate) const SENDER: Ends<'static> = Ends {
    phone: "from",
    user: &["from_user_id"],
    parent: &["from_parent_user_id"],
};

/// Whom an item was written to.
pub(crate) const ADDRESSEE: Ends<'static> = Ends {
    phone: "to",
    user: &["to_user_id"],
    parent: &["to_parent_user_id"],
};

/// Whom a report is about.
pub(crate) const RECIPIENT: Ends<'static> = Ends {
    phone: "recipient_id",
    user: &["recipient_user_id"],
    parent: &["recipient_parent_user_id", "parent_recipient_user_id"],
};

/// Somebody's ids, as far as the item tells them. A user id where digits should stand is taken for
/// what it is.
pub(crate) fn person(item: &Json<'_>, ends: &Ends<'_>) -> Person {
    let mut person = Person {
        wa_id: wa_id(item.get(ends.phone)),
        user_id: user_id(item.first(ends.user)),
        parent_user_id: item.first(ends.parent).id().map(ToOwned::to_owned),
        ..Person::default()
    };
    if person
        .wa_id
        .as_ref()
        .is_some_and(|id| is_user_id(id.as_str()))
    {
        let id = person.wa_id.take().map(|id| UserId(id.0));
        person.user_id = person.user_id.or(id);
    }
    person
}

/// WhatsApp's id of a person: as it came, but for a leading plus.
pub(crate) fn wa_id(json: &Json<'_>) -> Option<WaId> {
    let id = json.id()?.trim_start_matches('+');
    (!id.is_empty()).then(|| id.into())
}

/// A business-scoped user id, spelt as it came.
pub(crate) fn user_id(json: &Json<'_>) -> Option<UserId> {
    json.id().map(Into::into)
}

/// A username without its `@`.
pub(crate) fn username(json: &Json<'_>) -> Option<String> {
    let name = json.name()?;
    Some(name.trim_start_matches('@').to_owned()).filter(|name| !name.is_empty())
}

/// Whether a word looks like `MX.1349…`: a country, a dot, letters and digits.
pub(crate) fn is_user_id(word: &str) -> bool {
    word.split_once('.').is_some_and(|(country, id)| {
        country.len() == 2
            && country.bytes().all(|b| b.is_ascii_uppercase())
            && id.len() >= 4
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::{Contacts, SENDER, is_user_id, person};
    use crate::fact::told::Person;
    use crate::webhook::payload::grammar::parse;

    fn completed(contacts: &str, message: &str, alone: bool) -> Person {
        let contacts = Contacts::of(&parse(contacts).unwrap());
        contacts.complete(person(&parse(message).unwrap(), &SENDER), alone)
    }

    const TWO: &str = r#"[{"profile":{"name":"Ana"},"wa_id":"51987654321"},
        {"profile":{"name":"Beto","username":"@beto"},"user_id":"MX.1349120865","wa_id":"5215511112222"}]"#;

    #[test]
    fn contacts_are_found_by_id_and_not_by_place() {
        let beto = completed(TWO, r#"{"from_user_id":"MX.1349120865"}"#, false);
        assert_eq!(beto.profile_name.as_deref(), Some("Beto"));
        assert_eq!(beto.username.as_deref(), Some("beto"));
        assert_eq!(beto.wa_id.unwrap().as_str(), "5215511112222");
        let ana = completed(TWO, r#"{"from":51987654321}"#, false);
        assert_eq!(ana.profile_name.as_deref(), Some("Ana"));
        assert_eq!(
            completed(TWO, r#"{"from":"34600000000"}"#, false).profile_name,
            None
        );
    }

    #[test]
    fn spellings_of_one_number_meet() {
        let beto = completed(TWO, r#"{"from":"525511112222"}"#, false);
        assert_eq!(beto.profile_name.as_deref(), Some("Beto"));
        assert_eq!(
            beto.wa_id.unwrap().as_str(),
            "525511112222",
            "the raw id stays"
        );
    }

    #[test]
    fn a_single_contact_serves_a_single_message_unless_it_names_another() {
        let nameless = r#"[{"profile":{"name":"Ana"}}]"#;
        let message = r#"{"from":"51987654321"}"#;
        assert_eq!(
            completed(nameless, message, true).profile_name.as_deref(),
            Some("Ana")
        );
        assert_eq!(completed(nameless, message, false).profile_name, None);
        let other = r#"[{"profile":{"name":"Eva"},"wa_id":"34600000000"}]"#;
        assert_eq!(completed(other, message, true).profile_name, None);
        assert_eq!(
            completed(other, "{}", true).wa_id.unwrap().as_str(),
            "34600000000"
        );
    }

    #[test]
    fn user_ids_are_told_from_digits() {
        assert!(is_user_id("MX.13491208655302741918") && is_user_id("US.ENT.118157992"));
        for no in [
            "51987654321",
            "mx.1349",
            "MX.",
            "MX.a b",
            "M.1349",
            "wamid.ABC",
        ] {
            assert!(!is_user_id(no), "{no}");
        }
        let odd = completed("null", r#"{"from":"BR.2081978709"}"#, true);
        assert_eq!(odd.wa_id, None);
        assert_eq!(odd.user_id.unwrap().as_str(), "BR.2081978709");
    }
}
