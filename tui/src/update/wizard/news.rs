//! Answers to the connect wizard: each turns the page, or stands on it.

use common::api::connect::{Connect, Connection, Register, SetWebhook, Step, WebhookBy};
use common::api::problem::{Code, Problem};
use common::id::OrgId;
use common::model::message::Message;
use common::tick::Status;

use super::wizard;
use crate::connecting::{ConnectDeed, ConnectNews};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::wizard::{Page, Wizard};
use crate::update::Out;

/// The kept token is not needed any more.
pub(super) fn end(wizard: &mut Wizard) -> Option<ConnectDeed> {
    wizard
        .connect
        .take()
        .map(|connect| ConnectDeed::End(connect.id))
}

/// Takes an answer.
pub(crate) fn take(model: &mut Model, news: ConnectNews, out: &mut Out) {
    let now = model.now;
    model.redraw = true;
    let Some(wizard) = wizard(model) else { return };
    let news = match news {
        ConnectNews::Started(Ok((org, kept))) => {
            if let Some(deed) = started(wizard, org, kept) {
                wizard.asked_at = Some(now);
                out.push(Effect::Connect(deed));
            }
            return;
        }
        other => other,
    };
    wizard.asked_at = None;
    let mut copy = None;
    let next = match news {
        ConnectNews::Begun(Ok(connect)) => {
            let id = connect.id;
            wizard.org = Some(connect.org_id);
            wizard.connect = Some(connect);
            // What was pasted is gone from here: the daemon has it, sealed.
            wizard.turn(Page::Numbers);
            Some(ConnectDeed::Accounts(id))
        }
        ConnectNews::Accounts(Ok(accounts)) => {
            wizard.accounts = accounts;
            wizard.turn(Page::Numbers);
            None
        }
        ConnectNews::Chosen(Ok(number)) => {
            wizard.number = Some(number.id);
            wizard.phone = number.phone_number.clone().or(wizard.phone.take());
            Some(ConnectDeed::Look(number.id))
        }
        ConnectNews::Told(Ok(way)) => told(wizard, *way),
        ConnectNews::File(way, Ok(text)) => {
            wizard.copied = Some(way);
            copy = Some(text);
            wizard.problem = Some(Problem::new(Code::NoPublicUrl, String::new()));
            None
        }
        ConnectNews::Proving(Ok(message)) => {
            wizard.turn(Page::Ticks);
            wizard.message = Some((message.id, message.status));
            None
        }
        ConnectNews::Started(Ok(_)) => None,
        ConnectNews::Started(Err(problem))
        | ConnectNews::Begun(Err(problem))
        | ConnectNews::Accounts(Err(problem))
        | ConnectNews::Chosen(Err(problem))
        | ConnectNews::Told(Err(problem))
        | ConnectNews::File(_, Err(problem))
        | ConnectNews::Proving(Err(problem)) => {
            refused(wizard, problem);
            None
        }
    };
    if let Some(deed) = next {
        wizard.asked_at = Some(now);
        out.push(Effect::Connect(deed));
    }
    out.extend(copy.map(Effect::Copy));
}

/// What is there from before; what was typed or asked meanwhile stays.
fn started(wizard: &mut Wizard, org: Option<OrgId>, kept: Option<Connect>) -> Option<ConnectDeed> {
    let typed = wizard.inputs.iter().any(|input| !input.field.is_empty());
    wizard.org = wizard.org.or(org);
    if wizard.asked_at.is_some() || wizard.page != Page::Token {
        return None;
    }
    if wizard.org.is_some() {
        let before = wizard.inputs.len();
        wizard
            .inputs
            .retain(|input| input.word != "wizard-business");
        wizard.at = wizard.at.saturating_sub(before - wizard.inputs.len());
    }
    wizard.connect = kept.filter(|_| !typed);
    let kept = wizard.connect.as_ref()?;
    Some(ConnectDeed::Accounts(kept.id))
}

/// The number is so far: the page of what comes next, which may ask for something at once.
fn told(wizard: &mut Wizard, way: Connection) -> Option<ConnectDeed> {
    let (number, step) = (way.number_id, way.step);
    let pin = way.pin.clone();
    wizard.number = Some(number);
    wizard.connection = Some(way);
    let before = wizard.page;
    let page = wizard.page_of(step);
    if let Some(pin) = pin {
        wizard.turn(Page::PinMade);
        wizard.pin = Some(pin);
        return None;
    }
    wizard.turn(page);
    match step {
        // A PIN is made, and asked for only where the number has one from before.
        Step::Register if before != Page::Pin => {
            Some(ConnectDeed::Register(number, Register::default()))
        }
        Step::Webhook => {
            let by = WebhookBy::Ask;
            Some(ConnectDeed::Webhook(number, SetWebhook { by }))
        }
        Step::Done => end(wizard),
        _ => None,
    }
}

/// A refusal stands on the page; some turn it.
fn refused(wizard: &mut Wizard, problem: Problem) {
    match problem.code {
        Code::PinWrong => wizard.turn(Page::Pin),
        Code::CodeOver => wizard.turn(Page::Method),
        Code::CodeWrong => {
            wizard.turn(Page::Code);
            if let Some(code) = wizard
                .connection
                .as_mut()
                .and_then(|way| way.verification.as_mut())
            {
                code.tries_left = code.tries_left.saturating_sub(1);
            }
        }
        Code::TokenDead if wizard.page != Page::Token => {
            wizard.connect = None;
            wizard.turn(Page::Token);
        }
        _ => wizard.cursor = 0,
    }
    wizard.problem = Some(problem);
}

/// A message came further: the ticks of the first one are shown.
pub(crate) fn ticked(model: &mut Model, message: &Message, out: &mut Out) {
    let Some(wizard) = wizard(model) else { return };
    let Some((id, status)) = &mut wizard.message else {
        return;
    };
    if *id != message.id || *status == message.status {
        return;
    }
    *status = message.status;
    if matches!(
        message.status,
        Status::Delivered | Status::Read | Status::Played
    ) {
        wizard.turn(Page::Done);
        out.extend(end(wizard).map(Effect::Connect));
    }
    model.redraw = true;
}
