//! The real programs as scripts use them: statuses, sentences, JSON, and what reaches the simulated Meta.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use common::api::numbers::SecretText;
use common::api::problem::Code;
use common::client::Client;
use recado_sim::app::{App, Token, Waba};
use recado_sim::config::SimConfig;
use recado_sim::customer::Customer;
use recado_sim::home::{APP, SECRET, TOKEN, VERIFY_TOKEN, WABA};
use recado_sim::number::{Level, Number};
use recado_sim::sim::Sim;
use recado_sim::status::StatusPlan;
use recado_sim::template::Template;
use recado_tests::bin_path::program;
use recado_tests::pty::{PATIENCE, signal};
use serde_json::Value;
use tempfile::TempDir;

/// Meta's id of the number that most tests use, and of another.
const CENTRO: &str = "106540352242922";
const ENTREGAS: &str = "106540352242923";
/// What Ana writes; no log may hold it.
const WORDS: &str = "¿Tienen torta de chocolate para mañana?";

/// How a program ended.
#[derive(Debug)]
struct Done {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Done {
    /// It did what it should; says what it printed.
    fn good(self) -> String {
        assert_eq!(self.status, Some(0), "{self:#?}");
        assert_eq!(self.err, "", "{}", self.out);
        self.out
    }

    fn json(self) -> Value {
        let out = self.good();
        serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why}: {out}"))
    }

    fn list(self) -> Vec<Value> {
        match self.json() {
            Value::Array(items) => items,
            other => panic!("no array: {other}"),
        }
    }

    /// It failed with one sentence on standard error; says the sentence.
    fn failed(self) -> String {
        assert_eq!(self.status, Some(1), "{self:#?}");
        assert_eq!(self.err.lines().count(), 1, "{self:#?}");
        self.err.trim_end().to_owned()
    }

    /// It was used wrongly.
    fn wrong(self) -> String {
        assert_eq!(self.status, Some(2), "{self:#?}");
        assert_eq!(self.out, "", "{}", self.err);
        self.err
    }
}

