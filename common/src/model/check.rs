//! One health check of a number: what was looked at, what was seen, what mends it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::NumberId;
use crate::time::Stamp;

/// What is looked at, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Hop {
    /// The name in `webhook.public_url` resolves.
    Name,
    /// Its port is open.
    Port,
    /// Its certificate is one that Meta accepts, for some days yet.
    Certificate,
    /// The public address leads to this very daemon.
    Reach,
    /// The handshake is answered through the public address.
    Handshake,
    /// A signed delivery arrives through the public address.
    Delivery,
    /// The app at Meta calls us, about the fields that we need.
    Callback,
    /// The WhatsApp account is subscribed to our app.
    Subscription,
    /// Neither the account nor the number sends its messages elsewhere.
    Override,
    /// How long ago Meta delivered something genuine.
    LastDelivery,
    /// The access token works, and for how long.
    Token,
    /// The token may do what recado does.
    Permissions,
    /// The number at Meta: status, name, quality, limit.
    Number,
    /// Meta gets its money.
    Payment,
    /// Account and business are not restricted.
    Policy,
    /// This machine's clock is right.
    Clock,
    /// There is room on the disk.
    Disk,
    /// The database is whole.
    Database,
}

impl Hop {
    /// All of them, in order.
    pub const ALL: [Self; 18] = [
        Self::Name,
        Self::Port,
        Self::Certificate,
        Self::Reach,
        Self::Handshake,
        Self::Delivery,
        Self::Callback,
        Self::Subscription,
        Self::Override,
        Self::LastDelivery,
        Self::Token,
        Self::Permissions,
        Self::Number,
        Self::Payment,
        Self::Policy,
        Self::Clock,
        Self::Disk,
        Self::Database,
    ];

    /// How many of them are the way of a message from Meta to here.
    pub const WAY: usize = 10;

    /// The word in JSON and in the keys of the words for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Port => "port",
            Self::Certificate => "certificate",
            Self::Reach => "reach",
            Self::Handshake => "handshake",
            Self::Delivery => "delivery",
            Self::Callback => "callback",
            Self::Subscription => "subscription",
            Self::Override => "override",
            Self::LastDelivery => "last_delivery",
            Self::Token => "token",
            Self::Permissions => "permissions",
            Self::Number => "number",
            Self::Payment => "payment",
            Self::Policy => "policy",
            Self::Clock => "clock",
            Self::Disk => "disk",
            Self::Database => "database",
        }
    }

    /// Its place: 1 for the first.
    pub fn place(self) -> u8 {
        let before = Self::ALL.iter().take_while(|hop| **hop != self).count();
        u8::try_from(before).unwrap_or_default().saturating_add(1)
    }

    /// The exit status of `recado doctor` where this is the first that failed: 11 for the first
    /// hop, 20 for the tenth, and so on.
    pub fn exit(self) -> u8 {
        10 + self.place()
    }
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All is well.
    Ok,
    /// It works, and wants to be looked at.
    Warning,
    /// It does not work.
    Failed,
    /// It was not looked at, because something before it failed.
    Skipped,
}

/// A fact for a sentence: a number, or a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Seen {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Seen {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Seen {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Seen {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// One check. `check` and `code` together name the sentence; `facts` fill it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Check {
    /// What was looked at.
    pub check: Hop,
    /// How it came out.
    pub verdict: Verdict,
    /// What was seen, as a stable word: `ok`, `expired`, `not_subscribed` …
    pub code: String,
    /// What the sentence is about.
    #[serde(default)]
    pub facts: BTreeMap<String, Seen>,
    /// The exact command that mends it or shows more, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The page of Meta's where it is mended, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

impl Check {
    /// A check without facts.
    pub fn new(check: Hop, verdict: Verdict, code: &str) -> Self {
        Self {
            check,
            verdict,
            code: code.to_owned(),
            facts: BTreeMap::new(),
            command: None,
            page: None,
        }
    }

    /// All is well.
    pub fn ok(check: Hop) -> Self {
        Self::new(check, Verdict::Ok, "ok")
    }

    /// It does not work, for this reason.
    pub fn failed(check: Hop, code: &str) -> Self {
        Self::new(check, Verdict::Failed, code)
    }

    /// It works, and wants to be looked at.
    pub fn warning(check: Hop, code: &str) -> Self {
        Self::new(check, Verdict::Warning, code)
    }

    /// It was not looked at because `after` failed.
    pub fn after(check: Hop, after: Hop) -> Self {
        Self::new(check, Verdict::Skipped, "after").with("hop", after.as_str())
    }

    /// With a fact for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, fact: impl Into<Seen>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// With the command that mends it.
    #[must_use]
    pub fn run(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// With the page where it is mended.
    #[must_use]
    pub fn at(mut self, page: impl Into<String>) -> Self {
        self.page = Some(page.into());
        self
    }
}

/// All checks of a number, run once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Diagnosis {
    /// The number.
    pub number_id: NumberId,
    /// When it was run.
    pub at: Stamp,
    /// Each check, in order.
    pub checks: Vec<Check>,
}

impl Diagnosis {
    /// The first check that failed.
    pub fn first_failed(&self) -> Option<&Check> {
        let failed = |check: &&Check| check.verdict == Verdict::Failed;
        self.checks.iter().find(failed)
    }

    /// The exit status of `recado doctor`: 0 where nothing failed.
    pub fn exit(&self) -> u8 {
        self.first_failed().map_or(0, |check| check.check.exit())
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, Diagnosis, Hop, Verdict};
    use crate::id::NumberId;
    use crate::time::Stamp;

    #[test]
    fn every_hop_has_its_own_exit_status_and_word() {
        let exits: Vec<u8> = Hop::ALL.iter().map(|hop| hop.exit()).collect();
        assert_eq!(exits, (11..=28).collect::<Vec<u8>>());
        for hop in Hop::ALL {
            let word = serde_json::to_value(hop).unwrap();
            assert_eq!(word, hop.as_str());
        }
        assert_eq!(Hop::ALL[Hop::WAY - 1], Hop::LastDelivery);
    }

    #[test]
    fn the_first_failure_decides() {
        let mut diagnosis = Diagnosis {
            number_id: NumberId(1),
            at: Stamp::from_seconds(1_780_000_000),
            checks: vec![Check::ok(Hop::Name), Check::warning(Hop::Port, "slow")],
        };
        assert_eq!(diagnosis.exit(), 0);
        diagnosis
            .checks
            .push(Check::failed(Hop::Certificate, "expired").with("days", 3));
        diagnosis.checks.push(Check::failed(Hop::Token, "dead"));
        assert_eq!(diagnosis.exit(), 13);
        let json = serde_json::to_value(&diagnosis).unwrap();
        assert_eq!(json["checks"][2]["facts"]["days"], 3);
        let back: Diagnosis = serde_json::from_value(json).unwrap();
        assert_eq!(back, diagnosis);
        assert_eq!(back.checks[1].verdict, Verdict::Warning);
    }
}
