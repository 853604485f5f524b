//! How long something may take before it is said that one waits for it, and before that moves.

use std::time::Duration;

/// How long a still mark for "loading" keeps away.
pub const PATIENCE: Duration = Duration::from_millis(150);
/// After how long it moves, where that is wanted.
pub const MOVES_AFTER: Duration = Duration::from_secs(1);
/// How long one step of it is, in milliseconds.
pub const MOVE: i64 = 250;
