//! The connect wizard on the screen, page by page.

use std::time::Duration;

use common::api::connect::{
    CodeMethod, Connect, Connection, Registrations, SeenAccount, SeenNumber, Step, TokenKind,
    TokenSeen, Verification,
};
use common::api::numbers::SecretText;
use common::api::problem::{Code, Problem};
use common::id::{AppId, ConnectId, NumberId, OrgId, PhoneNumberId, WabaId};
use common::phone::Phone;

use crate::model::overlay::Overlay;
use crate::model::wizard::{Page, Wizard};
use crate::view::tests::world::World;

fn accounts() -> Vec<SeenAccount> {
    let number = |id: &str, phone: &str, name: &str, status: &str| SeenNumber {
        phone_number_id: PhoneNumberId::from(id),
        phone_number: Phone::parse(phone).ok(),
        verified_name: Some(name.to_owned()),
        status: Some(status.to_owned()),
        verified: true,
        on_phone: false,
        number_id: (status == "CONNECTED").then_some(NumberId(1)),
    };
    vec![SeenAccount {
        waba_id: WabaId::from("102290129340398"),
        name: Some("Loja Centro".to_owned()),
        business: None,
        numbers: vec![
            number("1", "+5511900001000", "Loja Centro", "CONNECTED"),
            number("2", "+5511900002000", "Entregas", "PENDING"),
        ],
        error: None,
    }]
}

fn connection(world: &World, step: Step) -> Connection {
    let asked_at = world.model.now.minus(Duration::from_secs(88));
    Connection {
        number_id: NumberId(2),
        step,
        paused: false,
        verification: (step == Step::Verify).then(|| Verification {
            method: CodeMethod::Sms,
            asked_at,
            expires_at: asked_at.plus(Duration::from_mins(10)),
            tries_left: 2,
        }),
        registrations: Registrations {
            used: 1,
            limit: 10,
            free_at: None,
        },
        pin_kept: false,
        pin: None,
        callback_url: "https://wa.example.net/webhooks/meta/670000000000001".to_owned(),
        webhook: None,
    }
}

impl World {
    fn wizard(&mut self, page: Page, step: Step) -> Box<Wizard> {
        let mut wizard = Box::new(Wizard {
            org: Some(OrgId(1)),
            connect: Some(Connect {
                id: ConnectId(1),
                org_id: OrgId(1),
                app_id: AppId::from("670000000000001"),
                token: TokenSeen {
                    kind: TokenKind::Permanent,
                    expires_at: None,
                    scopes: Vec::new(),
                    advice: None,
                },
                created_at: self.model.now,
            }),
            accounts: accounts(),
            number: Some(NumberId(2)),
            connection: Some(connection(self, step)),
            ..Wizard::default()
        });
        wizard.turn(page);
        wizard
    }

    pub(super) fn wizard_token(&mut self) {
        let mut wizard = self.wizard(Page::Token, Step::Verify);
        let typed = [
            "670000000000001",
            "0000000000000000000000005eed0001",
            "EAAG",
        ];
        for (input, words) in wizard.inputs.iter_mut().zip(typed) {
            input.field.set(words);
        }
        wizard.at = 2;
        wizard.problem = Some(Problem::new(Code::SecretWrong, "x"));
        self.over(Overlay::Wizard(wizard));
    }

    pub(super) fn wizard_numbers(&mut self) {
        let mut wizard = self.wizard(Page::Numbers, Step::Verify);
        wizard.cursor = 1;
        self.over(Overlay::Wizard(wizard));
    }

    pub(super) fn wizard_code(&mut self) {
        let mut wizard = self.wizard(Page::Code, Step::Verify);
        if let Some(field) = wizard.field_mut() {
            field.set("4711");
        }
        wizard.problem = Some(Problem::new(Code::CodeWrong, "x"));
        self.over(Overlay::Wizard(wizard));
    }

    pub(super) fn wizard_pin(&mut self) {
        let mut wizard = self.wizard(Page::PinMade, Step::Register);
        wizard.pin = Some(SecretText::new("482913"));
        self.over(Overlay::Wizard(wizard));
    }

    pub(super) fn wizard_webhook(&mut self) {
        let mut wizard = self.wizard(Page::Webhook, Step::Webhook);
        wizard.problem = Some(Problem::new(Code::NoPublicUrl, "x"));
        self.over(Overlay::Wizard(wizard));
    }
}
