//! What a transaction changed, read back and put before whoever follows, in its order.

use std::sync::Arc;

use common::id::OrgId;
use common::time::Stamp;
use rusqlite::Connection;

use crate::hub::{Hub, Line};
use crate::store::apply::batch::Key;
use crate::store::ask::events;
use crate::store::error::StoreError;

/// Tells of events. The connection is the writer's own: it has just written what they are about,
/// so nothing is read from the disk, and no other thread needs to wake up for it.
pub(crate) fn tell(conn: &Connection, hub: &Hub, now: Stamp, keys: &[Key]) {
    let Some(last) = keys.last() else { return };
    if hub.is_followed() {
        match lines(conn, now, keys) {
            Ok(lines) => hub.publish(lines),
            Err(error) => tracing::error!(%error, "events could not be read"),
        }
    }
    hub.passed(last.seq);
}

fn lines(conn: &Connection, now: Stamp, keys: &[Key]) -> Result<Vec<Arc<Line>>, StoreError> {
    let mut lines = Vec::with_capacity(keys.len());
    conn.execute_batch("BEGIN")?;
    let read = keys.iter().try_for_each(|key| {
        if let Some(change) = events::change(conn, key, now)? {
            lines.push(Arc::new(Line::new(key.seq, key.org.map(OrgId), &change)));
        }
        Ok(())
    });
    conn.execute_batch("COMMIT")?;
    read.map(|()| lines)
}
