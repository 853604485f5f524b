//! Twenty businesses under one roof: fifty numbers on one daemon, each business with its own app, account and token at Meta.

use common::api::numbers::{NewNumber, SecretText};
use common::api::orgs::NewOrg;
use common::client::Client;
use common::id::{NumberId, OrgId};
use common::model::number::{NumberStatus, Transport};
use recado_sim::app::{App, Token, Waba};
use recado_sim::customer::Customer;
use recado_sim::number::{Level, Number};
use recado_sim::sim::Sim;

use crate::seen::until;

/// Businesses.
pub const ORGS: usize = 20;
/// Numbers of all of them.
pub const NUMBERS: usize = 50;
const VERIFY_TOKEN: &str = "rc-MALL-MALL";

/// One business.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Its organisation.
    pub org: OrgId,
    /// Its app at Meta.
    pub app: String,
    /// What the app signs with.
    pub secret: String,
    /// What its numbers send with.
    pub token: String,
    /// Its numbers.
    pub lines: Vec<Line>,
}

/// One number.
#[derive(Debug, Clone)]
pub struct Line {
    /// Ours.
    pub id: NumberId,
    /// Meta's.
    pub meta: String,
}

/// Opens all of them, at Meta and in the daemon that Meta calls at `webhook` and the app's id.
///
/// # Errors
/// A step is refused.
pub async fn open(sim: &Sim, client: &Client, webhook: &str) -> anyhow::Result<Vec<Tenant>> {
    let mut all = Vec::with_capacity(ORGS);
    for n in 0..ORGS {
        all.push(tenant(sim, client, webhook, n).await?);
    }
    until(client, "every number is connected", async || {
        let numbers = client.numbers().await?;
        let ready = numbers.iter().all(|n| n.status == NumberStatus::Connected);
        Ok(ready && numbers.len() == NUMBERS)
    })
    .await?;
    Ok(all)
}

async fn tenant(sim: &Sim, client: &Client, webhook: &str, n: usize) -> anyhow::Result<Tenant> {
    let (app, waba) = (
        format!("6700000000010{n:02}"),
        format!("1022901293400{n:02}"),
    );
    let secret = format!("00000000000000000000000000a11{n:03}");
    let token = format!("EAAMALL{n:02}ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ");
    sim.add_app(App::new(&app, &secret));
    sim.add_waba(Waba::new(&waba).subscribed(&app));
    sim.add_token(Token::new(&token, &app).wabas([&waba]));
    let new = NewOrg {
        slug: format!("local-{n:02}"),
        name: Some(format!("Local {n}")),
    };
    let org = client.add_org(&new).await?.id;
    let mut lines = Vec::new();
    // Fifty numbers for twenty: every other one has three.
    for k in 0..2 + n % 2 {
        let meta = format!("10654035224{n:02}{k}");
        let number = Number::new(&meta, &waba, format!("5190{n:02}1110{k:02}"));
        sim.add_number(
            number
                .verified_name(format!("Local {n}"))
                .level(Level::High),
        );
        let new = NewNumber {
            org_id: org,
            label: format!("Línea {n}.{k}"),
            transport: Transport::Cloud,
            phone_number: None,
            phone_number_id: meta.as_str().into(),
            waba_id: waba.as_str().into(),
            app_id: app.as_str().into(),
            access_token: SecretText::new(&token),
            app_secret: SecretText::new(&secret),
            verify_token: Some(SecretText::new(VERIFY_TOKEN)),
        };
        let id = client.add_number(&new).await?.number.id;
        lines.push(Line { id, meta });
    }
    sim.set_webhook(
        &app,
        &format!("{webhook}/webhooks/meta/{app}"),
        VERIFY_TOKEN,
    );
    sim.verify_webhook(&app).await?;
    Ok(Tenant {
        org,
        app,
        secret,
        token,
        lines,
    })
}

/// Every number with its business, in an order that goes round among the businesses.
pub fn lines(all: &[Tenant]) -> Vec<(&Tenant, &Line)> {
    let most = all.iter().map(|tenant| tenant.lines.len()).max();
    (0..most.unwrap_or(0))
        .flat_map(|k| {
            all.iter()
                .filter_map(move |tenant| Some((tenant, tenant.lines.get(k)?)))
        })
        .collect()
}

/// A customer; the same one may write to any of them.
pub fn customer(n: usize) -> Customer {
    Customer::new(format!("Cliente {n}")).wa_id(format!("5198760{n:04}"))
}
