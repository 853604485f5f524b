//! What a request gives: its body, its query and its path, each checked and each refused in a sentence.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use common::api::problem::{Code, Problem};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::fault::Fault;

/// The JSON body. An empty one counts as `{}`, so that a request whose fields are all optional
/// needs none.
#[derive(Debug)]
pub(crate) struct Given<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Given<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        read(json(&bytes)?).map(Self)
    }
}

/// A JSON body of which more is to be checked than its type says.
#[derive(Debug)]
pub(crate) struct GivenValue(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for GivenValue {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        json(&bytes).map(Self)
    }
}

/// The query; parameters without a value count as absent.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        let given = parts.uri.query().unwrap_or_default().split('&');
        let full: Vec<&str> = given
            .filter(|pair| pair.split_once('=').is_none_or(|(_, v)| !v.is_empty()))
            .collect();
        let uri = format!("/?{}", full.join("&"))
            .parse::<Uri>()
            .map_err(|why| {
                Fault::new(Code::BadRequest, format!("The query is malformed: {why}."))
            })?;
        Query::try_from_uri(&uri)
            .map(|Query(asked)| Self(asked))
            .map_err(|rejection| {
                let text = rejection.body_text();
                Fault(complaint(
                    text.strip_prefix("Failed to deserialize query string: ")
                        .unwrap_or(&text),
                ))
            })
    }
}

/// The id in the path.
#[derive(Debug)]
pub(crate) struct Named<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let named = Path::<T>::from_request_parts(parts, state).await;
        named.map(|Path(id)| Self(id)).map_err(|_not_one| {
            Fault::new(
                Code::NotFound,
                "The path names no such thing: messages have a UUID, everything else a number. \
                 To find a message by WhatsApp's id, ask GET /messages?wamid=.",
            )
        })
    }
}

fn unread(rejection: BytesRejection) -> Fault {
    match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => Fault::new(
            Code::BodyTooLarge,
            "The body is larger than 1 MiB; send less at once.",
        ),
        other => Fault::new(
            Code::BadRequest,
            format!("The body broke off: {}.", other.body_text()),
        ),
    }
}

fn json(bytes: &[u8]) -> Result<Value, Fault> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    serde_json::from_slice(bytes)
        .map_err(|why| Fault::new(Code::BadRequest, format!("The body is not JSON: {why}.")))
}

/// A JSON value as the type that the route wants.
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    if !value.is_object() {
        return Err(Fault::new(
            Code::BadRequest,
            "The body must be a JSON object.",
        ));
    }
    serde_path_to_error::deserialize(value).map_err(|why| {
        let path = why.path().to_string();
        let inner = why.into_inner().to_string();
        if path == "." {
            Fault(complaint(&inner))
        } else {
            Fault(complaint(&format!("{path}: {inner}")))
        }
    })
}

/// serde's words as a problem that names the field, where one is at fault.
fn complaint(words: &str) -> Problem {
    let quoted = || words.split('`').nth(1).map(str::to_owned);
    let before = words.split_once(": ").map(|(path, _)| path.to_owned());
    let field = if words.contains("missing field") || words.contains("unknown field") {
        quoted()
    } else {
        before.filter(|path| !path.contains(' '))
    };
    let problem = Problem::new(Code::BadRequest, format!("Wrong request: {words}."));
    match field {
        Some(field) => problem.field(field),
        None => problem,
    }
}

/// Refuses an object that holds anything but these keys, by name.
pub(crate) fn only(value: &Value, allowed: &[&str], what: &str) -> Result<(), Fault> {
    let Some(map) = value.as_object() else {
        return Err(Fault::new(
            Code::BadRequest,
            "The body must be a JSON object.",
        ));
    };
    match map.keys().find(|key| !allowed.contains(&key.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(Fault(
            Problem::new(
                Code::BadRequest,
                format!(
                    "Unknown field `{unknown}`: {what} takes {}.",
                    allowed.join(", ")
                ),
            )
            .field(unknown),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::api::orgs::NewOrg;
    use serde_json::json;

    fn problem(value: Value) -> Problem {
        read::<NewOrg>(value).expect_err("it is wrong").0
    }

    #[test]
    fn the_field_at_fault_is_named() {
        assert_eq!(problem(json!({})).field.as_deref(), Some("slug"));
        assert_eq!(problem(json!({"slug": 4})).field.as_deref(), Some("slug"));
        assert_eq!(
            problem(json!({"slug": "a", "colour": 1})).field.as_deref(),
            Some("colour")
        );
        assert_eq!(problem(json!([])).field, None);
    }

    #[test]
    fn unknown_keys_are_refused_by_name() {
        let fault = only(&json!({"text": "a", "txet": "b"}), &["text"], "a text").expect_err("no");
        assert_eq!(fault.0.field.as_deref(), Some("txet"));
        assert!(fault.0.detail.contains("`txet`"), "{}", fault.0.detail);
    }

    #[tokio::test]
    async fn a_query_is_read_and_refused_with_its_field() {
        use common::api::chats::ChatFilter;
        let ask = async |uri: &str| {
            let (mut parts, ()) = axum::http::Request::builder()
                .uri(uri)
                .body(())
                .expect("a request")
                .into_parts();
            Asked::<ChatFilter>::from_request_parts(&mut parts, &()).await
        };
        let Asked(filter) = ask("/chats?number=3&state=open&unread=true&q=&limit=10")
            .await
            .expect("ok");
        assert_eq!(
            (filter.number.map(|n| n.0), filter.q, filter.limit),
            (Some(3), None, Some(10))
        );
        let wrong = ask("/chats?number=abc").await.expect_err("no number").0;
        assert_eq!(wrong.field.as_deref(), Some("number"), "{}", wrong.detail);
        let wrong = ask("/chats?colour=red")
            .await
            .expect_err("no such parameter")
            .0;
        assert_eq!(wrong.field.as_deref(), Some("colour"), "{}", wrong.detail);
    }
}
