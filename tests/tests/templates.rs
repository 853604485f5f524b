//! Templates through the public doors: told by Meta, listed, sent with values, made, changed, deleted, and judged before Meta is asked.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_lines,
    reason = "what fails here fails the test; a story is told at a stretch"
)]

mod local;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use common::api::chats::ChatFilter;
use common::api::customers::PatchCustomer;
use common::api::messages::{Outgoing, Send, SendTo, Slice};
use common::api::problem::{Code, Problem};
use common::api::templates::{
    DeleteTemplate, NewTemplate, PatchTemplate, Source, SyncTemplates, Synced, TemplateQuery,
};
use common::client::Client;
use common::id::{ChatId, NumberId};
use common::model::content::{Content, Kind};
use common::model::message::Message;
use common::model::template::Template;
use common::model::template::word::{Category, Quality, TemplateStatus};
use common::time::{Clock, ManualClock, Stamp};
use recado_daemon::graph::Graph;
use recado_daemon::template::Templates;
use recado_sim::app::{App, Token, Waba};
use recado_sim::config::{Limits, SimConfig};
use recado_sim::content::InboundContent;
use recado_sim::customer::Customer;
use recado_sim::fault::{Fault, FaultRule, Target};
use recado_sim::home::{Home, Line, WABA};
use recado_sim::inbound::Inbound;
use recado_sim::number::Level;
use recado_sim::sim::Sim;
use recado_sim::template::{Review, Template as AtMeta};
use recado_tests::bin_path::program;
use recado_tests::seen::{PATIENCE, until};
use serde_json::{Value, json};

const LINE: Line = Line {
    label: "Centro",
    digits: "51900111001",
    phone_number_id: "106540352242922",
    level: Level::High,
};

struct Shop {
    sim: Sim,
    home: Home,
    client: Client,
    number: NumberId,
}

fn order() -> AtMeta {
    AtMeta::new(
        "pedido_listo",
        "es",
        "Hola {{1}}, tu pedido llega a las {{2}} hoy.",
    )
    .with(json!({ "type": "FOOTER", "text": "Panadería Luz" }))
    .with(json!({ "type": "BUTTONS", "buttons": [
        { "type": "QUICK_REPLY", "text": "Voy" }, { "type": "QUICK_REPLY", "text": "Más tarde" }] }))
}

impl Shop {
    async fn open(templates: Vec<AtMeta>) -> Self {
        Self::at(templates, Arc::new(recado_daemon::clock::SystemClock)).await
    }

    async fn at(templates: Vec<AtMeta>, clock: Arc<dyn Clock>) -> Self {
        let sim = Sim::start(SimConfig::new().limits(Limits::off()))
            .await
            .expect("a port");
        for template in templates {
            sim.add_template(WABA, template);
        }
        let home = Home::open_at(&sim, clock).await.expect("a daemon");
        let (_org, ids) = home.open_shop(&sim, &[LINE]).await.expect("a shop");
        let client = home.client();
        Self {
            sim,
            home,
            client,
            number: ids[0],
        }
    }

    /// Waits until the templates are as wanted.
    async fn until(&self, what: &str, right: impl Fn(&[Template]) -> bool) -> Vec<Template> {
        until(&self.client, what, async || Ok(right(&self.all().await)))
            .await
            .expect("it comes about");
        self.all().await
    }

    async fn all(&self) -> Vec<Template> {
        let query = TemplateQuery::default();
        self.client.all_templates(&query).await.expect("a list")
    }

    async fn one(&self, name: &str) -> Template {
        let named = |list: &[Template]| list.iter().any(|t| t.name == name);
        let all = self.until(name, named).await;
        all.into_iter()
            .find(|t| t.name == name)
            .expect("it is there")
    }

    async fn sync(&self) -> Synced {
        let mut all = self
            .client
            .sync_templates(&SyncTemplates::default())
            .await
            .expect("an answer");
        all.pop().expect("one account")
    }

    async fn ana(&self) -> ChatId {
        let ana = Customer::new("Ana Prado").wa_id("51987654321");
        self.sim
            .inbound_taken(LINE.phone_number_id, &ana, "Hola")
            .await
            .expect("it is taken");
        let page = self
            .client
            .chats(&ChatFilter::default())
            .await
            .expect("chats");
        page.items[0].id
    }

    async fn send(&self, chat: ChatId, content: Outgoing) -> Result<Message, Problem> {
        let message = Send {
            content,
            reply_to: None,
            client_id: None,
        };
        self.client.send(chat, &message).await
    }

