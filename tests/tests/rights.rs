//! Who may do what: the socket's peers, tokens over TCP, and organisations that never see each other.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

mod local;

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::Command;

use common::api::chats::{ChatFilter, PatchChat, ReadMark};
use common::api::messages::{Outgoing, OutgoingFile, Send, SendTo, Slice};
use common::api::numbers::{PatchNumber, SecretText};
use common::api::operators::NewOperator;
use common::api::orgs::NewOrg;
use common::api::problem::Code;
use common::api::search::SearchQuery;
use common::api::tokens::NewToken;
use common::client::Client;
use common::id::OrgId;
use common::rights::{Deed, Role};
use local::{Local, exchange, new_number, within};
use recado_daemon::api::doorman::Pace;
use tokio::net::TcpStream;

async fn token(local: &Local, org: OrgId) -> common::api::tokens::Token {
    let new = NewToken::agent("bot", org);
    local.client().add_token(&new).await.expect("a token")
}

#[tokio::test]
async fn over_tcp_nobody_comes_in_without_a_token() {
    let local = Local::start().await;
    for (header, path) in [
        ("", "/api/v1/status"),
        ("", "/api/v1/nothing"),
        ("Authorization: Bearer rcd_wrong\r\n", "/api/v1/status"),
        ("Authorization: Basic YTpi\r\n", "/api/v1/status"),
    ] {
        let stream = TcpStream::connect(local.tcp).await.expect("the port");
        let answer = exchange(stream, "GET", path, header, "").await;
        assert_eq!(answer.status, 401, "{header}{path}");
        assert!(
            answer.head.contains("www-authenticate: bearer"),
            "{}",
            answer.head
        );
        assert!(
            answer.head.contains("application/problem+json"),
            "{}",
            answer.head
        );
    }
    local.stop().await;
}

#[tokio::test]
async fn a_token_sees_its_own_organisation_and_no_other() {
    let local = Local::start().await;
    let (own, other) = (local.org("own").await, local.org("other").await);
    let mine = local.number(own, "Ventas", "106540352242922").await;
    let theirs = local.number(other, "Ventas", "106540352242923").await;
    let my_chat = local
        .hears(&mine, "51987654321", "wamid.mine", "Hola")
        .await;
    let their_chat = local
        .hears(&theirs, "51987654322", "wamid.theirs", "Hola")
        .await;
    let made = token(&local, own).await;
    let client = local.bearer(made.token.as_deref().expect("its words"));

    knows_itself(&client, own).await;
    assert_eq!(client.orgs().await.expect("orgs").len(), 1);
    assert_eq!(client.numbers().await.expect("numbers").len(), 1);
    assert_eq!(client.status().await.expect("status").numbers.len(), 1);
    let chats = client
        .chats(&ChatFilter::default())
        .await
        .expect("chats")
        .items;
    assert_eq!(chats.iter().map(|c| c.id).collect::<Vec<_>>(), [my_chat.id]);
    let query = SearchQuery {
        q: "hola".to_owned(),
        ..SearchQuery::default()
    };
    assert_eq!(client.search(&query).await.expect("hits").items.len(), 1);

    let their_message = local
        .client()
        .by_wamid("wamid.theirs")
        .await
        .expect("theirs");
    let hidden = [
        client.chat(their_chat.id).await.map(drop),
        client
            .messages(their_chat.id, &Slice::default())
            .await
            .map(drop),
        client.message(their_message.id).await.map(drop),
        client.by_wamid("wamid.theirs").await.map(drop),
        client.number(theirs.id).await.map(drop),
        client
            .read(their_chat.id, &ReadMark::default())
            .await
            .map(drop),
        client
            .patch_chat(their_chat.id, &PatchChat::default())
            .await
            .map(drop),
        client.send(their_chat.id, &text()).await.map(drop),
        client.retry(their_message.id).await.map(drop),
        client.put_draft(their_chat.id, &draft()).await,
        client
            .send_to(&SendTo {
                number_id: theirs.id,
                to: "+51987654322".to_owned(),
                message: text(),
            })
            .await
            .map(drop),
    ];
    for (which, answer) in hidden.into_iter().enumerate() {
        assert_eq!(
            answer.expect_err("hidden").code,
            Code::NotFound,
            "the {which}. question"
        );
    }
    let sent = client
        .send(my_chat.id, &text())
        .await
        .expect("its own chat");
    assert_eq!(sent.sender.map(|s| s.operator).as_deref(), Some("bot"));
    local.stop().await;
}

async fn knows_itself(client: &Client, own: OrgId) {
    let me = client.me().await.expect("me");
    assert_eq!(
        (me.operator.as_str(), me.uid, me.admin),
        ("bot", None, false)
    );
    assert_eq!(
        me.orgs
            .iter()
            .map(|m| (m.org.id, m.role))
            .collect::<Vec<_>>(),
        [(own, Role::Agent)]
    );
}

