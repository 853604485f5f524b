//! The doctor over broken set-ups of every kind: one right diagnosis each.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails here fails the test"
)]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use common::api::event::Change;
use common::client::Client;
use common::id::NumberId;
use common::model::check::{Check, Diagnosis, Hop, Verdict};
use common::model::health::Trouble;
use common::time::{Clock, ManualClock};
use recado_daemon::clock::SystemClock;
use recado_daemon::watch::Rhythm;
use recado_sim::app::{App, Token, TokenDeath, Waba};
use recado_sim::config::{Limits, Retry, SimConfig};
use recado_sim::home::{APP, Home, TOKEN, WABA};
use recado_sim::sim::Sim;
use recado_tests::front::{Deed, Front, Papers};
use recado_tests::shop::{CENTRO, ana};
use recado_tui::finding;
use recado_tui::speech::{Lang, Speech};
use serde_json::json;
use tempfile::TempDir;

/// A shop behind a proxy.
struct Ward {
    sim: Sim,
    home: Home,
    client: Client,
    number: NumberId,
    front: Front,
    daemon: SocketAddr,
    /// Where the proxy's authority lies.
    _folder: TempDir,
}

/// How the proxy's certificate is.
enum Tls {
    Plain,
    Papers(Papers),
}

impl Ward {
    /// A shop in which all is well.
    async fn well() -> Self {
        Self::with(Tls::Plain, Arc::new(SystemClock), |_url| None).await
    }

    /// One whose public address may be another than the proxy's.
    async fn with(
        tls: Tls,
        clock: Arc<dyn Clock>,
        address: impl FnOnce(&str) -> Option<String>,
    ) -> Self {
        let sim = Sim::start(SimConfig::new().limits(Limits::off()))
            .await
            .expect("Meta");
        let papers = match &tls {
            Tls::Plain => None,
            Tls::Papers(papers) => Some(papers),
        };
        let front = Front::open(papers).await.expect("a proxy");
        let scheme = if papers.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://localhost:{}", front.address().port());
        let public = address(&url).unwrap_or_else(|| url.clone());
        let authority = papers.map(|papers| papers.authority.clone());
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("authority.pem");
        if let Some(pem) = &authority {
            std::fs::write(&file, pem).expect("the authority is written");
        }
        let extra: Option<PathBuf> = authority.is_some().then(|| file.clone());
        let home = Home::open_with(&sim, clock, Rhythm::default(), |settings| {
            settings.public_url = (!public.is_empty()).then(|| public.clone());
            settings.extra_ca = extra;
        })
        .await
        .expect("a daemon");
        let daemon = home.daemon().expect("it runs").webhook_addr();
        front.rule("", "/", Deed::Pass(daemon));
        let (_, numbers) = home.open_shop(&sim, &[CENTRO]).await.expect("a shop");
        sim.set_webhook(
            APP,
            &format!("{public}/webhooks/meta/{APP}"),
            "rc-SIMU-LATE",
        );
        Self {
            client: home.client(),
            number: numbers[0],
            sim,
            home,
            front,
            daemon,
            _folder: folder,
        }
    }

    async fn examine(&self) -> Diagnosis {
        self.client.examine(self.number).await.expect("a diagnosis")
    }

    /// The one thing that is wrong; what hangs on it is skipped, not failed.
    async fn wrong(&self) -> (Hop, String, Check) {
        let diagnosis = self.examine().await;
        let of = |verdict| {
            diagnosis
                .checks
                .iter()
                .filter(move |check| check.verdict == verdict)
        };
        let failed: Vec<&Check> = of(Verdict::Failed).collect();
        assert_eq!(failed.len(), 1, "one diagnosis: {failed:#?}");
        let check = failed[0].clone();
        assert_eq!(diagnosis.exit(), check.check.exit());
        (check.check, check.code.clone(), check)
    }

    async fn is(&self, hop: Hop, code: &str) -> Check {
        let (found, word, check) = self.wrong().await;
        assert_eq!((found, word.as_str()), (hop, code), "{check:#?}");
        is_told(&check);
        check
    }

    /// A path of its own at the simulated Meta, as the owner of a token.
    async fn meta(&self, method: &str, path: &str, body: &str) {
        call(&self.sim, method, path, TOKEN, body).await;
    }
}

/// What was seen and what mends it have words in every language, with nothing left unfilled.
fn is_told(check: &Check) {
    for lang in Lang::ALL {
        let speech = Speech::of(lang);
        let seen = finding::seen(&speech, check);
        assert_ne!(seen, check.code, "{check:?}");
        let remedy = finding::remedy(&speech, check).expect("something to do");
        assert!(!seen.contains("{ $") && !seen.contains("{$"), "{seen}");
        assert!(remedy.ends_with('.') && !remedy.contains("{$"), "{remedy}");
    }
}

