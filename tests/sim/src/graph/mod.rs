//! The Graph API's routes.

mod answer;
mod ask;
mod call;
mod fields;
mod media;
mod messages;
mod nodes;
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
        .route("/{version}/{node}/phone_numbers", get(nodes::phone_numbers))
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
        .route("/{version}/oauth/access_token", get(token::access_token))
        .route("/{version}/debug_token", get(token::debug_token))
        .route("/debug_token", get(token::debug_token))
        .route(
            "/{version}/{node}/media",
            post(media::upload).layer(DefaultBodyLimit::disable()),
        )
        .route("/whatsapp_business/attachments/", get(media::download))
        .route(
            "/{version}/{node}",
            get(nodes::get).post(nodes::post).delete(media::delete),
        )
        .fallback(answer::unknown_path)
        .with_state(world)
}
