//! The event stream of one client: connected once, read until it ends, resumed by its last number.

use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::sse::{Frame, Parser};
use crate::api::event::{Change, Event};
use crate::api::problem::{Code, Problem};
use crate::id::Seq;

/// The daemon writes a comment every 30 seconds; a stream silent for longer than two of them is dead.
const SILENCE: Duration = Duration::from_secs(75);

/// Events as they happen. When it ends, follow again with [`EventStream::last`].
#[derive(Debug)]
pub struct EventStream {
    body: Incoming,
    parser: Parser,
    last: Option<Seq>,
    ended: bool,
}

impl EventStream {
    pub(super) fn new(body: Incoming, after: Option<Seq>) -> Self {
        Self {
            body,
            parser: Parser::default(),
            last: after,
            ended: false,
        }
    }

    /// The number of the last event that came: what to resume after.
    pub fn last(&self) -> Option<Seq> {
        self.last
    }

    /// The next event; `None` when the daemon has ended the stream, a problem when it broke.
    /// Safe to drop while it waits: nothing is lost.
    pub async fn next(&mut self) -> Option<Result<Event, Problem>> {
        loop {
            if let Some(frame) = self.parser.next() {
                return Some(Ok(self.event(&frame)));
            }
            if self.ended {
                return None;
            }
            match tokio::time::timeout(SILENCE, self.body.frame()).await {
                Ok(Some(Ok(frame))) => {
                    let fits = frame.data_ref().is_none_or(|bytes| self.parser.push(bytes));
                    if !fits {
                        return Some(self.broken("it sent an event larger than any event is"));
                    }
                }
                Ok(None) => self.ended = true,
                Ok(Some(Err(why))) => return Some(self.broken(&why.to_string())),
                Err(_elapsed) => return Some(self.broken("nothing has come for over a minute")),
            }
        }
    }

    fn broken(&mut self, why: &str) -> Result<Event, Problem> {
        self.ended = true;
        let detail = format!("The daemon's event stream broke: {why}. Follow it again.");
        Err(Problem::new(Code::Unreachable, detail))
    }

    fn event(&mut self, frame: &Frame) -> Event {
        if let Some(seq) = frame.id.as_deref().and_then(|id| id.parse().ok()) {
            self.last = Some(Seq(seq));
        }
        Event {
            seq: self.last.unwrap_or_default(),
            change: change(frame),
        }
    }
}

/// What a frame says. Kinds and shapes of a newer daemon stay whole as [`Change::Other`].
fn change(frame: &Frame) -> Change {
    fn read<T: DeserializeOwned>(frame: &Frame, make: fn(Box<T>) -> Change) -> Option<Change> {
        serde_json::from_str(&frame.data).ok().map(make)
    }
    let known = match frame.event.as_str() {
        "message.new" => read(frame, Change::MessageNew),
        "message.updated" => read(frame, Change::MessageUpdated),
        "chat.updated" => read(frame, Change::ChatUpdated),
        "number.updated" => read(frame, Change::NumberUpdated),
        "customer.updated" => read(frame, Change::CustomerUpdated),
        "template.updated" => read(frame, Change::TemplateUpdated),
        "reply.updated" => read(frame, Change::ReplyUpdated),
        "notice" => read(frame, Change::Notice),
        "media.progress" => read(frame, Change::MediaProgress),
        "number.checked" => read(frame, Change::NumberChecked),
        "media.offered" => read(frame, Change::MediaOffered),
        "config.reloaded" => read(frame, Change::ConfigReloaded),
        "reset" => Some(Change::Reset),
        _ => None,
    };
    known.unwrap_or_else(|| {
        let data: Value = serde_json::from_str(&frame.data)
            .unwrap_or_else(|_not_json| Value::String(frame.data.clone()));
        Change::Other(json!({ "event": frame.event, "data": data }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(event: &str, data: &str) -> Frame {
        Frame {
            event: event.to_owned(),
            id: None,
            data: data.to_owned(),
        }
    }

    #[test]
    fn a_known_kind_is_typed_and_an_unknown_one_is_kept() {
        let data = r#"{"applied":["log.level"],"restart":[],"revision":4}"#;
        assert!(matches!(
            change(&frame("config.reloaded", data)),
            Change::ConfigReloaded(r) if r.revision == 4
        ));
        assert_eq!(change(&frame("reset", "{}")), Change::Reset);
        assert_eq!(
            change(&frame("call.started", r#"{"id":1}"#)),
            Change::Other(json!({"event": "call.started", "data": {"id": 1}}))
        );
        assert!(matches!(
            change(&frame("message.new", "not json")),
            Change::Other(_)
        ));
    }
}
