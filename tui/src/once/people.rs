//! `recado org`, `recado operator` and `recado token`.

use std::time::Duration;

use common::api::operators::{Given, NewKey, NewOperator, Operator, OperatorKey};
use common::api::orgs::{NewOrg, PatchOrg};
use common::api::tokens::NewToken;
use common::id::{NumberId, OrgId, TokenId};
use common::model::org::Org;
use common::time::Clock;

use super::admin::org_of;
use super::list::moment;
use super::table::Table;
use super::{
    Desk, OnceError, authorized, confirmed, list, number as find, print, print_list, print_one,
    text_of,
};
use crate::cli::Output;
use crate::cli::people::{
    KeyCommand, OperatorAddArgs, OperatorCommand, OrgCommand, Part, TokenAddArgs, TokenCommand,
};
use crate::side::clock::SystemClock;

pub(super) async fn org(desk: &Desk, command: OrgCommand) -> Result<u8, OnceError> {
    match command {
        OrgCommand::Add { slug, name, output } => {
            let org = desk.client.add_org(&NewOrg { slug, name }).await?;
            print_one(
                output,
                &org,
                &said(desk, "cli-org-added", "slug", &org.slug),
            )
        }
        OrgCommand::List(output) => list::orgs(desk, output).await,
        OrgCommand::Rename { org, name, output } => {
            let id = org_of(desk, &org).await?;
            let org = desk.client.rename_org(id, &PatchOrg { name }).await?;
            print_one(
                output,
                &org,
                &said(desk, "cli-org-renamed", "name", &org.name),
            )
        }
        OrgCommand::Remove { org, yes } => {
            let id = org_of(desk, &org).await?;
            if !yes && !confirmed(desk, "cli-confirm-remove-org", &org)? {
                return Ok(1);
            }
            desk.client.remove_org(id).await?;
            tell(&said(desk, "cli-org-removed", "name", &org))
        }
    }
}

pub(super) async fn operator(desk: &Desk, command: OperatorCommand) -> Result<u8, OnceError> {
    match command {
        OperatorCommand::Add(args) => add(desk, *args).await,
        OperatorCommand::List(output) => operators(desk, output).await,
        OperatorCommand::Role {
            name,
            role,
            part,
            output,
        } => {
            let id = named(desk, &name).await?.id;
            let (org_id, numbers) = resolved(desk, &part).await?;
            let given = Given {
                org_id,
                role,
                numbers,
            };
            let operator = desk.client.give_role(id, &given).await?;
            let args = [
                ("name", (&operator.name).into()),
                ("role", role.as_str().into()),
            ];
            let line = desk.speech.say_with("cli-role-given", &args);
            print_one(output, &operator, &line)
        }
        OperatorCommand::Remove { name, org, yes } => remove(desk, &name, org, yes).await,
        OperatorCommand::Key(command) => key(desk, command).await,
    }
}

async fn add(desk: &Desk, args: OperatorAddArgs) -> Result<u8, OnceError> {
    let (org_id, numbers) = resolved(desk, &args.part).await?;
    let ssh_key = args.ssh_key.as_deref().map(|file| text_of(desk, file));
    let new = NewOperator {
        name: args.name,
        org_id,
        role: args.role,
        numbers,
        user: args.user,
        ssh_key: ssh_key.transpose()?,
    };
    let added = desk.client.add_operator(&new).await?;
    let line = said(desk, "cli-operator-added", "name", &added.name);
    let_in(desk, added, new.ssh_key.as_deref(), (args.output, line))
}

/// Prints an operator; where a key came with them, writes its line first.
fn let_in(
    desk: &Desk,
    mut operator: Operator,
    key: Option<&str>,
    (output, mut line): (Output, String),
) -> Result<u8, OnceError> {
    if let (Some(way), Some(key)) = (&operator.ssh, key) {
        line.push('\n');
        match authorized::let_in(desk, way, key, &operator.name) {
            Ok(()) => {
                line.push_str(&said(desk, "cli-key-written", "account", &way.account));
                // It stands in the file now, and nowhere else.
                operator.ssh = None;
            }
            Err((line_to_add, why)) => {
                let args = [
                    ("file", (&way.authorized_keys).into()),
                    ("why", (&why).into()),
                ];
                line.push_str(&desk.speech.say_with("cli-key-not-written", &args));
                line.push('\n');
                line.push_str(&line_to_add);
            }
        }
    }
    print_one(output, &operator, &line)
}

async fn operators(desk: &Desk, output: Output) -> Result<u8, OnceError> {
    let operators = desk.client.operators().await?;
    let orgs = desk.client.orgs().await?;
    print_list(output, &operators, || {
        let say = |key| desk.speech.say(key).into_owned();
        let mut table = Table::new([
            say("cli-id"),
            say("cli-name"),
            say("cli-roles"),
            say("cli-comes-by"),
        ]);
        for operator in &operators {
            let roles = operator.orgs.iter().map(|given| role_of(&orgs, given));
            let uid = operator.uid.map(|uid| format!("uid {uid}"));
            let keys = operator.keys.iter().map(|key| key.fingerprint.clone());
            table.row([
                operator.id.to_string(),
                operator.name.clone(),
                roles.collect::<Vec<_>>().join(", "),
                uid.into_iter().chain(keys).collect::<Vec<_>>().join(", "),
            ]);
        }
        table.or_say(&say("cli-no-operators"))
    })
}

fn role_of(orgs: &[Org], given: &Given) -> String {
    let org = orgs.iter().find(|org| org.id == given.org_id);
    let slug = org.map_or_else(|| given.org_id.to_string(), |org| org.slug.clone());
    numbered(&format!("{slug}: {}", given.role), given.numbers.as_deref())
}

