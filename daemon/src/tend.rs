//! Looks after what time does: asks Meta about each number once a day, and lets old things go.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use common::id::NumberId;
use common::model::number::NumberStatus;
use common::time::Clock;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::fact::Fact;
use crate::graph::Graph;
use crate::graph::error::{Fate, GraphError};
use crate::stop::stopped;
use crate::store::scope::Scope;
use crate::store::{Commit, Store};
use crate::vault::keyring::Keyring;

/// How often numbers are asked about and old things go.
const ROUND: Duration = Duration::from_hours(24);
/// When a number that Meta did not answer for is asked about again.
const AGAIN: Duration = Duration::from_mins(15);
/// The first sweep waits, so that a start is quick.
const FIRST_SWEEP: Duration = Duration::from_mins(5);

/// What it works with.
#[derive(Debug)]
pub struct Tender {
    /// Where what Meta says goes.
    pub store: Store,
    /// The way to Meta.
    pub graph: Graph,
    /// Which numbers there are.
    pub keyring: Keyring,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Tender {
    /// Works until the daemon stops. Idle between rounds.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut numbers = self.keyring.changed();
        let mut asked: HashSet<NumberId> = HashSet::new();
        let mut sweep = Instant::now() + FIRST_SWEEP;
        let mut round = Instant::now() + ROUND;
        loop {
            let retry = self.ask_new(&mut asked).await;
            let wake = if retry {
                round.min(sweep).min(Instant::now() + AGAIN)
            } else {
                round.min(sweep)
            };
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = numbers.next() => {
                    // A new number, or a new token for an old one: ask about all again, they are few.
                    asked.clear();
                }
                () = sleep_until(wake) => {}
            }
            if Instant::now() >= sweep {
                self.store_fact(Fact::Swept).await;
                sweep = Instant::now() + ROUND;
            }
            if Instant::now() >= round {
                asked.clear();
                round = Instant::now() + ROUND;
            }
        }
    }

    /// Asks about every number that was not asked about yet. True when one must be asked again soon.
    async fn ask_new(&self, asked: &mut HashSet<NumberId>) -> bool {
        let mut again = false;
        for number in self.keyring.numbers() {
            if asked.contains(&number) {
                continue;
            }
            let Some(key) = self.keyring.number(number) else {
                continue;
            };
            match self.graph.number(&key).await {
                Ok(profile) => {
                    asked.insert(number);
                    self.store_fact(Fact::NumberProfile {
                        number,
                        profile: Box::new(profile),
                    })
                    .await;
                }
                Err(error) => {
                    tracing::warn!(%number, %error, "Meta did not say how the number stands");
                    again |= self.told_why(number, &error).await;
                    if !again {
                        asked.insert(number);
                    }
                }
            }
        }
        again
    }

    /// A dead token or a wrong id is the number's error, said at once; anything else heals by itself.
    async fn told_why(&self, number: NumberId, error: &GraphError) -> bool {
        let wrong = match error.fate() {
            Fate::TokenDead => true,
            Fate::Final => matches!(error, GraphError::Refused(_)),
            _ => false,
        };
        if wrong {
            let said = error.explain();
            let error = Some(format!(
                "{} {}",
                said.title.trim_end_matches('.').to_owned() + ".",
                said.advice
            ));
            self.store_fact(Fact::NumberStood {
                number,
                status: NumberStatus::Error,
                error,
            })
            .await;
        }
        !wrong
    }

    async fn store_fact(&self, fact: Fact) {
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts: vec![fact],
        };
        if let Err(error) = self.store.commit(commit).await {
            tracing::warn!(%error, at = %self.clock.now(), "what was learnt could not be stored; it is learnt again later");
        }
    }
}
