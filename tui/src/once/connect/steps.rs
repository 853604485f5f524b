//! The steps of a number on its way, one question at a time: code, PIN, webhook, first message.

use std::time::Duration;

use common::api::connect::{
    AskCode, CodeMethod, Connection, GiveCode, Register, SetWebhook, Step, WebhookBy,
};
use common::api::event::Change;
use common::api::messages::{Outgoing, Send, SendTo};
use common::api::problem::{Code, Problem};
use common::api::templates::SyncTemplates;
use common::id::{MessageId, NumberId, Seq};
use common::tick::Status;
use tokio::time::timeout;

use super::super::{Desk, OnceError, sentence};
use super::ask::Asker;
use super::unanswered;
use crate::advice;
use crate::speech::Lang;
use crate::ways::Way;

/// How long the first message may take to come so far.
const PATIENCE: Duration = Duration::from_mins(2);
/// The template that Meta gives every account.
const HELLO: (&str, &str) = ("hello_world", "en_US");

/// Walks a number to the end; 1 where something outside has to be done first.
pub(super) async fn walk(desk: &Desk, asker: Asker, number: NumberId) -> Result<u8, OnceError> {
    loop {
        let way = desk.client.connection(number).await?;
        let went_on = match way.step {
            Step::Verify => verify(desk, asker, &way).await?,
            Step::Register => register(desk, asker, number).await?,
            Step::Webhook => webhook(desk, asker, number).await?,
            Step::Proof => return proof(desk, asker, number).await,
            Step::Done => {
                asker.say(&format!("✓ {}", desk.speech.say("connect-done")))?;
                return Ok(0);
            }
        };
        if !went_on {
            let args = [("number", number.0.into())];
            asker.say(&desk.speech.say_with("connect-go-on", &args))?;
            return Ok(1);
        }
    }
}

fn tell(desk: &Desk, asker: Asker, problem: Problem) -> Result<(), OnceError> {
    let words = sentence(&desk.speech, &OnceError::Problem(problem));
    asker.say(&format!("✗ {words}"))
}

/// A refusal is told, and asked about again where a person sits there.
fn or_again(desk: &Desk, asker: Asker, problem: Problem) -> Result<bool, OnceError> {
    if asker.is_terminal() {
        return tell(desk, asker, problem).map(|()| true);
    }
    Err(OnceError::Problem(problem))
}

async fn verify(desk: &Desk, asker: Asker, way: &Connection) -> Result<bool, OnceError> {
    let number = way.number_id;
    let waiting = way
        .verification
        .as_ref()
        .is_some_and(|code| code.tries_left > 0);
    if !waiting {
        let ways =
            ["connect-by-sms", "connect-by-call"].map(|key| desk.speech.say(key).into_owned());
        let at = asker.choose(&desk.speech.say("connect-which"), &ways)?;
        let method = match at.ok_or_else(|| unanswered(desk))? {
            0 => CodeMethod::Sms,
            _ => CodeMethod::Voice,
        };
        let language = match desk.speech.lang() {
            Lang::Es => "es_ES",
            Lang::PtBr => "pt_BR",
            Lang::En => "en_US",
        };
        let ask = AskCode {
            method,
            language: Some(language.to_owned()),
        };
        match desk.client.ask_code(number, &ask).await {
            Ok(_) => asker.say(&desk.speech.say("connect-code-sent"))?,
            Err(problem) => return or_again(desk, asker, problem),
        }
    }
    let code = asker.line(&desk.speech.say("connect-ask-code"))?;
    let code = code.ok_or_else(|| unanswered(desk))?;
    if code.is_empty() {
        desk.client.forget_code(number).await?;
        return Ok(true);
    }
    let given = GiveCode {
        code: common::api::numbers::SecretText::new(code),
    };
    match desk.client.give_code(number, &given).await {
        Ok(_) => {
            asker.say(&format!("✓ {}", desk.speech.say("connect-proved")))?;
            Ok(true)
        }
        Err(problem) => {
            if problem.code == Code::CodeOver {
                desk.client.forget_code(number).await?;
            }
            or_again(desk, asker, problem)
        }
    }
}

async fn register(desk: &Desk, asker: Asker, number: NumberId) -> Result<bool, OnceError> {
    let mut ask = Register::default();
    loop {
        match desk.client.register(number, &ask).await {
            Ok(told) => {
                asker.say(&format!("✓ {}", desk.speech.say("connect-registered")))?;
                if let Some(pin) = told.pin {
                    let args = [("pin", pin.expose().into())];
                    asker.say(&desk.speech.say_with("connect-pin", &args))?;
                }
                return Ok(true);
            }
            Err(problem) if problem.code == Code::PinWrong => {
                tell(desk, asker, problem)?;
                let pin = asker.secret(&desk.speech.say("connect-ask-pin"))?;
                let pin = pin.filter(|pin| !pin.is_empty());
                ask.pin = Some(pin.ok_or_else(|| unanswered(desk))?);
            }
            Err(problem) if asker.is_terminal() => {
                tell(desk, asker, problem)?;
                return Ok(false);
            }
            Err(problem) => return Err(problem.into()),
        }
    }
}

