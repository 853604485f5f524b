//! What comes in: twice, a thousand at once, for numbers not known yet, from next year, in floods, while the daemon stops.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use common::api::event::{Change, Notice};
use common::api::problem::Code;
use common::client::Client;
use common::client::stream::EventStream;
use common::model::content::Kind;
use common::model::message::Direction;
use recado_sim::config::{Limits, SimConfig};
use recado_sim::customer::Customer;
use recado_sim::home::{APP, WABA, add_line, open_shop};
use recado_sim::number::Number;
use recado_sim::sim::Sim;
use recado_tests::child::Plan;
use recado_tests::raw;
use recado_tests::seen::{PATIENCE, chats, everything, until};
use recado_tests::shop::{CENTRO, ENTREGAS, Shop, ana};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How often each of WhatsApp's ids is there.
async fn counted(client: &Client) -> anyhow::Result<HashMap<String, usize>> {
    let mut count = HashMap::new();
    for message in everything(client).await? {
        if let Some(wamid) = message.wamid {
            *count.entry(wamid.0).or_default() += 1;
        }
    }
    Ok(count)
}

#[tokio::test]
async fn a_thousand_in_one_post_twice_over_are_a_thousand() -> anyhow::Result<()> {
    let world = Shop::open().await?;
    let mut wamids = Vec::new();
    let mut updates = Vec::new();
    for n in 0..1_000 {
        let who =
            Customer::new(format!("Cliente {}", n % 25)).wa_id(format!("519876543{:02}", n % 25));
        let words = format!("mensaje {n}");
        let (wamid, update) = world
            .sim
            .inbound_update(CENTRO.phone_number_id, &who, words)?;
        wamids.push(wamid);
        updates.push(update);
    }
    let body = world.sim.body(&updates);
    // At the same time, and once more afterwards.
    let (one, two) = tokio::join!(
        world.sim.raw_webhook(APP, body.clone()),
        world.sim.raw_webhook(APP, body.clone())
    );
    assert_eq!((one?, two?), (200, 200));
    assert_eq!(world.sim.raw_webhook(APP, body).await?, 200);
    let count = counted(&world.client).await?;
    assert_eq!(count.len(), 1_000);
    assert!(wamids.iter().all(|wamid| count.get(wamid) == Some(&1)));
    let chats = chats(&world.client).await?;
    assert_eq!(chats.len(), 25);
    assert!(
        chats.iter().all(|chat| chat.unread == 40),
        "counted once each"
    );
    world.close().await;
    Ok(())
}

#[tokio::test]
async fn what_comes_for_a_number_not_known_yet_is_read_when_it_is_added() -> anyhow::Result<()> {
    let world = Shop::open().await?;
    world.hears(&ana(), "Hola").await?;
    let org = chats(&world.client)
        .await?
        .first()
        .context("a chat")?
        .org_id;
    // Meta knows the number already; recado does not.
    let number = Number::new(ENTREGAS.phone_number_id, WABA, ENTREGAS.digits);
    world.sim.add_number(number);
    let mut wamids = Vec::new();
    for n in 0..3 {
        let words = format!("¿Hay alguien? {n}");
        let (wamid, outcome) = world
            .sim
            .inbound_taken(ENTREGAS.phone_number_id, &ana(), words.as_str())
            .await?;
        assert!(outcome.taken && outcome.attempts == 1, "{outcome:?}");
        wamids.push(wamid);
    }
    for wamid in &wamids {
        let problem = world.client.by_wamid(wamid).await.expect_err("not ours");
        assert_eq!(problem.code, Code::NotFound);
    }
    let status = world.client.status().await?;
    let told = status
        .notices
        .iter()
        .find(|notice| notice.code == "unknown_number");
    assert!(
        told.context("a notice")?
            .sentence
            .contains("add the number")
    );
    let replayed = world.client.replay().await?;
    assert_eq!((replayed.bodies, replayed.still_unread), (0, 3));

    let second = add_line(&world.sim, &world.client, org, &ENTREGAS).await?;
    until(&world.client, "they are read", async || {
        Ok(world.client.by_wamid(&wamids[2]).await.is_ok())
    })
    .await?;
    for (n, wamid) in wamids.iter().enumerate() {
        let message = world.client.by_wamid(wamid).await?;
        assert_eq!(message.text, Some(format!("¿Hay alguien? {n}")));
        assert_eq!(message.number_id, second);
    }
    let replayed = world.client.replay().await?;
    assert_eq!((replayed.bodies, replayed.still_unread), (0, 0));
    let count = counted(&world.client).await?;
    assert!(wamids.iter().all(|wamid| count.get(wamid) == Some(&1)));
    world.close().await;
    Ok(())
}

