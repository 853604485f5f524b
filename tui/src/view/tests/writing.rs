//! Scenes of writing, choosing and beginning.

use common::id::NumberId;

use crate::action::Context;
use crate::hit::Pane;
use crate::model::compose::{Complete, Found};
use crate::model::overlay::{Forward, Help, NewChat, Overlay, Part, Pick, React, Search};
use crate::part::emoji;
use crate::part::field::Field;
use crate::view::tests::world::World;

impl World {
    pub(super) fn react(&mut self) {
        self.focus(Pane::Talk);
        let message = self.model.talk().unwrap().newest().unwrap();
        let mut pick = Pick::new(emoji::all());
        pick.list.set_cursor(1);
        self.over(Overlay::React(React {
            message,
            own: Some("👍".to_owned()),
            pick,
        }));
    }

    pub(super) fn newchat(&mut self) {
        let mut field = Field::single();
        field.set("+51 987 654 321");
        self.over(Overlay::NewChat(NewChat {
            field,
            number: NumberId(1),
            search: Search::Nobody,
        }));
    }

    pub(super) fn part(&mut self) {
        self.focus(Pane::Talk);
        let text = "Yes please. This is the drawing for Saturday, at ten o'clock if you can.";
        let mut part = Part::new(text).unwrap();
        (part.from, part.at) = (Some(3), 6);
        self.over(Overlay::Part(part));
    }

    pub(super) fn offer(&mut self) {
        self.focus(Pane::Compose);
        let open = self.model.talks.open.unwrap();
        let compose = self.model.composes.get_mut(&open).unwrap();
        compose.field.set("Gracias *por todo\ny más* :cora");
        compose.complete = Some(Complete {
            letters: 5,
            found: emoji::beginning("cora", 4)
                .into_iter()
                .map(Found::Emoji)
                .collect(),
            cursor: 0,
            moved: false,
        });
    }

    pub(super) fn forward(&mut self) {
        let entries = self.model.chats.iter();
        let entries = entries.map(|chat| (chat.id, chat.customer.display_name()));
        let pick = Pick::new(entries.collect());
        let text = "Is it still possible today?".to_owned();
        self.over(Overlay::Forward(Forward { pick, text }));
    }

    pub(super) fn chosen(&mut self) {
        self.focus(Pane::Talk);
        let talk = self.model.talks.open_mut().unwrap();
        talk.mark = talk.messages().iter().rev().nth(1).map(|m| m.id);
        talk.cursor = talk.newest();
    }

    pub(super) fn help_find(&mut self) {
        let mut find = Field::single();
        find.set("copy");
        self.over(Overlay::Help(Help {
            context: Context::Talk,
            top: 0,
            find: Some(find),
        }));
    }
}
