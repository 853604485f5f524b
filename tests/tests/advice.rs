//! What Meta's errors mean and what to do, as operators are told it: by `recado explain`, at a number, at a failed send.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::process::{Command, Output};

use common::fault::{CODES, FAMILIES, PAIRS};
use common::model::number::NumberStatus;
use common::tick::Status;
use recado_sim::app::TokenDeath;
use recado_sim::home::TOKEN;
use recado_sim::status::StatusPlan;
use recado_tests::bin_path::program;
use recado_tests::seen::until;
use recado_tests::shop::{Shop, ana};
use serde_json::Value;
use tokio::task::spawn_blocking;

const LANGUAGES: [&str; 3] = ["es_PE.UTF-8", "pt_BR.UTF-8", "en_US.UTF-8"];

/// Runs `recado` for a person of this language.
async fn recado(locale: &'static str, args: Vec<String>) -> anyhow::Result<Output> {
    let ended = spawn_blocking(move || {
        let mut command = Command::new(program("recado")?);
        command.env_clear().args(args).env("LC_ALL", locale);
        anyhow::Ok(command.env("HOME", "/nonexistent").output()?)
    });
    ended.await?
}

fn words(args: &[&str]) -> Vec<String> {
    args.iter().map(|arg| (*arg).to_owned()).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn every_code_is_listed_with_its_meaning_in_each_language() -> anyhow::Result<()> {
    let mut seen: Vec<Vec<String>> = Vec::new();
    for locale in LANGUAGES {
        let out = recado(locale, words(&["explain", "--json"])).await?;
        let all: Vec<Value> = serde_json::from_slice(&out.stdout)?;
        assert_eq!(all.len(), CODES.len() + PAIRS.len());
        for code in CODES {
            let name = code.to_string();
            let told = all.iter().find(|one| one["code"] == name.as_str());
            let told = told.unwrap_or_else(|| panic!("{locale}: {code}"));
            for part in ["means", "advice"] {
                assert!(told[part].as_str().is_some_and(|s| s.len() > 8), "{told}");
            }
        }
        let means = |one: &Value| one["means"].to_string();
        seen.push(all.iter().map(means).collect());
    }
    for (es, (pt, en)) in seen[0].iter().zip(seen[1].iter().zip(&seen[2])) {
        assert!(es != pt && es != en && pt != en, "{es} {pt} {en}");
    }
    Ok(())
}

#[tokio::test]
async fn a_code_is_explained_step_by_step_without_a_daemon() -> anyhow::Result<()> {
    let out = recado("es_PE.UTF-8", words(&["explain", "133006"])).await?;
    let page = text(&out.stdout);
    assert!(out.status.success(), "{page}");
    for part in [
        "133006  Hay que verificar el número antes de registrarlo.",
        "Qué hacer: Pide un código por SMS",
        "Dónde: business.facebook.com/wa/manage › Herramientas de la cuenta › Números de teléfono",
        "1. Ten a mano la SIM",
        "4. Registra el número: recado explain 133010",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // As Meta writes it, with its finer code, and one that is explained with its family.
    for (asked, part) in [
        ("(#190)", "O token de acesso não vale mais."),
        ("190/463", "O token de acesso expirou."),
        ("138006", "A Meta não aceitou esta ligação."),
    ] {
        let out = recado("pt_BR.UTF-8", words(&["explain", asked])).await?;
        assert!(text(&out.stdout).contains(part), "{asked}: {out:?}");
    }
    let out = recado("en_US.UTF-8", words(&["explain", "999999"])).await?;
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("Nothing is known of the code 999999"));
    Ok(())
}

#[tokio::test]
async fn every_family_is_explained() -> anyhow::Result<()> {
    for (codes, name) in FAMILIES {
        let code = codes.clone().find(|code| !CODES.contains(code));
        let asked = code.expect("one without an entry of its own").to_string();
        for locale in LANGUAGES {
            let out = recado(locale, words(&["explain", &asked])).await?;
            assert!(out.status.success(), "{locale} {name}: {out:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_dead_token_and_a_failed_message_are_told_in_the_operators_language() -> anyhow::Result<()>
{
    let shop = Shop::open().await?;
    let socket = shop.home.daemon()?.socket().display().to_string();
    shop.hears(&ana(), "¿Está lista la torta?").await?;
    let chat = shop.newest().await?.id;

    shop.sim.plan_next(StatusPlan::failed(131_050));
    let failed = shop.say(chat, "Sí").await?;
    shop.reaches(failed.id, Status::Failed).await?;
    let args = [
        "--socket",
        &socket,
        "send",
        "--from",
        "Tienda Centro",
        "--to",
        "+51987654321",
        "--text",
        "Sí",
        "--wait",
        "read",
    ];
    for (locale, part) in [
        (
            "es_PE.UTF-8",
            "El cliente no quiere recibir más publicidad tuya",
        ),
        ("pt_BR.UTF-8", "O cliente não quer mais publicidade sua"),
    ] {
        shop.sim.plan_next(StatusPlan::failed(131_050));
        let out = recado(locale, words(&args)).await?;
        let told = text(&out.stderr);
        assert!(told.contains(part) && told.contains("131050"), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }

    shop.sim.kill_token(TOKEN, TokenDeath::PasswordChanged);
    shop.say(chat, "Hasta luego").await?;
    until(&shop.client, "the token is found dead", async || {
        Ok(shop.client.number(shop.number).await?.status == NumberStatus::Error)
    })
    .await?;
    for (locale, part) in [
        (
            "es_PE.UTF-8",
            "El token murió porque su dueño cambió la contraseña.",
        ),
        (
            "pt_BR.UTF-8",
            "O token morreu porque o dono dele trocou a senha.",
        ),
        (
            "en_US.UTF-8",
            "The token died because its owner changed the password.",
        ),
    ] {
        let out = recado(locale, words(&["--socket", &socket, "status"])).await?;
        assert!(text(&out.stdout).contains(part), "{locale}: {out:?}");
    }
    shop.close().await;
    Ok(())
}
