//! `recado connect` and its kin: a number from nothing to its first message, without a screen.

mod ask;
mod env;
mod steps;

use common::api::connect::{
    Choice, Connect, Disconnect, MoveNumber, NewConnect, SeenAccount, SeenNumber, SetWebhook,
    TokenKind, WebhookBy,
};
use common::api::orgs::NewOrg;
use common::api::problem::{Code, Problem};
use common::id::{AppId, NumberId, OrgId};
use common::model::number::Number;

use self::ask::Asker;
use self::env::Env;
use super::admin::org_of;
use super::{Desk, OnceError, confirmed, number as find, print, print_one, sentence, text_of};
use crate::cli::connect::{By, ConnectArgs, ImportEnvArgs, RestCommand, Way as WayArg};
use crate::ways::{Way, name_in};

/// A question needs an answer and there is none.
fn unanswered(desk: &Desk) -> OnceError {
    OnceError::Told(desk.speech.say("connect-no-answer").into_owned())
}

pub(super) async fn connect(desk: &Desk, args: ConnectArgs) -> Result<u8, OnceError> {
    if let Some(way) = args.ways {
        return ways(desk, way, args.name.as_deref()).await;
    }
    let asker = Asker::new();
    if let Some(named) = &args.number {
        let number = find(desk, named).await?.id;
        return steps::walk(desk, asker, number).await;
    }
    let org = org(desk, asker, args.org.as_deref()).await?;
    let (connect, number) = begin(desk, asker, org).await?;
    let status = steps::walk(desk, asker, number).await?;
    if status == 0 {
        desk.client.end_connect(connect.id).await?;
    }
    Ok(status)
}

/// The organisation: named, the only one, chosen, or the first.
async fn org(desk: &Desk, asker: Asker, slug: Option<&str>) -> Result<OrgId, OnceError> {
    let orgs = desk.client.orgs().await?;
    if let Some(slug) = slug {
        if orgs.iter().any(|org| org.slug == slug) {
            return org_of(desk, slug).await;
        }
        return new_org(desk, slug).await;
    }
    match orgs.as_slice() {
        [only] => Ok(only.id),
        [] => {
            let name = asker.line(&desk.speech.say("connect-ask-org"))?;
            new_org(desk, &name.ok_or_else(|| unanswered(desk))?).await
        }
        several => {
            let names: Vec<String> = several.iter().map(|org| org.name.clone()).collect();
            let at = asker.choose(&desk.speech.say("connect-which-org"), &names)?;
            let chosen = at.and_then(|at| several.get(at));
            chosen.map(|org| org.id).ok_or_else(|| unanswered(desk))
        }
    }
}

/// The short name is made of the name that people read.
async fn new_org(desk: &Desk, name: &str) -> Result<OrgId, OnceError> {
    let folded = common::text::fold::fold(name);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(40).collect();
    let new = NewOrg {
        slug,
        name: Some(name.to_owned()),
    };
    Ok(desk.client.add_org(&new).await?.id)
}

