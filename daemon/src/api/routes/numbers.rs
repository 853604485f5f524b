//! `GET|POST /numbers`, `GET|PATCH|DELETE /numbers/{id}`, `POST /numbers/{id}/test`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::numbers::{AddedNumber, NewNumber, PatchNumber, SecretText};
use common::api::page::Page;
use common::api::problem::{Code, Problem};
use common::id::NumberId;
use common::model::check::Diagnosis;
use common::model::number::{Number, Transport};
use common::phone::Phone;
use common::rights::Deed;

use super::{CREATED, DONE, Part, astray, commit, later};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::fresh;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::check::CheckError;
use crate::fact::{Fact, NumberAdded, NumberPatched};
use crate::store::{Outcome, ask};
use crate::vault::Sealing;
use crate::vault::sealed::Sealed;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_list, list)
        .on(Deed::Number, &__path_create, create)
        .on(Deed::Read, &__path_get, get)
        .on(Deed::Number, &__path_patch, patch)
        .on(Deed::Number, &__path_remove, remove)
        .on(Deed::Number, &__path_test, test)
        .on(Deed::Read, &__path_tested, tested)
}

/// The numbers that I see.
#[utoipa::path(get, path = "/numbers", tag = "numbers", operation_id = "list_numbers", params(Part),
    responses((status = 200, body = Page<Number>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(part): Asked<Part>,
) -> Result<Json<Page<Number>>, Fault> {
    part.of(api.store.ask(&scope, ask::numbers::list).await?)
        .map(Json)
}

/// One number.
#[utoipa::path(get, path = "/numbers/{id}", tag = "numbers", operation_id = "get_number",
    params(("id" = NumberId, Path, description = "The number")),
    responses((status = 200, body = Number)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
) -> Result<Json<Number>, Fault> {
    let number = api
        .store
        .ask(&scope, move |view| ask::numbers::get(view, id))
        .await?;
    number.map(Json).ok_or_else(|| Fault::missing("number"))
}

/// Adds a number. The answer tells once what Meta must say at the handshake.
#[utoipa::path(post, path = "/numbers", tag = "numbers", operation_id = "add_number",
    request_body = NewNumber, responses((status = 201, body = AddedNumber)))]
async fn create(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<NewNumber>,
) -> Result<(StatusCode, Json<AddedNumber>), Fault> {
    let phone = check(&new)?;
    let verify_token = match new.verify_token {
        Some(given) => SecretText::new(given.expose()),
        None => fresh::verify_token()?,
    };
    let callback_url = callback(&api.info.public_url.borrow(), new.app_id.as_str());
    let sealing = api.vault.sealing().await;
    let fact = Fact::NumberAdded(Box::new(NumberAdded {
        org: new.org_id,
        label: new.label.trim().to_owned(),
        transport: new.transport,
        phone,
        phone_number_id: new.phone_number_id,
        waba_id: new.waba_id,
        app_id: new.app_id,
        access_token: sealed(&sealing, &new.access_token)?,
        app_secret: sealed(&sealing, &new.app_secret)?,
        verify_token: sealed(&sealing, &verify_token)?,
    }));
    let outcome = commit(&api, &scope, fact).await?;
    drop(sealing);
    let Outcome::Number(number) = outcome else {
        return Err(astray(&outcome));
    };
    api.reload_keys().await?;
    api.catch_up().await;
    Ok((
        CREATED,
        Json(AddedNumber {
            number: *number,
            verify_token,
            callback_url,
        }),
    ))
}

/// Changes a number: label, pause, credentials.
#[utoipa::path(patch, path = "/numbers/{id}", tag = "numbers", operation_id = "change_number",
    params(("id" = NumberId, Path, description = "The number")), request_body = PatchNumber,
    responses((status = 200, body = Number)))]
async fn patch(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Given(patch): Given<PatchNumber>,
) -> Result<Json<Number>, Fault> {
    if let Some(text) = &patch.label {
        label(text)?;
    }
    let sealing = api.vault.sealing().await;
    let seal = |name: &str, given: &Option<SecretText>| match given {
        None => Ok(None),
        Some(text) => secret(name, text)
            .and_then(|()| sealed(&sealing, text))
            .map(Some),
    };
    let fact = Fact::NumberPatched(Box::new(NumberPatched {
        number: Some(id),
        label: patch.label.as_deref().map(|text| text.trim().to_owned()),
        paused: patch.paused,
        access_token: seal("access_token", &patch.access_token)?,
        app_secret: seal("app_secret", &patch.app_secret)?,
        verify_token: seal("verify_token", &patch.verify_token)?,
    }));
    let outcome = commit(&api, &scope, fact).await?;
    drop(sealing);
    let Outcome::Number(number) = outcome else {
        return Err(astray(&outcome));
    };
    api.reload_keys().await?;
    Ok(Json(*number))
}

/// Works for a number no longer; its history stays.
#[utoipa::path(delete, path = "/numbers/{id}", tag = "numbers", operation_id = "remove_number",
    params(("id" = NumberId, Path, description = "The number")),
    responses((status = 204, description = "recado works for it no longer.")))]
async fn remove(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(number): Named<NumberId>,
) -> Result<StatusCode, Fault> {
    commit(&api, &scope, Fact::NumberRemoved { number }).await?;
    api.reload_keys().await?;
    Ok(DONE)
}

