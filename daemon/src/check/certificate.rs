//! What a certificate says of itself: from when until when it holds, and who signed it.

use common::time::Stamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// What is read of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// It holds until then.
    pub(super) until: Stamp,
    /// Whether it signed itself.
    pub(super) own: bool,
    /// The name of who signed it, where one is told.
    pub(super) issuer: Option<String>,
}

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;
const OBJECT: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const LONG_TIME: u8 = 0x18;
/// Attributes of a name: organisation and common name.
const NAMES: [&[u8]; 2] = [&[0x55, 0x04, 0x0a], &[0x55, 0x04, 0x03]];

/// Reads a certificate; `None` where it is none.
pub(super) fn read(der: &[u8]) -> Option<Read> {
    let (_, certificate, _) = part(der)?;
    let (_, mut rest, _) = part(certificate)?;
    if rest.first() == Some(&VERSION) {
        rest = part(rest)?.2;
    }
    // Serial number, algorithm.
    for _ in 0..2 {
        rest = part(rest)?.2;
    }
    let (_, issuer, rest) = part(rest)?;
    let (_, validity, rest) = part(rest)?;
    let (_, subject, _) = part(rest)?;
    let (_, _, after) = part(validity)?;
    let (tag, words, _) = part(after)?;
    Some(Read {
        until: moment(tag, words)?,
        own: issuer == subject,
        issuer: name(issuer),
    })
}

/// Tag, content and what comes behind.
fn part(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = if *first < 0x80 {
        (usize::from(*first), rest)
    } else {
        let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if bytes.len() > 4 {
            return None;
        }
        let length = bytes
            .iter()
            .fold(0, |sum, byte| (sum << 8) | usize::from(*byte));
        (length, rest)
    };
    let (content, behind) = rest.split_at_checked(length)?;
    Some((*tag, content, behind))
}

fn moment(tag: u8, words: &[u8]) -> Option<Stamp> {
    let text = std::str::from_utf8(words).ok()?;
    let digits = text.strip_suffix('Z')?;
    let (year, rest) = match tag {
        UTC_TIME => digits.split_at_checked(2)?,
        LONG_TIME => digits.split_at_checked(4)?,
        _ => return None,
    };
    let mut year: i16 = year.parse().ok()?;
    if tag == UTC_TIME {
        year += if year < 50 { 2000 } else { 1900 };
    }
    let two = |at: usize| rest.get(at..at + 2)?.parse::<i8>().ok();
    let at = DateTime::new(year, two(0)?, two(2)?, two(4)?, two(6)?, two(8)?, 0).ok()?;
    Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp().into())
}

/// Organisation, or common name, of a distinguished name.
fn name(mut names: &[u8]) -> Option<String> {
    let mut found: [Option<String>; 2] = [None, None];
    while let Some((SET, set, rest)) = part(names) {
        names = rest;
        let Some((SEQUENCE, pair, _)) = part(set) else {
            continue;
        };
        let Some((OBJECT, object, value)) = part(pair) else {
            continue;
        };
        let words = part(value).and_then(|(_, words, _)| String::from_utf8(words.to_vec()).ok());
        for (slot, known) in found.iter_mut().zip(NAMES) {
            if object == known {
                slot.clone_from(&words);
            }
        }
    }
    found.into_iter().flatten().next()
}

#[cfg(test)]
mod tests {
    use super::{moment, part, read};
    use common::time::Stamp;

    #[test]
    fn both_ways_to_write_a_time_are_read() {
        let at = Stamp::from_seconds(1_796_083_200);
        assert_eq!(moment(0x17, b"261201000000Z"), Some(at));
        assert_eq!(moment(0x18, b"20261201000000Z"), Some(at));
        assert_eq!(moment(0x17, b"261301000000Z"), None);
        assert_eq!(moment(0x17, b"2612"), None);
    }

    #[test]
    fn what_is_no_certificate_is_none() {
        assert_eq!(read(b""), None);
        assert_eq!(read(&[0x30, 0x82, 0xff]), None);
        assert_eq!(part(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 1]), None);
        assert_eq!(read(&[0x30; 64]), None);
    }
}