/// A token and a number of its accounts.
async fn begin(desk: &Desk, asker: Asker, org: OrgId) -> Result<(Connect, NumberId), OnceError> {
    let connect = loop {
        match token(desk, asker, org).await {
            Ok(connect) => break connect,
            Err(OnceError::Problem(problem)) if asker.is_terminal() && is_mendable(&problem) => {
                asker.say(&sentence(&desk.speech, &OnceError::Problem(problem)))?;
            }
            Err(error) => return Err(error),
        }
    };
    tell_token(desk, asker, &connect)?;
    let accounts = desk.client.seen_accounts(connect.id).await?;
    for account in accounts.iter().filter(|a| a.error.is_some()) {
        asker.say(account.error.as_deref().unwrap_or_default())?;
    }
    loop {
        match choose(desk, asker, &connect, &accounts).await {
            Ok(number) => return Ok((connect, number)),
            Err(OnceError::Problem(problem)) if asker.is_terminal() => {
                asker.say(&sentence(&desk.speech, &OnceError::Problem(problem)))?;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Whether another token, secret or id may help.
fn is_mendable(problem: &Problem) -> bool {
    problem.field.is_some() || matches!(problem.code, Code::MetaRefused)
}

/// The token that is kept from before, or a new one.
async fn token(desk: &Desk, asker: Asker, org: OrgId) -> Result<Connect, OnceError> {
    let mut kept = desk.client.connects().await?.into_iter();
    if let Some(kept) = kept.find(|kept| kept.org_id == org) {
        let args = [("app", kept.app_id.as_str().into())];
        let choices = [
            desk.speech.say_with("connect-use-kept", &args).into_owned(),
            desk.speech.say("connect-paste-another").into_owned(),
        ];
        match asker.choose(&desk.speech.say("connect-which"), &choices)? {
            Some(0) => return Ok(kept),
            Some(_) => {}
            None => return Err(unanswered(desk)),
        }
    }
    let none = || unanswered(desk);
    asker.say(&desk.speech.say("connect-token-where"))?;
    let app = asker.line(&desk.speech.say("connect-ask-app"))?;
    let app_id = AppId::from(app.ok_or_else(none)?);
    let secret = asker.secret(&desk.speech.say("connect-ask-secret"))?;
    let token = asker.secret(&desk.speech.say("connect-ask-token"))?;
    let new = NewConnect {
        org_id: org,
        app_id,
        app_secret: secret.ok_or_else(none)?,
        access_token: token.ok_or_else(none)?,
        verify_token: None,
    };
    Ok(desk.client.begin_connect(&new).await?)
}

fn tell_token(desk: &Desk, asker: Asker, connect: &Connect) -> Result<(), OnceError> {
    let key = match connect.token.kind {
        TokenKind::Permanent => "connect-token-permanent",
        TokenKind::SixtyDays => "connect-token-sixty",
        TokenKind::Temporary => "connect-token-temporary",
        TokenKind::Personal => "connect-token-personal",
    };
    asker.say(&format!("✓ {}", desk.speech.say(key)))?;
    if matches!(
        connect.token.kind,
        TokenKind::Temporary | TokenKind::Personal
    ) {
        asker.say(&desk.speech.say("connect-token-how"))?;
    }
    Ok(())
}

/// A number, as a line to choose.
fn shown(account: &SeenAccount, number: &SeenNumber) -> String {
    let phone = number
        .phone_number
        .as_ref()
        .map(common::phone::Phone::grouped);
    let parts = [
        phone,
        number.verified_name.clone(),
        account.name.as_ref().map(|name| format!("({name})")),
        number.status.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

async fn choose(
    desk: &Desk,
    asker: Asker,
    connect: &Connect,
    accounts: &[SeenAccount],
) -> Result<NumberId, OnceError> {
    let known: Vec<(&SeenAccount, &SeenNumber)> = accounts
        .iter()
        .flat_map(|account| account.numbers.iter().map(move |number| (account, number)))
        .collect();
    let mut options: Vec<String> = known.iter().map(|(a, n)| shown(a, n)).collect();
    options.push(desk.speech.say("connect-new-number").into_owned());
    asker.say(&desk.speech.say("connect-numbers"))?;
    let at = asker.choose(&desk.speech.say("connect-which"), &options)?;
    let at = at.ok_or_else(|| unanswered(desk))?;
    let choice = match known.get(at) {
        Some((
            _,
            SeenNumber {
                number_id: Some(ours),
                ..
            },
        )) => return Ok(*ours),
        Some((account, number)) => Choice {
            waba_id: account.waba_id.as_str().to_owned(),
            phone_number_id: Some(number.phone_number_id.clone()),
            ..Choice::default()
        },
        None => new_number(desk, asker, accounts)?,
    };
    Ok(desk.client.choose_number(connect.id, &choice).await?.id)
}

fn new_number(desk: &Desk, asker: Asker, accounts: &[SeenAccount]) -> Result<Choice, OnceError> {
    let none = || unanswered(desk);
    let account = match accounts {
        [] => {
            return Err(OnceError::Told(
                desk.speech.say("connect-no-accounts").into_owned(),
            ));
        }
        [only] => only,
        several => {
            let name = |a: &SeenAccount| a.name.clone().unwrap_or_else(|| a.waba_id.to_string());
            let names: Vec<String> = several.iter().map(name).collect();
            let at = asker.choose(&desk.speech.say("connect-which-account"), &names)?;
            at.and_then(|at| several.get(at)).ok_or_else(none)?
        }
    };
    let phone = asker.line(&desk.speech.say("connect-ask-phone"))?;
    let name = asker.line(&desk.speech.say("connect-ask-name"))?;
    Ok(Choice {
        waba_id: account.waba_id.as_str().to_owned(),
        phone_number: Some(phone.ok_or_else(none)?),
        verified_name: Some(name.ok_or_else(none)?),
        ..Choice::default()
    })
}

/// The ready file for this machine.
async fn ways(desk: &Desk, way: WayArg, name: Option<&str>) -> Result<u8, OnceError> {
    let way = match way {
        WayArg::Caddy => Way::Caddy,
        WayArg::Nginx => Way::Nginx,
        WayArg::Tunnel => Way::Tunnel,
    };
    let listen = desk.client.status().await?.webhook.listen;
    let args = [
        ("file", way.path().into()),
        ("name", name.unwrap_or("wa.example.com").into()),
    ];
    Asker::new().say(&desk.speech.say_with("connect-way-then", &args))?;
    print(way.file(name.map_or("", name_in), &listen).as_bytes())
}

/// `recado import-env`: seals what the file says, once, and tells what to do with the file.
pub(super) async fn import_env(desk: &Desk, args: ImportEnvArgs) -> Result<u8, OnceError> {
    let env = Env::read(&text_of(desk, &args.file)?);
    let missing = env.missing();
    let told = |key: &str, what: &str| {
        let args = [("what", what.into())];
        OnceError::Told(desk.speech.say_with(key, &args).into_owned())
    };
    let (Some(app), Some(secret), Some(token)) = (env.app_id, env.app_secret, env.access_token)
    else {
        return Err(told("connect-env-lacks", &missing.join(", ")));
    };
    let new = NewConnect {
        org_id: org(desk, Asker::new(), args.org.as_deref()).await?,
        app_id: AppId::from(app),
        app_secret: secret,
        access_token: token,
        verify_token: env.verify_token,
    };
    let connect = desk.client.begin_connect(&new).await?;
    let accounts = desk.client.seen_accounts(connect.id).await?;
    let all = || {
        accounts
            .iter()
            .flat_map(|a| a.numbers.iter().map(move |n| (a, n)))
    };
    let wanted = |(account, number): &(&SeenAccount, &SeenNumber)| {
        let by_number = env.phone_number_id.as_deref();
        let by_account = env.waba_id.as_deref();
        by_number.is_none_or(|id| number.phone_number_id.as_str() == id)
            && by_account.is_none_or(|id| account.waba_id.as_str() == id)
    };
    let mut found = all().filter(wanted);
    let (account, number) = match (found.next(), found.next()) {
        (Some(only), None) => only,
        (Some(_), Some(_)) => return Err(told("connect-env-several", "WHATSAPP_PHONE_NUMBER_ID")),
        (None, _) => return Err(told("connect-env-none", "WHATSAPP_PHONE_NUMBER_ID")),
    };
    let choice = Choice {
        waba_id: account.waba_id.as_str().to_owned(),
        label: args.label,
        phone_number_id: Some(number.phone_number_id.clone()),
        ..Choice::default()
    };
    let number = desk.client.choose_number(connect.id, &choice).await?;
    desk.client.end_connect(connect.id).await?;
    let (file, id) = (args.file.display().to_string(), number.id.to_string());
    let words = [
        ("label", (&number.label).into()),
        ("file", (&file).into()),
        ("id", (&id).into()),
    ];
    let mut line = desk
        .speech
        .say_with("connect-env-done", &words)
        .into_owned();
    if let Some(url) = env.webhook_url {
        let words = [("url", (&url).into())];
        line.push('\n');
        line.push_str(&desk.speech.say_with("connect-env-url", &words));
    }
    print_one(args.output, &number, &line)
}

/// Puts a number to rest, wakes it, hands it over.
pub(super) async fn rest(desk: &Desk, command: RestCommand) -> Result<u8, OnceError> {
    match command {
        RestCommand::Disconnect {
            number,
            deregister,
            yes,
            output,
        } => {
            let number = find(desk, &number).await?;
            if !yes && !confirmed(desk, "connect-confirm-rest", &number.label)? {
                return Ok(1);
            }
            let ask = Disconnect {
                deregister: deregister.then_some(true),
            };
            let told = desk.client.disconnect_number(number.id, &ask).await?;
            print_one(output, &told, &line(desk, "connect-rests", &number))
        }
        RestCommand::Reconnect { number, by, output } => {
            let number = find(desk, &number).await?;
            let by = match by {
                None => WebhookBy::Ask,
                Some(By::App) => WebhookBy::App,
                Some(By::Account) => WebhookBy::Account,
            };
            let told = desk
                .client
                .reconnect_number(number.id, &SetWebhook { by })
                .await?;
            print_one(output, &told, &line(desk, "connect-wakes", &number))
        }
        RestCommand::Move {
            number,
            org,
            yes,
            output,
        } => {
            let number = find(desk, &number).await?;
            let org_id = org_of(desk, &org).await?;
            if !yes && !confirmed(desk, "connect-confirm-move", &number.label)? {
                return Ok(1);
            }
            let moved = desk
                .client
                .move_number(number.id, &MoveNumber { org_id })
                .await?;
            print_one(output, &moved, &line(desk, "connect-moved", &number))
        }
    }
}

fn line(desk: &Desk, key: &str, number: &Number) -> String {
    let args = [("label", (&number.label).into())];
    desk.speech.say_with(key, &args).into_owned()
}
