//! The Graph API's errors told apart by what to do about them.

use std::time::Duration;

use common::model::message::SendError;
use serde_json::Value;
use thiserror::Error;

use crate::advice;

/// Why a call did not do what it should.
#[derive(Debug, Error)]
pub enum GraphError {
    /// No byte of the request left this machine.
    #[error("Meta cannot be reached: {0}")]
    Unreached(String),
    /// The request may have arrived; nobody knows what became of it.
    #[error("the answer was lost: {0}")]
    Lost(String),
    /// Meta answered that it will not.
    #[error("Meta refused: {0}")]
    Refused(Box<Refusal>),
    /// It cannot be sent at all.
    #[error("it cannot be sent: {}", .0.title)]
    Unsendable(Box<SendError>),
    /// The client itself is at fault.
    #[error("the call could not be made: {0}")]
    Client(String),
}

/// Meta's refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status; never decided on where there is a code.
    pub http: u16,
    /// The code; `None` where something else than Meta answered.
    pub code: Option<i64>,
    /// The finer code.
    pub subcode: Option<i64>,
    /// Meta's words.
    pub title: Option<String>,
    /// Meta's details.
    pub details: Option<String>,
    /// Meta says that it passes.
    pub transient: bool,
    /// How long Meta wants us to wait.
    pub retry_after: Option<Duration>,
    /// What Meta's support asks for.
    pub trace: Option<String>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(f, "code {code}")?,
            None => write!(f, "HTTP {}", self.http)?,
        }
        if let Some(subcode) = self.subcode {
            write!(f, "/{subcode}")?;
        }
        if let Some(trace) = &self.trace {
            write!(f, " (fbtrace_id {trace})")?;
        }
        Ok(())
    }
}

/// What becomes of a message after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It fails.
    Final,
    /// It fails: only a template may go to this customer now.
    WindowClosed,
    /// It fails, and no template of this number goes for a while.
    TemplatesStopped,
    /// It waits and is tried again, a few times.
    Later,
    /// It waits with everything else of this number until a person has mended the number.
    TokenDead,
    /// It waits a moment with everything else of this number.
    PacedNumber,
    /// It waits a moment with everything else to this customer.
    PacedPair,
    /// It waits: nothing has left this machine.
    Unreached,
    /// Nobody knows whether Meta has it.
    Doubt,
}

impl GraphError {
    /// What becomes of the message.
    pub fn fate(&self) -> Fate {
        match self {
            Self::Unreached(_) => Fate::Unreached,
            Self::Lost(_) => Fate::Doubt,
            Self::Refused(refusal) => refusal.fate(),
            Self::Unsendable(_) | Self::Client(_) => Fate::Final,
        }
    }

    /// The error as people and programs see it.
    pub fn explain(&self) -> SendError {
        match self {
            Self::Unreached(why) => {
                let advice = "Nothing needs to be done: recado tries again by itself. Look at this machine's network if it stays so.";
                let told = advice::own("unreached", "Meta cannot be reached", advice, true);
                SendError {
                    details: Some(why.clone()),
                    ..told
                }
            }
            Self::Lost(why) => {
                let advice = "Nobody knows whether Meta has it: ask the customer, or wait for a status, before sending it again.";
                let told = advice::own("answer-lost", "The answer was lost", advice, true);
                SendError {
                    details: Some(why.clone()),
                    ..told
                }
            }
            Self::Refused(refusal) => refusal.explain(),
            Self::Unsendable(error) => (**error).clone(),
            Self::Client(why) => {
                let advice = "Look at recado's log and configuration, then send it again.";
                let told = advice::own("not-called", "The call could not be made", advice, true);
                SendError {
                    details: Some(why.clone()),
                    ..told
                }
            }
        }
    }

    /// What stands beside a number that cannot send. Meta's own words are left out: they may hold
    /// the token.
    pub fn number_error(&self) -> String {
        let error = self.explain();
        match self {
            Self::Refused(refusal) if refusal.code.is_some() => {
                let told = advice::explain(error.code, None, None);
                let fine = error.subcode.map(|fine| format!("/{fine}"));
                let fine = fine.unwrap_or_default();
                format!(
                    "{} (code {}{fine}). {}",
                    told.title, error.code, told.advice
                )
            }
            _ => format!("{}. {}", error.title, error.advice),
        }
    }

    /// How long Meta wants us to wait, where it said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }
}

impl Refusal {
    /// Reads Meta's error object, however it is written; `None` where there is none.
    pub(crate) fn read(http: u16, json: &Value, retry_after: Option<Duration>) -> Option<Self> {
        let error = json.get("error")?;
        let code = number(error.get("code")?)?;
        let text = |key: &str| {
            error
                .get(key)
                .and_then(Value::as_str)
                .map(ToOwned::to_owned)
        };
        let data = error.get("error_data");
        let details = data
            .and_then(|data| data.as_str().or_else(|| data.get("details")?.as_str()))
            .map(ToOwned::to_owned)
            .or_else(|| text("error_user_msg"));
        let title = text("message").map(|message| {
            let bare = message
                .strip_prefix(&format!("(#{code})"))
                .unwrap_or(&message);
            bare.trim().to_owned()
        });
        Some(Self {
            http,
            code: Some(code),
            subcode: error.get("error_subcode").and_then(number),
            title,
            details,
            transient: error
                .get("is_transient")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            retry_after,
            trace: text("fbtrace_id"),
        })
    }

