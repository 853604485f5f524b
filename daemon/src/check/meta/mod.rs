//! What Meta says, judged: who gets the webhooks, what the token is good for, how the number stands.

use common::id::{AppId, WabaId};
use common::model::check::{Check, Hop, Verdict};
use common::time::Stamp;

use crate::beacon::Refused;
use crate::graph::error::{Fate, GraphError};
use crate::graph::standing::{Account, Ailment, Callback, Inspected, Standing, Subscriber};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// A token that lives no longer than this is one of the dashboard's, for a first try.
const TEMPORARY: i64 = 2 * DAY;
/// Tokens are told of so many days ahead.
const SOON: i64 = 14;
/// Without a delivery for so long one looks whether anything arrives.
const SILENT: i64 = 7;
/// Without this field no message comes.
const MESSAGES: &str = "messages";
/// Fields without which recado works, and knows less.
const WANTED: [&str; 6] = [
    "message_template_status_update",
    "message_template_quality_update",
    "template_category_update",
    "phone_number_quality_update",
    "phone_number_name_update",
    "account_update",
];
/// Meta's codes for money: payment method, credit line, terms.
const MONEY: [i64; 4] = [131_042, 131_044, 134_011, 141_006];

/// What Meta answered, or why it did not.
pub(super) type Asked<T> = Result<T, GraphError>;

/// Meta's page of an app's webhook.
fn webhook_page(app: &AppId) -> String {
    format!("https://developers.facebook.com/apps/{app}/whatsapp-business/wa-settings/")
}

const MANAGER: &str = "https://business.facebook.com/wa/manage/home/";
const SYSTEM_USERS: &str = "https://business.facebook.com/settings/system-users";

/// A question that Meta did not answer, as the check that hangs on it.
fn unanswered(hop: Hop, error: &GraphError) -> Check {
    match error {
        GraphError::Refused(refusal) if error.fate() == Fate::TokenDead => {
            Check::after(hop, Hop::Token).with("error", refusal.code.unwrap_or_default())
        }
        GraphError::Refused(refusal) => Check::new(hop, Verdict::Skipped, "refused")
            .with("error", refusal.code.unwrap_or_default())
            .with("why", refusal.title.clone().unwrap_or_default()),
        other => Check::new(hop, Verdict::Skipped, "unreached").with("why", other.to_string()),
    }
}

/// Whether the app's webhook is ours, and told of messages.
pub(super) fn callback(app: &AppId, ours: &str, asked: &Asked<Option<Callback>>) -> Check {
    let failed = |code: &str| {
        let check = Check::failed(Hop::Callback, code);
        check
            .with("app", app.as_str())
            .with("ours", ours)
            .at(webhook_page(app))
    };
    let callback = match asked {
        Ok(Some(callback)) => callback,
        Ok(None) => return failed("none"),
        // The app's own token is made of its secret: where Meta refuses it, the secret is wrong.
        Err(GraphError::Refused(refusal)) => {
            let settings = format!("https://developers.facebook.com/apps/{app}/settings/basic/");
            return failed("wrong_secret")
                .with("error", refusal.code.unwrap_or_default())
                .at(settings);
        }
        Err(other) => {
            return Check::failed(Hop::Callback, "unreached").with("why", other.to_string());
        }
    };
    let has = |field: &str| callback.fields.iter().any(|known| known == field);
    let lacks: Vec<&str> = WANTED.into_iter().filter(|field| !has(field)).collect();
    if !same(&callback.url, ours) {
        return failed("elsewhere").with("url", callback.url.as_str());
    }
    if !callback.active {
        return failed("inactive");
    }
    if !has(MESSAGES) {
        return failed("no_messages").with("fields", callback.fields.join(", "));
    }
    let url = callback.url.as_str();
    if lacks.is_empty() {
        return Check::ok(Hop::Callback).with("url", url);
    }
    Check::warning(Hop::Callback, "fields")
        .with("url", url)
        .with("fields", lacks.join(", "))
        .at(webhook_page(app))
}

/// Addresses are the same where they lead to the same place.
fn same(one: &str, other: &str) -> bool {
    let bare = |url: &str| url.trim().trim_end_matches('/').to_ascii_lowercase();
    bare(one) == bare(other)
}

/// Whether the account is subscribed to our app.
pub(super) fn subscription(app: &AppId, account: &WabaId, asked: &Asked<Vec<Subscriber>>) -> Check {
    let subscribers = match asked {
        Ok(subscribers) => subscribers,
        Err(error) => return unanswered(Hop::Subscription, error),
    };
    if let Some(ours) = subscribers.iter().find(|one| one.id == *app) {
        return Check::ok(Hop::Subscription).with("app", ours.name.as_str());
    }
    let names: Vec<String> = subscribers
        .iter()
        .map(|one| format!("{} ({})", one.name, one.id))
        .collect();
    let code = if names.is_empty() { "nobody" } else { "other" };
    Check::failed(Hop::Subscription, code)
        .with("app", app.as_str())
        .with("account", account.as_str())
        .with("others", names.join(", "))
        .at(webhook_page(app))
}

