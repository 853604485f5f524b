//! What an error code of Meta means to the person who waits: its name, what to do, whether trying again helps.

use common::fault::FAMILIES;
use common::model::message::SendError;

/// The meaning of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Meaning {
    title: &'static str,
    retryable: bool,
    advice: &'static str,
}

/// A refusal that is our own and not Meta's: it has code 0, one of the words of
/// [`common::fault::OURS`], and says itself what to do.
pub fn own(word: &str, title: &str, advice: &str, retryable: bool) -> SendError {
    SendError {
        word: Some(word.to_owned()),
        title: title.to_owned(),
        advice: advice.to_owned(),
        retryable,
        ..SendError::default()
    }
}

/// What an error of Meta's means, with Meta's own words where it sent any.
pub fn explain(code: i64, title: Option<&str>, details: Option<&str>) -> SendError {
    let meaning = meaning(code);
    let told = |words: Option<&str>| {
        words
            .map(str::trim)
            .filter(|words| !words.is_empty())
            .map(ToOwned::to_owned)
    };
    let title = told(title).unwrap_or_else(|| meaning.title.to_owned());
    let details = told(details).filter(|details| *details != title);
    SendError {
        code,
        title,
        details,
        advice: meaning.advice.to_owned(),
        retryable: meaning.retryable,
        ..SendError::default()
    }
}

fn meaning(code: i64) -> Meaning {
    let found = TABLE
        .binary_search_by_key(&code, |(code, ..)| *code)
        .ok()
        .and_then(|at| TABLE.get(at));
    if let Some((_, title, retryable, advice)) = found {
        return Meaning {
            title,
            retryable: *retryable,
            advice,
        };
    }
    let family = FAMILIES.iter().find(|(codes, _)| codes.contains(&code));
    let (title, retryable, advice) = match family.map(|(_, name)| *name) {
        Some("permission") => (
            "Permission missing",
            true,
            "Give the system user this permission and access to the WhatsApp account in Meta's business settings, make a new token, and give it to recado.",
        ),
        Some("group") => (
            "Group operation refused",
            false,
            "Meta refused this for the group; read the details, and write to the members one by one if it matters.",
        ),
        Some("call") => (
            "Call refused",
            false,
            "Meta refused this call; read the details, and write a message instead.",
        ),
        Some("flow") => (
            "Flow refused",
            false,
            "Meta blocks this Flow; look at its state in WhatsApp Manager, or write a plain message instead.",
        ),
        Some("username") => (
            "Username refused",
            false,
            "Choose another username in WhatsApp Manager.",
        ),
        Some("signup") => (
            "Signup inside the app refused",
            false,
            "Finish the sign-up form's settings in the app at Meta, then try again.",
        ),
        Some("setting") => (
            "Template or number setting refused",
            false,
            "Read the details, and correct the template or the number in WhatsApp Manager.",
        ),
        _ => (
            "Meta refused this message",
            false,
            "Read the details that Meta gave, correct the message, and send it again; if nothing is wrong with it, ask Meta's support with this code.",
        ),
    };
    Meaning {
        title,
        retryable,
        advice,
    }
}

