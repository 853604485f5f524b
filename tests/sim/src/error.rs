//! The Graph API's errors: their documented codes, titles and HTTP statuses, and the JSON they come in.

use serde_json::{Value, json};

use crate::object::set;

/// An error as Meta tells it, in an answer or in a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphError {
    /// The number to decide on.
    pub code: u32,
    /// The finer number, where there is one.
    pub subcode: Option<u32>,
    /// The HTTP status of the answer.
    pub http: u16,
    /// Meta's short text.
    pub title: String,
    /// Meta's explanation.
    pub details: Option<String>,
    /// Seconds for the `Retry-After` header.
    pub retry_after: Option<u32>,
}

impl GraphError {
    /// A code with its documented title and HTTP status; an unknown one gets 400.
    pub fn documented(code: u32) -> Self {
        let (http, title) = meaning(code);
        Self {
            code,
            subcode: None,
            http,
            title: title.to_owned(),
            details: None,
            retry_after: None,
        }
    }

    /// With a subcode.
    #[must_use]
    pub fn subcode(mut self, subcode: u32) -> Self {
        self.subcode = Some(subcode);
        self
    }

    /// With an explanation.
    #[must_use]
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    /// With another title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// With another HTTP status.
    #[must_use]
    pub fn http(mut self, http: u16) -> Self {
        self.http = http;
        self
    }

    /// With a `Retry-After` header, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The body of an answer.
    pub fn body(&self, trace: &str) -> Value {
        let numbered = !matches!(self.code, 0 | 104 | 190) && self.subcode != Some(33);
        let message = if numbered {
            format!("(#{}) {}", self.code, self.title)
        } else {
            self.title.clone()
        };
        let mut error = json!({
            "message": message,
            "type": if matches!(self.code, 1 | 100) { "GraphMethodException" } else { "OAuthException" },
            "code": self.code,
            "fbtrace_id": trace,
        });
        if let Some(details) = &self.details {
            set(
                &mut error,
                "error_data",
                json!({ "messaging_product": "whatsapp", "details": details }),
            );
        }
        if let Some(subcode) = self.subcode {
            set(&mut error, "error_subcode", json!(subcode));
        }
        if matches!(self.code, 2 | 131_000 | 131_016 | 133_004) {
            set(&mut error, "is_transient", json!(true));
        }
        json!({ "error": error })
    }

    /// The object inside a webhook's `errors`.
    pub fn webhook(&self) -> Value {
        json!({
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": { "details": self.details.as_deref().unwrap_or(&self.title) },
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        })
    }
}

/// HTTP status and title of a code, as documented.
fn meaning(code: u32) -> (u16, &'static str) {
    match code {
        0..=999 | 80_000..=80_099 => graph_meaning(code),
        131_000..=131_999 => message_meaning(code),
        _ => other_meaning(code),
    }
}

fn graph_meaning(code: u32) -> (u16, &'static str) {
    match code {
        0 => (401, "We were unable to authenticate the app user"),
        1 => (400, "Invalid request or possible server error"),
        2 => (503, "Service temporarily unavailable"),
        3 => (500, "Capability or permissions issue"),
        4 => (400, "Application request limit reached"),
        10 => (403, "Application does not have permission for this action"),
        17 => (400, "User request limit reached"),
        33 => (400, "The business phone number has been deleted"),
        102 => (401, "Session key invalid or no longer valid"),
        104 => (401, "An access token is required to request this resource."),
        190 => (
            401,
            "Invalid OAuth access token - Cannot parse access token",
        ),
        200..=299 => (
            403,
            "You do not have the necessary permissions required for this WhatsApp Business Account",
        ),
        341 => (400, "Application limit reached"),
        368 => (403, "Temporarily blocked for policies violations"),
        506 => (400, "Duplicate post"),
        613 => (400, "Calls to this api have exceeded the rate limit"),
        803 => (404, "Some of the aliases you requested do not exist"),
        80_007 => (400, "Rate limit issues"),
        80_008 => (
            400,
            "There have been too many calls to this WhatsApp Business account",
        ),
        _ => (400, "Invalid parameter"),
    }
}

