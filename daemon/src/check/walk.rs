//! One examination: each hop in its order, and what hangs on a failed one skipped.

use std::collections::HashMap;
use std::time::Duration;

use common::model::check::{Check, Hop, Verdict};
use hmac::{Hmac, Mac};
use hyper::header::{CONTENT_TYPE, HeaderName};
use sha2::Sha256;
use tokio::task::spawn_blocking;

use crate::beacon::OWN;
use crate::check::reach::{Ask, Place, Way};
use crate::check::{Answers, CheckError, Doctor, Patient, house, meta, reach, way};
use crate::store::ask;
use crate::store::scope::Scope;
use crate::vault::secret::Secret;

/// A larger database is not read through while people work.
const LARGE: u64 = 2 << 30;
/// Nothing of this machine's own takes longer.
const OWN_TIME: Duration = Duration::from_secs(20);

/// The checks so far.
pub(super) struct Told<'a> {
    doctor: &'a Doctor,
    patient: &'a Patient,
    failed: HashMap<Hop, Verdict>,
    checks: Vec<Check>,
}

impl<'a> Told<'a> {
    /// None yet.
    pub(super) fn new(doctor: &'a Doctor, patient: &'a Patient) -> Self {
        Self {
            doctor,
            patient,
            failed: HashMap::new(),
            checks: Vec::new(),
        }
    }

    /// All of them.
    pub(super) fn checks(self) -> Vec<Check> {
        self.checks
    }

    /// Tells of a check; true where what hangs on it may be looked at.
    fn tell(&mut self, check: Check) -> bool {
        let (hop, verdict) = (check.check, check.verdict);
        self.failed.insert(hop, verdict);
        self.doctor
            .hub
            .checked(self.patient.org, self.patient.number, &check);
        self.checks.push(check);
        // A certificate that is not wanted here holds nothing up.
        verdict != Verdict::Failed
    }

    /// Those that hang on one that failed.
    fn skip(&mut self, after: Hop, hops: &[Hop]) {
        for hop in hops {
            self.tell(Check::after(*hop, after));
        }
    }

    /// The first six hops.
    pub(super) async fn walk(&mut self) -> Result<(), CheckError> {
        let all = &[
            Hop::Port,
            Hop::Certificate,
            Hop::Reach,
            Hop::Handshake,
            Hop::Delivery,
        ];
        let url = self.doctor.public_url.borrow().clone();
        let place = Place::read(&url);
        let found = match &place {
            Some(place) => reach::resolve(place).await,
            None => Err(String::new()),
        };
        let named = self.tell(way::name(&url, &found));
        let (Some(place), Ok(addresses), true) = (place, found, named) else {
            self.skip(Hop::Name, all);
            return Ok(());
        };
        let mut tried = Vec::new();
        for address in addresses {
            tried.push((address, reach::open(address).await.map(drop)));
        }
        let opened = tried
            .iter()
            .find(|(_, shut)| shut.is_ok())
            .map(|(at, _)| *at);
        let (Some(address), true) = (opened, self.tell(way::port(&place, &tried))) else {
            self.skip(Hop::Port, all.get(1..).unwrap_or_default());
            return Ok(());
        };
        let way = Way {
            place,
            address,
            roots: self.doctor.roots().await?,
            now: self.doctor.clock.now(),
        };
        let certificate = if way.place.https {
            way::certificate(&way.place, &way.certificate().await, way.now)
        } else {
            way::plain(&way.place)
        };
        if !self.tell(certificate) {
            self.skip(Hop::Certificate, all.get(2..).unwrap_or_default());
            return Ok(());
        }
        self.knock(&way).await
    }

    /// The three hops that end at this daemon, or not.
    async fn knock(&mut self, way: &Way) -> Result<(), CheckError> {
        let beacon = self.doctor.beacon.clone();
        let expected = random()?;
        let flare = beacon.light(random()?, expected.clone());
        let asked = way
            .ask(Ask::get(format!("/.well-known/recado/{}", flare.nonce())))
            .await;
        if !self.tell(way::reach(&way.place, &asked, &expected)) {
            self.skip(Hop::Reach, &[Hop::Handshake, Hop::Delivery]);
            return Ok(());
        }
        let app = self.patient.app.clone();
        let challenge = random()?;
        let verify = crate::graph::escaped(self.patient.verify_token.expose());
        let path = format!(
            "/webhooks/meta/{app}?hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={verify}"
        );
        let asked = way.ask(Ask::get(path)).await;
        self.tell(way::handshake(&way.place, &app, &asked, &challenge));
        let body = own_delivery(&random()?);
        let signature = sign(&self.patient.app_secret, &body)?;
        let bottle = beacon.throw(body);
        let asked = way
            .ask(Ask {
                method: hyper::Method::POST,
                path: format!("/webhooks/meta/{app}"),
                headers: vec![
                    (CONTENT_TYPE, "application/json".to_owned()),
                    (HeaderName::from_static("x-hub-signature-256"), signature),
                    (HeaderName::from_static(OWN), "1".to_owned()),
                ],
                body: bottle.body().to_vec(),
            })
            .await;
        self.tell(way::delivery(&way.place, &app, &asked, bottle.has_come()));
        Ok(())
    }

