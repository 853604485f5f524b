//! Templates: what is asked for by column, and the rest as one JSON text.

use common::id::{OrgId, TemplateId, WabaId};
use common::model::template::parts::Parts;
use common::model::template::word::{Category, Quality, TemplateStatus};
use common::model::template::{ParameterFormat, Template};
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::store::error::StoreError;
use crate::store::row::content;

/// What stands in the column `details`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Details {
    pub(crate) meta_id: Option<String>,
    pub(crate) quality: Option<Quality>,
    pub(crate) rejected_reason: Option<String>,
    pub(crate) reason_detail: Option<String>,
    pub(crate) pause_reason: Option<String>,
    pub(crate) previous_category: Option<Category>,
    pub(crate) correct_category: Option<Category>,
    pub(crate) parameter_format: ParameterFormat,
    pub(crate) components: Parts,
    pub(crate) ttl: Option<i64>,
}

/// A query for the columns that [`read`] expects, of `templates t`.
macro_rules! select_template {
    ($after:literal) => {
        concat!(
            "SELECT t.id, t.org, t.waba, t.name, t.language, t.status, t.category, t.details, ",
            "t.synced_at, t.revision FROM templates t ",
            $after
        )
    };
}
pub(crate) use select_template;

/// Reads a row of `select_template!`.
pub(crate) fn read(row: &Row<'_>) -> Result<Template, StoreError> {
    let details: String = row.get(7)?;
    let details: Details = content::parse(&details)?;
    Ok(Template {
        id: TemplateId(row.get(0)?),
        meta_id: details.meta_id,
        waba_id: WabaId(row.get(2)?),
        org_id: OrgId(row.get(1)?),
        name: row.get(3)?,
        language: row.get(4)?,
        category: Category::read(&row.get::<_, String>(6)?),
        status: TemplateStatus::read(&row.get::<_, String>(5)?),
        quality: details.quality,
        rejected_reason: details.rejected_reason,
        reason_detail: details.reason_detail,
        pause_reason: details.pause_reason,
        previous_category: details.previous_category,
        correct_category: details.correct_category,
        parameter_format: details.parameter_format,
        components: details.components,
        message_send_ttl_seconds: details.ttl,
        last_synced_at: row.get::<_, Option<i64>>(8)?.map(Stamp::from_millis),
        revision: row.get(9)?,
    })
}

/// One template, whoever asks.
pub(crate) fn get(conn: &Connection, id: i64) -> Result<Option<Template>, StoreError> {
    conn.prepare_cached(select_template!("WHERE t.id = ?1"))?
        .query_row([id], |row| Ok(read(row)))
        .optional()?
        .transpose()
}
