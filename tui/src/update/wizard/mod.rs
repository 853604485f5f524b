//! Deeds in the connect wizard: a page is answered, an answer turns the page.

pub(crate) mod news;

use common::api::connect::{AskCode, Choice, CodeMethod, GiveCode, Register, SetWebhook};
use common::api::numbers::SecretText;
use common::id::AppId;
use common::phone::Phone;

use crate::action::Action;
use crate::connecting::ConnectDeed;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::Overlay;
use crate::model::wizard::{Choose, Page, Wizard};
use crate::part::field::Field;
use crate::update::Out;

/// Opens the wizard; one that is open is left.
pub(crate) fn toggle(model: &mut Model, out: &mut Out) {
    let is_wizard = |layer: &Overlay| matches!(layer, Overlay::Wizard(_));
    if let Some(at) = model.focus.overlays.iter().position(is_wizard) {
        model.focus.overlays.remove(at);
        return;
    }
    let mut wizard = Box::new(Wizard {
        org: model.numbers.at(0).map(|number| number.org_id),
        ..Wizard::default()
    });
    wizard.turn(Page::Token);
    model.focus.overlays.push(Overlay::Wizard(wizard));
    out.push(Effect::Connect(ConnectDeed::Start));
}

fn wizard(model: &mut Model) -> Option<&mut Wizard> {
    model
        .focus
        .overlays
        .iter_mut()
        .rev()
        .find_map(|layer| match layer {
            Overlay::Wizard(wizard) => Some(wizard.as_mut()),
            _ => None,
        })
}

/// Does a deed of the wizard, if it lies uppermost; true if it was one.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    if !matches!(model.focus.overlay(), Some(Overlay::Wizard(_))) {
        return false;
    }
    let now = model.now;
    let Some(wizard) = wizard(model) else {
        return false;
    };
    match action {
        Action::Accept => {
            if let Some(deed) = accept(wizard) {
                wizard.asked_at = Some(now);
                wizard.problem = None;
                out.push(Effect::Connect(deed));
            }
        }
        Action::Down | Action::Up => {
            let count = wizard.choices().len().max(wizard.inputs.len()).max(1);
            let step = if action == Action::Down { 1 } else { count - 1 };
            if wizard.inputs.is_empty() {
                wizard.cursor = (wizard.cursor + step) % count;
            } else {
                wizard.at = (wizard.at + step) % wizard.inputs.len();
            }
        }
        Action::NextPane | Action::PreviousPane if wizard.page == Page::Code => {
            // Another code, by the other way first.
            let way = wizard.connection.as_ref();
            let by_sms = way
                .and_then(|way| way.verification.as_ref())
                .is_some_and(|code| code.method == CodeMethod::Sms);
            wizard.turn(Page::Method);
            wizard.cursor = usize::from(by_sms);
        }
        Action::NextPane | Action::PreviousPane => {
            let count = wizard.inputs.len().max(1);
            let step = if action == Action::NextPane {
                1
            } else {
                count - 1
            };
            wizard.at = (wizard.at + step) % count;
        }
        Action::Back => return back(model),
        _ => return false,
    }
    model.redraw = true;
    true
}

/// One page back, and out from the first; what was done stays done.
fn back(model: &mut Model) -> bool {
    let Some(wizard) = wizard(model) else {
        return false;
    };
    let before = match wizard.page {
        Page::New => Page::Numbers,
        Page::Code => Page::Method,
        Page::Numbers => Page::Token,
        _ => {
            model.focus.overlays.pop();
            model.redraw = true;
            return true;
        }
    };
    wizard.turn(before);
    wizard.asked_at = None;
    model.redraw = true;
    true
}

/// Words were typed or pasted. The sixth digit of a code gives it at once.
pub(crate) fn edit(model: &mut Model, out: &mut Out, change: impl FnOnce(&mut Field) -> bool) {
    let now = model.now;
    let Some(wizard) = wizard(model) else { return };
    let before = wizard.digits();
    let Some(field) = wizard.field_mut() else {
        return;
    };
    if !change(field) {
        return;
    }
    if wizard.page == Page::Code && wizard.digits() != before && wizard.asked_at.is_none() {
        wizard.problem = None;
        if let Some(deed) = accept(wizard) {
            wizard.asked_at = Some(now);
            out.push(Effect::Connect(deed));
        }
    }
    model.redraw = true;
}

