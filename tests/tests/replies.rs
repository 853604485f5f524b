//! Saved replies through the public doors: kept for every desk of an organisation, changed, thrown away, moved as a file.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what fails here fails the test"
)]

mod local;

use std::process::{Command, Stdio};

use common::api::event::Change;
use common::api::problem::Code;
use common::api::replies::{NewReply, PatchReply, ReplyQuery};
use common::api::tokens::NewToken;
use common::client::Client;
use common::id::{MediaId, OrgId};
use common::model::reply::{Around, Reply, expand};
use local::{Local, within};
use recado_tests::bin_path::program;

fn new(org: OrgId, name: &str, text: &str) -> NewReply {
    NewReply {
        org_id: Some(org),
        name: name.to_owned(),
        text: text.to_owned(),
        media_ids: Vec::new(),
    }
}

async fn names(client: &Client) -> Vec<String> {
    let all = client
        .replies(&ReplyQuery::default())
        .await
        .expect("a list");
    all.into_iter().map(|reply| reply.name).collect()
}

#[tokio::test]
async fn a_reply_is_kept_for_every_desk_changed_and_thrown_away() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("luz").await;
    let mut events = client.events(None).await.expect("events");
    let heard = async |events: &mut common::client::stream::EventStream| -> Reply {
        loop {
            let event = within(events.next())
                .await
                .expect("open")
                .expect("an event");
            if let Change::ReplyUpdated(reply) = event.change {
                return *reply;
            }
        }
    };
    let text = "Hola {{customer.name}}, soy {{operator}} de {{number}}.";
    let kept = client
        .add_reply(&new(org, "/hola", text))
        .await
        .expect("kept");
    assert_eq!((kept.name.as_str(), kept.text.as_str()), ("hola", text));
    assert_eq!(heard(&mut events).await, kept);
    let around = Around {
        customer_name: "Ana",
        operator: "luz",
        number: "Centro",
    };
    assert_eq!(expand(&kept.text, &around), "Hola Ana, soy luz de Centro.");
    let patch = PatchReply {
        name: Some("saludo".to_owned()),
        ..PatchReply::default()
    };
    let changed = client.edit_reply(kept.id, &patch).await.expect("changed");
    assert_eq!(
        (changed.name.as_str(), changed.text.as_str()),
        ("saludo", text)
    );
    assert!(changed.revision > kept.revision);
    assert_eq!(heard(&mut events).await, changed);
    client.delete_reply(kept.id).await.expect("gone");
    assert!(heard(&mut events).await.deleted_at.is_some());
    assert!(names(&client).await.is_empty());
    let gone = client.reply(kept.id).await.expect_err("gone");
    assert_eq!(gone.code, Code::NotFound);
    // Its name is free again.
    client
        .add_reply(&new(org, "saludo", "Hola"))
        .await
        .expect("kept");
    local.stop().await;
}

#[tokio::test]
async fn what_cannot_be_a_reply_says_why() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("luz").await;
    client
        .add_reply(&new(org, "hola", "Hola"))
        .await
        .expect("kept");
    let long = "a".repeat(4097);
    for (name, text, code, field) in [
        ("Hola Ana", "Hola", Code::Invalid, "name"),
        ("", "Hola", Code::Invalid, "name"),
        ("hola", "Otra", Code::Conflict, "name"),
        ("vacio", " \u{1b}[2J", Code::Invalid, "text"),
        ("largo", &long, Code::TooLong, "text"),
        ("fecha", "Hoy es {{fecha}}.", Code::Invalid, "text"),
    ] {
        let problem = client
            .add_reply(&new(org, name, text))
            .await
            .expect_err("refused");
        assert_eq!(
            (problem.code, problem.field.as_deref()),
            (code, Some(field)),
            "{name}"
        );
        assert!(problem.detail.ends_with('.'), "{}", problem.detail);
    }
    let mut file = new(org, "carta", "La carta:");
    file.media_ids = vec![MediaId(99)];
    let problem = client.add_reply(&file).await.expect_err("no such file");
    assert_eq!(problem.code, Code::NotFound);
    // Two organisations: it must be said which.
    local.org("mar").await;
    let unsaid = NewReply {
        org_id: None,
        ..new(org, "otra", "Hola")
    };
    let problem = client.add_reply(&unsaid).await.expect_err("which?");
    assert_eq!(problem.field.as_deref(), Some("org_id"));
    local.stop().await;
}

