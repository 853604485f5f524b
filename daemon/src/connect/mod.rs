//! Connects numbers, step by step: asks Meta, keeps what came of it, and can take each step back.

mod enrol;
mod hook;
mod refused;
mod token;

use std::sync::Arc;

use common::api::connect::{Choice, Connect, NewConnect, SeenAccount};
use common::api::numbers::SecretText;
use common::api::problem::{Code, Problem};
use common::id::{ConnectId, NumberId, OrgId, PhoneNumberId, WabaId};
use common::model::number::{Number, Transport};
use common::phone::Phone;
use common::time::Clock;
use tokio::sync::watch;

use crate::fact::enrol::{Begun, Change, ConnectFact};
use crate::fact::{Fact, NumberAdded};
use crate::graph::Graph;
use crate::graph::login::app_token;
use crate::store::ask::connect::{self as asked, SealedConnect};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Outcome, Store};
use crate::vault::secret::Secret;
use crate::vault::{Vault, VaultError};

/// What it works with. Clones share everything.
#[derive(Debug, Clone)]
pub struct Connector {
    /// Where facts go.
    pub store: Store,
    /// The way to Meta.
    pub graph: Graph,
    /// Seals and opens.
    pub vault: Vault,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What Meta calls this daemon; empty where that is not configured.
    pub public_url: watch::Receiver<String>,
}

/// A kept token, opened.
struct Kept {
    org: OrgId,
    sealed: SealedConnect,
    token: Secret,
    secret: Secret,
}

impl Connector {
    /// Looks a token through and keeps it, sealed; one that will not do is not kept.
    pub async fn begin(
        &self,
        scope: &Scope,
        new: &NewConnect,
        verify_token: &SecretText,
    ) -> Result<Connect, Problem> {
        let secret = Secret::new(new.app_secret.expose());
        let token = Secret::new(new.access_token.expose());
        let own = app_token(&new.app_id, &secret);
        let inspected = self.graph.inspect(&token, &own).await.map_err(|error| {
            token::unseen(&error, &new.app_id).unwrap_or_else(|| refused::problem(&error))
        })?;
        let seen = token::judge(&inspected, &new.app_id, self.clock.now())?;
        // Held until what was sealed is stored: meanwhile no key goes.
        let sealing = self.vault.sealing().await;
        let fact = ConnectFact::Begun(Box::new(Begun {
            org: new.org_id,
            app: new.app_id.clone(),
            access_token: sealing.seal(&new.access_token).map_err(locked)?,
            app_secret: sealing.seal(&new.app_secret).map_err(locked)?,
            verify_token: sealing.seal(verify_token).map_err(locked)?,
            seen,
        }));
        let outcome = self.commit(scope, vec![Fact::Connect(fact)]).await;
        drop(sealing);
        match outcome? {
            Some(Outcome::Connect(connect)) => Ok(*connect),
            _ => Err(astray()),
        }
    }

    /// What a kept token sees: accounts and their numbers.
    pub async fn accounts(
        &self,
        scope: &Scope,
        id: ConnectId,
    ) -> Result<Vec<SeenAccount>, Problem> {
        let kept = self.kept(scope, id).await?;
        let own = app_token(&kept.sealed.app, &kept.secret);
        let refuse = |error| refused::problem(&error);
        let inspected = self
            .graph
            .inspect(&kept.token, &own)
            .await
            .map_err(|error| {
                token::unseen(&error, &kept.sealed.app).unwrap_or_else(|| refuse(error))
            })?;
        let _good = token::judge(&inspected, &kept.sealed.app, self.clock.now())?;
        let assets = match &inspected.accounts {
            Some(ids) => self.graph.named_accounts(&kept.token, ids).await,
            None => self.graph.portfolio_accounts(&kept.token).await,
        };
        let ours = self.store.ask(scope, asked::ours).await.map_err(stored)?;
        let mut accounts = Vec::new();
        for asset in assets.map_err(refuse)? {
            let asked = self.graph.numbers_of(&kept.token, &asset.waba).await;
            let (mut numbers, error) = match asked {
                Ok(numbers) => (numbers, None),
                Err(error) => (Vec::new(), Some(refused::problem(&error).detail)),
            };
            for number in &mut numbers {
                let known = ours.iter().find(|(id, _)| *id == number.phone_number_id);
                number.number_id = known.map(|(_, ours)| *ours);
            }
            accounts.push(SeenAccount {
                waba_id: asset.waba,
                name: asset.name,
                business: asset.business,
                numbers,
                error,
            });
        }
        Ok(accounts)
    }

