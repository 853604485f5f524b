//! `recado send`: one message, and if wanted the wait for its ticks.

use std::io::Read;
use std::time::Duration;

use common::api::event::Change;
use common::api::messages::{Outgoing, Send, SendTo};
use common::id::{MessageId, Seq};
use common::model::message::{Message, SendError};
use common::model::template::form::Values;
use common::text::clean::clean_line;
use common::tick::Status;
use tokio::time::timeout;

use super::{Desk, OnceError, files, number as find, print_json, print_one};
use crate::advice;
use crate::cli::send::{SendArgs, WaitFor};

pub(super) async fn send(desk: &Desk, args: SendArgs) -> Result<u8, OnceError> {
    let number = find(desk, &args.from).await?;
    let contents = contents(desk, &args).await?;
    let several = contents.len() > 1;
    // From here on nothing is missed: the wait begins before the message does.
    let since = Seq(desk.client.status().await?.seq);
    let mut sent = Vec::with_capacity(contents.len());
    for (at, content) in contents.into_iter().enumerate() {
        let client_id = args.client_id.as_ref().map(|id| match at {
            0 => id.clone(),
            more => format!("{id}-{}", more + 1),
        });
        let wanted = SendTo {
            number_id: number.id,
            to: args.to.clone(),
            message: Send {
                content,
                reply_to: None,
                client_id,
            },
        };
        sent.push(desk.client.send_to(&wanted).await?);
    }
    let mut status = 0;
    let mut all = Vec::with_capacity(sent.len());
    for message in sent {
        let message = waited(desk, &args, message, since).await?;
        if several && args.output.json {
            status = status.max(u8::from(is_lost(&message)));
            all.push(message);
        } else {
            status = status.max(told(desk, &args, &message)?);
        }
    }
    if several && args.output.json {
        print_json(&all)?;
    }
    Ok(status)
}

async fn waited(
    desk: &Desk,
    args: &SendArgs,
    message: Message,
    since: Seq,
) -> Result<Message, OnceError> {
    let Some(far) = args.wait else {
        return Ok(message);
    };
    let waiting = wait(desk, message.id, far, since);
    match args.timeout.map(Duration::from_secs) {
        None => waiting.await,
        Some(patience) => timeout(patience, waiting).await.map_err(|_elapsed| {
            let words = desk.speech.say_with(
                "cli-still-waiting",
                &[("id", (&message.id.to_string()).into())],
            );
            OnceError::Told(words.into_owned())
        })?,
    }
}

fn is_lost(message: &Message) -> bool {
    matches!(message.status, Status::Failed | Status::Unknown)
}

fn told(desk: &Desk, args: &SendArgs, message: &Message) -> Result<u8, OnceError> {
    if args.output.json && is_lost(message) {
        print_json(message)?;
    }
    if message.status == Status::Unknown {
        return Err(OnceError::Told(
            desk.speech.say("cli-send-unknown").into_owned(),
        ));
    }
    if let (Status::Failed, Some(error)) = (message.status, &message.error) {
        return Err(OnceError::Told(why(desk, error)));
    }
    let (id, status) = (message.id.to_string(), message.status.to_string());
    let says = [("id", (&id).into()), ("status", (&status).into())];
    print_one(
        args.output,
        message,
        &desk.speech.say_with("cli-sent", &says),
    )
}

/// Why it failed and what to do: our words for it, and behind them Meta's own.
fn why(desk: &Desk, error: &SendError) -> String {
    let code = i64::to_string(&error.code);
    let known = advice::of_error(&desk.speech, error);
    let (title, todo) = match &known {
        Some(advice) => (advice.means.trim_end_matches('.'), &*advice.todo),
        None => (error.title.as_str(), error.advice.as_str()),
    };
    let says = [
        ("code", (&code).into()),
        ("title", title.into()),
        ("advice", todo.into()),
    ];
    let mut words = desk.speech.say_with("cli-send-failed", &says).into_owned();
    if let Some(details) = &error.details {
        words.push_str(" Meta: ");
        words.push_str(&clean_line(details, 300));
    }
    words
}