/// A call of the Graph API as any program makes it.
async fn call(sim: &Sim, method: &str, path: &str, token: &str, body: &str) {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: meta\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = recado_tests::raw::exchange(sim.addr(), request.as_bytes()).await;
    let answer = answer.expect("Meta answers");
    assert_eq!(answer.status, 200, "{method} {path}: {}", answer.head);
}

#[tokio::test]
async fn where_all_is_well_every_check_is_and_the_delivery_is_no_customers() {
    let ward = Ward::well().await;
    let told = ward
        .sim
        .inbound_taken(CENTRO.phone_number_id, &ana(), "Hola")
        .await;
    assert!(told.expect("Meta delivers").1.taken);
    let mut stream = ward.client.events(None).await.expect("events");
    let diagnosis = ward.examine().await;
    let hops: Vec<Hop> = diagnosis.checks.iter().map(|check| check.check).collect();
    assert_eq!(hops, Hop::ALL, "ten hops and the rest, in order");
    let off: Vec<&Check> = diagnosis
        .checks
        .iter()
        .filter(|check| !matches!(check.verdict, Verdict::Ok))
        .filter(|check| check.check != Hop::Certificate)
        .collect();
    assert!(off.is_empty(), "{off:#?}");
    assert_eq!(diagnosis.exit(), 0);
    let mut told = Vec::new();
    while told.len() < Hop::ALL.len() {
        let next = tokio::time::timeout(Duration::from_secs(20), stream.next()).await;
        if let Some(Ok(event)) = next.expect("each check is told")
            && let Change::NumberChecked(one) = event.change
        {
            told.push(one.check.check);
        }
    }
    assert_eq!(told, Hop::ALL, "and told as it came");
    assert_eq!(
        ward.client.examined(ward.number).await.expect("it is kept"),
        diagnosis
    );
    let chats = recado_tests::seen::chats(&ward.client)
        .await
        .expect("chats");
    assert_eq!(chats.len(), 1, "the doctor's delivery is nobody's chat");
    let status = ward.client.status().await.expect("a status");
    assert!(
        status.notices.is_empty(),
        "nor a notice: {:?}",
        status.notices
    );
}

#[tokio::test]
async fn the_name_is_missing_or_leads_nowhere() {
    let clock = || Arc::new(SystemClock);
    let none = Ward::with(Tls::Plain, clock(), |_| Some(String::new())).await;
    none.is(Hop::Name, "no_url").await;
    let nowhere = |_: &str| Some("https://recado.invalid".to_owned());
    let lost = Ward::with(Tls::Plain, clock(), nowhere).await;
    let check = lost.is(Hop::Name, "not_found").await;
    assert_eq!(check.facts["host"], "recado.invalid".into());
    assert_eq!(check.command.as_deref(), Some("dig +short recado.invalid"));
}

#[tokio::test]
async fn the_port_is_shut() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("its number").port();
    drop(free);
    let shut = move |_: &str| Some(format!("http://127.0.0.1:{port}"));
    let ward = Ward::with(Tls::Plain, Arc::new(SystemClock), shut).await;
    let check = ward.is(Hop::Port, "refused").await;
    assert_eq!(check.facts["port"], i64::from(port).into());
    let number = ward.client.number(ward.number).await.expect("the number");
    assert_eq!(number.health.broken, Some(Hop::Port));
    let mark = Trouble::of(&number, SystemClock.now());
    assert_eq!(mark, Some(Trouble::Webhook), "the strip shows it");
}

#[tokio::test]
async fn certificates_are_expired_anothers_their_own_or_none() {
    let ward = |papers: Papers| Ward::with(Tls::Papers(papers), Arc::new(SystemClock), |_| None);
    let good = ward(Papers::new("localhost", -1, 90).expect("papers")).await;
    let diagnosis = good.examine().await;
    assert_eq!(diagnosis.first_failed(), None);
    let days = &diagnosis.checks[2].facts["days"];
    assert!([88.into(), 89.into(), 90.into()].contains(days), "{days:?}");
    let soon = ward(Papers::new("localhost", -80, 9).expect("papers")).await;
    let check = soon.examine().await.checks[2].clone();
    assert_eq!(
        (check.verdict, check.code.as_str()),
        (Verdict::Warning, "soon")
    );
    let old = ward(Papers::new("localhost", -100, -10).expect("papers")).await;
    old.is(Hop::Certificate, "expired").await;
    let other = ward(Papers::new("other.example", -1, 90).expect("papers")).await;
    let check = other.is(Hop::Certificate, "wrong_host").await;
    assert_eq!(check.facts["names"], "other.example".into());
    let own = ward(Papers::alone("localhost").expect("papers")).await;
    own.is(Hop::Certificate, "self_signed").await;
    let mut unknown = Papers::new("localhost", -1, 90).expect("papers");
    unknown.authority = Papers::alone("x").expect("papers").authority;
    ward(unknown).await.is(Hop::Certificate, "incomplete").await;
    let plain = Ward::with(Tls::Plain, Arc::new(SystemClock), |url| {
        Some(url.replace("http://", "https://"))
    });
    plain.await.is(Hop::Certificate, "no_tls").await;
}

