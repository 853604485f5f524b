//! The key that opens the credentials: a new one, others beside it, and kill -9 at every point of the way.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use common::api::key::Recipient;
use common::api::numbers::{PatchNumber, SecretText};
use common::client::Client;
use common::id::ChatId;
use common::tick::Status;
use recado_daemon::vault::Vault;
use recado_daemon::vault::sealed::Sealed;
use recado_sim::config::{Limits, SimConfig};
use recado_sim::home::{APP, Line, TOKEN, open_shop};
use recado_sim::sim::Sim;
use recado_tests::child::{Plan, Recadod};
use recado_tests::dice::{Dice, seed};
use recado_tests::seen::{chats, text, until};
use recado_tests::shop::{CENTRO, ENTREGAS, ana};
use rusqlite::Connection;
use tempfile::TempDir;

const LINES: [Line; 2] = [CENTRO, ENTREGAS];
/// Token, secret and verify token of each number.
const SEALED: usize = 6;

/// A shop whose recadod is a process of its own.
struct Shop {
    sim: Sim,
    plan: Plan,
    client: Client,
    folder: TempDir,
}

impl Shop {
    async fn open() -> anyhow::Result<(Self, Recadod)> {
        let folder = tempfile::tempdir()?;
        let sim = Sim::start(SimConfig::new().limits(Limits::off())).await?;
        let plan = Plan::new(folder.path(), &sim.base_url())?;
        let recadod = plan.start().await?;
        let client = plan.client();
        open_shop(&sim, &client, &plan.webhook_url(APP), &LINES).await?;
        let shop = Self {
            sim,
            plan,
            client,
            folder,
        };
        Ok((shop, recadod))
    }

    fn key(&self) -> PathBuf {
        self.plan.data.join("identity.age-key")
    }

    fn keys(&self) -> anyhow::Result<usize> {
        let text = fs::read_to_string(self.key())?;
        Ok(text.matches("AGE-SECRET-KEY-1").count())
    }

    /// Everything is readable: Meta's signature is known, a message comes in, its answer goes out with the token.
    async fn works(&self, words: &str) -> anyhow::Result<()> {
        for line in LINES {
            let (_, told) = self
                .sim
                .inbound_taken(line.phone_number_id, &ana(), words)
                .await?;
            ensure!(told.taken, "{words}: not taken: {told:?}");
        }
        let all: Vec<ChatId> = chats(&self.client).await?.iter().map(|c| c.id).collect();
        ensure!(all.len() == LINES.len(), "{words}: {all:?}");
        for chat in all {
            let sent = self.client.send(chat, &text(words, None)).await?;
            until(&self.client, words, async || {
                Ok(self.client.message(sent.id).await?.status == Status::Read)
            })
            .await?;
        }
        Ok(())
    }
}