async fn contents(desk: &Desk, args: &SendArgs) -> Result<Vec<Outgoing>, OnceError> {
    if !args.files.files.is_empty() {
        return files::contents(desk, &args.files).await;
    }
    content(desk, args).await.map(|content| vec![content])
}

async fn content(desk: &Desk, args: &SendArgs) -> Result<Outgoing, OnceError> {
    if let Some(text) = &args.text {
        let text = if text == "-" { stdin()? } else { text.clone() };
        return Ok(Outgoing::Text {
            text,
            preview_url: None,
        });
    }
    let name = args.template.clone().unwrap_or_default();
    let language = args.template_lang.clone().unwrap_or_default();
    let mut params = params(desk, &args.params)?;
    if let Some(file) = &args.header_file {
        let media = files::hand(desk, file, None, None).await?;
        params.insert("header".to_owned(), format!("media:{}", media.id));
    }
    Ok(Outgoing::Template {
        name,
        language,
        params,
        components: Vec::new(),
    })
}

fn stdin() -> Result<String, OnceError> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let end = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(end);
    Ok(text)
}

/// `1=Ana`, `name=Ana`, `header=media:7` by their keys.
fn params(desk: &Desk, params: &[String]) -> Result<Values, OnceError> {
    let pair = |param: &String| {
        let (key, value) = param.split_once('=')?;
        Some((key.trim().to_owned(), value.to_owned()))
    };
    params
        .iter()
        .map(|param| {
            pair(param).ok_or_else(|| {
                let words = desk
                    .speech
                    .say_with("cli-bad-param", &[("param", param.into())]);
                OnceError::Told(words.into_owned())
            })
        })
        .collect()
}

/// Follows the events until the message got so far, failed, or is in doubt.
async fn wait(
    desk: &Desk,
    id: MessageId,
    far: WaitFor,
    mut since: Seq,
) -> Result<Message, OnceError> {
    loop {
        let mut stream = desk.client.events(Some(since)).await?;
        // What happened before the stream was open is in the message itself.
        let now = desk.client.message(id).await?;
        if arrived(now.status, far) {
            return Ok(now);
        }
        while let Some(Ok(event)) = stream.next().await {
            since = since.max(event.seq);
            match event.change {
                Change::MessageNew(m) | Change::MessageUpdated(m)
                    if m.id == id && arrived(m.status, far) =>
                {
                    return Ok(*m);
                }
                Change::Reset => break,
                _ => {}
            }
        }
    }
}

fn arrived(status: Status, far: WaitFor) -> bool {
    match status {
        Status::Failed | Status::Unknown | Status::Read | Status::Played => true,
        Status::Delivered => far != WaitFor::Read,
        Status::Sent => far == WaitFor::Sent,
        Status::Received | Status::Queued | Status::Sending => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::Lang;
    use crate::speech::Speech;
    use common::client::Client;

    fn desk() -> Desk {
        Desk {
            client: Client::unix("/nowhere"),
            speech: Speech::of(Lang::En),
            here: true,
        }
    }

    #[test]
    fn values_are_given_by_their_keys() {
        let given = ["2=4471".to_owned(), " button.1 =Ana=a".to_owned()];
        let made = params(&desk(), &given).unwrap();
        assert_eq!(made["2"], "4471");
        assert_eq!(made["button.1"], "Ana=a");
        assert!(params(&desk(), &["Ana".to_owned()]).is_err());
    }

    #[test]
    fn a_wait_ends_early_when_it_can_only_end_badly_and_late_ticks_count_for_early_ones() {
        assert!(arrived(Status::Failed, WaitFor::Read));
        assert!(arrived(Status::Unknown, WaitFor::Sent));
        assert!(arrived(Status::Read, WaitFor::Delivered));
        assert!(!arrived(Status::Sent, WaitFor::Delivered));
        assert!(!arrived(Status::Delivered, WaitFor::Read));
    }
}
