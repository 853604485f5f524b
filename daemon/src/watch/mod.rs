//! Watches over numbers: asks Meta how each stands, now and then and as soon as it says that something changed.

mod hook;
mod news;
mod plan;

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use common::api::event::{Notice, Severity};
use common::id::NumberId;
use common::model::health::{Health, TokenHealth};
use common::model::number::{Number, NumberStatus};
use common::time::Stamp;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::api::keys::fill;
use crate::check::{Doctor, Patient};
use crate::fact::{Fact, NumberPatched};
use crate::hub::Followed;
use crate::stop::stopped;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, ask};
use crate::vault::keyring::Keyring;
use crate::watch::news::{dead, looked, news, notice};
use crate::watch::plan::Step;

/// Numbers are looked at so often: two calls an hour, of at least 200 that Meta allows.
const NUMBER: Duration = Duration::from_mins(30);
/// Accounts and tokens change less often.
const REST: Duration = Duration::from_hours(6);
/// Above this share of what Meta allows nothing is asked that can wait.
const BUSY: u8 = 80;
/// What Meta tells by itself that is worth a look at once.
const AT_ONCE: [&str; 9] = [
    "meta_phone_number_quality_update",
    "meta_phone_number_name_update",
    "meta_account_update",
    "meta_account_alerts",
    "meta_account_review_update",
    "meta_business_capability_update",
    "meta_message_template_status_update",
    "meta_message_template_quality_update",
    "meta_template_category_update",
];

/// How restless the watcher is.
#[derive(Debug, Clone, Copy)]
pub struct Rhythm {
    /// How long it waits after a start, which shall be quick.
    pub first: Duration,
    /// How often it looks at the clock.
    pub look: Duration,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            first: Duration::from_mins(1),
            look: Duration::from_mins(1),
        }
    }
}

/// What it works with.
#[derive(Debug)]
pub struct Watch {
    /// Opens numbers and asks Meta.
    pub doctor: Doctor,
    /// Told when a token was renewed.
    pub keyring: Keyring,
    /// How restless.
    pub rhythm: Rhythm,
    /// What is run on warnings and errors.
    pub hook: Option<PathBuf>,
}

/// When each thing of a number was looked at last.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    number: Option<Stamp>,
    rest: Option<Stamp>,
    renewal: Option<Stamp>,
}