    /// Takes a number of a kept token's accounts, or adds one to an account first. It is pending
    /// until the further steps are done.
    pub async fn choose(
        &self,
        scope: &Scope,
        id: ConnectId,
        choice: &Choice,
    ) -> Result<Number, Problem> {
        let kept = self.kept(scope, id).await?;
        let waba = WabaId::from(choice.waba_id.trim());
        if waba.as_str().is_empty() || !waba.as_str().bytes().all(|b| b.is_ascii_alphanumeric()) {
            let problem = Problem::new(Code::Invalid, "`waba_id` is one of the accounts' ids.");
            return Err(problem.field("waba_id"));
        }
        let chosen = match (&choice.phone_number_id, &choice.phone_number) {
            (Some(id), None) => id.clone(),
            (None, Some(typed)) => self.new_number(&kept, &waba, typed, choice).await?,
            _ => {
                let detail = "Name either `phone_number_id`, of a number that the account has, or \
                    `phone_number` with `verified_name`, of a new one.";
                return Err(Problem::new(Code::Invalid, detail).field("phone_number_id"));
            }
        };
        let numbers = self.graph.numbers_of(&kept.token, &waba).await;
        let numbers = numbers.map_err(|error| refused::problem(&error))?;
        let seen = numbers
            .into_iter()
            .find(|n| n.phone_number_id == chosen)
            .ok_or_else(|| {
                let detail = "The account has no such number; ask for its numbers again.";
                Problem::new(Code::NotFound, detail).field("phone_number_id")
            })?;
        let given = choice.label.as_deref().map(str::trim).unwrap_or_default();
        let name = seen.verified_name.as_deref().unwrap_or_default();
        let phone = seen.phone_number.as_ref().map(Phone::as_str);
        let label = [given, name, phone.unwrap_or_default(), chosen.as_str()]
            .into_iter()
            .find(|label| !label.is_empty())
            .unwrap_or_default();
        let label: String = label.chars().take(60).collect();
        // What is sealed is read again, and stored before any key goes.
        let _sealing = self.vault.sealing().await;
        let kept = self.kept(scope, id).await?;
        let added = Fact::NumberAdded(Box::new(NumberAdded {
            org: kept.org,
            label,
            transport: Transport::Cloud,
            phone: seen.phone_number.clone(),
            phone_number_id: chosen,
            waba_id: waba,
            app_id: kept.sealed.app.clone(),
            access_token: kept.sealed.access_token.clone(),
            app_secret: kept.sealed.app_secret.clone(),
            verify_token: kept.sealed.verify_token.clone(),
        }));
        let Some(Outcome::Number(number)) = self.commit(scope, vec![added]).await? else {
            return Err(astray());
        };
        let change = Change::Seen {
            verified: seen.verified,
            registered: seen.status.as_deref() == Some("CONNECTED"),
        };
        self.take(scope, number.id, change).await
    }

