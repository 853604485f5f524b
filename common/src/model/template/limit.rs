//! Meta's limits on templates and their values, in UTF-16 units.

/// A template's name.
pub const NAME: usize = 512;
/// A header's words, filled.
pub const HEADER: usize = 60;
/// A body, filled.
pub const BODY: usize = 1024;
/// The body of a limited-time offer.
pub const OFFER_BODY: usize = 600;
/// The body of a card.
pub const CARD_BODY: usize = 160;
/// The line of a limited-time offer.
pub const OFFER_TEXT: usize = 16;
/// A footer.
pub const FOOTER: usize = 60;
/// Buttons in all.
pub const BUTTONS: usize = 10;
/// Buttons of a card.
pub const CARD_BUTTONS: usize = 2;
/// Cards of a carousel: at least.
pub const CARDS_LEAST: usize = 2;
/// Cards of a carousel: at most.
pub const CARDS: usize = 10;
/// A button's words.
pub const LABEL: usize = 25;
/// Buttons that open a page.
pub const URLS: usize = 2;
/// A page's address, filled.
pub const URL: usize = 2000;
/// A telephone number on a button.
pub const PHONE: usize = 20;
/// An offer's code.
pub const CODE: usize = 20;
/// An offer's code in a limited-time offer, and a code to sign in with.
pub const SHORT_CODE: usize = 15;
/// What a quick reply sends back.
pub const PAYLOAD: usize = 256;
/// A document's name.
pub const FILENAME: usize = 240;
/// Spaces in a row inside a value.
pub const SPACES: usize = 4;
