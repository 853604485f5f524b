//! One file for each resource: a request becomes a question or a fact, nothing more.

use axum::http::StatusCode;
use common::api::page::Page;
use common::api::problem::Code;
use serde::Deserialize;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::store::scope::Scope;
use crate::store::{Commit, Outcome};

mod audit;
mod chats;
mod connect;
mod connection;
mod customers;
mod drafts;
mod events;
mod key;
mod labels;
mod me;
mod media;
mod messages;
mod numbers;
mod operators;
mod orgs;
mod replay;
mod replies;
mod search;
mod send;
mod stats;
mod status;
mod templates;
mod tokens;

/// Every route of the API.
pub(crate) fn add_all(table: Table) -> Table {
    let table = status::add(table);
    let table = operators::add(orgs::add(me::add(table)));
    let table = numbers::add(table);
    let table = labels::add(drafts::add(chats::add(table)));
    let table = stats::add(customers::add(table));
    let table = send::add(messages::add(table));
    let table = media::add(search::add(table));
    let table = audit::add(tokens::add(events::add(table)));
    let table = replies::add(templates::add(table));
    let table = connection::add(connect::add(table));
    key::add(replay::add(table))
}

/// Stores one fact and gives what became of it.
async fn commit(api: &ApiState, scope: &Scope, fact: Fact) -> Result<Outcome, Fault> {
    let commit = Commit {
        scope: scope.clone(),
        journal: None,
        facts: vec![fact],
    };
    let people = matches!(commit.facts.as_slice(), [Fact::People(_)]);
    let receipt = api.store.commit(commit).await?;
    if people {
        api.entrance.rights_changed();
    }
    receipt
        .outcomes
        .into_iter()
        .next()
        .ok_or_else(|| Fault::internal("a commit without an outcome"))
}

/// The store answered with another thing than the route changed.
fn astray(outcome: &Outcome) -> Fault {
    Fault::internal(&format!("the store answered with {}", kind(outcome)))
}

const fn kind(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Nothing => "nothing",
        Outcome::Message(_) => "a message",
        Outcome::Chat(_) => "a chat",
        Outcome::Number(_) => "a number",
        Outcome::Org(_) => "an organisation",
        Outcome::Draft(_) => "a draft",
        Outcome::Customer(_) => "a customer",
        Outcome::Note(_) => "a note",
        Outcome::Template(_) => "a template",
        Outcome::Reply(_) => "a saved reply",
        Outcome::Connect(_) => "a token for connecting",
        Outcome::Token(_) => "a token",
        Outcome::Operator(_) => "an operator",
        Outcome::Media(_) => "a file",
        Outcome::Claimed(_) => "claims",
        Outcome::Marked(_) => "read marks",
    }
}

/// Which part of a list that is short enough to be held whole.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Part {
    /// At most so many; 50 if absent, 200 at most.
    limit: Option<u32>,
    /// Where the last page ended.
    cursor: Option<String>,
}

impl Part {
    /// That part of it. A cursor counts what came before, in an order that never changes.
    fn of<T>(&self, items: Vec<T>) -> Result<Page<T>, Fault> {
        check_limit(self.limit)?;
        let limit = usize::try_from(self.limit.unwrap_or(50).min(200)).unwrap_or(200);
        let from: usize = match &self.cursor {
            None => 0,
            Some(text) => text.parse().map_err(|_not_ours| {
                Fault::invalid("cursor", "Not a cursor; give back `next` as it came.")
            })?,
        };
        let to = from.saturating_add(limit);
        let next = (items.len() > to).then(|| to.to_string());
        Ok(Page {
            items: items.into_iter().skip(from).take(limit).collect(),
            next,
        })
    }
}

/// A page of nothing would never end.
fn check_limit(limit: Option<u32>) -> Result<(), Fault> {
    match limit {
        Some(0) => Err(Fault::invalid(
            "limit",
            "`limit` is at least 1, and 200 at most.",
        )),
        _ => Ok(()),
    }
}

/// What comes with a later version, and what to use until then.
fn later(what: &str) -> Fault {
    Fault::new(Code::NotImplemented, what)
}

/// Something was made.
const CREATED: StatusCode = StatusCode::CREATED;
/// Something is stored and will be done.
const ACCEPTED: StatusCode = StatusCode::ACCEPTED;
/// Done, and there is nothing to say.
const DONE: StatusCode = StatusCode::NO_CONTENT;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_is_paged_to_its_end() {
        let part = |limit, cursor: Option<String>| Part {
            limit: Some(limit),
            cursor,
        };
        let mut cursor = None;
        let mut seen = Vec::new();
        loop {
            let page = part(2, cursor).of(vec![1, 2, 3, 4, 5]).expect("a page");
            seen.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, [1, 2, 3, 4, 5]);
        assert!(part(0, None).of(vec![1]).is_err());
        assert!(part(1, Some("x".to_owned())).of(vec![1]).is_err());
    }
}
