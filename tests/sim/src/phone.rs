//! Telephone numbers as Cloud API treats them: own country code for a missing `+`, and WhatsApp ids that differ from what was dialled.

/// The digits of a number written in any of the accepted ways, or nothing if a foreign sign is in it.
pub(crate) fn digits(written: &str) -> Option<String> {
    let ok = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' ');
    if !written.chars().all(ok) {
        return None;
    }
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// The country calling code at the start of international digits.
pub(crate) fn country_code(digits: &str) -> &str {
    const TWO: [&str; 43] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95",
    ];
    if digits.starts_with('1') || digits.starts_with('7') {
        return digits.get(..1).unwrap_or(digits);
    }
    let two = digits.get(..2).unwrap_or(digits);
    if TWO.contains(&two) || two == "98" {
        two
    } else {
        digits.get(..3).unwrap_or(digits)
    }
}

/// The digits a `to` reaches: without `+` the sender's country code is put in front.
pub(crate) fn reached(to: &str, sender: &str, prepend: bool) -> Option<String> {
    let own = digits(to)?;
    if to.trim_start().starts_with('+') || !prepend {
        return Some(own);
    }
    Some(format!("{}{own}", country_code(sender)))
}

/// WhatsApp's id for a number nobody has registered with us: Mexico loses the old mobile `1`,
/// Brazil outside the first area codes the ninth digit, Argentina gains a `9`.
pub(crate) fn wa_id(digits: &str) -> String {
    if let Some(rest) = digits.strip_prefix("521").filter(|r| r.len() == 10) {
        return format!("52{rest}");
    }
    if let Some((area, rest)) = brazilian_mobile(digits).filter(|(area, _)| *area > "30") {
        return format!("55{area}{rest}");
    }
    if let Some(rest) = digits
        .strip_prefix("54")
        .filter(|r| r.len() == 10 && !r.starts_with('9'))
    {
        return format!("549{rest}");
    }
    digits.to_owned()
}

/// Under this key the different spellings of one person's number meet.
pub(crate) fn match_key(digits: &str) -> String {
    if let Some(rest) = digits.strip_prefix("521").filter(|r| r.len() == 10) {
        return format!("52{rest}");
    }
    if let Some(rest) = digits.strip_prefix("549").filter(|r| r.len() == 10) {
        return format!("54{rest}");
    }
    match brazilian_mobile(digits) {
        Some((area, rest)) => format!("55{area}{rest}"),
        None => digits.to_owned(),
    }
}

/// Area code and the eight old digits of a Brazilian mobile number dialled with its ninth digit.
fn brazilian_mobile(digits: &str) -> Option<(&str, &str)> {
    let rest = digits.strip_prefix("55").filter(|r| r.len() == 11)?;
    let (area, local) = rest.split_at_checked(2)?;
    Some((area, local.strip_prefix('9')?))
}

/// Digits as a person writes them, roughly: `+51 955 000 111`.
pub(crate) fn readable(digits: &str) -> String {
    let code = country_code(digits);
    let rest: Vec<char> = digits
        .strip_prefix(code)
        .unwrap_or(digits)
        .chars()
        .collect();
    let groups: Vec<String> = rest.chunks(3).map(|g| g.iter().collect()).collect();
    match groups.split_last() {
        Some((last, before)) if last.len() < 2 && !before.is_empty() => {
            format!("+{code} {}{last}", before.join("-"))
        }
        _ => format!("+{code} {}", groups.join("-")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_plus_the_own_country_comes_first() {
        let cases = [
            ("1 (631) 555-1234", "919876543210", "9116315551234"),
            ("+1 (631) 555-1234", "919876543210", "16315551234"),
            ("16505551234", "15550783881", "116505551234"),
        ];
        for (to, sender, reached_digits) in cases {
            assert_eq!(reached(to, sender, true).as_deref(), Some(reached_digits));
        }
        assert_eq!(
            reached("16505551234", "15550783881", false).as_deref(),
            Some("16505551234")
        );
        assert_eq!(reached("maria", "15550783881", true), None);
        assert_eq!(reached("+", "15550783881", true), None);
    }

    #[test]
    fn wa_ids_differ_where_meta_makes_them_differ() {
        let cases = [
            ("5215512345678", "525512345678"),
            ("525512345678", "525512345678"),
            ("5571987654321", "557187654321"),
            ("5511987654321", "5511987654321"),
            ("541123456789", "5491123456789"),
            ("51955000111", "51955000111"),
        ];
        for (dialled, id) in cases {
            assert_eq!(wa_id(dialled), id, "{dialled}");
            assert_eq!(match_key(dialled), match_key(id), "{dialled}");
        }
    }

    #[test]
    fn country_codes_have_one_two_or_three_digits() {
        let cases = [
            ("15550783881", "1"),
            ("51955000111", "51"),
            ("593991234567", "593"),
            ("3", "3"),
        ];
        for (digits, code) in cases {
            assert_eq!(country_code(digits), code);
        }
        assert_eq!(readable("51955000111"), "+51 955-000-111");
    }
}
