//! The mouse at the terminal: cells become what lies there.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::hit::Spot;
use crate::msg::What;
use crate::run::App;

/// Rows that a notch of the wheel moves.
const NOTCH: i32 = 3;

/// What the mouse is at between two events.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Where its button was pressed.
    from: Option<Spot>,
    /// Whether it moved since.
    moved: bool,
}

impl App {
    pub(super) fn mouse(&mut self, mouse: MouseEvent) {
        let (x, y) = (mouse.column, mouse.row);
        let pane = self.hits.pane_at(x, y);
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let spot = self.hits.spot(x, y);
                self.held = Held {
                    from: Some(spot.clone()),
                    moved: false,
                };
                let Spot { target, pane, .. } = spot;
                self.handle(What::Click { target, pane });
            }
            MouseEventKind::Down(MouseButton::Right) => {
                let spot = self.hits.spot(x, y);
                self.handle(What::Menu(spot));
            }
            MouseEventKind::Drag(MouseButton::Left) => {
                if let Some(from) = self.held.from.clone() {
                    self.held.moved = true;
                    let to = self.hits.spot(x, y);
                    self.handle(What::Drag { from, to });
                }
            }
            MouseEventKind::Up(MouseButton::Left) => {
                let held = std::mem::take(&mut self.held);
                if let Some(from) = held.from.filter(|_| held.moved) {
                    let words = self.hits.words(from.cell, (x, y));
                    self.handle(What::Drop(words));
                }
            }
            MouseEventKind::ScrollDown => self.handle(What::Wheel { pane, rows: NOTCH }),
            MouseEventKind::ScrollUp => self.handle(What::Wheel { pane, rows: -NOTCH }),
            _ => {}
        }
    }
}
