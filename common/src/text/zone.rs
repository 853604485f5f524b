//! A time zone by its name or its offset.

use jiff::tz::{Offset, TimeZone};

/// The zone of an IANA name (`America/Lima`) or an offset (`-05:00`, `+0530`, `Z`); UTC where none
/// is given, `None` where there is no such zone.
pub fn of(name: Option<&str>) -> Option<TimeZone> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return Some(TimeZone::UTC);
    };
    if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("z") {
        return Some(TimeZone::UTC);
    }
    let ahead = match name.chars().next() {
        Some('+') => 1,
        Some('-' | '\u{2212}') => -1,
        _ => return TimeZone::get(name).ok(),
    };
    let digits: Vec<i32> = name
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|d| i32::try_from(d).unwrap_or_default())
        .collect();
    let others = name
        .chars()
        .skip(1)
        .any(|c| !c.is_ascii_digit() && c != ':');
    let (hours, minutes) = match (digits.as_slice(), others) {
        ([h], false) => (*h, 0),
        ([a, b], false) => (a * 10 + b, 0),
        ([a, b, c, d], false) => (a * 10 + b, c * 10 + d),
        _ => return None,
    };
    if hours > 18 || minutes > 59 {
        return None;
    }
    let seconds = ahead * (hours * 3600 + minutes * 60);
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn names_and_offsets_are_zones_and_nothing_else_is() {
        let at = Timestamp::from_second(1_780_000_000).unwrap();
        let offset = |name: &str| of(Some(name)).map(|zone| zone.to_offset(at).seconds());
        assert_eq!(offset("America/Lima"), Some(-18_000));
        assert_eq!(offset("-05:00"), Some(-18_000));
        assert_eq!(offset("+0545"), Some(20_700));
        assert_eq!(offset("+5"), Some(18_000));
        assert_eq!(offset("Z"), Some(0));
        assert_eq!(of(None).map(|zone| zone.to_offset(at).seconds()), Some(0));
        for wrong in ["Nowhere/Atall", "+99", "+05:61", "+1:2:3:4:5", "+a", "12"] {
            assert_eq!(offset(wrong), None, "{wrong}");
        }
    }
}
