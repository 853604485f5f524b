//! Short notices that leave by themselves, kept as keys of the catalogue and not as words.

use std::fmt::Write;
use std::time::Duration;

use common::api::event::Severity;
use common::time::Stamp;

/// A sentence by its key in the catalogue, with what is put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The key.
    pub word: &'static str,
    /// Its arguments.
    pub with: Vec<(&'static str, String)>,
}

impl Say {
    /// A sentence without arguments.
    pub const fn new(word: &'static str) -> Self {
        Self {
            word,
            with: Vec::new(),
        }
    }

    /// The same with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _always = write!(text, "{value}");
        self.with.push((name, text));
        self
    }
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub say: Say,
    /// How loud.
    pub severity: Severity,
    /// When it leaves.
    pub until: Stamp,
}

/// The notices on the screen, oldest first; never more than three.
#[derive(Debug, Default)]
pub struct Toasts(Vec<Toast>);

const MOST: usize = 3;

impl Toasts {
    /// Shows one; the same sentence again only stays longer.
    pub fn show(&mut self, now: Stamp, severity: Severity, say: Say) {
        let time = match severity {
            Severity::Info => Duration::from_secs(4),
            Severity::Warning => Duration::from_secs(7),
            Severity::Error => Duration::from_secs(12),
        };
        self.0.retain(|toast| toast.say != say);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(Toast {
            say,
            severity,
            until: now.plus(time),
        });
    }

    /// Shows what can be taken back until then.
    pub(crate) fn offer(&mut self, until: Stamp, say: Say) {
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(Toast {
            say,
            severity: Severity::Info,
            until,
        });
    }

    /// Takes away what has had its time; true if something left.
    pub fn expire(&mut self, now: Stamp) -> bool {
        let before = self.0.len();
        self.0.retain(|toast| toast.until > now);
        self.0.len() != before
    }

    /// Takes all away; true if there were any.
    pub fn clear(&mut self) -> bool {
        !std::mem::take(&mut self.0).is_empty()
    }

    /// Takes those away whose sentence holds no longer; true if there were any.
    pub(crate) fn withdraw(&mut self, gone: impl Fn(&Say) -> bool) -> bool {
        let before = self.0.len();
        self.0.retain(|toast| !gone(&toast.say));
        self.0.len() != before
    }

    /// When the next one leaves.
    pub fn next(&self) -> Option<Stamp> {
        self.0.iter().map(|toast| toast.until).min()
    }

    /// Those on the screen, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Toast> {
        self.0.iter()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Say, Toasts};
    use common::api::event::Severity;
    use common::time::Stamp;

    #[test]
    fn they_leave_by_themselves_and_never_crowd() {
        let now = Stamp::from_seconds(100);
        let mut toasts = Toasts::default();
        for n in 0..5 {
            toasts.show(now, Severity::Info, Say::new("toast-copied").with("n", n));
        }
        assert_eq!(toasts.iter().count(), 3);
        toasts.show(now, Severity::Info, Say::new("toast-copied").with("n", 4));
        assert_eq!(toasts.iter().count(), 3);
        assert!(!toasts.expire(Stamp::from_seconds(103)));
        assert!(toasts.expire(Stamp::from_seconds(104)));
        assert!(toasts.is_empty());
    }
}
