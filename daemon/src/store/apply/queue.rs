//! A message to send is queued, or tried again: the rules that need the present state are judged here.

use std::sync::Arc;

use common::api::problem::{Code, Problem};
use common::id::MessageId;
use common::model::content::{Content, Reaction, Template};
use common::model::number::NumberStatus;
use common::tick::Status;
use common::time::Stamp;
use common::window::Window;
use rusqlite::{OptionalExtension, params};

use crate::fact::{Queued, Target};
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::chat::{Arrival, Chat};
use crate::store::apply::inbound::Entry;
use crate::store::apply::memory::Num;
use crate::store::apply::{
    Done, amend, chat, desk, identity, inbound, media, place as placed, tally, template,
};
use crate::store::error::StoreError;
use crate::store::row::code::{self, bits};
use crate::store::row::message::{Extra, Raw};
use crate::store::scope::Scope;

/// A message to send. The same id or `client_id` again gives the message stored before.
pub(crate) fn queued(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Queued,
) -> Result<Done, StoreError> {
    if let Some(raw) = Raw::by_id(batch.conn, fact.id)? {
        return match batch.number(scope, raw.number) {
            Some(_) => Ok(Done::Message(raw.n)),
            None => Err(StoreError::refuse(
                Code::Conflict,
                "This message id is taken; make another.",
            )),
        };
    }
    let org = target_org(batch, scope, &fact.target)?;
    if let Some(client_id) = &fact.client_id
        && let Some(n) = by_client_id(batch, org, client_id)?
    {
        return Ok(Done::Message(n));
    }
    let (mut chat, number) = place(batch, scope, &fact.target)?;
    may_send(batch, &number, &chat, &fact.content)?;
    let quoted = match fact.reply_to {
        Some(id) => Some(in_chat(batch, &chat, id, "reply_to")?),
        None => None,
    };
    let (content, reacted) = reaction(batch, &chat, fact)?;
    let carried = match fact.media {
        Some(id) => Some(media::carried(batch, scope, number.org, id)?),
        None => None,
    };
    let now = batch.now.millis();
    let ts = placed::of_ours(&chat, now);
    let n = inbound::insert(
        batch,
        &chat,
        &Entry {
            id: fact.id,
            wamid: None,
            bits: bits::OUTBOUND | if reacted.is_some() { bits::FOLDED } else { 0 },
            status: Status::Queued,
            ts,
            content: &content,
            reply: quoted.as_ref().and_then(|raw| raw.wamid.clone()),
            reply_n: quoted.as_ref().map(|raw| raw.n),
            media: carried,
            sender: Some(scope.operator()),
            extra: Extra {
                client_id: fact.client_id.clone(),
                told_at: (ts != now).then_some(batch.now),
                ..Extra::default()
            },
        },
    )?;
    if let Some(client_id) = &fact.client_id {
        batch
            .conn
            .prepare_cached("INSERT INTO client_ids (org, client_id, message) VALUES (?1, ?2, ?3)")?
            .execute(params![number.org, client_id, n])?;
    }
    enqueue(batch, n, &chat, now)?;
    if let Some(filled) = &fact.filled {
        template::remember(batch, chat.customer, filled)?;
    }
    if let Some((target, emoji)) = reacted {
        let at = batch.now;
        amend::mark(batch, (number.org, target), amend::ME, emoji.as_deref(), at)?;
    } else {
        let arrival = Arrival {
            n,
            ts,
            unread: false,
            opens_window: false,
            reopens: false,
            outbound: true,
            answers: true,
            told: now,
        };
        chat::arrived(batch, &mut chat, arrival)?;
    }
    Ok(Done::Message(n))
}

