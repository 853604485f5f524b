//! The daemon and the way to it: what the bar shows and what sending hangs on.

use std::time::Duration;

use common::api::event::Notice;
use common::api::problem::Problem;
use common::api::status::DaemonStatus;
use common::id::Seq;
use common::model::org::Me;
use common::time::Stamp;

/// How the way to the daemon is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// The first connection is being made.
    Connecting {
        /// Since when.
        since: Stamp,
    },
    /// Connected, and up to date.
    Up,
    /// Gone; reading goes on.
    Lost {
        /// Since when.
        since: Stamp,
        /// When it is tried again; `None` while it is being tried.
        retry_at: Option<Stamp>,
        /// What the last attempt said.
        problem: Problem,
    },
}

/// What is known of the daemon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daemon {
    /// The way to it.
    pub link: Link,
    /// Who I am there.
    pub me: Option<Me>,
    /// How it was when last asked.
    pub status: Option<DaemonStatus>,
    /// When the last genuine webhook came, as far as events tell.
    pub last_webhook: Option<Stamp>,
    /// The newest event that was folded.
    pub seq: Seq,
    /// What a person should know now, newest last.
    pub notices: Vec<Notice>,
}

impl Daemon {
    /// Not connected yet.
    pub const fn new(now: Stamp) -> Self {
        Self {
            link: Link::Connecting { since: now },
            me: None,
            status: None,
            last_webhook: None,
            seq: Seq(0),
            notices: Vec::new(),
        }
    }

    /// Whether a request has a chance now.
    pub const fn is_up(&self) -> bool {
        matches!(self.link, Link::Up)
    }

    /// How far it says that its machine's clock is ahead of Meta's.
    pub fn ahead(&self) -> Duration {
        let mut notices = self.notices.iter();
        let wrong = notices.find(|notice| notice.code == "clock_wrong");
        let ahead = wrong.and_then(|notice| notice.detail.as_ref()?.get("ahead_s")?.as_u64());
        Duration::from_secs(ahead.unwrap_or(0))
    }

    /// The name that what I send bears.
    pub fn operator(&self) -> Option<&str> {
        self.me.as_ref().map(|me| me.operator.as_str())
    }
}
