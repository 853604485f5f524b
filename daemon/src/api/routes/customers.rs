//! `GET|PATCH /customers/{id}`, `GET /customers/{id}/files`, and the notes about customers.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::customers::{CustomerCard, FileQuery, NoteText, PatchCustomer};
use common::api::page::Page;
use common::id::{CustomerId, NoteId};
use common::model::customer::{Customer, Note};
use common::model::message::Message;
use common::rights::Deed;
use common::text::clean::{clean, clean_line};

use super::{CREATED, DONE, astray, check_limit, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::store::scope::Scope;
use crate::store::{Outcome, ask};

/// No note is longer.
const LONGEST: usize = 4_000;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_get, get)
        .on(Deed::Keep, &__path_patch, patch)
        .on(Deed::Read, &__path_files, files)
        .on(Deed::Keep, &__path_note, note)
        .on(Deed::Keep, &__path_edit, edit)
        .on(Deed::Keep, &__path_remove, remove)
}

/// A customer with everything that is known of them: since when, how much, notes, chats, files.
#[utoipa::path(get, path = "/customers/{id}", tag = "customers", operation_id = "get_customer",
    params(("id" = CustomerId, Path, description = "The customer")),
    responses((status = 200, body = CustomerCard)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<CustomerId>,
) -> Result<Json<CustomerCard>, Fault> {
    let card = api
        .store
        .ask(&scope, move |view| ask::customers::card(view, id))
        .await?;
    card.map(Json).ok_or_else(|| Fault::missing("customer"))
}

/// Changes our name for a customer, or their opt-out.
#[utoipa::path(patch, path = "/customers/{id}", tag = "customers", operation_id = "change_customer",
    params(("id" = CustomerId, Path, description = "The customer")), request_body = PatchCustomer,
    responses((status = 200, body = Customer)))]
async fn patch(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(customer): Named<CustomerId>,
    Given(patch): Given<PatchCustomer>,
) -> Result<Json<Customer>, Fault> {
    let name = patch.name.as_deref();
    let name = name.map(|name| clean_line(name, 200).into_owned());
    if name.as_ref().is_some_and(|n| n.chars().count() > 100) {
        return Err(Fault::invalid("name", "A name has 100 characters at most."));
    }
    let fact = Fact::CustomerPatched {
        customer,
        name,
        opted_out: patch.opted_out,
    };
    match commit(&api, &scope, fact).await? {
        Outcome::Customer(customer) => Ok(Json(*customer)),
        other => Err(astray(&other)),
    }
}

/// Messages of a customer that carry a file, over all numbers, newest first.
#[utoipa::path(get, path = "/customers/{id}/files", tag = "customers", operation_id = "list_files",
    params(("id" = CustomerId, Path, description = "The customer"), FileQuery),
    responses((status = 200, body = Page<Message>)))]
async fn files(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<CustomerId>,
    Asked(query): Asked<FileQuery>,
) -> Result<Json<Page<Message>>, Fault> {
    check_limit(query.limit)?;
    let page = api
        .store
        .ask(&scope, move |view| ask::customers::files(view, id, &query))
        .await?;
    page.map(Json).ok_or_else(|| Fault::missing("customer"))
}

/// Writes something down about a customer; every operator reads it.
#[utoipa::path(post, path = "/customers/{id}/notes", tag = "customers", operation_id = "add_note",
    params(("id" = CustomerId, Path, description = "The customer")), request_body = NoteText,
    responses((status = 201, body = Note)))]
async fn note(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(customer): Named<CustomerId>,
    Given(note): Given<NoteText>,
) -> Result<(StatusCode, Json<Note>), Fault> {
    let text = words(&note.text)?;
    let note = stored(&api, &scope, Fact::NoteAdded { customer, text }).await?;
    Ok((CREATED, Json(note)))
}

/// Changes what was written down.
#[utoipa::path(patch, path = "/notes/{id}", tag = "customers", operation_id = "change_note",
    params(("id" = NoteId, Path, description = "The note")), request_body = NoteText,
    responses((status = 200, body = Note)))]
async fn edit(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NoteId>,
    Given(note): Given<NoteText>,
) -> Result<Json<Note>, Fault> {
    let text = words(&note.text)?;
    stored(&api, &scope, Fact::NoteEdited { note: id, text })
        .await
        .map(Json)
}

/// Throws a note away.
#[utoipa::path(delete, path = "/notes/{id}", tag = "customers", operation_id = "delete_note",
    params(("id" = NoteId, Path, description = "The note")),
    responses((status = 204, description = "It is gone")))]
async fn remove(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(note): Named<NoteId>,
) -> Result<StatusCode, Fault> {
    commit(&api, &scope, Fact::NoteRemoved { note }).await?;
    Ok(DONE)
}

async fn stored(api: &ApiState, scope: &Scope, fact: Fact) -> Result<Note, Fault> {
    match commit(api, scope, fact).await? {
        Outcome::Note(note) => Ok(note),
        other => Err(astray(&other)),
    }
}

/// The words of a note, without what terminals would obey.
fn words(text: &str) -> Result<String, Fault> {
    let text = clean(text).trim().to_owned();
    match text.chars().count() {
        1..=LONGEST => Ok(text),
        0 => Err(Fault::invalid(
            "text",
            "A note without words says nothing; write some, or delete it.",
        )),
        _ => Err(Fault::invalid(
            "text",
            format!("A note has {LONGEST} characters at most."),
        )),
    }
}
