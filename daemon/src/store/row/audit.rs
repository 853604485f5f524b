//! An entry of the audit log, and the hash that chains it to the one before.

use common::api::audit::AuditEntry;
use common::id::OrgId;
use common::time::Stamp;
use rusqlite::Row;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::store::error::StoreError;
use crate::store::row::content;

/// The chain of what belongs to no organisation.
pub(crate) const MACHINE: i64 = 0;

/// The columns that [`Entry::read`] expects, of `audit`.
pub(crate) const COLUMNS: &str = "chain, n, at, who, by, deed, what, detail, hash";

/// An entry as it lies in the database.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) chain: i64,
    pub(crate) n: i64,
    pub(crate) at: i64,
    pub(crate) who: String,
    pub(crate) by: String,
    pub(crate) deed: String,
    pub(crate) what: String,
    /// JSON, as the text that was hashed.
    pub(crate) detail: String,
    pub(crate) hash: Vec<u8>,
}

impl Entry {
    /// Reads the columns of [`COLUMNS`].
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            chain: row.get(0)?,
            n: row.get(1)?,
            at: row.get(2)?,
            who: row.get(3)?,
            by: row.get(4)?,
            deed: row.get(5)?,
            what: row.get(6)?,
            detail: row.get(7)?,
            hash: row.get(8)?,
        })
    }

    /// The hash that belongs to it after that of the entry before; the first comes after none.
    pub(crate) fn chained(&self, before: &[u8]) -> [u8; 32] {
        let (who, by, deed, what) = (&self.who, &self.by, &self.deed, &self.what);
        let words = json!([
            self.chain,
            self.n,
            self.at,
            who,
            by,
            deed,
            what,
            self.detail
        ]);
        let mut digest = Sha256::new();
        digest.update(before);
        digest.update(words.to_string().as_bytes());
        digest.finalize().into()
    }

    /// As it is told.
    pub(crate) fn told(self) -> Result<AuditEntry, StoreError> {
        Ok(AuditEntry {
            org_id: (self.chain != MACHINE).then_some(OrgId(self.chain)),
            n: self.n,
            at: Stamp::from_millis(self.at),
            who: self.who,
            by: self.by,
            deed: self.deed,
            what: self.what,
            detail: content::parse(&self.detail)?,
            hash: hex::encode(self.hash),
        })
    }
}
