//! The one table of routes: what is put in once is both served and described.

use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn;
use axum::routing::{MethodFilter, on};
use common::rights::{Deed, Role};
use utoipa::__dev::SchemaReferences;
use utoipa::openapi::RefOr;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{HttpMethod, Operation, Paths};
use utoipa::openapi::schema::Schema;

use crate::api::ApiState;
use crate::api::peer::permit;

/// Routes, to serve or to describe. Whoever serves has no use for the descriptions, which are
/// megabytes of schemas and a good part of the time of a start.
pub(crate) struct Table {
    router: Router<ApiState>,
    deeds: Vec<RouteDeed>,
    told: Option<Told>,
}

/// One route, and what it does as far as rights go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteDeed {
    /// GET, POST, …
    pub method: String,
    /// The path as OpenAPI writes it, below the base path.
    pub path: String,
    /// What asks for it must be allowed.
    pub deed: Deed,
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
            deeds: Vec::new(),
            told: None,
        }
    }

    /// For the OpenAPI document: no route yet.
    pub(crate) fn described() -> Self {
        Self {
            router: Router::new(),
            deeds: Vec::new(),
            told: Some(Told::default()),
        }
    }

    /// Adds a handler at the path and with the method that its `#[utoipa::path]` says. Only whoever
    /// may do `deed` comes through, and their `Scope` reaches no further than where they may: a
    /// handler asks and commits with it and needs no check of its own.
    pub(crate) fn on<P, H, T>(mut self, deed: Deed, _described: &P, handler: H) -> Self
    where
        P: utoipa::Path + SchemaReferences,
        H: Handler<T, ApiState>,
        T: 'static,
    {
        let (path, methods) = (P::path(), P::methods());
        if let Some(methods) = methods.iter().map(filter).reduce(MethodFilter::or) {
            let guarded = on(methods, handler)
                .layer(from_fn(move |request, next| permit(deed, request, next)));
            self.router = self.router.route(&path, guarded);
        }
        self.deeds.extend(methods.iter().map(|method| RouteDeed {
            method: name(method).to_owned(),
            path: path.clone(),
            deed,
        }));
        if let Some(told) = &mut self.told {
            let operation = with_deed(P::operation(), deed);
            told.paths.add_path_operation(path, methods, operation);
            P::schemas(&mut told.schemas);
        }
        self
    }

    /// What each route does as far as rights go.
    pub(crate) fn deeds(self) -> Vec<RouteDeed> {
        self.deeds
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

/// Says in the description who may, and in `x-recado-deed` what for programs.
fn with_deed(mut operation: Operation, deed: Deed) -> Operation {
    let who = match deed.roles() {
        [] => "the daemon's own user and root".to_owned(),
        roles if roles.len() == Role::ALL.len() => "every role".to_owned(),
        roles => {
            let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            words.join(", ")
        }
    };
    let before = operation.description.take().unwrap_or_default();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    operation.description = Some(format!("{before}{gap}Who may: {who}."));
    let deed = Extensions::builder().add("x-recado-deed", deed.as_str());
    operation
        .extensions
        .get_or_insert_default()
        .merge(deed.build());
    operation
}

const fn name(method: &HttpMethod) -> &'static str {
    match method {
        HttpMethod::Get => "GET",
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
        HttpMethod::Delete => "DELETE",
        HttpMethod::Options => "OPTIONS",
        HttpMethod::Head => "HEAD",
        HttpMethod::Patch => "PATCH",
        HttpMethod::Trace => "TRACE",
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
