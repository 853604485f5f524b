//! `recado audit`: who did what when, and whether that log is whole.

use common::api::audit::{AuditChain, AuditEntry, AuditQuery, BrokenWhy, VerifyQuery};
use common::model::org::Org;

use super::admin::org_of;
use super::list::moment;
use super::table::Table;
use super::{Desk, OnceError, print_list};
use crate::cli::people::{AuditCommand, AuditListArgs};

pub(super) async fn audit(desk: &Desk, command: AuditCommand) -> Result<u8, OnceError> {
    match command {
        AuditCommand::List(args) => list(desk, args).await,
        AuditCommand::Verify { org, output } => {
            let org = match org {
                Some(org) => Some(org_of(desk, &org).await?),
                None => None,
            };
            let chains = desk.client.verify_audit(&VerifyQuery { org }).await?;
            let orgs = desk.client.orgs().await?;
            print_list(output, &chains, || walked(desk, &orgs, &chains))?;
            Ok(u8::from(chains.iter().any(|chain| chain.broken.is_some())))
        }
    }
}

async fn list(desk: &Desk, args: AuditListArgs) -> Result<u8, OnceError> {
    let org = match &args.org {
        Some(org) => Some(org_of(desk, org).await?),
        None => None,
    };
    let mut query = AuditQuery {
        org,
        who: args.who,
        deed: args.deed,
        ..AuditQuery::default()
    };
    let mut entries: Vec<AuditEntry> = Vec::new();
    while entries.len() < args.limit {
        let left = args.limit.saturating_sub(entries.len()).min(200);
        query.limit = u32::try_from(left).ok();
        let page = desk.client.audit(&query).await?;
        entries.extend(page.items);
        if page.next.is_none() {
            break;
        }
        query.cursor = page.next;
    }
    let orgs = desk.client.orgs().await?;
    print_list(args.output, &entries, || {
        let say = |key| desk.speech.say(key).into_owned();
        let mut table = Table::new([
            say("cli-when"),
            say("cli-org"),
            say("cli-who"),
            say("cli-deed"),
            say("cli-what"),
        ]);
        for entry in &entries {
            table.row([
                moment(desk, entry.at),
                of(&orgs, entry.org_id),
                format!("{} ({})", entry.who, entry.by),
                format!("{} {}", entry.deed, entry.what),
                entry.detail.to_string(),
            ]);
        }
        table.or_say(&say("cli-no-audit"))
    })
}

fn walked(desk: &Desk, orgs: &[Org], chains: &[AuditChain]) -> Table {
    let mut table = Table::plain();
    for chain in chains {
        let (entries, head) = (chain.entries, chain.head.as_deref().unwrap_or_default());
        let words = match &chain.broken {
            None => desk
                .speech
                .say_with("cli-audit-whole", &[("n", entries.into())]),
            Some(link) => {
                let key = match link.why {
                    BrokenWhy::Missing => "cli-audit-missing",
                    BrokenWhy::Changed => "cli-audit-changed",
                };
                desk.speech.say_with(key, &[("n", link.n.into())])
            }
        };
        table.row([of(orgs, chain.org_id), words.into_owned(), head.to_owned()]);
    }
    table
}

fn of(orgs: &[Org], id: Option<common::id::OrgId>) -> String {
    let Some(id) = id else {
        return "-".to_owned();
    };
    let org = orgs.iter().find(|org| org.id == id);
    org.map_or_else(|| id.to_string(), |org| org.slug.clone())
}