#[tokio::test]
async fn the_proxy_leads_elsewhere() {
    let ward = Ward::well().await;
    let page = |status| Deed::Answer(status, "", "<html>It works!</html>".to_owned());
    ward.front.rule("", "/", page(200));
    let check = ward.is(Hop::Reach, "other_server").await;
    assert_eq!(check.facts["server"], "front".into());
    ward.front.rule("", "/", page(502));
    ward.is(Hop::Reach, "gateway").await;
    let to = "Location: https://www.example.com/\r\n";
    ward.front
        .rule("", "/", Deed::Answer(301, to, String::new()));
    ward.is(Hop::Reach, "redirect").await;
    let other = Ward::well().await;
    ward.front.rule("", "/", Deed::Pass(other.daemon));
    ward.is(Hop::Reach, "other_recado").await;
}

#[tokio::test]
async fn the_proxy_spoils_the_webhook_alone() {
    let ward = Ward::well().await;
    let hook = "/webhooks/";
    let wrong = Deed::Answer(403, "", "wrong verify token\n".to_owned());
    ward.front.rule("GET", hook, wrong);
    ward.is(Hop::Handshake, "wrong_token").await;
    ward.front
        .rule("GET", hook, Deed::Answer(200, "", "<html>".to_owned()));
    ward.is(Hop::Handshake, "changed").await;
    ward.front.rule("GET", hook, Deed::Pass(ward.daemon));
    ward.front.rule("POST", hook, Deed::Alter(ward.daemon));
    ward.is(Hop::Delivery, "wrong_signature").await;
    ward.front
        .rule("POST", hook, Deed::Answer(413, "", String::new()));
    ward.is(Hop::Delivery, "too_long").await;
    ward.front
        .rule("POST", hook, Deed::Answer(200, "", "OK".to_owned()));
    ward.is(Hop::Delivery, "lost").await;
    ward.front.rule("POST", hook, Deed::Pass(ward.daemon));
    assert_eq!(ward.examine().await.first_failed(), None, "mended");
}

#[tokio::test]
async fn the_app_calls_somebody_else_or_tells_nothing() {
    let ward = Ward::well().await;
    ward.sim
        .set_webhook(APP, "https://old.example.com/hook", "x");
    let check = ward.is(Hop::Callback, "elsewhere").await;
    assert_eq!(check.facts["url"], "https://old.example.com/hook".into());
    ward.sim.add_app(App::new(APP, recado_sim::home::SECRET));
    ward.is(Hop::Callback, "none").await;
    let url = format!(
        "http://localhost:{}/webhooks/meta/{APP}",
        ward.front.address().port()
    );
    let own = format!("{APP}|{}", recado_sim::home::SECRET);
    let path = format!(
        "/v23.0/{APP}/subscriptions?object=whatsapp_business_account&callback_url={url}&verify_token=rc-SIMU-LATE&fields=account_update"
    );
    call(&ward.sim, "POST", &path, &own, "").await;
    ward.is(Hop::Callback, "no_messages").await;
    ward.sim.set_secret(APP, "another");
    ward.is(Hop::Callback, "wrong_secret").await;
}

#[tokio::test]
async fn deliveries_with_a_wrong_signature_are_counted_and_told() {
    let ward = Ward::well().await;
    let once = Retry {
        span: Duration::ZERO,
        ..Retry::default()
    };
    ward.sim.set_retry(once).set_secret(APP, "another");
    let told = ward
        .sim
        .inbound_taken(CENTRO.phone_number_id, &ana(), "Hola")
        .await;
    assert!(!told.expect("Meta tries").1.taken);
    ward.sim.set_secret(APP, recado_sim::home::SECRET);
    let check = ward.is(Hop::LastDelivery, "refused").await;
    assert_eq!(check.facts["count"], 1.into());
}

