//! `recado connect` and `recado import-env`: from an empty home to the first message, without a screen.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "what fails here fails the test; a story is told at a stretch"
)]

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use common::model::number::NumberStatus;
use recado_sim::app::{App, Token, Waba};
use recado_sim::config::{Limits, SimConfig};
use recado_sim::customer::Customer;
use recado_sim::desk::Desk;
use recado_sim::home::{APP, SECRET, TOKEN, WABA};
use recado_sim::number::Number;
use recado_sim::sim::Sim;
use recado_tests::bin_path::program;
use recado_tests::child::{Plan, Recadod};
use recado_tests::pty::{PATIENCE, Program, Pty};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

const OLD: &str = "106540352242922";
const OLD_DIGITS: &str = "+51900111001";
const NEW: &str = "+51900111002";
/// The phone of whoever connects.
const OWN: &str = "+51987654321";

struct Home {
    folder: TempDir,
    sim: Sim,
    plan: Plan,
    recadod: Recadod,
}

impl Home {
    async fn open() -> Self {
        let sim = Sim::start(SimConfig::new().limits(Limits::off()))
            .await
            .expect("Meta");
        sim.add_app(App::new(APP, SECRET))
            .add_waba(Waba::new(WABA).name("Bodega"))
            .add_number(Number::new(OLD, WABA, OLD_DIGITS).verified_name("Tienda Centro"))
            .add_token(Token::new(TOKEN, APP).wabas([WABA]))
            .add_customer(&Customer::new("Yo").wa_id("51987654321"));
        let folder = tempfile::tempdir().expect("a folder");
        let plan = Plan::new(folder.path(), &sim.base_url()).expect("a plan");
        let public = format!(
            "[webhook]\npublic_url = \"http://127.0.0.1:{}\"\n",
            plan.port
        );
        fs::write(&plan.config, public).expect("a configuration");
        let recadod = plan.start().await.expect("a daemon");
        Self {
            folder,
            sim,
            plan,
            recadod,
        }
    }

    /// Runs `recado` to its end with these lines as answers.
    async fn run(&self, lang: &str, args: &[&str], answers: &str) -> Output {
        let (socket, home) = (self.plan.socket.clone(), self.folder.path().to_owned());
        let mut words = vec!["--lang".to_owned(), lang.to_owned()];
        words.extend(args.iter().map(|&a| a.to_owned()));
        let answers = answers.to_owned();
        spawn_blocking(move || {
            let mut child = Command::new(program("recado").expect("the program"))
                .env_clear()
                .env("HOME", home)
                .arg("--socket")
                .arg(socket)
                .args(words)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it starts");
            let mut stdin = child.stdin.take().expect("a pipe");
            stdin.write_all(answers.as_bytes()).ok();
            drop(stdin);
            child.wait_with_output().expect("it ends")
        })
        .await
        .expect("no panic")
    }

    fn pty(&self, lang: &str, args: &[&str]) -> Pty {
        let path = program("recado").expect("the program");
        let mut words = Program::new(&path, self.folder.path())
            .arg("--socket")
            .arg(&self.plan.socket)
            .arg("--lang")
            .arg(lang);
        for arg in args {
            words = words.arg(arg);
        }
        words.start().expect("it starts")
    }

