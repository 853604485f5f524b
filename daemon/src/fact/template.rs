//! What Meta answers about an account's templates, and what they are filled with.

use common::id::{OrgId, TemplateId, WabaId};
use common::model::template::ParameterFormat;
use common::model::template::draft::Draft;
use common::model::template::form::Values;
use common::model::template::parts::Parts;
use common::model::template::word::{Category, Quality, TemplateStatus};
use common::time::Stamp;

/// What Meta answered about the templates of an account, as one organisation has it.
#[derive(Debug, Clone)]
pub enum TemplateFact {
    /// These templates stand so.
    Seen(Account, Vec<TemplateSeen>),
    /// All of them were seen since then: those that were not are gone.
    Complete(Account, Stamp),
    /// Deleted at Meta: one language, or all of the name.
    Gone(Account, String, Option<String>),
}

/// An account of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account {
    /// The organisation.
    pub org: OrgId,
    /// Meta's id of the account.
    pub waba: WabaId,
}

/// A template as Meta answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateSeen {
    /// Meta's id.
    pub meta_id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// What it is for.
    pub category: Category,
    /// Where it stands.
    pub status: TemplateStatus,
    /// What customers think of it.
    pub quality: Option<Quality>,
    /// Why it was refused.
    pub rejected_reason: Option<String>,
    /// Meta's sentences about that.
    pub reason_detail: Option<String>,
    /// The category it had before.
    pub previous_category: Option<Category>,
    /// The category it will be moved to.
    pub correct_category: Option<Category>,
    /// How its variables are called.
    pub parameter_format: ParameterFormat,
    /// What it is made of.
    pub components: Parts,
    /// How long its messages live.
    pub ttl: Option<i64>,
}

/// What a template was filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Which template.
    pub template: TemplateId,
    /// The values; nothing secret.
    pub values: Values,
}

impl TemplateSeen {
    /// As it was given to Meta, which has not said a word of it yet.
    pub fn of(draft: Draft) -> Self {
        Self {
            meta_id: None,
            parameter_format: draft.format(),
            name: draft.name,
            language: draft.language,
            category: draft.category,
            status: TemplateStatus::Pending,
            quality: None,
            rejected_reason: None,
            reason_detail: None,
            previous_category: None,
            correct_category: None,
            components: draft.components,
            ttl: draft.message_send_ttl_seconds,
        }
    }
}
