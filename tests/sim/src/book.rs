//! What is registered: apps, accounts, numbers, tokens; who may see what, and where webhooks go.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::{App, Callback, Subscription, Token, TokenDeath, Waba};
use crate::enrol::Enrolment;
use crate::number::Number;
use crate::pace::Bucket;
use crate::people::PersonId;
use crate::webhook::Metadata;

#[derive(Debug, Default)]
pub(crate) struct Book {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
pub(crate) struct Inner {
    pub(crate) apps: HashMap<String, App>,
    pub(crate) wabas: HashMap<String, Waba>,
    pub(crate) numbers: HashMap<String, Arc<Line>>,
    pub(crate) tokens: HashMap<String, Arc<Token>>,
    /// Codes of Embedded Signup: what they are exchanged for, and until when.
    pub(crate) logins: HashMap<String, Login>,
    /// Digits that somebody uses on WhatsApp already.
    pub(crate) in_use: Vec<String>,
}

/// What a code of Embedded Signup is good for.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) token: Token,
    pub(crate) until_s: i64,
}

/// A number at work: what never changes, its profile, its limits.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) waba_id: Arc<str>,
    pub(crate) meta: Metadata,
    profile: Mutex<Number>,
    lane: Mutex<Lane>,
    enrolment: Mutex<Enrolment>,
}

/// What is counted for one number.
#[derive(Debug, Default)]
pub(crate) struct Lane {
    pub(crate) throughput: Bucket,
    pub(crate) pairs: HashMap<PersonId, Bucket>,
    /// When each person last wrote, in seconds.
    pub(crate) windows: HashMap<PersonId, i64>,
}

impl Line {
    fn new(number: Number) -> Self {
        Self {
            waba_id: number.waba_id.as_str().into(),
            meta: Metadata {
                id: number.id.as_str().into(),
                digits: number.digits.as_str().into(),
            },
            profile: Mutex::new(number),
            lane: Mutex::default(),
            enrolment: Mutex::default(),
        }
    }

    pub(crate) fn profile<R>(&self, f: impl FnOnce(&mut Number) -> R) -> R {
        f(&mut self.profile.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn enrolment<R>(&self, f: impl FnOnce(&mut Enrolment) -> R) -> R {
        f(&mut self
            .enrolment
            .lock()
            .unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn lane<R>(&self, f: impl FnOnce(&mut Lane) -> R) -> R {
        f(&mut self.lane.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A receiver of webhooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Receiver {
    pub(crate) app_id: String,
    pub(crate) url: String,
    pub(crate) secret: String,
}

/// Who is calling.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// A system user's token.
    User(Arc<Token>),
    /// An app's own token.
    App(String),
}

impl Caller {
    pub(crate) fn app_id(&self) -> &str {
        match self {
            Self::User(token) => &token.app_id,
            Self::App(id) => id,
        }
    }

    pub(crate) fn sees(&self, waba_id: &str) -> bool {
        match self {
            Self::User(token) => token.sees(waba_id),
            Self::App(_) => false,
        }
    }

    pub(crate) fn may(&self, scope: &str) -> bool {
        match self {
            Self::User(token) => token.may(scope),
            Self::App(_) => false,
        }
    }
}

impl Book {
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut Inner) -> R) -> R {
        f(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn add_number(&self, number: Number) {
        self.with(|book| {
            book.numbers
                .insert(number.id.clone(), Arc::new(Line::new(number)));
        });
    }

    pub(crate) fn line(&self, phone_number_id: &str) -> Option<Arc<Line>> {
        self.with(|book| book.numbers.get(phone_number_id).cloned())
    }

    /// Whose token this is; `Err` says why it is not good, `None` that nobody knows it.
    pub(crate) fn caller(&self, token: &str, now_s: i64) -> Result<Caller, Option<TokenDeath>> {
        self.with(|book| {
            if let Some(token) = book.tokens.get(token) {
                return match token.dead(now_s) {
                    Some(death) => Err(Some(death)),
                    None => Ok(Caller::User(Arc::clone(token))),
                };
            }
            let app = token
                .split_once('|')
                .and_then(|(id, secret)| book.apps.get(id).filter(|app| app.secret == secret));
            app.map(|app| Caller::App(app.id.clone())).ok_or(None)
        })
    }

    /// Ends a token, or brings it back to life.
    pub(crate) fn set_death(&self, token: &str, death: Option<TokenDeath>) {
        self.with(|book| {
            if let Some(token) = book.tokens.get_mut(token) {
                Arc::make_mut(token).death = death;
            }
        });
    }

    /// Everybody who gets this field of this account: the override of the number before that of
    /// the account before the app's own callback, overrides for `messages` only.
    pub(crate) fn receivers(
        &self,
        waba_id: &str,
        number_id: Option<&str>,
        field: &str,
    ) -> Vec<Receiver> {
        self.with(|book| {
            let Some(waba) = book.wabas.get(waba_id) else {
                return Vec::new();
            };
            let number_url = number_id
                .filter(|_| field == "messages")
                .and_then(|id| book.numbers.get(id))
                .and_then(|line| line.profile(|n| n.override_url.clone()));
            let receiver = |subscription: &Subscription| {
                let app = book.apps.get(&subscription.app_id)?;
                let callback = app.webhook.as_ref()?;
                let wanted = callback
                    .fields
                    .as_ref()
                    .is_none_or(|f| f.iter().any(|f| f == field));
                let moved = subscription
                    .override_url
                    .as_ref()
                    .filter(|_| field == "messages");
                wanted.then(|| Receiver {
                    app_id: app.id.clone(),
                    url: number_url
                        .as_ref()
                        .or(moved)
                        .unwrap_or(&callback.url)
                        .clone(),
                    secret: app.secret.clone(),
                })
            };
            waba.subscriptions.iter().filter_map(receiver).collect()
        })
    }

    /// The app's own callback, with its secret.
    pub(crate) fn callback(&self, app_id: &str) -> Option<(Callback, String)> {
        self.with(|book| {
            let app = book.apps.get(app_id)?;
            Some((app.webhook.clone()?, app.secret.clone()))
        })
    }
}
