//! `POST /replay`: reading again what could not be read before.

use serde::{Deserialize, Serialize};

/// What a replay did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replayed {
    /// Bodies of notifications that were read now and had not been read before.
    pub bodies: u64,
    /// How many still wait for a newer version, or for their number.
    pub still_unread: u64,
}
