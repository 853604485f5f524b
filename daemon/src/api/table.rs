//! The one table of routes: what is put in once is both served and described.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use utoipa::__dev::SchemaReferences;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{HttpMethod, Paths};
use utoipa::openapi::schema::Schema;

use crate::api::ApiState;

/// Routes with their descriptions.
pub(crate) struct Table {
    router: Router<ApiState>,
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Table {
    /// No route yet.
    pub(crate) fn new() -> Self {
        Self {
            router: Router::new(),
            paths: Paths::new(),
            schemas: Vec::new(),
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
        self.paths.add_path_operation(path, methods, P::operation());
        P::schemas(&mut self.schemas);
        self
    }

    /// The routes to serve.
    pub(crate) fn router(self) -> Router<ApiState> {
        self.router
    }

    /// The descriptions of the routes, and of the types they name.
    pub(crate) fn described(self) -> (Paths, Vec<(String, RefOr<Schema>)>) {
        (self.paths, self.schemas)
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
