//! Templates: listed, found for a send, with what they were filled with; and which accounts to ask Meta about.

use common::api::templates::{Proposal, Proposed, Source, TemplateQuery};
use common::id::{ChatId, NumberId, OrgId, TemplateId, WabaId};
use common::model::template::Template;
use common::model::template::form::Values;
use common::model::template::propose::propose;
use common::text::fold::fold;
use common::time::Stamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::fact::template::Account;
use crate::store::ask::{View, bad_cursor, count, cursor, uncursor};
use crate::store::error::StoreError;
use crate::store::row::template::{self, select_template};
use crate::store::row::{chat, content};

const LIST: &str = select_template!(
    "WHERE (?1 IS NULL OR t.org IN (SELECT value FROM json_each(?1))) \
     AND (?2 IS NULL OR EXISTS (SELECT 1 FROM numbers nu \
     WHERE nu.id = ?2 AND nu.org = t.org AND nu.waba_id = t.waba)) \
     AND CASE WHEN ?3 IS NULL THEN t.status <> 'deleted' ELSE t.status = ?3 END \
     AND (?4 IS NULL OR t.language = ?4) AND (?5 IS NULL OR t.category = ?5) \
     AND (?6 IS NULL OR t.name = ?6) \
     AND NOT EXISTS (SELECT 1 FROM json_each(?7) w WHERE instr(t.words, w.value) = 0) \
     ORDER BY t.name, t.language, t.id LIMIT ?8 OFFSET ?9"
);
const FIND: &str = select_template!(
    "JOIN numbers nu ON nu.org = t.org AND nu.waba_id = t.waba \
     WHERE nu.id = ?1 AND (?2 IS NULL OR nu.id IN (SELECT value FROM json_each(?2))) \
     AND t.name = ?3 AND t.language = ?4"
);
const DUE: &str = "SELECT nu.org, nu.waba_id, group_concat(nu.id) \
     FROM numbers nu LEFT JOIN template_syncs s ON s.org = nu.org AND s.waba = nu.waba_id \
     WHERE nu.removed_at IS NULL GROUP BY nu.org, nu.waba_id \
     HAVING s.wanted_at IS NOT NULL OR coalesce(s.synced_at, 0) < ?1";

const ACCOUNTS: &str = "SELECT nu.org, nu.waba_id, group_concat(nu.id) FROM numbers nu \
     WHERE nu.removed_at IS NULL AND (?1 IS NULL OR nu.id IN (SELECT value FROM json_each(?1))) \
     AND (?2 IS NULL OR (nu.org, nu.waba_id) = (SELECT n.org, n.waba_id FROM numbers n WHERE n.id = ?2)) \
     GROUP BY nu.org, nu.waba_id";

/// The most templates on a page.
const PAGE: u32 = 500;

/// One page of templates, by name and language.
pub fn list(
    view: &View<'_>,
    query: &TemplateQuery,
) -> Result<(Vec<Template>, Option<String>), StoreError> {
    let limit = query.limit.unwrap_or(100).clamp(1, PAGE) as usize;
    let from = match &query.cursor {
        Some(text) => {
            let [from] = uncursor(text)?;
            usize::try_from(from).map_err(|_negative| bad_cursor())?
        }
        None => 0,
    };
    let lower = |word: &Option<String>| word.as_ref().map(|w| w.trim().to_lowercase());
    let q = fold(query.q.as_deref().unwrap_or_default());
    let words: Vec<&str> = q.split_whitespace().collect();
    let mut statement = view.conn.prepare_cached(LIST)?;
    let mut rows = statement.query(params![
        view.orgs(),
        query.number.map(|n| n.0),
        lower(&query.status),
        query.language,
        lower(&query.category),
        query.name,
        content::to_json(&words)?,
        count(limit + 1),
        count(from),
    ])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(template::read(row)?);
    }
    let next = (items.len() > limit).then(|| cursor(&[count(from + limit)]));
    items.truncate(limit);
    Ok((items, next))
}

/// One template.
pub fn get(view: &View<'_>, id: TemplateId) -> Result<Option<Template>, StoreError> {
    let found = template::get(view.conn, id.0)?;
    Ok(found.filter(|t| view.sees(Some(t.org_id.0))))
}

/// The template that a number would send by this name in this language, and whether the account was
/// ever asked for all of its templates: only then does a missing one not exist.
pub fn find(
    view: &View<'_>,
    number: NumberId,
    name: &str,
    language: &str,
) -> Result<(Option<Template>, bool), StoreError> {
    let found = view
        .conn
        .prepare_cached(FIND)?
        .query_row(params![number.0, view.numbers()?, name, language], |row| {
            Ok(template::read(row))
        })
        .optional()?
        .transpose()?;
    let synced = view
        .conn
        .prepare_cached(
            "SELECT 1 FROM template_syncs s JOIN numbers nu ON nu.org = s.org AND nu.waba_id = s.waba \
             WHERE nu.id = ?1 AND s.synced_at IS NOT NULL",
        )?
        .exists([number.0])?;
    Ok((found, synced))
}

