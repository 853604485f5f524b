//! The customer panel: who it is, whether one may write, which other numbers they wrote to.

use common::model::chat::Chat;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::part::clock::WindowClock;
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

/// Draws the panel below its head.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    pen.hit(area, Target::Pane(Pane::Panel));
    let Some(chat) = desk.model.open_chat() else {
        return;
    };
    let mut list = Facts {
        desk,
        pen,
        area,
        y: area.y,
    };
    list.who(chat);
    list.where_it_runs(chat);
    list.window(chat);
    list.also_on(chat);
    let y = area.y;
    if desk.model.focus.pane == Pane::Panel && desk.model.focus.overlays.is_empty() {
        pen.cursor = Some((area.x + 1, y).into());
    }
}

struct Facts<'a, 'b> {
    desk: &'a Desk<'a>,
    pen: &'a mut Pen<'b>,
    area: Rect,
    y: u16,
}

impl Facts<'_, '_> {
    fn line(&mut self, indent: u16, words: &str, style: Style) {
        let x = self.area.x + 1 + indent;
        let room = self.area.right().saturating_sub(x + 1);
        for line in wrap::wrap(&[Span::styled(words, style)], usize::from(room)) {
            if self.y < self.area.bottom() {
                self.pen.line((x, self.y), room, &line);
                self.y += 1;
            }
        }
    }

    fn gap(&mut self) {
        self.y = self.y.saturating_add(1);
    }

    fn heading(&mut self, key: &'static str) {
        let words = self.desk.say(key).into_owned();
        self.line(0, &words, self.desk.ink(Slot::Dim));
    }

    /// `Name  value` on one line.
    fn fact(&mut self, key: &'static str, value: &str) {
        if self.y >= self.area.bottom() {
            return;
        }
        let x = self.area.x + 1;
        let end = self.area.right().saturating_sub(1);
        let word = self.desk.say(key);
        let at = self
            .pen
            .text((x, self.y), end - x, &word, self.desk.ink(Slot::Dim))
            + 2;
        self.pen.text(
            (at, self.y),
            end.saturating_sub(at),
            value,
            self.desk.ink(Slot::Text),
        );
        self.y += 1;
    }

    fn who(&mut self, chat: &Chat) {
        let customer = &chat.customer;
        let (strong, text) = (self.desk.ink(Slot::Strong), self.desk.ink(Slot::Text));
        self.line(0, &brief::name(customer), strong);
        self.line(0, &brief::full_address(customer), text);
        let own = |name: &Option<String>| {
            name.as_deref()
                .map(|name| clean_line(name, 60).into_owned())
        };
        if customer.name.is_some()
            && customer.profile_name != customer.name
            && let Some(profile) = own(&customer.profile_name)
        {
            self.fact("panel-profile", &profile);
        }
        if let Some(username) = own(&customer.username) {
            self.fact("panel-username", &format!("@{username}"));
        }
        self.gap();
    }

    fn where_it_runs(&mut self, chat: &Chat) {
        if let Some(number) = self.desk.model.numbers.get(chat.number_id) {
            let place = self
                .desk
                .model
                .numbers
                .ordinal(number.id)
                .unwrap_or_default();
            let label = clean_line(&number.label, 40);
            self.fact("panel-via", &format!("#{place} {label}"));
        }
        let assignee = chat
            .assignee
            .as_deref()
            .map(|who| clean_line(who, 40).into_owned());
        let assignee = assignee.unwrap_or_else(|| self.desk.say("panel-nobody").into_owned());
        self.fact("panel-assignee", &assignee);
        if chat.pinned {
            self.heading("panel-pinned");
        }
        if chat.muted {
            self.heading("panel-muted");
        }
        self.gap();
        if !chat.labels.is_empty() {
            self.heading("panel-labels");
            let labels: Vec<String> = chat
                .labels
                .iter()
                .map(|label| clean_line(label, 24).into_owned())
                .collect();
            self.line(2, &labels.join("  "), self.desk.ink(Slot::Card));
            self.gap();
        }
    }

    fn window(&mut self, chat: &Chat) {
        let desk = self.desk;
        self.heading("panel-window");
        let clock = WindowClock::of(chat.window, desk.model.now);
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

    /// The same person's chats over other numbers, as far as they are loaded.
    fn also_on(&mut self, chat: &Chat) {
        let model = self.desk.model;
        let others: Vec<&Chat> = model
            .chats
            .iter()
            .filter(|other| other.customer.id == chat.customer.id && other.id != chat.id)
            .take(4)
            .collect();
        if others.is_empty() {
            return;
        }
        self.heading("panel-also");
        for other in others {
            let number = model.numbers.get(other.number_id);
            let label = number
                .map(|number| clean_line(&number.label, 24))
                .unwrap_or_default();
            let place = model.numbers.ordinal(other.number_id).unwrap_or_default();
            let y = self.y;
            self.line(2, &format!("#{place} {label}"), self.desk.ink(Slot::Text));
            if y < self.area.bottom() {
                self.pen.hit(
                    Rect {
                        y,
                        height: 1,
                        ..self.area
                    },
                    Target::Chat(other.id),
                );
            }
        }
    }
}