/// Runs a program to its end.
fn run(mut command: Command, input: &str) -> Done {
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let id = child.id();
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that reads nothing may have ended already.
    stdin.write_all(input.as_bytes()).ok();
    drop(stdin);
    let (sender, ended) = channel();
    std::thread::spawn(move || sender.send(child.wait_with_output()).ok());
    let Ok(output) = ended.recv_timeout(PATIENCE) else {
        signal(id, "KILL").ok();
        panic!("{command:?} does not end");
    };
    let output = output.expect("it is waited for");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Done {
        status: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A program with nothing of the environment of this test.
fn bare(name: &str, home: &Path) -> Command {
    let mut command = Command::new(program(name).expect("the program"));
    command.env_clear().current_dir(home);
    for (variable, value) in [("TZ", "UTC"), ("LC_ALL", "en_US.UTF-8")] {
        command.env(variable, value);
    }
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home);
    command
}

/// A program that runs on; its lines are kept and can be waited for.
struct Running {
    child: Child,
    lines: Receiver<String>,
    all: Arc<Mutex<String>>,
}

impl Running {
    /// Starts it and listens to its standard output, or to its standard error.
    fn start(mut command: Command, error: bool) -> Self {
        command.stdin(Stdio::null());
        if error {
            command.stdout(Stdio::null()).stderr(Stdio::piped());
        } else {
            command.stdout(Stdio::piped());
        }
        let mut child = command.spawn().expect("it starts");
        let source: Box<dyn std::io::Read + Send> = if error {
            Box::new(child.stderr.take().expect("a pipe"))
        } else {
            Box::new(child.stdout.take().expect("a pipe"))
        };
        let (sender, lines) = channel();
        let all = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&all);
        std::thread::spawn(move || {
            for line in BufReader::new(source).lines().map_while(Result::ok) {
                let mut kept = kept.lock().expect("no panic");
                kept.push_str(&line);
                kept.push('\n');
                drop(kept);
                sender.send(line).ok();
            }
        });
        Self { child, lines, all }
    }

    /// Waits for a line that holds these words.
    fn line(&self, words: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(words) => return line,
                Ok(_other) => {}
                Err(why) => panic!("no line with {words:?} ({why}):\n{}", self.all()),
            }
        }
    }

    fn all(&self) -> String {
        self.all.lock().expect("no panic").clone()
    }

    /// Sends it a signal, waits for its end, and says its status.
    fn end(&mut self, name: &str) -> Option<i32> {
        signal(self.child.id(), name).expect("it lives");
        let status = self.child.wait().expect("it ends");
        // The reader ends with the pipe, so nothing is missed.
        while self.lines.recv_timeout(PATIENCE).is_ok() {}
        status.code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A daemon on a folder of its own, its configuration file, and the simulated Meta.
struct Shop {
    sim: Sim,
    folder: TempDir,
    daemon: Running,
}

impl Shop {
    /// A daemon that knows nothing yet.
    async fn new(more: &str) -> Self {
        let sim = Sim::start(SimConfig::new())
            .await
            .expect("a simulated Meta");
        sim.add_app(App::new(APP, SECRET));
        sim.add_waba(Waba::new(WABA).subscribed(APP));
        sim.add_token(Token::new(TOKEN, APP).wabas([WABA]));
        for (id, digits, name) in [
            (CENTRO, "51900111001", "Tienda Centro"),
            (ENTREGAS, "5511900222002", "Entregas"),
        ] {
            let number = Number::new(id, WABA, digits).verified_name(name);
            sim.add_number(number.level(Level::Standard));
        }
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!(
            "[daemon]\ndata_dir = \"data\"\nsocket = \"recado.sock\"\n\n[webhook]\nlisten = \"127.0.0.1:0\"\n\n\
             [graph]\nbase_url = \"{}\"\n\n[log]\nlevel = \"trace\"\nformat = \"json\"\n{more}",
            sim.base_url()
        );
        fs::write(folder.path().join("recado.toml"), text).expect("a configuration");
        fs::write(folder.path().join("token"), format!("{TOKEN}\n")).expect("a token");
        fs::write(folder.path().join("secret"), format!("{SECRET}\n")).expect("a secret");
        let daemon = Self::run_daemon(folder.path());
        Self {
            sim,
            folder,
            daemon,
        }
    }

    fn run_daemon(folder: &Path) -> Running {
        let mut command = bare("recadod", folder);
        command.env("RECADO_CONFIG", folder.join("recado.toml"));
        let daemon = Running::start(command, true);
        daemon.line("recadod runs");
        daemon
    }

    /// A daemon with an organisation and a connected number, added as the manual says.
    async fn open() -> Self {
        Self::open_with("").await
    }

    async fn open_with(more: &str) -> Self {
        let shop = Self::new(more).await;
        shop.recado(&["org", "add", "bakery", "--name", "Panadería Luz"])
            .good();
        shop.add("Centro", CENTRO).good();
        shop.connect(1).await;
        shop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn client(&self) -> Client {
        Client::unix(self.path("recado.sock"))
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = bare("recado", self.folder.path());
        command.args(args);
        command
    }

    /// `recado` with these arguments; the socket is found where a user's own is.
    fn recado(&self, args: &[&str]) -> Done {
        run(self.command(args), "")
    }

    fn recadod(&self, args: &[&str]) -> Done {
        let mut command = bare("recadod", self.folder.path());
        command.arg("--config").arg(self.path("recado.toml"));
        command.args(args);
        run(command, "")
    }

    /// Adds a number, its token from standard input and its secret from a file.
    fn add(&self, label: &str, meta: &str) -> Done {
        let command = self.command(&[
            "number",
            "add",
            "--org",
            "bakery",
            "--label",
            label,
            "--phone-number-id",
            meta,
            "--waba-id",
            WABA,
            "--app-id",
            APP,
            "--access-token-file",
            "-",
            "--app-secret-file",
            "secret",
            "--verify-token",
            VERIFY_TOKEN,
        ]);
        run(command, &format!("{TOKEN}\n"))
    }

    /// Points Meta's webhook here and waits until Meta has told about so many numbers.
    async fn connect(&self, numbers: usize) {
        let client = self.client();
        let status = client.status().await.expect("a daemon");
        let url = format!("http://{}/webhooks/meta/{APP}", status.webhook.listen);
        self.sim.set_webhook(APP, &url, VERIFY_TOKEN);
        self.sim.verify_webhook(APP).await.expect("the handshake");
        let mut events = client.events(None).await.expect("events");
        loop {
            let known = client.numbers().await.expect("numbers");
            let told = |n: &&common::model::number::Number| {
                n.status == common::model::number::NumberStatus::Connected
            };
            if known.iter().filter(told).count() >= numbers {
                return;
            }
            let next = tokio::time::timeout(PATIENCE, events.next()).await;
            next.expect("Meta tells about the number");
        }
    }

    async fn hears(&self, meta: &str, words: &str) {
        let who = Customer::new("Ana Prado").wa_id("51987654321");
        let told = self.sim.inbound_taken(meta, &who, words);
        told.await.expect("the number is there");
    }
}

const TO_ANA: [&str; 4] = ["--from", "Centro", "--to", "+51987654321"];

fn with<'a>(head: &[&'a str], rest: &[&'a str]) -> Vec<&'a str> {
    [head, rest].concat()
}

fn send<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&["send"][..], &TO_ANA, rest].concat()
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Runs a program that needs no daemon.
fn alone(name: &str, args: &[&str]) -> Done {
    let home = home();
    let mut command = bare(name, home.path());
    command.args(args);
    run(command, "")
}

#[test]
fn every_program_tells_its_version_and_its_use() {
    for name in ["recado", "recadod", "recado-demo"] {
        let version = alone(name, &["--version"]).good();
        assert!(version.starts_with(&format!("{name} 0.")), "{version}");
        assert!(alone(name, &["--help"]).good().contains("Usage:"), "{name}");
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    for (name, args) in [
        ("recado", &["--nonsense"][..]),
        ("recado", &["dance"]),
        ("recado", &["send", "--from", "1"]),
        ("recado", &["send", "--from", "1", "--to", "+51987654321"]),
        ("recado", &with(&send(&["--text", "a"]), &["--file", "b"])),
        ("recado", &send(&["--template", "bienvenida"])),
        ("recado", &send(&["--text", "a", "--wait", "tomorrow"])),
        ("recado", &["number", "set", "1"]),
        ("recado", &["numbers", "--json", "--jsonl"]),
        // No secret can be said on the command line.
        ("recado", &["number", "set", "1", "--access-token", "EAA"]),
        ("recado", &["events", "--after", "yesterday"]),
        ("recado", &["completions", "tcl"]),
        ("recadod", &["--nonsense"]),
        ("recadod", &["dance"]),
        ("recadod", &["--set", "log.level", "check-config"]),
        ("recado-demo", &["--nonsense"]),
    ] {
        let told = alone(name, args).wrong();
        assert!(told.starts_with("error: "), "{name} {args:?}: {told}");
    }
}

#[test]
fn a_daemon_that_is_away_is_one_sentence_and_one() {
    for args in [
        &["status"][..],
        &["numbers", "--json"],
        &["events", "--jsonl"],
        &send(&["--text", "Hola"]),
        &["--socket", "/nonexistent/recado.sock", "chats"],
    ] {
        let done = alone("recado", args);
        assert_eq!(done.out, "");
        let told = done.failed();
        assert!(told.starts_with("recado: "), "{told}");
    }
}

#[test]
fn completions_and_manual_pages_are_made_from_the_code() {
    for (name, word) in [("recado", "search"), ("recadod", "check-config")] {
        for shell in ["bash", "zsh", "fish"] {
            let script = alone(name, &["completions", shell]).good();
            assert!(script.contains(word), "{name} {shell}");
        }
        let home = home();
        let mut command = bare(name, home.path());
        command.args(["man", "pages"]);
        assert_eq!(run(command, "").good(), "");
        let section = if name == "recadod" { 8 } else { 1 };
        let page = home.path().join("pages").join(format!("{name}.{section}"));
        let page = fs::read_to_string(page).expect("the page");
        assert!(page.contains(".TH"), "{page}");
    }
}

#[test]
fn a_configuration_is_checked_without_starting_anything() {
    let home = home();
    let file = home.path().join("recado.toml");
    let check = |text: &str| {
        fs::write(&file, text).expect("it is written");
        let mut command = bare("recadod", home.path());
        command.arg("--config").arg(&file).arg("check-config");
        run(command, "")
    };
    let good = check("[webhook]\nlisten = \"127.0.0.1:9999\"\n").good();
    assert!(good.contains("127.0.0.1:9999"), "{good}");
    assert!(good.contains("line 2"), "where it comes from: {good}");
    assert!(good.contains("graph.version"), "defaults too: {good}");

    for (text, place, key, allowed) in [
        (
            "[log]\nlevel = \"loud\"\n",
            ":2:",
            "log.level",
            "\"debug\" or \"trace\"",
        ),
        (
            "\n[webhook]\nlisten = \"nowhere\"\n",
            ":3:",
            "webhook.listen",
            "127.0.0.1:8480",
        ),
        ("[daemon]\ndatadir = \"/x\"\n", ":2:", "datadir", "data_dir"),
        ("[demon]\n", ":1:", "demon", "daemon"),
        ("[log\n", ":1:", "", "TOML"),
    ] {
        let done = check(text);
        assert_eq!((done.status, done.out.as_str()), (Some(1), ""), "{text}");
        let told = done.err;
        for part in [file.display().to_string().as_str(), place, key, allowed] {
            assert!(told.contains(part), "{text:?} without {part:?}: {told}");
        }
    }
    assert!(!home.path().join(".local").exists(), "nothing was made");

    let mut command = bare("recadod", home.path());
    command
        .env("RECADO__LOG__LEVEL", "loud")
        .arg("check-config");
    let told = run(command, "").failed();
    assert!(told.contains("RECADO__LOG__LEVEL"), "{told}");
    let mut command = bare("recadod", home.path());
    command.args(["--config", "missing.toml", "check-config"]);
    assert!(run(command, "").failed().contains("missing.toml"));
}

#[test]
fn the_document_of_the_api_holds_every_route_of_the_contract() {
    let document: Value = alone("recadod", &["openapi"]).json();
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|v| v.starts_with("3."))
    );
    for (path, methods) in [
        ("/status", &["get"][..]),
        ("/me", &["get"]),
        ("/orgs", &["get", "post"]),
        ("/numbers", &["get", "post"]),
        ("/numbers/{id}", &["get", "patch", "delete"]),
        ("/numbers/{id}/test", &["get", "post"]),
        ("/chats", &["get"]),
        ("/chats/{id}", &["get", "patch"]),
        ("/chats/{id}/messages", &["get", "post"]),
        ("/messages", &["get", "post"]),
        ("/messages/{id}", &["get"]),
        ("/chats/mark", &["post"]),
        ("/chats/{id}/read", &["post"]),
        ("/search", &["get"]),
        ("/media", &["post"]),
        ("/media/{id}", &["get"]),
        ("/chats/{id}/draft", &["get", "put", "delete"]),
        ("/events", &["get"]),
    ] {
        for method in methods {
            assert!(
                document["paths"][path][method].is_object(),
                "{method} {path}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_is_added_and_lists_are_arrays_lines_or_tables() {
    let shop = Shop::new("").await;
    assert_eq!(shop.recado(&["orgs", "--json"]).list(), [Value::Null; 0]);
    assert_eq!(shop.recado(&["chats", "--jsonl"]).good(), "");
    assert!(shop.recado(&["orgs"]).good().contains("recado org add"));

    let org = shop
        .recado(&["org", "add", "bakery", "--name", "Panadería Luz", "--json"])
        .json();
    assert_eq!(org["slug"], "bakery");
    let again = shop.recado(&["org", "add", "bakery", "--name", "Otra"]);
    again.failed();
    let added = shop.add("Centro", CENTRO).good();
    assert!(added.contains(&format!("/webhooks/meta/{APP}")), "{added}");
    assert!(added.contains(VERIFY_TOKEN), "{added}");
    shop.connect(1).await;
    shop.hears(CENTRO, WORDS).await;

    let status = shop.recado(&["status", "--json"]).json();
    assert!(
        status["webhook"]["last_received_at"].is_string(),
        "{status}"
    );
    assert_eq!(status["numbers"][0]["status"], "connected");
    for key in ["version", "uptime_s", "outbox", "database"] {
        assert!(!status[key].is_null(), "{key}");
    }
    assert!(shop.recado(&["status"]).good().contains("Centro"));
    let spanish = run(
        {
            let mut command = shop.command(&["--lang", "es", "numbers"]);
            command.env_remove("LC_ALL");
            command
        },
        "",
    );
    assert!(spanish.good().contains("conectado"));

    let numbers = shop.recado(&["numbers", "--json"]).list();
    assert_eq!(numbers[0]["phone_number"], "+51900111001");
    assert!(numbers[0]["access_token"].is_null() && numbers[0]["app_secret"].is_null());
    for named in ["1", "Centro", "centro", "+51900111001", "+51 900 111 001"] {
        let chats = shop
            .recado(&["chats", "--number", named, "--unread", "--json"])
            .list();
        assert_eq!(chats.len(), 1, "{named}");
        assert_eq!(chats[0]["customer"]["profile_name"], "Ana Prado");
        assert_eq!(chats[0]["unread"], 1);
    }
    let told = shop.recado(&["chats", "--number", "Norte"]).failed();
    assert!(
        told.contains("Norte") && told.contains("recado numbers"),
        "{told}"
    );
    let lines = shop.recado(&["chats", "--jsonl"]).good();
    assert_eq!(lines.lines().count(), 1);
    serde_json::from_str::<Value>(&lines).expect("one object a line");

    let id = shop.recado(&["chats", "--json"]).list()[0]["id"].to_string();
    for named in [id.as_str(), "+51987654321"] {
        let messages = shop.recado(&["messages", named, "--json"]).list();
        assert_eq!(messages.len(), 1, "{named}");
        assert_eq!(messages[0]["text"], WORDS);
    }
    assert!(shop.recado(&["messages", &id]).good().contains(WORDS));
    shop.recado(&["messages", "999"]).failed();
    let hits = shop
        .recado(&["search", "CHOCOLATE", "manana", "--json"])
        .list();
    assert_eq!(hits.len(), 1, "accents and case do not matter");
    assert!(
        shop.recado(&["search", "vainilla"])
            .good()
            .contains("Nothing found")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_sent_waited_for_and_never_twice() {
    let shop = Shop::open().await;
    shop.hears(CENTRO, WORDS).await;

    let sent = shop
        .recado(&send(&[
            "--text",
            "Sí, para las diez",
            "--wait",
            "delivered",
            "--json",
        ]))
        .json();
    let status = sent["status"].as_str().unwrap_or_default();
    assert!(matches!(status, "delivered" | "read"), "{sent}");
    let accepted = shop.sim.accepted();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0].to.as_deref(), Some("+51987654321"));
    assert_eq!(sent["wamid"], accepted[0].wamid.as_str());

    let read = shop.recado(&send(&["--text", "¿Algo más?", "--wait", "read"]));
    assert!(read.good().contains("read"));

    let once = send(&["--text", "Una vez", "--client-id", "pedido-4471", "--json"]);
    let first = shop.recado(&once).json();
    let second = shop.recado(&with(&once, &["--wait", "sent"])).json();
    assert_eq!(first["id"], second["id"]);
    assert_eq!(shop.sim.accepted_count(), 3);

    let piped = shop.command(&send(&["--text", "-", "--wait", "sent"]));
    run(piped, "Primera línea\nsegunda línea\n").good();
    let last = shop.sim.accepted_from(3);
    assert_eq!(last[0].body["text"]["body"], "Primera línea\nsegunda línea");

    for named in ["1", "+51900111001"] {
        let sent = shop.recado(&[
            "send",
            "--from",
            named,
            "--to",
            "+51987654321",
            "--text",
            "Hola",
            "--wait",
            "sent",
        ]);
        sent.good();
    }
    assert_eq!(shop.sim.accepted_count(), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_sent_says_why() {
    let shop = Shop::open().await;
    let told = shop.recado(&send(&["--text", "Hola"])).failed();
    assert_eq!(
        told,
        "recado: The window of 24 hours is closed: only a template may go."
    );
    shop.hears(CENTRO, WORDS).await;

    let to = |to: &str| shop.recado(&["send", "--from", "Centro", "--to", to, "--text", "Hola"]);
    assert!(to("12").failed().starts_with("recado: "));
    let told = shop
        .recado(&[
            "send",
            "--from",
            "Norte",
            "--to",
            "+51987654321",
            "--text",
            "a",
        ])
        .failed();
    assert!(told.contains("Norte"), "{told}");
    shop.recado(&send(&["--text", ""])).failed();
    let long = "a".repeat(5000);
    shop.recado(&send(&["--text", &long])).failed();
    assert!(
        shop.recado(&send(&["--file", "missing.pdf"]))
            .failed()
            .contains("missing.pdf")
    );
    assert_eq!(shop.sim.accepted_count(), 0);

    shop.sim.plan_next(StatusPlan::failed(131_026));
    let told = shop
        .recado(&send(&["--text", "Hola", "--wait", "delivered"]))
        .failed();
    assert!(told.contains("131026"), "{told}");
    shop.sim.plan_next(StatusPlan::failed(131_026));
    let done = shop.recado(&send(&["--text", "Hola", "--wait", "read", "--json"]));
    let message: Value = serde_json::from_str(&done.out).expect("the message all the same");
    assert_eq!(message["status"], "failed");
    assert_eq!(message["error"]["code"], 131_026);
    done.failed();

    shop.sim.plan_next(StatusPlan::sent());
    let told = shop
        .recado(&send(&[
            "--text",
            "Hola",
            "--wait",
            "delivered",
            "--timeout",
            "1",
        ]))
        .failed();
    assert!(told.contains("goes on by itself"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_goes_as_meta_wants_it() {
    let shop = Shop::open().await;
    let text = "Hola {{1}}, tu pedido {{2}} está listo.";
    shop.sim
        .add_template(WABA, Template::new("pedido_listo", "es", text));
    let text = "Hola {{nombre}}, ya está listo.";
    let named = Template::new("listo", "es", text).named();
    shop.sim.add_template(WABA, named);
    shop.recado(&["templates", "--sync"]).good();
    let template = ["--template", "pedido_listo", "--lang", "es"];
    let params = ["--param", "2=4471", "--param", "1=Ana", "--wait", "sent"];
    shop.recado(&send(&with(&template, &params))).good();
    let accepted = shop.sim.accepted();
    assert_eq!(accepted[0].kind, "template");
    assert_eq!(
        accepted[0].body["template"],
        serde_json::json!({
            "name": "pedido_listo",
            "language": {"code": "es"},
            "components": [{"type": "body", "parameters": [
                {"type": "text", "text": "Ana"}, {"type": "text", "text": "4471"}]}]
        })
    );
    let named = ["--param", "nombre=Ana", "--wait", "sent"];
    let listo = ["--template", "listo", "--lang", "es"];
    shop.recado(&send(&with(&listo, &named))).good();
    let accepted = shop.sim.accepted_from(1);
    let parameter = &accepted[0].body["template"]["components"][0]["parameters"][0];
    assert_eq!(parameter["parameter_name"], "nombre");
    let told = shop.recado(&send(&with(&template, &["--param", "Ana"])));
    assert!(told.failed().contains("KEY=VALUE"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_are_lines_from_any_point_on() {
    let shop = Shop::open().await;
    shop.hears(CENTRO, WORDS).await;
    let all = Running::start(shop.command(&["events", "--after", "0", "--jsonl"]), false);
    let line = all.line("message.new");
    let event: Value = serde_json::from_str(&line).expect("one object a line");
    assert_eq!(event["event"], "message.new");
    assert_eq!(event["data"]["text"], WORDS);
    let seq = event["seq"].as_i64().expect("a number");

    let rest = Running::start(
        shop.command(&["events", "--after", &seq.to_string()]),
        false,
    );
    shop.hears(CENTRO, "¿Y de vainilla?").await;
    for stream in [&all, &rest] {
        stream.line("¿Y de vainilla?");
    }
    let first = rest.all().lines().next().map(str::to_owned);
    let first: Value = serde_json::from_str(&first.expect("a line")).expect("JSON");
    assert!(first["seq"].as_i64() > Some(seq), "nothing twice: {first}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_is_paused_resumed_changed_and_removed() {
    let shop = Shop::open().await;
    shop.hears(CENTRO, WORDS).await;
    let paused = shop.recado(&["number", "pause", "Centro", "--json"]).json();
    assert_eq!(paused["status"], "disconnected");
    let told = shop.recado(&send(&["--text", "Cuando se pueda"])).failed();
    assert!(told.contains("recado number resume"), "{told}");
    shop.hears(CENTRO, "¿Hola?").await;
    assert_eq!(shop.recado(&["chats", "--json"]).list()[0]["unread"], 2);
    assert_eq!(shop.sim.accepted_count(), 0);
    assert!(
        shop.recado(&["number", "resume", "+51900111001"])
            .good()
            .contains("Centro")
    );
    shop.recado(&send(&["--text", "Ya se puede", "--wait", "sent"]))
        .good();
    assert_eq!(shop.sim.accepted_count(), 1);

    let renamed = shop
        .recado(&["number", "set", "1", "--label", "Plaza", "--json"])
        .json();
    assert_eq!(renamed["label"], "Plaza");
    shop.recado(&["number", "pause", "Centro"]).failed();
    let set = shop.command(&["number", "set", "Plaza", "--access-token-file", "-"]);
    run(set, &format!("{TOKEN}\n")).good();
    let empty = shop.command(&["number", "set", "Plaza", "--access-token-file", "-"]);
    run(empty, "\n").failed();
    shop.recado(&["number", "set", "Plaza", "--app-secret-file", "missing"])
        .failed();

    let told = shop.recado(&["number", "remove", "Plaza"]).failed();
    assert!(told.contains("--yes"), "{told}");
    shop.recado(&["number", "remove", "Plaza", "--yes"]).good();
    assert_eq!(shop.recado(&["numbers", "--json"]).list().len(), 0);
    shop.recado(&["number", "remove", "Plaza", "--yes"])
        .failed();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_opens_the_port_until_it_is_revoked() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("its address");
    drop(free);
    let shop = Shop::open_with(&format!("\n[api]\nlisten = \"{address}\"\n")).await;
    shop.hears(CENTRO, WORDS).await;
    let made = shop
        .recado(&["token", "add", "till", "--org", "bakery", "--json"])
        .json();
    let token = made["token"].as_str().expect("shown once").to_owned();
    let listed = shop.recado(&["token", "list", "--json"]);
    assert!(!listed.out.contains(&token));
    assert_eq!(listed.list()[0]["name"], "till");

    let client = Client::tcp(address.to_string(), SecretText::new(&token));
    assert_eq!(client.numbers().await.expect("its numbers").len(), 1);
    let stranger = Client::tcp(address.to_string(), SecretText::new("rcd_nothing"));
    let refused = stranger.numbers().await.expect_err("nobody knows it");
    assert_eq!(refused.code, Code::Unauthorized);

    let id = made["id"].to_string();
    shop.recado(&["token", "revoke", &id]).good();
    let refused = client.numbers().await.expect_err("worth nothing");
    assert_eq!(refused.code, Code::Unauthorized);
    shop.recado(&["token", "revoke", "999"]).failed();
    let mut shop = shop;
    shop.daemon.end("TERM");
    assert!(!shop.daemon.all().contains(&token), "no token in the log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_for_a_number_not_known_then_is_read_by_a_replay() {
    let mut shop = Shop::open().await;
    shop.hears(ENTREGAS, "Oi! O pedido já saiu?").await;
    assert_eq!(shop.recado(&["chats", "--json"]).list().len(), 0);
    let told = shop.recadod(&["replay"]).good();
    assert!(
        told.starts_with("0 notifications read again, 1 still"),
        "{told}"
    );

    shop.add("Entregas", ENTREGAS).good();
    shop.connect(2).await;
    // The number's coming reads it too: whichever was first, nothing waits after this.
    let told = shop.recadod(&["replay"]).good();
    assert!(told.contains("notifications read again, 0 still"), "{told}");
    assert_eq!(shop.recado(&["chats", "--json"]).list().len(), 1);

    // Without a daemon it starts one for as long as it takes.
    assert_eq!(shop.daemon.end("TERM"), Some(0));
    let told = shop.recadod(&["replay"]);
    assert_eq!(told.status, Some(0), "{told:#?}");
    assert!(told.out.starts_with("0 notifications"), "{told:#?}");
    shop.daemon = Shop::run_daemon(shop.folder.path());
    assert_eq!(shop.recado(&["chats", "--json"]).list().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_daemon_ends_in_time_is_alone_and_takes_a_new_configuration() {
    let mut shop = Shop::open().await;
    let told = shop.recadod(&["run"]).err;
    let last = told.lines().last().unwrap_or_default();
    assert!(last.starts_with("recadod: "), "{told}");
    shop.recado(&["status"]).good();

    let file = shop.path("recado.toml");
    let text = fs::read_to_string(&file).expect("the configuration");
    fs::write(&file, text.replace("\"trace\"", "\"loud\"")).expect("a broken edit");
    signal(shop.daemon.child.id(), "HUP").expect("it lives");
    shop.daemon.line("log.level");
    shop.recado(&["status"]).good();
    fs::write(&file, text.replace("\"trace\"", "\"debug\"")).expect("a good edit");
    signal(shop.daemon.child.id(), "HUP").expect("it lives");
    shop.daemon.line("log.level");

    let began = Instant::now();
    assert_eq!(shop.daemon.end("TERM"), Some(0));
    assert!(began.elapsed() < Duration::from_secs(5 + 1));
    shop.recado(&["status"]).failed();
    shop.daemon = Shop::run_daemon(shop.folder.path());
    assert_eq!(shop.recado(&["numbers", "--json"]).list().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_and_words_stay_out_of_logs_answers_and_the_disk() {
    let mut shop = Shop::open().await;
    shop.hears(CENTRO, WORDS).await;
    let mut told = String::new();
    for args in [
        &["status", "--json"][..],
        &["numbers", "--json"],
        &["numbers"],
        &["orgs", "--json"],
    ] {
        told += &shop.recado(args).good();
    }
    told += &shop.recadod(&["check-config"]).good();
    told += &shop
        .recado(&send(&[
            "--text",
            "Le respondo enseguida",
            "--wait",
            "delivered",
        ]))
        .good();
    let bad = self_signed(&shop).await;
    assert_eq!(bad, 401);
    assert_eq!(shop.daemon.end("TERM"), Some(0));
    let log = shop.daemon.all();
    assert!(log.lines().count() > 3, "everything is logged: {log}");
    for secret in [TOKEN, SECRET, VERIFY_TOKEN, "AGE-SECRET-KEY"] {
        assert!(!log.contains(secret), "{secret} in the log");
        assert!(!told.contains(secret), "{secret} in an answer");
    }
    for words in [WORDS, "torta de chocolate", "Le respondo enseguida"] {
        assert!(!log.contains(words), "{words:?} in the log");
    }
    for entry in fs::read_dir(shop.path("data")).expect("the data") {
        let path = entry.expect("an entry").path();
        let Ok(bytes) = fs::read(&path) else { continue };
        for secret in [TOKEN, SECRET] {
            let found = bytes
                .windows(secret.len())
                .any(|at| at == secret.as_bytes());
            assert!(!found, "a secret in {}", path.display());
        }
    }
}

/// Somebody who does not know the secret posts a body.
async fn self_signed(shop: &Shop) -> u16 {
    let signature = format!("sha256={}", "0".repeat(64));
    let answer = shop
        .sim
        .raw_webhook_signed(APP, WORDS.as_bytes().to_vec(), &signature);
    answer.await.expect("an answer")
}
