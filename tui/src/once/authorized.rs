//! Writes the lines of `authorized_keys` by which a shared account lets operators in: whole or not at all.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use common::api::operators::WayIn;
use common::ssh::{PublicKey, line, with, without};

use super::Desk;
use crate::reach::SYSTEM_SOCKET;
use crate::shared::SECRET;

/// No such file is larger.
const MOST: u64 = 4 * 1024 * 1024;

/// Writes the line of a key. Where that cannot be, the line and why.
pub(super) fn let_in(
    desk: &Desk,
    way: &WayIn,
    key: &str,
    name: &str,
) -> Result<(), (String, String)> {
    let key = PublicKey::parse(key).map_err(|why| (String::new(), why.to_string()))?;
    let program = std::env::current_exe()
        .ok()
        .and_then(|path| path.to_str().map(str::to_owned));
    let program = program.filter(|_| desk.here);
    let program = program.unwrap_or_else(|| "/usr/bin/recado".to_owned());
    let socket = desk.client.address();
    let mut variables = vec![(SECRET, way.secret.expose())];
    if desk.here && socket != SYSTEM_SOCKET {
        variables.push(("RECADO_SOCKET", socket.as_str()));
    }
    let line = line(&key, &program, &variables, name);
    changed(desk, Path::new(&way.authorized_keys), |text| {
        with(text, &key, &line)
    })
    .map_err(|why| (line.clone(), why.to_string()))
}

/// Takes the line of a key away.
pub(super) fn shut_out(desk: &Desk, file: &str, key: &str) -> Result<(), String> {
    let body = key.split(' ').nth(1).unwrap_or(key);
    changed(desk, Path::new(file), |text| without(text, body)).map_err(|why| why.to_string())
}

/// Changes the file in one step. The folder is opened once and not found by its name again: whoever
/// has the account cannot lead root elsewhere meanwhile.
fn changed(desk: &Desk, file: &Path, change: impl FnOnce(&str) -> String) -> io::Result<()> {
    if !desk.here {
        return Err(io::Error::other("it is on another machine"));
    }
    let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let home = folder.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let owner = fs::metadata(home)?;
    if fs::symlink_metadata(folder).is_err() {
        fs::DirBuilder::new().mode(0o700).create(folder)?;
        fchown(File::open(folder)?, Some(owner.uid()), Some(owner.gid()))?;
    }
    let held = File::open(folder)?;
    let (named, opened) = (fs::symlink_metadata(folder)?, held.metadata()?);
    if !named.is_dir() || (named.dev(), named.ino()) != (opened.dev(), opened.ino()) {
        return Err(io::Error::other("its folder is a link"));
    }
    let inside = PathBuf::from(format!("/proc/self/fd/{}", held.as_raw_fd()));
    let there = inside.join("authorized_keys");
    let text = read(&there)?;
    let new = change(&text);
    if new == text {
        return Ok(());
    }
    let beside = inside.join("authorized_keys.recado");
    match fs::remove_file(&beside) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    let mut out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)?;
    let written = out
        .write_all(new.as_bytes())
        .and_then(|()| out.set_permissions(Permissions::from_mode(0o600)))
        .and_then(|()| fchown(&out, Some(owner.uid()), Some(owner.gid())))
        .and_then(|()| out.sync_all())
        .and_then(|()| fs::rename(&beside, &there));
    if written.is_err() {
        // What is left of it is taken away at the next attempt.
        let _left = fs::remove_file(&beside);
    }
    written?;
    held.sync_all()
}

fn read(path: &Path) -> io::Result<String> {
    match fs::symlink_metadata(path) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(why) => return Err(why),
        Ok(there) if !there.is_file() => return Err(io::Error::other("it is no plain file")),
        Ok(_) => {}
    }
    let mut text = String::new();
    File::open(path)?.take(MOST).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::{Lang, Speech};
    use common::client::Client;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHkV5YYFS54Kra66DWfjV28882MTCkRLyF5NTyxFX9Sp a";

    fn desk() -> Desk {
        Desk {
            client: Client::unix("/run/recado/recado.sock"),
            speech: Speech::of(Lang::En),
            here: true,
        }
    }

    fn way(home: &Path) -> WayIn {
        WayIn {
            account: "desk".to_owned(),
            authorized_keys: home.join(".ssh/authorized_keys").display().to_string(),
            secret: common::api::numbers::SecretText::new("rok_1"),
        }
    }

    #[test]
    fn the_line_comes_and_goes_and_other_lines_stay() {
        let home = tempfile::tempdir().unwrap();
        let way = way(home.path());
        let file = Path::new(&way.authorized_keys);
        let_in(&desk(), &way, KEY, "ana").unwrap();
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let ours = fs::read_to_string(file).unwrap();
        assert!(
            ours.starts_with("restrict,pty,command=\"RECADO_OPERATOR_KEY=rok_1 exec "),
            "{ours}"
        );
        fs::write(file, format!("ssh-rsa AAAAother other\n{ours}")).unwrap();
        shut_out(&desk(), &way.authorized_keys, KEY).unwrap();
        assert_eq!(
            fs::read_to_string(file).unwrap(),
            "ssh-rsa AAAAother other\n"
        );
        assert_eq!(fs::read_dir(home.path().join(".ssh")).unwrap().count(), 1);
    }

    #[test]
    fn nobody_leads_it_elsewhere() {
        let (home, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), home.path().join(".ssh")).unwrap();
        let (line, why) = let_in(&desk(), &way(home.path()), KEY, "ana").unwrap_err();
        assert!(why.contains("link") && line.contains("rok_1"), "{why}");
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
