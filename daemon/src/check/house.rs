//! What is judged of this machine: its clock, its disk, its database.

use std::path::Path;

use common::model::check::{Check, Hop, Verdict};
use common::time::Stamp;

/// Seconds that two clocks may differ without anybody noticing.
const NEAR: i64 = 30;
/// From here windows, tokens and certificates are judged wrongly.
const FAR: i64 = 120;
const MIB: i64 = 1024 * 1024;
/// Below this a day of files may fill it.
const LITTLE: i64 = 1024 * MIB;
/// Below this the database stops soon.
const NONE: i64 = 100 * MIB;

/// How far this clock is from Meta's, by the date on its answers.
pub(super) fn clock(date: Result<&str, String>, now: Stamp) -> Check {
    let there = match date.map(jiff::fmt::rfc2822::parse) {
        Ok(Ok(date)) => Stamp::from(date.timestamp()),
        Ok(Err(why)) => return unknown(Hop::Clock, why.to_string()),
        Err(why) => return unknown(Hop::Clock, why),
    };
    let off = now.seconds() - there.seconds();
    let check = match off.abs() {
        0..NEAR => Check::ok(Hop::Clock),
        NEAR..FAR => Check::warning(Hop::Clock, "off").run("timedatectl"),
        _ => Check::failed(Hop::Clock, "off").run("sudo timedatectl set-ntp true"),
    };
    check
        .with("seconds", off.abs())
        .with("way", if off < 0 { "behind" } else { "ahead" })
}

/// Room beside the database and the files.
pub(super) fn disk(folder: &Path, room: Result<(u64, u64), String>) -> Check {
    let (free, total) = match room {
        Ok(room) => room,
        Err(why) => return unknown(Hop::Disk, why),
    };
    let free = i64::try_from(free).unwrap_or(i64::MAX);
    let total = i64::try_from(total).unwrap_or(i64::MAX).max(1);
    let folder = folder.display().to_string();
    let look = format!("sudo du -xh --max-depth=2 {folder} | sort -h | tail");
    let check = match free {
        ..NONE => Check::failed(Hop::Disk, "full").run(look),
        NONE..LITTLE => Check::warning(Hop::Disk, "little").run(look),
        LITTLE.. => Check::ok(Hop::Disk),
    };
    let percent = i64::try_from(i128::from(free) * 100 / i128::from(total)).unwrap_or_default();
    check
        .with("mib", free / MIB)
        .with("percent", percent)
        .with("folder", folder)
}

/// Whether the database is whole and can be written. `found` is nothing where it is too large to
/// read through while people work.
pub(super) fn database(
    writable: bool,
    bytes: u64,
    found: &Result<Option<String>, String>,
) -> Check {
    let mib = i64::try_from(bytes).unwrap_or(i64::MAX) / MIB;
    let check = match found {
        _ if !writable => {
            Check::failed(Hop::Database, "not_writable").run("journalctl -u recadod -n 50")
        }
        Err(why) => Check::failed(Hop::Database, "unreadable").with("why", why.as_str()),
        Ok(None) => Check::new(Hop::Database, Verdict::Ok, "large"),
        Ok(Some(words)) if words == "ok" => Check::ok(Hop::Database),
        Ok(Some(words)) => Check::failed(Hop::Database, "broken").with("why", words.as_str()),
    };
    check.with("mib", mib)
}

fn unknown(hop: Hop, why: String) -> Check {
    Check::new(hop, Verdict::Skipped, "unknown").with("why", why)
}

#[cfg(test)]
mod tests {
    use super::{clock, database, disk};
    use common::model::check::Verdict::{Failed, Ok as Good, Skipped, Warning};
    use common::time::Stamp;
    use std::path::Path;

    #[test]
    fn a_clock_is_right_off_or_far_off() {
        let date = "Sat, 28 Nov 2026 12:00:00 GMT";
        let noon = 1_795_867_200;
        let verdict = |seconds| clock(Ok(date), Stamp::from_seconds(seconds)).verdict;
        assert_eq!(verdict(noon + 2), Good);
        assert_eq!(verdict(noon - 60), Warning);
        let far = clock(Ok(date), Stamp::from_seconds(noon - 7_200));
        assert_eq!(
            (far.verdict, &far.facts["seconds"]),
            (Failed, &7_200.into())
        );
        assert_eq!(
            clock(Err("x".to_owned()), Stamp::from_seconds(noon)).verdict,
            Skipped
        );
    }

    #[test]
    fn a_disk_fills_and_a_database_breaks() {
        let at = |free| disk(Path::new("/var/lib/recado"), Ok((free, 1 << 40))).verdict;
        assert_eq!(
            [at(1 << 40), at(1 << 29), at(1 << 20)],
            [Good, Warning, Failed]
        );
        let found = |words: &str| database(true, 1, &Ok(Some(words.to_owned()))).verdict;
        assert_eq!([found("ok"), found("row 5 missing")], [Good, Failed]);
        assert_eq!(database(false, 1, &Ok(None)).verdict, Failed);
        assert_eq!(database(true, 1, &Ok(None)).verdict, Good);
    }
}
