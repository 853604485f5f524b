//! Who waits for an answer, how long it took, and which windows closed on a question.

use common::time::Stamp;
use common::window::Window;
use rusqlite::params;

use crate::store::apply::batch::Batch;
use crate::store::apply::chat::{Arrival, Chat};
use crate::store::apply::tally::what;
use crate::store::error::StoreError;

/// Takes a new message into the counts of its chat and number, before the chat's row takes it in.
pub(crate) fn arrived(
    batch: &mut Batch<'_>,
    chat: &mut Chat,
    arrival: &Arrival,
) -> Result<(), StoreError> {
    let direction = if arrival.outbound {
        chat.outbound += 1;
        what::OUTBOUND
    } else {
        chat.inbound += 1;
        what::INBOUND
    };
    batch.tallies.add(chat.number, arrival.ts, direction, 1);
    if chat.last_message.is_none() {
        batch.tallies.add(chat.number, arrival.ts, what::NEW, 1);
    }
    if arrival.opens_window {
        asked(batch, chat, arrival);
    }
    if arrival.answers {
        answered(batch, chat, arrival.ts)?;
    }
    Ok(())
}

/// A customer wrote: a conversation begins, goes on, or begins anew after one was lost.
fn asked(batch: &mut Batch<'_>, chat: &mut Chat, arrival: &Arrival) {
    let told = arrival.told.min(batch.now.millis());
    let closed_at = closed_at(chat).filter(|closed| *closed <= told);
    if chat.last_inbound.is_none() || closed_at.is_some() {
        batch.tallies.add(chat.number, told, what::CONVERSATION, 1);
    }
    if let Some(closed_at) = closed_at.filter(|_| chat.waiting_since.is_some()) {
        batch.tallies.add(chat.number, closed_at, what::LOST, 1);
        chat.waiting_since = None;
    }
    // One told late, below what was written since, had its answer.
    if chat.waiting_since.is_none() && arrival.ts >= chat.last_ts {
        chat.waiting_since = Some(told);
    }
}

/// Somebody of us wrote: whoever waited does no longer.
fn answered(batch: &mut Batch<'_>, chat: &mut Chat, ts: i64) -> Result<(), StoreError> {
    let Some(since) = chat.waiting_since.filter(|since| ts / 1000 >= since / 1000) else {
        return Ok(());
    };
    chat.waiting_since = None;
    if let Some(closed_at) = closed_at(chat).filter(|closed| *closed <= ts) {
        batch.tallies.add(chat.number, closed_at, what::LOST, 1);
        return Ok(());
    }
    batch
        .conn
        .prepare_cached(
            "INSERT OR IGNORE INTO answers (number, asked_at, chat, took) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![chat.number, since, chat.id, (ts - since).max(0)])?;
    Ok(())
}

/// When the window of the last message of the customer closes.
fn closed_at(chat: &Chat) -> Option<i64> {
    Window::of(chat.last_inbound.map(Stamp::from_millis))
        .expires_at()
        .map(Stamp::millis)
}