fn text() -> Send {
    Send {
        content: Outgoing::Text {
            text: "Hola".to_owned(),
            preview_url: None,
        },
        reply_to: None,
        client_id: None,
    }
}

fn draft() -> common::model::chat::Draft {
    common::model::chat::Draft {
        text: "Ho".to_owned(),
        reply_to: None,
        operator: None,
        updated_at: None,
    }
}

#[tokio::test]
async fn a_token_administers_nothing_and_dies_when_revoked() {
    let local = Local::start().await;
    let org = local.org("own").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    let made = token(&local, org).await;
    let client = local.bearer(made.token.as_deref().expect("its words"));
    let refused = [
        client
            .add_org(&NewOrg {
                slug: "mine".to_owned(),
                name: None,
            })
            .await
            .map(drop),
        client
            .add_number(&new_number(org, "Soporte", "106540352242923"))
            .await
            .map(drop),
        client
            .patch_number(number.id, &PatchNumber::default())
            .await
            .map(drop),
        client.remove_number(number.id).await,
        client.tokens().await.map(drop),
        client.add_token(&NewToken::agent("x", org)).await.map(drop),
        client.revoke_token(made.id).await,
    ];
    for (which, answer) in refused.into_iter().enumerate() {
        assert_eq!(
            answer.expect_err("refused").code,
            Code::Forbidden,
            "the {which}. request"
        );
    }
    let listed = local.client().tokens().await.expect("tokens");
    assert_eq!(listed.len(), 1);
    assert!(
        listed.iter().all(|t| t.token.is_none()),
        "its words are told once"
    );
    local.client().revoke_token(made.id).await.expect("revoked");
    assert_eq!(
        client.me().await.expect_err("worthless").code,
        Code::Unauthorized
    );
    local.stop().await;
}

#[tokio::test]
async fn a_token_hears_of_its_own_organisation_alone() {
    let local = Local::start().await;
    let (own, other) = (local.org("own").await, local.org("other").await);
    let mine = local.number(own, "Ventas", "106540352242922").await;
    let theirs = local.number(other, "Ventas", "106540352242923").await;
    let made = token(&local, own).await;
    let client = local.bearer(made.token.as_deref().expect("its words"));
    for after in [None, Some(common::id::Seq(0))] {
        let mut stream = client.events(after).await.expect("a stream");
        local
            .hears(
                &theirs,
                "51987654322",
                &format!("wamid.t{after:?}"),
                "secreto",
            )
            .await;
        local
            .hears(&mine, "51987654321", &format!("wamid.m{after:?}"), "fin")
            .await;
        loop {
            let event = within(stream.next())
                .await
                .expect("it goes on")
                .expect("an event");
            let told = serde_json::to_string(&event).expect("JSON");
            assert!(
                !told.contains("secreto") && !told.contains("51987654322"),
                "{told}"
            );
            if told.contains("fin") {
                break;
            }
        }
    }
    local.stop().await;
}

/// The other end of what is sent away, run as somebody else; it does nothing by itself.
#[tokio::test]
async fn as_another_user() {
    let Some(socket) = std::env::var_os("RECADO_TEST_AS_ANOTHER_USER") else {
        return;
    };
    let client = match std::env::var("RECADO_TEST_SECRET") {
        Ok(secret) => Client::unix_as(socket, SecretText::new(secret)),
        Err(_) => Client::unix(socket),
    };
    let problem = client.status().await.expect_err("sent away");
    assert_eq!(problem.code, Code::Forbidden);
    let told = problem.detail;
    assert!(
        told.contains("sudo -u recado") || told.contains("come in by ssh"),
        "{told}"
    );
}

/// Somebody without rights: `nobody`.
const NOBODY: u32 = 65534;

