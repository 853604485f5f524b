//! The one table of routes: what is put in once is both served and described.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use utoipa::__dev::SchemaReferences;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{HttpMethod, Paths};
use utoipa::openapi::schema::Schema;

use crate::api::ApiState;

/// Routes, to serve or to describe. Whoever serves has no use for the descriptions, which are
/// megabytes of schemas and a good part of the time of a start.
pub(crate) struct Table {
    router: Router<ApiState>,
    told: Option<Told>,
}

/// The descriptions of the routes, and of the types they name.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) paths: Paths,
    pub(crate) schemas: Vec<(String, RefOr<Schema>)>,
}

impl Table {
    /// For serving: no route yet.
    pub(crate) fn served() -> Self {
        Self {
            router: Router::new(),
            told: None,
        }
    }

    /// For the OpenAPI document: no route yet.
    pub(crate) fn described() -> Self {
        Self {
            router: Router::new(),
            told: Some(Told::default()),
        }
    }

    /// Adds a handler at the path and with the method that its `#[utoipa::path]` says.
    pub(crate) fn on<P, H, T>(mut self, _described: &P, handler: H) -> Self
    where
        P: utoipa::Path + SchemaReferences,
        H: Handler<T, ApiState>,
        T: 'static,
    {
        let (path, methods) = (P::path(), P::methods());
        if let Some(methods) = methods.iter().map(filter).reduce(MethodFilter::or) {
            self.router = self.router.route(&path, on(methods, handler));
        }
        if let Some(told) = &mut self.told {
            told.paths.add_path_operation(path, methods, P::operation());
            P::schemas(&mut told.schemas);
        }
        self
    }

    /// The routes to serve.
    pub(crate) fn router(self) -> Router<ApiState> {
        self.router
    }

    /// What there is to tell; nothing of a table made for serving.
    pub(crate) fn told(self) -> Told {
        self.told.unwrap_or_default()
    }
}

const fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Options => MethodFilter::OPTIONS,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Trace => MethodFilter::TRACE,
    }
}
