//! A number proved by a code and registered with a PIN, within Meta's counts.

use common::api::connect::{AskCode, Connection, GiveCode, Register, Step, is_six_digits};
use common::api::numbers::SecretText;
use common::api::problem::{Code, Problem};
use common::id::NumberId;

use super::{Connector, locked, refused, stored};
use crate::connect::hook::callback_url;
use crate::fact::enrol::Change;
use crate::graph::error::GraphError;
use crate::store::ask;
use crate::store::ask::connect::{self as asked, Enrolled};
use crate::store::ask::numbers::Credential;
use crate::store::scope::Scope;
use crate::vault::keyring::NumberKey;
use crate::vault::secret::Secret;

/// Meta's word for a code that is not right, or not any more.
const WRONG_CODE: i64 = 136_025;

/// A number on its way, with what it takes to speak for it.
pub(super) struct OnWay {
    pub(super) sealed: Credential,
    pub(super) key: NumberKey,
    pub(super) secret: Secret,
    pub(super) verify_token: Secret,
    pub(super) known: Enrolled,
    pub(super) paused: bool,
}

impl Connector {
    /// How far a number is. Meta is asked how it stands, where it does not stand well yet.
    pub async fn connection(&self, scope: &Scope, number: NumberId) -> Result<Connection, Problem> {
        let way = self.on_way(scope, number).await?;
        if way.known.enrolment.step(true) <= Step::Register {
            let way = self.look(scope, way).await?;
            return Ok(self.told(&way, None));
        }
        let webhook = self.webhook_seen(&way).await;
        if webhook
            .as_ref()
            .is_ok_and(|seen| seen.ours && seen.subscribed)
            && way.known.enrolment.hooked_at().is_none()
        {
            // Somebody did it in Meta's dashboard, or before a crash.
            self.take(scope, number, Change::Hooked).await?;
        }
        let way = self.on_way(scope, number).await?;
        let mut told = self.told(&way, None);
        told.webhook = webhook.ok();
        Ok(told)
    }

    /// Has a code sent. One that is on its way is replaced.
    pub async fn ask_code(
        &self,
        scope: &Scope,
        number: NumberId,
        ask: &AskCode,
    ) -> Result<Connection, Problem> {
        let way = self.look(scope, self.on_way(scope, number).await?).await?;
        if way.known.enrolment.step(true) > Step::Verify {
            let detail = "Its owner has proved this number already; register it.";
            return Err(Problem::new(Code::Conflict, detail));
        }
        let language = ask.language.as_deref().unwrap_or("en_US");
        let good = |b: u8| b.is_ascii_alphabetic() || b == b'_';
        if !(2..=6).contains(&language.len()) || !language.bytes().all(good) {
            let detail = "`language` is like es_ES, pt_BR or en_US.";
            return Err(Problem::new(Code::Invalid, detail).field("language"));
        }
        self.graph
            .request_code(&way.key, ask.method, language)
            .await
            .map_err(|error| refused::problem(&error))?;
        self.took(scope, number, Change::CodeAsked(ask.method))
            .await
    }

    /// Does not wait for a code any more.
    pub async fn forget_code(
        &self,
        scope: &Scope,
        number: NumberId,
    ) -> Result<Connection, Problem> {
        let _may = self.on_way(scope, number).await?;
        self.took(scope, number, Change::CodeForgotten).await
    }

    /// Gives the code to Meta. After three wrong ones, or ten minutes, another must be asked for.
    pub async fn give_code(
        &self,
        scope: &Scope,
        number: NumberId,
        given: &GiveCode,
    ) -> Result<Connection, Problem> {
        let way = self.on_way(scope, number).await?;
        let bare = |c: &char| !c.is_whitespace() && *c != '-';
        let code: String = given.code.expose().chars().filter(bare).collect();
        if !is_six_digits(&code) {
            let detail = "A code has six digits, as the SMS or the call said them.";
            return Err(Problem::new(Code::Invalid, detail).field("code"));
        }
        if !way.known.enrolment.takes_code(self.clock.now()) {
            let detail = "This code is over: it is older than ten minutes, three were wrong, or \
                none was asked for. Ask for another, by SMS or by a call.";
            return Err(Problem::new(Code::CodeOver, detail));
        }
        match self.graph.verify_code(&way.key, &code).await {
            Ok(()) => self.took(scope, number, Change::Verified).await,
            Err(error) => {
                let refused =
                    matches!(&error, GraphError::Refused(r) if r.code == Some(WRONG_CODE));
                if refused {
                    self.take(scope, number, Change::CodeWrong).await?;
                }
                Err(refused::problem(&error))
            }
        }
    }