/// The languages that a name has.
pub fn languages(view: &View<'_>, number: NumberId, name: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT t.language FROM templates t JOIN numbers nu ON nu.org = t.org AND nu.waba_id = t.waba \
         WHERE nu.id = ?1 AND (?2 IS NULL OR nu.id IN (SELECT value FROM json_each(?2))) \
         AND t.name = ?3 \
         AND t.status <> 'deleted' ORDER BY t.language",
    )?;
    let rows = statement.query_map(params![number.0, view.numbers()?, name], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number of a chat.
pub fn number_of(view: &View<'_>, id: ChatId) -> Result<Option<NumberId>, StoreError> {
    let chat = chat::get(view.conn, id.0, view.now())?;
    let seen = chat.filter(|chat| view.scope.sees_number(chat.org_id, chat.number_id));
    Ok(seen.map(|chat| chat.number_id))
}

/// Values to begin with: what this customer got last, then what is known of them.
pub fn proposal(
    view: &View<'_>,
    id: TemplateId,
    chat: ChatId,
) -> Result<Option<Proposal>, StoreError> {
    let chat = chat::get(view.conn, chat.0, view.now())?;
    let (Some(template), Some(chat)) = (
        get(view, id)?,
        chat.filter(|chat| view.scope.sees_number(chat.org_id, chat.number_id)),
    ) else {
        return Ok(None);
    };
    let kept: Option<String> = view
        .conn
        .prepare_cached(
            "SELECT \"values\" FROM template_values WHERE customer = ?1 AND template = ?2",
        )?
        .query_row([chat.customer.id.0, id.0], |row| row.get(0))
        .optional()?;
    let kept: Values = kept
        .as_deref()
        .map(content::parse)
        .transpose()?
        .unwrap_or_default();
    let of = |source| move |(key, value)| (key, Proposed { value, source });
    let mut values: std::collections::BTreeMap<String, Proposed> =
        kept.into_iter().map(of(Source::Remembered)).collect();
    for (key, value) in propose(&template, &chat.customer) {
        let source = Source::Customer;
        values.entry(key).or_insert(Proposed { value, source });
    }
    Ok(Some(Proposal { values }))
}

/// An account to ask Meta about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub account: Account,
    /// Numbers of it: their tokens open it.
    pub numbers: Vec<NumberId>,
}

/// Accounts that were not asked for all of their templates since then, or that something speaks for
/// asking. Only the daemon asks.
pub fn due(view: &View<'_>, since: Stamp) -> Result<Vec<Due>, StoreError> {
    view.daemon_only()?;
    let mut statement = view.conn.prepare_cached(DUE)?;
    let rows = statement.query_map([since.millis()], account)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The account of a number, or all accounts.
pub fn accounts(view: &View<'_>, number: Option<NumberId>) -> Result<Vec<Due>, StoreError> {
    let mut statement = view.conn.prepare_cached(ACCOUNTS)?;
    let rows = statement.query_map(params![view.numbers()?, number.map(|n| n.0)], account)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn account(row: &Row<'_>) -> rusqlite::Result<Due> {
    let numbers: String = row.get(2)?;
    Ok(Due {
        account: Account {
            org: OrgId(row.get(0)?),
            waba: WabaId(row.get(1)?),
        },
        numbers: numbers.split(',').filter_map(|n| n.parse().ok()).collect(),
    })
}

/// The newest revision among an account's templates.
pub fn newest(view: &View<'_>, account: &Account) -> Result<i64, StoreError> {
    Ok(view
        .conn
        .prepare_cached(
            "SELECT coalesce(max(revision), 0) FROM templates WHERE org = ?1 AND waba = ?2",
        )?
        .query_row(params![account.org.0, account.waba.as_str()], |row| {
            row.get(0)
        })?)
}

/// How many templates of an account changed after this revision: deleted ones, and others.
pub fn changed(
    view: &View<'_>,
    account: &Account,
    after: i64,
) -> Result<(usize, usize), StoreError> {
    let number = |n: i64| usize::try_from(n).unwrap_or(0);
    Ok(view
        .conn
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE status = 'deleted'), \
             count(*) FILTER (WHERE status <> 'deleted') \
             FROM templates WHERE org = ?1 AND waba = ?2 AND revision > ?3",
        )?
        .query_row(
            params![account.org.0, account.waba.as_str(), after],
            |row| Ok((number(row.get(0)?), number(row.get(1)?))),
        )?)
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 1] = [FIND];