/// Examines a number: the way of a message from Meta to here, hop by hop, then token, number and
/// this machine. Each check is also told as the event `number.checked` as soon as it is known.
#[utoipa::path(post, path = "/numbers/{id}/test", tag = "numbers", operation_id = "test_number",
    params(("id" = NumberId, Path, description = "The number")),
    responses((status = 200, body = Diagnosis)))]
async fn test(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
) -> Result<Json<Diagnosis>, Fault> {
    // Whoever asked may hang up: what was begun is ended, and kept.
    let doctor = api.doctor.clone();
    let examining = tokio::spawn(async move { doctor.examine(&scope, id).await });
    let examined = examining
        .await
        .map_err(|why| Fault::internal(&why.to_string()))?;
    examined.map(Json).map_err(|why| match why {
        CheckError::Unknown => Fault::missing("number"),
        CheckError::Store(why) => Fault::from(why),
        other => Fault::internal(&other.to_string()),
    })
}

/// What the last examination of a number found.
#[utoipa::path(get, path = "/numbers/{id}/test", tag = "numbers", operation_id = "last_test",
    params(("id" = NumberId, Path, description = "The number")),
    responses((status = 200, body = Diagnosis)))]
async fn tested(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
) -> Result<Json<Diagnosis>, Fault> {
    let kept = api
        .store
        .ask(&scope, move |view| ask::health::diagnosis(view, id));
    kept.await?
        .map(Json)
        .ok_or_else(|| Fault::missing("examination of this number"))
}

fn sealed(sealing: &Sealing, text: &SecretText) -> Result<Sealed, Fault> {
    sealing
        .seal(text)
        .map_err(|why| Fault::internal(&why.to_string()))
}

/// What is wrong with a new number before the store is asked; its phone number, if it has one.
fn check(new: &NewNumber) -> Result<Option<Phone>, Fault> {
    if new.transport != Transport::Cloud {
        return Err(later(
            "Only `cloud` numbers can be added yet; leave `transport` out.",
        ));
    }
    label(&new.label)?;
    for (name, id) in [
        ("phone_number_id", new.phone_number_id.as_str()),
        ("waba_id", new.waba_id.as_str()),
        ("app_id", new.app_id.as_str()),
    ] {
        // Digits today; what else Meta may mint goes too, as long as it can stand in a path.
        let good = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        if !(1..=64).contains(&id.len()) || !id.bytes().all(good) {
            let detail = format!("`{name}` is the id that Meta's dashboard shows: digits.");
            return Err(Fault::invalid(name, detail));
        }
    }
    secret("access_token", &new.access_token)?;
    secret("app_secret", &new.app_secret)?;
    if let Some(token) = &new.verify_token {
        secret("verify_token", token)?;
    }
    let phone = new.phone_number.as_deref().map(Phone::parse).transpose();
    phone.map_err(|why| {
        let detail = format!("`phone_number`: {why}. Write it with + and country code.");
        Fault(Problem::new(Code::InvalidPhoneNumber, detail).field("phone_number"))
    })
}

pub(super) fn label(text: &str) -> Result<(), Fault> {
    if (1..=60).contains(&text.trim().chars().count()) && !text.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Fault::invalid(
        "label",
        "A label has 1 to 60 characters, in one line: like `Ventas Lima`.",
    ))
}

/// Secrets travel in headers and query strings: one word, nothing unprintable.
pub(super) fn secret(name: &str, text: &SecretText) -> Result<(), Fault> {
    let words = text.expose().trim();
    if words.is_empty() || words.len() > 4096 || !words.bytes().all(|b| b.is_ascii_graphic()) {
        let detail = format!("`{name}` is empty or not a single word; paste it as Meta shows it.");
        return Err(Fault::invalid(name, detail));
    }
    Ok(())
}

/// Where Meta must call: the whole address where it is known, the path otherwise.
fn callback(public_url: &str, app_id: &str) -> String {
    format!(
        "{}/webhooks/meta/{app_id}",
        public_url.trim().trim_end_matches('/')
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn new(changes: &Value) -> NewNumber {
        let mut body = json!({
            "org_id": 1, "label": "Ventas", "phone_number_id": "106540352242922",
            "waba_id": "102290129340398", "app_id": "4815162342", "access_token": "EAAG\n",
            "app_secret": "0123456789abcdef",
        });
        let fields = body.as_object_mut().expect("an object");
        fields.extend(changes.as_object().expect("an object").clone());
        serde_json::from_value(body).expect("a new number")
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (changes, field) in [
            (json!({"label": " "}), "label"),
            (json!({"phone_number_id": "12/a"}), "phone_number_id"),
            (json!({"waba_id": ""}), "waba_id"),
            (json!({"access_token": ""}), "access_token"),
            (json!({"app_secret": "two words"}), "app_secret"),
            (json!({"verify_token": ""}), "verify_token"),
            (json!({"phone_number": "12"}), "phone_number"),
        ] {
            let problem = check(&new(&changes)).expect_err("it is wrong").0;
            assert_eq!(problem.field.as_deref(), Some(field));
        }
    }

    #[test]
    fn the_address_for_meta_is_whole_where_it_is_known() {
        assert_eq!(callback("", "42"), "/webhooks/meta/42");
        assert_eq!(
            callback("https://wa.example.com/", "42"),
            "https://wa.example.com/webhooks/meta/42"
        );
    }
}
