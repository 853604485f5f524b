//! A number on its way to work, as a pure state machine: what happened, what may be done, what comes next.

use std::time::Duration;

use common::api::connect::{CodeMethod, Registrations, Step, TokenSeen, Verification};
use common::id::{AppId, ConnectId, NumberId, OrgId};
use common::time::Stamp;
use serde::{Deserialize, Serialize};

use crate::vault::sealed::Sealed;

/// A code is good for so long.
const CODE: Duration = Duration::from_mins(10);
/// Wrong codes until another must be asked for.
const TRIES: u32 = 3;
/// Registrations and deregistrations that Meta allows in [`SPAN`].
const LIMIT: usize = 10;
const SPAN: Duration = Duration::from_hours(72);

/// Something about connecting that may change the database.
#[derive(Debug, Clone)]
pub enum ConnectFact {
    /// A token was looked through and is kept.
    Begun(Box<Begun>),
    /// A token is not needed for connecting any more.
    Ended {
        /// Which.
        connect: ConnectId,
    },
    /// Something happened to a number on its way.
    Enrolled {
        /// Which.
        number: NumberId,
        /// What.
        change: Change,
    },
    /// A number goes to another organisation; its history stays where it is.
    Moved {
        /// Which.
        number: NumberId,
        /// Where to.
        org: OrgId,
    },
}

/// A token that was looked through.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The organisation that the numbers are for.
    pub org: OrgId,
    /// The app.
    pub app: AppId,
    /// The sealed token.
    pub access_token: Sealed,
    /// The sealed app secret.
    pub app_secret: Sealed,
    /// The sealed verify token.
    pub verify_token: Sealed,
    /// What Meta said of the token.
    pub seen: TokenSeen,
}

/// What happened to a number on its way.
#[derive(Debug, Clone)]
pub enum Change {
    /// Meta said how it stands.
    Seen {
        /// Its owner has proved it.
        verified: bool,
        /// It is registered.
        registered: bool,
    },
    /// A code is on its way.
    CodeAsked(CodeMethod),
    /// The code is not waited for any more.
    CodeForgotten,
    /// A wrong code was given.
    CodeWrong,
    /// The right one was given.
    Verified,
    /// It is about to be registered or deregistered; counted before it is tried.
    Counted,
    /// It is registered, with this PIN.
    Registered(Sealed),
    /// It is registered no longer.
    Deregistered,
    /// Meta sends its messages here.
    Hooked,
    /// Meta does not any more.
    Unhooked,
}

impl Change {
    /// How the audit log calls it, where a person did it.
    pub(crate) const fn deed(&self) -> Option<&'static str> {
        match self {
            Self::CodeAsked(_) => Some("code asked"),
            Self::Verified => Some("proved"),
            Self::Registered(_) => Some("registered"),
            Self::Deregistered => Some("deregistered"),
            Self::Hooked => Some("webhook set"),
            Self::Unhooked => Some("webhook dropped"),
            Self::Seen { .. } | Self::CodeForgotten | Self::CodeWrong | Self::Counted => None,
        }
    }
}

/// What is known of a number on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Enrolment {
    verified: bool,
    registered: bool,
    hooked_at: Option<Stamp>,
    code: Option<Code>,
    registrations: Vec<Stamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Code {
    method: CodeMethod,
    asked_at: Stamp,
    wrong: u32,
}

impl Enrolment {
    /// Takes in what happened. What is known already changes nothing.
    pub fn take(&mut self, change: &Change, now: Stamp) {
        match change {
            Change::Seen {
                verified,
                registered,
            } => {
                self.verified = *verified;
                self.registered = *registered;
            }
            Change::CodeAsked(method) => {
                self.code = Some(Code {
                    method: *method,
                    asked_at: now,
                    wrong: 0,
                });
            }
            Change::CodeForgotten => self.code = None,
            Change::CodeWrong => {
                if let Some(code) = &mut self.code {
                    code.wrong += 1;
                }
            }
            Change::Verified => {
                self.verified = true;
                self.code = None;
            }
            Change::Counted => {
                self.registrations.retain(|at| now.since(*at) < SPAN);
                self.registrations.push(now);
            }
            Change::Registered(_) => {
                self.verified = true;
                self.registered = true;
                self.code = None;
            }
            Change::Deregistered => self.registered = false,
            Change::Hooked => self.hooked_at = Some(now),
            Change::Unhooked => self.hooked_at = None,
        }
    }

    /// What comes next, where a message has or has not shown that all works.
    pub const fn step(&self, proved: bool) -> Step {
        // Only a number that was proved can be registered, however old the proof.
        if !self.verified && !self.registered {
            Step::Verify
        } else if !self.registered {
            Step::Register
        } else if self.hooked_at.is_none() {
            Step::Webhook
        } else if proved {
            Step::Done
        } else {
            Step::Proof
        }
    }

