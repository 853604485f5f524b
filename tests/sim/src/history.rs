//! Past messages of a number that also lives in the WhatsApp Business app.

use serde_json::{Value, json};

use crate::customer::Customer;
use crate::inbound::Inbound;

/// One part of the past, as it arrives in one webhook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    pub(crate) phase: u8,
    pub(crate) chunk: u32,
    pub(crate) progress: u8,
    pub(crate) threads: Vec<Thread>,
}

/// One chat of the past.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    pub(crate) customer: Customer,
    pub(crate) messages: Vec<Past>,
}

/// One past message.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub(crate) ours: bool,
    pub(crate) message: Inbound,
    pub(crate) status: String,
}

impl History {
    /// Phase 0 (the last day), 1 (90 days) or 2 (180 days), with the place of this chunk and the
    /// progress in percent.
    pub fn new(phase: u8, chunk: u32, progress: u8) -> Self {
        Self {
            phase,
            chunk,
            progress,
            threads: Vec::new(),
        }
    }

    /// One more chat.
    #[must_use]
    pub fn thread(mut self, customer: Customer, messages: impl IntoIterator<Item = Past>) -> Self {
        self.threads.push(Thread {
            customer,
            messages: messages.into_iter().collect(),
        });
        self
    }

    /// `metadata` of the chunk.
    pub(crate) fn metadata(&self) -> Value {
        json!({ "phase": self.phase, "chunk_order": self.chunk, "progress": self.progress })
    }
}

impl Past {
    /// What the customer wrote; give it a time with [`Inbound::at`].
    pub fn theirs(message: impl Into<Inbound>) -> Self {
        Self {
            ours: false,
            message: message.into(),
            status: "READ".to_owned(),
        }
    }

    /// What the business wrote.
    pub fn ours(message: impl Into<Inbound>) -> Self {
        Self {
            ours: true,
            message: message.into(),
            status: "DELIVERED".to_owned(),
        }
    }

    /// How far it got: `DELIVERED`, `ERROR`, `PENDING`, `PLAYED`, `READ` or `SENT`.
    #[must_use]
    pub fn status(mut self, status: impl Into<String>) -> Self {
        self.status = status.into();
        self
    }
}