/// Whether messages go elsewhere though the app's webhook is ours.
pub(super) fn overridden(ours: &str, asked: &Asked<Standing>) -> Check {
    let standing = match asked {
        Ok(standing) => standing,
        Err(error) => return unanswered(Hop::Override, error),
    };
    let places = [
        ("number", &standing.of_number),
        ("account", &standing.of_account),
    ];
    for (code, url) in places {
        match url {
            Some(url) if !same(url, ours) => {
                return Check::failed(Hop::Override, code)
                    .with("url", url.as_str())
                    .with("ours", ours);
            }
            Some(_) => break,
            None => {}
        }
    }
    Check::ok(Hop::Override)
}

/// How long ago Meta delivered something genuine.
pub(super) fn last_delivery(heard: Option<Stamp>, refused: Refused, now: Stamp) -> Check {
    let ago = heard.map(|at| (now.seconds() - at.seconds()).max(0));
    let check = match (ago, refused.last) {
        // It is the newest thing that happened, and it was refused.
        (_, Some(last)) if heard.is_none_or(|heard| last > heard) => {
            Check::failed(Hop::LastDelivery, "refused")
                .with("count", i64::try_from(refused.count).unwrap_or(i64::MAX))
        }
        (None, _) => Check::warning(Hop::LastDelivery, "never"),
        (Some(ago), _) if ago > SILENT * DAY => Check::warning(Hop::LastDelivery, "silent"),
        (Some(_), _) => Check::ok(Hop::LastDelivery),
    };
    match ago {
        Some(ago) => check.with("ago", ago),
        None => check,
    }
}

/// Whether the token works, and for how long.
pub(super) fn token(
    app: &AppId,
    asked: &Asked<Inspected>,
    used: &Asked<Standing>,
    now: Stamp,
) -> Check {
    let failed = |code: &str| Check::failed(Hop::Token, code).at(SYSTEM_USERS);
    if let Ok(told) = asked {
        let (code, subcode) = told.error.unwrap_or_default();
        if !told.is_valid {
            let expired = subcode == 463 || told.expires_at.is_some_and(|end| end <= now);
            return failed(if expired { "expired" } else { "dead" })
                .with("error", code)
                .with("subcode", subcode);
        }
    }
    // Doing is the better proof: what Meta refuses to this token is refused whatever it says of it.
    if let Err(GraphError::Refused(refusal)) = used
        && let Some(code @ (0 | 102 | 104 | 190)) = refusal.code
    {
        let subcode = refusal.subcode.unwrap_or_default();
        let word = if subcode == 463 { "expired" } else { "dead" };
        return failed(word).with("error", code).with("subcode", subcode);
    }
    let told = match asked {
        Ok(told) => told,
        // Meta tells nothing of another app's token, and says so with code 100.
        Err(GraphError::Refused(refusal)) if refusal.code == Some(100) && used.is_ok() => {
            return failed("other_app")
                .with("app", app.as_str())
                .with("other", "?");
        }
        Err(_unasked) if used.is_ok() => return Check::new(Hop::Token, Verdict::Ok, "works"),
        Err(error) => return Check::failed(Hop::Token, "unreached").with("why", error.to_string()),
    };
    if let Some(other) = told.app.as_ref().filter(|other| *other != app) {
        return failed("other_app")
            .with("app", app.as_str())
            .with("other", other.as_str());
    }
    let kind = told.kind.clone().unwrap_or_default();
    let Some(end) = told.expires_at else {
        return Check::ok(Hop::Token).with("kind", kind);
    };
    let left = end.seconds() - now.seconds();
    let life = told.issued_at.map(|made| end.seconds() - made.seconds());
    let check = if life.is_some_and(|life| life <= TEMPORARY) || (life.is_none() && left <= DAY) {
        Check::warning(Hop::Token, "temporary")
            .with("hours", left / HOUR)
            .at(SYSTEM_USERS)
    } else if left <= SOON * DAY {
        Check::warning(Hop::Token, "soon").at(SYSTEM_USERS)
    } else {
        Check::new(Hop::Token, Verdict::Ok, "until")
    };
    check.with("days", left.div_euclid(DAY)).with("kind", kind)
}

/// Whether the token may do what recado does: by what it lists, and by doing it.
pub(super) fn permissions(
    account: &WabaId,
    told: &Asked<Inspected>,
    (managing, messaging): (&Asked<Standing>, &Asked<()>),
) -> Check {
    let failed = |lacks: &str| {
        let check = Check::failed(Hop::Permissions, "missing");
        check.with("permission", lacks).at(SYSTEM_USERS)
    };
    if let Ok(told) = told
        && let Some(accounts) = &told.accounts
        && !accounts.iter().any(|seen| seen == account.as_str())
    {
        return Check::failed(Hop::Permissions, "other_account")
            .with("account", account.as_str())
            .with("accounts", accounts.join(", "))
            .at(SYSTEM_USERS);
    }
    let lacks = |done: Option<&GraphError>| match done {
        Some(GraphError::Refused(refusal)) => {
            matches!(refusal.code, Some(3 | 10 | 200..=299 | 131_005))
        }
        _ => false,
    };
    if lacks(managing.as_ref().err()) {
        return failed("whatsapp_business_management");
    }
    if lacks(messaging.as_ref().err()) {
        return failed("whatsapp_business_messaging");
    }
    match (managing, messaging) {
        (Ok(_), Ok(())) => Check::ok(Hop::Permissions),
        (Err(error), _) | (_, Err(error)) => unanswered(Hop::Permissions, error),
    }
}