/// Runs one of the tests above as another user of the machine, against this daemon. Only root can
/// become somebody else; elsewhere nothing is tried.
async fn as_somebody_else(local: &Local, test: &str, uid: u32, secret: Option<&str>) {
    let own = std::fs::metadata(&local.socket).expect("the socket").uid();
    if own != 0 {
        return;
    }
    // Past the file's mode, so that the daemon itself must say no.
    for (path, mode) in [(local.dir.path(), 0o755), (local.socket.as_path(), 0o666)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    }
    // The test binary may lie where others cannot look: a copy they can run.
    let copy = local.dir.path().join("as-another-user");
    std::fs::copy(std::env::current_exe().expect("this test"), &copy).expect("a copy");
    let mut command = Command::new(&copy);
    command
        .args(["--exact", test])
        .env("RECADO_TEST_AS_ANOTHER_USER", &local.socket)
        .envs(secret.map(|secret| ("RECADO_TEST_SECRET", secret)))
        .current_dir("/")
        .uid(uid)
        .gid(uid);
    let ended = tokio::task::spawn_blocking(move || command.output());
    let output = within(ended).await.expect("no panic").expect("it runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[tokio::test]
async fn another_user_is_sent_away_and_comes_in_when_let_in() {
    let local = Local::start().await;
    as_somebody_else(&local, "as_another_user", NOBODY, None).await;
    let org = local.org("luz").await;
    let new = operator(org, Some("nobody"), None);
    local.client().add_operator(&new).await.expect("let in");
    as_somebody_else(&local, "as_an_operator", NOBODY, None).await;
    local.stop().await;
}

/// The other end of the test above and of the one below, once let in.
#[tokio::test]
async fn as_an_operator() {
    let Some(socket) = std::env::var_os("RECADO_TEST_AS_ANOTHER_USER") else {
        return;
    };
    let client = match std::env::var("RECADO_TEST_SECRET") {
        Ok(secret) => Client::unix_as(socket, SecretText::new(secret)),
        Err(_) => Client::unix(socket),
    };
    let me = client.me().await.expect("somebody");
    assert_eq!((me.operator.as_str(), me.admin), ("Ana", false));
    let problem = client.tokens().await.expect_err("an agent");
    assert_eq!(problem.deed, Some(Deed::Token));
}

#[tokio::test]
async fn a_keys_secret_counts_at_the_shared_account_alone() {
    const KEY: &str = "ssh-ed25519 \
        AAAAC3NzaC1lZDI1NTE5AAAAIHkV5YYFS54Kra66DWfjV28882MTCkRLyF5NTyxFX9Sp";
    let local = Local::sharing(4096, Pace::default(), Some(NOBODY)).await;
    let org = local.org("luz").await;
    let new = operator(org, None, Some(KEY));
    let added = local.client().add_operator(&new).await.expect("let in");
    let secret = added.ssh.expect("how she comes in").secret;
    let secret = Some(secret.expose());
    // The account by itself is nobody, another user with the secret too.
    as_somebody_else(&local, "as_another_user", NOBODY, None).await;
    as_somebody_else(&local, "as_another_user", NOBODY - 1, secret).await;
    as_somebody_else(&local, "as_an_operator", NOBODY, secret).await;
    local.stop().await;
}

fn operator(org: OrgId, user: Option<&str>, key: Option<&str>) -> NewOperator {
    NewOperator {
        name: "Ana".to_owned(),
        org_id: org,
        role: Role::Agent,
        numbers: None,
        user: user.map(str::to_owned),
        ssh_key: key.map(str::to_owned),
    }
}

#[tokio::test]
async fn files_are_their_organisations_alone() {
    let local = Local::start().await;
    let (own, other) = (local.org("own").await, local.org("other").await);
    let theirs = local.number(other, "Ventas", "106540352242923").await;
    let their_chat = local
        .hears(&theirs, "51987654322", "wamid.theirs", "Hola")
        .await;
    let bearer = async |org| {
        let made = token(&local, org).await;
        local.bearer(made.token.as_deref().expect("its words"))
    };
    let (mine, other) = (bearer(own).await, bearer(other).await);
    let paper = recado_sim::files::pdf(&["secreto"]);
    let hand = async |client: &Client| {
        let file = std::io::Cursor::new(paper.clone());
        client.upload(file, "a.pdf", None, |_| {}).await
    };
    let media = hand(&mine).await.expect("it is taken");
    assert!(mine.download(media.id, None).await.is_ok());
    let send = Send {
        content: Outgoing::Document(OutgoingFile {
            media_id: media.id,
            caption: None,
            filename: None,
        }),
        reply_to: None,
        client_id: None,
    };
    let hidden = [
        other.download(media.id, None).await.map(drop),
        other.media(media.id).await.map(drop),
        other.fetch_media(media.id).await.map(drop),
        other.offer(media.id).await,
        other.send(their_chat.id, &send).await.map(drop),
    ];
    for answer in hidden {
        assert_eq!(answer.expect_err("hidden").code, Code::NotFound);
    }
    // The same content is their own file, and lies on the disk once.
    let same = hand(&other).await.expect("it is taken");
    assert_ne!(same.id, media.id);
    assert!(other.download(same.id, None).await.is_ok());
    // What an administrator handed over is no organisation's.
    let ours = hand(&local.client()).await.expect("it is taken");
    let problem = mine.media(ours.id).await.expect_err("hidden");
    assert_eq!(problem.code, Code::NotFound);
    local.stop().await;
}
