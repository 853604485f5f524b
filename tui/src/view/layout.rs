//! Which panes fit, and where, at every size: the only place that divides the screen.

use ratatui::layout::Rect;

use crate::hit::Pane;
use crate::model::{Model, Room};

/// Rows from which there is a hint line.
const HINTED: u16 = 20;
/// Rows from which there are frames.
const FRAMED: u16 = 14;
/// Rows from which the panes have hints of their own.
const TALL: u16 = 30;

/// Where the panes lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// How many panes fit.
    pub(crate) room: Room,
    /// Hairlines between the panes.
    pub(crate) frames: bool,
    /// The number strip; on a narrow screen the head of the conversation.
    pub(crate) bar: Rect,
    /// The row of the hairline below it.
    pub(crate) rule: Option<u16>,
    /// The chat list.
    pub(crate) list: Option<Rect>,
    /// The conversation and its box.
    pub(crate) talk: Option<Rect>,
    /// The customer panel.
    pub(crate) panel: Option<Rect>,
    /// The row of the hairline above the hints.
    pub(crate) foot: Option<u16>,
    /// The hint line.
    pub(crate) hints: Option<Rect>,
    /// The panes are tall enough for hints of their own.
    pub(crate) tall: bool,
}

impl Plan {
    /// The plan of a screen of this size.
    pub(crate) fn of(model: &Model, area: Rect) -> Self {
        let room = Room::of((area.width, area.height));
        let frames = area.height >= FRAMED;
        let hinted = area.height >= HINTED;
        let bar = Rect {
            height: area.height.min(1),
            ..area
        };
        let top = area.y + 1 + u16::from(frames);
        let under = 2 * u16::from(hinted);
        let bottom = area.bottom().saturating_sub(under).max(top);
        let body = Rect {
            y: top,
            height: bottom - top,
            ..area
        };
        let mut plan = Self {
            room,
            frames,
            bar,
            rule: frames.then_some(area.y + 1),
            list: None,
            talk: None,
            panel: None,
            foot: hinted.then_some(bottom),
            hints: hinted.then_some(Rect {
                y: bottom + 1,
                height: 1,
                ..area
            }),
            tall: area.height >= TALL,
        };
        plan.divide(model, body);
        plan
    }

    fn divide(&mut self, model: &Model, body: Rect) {
        let layout = &model.settings.layout;
        match self.room {
            Room::Line => {}
            Room::One => match model.focus.pane {
                Pane::List => self.list = Some(body),
                Pane::Panel if model.panel_shown() => self.panel = Some(body),
                _ => self.talk = Some(body),
            },
            Room::Two => {
                let wide = model
                    .list_width
                    .unwrap_or(layout.list_width_narrow)
                    .clamp(20, 40);
                if model.panel_shown() {
                    let (side, rest) = split(body, wide.max(28));
                    (self.panel, self.talk) = (Some(side), Some(rest));
                } else if model.list_shown() {
                    let (side, rest) = split(body, wide);
                    (self.list, self.talk) = (Some(side), Some(rest));
                } else {
                    self.talk = Some(body);
                }
            }
            Room::Three => {
                let mut rest = body;
                if model.panel_shown() && model.open_id().is_some() {
                    let wide = layout.panel_width.clamp(24, 50);
                    let at = rest.right().saturating_sub(wide);
                    self.panel = Some(Rect {
                        x: at,
                        width: wide,
                        ..rest
                    });
                    rest.width = rest.width.saturating_sub(wide + 1);
                }
                if model.list_shown() {
                    let wide = model.list_width.unwrap_or(layout.list_width).clamp(20, 60);
                    let (side, talk) = split(rest, wide);
                    self.list = Some(side);
                    rest = talk;
                }
                self.talk = Some(rest);
            }
        }
    }

    /// The columns of the hairlines between panes.
    pub(crate) fn seams(&self) -> impl Iterator<Item = u16> {
        let talk = self.talk;
        let left = talk
            .filter(|t| self.room != Room::One && t.x > self.bar.x)
            .map(|t| t.x - 1);
        let right = talk
            .filter(|t| self.room != Room::One && t.right() < self.bar.right())
            .map(Rect::right);
        left.into_iter().chain(right)
    }

    /// The rows between the first hairline and the last.
    pub(crate) fn body(&self) -> (u16, u16) {
        let area = self.talk.or(self.list).or(self.panel).unwrap_or(self.bar);
        (area.y, area.bottom())
    }
}

fn split(body: Rect, wide: u16) -> (Rect, Rect) {
    let side = Rect {
        width: wide.min(body.width),
        ..body
    };
    let x = side.right() + 1;
    let rest = Rect {
        x,
        width: body.right().saturating_sub(x),
        ..body
    };
    (side, rest)
}

/// How the conversation's pane is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TalkPlan {
    /// Name, number and way; none on a narrow screen, where the bar's row has it.
    pub(crate) head: Option<Rect>,
    /// The row of the hairline below it.
    pub(crate) rule: Option<u16>,
    /// The messages.
    pub(crate) body: Rect,
    /// The row that names the box.
    pub(crate) title: u16,
    /// The box.
    pub(crate) write: Rect,
    /// The box's own hints.
    pub(crate) tips: Option<Rect>,
}

impl TalkPlan {
    /// The plan of a conversation whose box wants `wanted` rows.
    pub(crate) fn of(plan: &Plan, area: Rect, wanted: u16) -> Self {
        let headed = u16::from(plan.room != Room::One);
        let ruled = headed * u16::from(plan.frames);
        let tips = 2 * u16::from(plan.tall && plan.room == Room::Three);
        let least = if area.height >= 18 { 2 } else { 1 };
        let most = (area.height.saturating_sub(headed + ruled + tips + 1) / 2).max(1);
        let rows = wanted.max(least).min(most);
        let bottom = area.bottom().saturating_sub(tips);
        let write = Rect {
            y: bottom.saturating_sub(rows),
            height: rows,
            ..area
        };
        let title = write.y.saturating_sub(1);
        let top = area.y + headed + ruled;
        Self {
            head: (headed > 0).then_some(Rect { height: 1, ..area }),
            rule: (ruled > 0).then_some(area.y + 1),
            body: Rect {
                y: top,
                height: title.saturating_sub(top),
                ..area
            },
            title,
            write,
            tips: (tips > 0).then_some(Rect {
                y: bottom + 1,
                height: 1,
                ..area
            }),
        }
    }
}

/// A box in the middle of an area, as large as it may be and as wanted.
pub(crate) fn middle(area: Rect, wanted: (u16, u16)) -> Rect {
    let width = wanted.0.min(area.width);
    let height = wanted.1.min(area.height);
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 3,
        width,
        height,
    }
}
