//! Operators with their roles and keys, and tokens, as they lie in the database.

use common::api::operators::{Given, Operator, OperatorKey};
use common::api::tokens::Token;
use common::id::{KeyId, OperatorId, OrgId, TokenId};
use common::rights::Role;
use common::time::Stamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::fact::people::Part;
use crate::store::error::StoreError;

/// The columns that [`read_token`] expects, of `tokens`.
pub(crate) const TOKEN: &str = "id, name, org, created_at, role, numbers, expires_at";

/// Reads the columns of [`TOKEN`].
pub(crate) fn read_token(row: &Row<'_>) -> rusqlite::Result<Token> {
    Ok(Token {
        id: TokenId(row.get(0)?),
        name: row.get(1)?,
        org_id: OrgId(row.get(2)?),
        created_at: Stamp::from_millis(row.get(3)?),
        role: role(row, 4)?,
        numbers: numbers(row, 5)?,
        expires_at: row.get::<_, Option<i64>>(6)?.map(Stamp::from_millis),
        token: None,
    })
}

/// One token, without its words, whoever asks.
pub(crate) fn token(conn: &Connection, id: i64) -> Result<Option<Token>, StoreError> {
    Ok(conn
        .prepare_cached(&format!("SELECT {TOKEN} FROM tokens WHERE id = ?1"))?
        .query_row([id], read_token)
        .optional()?)
}

/// Where an operator answers, as what.
pub(crate) fn parts(conn: &Connection, operator: i64) -> Result<Vec<Part>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT org, role, numbers FROM memberships WHERE operator = ?1 ORDER BY org",
    )?;
    let rows = statement.query_map([operator], |row| {
        Ok(Part {
            org: OrgId(row.get(0)?),
            role: role(row, 1)?,
            numbers: numbers(row, 2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An operator with everything, whoever asks; none who was sent away.
pub(crate) fn operator(conn: &Connection, id: i64) -> Result<Option<Operator>, StoreError> {
    let found = conn
        .prepare_cached(
            "SELECT name, uid, created_at FROM operators WHERE id = ?1 AND removed_at IS NULL",
        )?
        .query_row([id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?))
        })
        .optional()?;
    let Some((name, uid, created_at)) = found else {
        return Ok(None);
    };
    let orgs = parts(conn, id)?.into_iter().map(|part| Given {
        org_id: part.org,
        role: part.role,
        numbers: part.numbers,
    });
    Ok(Some(Operator {
        id: OperatorId(id),
        name,
        uid,
        keys: keys(conn, id)?,
        orgs: orgs.collect(),
        created_at: Stamp::from_millis(created_at),
        ssh: None,
    }))
}

fn keys(conn: &Connection, operator: i64) -> Result<Vec<OperatorKey>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, key, fingerprint, created_at FROM operator_keys WHERE operator = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([operator], |row| {
        Ok(OperatorKey {
            id: KeyId(row.get(0)?),
            key: row.get(1)?,
            fingerprint: row.get(2)?,
            created_at: Stamp::from_millis(row.get(3)?),
            authorized_keys: None,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn role(row: &Row<'_>, at: usize) -> rusqlite::Result<Role> {
    row.get::<_, String>(at)?
        .parse()
        .map_err(|why| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(why)))
}

fn numbers(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Vec<common::id::NumberId>>> {
    let text: Option<String> = row.get(at)?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|why| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(why)))
}
