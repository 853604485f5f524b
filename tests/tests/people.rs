//! Operators, their keys and roles, tokens that end, and the log of what everybody did.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]
#![allow(clippy::panic, reason = "what fails here fails the test")]
#![allow(clippy::too_many_lines, reason = "a story is told at a stretch")]

mod local;

use std::num::NonZeroU32;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::api::audit::{AuditQuery, BrokenWhy, VerifyQuery};
use common::api::chats::ChatFilter;
use common::api::messages::{Outgoing, Send, Slice};
use common::api::numbers::PatchNumber;
use common::api::operators::{Given, NewKey, NewOperator, Operator};
use common::api::orgs::PatchOrg;
use common::api::problem::Code;
use common::api::tokens::NewToken;
use common::client::Client;
use common::id::{OrgId, Seq};
use common::rights::{Deed, Role, may};
use common::time::{Clock, Stamp};
use local::{Local, exchange, within};
use recado_daemon::api::deeds;
use recado_daemon::api::doorman::Pace;
use recado_tests::bin_path::program;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ANA: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHkV5YYFS54Kra66DWfjV28882MTCkRLyF5NTyxFX9Sp ana@laptop";

fn operator(name: &str, org: OrgId, role: Role) -> NewOperator {
    NewOperator {
        name: name.to_owned(),
        org_id: org,
        role,
        numbers: None,
        user: None,
        ssh_key: Some(ANA.to_owned()),
    }
}

/// Lets Ana in by her key, and gives her client.
async fn ana(local: &Local, new: &NewOperator) -> (Operator, Client) {
    let added = local.client().add_operator(new).await.expect("she is in");
    let way = added.ssh.clone().expect("how her key comes in");
    let client = Client::unix_as(&local.socket, way.secret);
    (added, client)
}

async fn token(local: &Local, org: OrgId, role: Role) -> (Client, String) {
    let new = NewToken {
        role: Some(role),
        ..NewToken::agent(role.as_str(), org)
    };
    let made = local.client().add_token(&new).await.expect("a token");
    let words = made.token.expect("its words");
    (local.bearer(&words), words)
}

fn text(words: &str) -> Send {
    Send {
        content: Outgoing::Text {
            text: words.to_owned(),
            preview_url: None,
        },
        reply_to: None,
        client_id: None,
    }
}

/// The status of an answer, read no further than its head: a stream has no end.
async fn status_of(local: &Local, method: &str, path: &str, token: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(local.tcp).await.expect("the port");
    let request = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nHost: recado\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\nContent-Length: 2\r\n\r\n{{}}"
    );
    stream.write_all(request.as_bytes()).await.expect("it goes");
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let n = within(stream.read(&mut piece)).await.expect("it comes");
        answer.extend_from_slice(piece.get(..n).expect("what came"));
        let words = String::from_utf8_lossy(&answer).into_owned();
        let whole = words.contains("\r\n\r\n{") && words.trim_end().ends_with('}');
        if n == 0 || whole || words.contains("retry: 1000") {
            let status = words.split(' ').nth(1).and_then(|word| word.parse().ok());
            return (status.expect("a status"), words);
        }
    }
}

#[tokio::test]
async fn every_route_lets_in_the_roles_of_its_deed_and_no_other() {
    let fast = NonZeroU32::new(100_000).expect("positive");
    let pace = Pace {
        per_second: fast,
        burst: fast,
    };
    let local = Local::with(4096, pace).await;
    let org = local.org("luz").await;
    let mut tokens = Vec::new();
    for role in Role::ALL {
        tokens.push((role, token(&local, org, role).await.1));
    }
    let mut seen = std::collections::BTreeSet::new();
    for route in deeds() {
        seen.insert(route.deed);
        let id = if route.path.starts_with("/messages") {
            "0190aaaa-0000-7000-8000-000000000000"
        } else {
            "987654"
        };
        let path: String = route
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { id } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for (role, words) in &tokens {
            let (status, answer) = status_of(&local, &route.method, &path, words).await;
            let told = format!("{role}: {} {path} ({}): {answer}", route.method, route.deed);
            if may(*role, route.deed) {
                assert!(!matches!(status, 401 | 403 | 429), "{told}");
            } else {
                assert_eq!(status, 403, "{told}");
                assert!(
                    answer.contains(&format!("\"deed\":\"{}\"", route.deed)),
                    "{told}"
                );
            }
        }
        let (status, _) = status_of(&local, &route.method, &path, "rcd_nobody").await;
        assert!(matches!(status, 401 | 429), "{} {path}", route.method);
    }
    assert_eq!(seen.len(), Deed::ALL.len(), "a deed that no route does");
    local.stop().await;
}

