//! Lets files go when `media.keep` says so, the longest kept first; their messages stay and say it.

use std::sync::Arc;
use std::time::Duration;

use common::time::Stamp;
use config::daemon::Keep;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::fact::Fact;
use crate::fact::media::{Digest, MediaFact};
use crate::media::policy::error;
use crate::media::{Room, Rules};
use crate::stop::stopped;
use crate::store::Commit;
use crate::store::ask::media::{self, Lying};
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// How often it looks; and soon after the rules changed.
const ROUND: Duration = Duration::from_mins(10);
/// What comes within this time after a file is looked at together.
const TOGETHER: Duration = Duration::from_secs(1);
/// The first look waits, so that a start is quick.
const FIRST: Duration = Duration::from_secs(20);

/// Tidies until told to stop.
pub(crate) async fn run(room: Arc<Room>, mut stop: watch::Receiver<bool>) {
    let mut rules = room.rules.clone();
    let mut kept = room.store.media_changed();
    let mut wait = FIRST;
    let mut strays = true;
    loop {
        tokio::select! {
            () = stopped(&mut stop) => return,
            Ok(()) = rules.changed() => {}
            Ok(()) = kept.changed(), if rules.borrow().keep != Keep::Forever => sleep(TOGETHER).await,
            () = sleep(wait) => {}
        }
        kept.mark_unchanged();
        wait = ROUND;
        let now = *rules.borrow_and_update();
        if let Err(error) = tidy(&room, now).await {
            tracing::warn!(%error, "files that are to go stay for now");
        }
        if std::mem::take(&mut strays)
            && let Err(error) = sweep(&room).await
        {
            tracing::warn!(%error, "the folder of files could not be looked through");
        }
    }
}

/// Lets go what the rules say.
async fn tidy(room: &Room, rules: Rules) -> Result<(), StoreError> {
    match rules.keep {
        Keep::Forever => Ok(()),
        Keep::Days(days) => {
            let span = Duration::from_hours(24 * u64::from(days));
            let before = room.clock.now().minus(span);
            while let Some(all) = oldest(room, before).await? {
                for lying in all {
                    remove(room, lying.digest).await?;
                }
            }
            Ok(())
        }
        Keep::Bytes(most) => shrink(room, most).await,
    }
}

async fn shrink(room: &Room, most: u64) -> Result<(), StoreError> {
    let mut total = room.store.ask(&Scope::daemon(), media::total).await?;
    while total > most {
        let now = room.clock.now();
        let Some(all) = oldest(room, now).await? else {
            return Ok(());
        };
        for lying in all {
            if total <= most {
                return Ok(());
            }
            remove(room, lying.digest).await?;
            total = total.saturating_sub(lying.bytes);
        }
    }
    Ok(())
}

async fn oldest(room: &Room, before: Stamp) -> Result<Option<Vec<Lying>>, StoreError> {
    let all = room
        .store
        .ask(&Scope::daemon(), move |view| media::oldest(view, before))
        .await?;
    Ok((!all.is_empty()).then_some(all))
}

/// Takes one content off the disk: the database says so first.
async fn remove(room: &Room, digest: Digest) -> Result<(), StoreError> {
    let advice =
        "It was let go, as media.keep says: fetch it again while Meta has it, or ask the customer.";
    let error = error("removed_by_keep", advice);
    let settling = room.files.settle().await;
    let commit = Commit {
        scope: Scope::daemon(),
        journal: None,
        facts: vec![Fact::Media(MediaFact::Removed { digest, error })],
    };
    let _receipt = room.store.commit(commit).await?;
    if let Err(error) = room.files.remove(&digest).await {
        tracing::warn!(%error, "a file stays on the disk until the next start");
    }
    drop(settling);
    Ok(())
}

/// Removes what lies there and nobody knows of: a crash came between disk and database.
async fn sweep(room: &Room) -> Result<(), StoreError> {
    let all = match room.files.all().await {
        Ok(all) => all,
        Err(error) => {
            tracing::warn!(%error, "the folder of files could not be listed");
            return Ok(());
        }
    };
    for digest in all {
        let settling = room.files.settle().await;
        let known = room
            .store
            .ask(&Scope::daemon(), move |view| media::lies(view, digest))
            .await?;
        if !known && let Err(error) = room.files.remove(&digest).await {
            tracing::warn!(%error, "a stray file stays on the disk");
        }
        drop(settling);
    }
    Ok(())
}