    /// What Meta says.
    pub(super) fn meta(&mut self, answers: &Answers) {
        let Patient {
            app,
            account,
            heard,
            ..
        } = self.patient;
        let now = self.doctor.clock.now();
        let url = self.doctor.public_url.borrow().clone();
        let ours = format!("{}/webhooks/meta/{app}", url.trim().trim_end_matches('/'));
        let named = self.failed.get(&Hop::Name) != Some(&Verdict::Failed);
        if named {
            self.tell(meta::callback(app, &ours, &answers.callback));
        } else {
            self.skip(Hop::Name, &[Hop::Callback]);
        }
        self.tell(meta::subscription(app, account, &answers.subscribers));
        if named {
            self.tell(meta::overridden(&ours, &answers.standing));
        } else {
            self.skip(Hop::Name, &[Hop::Override]);
        }
        let refused = self.doctor.beacon.refusals(app);
        self.tell(meta::last_delivery(*heard, refused, now));
        let Answers {
            token,
            standing,
            account: of_account,
            messaging,
            ..
        } = answers;
        self.tell(meta::token(app, token, standing, now));
        self.tell(meta::permissions(account, token, (standing, messaging)));
        self.tell(meta::number(standing));
        self.tell(meta::payment(standing, of_account));
        self.tell(meta::policy(standing, of_account));
    }

    /// This machine.
    pub(super) async fn house(&mut self, answers: &Answers) {
        let now = self.doctor.clock.now();
        let date = answers
            .date
            .as_ref()
            .map(String::as_str)
            .map_err(ToString::to_string);
        self.tell(house::clock(date, now));
        let folder = self.doctor.data_dir.clone();
        let path = folder.clone();
        let room = spawn_blocking(move || room(&path)).await;
        let room = room.unwrap_or_else(|why| Err(why.to_string()));
        self.tell(house::disk(&folder, room));
        let store = &self.doctor.store;
        let daemon = Scope::daemon();
        let bytes = store
            .ask(&daemon, ask::status::database)
            .await
            .map_or(0, |told| told.bytes);
        let found = if bytes > LARGE {
            Ok(None)
        } else {
            let asked = store.ask(&daemon, ask::status::whole);
            match tokio::time::timeout(OWN_TIME, asked).await {
                Ok(words) => words.map(Some).map_err(|why| why.to_string()),
                Err(_late) => Ok(None),
            }
        };
        self.tell(house::database(store.is_writable(), bytes, &found));
    }
}

/// Free bytes and all bytes of the disk that a folder is on.
fn room(folder: &std::path::Path) -> Result<(u64, u64), String> {
    let told = rustix::fs::statvfs(folder).map_err(|why| why.to_string())?;
    let size = told.f_frsize;
    Ok((
        told.f_bavail.saturating_mul(size),
        told.f_blocks.saturating_mul(size),
    ))
}

/// A delivery that no Meta would write.
fn own_delivery(nonce: &str) -> Vec<u8> {
    format!(
        r#"{{"object":"recado_doctor","entry":[{{"id":"0","time":0,"changes":[{{"field":"recado_doctor","value":{{"nonce":"{nonce}"}}}}]}}]}}"#
    )
    .into_bytes()
}

fn sign(secret: &Secret, body: &[u8]) -> Result<String, CheckError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes())
        .map_err(|why| CheckError::System(why.to_string()))?;
    mac.update(body);
    Ok(format!(
        "sha256={}",
        hex::encode(mac.finalize().into_bytes())
    ))
}

/// A word that nobody guesses: 128 random bits.
fn random() -> Result<String, CheckError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|why| CheckError::System(format!("the system has no randomness: {why}")))?;
    Ok(hex::encode(bytes))
}
