//! Who comes in and how: the shared account, the doorman, the word that rights changed, and what was read.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use common::id::{ChatId, OrgId};
use common::time::Stamp;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::api::ApiState;
use crate::api::doorman::{Doorman, Pace};
use crate::fact::Fact;
use crate::fact::people::Witnessed;
use crate::store::scope::{Actor, Scope};
use crate::store::{Commit, ask};

/// The same person who opens the same chat again within this is written down once.
const ONCE: Duration = Duration::from_hours(1);
/// So many openings are remembered.
const OPENINGS: usize = 4096;

/// The account that SSH keys come in through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Its number.
    pub uid: u32,
    /// Its home.
    pub home: PathBuf,
}

impl Account {
    /// Where the lines are that let keys in.
    pub(crate) fn authorized_keys(&self) -> PathBuf {
        self.home.join(".ssh/authorized_keys")
    }
}

/// The account of this name, or the daemon's own where none is named. One that is not there is told
/// in the log, and lets nobody in.
fn account(named: Option<&str>, own_uid: u32) -> Option<Account> {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = in_passwd(&passwd, named, own_uid);
    if let (None, Some(named)) = (&found, named) {
        tracing::error!(
            account = named,
            "api.ssh_account names no user of this machine"
        );
    }
    found
}

fn in_passwd(passwd: &str, named: Option<&str>, own_uid: u32) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let [name, _, uid, _, _, home, ..] = fields.as_slice() else {
            return None;
        };
        let uid = uid.parse().ok()?;
        let meant = named.map_or(uid == own_uid, |named| named == *name);
        meant.then(|| Account {
            name: (*name).to_owned(),
            uid,
            home: PathBuf::from(home),
        })
    })
}

/// What the doors share. Clones share everything.
#[derive(Debug, Clone)]
pub struct Entrance {
    /// The shared account, where there is one.
    pub account: Option<Account>,
    /// Stands at the TCP port.
    pub doorman: Doorman,
    changed: watch::Sender<u64>,
    opened: Arc<Mutex<HashMap<(String, ChatId), Stamp>>>,
}

impl Entrance {
    /// With the account of this name, or the daemon's own.
    pub fn open(account_name: Option<&str>, own_uid: u32) -> Self {
        Self::new(account(account_name, own_uid), Pace::default())
    }

    /// With the account that SSH keys come in through.
    pub fn new(account: Option<Account>, pace: Pace) -> Self {
        Self {
            account,
            doorman: Doorman::new(pace),
            changed: watch::Sender::new(0),
            opened: Arc::default(),
        }
    }

    /// Whether this user is an account that SSH keys come in through.
    pub(crate) fn is_shared(&self, uid: u32) -> bool {
        let account = self.account.as_ref();
        account.is_some_and(|account| account.uid == uid)
    }

    /// Somebody's rights are not what they were: open streams look again.
    pub(crate) fn rights_changed(&self) {
        self.changed
            .send_modify(|times| *times = times.wrapping_add(1));
    }

    /// Changes whenever somebody's rights do.
    pub(crate) fn rights(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Whether this opening of a chat is to be written down.
    fn is_new(&self, who: &Actor, chat: ChatId, now: Stamp) -> bool {
        let key = (format!("{who:?}"), chat);
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |at: &Stamp| now.since(*at) < ONCE;
        if opened.get(&key).is_some_and(fresh) {
            return false;
        }
        if opened.len() >= OPENINGS {
            opened.retain(|_, at| fresh(at));
            if opened.len() >= OPENINGS {
                opened.clear();
            }
        }
        opened.insert(key, now);
        true
    }
}

impl ApiState {
    /// Writes down that somebody opens a chat, before they see it. A disk that is full takes nobody's
    /// desk away: then the log says so.
    pub(crate) async fn opens(&self, scope: &Scope, chat: ChatId) {
        let now = self.clock.now();
        if !self.entrance.is_new(scope.actor(), chat, now) {
            return;
        }
        let asked = self
            .store
            .ask(scope, move |view| ask::chats::get(view, chat, now));
        let Ok(Some(found)) = asked.await else {
            return;
        };
        let detail = json!({ "chat": chat, "number": found.number_id });
        self.witness(scope, found.org_id, ("read", "opened"), detail)
            .await;
    }

    /// Writes down a deed that is no fact of the person's own: something read, something done at Meta.
    pub(crate) async fn witness(
        &self,
        scope: &Scope,
        org: OrgId,
        (deed, what): (&'static str, &'static str),
        detail: Value,
    ) {
        let seen = Fact::Witnessed(Witnessed {
            org: Some(org),
            deed,
            what,
            detail,
        });
        let commit = Commit {
            scope: scope.clone(),
            journal: None,
            facts: vec![seen],
        };
        if let Err(error) = self.store.commit(commit).await {
            tracing::warn!(%error, deed, who = scope.operator(), "a deed was not written down");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shared_account_is_the_named_one_or_the_daemons_own() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nbroken\ndesk:x:990:990::/srv/desk:/bin/sh\n";
        let desk = in_passwd(passwd, Some("desk"), 0).expect("it is there");
        assert_eq!((desk.uid, desk.home), (990, PathBuf::from("/srv/desk")));
        assert_eq!(in_passwd(passwd, None, 0).expect("root").name, "root");
        assert_eq!(in_passwd(passwd, Some("nobody"), 0), None);
    }
}
