//! The customer panel: who it is, what time it is there, whether one may write, what is kept about them.

use common::api::customers::CustomerCard;
use common::model::chat::Chat;
use common::model::customer::Customer;
use common::text::clean::{clean, clean_line};
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::part::clock::WindowClock;
use crate::part::ticks::Tick;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::brief;
use crate::view::canvas::{Desk, Pen};
use crate::view::compose::clock_style;

/// The head of the panel, on its own row.
pub(crate) fn head(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let title = desk.say("panel-title");
    pen.text(
        (area.x + 1, area.y),
        area.width,
        &title,
        desk.ink(Slot::Strong),
    );
    if let Some(key) = desk
        .model
        .keymap
        .key_of(Action::Customer, Context::Anywhere)
    {
        let end = area.right().saturating_sub(2);
        pen.right((area.x, end), area.y, &key, desk.ink(Slot::Dim));
        pen.hit(Rect { height: 1, ..area }, Target::Action(Action::Customer));
    }
}

/// Hours of the day at which a message is no disturbance.
const AWAKE: std::ops::Range<i8> = 8..21;
/// Notes that are shown in the panel.
const NOTES: usize = 5;

/// Draws the panel below its head.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    pen.hit(area, Target::Pane(Pane::Panel));
    let Some(chat) = desk.model.open_chat() else {
        return;
    };
    let mut facts = Facts {
        desk,
        room: usize::from(area.width.saturating_sub(2)),
        rows: Vec::new(),
    };
    let card = desk.model.cards.get(chat.customer.id);
    facts.who(&chat.customer);
    facts.history(chat, card);
    facts.labels(chat);
    facts.notes(card);
    facts.window(chat);
    facts.where_it_runs(chat, card);
    facts.files(card);
    let rows = facts.rows;
    let fit = usize::from(area.height);
    let most = rows.len().saturating_sub(fit);
    pen.hits.seen.panel_most = most;
    let top = desk.model.panel_top.min(most);
    for (y, row) in (area.y..area.bottom()).zip(rows.into_iter().skip(top)) {
        pen.line((area.x + 1, y), area.width.saturating_sub(2), &row.line);
        if let Some(target) = row.target {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            pen.hit(line, target);
        }
    }
    let (up, down) = (top > 0, top < most);
    let end = area.right().saturating_sub(1);
    if up {
        pen.text((end, area.y), 1, desk.glyphs.up(), desk.ink(Slot::Dim));
    }
    if down && area.height > 1 {
        let y = area.bottom().saturating_sub(1);
        pen.text((end, y), 1, desk.glyphs.down(), desk.ink(Slot::Dim));
    }
    if desk.model.focus.pane == Pane::Panel && desk.model.focus.overlays.is_empty() {
        pen.cursor = Some((area.x + 1, area.y).into());
    }
}

struct Row {
    line: Line<'static>,
    target: Option<Target>,
}

/// The rows of the panel, made from the top down.
struct Facts<'a> {
    desk: &'a Desk<'a>,
    room: usize,
    rows: Vec<Row>,
}