/// Code, name, whether sending the same again can help, what to do; in the order of the codes.
#[rustfmt::skip]
const TABLE: &[(i64, &str, bool, &str)] = &[
    (0, "Meta does not know this token", true, "Make a new token of the system user in Meta's business settings and give it to recado; what waits is sent then."),
    (1, "Meta's server failed", true, "Try again in a few minutes; if it stays so, look at Meta's status page (metastatus.com)."),
    (2, "Meta's service is overloaded or being updated", true, "Wait five minutes; recado tries again by itself."),
    (3, "The app lacks a permission", true, "Give the app the permission whatsapp_business_messaging, make a new token, and give it to recado."),
    (4, "Too many calls of this app", true, "Wait up to an hour; recado tries again by itself."),
    (10, "Permission denied", true, "Give the system user access to this WhatsApp account in Meta's business settings, make a new token, and give it to recado."),
    (17, "Too many calls of this user", true, "Wait up to an hour; recado tries again by itself."),
    (33, "Meta does not find this number", true, "Check the phone number id, and that the token's system user may see this WhatsApp account."),
    (100, "Meta did not accept a value of this message", false, "Read the details, correct the message, and send it again."),
    (102, "The session of this token has ended", true, "Make a new token of the system user and give it to recado; what waits is sent then."),
    (104, "A token or its proof is missing", true, "Turn off \"Require App Secret\" in the app's advanced settings at Meta, or give recado a new token."),
    (190, "The token has expired or was taken back", true, "Make a new token of the system user in Meta's business settings and give it to recado; what waits is sent then."),
    (200, "Permission missing", true, "Give the system user full control of this WhatsApp account in Meta's business settings, make a new token, and give it to recado."),
    (341, "Too many calls of this app", true, "Wait up to an hour; recado tries again by itself."),
    (368, "Meta has blocked this account for a time", true, "Open Business Support Home, read what was broken, and stop sending templates until the block is lifted."),
    (506, "Sent twice", false, "Meta takes this for a duplicate; nothing needs to be done."),
    (613, "Too many calls of one kind", true, "Wait up to an hour; recado tries again by itself."),
    (803, "Meta does not find this object", false, "Check the phone number id and the account id of this number."),
    (1026, "The customer's WhatsApp cannot receive this", false, "Ask the customer to update WhatsApp, or reach them another way."),
    (80_007, "Too many calls for this WhatsApp account", true, "Wait up to an hour; recado tries again by itself."),
    (80_008, "Too many management calls for this WhatsApp account", true, "Wait up to an hour; recado tries again by itself."),
    (130_403, "You have blocked this customer", false, "Unblock the customer first, then send again."),
    (130_429, "Too many messages a second from this number", true, "Nothing needs to be done: recado slows down and tries again by itself."),
    (130_472, "Meta holds marketing back from this customer", false, "Meta keeps this customer out of marketing for an experiment; wait until they write, or reach them another way."),
    (130_497, "This business may not write to that country", false, "Meta forbids this account to write to that country; look at the account's restrictions in WhatsApp Manager."),
    (131_000, "Something went wrong at Meta", true, "Try again in a few minutes; if it stays so, ask Meta's support."),
    (131_005, "Access denied", true, "Give the token the permission whatsapp_business_messaging and access to this WhatsApp account, and give recado the new token."),
    (131_008, "Something that Meta needs is missing", false, "Read the details, complete the message, and send it again."),
    (131_009, "Meta did not accept a value of this message", false, "Read the details and correct the message; a reaction can only go on a message of the last 30 days."),
    (131_016, "Meta's service is not available", true, "Nothing needs to be done: recado tries again by itself."),
    (131_020, "The group has a single member", false, "Write to that person directly."),
    (131_021, "Sender and recipient are the same number", false, "Choose another recipient: a number cannot write to itself."),
    (131_026, "The customer cannot be reached", false, "Check the number; the customer may have no WhatsApp, an old version, not have accepted its terms, or have blocked you. Ask them to write first."),
    (131_030, "The recipient is not on the test number's list", true, "Add the recipient under API Setup in the App Dashboard (five at most), or use a real number."),
    (131_031, "The account is locked", true, "Open Business Support Home or WhatsApp Manager to see why, and stop sending templates until it is unlocked."),
    (131_037, "The number has no approved display name", true, "Have the number's display name approved in WhatsApp Manager, then send again."),
    (131_041, "Meta does not know this group", false, "The group is gone or was never yours; write to the people directly."),
    (131_042, "There is a problem with the payment", true, "Set or repair the payment method in WhatsApp Manager under Billing, then send again."),
    (131_044, "There is a problem with the payment for calls", true, "Set or repair the payment method in WhatsApp Manager under Billing."),
    (131_045, "The number is not registered rightly", true, "Register the number again in WhatsApp Manager, then send again."),
    (131_047, "More than 24 hours since the customer wrote", false, "Send an approved template: free messages are possible only within 24 hours of the customer's last one."),
    (131_048, "Too many messages of this number were reported as unwanted", true, "Stop templates for some days, and look at the number's quality in WhatsApp Manager."),
    (131_049, "Meta did not deliver this marketing message", false, "Meta limits how much marketing one customer gets; wait at least a day, or wait until the customer writes."),
    (131_050, "The customer wants no more marketing from you", false, "Do not send this customer marketing; they can allow it again in WhatsApp."),
    (131_051, "WhatsApp does not support this kind of message", false, "Send it in another form, as text for example."),
    (131_052, "The customer's file could not be fetched", false, "Ask the customer to send the file again, or another way (WhatsApp's limit is 100 MB)."),
    (131_053, "Meta could not use the file", false, "Check the file's type and size, and send it again."),
    (131_055, "Not allowed in this way", false, "Only marketing templates go this way; send the message as a normal one."),
    (131_056, "Too many messages to this customer in a short time", true, "Nothing needs to be done: recado waits and tries again; other customers are not held up."),
    (131_057, "Meta is changing this number's account", true, "Nothing needs to be done: it takes a minute or two, then recado tries again."),
    (131_059, "The list has changed", true, "Begin the list again."),
    (131_060, "The message came from a client that cannot show it", false, "Ask the customer to send it again from their phone."),
    (131_062, "This customer cannot be written to by user id", false, "Ask the customer for their phone number, and write to that."),
    (131_063, "Marketing templates are turned off for this account", true, "Allow marketing messages on the Cloud API in WhatsApp Manager, then send again."),
    (131_064, "Meta limits this account because of wrongly classed templates", true, "Correct the templates' categories in WhatsApp Manager; the limit lifts itself."),
    (131_201, "The group operation worked only in part", false, "Read the details to see whom it did not reach."),
    (131_202, "The person is in the group already", false, "Nothing needs to be done."),
    (131_204, "The group is full", false, "Remove somebody first, or make another group."),
    (131_207, "The group is suspended", false, "Write to the people directly."),
    (131_208, "Too many group operations", true, "Wait a few minutes, then try again."),
    (131_209, "Meta does not accept the group's picture", false, "Choose a square JPEG picture under 5 MB."),
    (131_210, "The group's picture could not be changed", true, "Try again in a few minutes with a JPEG picture."),
    (131_211, "The number has made as many groups as it may", false, "Delete a group that is no longer needed, or wait."),
    (131_212, "The person is not in the group", false, "Nothing needs to be done."),
    (131_213, "There is no such request to join", false, "The person took it back, or it was answered already."),
    (131_214, "This number may not make groups", false, "Ask Meta's support whether this business can."),
    (131_215, "This number may not use groups", false, "Ask Meta's support whether this business can."),
    (132_000, "The template has another number of values", false, "Fill exactly the values that the template has, and send it again."),
    (132_001, "No such template in this language", true, "Check the template's name and language, and that it is approved; after an approval wait a few minutes."),
    (132_005, "The filled template is too long", false, "Shorten the values, and send it again."),
    (132_007, "The template breaks a rule of WhatsApp", false, "Read the reason in WhatsApp Manager, and use another template."),
    (132_008, "A value of the template is written wrongly", false, "Correct the value: no line breaks, no tabs, no more than four spaces in a row."),
    (132_012, "A value of the template has the wrong form", false, "Give each value the form that the template has (text, picture, named or numbered), and send it again."),
    (132_015, "The template is paused", true, "Wait until Meta lifts the pause (3 or 6 hours), or use another template; its quality was too low."),
    (132_016, "The template is disabled for good", false, "Make a new template: Meta has disabled this one because of its quality."),
    (132_018, "A value of the template is not valid", false, "Read the details, correct the value, and send it again."),
    (132_068, "The Flow is blocked", false, "Repair the Flow in WhatsApp Manager, or send a message without it."),
    (132_069, "The Flow is slowed down", true, "Wait an hour (10 messages an hour are let through), and repair the Flow in WhatsApp Manager."),
    (133_000, "An earlier deregistration is not complete", true, "Deregister the number again in WhatsApp Manager, then register it."),
    (133_004, "Meta's server is not available", true, "Nothing needs to be done: recado tries again by itself."),
    (133_005, "The two-step PIN is wrong", true, "Give the right PIN, or set a new one in WhatsApp Manager."),
    (133_006, "The number must be verified first", true, "Ask for a verification code in WhatsApp Manager and enter it."),
    (133_008, "Too many wrong PINs", true, "Wait as long as the details say, then try again."),
    (133_009, "PINs tried too fast", true, "Wait as long as the details say, then try again."),
    (133_010, "The number is not registered with the Cloud API", true, "Register the number with its PIN; recado explain 133010 shows every step."),
    (133_015, "The number is being deleted", true, "Wait five minutes, then register it again."),
    (133_016, "Too many registrations", true, "Wait 72 hours before you register this number again."),
    (134_011, "The payment terms are not accepted", true, "Open the link in the details, accept the payment terms, then send again."),
    (134_100, "Only marketing goes this way", false, "Send the message as a normal one."),
    (134_101, "The template is still being prepared", true, "Wait ten minutes, then send it again."),
    (134_102, "The template is not available", true, "Look at the template's state in WhatsApp Manager, or use another one."),
    (134_103, "The template cannot be sent this way", false, "Look at the template's state in WhatsApp Manager, or use another one."),
    (135_000, "Meta did not accept this message", false, "Check the message for values that WhatsApp does not know, and send it again."),
    (136_024, "The verification code could not be asked for", true, "Wait an hour, then ask for the code again, by voice instead of SMS."),
    (136_025, "The verification code was not accepted", true, "Ask for a new code and enter it."),
    (137_000, "The customer's identity has changed", false, "Make sure that it is still the same person, then send again."),
    (139_000, "The Flow is blocked", false, "See in WhatsApp Manager what is wrong with the Flow, and mend it."),
    (139_001, "The Flow cannot be changed", false, "A published Flow stays as it is: make a copy and change that."),
    (139_002, "The Flow cannot be published", false, "Mend what the Flow's editor marks, then publish it."),
    (139_003, "The Flow cannot be retired", false, "Only a published Flow can be retired; look at its state."),
    (139_004, "The Flow cannot be deleted", false, "Only a draft can be deleted: retire the Flow instead."),
    (139_006, "The Flow has too few uses for figures", false, "Wait until more customers have used it."),
    (139_100, "Part of the block list could not be changed", true, "Read the details to see which, and try those again."),
    (139_101, "The block list is full", false, "Unblock somebody first (64,000 is WhatsApp's limit)."),
    (139_102, "The block list was being changed", true, "Try again in a moment."),
    (139_103, "The block list could not be changed", true, "Try again in a few minutes."),
    (141_002, "The template is not approved", true, "Wait for the approval, or use another template."),
    (141_006, "There is a problem with the payment", true, "Set or repair the payment method in WhatsApp Manager under Billing."),
    (141_010, "The business is not eligible", true, "Open WhatsApp Manager and finish what it asks of the business."),
    (147_001, "The username is taken", false, "Choose another username in WhatsApp Manager."),
    (147_002, "The number cannot have this username", false, "The number needs an approved display name and a connected state; or choose another username."),
    (147_003, "The username belongs to a Facebook page that is not linked", false, "Link the page with the business, or choose another username."),
    (147_004, "The username belongs to an Instagram account that is not linked", false, "Link the account with the business, or choose another username."),
    (147_005, "The username is in use at another number of yours", false, "Move it from that number to this one in WhatsApp Manager."),
    (200_002, "The template cannot be made", false, "Read the details, and correct the template."),
    (200_005, "Template figures are not available", false, "Turn on template insights in WhatsApp Manager."),
    (200_006, "Template figures cannot be turned off", false, "Nothing needs to be done: Meta keeps them on."),
    (200_007, "Template figures are not turned on", true, "Turn on template insights in WhatsApp Manager."),
    (1_752_041, "Asked twice", false, "Nothing needs to be done."),
    (2_388_001, "The number's owner must be confirmed first", true, "Confirm the number, or turn off its two-step PIN in WhatsApp Manager."),
    (2_388_012, "The number is in your list already", false, "Nothing needs to be done."),
    (2_388_019, "The account has as many templates as it may", true, "Delete templates that are no longer used."),
    (2_388_023, "The template is being deleted", true, "Use another name, or wait 30 days."),
    (2_388_024, "The template exists in this language", false, "Use another name or another language."),
    (2_388_039, "The template cannot be changed now", true, "Wait a day: an approved template can be changed once a day, ten times in 30 days."),
    (2_388_040, "A field of the template is too long", false, "Shorten it."),
    (2_388_047, "The template's header has the wrong form", false, "Correct the header."),
    (2_388_072, "The template's body has the wrong form", false, "Correct the body."),
    (2_388_073, "The template's footer has the wrong form", false, "Correct the footer."),
    (2_388_091, "The number cannot get a verification code now", false, "Begin with adding or moving the number, then ask for the code."),
    (2_388_093, "The number cannot get a verification code now", false, "Begin with adding or moving the number, then ask for the code."),
    (2_388_103, "The number cannot be moved", true, "Read the details: the number or the account lacks something that a move needs."),
    (2_388_109, "The template cannot be made", false, "Read the details, and correct the template."),
    (2_388_293, "Too many variables for so little text", false, "Write more text between the variables."),
    (2_388_299, "A variable stands at the start or the end", false, "Put words before the first and after the last variable."),
    (2_494_100, "The number is in maintenance", true, "Nothing needs to be done: it takes some minutes, then recado tries again."),
    (2_593_079, "The number could not be moved", true, "Read the details, and move the number again."),
    (2_593_085, "The number could not be moved", true, "Read the details, and move the number again."),
    (2_593_107, "The history was handed over already", false, "Only a new connection of the phone's app hands it over again."),
    (2_593_108, "More than 24 hours since the phone's app was connected", false, "Disconnect the phone's app and connect it again to hand over its history."),
    (2_593_109, "The owner did not share the history", false, "Connect the phone's app again and agree to share its history."),
];