#[tokio::test]
async fn a_token_sees_and_changes_the_replies_of_its_own_organisation_alone() {
    let local = Local::start().await;
    let admin = local.client();
    let (luz, mar) = (local.org("luz").await, local.org("mar").await);
    let theirs = admin
        .add_reply(&new(mar, "hola", "Soy de Mar."))
        .await
        .expect("kept");
    let token = NewToken::agent("bot", luz);
    let token = admin
        .add_token(&token)
        .await
        .expect("a token")
        .token
        .expect("its words");
    let bot = local.bearer(&token);
    let unsaid = NewReply {
        org_id: None,
        ..new(luz, "hola", "Soy de Luz.")
    };
    let own = bot.add_reply(&unsaid).await.expect("kept");
    assert_eq!(own.org_id, luz);
    assert_eq!(names(&bot).await, ["hola"]);
    assert_eq!(names(&admin).await.len(), 2);
    let query = ReplyQuery {
        org: Some(mar),
        name: None,
    };
    assert!(bot.replies(&query).await.expect("a list").is_empty());
    for problem in [
        bot.reply(theirs.id).await.expect_err("hidden"),
        bot.edit_reply(theirs.id, &PatchReply::default())
            .await
            .expect_err("hidden"),
        bot.delete_reply(theirs.id).await.expect_err("hidden"),
        bot.add_reply(&new(mar, "x", "x"))
            .await
            .expect_err("hidden"),
    ] {
        assert_eq!(problem.code, Code::NotFound);
    }
    local.stop().await;
}

/// The command line against this socket.
async fn recado(local: &Local, args: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(program("recado").expect("the program"));
    command
        .env_clear()
        .env("TZ", "UTC")
        .env("LC_ALL", "es_PE.UTF-8");
    command
        .env("HOME", local.dir.path())
        .arg("--socket")
        .arg(&local.socket)
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replies_move_as_a_file_from_one_desk_to_another() {
    let (one, two) = (Local::start().await, Local::start().await);
    one.org("luz").await;
    two.org("luz").await;
    let words = "¡Gracias, {{customer.name}}!\nVuelve pronto.";
    let (status, out, err) = recado(&one, &["reply", "add", "gracias", "--text", "-"], words).await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.contains("/gracias quedó guardada"), "{out}");
    recado(&one, &["reply", "add", "hola", "--text", "Hola"], "").await;
    let (_, file, _) = recado(&one, &["reply", "export"], "").await;
    let (status, out, err) = recado(&two, &["reply", "import", "-"], &file).await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}\n{file}");
    assert_eq!(names(&two.client()).await, ["gracias", "hola"]);
    let (_, again, _) = recado(&two, &["reply", "export"], "").await;
    assert_eq!(again, file);
    // A second import changes what differs and doubles nothing.
    let changed = file.replace("Vuelve pronto.", "Hasta luego.");
    recado(&two, &["reply", "import", "-"], &changed).await;
    let (_, shown, _) = recado(&two, &["reply", "show", "/gracias"], "").await;
    assert_eq!(shown, "¡Gracias, {{customer.name}}!\nHasta luego.\n");
    assert_eq!(names(&two.client()).await.len(), 2);
    let (status, _, err) = recado(&two, &["reply", "edit", "hola", "--name", "saludo"], "").await;
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let (status, _, _) = recado(&two, &["reply", "remove", "saludo"], "").await;
    assert_eq!(status, Some(0));
    let (_, list, _) = recado(&two, &["reply", "list"], "").await;
    assert_eq!(list.lines().count(), 2, "{list}");
    let (status, _, err) = recado(&two, &["reply", "import", "-"], "reply = 7").await;
    assert!(
        status == Some(1) && err.contains("No se puede leer"),
        "{err}"
    );
    one.stop().await;
    two.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replies_move_with_their_files_or_it_is_said_that_these_stay() {
    let (one, two) = (Local::start().await, Local::start().await);
    let org = one.org("luz").await;
    two.org("luz").await;
    let paper = recado_sim::files::pdf(&["Menú"]);
    let kept = one
        .client()
        .upload(
            std::io::Cursor::new(paper.clone()),
            "menú.pdf",
            None,
            |_| {},
        )
        .await
        .expect("kept");
    let mut reply = new(org, "menu", "Aquí está el menú.");
    reply.media_ids = vec![kept.id];
    one.client().add_reply(&reply).await.expect("kept");
    // As a text alone: said on standard error, and the text is whole.
    let (status, text, err) = recado(&one, &["reply", "export"], "").await;
    assert_eq!(status, Some(0));
    assert!(err.contains("no están en este texto"), "{err}");
    assert!(!text.contains("files"), "{text}");
    let folder = one.dir.path().join("respuestas");
    let folder = folder.to_str().expect("a path");
    let (status, out, err) = recado(&one, &["reply", "export", "--files", folder], "").await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    let book = format!("{folder}/replies.toml");
    let import = ["reply", "import", book.as_str()];
    for _ in 0..2 {
        let (status, out, err) = recado(&two, &import, "").await;
        assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
        let query = ReplyQuery::default();
        let all = two.client().replies(&query).await.expect("a list");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].files.len(), 1);
        assert_eq!(all[0].files[0].sha256, kept.sha256);
    }
    // Words alone leave the files that are there, and nothing is written over.
    recado(&two, &["reply", "import", "-"], &text).await;
    let all = two.client().replies(&ReplyQuery::default()).await;
    assert_eq!(all.expect("a list")[0].files.len(), 1);
    let (status, _, err) = recado(&one, &["reply", "export", "--files", folder], "").await;
    assert!(status == Some(1) && err.contains("respuestas"), "{err}");
    one.stop().await;
    two.stop().await;
}
