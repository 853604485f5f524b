//! `recado key`: a new key for the credentials, and who else can open them.

use common::api::key::{Key, Recipient, Rekeyed};

use super::table::Table;
use super::{Desk, OnceError, confirmed, print_one};
use crate::cli::Output;
use crate::cli::key::KeyCommand;

pub(super) async fn key(desk: &Desk, command: KeyCommand) -> Result<u8, OnceError> {
    match command {
        KeyCommand::List(output) => {
            let key = desk.client.key().await?;
            print_one(output, &key, table(desk, &key).render().trim_end())
        }
        KeyCommand::Rotate { yes, output } => {
            let path = desk.client.key().await?.path;
            if !yes && !confirmed(desk, "cli-confirm-rotate", &path)? {
                return Ok(1);
            }
            let done = desk.client.rotate_key().await?;
            told(desk, "cli-key-rotated", &done, output)
        }
        KeyCommand::AddRecipient {
            public,
            name,
            output,
        } => {
            let done = desk
                .client
                .add_recipient(&Recipient { public, name })
                .await?;
            told(desk, "cli-recipients-changed", &done, output)
        }
        KeyCommand::RemoveRecipient { who, output } => {
            let known = desk.client.key().await?.recipients;
            let found = known.into_iter().find(|r| r.public == who || r.name == who);
            let Some(recipient) = found else {
                let words = desk
                    .speech
                    .say_with("cli-no-recipient", &[("name", (&who).into())]);
                return Err(OnceError::Told(words.into_owned()));
            };
            let done = desk.client.remove_recipient(&recipient.public).await?;
            told(desk, "cli-recipients-changed", &done, output)
        }
    }
}

fn told(desk: &Desk, word: &'static str, done: &Rekeyed, output: Output) -> Result<u8, OnceError> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let args = [
        ("n", count(done.resealed).into()),
        ("public", (&done.key.public).into()),
        ("path", (&done.key.path).into()),
        ("before", (&done.before).into()),
    ];
    let mut lines = vec![desk.speech.say_with(word, &args).into_owned()];
    if done.unreadable > 0 {
        let args = [("n", count(done.unreadable).into())];
        lines.push(
            desk.speech
                .say_with("cli-key-unreadable", &args)
                .into_owned(),
        );
    }
    print_one(output, done, &lines.join("\n"))
}

fn table(desk: &Desk, key: &Key) -> Table {
    let mut table = Table::plain();
    let own = desk.speech.say("cli-key-own");
    table.row([key.public.as_str(), &own, &key.path]);
    for recipient in &key.recipients {
        table.row([recipient.public.as_str(), &recipient.name, ""]);
    }
    table
}
