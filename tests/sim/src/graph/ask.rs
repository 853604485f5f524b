//! A request taken apart: path, parameters, token, body.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequest, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use hyper::body::Bytes;
use serde_json::Value;

use crate::error::GraphError;
use crate::graph::answer;
use crate::world::World;

/// A request to the Graph API.
#[derive(Debug)]
pub(super) struct Ask {
    /// Method and path, for the ledger.
    pub(super) request: String,
    /// The part after the version.
    pub(super) node: String,
    pub(super) query: HashMap<String, String>,
    pub(super) token: Option<String>,
    pub(super) body: Bytes,
}

impl FromRequest<Arc<World>> for Ask {
    type Rejection = Response;

    async fn from_request(request: Request, world: &Arc<World>) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let mut ask = Self::head(&parts).await?;
        let request = Request::from_parts(parts, body);
        if let Ok(body) = Bytes::from_request(request, world).await {
            ask.body = body;
            return Ok(ask);
        }
        let error = GraphError::documented(100).details("The body could not be read.");
        Err(answer::refuse(world, &ask.request, &error, Value::Null))
    }
}

/// `v23.0` and the like.
fn is_version(text: &str) -> bool {
    let parts = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    parts.is_some_and(|(major, minor)| major.parse::<u16>().is_ok() && minor.parse::<u16>().is_ok())
}

impl Ask {
    /// Everything but the body.
    pub(super) async fn head(request: &Parts) -> Result<Self, Response> {
        let uri = request.uri.clone();
        let query: HashMap<String, String> = Query::try_from_uri(&uri)
            .map(|Query(query)| query)
            .unwrap_or_default();
        let bearer = request
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| ["Bearer", "OAuth"].contains(scheme))
            .map(|(_, token)| token.trim().to_owned());
        let token = bearer.or_else(|| query.get("access_token").cloned());
        let described = format!("{} {}", request.method, uri.path());
        let mut parts = uri.path().trim_start_matches('/').split('/');
        let version = parts.next().unwrap_or_default();
        let node = parts.next().unwrap_or_default().to_owned();
        if !is_version(version) && uri.path() != "/debug_token" {
            return Err(answer::unknown_path().await);
        }
        Ok(Self {
            request: described,
            node,
            query,
            token,
            body: Bytes::new(),
        })
    }

    /// The parameters of a simple POST, wherever they are: query, form or JSON.
    pub(super) fn parameters(&self) -> HashMap<String, String> {
        let mut all = self.query.clone();
        let object = serde_json::from_slice::<serde_json::Map<String, Value>>(&self.body);
        if let Ok(object) = object {
            let plain = |value: Value| match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            all.extend(object.into_iter().map(|(key, value)| (key, plain(value))));
        } else if let Ok(form) = std::str::from_utf8(&self.body)
            && let Ok(uri) = format!("/?{form}").parse()
            && let Ok(Query(form)) = Query::<HashMap<String, String>>::try_from_uri(&uri)
        {
            all.extend(form);
        }
        all
    }
}
