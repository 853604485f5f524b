//! What the writer remembers between transactions, so that it need not be looked up.

use std::collections::HashMap;
use std::sync::Arc;

use common::model::number::NumberStatus;
use rusqlite::Connection;

use crate::fact::told::Person;
use crate::store::error::StoreError;
use crate::store::row::code;

/// A number as the writer remembers it.
#[derive(Debug, Clone)]
pub(crate) struct Num {
    pub(crate) id: i64,
    pub(crate) org: i64,
    pub(crate) phone_number_id: String,
    pub(crate) waba: String,
    pub(crate) digits: Option<String>,
    pub(crate) label: String,
    pub(crate) status: NumberStatus,
    pub(crate) removed: bool,
}

/// What the writer remembers between transactions; all of it can be read again.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(super) numbers: Vec<Arc<Num>>,
    pub(super) people: HashMap<i64, HashMap<Person, i64>>,
    pub(super) pricings: HashMap<String, i64>,
    /// Whether a body may lie in the journal that nobody could read yet.
    pub(super) unread: bool,
}

impl Memory {
    /// Reads the numbers anew and forgets the rest.
    pub(crate) fn load(conn: &Connection) -> Result<Self, StoreError> {
        let mut memory = Self::default();
        memory.reload_numbers(conn)?;
        memory.unread = conn
            .prepare_cached("SELECT 1 FROM journal WHERE unread = 1 LIMIT 1")?
            .exists([])?;
        Ok(memory)
    }

    /// Reads the numbers anew.
    pub(super) fn reload_numbers(&mut self, conn: &Connection) -> Result<(), StoreError> {
        let mut statement = conn.prepare_cached(
            "SELECT id, org, phone_number_id, waba_id, phone, label, status, \
             removed_at IS NOT NULL FROM numbers",
        )?;
        let rows = statement.query_map([], |row| {
            let phone: Option<String> = row.get(4)?;
            Ok(Arc::new(Num {
                id: row.get(0)?,
                org: row.get(1)?,
                phone_number_id: row.get(2)?,
                waba: row.get(3)?,
                digits: phone.map(|p| p.chars().filter(char::is_ascii_digit).collect()),
                label: row.get(5)?,
                status: code::number_status(row.get(6)?),
                removed: row.get(7)?,
            }))
        })?;
        self.numbers = rows.collect::<Result<_, _>>()?;
        Ok(())
    }
}
