//! Files in and out through the public doors: every kind, every limit, and everything that breaks on the way.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_lines,
    clippy::type_complexity,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "what fails here fails the test"
)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use common::api::event::Change;
use common::api::messages::{Outgoing, OutgoingFile, Send};
use common::api::numbers::{NewNumber, SecretText};
use common::api::orgs::NewOrg;
use common::api::problem::{Code, Problem};
use common::api::replies::NewReply;
use common::client::Client;
use common::file::kind::FileKind;
use common::file::unfit::Flaw;
use common::id::MediaId;
use common::model::media::{Media, MediaState};
use common::model::number::Transport;
use common::tick::Status;
use common::time::{Clock, ManualClock};
use config::daemon::Keep;
use recado_daemon::clock::SystemClock;
use recado_daemon::run::{Daemon, Deps};
use recado_sim::album::{Filling, Trouble};
use recado_sim::attachment::Media as Sent;
use recado_sim::config::{Limits, SimConfig};
use recado_sim::content::InboundContent;
use recado_sim::courier::Outcome;
use recado_sim::fault::{Fault, FaultRule, Target};
use recado_sim::files;
use recado_sim::home::{self, APP, open_shop};
use recado_sim::inbound::Inbound;
use recado_sim::sim::Sim;
use recado_tests::bin_path::program;
use recado_tests::child::Plan;
use recado_tests::seen::{PATIENCE, chats, until};
use recado_tests::shop::{CENTRO, ENTREGAS, Shop, ana};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::time::timeout;

fn put(sim: &Sim, mime: &str, filling: impl Into<Filling>) -> Sent {
    sim.put(CENTRO.phone_number_id, mime, filling)
        .expect("a number")
}

/// Ana writes; says WhatsApp's id and what became of the webhook.
async fn heard(sim: &Sim, says: impl Into<Inbound>) -> anyhow::Result<(String, Outcome)> {
    let told = sim
        .inbound_taken(CENTRO.phone_number_id, &ana(), says)
        .await;
    Ok(told?)
}

async fn of(client: &Client, wamid: &str) -> anyhow::Result<Media> {
    let message = client.by_wamid(wamid).await?;
    message.media.context("a file")
}

/// Waits until a message's file stands so.
async fn stands(client: &Client, wamid: &str, state: MediaState) -> anyhow::Result<Media> {
    until(client, &format!("the file is {state:?}"), async || {
        Ok(of(client, wamid).await?.state == state)
    })
    .await?;
    of(client, wamid).await
}

async fn bytes(
    client: &Client,
    id: MediaId,
    range: Option<std::ops::Range<u64>>,
) -> Result<Vec<u8>, Problem> {
    let mut download = client.download(id, range).await?;
    let mut all = Vec::new();
    while let Some(piece) = download.next().await {
        all.extend_from_slice(&piece?);
    }
    Ok(all)
}

async fn hand(
    client: &Client,
    bytes: Vec<u8>,
    name: &str,
    kind: Option<FileKind>,
) -> Result<Media, Problem> {
    client
        .upload(std::io::Cursor::new(bytes), name, kind, |_| {})
        .await
}

