//! A message template as Meta last told it: what it says, what it costs, whether it may be sent.

use serde::{Deserialize, Serialize};

use crate::id::{OrgId, TemplateId, WabaId};
use crate::model::template::parts::Parts;
use crate::model::template::word::{Category, Quality, TemplateStatus};
use crate::time::Stamp;

mod button;
pub mod draft;
pub mod file;
pub mod fill;
pub mod form;
pub mod judge;
pub mod limit;
pub mod parts;
pub mod preview;
pub mod propose;
pub mod sample;
pub mod variable;
pub mod word;

/// How the variables of a template are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParameterFormat {
    /// `{{1}}`, `{{2}}`.
    #[default]
    Positional,
    /// `{{first_name}}`.
    Named,
}

/// A template of an account: all numbers of the account share it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Template {
    /// Ours.
    pub id: TemplateId,
    /// Meta's; null until Meta has taken it.
    pub meta_id: Option<String>,
    /// The account.
    pub waba_id: WabaId,
    /// The organisation.
    pub org_id: OrgId,
    /// Its name; together with the language it says which.
    pub name: String,
    /// Its language (`es`, `pt_BR`).
    pub language: String,
    /// What it is for.
    pub category: Category,
    /// Where it stands.
    pub status: TemplateStatus,
    /// What customers think of it.
    pub quality: Option<Quality>,
    /// Why Meta refused it (`ABUSIVE_CONTENT`, `INVALID_FORMAT`, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected_reason: Option<String>,
    /// Meta's sentences about a refusal, a pause or a ban.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_detail: Option<String>,
    /// Why it is paused (`FIRST_PAUSE`, `SECOND_PAUSE`, `RATE_LIMITING_PAUSE`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_reason: Option<String>,
    /// The category it had before Meta moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_category: Option<Category>,
    /// The category that Meta will move it to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correct_category: Option<Category>,
    /// How its variables are called.
    #[serde(default)]
    pub parameter_format: ParameterFormat,
    /// What it is made of, in Meta's shape.
    pub components: Parts,
    /// After how many seconds an undelivered message of it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_send_ttl_seconds: Option<i64>,
    /// When Meta last told it.
    pub last_synced_at: Option<Stamp>,
    /// Grows with every change.
    pub revision: i64,
}

impl Template {
    /// Whether Meta takes a message of it now.
    pub fn can_be_sent(&self) -> bool {
        matches!(
            self.status,
            TemplateStatus::Approved | TemplateStatus::Flagged | TemplateStatus::Locked
        )
    }

    /// Whether it is charged, as far as can be told before: marketing and codes always are,
    /// a utility template only while the window is closed.
    pub fn is_charged(&self, window_open: bool) -> bool {
        match self.category {
            Category::Utility => !window_open,
            _ => true,
        }
    }
}
