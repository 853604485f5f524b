//! The error codes of Meta's that recado can explain: the one list that the daemon's advice and the console's words are held to.

use std::ops::RangeInclusive;

/// Codes with an explanation of their own, in order; a fine code that says all by itself too.
#[rustfmt::skip]
pub const CODES: &[i64] = &[
    0, 1, 2, 3, 4, 10, 17, 33, 100, 102, 104, 190, 200, 341, 368, 506, 613, 803, 1026, 80_007,
    80_008, 130_403, 130_429, 130_472, 130_497, 131_000, 131_005, 131_008, 131_009, 131_016,
    131_020, 131_021, 131_026, 131_030, 131_031, 131_037, 131_041, 131_042, 131_044, 131_045,
    131_047, 131_048, 131_049, 131_050, 131_051, 131_052, 131_053, 131_055, 131_056, 131_057,
    131_059, 131_060, 131_062, 131_063, 131_064, 131_201, 131_202, 131_204, 131_207, 131_208,
    131_209, 131_210, 131_211, 131_212, 131_213, 131_214, 131_215, 132_000, 132_001, 132_005,
    132_007, 132_008, 132_012, 132_015, 132_016, 132_018, 132_068, 132_069, 133_000, 133_004,
    133_005, 133_006, 133_008, 133_009, 133_010, 133_015, 133_016, 134_011, 134_100, 134_101,
    134_102, 134_103, 135_000, 136_024, 136_025, 137_000, 139_000, 139_001, 139_002, 139_003,
    139_004, 139_006, 139_100, 139_101, 139_102, 139_103, 141_002, 141_006, 141_010, 147_001,
    147_002, 147_003, 147_004, 147_005, 200_002, 200_005, 200_006, 200_007, 1_752_041, 2_388_001,
    2_388_012, 2_388_019, 2_388_023, 2_388_024, 2_388_039, 2_388_040, 2_388_047, 2_388_072,
    2_388_073, 2_388_091, 2_388_093, 2_388_103, 2_388_109, 2_388_293, 2_388_299, 2_494_100,
    2_593_079, 2_593_085, 2_593_107, 2_593_108, 2_593_109,
];

/// Fine codes that mean something only beside their coarse one.
#[rustfmt::skip]
pub const PAIRS: &[(i64, i64)] = &[(4, 2_390_008), (190, 458), (190, 459), (190, 460), (190, 463), (190, 464), (190, 467), (190, 492)];

/// A code and a fine one that mean the same as another code.
const SAME: &[((i64, i64), i64)] = &[((100, 33), 33), ((100, 2_207_051), 133_010)];

/// Codes that are explained together, by the name of their family.
pub const FAMILIES: &[(RangeInclusive<i64>, &str)] = &[
    (201..=299, "permission"),
    (131_200..=131_299, "group"),
    (138_000..=138_999, "call"),
    (139_000..=139_099, "flow"),
    (147_000..=147_999, "username"),
    (2_388_000..=2_388_999, "setting"),
    (2_494_164..=2_494_179, "signup"),
];

/// The reasons that are recado's own and not Meta's, by their stable words.
pub const OURS: &[&str] = &[
    "unreached",
    "answer-lost",
    "not-called",
    "no-answer",
    "reaction-too-early",
    "unsendable",
    "file-lost",
    "file-refused",
    "several-files",
    "file-gone",
    "number-removed",
];

/// The name of the entry that explains an error: `131047`, `190-463`, `call`. `None` where nothing
/// is known of it.
pub fn entry(code: i64, subcode: Option<i64>) -> Option<String> {
    let own = |code: i64| CODES.binary_search(&code).is_ok().then(|| code.to_string());
    let family = || {
        let (_, name) = FAMILIES.iter().find(|(codes, _)| codes.contains(&code))?;
        Some((*name).to_owned())
    };
    let fine = subcode.and_then(|fine| {
        if PAIRS.contains(&(code, fine)) {
            return Some(format!("{code}-{fine}"));
        }
        let same = SAME.iter().find(|(pair, _)| *pair == (code, fine));
        // Small numbers are fine codes of any coarse one; only the large ones say all by themselves.
        same.map(|(_, code)| code.to_string())
            .or_else(|| (fine > 2_000_000).then(|| own(fine)).flatten())
    });
    fine.or_else(|| own(code)).or_else(family)
}

/// The names of all entries.
pub fn entries() -> Vec<String> {
    let codes = CODES.iter().map(i64::to_string);
    let pairs = PAIRS.iter().map(|(code, fine)| format!("{code}-{fine}"));
    let families = FAMILIES.iter().map(|(_, name)| (*name).to_owned());
    codes.chain(pairs).chain(families).collect()
}

/// The error that a sentence of the daemon's is about. Where the daemon speaks of an error of Meta's, its sentence
/// names it as `(code 190)` or `(code 190/463)`, so that a console can say the same in another language.
pub fn named(sentence: &str) -> Option<(i64, Option<i64>)> {
    let (_, rest) = sentence.split_once("(code ")?;
    let (code, _) = rest.split_once(')')?;
    let (code, fine) = match code.split_once('/') {
        Some((code, fine)) => (code, Some(fine)),
        None => (code, None),
    };
    Some((
        code.trim().parse().ok()?,
        fine.and_then(|fine| fine.trim().parse().ok()),
    ))
}

#[cfg(test)]
mod tests {
    use super::{CODES, FAMILIES, PAIRS, entry, named};

    #[test]
    fn the_list_is_in_order_and_a_pair_refines_a_code_that_is_there() {
        assert!(CODES.windows(2).all(|pair| pair[0] < pair[1]));
        for (code, _) in PAIRS {
            assert!(CODES.contains(code), "{code}");
        }
        assert!(FAMILIES.iter().all(|(codes, _)| !codes.is_empty()));
    }

    #[test]
    fn the_finest_explanation_is_found_first() {
        let of = |code, fine| entry(code, fine);
        assert_eq!(of(131_047, None).as_deref(), Some("131047"));
        assert_eq!(of(190, Some(463)).as_deref(), Some("190-463"));
        assert_eq!(of(190, Some(1)).as_deref(), Some("190"));
        assert_eq!(of(100, Some(33)).as_deref(), Some("33"));
        assert_eq!(of(100, Some(2_207_051)).as_deref(), Some("133010"));
        assert_eq!(of(100, Some(2_388_047)).as_deref(), Some("2388047"));
        assert_eq!(of(4, Some(2_446_079)).as_deref(), Some("4"));
        assert_eq!(of(210, None).as_deref(), Some("permission"));
        assert_eq!(of(138_006, None).as_deref(), Some("call"));
        assert_eq!(of(139_000, None).as_deref(), Some("139000"));
        assert_eq!(of(139_005, None).as_deref(), Some("flow"));
        assert_eq!(of(999_999, Some(1)), None);
    }

    #[test]
    fn a_sentence_names_its_error() {
        assert_eq!(
            named("The token has expired (code 190). Make a new one."),
            Some((190, None))
        );
        assert_eq!(named("… (code 190/463). …"), Some((190, Some(463))));
        for other in ["", "(code", "(code )", "(code x)", "code 190", "(code 190"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
