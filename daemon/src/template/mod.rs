//! Keeps the templates of every account as Meta has them: asked for on connect, when Meta says that something changed, daily, and on demand.

pub(crate) mod made;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use common::api::templates::Synced;
use common::id::NumberId;
use common::time::{Clock, Stamp};
use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, sleep_until};

use crate::fact::Fact;
use crate::fact::template::{Account, TemplateFact};
use crate::graph::Graph;
use crate::graph::error::GraphError;
use crate::graph::template::{is_bad_cursor, problem};
use crate::stop::stopped;
use crate::store::ask::templates::{self as asked, Due};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Store};
use crate::vault::keyring::{Keyring, NumberKey};

/// How often an account is asked for all of its templates when nothing happens.
const ROUND: Duration = Duration::from_hours(24);
/// How often it is looked whether that time has come: the clock may jump.
const LOOK: Duration = Duration::from_hours(1);
/// The shortest time between two such questions for one account: notifications come in bursts.
const PAUSE: Duration = Duration::from_secs(5);
/// When an account that did not answer is asked again; the wait doubles up to an hour.
const AGAIN: Duration = Duration::from_mins(1);
const LONGEST: Duration = Duration::from_hours(1);
/// No account has so many templates that they fill more pages than this.
const MOST_PAGES: usize = 200;

/// The templates. Clones share the one walk through an account's pages.
#[derive(Debug, Clone)]
pub struct Templates {
    /// Where what Meta says goes.
    pub store: Store,
    /// The way to Meta.
    pub graph: Graph,
    /// Which tokens there are.
    pub keyring: Keyring,
    /// The time.
    pub clock: Arc<dyn Clock>,
    walk: Arc<Mutex<()>>,
    /// How often it is looked whether something is due, when nothing happens.
    look: Duration,
}

/// When an account may be asked again, and after how many failures.
type Waits = HashMap<Account, (Instant, u32)>;

impl Templates {
    /// Joins the parts.
    pub fn new(store: Store, graph: Graph, keyring: Keyring, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            graph,
            keyring,
            clock,
            walk: Arc::default(),
            look: LOOK,
        }
    }

    /// The same, looking so often whether something is due.
    #[must_use]
    pub const fn looking(mut self, every: Duration) -> Self {
        self.look = every;
        self
    }

    /// Works until the daemon stops. Idle while nothing is due.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        tokio::select! {
            () = stopped(&mut stop) => {}
            () = self.tend() => {}
        }
    }

    async fn tend(&self) {
        let mut keys = self.keyring.changed();
        let mut wanted = self.store.templates_wanted();
        let mut waits = Waits::new();
        loop {
            let wake = self.round(&mut waits).await;
            tokio::select! {
                () = keys.next() => waits.clear(),
                Ok(()) = wanted.changed() => {}
                () = sleep_until(wake) => {}
            }
        }
    }

    /// Asks about every account that is due; says when to look again.
    async fn round(&self, waits: &mut Waits) -> Instant {
        let yesterday = self.clock.now().minus(ROUND);
        let asked = self
            .store
            .ask(&Scope::daemon(), move |view| asked::due(view, yesterday))
            .await;
        let due = asked.unwrap_or_else(|error| {
            tracing::warn!(%error, "which templates are due is not known; asked again later");
            Vec::new()
        });
        let mut wake = Instant::now() + self.look;
        for Due { account, numbers } in due {
            let (not_before, failures) = waits
                .get(&account)
                .copied()
                .unwrap_or_else(|| (Instant::now(), 0));
            if not_before > Instant::now() {
                wake = wake.min(not_before);
                continue;
            }
            // A number whose key does not open yet is asked for when the keys change.
            if self.key(&numbers).is_none() {
                continue;
            }
            let synced = self.sync(&account, &numbers).await;
            let (wait, failures) = match &synced.error {
                None => (PAUSE, 0),
                Some(error) => {
                    tracing::warn!(waba = %account.waba, error, "the templates of an account could not be asked for");
                    let wait = AGAIN.saturating_mul(1 << failures.min(6)).min(LONGEST);
                    (wait, failures + 1)
                }
            };
            let next = Instant::now() + wait;
            wake = wake.min(next);
            waits.insert(account, (next, failures));
        }
        wake
    }

    /// Asks for all templates of an account, page by page. Each page is kept as it comes; only when
    /// the last one has come is what was not listed taken for deleted.
    pub async fn sync(&self, account: &Account, numbers: &[NumberId]) -> Synced {
        let _one_at_a_time = self.walk.lock().await;
        let mut synced = Synced {
            waba_id: account.waba.clone(),
            found: 0,
            changed: 0,
            deleted: 0,
            error: None,
        };
        let Some(key) = self.key(numbers) else {
            let error =
                "No number of this account has a token that opens; give one its token anew.";
            synced.error = Some(error.to_owned());
            return synced;
        };
        let since = self.clock.now();
        if let Err(error) = self.walk(account, &key, since, &mut synced).await {
            synced.error = Some(error);
        }
        synced
    }

    async fn walk(
        &self,
        account: &Account,
        key: &NumberKey,
        since: Stamp,
        synced: &mut Synced,
    ) -> Result<(), String> {
        let words = |error: StoreError| error.problem().detail;
        let asked = account.clone();
        let before = self
            .store
            .ask(&Scope::daemon(), move |view| asked::newest(view, &asked))
            .await
            .map_err(words)?;
        let walked = self.pages(account, key, since).await;
        let asked = account.clone();
        let (deleted, changed) = self
            .store
            .ask(&Scope::daemon(), move |view| {
                asked::changed(view, &asked, before)
            })
            .await
            .map_err(words)?;
        (synced.deleted, synced.changed) = (deleted, changed);
        synced.found = walked?;
        Ok(())
    }

    /// Every page; how many templates there were.
    async fn pages(
        &self,
        account: &Account,
        key: &NumberKey,
        since: Stamp,
    ) -> Result<usize, String> {
        let mut begun_anew = false;
        let (mut found, mut cursor) = (0, None);
        for _ in 0..MOST_PAGES {
            let page = self.graph.templates(key, &account.waba, cursor.as_deref());
            match page.await {
                Ok(page) => {
                    found += page.templates.len();
                    self.keep(TemplateFact::Seen(account.clone(), page.templates))
                        .await?;
                    cursor = page.next;
                }
                // A cursor dies when Meta reorders its list; once more from the beginning.
                Err(error) if is_bad_cursor(&error) && !begun_anew => {
                    begun_anew = true;
                    (found, cursor) = (0, None);
                    continue;
                }
                Err(error) => return Err(told(&error)),
            }
            if cursor.is_none() {
                self.keep(TemplateFact::Complete(account.clone(), since))
                    .await?;
                return Ok(found);
            }
        }
        Err("Meta's list of templates does not end; it is asked for again later.".to_owned())
    }

    async fn keep(&self, fact: TemplateFact) -> Result<(), String> {
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts: vec![Fact::Template(fact)],
        };
        match self.store.commit(commit).await {
            Ok(_stored) => Ok(()),
            Err(error) => Err(error.problem().detail),
        }
    }

    /// A key that opens the account.
    pub fn key(&self, numbers: &[NumberId]) -> Option<Arc<NumberKey>> {
        numbers
            .iter()
            .find_map(|number| self.keyring.number(*number))
    }
}

fn told(error: &GraphError) -> String {
    match error {
        GraphError::Refused(_) => problem(error).detail,
        other => format!(
            "Meta did not answer ({}); it is asked again by itself.",
            other.explain().title
        ),
    }
}