#[tokio::test]
async fn whoever_comes_by_a_key_is_that_operator_until_the_key_is_revoked() {
    let local = Local::start().await;
    let org = local.org("luz").await;
    let number = local.number(org, "Centro", "106540352242922").await;
    let chat = local.hears(&number, "51987654321", "wamid.a", "Hola").await;
    let (added, ana) = ana(&local, &operator("Ana", org, Role::Agent)).await;
    assert_eq!(added.uid, None);
    let key = added.keys.first().expect("her key");
    assert!(key.fingerprint.starts_with("SHA256:") && key.fingerprint.len() == 50);

    let me = ana.me().await.expect("me");
    assert_eq!((me.operator.as_str(), me.admin), ("Ana", false));
    assert!(me.may(Deed::Send) && !me.may(Deed::Number));
    let sent = ana.send(chat.id, &text("Buenos días")).await.expect("sent");
    assert_eq!(sent.sender.map(|s| s.operator).as_deref(), Some("Ana"));
    let refused = ana
        .patch_number(number.id, &PatchNumber::default())
        .await
        .expect_err("an agent");
    assert_eq!(
        (refused.code, refused.deed),
        (Code::Forbidden, Some(Deed::Number))
    );
    let again = local
        .client()
        .add_operator(&operator("Eva", org, Role::Agent))
        .await;
    assert_eq!(again.expect_err("her key").code, Code::Conflict);

    let mut stream = ana.events(None).await.expect("a stream");
    local
        .client()
        .revoke_key(added.id, key.id)
        .await
        .expect("revoked");
    // What was on its way may still come; then it ends.
    let ended = async { while let Some(Ok(_event)) = stream.next().await {} };
    within(ended).await;
    let problem = ana.me().await.expect_err("she is out");
    assert_eq!(problem.code, Code::Unauthorized);
    // A new key of hers opens again; the old secret does not.
    let new = NewKey {
        ssh_key: ANA.to_owned(),
    };
    let opened = local.client().add_key(added.id, &new).await.expect("a key");
    let way = opened.ssh.expect("how it comes in");
    assert!(
        Client::unix_as(&local.socket, way.secret)
            .me()
            .await
            .is_ok()
    );
    assert!(ana.me().await.is_err());
    local.stop().await;
}

#[tokio::test]
async fn a_role_that_changes_is_felt_at_once() {
    let local = Local::start().await;
    let org = local.org("luz").await;
    let number = local.number(org, "Centro", "106540352242922").await;
    let chat = local.hears(&number, "51987654321", "wamid.a", "Hola").await;
    let (added, ana) = ana(&local, &operator("Ana", org, Role::Agent)).await;
    let mut stream = ana.events(None).await.expect("a stream");
    let auditor = Given {
        org_id: org,
        role: Role::Auditor,
        numbers: None,
    };
    local
        .client()
        .give_role(added.id, &auditor)
        .await
        .expect("given");
    within(async { while let Some(Ok(_event)) = stream.next().await {} }).await;
    assert!(ana.messages(chat.id, &Slice::default()).await.is_ok());
    let problem = ana.send(chat.id, &text("Hola")).await.expect_err("no more");
    assert_eq!(problem.deed, Some(Deed::Send));
    assert!(ana.audit(&AuditQuery::default()).await.is_ok());
    local
        .client()
        .remove_operator(added.id, None)
        .await
        .expect("gone");
    assert!(ana.me().await.is_err());
    assert_eq!(local.client().operators().await.expect("none").len(), 0);
    local.stop().await;
}

