//! Telephone numbers: parsed, kept as E.164, grouped for reading, masked for logs.
//!
//! The plan of country calling codes is a small table here: the metadata of a full numbering
//! library costs more memory than an idle daemon may use, and WhatsApp is the judge of whether a
//! number exists.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest number that E.164 allows, country calling code included.
const MAX_DIGITS: usize = 15;
/// The shortest international number in use.
const MIN_DIGITS: usize = 7;

/// Country calling codes of one or two digits; every other assigned one has three.
const SHORT_CODES: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45",
    "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

/// First and last of each run of assigned country calling codes of three digits.
#[rustfmt::skip]
const LONG_CODES: [(u16, u16); 32] = [
    (211, 213), (216, 216), (218, 218), (220, 258), (260, 269), (290, 291),
    (297, 299), (350, 359), (370, 383), (385, 389), (420, 421), (423, 423),
    (500, 509), (590, 599), (670, 670), (672, 683), (685, 692), (800, 800),
    (808, 808), (850, 850), (852, 853), (855, 856), (870, 870), (878, 878),
    (880, 883), (886, 886), (888, 888), (960, 968), (970, 977), (979, 979),
    (992, 996), (998, 998),
];

/// How many digits follow the country calling code, where a typing slip is common and the plan is
/// certain: code, least, most.
const NATIONAL_LENGTHS: [(&str, usize, usize); 9] = [
    ("1", 10, 10),
    ("34", 9, 9),
    ("351", 9, 9),
    ("51", 8, 9),
    ("52", 10, 11),
    ("54", 10, 11),
    ("55", 10, 11),
    ("56", 9, 9),
    ("57", 10, 10),
];

/// Argentina's area codes of three digits; 11 has two, all others four.
const ARGENTINE_AREAS: [&str; 37] = [
    "220", "221", "223", "230", "236", "237", "249", "260", "261", "263", "264", "266", "280",
    "291", "294", "297", "298", "299", "336", "341", "342", "343", "345", "348", "351", "353",
    "358", "362", "364", "370", "376", "379", "380", "381", "383", "385", "387",
];

/// Why something typed is no international telephone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was given.
    #[error("the phone number is empty: write it with + and the country code, as in +51987654321")]
    Empty,
    /// It lacks the `+` or `00` that says a country code follows.
    #[error("the phone number needs + and the country code in front, as in +51987654321")]
    NotInternational,
    /// It holds something that belongs in no telephone number.
    #[error("{0:?} does not belong in a phone number: write + and digits, as in +51987654321")]
    BadCharacter(char),
    /// No country has that calling code.
    #[error("no country has the calling code that this phone number begins with")]
    UnknownCountry,
    /// Digits are missing.
    #[error("the phone number is too short for its country: check that no digit is missing")]
    TooShort,
    /// There are too many digits.
    #[error("the phone number is too long for its country: check the digits")]
    TooLong,
}

/// An international telephone number, kept as `+` and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "+51987654321"))]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// What two spellings of one subscriber's number have in common; for finding, never for sending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatchKey(String);

/// Shows a phone number, a `wa_id` or a user id in a log without giving it away.
#[derive(Clone, Copy)]
pub struct Masked<'a>(pub &'a str);

