//! Meta's answers and what each is taken for.

use common::id::{AppId, WabaId};
use common::model::check::Verdict;
use common::time::Stamp;
use serde_json::json;

use super::{Asked, callback, last_delivery, number, overridden, payment, permissions, policy};
use super::{subscription, token};
use crate::beacon::Refused;
use crate::graph::error::{GraphError, Refusal};
use crate::graph::standing::{Account, Ailment, Callback, Inspected, Standing, Subscriber};

const OURS: &str = "https://wa.example.com/webhooks/meta/42";
const NOW: Stamp = Stamp::from_seconds(1_780_000_000);

fn app() -> AppId {
    AppId::from("42")
}

fn refused<T>(code: i64, subcode: i64) -> Asked<T> {
    let told = json!({"error": {"code": code, "error_subcode": subcode, "message": "x"}});
    let refusal = Refusal::read(400, &told, None).expect("a refusal");
    Err(GraphError::Refused(Box::new(refusal)))
}

#[expect(clippy::unnecessary_wraps, reason = "what Meta answered, or why not")]
fn at(url: &str, fields: &[&str]) -> Asked<Option<Callback>> {
    Ok(Some(Callback {
        url: url.to_owned(),
        active: true,
        fields: fields.iter().map(|f| (*f).to_owned()).collect(),
    }))
}

#[test]
fn a_callback_is_ours_or_somebody_elses_or_deaf() {
    let code = |asked: &Asked<Option<Callback>>| callback(&app(), OURS, asked).code;
    let mut all = super::WANTED.to_vec();
    all.push("messages");
    assert_eq!(
        code(&at("https://wa.example.com/webhooks/meta/42/", &all)),
        "ok"
    );
    assert_eq!(code(&at(OURS, &["messages"])), "fields");
    assert_eq!(code(&at(OURS, &["account_update"])), "no_messages");
    assert_eq!(code(&at("https://old.example.com", &all)), "elsewhere");
    assert_eq!(code(&Ok(None)), "none");
    assert_eq!(code(&refused(190, 0)), "wrong_secret");
    assert_eq!(code(&Err(GraphError::Lost("x".to_owned()))), "unreached");
}

#[test]
fn an_account_is_subscribed_to_us_to_others_or_to_nobody() {
    let other = Subscriber {
        id: AppId::from("7"),
        name: "old".to_owned(),
    };
    let ours = Subscriber {
        id: app(),
        name: "recado".to_owned(),
    };
    let code =
        |asked: &Asked<Vec<Subscriber>>| subscription(&app(), &WabaId::from("1"), asked).code;
    assert_eq!(code(&Ok(vec![other.clone(), ours])), "ok");
    assert_eq!(code(&Ok(vec![other])), "other");
    assert_eq!(code(&Ok(vec![])), "nobody");
    let dead = subscription(&app(), &WabaId::from("1"), &refused(190, 463));
    assert_eq!(
        (dead.verdict, dead.code.as_str()),
        (Verdict::Skipped, "after")
    );
}

#[test]
fn an_override_of_ours_is_none() {
    let code = |number: Option<&str>, account: Option<&str>| {
        let standing = Standing {
            of_number: number.map(ToOwned::to_owned),
            of_account: account.map(ToOwned::to_owned),
            ..Standing::default()
        };
        overridden(OURS, &Ok(standing)).code
    };
    assert_eq!(code(None, None), "ok");
    assert_eq!(code(Some("https://x.example"), None), "number");
    assert_eq!(code(None, Some("https://x.example")), "account");
    assert_eq!(
        code(Some(OURS), Some("https://x.example")),
        "ok",
        "the number's wins"
    );
}

#[test]
fn silence_is_told_and_refusals_count_only_when_they_are_the_newest() {
    let day = |n: i64| Stamp::from_seconds(NOW.seconds() - n * 86_400);
    let refused = |at| Refused {
        count: 3,
        last: Some(at),
    };
    let code = |heard, refused| last_delivery(heard, refused, NOW).code;
    assert_eq!(code(None, Refused::default()), "never");
    assert_eq!(code(Some(day(1)), Refused::default()), "ok");
    assert_eq!(code(Some(day(9)), Refused::default()), "silent");
    assert_eq!(code(Some(day(1)), refused(day(2))), "ok");
    assert_eq!(code(Some(day(2)), refused(day(1))), "refused");
}

