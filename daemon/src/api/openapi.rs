//! The OpenAPI document, made from the table of routes that is served.

use common::api::chats::ChatSort;
use common::api::problem::Problem;
use common::api::stats::StatsBy;
use common::id::{
    ChatId, ConnectId, CustomerId, KeyId, MediaId, MessageId, NoteId, NumberId, OperatorId, OrgId,
    Seq, TokenId,
};
use common::model::chat::ChatState;
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::Components;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder, Ref};

use crate::api::table::{Table, Told};
use crate::api::{BASE, routes};

/// The document as JSON, for `recadod openapi`.
pub fn document() -> String {
    build().to_pretty_json().unwrap_or_default()
}

fn build() -> OpenApi {
    let Told { mut paths, schemas } = routes::add_all(Table::described()).told();
    paths
        .paths
        .values_mut()
        .flat_map(operations)
        .for_each(fails_as_problem);
    let mut components = Components::new();
    components.schemas.extend(schemas);
    describe::<Problem>(&mut components);
    // Named by paths and queries, whose types are not collected.
    describe::<ChatId>(&mut components);
    describe::<ChatSort>(&mut components);
    describe::<ChatState>(&mut components);
    describe::<StatsBy>(&mut components);
    describe::<ConnectId>(&mut components);
    describe::<CustomerId>(&mut components);
    describe::<MediaId>(&mut components);
    describe::<MessageId>(&mut components);
    describe::<NoteId>(&mut components);
    describe::<NumberId>(&mut components);
    describe::<Seq>(&mut components);
    describe::<TokenId>(&mut components);
    describe::<OperatorId>(&mut components);
    describe::<KeyId>(&mut components);
    describe::<OrgId>(&mut components);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "Over TCP alone; over the Unix socket the kernel says who calls.",
        ))
        .build();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    let info = InfoBuilder::new()
        .title("recado's local API")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "HTTP/1.1 with JSON over the daemon's Unix socket, and the same over TCP for bearer \
             tokens. Times are RFC 3339 in UTC, phone numbers E.164 with +.",
        ))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new(BASE)]))
        .paths(paths)
        .components(Some(components))
        .build()
}

/// Adds a type, and those it is made of.
fn describe<T: ToSchema>(components: &mut Components) {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    components.schemas.extend(parts);
    components.schemas.insert(
        T::name().into_owned(),
        <T as utoipa::PartialSchema>::schema(),
    );
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.patch,
    ]
    .into_iter()
    .filter_map(Option::as_mut)
}

