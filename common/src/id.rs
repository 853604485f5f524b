//! Newtypes for every identity, so that a raw string or number never crosses a boundary as an id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! number_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    )*};
}

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as WhatsApp or Meta wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<&str> for $name {
            fn from(s: &str) -> Self {
                Self(s.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(s: String) -> Self {
                Self(s)
            }
        }
    )*};
}

number_id! {
    /// An organisation: the boundary that no data crosses.
    OrgId;
    /// A business number that recado works for (ours; Meta's is [`PhoneNumberId`]).
    NumberId;
    /// A conversation between one business number and one customer.
    ChatId;
    /// A person who writes to an organisation.
    CustomerId;
    /// What an operator wrote down about a customer.
    NoteId;
    /// A file of a message.
    MediaId;
    /// A message template of an account (ours; Meta has an id of its own).
    TemplateId;
    /// A saved reply.
    ReplyId;
    /// A bearer token of the TCP API.
    TokenId;
    /// Somebody who was let in by name.
    OperatorId;
    /// An SSH key of an operator.
    KeyId;
    /// A token and its app, from which numbers are being connected.
    ConnectId;
}

text_id! {
    /// WhatsApp's id of a message (`wamid.…`).
    Wamid;
    /// WhatsApp's id of a person: digits without `+`, sometimes different from the number dialled.
    WaId;
    /// A business-scoped user id (`MX.1349…`): how a person is known where the number is hidden.
    UserId;
    /// Meta's id of a business number.
    PhoneNumberId;
    /// Meta's id of a WhatsApp Business Account.
    WabaId;
    /// Meta's id of an app; it names the webhook path and the secret that signs it.
    AppId;
}

/// Our id of a message: a UUID version 7, made by whoever writes the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
pub struct MessageId(pub Uuid);

impl MessageId {
    /// An id for a message made at `now`, with `random` bits from the caller (tests seed them).
    pub fn new(now: crate::time::Stamp, random: [u8; 10]) -> Self {
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The sixteen bytes, as the store keeps them.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for MessageId {
    type Err = uuid::Error;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(s).map(Self)
    }
}

/// Where an event stands in the one order of all events; only grows.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Seq(pub i64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
