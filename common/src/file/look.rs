//! The whole of what a file tells, reading no more of it than needed: its head, a film's index, a recording's pages.

use std::io::{self, Read, Seek, SeekFrom};

use crate::file::facts::{Facts, Format};
use crate::file::movie::{self, header};
use crate::file::ogg::{PAGE_HEAD, Page, Walk, skipped};
use crate::file::sniff::{HEAD, sniff};

/// A film's index is no larger for what WhatsApp takes.
const INDEX: u64 = 2 * 1024 * 1024;
/// More boxes or pages than this are not looked at.
const MANY: usize = 200_000;

/// Looks at a file. Fails only where reading does; never reads it whole into memory.
pub fn look(file: &mut (impl Read + Seek)) -> io::Result<Facts> {
    let len = file.seek(SeekFrom::End(0))?;
    let head = part(file, 0, HEAD)?;
    let mut facts = sniff(&head, len);
    match facts.format {
        Format::Mp4 | Format::ThreeGp | Format::QuickTime | Format::M4a => {
            film(file, len, &mut facts)?;
        }
        Format::Ogg => recording(file, &head, &mut facts)?,
        _ => {}
    }
    Ok(facts)
}

/// Reads up to so many bytes from there; fewer where the file ends.
fn part(file: &mut (impl Read + Seek), at: u64, most: usize) -> io::Result<Vec<u8>> {
    let _at = file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    let _read = file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Walks the boxes of a film to its index, wherever that stands.
fn film(file: &mut (impl Read + Seek), len: u64, facts: &mut Facts) -> io::Result<()> {
    let (mut at, mut pictures) = (0, false);
    let mut indexed = false;
    for _ in 0..MANY {
        if at >= len {
            break;
        }
        let bytes = part(file, at, 16)?;
        let Some(found) = header(&bytes) else {
            facts.damaged = true;
            break;
        };
        let end = found.len.map_or(len, |size| at.saturating_add(size));
        if end > len {
            facts.damaged = true;
        }
        match &found.name {
            b"moov" => {
                indexed = true;
                facts.late_index = pictures;
                if facts.video.is_none() && facts.sound.is_empty() && end - at <= INDEX {
                    let size = usize::try_from(end - at).unwrap_or_default();
                    let moov = part(file, at, size)?;
                    movie::index(moov.get(found.before..).unwrap_or_default(), facts);
                }
            }
            b"mdat" => pictures = true,
            _ => {}
        }
        at = end;
    }
    facts.damaged |= !indexed;
    Ok(())
}

/// Walks the pages of a recording, heads only.
fn recording(file: &mut (impl Read + Seek), head: &[u8], facts: &mut Facts) -> io::Result<()> {
    let mut walk = Walk::default();
    let mut at = 0;
    for _ in 0..MANY {
        if at >= facts.bytes {
            break;
        }
        let bytes = part(file, at, PAGE_HEAD)?;
        let Some(page) = Page::read(&bytes) else {
            facts.damaged = true;
            break;
        };
        at = at.saturating_add(page.len());
        facts.damaged |= at > facts.bytes;
        walk.page(&page);
    }
    if facts.sound.iter().any(|codec| codec == "Opus") {
        walk.end(skipped(head), facts);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::file::movie::tests::{moov, pack};

    #[test]
    fn an_index_behind_the_pictures_is_found() {
        let mut film = pack(b"ftyp", b"isom\0\0\0\0isom");
        film.extend(pack(b"mdat", &vec![7; 200_000]));
        film.extend(moov(b"hvc1", &[b"mp4a", b"mp4a"], 0));
        let facts = look(&mut Cursor::new(&film)).expect("it reads");
        assert_eq!(facts.video.as_deref(), Some("HEVC"));
        assert_eq!(facts.sound.len(), 2);
        assert!(facts.late_index && !facts.damaged);
        film.truncate(150_000);
        let cut = look(&mut Cursor::new(&film)).expect("it reads");
        assert!(cut.damaged, "it breaks off");
    }

    fn page(granule: u64, packets: &[usize]) -> Vec<u8> {
        let mut page = b"OggS\0\0".to_vec();
        page.extend(granule.to_le_bytes());
        page.extend([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let mut lacing = Vec::new();
        for size in packets {
            lacing.extend(vec![255; size / 255]);
            lacing.push(u8::try_from(size % 255).expect("below 255"));
        }
        page.push(u8::try_from(lacing.len()).expect("few"));
        page.extend(&lacing);
        page.extend(vec![0; packets.iter().sum()]);
        page
    }

    #[test]
    fn a_recording_tells_length_and_waveform_without_being_decoded() {
        let mut first = page(0, &[19]);
        let at = first.len() - 19;
        first[at..at + 8].copy_from_slice(b"OpusHead");
        first[at + 9] = 1;
        first[at + 10] = 0x38; // 312 samples are thrown away
        first[at + 11] = 0x01;
        let mut note = first;
        note.extend(page(0, &[16]));
        note.extend(page(48_312, &[10, 10, 300, 300]));
        let facts = look(&mut Cursor::new(&note)).expect("it reads");
        assert_eq!((facts.channels, facts.seconds), (Some(1), Some(1.0)));
        assert_eq!(facts.levels, [0, 0, 100, 100]);
        assert!(!facts.damaged);
        note.truncate(note.len() - 5);
        assert!(look(&mut Cursor::new(&note)).expect("it reads").damaged);
    }
}
