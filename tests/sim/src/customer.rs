//! A customer: a person with WhatsApp, known by some of phone number, user id and username.

/// A person who writes to the business. Register it by letting it write, or with
/// [`crate::sim::Sim::add_customer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub(crate) name: String,
    pub(crate) wa_id: Option<String>,
    pub(crate) user_id: Option<String>,
    pub(crate) parent_user_id: Option<String>,
    pub(crate) username: Option<String>,
    pub(crate) reachable: bool,
    pub(crate) hides_phone: bool,
}

impl Customer {
    /// A person with a profile name and no identity yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            wa_id: None,
            user_id: None,
            parent_user_id: None,
            username: None,
            reachable: true,
            hides_phone: false,
        }
    }

    /// WhatsApp's id of the phone number; signs other than digits are dropped.
    #[must_use]
    pub fn wa_id(mut self, wa_id: impl AsRef<str>) -> Self {
        self.wa_id = Some(
            wa_id
                .as_ref()
                .chars()
                .filter(char::is_ascii_digit)
                .collect(),
        );
        self
    }

    /// The business-scoped user id, such as `PE.13491208655302741918`.
    #[must_use]
    pub fn user_id(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }

    /// The user id shared by a group of portfolios, such as `PE.ENT.118…`.
    #[must_use]
    pub fn parent_user_id(mut self, user_id: impl Into<String>) -> Self {
        self.parent_user_id = Some(user_id.into());
        self
    }

    /// The username, with or without `@`.
    #[must_use]
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// Has no WhatsApp any more, or has blocked the business: sends end in 131026.
    #[must_use]
    pub fn unreachable(mut self) -> Self {
        self.reachable = false;
        self
    }

    /// Has a phone number that webhooks do not tell (username adopters).
    #[must_use]
    pub fn hides_phone(mut self) -> Self {
        self.hides_phone = true;
        self
    }

    /// The phone number as webhooks tell it.
    pub(crate) fn told_wa_id(&self) -> Option<&str> {
        self.wa_id.as_deref().filter(|_| !self.hides_phone)
    }

    /// What a wamid is made of where there is no phone number.
    pub(crate) fn handle(&self) -> &str {
        self.told_wa_id().or(self.user_id.as_deref()).unwrap_or("0")
    }
}
