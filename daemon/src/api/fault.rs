//! Problems as answers: `application/problem+json`, whatever went wrong and wherever.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use common::api::problem::{Code, Problem};

use crate::store::error::StoreError;

/// A problem on its way to whoever asked.
#[derive(Debug)]
pub(crate) struct Fault(pub(crate) Problem);

impl Fault {
    /// A problem of this kind with a sentence that says what to do.
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self(Problem::new(code, detail))
    }

    /// A field of the request that has a value that cannot be.
    pub(crate) fn invalid(field: &str, detail: impl Into<String>) -> Self {
        Self(Problem::new(Code::Invalid, detail).field(field))
    }

    /// There is no such thing, or none that the caller may see.
    pub(crate) fn missing(what: &str) -> Self {
        Self::new(
            Code::NotFound,
            format!("There is no such {what}, or you may not see it."),
        )
    }

    /// Something that never should have happened; the log says what, the caller only that.
    pub(crate) fn internal(why: &str) -> Self {
        tracing::error!(why, "a request to the local API failed");
        Self::new(
            Code::Internal,
            "Something broke inside recado; its log says what.",
        )
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let problem = error.problem();
        if problem.code == Code::Internal {
            tracing::error!(%error, "a request to the local API failed in the store");
        }
        Self(problem)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = problem.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"recado\""),
            );
        }
        response
    }
}

/// The answer where no route is.
pub(crate) async fn no_route(request: Request) -> Fault {
    let path = request.uri().path();
    Fault::new(
        Code::NotFound,
        format!("There is no route {path}; `recadod openapi` lists those that are."),
    )
}

/// The answer where a route is, but not with this method.
pub(crate) async fn no_method(request: Request) -> Fault {
    let (method, path) = (request.method(), request.uri().path());
    Fault::new(
        Code::MethodNotAllowed,
        format!("{path} is not asked with {method}; `recadod openapi` says with what."),
    )
}