#[tokio::test]
async fn somebody_of_one_number_sees_that_number_alone() {
    let local = Local::start().await;
    let org = local.org("luz").await;
    let centre = local.number(org, "Centro", "106540352242922").await;
    let north = local.number(org, "Norte", "106540352242923").await;
    let here = local.hears(&centre, "51987654321", "wamid.a", "Hola").await;
    let there = local
        .hears(&north, "51987654322", "wamid.b", "secreto")
        .await;
    let mut new = operator("Ana", org, Role::Admin);
    new.numbers = Some(vec![centre.id]);
    let (_, ana) = ana(&local, &new).await;
    assert_eq!(ana.numbers().await.expect("numbers").len(), 1);
    let chats = ana
        .chats(&ChatFilter::default())
        .await
        .expect("chats")
        .items;
    assert_eq!(chats.iter().map(|c| c.id).collect::<Vec<_>>(), [here.id]);
    for hidden in [
        ana.chat(there.id).await.map(drop),
        ana.customer(there.customer.id).await.map(drop),
        ana.messages(there.id, &Slice::default()).await.map(drop),
        ana.send(there.id, &text("Hola")).await.map(drop),
        ana.number(north.id).await.map(drop),
    ] {
        assert_eq!(hidden.expect_err("hidden").code, Code::NotFound);
    }
    assert!(ana.customer(here.customer.id).await.is_ok());
    let mut stream = ana.events(Some(Seq(0))).await.expect("a stream");
    local
        .hears(&north, "51987654322", "wamid.c", "secreto")
        .await;
    local.hears(&centre, "51987654321", "wamid.d", "fin").await;
    loop {
        let event = within(stream.next()).await.expect("on").expect("an event");
        let told = serde_json::to_string(&event).expect("JSON");
        assert!(
            !told.contains("secreto") && !told.contains("Norte"),
            "{told}"
        );
        if told.contains("\"fin\"") {
            break;
        }
    }
    // Nobody gives more than they have: not all numbers, not what an auditor reads.
    let wide = ana.add_token(&NewToken::agent("bot", org)).await;
    assert_eq!(wide.expect_err("all numbers").code, Code::Forbidden);
    let narrow = NewToken {
        numbers: Some(vec![centre.id]),
        ..NewToken::agent("bot", org)
    };
    assert!(ana.add_token(&narrow).await.is_ok());
    local.stop().await;
}

#[tokio::test]
async fn nobody_gives_or_takes_more_than_they_have() {
    let local = Local::start().await;
    let (luz, mar) = (local.org("luz").await, local.org("mar").await);
    let (ana, admin) = ana(&local, &operator("Ana", luz, Role::Admin)).await;
    let given = async |role| {
        let new = NewToken {
            role: Some(role),
            ..NewToken::agent("bot", luz)
        };
        admin.add_token(&new).await
    };
    for role in [Role::Owner, Role::Auditor] {
        let problem = given(role).await.expect_err("more than hers");
        assert_eq!(problem.code, Code::Forbidden, "{role}");
    }
    assert!(given(Role::Agent).await.is_ok());
    let problem = admin.add_token(&NewToken::agent("bot", mar)).await;
    assert_eq!(problem.expect_err("not hers").code, Code::NotFound);
    let owner = Given {
        org_id: luz,
        role: Role::Owner,
        numbers: None,
    };
    let problem = admin.give_role(ana.id, &owner).await.expect_err("herself");
    assert_eq!(problem.code, Code::Forbidden);
    // Somebody who answers elsewhere too: her key is not this admin's affair.
    let there = Given {
        org_id: mar,
        ..owner.clone()
    };
    local
        .client()
        .give_role(ana.id, &there)
        .await
        .expect("given");
    let key = ana.keys.first().expect("her key");
    let (colleague, _) = token(&local, luz, Role::Admin).await;
    let problem = colleague.revoke_key(ana.id, key.id).await;
    assert_eq!(problem.expect_err("no say").code, Code::Forbidden);
    let known = colleague.operators().await.expect("operators");
    let roles: Vec<OrgId> = known
        .iter()
        .flat_map(|o| &o.orgs)
        .map(|g| g.org_id)
        .collect();
    assert_eq!(
        roles,
        [luz],
        "what she is elsewhere is nobody's affair here"
    );
    // Sent away from here, she stays there.
    colleague.remove_operator(ana.id, None).await.expect("gone");
    let left = admin.me().await.expect("still somebody").orgs;
    assert_eq!(left.iter().map(|m| m.org.id).collect::<Vec<_>>(), [mar]);
    local.stop().await;
}

#[tokio::test]
async fn organisations_are_renamed_and_removed() {
    let local = Local::start().await;
    let org = local.org("luz").await;
    let number = local.number(org, "Centro", "106540352242922").await;
    let (owner, _) = token(&local, org, Role::Owner).await;
    let patch = PatchOrg {
        name: "Panadería Luz".to_owned(),
    };
    let renamed = owner.rename_org(org, &patch).await.expect("renamed");
    assert_eq!(
        (renamed.slug.as_str(), renamed.name.as_str()),
        ("luz", "Panadería Luz")
    );
    assert_eq!(
        owner.remove_org(org).await.expect_err("hers").code,
        Code::Forbidden
    );
    let admin = local.client();
    let problem = admin.remove_org(org).await.expect_err("a number works");
    assert_eq!(problem.code, Code::Conflict);
    admin.remove_number(number.id).await.expect("removed");
    admin.remove_org(org).await.expect("removed");
    assert!(admin.orgs().await.expect("orgs").is_empty());
    assert_eq!(owner.me().await.expect_err("gone").code, Code::Unauthorized);
    // Its short name is free again, and it is another organisation.
    assert_ne!(local.org("luz").await, org);
    local.stop().await;
}

