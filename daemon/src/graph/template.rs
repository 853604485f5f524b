//! Templates at Meta: list, look up, make, change, delete; and the error that a person can act on.

use common::api::problem::{Code, Problem};
use common::id::WabaId;
use common::model::template::ParameterFormat;
use common::model::template::draft::Draft;
use common::model::template::parts::Parts;
use common::model::template::word::{Category, Quality, TemplateStatus};
use common::text::clean::clean;
use serde_json::{Value, json};

use crate::advice;
use crate::fact::template::TemplateSeen;
use crate::graph::Graph;
use crate::graph::error::{Fate, GraphError};
use crate::vault::keyring::NumberKey;

/// Fields that every version knows.
const OLD: &str = "id,name,status,category,language,components,quality_score,rejected_reason";
/// And those that some versions do not.
const NEW: &str = "parameter_format,previous_category,correct_category,message_send_ttl_seconds";
/// Meta's code for a field that it does not know.
const UNKNOWN_FIELD: i64 = 100;
/// Meta's code for a cursor that is worth nothing any more.
const BAD_CURSOR: i64 = 131_059;
/// Templates on a page.
const PAGE: usize = 100;

/// One page of an account's templates.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplatePage {
    /// What is on it.
    pub templates: Vec<TemplateSeen>,
    /// The cursor of the next one; none on the last.
    pub next: Option<String>,
}

/// What Meta says of a template that it has just taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub id: Option<String>,
    /// Where it stands.
    pub status: TemplateStatus,
    /// What it is for, as Meta sees it.
    pub category: Option<Category>,
}

/// What is changed of a template: category, components, how long its messages live.
pub type Changes<'a> = (Option<&'a Category>, Option<&'a Parts>, Option<i64>);

impl Graph {
    /// One page of an account's templates, of every status.
    pub async fn templates(
        &self,
        key: &NumberKey,
        waba: &WabaId,
        after: Option<&str>,
    ) -> Result<TemplatePage, GraphError> {
        let after = after.map(|c| format!("&after={c}")).unwrap_or_default();
        let path =
            |fields: &str| format!("{waba}/message_templates?fields={fields}&limit={PAGE}{after}");
        let answer = self.fields(key, path).await?;
        let next = answer
            .pointer("/paging/next")
            .and_then(|_more| answer.pointer("/paging/cursors/after"))
            .and_then(Value::as_str)
            .filter(|cursor| is_cursor(cursor));
        let list = answer.get("data").and_then(Value::as_array);
        Ok(TemplatePage {
            templates: list.into_iter().flatten().filter_map(seen).collect(),
            next: next.map(ToOwned::to_owned),
        })
    }

    /// One template by Meta's id.
    pub async fn template(
        &self,
        key: &NumberKey,
        id: &str,
    ) -> Result<Option<TemplateSeen>, GraphError> {
        let answer = self
            .fields(key, |fields| format!("{id}?fields={fields}"))
            .await?;
        Ok(seen(&answer))
    }

    /// The template of a name in a language; none where the account has none.
    pub async fn template_named(
        &self,
        key: &NumberKey,
        waba: &WabaId,
        (name, language): (&str, &str),
    ) -> Result<Option<TemplateSeen>, GraphError> {
        let path = |fields: &str| {
            format!("{waba}/message_templates?fields={fields}&limit={PAGE}&name={name}")
        };
        let answer = self.fields(key, path).await?;
        let list = answer.get("data").and_then(Value::as_array);
        // Meta finds names that only begin so as well.
        let is_it = |one: &TemplateSeen| one.name == name && one.language == language;
        Ok(list.into_iter().flatten().filter_map(seen).find(is_it))
    }

