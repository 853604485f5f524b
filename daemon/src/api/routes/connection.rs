//! `/numbers/{id}/connection` and the steps to it: code, registration, webhook; rest and waking; another organisation.

use axum::Json;
use axum::extract::State;
use common::api::connect::{
    AskCode, Connection, Disconnect, GiveCode, MoveNumber, Register, SetWebhook,
};
use common::id::NumberId;
use common::model::number::Number;
use common::rights::Deed;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::fresh;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;

type Told = Result<Json<Connection>, Fault>;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Number, &__path_get, get)
        .on(Deed::Number, &__path_reconnect, reconnect)
        .on(Deed::Number, &__path_disconnect, disconnect)
        .on(Deed::Number, &__path_ask_code, ask_code)
        .on(Deed::Number, &__path_forget_code, forget_code)
        .on(Deed::Number, &__path_give_code, give_code)
        .on(Deed::Number, &__path_register, register)
        .on(Deed::Number, &__path_deregister, deregister)
        .on(Deed::Number, &__path_set_webhook, set_webhook)
        .on(Deed::Number, &__path_drop_webhook, drop_webhook)
        .on(Deed::Number, &__path_hand_over, hand_over)
}

/// How far a number is on its way, and what comes next. Meta is asked.
#[utoipa::path(get, path = "/numbers/{id}/connection", tag = "connect",
    operation_id = "get_connection", params(("id" = NumberId, Path, description = "The number")),
    responses((status = 200, body = Connection)))]
async fn get(State(api): State<ApiState>, Who(scope): Who, Named(id): Named<NumberId>) -> Told {
    Ok(Json(api.connector.connection(&scope, id).await?))
}

/// Wakes a number: registers it again where it is not, has its notifications sent here, sends what
/// waited.
#[utoipa::path(post, path = "/numbers/{id}/connection", tag = "connect",
    operation_id = "reconnect_number", params(("id" = NumberId, Path, description = "The number")),
    request_body = SetWebhook, responses((status = 200, body = Connection)))]
async fn reconnect(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Given(ask): Given<SetWebhook>,
) -> Told {
    let fresh = fresh::pin()?;
    let told = api.connector.reconnect(&scope, id, (ask, &fresh)).await?;
    Ok(Json(told))
}

/// Puts a number to rest: Meta sends nothing here any more, and nothing goes out. With
/// `deregister` its registration at Meta ends too.
#[utoipa::path(delete, path = "/numbers/{id}/connection", tag = "connect",
    operation_id = "disconnect_number",
    params(("id" = NumberId, Path, description = "The number"), Disconnect),
    responses((status = 200, body = Connection)))]
async fn disconnect(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Asked(ask): Asked<Disconnect>,
) -> Told {
    Ok(Json(api.connector.disconnect(&scope, id, ask).await?))
}

/// Has Meta send a code to the number.
#[utoipa::path(post, path = "/numbers/{id}/verification", tag = "connect",
    operation_id = "ask_code", params(("id" = NumberId, Path, description = "The number")),
    request_body = AskCode, responses((status = 200, body = Connection)))]
async fn ask_code(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Given(ask): Given<AskCode>,
) -> Told {
    Ok(Json(api.connector.ask_code(&scope, id, &ask).await?))
}

/// Waits for the code no longer.
#[utoipa::path(delete, path = "/numbers/{id}/verification", tag = "connect",
    operation_id = "forget_code", params(("id" = NumberId, Path, description = "The number")),
    responses((status = 200, body = Connection)))]
async fn forget_code(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
) -> Told {
    Ok(Json(api.connector.forget_code(&scope, id).await?))
}

/// Gives the code that came.
#[utoipa::path(post, path = "/numbers/{id}/verification/confirm", tag = "connect",
    operation_id = "give_code", params(("id" = NumberId, Path, description = "The number")),
    request_body = GiveCode, responses((status = 200, body = Connection)))]
async fn give_code(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Given(code): Given<GiveCode>,
) -> Told {
    Ok(Json(api.connector.give_code(&scope, id, &code).await?))
}

/// Registers the number with its PIN. Without one a PIN is made, told once, and kept sealed.
#[utoipa::path(post, path = "/numbers/{id}/registration", tag = "connect",
    operation_id = "register_number", params(("id" = NumberId, Path, description = "The number")),
    request_body = Register, responses((status = 200, body = Connection)))]
async fn register(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Given(ask): Given<Register>,
) -> Told {
    let fresh = fresh::pin()?;
    let told = api.connector.register(&scope, id, (&ask, &fresh)).await?;
    Ok(Json(told))
}

/// Ends the number's registration at Meta.
#[utoipa::path(delete, path = "/numbers/{id}/registration", tag = "connect",
    operation_id = "deregister_number",
    params(("id" = NumberId, Path, description = "The number")),
    responses((status = 200, body = Connection)))]
async fn deregister(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
) -> Told {
    Ok(Json(api.connector.deregister(&scope, id).await?))
}

/// Tells Meta where this number's notifications go, and reads back that it does so.
#[utoipa::path(post, path = "/numbers/{id}/webhook", tag = "connect",
    operation_id = "set_webhook", params(("id" = NumberId, Path, description = "The number")),
    request_body = SetWebhook, responses((status = 200, body = Connection)))]
async fn set_webhook(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Given(ask): Given<SetWebhook>,
) -> Told {
    Ok(Json(api.connector.set_webhook(&scope, id, ask).await?))
}

/// Takes that back, as far as no other number here needs it.
#[utoipa::path(delete, path = "/numbers/{id}/webhook", tag = "connect",
    operation_id = "drop_webhook", params(("id" = NumberId, Path, description = "The number")),
    responses((status = 200, body = Connection)))]
async fn drop_webhook(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
) -> Told {
    Ok(Json(api.connector.drop_webhook(&scope, id).await?))
}

/// Gives a number to another organisation. It begins anew there; its history stays behind.
#[utoipa::path(post, path = "/numbers/{id}/move", tag = "connect", operation_id = "move_number",
    params(("id" = NumberId, Path, description = "The number")), request_body = MoveNumber,
    responses((status = 200, body = Number)))]
async fn hand_over(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<NumberId>,
    Given(to): Given<MoveNumber>,
) -> Result<Json<Number>, Fault> {
    let number = api.connector.hand_over(&scope, id, to.org_id).await?;
    api.reload_keys().await?;
    Ok(Json(number))
}
