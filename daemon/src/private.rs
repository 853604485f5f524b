//! A folder that is the daemon's alone.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

/// Makes it, and closes one that was there before to everybody else.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 && fs::set_permissions(path, Permissions::from_mode(0o700)).is_err() {
        tracing::warn!(path = %path.display(), "others can look into the data directory: chmod 700 it");
    }
    Ok(())
}
