//! The connect wizard: which page, what was typed and chosen, what Meta said.

use std::fmt;

use common::api::connect::{
    CodeMethod, Connect, Connection, DIGITS, SeenAccount, SeenNumber, Step, WebhookBy,
};
use common::api::numbers::SecretText;
use common::api::problem::Problem;
use common::id::{MessageId, NumberId, OrgId};
use common::phone::Phone;
use common::tick::Status;
use common::time::Stamp;

use crate::part::field::Field;
use crate::ways::Way;

/// What is asked or told at the moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    /// App, secret, token.
    #[default]
    Token,
    /// Accounts and their numbers.
    Numbers,
    /// A number that is to be added, and its name.
    New,
    /// How the code is to come.
    Method,
    /// The six digits.
    Code,
    /// The PIN that the number has from before.
    Pin,
    /// The PIN that was just made.
    PinMade,
    /// Where the messages go.
    Webhook,
    /// One's own phone.
    Phone,
    /// The first message's ticks.
    Ticks,
    /// It works.
    Done,
}

impl Page {
    /// Which of the six steps it belongs to, from zero.
    pub const fn step(self) -> usize {
        match self {
            Self::Token => 0,
            Self::Numbers | Self::New => 1,
            Self::Method | Self::Code | Self::Pin | Self::PinMade => 2,
            Self::Webhook => 3,
            Self::Phone | Self::Ticks => 4,
            Self::Done => 5,
        }
    }
}

/// The names of the steps in the catalogue.
pub const STEPS: [&str; 6] = [
    "wizard-token",
    "wizard-account",
    "wizard-number",
    "wizard-webhook",
    "wizard-test",
    "wizard-done",
];

/// One field of a page.
#[derive(Debug)]
pub struct Input {
    /// Its words in the catalogue.
    pub word: &'static str,
    /// What was typed.
    pub field: Field,
    /// It is not shown.
    pub secret: bool,
}

impl Input {
    /// An empty one.
    pub fn new(word: &'static str, secret: bool) -> Self {
        Self {
            word,
            field: Field::single(),
            secret,
        }
    }
}

/// Something that can be chosen on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choose {
    /// This number of this account, by their places.
    Number(usize, usize),
    /// A new number in this account.
    NewIn(usize),
    /// A code by this way.
    Code(CodeMethod),
    /// The webhook, by this way.
    Webhook(WebhookBy),
    /// The ready file of this way.
    Way(Way),
}

/// The connect wizard.
#[derive(Default)]
pub struct Wizard {
    /// What is asked.
    pub page: Page,
    /// The fields of the page.
    pub inputs: Vec<Input>,
    /// Which has the keys.
    pub at: usize,
    /// Which row is chosen.
    pub cursor: usize,
    /// The organisation, where there is one.
    pub org: Option<OrgId>,
    /// The token.
    pub connect: Option<Connect>,
    /// What it sees.
    pub accounts: Vec<SeenAccount>,
    /// The account that a new number is for.
    pub account: usize,
    /// The number.
    pub number: Option<NumberId>,
    /// Its digits.
    pub phone: Option<Phone>,
    /// How far it is.
    pub connection: Option<Connection>,
    /// Since when an answer is waited for.
    pub asked_at: Option<Stamp>,
    /// What went wrong last.
    pub problem: Option<Problem>,
    /// The PIN that was just made.
    pub pin: Option<SecretText>,
    /// The first message, and how far it is.
    pub message: Option<(MessageId, Status)>,
    /// The way whose file was copied.
    pub copied: Option<Way>,
}

