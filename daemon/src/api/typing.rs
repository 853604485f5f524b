//! "typing…" at the customer's: WhatsApp shows it for 25 seconds, so it is told at most once in ten.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use common::id::{ChatId, Wamid};
use common::time::Stamp;

use crate::graph::Graph;
use crate::vault::keyring::NumberKey;

/// Within this time the customer sees it still.
const STILL: Duration = Duration::from_secs(10);
/// More chats than this nobody writes in at once.
const MANY: usize = 1_000;

/// Tells WhatsApp that somebody writes, and remembers where it was told lately.
#[derive(Debug, Clone)]
pub struct Typing {
    graph: Graph,
    told: Arc<Mutex<HashMap<ChatId, Stamp>>>,
}

impl Typing {
    /// Tells it through this client.
    pub fn new(graph: Graph) -> Self {
        Self {
            graph,
            told: Arc::default(),
        }
    }

    /// Whether it has to be told anew; if so it counts as told.
    pub(crate) fn is_due(&self, chat: ChatId, now: Stamp) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was put back must not silence it.
        let lately = |at: &Stamp| *at <= now && now.since(*at) < STILL;
        if told.get(&chat).is_some_and(lately) {
            return false;
        }
        if told.len() >= MANY {
            told.retain(|_, at| lately(at));
        }
        told.insert(chat, now);
        true
    }

    /// Tells it, in its own time: nobody waits for an ornament.
    pub(crate) fn tell(&self, key: Arc<NumberKey>, chat: ChatId, wamid: Wamid) {
        let graph = self.graph.clone();
        tokio::spawn(async move {
            if let Err(error) = graph.typing(&key, &wamid).await {
                tracing::debug!(%chat, %error, "the customer was not told that somebody writes");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_once_in_ten_seconds_and_for_each_chat_apart() {
        let graph = Graph::new("http://127.0.0.1:9", "v23.0").unwrap();
        let typing = Typing::new(graph);
        let at = |seconds: i64| Stamp::from_seconds(1_780_000_000 + seconds);
        assert!(typing.is_due(ChatId(1), at(0)));
        assert!(!typing.is_due(ChatId(1), at(9)));
        assert!(typing.is_due(ChatId(2), at(9)));
        assert!(typing.is_due(ChatId(1), at(10)));
        assert!(typing.is_due(ChatId(1), at(-60)));
    }
}