/// Every route answers what goes wrong in the same form.
fn fails_as_problem(operation: &mut Operation) {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Problem::name())))
        .build();
    let problem = ResponseBuilder::new()
        .description("What went wrong, with a stable code and what to do.")
        .content("application/problem+json", content)
        .build();
    operation
        .responses
        .responses
        .insert("default".to_owned(), problem.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// The contract's table of routes, by hand: what others may rely on.
    const CONTRACT: &[(&str, &str)] = &[
        ("get", "/status"),
        ("get", "/me"),
        ("get", "/orgs"),
        ("post", "/orgs"),
        ("get", "/numbers"),
        ("post", "/numbers"),
        ("get", "/numbers/{id}"),
        ("patch", "/numbers/{id}"),
        ("delete", "/numbers/{id}"),
        ("get", "/numbers/{id}/test"),
        ("post", "/numbers/{id}/test"),
        ("get", "/chats"),
        ("get", "/chats/{id}"),
        ("patch", "/chats/{id}"),
        ("get", "/chats/{id}/messages"),
        ("post", "/chats/{id}/messages"),
        ("post", "/messages"),
        ("get", "/messages/{id}"),
        ("get", "/messages"),
        ("post", "/messages/{id}/retry"),
        ("post", "/chats/mark"),
        ("post", "/chats/{id}/read"),
        ("get", "/search"),
        ("post", "/media"),
        ("get", "/media/{id}"),
        ("get", "/media/{id}/info"),
        ("post", "/media/{id}/fetch"),
        ("post", "/media/{id}/offer"),
        ("post", "/chats/{id}/typing"),
        ("get", "/labels"),
        ("get", "/customers/{id}"),
        ("patch", "/customers/{id}"),
        ("get", "/customers/{id}/files"),
        ("post", "/customers/{id}/notes"),
        ("patch", "/notes/{id}"),
        ("delete", "/notes/{id}"),
        ("get", "/stats"),
        ("put", "/chats/{id}/draft"),
        ("get", "/chats/{id}/draft"),
        ("delete", "/chats/{id}/draft"),
        ("get", "/events"),
        ("get", "/tokens"),
        ("post", "/tokens"),
        ("delete", "/tokens/{id}"),
        ("patch", "/orgs/{id}"),
        ("delete", "/orgs/{id}"),
        ("get", "/operators"),
        ("post", "/operators"),
        ("put", "/operators/{id}/role"),
        ("delete", "/operators/{id}"),
        ("post", "/operators/{id}/keys"),
        ("delete", "/operators/{id}/keys/{key}"),
        ("get", "/audit"),
        ("get", "/audit/verify"),
        ("post", "/replay"),
        ("get", "/key"),
        ("post", "/key/rotate"),
        ("post", "/key/recipients"),
        ("delete", "/key/recipients/{public}"),
        ("get", "/templates"),
        ("post", "/templates"),
        ("post", "/templates/sync"),
        ("get", "/templates/{id}"),
        ("patch", "/templates/{id}"),
        ("delete", "/templates/{id}"),
        ("get", "/templates/{id}/proposal"),
        ("get", "/connect"),
        ("post", "/connect"),
        ("get", "/connect/{id}"),
        ("delete", "/connect/{id}"),
        ("get", "/connect/{id}/accounts"),
        ("post", "/connect/{id}/number"),
        ("get", "/numbers/{id}/connection"),
        ("post", "/numbers/{id}/connection"),
        ("delete", "/numbers/{id}/connection"),
        ("post", "/numbers/{id}/verification"),
        ("delete", "/numbers/{id}/verification"),
        ("post", "/numbers/{id}/verification/confirm"),
        ("post", "/numbers/{id}/registration"),
        ("delete", "/numbers/{id}/registration"),
        ("post", "/numbers/{id}/webhook"),
        ("delete", "/numbers/{id}/webhook"),
        ("post", "/numbers/{id}/move"),
        ("get", "/replies"),
        ("post", "/replies"),
        ("get", "/replies/{id}"),
        ("patch", "/replies/{id}"),
        ("delete", "/replies/{id}"),
    ];

    fn parsed() -> Value {
        serde_json::from_str(&document()).expect("the document is JSON")
    }

    #[test]
    fn the_document_holds_the_contracts_routes_and_no_other() {
        let document = parsed();
        let described: BTreeSet<(String, String)> = document
            .get("paths")
            .and_then(Value::as_object)
            .expect("paths")
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().expect("methods").keys();
                methods
                    .map(|m| (m.clone(), path.clone()))
                    .collect::<Vec<_>>()
            })
            .collect();
        let contract = CONTRACT
            .iter()
            .map(|(m, p)| ((*m).to_owned(), (*p).to_owned()))
            .collect();
        assert_eq!(described, contract);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
            match value {
                Value::Object(map) => {
                    found.extend(map.get("$ref").and_then(Value::as_str));
                    map.values().for_each(|v| references(v, found));
                }
                Value::Array(items) => items.iter().for_each(|v| references(v, found)),
                _ => {}
            }
        }
        let document = parsed();
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(found.len() > 20, "{found:?}");
        for reference in found {
            let pointer = reference.strip_prefix('#').expect("a local reference");
            assert!(
                document.pointer(pointer).is_some(),
                "{reference} leads nowhere"
            );
        }
    }
}
