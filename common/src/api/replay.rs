//! `POST /replay`: reading again what could not be read before.

use serde::{Deserialize, Serialize};

/// What a replay did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replayed {
    /// Bodies of notifications that were looked at.
    pub bodies: u64,
    /// How many are unread still.
    pub still_unread: u64,
}