    /// Registers the number: with the PIN that is given, else the one that is kept, else a new one,
    /// which the answer tells once.
    pub async fn register(
        &self,
        scope: &Scope,
        number: NumberId,
        (ask, fresh): (&Register, &SecretText),
    ) -> Result<Connection, Problem> {
        let way = self.look(scope, self.on_way(scope, number).await?).await?;
        let kept = match &way.known.pin {
            Some(sealed) => Some(self.vault.open_sealed(sealed).map_err(locked)?),
            None => None,
        };
        let (pin, made) = match (&ask.pin, kept) {
            (Some(given), _) if is_six_digits(given.expose()) => (given.clone(), false),
            (Some(_), _) => {
                let problem = Problem::new(Code::Invalid, "A PIN has six digits.");
                return Err(problem.field("pin"));
            }
            (None, Some(kept)) => (SecretText::new(kept.expose()), false),
            (None, None) => (fresh.clone(), true),
        };
        if way.known.enrolment.step(true) > Step::Register {
            return Ok(self.told(&way, None));
        }
        self.count(scope, &way).await?;
        let secret = Secret::new(pin.expose());
        self.graph
            .register(&way.key, &secret)
            .await
            .map_err(|error| refused::problem(&error))?;
        // Held until it is stored: meanwhile no key goes.
        let sealing = self.vault.sealing().await;
        let sealed = sealing.seal(&pin).map_err(locked)?;
        let told = self.took(scope, number, Change::Registered(sealed)).await;
        drop(sealing);
        let told = told?;
        Ok(Connection {
            pin: made.then_some(pin),
            ..told
        })
    }

    /// Ends the number's registration at Meta.
    pub async fn deregister(&self, scope: &Scope, number: NumberId) -> Result<Connection, Problem> {
        let way = self.look(scope, self.on_way(scope, number).await?).await?;
        if way.known.enrolment.step(true) <= Step::Register {
            return Ok(self.told(&way, None));
        }
        self.count(scope, &way).await?;
        self.graph
            .deregister(&way.key)
            .await
            .map_err(|error| refused::problem(&error))?;
        self.took(scope, number, Change::Deregistered).await
    }

    /// Counts a registration before it is tried, and refuses one that Meta would refuse.
    async fn count(&self, scope: &Scope, way: &OnWay) -> Result<(), Problem> {
        let now = self.clock.now();
        let counted = way.known.enrolment.registrations(now);
        if let Some(free) = counted.free_at {
            let detail = format!(
                "This number was registered or deregistered {} times in 72 hours, and Meta allows \
                 no more. Once more is possible at {free}.",
                counted.used
            );
            let problem = Problem::new(Code::TooManyRegistrations, detail);
            return Err(problem.retry_after(free.since(now).as_secs().max(1)));
        }
        self.take(scope, way.key.number, Change::Counted)
            .await
            .map(drop)
    }

    /// Asks Meta whether the number is proved and registered, and writes it down.
    pub(super) async fn look(&self, scope: &Scope, way: OnWay) -> Result<OnWay, Problem> {
        let id = &way.key.phone_number_id;
        let seen = self.graph.number_seen(&way.key.token, id).await;
        let seen = seen.map_err(|error| refused::problem(&error))?;
        let Some(seen) = seen else { return Ok(way) };
        let change = Change::Seen {
            verified: seen.verified,
            registered: seen.status.as_deref() == Some("CONNECTED"),
        };
        let mut after = way.known.enrolment.clone();
        after.take(&change, self.clock.now());
        if after == way.known.enrolment {
            return Ok(way);
        }
        self.take(scope, way.key.number, change).await?;
        self.on_way(scope, way.key.number).await
    }

    pub(super) async fn on_way(&self, scope: &Scope, number: NumberId) -> Result<OnWay, Problem> {
        let missing = || {
            let detail = "There is no such number, or you may not see it.";
            Problem::new(Code::NotFound, detail)
        };
        let seen = self
            .store
            .ask(scope, move |view| ask::numbers::get(view, number));
        let _may = seen.await.map_err(stored)?.ok_or_else(missing)?;
        let (sealed, known) = self
            .store
            .ask(&Scope::daemon(), move |view| {
                let sealed = asked::credential(view, number)?;
                Ok((sealed, asked::enrolled(view, number)?))
            })
            .await
            .map_err(stored)?;
        let sealed = sealed.ok_or_else(missing)?;
        let open = |sealed| self.vault.open_sealed(sealed).map_err(locked);
        let newest = sealed.app_secrets.first().ok_or_else(missing)?;
        Ok(OnWay {
            key: NumberKey {
                number,
                phone_number_id: sealed.phone_number_id.clone(),
                token: open(&sealed.access_token)?,
            },
            secret: open(newest)?,
            verify_token: open(&sealed.verify_token)?,
            paused: sealed.status == common::model::number::NumberStatus::Disconnected,
            sealed,
            known,
        })
    }

    /// Writes down what happened and tells how far the number is now.
    pub(super) async fn took(
        &self,
        scope: &Scope,
        number: NumberId,
        change: Change,
    ) -> Result<Connection, Problem> {
        self.take(scope, number, change).await?;
        let way = self.on_way(scope, number).await?;
        Ok(self.told(&way, None))
    }

    pub(super) fn told(&self, way: &OnWay, pin: Option<SecretText>) -> Connection {
        let Enrolled {
            enrolment,
            pin: kept,
            proved,
        } = &way.known;
        Connection {
            number_id: way.key.number,
            step: enrolment.step(*proved),
            paused: way.paused,
            verification: enrolment.verification(),
            registrations: enrolment.registrations(self.clock.now()),
            pin_kept: kept.is_some(),
            pin,
            callback_url: callback_url(&self.public_url.borrow(), way.sealed.app_id.as_str()),
            webhook: None,
        }
    }
}
