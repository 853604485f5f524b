//! Tells followers how far a file has come: a few times a second, and nothing at all of quick ones.

use std::time::Duration;

use common::api::event::MediaProgress;
use common::id::{MediaId, MessageId, OrgId};
use common::model::media::Progress as Moved;
use tokio::time::Instant;

use crate::hub::Hub;

/// How often it tells.
const OFTEN: Duration = Duration::from_millis(300);

/// How far one file has come.
#[derive(Debug)]
pub struct Progress {
    hub: Hub,
    org: Option<OrgId>,
    media: MediaId,
    message: Option<MessageId>,
    total: Option<u64>,
    told: Instant,
}

impl Progress {
    /// Of this file, for whoever may see this organisation.
    pub fn new(hub: &Hub, org: OrgId, media: MediaId, message: Option<MessageId>) -> Self {
        Self {
            hub: hub.clone(),
            org: Some(org),
            media,
            message,
            total: None,
            told: Instant::now(),
        }
    }

    /// Of so many bytes.
    #[must_use]
    pub fn of(mut self, total: Option<u64>) -> Self {
        self.total = total;
        self
    }

    /// So many bytes are through.
    pub fn moved(&mut self, done: u64) {
        let total = self.total;
        self.hub.move_to(self.media, Some(Moved { done, total }));
        if self.told.elapsed() < OFTEN {
            return;
        }
        self.told = Instant::now();
        self.hub.progress(
            self.org,
            MediaProgress {
                media_id: self.media,
                message_id: self.message,
                done,
                total: self.total,
                revision: 0,
            },
        );
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.hub.move_to(self.media, None);
    }
}
