//! Looks after what time does: asks Meta about each number once a day, and lets old things go.

use std::collections::HashMap;
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
use crate::vault::secret::Secret;

/// How often numbers are asked about and old things go.
const ROUND: Duration = Duration::from_hours(24);
/// When a number that Meta did not answer for is asked about again.
const AGAIN: Duration = Duration::from_mins(5);
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
        tokio::select! {
            () = stopped(&mut stop) => {}
            () = self.tend() => {}
        }
    }

    async fn tend(&self) {
        let mut keys = self.keyring.changed();
        let mut asked: HashMap<NumberId, Secret> = HashMap::new();
        let mut sweep = Instant::now() + FIRST_SWEEP;
        let mut round = Instant::now() + ROUND;
        loop {
            let all_answered = self.ask_new(&mut asked).await;
            let mut wake = round.min(sweep);
            if !all_answered {
                wake = wake.min(Instant::now() + AGAIN);
            }
            tokio::select! {
                () = keys.next() => {}
                () = sleep_until(wake) => {}
            }
            if Instant::now() >= sweep {
                self.store_facts(vec![Fact::Swept]).await;
                sweep = Instant::now() + ROUND;
            }
            if Instant::now() >= round {
                asked.clear();
                round = Instant::now() + ROUND;
            }
        }
    }

    /// Asks about every number that has not answered with its present token yet. True when all have.
    async fn ask_new(&self, asked: &mut HashMap<NumberId, Secret>) -> bool {
        let mut all_answered = true;
        for number in self.keyring.numbers() {
            let Some(key) = self.keyring.number(number) else {
                continue;
            };
            if asked.get(&number) == Some(&key.token) {
                continue;
            }
            match self.graph.number(&key).await {
                Ok(profile) => {
                    let _before = asked.insert(number, key.token.clone());
                    let profile = Box::new(profile);
                    let (status, error) = (NumberStatus::Connected, None);
                    self.store_facts(vec![
                        Fact::NumberProfile { number, profile },
                        Fact::NumberStood {
                            number,
                            status,
                            error,
                        },
                    ])
                    .await;
                }
                Err(error) => {
                    all_answered = false;
                    tracing::warn!(%number, %error, "Meta did not say how the number stands");
                    self.tell(number, &error).await;
                }
            }
        }
        all_answered
    }

    /// A dead token or a wrong id is the number's error, said at once; anything else heals by itself.
    async fn tell(&self, number: NumberId, error: &GraphError) {
        let wrong = match error.fate() {
            Fate::TokenDead => true,
            Fate::Final => matches!(error, GraphError::Refused(_)),
            _ => false,
        };
        if wrong {
            let (status, error) = (NumberStatus::Error, Some(error.number_error()));
            self.store_facts(vec![Fact::NumberStood {
                number,
                status,
                error,
            }])
            .await;
        }
    }

    async fn store_facts(&self, facts: Vec<Fact>) {
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts,
        };
        if let Err(error) = self.store.commit(commit).await {
            tracing::warn!(%error, at = %self.clock.now(), "what was learnt could not be stored; it is learnt again later");
        }
    }
}