    /// Gives a new template to Meta.
    pub async fn create_template(
        &self,
        key: &NumberKey,
        waba: &WabaId,
        draft: &Draft,
    ) -> Result<Taken, GraphError> {
        let mut body = json!({
            "name": draft.name,
            "language": draft.language,
            "category": draft.category.for_meta(),
            "components": draft.components,
        });
        if draft.format() == ParameterFormat::Named {
            put(&mut body, "parameter_format", json!("named"));
        }
        if let Some(seconds) = draft.message_send_ttl_seconds {
            put(&mut body, "message_send_ttl_seconds", json!(seconds));
        }
        let path = format!("{waba}/message_templates");
        let answer = self
            .post(&key.token, &path, body.to_string().into_bytes())
            .await?;
        let word = |name: &str| answer.get(name).and_then(Value::as_str);
        Ok(Taken {
            id: answer.get("id").and_then(id),
            status: word("status").map_or(TemplateStatus::Pending, TemplateStatus::read),
            category: word("category").map(Category::read),
        })
    }

    /// Changes a template at Meta; components are replaced whole.
    pub async fn edit_template(
        &self,
        key: &NumberKey,
        id: &str,
        (category, components, ttl): Changes<'_>,
    ) -> Result<(), GraphError> {
        let mut body = json!({});
        if let Some(category) = category {
            put(&mut body, "category", json!(category.for_meta()));
        }
        if let Some(components) = components {
            put(&mut body, "components", json!(components));
        }
        if let Some(seconds) = ttl {
            put(&mut body, "message_send_ttl_seconds", json!(seconds));
        }
        self.post(&key.token, id, body.to_string().into_bytes())
            .await
            .map(drop)
    }

    /// Deletes a template at Meta: this one, or its name in all languages where no id is given.
    pub async fn delete_template(
        &self,
        key: &NumberKey,
        waba: &WabaId,
        (name, id): (&str, Option<&str>),
    ) -> Result<(), GraphError> {
        let id = id.map(|id| format!("&hsm_id={id}")).unwrap_or_default();
        let path = format!("{waba}/message_templates?name={name}{id}");
        self.delete(&key.token, &path).await.map(drop)
    }

    /// Asks with all fields, and with the old ones alone where this version does not know all.
    async fn fields(
        &self,
        key: &NumberKey,
        path: impl Fn(&str) -> String,
    ) -> Result<Value, GraphError> {
        match self.get(&key.token, &path(&format!("{OLD},{NEW}"))).await {
            Err(GraphError::Refused(refusal))
                if refusal.code == Some(UNKNOWN_FIELD) && refusal.subcode != Some(33) =>
            {
                self.get(&key.token, &path(OLD)).await
            }
            answer => answer,
        }
    }
}

/// Whether the walk through the pages must begin anew.
pub fn is_bad_cursor(error: &GraphError) -> bool {
    matches!(error, GraphError::Refused(refusal) if refusal.code == Some(BAD_CURSOR))
}

/// What a person is told when Meta did not do what they asked of a template.
pub fn problem(error: &GraphError) -> Problem {
    let GraphError::Refused(refusal) = error else {
        let told = error.explain();
        return Problem::new(
            Code::MetaUnreachable,
            format!(
                "Meta did not answer ({}). See with `recado templates --sync` whether it did it, then try again.",
                told.title
            ),
        );
    };
    // The finer code says what it is about; the coarse one is 100 or 200002 for all of them.
    let fine = refusal.subcode.filter(|code| *code > 2_000_000);
    let code = fine.or(refusal.code).unwrap_or_default();
    let told = advice::explain(code, refusal.title.as_deref(), refusal.details.as_deref());
    let mut detail = format!("Meta refuses it: {} (code {code}).", told.title);
    if let Some(words) = &told.details {
        detail.push(' ');
        detail.push_str(clean(words).trim());
    }
    detail.push(' ');
    detail.push_str(&told.advice);
    let kind = match error.fate() {
        Fate::Later | Fate::PacedNumber | Fate::PacedPair => Code::MetaUnreachable,
        _ => Code::MetaRefused,
    };
    let mut problem = Problem::new(kind, detail);
    problem.retry_after = refusal.retry_after.map(|wait| wait.as_secs());
    problem
}