impl Watch {
    /// Works until the daemon stops.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        tokio::select! {
            () = stopped(&mut stop) => {}
            () = self.watch() => {}
        }
    }

    async fn watch(&self) {
        let mut heard = self.doctor.hub.follow(&Scope::daemon());
        let mut seen: HashMap<NumberId, Seen> = HashMap::new();
        let mut wait = self.rhythm.first;
        loop {
            tokio::select! {
                followed = heard.next() => {
                    if let Followed::Line(line) = followed && line.kind == "notice" {
                        self.hear(&line.json(), &mut seen).await;
                    }
                    continue;
                }
                () = sleep(wait) => {}
            }
            wait = self.rhythm.look;
            let now = self.doctor.clock.now();
            for number in self.keyring.numbers() {
                let entry = seen.entry(number).or_default();
                if !plan::is_due(entry.number, NUMBER, now) || self.is_busy() {
                    continue;
                }
                let rest = plan::is_due(entry.rest, REST, now);
                entry.number = Some(now);
                if rest {
                    entry.rest = Some(now);
                }
                let looked = self.look(number, rest, &mut entry.renewal).await;
                if let Err(error) = looked {
                    tracing::warn!(%number, %error, "how a number stands was not kept");
                }
            }
        }
    }

    /// Meta says by its headers how much of what it allows is used up.
    fn is_busy(&self) -> bool {
        self.doctor.graph.used() >= BUSY
    }

    /// A notice: what it is about is looked at in the next round, and the hook is told.
    async fn hear(&self, json: &[u8], seen: &mut HashMap<NumberId, Seen>) {
        let Ok(notice) = serde_json::from_slice::<Notice>(json) else {
            return;
        };
        if AT_ONCE.contains(&notice.code.as_str()) {
            match notice.number_id {
                Some(number) => drop(seen.remove(&number)),
                None => seen.clear(),
            }
        }
        if let Some(hook) = &self.hook
            && notice.severity != Severity::Info
        {
            hook::run(hook, json).await;
        }
    }

    /// Asks Meta about a number, and keeps what it says.
    async fn look(
        &self,
        id: NumberId,
        rest: bool,
        tried: &mut Option<Stamp>,
    ) -> Result<(), StoreError> {
        let daemon = Scope::daemon();
        let asked = self
            .doctor
            .store
            .ask(&daemon, move |view| ask::numbers::get(view, id));
        let Some(number) = asked.await? else {
            return Ok(());
        };
        if number.status == NumberStatus::Disconnected {
            return Ok(());
        }
        let Ok(patient) = self.doctor.patient(&daemon, id).await else {
            return Ok(());
        };
        let now = self.doctor.clock.now();
        let mut facts = Vec::new();
        let mut health = number.health.clone();
        match self.doctor.graph.standing(&patient.key).await {
            Ok(standing) => {
                facts.extend(news(&number, &standing, now));
                facts.push(looked(id, &mut health, &standing, now));
            }
            Err(error) => facts.extend(dead(id, &error)),
        }
        if rest {
            self.look_at_rest(&patient, &mut health, now).await;
            let step = health
                .token
                .as_ref()
                .map_or(Step::Rest, |token| plan::step(token, *tried, now));
            let told = self.keep_token_alive(&number, &patient, step, tried);
            facts.extend(told.await);
        }
        for fact in &mut facts {
            if let Fact::Looked(looked) = fact {
                looked.health = health.clone();
            }
        }
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts,
        };
        self.doctor.store.commit(commit).await.map(drop)
    }

    async fn look_at_rest(&self, patient: &Patient, health: &mut Health, now: Stamp) {
        let graph = &self.doctor.graph;
        if let Ok(account) = graph.account(&patient.key.token, &patient.account).await {
            health.account = account.name;
            health.review = account.review;
            health.verification = account.verification;
            health.portfolio = account.portfolio;
        }
        if let Ok(told) = graph.inspect(&patient.key.token, &patient.app_token).await
            && told.is_valid
        {
            health.token = Some(TokenHealth {
                kind: told.kind,
                expires_at: told.expires_at,
                issued_at: told.issued_at,
                checked_at: Some(now),
            });
        }
    }

    /// Renews a token in time, and says so; says that it ends where it cannot be renewed.
    async fn keep_token_alive(
        &self,
        number: &Number,
        patient: &Patient,
        step: Step,
        tried: &mut Option<Stamp>,
    ) -> Vec<Fact> {
        let mut facts = Vec::new();
        let end = number
            .health
            .token
            .as_ref()
            .and_then(|token| token.expires_at);
        let warn = match step {
            Step::Rest => None,
            Step::Warn(days) => Some(days),
            Step::Renew(days) => {
                *tried = Some(self.doctor.clock.now());
                if self.renew(patient).await {
                    facts.push(notice(number, "token_renewed", Severity::Info, (
                        "The access token would have ended soon; Meta gave a new one for sixty days and it is in use.",
                        &format!("{end:?}"),
                    )));
                    None
                } else {
                    days
                }
            }
        };
        if let Some(days) = warn {
            let severity = if days == 1 {
                Severity::Error
            } else {
                Severity::Warning
            };
            let sentence = format!(
                "The access token ends within {days} days; then nothing can be sent. Make a permanent one (Business settings › System users) and give it to recado: recado number set {} --access-token-file -",
                number.id
            );
            let about = format!("{days} {end:?}");
            facts.push(notice(number, "token_ends", severity, (&sentence, &about)));
        }
        facts
    }

    /// Exchanges a token for one that lives longer, and puts it in use. False where Meta will not.
    async fn renew(&self, patient: &Patient) -> bool {
        let Doctor {
            graph,
            vault,
            store,
            ..
        } = &self.doctor;
        let renewed = graph
            .renewed(&patient.app, &patient.app_secret, &patient.key.token)
            .await;
        let granted = match renewed {
            Ok(granted) => granted,
            Err(error) => {
                tracing::warn!(number = %patient.number, %error, "a token that ends was not renewed");
                return false;
            }
        };
        // Held until what is sealed is stored: meanwhile no key goes.
        let sealing = vault.sealing().await;
        let Ok(sealed) = sealing.seal(&granted.token) else {
            return false;
        };
        let fact = Fact::NumberPatched(Box::new(NumberPatched {
            number: Some(patient.number),
            access_token: Some(sealed),
            ..NumberPatched::default()
        }));
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts: vec![fact],
        };
        let kept = store.commit(commit).await.is_ok();
        drop(sealing);
        kept && fill(store, vault, &self.keyring).await.is_ok()
    }
}