#[tokio::test]
async fn a_token_ends_when_its_time_is_over() {
    let local = Local::start().await;
    let org = local.org("luz").await;
    let now = local.clock.now();
    let new = NewToken {
        expires_at: Some(now.plus(Duration::from_mins(1))),
        ..NewToken::agent("bot", org)
    };
    let made = local.client().add_token(&new).await.expect("a token");
    let client = local.bearer(made.token.as_deref().expect("its words"));
    assert!(client.me().await.is_ok());
    local.clock.advance(Duration::from_secs(61));
    assert_eq!(
        client.me().await.expect_err("over").code,
        Code::Unauthorized
    );
    let late = NewToken {
        expires_at: Some(Stamp::from_seconds(1)),
        ..NewToken::agent("bot", org)
    };
    let problem = local.client().add_token(&late).await.expect_err("over");
    assert_eq!(problem.field.as_deref(), Some("expires_at"));
    local.stop().await;
}

#[tokio::test]
async fn a_token_keeps_to_its_pace_and_guessing_is_slowed() {
    let few = NonZeroU32::new(3).expect("positive");
    let pace = Pace {
        per_second: NonZeroU32::MIN,
        burst: few,
    };
    let local = Local::with(4096, pace).await;
    let org = local.org("luz").await;
    let (client, words) = token(&local, org, Role::Agent).await;
    let mut last = Ok(());
    for _ in 0..6 {
        last = client.me().await.map(drop);
    }
    let problem = last.expect_err("too fast");
    assert_eq!(problem.code, Code::RateLimited);
    assert!(problem.retry_after.is_some(), "{problem}");

    let ask = async |token: &str| {
        let stream = TcpStream::connect(local.tcp).await.expect("the port");
        let header = format!("Authorization: Bearer {token}\r\n");
        exchange(stream, "GET", "/api/v1/me", &header, "").await
    };
    let mut answers = Vec::new();
    for n in 0..12 {
        answers.push(ask(&format!("rcd_{n}")).await.status);
    }
    assert_eq!(answers.first(), Some(&401));
    let slowed = ask("rcd_13").await;
    assert_eq!(slowed.status, 429, "{answers:?}");
    assert!(slowed.head.contains("retry-after:"), "{}", slowed.head);
    // Whoever was good before is looked at whatever others guess: this one hurries, and no more.
    let known = ask(&words).await;
    assert!(
        known.status == 200 || known.body.contains("asks too often"),
        "{}",
        known.body
    );
    // Over the socket nobody is slowed.
    assert!(local.client().me().await.is_ok());
    local.stop().await;
}

