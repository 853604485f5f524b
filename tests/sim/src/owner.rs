//! What happens at the owner's: codes that arrive on a phone, PINs, logins in Meta's window.

use crate::app::Token;
use crate::book::Login;
use crate::phone;
use crate::sim::{Sim, Unknown};

impl Sim {
    /// The code that last arrived on a number's phone; nothing once it was used.
    pub fn code(&self, phone_number_id: &str) -> Result<Option<String>, Unknown> {
        let line = self.line(phone_number_id)?;
        Ok(line.enrolment(|e| e.code().map(|code| code.digits.clone())))
    }

    /// How it came: `SMS` or `VOICE`, and in which language.
    pub fn code_came(&self, phone_number_id: &str) -> Result<Option<(String, String)>, Unknown> {
        let line = self.line(phone_number_id)?;
        let came = |code: &crate::enrol::Code| (code.method.clone(), code.language.clone());
        Ok(line.enrolment(|e| e.code().map(came)))
    }

    /// The PIN of a number's two-step verification.
    pub fn pin(&self, phone_number_id: &str) -> Result<Option<String>, Unknown> {
        Ok(self.line(phone_number_id)?.enrolment(|e| e.pin.clone()))
    }

    /// Gives a number a PIN, as its owner can in WhatsApp Manager; `None` turns it off.
    pub fn set_pin(&self, phone_number_id: &str, pin: Option<&str>) -> Result<(), Unknown> {
        let line = self.line(phone_number_id)?;
        line.enrolment(|e| e.pin = pin.map(ToOwned::to_owned));
        Ok(())
    }

    /// Somebody uses these digits on WhatsApp already: they cannot be added until they are freed.
    pub fn use_elsewhere(&self, written: &str) -> &Self {
        let digits = phone::digits(written).unwrap_or_default();
        self.world.book.with(|book| book.in_use.push(digits));
        self
    }

    /// They delete that account.
    pub fn free(&self, written: &str) -> &Self {
        let digits = phone::digits(written).unwrap_or_default();
        self.world
            .book
            .with(|book| book.in_use.retain(|used| *used != digits));
        self
    }

    /// The id of the number with these digits, once it was added.
    pub fn number_id(&self, written: &str) -> Option<String> {
        let digits = phone::digits(written)?;
        self.world.book.with(|book| {
            let line = book.numbers.values().find(|l| *l.meta.digits == *digits)?;
            Some(line.meta.id.to_string())
        })
    }

    /// An owner went through Embedded Signup: the code is good for thirty seconds, once, for this
    /// token.
    pub fn add_login(&self, code: &str, token: Token) -> &Self {
        let until_s = self.world.clock.now_s() + 30;
        self.world.book.with(|book| {
            book.logins
                .insert(code.to_owned(), Login { token, until_s })
        });
        self
    }
}