    /// Takes the token out of Meta's words: some of its sentences repeat it.
    pub(crate) fn without(mut self, token: &str) -> Self {
        if !token.is_empty() {
            for words in [&mut self.title, &mut self.details].into_iter().flatten() {
                *words = words.replace(token, "…");
            }
        }
        self
    }

    /// An answer without a word of Meta's.
    pub(crate) fn bare(http: u16, retry_after: Option<Duration>) -> Self {
        Self {
            http,
            retry_after,
            ..Self::default()
        }
    }

    fn fate(&self) -> Fate {
        match self.code {
            Some(100) if self.subcode == Some(33) => Fate::TokenDead,
            Some(code) => match of_code(code) {
                Fate::Final if self.transient => Fate::Later,
                fate => fate,
            },
            None if self.http == 429 => Fate::PacedNumber,
            None => Fate::Later,
        }
    }

    fn explain(&self) -> SendError {
        let code = match (self.code, self.subcode) {
            (Some(100), Some(33)) => 33,
            (Some(code), _) => code,
            (None, _) => {
                let title = format!("HTTP {} without an answer of Meta's", self.http);
                let advice = "Check graph.base_url and graph.version in the configuration, and any proxy between this machine and Meta.";
                return advice::own("no-answer", &title, advice, true);
            }
        };
        let told = advice::explain(code, self.title.as_deref(), self.details.as_deref());
        SendError {
            subcode: self.subcode.filter(|fine| *fine != code),
            ..told
        }
    }
}

/// A code may come as a number or in quotes.
fn number(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// The sender's policy, code by code.
const fn of_code(code: i64) -> Fate {
    match code {
        0 | 3 | 10 | 33 | 102 | 104 | 190 | 200..=299 | 131_005 => Fate::TokenDead,
        368 | 131_031 | 131_042 | 131_048 | 131_064 => Fate::TemplatesStopped,
        4 | 17 | 341 | 613 | 80_007 | 80_008 | 130_429 => Fate::PacedNumber,
        131_056 => Fate::PacedPair,
        131_047 => Fate::WindowClosed,
        1 | 2 | 131_000 | 131_016 | 131_057 | 133_004 | 2_494_100 => Fate::Later,
        _ => Fate::Final,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Fate, GraphError, Refusal};

    fn refused(error: &serde_json::Value) -> GraphError {
        GraphError::Refused(Box::new(Refusal::read(400, error, None).unwrap()))
    }

    #[test]
    fn a_code_decides_whatever_form_it_comes_in() {
        let of = |code: serde_json::Value| refused(&json!({"error": {"code": code}})).fate();
        assert_eq!(of(json!(190)), Fate::TokenDead);
        assert_eq!(of(json!("131056")), Fate::PacedPair);
        assert_eq!(of(json!(130_429)), Fate::PacedNumber);
        assert_eq!(of(json!(131_042)), Fate::TemplatesStopped);
        assert_eq!(of(json!(131_047)), Fate::WindowClosed);
        assert_eq!(of(json!(131_016)), Fate::Later);
        assert_eq!(of(json!(131_026)), Fate::Final);
        assert_eq!(of(json!(100)), Fate::Final);
        let unseen = json!({"error": {"code": 100, "error_subcode": 33}});
        assert_eq!(refused(&unseen).fate(), Fate::TokenDead);
        let passing = json!({"error": {"code": 999_999, "is_transient": true}});
        assert_eq!(refused(&passing).fate(), Fate::Later);
    }

    #[test]
    fn metas_words_are_kept_without_their_number() {
        let told = refused(&json!({"error": {
            "message": "(#131030) Recipient phone number not in allowed list",
            "code": 131_030,
            "error_data": {"messaging_product": "whatsapp", "details": "Add it."},
            "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
        }}))
        .explain();
        assert_eq!(told.title, "Recipient phone number not in allowed list");
        assert_eq!(told.details.as_deref(), Some("Add it."));
        let plain = json!({"error": {"message": "x", "code": 100, "error_data": "as a string"}});
        assert_eq!(
            refused(&plain).explain().details.as_deref(),
            Some("as a string")
        );
    }

    #[test]
    fn a_token_that_meta_repeats_is_taken_out() {
        let json = json!({"error": {"message": "Malformed access token EAAGsecret", "code": 190}});
        let refusal = Refusal::read(401, &json, None)
            .unwrap()
            .without("EAAGsecret");
        assert_eq!(refusal.title.as_deref(), Some("Malformed access token …"));
    }

    #[test]
    fn a_numbers_error_never_repeats_metas_words() {
        let json = json!({"error": {"message": "Malformed access token EAAGsecret", "code": 190}});
        let sentence = refused(&json).number_error();
        assert!(
            sentence.contains("code 190") && !sentence.contains("EAAG"),
            "{sentence}"
        );
    }

    #[test]
    fn what_is_no_answer_of_metas_is_none() {
        for other in [
            json!({}),
            json!([]),
            json!({"error": "no"}),
            json!({"error": {"code": null}}),
        ] {
            assert_eq!(Refusal::read(502, &other, None), None);
        }
        assert_eq!(Refusal::bare(404, None).fate(), Fate::Later);
        assert_eq!(Refusal::bare(429, None).fate(), Fate::PacedNumber);
    }
}
