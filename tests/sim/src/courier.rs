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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use crate::app::{App, Waba};
    use crate::attachment::Media;
    use crate::content::InboundContent;
    use crate::history::{History, Past};
    use crate::inbound::Inbound;
    use crate::probe::{Probe, Receiver, SOON};

    #[tokio::test]
    async fn only_200_counts_and_the_same_bytes_come_again() {
        let probe = Probe::new().await;
        probe.receiver.answers([500, 404, 202]);
        let number = &probe.shop.phone_number_id;
        let (wamid, outcome) = probe
            .sim
            .inbound_taken(number, &Probe::ana(), "¿hola/adiós? 😀")
            .await
            .unwrap();
        assert_eq!(
            (outcome.taken, outcome.attempts, outcome.status),
            (true, 4, Some(200))
        );
        let messages = probe.receiver.all("messages");
        assert_eq!(messages.len(), 4);
        assert!(
            messages
                .iter()
                .all(|m| m["id"] == wamid && m["text"]["body"] == "¿hola/adiós? 😀")
        );
        let counts = probe.sim.counts();
        assert_eq!(
            (counts.posts, counts.posts_taken, counts.connections),
            (4, 1, 1)
        );
    }

    #[tokio::test]
    async fn a_retry_goes_to_every_app() {
        let probe = Probe::new().await;
        let second = Receiver::start("other secret").await;
        probe
            .sim
            .add_app(App::new("2", "other secret"))
            .set_webhook("2", &second.url, "x");
        probe.sim.add_waba(
            Waba::new(&probe.shop.waba_id)
                .subscribed(&probe.shop.app_id)
                .subscribed("2"),
        );
        second.answers([503]);
        let number = &probe.shop.phone_number_id;
        let (_, outcome) = probe
            .sim
            .inbound_taken(number, &Probe::ana(), "x")
            .await
            .unwrap();
        assert_eq!((outcome.taken, outcome.attempts), (true, 2));
        assert_eq!(
            (probe.receiver.bodies().len(), second.bodies().len()),
            (2, 2)
        );
    }

    #[tokio::test]
    async fn held_webhooks_wait_and_a_receiver_that_comes_late_gets_them() {
        let probe = Probe::new().await;
        let number = &probe.shop.phone_number_id;
        probe.sim.hold_webhooks(true);
        probe.sim.inbound(number, &Probe::ana(), "held").unwrap();
        assert!(
            probe
                .sim
                .wait_idle(Duration::from_millis(20))
                .await
                .is_err()
        );
        assert_eq!(probe.receiver.bodies().len(), 0);
        probe.sim.hold_webhooks(false);
        probe.sim.wait_idle(SOON).await.unwrap();
        assert_eq!(probe.receiver.all("messages")[0]["text"]["body"], "held");
        probe
            .sim
            .set_webhook(&probe.shop.app_id, "http://127.0.0.1:9/hook", "x");
        probe.sim.inbound(number, &Probe::ana(), "late").unwrap();
        probe.sim.wait_counts(|c| c.posts >= 2, SOON).await.unwrap();
        probe
            .sim
            .set_webhook(&probe.shop.app_id, &probe.receiver.url, "hush hush");
        probe.sim.wait_idle(SOON).await.unwrap();
        assert_eq!(probe.receiver.all("messages")[1]["text"]["body"], "late");
    }

    #[tokio::test]
    async fn raw_bodies_and_handshakes_tell_what_the_receiver_said() {
        let probe = Probe::new().await;
        let app = &probe.shop.app_id;
        assert_eq!(probe.sim.raw_webhook(app, "{}").await.unwrap(), 200);
        assert_eq!(
            probe
                .sim
                .raw_webhook_signed(app, "{}", "sha256=00")
                .await
                .unwrap(),
            401
        );
        probe.sim.verify_webhook(app).await.unwrap();
        probe.sim.set_webhook(app, &probe.receiver.url, "wrong");
        assert!(
            probe
                .sim
                .verify_webhook(app)
                .await
                .unwrap_err()
                .to_string()
                .contains("403")
        );
        probe.sim.set_webhook(app, "https://x.example/hook", "x");
        assert!(probe.sim.raw_webhook(app, "{}").await.is_err());
    }

    #[tokio::test]
    async fn many_updates_in_one_post_and_bodies_without_a_post() {
        let probe = Probe::new().await;
        let number = &probe.shop.phone_number_id;
        let update = |i: u32| {
            probe
                .sim
                .inbound_update(number, &Probe::ana(), i.to_string())
        };
        let updates: Vec<_> = (0..1_000).map(|i| update(i).unwrap().1).collect();
        assert!(probe.sim.deliver(&updates).await.taken);
        assert_eq!(probe.receiver.bodies().len(), 1);
        assert_eq!(probe.receiver.all("messages").len(), 1_000);
        let body = probe.sim.body(&updates[..1]);
        let signature = probe.sim.sign(&probe.shop.app_id, &body).unwrap();
        let status = probe
            .sim
            .raw_webhook_signed(&probe.shop.app_id, body, &signature)
            .await;
        assert_eq!(status.unwrap(), 200);
    }

    #[tokio::test]
    async fn echoes_history_and_fields_have_their_shapes() {
        let probe = Probe::new().await;
        let (number, ana) = (&probe.shop.phone_number_id, Probe::ana());
        probe.sim.echo(number, &ana, "typed on the phone").unwrap();
        probe.receiver.wait(1).await;
        let voice = Inbound::new(InboundContent::Voice(Media::new())).at(1_739_321_024);
        let past = [Past::theirs(voice), Past::ours("ok").status("READ")];
        let ids = probe
            .sim
            .history(number, &History::new(0, 1, 100).thread(ana, past))
            .unwrap();
        probe.receiver.wait(2).await;
        let quality = json!({ "display_phone_number": probe.shop.digits, "event": "ONBOARDING" });
        probe
            .sim
            .number_field(number, "phone_number_quality_update", quality)
            .unwrap();
        probe.receiver.wait(3).await;
        let bodies = probe.receiver.bodies();
        let value = |i: usize| &bodies[i]["entry"][0]["changes"][0]["value"];
        let echo = &value(0)["message_echoes"][0];
        assert_eq!(
            (&echo["from"], &echo["to"]),
            (&json!(probe.shop.digits), &json!("51955000111"))
        );
        let messages = &value(1)["history"][0]["threads"][0]["messages"];
        assert_eq!(messages[0]["audio"]["voice"], true);
        assert_eq!(messages[1]["id"], ids[1]);
        assert_eq!(messages[1]["history_context"]["status"], "READ");
        assert_eq!(value(2)["event"], "ONBOARDING");
        assert!(bodies[2]["entry"][0]["time"].is_i64());
        assert!(probe.sim.echo("1", &Probe::ana(), "x").is_err());
    }
}