#[tokio::test]
async fn the_log_says_who_did_what_and_names_the_first_broken_link() {
    let local = Local::start().await;
    let (luz, mar) = (local.org("luz").await, local.org("mar").await);
    let number = local.number(luz, "Centro", "106540352242922").await;
    let chat = local.hears(&number, "51987654321", "wamid.a", "Hola").await;
    let (_, ana) = ana(&local, &operator("Ana", luz, Role::Agent)).await;
    for _ in 0..3 {
        ana.messages(chat.id, &Slice::default())
            .await
            .expect("read");
    }
    let sent = ana.send(chat.id, &text("Un secreto")).await.expect("sent");
    let (auditor, _) = token(&local, luz, Role::Auditor).await;
    let page = auditor
        .audit(&AuditQuery::default())
        .await
        .expect("the log");
    let told: Vec<String> = page
        .items
        .iter()
        .rev()
        .map(|e| format!("{} {} {}", e.who, e.deed, e.what))
        .collect();
    let root = local.client().me().await.expect("me").operator;
    assert_eq!(
        told,
        [
            format!("{root} number added"),
            format!("{root} operator added"),
            "Ana read opened".to_owned(),
            "Ana send queued".to_owned(),
            format!("{root} token added"),
        ],
    );
    let all = serde_json::to_string(&page).expect("JSON");
    assert!(
        all.contains(&sent.id.to_string()) && !all.contains("Un secreto"),
        "{all}"
    );
    assert!(ana.audit(&AuditQuery::default()).await.is_err(), "an agent");
    let other = AuditQuery {
        org: Some(mar),
        ..AuditQuery::default()
    };
    let problem = auditor.audit(&other).await.expect_err("not theirs");
    assert_eq!(problem.code, Code::NotFound);

    let verify = VerifyQuery::default();
    let whole = auditor.verify_audit(&verify).await.expect("walked");
    let [chain] = whole.as_slice() else {
        panic!("one chain: {whole:?}")
    };
    assert_eq!(
        (chain.org_id, chain.entries, chain.broken.as_ref()),
        (Some(luz), 5, None)
    );
    let newest = page.items.first().expect("the newest");
    assert_eq!(chain.head.as_ref(), Some(&newest.hash));

    let database = local.dir.path().join("recado.db");
    let conn = rusqlite::Connection::open(database).expect("the file");
    let refused = conn.execute("UPDATE audit SET who = 'Eva' WHERE n = 3", []);
    assert!(refused.is_err(), "the log is only added to");
    assert!(conn.execute("DELETE FROM audit", []).is_err());
    conn.execute_batch(
        "DROP TRIGGER audit_stays; UPDATE audit SET who = 'Eva' WHERE n = 3 AND chain = 1",
    )
    .expect("whoever owns the disk can do anything");
    let broken = auditor.verify_audit(&verify).await.expect("walked");
    let link = broken
        .first()
        .and_then(|chain| chain.broken.clone())
        .expect("broken");
    assert_eq!((link.n, link.why), (3, BrokenWhy::Changed));
    conn.execute_batch("DROP TRIGGER audit_keeps; DELETE FROM audit WHERE n = 2 AND chain = 1")
        .expect("gone");
    let broken = auditor.verify_audit(&verify).await.expect("walked");
    let link = broken
        .first()
        .and_then(|chain| chain.broken.clone())
        .expect("broken");
    assert_eq!((link.n, link.why), (2, BrokenWhy::Missing));
    local.stop().await;
}

/// How a program ended: its status, what it printed, what it complained of.
#[derive(Debug)]
struct Done {
    status: Option<i32>,
    out: String,
    err: String,
}

async fn run(mut command: Command) -> Done {
    command.stdin(Stdio::null()).env("LC_ALL", "en_US.UTF-8");
    let ended = tokio::task::spawn_blocking(move || command.output());
    let output = within(ended).await.expect("no panic").expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Done {
        status: output.status.code(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

/// `recado` as an administrator types it.
async fn recado(local: &Local, words: &[&str]) -> Done {
    let mut command = Command::new(program("recado").expect("it is built"));
    command.arg("--socket").arg(&local.socket).args(words);
    run(command).await
}

/// What sshd does for whoever holds Ana's key: the line's command, and what was asked for instead.
async fn by_ssh(local: &Local, asked: &str) -> Done {
    let file = local.dir.path().join(".ssh/authorized_keys");
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.contains("ssh-ed25519"));
    let forced = line
        .and_then(|line| line.strip_prefix("restrict,pty,command=\""))
        .and_then(|rest| rest.split_once("\" ssh-"))
        .map(|(command, _)| command.replace("\\\"", "\""))
        .expect("her line");
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &forced])
        .env("SSH_ORIGINAL_COMMAND", asked);
    run(command).await
}