/// Everything in the database that was sealed with age, wherever it lies.
fn sealed(data: &Path) -> anyhow::Result<Vec<Sealed>> {
    let db = Connection::open(data.join("recado.db"))?;
    let mut all = Vec::new();
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?;
    for table in names.collect::<Result<Vec<_>, _>>()? {
        let mut columns = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let columns = columns.query_map([&table], |row| row.get::<_, String>(0))?;
        for column in columns.collect::<Result<Vec<_>, _>>()? {
            let mut rows = db.prepare(&format!(
                "SELECT CAST(\"{column}\" AS BLOB) FROM \"{table}\" \
                 WHERE substr(CAST(\"{column}\" AS BLOB), 1, 21) = CAST('age-encryption.org/v1' AS BLOB)"
            ))?;
            let found = rows.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
            for bytes in found {
                all.push(Sealed(bytes?));
            }
        }
    }
    Ok(all)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_seals_everything_anew_and_the_old_key_opens_nothing() -> anyhow::Result<()> {
    let (shop, recadod) = Shop::open().await?;
    shop.works("antes").await?;
    let old = shop.folder.path().join("old.key");
    fs::copy(shop.key(), &old)?;
    let before = shop.client.key().await?;
    let done = shop.client.rotate_key().await?;
    assert_eq!(done.before, before.public);
    assert_ne!(done.key.public, before.public);
    assert_eq!((done.resealed, done.unreadable), (SEALED as u64, 0));
    assert_eq!(shop.keys()?, 1, "the old one is gone");
    let mode = fs::metadata(shop.key())?.permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    shop.works("después").await?;
    // What is sealed from now on is sealed with the new one.
    let number = shop.client.numbers().await?[0].id;
    let patch = PatchNumber {
        access_token: Some(SecretText::new(TOKEN)),
        ..PatchNumber::default()
    };
    shop.client.patch_number(number, &patch).await?;
    shop.works("con el token de nuevo").await?;
    assert!(recadod.terminate().await?.success());

    let all = sealed(&shop.plan.data)?;
    assert_eq!(all.len(), SEALED, "a place that a rotation does not know");
    let with_old = Vault::open(Some(&old), shop.folder.path())?;
    let with_new = Vault::open(None, &shop.plan.data)?;
    for one in &all {
        assert!(with_old.open_sealed(one).is_err());
        assert!(with_new.open_sealed(one).is_ok());
    }
    let recadod = shop.plan.start().await?;
    shop.works("tras un reinicio").await?;
    assert!(recadod.terminate().await?.success());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_after_any_step_of_a_rotation_is_ended_by_the_next_start() -> anyhow::Result<()> {
    let (shop, recadod) = Shop::open().await?;
    recadod.kill().await?;
    for step in 0..4 {
        // The rotation's own steps, by its own hand, as far as this one; then nothing more.
        {
            let vault = Vault::open(None, &shop.plan.data)?;
            let still = vault.still().await;
            if step >= 1 {
                still.turn()?;
            }
            if step >= 2 {
                // Half of them, as no commit ever leaves it, and then all.
                let db = Connection::open(shop.plan.data.join("recado.db"))?;
                let columns = ["access_token", "app_secret", "verify_token"];
                for column in columns.iter().take(if step == 2 { 1 } else { 3 }) {
                    let old: Vec<(i64, Vec<u8>)> = db
                        .prepare(&format!("SELECT id, {column} FROM numbers"))?
                        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                        .collect::<Result<_, _>>()?;
                    for (id, bytes) in old {
                        let new = still.anew(&Sealed(bytes))?.context("it opens")?;
                        let set = format!("UPDATE numbers SET {column} = ?2 WHERE id = ?1");
                        db.execute(&set, (id, new.0))?;
                    }
                }
            }
            drop(still);
        }
        assert_eq!(shop.keys()?, if step == 0 { 1 } else { 2 }, "step {step}");
        let recadod = shop.plan.start().await?;
        assert_eq!(shop.keys()?, 1, "step {step}: it was ended");
        shop.works(&format!("paso {step}")).await?;
        recadod.kill().await?;
        let vault = Vault::open(None, &shop.plan.data)?;
        for one in sealed(&shop.plan.data)? {
            assert!(vault.open_sealed(&one).is_ok(), "step {step}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_at_any_moment_of_a_rotation_leaves_everything_readable() -> anyhow::Result<()> {
    let seed = seed();
    #[expect(
        clippy::print_stderr,
        reason = "so that the same dice can be thrown again"
    )]
    {
        eprintln!("RECADO_SEED={seed}");
    }
    let mut dice = Dice::new(seed);
    let (shop, mut recadod) = Shop::open().await?;
    let mut interrupted = 0;
    for round in 0..20 {
        let client = shop.client.clone();
        let rotating = tokio::spawn(async move { client.rotate_key().await });
        // The moment itself: anywhere between the first byte and the last sync.
        tokio::time::sleep(Duration::from_micros(dice.below(15_000) as u64)).await;
        recadod.kill().await?;
        interrupted += usize::from(rotating.await?.is_err());
        recadod = shop.plan.start().await?;
        assert_eq!(shop.keys()?, 1, "round {round}: the start ended it");
        shop.works(&format!("ronda {round}")).await?;
        let leftover = shop.plan.data.join("identity.age-key.new");
        assert!(!leftover.exists(), "round {round}: half a key lies about");
    }
    assert!(interrupted > 0, "no rotation was ever interrupted");
    recadod.kill().await?;
    let vault = Vault::open(None, &shop.plan.data)?;
    let all = sealed(&shop.plan.data)?;
    assert_eq!(all.len(), SEALED);
    assert!(all.iter().all(|one| vault.open_sealed(one).is_ok()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agency_opens_the_credentials_with_its_own_key_until_it_is_removed() -> anyhow::Result<()>
{
    let (shop, recadod) = Shop::open().await?;
    let agency = shop.folder.path().join("agency");
    fs::create_dir(&agency)?;
    let theirs = Vault::open(None, &agency)?;
    let refused = shop
        .client
        .add_recipient(&Recipient {
            public: "age1nobody".to_owned(),
            name: "nobody".to_owned(),
        })
        .await
        .expect_err("no key");
    assert!(refused.detail.contains("age1"), "{refused}");
    let recipient = Recipient {
        public: theirs.public(),
        name: "Agencia Sur".to_owned(),
    };
    let done = shop.client.add_recipient(&recipient).await?;
    assert_eq!(done.resealed, SEALED as u64);
    assert_eq!(done.key.recipients, std::slice::from_ref(&recipient));
    // A rotation leaves the agency where it is.
    shop.client.rotate_key().await?;
    assert_eq!(shop.client.key().await?.recipients, [recipient]);
    shop.works("con la agencia").await?;
    let opens = |data: &Path| -> anyhow::Result<usize> {
        let all = sealed(data)?;
        Ok(all
            .iter()
            .filter(|one| theirs.open_sealed(one).is_ok())
            .count())
    };
    assert_eq!(opens(&shop.plan.data)?, SEALED);
    assert!(recadod.terminate().await?.success());

    // The owner's key is lost: the agency's opens the same data.
    let owners = fs::read(shop.key())?;
    fs::copy(agency.join("identity.age-key"), shop.key())?;
    let recadod = shop.plan.start().await?;
    shop.works("con la clave de la agencia").await?;
    assert!(recadod.terminate().await?.success());
    fs::write(shop.key(), owners)?;

    let recadod = shop.plan.start().await?;
    shop.client.remove_recipient(&theirs.public()).await?;
    assert_eq!(opens(&shop.plan.data)?, 0);
    shop.works("sin la agencia").await?;
    let gone = shop.client.remove_recipient(&theirs.public()).await;
    assert!(gone.is_err(), "it is there no longer");
    assert!(recadod.terminate().await?.success());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_others_can_reach_are_refused_with_the_command_that_mends_it()
-> anyhow::Result<()> {
    let (shop, recadod) = Shop::open().await?;
    assert!(recadod.terminate().await?.success());
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    mode(&shop.key(), 0o644)?;
    let refused = shop.plan.refused().await?;
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success());
    let path = shop.key().display().to_string();
    assert!(told.contains(&format!("chmod 600 {path}")), "{told}");
    mode(&shop.key(), 0o600)?;
    assert!(shop.plan.start().await?.terminate().await?.success());

    // A socket in a folder where everybody may write could be anybody's.
    let open = shop.folder.path().join("open");
    fs::create_dir(&open)?;
    mode(&open, 0o777)?;
    let plan = Plan {
        socket: open.join("recado.sock"),
        ..shop.plan.clone()
    };
    let refused = plan.refused().await?;
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success());
    let path = open.display().to_string();
    assert!(told.contains(&format!("chmod o-w {path}")), "{told}");
    mode(&open, 0o1777)?;
    assert!(plan.start().await?.terminate().await?.success());
    Ok(())
}