/// A person asks to try a failed or unknown message again.
pub(crate) fn retried(
    batch: &mut Batch<'_>,
    scope: &Scope,
    id: MessageId,
) -> Result<Done, StoreError> {
    let raw = Raw::by_id(batch.conn, id)?.ok_or_else(|| StoreError::missing("message"))?;
    let number = batch
        .number(scope, raw.number)
        .ok_or_else(|| StoreError::missing("message"))?;
    match raw.status {
        Status::Queued | Status::Sending => return Ok(Done::Message(raw.n)),
        Status::Failed | Status::Unknown if raw.has(bits::OUTBOUND) => {}
        _ => {
            return Err(StoreError::refuse(
                Code::Conflict,
                "Only a message that failed, or whose outcome is unknown, can be sent again.",
            ));
        }
    }
    let chat = chat::by_id(batch, raw.chat)?.ok_or_else(|| StoreError::missing("chat"))?;
    may_send(batch, &number, &chat, &raw.content()?)?;
    tally::moved(batch, &raw, Status::Queued, None)?;
    let mut extra = raw.extra()?;
    extra.error = None;
    let revision = batch.touch(About::Message, Some(number.org), raw.n);
    batch
        .conn
        .prepare_cached("UPDATE messages SET status = ?2, extra = ?3, revision = ?4 WHERE n = ?1")?
        .execute(params![
            raw.n,
            code::of_status(Status::Queued),
            extra.pack()?,
            revision
        ])?;
    // A second try gets an id of its own from WhatsApp; the first one still leads here.
    if let Some(wamid) = &raw.wamid {
        batch
            .conn
            .prepare_cached("UPDATE messages SET wamid = NULL WHERE n = ?1")?
            .execute([raw.n])?;
        inbound::alias(batch, raw.number, wamid, raw.n)?;
    }
    let now = batch.now.millis();
    enqueue(batch, raw.n, &chat, now)?;
    chat::touch_if_last(batch, number.org, raw.chat, raw.n)?;
    Ok(Done::Message(raw.n))
}

fn enqueue(batch: &mut Batch<'_>, n: i64, chat: &Chat, now: i64) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached(
            "INSERT OR REPLACE INTO outbox (message, number, chat, due, queued_at) \
             VALUES (?1, ?2, ?3, ?4, ?4)",
        )?
        .execute([n, chat.number, chat.id, now])?;
    batch.wake_outbox();
    Ok(())
}

fn target_org(batch: &Batch<'_>, scope: &Scope, target: &Target) -> Result<i64, StoreError> {
    match target {
        Target::Chat(id) => chat::seen(batch, scope, *id).map(|chat| chat.org),
        Target::Phone(number, _) | Target::User(number, _) => batch
            .number(scope, number.0)
            .map(|n| n.org)
            .ok_or_else(|| StoreError::missing("number")),
    }
}

fn place(
    batch: &mut Batch<'_>,
    scope: &Scope,
    target: &Target,
) -> Result<(Chat, Arc<Num>), StoreError> {
    let number = match target {
        Target::Chat(id) => chat::seen(batch, scope, *id)?.number,
        Target::Phone(number, _) | Target::User(number, _) => number.0,
    };
    let number = batch
        .number(scope, number)
        .ok_or_else(|| StoreError::missing("number"))?;
    // Said before a customer is made for a number that cannot send.
    can_work(&number)?;
    let customer = match target {
        Target::Chat(id) => return Ok((chat::seen(batch, scope, *id)?, number)),
        Target::Phone(_, phone) => identity::customer_of_phone(batch, number.org, phone)?,
        Target::User(_, user) => {
            let person = crate::fact::told::Person {
                user_id: Some(user.clone()),
                ..Default::default()
            };
            identity::customer(batch, number.org, &person)?
        }
    };
    Ok((chat::of(batch, &number, customer)?, number))
}

fn can_work(number: &Num) -> Result<(), StoreError> {
    let label = &number.label;
    if number.removed {
        return Err(StoreError::refuse(
            Code::NumberNotReady,
            format!("{label} was removed: its history can be read, but nothing can be sent."),
        ));
    }
    if number.status == NumberStatus::Disconnected {
        return Err(StoreError::refuse(
            Code::NumberNotReady,
            format!("{label} is paused: resume it with `recado number resume`."),
        ));
    }
    Ok(())
}

