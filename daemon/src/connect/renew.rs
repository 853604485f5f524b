//! Tokens that end after sixty days are renewed well before, for every number that has them.

use std::time::Duration;

use common::api::numbers::SecretText;
use common::time::Stamp;

use super::Connector;
use crate::fact::{Fact, NumberPatched};
use crate::graph::login::app_token;
use crate::graph::standing::Inspected;
use crate::store::ask::numbers;
use crate::store::scope::Scope;
use crate::vault::secret::Secret;

/// So long before its end a token is renewed; there are days left to see that it failed.
const EARLY: Duration = Duration::from_hours(15 * 24);

impl Connector {
    /// Renews what ends soon. True when a number has another token now.
    pub async fn renew_due(&self) -> bool {
        let all = self.store.ask(&Scope::daemon(), numbers::credentials).await;
        let all = all.unwrap_or_else(|error| {
            tracing::warn!(%error, "which tokens end is not known; asked again tomorrow");
            Vec::new()
        });
        let mut asked: Vec<(Secret, Option<SecretText>)> = Vec::new();
        let mut facts = Vec::new();
        for one in all {
            let opened = (
                self.vault.open_sealed(&one.access_token),
                one.app_secrets.first().map(|s| self.vault.open_sealed(s)),
            );
            let (Ok(token), Some(Ok(secret))) = opened else {
                continue;
            };
            // Numbers of one token get the same new one.
            let known = asked.iter().find(|(old, _)| *old == token);
            let new = if let Some((_, new)) = known {
                new.clone()
            } else {
                let new = self.renewed(&one.app_id, &secret, &token).await;
                asked.push((token, new.clone()));
                new
            };
            let sealed = new.map(|new| self.vault.seal(&new));
            if let Some(Ok(access_token)) = sealed {
                facts.push(Fact::NumberPatched(Box::new(NumberPatched {
                    number: Some(one.number),
                    access_token: Some(access_token),
                    ..NumberPatched::default()
                })));
            }
        }
        let any = !facts.is_empty();
        any && match self.commit(&Scope::daemon(), facts).await {
            Ok(_) => true,
            Err(problem) => {
                tracing::warn!(%problem, "a renewed token could not be kept; renewed again tomorrow");
                false
            }
        }
    }

    /// A token that lives longer, where this one ends soon and can be renewed.
    async fn renewed(
        &self,
        app: &common::id::AppId,
        secret: &Secret,
        token: &Secret,
    ) -> Option<SecretText> {
        let own = app_token(app, secret);
        let seen = self.graph.inspect(token, &own).await.ok()?;
        if !is_due(&seen, self.clock.now()) {
            return None;
        }
        match self.graph.renewed(app, secret, token).await {
            Ok(granted) => {
                tracing::info!(%app, "a token that was about to end was renewed");
                Some(granted.token)
            }
            Err(error) => {
                tracing::warn!(%app, %error, "a token that ends soon could not be renewed");
                None
            }
        }
    }
}

/// Whether it is a system user's token that ends soon. A person's cannot be renewed for long.
fn is_due(seen: &Inspected, now: Stamp) -> bool {
    seen.is_valid
        && seen.kind.as_deref() == Some("SYSTEM_USER")
        && seen.expires_at.is_some_and(|end| end <= now.plus(EARLY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_system_users_token_that_ends_soon_is_renewed() {
        let now = Stamp::from_seconds(1_780_000_000);
        let days = |n: u64| Some(now.plus(Duration::from_hours(24 * n)));
        let of = |kind: &str, expires_at, is_valid| Inspected {
            kind: Some(kind.to_owned()),
            expires_at,
            is_valid,
            ..Inspected::default()
        };
        assert!(is_due(&of("SYSTEM_USER", days(14), true), now));
        for other in [
            of("SYSTEM_USER", days(16), true),
            of("SYSTEM_USER", None, true),
            of("SYSTEM_USER", days(14), false),
            of("USER", days(14), true),
        ] {
            assert!(!is_due(&other, now), "{other:?}");
        }
    }
}
