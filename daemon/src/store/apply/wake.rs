//! Who is to look when a transaction is through: outbox, files, templates, chats put off.

use crate::store::apply::batch::Batch;

impl Batch<'_> {
    /// Says that the outbox has something to do.
    pub(crate) const fn wake_outbox(&mut self) {
        self.outbox = true;
    }

    /// Says that there is a file to be fetched.
    pub(crate) const fn wake_media(&mut self) {
        self.media = true;
    }

    /// Says that a chat was put off.
    pub(crate) const fn wake_alarm(&mut self) {
        self.snoozes = true;
    }

    /// Says that Meta is to be asked about templates.
    pub(crate) const fn wake_templates(&mut self) {
        self.templates = true;
    }
}
