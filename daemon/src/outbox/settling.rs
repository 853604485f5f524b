//! Messages whose claim or postponement is being written, so that nobody decides about them twice.

use std::collections::HashSet;

use common::id::MessageId;

/// What is being written, and what is written but may still look due to whoever looked before.
#[derive(Debug, Default)]
pub(crate) struct Settling {
    messages: HashSet<MessageId>,
    written: Vec<MessageId>,
}

impl Settling {
    /// Something was decided about a message and is being written.
    pub(crate) fn begin(&mut self, message: MessageId) {
        let _new = self.messages.insert(message);
    }

    /// Whether the database may be behind about a message.
    pub(crate) fn contains(&self, message: MessageId) -> bool {
        self.messages.contains(&message)
    }

    /// These are written, or will not be. A look that began before does not know it yet.
    pub(crate) fn written(&mut self, messages: impl IntoIterator<Item = MessageId>) {
        self.written.extend(messages);
    }

    /// A new look begins: it sees all that is written.
    pub(crate) fn forget_written(&mut self) {
        for message in self.written.drain(..) {
            let _was_there = self.messages.remove(&message);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{MessageId, Settling};

    #[test]
    fn what_is_written_stays_known_until_the_next_look_begins() {
        let message = MessageId(Uuid::from_u128(1));
        let mut settling = Settling::default();
        settling.begin(message);
        settling.forget_written();
        assert!(settling.contains(message), "still being written");
        settling.written([message]);
        assert!(settling.contains(message), "a look under way saw it due");
        settling.forget_written();
        assert!(!settling.contains(message));
    }
}