impl Phone {
    /// Reads what a person typed or pasted: `+` or `00`, the country code, the number; spaces,
    /// hyphens, dots, slashes and brackets between digits are taken away.
    ///
    /// Fails when the international form is missing or no such number can exist.
    pub fn parse(typed: &str) -> Result<Self, PhoneError> {
        let kept: String = typed.chars().filter(|c| !is_filler(*c)).collect();
        if kept.is_empty() {
            return Err(PhoneError::Empty);
        }
        let digits = kept
            .strip_prefix(['+', '\u{ff0b}'])
            .or_else(|| kept.strip_prefix("00"))
            .ok_or_else(|| not_international(&kept))?;
        if let Some(wrong) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PhoneError::BadCharacter(wrong));
        }
        let code = country_code(digits);
        let (least, most) = code.map_or((MIN_DIGITS, MAX_DIGITS), total_length);
        match digits.len() {
            0..MIN_DIGITS => Err(PhoneError::TooShort),
            _ if code.is_none() => Err(PhoneError::UnknownCountry),
            n if n < least => Err(PhoneError::TooShort),
            n if n > most => Err(PhoneError::TooLong),
            _ => Ok(Self(format!("+{digits}"))),
        }
    }

    /// Reads the digits by which WhatsApp names a person, as they are, with or without `+`.
    ///
    /// WhatsApp is believed: only what no telephone could ever have is refused.
    pub fn from_wa_id(raw: &str) -> Result<Self, PhoneError> {
        let digits = raw.strip_prefix('+').unwrap_or(raw);
        if let Some(wrong) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PhoneError::BadCharacter(wrong));
        }
        match digits.len() {
            0 => Err(PhoneError::Empty),
            1..5 => Err(PhoneError::TooShort),
            5..=MAX_DIGITS => Ok(Self(format!("+{digits}"))),
            _ => Err(PhoneError::TooLong),
        }
    }

    /// The number as `+` and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits alone, as WhatsApp writes a `wa_id`.
    pub fn digits(&self) -> &str {
        self.0.strip_prefix('+').unwrap_or(&self.0)
    }

    /// The country calling code, where a country has it.
    pub fn calling_code(&self) -> Option<&str> {
        country_code(self.digits())
    }

    /// What finds this subscriber under any spelling; see [`match_key`].
    pub fn match_key(&self) -> MatchKey {
        match_key(self.digits())
    }

    /// The number as people of its country read it: `+55 11 98765-4321`, `+51 987 654 321`.
    pub fn grouped(&self) -> String {
        let digits = self.digits();
        let Some(code) = country_code(digits) else {
            return self.0.clone();
        };
        let national = digits.strip_prefix(code).unwrap_or_default();
        format!("+{code} {}", fill(&pattern(code, national), national))
    }

    /// The grouped number with its middle hidden: `+55 11 9****-4321`.
    pub fn masked(&self) -> String {
        let code = country_code(self.digits()).unwrap_or_default();
        let all = self.digits().len();
        let open_back = all.saturating_sub(if all >= 10 { 4 } else { 2 });
        let front = code.len() + if code == "55" { 3 } else { 1 };
        // However short it is, something is hidden.
        let open_front = front.min(open_back.saturating_sub(1));
        let mut nth = 0;
        let hide = |c: char| {
            if !c.is_ascii_digit() {
                return c;
            }
            nth += 1;
            if nth > open_front && nth <= open_back {
                '*'
            } else {
                c
            }
        };
        self.grouped().chars().map(hide).collect()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Phone {
    type Err = PhoneError;

    fn from_str(typed: &str) -> Result<Self, PhoneError> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    /// Takes back what was stored or sent as E.164, also numbers that WhatsApp vouched for.
    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text).or_else(|error| {
            if text.starts_with('+') {
                Self::from_wa_id(&text)
            } else {
                Err(error)
            }
        })
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl MatchKey {
    /// The key as digits, for the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(phone) = Phone::from_wa_id(self.0) {
            return f.write_str(&phone.masked());
        }
        let (scope, rest) = self.0.split_once('.').unwrap_or(("", self.0));
        let rest: Vec<char> = rest.chars().collect();
        let shown = if rest.len() >= 8 { 4 } else { 0 };
        let tail: String = rest.iter().skip(rest.len().saturating_sub(shown)).collect();
        let dot = if scope.is_empty() { "" } else { "." };
        write!(f, "{scope}{dot}****{tail}")
    }
}

impl fmt::Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The key in which the spellings of one subscriber meet: Brazilian mobiles with and without the
/// ninth digit, Mexican ones with and without the 1, Argentine ones with 9, with 15 or neither.
///
/// WhatsApp's own spelling stays the address to send to: the key may name nobody at all.
pub fn match_key(raw: &str) -> MatchKey {
    let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
    let key = brazilian(&digits)
        .or_else(|| mexican(&digits))
        .or_else(|| argentine(&digits));
    MatchKey(key.unwrap_or(digits))
}