#[tokio::test]
async fn a_notification_from_next_year_is_kept_and_shown_also_after_a_restart() -> anyhow::Result<()>
{
    let mut world = Shop::open().await?;
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": CENTRO.digits, "phone_number_id": CENTRO.phone_number_id},
        "contacts": [{"profile": {"name": "Ana", "aura": "blue"}, "wa_id": "51987654321", "orbit": 7}],
        "messages": [
            {"from": "51987654321", "id": "wamid.HOLOGRAM", "timestamp": "1749416383", "type": "hologram",
             "hologram": {"scene": [1, 2, {"depth": 3}], "caption": "mira"}},
            {"from": "51987654321", "id": "wamid.TEXT", "timestamp": 1_749_416_384, "type": "text",
             "text": {"body": "y esto", "mood": {"tone": "calm"}}}
        ],
        "statuses": [{"id": "wamid.NOBODY", "status": "savoured", "timestamp": "1749416385", "recipient_id": "51987654321"}]
    });
    let new_field =
        json!({"event": "BEGIN", "metadata": {"phone_number_id": CENTRO.phone_number_id}});
    let body = json!({"object": "whatsapp_business_account", "api": 99, "entry": [{"id": WABA, "changes": [
        {"field": "messages", "value": value}, {"field": "holograms", "value": new_field}
    ]}]});
    assert_eq!(world.sim.raw_webhook(APP, body.to_string()).await?, 200);
    for _ in 0..2 {
        let kept = world.client.by_wamid("wamid.HOLOGRAM").await?;
        assert_eq!(kept.content.kind(), Kind::Unsupported);
        assert!(
            serde_json::to_string(&kept.content)?.contains("hologram"),
            "it says what it was: {:?}",
            kept.content
        );
        let read = world.client.by_wamid("wamid.TEXT").await?;
        assert_eq!(
            (read.text.as_deref(), read.direction),
            (Some("y esto"), Direction::Inbound)
        );
        let shown = chats(&world.client).await?;
        assert_eq!(shown.first().map(|chat| chat.unread), Some(2));
        let notices = world.client.status().await?.notices;
        assert!(
            notices.iter().any(|n| n.sentence.contains("holograms")),
            "{notices:?}"
        );
        // It waits for a version that can read it.
        assert!(world.client.replay().await?.still_unread > 0);
        world.home.stop().await;
        world.home.start().await?;
    }
    world.close().await;
    Ok(())
}

