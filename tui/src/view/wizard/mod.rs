//! The connect wizard: six steps at the left, what is asked and what Meta said at the right.

mod words;

use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use self::words::{choice_words, code_lines, pin_lines, problem, ticks, token_line, webhook_lines};
use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::wizard::{Choose, Page, STEPS, Wizard};
use crate::part::field::Field;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::canvas::{Desk, Pen, cells};

/// Cells of the steps at the left.
const STEPS_WIDE: u16 = 16;
/// Narrower than this the steps make room.
const NARROW: u16 = 70;

/// From so many rows on there is room for everything.
const ROOMY: u16 = 18;

/// Draws the wizard over everything.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, wizard: &Wizard) {
    pen.clear(area);
    pen.hit(area, Target::Pane(Pane::Overlay));
    head(desk, pen, area, wizard);
    let foot = area.bottom().saturating_sub(1);
    let plain = desk.model.settings.ui.plain;
    let steps = if plain || area.width < NARROW {
        0
    } else {
        STEPS_WIDE
    };
    if !plain {
        let right = area.right().saturating_sub(1);
        pen.across(desk, area.y + 1, area.x, right);
        pen.across(desk, foot.saturating_sub(1), area.x, right);
        if steps > 0 {
            let x = area.x + steps;
            pen.down(desk, x, area.y + 2, foot.saturating_sub(2));
            pen.meet_below(desk, x, area.y + 1);
            pen.meet_above(desk, x, foot.saturating_sub(1));
            for (nth, word) in STEPS.iter().enumerate() {
                let y = area.y + 3 + cells(nth) * 2;
                if y + 1 < foot {
                    step(
                        desk,
                        pen,
                        Rect {
                            y,
                            width: steps,
                            height: 1,
                            ..area
                        },
                        (nth, word, wizard),
                    );
                }
            }
        }
    }
    let hints = Rect {
        y: foot,
        height: 1,
        ..area
    };
    bar::row(desk, pen, hints, (Context::Overlay, actions(wizard)));
    let left = if steps > 0 { steps + 3 } else { 1 };
    let body = Rect {
        x: area.x + left,
        y: area.y + 3,
        width: area.width.saturating_sub(left + 2),
        height: area.height.saturating_sub(5),
    };
    pen.cursor = Some((body.x, body.y).into());
    let mut sheet = Sheet {
        desk,
        pen,
        body,
        y: body.y,
    };
    page(&mut sheet, wizard);
}

const fn actions(wizard: &Wizard) -> &'static [Action] {
    match wizard.page {
        Page::Code | Page::Token | Page::New => &[Action::Accept, Action::NextPane, Action::Back],
        Page::Numbers | Page::Method | Page::Webhook => {
            &[Action::Accept, Action::Down, Action::Up, Action::Back]
        }
        Page::Done | Page::Ticks => &[Action::Back],
        _ => &[Action::Accept, Action::Back],
    }
}

fn head(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, wizard: &Wizard) {
    let title = desk.say("wizard-title");
    let used = pen.text(
        (area.x + 1, area.y),
        area.width,
        &title,
        desk.ink(Slot::Accent),
    );
    let at = (wizard.page.step() + 1).to_string();
    let name = STEPS
        .get(wizard.page.step())
        .map(|word| desk.say(word))
        .unwrap_or_default();
    let args = [("n", Arg::from(&at)), ("name", Arg::from(name.as_ref()))];
    let words = desk.say_with("wizard-step", &args);
    let span = (area.x + used + 2, area.right().saturating_sub(1));
    pen.right(span, area.y, &words, desk.ink(Slot::Dim));
}

fn step(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    row: Rect,
    (nth, word, wizard): (usize, &'static str, &Wizard),
) {
    let now = wizard.page.step();
    let (mark, slot) = match nth.cmp(&now) {
        std::cmp::Ordering::Less => (desk.glyphs.done(), Slot::Good),
        std::cmp::Ordering::Equal => (desk.glyphs.cursor(), Slot::Accent),
        std::cmp::Ordering::Greater => (" ", Slot::Dim),
    };
    pen.text((row.x + 2, row.y), 2, mark, desk.ink(slot));
    pen.text(
        (row.x + 4, row.y),
        row.width.saturating_sub(5),
        &desk.say(word),
        desk.ink(slot),
    );
}

/// The right side, filled from above.
struct Sheet<'a, 'd, 'p> {
    desk: &'a Desk<'d>,
    pen: &'a mut Pen<'p>,
    body: Rect,
    y: u16,
}