/// A Brazilian mobile without its ninth digit, with it. Landlines begin 2–5 and stay.
fn brazilian(digits: &str) -> Option<String> {
    let national = digits.strip_prefix("55").filter(|rest| rest.len() == 10)?;
    let (area, subscriber) = national.split_at_checked(2)?;
    let is_mobile = subscriber.starts_with(['6', '7', '8', '9']);
    (is_mobile && !area.contains('0')).then(|| format!("55{area}9{subscriber}"))
}

/// A Mexican mobile in its old form, without the 1.
fn mexican(digits: &str) -> Option<String> {
    let national = digits.strip_prefix("521").filter(|rest| rest.len() == 10)?;
    Some(format!("52{national}"))
}

/// An Argentine mobile without the 9 before its area code and the 15 behind it.
fn argentine(digits: &str) -> Option<String> {
    let national = digits.strip_prefix("54")?;
    let plain = national.strip_prefix('9').unwrap_or(national);
    match plain.len() {
        10 => Some(format!("54{plain}")),
        12 => {
            let (area, rest) = plain.split_at_checked(argentine_area(plain))?;
            Some(format!("54{area}{}", rest.strip_prefix("15")?))
        }
        _ => None,
    }
}

fn argentine_area(national: &str) -> usize {
    if national.starts_with("11") {
        2
    } else if ARGENTINE_AREAS
        .iter()
        .any(|area| national.starts_with(area))
    {
        3
    } else {
        4
    }
}

/// Whether people put it between digits, or a copy brought it along unseen.
fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '/' | '(' | ')' | '[' | ']' | '\u{2010}'..='\u{2015}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn not_international(kept: &str) -> PhoneError {
    kept.chars()
        .find(|c| !c.is_ascii_digit())
        .map_or(PhoneError::NotInternational, PhoneError::BadCharacter)
}

/// The country calling code that the digits begin with.
fn country_code(digits: &str) -> Option<&str> {
    let short = (1..=2)
        .filter_map(|n| digits.get(..n))
        .find(|code| SHORT_CODES.contains(code));
    short.or_else(|| {
        let code = digits.get(..3)?;
        let value: u16 = code.parse().ok()?;
        LONG_CODES
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&value))
            .then_some(code)
    })
}

fn total_length(code: &str) -> (usize, usize) {
    NATIONAL_LENGTHS
        .iter()
        .find(|(known, ..)| *known == code)
        .map_or((MIN_DIGITS, MAX_DIGITS), |(_, least, most)| {
            (code.len() + least, code.len() + most)
        })
}

/// How a country writes its numbers: each `#` stands for a digit.
fn pattern(code: &str, national: &str) -> String {
    let known = match (code, national.len()) {
        ("1", 10) => "###-###-####",
        ("34" | "351" | "51" | "33", 9) => "### ### ###",
        ("51", 8) if national.starts_with('1') => "# ### ####",
        ("52", 10) if is_mexican_metropolis(national) => "## #### ####",
        ("52", 11) => "# ## #### ####",
        ("54", 11) if national.starts_with("911") => "# ## ####-####",
        ("54", 11) => "# ### ###-####",
        ("54", 10) if national.starts_with("11") => "## ####-####",
        ("54", 10) => "### ###-####",
        ("55", 11) => "## #####-####",
        ("55", 10) => "## ####-####",
        ("56", 9) => "# #### ####",
        ("52" | "57" | "58", 10) => "### ### ####",
        ("44", 10) => "#### ######",
        (_, n) => return thirds(n),
    };
    known.to_owned()
}

fn is_mexican_metropolis(national: &str) -> bool {
    ["33", "55", "56", "81"]
        .iter()
        .any(|area| national.starts_with(area))
}

/// Groups of three, the last one of two to four.
fn thirds(mut left: usize) -> String {
    let mut out = String::new();
    while left > 4 {
        out.push_str("### ");
        left -= 3;
    }
    out.extend(std::iter::repeat_n('#', left));
    out
}