#[tokio::test]
async fn half_requests_and_endless_bodies_hold_nobody_up() -> anyhow::Result<()> {
    let world = Shop::open().await?;
    let at = world.webhook()?;
    let mut slow = Vec::new();
    for n in 0..60 {
        let mut stream = TcpStream::connect(at).await?;
        let half = raw::head(APP, "sha256=00", 3_000_000);
        let cut = if n % 2 == 0 { 40 } else { half.len() };
        stream
            .write_all(half.as_bytes().get(..cut).context("a part")?)
            .await?;
        slow.push(stream);
    }
    let huge = vec![b'x'; 5 << 20];
    let sign = world.sim.sign(APP, &huge)?;
    let endless = async {
        for _ in 0..4 {
            assert_eq!(raw::post(at, APP, &sign, &huge).await?.status, 413);
        }
        anyhow::Ok(())
    };
    let genuine = async {
        for n in 0..50 {
            world.hears(&ana(), format!("Hola {n}")).await?;
        }
        anyhow::Ok(())
    };
    tokio::try_join!(endless, genuine)?;
    assert_eq!(counted(&world.client).await?.len(), 50);
    drop(slow);
    world.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_two_thousand_bad_signatures_keeps_nobody_out() -> anyhow::Result<()> {
    let world = Shop::open().await?;
    let bad = format!("sha256={}", "5e".repeat(32));
    let mut flood = JoinSet::new();
    for _ in 0..16 {
        let (sim, bad) = (world.sim.clone(), bad.clone());
        flood.spawn(async move {
            for n in 0..125 {
                let body = json!({"object": "whatsapp_business_account", "entry": [], "n": n});
                let status = sim.raw_webhook_signed(APP, body.to_string(), &bad).await?;
                ensure!(status == 401, "{status}");
            }
            Ok(())
        });
    }
    let mut wamids = Vec::new();
    for n in 0..100 {
        wamids.push(world.hears(&ana(), format!("Hola {n}")).await?);
    }
    while let Some(ended) = flood.join_next().await {
        ended??;
    }
    let count = counted(&world.client).await?;
    assert_eq!(count.len(), 100, "and nothing of the flood");
    assert!(wamids.iter().all(|wamid| count.get(wamid) == Some(&1)));
    world.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_ends_it_within_five_seconds_under_load_and_nothing_is_lost() -> anyhow::Result<()>
{
    let folder = tempfile::tempdir()?;
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let recadod = plan.start().await?;
    let client = plan.client();
    open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
    // A console follows, and a connection that says nothing stays open.
    let _events = client.events(None).await?;
    let _silent = TcpStream::connect(("127.0.0.1", plan.port)).await?;
    let (done, mut seen) = watch::channel(0);
    let mut load = JoinSet::new();
    for n in 0..8 {
        let (sim, done) = (sim.clone(), done.clone());
        load.spawn(async move {
            let who = Customer::new("Ana").wa_id(format!("5198765432{n}"));
            let mut taken = Vec::new();
            loop {
                let (wamid, update) = sim.inbound_update(CENTRO.phone_number_id, &who, "Hola")?;
                match sim.raw_webhook(APP, sim.body(&[update])).await {
                    Ok(200) => taken.push(wamid),
                    Ok(503) | Err(_) => return anyhow::Ok(taken),
                    Ok(other) => anyhow::bail!("{other}"),
                }
                done.send_modify(|done| *done += 1);
            }
        });
    }
    timeout(PATIENCE, seen.wait_for(|done| *done >= 200))
        .await?
        .map(drop)?;
    let begin = Instant::now();
    let status = recadod.terminate().await?;
    let span = begin.elapsed();
    assert!(status.success(), "{status}");
    assert!(span < Duration::from_secs(5), "{span:?}");
    let mut taken = Vec::new();
    while let Some(ended) = load.join_next().await {
        taken.extend(ended??);
    }
    let again = plan.start().await?;
    let count = counted(&client).await?;
    assert!(taken.iter().all(|wamid| count.get(wamid) == Some(&1)));
    assert!(again.terminate().await?.success());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_daemon_is_refused_with_a_sentence() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let sim = Sim::start(SimConfig::new()).await?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let recadod = plan.start().await?;
    let port = Plan::new(folder.path(), &sim.base_url())?.port;
    let elsewhere = |name: &str| folder.path().join(name);
    let same_data = Plan {
        socket: elsewhere("other.sock"),
        port,
        ..plan.clone()
    };
    let same_socket = Plan {
        data: elsewhere("other"),
        port,
        ..plan.clone()
    };
    let same_port = Plan {
        data: elsewhere("other"),
        socket: elsewhere("other.sock"),
        ..plan.clone()
    };
    for (second, says, does) in [
        (same_data, "another recadod works in", "daemon.data_dir"),
        (same_socket, "another recadod answers at", "daemon.socket"),
        (
            same_port,
            "webhook.listen cannot be used",
            "another recadod",
        ),
    ] {
        let output = second.refused().await?;
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(says) && told.contains(does), "{told}");
    }
    // The first one has not noticed.
    assert!(plan.client().status().await?.notices.is_empty());
    assert!(recadod.terminate().await?.success());
    Ok(())
}

/// Reads the stream until something is told that `fits`.
async fn heard<T>(
    stream: &mut EventStream,
    fits: impl Fn(&Change) -> Option<T>,
) -> anyhow::Result<T> {
    let reading = async {
        while let Some(event) = stream.next().await {
            if let Some(found) = fits(&event?.change) {
                return Ok(found);
            }
        }
        anyhow::bail!("the stream ended")
    };
    timeout(PATIENCE, reading)
        .await
        .context("nothing was told")?
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_edit_of_the_configuration_is_told_and_a_good_one_holds() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let sim = Sim::start(SimConfig::new()).await?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let recadod = plan.start().await?;
    let client = plan.client();
    let mut events = client.events(None).await?;
    let broken = |change: &Change| -> Option<Notice> {
        match change {
            Change::Notice(notice) if notice.code == "config_broken" => Some((**notice).clone()),
            _ => None,
        }
    };
    for (edit, line, key) in [
        (
            "[log]\nlevel = \"debug\"\nlevle = 3\n",
            "recado.toml:3",
            "levle",
        ),
        ("[log\n", "recado.toml:1", ""),
        (
            "# ñ\n\n[webhook]\npublic_url = 7\n",
            "recado.toml:4",
            "public_url",
        ),
    ] {
        std::fs::write(&plan.config, edit)?;
        let notice = heard(&mut events, broken).await?;
        assert!(
            notice.sentence.contains(line) && notice.sentence.contains(key),
            "{}",
            notice.sentence
        );
        let shown = client.status().await?.notices;
        assert!(
            shown.iter().any(|notice| notice.code == "config_broken"),
            "{shown:?}"
        );
    }
    std::fs::write(
        &plan.config,
        "[log]\nlevel = \"debug\"\n[webhook]\npublic_url = \"https://wa.example.com\"\n",
    )?;
    let reloaded = heard(&mut events, |change| match change {
        Change::ConfigReloaded(reloaded) => Some(reloaded.clone()),
        _ => None,
    })
    .await?;
    assert!(
        reloaded.applied.iter().any(|key| key == "log.level"),
        "{reloaded:?}"
    );
    assert!(reloaded.restart.is_empty(), "{reloaded:?}");
    // The sign of the broken one goes with it.
    let mended = async {
        while !client.status().await?.notices.is_empty() {
            tokio::task::yield_now().await;
        }
        anyhow::Ok(())
    };
    timeout(PATIENCE, mended).await.context("it stays")??;
    assert!(recadod.terminate().await?.success());
    Ok(())
}
