//! Reads again what could not be read before: bodies of an unknown form, and those for numbers not known then.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use common::api::replay::Replayed;
use common::id::{AppId, NumberId, OrgId};

use crate::store::ask::journal;
use crate::store::ask::numbers::{self, Credential};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Journal, Store};
use crate::vault::keyring::{AppKeys, Keyring};
use crate::webhook::parse;

/// Bodies are large: few at a time.
const PAGE: usize = 32;

/// Reads every unread body of the journal again. What was read before stays as it is.
pub async fn run(store: &Store, keyring: &Keyring) -> Result<Replayed, StoreError> {
    let known = store.ask(&Scope::daemon(), numbers::credentials).await?;
    let mut done = Replayed::default();
    let mut after = 0;
    loop {
        let page = store
            .ask(&Scope::daemon(), move |v| journal::unread(v, after, PAGE))
            .await?;
        let Some(last) = page.last().map(|(id, ..)| *id) else {
            return Ok(done);
        };
        let before: HashSet<i64> = page.iter().map(|(id, ..)| *id).collect();
        for (_, app, body) in page {
            let numbers = keyring
                .app(&app)
                .and_then(|keys| signed_for(&app, &keys, &known));
            if let Some(numbers) = numbers {
                read_again(store, numbers, app, body).await?;
            }
        }
        let page = store
            .ask(&Scope::daemon(), move |v| journal::unread(v, after, PAGE))
            .await?;
        let waiting = page.iter().filter(|(id, ..)| before.contains(id)).count();
        done.bodies += u64::try_from(before.len() - waiting).unwrap_or_default();
        done.still_unread += u64::try_from(waiting).unwrap_or_default();
        after = last;
    }
}

async fn read_again(
    store: &Store,
    numbers: Vec<NumberId>,
    app: AppId,
    body: Vec<u8>,
) -> Result<(), StoreError> {
    let facts = match parse::read(&body) {
        Ok(reading) => reading.facts,
        Err(why) => {
            tracing::warn!(%app, %why, "a body of the journal is no JSON");
            return Ok(());
        }
    };
    let journal = Some(Journal { app, body });
    let commit = Commit {
        scope: Scope::meta(numbers),
        journal,
        facts,
    };
    loop {
        match store.commit(commit.clone()).await {
            Ok(_receipt) => return Ok(()),
            Err(StoreError::Busy) => tokio::time::sleep(Duration::from_millis(100)).await,
            Err(error) => return Err(error),
        }
    }
}

/// The numbers that a journaled body of this app may speak of.
///
/// Which secret signed it is not kept. Where the app has one secret, or one organisation, it does
/// not matter; where several organisations claim the app with different secrets, one of them could
/// speak for another's numbers, so nothing is read again.
fn signed_for(app: &AppId, keys: &AppKeys, known: &[Credential]) -> Option<Vec<NumberId>> {
    let orgs: HashMap<NumberId, OrgId> = known
        .iter()
        .map(|number| (number.number, number.org))
        .collect();
    let secrets: HashSet<&str> = keys.keys.iter().map(|key| key.secret.expose()).collect();
    let numbers: BTreeSet<NumberId> = keys
        .keys
        .iter()
        .flat_map(|key| key.numbers.iter().copied())
        .collect();
    let owners: HashSet<Option<&OrgId>> = numbers.iter().map(|number| orgs.get(number)).collect();
    if secrets.len() > 1 && owners.len() > 1 {
        tracing::warn!(%app, "several organisations have this app with different secrets: correct the wrong one, then run recadod replay");
        return None;
    }
    Some(numbers.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use common::id::{PhoneNumberId, WabaId};
    use common::model::number::NumberStatus;

    use super::*;
    use crate::vault::keyring::AppKey;
    use crate::vault::sealed::Sealed;
    use crate::vault::secret::Secret;

    fn credential(number: i64, org: i64) -> Credential {
        Credential {
            number: NumberId(number),
            org: OrgId(org),
            app_id: AppId::from("app"),
            phone_number_id: PhoneNumberId::from("106540352242922"),
            waba_id: WabaId::from("102290129340398"),
            access_token: Sealed(Vec::new()),
            app_secrets: Vec::new(),
            verify_token: Sealed(Vec::new()),
            status: NumberStatus::Connected,
            throughput: None,
        }
    }

    fn keys(of: &[(&str, &[i64])]) -> AppKeys {
        let key = |(secret, numbers): &(&str, &[i64])| AppKey {
            numbers: numbers.iter().copied().map(NumberId).collect(),
            secret: Secret::new(secret),
            verify_token: Secret::new("v"),
        };
        AppKeys {
            keys: of.iter().map(key).collect(),
        }
    }

    #[test]
    fn one_organisation_may_change_its_secret_and_two_may_share_one() {
        let app = AppId::from("app");
        let known = [credential(1, 1), credential(2, 1), credential(3, 2)];
        let numbers = |of: &[(&str, &[i64])]| signed_for(&app, &keys(of), &known);
        assert_eq!(
            numbers(&[("new", &[1]), ("old", &[1, 2])]),
            Some(vec![NumberId(1), NumberId(2)])
        );
        assert_eq!(
            numbers(&[("one", &[1, 3])]),
            Some(vec![NumberId(1), NumberId(3)])
        );
        assert_eq!(numbers(&[("mine", &[1]), ("invented", &[3])]), None);
    }
}
