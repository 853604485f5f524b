//! The only error that crosses the socket: RFC 9457 with a stable code and a sentence that says what to do.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::file::unfit::{Flaw, Unfit};
use crate::rights::Deed;
use crate::wrong::{Fault, Wrong};

/// `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Names the kind of problem: `about:blank` or an address of our documentation.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// Stable; programs decide by it.
    pub code: Code,
    /// When to try again, in seconds, where waiting helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The field of the request that is wrong, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Every value that is wrong, where several are judged at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Wrong>,
    /// Why WhatsApp does not take a file, where that is the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unfit: Option<Box<Unfit>>,
    /// What the caller's role does not let them do, where that is the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deed: Option<Deed>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $status:literal, $title:literal;)*) => {
        /// What went wrong. Stable words; new ones may be added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[$doc])* $name,)*
            /// A code from a newer version.
            #[serde(other)]
            Other,
        }

        impl Code {
            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* Self::Other => "other" }
            }
            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* Self::Other => 500 }
            }
            /// The kind of problem in a few words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* Self::Other => "Problem" }
            }
        }
    };
}

codes! {
    /// The request is not of the route's form.
    BadRequest = "bad_request", 400, "The request is not of this route's form";
    /// A field has a value that cannot be.
    Invalid = "invalid", 422, "A value is not valid";
    /// A telephone number that is none.
    InvalidPhoneNumber = "invalid_phone_number", 422, "Not a phone number";
    /// Beyond a limit of WhatsApp.
    TooLong = "too_long", 422, "Beyond WhatsApp's limit";
    /// More than 24 hours since the customer wrote; only a template may go.
    OutsideWindow = "outside_window", 409, "The customer service window is closed";
    /// No such thing, or none that you may see.
    NotFound = "not_found", 404, "Not found";
    /// Another request method is meant.
    MethodNotAllowed = "method_not_allowed", 405, "Not with this method";
    /// You may not.
    Forbidden = "forbidden", 403, "Not allowed";
    /// Who calls is not known.
    Unauthorized = "unauthorized", 401, "Not known";
    /// It exists already.
    Conflict = "conflict", 409, "It exists already";
    /// The number is paused or broken.
    NumberNotReady = "number_not_ready", 409, "The number cannot send now";
    /// The template is unknown, or Meta takes no message of it now.
    TemplateNotReady = "template_not_ready", 409, "The template cannot be sent now";
    /// Meta was asked and said no.
    MetaRefused = "meta_refused", 422, "Meta refuses it";
    /// Meta was asked and did not answer, or not now.
    MetaUnreachable = "meta_unreachable", 502, "Meta does not answer";
    /// The token belongs to another app than the one named.
    TokenOfAnotherApp = "token_of_another_app", 422, "The token is another app's";
    /// The token is worth nothing, or no longer.
    TokenDead = "token_dead", 422, "The token does not work";
    /// The token lacks a permission.
    TokenTooWeak = "token_too_weak", 422, "The token lacks a permission";
    /// The app secret is not this app's.
    SecretWrong = "secret_wrong", 422, "The app secret is not right";
    /// Nobody has told recado at which address the internet reaches it.
    NoPublicUrl = "no_public_url", 409, "No public address";
    /// The app's webhooks go to another program.
    WebhookElsewhere = "webhook_elsewhere", 409, "The webhooks go elsewhere";
    /// Meta does not reach this daemon at the public address.
    WebhookUnreached = "webhook_unreached", 422, "Meta does not reach this machine";
    /// The number is in use on WhatsApp already.
    NumberInUse = "number_in_use", 409, "The number is in use elsewhere";
    /// The code from the SMS or the call is not the right one.
    CodeWrong = "code_wrong", 422, "The code is not right";
    /// The code is too old, was refused three times, or was never asked for.
    CodeOver = "code_over", 409, "A new code is needed";
    /// The PIN is not the one of the number's two-step verification.
    PinWrong = "pin_wrong", 422, "The PIN is not right";
    /// As often as Meta allows in 72 hours.
    TooManyRegistrations = "too_many_registrations", 429, "Too many registrations";
    /// A step before this one is not done.
    StepTooEarly = "step_too_early", 409, "An earlier step comes first";
    /// The customer wants no marketing.
    OptedOut = "opted_out", 409, "The customer wants no marketing";
    /// What was asked would also mark messages read, and that was not asked.
    WouldMarkRead = "would_mark_read", 409, "It would mark messages read";
    /// A file larger than allowed.
    MediaTooLarge = "media_too_large", 413, "The file is too large";
    /// A file that WhatsApp does not take as this kind; `unfit` says why.
    MediaKind = "media_kind", 422, "WhatsApp does not take this file";
    /// The file is not here yet.
    MediaPending = "media_pending", 409, "The file is not here yet";
    /// The file was here or at Meta, and is gone.
    MediaGone = "media_gone", 410, "The file is gone";
    /// Bytes were asked for that the file does not have.
    RangeNotSatisfiable = "range_not_satisfiable", 416, "The file has no such bytes";
    /// A body larger than allowed.
    BodyTooLarge = "body_too_large", 413, "The request is too large";
    /// Comes with a later version.
    NotImplemented = "not_implemented", 501, "Not built yet";
    /// Too many requests at once, or too many wrong tokens.
    RateLimited = "rate_limited", 429, "Too many requests";
    /// Full; nothing was stored, try again.
    Busy = "busy", 503, "Busy";
    /// The disk is full; nothing was stored.
    StorageFull = "storage_full", 507, "The disk is full";
    /// A fault of ours; the log has it.
    Internal = "internal", 500, "Something broke inside recado";
    /// The daemon cannot be reached (made by the client, never by the daemon).
    Unreachable = "unreachable", 503, "The daemon does not answer";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Problem {
    /// A problem of this kind with a sentence that says what to do.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            retry_after: None,
            field: None,
            errors: Vec::new(),
            unfit: None,
            deed: None,
        }
    }

    /// Everything that is wrong with a form, each with a sentence; the first names the field.
    pub fn all(wrong: Vec<Wrong>) -> Self {
        let code = match wrong.first().map(|w| &w.fault) {
            Some(Fault::TooLong { .. } | Fault::TooMany { .. }) if wrong.len() == 1 => {
                Code::TooLong
            }
            _ => Code::Invalid,
        };
        let sentences: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        let mut problem = Self::new(code, sentences.join(" "));
        problem.field = wrong.first().map(|w| w.field.clone());
        problem.errors = wrong;
        problem
    }

    /// WhatsApp does not take this file, and why.
    pub fn unfit(unfit: Unfit) -> Self {
        let code = match unfit.flaw {
            Flaw::TooLarge => Code::MediaTooLarge,
            _ => Code::MediaKind,
        };
        let mut problem = Self::new(code, unfit.sentence());
        problem.unfit = Some(Box::new(unfit));
        problem
    }

    /// The same, naming the field that is wrong.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The same, saying when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Problem {}
