//! What is known beside a template: those that the customer got lately, why one is needed, and how many may go.

use common::api::customers::LastTemplate;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::model::templates::Picker;
use crate::part::ticks::Tick;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen};
use crate::view::figures;

/// Templates used lately that are named.
const USED: usize = 3;

/// The templates that this customer got lately.
pub(crate) fn used(desk: &Desk<'_>, picker: &Picker) -> Vec<LastTemplate> {
    let chat = desk.model.chats.get(picker.chat);
    let card = chat.and_then(|chat| desk.model.cards.get(chat.customer.id));
    let all = card.map(|card| card.templates.iter().take(USED).cloned());
    all.into_iter().flatten().collect()
}

/// What was used with this customer, and why a template is needed.
pub(crate) fn known(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    area: Rect,
    (picker, used): (&Picker, &[LastTemplate]),
) {
    let model = desk.model;
    if model.chats.get(picker.chat).is_none() {
        return;
    }
    let room = area.width.saturating_sub(3);
    let mut y = area.y + 1;
    if !used.is_empty() {
        let head = desk.say("template-used");
        pen.text((area.x + 1, y), room, &head, desk.ink(Slot::Dim));
        y += 1;
    }
    for last in used {
        let day = desk.speech.short_date(last.at, model.now);
        let tick = Tick::of(last.status);
        let name = clean_line(&last.name, 60).into_owned();
        let mut line = vec![
            Span::raw(format!("  {name}  ")),
            Span::styled(format!("{day} "), desk.ink(Slot::Dim)),
        ];
        line.extend(tick.map(|tick| desk.tick(tick)));
        pen.spans((area.x + 1, y), room, &line);
        y += 1;
    }
    let word = if model.window_is_open() {
        "template-window-open"
    } else {
        "template-window-closed"
    };
    pen.text((area.x + 1, y), room, &desk.say(word), desk.ink(Slot::Dim));
}

/// To how many customers in a day templates of this number's business may go.
pub(crate) fn limit(desk: &Desk<'_>, picker: &Picker) -> Option<String> {
    let number = desk.model.numbers.get(picker.number)?;
    let tier = number.messaging_limit.as_deref()?.strip_prefix("TIER_")?;
    if tier == "UNLIMITED" {
        return Some(desk.say("template-no-limit").into_owned());
    }
    let most: u64 = match tier.strip_suffix('K') {
        Some(thousands) => thousands.parse::<u64>().ok()?.saturating_mul(1000),
        None => tier.parse().ok()?,
    };
    let most = figures::figure(desk.speech, most);
    let args = [("most", Arg::from(&most))];
    Some(desk.say_with("template-limit", &args).into_owned())
}
