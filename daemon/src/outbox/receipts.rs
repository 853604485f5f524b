//! Read marks on their way to WhatsApp: after the messages, a few at a time, never in their way.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use common::id::{ChatId, NumberId};
use common::model::number::NumberStatus;
use futures_util::future::join_all;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::fact::Fact;
use crate::graph::error::Fate;
use crate::outbox::Shared;
use crate::stop::stopped;
use crate::store::ask::outbox::{self, ReceiptDue};
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// A mark that fails so often is given up: the next one in the chat marks it too.
const TRIES: u32 = 5;

/// What went wrong with a chat's marks so far, and when to try again.
#[derive(Debug, Clone, Copy)]
struct Trouble {
    tries: u32,
    again: Instant,
}

/// Sends read marks until told to stop.
pub(super) async fn run(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut changed = shared.parts.store.outbox_changed();
    let mut troubles: HashMap<ChatId, Trouble> = HashMap::new();
    loop {
        changed.mark_unchanged();
        let wake = match turn(&shared, &mut troubles).await {
            Ok(wake) => wake,
            Err(StoreError::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, "read marks could not be looked up; they wait");
                Some(Instant::now() + Duration::from_secs(5))
            }
        };
        let sleep = async {
            match wake {
                Some(wake) => tokio::time::sleep_until(wake).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stopped(&mut stop) => return,
            told = changed.changed() => if told.is_err() { return },
            () = sleep => {}
        }
    }
}

async fn turn(
    shared: &Arc<Shared>,
    troubles: &mut HashMap<ChatId, Trouble>,
) -> Result<Option<Instant>, StoreError> {
    let all = shared
        .parts
        .store
        .ask(&Scope::daemon(), outbox::receipts)
        .await?;
    troubles.retain(|chat, _| all.iter().any(|due| due.chat == *chat));
    let now = Instant::now();
    let rests = |due: &&ReceiptDue| troubles.get(&due.chat).is_none_or(|t| t.again <= now);
    let ready = in_turns(all.iter().filter(rests).cloned().collect());
    let at_once = shared.parts.limits.receipts;
    let more = ready.len() > at_once;
    let some = ready.into_iter().take(at_once);
    let results = join_all(some.map(|due| async move {
        let done = mark(shared, &due).await;
        (due, done)
    }))
    .await;
    for (due, done) in results {
        match done {
            Ok(()) => {
                let _before = troubles.remove(&due.chat);
            }
            Err(again) => {
                let tries =
                    troubles.get(&due.chat).map_or(0, |t| t.tries) + u32::from(again.counts);
                if tries >= TRIES {
                    let _before = troubles.remove(&due.chat);
                    settle(shared, &due).await;
                } else {
                    let again = Instant::now() + again.pause * 2_u32.saturating_pow(tries.min(6));
                    let _before = troubles.insert(due.chat, Trouble { tries, again });
                }
            }
        }
    }
    if more {
        return Ok(Some(Instant::now()));
    }
    Ok(troubles.values().map(|trouble| trouble.again).min())
}

/// The same marks, one of each number after the other, so that none waits behind another number's.
fn in_turns(dues: Vec<ReceiptDue>) -> Vec<ReceiptDue> {
    let mut seen: HashMap<NumberId, usize> = HashMap::new();
    let mut ranked: Vec<(usize, ReceiptDue)> = dues
        .into_iter()
        .map(|due| {
            let rank = seen.entry(due.number).or_default();
            *rank += 1;
            (*rank, due)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, due)| due).collect()
}

/// When to try a mark again.
struct Again {
    pause: Duration,
    counts: bool,
}

async fn mark(shared: &Arc<Shared>, due: &ReceiptDue) -> Result<(), Again> {
    let Some(key) = shared.parts.keyring.number(due.number) else {
        return Err(Again {
            pause: Duration::from_mins(1),
            counts: false,
        });
    };
    let Err(error) = shared.parts.graph.mark_read(&key, &due.wamid).await else {
        settle(shared, due).await;
        return Ok(());
    };
    tracing::debug!(chat = %due.chat, number = %due.number, %error, "a read mark was not taken");
    match error.fate() {
        // To mark twice does no harm.
        Fate::Doubt | Fate::Later | Fate::PacedNumber | Fate::PacedPair => {
            let pause = error
                .retry_after()
                .unwrap_or_default()
                .max(Duration::from_secs(2));
            Err(Again {
                pause,
                counts: true,
            })
        }
        Fate::Unreached => Err(Again {
            pause: Duration::from_secs(10),
            counts: false,
        }),
        Fate::TokenDead => {
            let current = shared.parts.keyring.number(due.number);
            if current.is_some_and(|current| current.token == key.token) {
                let error = Some(error.number_error());
                let (number, status) = (due.number, NumberStatus::Error);
                shared
                    .insist(Fact::NumberStood {
                        number,
                        status,
                        error,
                    })
                    .await
                    .ok();
            }
            Err(Again {
                pause: Duration::from_mins(5),
                counts: false,
            })
        }
        Fate::Final | Fate::WindowClosed | Fate::TemplatesStopped => {
            settle(shared, due).await;
            Ok(())
        }
    }
}

/// The mark is at Meta, or never will be.
async fn settle(shared: &Arc<Shared>, due: &ReceiptDue) {
    let fact = Fact::ReceiptSent {
        chat: due.chat,
        wamid: due.wamid.clone(),
    };
    shared.insist(fact).await.ok();
}

#[cfg(test)]
mod tests {
    use common::id::{PhoneNumberId, Wamid};

    use super::*;

    #[test]
    fn numbers_take_turns() {
        let due = |chat: i64, number: i64| ReceiptDue {
            chat: ChatId(chat),
            number: NumberId(number),
            phone_number_id: PhoneNumberId::from("106540352242922"),
            wamid: Wamid::from("wamid.x"),
        };
        let order = in_turns(vec![due(1, 1), due(2, 1), due(3, 1), due(4, 2), due(5, 3)]);
        let chats: Vec<i64> = order.iter().map(|due| due.chat.0).collect();
        assert_eq!(chats, [1, 4, 5, 2, 3]);
    }
}