fn sending(kind: FileKind, media: MediaId, caption: Option<&str>) -> Send {
    let file = OutgoingFile {
        media_id: media,
        caption: caption.map(ToOwned::to_owned),
        filename: None,
    };
    Send {
        content: match kind {
            FileKind::Image => Outgoing::Image(file),
            FileKind::Video => Outgoing::Video(file),
            FileKind::Audio => Outgoing::Audio(file),
            FileKind::Voice => Outgoing::Voice(file),
            FileKind::Document => Outgoing::Document(file),
            FileKind::Sticker => Outgoing::Sticker(file),
        },
        reply_to: None,
        client_id: None,
    }
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(below(&path));
        } else {
            all.push(path);
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_comes_in_is_checked_and_lies_there_once_for_us_alone() -> anyhow::Result<()> {
    let shop = Shop::open().await?;
    let sim = &shop.sim;
    let table: [(fn(Sent) -> InboundContent, &str, Vec<u8>); 6] = [
        (InboundContent::Image, "image/png", files::cake(320, 200)),
        (
            InboundContent::Video,
            "video/mp4",
            files::film(b"avc1", Some(b"mp4a")),
        ),
        (InboundContent::Audio, "audio/mpeg", files::mp3(2)),
        (
            InboundContent::Voice,
            "audio/ogg; codecs=opus",
            files::voice(3),
        ),
        (
            InboundContent::Document,
            "application/pdf",
            files::pdf(&["Lista"]),
        ),
        (InboundContent::Sticker, "image/webp", files::sticker()),
    ];
    let mut seen = Vec::new();
    for (kind, mime, content) in table {
        // The same content twice: two messages, one file.
        for _ in 0..2 {
            let sent = kind(put(sim, mime, content.clone()));
            let wamid = shop.hears(&ana(), sent).await?;
            let media = stands(&shop.client, &wamid, MediaState::Ready).await?;
            assert_eq!(
                bytes(&shop.client, media.id, None).await?,
                content,
                "{mime}"
            );
            assert_eq!(media.mime.as_deref(), Some(mime));
            assert_eq!(media.bytes, Some(content.len() as u64));
            seen.push(media);
        }
    }
    let picture = &seen[0];
    assert_eq!((picture.width, picture.height), (Some(320), Some(200)));
    assert_eq!(picture.kind, Some(FileKind::Image));
    assert_eq!(seen[2].seconds, Some(8.0));
    let voice = &seen[6];
    assert_eq!((voice.seconds, voice.levels.len()), (Some(3.0), 64));
    let folder = shop.home.folder().join("data/media");
    let lying = below(&folder);
    assert_eq!(lying.len(), 6, "{lying:?}");
    for path in lying {
        let name = format!(
            "{}{}",
            path.parent()
                .and_then(Path::file_name)
                .expect("a folder")
                .display(),
            path.file_name().expect("a name").display()
        );
        assert!(
            seen.iter()
                .any(|media| media.sha256.as_deref() == Some(&name)),
            "{name}"
        );
        assert_eq!(
            std::fs::metadata(&path)?.permissions().mode() & 0o777,
            0o600
        );
    }
    shop.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_goes_out_and_a_file_that_meta_has_is_not_given_again() -> anyhow::Result<()> {
    let shop = Shop::open().await?;
    drop(shop.hears(&ana(), "Hola").await?);
    let chat = shop.newest().await?.id;
    let table = [
        (
            FileKind::Image,
            "torta.png",
            files::cake(300, 200),
            "image/png",
        ),
        (
            FileKind::Video,
            "horno.mp4",
            files::film(b"avc1", None),
            "video/mp4",
        ),
        (FileKind::Audio, "cancion.mp3", files::mp3(2), "audio/mpeg"),
        (FileKind::Voice, "nota.ogg", files::voice(2), "audio/ogg"),
        (
            FileKind::Document,
            "Menú 2026.pdf",
            files::pdf(&["Menu"]),
            "application/pdf",
        ),
        (
            FileKind::Sticker,
            "cara.webp",
            files::sticker(),
            "image/webp",
        ),
    ];
    for (at, (kind, name, content, mime)) in table.into_iter().enumerate() {
        let media = hand(&shop.client, content.clone(), name, Some(kind)).await?;
        assert_eq!((media.state, media.kind), (MediaState::Ready, Some(kind)));
        assert_eq!(media.mime.as_deref(), Some(mime));
        let caption = kind.has_caption().then_some("Aquí está");
        for again in 0..2 {
            let queued = shop
                .client
                .send(chat, &sending(kind, media.id, caption))
                .await?;
            assert_eq!(queued.status, Status::Queued);
            let sent = shop.reaches(queued.id, Status::Read).await?;
            assert_eq!(sent.text.as_deref(), caption);
            let uploads = shop.sim.uploads();
            assert_eq!(uploads.len(), at + 1, "{kind}, {again}");
            let upload = &uploads[at];
            assert_eq!(
                (upload.mime.as_str(), upload.bytes),
                (mime, content.len() as u64)
            );
            assert_eq!(Some(upload.sha256.as_str()), media.sha256.as_deref());
            let accepted = shop.sim.accepted();
            let body = &accepted.last().context("a message")?.body;
            let word = if kind == FileKind::Voice {
                "audio"
            } else {
                kind.as_str()
            };
            assert_eq!(body["type"], word);
            assert_eq!(body[word]["id"], upload.id.as_str());
            assert_eq!(
                body[word]["voice"].as_bool(),
                (kind == FileKind::Voice).then_some(true)
            );
            if kind == FileKind::Document {
                assert_eq!(body[word]["filename"], name);
            }
        }
    }
    shop.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_meta_forgot_is_given_again_by_itself() -> anyhow::Result<()> {
    let shop = Shop::open().await?;
    drop(shop.hears(&ana(), "Hola").await?);
    let chat = shop.newest().await?.id;
    let media = hand(&shop.client, files::pdf(&["Uno"]), "uno.pdf", None).await?;
    let send = sending(FileKind::Document, media.id, None);
    let first = shop.client.send(chat, &send).await?;
    drop(shop.reaches(first.id, Status::Read).await?);
    shop.sim.expire_media(&shop.sim.uploads()[0].id);
    let second = shop.client.send(chat, &send).await?;
    drop(shop.reaches(second.id, Status::Read).await?);
    assert_eq!(
        (shop.sim.uploads().len(), shop.sim.accepted_count()),
        (2, 2)
    );
    shop.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_whatsapp_would_refuse_is_refused_before_it_goes_with_the_way_out()
-> anyhow::Result<()> {
    let shop = Shop::open().await?;
    let client = &shop.client;
    let deep = {
        let mut png = files::cake(8, 8);
        png[24] = 16;
        png
    };
    let large = |head: Vec<u8>, size: usize| {
        let mut bytes = head;
        bytes.resize(size, 0);
        bytes
    };
    let stereo = {
        let mut note = files::voice(1);
        let at = note
            .windows(8)
            .position(|w| w == b"OpusHead")
            .context("a head")?;
        note[at + 9] = 2;
        note
    };
    let mb = 1024 * 1024;
    let table: Vec<(&str, Vec<u8>, FileKind, Flaw, &str)> = vec![
        (
            "a.png",
            large(files::cake(8, 8), 5 * mb + 1),
            FileKind::Image,
            Flaw::TooLarge,
            "5 MB",
        ),
        ("a.png", deep, FileKind::Image, Flaw::Depth, "ffmpeg"),
        (
            "a.gif",
            b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
            FileKind::Image,
            Flaw::Format,
            "JPEG or PNG",
        ),
        (
            "a.png",
            b"this is no picture".to_vec(),
            FileKind::Image,
            Flaw::Format,
            "text",
        ),
        (
            "a.jpg",
            b"\xff\xd8\xff\xe0\0\x04abnothing more of a picture".to_vec(),
            FileKind::Image,
            Flaw::Damaged,
            "damaged",
        ),
        (
            "a.mp4",
            files::film(b"hvc1", Some(b"mp4a")),
            FileKind::Video,
            Flaw::VideoCodec,
            "H.264",
        ),
        (
            "a.mp4",
            files::film(b"avc1", Some(b"samr")),
            FileKind::Video,
            Flaw::SoundCodec,
            "AAC",
        ),
        (
            "a.mp3",
            large(files::mp3(1), 16 * mb + 1),
            FileKind::Audio,
            Flaw::TooLarge,
            "16 MB",
        ),
        ("a.ogg", stereo, FileKind::Voice, Flaw::Channels, "mono"),
        (
            "a.mp3",
            files::mp3(1),
            FileKind::Voice,
            Flaw::Format,
            "audio",
        ),
        (
            "a.zip",
            b"PK\x03\x04some archive".to_vec(),
            FileKind::Document,
            Flaw::Format,
            "link",
        ),
        (
            "a.png",
            files::cake(8, 8),
            FileKind::Sticker,
            Flaw::Format,
            "WebP",
        ),
        (
            "a.pdf",
            Vec::new(),
            FileKind::Document,
            Flaw::Empty,
            "empty",
        ),
    ];
    for (name, content, kind, flaw, words) in table {
        let problem = hand(client, content, name, Some(kind))
            .await
            .expect_err(name);
        let unfit = problem.unfit.clone().context("why")?;
        assert_eq!((unfit.flaw, unfit.kind), (flaw, kind), "{problem}");
        let code = if flaw == Flaw::TooLarge {
            Code::MediaTooLarge
        } else {
            Code::MediaKind
        };
        assert_eq!(problem.code, code);
        assert!(problem.detail.contains(words), "{problem}");
    }
    // What suits a document only goes as one, and never as another kind afterwards.
    let paper = hand(client, files::pdf(&["x"]), "x.pdf", None).await?;
    assert_eq!(paper.kind, Some(FileKind::Document));
    drop(shop.hears(&ana(), "Hola").await?);
    let chat = shop.newest().await?.id;
    let problem = client
        .send(chat, &sending(FileKind::Image, paper.id, None))
        .await
        .expect_err("a paper is no picture");
    assert_eq!(problem.code, Code::MediaKind);
    let problem = client
        .send(chat, &sending(FileKind::Image, MediaId(999_999), None))
        .await
        .expect_err("there is none");
    assert_eq!(problem.code, Code::NotFound);
    assert_eq!(
        below(&shop.home.folder().join("data/media")).len(),
        1,
        "nothing refused stays"
    );
    shop.close().await;
    Ok(())
}

/// One request over the socket, byte by byte.
async fn raw(socket: &Path, request: &str) -> anyhow::Result<(u16, String, Vec<u8>)> {
    let mut stream = UnixStream::connect(socket).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut all = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut all)).await??;
    let end = all
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .context("a head")?;
    let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
    let status = head.split(' ').nth(1).context("a status")?.parse()?;
    Ok((status, head, all[end + 4..].to_vec()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_come_whole_or_in_ranges_and_hostile_names_steer_nothing() -> anyhow::Result<()> {
    let shop = Shop::open().await?;
    let content = files::pdf(&["Pago"]);
    let name = "../../../etc/pa\u{202e}fdp.\u{1b}[31mexe\r\nX-Evil: 1";
    let sent = put(&shop.sim, "application/pdf", content.clone()).filename(name);
    let wamid = shop.hears(&ana(), InboundContent::Document(sent)).await?;
    let media = stands(&shop.client, &wamid, MediaState::Ready).await?;
    let id = media.id;
    assert_eq!(bytes(&shop.client, id, Some(5..12)).await?, &content[5..12]);
    let last = content.len() as u64 - 3;
    assert_eq!(
        bytes(&shop.client, id, Some(last..u64::MAX)).await?.len(),
        3
    );
    let beyond = bytes(&shop.client, id, Some(1_000_000..1_000_001))
        .await
        .expect_err("no such bytes");
    assert_eq!(beyond.code, Code::RangeNotSatisfiable);

    let socket = shop.home.settings().socket.clone();
    let get = |more: &str| {
        format!("GET /api/v1/media/{id} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n")
    };
    let (status, head, body) = raw(&socket, &get("")).await?;
    assert_eq!((status, body.len()), (200, content.len()), "{head}");
    assert!(
        head.contains("content-type: application/pdf") && head.contains("nosniff"),
        "{head}"
    );
    let disposition = head
        .lines()
        .find(|l| l.starts_with("content-disposition"))
        .context("a name")?;
    assert!(disposition.contains("attachment"), "{disposition}");
    assert!(
        !disposition.contains(['/', '\u{1b}', '\u{202e}']) && !head.contains("\nx-evil"),
        "{head}"
    );
    let tag = head
        .lines()
        .find_map(|l| l.strip_prefix("etag: "))
        .context("a tag")?;
    let known = get(&format!("If-None-Match: {tag}\r\n"));
    assert_eq!(raw(&socket, &known).await?.0, 304);
    let (status, head, body) = raw(&socket, &get("Range: bytes=-4\r\n")).await?;
    assert_eq!((status, body.len()), (206, 4));
    assert!(
        head.contains(&format!(
            "content-range: bytes {}-{}/{}",
            content.len() - 4,
            content.len() - 1,
            content.len()
        )),
        "{head}"
    );
    let shown = media.filename.context("a name")?;
    assert!(
        !shown.contains(['\u{1b}', '\u{202e}', '\r', '\n']),
        "{shown:?}"
    );
    shop.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_on_the_way_here_is_fetched_again_and_what_is_wrong_thrice_says_why()
-> anyhow::Result<()> {
    let shop = Shop::open().await?;
    let troubles = [
        (1, Trouble::DeadUrl),
        (1, Trouble::Status(503)),
        (1, Trouble::Cut(70_000)),
        (1, Trouble::WrongBytes),
    ];
    for (times, trouble) in troubles {
        let content = files::cake(200, 150);
        let sent = put(&shop.sim, "image/png", content.clone());
        shop.sim.trouble(&sent, times, &trouble);
        let wamid = shop
            .hears(&ana(), InboundContent::Image(sent.clone()))
            .await?;
        let media = stands(&shop.client, &wamid, MediaState::Ready).await?;
        assert_eq!(
            bytes(&shop.client, media.id, None).await?,
            content,
            "{trouble:?}"
        );
        assert_eq!(shop.sim.downloads(&sent), 2, "{trouble:?}");
        assert_eq!(media.error, None);
    }
    let sent = put(&shop.sim, "image/png", files::cake(20, 20));
    shop.sim.trouble(&sent, 3, &Trouble::WrongBytes);
    let wamid = shop
        .hears(&ana(), InboundContent::Image(sent.clone()))
        .await?;
    let media = stands(&shop.client, &wamid, MediaState::Failed).await?;
    assert_eq!(media.error.context("why")?.code, "wrong_hash");
    let problem = bytes(&shop.client, media.id, None)
        .await
        .expect_err("it is not here");
    assert_eq!(problem.code, Code::MediaGone);
    // Somebody asks once more, and Meta is well again.
    let asked = shop.client.fetch_media(media.id).await?;
    assert_eq!(asked.state, MediaState::Pending);
    drop(stands(&shop.client, &wamid, MediaState::Ready).await?);
    // An id that Meta does not know.
    let lost = Sent::new().id("100000000000001").mime("image/jpeg");
    let wamid = shop.hears(&ana(), InboundContent::Image(lost)).await?;
    let media = stands(&shop.client, &wamid, MediaState::Failed).await?;
    assert_eq!(media.error.context("why")?.code, "gone_at_meta");
    shop.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_seven_days_meta_has_nothing_and_the_message_says_so() -> anyhow::Result<()> {
    let clock = ManualClock::new(SystemClock.now());
    let config = SimConfig::new().limits(Limits::off());
    let shop = Shop::at(config, Arc::new(clock.clone())).await?;
    shop.sim
        .add_fault(FaultRule::new(Fault::Http(503)).target(Target::Downloads));
    let sent = put(&shop.sim, "image/png", files::cake(20, 20));
    let wamid = shop.hears(&ana(), InboundContent::Image(sent)).await?;
    until(&shop.client, "a try that failed", async || {
        Ok(of(&shop.client, &wamid)
            .await?
            .error
            .is_some_and(|e| e.code == "unreachable"))
    })
    .await?;
    clock.advance(Duration::from_hours(7 * 24 + 1));
    let media = stands(&shop.client, &wamid, MediaState::Expired).await?;
    assert_eq!(media.error.context("why")?.code, "expired_at_meta");
    shop.close().await;
    Ok(())
}

/// A daemon with settings of its own.
async fn with(
    clock: Arc<dyn Clock>,
    change: impl FnOnce(&mut config::daemon::Settings),
) -> anyhow::Result<(Sim, TempDir, Daemon, Client)> {
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let folder = tempfile::tempdir()?;
    let mut settings = home::settings(folder.path(), &sim.base_url())?;
    change(&mut settings);
    let daemon = Daemon::start(settings, Deps::real(clock)).await?;
    let client = Client::unix(daemon.socket());
    let webhook = format!("http://{}/webhooks/meta/{APP}", daemon.webhook_addr());
    open_shop(&sim, &client, &webhook, &[CENTRO]).await?;
    Ok((sim, folder, daemon, client))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_waits_until_somebody_wants_it() -> anyhow::Result<()> {
    let (sim, _folder, daemon, client) =
        with(Arc::new(SystemClock), |s| s.auto_download_max = 10_000).await?;
    let content = files::cake(200, 200);
    let sent = put(&sim, "image/png", content.clone());
    let (wamid, _) = sim
        .inbound_taken(
            CENTRO.phone_number_id,
            &ana(),
            InboundContent::Image(sent.clone()),
        )
        .await?;
    until(&client, "it is held", async || {
        Ok(of(&client, &wamid)
            .await?
            .error
            .is_some_and(|e| e.code == "too_large_to_fetch"))
    })
    .await?;
    let media = of(&client, &wamid).await?;
    assert_eq!(
        (media.state, media.bytes),
        (MediaState::Pending, Some(content.len() as u64))
    );
    assert_eq!(sim.downloads(&sent), 0);
    let problem = bytes(&client, media.id, None).await.expect_err("not here");
    assert_eq!(problem.code, Code::MediaPending);
    drop(client.fetch_media(media.id).await?);
    let media = stands(&client, &wamid, MediaState::Ready).await?;
    assert_eq!(bytes(&client, media.id, None).await?, content);
    daemon.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_fetched_by_itself_where_the_limit_is_zero() -> anyhow::Result<()> {
    let (sim, _folder, daemon, client) =
        with(Arc::new(SystemClock), |s| s.auto_download_max = 0).await?;
    let content = files::cake(20, 20);
    let sent = put(&sim, "image/png", content.clone());
    let (wamid, _) = sim
        .inbound_taken(
            CENTRO.phone_number_id,
            &ana(),
            InboundContent::Image(sent.clone()),
        )
        .await?;
    let media = of(&client, &wamid).await?;
    let why = media.error.context("it says why")?.code;
    assert_eq!(
        (media.state, why.as_str()),
        (MediaState::Pending, "on_request")
    );
    drop(client.fetch_media(media.id).await?);
    let media = stands(&client, &wamid, MediaState::Ready).await?;
    assert_eq!(bytes(&client, media.id, None).await?, content);
    assert_eq!(sim.downloads(&sent), 1, "only when it was wanted");
    daemon.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keep_lets_files_go_by_age_and_their_messages_stay() -> anyhow::Result<()> {
    let clock = ManualClock::new(SystemClock.now());
    let (sim, folder, daemon, client) =
        with(Arc::new(clock.clone()), |s| s.keep = Keep::Days(30)).await?;
    let sent = put(&sim, "image/png", files::cake(20, 20));
    let hears = async |sent: Sent| {
        let heard = heard(&sim, InboundContent::Image(sent)).await;
        heard.map(|(wamid, _)| wamid)
    };
    let old = hears(sent).await?;
    drop(stands(&client, &old, MediaState::Ready).await?);
    clock.advance(Duration::from_hours(31 * 24));
    let new = hears(put(&sim, "image/png", files::cake(30, 30))).await?;
    let media = stands(&client, &old, MediaState::Expired).await?;
    assert_eq!(media.error.context("why")?.code, "removed_by_keep");
    let problem = bytes(&client, media.id, None).await.expect_err("it went");
    assert_eq!(problem.code, Code::MediaGone);
    drop(stands(&client, &new, MediaState::Ready).await?);
    assert_eq!(below(&folder.path().join("data/media")).len(), 1);
    daemon.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keep_lets_files_go_by_size_the_longest_kept_first_and_none_that_waits_to_be_sent()
-> anyhow::Result<()> {
    let (sim, _folder, daemon, client) =
        with(Arc::new(SystemClock), |s| s.keep = Keep::Bytes(2 << 20)).await?;
    drop(heard(&sim, "Hola").await?);
    let chat = chats(&client).await?[0].id;
    // It goes with a saved reply, so it stays though it is the oldest.
    let menu = hand(&client, files::pdf(&["Menú"]), "menu.pdf", None).await?;
    let reply = NewReply {
        org_id: None,
        name: "menu".to_owned(),
        text: "Aquí está:".to_owned(),
        media_ids: vec![menu.id],
    };
    let reply = client.add_reply(&reply).await?;
    // It waits to be sent, so it stays too.
    let hang = sim.add_fault(FaultRule::new(Fault::Hang).target(Target::Uploads));
    let waits = hand(&client, files::pdf(&["Espera"]), "espera.pdf", None).await?;
    let queued = client
        .send(chat, &sending(FileKind::Document, waits.id, None))
        .await?;
    let mut seen = Vec::new();
    for n in 0..4_u8 {
        let mut content = files::pdf(&["Grande"]);
        content.resize(900 << 10, n);
        let sent = put(&sim, "application/pdf", content);
        let (wamid, _) = heard(&sim, InboundContent::Document(sent)).await?;
        drop(stands(&client, &wamid, MediaState::Ready).await?);
        seen.push(wamid);
    }
    drop(stands(&client, &seen[0], MediaState::Expired).await?);
    drop(stands(&client, &seen[1], MediaState::Expired).await?);
    assert_eq!(of(&client, &seen[3]).await?.state, MediaState::Ready);
    let message = client.message(queued.id).await?;
    assert_eq!(message.media.context("its file")?.state, MediaState::Ready);
    let menu = client.media(reply.files[0].id).await?;
    assert_eq!(menu.state, MediaState::Ready);
    // Meta still has what customers sent: it can be had again.
    sim.clear_fault(hang);
    let gone = of(&client, &seen[0]).await?;
    drop(client.fetch_media(gone.id).await?);
    drop(stands(&client, &seen[0], MediaState::Ready).await?);
    daemon.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn progress_is_told_while_bytes_move() -> anyhow::Result<()> {
    let shop = Shop::open().await?;
    let mut events = shop.client.events(None).await?;
    let sent = put(
        &shop.sim,
        "application/pdf",
        Filling::repeated(files::pdf(&["x"]), 1 << 20),
    );
    shop.sim
        .trouble(&sent, 1, &Trouble::Slow(Duration::from_millis(80)));
    let wamid = shop.hears(&ana(), InboundContent::Document(sent)).await?;
    let told = async {
        while let Some(event) = events.next().await {
            if let Change::MediaProgress(progress) = event?.change {
                return Ok(progress);
            }
        }
        anyhow::bail!("the stream ended")
    };
    let progress = timeout(PATIENCE, told).await??;
    assert_eq!(progress.total, Some(1 << 20));
    assert!(progress.done > 0 && progress.done < 1 << 20);
    let media = stands(&shop.client, &wamid, MediaState::Ready).await?;
    assert_eq!(media.id, progress.media_id);
    shop.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_whose_files_hang_holds_up_no_other_number_or_organisation() -> anyhow::Result<()>
{
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let home = home::Home::open(&sim).await?;
    home.open_shop(&sim, &[CENTRO, ENTREGAS]).await?;
    let client = home.client();
    // Another organisation, with a business of its own.
    let other = sim.open_shop(7);
    let mar = NewOrg {
        slug: "mar".to_owned(),
        name: None,
    };
    let new = NewNumber {
        org_id: client.add_org(&mar).await?.id,
        label: "Mar".to_owned(),
        transport: Transport::Cloud,
        phone_number: None,
        phone_number_id: other.phone_number_id.as_str().into(),
        waba_id: other.waba_id.as_str().into(),
        app_id: other.app_id.as_str().into(),
        access_token: SecretText::new(&other.token),
        app_secret: SecretText::new(&other.app_secret),
        verify_token: Some(SecretText::new("rc-FAIR-TEST")),
    };
    client.add_number(&new).await?;
    let webhook = home.daemon()?.webhook_addr();
    let url = format!("http://{webhook}/webhooks/meta/{}", other.app_id);
    sim.set_webhook(&other.app_id, &url, "rc-FAIR-TEST");
    sim.verify_webhook(&other.app_id).await?;
    // Ten files of the first number hang in the middle.
    for n in 0..10_u8 {
        let mut paper = files::pdf(&["Factura"]);
        paper.resize(20_000, n);
        let sent = put(&sim, "application/pdf", paper);
        sim.trouble(&sent, 9, &Trouble::Stuck(1000));
        drop(heard(&sim, InboundContent::Document(sent)).await?);
    }
    let hang = sim.wait_counts(|counts| counts.requests > 4, PATIENCE);
    let _counts = hang.await?;
    for id in [ENTREGAS.phone_number_id, other.phone_number_id.as_str()] {
        for n in 0..3_u8 {
            let picture = files::png(8, 8, |_, _| [n, 90, 40]);
            let sent = sim.put(id, "image/png", picture)?;
            let who = ana();
            let told = sim.inbound_taken(id, &who, InboundContent::Image(sent));
            let (wamid, _) = told.await?;
            drop(stands(&client, &wamid, MediaState::Ready).await?);
        }
    }
    let first = chats(&client).await?;
    assert_eq!(first.len(), 3, "one chat with each number");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_far_a_file_has_come_can_be_asked_while_it_comes() -> anyhow::Result<()> {
    let shop = Shop::open().await?;
    let filling = Filling::repeated(files::pdf(&["Factura"]), 300_000);
    let sent = put(&shop.sim, "application/pdf", filling);
    shop.sim.trouble(&sent, 1, &Trouble::Stuck(130_000));
    let wamid = shop.hears(&ana(), InboundContent::Document(sent)).await?;
    // No event tells of a file that hangs: it is asked for until some of it has come.
    let come = async {
        loop {
            let media = of(&shop.client, &wamid).await?;
            if let Some(progress) = media.progress.filter(|p| p.done > 0) {
                return anyhow::Ok((media.id, progress));
            }
            tokio::task::yield_now().await;
        }
    };
    let (id, progress) = timeout(PATIENCE, come).await??;
    assert!(progress.done <= 130_000, "{progress:?}");
    assert_eq!(progress.total, Some(300_000));
    let info = shop.client.media(id).await?;
    assert!(info.progress.is_some_and(|p| p.done > 0));
    shop.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_while_a_file_comes_or_goes_loses_and_doubles_nothing() -> anyhow::Result<()> {
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let folder = tempfile::tempdir()?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let recadod = plan.start().await?;
    let client = plan.client();
    open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
    let content = files::pdf(&["Factura"]);
    let filling = Filling::repeated(content, 300_000);
    let sent = put(&sim, "application/pdf", filling);
    sim.trouble(&sent, 1, &Trouble::Stuck(130_000));
    let (wamid, _) = heard(&sim, InboundContent::Document(sent.clone())).await?;
    let incoming = plan.data.join("media/incoming");
    let begun = sim.wait_counts(|_| sim.downloads(&sent) == 1, PATIENCE);
    let _counts = begun.await?;
    // And one hangs on its way out.
    sim.add_fault(FaultRule::new(Fault::Hang).target(Target::Uploads).times(1));
    let media = hand(&client, files::cake(100, 100), "torta.png", None).await?;
    let chat = chats(&client).await?[0].id;
    let queued = client
        .send(chat, &sending(FileKind::Image, media.id, None))
        .await?;
    let hangs = sim.wait_counts(|_| sim.faults_left() == 0, PATIENCE);
    let _counts = hangs.await?;
    recadod.kill().await?;

    let recadod = plan.start().await?;
    let media = stands(&client, &wamid, MediaState::Ready).await?;
    assert_eq!(bytes(&client, media.id, None).await?.len(), 300_000);
    until(&client, "it is read", async || {
        Ok(client.message(queued.id).await?.status == Status::Read)
    })
    .await?;
    assert_eq!(sim.accepted_count(), 1, "sent once");
    assert_eq!(below(&incoming).len(), 0, "nothing half is left");
    assert_eq!(below(&plan.data.join("media")).len(), 2);
    assert!(recadod.terminate().await?.success());
    Ok(())
}

/// A figure of a process's memory, in KiB.
fn memory(pid: u32, key: &str) -> anyhow::Result<u64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let word = line.and_then(|line| line.split_ascii_whitespace().next());
    Ok(word.context("no such line")?.parse()?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_of_100_mb_flows_through_both_ways_without_being_held() -> anyhow::Result<()> {
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let folder = tempfile::tempdir()?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let recadod = plan.start().await?;
    let client = plan.client();
    open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
    let small = put(&sim, "application/pdf", files::pdf(&["Hola"]));
    let (wamid, _) = heard(&sim, InboundContent::Document(small)).await?;
    drop(stands(&client, &wamid, MediaState::Ready).await?);
    let before = memory(recadod.pid()?, "VmRSS:")?;
    let size = 100 << 20;
    let mut pattern = files::pdf(&["Planos"]);
    pattern.resize(1 << 20, b' ');
    let large = put(
        &sim,
        "application/pdf",
        Filling::repeated(pattern.clone(), size),
    );
    let (wamid, _) = heard(&sim, InboundContent::Document(large)).await?;
    until(&client, "it is held", async || {
        Ok(of(&client, &wamid).await?.error.is_some())
    })
    .await?;
    let id = of(&client, &wamid).await?.id;
    drop(client.fetch_media(id).await?);
    drop(stands(&client, &wamid, MediaState::Ready).await?);
    let mut download = client.download(id, None).await?;
    let mut read = 0;
    while let Some(piece) = download.next().await {
        read += piece?.len() as u64;
    }
    assert_eq!(read, size);
    let rest = size - pattern.len() as u64;
    let file = std::io::Cursor::new(pattern).chain(tokio::io::repeat(b'x').take(rest));
    let media = client
        .upload(Box::pin(file), "planos.pdf", None, |_| {})
        .await?;
    let chat = chats(&client).await?[0].id;
    let sent = client
        .send(chat, &sending(FileKind::Document, media.id, None))
        .await?;
    until(&client, "it is read", async || {
        Ok(client.message(sent.id).await?.status == Status::Read)
    })
    .await?;
    assert_eq!(sim.uploads()[0].bytes, size);
    let grown = memory(recadod.pid()?, "VmHWM:")?.saturating_sub(before);
    assert!(grown <= 8 * 1024, "it grew by {grown} KiB from {before}");
    assert!(recadod.terminate().await?.success());
    Ok(())
}

/// Sets how large the files of a process may become.
fn limit(pid: u32, bytes: &str) -> anyhow::Result<()> {
    let pid = pid.to_string();
    let size = format!("--fsize={bytes}:");
    let output = std::process::Command::new("prlimit")
        .args(["--pid", &pid, &size])
        .output()?;
    anyhow::ensure!(output.status.success(), "prlimit");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_costs_no_message_and_the_file_comes_when_there_is_room() -> anyhow::Result<()>
{
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let folder = tempfile::tempdir()?;
    let mut plan = Plan::new(folder.path(), &sim.base_url())?;
    // The system's answer to a file too large is a signal, unless that is ignored.
    let deaf = ["sh", "-c", "trap '' XFSZ && exec \"$0\" \"$@\""];
    plan.wrapper = deaf.into_iter().map(Into::into).collect();
    let recadod = plan.start().await?;
    let client = plan.client();
    open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
    limit(recadod.pid()?, &(3 << 20).to_string())?;
    let mut events = client.events(None).await?;
    let sent = put(
        &sim,
        "application/pdf",
        Filling::repeated(files::pdf(&["x"]), 8 << 20),
    );
    let (wamid, outcome) = heard(&sim, InboundContent::Document(sent)).await?;
    assert!(outcome.taken);
    let heard = async {
        while let Some(event) = events.next().await {
            if let Change::Notice(notice) = event?.change
                && notice.code == "media_disk_full"
            {
                return Ok(());
            }
        }
        anyhow::bail!("the stream ended")
    };
    timeout(PATIENCE, heard).await??;
    assert_eq!(of(&client, &wamid).await?.state, MediaState::Pending);
    limit(recadod.pid()?, "unlimited")?;
    drop(stands(&client, &wamid, MediaState::Ready).await?);
    assert!(recadod.terminate().await?.success());
    Ok(())
}

/// Runs `recado` to its end; says its status and what it printed.
async fn recado(
    plan: &Plan,
    args: &[&str],
    input: Vec<u8>,
) -> anyhow::Result<(i32, Vec<u8>, String)> {
    recado_in(plan, "/usr/bin:/bin", args, input).await
}

/// The same, with programs found here.
async fn recado_in(
    plan: &Plan,
    path: &str,
    args: &[&str],
    input: Vec<u8>,
) -> anyhow::Result<(i32, Vec<u8>, String)> {
    let path = path.to_owned();
    let (socket, folder) = (plan.socket.clone(), plan.data.clone());
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    tokio::task::spawn_blocking(move || {
        use std::io::Write;
        let mut child = std::process::Command::new(program("recado")?)
            .env_clear()
            .env("PATH", path)
            .env("LC_ALL", "en_US.UTF-8")
            .env("RECADO_SOCKET", socket)
            .current_dir(folder)
            .args(args)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()?;
        let mut stdin = child.stdin.take().context("a pipe")?;
        let writing = std::thread::spawn(move || stdin.write_all(&input).ok());
        let output = child.wait_with_output()?;
        writing.join().expect("it writes");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((output.status.code().unwrap_or(-1), output.stdout, said))
    })
    .await?
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scripts_send_put_and_save_files() -> anyhow::Result<()> {
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let folder = tempfile::tempdir()?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let recadod = plan.start().await?;
    let client = plan.client();
    open_shop(&sim, &client, &plan.webhook_url(APP), &[CENTRO]).await?;
    drop(
        sim.inbound_taken(CENTRO.phone_number_id, &ana(), "Hola")
            .await?,
    );
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (cake, paper) = (files::cake(60, 40), files::pdf(&["Precios"]));
    std::fs::write(path("torta.png"), &cake)?;
    std::fs::write(path("precios.pdf"), &paper)?;
    let (png, pdf) = (path("torta.png"), path("precios.pdf"));
    let to = ["send", "--from", CENTRO.label, "--to", "+51987654321"];

    // Several at once, in their order, each with its words.
    let mut args = to.to_vec();
    args.extend([
        "--file",
        &png,
        "--file",
        &pdf,
        "--caption",
        "La torta",
        "--caption",
        "Los precios",
    ]);
    args.extend(["--wait", "read", "--json"]);
    let (status, out, err) = recado(&plan, &args, Vec::new()).await?;
    assert_eq!((status, err.as_str()), (0, ""));
    let all: Vec<serde_json::Value> = serde_json::from_slice(&out)?;
    let told: Vec<_> = all
        .iter()
        .map(|m| (m["kind"].as_str(), m["text"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("image"), Some("La torta")),
            (Some("document"), Some("Los precios"))
        ]
    );

    // From a pipe.
    let mut args = to.to_vec();
    args.extend([
        "--file",
        "-",
        "--filename",
        "Menú.pdf",
        "--wait",
        "sent",
        "--json",
    ]);
    let (status, out, err) = recado(&plan, &args, paper.clone()).await?;
    assert_eq!((status, err.as_str()), (0, ""));
    let message: serde_json::Value = serde_json::from_slice(&out)?;
    assert_eq!(message["content"]["filename"], "Menú.pdf");
    assert_eq!(sim.accepted_count(), 3);
    assert_eq!(sim.uploads().len(), 2, "the same paper is given once");

    // Refused before it makes its way, with the way out.
    let mut args = to.to_vec();
    args.extend(["--file", &pdf, "--kind", "image"]);
    let (status, _, err) = recado(&plan, &args, Vec::new()).await?;
    assert_eq!(status, 1);
    assert!(
        err.contains("JPEG or PNG") && err.contains("document"),
        "{err}"
    );

    // Offered to the console.
    let mut events = client.events(None).await?;
    let (status, out, err) =
        recado(&plan, &["put", "--filename", "Lista.pdf"], paper.clone()).await?;
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(String::from_utf8_lossy(&out).contains("Lista.pdf"));
    let me = client.me().await?.operator;
    let heard = async {
        while let Some(event) = events.next().await {
            if let Change::MediaOffered(offered) = event?.change {
                return Ok(offered);
            }
        }
        anyhow::bail!("the stream ended")
    };
    let offered = timeout(PATIENCE, heard).await??;
    assert_eq!(
        (offered.operator, offered.media.filename.as_deref()),
        (me, Some("Lista.pdf"))
    );

    // Saved, and never over what is there.
    let id = offered.media.id.to_string();
    let out = path("guardado.pdf");
    let (status, ..) = recado(&plan, &["media", "get", &id, "-o", &out], Vec::new()).await?;
    assert_eq!((status, std::fs::read(&out)?), (0, paper.clone()));
    std::fs::write(&out, "mine")?;
    let (status, _, err) = recado(&plan, &["media", "get", &id, "-o", &out], Vec::new()).await?;
    assert_eq!(
        (status, std::fs::read(&out)?),
        (1, b"mine".to_vec()),
        "{err}"
    );
    assert!(err.contains("is there already"), "{err}");
    let (status, piped, _) = recado(&plan, &["media", "get", &id, "-o", "-"], Vec::new()).await?;
    assert_eq!((status, piped), (0, paper));
    assert!(recadod.terminate().await?.success());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_go_through_ssh_both_ways_and_ssh_takes_none_of_their_bytes() -> anyhow::Result<()> {
    let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
    let folder = tempfile::tempdir()?;
    let plan = Plan::new(folder.path(), &sim.base_url())?;
    let recadod = plan.start().await?;
    // An ssh that forwards a socket as the real one does, and reads whatever it is given.
    let bin = folder.path().join("bin");
    std::fs::create_dir(&bin)?;
    let script = "#!/bin/sh\nwhile [ $# -gt 0 ]; do\n\
                  if [ \"$1\" = -L ]; then ln -s \"${2#*:}\" \"${2%%:*}\"; fi\nshift\ndone\n\
                  cat > /dev/null\nexec sleep 60\n";
    let ssh = bin.join("ssh");
    std::fs::write(&ssh, script)?;
    std::fs::set_permissions(&ssh, std::fs::Permissions::from_mode(0o755))?;
    let remote = plan.socket.display().to_string();
    let mut noise: Vec<u8> = files::pdf(&["Binario"]);
    noise.extend((0..=u8::MAX).cycle().take(300_000));
    let far = ["--host", "ssh://ana@vps.example", "--socket", &remote];
    let mut args = far.to_vec();
    args.extend(["put", "--filename", "datos.pdf", "--json"]);
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let (status, out, err) = recado_in(&plan, &path, &args, noise.clone()).await?;
    assert_eq!((status, err.as_str()), (0, ""));
    let media: Media = serde_json::from_slice(&out)?;
    assert_eq!(media.bytes, Some(noise.len() as u64));
    let id = media.id.to_string();
    let mut args = far.to_vec();
    args.extend(["media", "get", &id, "-o", "-"]);
    let (status, out, err) = recado_in(&plan, &path, &args, Vec::new()).await?;
    assert_eq!((status, out == noise), (0, true), "{err}");
    assert!(recadod.terminate().await?.success());
    Ok(())
}
