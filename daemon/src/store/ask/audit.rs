//! The audit log: its entries newest first, and the walk that finds the first broken link.

use std::cmp::Reverse;

use common::api::audit::{AuditChain, AuditEntry, AuditQuery, BrokenLink, BrokenWhy};
use common::api::page::Page;
use common::id::OrgId;
use rusqlite::params;

use crate::store::ask::{View, bounded, count, cursor, uncursor};
use crate::store::error::StoreError;
use crate::store::row::audit::{COLUMNS, Entry, MACHINE};

/// One page of what happened, newest first.
pub fn list(view: &View<'_>, query: &AuditQuery) -> Result<Page<AuditEntry>, StoreError> {
    let limit = bounded(query.limit);
    let from = match &query.cursor {
        Some(text) => uncursor::<3>(text)?,
        None => [i64::MAX; 3],
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM audit WHERE chain = ?1 AND (at, chain, n) < (?2, ?3, ?4) \
         AND (?5 IS NULL OR who = ?5) AND (?6 IS NULL OR deed = ?6) ORDER BY n DESC LIMIT ?7"
    );
    let mut found = Vec::new();
    for chain in chains(view, query.org)? {
        let mut statement = view.conn.prepare_cached(&sql)?;
        let [at, of, n] = from;
        let rows = statement.query_map(
            params![chain, at, of, n, query.who, query.deed, count(limit + 1)],
            Entry::read,
        )?;
        for entry in rows {
            found.push(entry?);
        }
    }
    // Inside a chain times never go back, so each gives its own newest ones.
    found.sort_unstable_by_key(|entry| Reverse((entry.at, entry.chain, entry.n)));
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| more);
    let next = last.map(|entry| cursor(&[entry.at, entry.chain, entry.n]));
    let items = found.into_iter().map(Entry::told);
    Ok(Page {
        items: items.collect::<Result<_, _>>()?,
        next,
    })
}

/// Walks along every chain that the asker sees, from its first entry on.
pub fn verify(view: &View<'_>, org: Option<OrgId>) -> Result<Vec<AuditChain>, StoreError> {
    let chains = chains(view, org)?;
    chains.into_iter().map(|chain| walk(view, chain)).collect()
}

fn walk(view: &View<'_>, chain: i64) -> Result<AuditChain, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE chain = ?1 ORDER BY n");
    let mut statement = view.conn.prepare_cached(&sql)?;
    let mut rows = statement.query([chain])?;
    let (mut n, mut head, mut broken) = (0, Vec::new(), None);
    while let Some(row) = rows.next()? {
        let entry = Entry::read(row)?;
        if entry.n != n + 1 {
            let why = BrokenWhy::Missing;
            broken = Some(BrokenLink { n: n + 1, why });
            break;
        }
        if entry.chained(&head) != entry.hash.as_slice() {
            let why = BrokenWhy::Changed;
            broken = Some(BrokenLink { n: entry.n, why });
            break;
        }
        (n, head) = (entry.n, entry.hash);
    }
    Ok(AuditChain {
        org_id: (chain != MACHINE).then_some(OrgId(chain)),
        entries: n,
        head: (n > 0).then(|| hex::encode(head)),
        broken,
    })
}

/// The chains that the asker sees: those of their organisations, and the machine's for whoever owns it.
fn chains(view: &View<'_>, only: Option<OrgId>) -> Result<Vec<i64>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT id FROM orgs WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1)) ORDER BY id",
    )?;
    let rows = statement.query_map([view.orgs()], |row| row.get(0))?;
    let mut chains: Vec<i64> = rows.collect::<Result<_, _>>()?;
    if view.sees(None) {
        chains.insert(0, MACHINE);
    }
    chains.retain(|chain| only.is_none_or(|only| only.0 == *chain));
    if chains.is_empty() {
        return Err(StoreError::missing("organisation"));
    }
    Ok(chains)
}
