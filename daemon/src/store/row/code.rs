//! The small numbers that stand for words in the database; given once, never given another meaning.

use common::api::event::Severity;
use common::model::content::Kind;
use common::model::media::MediaState;
use common::model::message::Origin;
use common::model::number::{NumberStatus, Transport};
use common::tick::Status;

macro_rules! codes {
    ($($to:ident, $from:ident, $name:ident: $($variant:ident = $code:literal),+; else $other:ident;)*) => {$(
        #[doc = concat!("The number of a ", stringify!($name), ".")]
        pub(crate) const fn $to(value: $name) -> i64 {
            match value { $($name::$variant => $code,)+ }
        }
        #[doc = concat!("The ", stringify!($name), " of a number.")]
        pub(crate) const fn $from(code: i64) -> $name {
            match code { $($code => $name::$variant,)+ _ => $name::$other }
        }
    )*};
}

codes! {
    of_status, status, Status: Received = 0, Queued = 1, Sending = 2, Unknown = 3, Sent = 4,
        Delivered = 5, Read = 6, Played = 7, Failed = 8; else Unknown;
    of_kind, kind, Kind: Text = 0, Image = 1, Video = 2, Audio = 3, Voice = 4, Document = 5,
        Sticker = 6, Location = 7, Contacts = 8, Reaction = 9, Button = 10, Interactive = 11,
        Order = 12, System = 13, Template = 14, Unsupported = 15; else Unsupported;
    of_origin, origin, Origin: Api = 0, Phone = 1, History = 2, Standby = 3; else Api;
    of_number_status, number_status, NumberStatus: Pending = 0, Connected = 1, Disconnected = 2,
        Error = 3; else Error;
    of_transport, transport, Transport: Cloud = 0, Linked = 1, Twilio = 2; else Cloud;
    of_media_state, media_state, MediaState: Pending = 0, Ready = 1, Failed = 2, Expired = 3;
        else Failed;
    of_severity, severity, Severity: Info = 0, Warning = 1, Error = 2; else Error;
}

/// What `messages.bits` holds: flags, and the origin in the bits above them.
pub(crate) mod bits {
    /// It is ours.
    pub(crate) const OUTBOUND: i64 = 1;
    /// A reaction that its target carries; not listed.
    pub(crate) const FOLDED: i64 = 1 << 1;
    /// Marked as forwarded.
    pub(crate) const FORWARDED: i64 = 1 << 2;
    /// Forwarded more than five times.
    pub(crate) const FREQUENT: i64 = 1 << 3;
    /// There are rows in `reports`.
    pub(crate) const REPORTED: i64 = 1 << 4;
    /// There are rows in `reactions`.
    pub(crate) const REACTED: i64 = 1 << 5;
    /// Where the origin begins.
    pub(crate) const ORIGIN: u32 = 8;
}

/// A report's word: a small number for the ones we know, the text for the others.
pub(crate) mod word {
    use common::tick::Status;
    use rusqlite::types::Value;

    /// For the database.
    pub(crate) fn pack(word: &str) -> Value {
        Status::from_name(word).map_or_else(
            || Value::Text(word.to_owned()),
            |status| Value::Integer(super::of_status(status)),
        )
    }

    /// From the database.
    pub(crate) fn unpack(value: Value) -> String {
        match value {
            Value::Integer(code) => super::status(code).as_str().to_owned(),
            Value::Text(text) => text,
            Value::Null | Value::Real(_) | Value::Blob(_) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{kind, of_kind, of_status, status, word};
    use common::tick::Status;

    #[test]
    fn codes_go_there_and_back() {
        for s in Status::ALL {
            assert_eq!(status(of_status(s)), s);
            assert_eq!(word::unpack(word::pack(s.as_str())), s.as_str());
        }
        for code in 0..16 {
            assert_eq!(of_kind(kind(code)), code);
        }
        assert_eq!(word::unpack(word::pack("warning")), "warning");
    }
}