async fn webhook(desk: &Desk, asker: Asker, number: NumberId) -> Result<bool, OnceError> {
    let mut ask = SetWebhook::default();
    loop {
        match desk.client.set_webhook(number, &ask).await {
            Ok(told) => {
                let args = [("url", (&told.callback_url).into())];
                let words = desk.speech.say_with("connect-hooked", &args);
                asker.say(&format!("✓ {words}"))?;
                return Ok(true);
            }
            Err(problem) if problem.code == Code::WebhookElsewhere && ask.by == WebhookBy::Ask => {
                tell(desk, asker, problem)?;
                let ways = ["connect-by-app", "connect-by-account", "connect-stop"];
                let ways = ways.map(|key| desk.speech.say(key).into_owned());
                ask.by = match asker.choose(&desk.speech.say("connect-which"), &ways)? {
                    Some(0) => WebhookBy::App,
                    Some(1) => WebhookBy::Account,
                    _ => return Ok(false),
                };
            }
            Err(problem) if problem.code == Code::NoPublicUrl => {
                tell(desk, asker, problem)?;
                for way in Way::ALL {
                    let args = [("way", way.name().into()), ("file", way.path().into())];
                    asker.say(&desk.speech.say_with("connect-way", &args))?;
                }
                return Ok(false);
            }
            Err(problem) => {
                tell(desk, asker, problem)?;
                return Ok(false);
            }
        }
    }
}

/// A message to one's own phone, its ticks as they come; or one from it.
async fn proof(desk: &Desk, asker: Asker, number: NumberId) -> Result<u8, OnceError> {
    let since = Seq(desk.client.status().await?.seq);
    let which = SyncTemplates {
        number_id: Some(number),
    };
    desk.client.sync_templates(&which).await?;
    let phone = asker.line(&desk.speech.say("connect-ask-own"))?;
    let Some(phone) = phone.filter(|phone| !phone.is_empty()) else {
        asker.say(&desk.speech.say("connect-proof-later"))?;
        return Ok(0);
    };
    let message = SendTo {
        number_id: number,
        to: phone,
        message: Send {
            content: Outgoing::Template {
                name: HELLO.0.to_owned(),
                language: HELLO.1.to_owned(),
                params: std::collections::BTreeMap::default(),
                components: Vec::new(),
            },
            reply_to: None,
            client_id: None,
        },
    };
    let sent = desk.client.send_to(&message).await?;
    match timeout(PATIENCE, ticks(desk, asker, sent.id, since)).await {
        Ok(Ok(true)) => {
            asker.say(&format!("✓ {}", desk.speech.say("connect-done")))?;
            Ok(0)
        }
        Ok(Ok(false)) => Ok(1),
        Ok(Err(error)) => Err(error),
        Err(_elapsed) => {
            asker.say(&desk.speech.say("connect-proof-slow"))?;
            Ok(1)
        }
    }
}

/// Tells each tick; true once the phone has it.
async fn ticks(desk: &Desk, asker: Asker, id: MessageId, since: Seq) -> Result<bool, OnceError> {
    let mut stream = desk.client.events(Some(since)).await?;
    let mut last = None;
    while let Some(event) = stream.next().await {
        let (Change::MessageNew(message) | Change::MessageUpdated(message)) = event?.change else {
            continue;
        };
        if message.id != id || last == Some(message.status) {
            continue;
        }
        last = Some(message.status);
        let key = match message.status {
            Status::Sent => "connect-tick-sent",
            Status::Delivered => "connect-tick-delivered",
            Status::Read | Status::Played => "connect-tick-read",
            Status::Failed => {
                let why = message.error.as_ref();
                let known = why.and_then(|error| advice::of_error(&desk.speech, error));
                let words = match (known, why) {
                    (Some(advice), _) => format!("{} {}", advice.means, advice.todo),
                    (None, Some(error)) => format!("{}. {}", error.title, error.advice),
                    (None, None) => String::new(),
                };
                asker.say(&format!("✗ {words}"))?;
                return Ok(false);
            }
            _ => continue,
        };
        asker.say(&format!("  {}", desk.speech.say(key)))?;
        if matches!(
            message.status,
            Status::Delivered | Status::Read | Status::Played
        ) {
            return Ok(true);
        }
    }
    Ok(false)
}