    async fn close(self) {
        self.recadod.terminate().await.expect("it ends");
        self.sim.stop();
    }
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn from_an_empty_home_to_the_first_message_by_lines_in_three_languages() {
    for (lang, done) in [
        ("es", "Conectado"),
        ("pt-BR", "Conectado"),
        ("en", "Connected"),
    ] {
        let home = Home::open().await;
        let answers = format!("Bodega San Juan\n{APP}\n{SECRET}\n{TOKEN}\n1\n{OWN}\n");
        let output = home.run(lang, &["connect"], &answers).await;
        let words = told(&output);
        assert_eq!(output.status.code(), Some(0), "{words}");
        assert!(words.contains(done) && words.contains("✓✓"), "{words}");
        assert!(!words.contains(TOKEN) && !words.contains(SECRET), "{words}");
        let client = home.plan.client();
        let number = client.numbers().await.expect("numbers").remove(0);
        assert_eq!(number.status, NumberStatus::Connected);
        assert!(number.verified_at.is_some() && number.last_sync_at.is_some());
        assert_eq!(
            client.orgs().await.expect("orgs").remove(0).slug,
            "bodega-san-juan"
        );
        assert!(
            client.connects().await.expect("tokens").is_empty(),
            "the spare token is gone"
        );
        let ana = Customer::new("Ana").wa_id("51955000111");
        let heard = home
            .sim
            .inbound_taken(OLD, &ana, "hola")
            .await
            .expect("it leaves");
        assert!(heard.1.taken);
        home.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_number_in_a_terminal_and_no_secret_is_shown() {
    let home = Home::open().await;
    let mut pty = home.pty("en", &["connect"]);
    let mark = pty.mark();
    let say = |pty: &mut Pty, prompt: &str, answer: &str| {
        pty.wait_for(prompt).expect(prompt);
        pty.feed(format!("{answer}\r")).expect("it is typed");
    };
    say(&mut pty, "business called?", "Bodega");
    say(&mut pty, "App ID:", APP);
    say(&mut pty, "App secret (not shown):", "guessed");
    say(&mut pty, "Token (not shown):", TOKEN);
    pty.wait_for("Meta does not take this secret")
        .expect("it is told");
    say(&mut pty, "App ID:", APP);
    let asked = |pty: &Pty, words: &str, times: usize| {
        pty.wait_until(words, |screen| {
            screen.contents().matches(words).count() >= times
        })
        .expect("asked again");
    };
    asked(&pty, "App secret (not shown):", 2);
    pty.feed(format!("{SECRET}\r")).expect("it is typed");
    asked(&pty, "Token (not shown):", 2);
    pty.feed(format!("\x1b[200~{TOKEN}\x1b[201~\r"))
        .expect("it is pasted");
    say(&mut pty, "2) A new number", "2");
    say(&mut pty, "country code:", NEW);
    say(&mut pty, "customers will see", "Bodega Norte");
    say(&mut pty, "2) The code by a call", "1");
    pty.wait_for("The six digits")
        .expect("a code is on its way");
    let meta = home.sim.number_id(NEW).expect("Meta has it");
    let code = home.sim.code(&meta).expect("known").expect("a code");
    pty.feed(format!("{code}\r")).expect("it is typed");
    pty.wait_for("Its PIN is").expect("told once");
    say(&mut pty, "Your own phone", OWN);
    pty.wait_for("Connected").expect("it works");
    pty.wait_end().expect("it ends");
    let all = String::from_utf8_lossy(&pty.bytes_since(mark)).into_owned();
    assert!(!all.contains(TOKEN) && !all.contains(SECRET), "{all}");
    drop(pty);
    home.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_usual_variables_are_sealed_once_and_the_file_may_go() {
    let home = Home::open().await;
    let file = home.folder.path().join(".env");
    let name = file.display().to_string();
    fs::write(
        &file,
        format!("WHATSAPP_APP_ID={APP}\nWHATSAPP_APP_SECRET={SECRET}\n"),
    )
    .expect("a file");
    let lacking = home
        .run("en", &["import-env", &name, "--org", "bodega"], "")
        .await;
    assert_eq!(lacking.status.code(), Some(1));
    assert!(
        told(&lacking).contains("WHATSAPP_ACCESS_TOKEN"),
        "{}",
        told(&lacking)
    );
    let text = format!(
        "export WHATSAPP_PHONE_NUMBER_ID={OLD}\nWHATSAPP_BUSINESS_ACCOUNT_ID={WABA}\n\
         WHATSAPP_APP_ID={APP}\nWHATSAPP_APP_SECRET='{SECRET}'\nWHATSAPP_ACCESS_TOKEN=\"{TOKEN}\"\n\
         WHATSAPP_WEBHOOK_VERIFY_TOKEN=my-own-word\nWHATSAPP_WEBHOOK_URL=https://old.example.com/hook\n"
    );
    fs::write(&file, text).expect("a file");
    let done = home
        .run("en", &["import-env", &name, "--org", "bodega"], "")
        .await;
    let words = told(&done);
    assert_eq!(done.status.code(), Some(0), "{words}");
    assert!(
        words.contains("shred -u") && words.contains("old.example.com"),
        "{words}"
    );
    assert!(!words.contains(TOKEN) && !words.contains(SECRET), "{words}");
    let database = fs::read(home.plan.data.join("recado.db")).expect("the database");
    let wal = fs::read(home.plan.data.join("recado.db-wal")).unwrap_or_default();
    for secret in [TOKEN, SECRET, "my-own-word"] {
        let inside = |bytes: &[u8]| bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
        assert!(!inside(&database) && !inside(&wal), "{secret} is sealed");
    }
    // The way goes on where it stands, without a question but for one's own phone.
    let rest = home
        .run(
            "en",
            &["connect", "--number", "Tienda Centro"],
            &format!("{OWN}\n"),
        )
        .await;
    assert_eq!(rest.status.code(), Some(0), "{}", told(&rest));
    let woken = ["number", "disconnect", "Tienda Centro", "--yes"];
    assert_eq!(home.run("en", &woken, "").await.status.code(), Some(0));
    let woken = ["number", "reconnect", "Tienda Centro"];
    assert_eq!(home.run("en", &woken, "").await.status.code(), Some(0));
    home.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_public_address_the_ready_file_is_written_for_this_machine() {
    let home = Home::open().await;
    for (way, line) in [
        ("caddy", "wa.bodega.pe {"),
        ("nginx", "server_name wa.bodega.pe;"),
        ("tunnel", "hostname: wa.bodega.pe"),
    ] {
        let args = ["connect", "--ways", way, "--name", "wa.bodega.pe"];
        let output = home.run("es", &args, "").await;
        let file = String::from_utf8_lossy(&output.stdout).into_owned();
        let here = format!("127.0.0.1:{}", home.plan.port);
        assert!(file.contains(line) && file.contains(&here), "{file}");
        let hint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(hint.contains("https://wa.bodega.pe"), "{hint}");
    }
    home.close().await;
}

/// The same way in the console's wizard, page by page, in each language.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_number_in_the_wizard() {
    for (lang, deed, wait) in [
        (
            "en",
            "connect a number",
            [
                "What the business",
                "A new number in",
                "Name that",
                "by SMS",
                "six digits",
                "Its PIN is",
                "Your own phone",
                "Connected",
            ],
        ),
        (
            "es",
            "conectar un",
            [
                "Cómo se llama",
                "Un número nuevo en",
                "Nombre que",
                "por SMS",
                "seis dígitos",
                "Su PIN es",
                "Tu propio teléfono",
                "Conectado",
            ],
        ),
        (
            "pt-BR",
            "conectar um",
            [
                "Como se chama",
                "Um número novo em",
                "Nome que",
                "por SMS",
                "seis dígitos",
                "PIN dele é",
                "Seu próprio telefone",
                "Conectado",
            ],
        ),
    ] {
        let home = Home::open().await;
        let mut desk = Desk::open(home.plan.client(), (80, 24), lang, 7).expect("a console");
        let [business, new, name, sms, digits, pin, own, done] = wait;
        desk.wait_for("recado connect").await.expect("it draws");
        desk.press("^P").expect("the palette");
        desk.type_text(deed).expect("typed");
        desk.press("Enter").expect("chosen");
        desk.wait_for(business)
            .await
            .expect("the token is asked for");
        desk.type_text("Bodega San Juan").expect("typed");
        for words in [APP, "guessed", TOKEN] {
            desk.press("Tab").expect("the next field");
            desk.type_text(words).expect("typed");
        }
        desk.press("Enter").expect("answered");
        desk.wait_until("the secret is refused", |screen| {
            screen.contains("Meta does not take")
                || screen.contains("Meta no acepta")
                || screen.contains("A Meta não aceita")
        })
        .await
        .expect("it is told");
        assert!(!desk.screen().contains(TOKEN) && !desk.screen().contains("guessed"));
        desk.press("Shift-Tab").expect("back to the secret");
        desk.press("^U").expect("emptied");
        desk.type_text(SECRET).expect("typed");
        desk.press("Enter").expect("answered");
        desk.wait_for(new).await.expect("the numbers");
        desk.press("Down").expect("the new one");
        desk.press("Enter").expect("chosen");
        desk.wait_for(name).await.expect("the new number");
        desk.type_text(NEW).expect("typed");
        desk.press("Tab").expect("the next field");
        desk.type_text("Bodega Norte").expect("typed");
        desk.press("Enter").expect("answered");
        desk.wait_for(sms).await.expect("how the code comes");
        desk.press("Enter").expect("by SMS");
        desk.wait_for("9:5").await.expect("the countdown");
        let screen = desk.screen();
        assert!(
            screen.contains(digits) && screen.contains("[ ]"),
            "{screen}"
        );
        let meta = home.sim.number_id(NEW).expect("Meta has it");
        let code = home.sim.code(&meta).expect("known").expect("a code");
        desk.type_text(&code)
            .expect("typed; the sixth digit gives it");
        desk.wait_for(pin).await.expect("told once");
        desk.press("Enter").expect("read");
        desk.wait_for(own).await.expect("the webhook was set");
        desk.type_text(OWN).expect("typed");
        desk.press("Enter").expect("answered");
        desk.wait_for(done).await.expect("it works");
        let client = home.plan.client();
        let forgotten = async { while !client.connects().await.expect("tokens").is_empty() {} };
        let in_time = tokio::time::timeout(PATIENCE, forgotten).await;
        in_time.expect("the spare token is gone");
        home.close().await;
    }
}