/// How the number stands at Meta.
pub(super) fn number(asked: &Asked<Standing>) -> Check {
    let standing = match asked {
        Ok(standing) => standing,
        Err(GraphError::Refused(refusal))
            if refusal.code == Some(33)
                || (refusal.code, refusal.subcode) == (Some(100), Some(33)) =>
        {
            return Check::failed(Hop::Number, "gone").at(MANAGER);
        }
        Err(error) => return unanswered(Hop::Number, error),
    };
    let word = |told: &Option<String>| told.clone().unwrap_or_else(|| "?".to_owned());
    let quality = word(&standing.quality);
    let name_status = word(&standing.name_status);
    let ours = standing
        .ailments
        .iter()
        .find(|one| one.entity == "PHONE_NUMBER" && !is_money(one));
    let check = match standing.status.as_deref() {
        Some("DISCONNECTED" | "PENDING" | "UNVERIFIED") => {
            Check::failed(Hop::Number, "not_registered")
        }
        Some("BANNED" | "RESTRICTED" | "FLAGGED" | "DELETED" | "MIGRATED" | "RATE_LIMITED") => {
            Check::failed(Hop::Number, "restricted")
        }
        _ => match ours {
            Some(one) if one.verdict == "BLOCKED" => {
                ailing(Check::failed(Hop::Number, "blocked"), one)
            }
            Some(one) => ailing(Check::warning(Hop::Number, "limited"), one),
            None if matches!(name_status.as_str(), "DECLINED" | "EXPIRED") => {
                Check::warning(Hop::Number, "name")
            }
            None if quality == "RED" => Check::warning(Hop::Number, "quality"),
            None => Check::ok(Hop::Number),
        },
    };
    let check = if check.verdict == Verdict::Ok {
        check
    } else {
        check.at(MANAGER)
    };
    check
        .with("status", word(&standing.status))
        .with("name", word(&standing.name))
        .with("name_status", name_status)
        .with("quality", quality)
        .with("limit", word(&standing.limit))
        .with("throughput", word(&standing.throughput))
}

fn is_money(ailment: &Ailment) -> bool {
    ailment.code.is_some_and(|code| MONEY.contains(&code))
}

/// Meta's own words and advice, beside ours.
fn ailing(check: Check, ailment: &Ailment) -> Check {
    check
        .with("error", ailment.code.unwrap_or_default())
        .with("why", ailment.words.clone().unwrap_or_default())
        .with("advice", ailment.advice.clone().unwrap_or_default())
}

/// Whether Meta gets its money.
pub(super) fn payment(number: &Asked<Standing>, account: &Asked<Account>) -> Check {
    match ailments(Hop::Payment, number, account) {
        Err(check) => check,
        Ok(all) => match all.into_iter().find(|one| is_money(one)) {
            Some(one) => ailing(Check::failed(Hop::Payment, "problem"), one)
                .at("https://business.facebook.com/billing_hub/accounts"),
            None => Check::ok(Hop::Payment),
        },
    }
}

/// Whether account and business are restricted.
pub(super) fn policy(number: &Asked<Standing>, account: &Asked<Account>) -> Check {
    let all = match ailments(Hop::Policy, number, account) {
        Err(check) => return check,
        Ok(all) => all,
    };
    let page = "https://business.facebook.com/business-support-home";
    if let Ok(account) = account
        && let Some(review @ ("REJECTED" | "DISABLED")) = account.review.as_deref()
    {
        return Check::failed(Hop::Policy, "review")
            .with("review", review)
            .at(page);
    }
    let of_policy = |one: &&Ailment| !is_money(one) && one.entity != "PHONE_NUMBER";
    let worst = all
        .iter()
        .copied()
        .filter(of_policy)
        .min_by_key(|one| one.verdict != "BLOCKED");
    match worst {
        Some(one) if one.verdict == "BLOCKED" => {
            ailing(Check::failed(Hop::Policy, "blocked"), one).at(page)
        }
        Some(one) => ailing(Check::warning(Hop::Policy, "limited"), one).at(page),
        None => Check::ok(Hop::Policy),
    }
}

fn ailments<'a>(
    hop: Hop,
    number: &'a Asked<Standing>,
    account: &'a Asked<Account>,
) -> Result<Vec<&'a Ailment>, Check> {
    match (number, account) {
        (Err(error), Err(_)) => Err(unanswered(hop, error)),
        (number, account) => {
            let of_number = number.iter().flat_map(|one| &one.ailments);
            Ok(of_number
                .chain(account.iter().flat_map(|one| &one.ailments))
                .collect())
        }
    }
}

#[cfg(test)]
mod tests;
