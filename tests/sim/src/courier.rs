//! Brings webhooks to their receivers: signed, over real HTTP, again and again until 200.

use std::mem;
use std::sync::{Arc, PoisonError};

use hyper::body::Bytes;
use tokio::task::JoinSet;

use crate::book::Receiver;
use crate::ledger::tally;
use crate::post::{Limits, PostError};
use crate::status::Batch;
use crate::webhook::{self, Update};
use crate::world::{Pending, World};

/// How a delivery ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Every receiver answered 200; false also where nobody is subscribed.
    pub taken: bool,
    /// Rounds of POSTs.
    pub attempts: u32,
    /// The last receiver's last status.
    pub status: Option<u16>,
}

/// Updates that wait for others to travel with.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    waiting: Vec<Update>,
    /// Counts departures, so that a lingering one knows that its batch has left already.
    departures: u64,
}

/// One signed body on its way to one receiver.
#[derive(Clone, Debug)]
struct Parcel {
    url: String,
    signature: String,
    body: Bytes,
}

/// Delivers without anybody waiting for it.
pub(crate) fn dispatch(world: &Arc<World>, updates: Vec<Update>) {
    let (pending, world) = (Pending::new(world), Arc::clone(world));
    tokio::spawn(async move {
        deliver(&world, &updates).await;
        drop(pending);
    });
}

/// Delivers in one POST to each receiver, with all the retries.
pub(crate) async fn deliver(world: &Arc<World>, updates: &[Update]) -> Outcome {
    let retry = world.settings(|s| s.retry);
    let mut outcome = Outcome::default();
    let mut waited = std::time::Duration::ZERO;
    let mut parcels = pack(world, updates);
    while !parcels.is_empty() {
        outcome.attempts += 1;
        released(world).await;
        let (failed, status) = round(world, &parcels, retry.timeout).await;
        outcome.status = status;
        outcome.taken = failed.is_empty();
        let wait = retry.wait(outcome.attempts);
        if outcome.taken || waited + wait > retry.span {
            break;
        }
        waited += wait;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = world.end() => break,
        }
        // Packed anew: the receiver may have moved, or the secret may have been rotated.
        parcels = pack(world, updates);
        if !retry.all_apps {
            parcels.retain(|p| failed.contains(&p.url));
        }
    }
    outcome
}

/// Bodies for each receiver; receivers of the same updates share the bytes.
fn pack(world: &World, updates: &[Update]) -> Vec<Parcel> {
    let mut loads: Vec<(Receiver, Vec<usize>)> = Vec::new();
    for (i, update) in updates.iter().enumerate() {
        let field = update.field();
        for receiver in world
            .book
            .receivers(&update.waba_id, update.number_id(), field)
        {
            match loads.iter_mut().find(|(known, _)| *known == receiver) {
                Some((_, load)) => load.push(i),
                None => loads.push((receiver, vec![i])),
            }
        }
    }
    let mut packed: Option<(Vec<usize>, Bytes)> = None;
    let mut parcels = Vec::with_capacity(loads.len());
    for (receiver, load) in loads {
        let body = match packed.take().filter(|(known, _)| *known == load) {
            Some((_, body)) => body,
            None => Bytes::from(webhook::encode(load.iter().filter_map(|i| updates.get(*i)))),
        };
        packed = Some((load, body.clone()));
        let signature = webhook::sign(&receiver.secret, &body);
        parcels.push(Parcel {
            url: receiver.url,
            signature,
            body,
        });
    }
    parcels
}

/// Waits while webhooks are held back.
async fn released(world: &World) {
    if *world.held.borrow() {
        let mut held = world.held.subscribe();
        tokio::select! {
            // An error would mean that the sender is gone, which `world` holds.
            released = held.wait_for(|held| !held) => drop(released),
            () = world.end() => {}
        }
    }
}

/// One POST to each receiver at the same time; says who did not take it, and a status.
async fn round(
    world: &Arc<World>,
    parcels: &[Parcel],
    timeout: std::time::Duration,
) -> (Vec<String>, Option<u16>) {
    if let [only] = parcels {
        let status = send(world, only, timeout).await.ok();
        let failed = if status == Some(200) {
            Vec::new()
        } else {
            vec![only.url.clone()]
        };
        return (failed, status);
    }
    let mut tasks = JoinSet::new();
    for parcel in parcels {
        let (world, parcel) = (Arc::clone(world), parcel.clone());
        tasks.spawn(async move { (send(&world, &parcel, timeout).await.ok(), parcel.url) });
    }
    let (mut failed, mut last) = (Vec::new(), None);
    while let Some(Ok((status, url))) = tasks.join_next().await {
        last = status.or(last);
        if status != Some(200) {
            failed.push(url);
        }
    }
    (failed, last)
}

async fn send(
    world: &World,
    parcel: &Parcel,
    timeout: std::time::Duration,
) -> Result<u16, PostError> {
    let Parcel {
        url,
        signature,
        body,
    } = parcel;
    raw(world, url, signature, body.clone(), timeout).await
}

/// One POST, as it is.
pub(crate) async fn raw(
    world: &World,
    url: &str,
    signature: &str,
    body: Bytes,
    timeout: std::time::Duration,
) -> Result<u16, PostError> {
    let counters = &world.ledger.counters;
    let slot = world.slots.acquire().await;
    tally(&counters.posts);
    let answer = world
        .post
        .post(url, signature, body, Limits { timeout, counters })
        .await;
    drop(slot);
    if let Ok((200, _)) = &answer {
        tally(&counters.posts_taken);
    }
    world.ledger.nudge();
    answer.map(|(status, _)| status)
}

/// Lets an update wait for company.
pub(crate) fn gather(world: &Arc<World>, update: Update, batch: Batch) {
    let (first, departures, full) = {
        let mut gathering = world
            .gathering
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        gathering.waiting.push(update);
        let full = gathering.waiting.len() >= batch.max;
        (gathering.waiting.len() == 1, gathering.departures, full)
    };
    if full {
        depart(world, None);
    } else if first {
        let (pending, world) = (Pending::new(world), Arc::clone(world));
        tokio::spawn(async move {
            tokio::time::sleep(batch.linger).await;
            depart(&world, Some(departures));
            drop(pending);
        });
    }
}

/// Sends what has gathered, unless that batch has left before.
fn depart(world: &Arc<World>, of: Option<u64>) {
    let leaving = {
        let mut gathering = world
            .gathering
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if of.is_some_and(|of| of != gathering.departures) {
            return;
        }
        gathering.departures += 1;
        mem::take(&mut gathering.waiting)
    };
    if !leaving.is_empty() {
        dispatch(world, leaving);
    }
}
