//! What a developer sets up in Meta's dashboards: apps, WhatsApp Business Accounts and access tokens.

use serde_json::{Map, Value};

/// An app with its secret; its webhook is set with [`crate::sim::Sim::set_webhook`].
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) name: String,
    pub(crate) webhook: Option<Callback>,
}

/// Where an app's webhooks go.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) url: String,
    pub(crate) verify_token: String,
    /// Subscribed fields; `None` is every field.
    pub(crate) fields: Option<Vec<String>>,
}

impl App {
    /// An app without a webhook.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            name: format!("App {id}"),
            id,
            secret: secret.into(),
            webhook: None,
        }
    }

    /// The name the dashboard shows.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The app's own access token, good for app-level calls.
    pub fn token(&self) -> String {
        format!("{}|{}", self.id, self.secret)
    }
}

/// A WhatsApp Business Account.
#[derive(Clone, Debug)]
pub struct Waba {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) fields: Map<String, Value>,
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) owner: Business,
    /// Businesses it is shared with, as agencies are given their clients' accounts.
    pub(crate) shared_with: Vec<Business>,
}

/// A business portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Business {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Business {
    /// A portfolio with this id and name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
        }
    }
}

/// An app that gets this account's webhooks, maybe at another place than its own.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) app_id: String,
    pub(crate) override_url: Option<String>,
}

impl Waba {
    /// An account nobody is subscribed to.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        let fields = Map::from_iter([
            ("currency".to_owned(), Value::from("USD")),
            ("timezone_id".to_owned(), Value::from("1")),
            ("country".to_owned(), Value::from("US")),
            ("account_review_status".to_owned(), Value::from("APPROVED")),
            (
                "business_verification_status".to_owned(),
                Value::from("verified"),
            ),
            ("ownership_type".to_owned(), Value::from("SELF")),
            (
                "message_template_namespace".to_owned(),
                Value::from("ns_sim"),
            ),
            (
                "whatsapp_business_manager_messaging_limit".to_owned(),
                Value::from("TIER_2K"),
            ),
        ]);
        Self {
            name: format!("WABA {id}"),
            owner: Business::new(format!("90{id}"), format!("Business of {id}")),
            id,
            fields,
            subscriptions: Vec::new(),
            shared_with: Vec::new(),
        }
    }

    /// The portfolio it belongs to; otherwise it has one of its own.
    #[must_use]
    pub fn owner(mut self, owner: Business) -> Self {
        self.owner = owner;
        self
    }

    /// A portfolio it is shared with.
    #[must_use]
    pub fn shared_with(mut self, business: Business) -> Self {
        self.shared_with.push(business);
        self
    }

    /// The account's name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Any other field of the node.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    /// Subscribes an app from the start, as `POST /{waba_id}/subscribed_apps` does.
    #[must_use]
    pub fn subscribed(mut self, app_id: impl Into<String>) -> Self {
        self.subscriptions.push(Subscription {
            app_id: app_id.into(),
            override_url: None,
        });
        self
    }
}

/// Whose token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A person's, from the App Dashboard.
    User,
    /// A system user's.
    SystemUser,
}

impl TokenKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::User => "USER",
            Self::SystemUser => "SYSTEM_USER",
        }
    }
}

/// An access token of a system user.
#[derive(Clone, Debug)]
pub struct Token {
    pub(crate) text: String,
    pub(crate) kind: TokenKind,
    pub(crate) app_id: String,
    /// Accounts it may see; `None` is all.
    pub(crate) wabas: Option<Vec<String>>,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires_at_s: Option<i64>,
    pub(crate) death: Option<TokenDeath>,
}

/// Why a token no longer works: the subcode beside 190.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenDeath {
    /// 463.
    Expired,
    /// 460.
    PasswordChanged,
    /// 458.
    AppRemoved,
    /// 467.
    Invalidated,
    /// 190 without a subcode.
    Unexplained,
}

impl TokenDeath {
    pub(crate) fn subcode(self) -> Option<u32> {
        match self {
            Self::Expired => Some(463),
            Self::PasswordChanged => Some(460),
            Self::AppRemoved => Some(458),
            Self::Invalidated => Some(467),
            Self::Unexplained => None,
        }
    }

    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::Expired => "Error validating access token: Session has expired",
            Self::PasswordChanged => {
                "Error validating access token: The session has been invalidated because the user changed their password"
            }
            Self::AppRemoved => {
                "Error validating access token: The user has not authorized application"
            }
            Self::Invalidated => "The access token is invalid since the user has changed",
            Self::Unexplained => "Invalid OAuth access token - Cannot parse access token",
        }
    }
}

impl Token {
    /// A token that never ends, sees every account and has the three permissions.
    pub fn new(text: impl Into<String>, app_id: impl Into<String>) -> Self {
        let scopes = [
            "business_management",
            "whatsapp_business_management",
            "whatsapp_business_messaging",
        ];
        Self {
            text: text.into(),
            kind: TokenKind::SystemUser,
            app_id: app_id.into(),
            wabas: None,
            scopes: scopes.map(str::to_owned).to_vec(),
            expires_at_s: None,
            death: None,
        }
    }

    /// A person's token, as the App Dashboard gives for a first try; give it an end too.
    #[must_use]
    pub fn of_a_person(mut self) -> Self {
        self.kind = TokenKind::User;
        self
    }

    /// Sees these accounts alone.
    #[must_use]
    pub fn wabas<I: Into<String>>(mut self, wabas: impl IntoIterator<Item = I>) -> Self {
        self.wabas = Some(wabas.into_iter().map(Into::into).collect());
        self
    }

    /// Has these permissions alone.
    #[must_use]
    pub fn scopes<I: Into<String>>(mut self, scopes: impl IntoIterator<Item = I>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Ends at this second since 1970.
    #[must_use]
    pub fn expires_at(mut self, seconds: i64) -> Self {
        self.expires_at_s = Some(seconds);
        self
    }

    /// What is wrong with it at this second, if anything.
    pub(crate) fn dead(&self, now_s: i64) -> Option<TokenDeath> {
        let expired = self.expires_at_s.is_some_and(|end| end <= now_s);
        self.death.or(expired.then_some(TokenDeath::Expired))
    }

    pub(crate) fn sees(&self, waba_id: &str) -> bool {
        self.wabas
            .as_ref()
            .is_none_or(|seen| seen.iter().any(|w| w == waba_id))
    }

    pub(crate) fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|s| s == scope)
    }
}