/// What a page asks for when it is answered.
fn accept(wizard: &mut Wizard) -> Option<ConnectDeed> {
    if wizard.asked_at.is_some() {
        return None;
    }
    if let Some(empty) = wizard
        .inputs
        .iter()
        .position(|input| input.field.is_empty())
        && wizard.page != Page::Phone
    {
        wizard.at = empty;
        return None;
    }
    let number = wizard.number;
    match wizard.page {
        Page::Token => Some(ConnectDeed::Begin {
            org: wizard.org.ok_or_else(|| wizard.typed("wizard-business")),
            app: AppId::from(wizard.typed("wizard-app")),
            secret: SecretText::new(wizard.typed("wizard-secret")),
            token: SecretText::new(wizard.typed("wizard-access")),
        }),
        Page::New => {
            let account = wizard.accounts.get(wizard.account)?;
            wizard.phone = Phone::parse(&wizard.typed("wizard-phone")).ok();
            let choice = Choice {
                waba_id: account.waba_id.as_str().to_owned(),
                phone_number: Some(wizard.typed("wizard-phone")),
                verified_name: Some(wizard.typed("wizard-name")),
                ..Choice::default()
            };
            Some(ConnectDeed::Choose(wizard.connect.as_ref()?.id, choice))
        }
        Page::Code => {
            let digits = wizard.digits();
            let code = SecretText::new(&digits);
            (digits.len() == 6).then_some(ConnectDeed::GiveCode(number?, GiveCode { code }))
        }
        Page::Pin => {
            let pin = Some(SecretText::new(wizard.typed("wizard-pin")));
            Some(ConnectDeed::Register(number?, Register { pin }))
        }
        Page::PinMade => {
            wizard.pin = None;
            Some(ConnectDeed::Look(number?))
        }
        Page::Phone => {
            let to = wizard.typed("wizard-own");
            if to.is_empty() {
                wizard.turn(Page::Done);
                return news::end(wizard);
            }
            Some(ConnectDeed::Prove(number?, to))
        }
        Page::Numbers | Page::Method | Page::Webhook => chosen(wizard),
        Page::Ticks | Page::Done => None,
    }
}

/// What the chosen row asks for.
fn chosen(wizard: &mut Wizard) -> Option<ConnectDeed> {
    let choice = wizard.choices().into_iter().nth(wizard.cursor)?;
    match choice {
        Choose::Number(a, n) => {
            let (account, number) = wizard.seen(a, n)?;
            let (phone, waba_id) = (number.phone_number.clone(), account.waba_id.to_string());
            let deed = match number.number_id {
                Some(ours) => ConnectDeed::Look(ours),
                None => ConnectDeed::Choose(
                    wizard.connect.as_ref()?.id,
                    Choice {
                        waba_id,
                        phone_number_id: Some(number.phone_number_id.clone()),
                        ..Choice::default()
                    },
                ),
            };
            wizard.number = number.number_id;
            wizard.phone = phone;
            Some(deed)
        }
        Choose::NewIn(account) => {
            wizard.account = account;
            wizard.turn(Page::New);
            None
        }
        Choose::Code(method) => {
            let language = Some(language(wizard.phone.as_ref()).to_owned());
            let ask = AskCode { method, language };
            Some(ConnectDeed::AskCode(wizard.number?, ask))
        }
        Choose::Webhook(by) => Some(ConnectDeed::Webhook(wizard.number?, SetWebhook { by })),
        Choose::Way(way) => Some(ConnectDeed::File(way)),
    }
}

/// The language that a number's owner most likely speaks.
fn language(phone: Option<&Phone>) -> &'static str {
    const SPANISH: [&str; 19] = [
        "34", "51", "52", "53", "54", "56", "57", "58", "502", "503", "504", "505", "506", "507",
        "591", "593", "595", "598", "240",
    ];
    match phone.and_then(Phone::calling_code) {
        Some("55" | "351") => "pt_BR",
        Some(code) if SPANISH.contains(&code) => "es_ES",
        _ => "en_US",
    }
}