fn fill(pattern: &str, digits: &str) -> String {
    let mut digits = digits.chars();
    pattern
        .chars()
        .filter_map(|c| if c == '#' { digits.next() } else { Some(c) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Masked, Phone, PhoneError, country_code, match_key};
    use proptest::prelude::*;

    fn phone(text: &str) -> Phone {
        Phone::parse(text).unwrap()
    }

    #[test]
    fn typed_forms_meet_in_one() {
        for typed in [
            "+5511987654321",
            "005511987654321",
            "+55 11 98765-4321",
            " +55 (11) 98765.4321 ",
            "\u{2068}+55 11 98765\u{2011}4321\u{2069}",
            "+55\u{a0}11\u{a0}98765\u{a0}4321",
        ] {
            assert_eq!(phone(typed).as_str(), "+5511987654321", "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        let why = |typed: &str| Phone::parse(typed).unwrap_err();
        assert_eq!(why(""), PhoneError::Empty);
        assert_eq!(why(" - "), PhoneError::Empty);
        assert_eq!(why("987654321"), PhoneError::NotInternational);
        assert_eq!(why("+51 98765x321"), PhoneError::BadCharacter('x'));
        assert_eq!(
            why("MX.13491208655302741918"),
            PhoneError::BadCharacter('M')
        );
        assert_eq!(why("+999 123 456 789"), PhoneError::UnknownCountry);
        assert_eq!(why("+0987654321"), PhoneError::UnknownCountry);
        assert_eq!(why("+51 987"), PhoneError::TooShort);
        assert_eq!(why("+34 612 345 67"), PhoneError::TooShort);
        assert_eq!(why("+34 612 345 6789"), PhoneError::TooLong);
        assert_eq!(why("+4912345678901234"), PhoneError::TooLong);
        assert_eq!(why("+"), PhoneError::TooShort);
        assert_eq!(why("++51987654321"), PhoneError::BadCharacter('+'));
    }

    #[test]
    fn whatsapp_is_believed() {
        assert_eq!(
            Phone::from_wa_id("551187654321").unwrap().as_str(),
            "+551187654321"
        );
        assert_eq!(
            Phone::from_wa_id("15550783881").unwrap().digits(),
            "15550783881"
        );
        assert_eq!(Phone::from_wa_id("").unwrap_err(), PhoneError::Empty);
        assert_eq!(Phone::from_wa_id("1234").unwrap_err(), PhoneError::TooShort);
        assert_eq!(
            Phone::from_wa_id("12 34567").unwrap_err(),
            PhoneError::BadCharacter(' ')
        );
    }

    #[test]
    fn numbers_are_grouped_as_their_country_reads_them() {
        for (raw, read) in [
            ("5511987654321", "+55 11 98765-4321"),
            ("551187654321", "+55 11 8765-4321"),
            ("51987654321", "+51 987 654 321"),
            ("5112345678", "+51 1 234 5678"),
            ("34612345678", "+34 612 345 678"),
            ("525512345678", "+52 55 1234 5678"),
            ("5219991234567", "+52 1 99 9123 4567"),
            ("5491123456789", "+54 9 11 2345-6789"),
            ("15550783881", "+1 555-078-3881"),
            ("56912345678", "+56 9 1234 5678"),
            ("573123456789", "+57 312 345 6789"),
            ("59899123456", "+598 991 234 56"),
            ("4915112345678", "+49 151 123 456 78"),
            ("99912345", "+99912345"),
        ] {
            assert_eq!(Phone::from_wa_id(raw).unwrap().grouped(), read);
        }
    }

    #[test]
    fn masks_hide_the_middle() {
        assert_eq!(phone("+5511987654321").masked(), "+55 11 9****-4321");
        assert_eq!(phone("+51987654321").masked(), "+51 9** **4 321");
        assert_eq!(phone("+34612345678").masked(), "+34 6** **5 678");
        assert_eq!(Phone::from_wa_id("12345").unwrap().masked(), "+1 2*45");
        assert_eq!(Masked("5511987654321").to_string(), "+55 11 9****-4321");
        assert_eq!(Masked("MX.13491208655302741918").to_string(), "MX.****1918");
        assert_eq!(Masked("ana").to_string(), "****");
    }

    #[test]
    fn brazilian_mobiles_meet_and_landlines_stay() {
        assert_eq!(match_key("551187654321"), match_key("5511987654321"));
        assert_eq!(match_key("+55 11 98765-4321"), match_key("551187654321"));
        assert_eq!(match_key("551132345678").as_str(), "551132345678");
        assert_ne!(match_key("551132345678"), match_key("5511932345678"));
        assert_eq!(match_key("5511932345678").as_str(), "5511932345678");
    }

    #[test]
    fn mexican_and_argentine_forms_meet() {
        assert_eq!(match_key("5215512345678"), match_key("525512345678"));
        let key = match_key("541123456789");
        assert_eq!(match_key("5491123456789"), key);
        assert_eq!(match_key("54111523456789"), key);
        assert_eq!(match_key("549111523456789"), key);
        assert_eq!(match_key("54351154567890"), match_key("5493514567890"));
        assert_eq!(match_key("54296615456789"), match_key("5492966456789"));
        assert_eq!(match_key("51987654321").as_str(), "51987654321");
    }

    #[test]
    fn calling_codes_are_found() {
        for (digits, code) in [
            ("15550783881", "1"),
            ("77012345678", "7"),
            ("2025550123", "20"),
            ("351912345678", "351"),
            ("59899123456", "598"),
            ("85212345678", "852"),
        ] {
            assert_eq!(country_code(digits), Some(code));
        }
        assert_eq!(country_code("999123"), None);
        assert_eq!(country_code(""), None);
    }

    #[test]
    fn json_is_the_number_as_text() {
        let number = phone("+51987654321");
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"+51987654321\"");
        assert_eq!(
            serde_json::from_str::<Phone>("\"+51 987 654 321\"").unwrap(),
            number
        );
        assert!(serde_json::from_str::<Phone>("\"987654321\"").is_err());
        let short = Phone::from_wa_id("341234").unwrap();
        let json = serde_json::to_string(&short).unwrap();
        assert_eq!(serde_json::from_str::<Phone>(&json).unwrap(), short);
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_is_canonical(typed in "\\PC{0,24}") {
            if let Ok(number) = Phone::parse(&typed) {
                prop_assert_eq!(&Phone::parse(number.as_str()).unwrap(), &number);
            }
            let _masked = Masked(&typed).to_string();
        }

        #[test]
        fn grouping_keeps_every_digit_and_reads_back(raw in "[1-9][0-9]{4,14}") {
            let number = Phone::from_wa_id(&raw).unwrap();
            let digits: String = number.grouped().chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(&digits, &raw);
            if let Ok(strict) = Phone::parse(number.as_str()) {
                prop_assert_eq!(Phone::parse(&strict.grouped()).unwrap(), strict);
            }
        }

        #[test]
        fn a_mask_hides_and_keeps_the_shape(raw in "[1-9][0-9]{6,14}") {
            let number = Phone::from_wa_id(&raw).unwrap();
            let masked = number.masked();
            prop_assert!(masked.contains('*'), "{}", masked);
            prop_assert_eq!(masked.chars().count(), number.grouped().chars().count());
        }

        #[test]
        fn keys_are_stable(raw in "(55|521|52|549|54|51|34)?[0-9]{6,13}") {
            let key = match_key(&raw);
            prop_assert_eq!(match_key(key.as_str()), key);
        }

        #[test]
        fn one_brazilian_is_one_key(area in "[1-9][1-9]", rest in "[6-9][0-9]{7}") {
            prop_assert_eq!(match_key(&format!("55{area}{rest}")),
                match_key(&format!("55{area}9{rest}")));
        }

        #[test]
        fn brazilian_landlines_are_left_alone(area in "[1-9][1-9]", rest in "[2-5][0-9]{7}") {
            let raw = format!("55{area}{rest}");
            let key = match_key(&raw);
            prop_assert_eq!(key.as_str(), raw.as_str());
        }
    }
}
