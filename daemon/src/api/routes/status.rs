//! `GET /status`: how the daemon is.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use common::api::status::{ApiStatus, DaemonStatus, NumberBrief, WebhookStatus};
use common::rights::Deed;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

/// Notices older than this are history.
const NOTICES: Duration = Duration::from_hours(24);

pub(super) fn add(table: Table) -> Table {
    table.on(Deed::Know, &__path_status, status)
}

/// How the daemon is: version, numbers, outbox, database, and what a person should know.
#[utoipa::path(get, path = "/status", tag = "daemon", responses((status = 200, body = DaemonStatus)))]
async fn status(State(api): State<ApiState>, Who(scope): Who) -> Result<Json<DaemonStatus>, Fault> {
    let now = api.clock.now();
    let since = now.minus(NOTICES);
    let mut status = api
        .store
        .ask(&scope, move |view| {
            let numbers = ask::numbers::list(view)?
                .into_iter()
                .map(|number| NumberBrief {
                    id: number.id,
                    label: number.label,
                    status: number.status,
                    error: number.error,
                });
            Ok(DaemonStatus {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                uptime_s: 0,
                webhook: WebhookStatus {
                    listen: String::new(),
                    last_received_at: ask::status::last_received(view)?,
                },
                api: ApiStatus::default(),
                numbers: numbers.collect(),
                outbox: ask::outbox::counts(view, now)?,
                database: ask::status::database(view)?,
                seq: ask::events::bounds(view)?.1.0,
                notices: ask::status::notices(view, since)?,
            })
        })
        .await?;
    status.uptime_s = now.since(api.info.started_at).as_secs();
    status.webhook.listen.clone_from(&api.info.webhook_listen);
    status.api.clone_from(&api.info.api);
    let told = api.hub.notices(since).into_iter();
    status
        .notices
        .extend(told.filter(|notice| scope.hears(notice.org_id, notice.number_id)));
    Ok(Json(status))
}