fn seen(node: &Value) -> Option<TemplateSeen> {
    let word = |pointer: &str| node.pointer(pointer).and_then(Value::as_str);
    let text = |pointer: &str| {
        word(pointer)
            .map(|text| clean(text).trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let components = node.get("components").and_then(Value::as_array);
    let components = Parts::from(components.cloned().unwrap_or_default());
    let parameter_format = match word("/parameter_format") {
        Some(format) if format.eq_ignore_ascii_case("named") => ParameterFormat::Named,
        Some(_) => ParameterFormat::Positional,
        None => components.format(),
    };
    let reason =
        |pointer: &str| text(pointer).filter(|reason| !reason.eq_ignore_ascii_case("none"));
    let info = ["/rejection_info/reason", "/rejection_info/recommendation"];
    let info: Vec<String> = info.into_iter().filter_map(text).collect();
    Some(TemplateSeen {
        meta_id: node.get("id").and_then(id),
        name: text("/name")?,
        language: text("/language")?.replace('-', "_"),
        category: Category::read(word("/category")?),
        status: TemplateStatus::read(word("/status")?),
        quality: word("/quality_score/score").map(Quality::read),
        rejected_reason: reason("/rejected_reason"),
        reason_detail: (!info.is_empty()).then(|| info.join(" ")),
        previous_category: word("/previous_category").map(Category::read),
        correct_category: word("/correct_category").map(Category::read),
        parameter_format,
        components,
        ttl: node.get("message_send_ttl_seconds").and_then(Value::as_i64),
    })
}

/// An id may come as a number or in quotes; it can stand in a path.
fn id(value: &Value) -> Option<String> {
    let id = value
        .as_str()
        .map(ToOwned::to_owned)
        .or_else(|| value.as_u64().map(|n| n.to_string()))?;
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')).then_some(id)
}

/// What can stand in a query as it is.
fn is_cursor(cursor: &str) -> bool {
    cursor.len() <= 512
        && cursor
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_=.~".contains(&b))
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use common::model::template::word::{Category, Quality, TemplateStatus};
    use serde_json::json;

    use super::{problem, seen};
    use crate::graph::error::{GraphError, Refusal};

    #[test]
    fn a_template_is_read_whatever_else_stands_there() {
        let read = seen(&json!({
            "id": "594425479261596", "name": "pedido_listo", "language": "es-PE",
            "status": "REJECTED", "category": "MARKETING", "previous_category": "UTILITY",
            "quality_score": {"score": "YELLOW", "date": 1}, "rejected_reason": "INVALID_FORMAT",
            "rejection_info": {"reason": "Faltan palabras.", "recommendation": "Escribe más."},
            "parameter_format": "NAMED", "components": [{"type": "BODY", "text": "Hola"}],
        }))
        .unwrap();
        assert_eq!(read.language, "es_PE");
        assert_eq!(read.status, TemplateStatus::Rejected);
        assert_eq!(read.quality, Some(Quality::Yellow));
        assert_eq!(read.previous_category, Some(Category::Utility));
        assert_eq!(
            read.reason_detail.as_deref(),
            Some("Faltan palabras. Escribe más.")
        );
        assert_eq!(seen(&json!({"name": "a"})), None);
    }

    #[test]
    fn the_finer_code_decides_what_a_person_is_told() {
        let refused = |error| {
            let refusal = Refusal::read(400, &json!({ "error": error }), None).unwrap();
            problem(&GraphError::Refused(Box::new(refusal))).detail
        };
        let told = refused(
            json!({"code": 100, "error_subcode": 2_388_293, "message": "Invalid parameter",
            "error_user_msg": "This template has too many variables for its length."}),
        );
        assert!(
            told.contains("2388293") && told.contains("too many variables"),
            "{told}"
        );
        assert!(refused(json!({"code": 100, "message": "x"})).contains("code 100"));
    }
}