#[tokio::test]
async fn an_ssh_key_lets_its_owner_in_as_herself_and_into_nothing_else() {
    let local = Local::start().await;
    let org = local.org("luz").await;
    let number = local.number(org, "Centro", "106540352242922").await;
    let chat = local.hears(&number, "51987654321", "wamid.a", "Hola").await;
    let ssh = local.dir.path().join(".ssh");
    std::fs::create_dir(&ssh).expect("a folder");
    let keys = ssh.join("authorized_keys");
    std::fs::write(&keys, "# mine\nssh-rsa AAAAB3 somebody\n").expect("a file");
    let public = local.dir.path().join("ana.pub");
    std::fs::write(&public, ANA).expect("a file");
    let public = public.to_str().expect("a path");

    let add = [
        "operator",
        "add",
        "ana",
        "--org",
        "luz",
        "--ssh-key",
        public,
    ];
    let done = recado(&local, &add).await;
    assert_eq!(done.status, Some(0), "{done:?}");
    assert!(
        !done.out.contains("rok_"),
        "the secret stands in the file alone: {done:?}"
    );
    let mode = std::fs::metadata(&keys)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&keys).expect("the file");
    assert!(
        text.starts_with("# mine\nssh-rsa AAAAB3 somebody\nrestrict,pty,command="),
        "{text}"
    );

    let orgs = by_ssh(&local, "recado orgs --json").await;
    assert_eq!(orgs.status, Some(0), "{orgs:?}");
    assert!(orgs.out.contains("luz"), "{orgs:?}");
    let line = "send --from Centro --to +51987654321 --text 'Buenos días' --json";
    let sent = by_ssh(&local, line).await;
    assert!(sent.out.contains("\"operator\": \"ana\""), "{sent:?}");
    assert!(local.client().chat(chat.id).await.is_ok());
    // Neither more than her role, nor anything of the machine.
    let refused = by_ssh(&local, "number pause Centro").await;
    assert_eq!(refused.status, Some(1));
    assert!(
        refused
            .err
            .contains("Changing numbers is for owners and admins"),
        "{refused:?}"
    );
    for beyond in [
        "put /etc/passwd",
        "--log /tmp/recado-x status",
        "man /tmp",
        "sh",
        "recado; sh",
    ] {
        let refused = by_ssh(&local, beyond).await;
        assert_eq!(refused.status, Some(2), "{beyond}: {refused:?}");
    }
    // Whoever makes up a secret at that account is nobody.
    let mut command = Command::new(program("recado").expect("it is built"));
    command
        .arg("--socket")
        .arg(&local.socket)
        .arg("status")
        .env("RECADO_OPERATOR_KEY", "rok_GUESS");
    let nobody = run(command).await;
    assert_eq!(nobody.status, Some(1), "{nobody:?}");

    let listed = recado(&local, &["operator", "list"]).await;
    assert!(
        listed
            .out
            .contains("SHA256:M7GnIj7X1F9+P64Fl9IUOawHzUAn27TUgEfEVsQFCRI"),
        "{listed:?}"
    );
    let done = recado(&local, &["operator", "key", "revoke", "ana"]).await;
    assert_eq!(done.status, Some(0), "{done:?}");
    let text = std::fs::read_to_string(&keys).expect("the file");
    assert_eq!(text, "# mine\nssh-rsa AAAAB3 somebody\n");
    local.stop().await;
}

#[tokio::test]
async fn the_command_line_manages_people_and_reads_the_log() {
    let local = Local::start().await;
    for words in [
        &["org", "add", "luz", "--name", "Luz"][..],
        &["org", "rename", "luz", "Panadería Luz"],
    ] {
        let done = recado(&local, words).await;
        assert_eq!(done.status, Some(0), "{done:?}");
    }
    let made = recado(
        &local,
        &[
            "token", "add", "bot", "--org", "luz", "--role", "auditor", "--days", "30",
        ],
    )
    .await;
    assert!(made.out.starts_with("rcd_"), "{made:?}");
    let tokens = recado(&local, &["token", "list", "--json"]).await;
    assert!(
        tokens.out.contains("\"role\": \"auditor\"") && !tokens.out.contains("rcd_"),
        "{tokens:?}"
    );
    assert!(tokens.out.contains("expires_at"), "{tokens:?}");
    let wrong = recado(&local, &["operator", "add", "no-such-user", "--org", "luz"]).await;
    assert_eq!(wrong.status, Some(1));
    assert!(
        wrong.err.contains("--ssh-key"),
        "it says what to do: {wrong:?}"
    );
    let log = recado(&local, &["audit", "list"]).await;
    for words in ["org renamed", "token added", "org added"] {
        assert!(log.out.contains(words), "{words}: {log:?}");
    }
    let whole = recado(&local, &["audit", "verify"]).await;
    assert_eq!(whole.status, Some(0), "{whole:?}");
    let conn = rusqlite::Connection::open(local.dir.path().join("recado.db")).expect("the file");
    conn.execute_batch(
        "DROP TRIGGER audit_stays; UPDATE audit SET what = 'x' WHERE n = 1 AND chain = 1",
    )
    .expect("whoever owns the disk can do anything");
    let broken = recado(&local, &["audit", "verify"]).await;
    assert_eq!(broken.status, Some(1));
    assert!(broken.out.contains("Entry 1 was changed"), "{broken:?}");
    let done = recado(&local, &["org", "remove", "luz", "--yes"]).await;
    assert_eq!(done.status, Some(0), "{done:?}");
    let none = recado(&local, &["org", "list", "--json"]).await;
    assert_eq!(none.out.trim(), "[]");
    local.stop().await;
}
