//! The opened credentials, in memory: what signs an app's notifications, what a number sends with.

use std::collections::HashMap;
use std::sync::Arc;

use common::id::{AppId, NumberId, PhoneNumberId};
use tokio::sync::watch;

use crate::vault::secret::Secret;

/// One app's keys.
#[derive(Debug, Clone, Default)]
pub struct AppKeys {
    /// Every secret that may sign its notifications, with every verify token that goes with it.
    pub keys: Vec<AppKey>,
}

/// One secret of an app. The same secret stands here once for each verify token, always with all
/// the numbers that it signs for.
#[derive(Debug, Clone)]
pub struct AppKey {
    /// The numbers that this secret signs for.
    pub numbers: Vec<NumberId>,
    /// The app secret.
    pub secret: Secret,
    /// What Meta must say at the handshake.
    pub verify_token: Secret,
}

/// What a number sends with.
#[derive(Debug, Clone)]
pub struct NumberKey {
    /// Ours.
    pub number: NumberId,
    /// Meta's id of the number.
    pub phone_number_id: PhoneNumberId,
    /// The access token.
    pub token: Secret,
}

/// One number's credentials in clear.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its app.
    pub app: AppId,
    /// What it sends with.
    pub key: NumberKey,
    /// Every app secret that is valid for it: the present one, and the one before during a change.
    pub app_secrets: Vec<Secret>,
    /// What Meta must say at the handshake.
    pub verify_token: Secret,
}

#[derive(Debug, Default)]
struct Ring {
    apps: HashMap<AppId, Arc<AppKeys>>,
    numbers: HashMap<NumberId, Arc<NumberKey>>,
}

/// The opened credentials. Clones share them; a reload replaces all at once.
#[derive(Debug, Clone)]
pub struct Keyring(Arc<watch::Sender<Arc<Ring>>>);

impl Default for Keyring {
    fn default() -> Self {
        Self::new()
    }
}

impl Keyring {
    /// An empty one.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Arc::default())))
    }

    /// The keys of an app that at least one number has.
    pub fn app(&self, app: &AppId) -> Option<Arc<AppKeys>> {
        self.0.borrow().apps.get(app).cloned()
    }

    /// What a number sends with.
    pub fn number(&self, number: NumberId) -> Option<Arc<NumberKey>> {
        self.0.borrow().numbers.get(&number).cloned()
    }

    /// Every number that has a key.
    pub fn numbers(&self) -> Vec<NumberId> {
        let mut numbers: Vec<_> = self.0.borrow().numbers.keys().copied().collect();
        numbers.sort_unstable();
        numbers
    }

    /// Tells when the keys were replaced.
    pub fn changed(&self) -> KeyringChanges {
        KeyringChanges(self.0.subscribe())
    }

    /// Replaces all keys at once.
    pub fn replace(&self, opened: Vec<Opened>) {
        let _before = self.0.send_replace(Arc::new(Ring::of(opened)));
    }
}

/// Waits for the keys to be replaced.
#[derive(Debug)]
pub struct KeyringChanges(watch::Receiver<Arc<Ring>>);

impl KeyringChanges {
    /// Returns after the next replacement; never, once every keyring is gone.
    pub async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Ring {
    fn of(opened: Vec<Opened>) -> Self {
        let mut ring = Self::default();
        let mut apps: HashMap<AppId, Vec<(Secret, Secret, NumberId)>> = HashMap::new();
        for Opened {
            app,
            key,
            app_secrets,
            verify_token,
        } in opened
        {
            let triples = apps.entry(app).or_default();
            for secret in app_secrets {
                triples.push((secret, verify_token.clone(), key.number));
            }
            let _none = ring.numbers.insert(key.number, Arc::new(key));
        }
        ring.apps = apps
            .into_iter()
            .map(|(app, triples)| (app, Arc::new(app_keys(&triples))))
            .collect();
        ring
    }
}

fn app_keys(triples: &[(Secret, Secret, NumberId)]) -> AppKeys {
    let mut keys: Vec<AppKey> = Vec::new();
    for (secret, verify_token, _) in triples {
        if keys
            .iter()
            .any(|key| key.secret == *secret && key.verify_token == *verify_token)
        {
            continue;
        }
        let mut numbers: Vec<NumberId> = triples
            .iter()
            .filter(|(other, ..)| other == secret)
            .map(|(_, _, number)| *number)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        keys.push(AppKey {
            numbers,
            secret: secret.clone(),
            verify_token: verify_token.clone(),
        });
    }
    AppKeys { keys }
}

#[cfg(test)]
mod tests {
    use common::id::{AppId, NumberId, PhoneNumberId};

    use super::{Keyring, NumberKey, Opened};
    use crate::vault::secret::Secret;

    fn opened(number: i64, app: &str, secrets: &[&str], verify: &str) -> Opened {
        Opened {
            app: AppId::from(app),
            key: NumberKey {
                number: NumberId(number),
                phone_number_id: PhoneNumberId::from("106540352242922"),
                token: Secret::new("token"),
            },
            app_secrets: secrets.iter().map(|s| Secret::new(s)).collect(),
            verify_token: Secret::new(verify),
        }
    }

    #[test]
    fn a_secret_signs_for_all_its_numbers_and_for_no_other_organisations() {
        let ring = Keyring::new();
        ring.replace(vec![
            opened(1, "app", &["new", "old"], "v1"),
            opened(2, "app", &["old"], "v2"),
            opened(3, "app", &["foreign"], "v3"),
            opened(4, "other", &["old"], "v4"),
        ]);
        let app = ring.app(&AppId::from("app")).unwrap();
        let numbers = |secret: &str, verify: &str| {
            let found = app
                .keys
                .iter()
                .find(|k| k.secret.expose() == secret && k.verify_token.expose() == verify);
            found
                .unwrap()
                .numbers
                .iter()
                .map(|n| n.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers("new", "v1"), [1]);
        assert_eq!(numbers("old", "v1"), [1, 2]);
        assert_eq!(numbers("old", "v2"), [1, 2]);
        assert_eq!(numbers("foreign", "v3"), [3]);
        assert!(ring.app(&AppId::from("nobody")).is_none());
        assert_eq!(ring.numbers().len(), 4);
    }
}