fn numbered(words: &str, numbers: Option<&[NumberId]>) -> String {
    let Some(numbers) = numbers else {
        return words.to_owned();
    };
    let ids: Vec<String> = numbers.iter().map(|id| format!("#{id}")).collect();
    format!("{words} ({})", ids.join(" "))
}

async fn remove(desk: &Desk, name: &str, org: Option<String>, yes: bool) -> Result<u8, OnceError> {
    let operator = named(desk, name).await?;
    let org = match org {
        Some(org) => Some(org_of(desk, &org).await?),
        None => None,
    };
    if !yes && !confirmed(desk, "cli-confirm-remove-operator", &operator.name)? {
        return Ok(1);
    }
    desk.client.remove_operator(operator.id, org).await?;
    let mut line = said(desk, "cli-operator-removed", "name", &operator.name);
    let left = desk.client.operators().await?;
    if left.iter().all(|other| other.id != operator.id) {
        for key in &operator.keys {
            line.push_str(&shut_out(desk, key));
        }
    }
    tell(&line)
}

async fn key(desk: &Desk, command: KeyCommand) -> Result<u8, OnceError> {
    match command {
        KeyCommand::Add { name, file, output } => {
            let id = named(desk, &name).await?.id;
            let ssh_key = text_of(desk, &file)?;
            let new = NewKey { ssh_key };
            let operator = desk.client.add_key(id, &new).await?;
            let line = said(desk, "cli-key-added", "name", &operator.name);
            let_in(desk, operator, Some(&new.ssh_key), (output, line))
        }
        KeyCommand::Revoke { name, fingerprint } => {
            let operator = named(desk, &name).await?;
            let meant = |key: &&OperatorKey| {
                fingerprint
                    .as_ref()
                    .is_none_or(|named| *named == key.fingerprint)
            };
            let keys: Vec<&OperatorKey> = operator.keys.iter().filter(meant).collect();
            let [key] = keys.as_slice() else {
                return Err(OnceError::Told(said(
                    desk,
                    "cli-which-key",
                    "name",
                    &operator.name,
                )));
            };
            desk.client.revoke_key(operator.id, key.id).await?;
            let line = said(desk, "cli-key-revoked", "name", &operator.name);
            tell(&format!("{line}{}", shut_out(desk, key)))
        }
    }
}

/// Takes a key's line away; where that fails, says so: it opens nothing any more all the same.
fn shut_out(desk: &Desk, key: &OperatorKey) -> String {
    let Some(file) = &key.authorized_keys else {
        return String::new();
    };
    match authorized::shut_out(desk, file, &key.key) {
        Ok(()) => String::new(),
        Err(why) => {
            let args = [("file", file.into()), ("why", (&why).into())];
            format!("\n{}", desk.speech.say_with("cli-line-stays", &args))
        }
    }
}

pub(super) async fn token(desk: &Desk, command: TokenCommand) -> Result<u8, OnceError> {
    match command {
        TokenCommand::Add(args) => make(desk, *args).await,
        TokenCommand::List(output) => tokens(desk, output).await,
        TokenCommand::Revoke { token } => {
            desk.client.revoke_token(TokenId(token)).await?;
            tell(&desk.speech.say("cli-token-revoked"))
        }
    }
}

async fn make(desk: &Desk, args: TokenAddArgs) -> Result<u8, OnceError> {
    let (org_id, numbers) = resolved(desk, &args.part).await?;
    let span = |days: u16| Duration::from_hours(24 * u64::from(days));
    let expires_at = args.days.map(|days| SystemClock.now().plus(span(days)));
    let new = NewToken {
        name: args.name,
        org_id,
        role: Some(args.role),
        numbers,
        expires_at,
    };
    let token = desk.client.add_token(&new).await?;
    let words = token.token.clone().unwrap_or_default();
    print_one(args.output, &token, &words)
}

async fn tokens(desk: &Desk, output: Output) -> Result<u8, OnceError> {
    let tokens = desk.client.tokens().await?;
    print_list(output, &tokens, || {
        let say = |key| desk.speech.say(key).into_owned();
        let mut table = Table::new([
            say("cli-id"),
            say("cli-name"),
            say("cli-org"),
            say("cli-role"),
            say("cli-until"),
        ]);
        for token in &tokens {
            let until = token.expires_at.map(|at| moment(desk, at));
            table.row([
                token.id.to_string(),
                token.name.clone(),
                token.org_id.to_string(),
                numbered(token.role.as_str(), token.numbers.as_deref()),
                until.unwrap_or_default(),
            ]);
        }
        table.or_say(&say("cli-no-tokens"))
    })
}

async fn resolved(desk: &Desk, part: &Part) -> Result<(OrgId, Option<Vec<NumberId>>), OnceError> {
    let org = org_of(desk, &part.org).await?;
    let mut numbers = Vec::with_capacity(part.numbers.len());
    for named in &part.numbers {
        numbers.push(find(desk, named).await?.id);
    }
    Ok((org, (!numbers.is_empty()).then_some(numbers)))
}

async fn named(desk: &Desk, name: &str) -> Result<Operator, OnceError> {
    let operators = desk.client.operators().await?;
    let by_name = operators.iter().find(|operator| operator.name == name);
    let by_id = || operators.iter().find(|o| o.id.to_string() == name);
    by_name
        .or_else(by_id)
        .cloned()
        .ok_or_else(|| OnceError::Told(said(desk, "cli-no-operator", "name", name)))
}

fn said(desk: &Desk, key: &str, name: &'static str, value: &str) -> String {
    desk.speech
        .say_with(key, &[(name, value.into())])
        .into_owned()
}

fn tell(line: &str) -> Result<u8, OnceError> {
    print(format!("{line}\n").as_bytes())
}
