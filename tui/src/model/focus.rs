//! Which pane has the keys, what lies over the panes, and the keys of an unfinished sequence.

use common::time::Stamp;
use crokey::KeyCombination;

use crate::action::Context;
use crate::hit::Pane;
use crate::model::overlay::Overlay;

/// Who hears a key.
#[derive(Debug, Default)]
pub struct Focus {
    /// The pane that has the keys when nothing lies over it.
    pub pane: Pane,
    /// What lies over the panes, the uppermost last.
    pub overlays: Vec<Overlay>,
    /// The chords of a sequence that is not finished, and when the first was pressed.
    pub pending: Vec<KeyCombination>,
    /// When the sequence began.
    pub pending_since: Option<Stamp>,
}

impl Focus {
    /// What lies uppermost.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlays.last()
    }

    /// Where a key pressed now means something.
    pub fn context(&self) -> Context {
        if self.overlays.is_empty() {
            match self.pane {
                Pane::List | Pane::Panel | Pane::Overlay => Context::List,
                Pane::Talk => Context::Talk,
                Pane::Compose => Context::Text,
            }
        } else {
            Context::Overlay
        }
    }

    /// Whether letters are text now.
    pub fn is_text(&self) -> bool {
        match self.overlays.last() {
            None => self.pane == Pane::Compose,
            Some(overlay) => overlay.has_field(),
        }
    }
}