fn message_meaning(code: u32) -> (u16, &'static str) {
    match code {
        131_000 => (500, "Something went wrong"),
        131_005 => (403, "Access denied"),
        131_008 => (400, "Required parameter is missing"),
        131_009 => (400, "Parameter value is not valid"),
        131_016 => (500, "Service unavailable"),
        131_021 => (400, "Recipient cannot be sender"),
        131_026 => (400, "Message undeliverable"),
        131_030 => (400, "Recipient phone number not in allowed list"),
        131_031 => (403, "Account has been locked"),
        131_037 => (400, "Display name approval is required"),
        131_042 => (400, "Business eligibility payment issue"),
        131_045 => (500, "Incorrect certificate"),
        131_047 => (400, "Re-engagement message"),
        131_048 => (400, "Spam rate limit hit"),
        131_049 => (
            400,
            "This message was not delivered to maintain healthy ecosystem engagement.",
        ),
        131_050 => (
            400,
            "User has stopped marketing messages from your business",
        ),
        131_051 => (400, "Message type unknown"),
        131_052 => (400, "Media download error"),
        131_053 => (400, "Media upload error"),
        131_055 => (400, "Method not allowed"),
        131_056 => (
            400,
            "(Business Account, Consumer Account) pair rate limit hit",
        ),
        131_057 => (500, "Account in maintenance mode"),
        131_059 => (400, "Invalid or expired cursor"),
        131_060 => (400, "This message is currently unavailable"),
        131_062 => (
            400,
            "Business-scoped user ids are not supported for this message",
        ),
        131_063 => (400, "Marketing templates are disabled on Cloud API"),
        131_064 => (400, "Messaging limit reached by template misclassification"),
        131_208 => (429, "Rate limit hit for this group operation"),
        _ => (400, "Something went wrong"),
    }
}

fn other_meaning(code: u32) -> (u16, &'static str) {
    match code {
        130_403 => (400, "The recipient is blocked by the business"),
        130_429 => (400, "Rate limit hit"),
        130_472 => (400, "User's number is part of an experiment"),
        130_497 => (
            403,
            "Business account is restricted from messaging users in this country.",
        ),
        132_000 => (
            400,
            "Number of parameters does not match the expected number of params",
        ),
        132_001 => (404, "Template name does not exist in the translation"),
        132_005 => (400, "Translated text too long"),
        132_007 => (400, "Template format character policy violated"),
        132_008 => (400, "Template parameter values are formatted wrongly"),
        132_012 => (
            400,
            "Parameter format does not match format in the created template",
        ),
        132_015 => (400, "Template is paused"),
        132_016 => (400, "Template is disabled"),
        132_018 => (400, "Template parameters are not valid"),
        132_068 => (400, "Flow is in blocked state"),
        132_069 => (400, "Flow is in throttled state"),
        133_000 => (500, "Incomplete deregistration"),
        133_004 => (503, "Server is temporarily unavailable"),
        133_005 => (400, "Two step verification PIN mismatch"),
        133_006 => (400, "Phone number re-verification needed"),
        133_008 => (400, "Too many two step verification PIN guesses"),
        133_009 => (400, "Two step verification PIN guessed too fast"),
        133_010 => (400, "Phone number not registered"),
        133_015 => (
            400,
            "Please wait a few minutes before attempting to register this phone number",
        ),
        133_016 => (400, "Account register deregister rate limit exceeded"),
        134_011 => (400, "Payments terms not accepted"),
        135_000 => (400, "Generic user error"),
        136_024 => (400, "Request code error"),
        136_025 => (400, "Verify code error"),
        137_000 => (400, "The recipient identity key hash does not match"),
        2_388_000..=2_388_999 => (400, "Invalid parameter"),
        2_593_107 => (400, "Synchronization request limit exceeded"),
        2_593_108 => (
            400,
            "Synchronization request made outside the allowed time window",
        ),
        2_593_109 => (400, "History sharing was declined by the business"),
        _ => (400, "Something went wrong"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_carry_code_and_details() {
        let error = GraphError::documented(130_429)
            .subcode(2_494_055)
            .details("Slow down");
        let sync = error.body("Atrace");
        assert_eq!(sync["error"]["message"], "(#130429) Rate limit hit");
        assert_eq!(sync["error"]["error_data"]["details"], "Slow down");
        assert_eq!(sync["error"]["error_subcode"], 2_494_055);
        assert_eq!(sync["error"]["fbtrace_id"], "Atrace");
        let asynchronous = error.webhook();
        assert_eq!(asynchronous["title"], asynchronous["message"]);
        assert_eq!(asynchronous["error_data"]["details"], "Slow down");
        assert_eq!(GraphError::documented(190).body("A")["error"]["code"], 190);
    }
}
