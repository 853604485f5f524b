//! A person who writes to an organisation, under every name that WhatsApp has for them.

use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, NoteId, UserId, WaId};
use crate::phone::Phone;
use crate::time::Stamp;

/// A customer. Any of the four identities may be missing, but never all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Ours.
    pub id: CustomerId,
    /// E.164 with `+`; null where WhatsApp hides it behind a username.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub phone_number: Option<Phone>,
    /// The raw id that WhatsApp gave: what is written to, never corrected.
    pub wa_id: Option<WaId>,
    /// Business-scoped user id.
    pub user_id: Option<UserId>,
    /// WhatsApp username without `@`; for display, never an identity on its own.
    pub username: Option<String>,
    /// Our name for them.
    pub name: Option<String>,
    /// The name that they gave themselves; cleaned of control and bidi characters.
    pub profile_name: Option<String>,
    /// Since when they want no marketing; null when they have not said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opted_out_at: Option<Stamp>,
    /// Grows with every change.
    #[serde(default)]
    pub revision: i64,
}

/// What an operator wrote down about a customer; every operator reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Note {
    /// Ours.
    pub id: NoteId,
    /// Whom it is about.
    pub customer_id: CustomerId,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: Stamp,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Stamp>,
}

impl Customer {
    /// The best name there is: ours, theirs, username, number, id.
    pub fn display_name(&self) -> String {
        let non_empty = |s: &Option<String>| s.clone().filter(|s| !s.trim().is_empty());
        non_empty(&self.name)
            .or_else(|| non_empty(&self.profile_name))
            .or_else(|| non_empty(&self.username).map(|u| format!("@{u}")))
            .or_else(|| self.phone_number.as_ref().map(Phone::grouped))
            .or_else(|| self.wa_id.as_ref().map(|w| format!("+{w}")))
            .or_else(|| self.user_id.as_ref().map(ToString::to_string))
            .unwrap_or_else(|| format!("#{}", self.id))
    }
}