#[test]
fn a_token_is_for_ever_for_days_for_hours_dead_or_anothers() {
    let good = || Ok(Standing::default());
    let of = |told: Inspected| token(&app(), &Ok(told), &good(), NOW).code;
    let valid = |left: Option<i64>, life: i64| Inspected {
        app: Some(app()),
        is_valid: true,
        expires_at: left.map(|left| Stamp::from_seconds(NOW.seconds() + left)),
        issued_at: left.map(|left| Stamp::from_seconds(NOW.seconds() + left - life)),
        ..Inspected::default()
    };
    let days = 86_400;
    assert_eq!(of(valid(None, 0)), "ok");
    assert_eq!(of(valid(Some(40 * days), 60 * days)), "until");
    assert_eq!(of(valid(Some(13 * days), 60 * days)), "soon");
    assert_eq!(of(valid(Some(3_600), days)), "temporary");
    assert_eq!(
        of(Inspected {
            error: Some((190, 463)),
            ..Inspected::default()
        }),
        "expired"
    );
    assert_eq!(
        of(Inspected {
            error: Some((190, 460)),
            ..Inspected::default()
        }),
        "dead"
    );
    let other = Inspected {
        app: Some(AppId::from("7")),
        ..valid(None, 0)
    };
    assert_eq!(of(other), "other_app");
    let code =
        |told: &Asked<Inspected>, used: &Asked<Standing>| token(&app(), told, used, NOW).code;
    assert_eq!(code(&refused(100, 0), &good()), "other_app");
    assert_eq!(
        code(&refused(190, 0), &good()),
        "works",
        "the app's own token was refused"
    );
    assert_eq!(
        code(&Ok(valid(None, 0)), &refused(190, 460)),
        "dead",
        "doing decides"
    );
}

#[test]
fn permissions_are_judged_by_doing() {
    let told = || Ok(Inspected::default());
    let account = WabaId::from("1");
    let code = |managing: &Asked<Standing>, messaging: &Asked<()>| {
        let check = permissions(&account, &told(), (managing, messaging));
        (check.code, check.facts.get("permission").cloned())
    };
    let good = || Ok(Standing::default());
    assert_eq!(code(&good(), &Ok(())).0, "ok");
    assert_eq!(
        code(&refused(200, 0), &Ok(())).1,
        Some("whatsapp_business_management".into())
    );
    assert_eq!(
        code(&good(), &refused(10, 0)).1,
        Some("whatsapp_business_messaging".into())
    );
    let narrow = Ok(Inspected {
        accounts: Some(vec!["2".to_owned()]),
        ..Inspected::default()
    });
    assert_eq!(
        permissions(&account, &narrow, (&good(), &Ok(()))).code,
        "other_account"
    );
}

#[test]
fn a_number_its_money_and_its_account_are_told_apart() {
    let ail = |entity: &str, code: i64| Ailment {
        entity: entity.to_owned(),
        verdict: "BLOCKED".to_owned(),
        code: Some(code),
        advice: Some("Do it.".to_owned()),
        ..Ailment::default()
    };
    let with = |status: &str, ailments: Vec<Ailment>| -> Asked<Standing> {
        Ok(Standing {
            status: Some(status.to_owned()),
            ailments,
            ..Standing::default()
        })
    };
    let codes = |asked: &Asked<Standing>| {
        let account: Asked<Account> = Ok(Account::default());
        [
            number(asked).code,
            payment(asked, &account).code,
            policy(asked, &account).code,
        ]
    };
    assert_eq!(codes(&with("CONNECTED", vec![])), ["ok", "ok", "ok"]);
    assert_eq!(
        codes(&with("DISCONNECTED", vec![])),
        ["not_registered", "ok", "ok"]
    );
    assert_eq!(codes(&with("BANNED", vec![])), ["restricted", "ok", "ok"]);
    let poor = with("CONNECTED", vec![ail("WABA", 141_006)]);
    assert_eq!(codes(&poor), ["ok", "problem", "ok"]);
    let bad = with("CONNECTED", vec![ail("BUSINESS", 141_010)]);
    assert_eq!(codes(&bad), ["ok", "ok", "blocked"]);
    let mute = with("CONNECTED", vec![ail("PHONE_NUMBER", 1)]);
    assert_eq!(codes(&mute), ["blocked", "ok", "ok"]);
    let rejected = Account {
        review: Some("REJECTED".to_owned()),
        ..Account::default()
    };
    assert_eq!(
        policy(&with("CONNECTED", vec![]), &Ok(rejected)).code,
        "review"
    );
    assert_eq!(number(&refused(100, 33)).code, "gone");
}
