//! WhatsApp's message ids as short bytes: the base64 behind `wamid.` is undone where that is safe,
//! and the long runs of digits in it, which are most of it, take half a byte each.

use common::id::Wamid;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

const PREFIX: &str = "wamid.";
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A run of fewer digits is not worth a token.
const MIN_DIGITS: usize = 4;
/// The most that one token stands for: bytes as they are, or pairs of digits.
const MAX_TOKEN: usize = 127;
/// Set in a token that stands for pairs of digits.
const PAIRS: u8 = 0x80;

/// A wamid as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Packed {
    /// The bytes behind its base64, in tokens.
    Bytes(Vec<u8>),
    /// The text as it came, where bytes would not give it back.
    Text(String),
}

impl Packed {
    /// Packs an id.
    pub(crate) fn of(wamid: &Wamid) -> Self {
        wamid
            .as_str()
            .strip_prefix(PREFIX)
            .and_then(|text| decode(text).filter(|bytes| encode(bytes) == text))
            .map_or_else(
                || Self::Text(wamid.as_str().to_owned()),
                |bytes| Self::Bytes(shorten(&bytes)),
            )
    }

    /// Stands for the id of a message that came without one.
    pub(crate) fn fingerprint(digest: [u8; 16]) -> Self {
        Self::Text(format!("digest:{}", hex::encode(digest)))
    }

    /// The id as WhatsApp wrote it.
    pub(crate) fn wamid(&self) -> Wamid {
        match self {
            Self::Bytes(bytes) => Wamid(format!("{PREFIX}{}", encode(&lengthen(bytes)))),
            Self::Text(text) => Wamid(text.clone()),
        }
    }
}

impl ToSql for Packed {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl FromSql for Packed {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(bytes) => Ok(Self::Bytes(bytes.to_vec())),
            other => other.as_str().map(|text| Self::Text(text.to_owned())),
        }
    }
}

/// Bytes as tokens: a count and so many bytes, or a count of pairs and the pairs. The same bytes
/// always give the same tokens.
fn shorten(bytes: &[u8]) -> Vec<u8> {
    let mut tokens = Vec::with_capacity(bytes.len());
    let mut plain: Vec<u8> = Vec::new();
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let digits = rest
            .iter()
            .take(2 * MAX_TOKEN)
            .take_while(|b| digit(**b).is_some())
            .count();
        if digits < MIN_DIGITS {
            plain.push(*first);
            rest = after;
            continue;
        }
        flush(&mut plain, &mut tokens);
        let (run, after) = rest.split_at(digits / 2 * 2);
        let values: Vec<u8> = run.iter().copied().filter_map(digit).collect();
        tokens.push(PAIRS | u8::try_from(digits / 2).unwrap_or(0));
        tokens.extend(values.chunks_exact(2).map(|pair| match pair {
            [high, low] => high << 4 | low,
            _ => 0,
        }));
        rest = after;
    }
    flush(&mut plain, &mut tokens);
    tokens
}

fn flush(plain: &mut Vec<u8>, tokens: &mut Vec<u8>) {
    for piece in plain.chunks(MAX_TOKEN) {
        tokens.push(u8::try_from(piece.len()).unwrap_or(0));
        tokens.extend_from_slice(piece);
    }
    plain.clear();
}

/// The bytes of tokens.
fn lengthen(tokens: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(tokens.len() * 2);
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        let count = usize::from(token & !PAIRS).min(after.len());
        let (piece, after) = after.split_at(count);
        if token & PAIRS == 0 {
            bytes.extend_from_slice(piece);
        } else {
            let letter = |value: u8| b"0123456789ABCDEF".get(usize::from(value)).copied();
            bytes.extend(
                piece
                    .iter()
                    .flat_map(|b| [letter(b >> 4), letter(b & 15)])
                    .flatten(),
            );
        }
        rest = after;
    }
    bytes
}

const fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) & 63;
            let letter = ALPHABET.get(six as usize).copied().unwrap_or(b'=');
            text.push(if place <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.len().is_multiple_of(4) {
        return None;
    }
    let body = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for chunk in body.chunks(4) {
        let mut bits = 0_u32;
        for letter in chunk {
            bits = bits << 6 | six_bits(*letter)?;
        }
        bits <<= 6 * (4 - chunk.len());
        let [_, first, second, third] = bits.to_be_bytes();
        bytes.extend(
            [first, second, third]
                .into_iter()
                .take(chunk.len().checked_sub(1)?),
        );
    }
    Some(bytes)
}

fn six_bits(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::Packed;
    use common::id::Wamid;
    use proptest::prelude::*;

    #[test]
    fn metas_own_example_is_packed() {
        let wamid = Wamid::from("wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=");
        let packed = Packed::of(&wamid);
        assert!(
            matches!(&packed, Packed::Bytes(bytes) if bytes.len() == 31),
            "{packed:?}"
        );
        assert_eq!(packed.wamid(), wamid);
    }

    #[test]
    fn what_does_not_come_back_the_same_stays_text() {
        for odd in [
            "wamid.",
            "wamid.A",
            "wamid.AB==x",
            "wamid.AAB=",
            "3EB0",
            "",
            "wamid.a_-b",
            "wamid.====",
        ] {
            let packed = Packed::of(&Wamid::from(odd));
            assert!(matches!(packed, Packed::Text(_)), "{odd}");
            assert_eq!(packed.wamid().as_str(), odd);
        }
    }

    proptest! {
        #[test]
        fn every_run_of_bytes_comes_back(bytes in prop::collection::vec(
            prop_oneof![3 => prop::sample::select(b"0189AF".to_vec()), 1 => any::<u8>()], 0..600,
        )) {
            prop_assert_eq!(super::lengthen(&super::shorten(&bytes)), bytes);
        }

        #[test]
        fn every_id_comes_back(text in "(wamid\\.)?[A-Za-z0-9+/=é]{0,70}") {
            let wamid = Wamid(text);
            prop_assert_eq!(Packed::of(&wamid).wamid(), wamid);
        }
    }
}