/// What was typed is not shown: some of it is secret.
impl fmt::Debug for Wizard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wizard")
            .field("page", &self.page)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl Wizard {
    /// Goes to a page, with its fields empty.
    pub fn turn(&mut self, page: Page) {
        self.page = page;
        self.inputs = match page {
            Page::Token => {
                let mut inputs = vec![
                    Input::new("wizard-app", false),
                    Input::new("wizard-secret", true),
                    Input::new("wizard-access", true),
                ];
                if self.org.is_none() {
                    inputs.insert(0, Input::new("wizard-business", false));
                }
                inputs
            }
            Page::New => vec![
                Input::new("wizard-phone", false),
                Input::new("wizard-name", false),
            ],
            Page::Code => vec![Input::new("wizard-code", false)],
            Page::Pin => vec![Input::new("wizard-pin", true)],
            Page::Phone => vec![Input::new("wizard-own", false)],
            _ => Vec::new(),
        };
        self.at = 0;
        self.cursor = 0;
        self.problem = None;
    }

    /// The field that has the keys.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        self.inputs.get_mut(self.at).map(|input| &mut input.field)
    }

    /// What was typed in a field.
    pub fn typed(&self, word: &str) -> String {
        let found = self.inputs.iter().find(|input| input.word == word);
        found
            .map(|input| input.field.text().trim().to_owned())
            .unwrap_or_default()
    }

    /// The digits of the code so far.
    pub fn digits(&self) -> String {
        let typed = self.typed("wizard-code");
        typed
            .chars()
            .filter(char::is_ascii_digit)
            .take(DIGITS)
            .collect()
    }

    /// A number by the places of its account and of itself.
    pub fn seen(&self, account: usize, number: usize) -> Option<(&SeenAccount, &SeenNumber)> {
        let account = self.accounts.get(account)?;
        Some((account, account.numbers.get(number)?))
    }

    /// What can be chosen on the page.
    pub fn choices(&self) -> Vec<Choose> {
        use common::api::problem::Code;
        match self.page {
            Page::Numbers => {
                let accounts = || self.accounts.iter().enumerate();
                let numbers = accounts().flat_map(|(a, account)| {
                    (0..account.numbers.len()).map(move |n| Choose::Number(a, n))
                });
                numbers
                    .chain(accounts().map(|(a, _)| Choose::NewIn(a)))
                    .collect()
            }
            Page::Method => vec![
                Choose::Code(CodeMethod::Sms),
                Choose::Code(CodeMethod::Voice),
            ],
            Page::Webhook => match self.problem.as_ref().map(|problem| problem.code) {
                Some(Code::WebhookElsewhere) => vec![
                    Choose::Webhook(WebhookBy::Account),
                    Choose::Webhook(WebhookBy::App),
                ],
                Some(Code::NoPublicUrl) => {
                    let again = Choose::Webhook(WebhookBy::Ask);
                    Way::ALL
                        .into_iter()
                        .map(Choose::Way)
                        .chain([again])
                        .collect()
                }
                Some(_) => vec![Choose::Webhook(WebhookBy::Ask)],
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The page of a step that the daemon told.
    pub fn page_of(&self, step: Step) -> Page {
        match step {
            Step::Verify => match &self.connection {
                Some(way) if way.verification.is_some() => Page::Code,
                _ => Page::Method,
            },
            Step::Register => Page::Pin,
            Step::Webhook => Page::Webhook,
            Step::Proof => Page::Phone,
            Step::Done => Page::Done,
        }
    }

    /// When the code on its way is worth nothing any more.
    pub fn code_until(&self) -> Option<Stamp> {
        let way = self.connection.as_ref()?;
        way.verification.as_ref().map(|code| code.expires_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_not_told() {
        let mut wizard = Wizard::default();
        wizard.turn(Page::Token);
        for input in &mut wizard.inputs {
            input.field.set("EAAGsecret");
        }
        assert!(!format!("{wizard:?}").contains("EAAG"));
    }

    #[test]
    fn a_code_is_its_digits() {
        let mut wizard = Wizard::default();
        wizard.turn(Page::Code);
        wizard.field_mut().unwrap().set("123-4567");
        assert_eq!(wizard.digits(), "123456");
    }
}