    /// Since when Meta sends its messages here.
    pub const fn hooked_at(&self) -> Option<Stamp> {
        self.hooked_at
    }

    /// The code on its way, whether or not it is still good.
    pub fn verification(&self) -> Option<Verification> {
        self.code.map(|code| Verification {
            method: code.method,
            asked_at: code.asked_at,
            expires_at: code.asked_at.plus(CODE),
            tries_left: TRIES.saturating_sub(code.wrong),
        })
    }

    /// Whether a code may be given now: one was asked for, is young, and was not missed too often.
    pub fn takes_code(&self, now: Stamp) -> bool {
        self.verification()
            .is_some_and(|code| code.tries_left > 0 && now < code.expires_at)
    }

    /// How often it was registered or deregistered within Meta's span.
    pub fn registrations(&self, now: Stamp) -> Registrations {
        let young: Vec<Stamp> = self
            .registrations
            .iter()
            .copied()
            .filter(|at| now.since(*at) < SPAN)
            .collect();
        let oldest = young.iter().min().filter(|_| young.len() >= LIMIT);
        Registrations {
            used: u32::try_from(young.len()).unwrap_or(u32::MAX),
            limit: u32::try_from(LIMIT).unwrap_or(u32::MAX),
            free_at: oldest.map(|at| at.plus(SPAN)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Proof, Register, Verify, Webhook};

    fn at(seconds: i64) -> Stamp {
        Stamp::from_seconds(1_780_000_000 + seconds)
    }

    fn sealed() -> Sealed {
        Sealed(Vec::new())
    }

    #[test]
    fn the_steps_follow_each_other_and_go_back() {
        let mut way = Enrolment::default();
        let mut steps = vec![way.step(false)];
        for change in [
            Change::CodeAsked(CodeMethod::Sms),
            Change::Verified,
            Change::Registered(sealed()),
            Change::Hooked,
            Change::Unhooked,
            Change::Deregistered,
        ] {
            way.take(&change, at(0));
            steps.push(way.step(false));
        }
        let expected = [Verify, Verify, Register, Webhook, Proof, Webhook, Register];
        assert_eq!(steps, expected);
        way.take(&Change::Registered(sealed()), at(1));
        way.take(&Change::Hooked, at(1));
        assert_eq!(way.step(true), Step::Done);
    }

    #[test]
    fn a_code_lives_ten_minutes_and_three_tries() {
        let mut way = Enrolment::default();
        assert!(!way.takes_code(at(0)));
        way.take(&Change::CodeAsked(CodeMethod::Voice), at(0));
        assert!(way.takes_code(at(599)) && !way.takes_code(at(600)));
        for left in [2, 1, 0] {
            assert!(way.takes_code(at(1)));
            way.take(&Change::CodeWrong, at(1));
            assert_eq!(way.verification().unwrap().tries_left, left);
        }
        assert!(!way.takes_code(at(1)));
        way.take(&Change::CodeAsked(CodeMethod::Sms), at(2));
        assert!(way.takes_code(at(3)));
    }

    #[test]
    fn ten_registrations_in_seventy_two_hours_and_then_the_oldest_is_waited_for() {
        let mut way = Enrolment::default();
        for second in 0..10 {
            assert_eq!(way.registrations(at(second)).free_at, None);
            way.take(&Change::Counted, at(second));
        }
        let full = way.registrations(at(10));
        assert_eq!((full.used, full.free_at), (10, Some(at(72 * 3_600))));
        assert_eq!(way.registrations(at(72 * 3_600)).used, 9);
    }

    #[test]
    fn any_order_of_anything_keeps_the_rules() {
        let mut dice = 7_u64;
        let mut way = Enrolment::default();
        for second in 0..5_000 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let change = match (dice >> 33) % 9 {
                0 => Change::CodeAsked(CodeMethod::Sms),
                1 => Change::CodeWrong,
                2 => Change::CodeForgotten,
                3 => Change::Verified,
                4 => Change::Counted,
                5 => Change::Registered(sealed()),
                6 => Change::Deregistered,
                7 => Change::Hooked,
                _ => Change::Unhooked,
            };
            way.take(&change, at(second * 600));
            let stored = serde_json::to_string(&way).unwrap();
            assert_eq!(serde_json::from_str::<Enrolment>(&stored).unwrap(), way);
            let (step, code) = (way.step(true), way.verification());
            assert!(step != Step::Done || (way.registered && way.hooked_at.is_some()));
            assert!(code.is_none_or(|code| code.tries_left <= TRIES));
            let counted = way.registrations(at(second * 600));
            assert!(counted.free_at.is_none() || counted.used >= counted.limit);
        }
    }
}
