//! Asks the daemon to connect a number.

use common::api::messages::{Outgoing, Send, SendTo};
use common::api::orgs::NewOrg;
use common::api::problem::Problem;
use common::api::templates::SyncTemplates;
use common::client::Client;
use common::id::{NumberId, OrgId};
use common::model::message::Message;
use common::text::fold::fold;

use common::api::connect::{Connect, NewConnect};

use crate::connecting::{ConnectDeed, ConnectNews};
use crate::ways::name_in;

/// The template that Meta gives every account.
const HELLO: (&str, &str) = ("hello_world", "en_US");

/// Asks; some questions want no answer.
pub(super) async fn perform(client: Client, deed: ConnectDeed) -> Option<ConnectNews> {
    let told = |result: Result<_, Problem>| ConnectNews::Told(result.map(Box::new));
    Some(match deed {
        ConnectDeed::Start => ConnectNews::Started(start(&client).await),
        ConnectDeed::Begin {
            org,
            app,
            secret,
            token,
        } => {
            let org = match org {
                Ok(org) => Ok(org),
                Err(name) => new_org(&client, name).await,
            };
            let begun = match org {
                Ok(org_id) => {
                    let new = NewConnect {
                        org_id,
                        app_id: app,
                        app_secret: secret,
                        access_token: token,
                        verify_token: None,
                    };
                    client.begin_connect(&new).await
                }
                Err(problem) => Err(problem),
            };
            ConnectNews::Begun(begun)
        }
        ConnectDeed::Accounts(id) => ConnectNews::Accounts(client.seen_accounts(id).await),
        ConnectDeed::Choose(id, choice) => {
            ConnectNews::Chosen(client.choose_number(id, &choice).await.map(Box::new))
        }
        ConnectDeed::Look(number) => told(client.connection(number).await),
        ConnectDeed::AskCode(number, ask) => told(client.ask_code(number, &ask).await),
        ConnectDeed::GiveCode(number, code) => told(client.give_code(number, &code).await),
        ConnectDeed::Register(number, ask) => told(client.register(number, &ask).await),
        ConnectDeed::Webhook(number, ask) => told(client.set_webhook(number, &ask).await),
        ConnectDeed::File(way) => {
            let file = client.status().await.map(|status| {
                // The name that is known already, where there is one.
                way.file(name_in(""), &status.webhook.listen)
            });
            ConnectNews::File(way, file)
        }
        ConnectDeed::Prove(number, to) => {
            ConnectNews::Proving(prove(&client, number, to).await.map(Box::new))
        }
        ConnectDeed::End(id) => {
            // A token that stays is forgotten the next time.
            let _stays = client.end_connect(id).await;
            return None;
        }
    })
}

async fn start(client: &Client) -> Result<(Option<OrgId>, Option<Connect>), Problem> {
    let org = client.orgs().await?.first().map(|org| org.id);
    let kept = client.connects().await?;
    Ok((org, kept.into_iter().next()))
}

/// A new organisation; its short name is made of the name that people read.
async fn new_org(client: &Client, name: String) -> Result<OrgId, Problem> {
    let folded = fold(&name);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(40).collect();
    // A token that was refused leaves its organisation behind: the next try takes it.
    if let Some(made) = client
        .orgs()
        .await?
        .into_iter()
        .find(|org| org.slug == slug)
    {
        return Ok(made.id);
    }
    let new = NewOrg {
        slug,
        name: Some(name),
    };
    Ok(client.add_org(&new).await?.id)
}

async fn prove(client: &Client, number: NumberId, to: String) -> Result<Message, Problem> {
    let which = SyncTemplates {
        number_id: Some(number),
    };
    client.sync_templates(&which).await?;
    let message = SendTo {
        number_id: number,
        to,
        message: Send {
            content: Outgoing::Template {
                name: HELLO.0.to_owned(),
                language: HELLO.1.to_owned(),
                params: std::collections::BTreeMap::default(),
                components: Vec::new(),
            },
            reply_to: None,
            client_id: None,
        },
    };
    client.send_to(&message).await
}