#[cfg(test)]
mod tests {
    use common::fault::{CODES, FAMILIES};

    use super::{TABLE, explain};

    #[test]
    fn the_table_is_in_order_and_every_advice_is_a_sentence() {
        assert!(
            TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "binary search needs the order"
        );
        for (code, title, _, advice) in TABLE {
            assert!(!title.is_empty() && !title.ends_with('.'), "{code}");
            assert!(
                advice.ends_with('.') && advice.len() > 10,
                "{code}: {advice}"
            );
        }
    }

    #[test]
    fn every_code_that_the_console_explains_has_a_meaning_of_its_own_here_too() {
        let ours: Vec<i64> = TABLE.iter().map(|(code, ..)| *code).collect();
        assert_eq!(ours, CODES);
        let unknown = explain(999_999, None, None);
        let families = FAMILIES.iter().flat_map(|(codes, _)| codes.clone());
        for code in CODES.iter().copied().chain(families) {
            assert_ne!(explain(code, None, None).title, unknown.title, "{code}");
        }
    }

    #[test]
    fn metas_words_come_before_ours() {
        let error = explain(
            131_047,
            Some("Re-engagement message"),
            Some("More than 24 hours…"),
        );
        assert_eq!(error.title, "Re-engagement message");
        assert_eq!(error.details.as_deref(), Some("More than 24 hours…"));
        assert!(!error.retryable);
        assert!(error.advice.contains("template"));
        let silent = explain(131_047, Some("  "), None);
        assert_eq!(silent.title, "More than 24 hours since the customer wrote");
    }
}
