//! What the pages of the connect wizard say: of the token, the code, the PIN, the webhook, the ticks.

use std::time::Duration;

use common::api::connect::{CodeMethod, TokenKind, WebhookBy};
use common::api::problem::Code;
use common::tick::Status;
use config::theme::Slot;

use super::Sheet;
use crate::model::wizard::{Choose, Wizard};
use crate::speech::Arg;
use crate::told;
use crate::view::canvas::Desk;

pub(super) fn problem(sheet: &mut Sheet<'_, '_, '_>, wizard: &Wizard) {
    let Some(problem) = &wizard.problem else {
        return;
    };
    let ours = told::named(sheet.desk.speech, problem);
    let more = matches!(
        problem.code,
        Code::WebhookElsewhere
            | Code::MetaRefused
            | Code::MetaUnreachable
            | Code::Conflict
            | Code::TokenTooWeak
            | Code::TooManyRegistrations
    );
    let words = match (ours, more) {
        (Some(ours), true) => format!("{ours} {}", problem.detail),
        (Some(ours), false) => ours,
        (None, _) => problem.detail.clone(),
    };
    sheet.tell(&words, Slot::Warning);
    sheet.gap();
}

pub(super) fn token_line(sheet: &mut Sheet<'_, '_, '_>, wizard: &Wizard) {
    let Some(connect) = &wizard.connect else {
        return;
    };
    let (key, slot) = match connect.token.kind {
        TokenKind::Permanent => ("connect-token-permanent", Slot::Good),
        TokenKind::SixtyDays => ("connect-token-sixty", Slot::Good),
        TokenKind::Temporary => ("connect-token-temporary", Slot::Warning),
        TokenKind::Personal => ("connect-token-personal", Slot::Warning),
    };
    sheet.say(key, slot);
    sheet.gap();
}

pub(super) fn code_lines(sheet: &mut Sheet<'_, '_, '_>, wizard: &Wizard) {
    let code = wizard
        .connection
        .as_ref()
        .and_then(|way| way.verification.as_ref());
    let key = match code.map(|code| code.method) {
        Some(CodeMethod::Voice) => "wizard-code-called",
        _ => "wizard-code-sent",
    };
    sheet.say(key, Slot::Text);
    let now = sheet.desk.model.now;
    let left = wizard.code_until().map_or(Duration::ZERO, |end| {
        if end > now {
            end.since(now)
        } else {
            Duration::ZERO
        }
    });
    if left.is_zero() {
        return sheet.say("wizard-code-over", Slot::Warning);
    }
    let clock = format!("{}:{:02}", left.as_secs() / 60, left.as_secs() % 60);
    let tries = i64::from(code.map_or(0, |code| code.tries_left));
    let args = [("left", Arg::from(&clock)), ("n", tries.into())];
    let words = sheet
        .desk
        .speech
        .say_with("wizard-code-left", &args)
        .into_owned();
    sheet.tell(&words, Slot::Dim);
}

pub(super) fn pin_lines(sheet: &mut Sheet<'_, '_, '_>, wizard: &Wizard) {
    let pin = wizard
        .pin
        .as_ref()
        .map(|pin| pin.expose().to_owned())
        .unwrap_or_default();
    let words = sheet
        .desk
        .speech
        .say_with("connect-pin", &[("pin", Arg::from(&pin))]);
    let words = words.into_owned();
    sheet.say("connect-registered", Slot::Good);
    sheet.gap();
    sheet.tell(&words, Slot::Text);
}

pub(super) fn webhook_lines(sheet: &mut Sheet<'_, '_, '_>, wizard: &Wizard) {
    sheet.say("wizard-webhook-what", Slot::Text);
    if let Some(way) = &wizard.connection {
        sheet.gap();
        sheet.tell(&way.callback_url.clone(), Slot::Accent);
    }
    if let Some(way) = wizard.copied {
        let args = [
            ("way", Arg::from(way.name())),
            ("file", Arg::from(way.path())),
        ];
        let words = sheet
            .desk
            .speech
            .say_with("wizard-copied", &args)
            .into_owned();
        sheet.gap();
        sheet.tell(&words, Slot::Good);
    }
}

pub(super) fn ticks(sheet: &mut Sheet<'_, '_, '_>, wizard: &Wizard) {
    let status = wizard.message.map(|(_, status)| status);
    let (key, slot) = match status {
        Some(Status::Sent) => ("connect-tick-sent", Slot::Text),
        Some(Status::Delivered) => ("connect-tick-delivered", Slot::Good),
        Some(Status::Read | Status::Played) => ("connect-tick-read", Slot::Good),
        Some(Status::Failed) => ("wizard-tick-failed", Slot::Failed),
        _ => ("wizard-tick-queued", Slot::Dim),
    };
    sheet.say("wizard-ticks", Slot::Text);
    sheet.gap();
    sheet.say(key, slot);
}

pub(super) fn choice_words(desk: &Desk<'_>, wizard: &Wizard, choice: &Choose) -> String {
    match choice {
        Choose::Number(a, n) => {
            let Some((account, number)) = wizard.seen(*a, *n) else {
                return String::new();
            };
            let phone = number
                .phone_number
                .as_ref()
                .map(common::phone::Phone::grouped);
            let here = number
                .number_id
                .map(|_| desk.speech.say("wizard-here").into_owned());
            let parts = [
                phone,
                number.verified_name.clone(),
                account.name.clone().map(|name| format!("({name})")),
                number.status.clone(),
                here,
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
        }
        Choose::NewIn(account) => {
            let account = wizard.accounts.get(*account);
            let name = account.and_then(|a| a.name.clone()).unwrap_or_default();
            desk.speech
                .say_with("wizard-new-in", &[("name", Arg::from(&name))])
                .into_owned()
        }
        Choose::Code(CodeMethod::Sms) => desk.speech.say("connect-by-sms").into_owned(),
        Choose::Code(CodeMethod::Voice) => desk.speech.say("connect-by-call").into_owned(),
        Choose::Webhook(WebhookBy::Ask) => desk.speech.say("wizard-again").into_owned(),
        Choose::Webhook(WebhookBy::App) => desk.speech.say("connect-by-app").into_owned(),
        Choose::Webhook(WebhookBy::Account) => desk.speech.say("connect-by-account").into_owned(),
        Choose::Way(way) => {
            let args = [("way", Arg::from(way.name()))];
            desk.speech.say_with("wizard-way", &args).into_owned()
        }
    }
}