    /// The command line, as a script uses it: status, standard output, standard error.
    async fn recado(&self, args: &[&str], input: &str) -> (Option<i32>, String, String) {
        let mut command = Command::new(program("recado").expect("the program"));
        command
            .env_clear()
            .env("TZ", "UTC")
            .env("LC_ALL", "en_US.UTF-8");
        command.env("HOME", self.home.folder());
        command
            .arg("--socket")
            .arg(&self.home.settings().socket)
            .args(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let input = input.to_owned();
        let done = tokio::task::spawn_blocking(move || {
            use std::io::Write;
            let mut child = command.spawn().expect("it starts");
            let mut stdin = child.stdin.take().expect("a pipe");
            stdin.write_all(input.as_bytes()).ok();
            drop(stdin);
            child.wait_with_output().expect("it ends")
        })
        .await
        .expect("no panic");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (done.status.code(), text(done.stdout), text(done.stderr))
    }
}

fn params(name: &str, values: &[(&str, &str)]) -> Outgoing {
    let own = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
    Outgoing::Template {
        name: name.to_owned(),
        language: "es".to_owned(),
        params: values.iter().map(own).collect(),
        components: Vec::new(),
    }
}

fn components(name: &str, components: &Value) -> Outgoing {
    Outgoing::Template {
        name: name.to_owned(),
        language: "es".to_owned(),
        params: std::collections::BTreeMap::new(),
        components: components.as_array().expect("a list").clone(),
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_new_number_brings_all_templates_of_its_account_page_by_page_in_every_state() {
    let mut list = vec![
        order(),
        AtMeta::new("promo", "es", "Hola, hay tortas nuevas.")
            .category("MARKETING")
            .quality("YELLOW"),
        AtMeta::new("mal", "es", "Hola a todos.").rejected("INVALID_FORMAT"),
        AtMeta::new("espera", "pt_BR", "Olá a todos.").status("PENDING"),
    ];
    list.extend((0..7).map(|n| AtMeta::new(&format!("t{n}"), "es", "Hola a todos.")));
    let sim = Sim::start(SimConfig::new().limits(Limits::off()))
        .await
        .expect("a port");
    sim.set_template_page(3);
    for template in list {
        sim.add_template(WABA, template);
    }
    let home = Home::open(&sim).await.expect("a daemon");
    let (_org, ids) = home.open_shop(&sim, &[LINE]).await.expect("a shop");
    let client = home.client();
    let shop = Shop {
        sim,
        home,
        client,
        number: ids[0],
    };
    let all = shop.until("twelve templates", |all| all.len() == 12).await;
    let of = |name: &str| all.iter().find(|t| t.name == name).expect("it is there");
    assert_eq!(of("pedido_listo").status, TemplateStatus::Approved);
    assert_eq!(
        (&of("promo").category, &of("promo").quality),
        (&Category::Marketing, &Some(Quality::Yellow))
    );
    assert_eq!(of("mal").rejected_reason.as_deref(), Some("INVALID_FORMAT"));
    assert_eq!(of("espera").language, "pt_BR");
    assert!(of("hello_world").last_synced_at.is_some());
    // By number, state, language, category, words; and page by page.
    let ask = async |query: TemplateQuery| -> Vec<String> {
        let found = shop.client.all_templates(&query).await.expect("a list");
        found.into_iter().map(|t| t.name).collect()
    };
    let empty = TemplateQuery::default;
    assert_eq!(
        ask(TemplateQuery {
            status: Some("rejected".into()),
            ..empty()
        })
        .await,
        ["mal"]
    );
    assert_eq!(
        ask(TemplateQuery {
            language: Some("pt_BR".into()),
            ..empty()
        })
        .await,
        ["espera"]
    );
    assert_eq!(
        ask(TemplateQuery {
            category: Some("marketing".into()),
            ..empty()
        })
        .await,
        ["promo"]
    );
    assert_eq!(
        ask(TemplateQuery {
            q: Some("PANADERIA luz".into()),
            ..empty()
        })
        .await,
        ["pedido_listo"]
    );
    let paged = TemplateQuery {
        number: Some(shop.number),
        limit: Some(5),
        ..empty()
    };
    assert_eq!(ask(paged).await.len(), 12);
    assert_eq!(
        ask(TemplateQuery {
            number: Some(NumberId(99)),
            ..empty()
        })
        .await
        .len(),
        0
    );
}

#[tokio::test]
async fn a_walk_that_breaks_off_loses_nothing_and_what_is_gone_at_meta_is_marked() {
    let list = (0..6).map(|n| AtMeta::new(&format!("t{n}"), "es", "Hola a todos."));
    let shop = Shop::open(list.collect()).await;
    shop.until("seven templates", |all| all.len() == 7).await;
    shop.sim.set_template_page(2);
    let gone = shop.one("t0").await;
    shop.sim
        .forget_template(gone.meta_id.as_deref().expect("Meta's id"));
    shop.sim
        .add_template(WABA, AtMeta::new("nueva", "es", "Hola a todos."));
    let broken = FaultRule::new(Fault::Http(502))
        .target(Target::Other)
        .after(2);
    let broken = shop.sim.add_fault(broken);
    let synced = shop.sync().await;
    assert!(
        synced.error.is_some_and(|e| e.contains("Meta")),
        "it says so"
    );
    assert_eq!((synced.found, synced.deleted), (0, 0));
    assert_eq!(shop.all().await.len(), 7, "nothing is lost");
    shop.sim.clear_fault(broken);
    let synced = shop.sync().await;
    assert_eq!(
        (synced.found, synced.changed, synced.deleted, synced.error),
        (7, 1, 1, None)
    );
    let names: Vec<String> = shop.all().await.into_iter().map(|t| t.name).collect();
    assert!(!names.contains(&"t0".to_owned()) && names.contains(&"nueva".to_owned()));
    let deleted = TemplateQuery {
        status: Some("deleted".to_owned()),
        ..TemplateQuery::default()
    };
    let deleted = shop.client.all_templates(&deleted).await.expect("a list");
    assert_eq!((deleted.len(), deleted[0].name.as_str()), (1, "t0"));
    // A second walk finds nothing to change.
    let synced = shop.sync().await;
    assert_eq!((synced.changed, synced.deleted), (0, 0));
}

#[tokio::test]
async fn what_meta_decides_is_heard_at_once() {
    let shop = Shop::open(vec![order()]).await;
    let template = shop.one("pedido_listo").await;
    let id = template.meta_id.clone().expect("Meta's id");
    shop.sim
        .set_template_status(&id, "PAUSED", Some("FIRST_PAUSE"));
    let paused = |all: &[Template]| {
        all.iter()
            .any(|t| t.pause_reason.as_deref() == Some("FIRST_PAUSE"))
    };
    let all = shop.until("a pause", paused).await;
    let stands = all
        .iter()
        .find(|t| t.id == template.id)
        .expect("it is there");
    assert_eq!(stands.status, TemplateStatus::Paused);
    assert!(
        stands
            .reason_detail
            .as_ref()
            .is_some_and(|d| d.contains("3 hours"))
    );
    assert!(stands.revision > template.revision);
    shop.sim.set_template_quality(&id, "RED");
    shop.until("a quality", |all| {
        all.iter().any(|t| t.quality == Some(Quality::Red))
    })
    .await;
    shop.sim.set_template_status(&id, "APPROVED", None);
    let free = |all: &[Template]| {
        all.iter()
            .any(|t| t.name == "pedido_listo" && t.can_be_sent() && t.pause_reason.is_none())
    };
    shop.until("the end of the pause", free).await;
    shop.sim.set_template_category(&id, "MARKETING");
    let moved = |all: &[Template]| {
        all.iter().any(|t| {
            t.category == Category::Marketing && t.previous_category == Some(Category::Utility)
        })
    };
    shop.until("another category", moved).await;
    // A changed text is not in the notification whole: Meta is asked.
    shop.sim
        .set_template_body(&id, "Hola {{1}}, ya puedes pasar a las {{2}} hoy.");
    let changed = |all: &[Template]| {
        all.iter().any(|t| {
            t.components
                .body
                .as_ref()
                .is_some_and(|b| b.text.contains("ya puedes"))
        })
    };
    shop.until("another text", changed).await;
}

#[tokio::test]
async fn a_day_later_meta_is_asked_again() {
    let clock = ManualClock::new(Stamp::from_seconds(1_780_000_000));
    let mut shop = Shop::at(vec![order()], Arc::new(clock.clone())).await;
    shop.one("pedido_listo").await;
    shop.home.stop().await;
    shop.sim
        .add_template(WABA, AtMeta::new("nueva", "es", "Hola a todos."));
    clock.advance(Duration::from_hours(23));
    shop.home.start().await.expect("it starts");
    shop.client = shop.home.client();
    assert!(
        !shop.all().await.iter().any(|t| t.name == "nueva"),
        "not yet"
    );
    shop.home.stop().await;
    clock.advance(Duration::from_hours(2));
    shop.home.start().await.expect("it starts");
    shop.client = shop.home.client();
    shop.one("nueva").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daemon_that_runs_on_asks_meta_again_when_a_day_has_passed() {
    let local = local::Local::start().await;
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await;
    let sim = sim.expect("a port");
    let org = local.org("luz").await;
    let new = local::new_number(org, "Centro", LINE.phone_number_id);
    sim.add_app(App::new(
        new.app_id.as_str(),
        "0123456789abcdef0123456789abcdef",
    ));
    sim.add_waba(Waba::new(new.waba_id.as_str()));
    let token = Token::new("EAAG-very-secret", new.app_id.as_str());
    sim.add_token(token.wabas([new.waba_id.as_str()]));
    local.client().add_number(&new).await.expect("a number");
    let graph = Graph::new(&sim.base_url(), "v23.0").expect("a client");
    let (store, keyring) = (local.store.clone(), local.keyring.clone());
    let templates = Templates::new(store, graph, keyring, Arc::new(local.clock.clone()));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let looking = templates.looking(Duration::from_millis(20));
    let running = tokio::spawn(looking.run(stopped));
    let names = async |client: &Client| -> Vec<String> {
        let query = TemplateQuery::default();
        let all = client.all_templates(&query).await.expect("a list");
        all.into_iter().map(|one| one.name).collect()
    };
    let client = local.client();
    until(&client, "the first walk", async || {
        Ok(names(&client).await == ["hello_world"])
    })
    .await
    .expect("it comes about");
    // Its walks are over when no more is asked through many looks: an absence has no event.
    loop {
        let before = sim.counts().requests;
        tokio::time::sleep(Duration::from_millis(400)).await;
        if sim.counts().requests == before {
            break;
        }
    }
    sim.add_template(
        new.waba_id.as_str(),
        AtMeta::new("nueva", "es", "Hola a todos."),
    );
    // It looks many times within a day, and asks no more than once.
    let walks = sim.counts().requests;
    local.clock.advance(Duration::from_hours(23));
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(names(&client).await, ["hello_world"]);
    assert_eq!(sim.counts().requests, walks);
    local.clock.advance(Duration::from_hours(25));
    until(&client, "the second walk", async || {
        Ok(names(&client).await.len() == 2)
    })
    .await
    .expect("it comes about");
    stop.send_replace(true);
    running.await.expect("it ends");
    local.stop().await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_template_goes_with_its_values_and_a_tap_on_it_quotes_it() {
    let shop = Shop::open(vec![order()]).await;
    let template = shop.one("pedido_listo").await;
    let chat = shop.ana().await;
    let offered = shop
        .client
        .proposal(template.id, chat)
        .await
        .expect("values");
    assert_eq!(offered.values["1"].value, "Ana");
    assert_eq!(offered.values["1"].source, Source::Customer);
    let values = [("1", "Anita"), ("2", "18:00"), ("button.1", "si-4471")];
    let sent = shop
        .send(chat, params("pedido_listo", &values))
        .await
        .expect("queued");
    let text = "Hola Anita, tu pedido llega a las 18:00 hoy.\nPanadería Luz";
    assert_eq!(sent.text.as_deref(), Some(text));
    let Content::Template(content) = &sent.content else {
        panic!("a template: {:?}", sent.content)
    };
    assert_eq!(content.buttons, ["Voy", "Más tarde"]);
    assert_eq!(content.category.as_deref(), Some("utility"));
    let accepted = shop
        .sim
        .wait_accepted(|a| a.kind == "template", PATIENCE)
        .await
        .expect("it goes");
    assert_eq!(
        accepted.body["template"],
        json!({ "name": "pedido_listo", "language": { "code": "es" }, "components": [
            { "type": "body", "parameters": [{ "type": "text", "text": "Anita" }, { "type": "text", "text": "18:00" }] },
            { "type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{ "type": "payload", "payload": "si-4471" }] }] })
    );
    let tap = InboundContent::Button {
        payload: "si-4471".to_owned(),
        text: "Voy".to_owned(),
    };
    let ana = Customer::new("Ana Prado").wa_id("51987654321");
    shop.sim
        .inbound_taken(
            LINE.phone_number_id,
            &ana,
            Inbound::new(tap).reply_to(accepted.wamid.clone()),
        )
        .await
        .expect("it is taken");
    let page = shop
        .client
        .messages(chat, &Slice::default())
        .await
        .expect("messages");
    let answer = &page.items[0];
    assert_eq!(
        (answer.content.kind(), answer.text.as_deref()),
        (Kind::Button, Some("Voy"))
    );
    let quoted = answer.reply_to.as_ref().expect("a quote");
    assert_eq!(quoted.id, Some(sent.id));
    assert!(
        quoted
            .brief
            .as_ref()
            .and_then(|b| b.text.as_deref())
            .is_some_and(|t| t.starts_with("Hola Anita"))
    );
    // The next time the same values are offered; what is found is what was said.
    let offered = shop
        .client
        .proposal(template.id, chat)
        .await
        .expect("values");
    assert_eq!(
        (
            offered.values["1"].value.as_str(),
            offered.values["1"].source
        ),
        ("Anita", Source::Remembered)
    );
    assert_eq!(offered.values["2"].value, "18:00");
    let query = common::api::search::SearchQuery {
        q: "Anita 18:00".to_owned(),
        ..Default::default()
    };
    assert_eq!(
        shop.client.search(&query).await.expect("hits").items.len(),
        1
    );
}

#[tokio::test]
async fn what_meta_would_refuse_is_refused_here_with_a_sentence() {
    let shop = Shop::open(vec![
        order(),
        AtMeta::new("pausa", "es", "Hola a todos.").status("PAUSED"),
        AtMeta::new("mal", "es", "Hola a todos.").rejected("INVALID_FORMAT"),
        AtMeta::new("espera", "es", "Hola a todos.").status("PENDING"),
        AtMeta::new("muerta", "es", "Hola a todos.").status("DISABLED"),
        AtMeta::new("lisboa", "pt_PT", "Olá a todos."),
    ])
    .await;
    shop.until("all templates", |all| all.len() == 7).await;
    let chat = shop.ana().await;
    let refused = async |content: Outgoing| -> Problem {
        let problem = shop.send(chat, content).await.expect_err("refused");
        assert!(problem.detail.ends_with('.'), "{}", problem.detail);
        problem
    };
    for (name, words) in [
        ("pausa", "paused"),
        ("mal", "INVALID_FORMAT"),
        ("espera", "reviews"),
        ("muerta", "disabled"),
        ("nadie", "There is no template nadie"),
        ("lisboa", "in: pt_PT"),
    ] {
        let problem = refused(params(name, &[])).await;
        assert_eq!(problem.code, Code::TemplateNotReady, "{name}");
        assert!(problem.detail.contains(words), "{name}: {}", problem.detail);
    }
    // Everything wrong with the values, at once.
    let problem = refused(params("pedido_listo", &[("2", "a\nb"), ("3", "x")])).await;
    let codes: Vec<(&str, &str)> = problem
        .errors
        .iter()
        .map(|w| (w.field.as_str(), w.fault.code()))
        .collect();
    assert_eq!(
        codes,
        [("1", "empty"), ("2", "line_break"), ("3", "unknown_field")]
    );
    let problem = refused(params(
        "pedido_listo",
        &[("1", &"a".repeat(2000)), ("2", "b")],
    ))
    .await;
    assert_eq!(problem.errors[0].fault.code(), "too_long");
    // Meta's own shape is judged as well.
    let text = |text: &str| json!({ "type": "text", "text": text });
    let short = json!([{ "type": "body", "parameters": [text("Ana")] }]);
    let problem = refused(components("pedido_listo", &short)).await;
    assert_eq!(
        (
            problem.errors[0].field.as_str(),
            problem.errors[0].fault.code()
        ),
        ("2", "empty")
    );
    assert_eq!(shop.sim.accepted_count(), 0, "nothing reached Meta");
    let good = json!([{ "type": "body", "parameters": [text("Ana"), text("18:00")] }]);
    let sent = shop
        .send(chat, components("pedido_listo", &good))
        .await
        .expect("queued");
    assert!(sent.text.is_some_and(|t| t.contains("a las 18:00")));
    shop.sim
        .wait_accepted_count(1, PATIENCE)
        .await
        .expect("it goes");
    assert!(
        shop.sim
            .refused()
            .iter()
            .all(|r| !r.request.contains("/messages")),
        "nor was it Meta who said no"
    );
}

#[tokio::test]
async fn marketing_goes_to_nobody_who_wants_none_as_soon_as_the_category_is_known() {
    let shop = Shop::open(vec![
        AtMeta::new("promo", "es", "Hola, hay tortas.").category("MARKETING"),
    ])
    .await;
    shop.one("promo").await;
    let chat = shop.ana().await;
    let customer = shop.client.chat(chat).await.expect("a chat").customer.id;
    let patch = PatchCustomer {
        opted_out: Some(true),
        ..PatchCustomer::default()
    };
    shop.client
        .patch_customer(customer, &patch)
        .await
        .expect("noted");
    let problem = shop
        .send(chat, params("promo", &[]))
        .await
        .expect_err("refused");
    assert_eq!(problem.code, Code::OptedOut);
}

#[tokio::test]
async fn a_stranger_gets_a_template_by_number_and_a_code_is_not_remembered() {
    let code = AtMeta::new("codigo", "es", "*{{1}}* es tu código.")
        .category("AUTHENTICATION")
        .with(json!({ "type": "BUTTONS", "buttons": [{ "type": "OTP", "otp_type": "COPY_CODE", "text": "Copiar" }] }));
    let shop = Shop::open(vec![code]).await;
    let template = shop.one("codigo").await;
    let to = SendTo {
        number_id: shop.number,
        to: "+51955000222".to_owned(),
        message: Send {
            content: params("codigo", &[("1", "482913")]),
            reply_to: None,
            client_id: None,
        },
    };
    let sent = shop.client.send_to(&to).await.expect("queued");
    let accepted = shop.sim.wait_accepted_count(1, PATIENCE).await;
    accepted.expect("it goes");
    let body = &shop.sim.accepted()[0].body;
    assert_eq!(
        body["template"]["components"][1]["parameters"][0]["text"],
        "482913"
    );
    let offered = shop
        .client
        .proposal(template.id, sent.chat_id)
        .await
        .expect("values");
    assert!(offered.values.is_empty(), "{offered:?}");
}

const FILE: &str = r#"
name = "pedido_nuevo"
language = "es"
category = "utility"
footer = "Panadería Luz"

[header]
text = "Pedido {{1}}"
examples = ["4471"]

[body]
text = "Hola {{nombre}}, tu pedido llega hoy."
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn templates_are_made_shown_changed_and_deleted_from_the_command_line() {
    let shop = Shop::open(vec![order()]).await;
    shop.one("pedido_listo").await;
    // Everything wrong is said at once, and Meta is not asked.
    let (status, out, err) = shop.recado(&["template", "create", "-"], FILE).await;
    assert_eq!((status, out.as_str()), (Some(1), ""));
    let mixed = "header.text";
    assert!(
        err.lines().count() >= 2 && err.contains(mixed) && err.contains("example for {{nombre}}"),
        "{err}"
    );
    let good = FILE
        .replace("{{nombre}}", "{{1}}")
        .replace("llega hoy.\"", "llega hoy.\"\nexamples = [\"Ana\"]");
    let (status, out, err) = shop
        .recado(&["template", "create", "-", "--wait"], &good)
        .await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.starts_with("pedido_nuevo (es): approved"), "{out}");
    let at_meta = shop
        .sim
        .template(WABA, "pedido_nuevo", "es")
        .expect("it is there");
    assert_eq!(
        at_meta.components()[0]["example"]["header_text"],
        json!(["4471"])
    );
    let (_, out, _) = shop.recado(&["templates", "--query", "pedido"], "").await;
    assert_eq!(out.lines().count(), 3, "{out}");
    let (_, out, _) = shop.recado(&["template", "show", "pedido_nuevo"], "").await;
    assert!(
        out.contains("Pedido {{1}}") && out.contains("header"),
        "{out}"
    );
    // What is shown as a file can be given back.
    let (_, file, _) = shop
        .recado(&["template", "show", "pedido_nuevo", "--toml"], "")
        .await;
    let changed = file.replace("llega hoy", "llega mañana");
    shop.sim
        .set_review(Review::refused_after(Duration::ZERO, "ABUSIVE_CONTENT"));
    let edit = ["template", "edit", "pedido_nuevo", "-", "--wait"];
    let (status, out, err) = shop.recado(&edit, &changed).await;
    assert_eq!((status, err.as_str()), (Some(1), ""), "{out}\n{changed}");
    assert!(out.contains("rejected ABUSIVE_CONTENT"), "{out}");
    let send = [
        "send",
        "--from",
        "Centro",
        "--to",
        "+51987654321",
        "--template",
        "pedido_listo",
        "--lang",
        "es",
    ];
    let more = [
        &send[..],
        &["--param", "1=Ana", "--param", "2=18:00", "--wait", "sent"],
    ]
    .concat();
    let (status, out, err) = shop.recado(&more, "").await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    let (status, _, err) = shop.recado(&send, "").await;
    assert!(
        status == Some(1) && err.contains("1 is empty. 2 is empty."),
        "{err}"
    );
    let (status, _, err) = shop
        .recado(&["template", "delete", "pedido_listo"], "")
        .await;
    assert!(status == Some(1) && err.contains("--yes"), "{err}");
    let (status, _, _) = shop
        .recado(&["template", "delete", "pedido_listo", "--yes"], "")
        .await;
    assert_eq!(status, Some(0));
    assert!(shop.sim.template(WABA, "pedido_listo", "es").is_none());
    let (_, out, _) = shop.recado(&["templates", "--json"], "").await;
    let left: Vec<Value> = serde_json::from_str(&out).expect("an array");
    assert!(left.iter().all(|t| t["name"] != "pedido_listo"), "{out}");
    let (status, _, err) = shop.recado(&["template", "show", "pedido_listo"], "").await;
    assert!(
        status == Some(1) && err.contains("No template is called"),
        "{err}"
    );
}

#[tokio::test]
async fn what_meta_says_of_a_change_is_told_with_what_to_do() {
    let shop = Shop::open(vec![order()]).await;
    let template = shop.one("pedido_listo").await;
    let body = |text: &str| PatchTemplate {
        components: Some(
            serde_json::from_value(json!([{ "type": "BODY", "text": text }])).expect("components"),
        ),
        ..PatchTemplate::default()
    };
    let changed = shop
        .client
        .edit_template(template.id, &body("Ya está todo listo."))
        .await;
    assert_eq!(changed.expect("changed").id, template.id);
    shop.until("a second approval", |all| {
        all.iter()
            .any(|t| t.id == template.id && t.can_be_sent() && t.components.footer.is_none())
    })
    .await;
    // Once a day, says Meta.
    let refused = shop
        .client
        .edit_template(template.id, &body("Otra vez todo listo."))
        .await;
    let refused = refused.expect_err("refused");
    assert_eq!(refused.code, Code::MetaRefused);
    assert!(
        refused.detail.contains("2388039") && refused.detail.contains("once a day"),
        "{}",
        refused.detail
    );
    let moved = PatchTemplate {
        category: Some(Category::Marketing),
        ..PatchTemplate::default()
    };
    let refused = shop
        .client
        .edit_template(template.id, &moved)
        .await
        .expect_err("refused");
    assert_eq!(refused.field.as_deref(), Some("category"));
    shop.sim.add_fault(
        FaultRule::new(Fault::Http(503))
            .target(Target::Other)
            .times(1),
    );
    let all = DeleteTemplate {
        all_languages: Some(true),
    };
    let away = shop
        .client
        .delete_template(template.id, &all)
        .await
        .expect_err("away");
    assert_eq!(away.code, Code::MetaUnreachable);
    assert!(
        shop.all().await.iter().any(|t| t.id == template.id),
        "it stays"
    );
    shop.client
        .delete_template(template.id, &all)
        .await
        .expect("gone");
    assert!(!shop.all().await.iter().any(|t| t.id == template.id));
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_and_nothing_is_made_twice() {
    let shop = Shop::open(vec![order()]).await;
    let known = shop.one("pedido_listo").await;
    let new = |name: &str| -> NewTemplate {
        serde_json::from_value(json!({
            "number_id": shop.number, "name": name, "language": "es", "category": "utility",
            "components": [{ "type": "BODY", "text": "Hola {{1}}, ya está todo listo.",
                "example": { "body_text": [["Ana"]] } }]
        }))
        .expect("a template")
    };
    let lose = |fault: Fault| {
        let rule = FaultRule::new(fault).target(Target::Other).times(1);
        shop.sim.add_fault(rule);
    };
    let at_meta = |name: &str| shop.sim.template(WABA, name, "es");
    // Meta made it and its answer was lost: it is there, once.
    lose(Fault::DropAfter);
    let made = shop.client.add_template(&new("hecha")).await.expect("made");
    assert_eq!(made.name, "hecha");
    let id = made.meta_id.clone().expect("Meta's id");
    assert!(at_meta("hecha").is_some());
    // Meta never had it: that is said, and the next try makes it.
    lose(Fault::Http(502));
    let problem = shop.client.add_template(&new("perdida")).await;
    let problem = problem.expect_err("lost");
    assert_eq!(problem.code, Code::MetaUnreachable);
    assert!(
        problem.detail.contains("no such template"),
        "{}",
        problem.detail
    );
    assert!(at_meta("perdida").is_none());
    shop.client
        .add_template(&new("perdida"))
        .await
        .expect("made");
    // One that Meta has and this desk does not know: it is known from then on.
    shop.sim
        .add_template(WABA, AtMeta::new("ajena", "es", "Hola a todos."));
    let there = shop.client.add_template(&new("ajena")).await;
    assert_eq!(there.expect_err("there").code, Code::Conflict);
    assert!(shop.one("ajena").await.can_be_sent());
    // A change and a deletion whose answers are lost have happened.
    let patch = PatchTemplate {
        components: Some(
            serde_json::from_value(json!([{ "type": "BODY", "text": "Ya está todo listo." }]))
                .expect("components"),
        ),
        ..PatchTemplate::default()
    };
    lose(Fault::DropAfter);
    let changed = shop.client.edit_template(known.id, &patch).await;
    let body = changed.expect("changed").components.body.expect("a body");
    assert_eq!(body.text, "Ya está todo listo.");
    lose(Fault::DropAfter);
    shop.client
        .delete_template(made.id, &DeleteTemplate::default())
        .await
        .expect("gone");
    assert!(at_meta("hecha").is_none(), "{id} is gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_with_pictures_is_made_from_files_and_meta_gets_them_whole() {
    let shop = Shop::open(Vec::new()).await;
    shop.one("hello_world").await;
    let folder = shop.home.folder().join("plantilla");
    std::fs::create_dir(&folder).expect("a folder");
    let pictures: Vec<Vec<u8>> = [10, 90, 200]
        .into_iter()
        .map(|shade| recado_sim::files::png(64, 64, move |_, _| [shade, 120, 40]))
        .collect();
    for (nth, bytes) in pictures.iter().enumerate() {
        std::fs::write(folder.join(format!("{nth}.png")), bytes).expect("a file");
    }
    let head = |nth: usize| format!("format = \"image\"\nexample = \"{nth}.png\"\n");
    let one = format!(
        "name = \"torta\"\nlanguage = \"es\"\ncategory = \"marketing\"\n\
         [body]\ntext = \"Hola, así quedó tu torta de hoy.\"\n[header]\n{}",
        head(0)
    );
    std::fs::write(folder.join("torta.toml"), one).expect("a file");
    // The way breaks off in the middle: it is taken up where it broke.
    let broken = FaultRule::new(Fault::DropAfter).target(Target::Uploads);
    shop.sim.add_fault(broken.times(1));
    let path = folder.join("torta.toml").display().to_string();
    let (status, out, err) = shop.recado(&["template", "create", &path], "").await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    assert!(shop.sim.template(WABA, "torta", "es").is_some());
    assert_eq!(shop.sim.samples(), pictures[..1]);
    // Each card of a carousel has one of its own.
    let card = |nth: usize| {
        format!(
            "[[cards]]\n[cards.header]\n{}[cards.body]\ntext = \"La torta de hoy.\"\n\
             [[cards.buttons]]\ntype = \"quick_reply\"\ntext = \"La quiero\"\n",
            head(nth)
        )
    };
    let many = format!(
        "name = \"vitrina\"\nlanguage = \"es\"\ncategory = \"marketing\"\n\
         [body]\ntext = \"Estas son las tortas de la semana.\"\n{}{}",
        card(1),
        card(2)
    );
    std::fs::write(folder.join("vitrina.toml"), many).expect("a file");
    let path = folder.join("vitrina.toml").display().to_string();
    let (status, out, err) = shop.recado(&["template", "create", &path], "").await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    assert!(shop.sim.template(WABA, "vitrina", "es").is_some());
    assert_eq!(shop.sim.samples(), pictures);
    // What Meta would not take as an example is said before Meta hears of it.
    std::fs::write(folder.join("0.png"), recado_sim::files::pdf(&["Carta"])).expect("a file");
    let again = std::fs::read_to_string(folder.join("torta.toml")).expect("a file");
    let again = again.replace("torta\"\nlang", "otra\"\nlang");
    std::fs::write(folder.join("torta.toml"), again).expect("a file");
    let path = folder.join("torta.toml").display().to_string();
    let (status, _, err) = shop.recado(&["template", "create", &path], "").await;
    assert!(status == Some(1) && err.contains("JPEG"), "{err}");
    assert!(shop.sim.template(WABA, "otra", "es").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_of_ours_stands_at_the_top_of_a_template() {
    let photo = AtMeta::new("torta", "es", "Hola {{1}}, así quedó tu torta.").with(
        json!({ "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4:x"] } }),
    );
    let shop = Shop::open(vec![photo]).await;
    shop.one("torta").await;
    let path = shop.home.folder().join("torta.png");
    std::fs::write(&path, recado_sim::files::png(8, 8, |_, _| [200, 120, 40])).expect("a file");
    let path = path.display().to_string();
    let words = [
        "send",
        "--from",
        "Centro",
        "--to",
        "+51987654321",
        "--template",
        "torta",
        "--lang",
        "es",
        "--param",
        "1=Ana",
        "--header-file",
        &path,
        "--wait",
        "sent",
        "--json",
    ];
    let (status, out, err) = shop.recado(&words, "").await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    let sent: Value = serde_json::from_str(&out).expect("JSON");
    let sent = sent.get(0).unwrap_or(&sent);
    assert_eq!(sent["media"]["mime"], "image/png", "{out}");
    assert_eq!(sent["text"], "Hola Ana, así quedó tu torta.");
    let body = &shop.sim.accepted()[0].body["template"]["components"][0]["parameters"][0];
    assert!(
        body["image"]["id"].is_string() && body["image"].get("media_id").is_none(),
        "{body}"
    );
    // A paper is no picture: said before Meta hears of it.
    let paper = shop.home.folder().join("carta.pdf");
    std::fs::write(
        &paper,
        b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    )
    .expect("a file");
    let paper = paper.display().to_string();
    let mut wrong = words;
    wrong[12] = &paper;
    let (status, _, err) = shop.recado(&wrong, "").await;
    assert_eq!(status, Some(1), "{err}");
    assert_eq!(shop.sim.accepted_count(), 1);
}
