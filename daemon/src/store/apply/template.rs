//! Templates: as Meta lists them, as its notifications change them, gone, and what they were filled with.

use common::id::WabaId;
use common::model::template::parts::Parts;
use common::model::template::word::{Category, Quality, TemplateStatus};
use common::text::fold::fold;
use common::time::Stamp;
use rusqlite::{OptionalExtension, params};

use crate::fact::template::{Account, Remembered, TemplateFact, TemplateSeen};
use crate::fact::told::TemplateTold;
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::{Done, desk};
use crate::store::error::StoreError;
use crate::store::row::content;
use crate::store::row::template::Details;
use crate::store::scope::Scope;

/// A row as it stands.
struct Known {
    id: i64,
    status: String,
    category: String,
    details: Details,
}

/// Meta answered.
pub(crate) fn answered(batch: &mut Batch<'_>, fact: &TemplateFact) -> Result<Done, StoreError> {
    match fact {
        TemplateFact::Seen(account, listed) => {
            let mut last = Done::Nothing;
            for seen in listed {
                last = Done::Template(see(batch, account, seen)?);
            }
            Ok(last)
        }
        TemplateFact::Complete(account, since) => complete(batch, account, *since),
        TemplateFact::Gone(account, name, language) => {
            gone(batch, account, name, language.as_deref())?;
            Ok(Done::Nothing)
        }
    }
}

/// A template as Meta lists it. What only notifications tell (why it is paused) stays while it holds.
fn see(batch: &mut Batch<'_>, account: &Account, seen: &TemplateSeen) -> Result<i64, StoreError> {
    let known = find(batch, account, &seen.name, &seen.language)?;
    let before = known.as_ref().map(|known| &known.details);
    let details = Details {
        meta_id: seen
            .meta_id
            .clone()
            .or_else(|| before.and_then(|d| d.meta_id.clone())),
        quality: seen.quality.clone(),
        rejected_reason: seen.rejected_reason.clone(),
        reason_detail: seen.reason_detail.clone().or_else(|| {
            let holds = is_troubled(&seen.status);
            before
                .filter(|_| holds)
                .and_then(|d| d.reason_detail.clone())
        }),
        pause_reason: before
            .filter(|_| seen.status == TemplateStatus::Paused)
            .and_then(|d| d.pause_reason.clone()),
        previous_category: seen.previous_category.clone(),
        correct_category: seen.correct_category.clone(),
        parameter_format: seen.parameter_format,
        components: seen.components.clone(),
        ttl: seen.ttl,
    };
    let (status, category) = (seen.status.as_str(), seen.category.as_str());
    desk::categorise(batch, account.org.0, (&seen.name, &seen.language), category)?;
    let now = batch.now.millis();
    if let Some(known) = known {
        batch
            .conn
            .prepare_cached("UPDATE templates SET synced_at = ?2 WHERE id = ?1")?
            .execute([known.id, now])?;
        let same = known.status == status && known.category == category && known.details == details;
        if !same {
            write(
                batch,
                account,
                &Known {
                    status: status.to_owned(),
                    category: category.to_owned(),
                    details,
                    ..known
                },
            )?;
        }
        return Ok(known.id);
    }
    batch
        .conn
        .prepare_cached(
            "INSERT INTO templates (org, waba, name, language, status, category, words, details, \
             synced_at, revision) VALUES (?1, ?2, ?3, ?4, '', '', '', '', ?5, 0)",
        )?
        .execute(params![
            account.org.0,
            account.waba.as_str(),
            seen.name,
            seen.language,
            now
        ])?;
    let id = batch.conn.last_insert_rowid();
    let row = Known {
        id,
        status: status.to_owned(),
        category: category.to_owned(),
        details,
    };
    write(batch, account, &row)?;
    Ok(id)
}