impl Sheet<'_, '_, '_> {
    fn tell(&mut self, words: &str, slot: Slot) {
        let span = Span::styled(words.to_owned(), self.desk.ink(slot));
        for line in wrap::wrap(&[span], usize::from(self.body.width)) {
            if self.y < self.body.bottom() {
                self.pen.line((self.body.x, self.y), self.body.width, &line);
            }
            self.y = self.y.saturating_add(1);
        }
    }

    fn say(&mut self, key: &'static str, slot: Slot) {
        let words = self.desk.speech.say(key).into_owned();
        self.tell(&words, slot);
    }

    fn gap(&mut self) {
        self.y = self.y.saturating_add(1);
    }

    fn inputs(&mut self, wizard: &Wizard) {
        for (nth, input) in wizard.inputs.iter().enumerate() {
            if self.y + 1 >= self.body.bottom() {
                return;
            }
            let here = nth == wizard.at;
            let slot = if here { Slot::Accent } else { Slot::Dim };
            self.say(input.word, slot);
            let row = Rect {
                x: self.body.x + 2,
                y: self.y,
                width: self.body.width.saturating_sub(2),
                height: 1,
            };
            let mark = if here { self.desk.glyphs.cursor() } else { " " };
            self.pen
                .text((self.body.x, self.y), 1, mark, self.desk.ink(Slot::Cursor));
            let shown = input.secret.then(|| hidden(&input.field));
            let style = self.desk.ink(Slot::Text);
            let cursor = self.pen.cursor;
            self.pen
                .field(row, shown.as_ref().unwrap_or(&input.field), style);
            if !here {
                self.pen.cursor = cursor;
            }
            self.pen.hit(row, Target::Row(nth));
            self.y = self
                .y
                .saturating_add(if self.body.height < ROOMY { 1 } else { 2 });
        }
    }

    fn choices(&mut self, wizard: &Wizard, choices: &[Choose]) {
        let fit = usize::from(self.body.bottom().saturating_sub(self.y)).max(1);
        let top = wizard.cursor.saturating_sub(fit.saturating_sub(1));
        for (nth, choice) in choices.iter().enumerate().skip(top).take(fit) {
            let here = nth == wizard.cursor;
            let words = choice_words(self.desk, wizard, choice);
            let row = Rect {
                y: self.y,
                height: 1,
                ..self.body
            };
            let mark = if here { self.desk.glyphs.cursor() } else { " " };
            self.pen
                .text((row.x, row.y), 1, mark, self.desk.ink(Slot::Cursor));
            let slot = if here { Slot::Text } else { Slot::Dim };
            self.pen.text(
                (row.x + 2, row.y),
                row.width.saturating_sub(2),
                &words,
                self.desk.ink(slot),
            );
            self.pen.hit(row, Target::Row(nth));
            self.y = self.y.saturating_add(1);
        }
    }

    /// Six boxes, as many filled as digits were typed.
    fn boxes(&mut self, wizard: &Wizard) {
        let digits: Vec<char> = wizard.digits().chars().collect();
        for nth in 0..6_u16 {
            let digit = digits.get(usize::from(nth)).copied();
            let here = usize::from(nth) == digits.len();
            let slot = if here { Slot::Accent } else { Slot::Text };
            let words = format!("[{}]", digit.unwrap_or(' '));
            let x = self.body.x + nth * 5;
            self.pen.text((x, self.y), 4, &words, self.desk.ink(slot));
            if here {
                self.pen.cursor = Some((x + 1, self.y).into());
            }
        }
        self.y = self.y.saturating_add(2);
    }
}

/// As many dots as letters.
fn hidden(field: &Field) -> Field {
    let mut shown = Field::single();
    shown.set(&"•".repeat(field.text().chars().count().min(40)));
    shown
}

fn page(sheet: &mut Sheet<'_, '_, '_>, wizard: &Wizard) {
    match wizard.page {
        // Where there is little room it is for the fields.
        // What is wrong stands in the place of the explanation: the fields need the room.
        Page::Token if wizard.problem.is_some() => problem(sheet, wizard),
        Page::Token if sheet.body.height < ROOMY => {}
        Page::Token => sheet.say("wizard-token-where", Slot::Text),
        Page::Numbers => {
            token_line(sheet, wizard);
            sheet.say("wizard-numbers", Slot::Text);
        }
        Page::New => sheet.say("wizard-new", Slot::Text),
        Page::Method => sheet.say("wizard-method", Slot::Text),
        Page::Code => code_lines(sheet, wizard),
        Page::Pin => sheet.say("wizard-pin-asked", Slot::Text),
        Page::PinMade => pin_lines(sheet, wizard),
        Page::Webhook => webhook_lines(sheet, wizard),
        Page::Phone => sheet.say("wizard-phone-asked", Slot::Text),
        Page::Ticks => ticks(sheet, wizard),
        Page::Done => {
            sheet.say("connect-done", Slot::Good);
            sheet.gap();
            sheet.say("wizard-done-more", Slot::Text);
        }
    }
    sheet.gap();
    if wizard.page == Page::Code {
        sheet.boxes(wizard);
    } else {
        sheet.inputs(wizard);
    }
    if wizard.page != Page::Token {
        problem(sheet, wizard);
    }
    let choices = wizard.choices();
    if !choices.is_empty() {
        sheet.choices(wizard, &choices);
    }
    if wizard.asked_at.is_some() {
        let words = sheet.desk.speech.say("wizard-waiting").into_owned();
        let words = sheet.desk.patience(wizard.asked_at, &words);
        sheet.gap();
        sheet.tell(&words, Slot::Dim);
    }
}
