//! What can go wrong in the store, told apart by what the caller can do about it.

use std::path::PathBuf;

use common::api::problem::{Code, Problem};

/// Why a commit or a question did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A rule says no; nothing of the commit was stored.
    #[error("{0}")]
    Refused(Problem),
    /// Too much waits to be written; nothing was stored, try again.
    #[error("too much waits to be written; try again in a second")]
    Busy,
    /// The disk is full or broken; nothing was stored.
    #[error("the database cannot be written: {0}; free some space, recado goes on by itself")]
    Full(String),
    /// The store is closing or closed.
    #[error("the store is closed")]
    Closed,
    /// Another daemon works on the same data.
    #[error("another recadod works in {}: stop it first, or set daemon.data_dir to another folder", .0.display())]
    Taken(PathBuf),
    /// The database was written by a newer version.
    #[error(
        "the database has schema {found}, this recadod knows {known}: install the newer version again"
    )]
    Newer {
        /// The schema found.
        found: u32,
        /// The newest that this version knows.
        known: u32,
    },
    /// The database says something that it never should.
    #[error("the database is damaged: {0}; restore a backup")]
    Damaged(String),
    /// The file or folder cannot be opened.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite failed otherwise.
    #[error("the database failed: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// A refusal of this kind.
    pub(crate) fn refuse(code: Code, detail: impl Into<String>) -> Self {
        Self::Refused(Problem::new(code, detail))
    }

    /// There is no such thing, or none that the asker may see.
    pub(crate) fn missing(what: &str) -> Self {
        Self::refuse(
            Code::NotFound,
            format!("There is no such {what}; list them to see which exist."),
        )
    }

    /// Whether it is the disk that refuses, so that the whole batch is lost but may come again.
    pub(crate) const fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }

    /// The same as a problem for the API.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Refused(problem) => problem.clone(),
            Self::Busy => Problem::new(Code::Busy, self.to_string()).retry_after(1),
            Self::Full(_) => Problem::new(Code::StorageFull, self.to_string()).retry_after(10),
            Self::Closed => Problem::new(Code::Busy, "recadod is stopping.").retry_after(5),
            Self::Taken(_)
            | Self::Newer { .. }
            | Self::Damaged(_)
            | Self::File { .. }
            | Self::Sqlite(_) => Problem::new(
                Code::Internal,
                "The database failed; recadod's log says why.",
            ),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(
                ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly,
            ) => Self::Full(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Sqlite(error),
        }
    }
}