/// Everything was listed: what was not seen since then is gone at Meta.
fn complete(batch: &mut Batch<'_>, account: &Account, since: Stamp) -> Result<Done, StoreError> {
    let missing: Vec<i64> = batch
        .conn
        .prepare_cached(
            "SELECT id FROM templates WHERE org = ?1 AND waba = ?2 AND status <> 'deleted' \
             AND coalesce(synced_at, 0) < ?3",
        )?
        .query_map(
            params![account.org.0, account.waba.as_str(), since.millis()],
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    for id in missing {
        delete(batch, account, id)?;
    }
    batch
        .conn
        .prepare_cached(
            "INSERT INTO template_syncs (org, waba, synced_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET synced_at = excluded.synced_at, \
             wanted_at = CASE WHEN wanted_at > ?4 THEN wanted_at END",
        )?
        .execute(params![
            account.org.0,
            account.waba.as_str(),
            batch.now.millis(),
            since.millis()
        ])?;
    Ok(Done::Nothing)
}

/// Deleted at Meta: one language, or all of the name.
fn gone(
    batch: &mut Batch<'_>,
    account: &Account,
    name: &str,
    language: Option<&str>,
) -> Result<(), StoreError> {
    let rows: Vec<i64> = batch
        .conn
        .prepare_cached(
            "SELECT id FROM templates WHERE org = ?1 AND waba = ?2 AND name = ?3 \
             AND (?4 IS NULL OR language = ?4) AND status <> 'deleted'",
        )?
        .query_map(
            params![account.org.0, account.waba.as_str(), name, language],
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    for id in rows {
        delete(batch, account, id)?;
    }
    Ok(())
}

fn delete(batch: &mut Batch<'_>, account: &Account, id: i64) -> Result<(), StoreError> {
    let revision = batch.touch(About::Template, Some(account.org.0), id);
    batch
        .conn
        .prepare_cached("UPDATE templates SET status = 'deleted', revision = ?2 WHERE id = ?1")?
        .execute([id, revision])?;
    Ok(())
}

/// A notification told of a template: what it says holds at once, and Meta is asked for the rest.
pub(crate) fn told(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &TemplateTold,
) -> Result<Done, StoreError> {
    let language = fact.language.replace('-', "_");
    let mut accounts: Vec<Account> = Vec::new();
    for number in batch.told_numbers(scope) {
        let account = Account {
            org: common::id::OrgId(number.org),
            waba: WabaId(number.waba.clone()),
        };
        let meant = fact.waba.as_ref().is_none_or(|waba| *waba == account.waba);
        if meant && !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    for account in accounts {
        if let Some(category) = &fact.category {
            desk::categorise(batch, account.org.0, (&fact.name, &language), category)?;
        }
        if let Some(known) = find(batch, &account, &fact.name, &language)? {
            change(batch, &account, known, fact)?;
        }
        want(batch, &account)?;
    }
    Ok(Done::Nothing)
}

fn change(
    batch: &mut Batch<'_>,
    account: &Account,
    mut known: Known,
    fact: &TemplateTold,
) -> Result<(), StoreError> {
    let before = (
        known.status.clone(),
        known.category.clone(),
        known.details.clone(),
    );
    if let Some(word) = &fact.status {
        let status = match TemplateStatus::read(word) {
            // These events say that it is as it was.
            TemplateStatus::Other(word)
                if matches!(word.as_str(), "reinstated" | "unpaused" | "unarchived") =>
            {
                TemplateStatus::Approved
            }
            status => status,
        };
        status.as_str().clone_into(&mut known.status);
        known.details.rejected_reason = fact
            .reason
            .clone()
            .filter(|_| status == TemplateStatus::Rejected);
        known.details.pause_reason = fact
            .pause
            .clone()
            .filter(|_| status == TemplateStatus::Paused);
        known.details.reason_detail = fact.detail.clone().filter(|_| is_troubled(&status));
    }
    if let Some(quality) = &fact.quality {
        known.details.quality = Some(Quality::read(quality));
    }
    if let Some(category) = &fact.category {
        let category = Category::read(category);
        if category.as_str() != known.category {
            known.details.previous_category = Some(Category::read(&known.category));
            category.as_str().clone_into(&mut known.category);
            known.details.correct_category = None;
        }
    }
    if let Some(category) = &fact.correct_category {
        known.details.correct_category = Some(Category::read(category));
    }
    if before
        == (
            known.status.clone(),
            known.category.clone(),
            known.details.clone(),
        )
    {
        return Ok(());
    }
    write(batch, account, &known)
}

/// Asks for the account's templates soon.
pub(crate) fn want(batch: &mut Batch<'_>, account: &Account) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached(
            "INSERT INTO template_syncs (org, waba, wanted_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET wanted_at = excluded.wanted_at",
        )?
        .execute(params![
            account.org.0,
            account.waba.as_str(),
            batch.now.millis()
        ])?;
    batch.wake_templates();
    Ok(())
}

/// Keeps what a template was filled with for a customer.
pub(crate) fn remember(
    batch: &Batch<'_>,
    customer: i64,
    filled: &Remembered,
) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached(
            "INSERT INTO template_values (customer, template, \"values\") VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET \"values\" = excluded.\"values\"",
        )?
        .execute(params![
            customer,
            filled.template.0,
            content::to_json(&filled.values)?
        ])?;
    Ok(())
}

fn find(
    batch: &Batch<'_>,
    account: &Account,
    name: &str,
    language: &str,
) -> Result<Option<Known>, StoreError> {
    let found: Option<(i64, String, String, String)> = batch
        .conn
        .prepare_cached(
            "SELECT id, status, category, details FROM templates \
             WHERE org = ?1 AND waba = ?2 AND name = ?3 AND language = ?4",
        )?
        .query_row(
            params![account.org.0, account.waba.as_str(), name, language],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    found
        .map(|(id, status, category, details)| {
            Ok(Known {
                id,
                status,
                category,
                details: content::parse(&details)?,
            })
        })
        .transpose()
}

fn write(batch: &mut Batch<'_>, account: &Account, row: &Known) -> Result<(), StoreError> {
    let revision = batch.touch(About::Template, Some(account.org.0), row.id);
    batch
        .conn
        .prepare_cached(
            "UPDATE templates SET status = ?2, category = ?3, details = ?4, revision = ?5, \
             words = name || ' ' || ?6 WHERE id = ?1",
        )?
        .execute(params![
            row.id,
            row.status,
            row.category,
            content::to_json(&row.details)?,
            revision,
            words(&row.details.components)
        ])?;
    Ok(())
}

/// What a search finds it by, beside its name.
fn words(parts: &Parts) -> String {
    let header = parts.header.as_ref().and_then(|h| h.text.as_deref());
    let body = parts.body.as_ref().map(|b| b.text.as_str());
    let footer = parts.footer.as_ref().map(|f| f.text.as_str());
    let mut all: Vec<&str> = [header, body, footer].into_iter().flatten().collect();
    let cards = parts.cards.iter().filter_map(|card| card.body.as_ref());
    all.extend(cards.map(|body| body.text.as_str()));
    all.extend(parts.buttons.iter().filter_map(|b| b.text.as_deref()));
    fold(&all.join(" "))
}

const fn is_troubled(status: &TemplateStatus) -> bool {
    matches!(
        status,
        TemplateStatus::Rejected
            | TemplateStatus::Paused
            | TemplateStatus::Disabled
            | TemplateStatus::Flagged
            | TemplateStatus::Locked
    )
}
