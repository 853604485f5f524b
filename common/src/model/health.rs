//! How a number is doing: what Meta says of it, how long its token lasts, what is wrong first.

use serde::{Deserialize, Serialize};

use crate::model::check::Hop;
use crate::model::number::{Number, NumberStatus};
use crate::time::Stamp;

/// A token is told of so many days before it ends.
pub const SOON_DAYS: i64 = 14;
const DAY: i64 = 86_400;

/// How a number is doing. What nobody has asked yet is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Health {
    /// When Meta last delivered something genuine for it.
    pub heard_at: Option<Stamp>,
    /// When Meta was last asked how it stands.
    pub checked_at: Option<Stamp>,
    /// Meta's word: `CONNECTED` can send.
    pub status: Option<String>,
    /// Meta's word: `APPROVED`, `PENDING_REVIEW`, `DECLINED` …
    pub name_status: Option<String>,
    /// Meta's word: `AVAILABLE`, `LIMITED`, `BLOCKED`.
    pub can_send: Option<String>,
    /// Whether the two-step PIN is set.
    pub pin: Option<bool>,
    /// Whether it is an official business account.
    pub official: Option<bool>,
    /// The account's name.
    pub account: Option<String>,
    /// Meta's word for its review of the account: `APPROVED` …
    pub review: Option<String>,
    /// Meta's word for its check of the business: `verified` …
    pub verification: Option<String>,
    /// The business portfolio, which the limit belongs to.
    pub portfolio: Option<String>,
    /// What the token is good for.
    pub token: Option<TokenHealth>,
    /// What keeps it from sending, in Meta's words.
    pub ailments: Vec<Ailing>,
    /// The first hop of the webhook's way that failed at the last examination.
    pub broken: Option<Hop>,
    /// Customers complain: Meta has flagged it.
    pub flagged: bool,
}

/// What a token is good for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct TokenHealth {
    /// `SYSTEM_USER`, `USER` …
    pub kind: Option<String>,
    /// When it ends; absent for never.
    pub expires_at: Option<Stamp>,
    /// When it was made.
    pub issued_at: Option<Stamp>,
    /// When Meta was last asked about it.
    pub checked_at: Option<Stamp>,
}

/// Something that keeps a number from sending, in Meta's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Ailing {
    /// `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`.
    pub entity: String,
    /// `LIMITED` or `BLOCKED`.
    pub verdict: String,
    /// Meta's code.
    pub code: Option<i64>,
    /// What is wrong.
    pub words: Option<String>,
    /// What to do.
    pub advice: Option<String>,
}

/// What is wrong with a number first: the mark in the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Meta refuses its token, or something else keeps it from working.
    Error,
    /// Nothing arrives: the webhook's way is broken.
    Webhook,
    /// Meta lets it send nothing.
    Blocked,
    /// The token ends within days.
    Token,
    /// Meta limits what it sends.
    Limited,
    /// Customers complain.
    Quality,
    /// Meta refused its display name.
    Name,
}

impl Trouble {
    /// The word in JSON and in the keys of the words for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Webhook => "webhook",
            Self::Blocked => "blocked",
            Self::Token => "token",
            Self::Limited => "limited",
            Self::Quality => "quality",
            Self::Name => "name",
        }
    }

    /// Whether somebody must act now.
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::Error | Self::Webhook | Self::Blocked)
    }

    /// What is wrong with a number first. One that was paused is left in peace.
    pub fn of(number: &Number, now: Stamp) -> Option<Self> {
        let health = &number.health;
        let is = |word: &Option<String>, words: &[&str]| {
            word.as_deref().is_some_and(|word| words.contains(&word))
        };
        let soon = |end: Stamp| end.seconds() - now.seconds() <= SOON_DAYS * DAY;
        let end = health.token.as_ref().and_then(|token| token.expires_at);
        let unable = [
            "BANNED",
            "RESTRICTED",
            "DISCONNECTED",
            "DELETED",
            "MIGRATED",
        ];
        match number.status {
            NumberStatus::Disconnected => None,
            NumberStatus::Error => Some(Self::Error),
            _ if health.broken.is_some() => Some(Self::Webhook),
            _ if is(&health.can_send, &["BLOCKED"]) || is(&health.status, &unable) => {
                Some(Self::Blocked)
            }
            _ if end.is_some_and(soon) => Some(Self::Token),
            _ if is(&health.can_send, &["LIMITED"]) => Some(Self::Limited),
            _ if health.flagged || is(&number.quality_rating, &["RED"]) => Some(Self::Quality),
            _ if is(&health.name_status, &["DECLINED", "EXPIRED"]) => Some(Self::Name),
            _ => None,
        }
    }
}

/// The worst quality that a number had on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityDay {
    /// The day, by UTC: `2026-11-28`.
    pub day: String,
    /// `GREEN`, `YELLOW`, `RED`, or what Meta invents next.
    pub rating: String,
}

#[cfg(test)]
mod tests {
    use super::{TokenHealth, Trouble};
    use crate::model::check::Hop;
    use crate::model::number::{Number, NumberStatus};
    use crate::time::Stamp;

    fn number() -> Number {
        serde_json::from_value(serde_json::json!({
            "id": 1, "org_id": 1, "label": "Centro", "phone_number": null, "transport": "cloud",
            "phone_number_id": "1", "waba_id": "1", "app_id": "1", "status": "connected",
            "error": null, "verified_name": null, "quality_rating": "GREEN",
            "messaging_limit": null, "throughput": null, "verified_at": null,
            "last_sync_at": null, "revision": 1,
        }))
        .unwrap()
    }

    #[test]
    fn the_gravest_trouble_is_the_mark() {
        let now = Stamp::from_seconds(1_780_000_000);
        let mut one = number();
        let mut marks = vec![Trouble::of(&one, now)];
        one.quality_rating = Some("RED".to_owned());
        marks.push(Trouble::of(&one, now));
        one.health.token = Some(TokenHealth {
            expires_at: Some(Stamp::from_seconds(1_780_000_000 + 3 * 86_400)),
            ..TokenHealth::default()
        });
        marks.push(Trouble::of(&one, now));
        one.health.can_send = Some("BLOCKED".to_owned());
        marks.push(Trouble::of(&one, now));
        one.health.broken = Some(Hop::Subscription);
        marks.push(Trouble::of(&one, now));
        one.status = NumberStatus::Error;
        marks.push(Trouble::of(&one, now));
        one.status = NumberStatus::Disconnected;
        marks.push(Trouble::of(&one, now));
        let told = [
            None,
            Some(Trouble::Quality),
            Some(Trouble::Token),
            Some(Trouble::Blocked),
            Some(Trouble::Webhook),
            Some(Trouble::Error),
            None,
        ];
        assert_eq!(marks, told);
    }
}
