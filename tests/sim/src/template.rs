//! Message templates of an account, and how Meta's reviewers decide about new ones.

use std::time::Duration;

use serde_json::{Value, json};

/// A template as Meta has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub(crate) id: String,
    pub(crate) waba_id: String,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) category: String,
    pub(crate) status: String,
    pub(crate) quality: String,
    pub(crate) named: bool,
    pub(crate) components: Vec<Value>,
    pub(crate) rejected_reason: String,
    pub(crate) previous_category: Option<String>,
    pub(crate) correct_category: Option<String>,
    pub(crate) ttl: Option<i64>,
    /// When an approved one was edited, in seconds.
    pub(crate) edits: Vec<i64>,
}

impl Template {
    /// An approved utility template with this text in its body.
    pub fn new(name: &str, language: &str, body: &str) -> Self {
        Self {
            id: String::new(),
            waba_id: String::new(),
            name: name.to_owned(),
            language: language.to_owned(),
            category: "UTILITY".to_owned(),
            status: "APPROVED".to_owned(),
            quality: "UNKNOWN".to_owned(),
            named: false,
            components: vec![json!({ "type": "BODY", "text": body })],
            rejected_reason: "NONE".to_owned(),
            previous_category: None,
            correct_category: None,
            ttl: None,
            edits: Vec::new(),
        }
    }

    /// Of another category: `MARKETING`, `UTILITY`, `AUTHENTICATION`.
    #[must_use]
    pub fn category(mut self, category: &str) -> Self {
        category.clone_into(&mut self.category);
        self
    }

    /// In another state.
    #[must_use]
    pub fn status(mut self, status: &str) -> Self {
        status.clone_into(&mut self.status);
        self
    }

    /// Refused for this reason.
    #[must_use]
    pub fn rejected(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.rejected_reason);
        self.status("REJECTED")
    }

    /// With this quality.
    #[must_use]
    pub fn quality(mut self, quality: &str) -> Self {
        quality.clone_into(&mut self.quality);
        self
    }

    /// With variables that have names.
    #[must_use]
    pub const fn named(mut self) -> Self {
        self.named = true;
        self
    }

    /// With one more component in Meta's shape.
    #[must_use]
    pub fn with(mut self, component: Value) -> Self {
        self.components.push(component);
        self
    }

    /// Its components.
    pub fn components(&self) -> &[Value] {
        &self.components
    }

    /// Where it stands.
    pub fn standing(&self) -> &str {
        &self.status
    }

    pub(crate) fn component(&self, kind: &str) -> Option<&Value> {
        component(&self.components, kind)
    }

    pub(crate) fn show(&self, field: &str) -> Option<Value> {
        Some(match field {
            "id" => json!(self.id),
            "name" => json!(self.name),
            "language" => json!(self.language),
            "category" => json!(self.category),
            "status" => json!(self.status),
            "components" => json!(self.components),
            "rejected_reason" => json!(self.rejected_reason),
            "quality_score" => json!({ "score": self.quality, "date": 1_739_321_024 }),
            "parameter_format" => json!(if self.named { "NAMED" } else { "POSITIONAL" }),
            "previous_category" => json!(self.previous_category.as_ref()?),
            "correct_category" => json!(self.correct_category.as_ref()?),
            "message_send_ttl_seconds" => json!(self.ttl?),
            _ => return None,
        })
    }
}

/// The component of a kind, in either case.
pub(crate) fn component<'v>(components: &'v [Value], kind: &str) -> Option<&'v Value> {
    components.iter().find(|c| {
        let of = c.get("type").and_then(Value::as_str);
        of.is_some_and(|of| of.eq_ignore_ascii_case(kind))
    })
}

/// The variables of a text, each once, in their order.
pub(crate) fn variables(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut parts = text.split("{{");
    parts.next();
    for part in parts {
        if let Some((name, _)) = part.split_once("}}")
            && !name.is_empty()
            && !out.iter().any(|known| known == name)
        {
            out.push(name.to_owned());
        }
    }
    out
}

/// What becomes of a new or changed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// How long the reviewers take.
    pub delay: Duration,
    /// Why they refuse; `None` approves.
    pub refusal: Option<String>,
}

impl Default for Review {
    fn default() -> Self {
        Self::approved_after(Duration::from_millis(20))
    }
}

impl Review {
    /// Approved after a while.
    pub const fn approved_after(delay: Duration) -> Self {
        Self {
            delay,
            refusal: None,
        }
    }

    /// Refused after a while: `INVALID_FORMAT`, `INCORRECT_CATEGORY`, …
    pub fn refused_after(delay: Duration, reason: &str) -> Self {
        Self {
            delay,
            refusal: Some(reason.to_owned()),
        }
    }
}
