//! The Graph API's routes.

mod answer;
mod ask;
mod assets;
mod call;
mod enrol;
mod exchange;
mod fields;
mod media;
mod messages;
mod nodes;
mod samples;
mod subscribe;
mod templates;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::world::World;

/// Every call recado makes.
pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/{version}/{node}/messages", post(messages::messages))
        .merge(numbers())
        .route(
            "/{version}/{node}/message_templates",
            get(templates::list)
                .post(templates::create)
                .delete(templates::remove),
        )
        .route(
            "/{version}/{node}/subscribed_apps",
            get(subscribe::list)
                .post(subscribe::add)
                .delete(subscribe::remove),
        )
        .route(
            "/{version}/{node}/subscriptions",
            get(subscribe::app_list)
                .post(subscribe::app_add)
                .delete(subscribe::app_remove),
        )
        .route("/{version}/oauth/access_token", get(exchange::access_token))
        .route("/{version}/debug_token", get(token::debug_token))
        .route("/debug_token", get(token::debug_token))
        .route(
            "/{version}/{node}/media",
            post(media::upload).layer(DefaultBodyLimit::disable()),
        )
        .route("/whatsapp_business/attachments/", get(media::download))
        .route(
            "/{version}/{node}",
            get(nodes::get)
                .post(nodes::post)
                .delete(media::delete)
                .layer(DefaultBodyLimit::max(20 << 20)),
        )
        .route("/{version}/{node}/uploads", post(samples::begin))
        .fallback(answer::unknown_path)
        .with_state(world)
}

/// Finding numbers, adding them, proving and registering them.
fn numbers() -> Router<Arc<World>> {
    Router::new()
        .route(
            "/{version}/{node}/phone_numbers",
            get(nodes::phone_numbers).post(enrol::create),
        )
        .route("/{version}/{node}/businesses", get(assets::businesses))
        .route(
            "/{version}/{node}/owned_whatsapp_business_accounts",
            get(assets::owned),
        )
        .route(
            "/{version}/{node}/client_whatsapp_business_accounts",
            get(assets::shared),
        )
        .route("/{version}/{node}/request_code", post(enrol::request_code))
        .route("/{version}/{node}/verify_code", post(enrol::verify_code))
        .route("/{version}/{node}/register", post(enrol::register))
        .route("/{version}/{node}/deregister", post(enrol::deregister))
}
