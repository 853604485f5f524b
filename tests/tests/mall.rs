//! Fifty numbers of twenty businesses on one daemon: everything is kept once, under its own business, and answered by its own number.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use common::api::numbers::{PatchNumber, SecretText};
use common::client::Client;
use common::id::{ChatId, NumberId, OrgId};
use common::model::message::Direction;
use common::model::number::NumberStatus;
use common::tick::Status;
use recado_sim::app::TokenDeath;
use recado_sim::config::{Limits, SimConfig};
use recado_sim::home::Home;
use recado_sim::sim::Sim;
use recado_tests::mall::{self, NUMBERS, ORGS, Tenant, customer, lines};
use recado_tests::seen::{PATIENCE, chats, everything, talk, text, until};
use tokio::task::JoinSet;

/// What everybody writes to every number.
const EACH: usize = 4;

async fn open() -> anyhow::Result<(Sim, Home, Client, Vec<Tenant>)> {
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let home = Home::open(&sim).await?;
    let client = home.client();
    let webhook = format!("http://{}", home.daemon()?.webhook_addr());
    let tenants = mall::open(&sim, &client, &webhook).await?;
    Ok((sim, home, client, tenants))
}

/// What is written to which number; a customer writes to several businesses, and says the same to each.
fn words(number: NumberId, n: usize) -> String {
    format!("Hola, línea {number}, pregunta {n}")
}

/// Everybody writes to every number, all at once.
async fn written(sim: &Sim, tenants: &[Tenant]) -> anyhow::Result<()> {
    let mut all = JoinSet::new();
    for (tenant, line) in lines(tenants) {
        let (sim, app) = (sim.clone(), tenant.app.clone());
        let (meta, id) = (line.meta.clone(), line.id);
        all.spawn(async move {
            for n in 0..EACH {
                let (_, update) = sim.inbound_update(&meta, &customer(n), words(id, n))?;
                let body = sim.body(&[update]);
                // Meta repeats itself, as it does.
                for _ in 0..2 {
                    let status = sim.raw_webhook(&app, body.clone()).await?;
                    assert_eq!(status, 200, "{meta}");
                }
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = all.join_next().await {
        done??;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_is_kept_once_under_its_own_business_and_answered_by_its_own_number()
-> anyhow::Result<()> {
    let (sim, mut home, client, tenants) = open().await?;
    assert_eq!((tenants.len(), lines(&tenants).len()), (ORGS, NUMBERS));
    written(&sim, &tenants).await?;

    let org_of: HashMap<NumberId, OrgId> = tenants
        .iter()
        .flat_map(|t| t.lines.iter().map(|line| (line.id, t.org)))
        .collect();
    for number in client.numbers().await? {
        assert_eq!(org_of.get(&number.id), Some(&number.org_id));
    }
    let all = chats(&client).await?;
    assert_eq!(all.len(), NUMBERS * EACH, "one talk a customer and number");
    // The same person is another customer in another business.
    let mut known: HashMap<i64, OrgId> = HashMap::new();
    let mut seen = HashSet::new();
    for chat in &all {
        let org = org_of[&chat.number_id];
        let before = known.insert(chat.customer.id.0, org);
        assert!(before.is_none_or(|before| before == org), "{chat:?}");
        let said = talk(&client, chat).await?;
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].number_id, chat.number_id);
        assert!(seen.insert(said[0].text.clone().expect("its words")));
    }
    for (_, line) in lines(&tenants) {
        for n in 0..EACH {
            assert!(seen.contains(&words(line.id, n)), "{} {n}", line.meta);
        }
    }

    // Everything is answered at once, each by the number that was written to.
    let mut sending = JoinSet::new();
    for chat in &all {
        let (client, chat, number) = (client.clone(), chat.id, chat.number_id);
        sending.spawn(async move {
            let wish = text(format!("Respuesta de {number}"), None);
            client.send(chat, &wish).await
        });
    }
    while let Some(sent) = sending.join_next().await {
        sent??;
    }
    sim.wait_accepted_count(NUMBERS * EACH, PATIENCE).await?;
    let meta: HashMap<&str, NumberId> = lines(&tenants)
        .into_iter()
        .map(|(_, line)| (line.meta.as_str(), line.id))
        .collect();
    let mut reached = HashSet::new();
    for accepted in sim.accepted() {
        let number = meta[&*accepted.phone_number_id];
        let said = accepted.body["text"]["body"].as_str().expect("text");
        assert_eq!(said, format!("Respuesta de {number}"));
        let to = accepted.to.clone().expect("a phone number");
        assert!(reached.insert((number, to)), "twice: {accepted:?}");
    }
    assert_eq!(reached.len(), NUMBERS * EACH);
    sim.wait_idle(PATIENCE).await?;
    let outbound = everything(&client).await?;
    let outbound = outbound
        .iter()
        .filter(|m| m.direction == Direction::Outbound);
    assert!(outbound.clone().all(|m| m.status == Status::Read));
    assert_eq!(outbound.count(), NUMBERS * EACH);
    assert_eq!(sim.refused(), [], "Meta had nothing to refuse");
    home.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_business_in_trouble_holds_up_no_other() -> anyhow::Result<()> {
    let (sim, mut home, client, tenants) = open().await?;
    written(&sim, &tenants).await?;
    let ill = &tenants[0];
    let of_ill: HashSet<NumberId> = ill.lines.iter().map(|line| line.id).collect();
    let all = chats(&client).await?;
    let (waiting, going): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|chat| of_ill.contains(&chat.number_id));
    let say = async |chat: ChatId| client.send(chat, &text("Enseguida", None)).await;
    // Its token dies, and it has much to say; the others have one word each.
    sim.kill_token(&ill.token, TokenDeath::Expired);
    for chat in waiting.iter().cycle().take(100) {
        say(chat.id).await?;
    }
    for chat in &going {
        say(chat.id).await?;
    }
    sim.wait_accepted_count(going.len(), PATIENCE).await?;
    until(&client, "its numbers say that they cannot", async || {
        let numbers = client.numbers().await?;
        let mut ill = numbers.iter().filter(|n| of_ill.contains(&n.id));
        Ok(ill.all(|n| n.status == NumberStatus::Error))
    })
    .await?;
    let well = client.numbers().await?;
    let mut well = well.iter().filter(|n| !of_ill.contains(&n.id));
    assert!(well.all(|n| n.status == NumberStatus::Connected));
    assert_eq!(client.status().await?.outbox.queued, 100, "nothing failed");

    // With a new token everything that waited goes, and only then.
    sim.revive_token(&ill.token);
    let patch = PatchNumber {
        access_token: Some(SecretText::new(&ill.token)),
        ..PatchNumber::default()
    };
    for line in &ill.lines {
        client.patch_number(line.id, &patch).await?;
    }
    sim.wait_accepted_count(going.len() + 100, PATIENCE * 2)
        .await?;
    sim.wait_idle(PATIENCE + Duration::from_secs(5)).await?;
    assert_eq!(sim.accepted_count(), going.len() + 100);
    home.stop().await;
    Ok(())
}
