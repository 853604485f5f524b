//! Example files for the reviewers: an upload that can be taken up again, and the handle that it ends in.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use hyper::body::Bytes;
use serde_json::{Value, json};

use crate::error::GraphError;
use crate::fault::{Fault, Target};
use crate::graph::ask::Ask;
use crate::graph::call;
use crate::world::World;

const TYPES: [&str; 5] = [
    "application/pdf",
    "image/jpeg",
    "image/jpg",
    "image/png",
    "video/mp4",
];

/// `POST /{app_id}/uploads`.
pub(super) async fn begin(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = opened_session(&world, &ask);
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn opened_session(world: &World, ask: &Ask) -> Result<Value, GraphError> {
    if !world.book.with(|book| book.apps.contains_key(&ask.node)) {
        return Err(call::no_such_node(ask));
    }
    let wrong = |details: &str| GraphError::documented(100).details(details.to_owned());
    let length = ask.query.get("file_length").and_then(|n| n.parse().ok());
    let length: usize = length.ok_or_else(|| wrong("file_length is expected."))?;
    let kind = ask.query.get("file_type").map(String::as_str);
    if !kind.is_some_and(|kind| TYPES.contains(&kind)) {
        return Err(wrong("file_type is none of those that can be uploaded."));
    }
    let id = world.shelf.with(|shelf| {
        let id = format!("upload:MTphdHRhY2g6{}", shelf.samples.len() + 1);
        shelf.samples.push((id.clone(), length, Vec::new()));
        id
    });
    Ok(json!({ "id": id }))
}

/// `POST /{upload}`: bytes from an offset on. Where the answer is to be lost half of them are too.
pub(super) async fn more(world: Arc<World>, ask: Ask, headers: HeaderMap) -> Response {
    let opened = match call::open(&world, &ask, Target::Uploads, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let broken = matches!(opened.fault, Some(Fault::DropAfter));
    let result = taken(&world, &ask, (&headers, broken));
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn taken(
    world: &World,
    ask: &Ask,
    (headers, broken): (&HeaderMap, bool),
) -> Result<Value, GraphError> {
    let scheme = headers.get("authorization").and_then(|v| v.to_str().ok());
    if !scheme.is_some_and(|scheme| scheme.starts_with("OAuth ")) {
        return Err(GraphError::documented(190));
    }
    let offset = headers.get("file_offset").and_then(|v| v.to_str().ok());
    let offset: Option<usize> = offset.and_then(|n| n.parse().ok());
    world.shelf.with(|shelf| {
        let found = shelf.samples.iter_mut().find(|(id, ..)| *id == ask.node);
        let (_, length, bytes) = found.ok_or_else(|| call::no_such_node(ask))?;
        if offset != Some(bytes.len()) {
            return Err(GraphError::documented(100).details("The offset is not where it ended."));
        }
        let come: Bytes = if broken {
            ask.body.slice(..ask.body.len() / 2)
        } else {
            ask.body.clone()
        };
        bytes.extend_from_slice(&come);
        if broken {
            return Ok(Value::Null);
        }
        if bytes.len() != *length {
            return Err(GraphError::documented(100).details("The file is not whole."));
        }
        let handle = format!("4::YXBwbGljYXRpb24={}", shelf.handles.len() + 1);
        let whole = std::mem::take(bytes);
        shelf.handles.push((handle.clone(), whole));
        Ok(json!({ "h": handle }))
    })
}

/// `GET /{upload}`: how much has come.
pub(super) fn stands(world: &World, ask: &Ask) -> Option<Value> {
    world.shelf.with(|shelf| {
        let found = shelf.samples.iter().find(|(id, ..)| *id == ask.node);
        found.map(|(id, _, bytes)| json!({ "id": id, "file_offset": bytes.len() }))
    })
}
