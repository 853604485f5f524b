//! One page of a list.

use serde::{Deserialize, Serialize};

/// One page; `next` is the cursor of the following one, null on the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page. Opaque.
    pub next: Option<String>,
}