fn may_send(
    batch: &Batch<'_>,
    number: &Num,
    chat: &Chat,
    content: &Content,
) -> Result<(), StoreError> {
    can_work(number)?;
    if identity::is_group(batch, chat.customer)? {
        return Err(StoreError::refuse(
            Code::Invalid,
            "Groups can be read, but not written to yet.",
        ));
    }
    if !identity::is_reachable(batch, chat.customer)? {
        return Err(StoreError::refuse(
            Code::Invalid,
            "WhatsApp has told neither a number nor an id of this customer: wait until they write.",
        ));
    }
    if let Content::Template(template) = content {
        may_market(batch, chat, template)?;
    }
    let window = Window::of(chat.last_inbound.map(Stamp::from_millis)).as_of(batch.judged);
    if matches!(content, Content::Template(_)) || window.is_open(batch.judged) {
        return Ok(());
    }
    Err(StoreError::refuse(
        Code::OutsideWindow,
        "More than 24 hours have passed since the customer wrote: send a template instead.",
    ))
}

/// Marketing goes to nobody who wants none; a template whose category is not known may go.
fn may_market(batch: &Batch<'_>, chat: &Chat, template: &Template) -> Result<(), StoreError> {
    let Template { name, language, .. } = template;
    if desk::is_opted_out(batch, chat.customer)?
        && desk::is_marketing(batch, chat.org, (name, language))?
    {
        return Err(StoreError::refuse(
            Code::OptedOut,
            format!(
                "The customer wants no marketing, and {name} is a marketing template: send another \
                 one, or take the mark off the customer if they changed their mind."
            ),
        ));
    }
    Ok(())
}

fn in_chat(batch: &Batch<'_>, chat: &Chat, id: MessageId, field: &str) -> Result<Raw, StoreError> {
    Raw::by_id(batch.conn, id)?
        .filter(|raw| raw.chat == chat.id)
        .ok_or_else(|| {
            StoreError::Refused(
                Problem::new(Code::NotFound, "There is no such message in this chat.").field(field),
            )
        })
}

/// The message that a reaction goes on, and its emoji.
type Reacted = Option<(i64, Option<String>)>;

/// A reaction goes out with WhatsApp's id of its target, so that one has to be known by now.
fn reaction(
    batch: &Batch<'_>,
    chat: &Chat,
    fact: &Queued,
) -> Result<(Content, Reacted), StoreError> {
    let (Content::Reaction(reaction), Some(id)) = (&fact.content, fact.react_to) else {
        return Ok((fact.content.clone(), None));
    };
    let target = in_chat(batch, chat, id, "to_message")?;
    let Some(wamid) = target.wamid.as_ref() else {
        return Err(StoreError::Refused(
            Problem::new(
                Code::Conflict,
                "WhatsApp has not accepted that message yet: react to it once it is sent.",
            )
            .field("to_message"),
        ));
    };
    let emoji = reaction.emoji.clone().filter(|e| !e.is_empty());
    let content = Content::Reaction(Reaction {
        target: Some(wamid.wamid()),
        emoji: emoji.clone(),
    });
    Ok((content, Some((target.n, emoji))))
}

fn by_client_id(batch: &Batch<'_>, org: i64, client_id: &str) -> Result<Option<i64>, StoreError> {
    Ok(batch
        .conn
        .prepare_cached("SELECT message FROM client_ids WHERE org = ?1 AND client_id = ?2")?
        .query_row(params![org, client_id], |row| row.get(0))
        .optional()?)
}

/// The number of a message that the outbox speaks of.
pub(crate) fn number_of(batch: &Batch<'_>, raw: &Raw) -> Result<Arc<Num>, StoreError> {
    batch
        .number(&Scope::daemon(), raw.number)
        .ok_or_else(|| StoreError::Damaged(format!("message {} has no number", raw.n)))
}
