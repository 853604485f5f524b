//! "typing…": a customer sees that somebody writes, as long as that tells them nothing else.

use std::time::Duration;

use common::model::number::{Number, NumberStatus};
use config::tui::ReadReceipts;

use crate::effect::Effect;
use crate::model::Model;
use crate::update::Out;

/// WhatsApp shows it for 25 seconds; it is told anew a little earlier.
const AGAIN: Duration = Duration::from_secs(20);

/// Tells the customer of the open chat that somebody writes, if a letter was typed just now.
/// WhatsApp gives the sign only together with blue ticks: where those are not meant, or what the
/// customer wrote is not read yet, nothing is told. The daemon holds to the same.
pub(crate) fn tell(model: &mut Model, out: &mut Out) {
    let Some(open) = model.open_id() else { return };
    let typed = model
        .compose()
        .is_some_and(|c| c.typed_at == Some(model.now) && !c.field.text().trim().is_empty());
    if !typed || !is_meant(model) {
        return;
    }
    let lately = model
        .typing_told
        .is_some_and(|(chat, at)| chat == open && model.now.since(at) < AGAIN);
    if !lately {
        model.typing_told = Some((open, model.now));
        out.push(Effect::Typing(open));
    }
}

fn is_meant(model: &Model) -> bool {
    let reading = model.settings.reading;
    let works = |number: &Number| number.status == NumberStatus::Connected;
    reading.typing
        && reading.blue_ticks
        && reading.read_receipts != ReadReceipts::Manual
        && model.daemon.is_up()
        && model.window_is_open()
        && model.open_number().is_some_and(works)
        && model.open_chat().is_some_and(|chat| chat.unread == 0)
}