impl Facts<'_> {
    fn line(&mut self, indent: usize, words: &str, style: Style) -> usize {
        let room = self.room.saturating_sub(indent);
        let lines = wrap::wrap(&[Span::styled(words.to_owned(), style)], room);
        let count = lines.len();
        for mut line in lines {
            if indent > 0 {
                line.spans.insert(0, Span::raw(" ".repeat(indent)));
            }
            self.rows.push(Row { line, target: None });
        }
        count
    }

    /// The rows made last lead somewhere.
    fn leads(&mut self, count: usize, target: &Target) {
        for row in self.rows.iter_mut().rev().take(count) {
            row.target = Some(target.clone());
        }
    }

    fn gap(&mut self) {
        if self
            .rows
            .last()
            .is_some_and(|row| !row.line.spans.is_empty())
        {
            self.rows.push(Row {
                line: Line::default(),
                target: None,
            });
        }
    }

    /// A heading, with the key of the deed that it leads to at its end.
    fn heading(&mut self, key: &'static str, action: Option<Action>) {
        let words = self.desk.say(key).into_owned();
        let wide = wrap::width(&words);
        let mut spans = vec![Span::styled(words, self.desk.ink(Slot::Dim))];
        let keys = action.and_then(|action| {
            let keymap = &self.desk.model.keymap;
            keymap.key_of(action, Context::List)
        });
        if let Some(keys) = keys {
            let used = wide + wrap::width(&keys) + 1;
            let gap = self.room.saturating_sub(used);
            spans.push(Span::raw(" ".repeat(gap)));
            spans.push(Span::styled(keys, self.desk.ink(Slot::Dim)));
        }
        let target = action.map(Target::Action);
        self.rows.push(Row {
            line: Line::from(spans),
            target,
        });
    }

    /// `Name  value` on one line, or on two where they do not fit.
    fn fact(&mut self, key: &'static str, value: &str, slot: Slot) {
        let word = self.desk.say(key).into_owned();
        if wrap::width(&word) + 2 + wrap::width(value) > self.room {
            self.line(0, &word, self.desk.ink(Slot::Dim));
            self.line(2, value, self.desk.ink(slot));
            return;
        }
        let value = value.to_owned();
        self.rows.push(Row {
            line: Line::from(vec![
                Span::styled(word, self.desk.ink(Slot::Dim)),
                Span::raw("  "),
                Span::styled(value, self.desk.ink(slot)),
            ]),
            target: None,
        });
    }

    fn who(&mut self, customer: &Customer) {
        let desk = self.desk;
        let count = self.line(0, &brief::name(customer), desk.ink(Slot::Strong));
        self.leads(count, &Target::Action(Action::Rename));
        self.line(0, &brief::full_address(customer), desk.ink(Slot::Text));
        if let Some(there) = desk.model.cards.there(customer.id) {
            let local = desk.model.now.timestamp().to_zoned(there.zone.clone());
            let time = format!("{:02}:{:02}", local.hour(), local.minute());
            let args = [("town", Arg::from(&there.town)), ("time", Arg::from(&time))];
            let words = desk.say_with("panel-there", &args).into_owned();
            let slot = if AWAKE.contains(&local.hour()) {
                Slot::Text
            } else {
                Slot::Warning
            };
            self.line(0, &words, desk.ink(slot));
        }
        let own = |name: &Option<String>| {
            name.as_deref()
                .map(|name| clean_line(name, 60).into_owned())
        };
        if customer.name.is_some()
            && customer.profile_name != customer.name
            && let Some(profile) = own(&customer.profile_name)
        {
            self.fact("panel-profile", &profile, Slot::Text);
        }
        if let Some(username) = own(&customer.username) {
            self.fact("panel-username", &format!("@{username}"), Slot::Text);
        }
        if let Some(id) = &customer.user_id {
            self.fact("panel-user-id", &clean_line(id.as_str(), 60), Slot::Text);
        }
        self.gap();
    }

    fn history(&mut self, chat: &Chat, card: Option<&CustomerCard>) {
        let desk = self.desk;
        let now = desk.model.now;
        if let Some(card) = card {
            if let Some(since) = card.since {
                let day = desk.speech.short_date(since, now);
                self.fact("panel-since", &day, Slot::Text);
            }
            let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            let args = [
                ("in", Arg::from(count(card.inbound))),
                ("out", Arg::from(count(card.outbound))),
            ];
            let words = desk.say_with("panel-in-out", &args).into_owned();
            self.fact("panel-messages", &words, Slot::Text);
            if let Some(last) = &card.last_template {
                let day = desk.speech.short_date(last.at, now);
                let mark = Tick::of(last.status).map_or("", |tick| tick.mark(desk.glyphs));
                let name = clean_line(&last.name, 40);
                self.fact(
                    "panel-template",
                    &format!("{day} {mark} {name}"),
                    Slot::Text,
                );
            }
        }
        if let Some(at) = chat.customer.opted_out_at {
            let day = desk.speech.short_date(at, now);
            let words = desk.say_with("panel-opted-out", &[("day", Arg::from(&day))]);
            let words = words.into_owned();
            let count = self.line(0, &words, desk.ink(Slot::Warning));
            self.leads(count, &Target::Action(Action::OptOut));
        }
        self.gap();
    }

    fn labels(&mut self, chat: &Chat) {
        self.heading("panel-labels", Some(Action::Labels));
        if chat.labels.is_empty() {
            return self.gap();
        }
        let short = |label: &String| clean_line(label, 24).into_owned();
        let labels: Vec<String> = chat.labels.iter().map(short).collect();
        let count = self.line(2, &labels.join("  "), self.desk.ink(Slot::Card));
        self.leads(count, &Target::Action(Action::Labels));
        self.gap();
    }

    fn notes(&mut self, card: Option<&CustomerCard>) {
        self.heading("panel-notes", Some(Action::Note));
        let notes = card.map_or(&[][..], |card| &card.notes);
        for note in notes.iter().take(NOTES) {
            let text = clean(&note.text).into_owned();
            let mut count = 0;
            for words in text.lines() {
                count += self.line(2, words, self.desk.ink(Slot::Text));
            }
            self.leads(count, &Target::Action(Action::Note));
        }
        if let Some(more) = notes.len().checked_sub(NOTES).filter(|more| *more > 0) {
            let words = self.desk.say_with("card-more", &[("n", Arg::from(more))]);
            let words = words.into_owned();
            self.line(2, &words, self.desk.ink(Slot::Dim));
        }
        self.gap();
    }

    fn window(&mut self, chat: &Chat) {
        let desk = self.desk;
        self.heading("panel-window", None);
        let clock = WindowClock::of(chat.window, desk.model.meta_now());
        let words = match chat.window.expires_at {
            Some(end) if clock.is_open() => {
                let until = desk.speech.weekday_time(end);
                desk.say_with("panel-open-until", &[("moment", Arg::from(&until))])
                    .into_owned()
            }
            _ => clock.words(desk.speech),
        };
        let words = format!("{} {words}", desk.glyphs.clock(clock.phase));
        self.line(2, &words, clock_style(desk, clock.phase));
        let key = if clock.is_open() {
            "panel-free-form"
        } else {
            "panel-template-only"
        };
        let words = desk.say(key).into_owned();
        self.line(2, &words, desk.ink(Slot::Dim));
        self.gap();
    }

    /// The number and whose it is; the same person's chats over other numbers.
    fn where_it_runs(&mut self, chat: &Chat, card: Option<&CustomerCard>) {
        let desk = self.desk;
        let model = desk.model;
        let over = |chat: &Chat| {
            let place = model.numbers.ordinal(chat.number_id).unwrap_or_default();
            let label = model.numbers.get(chat.number_id).map(|n| &n.label);
            let label = label.map(|label| clean_line(label, 24)).unwrap_or_default();
            format!("#{place} {label}")
        };
        self.fact("panel-via", &over(chat), Slot::Text);
        if let Some(who) = &chat.assignee {
            self.fact("panel-assignee", &clean_line(who, 40), Slot::Text);
        }
        let muted = chat.is_muted(model.now);
        for (is, key) in [(chat.pinned, "panel-pinned"), (muted, "panel-muted")] {
            if is {
                self.heading(key, None);
            }
        }
        if let Some(until) = chat.snoozed_until {
            let words = if chat.is_snoozed(model.now) {
                desk.speech.moment(until, model.now)
            } else {
                desk.say("panel-back").into_owned()
            };
            self.fact("panel-snoozed", &words, Slot::Warning);
        }
        let known: Vec<&Chat> = match card {
            Some(card) => card.chats.iter().collect(),
            None => model.chats.iter().collect(),
        };
        let of_theirs =
            |other: &&&Chat| other.customer.id == chat.customer.id && other.id != chat.id;
        let others: Vec<&Chat> = known.iter().filter(of_theirs).take(6).copied().collect();
        if !others.is_empty() {
            self.gap();
            self.heading("panel-also", None);
        }
        for other in others {
            let count = self.line(2, &over(other), desk.ink(Slot::Text));
            self.leads(count, &Target::Chat(other.id));
        }
        self.gap();
    }

    fn files(&mut self, card: Option<&CustomerCard>) {
        let Some(files) = card.map(|card| card.files) else {
            return;
        };
        let kinds = [
            ("panel-photos", files.images),
            ("panel-videos", files.videos),
            ("panel-audio", files.audio),
            ("panel-docs", files.documents),
            ("panel-stickers", files.stickers),
        ];
        let told: Vec<String> = kinds
            .iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| {
                self.desk
                    .say_with(key, &[("n", Arg::from(*n))])
                    .into_owned()
            })
            .collect();
        if told.is_empty() {
            return;
        }
        self.heading("panel-files", None);
        let count = self.line(2, &told.join("  "), self.desk.ink(Slot::Text));
        self.leads(count + 1, &Target::Action(Action::Files));
    }
}
