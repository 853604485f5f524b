//! How a number is proved and registered: codes, PINs, and Meta's counts of both.

use crate::error::GraphError;

/// A code is good for ten minutes.
const CODE_S: i64 = 600;
/// Wrong codes until another must be asked for.
const CODE_TRIES: u32 = 3;
/// Codes an hour.
const CODES: usize = 5;
/// Wrong PINs until the number is closed for a while.
const PIN_TRIES: u32 = 5;
/// Registrations and deregistrations in 72 hours.
const REGISTRATIONS: usize = 10;
const SPAN_S: i64 = 72 * 3_600;

/// What Meta remembers of a number's owner.
#[derive(Debug, Default)]
pub(crate) struct Enrolment {
    code: Option<Code>,
    asked: Vec<i64>,
    pub(crate) pin: Option<String>,
    wrong_pins: u32,
    registrations: Vec<i64>,
}

/// A code on its way to a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) digits: String,
    /// `SMS` or `VOICE`.
    pub(crate) method: String,
    pub(crate) language: String,
    sent_s: i64,
    wrong: u32,
}

impl Enrolment {
    /// The last code that was sent.
    pub(crate) fn code(&self) -> Option<&Code> {
        self.code.as_ref()
    }

    /// Sends a code.
    pub(crate) fn request(
        &mut self,
        now_s: i64,
        digits: String,
        method: &str,
        language: &str,
    ) -> Result<(), GraphError> {
        self.asked.retain(|at| *at > now_s - 3_600);
        if self.asked.len() >= CODES {
            let details = "You have requested too many codes. Try again in an hour.";
            return Err(GraphError::documented(136_024).details(details));
        }
        self.asked.push(now_s);
        self.code = Some(Code {
            digits,
            method: method.to_owned(),
            language: language.to_owned(),
            sent_s: now_s,
            wrong: 0,
        });
        Ok(())
    }

    /// Takes the code that the owner read.
    pub(crate) fn verify(&mut self, now_s: i64, given: &str) -> Result<(), GraphError> {
        let refuse = |details: &str| Err(GraphError::documented(136_025).details(details));
        let Some(code) = &mut self.code else {
            return refuse("No code has been requested for this number.");
        };
        if now_s >= code.sent_s + CODE_S {
            return refuse("The code has expired. Request a new one.");
        }
        if code.wrong >= CODE_TRIES {
            return refuse("Too many wrong codes. Request a new one.");
        }
        if code.digits != given {
            code.wrong += 1;
            return refuse("The code is not right.");
        }
        self.code = None;
        Ok(())
    }

    /// Registers with a PIN: the one it has, or its first.
    pub(crate) fn register(&mut self, now_s: i64, pin: &str) -> Result<(), GraphError> {
        self.count(now_s)?;
        if self.wrong_pins >= PIN_TRIES {
            let details = "Try again in 24 hours.";
            return Err(GraphError::documented(133_008).details(details));
        }
        if self.pin.as_deref().is_some_and(|known| known != pin) {
            self.wrong_pins += 1;
            return Err(GraphError::documented(133_005));
        }
        self.pin = Some(pin.to_owned());
        self.wrong_pins = 0;
        Ok(())
    }

    /// Counts a registration or the end of one.
    pub(crate) fn count(&mut self, now_s: i64) -> Result<(), GraphError> {
        self.registrations.retain(|at| *at > now_s - SPAN_S);
        if self.registrations.len() >= REGISTRATIONS {
            return Err(GraphError::documented(133_016));
        }
        self.registrations.push(now_s);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_lives_ten_minutes_and_three_tries() {
        let mut owner = Enrolment::default();
        assert_eq!(owner.verify(0, "123456").unwrap_err().code, 136_025);
        owner
            .request(0, "123456".to_owned(), "SMS", "en_US")
            .unwrap();
        assert!(owner.verify(600, "123456").is_err(), "too late");
        for _ in 0..3 {
            assert!(owner.verify(1, "000000").is_err());
        }
        assert!(owner.verify(2, "123456").is_err(), "too many tries");
        owner
            .request(3, "654321".to_owned(), "VOICE", "es_ES")
            .unwrap();
        owner.verify(4, "654321").unwrap();
        for at in 5..8 {
            owner
                .request(at, "654321".to_owned(), "SMS", "en_US")
                .unwrap();
        }
        let many = owner.request(9, "1".to_owned(), "SMS", "en_US");
        assert_eq!(many.unwrap_err().code, 136_024);
        owner
            .request(4_000, "654321".to_owned(), "SMS", "en_US")
            .unwrap();
    }

    #[test]
    fn ten_registrations_in_seventy_two_hours() {
        let mut owner = Enrolment::default();
        owner.register(0, "123456").unwrap();
        assert_eq!(owner.register(1, "000000").unwrap_err().code, 133_005);
        for at in 2..10 {
            owner.register(at, "123456").unwrap();
        }
        assert_eq!(owner.register(10, "123456").unwrap_err().code, 133_016);
        owner.register(SPAN_S + 5, "123456").unwrap();
    }

    #[test]
    fn too_many_wrong_pins_close_it() {
        let mut owner = Enrolment::default();
        owner.register(0, "123456").unwrap();
        for at in 1..6 {
            assert_eq!(owner.register(at, "9").unwrap_err().code, 133_005);
        }
        assert_eq!(owner.register(6, "123456").unwrap_err().code, 133_008);
    }
}