    /// Adds a number to an account. One that was added before a crash is found there again.
    async fn new_number(
        &self,
        kept: &Kept,
        waba: &WabaId,
        typed: &str,
        choice: &Choice,
    ) -> Result<PhoneNumberId, Problem> {
        let phone = Phone::parse(typed).map_err(|why| {
            let detail = format!("{why}. Write it with + and the country code.");
            Problem::new(Code::InvalidPhoneNumber, detail).field("phone_number")
        })?;
        let refuse = |error| refused::problem(&error);
        let numbers = self.graph.numbers_of(&kept.token, waba).await;
        let known = numbers.map_err(refuse)?.into_iter();
        if let Some(known) = known
            .filter(|n| n.phone_number.as_ref() == Some(&phone))
            .map(|n| n.phone_number_id)
            .next()
        {
            return Ok(known);
        }
        let name = choice.verified_name.as_deref().map(str::trim);
        let Some(name) = name.filter(|name| (1..=512).contains(&name.chars().count())) else {
            let detail = "`verified_name` is the name that customers will see; Meta reviews it.";
            return Err(Problem::new(Code::Invalid, detail).field("verified_name"));
        };
        self.graph
            .add_number(&kept.token, waba, &phone, name)
            .await
            .map_err(refuse)
    }

    /// Forgets a kept token. Numbers that were connected with it keep theirs.
    pub async fn end(&self, scope: &Scope, connect: ConnectId) -> Result<(), Problem> {
        let fact = Fact::Connect(ConnectFact::Ended { connect });
        self.commit(scope, vec![fact]).await.map(drop)
    }

    /// Gives a number to another organisation; its history stays behind.
    pub async fn hand_over(
        &self,
        scope: &Scope,
        number: NumberId,
        org: OrgId,
    ) -> Result<Number, Problem> {
        let fact = Fact::Connect(ConnectFact::Moved { number, org });
        match self.commit(scope, vec![fact]).await? {
            Some(Outcome::Number(number)) => Ok(*number),
            _ => Err(astray()),
        }
    }

    async fn kept(&self, scope: &Scope, id: ConnectId) -> Result<Kept, Problem> {
        let missing = || {
            let detail = "There is no such token for connecting, or you may not see it.";
            Problem::new(Code::NotFound, detail)
        };
        let seen = self.store.ask(scope, move |view| asked::get(view, id));
        let _may = seen.await.map_err(stored)?.ok_or_else(missing)?;
        let daemon = Scope::daemon();
        let sealed = self
            .store
            .ask(&daemon, move |view| asked::sealed(view, id))
            .await
            .map_err(stored)?
            .ok_or_else(missing)?;
        Ok(Kept {
            org: sealed.org,
            token: self
                .vault
                .open_sealed(&sealed.access_token)
                .map_err(locked)?,
            secret: self.vault.open_sealed(&sealed.app_secret).map_err(locked)?,
            sealed,
        })
    }

    /// Writes down what happened to a number on its way.
    async fn take(
        &self,
        scope: &Scope,
        number: NumberId,
        change: Change,
    ) -> Result<Number, Problem> {
        let fact = Fact::Connect(ConnectFact::Enrolled { number, change });
        match self.commit(scope, vec![fact]).await? {
            Some(Outcome::Number(number)) => Ok(*number),
            _ => Err(astray()),
        }
    }

    async fn commit(&self, scope: &Scope, facts: Vec<Fact>) -> Result<Option<Outcome>, Problem> {
        let commit = Commit {
            scope: scope.clone(),
            journal: None,
            facts,
        };
        let receipt = self.store.commit(commit).await.map_err(stored)?;
        Ok(receipt.outcomes.into_iter().next())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "errors are handed over")]
fn stored(error: StoreError) -> Problem {
    let problem = error.problem();
    if problem.code == Code::Internal {
        tracing::error!(%error, "connecting a number failed in the store");
    }
    problem
}

#[expect(clippy::needless_pass_by_value, reason = "errors are handed over")]
fn locked(error: VaultError) -> Problem {
    tracing::error!(%error, "a credential could not be sealed or opened");
    Problem::new(Code::Internal, error.to_string())
}

fn astray() -> Problem {
    Problem::new(Code::Internal, "The store answered with another thing.")
}
