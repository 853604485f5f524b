//! `recado number`, and how an organisation is named.

use common::api::numbers::{AddedNumber, NewNumber, PatchNumber, SecretText};
use common::id::OrgId;
use common::model::number::{Number, Transport};

use super::{Desk, OnceError, confirmed, number as find, print, print_one, secret};
use crate::cli::Output;
use crate::cli::number::{NumberAddArgs, NumberCommand, NumberSetArgs};

pub(super) async fn number(desk: &Desk, command: NumberCommand) -> Result<u8, OnceError> {
    match command {
        NumberCommand::Add(args) => add(desk, *args).await,
        NumberCommand::Pause(args) => pause(desk, &args.number, true, args.output).await,
        NumberCommand::Resume(args) => pause(desk, &args.number, false, args.output).await,
        NumberCommand::Rest(command) => super::connect::rest(desk, command).await,
        NumberCommand::Set(args) => set(desk, *args).await,
        NumberCommand::Remove { number, yes } => remove(desk, &number, yes).await,
    }
}

async fn add(desk: &Desk, args: NumberAddArgs) -> Result<u8, OnceError> {
    let new = NewNumber {
        org_id: org_of(desk, &args.org).await?,
        label: args.label,
        transport: Transport::Cloud,
        phone_number: args.phone_number,
        phone_number_id: args.phone_number_id.into(),
        waba_id: args.waba_id.into(),
        app_id: args.app_id.into(),
        access_token: secret(desk, &args.access_token_file)?,
        app_secret: secret(desk, &args.app_secret_file)?,
        verify_token: args.verify_token.map(SecretText::new),
    };
    let added = desk.client.add_number(&new).await?;
    let told = told_once(desk, &added);
    print_one(args.output, &added, &told)
}

/// What Meta's dashboard asks for next; the verify token is never told again.
fn told_once(desk: &Desk, added: &AddedNumber) -> String {
    let args = [
        ("label", (&added.number.label).into()),
        ("url", (&added.callback_url).into()),
        ("token", added.verify_token.expose().into()),
    ];
    desk.speech.say_with("cli-number-added", &args).into_owned()
}

pub(super) async fn org_of(desk: &Desk, named: &str) -> Result<OrgId, OnceError> {
    let orgs = desk.client.orgs().await?;
    let id = named.parse::<OrgId>().ok();
    orgs.iter()
        .find(|o| o.slug == named || Some(o.id) == id)
        .map(|o| o.id)
        .ok_or_else(|| {
            let words = desk
                .speech
                .say_with("cli-no-org", &[("name", named.into())]);
            OnceError::Told(words.into_owned())
        })
}

async fn pause(desk: &Desk, named: &str, paused: bool, output: Output) -> Result<u8, OnceError> {
    let id = find(desk, named).await?.id;
    let patch = PatchNumber {
        paused: Some(paused),
        ..PatchNumber::default()
    };
    let number = desk.client.patch_number(id, &patch).await?;
    let key = if paused {
        "cli-number-paused"
    } else {
        "cli-number-resumed"
    };
    print_changed(desk, key, &number, output)
}

async fn set(desk: &Desk, args: NumberSetArgs) -> Result<u8, OnceError> {
    let id = find(desk, &args.number).await?.id;
    let read = |file: Option<std::path::PathBuf>| file.map(|f| secret(desk, &f)).transpose();
    let patch = PatchNumber {
        label: args.label,
        paused: None,
        access_token: read(args.access_token_file)?,
        app_secret: read(args.app_secret_file)?,
        verify_token: args.verify_token.map(SecretText::new),
    };
    let number = desk.client.patch_number(id, &patch).await?;
    print_changed(desk, "cli-number-set", &number, args.output)
}

fn print_changed(desk: &Desk, key: &str, number: &Number, output: Output) -> Result<u8, OnceError> {
    let line = desk
        .speech
        .say_with(key, &[("label", (&number.label).into())]);
    print_one(output, number, &line)
}

async fn remove(desk: &Desk, named: &str, yes: bool) -> Result<u8, OnceError> {
    let number = find(desk, named).await?;
    if !yes && !confirmed(desk, "cli-confirm-remove", &number.label)? {
        return Ok(1);
    }
    desk.client.remove_number(number.id).await?;
    let line = desk
        .speech
        .say_with("cli-number-removed", &[("label", (&number.label).into())]);
    print(format!("{line}\n").as_bytes())
}
