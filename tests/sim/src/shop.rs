//! A ready-made business: one app, one account, one number and one token, by a running count.

use crate::app::{App, Token, Waba};
use crate::number::{Level, Number};
use crate::sim::Sim;

/// A registered business with everything a client must know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// The app.
    pub app_id: String,
    /// Its secret.
    pub app_secret: String,
    /// The account.
    pub waba_id: String,
    /// The number's id.
    pub phone_number_id: String,
    /// The number's digits.
    pub digits: String,
    /// A token that sees this account.
    pub token: String,
}

impl Sim {
    /// Opens the n-th ready-made business; its app is subscribed to its account already.
    pub fn open_shop(&self, n: u32) -> Shop {
        let shop = Shop {
            app_id: format!("67{n:013}"),
            app_secret: format!("{:032x}", 0x5eed_0000_u64 + u64::from(n)),
            waba_id: format!("102290{n:09}"),
            phone_number_id: format!("106540{n:09}"),
            digits: format!("1555078{n:04}"),
            token: format!("EAASIM{n:04}{}", "Z".repeat(32)),
        };
        self.add_app(App::new(&shop.app_id, &shop.app_secret));
        self.add_waba(Waba::new(&shop.waba_id).subscribed(&shop.app_id));
        self.add_number(
            Number::new(&shop.phone_number_id, &shop.waba_id, &shop.digits)
                .verified_name(format!("Shop {n}"))
                .level(Level::Standard),
        );
        self.add_token(Token::new(&shop.token, &shop.app_id).wabas([&shop.waba_id]));
        shop
    }
}