#[tokio::test]
async fn the_account_is_subscribed_to_nobody_or_to_another_or_sends_elsewhere() {
    let ward = Ward::well().await;
    let subscribed = format!("/v23.0/{WABA}/subscribed_apps");
    ward.meta("DELETE", &subscribed, "").await;
    ward.is(Hop::Subscription, "nobody").await;
    ward.sim.add_app(App::new("99", "x").name("Old desk"));
    ward.sim.add_waba(Waba::new(WABA).subscribed("99"));
    let check = ward.is(Hop::Subscription, "other").await;
    assert_eq!(check.facts["others"], "Old desk (99)".into());
    ward.meta("POST", &subscribed, "").await;
    let port = ward.daemon.port();
    let elsewhere = format!("http://127.0.0.1:{port}/webhooks/meta/{APP}");
    let body = format!(
        "override_callback_uri={}&verify_token=rc-SIMU-LATE",
        elsewhere.replace(':', "%3A").replace('/', "%2F")
    );
    ward.meta("POST", &subscribed, &body).await;
    let check = ward.is(Hop::Override, "account").await;
    assert_eq!(check.facts["url"], elsewhere.clone().into());
    ward.meta("POST", &subscribed, "").await;
    let wish = json!({ "webhook_configuration": {
        "override_callback_uri": elsewhere, "verify_token": "rc-SIMU-LATE" } });
    let number = format!("/v23.0/{}", CENTRO.phone_number_id);
    ward.meta("POST", &number, &wish.to_string()).await;
    ward.is(Hop::Override, "number").await;
}

#[tokio::test]
async fn tokens_are_dead_anothers_ending_or_too_weak() {
    let ward = Ward::well().await;
    ward.sim.kill_token(TOKEN, TokenDeath::PasswordChanged);
    let check = ward.is(Hop::Token, "dead").await;
    assert_eq!(check.facts["subcode"], 460.into());
    ward.sim.kill_token(TOKEN, TokenDeath::Expired);
    ward.is(Hop::Token, "expired").await;
    ward.sim.add_app(App::new("99", "x"));
    ward.sim.add_token(Token::new(TOKEN, "99").wabas([WABA]));
    ward.is(Hop::Token, "other_app").await;
    let weak = Token::new(TOKEN, APP).wabas([WABA]);
    ward.sim
        .add_token(weak.clone().scopes(["whatsapp_business_management"]));
    let check = ward.is(Hop::Permissions, "missing").await;
    assert_eq!(
        check.facts["permission"],
        "whatsapp_business_messaging".into()
    );
    let now = SystemClock.now().seconds();
    ward.sim.add_token(weak.expires_at(now + 9 * 86_400));
    let check = ward.examine().await.checks[10].clone();
    assert_eq!(
        (check.verdict, check.code.as_str()),
        (Verdict::Warning, "soon")
    );
}

#[tokio::test]
async fn numbers_are_disconnected_restricted_unpaid_or_forbidden() {
    let ward = Ward::well().await;
    let set = |status: &'static str, health: serde_json::Value| {
        let change = |number: recado_sim::number::Number| {
            number.status(status).field("health_status", health)
        };
        ward.sim
            .change_number(CENTRO.phone_number_id, change)
            .expect("the number");
    };
    let health = |entity: &str, code: i64| {
        json!({ "can_send_message": "BLOCKED", "entities": [{
            "entity_type": entity, "id": "1", "can_send_message": "BLOCKED", "errors": [{
                "error_code": code, "error_description": "Not now.",
                "possible_solution": "Do what is asked." }] }] })
    };
    let fine = || json!({ "can_send_message": "AVAILABLE", "entities": [] });
    set("DISCONNECTED", fine());
    ward.is(Hop::Number, "not_registered").await;
    set("RESTRICTED", fine());
    ward.is(Hop::Number, "restricted").await;
    set("CONNECTED", health("PHONE_NUMBER", 141_000));
    let check = ward.is(Hop::Number, "blocked").await;
    assert_eq!(
        check.facts["advice"],
        "Do what is asked.".into(),
        "Meta's own advice"
    );
    set("CONNECTED", health("WABA", 141_006));
    ward.is(Hop::Payment, "problem").await;
    set("CONNECTED", health("BUSINESS", 141_010));
    ward.is(Hop::Policy, "blocked").await;
    set("CONNECTED", fine());
    ward.sim.add_waba(
        Waba::new(WABA)
            .subscribed(APP)
            .field("account_review_status", "REJECTED"),
    );
    ward.is(Hop::Policy, "review").await;
}

#[tokio::test]
async fn a_clock_that_is_off_is_told_with_how_much() {
    let clock = ManualClock::new(SystemClock.now().minus(Duration::from_hours(2)));
    let ward = Ward::with(Tls::Plain, Arc::new(clock), |_| None).await;
    let check = ward.is(Hop::Clock, "off").await;
    assert_eq!(check.facts["way"], "behind".into());
    drop(ward.home);
}
