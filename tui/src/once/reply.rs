//! `recado reply`: saved replies for scripts, and as a file.

use std::path::Path;

use common::api::replies::{NewReply, PatchReply, ReplyQuery};
use common::id::{MediaId, OrgId, ReplyId};
use common::model::reply::Reply;

use super::admin::org_of;
use super::book::{self, Read};
use super::table::Table;
use super::{Desk, OnceError, print, print_list, print_one, text_of};
use crate::cli::Output;
use crate::cli::template::ReplyCommand;

pub(super) async fn reply(desk: &Desk, command: ReplyCommand) -> Result<u8, OnceError> {
    match command {
        ReplyCommand::Add {
            name,
            text,
            media,
            org,
            output,
        } => {
            let new = NewReply {
                org_id: of(desk, org.as_deref()).await?,
                name,
                text: words(desk, text)?,
                media_ids: media.into_iter().map(MediaId).collect(),
            };
            let reply = desk.client.add_reply(&new).await?;
            told(desk, "cli-reply-kept", &reply, output)
        }
        ReplyCommand::List { org, output } => {
            let replies = all(desk, org.as_deref()).await?;
            print_list(output, &replies, || table(desk, &replies))
        }
        ReplyCommand::Show { reply, output } => {
            let reply = one(desk, &reply).await?;
            print_one(output, &reply, &common::text::clean::clean(&reply.text))
        }
        ReplyCommand::Edit {
            reply,
            name,
            text,
            media,
            output,
        } => {
            let id = one(desk, &reply).await?.id;
            let patch = PatchReply {
                name,
                text: text.map(|text| words(desk, text)).transpose()?,
                media_ids: media.map(|ids| ids.into_iter().map(MediaId).collect()),
            };
            let reply = desk.client.edit_reply(id, &patch).await?;
            told(desk, "cli-reply-kept", &reply, output)
        }
        ReplyCommand::Remove { reply } => {
            let reply = one(desk, &reply).await?;
            desk.client.delete_reply(reply.id).await?;
            told(desk, "cli-reply-removed", &reply, Output::default())
        }
        ReplyCommand::Import { file, org } => import(desk, &file, org.as_deref()).await,
        ReplyCommand::Export { files, org } => {
            let replies = all(desk, org.as_deref()).await?;
            book::export(desk, replies, files.as_deref()).await
        }
    }
}

/// Keeps every reply of a file; one that is known by its name is changed.
async fn import(desk: &Desk, file: &Path, org: Option<&str>) -> Result<u8, OnceError> {
    let entries = book::read(desk, file).await?;
    let org_id = of(desk, org).await?;
    let known = all(desk, org).await?;
    let count = entries.len();
    for Read { name, text, files } in entries {
        let media_ids: Vec<MediaId> = files.iter().map(|media| media.id).collect();
        let same = |reply: &Reply| reply.text == text && book::are_same(&reply.files, &files);
        match known.iter().find(|reply| reply.name == name) {
            Some(reply) if same(reply) => {}
            Some(reply) => {
                let patch = PatchReply {
                    text: Some(text),
                    // A text without files leaves those that are kept here.
                    media_ids: (!media_ids.is_empty()).then_some(media_ids),
                    ..PatchReply::default()
                };
                desk.client.edit_reply(reply.id, &patch).await?;
            }
            None => {
                let new = NewReply {
                    org_id,
                    name,
                    text,
                    media_ids,
                };
                desk.client.add_reply(&new).await?;
            }
        }
    }
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let line = desk
        .speech
        .say_with("cli-replies-imported", &[("n", count.into())]);
    print(format!("{line}\n").as_bytes())
}

fn table(desk: &Desk, replies: &[Reply]) -> Table {
    let say = |key| desk.speech.say(key).into_owned();
    let mut table = Table::new([say("cli-id"), say("cli-name"), say("cli-text")]);
    for reply in replies {
        table.row([
            reply.id.to_string(),
            format!("/{}", reply.name),
            reply.text.clone(),
        ]);
    }
    table.or_say(&say("cli-no-replies"))
}

fn told(desk: &Desk, key: &str, reply: &Reply, output: Output) -> Result<u8, OnceError> {
    let line = desk.speech.say_with(key, &[("name", (&reply.name).into())]);
    print_one(output, reply, &line)
}

async fn of(desk: &Desk, org: Option<&str>) -> Result<Option<OrgId>, OnceError> {
    match org {
        Some(named) => org_of(desk, named).await.map(Some),
        None => Ok(None),
    }
}

async fn all(desk: &Desk, org: Option<&str>) -> Result<Vec<Reply>, OnceError> {
    let query = ReplyQuery {
        org: of(desk, org).await?,
        name: None,
    };
    Ok(desk.client.replies(&query).await?)
}

async fn one(desk: &Desk, named: &str) -> Result<Reply, OnceError> {
    if let Ok(id) = named.parse::<ReplyId>() {
        return Ok(desk.client.reply(id).await?);
    }
    let query = ReplyQuery {
        org: None,
        name: Some(named.trim_start_matches('/').to_owned()),
    };
    let found = desk.client.replies(&query).await?;
    found.into_iter().next().ok_or_else(|| {
        let words = desk
            .speech
            .say_with("cli-no-reply", &[("name", named.into())]);
        OnceError::Told(words.into_owned())
    })
}

/// The words as they were given; `-` reads them from standard input.
fn words(desk: &Desk, text: String) -> Result<String, OnceError> {
    if text == "-" {
        return text_of(desk, Path::new("-"));
    }
    Ok(text)
}
