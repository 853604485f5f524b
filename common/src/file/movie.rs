//! MP4 and its kin: brand, codecs, size and length, as far as the container tells.

use crate::file::bytes::{be16, be32, be64, byte, is, ratio, slice, take};
use crate::file::facts::{Facts, Format};

/// More boxes on one floor no film of WhatsApp's size has.
const MANY: usize = 4096;

/// The format by its brands.
pub(super) fn format(head: &[u8]) -> Format {
    if is(head, 4, b"moov") {
        return Format::QuickTime;
    }
    let Some(brand) = take::<4>(head, 8) else {
        return Format::Unknown;
    };
    match &brand {
        b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" => Format::Heic,
        b"avif" | b"avis" => Format::Avif,
        b"qt  " => Format::QuickTime,
        b"M4A " | b"M4B " | b"M4P " => Format::M4a,
        [b'3', b'g', _, _] => Format::ThreeGp,
        _ => Format::Mp4,
    }
}

/// What the first bytes tell: the brand, and the index where it stands in front.
pub(super) fn head(head: &[u8], facts: &mut Facts) {
    facts.brand = take::<4>(head, 8)
        .filter(|_| is(head, 4, b"ftyp"))
        .map(|brand| String::from_utf8_lossy(&brand).trim().to_owned());
    for found in boxes(head) {
        if found.name == *b"moov" && found.whole {
            index(found.body, facts);
            return;
        }
    }
}

/// What a film's index (`moov`) tells.
pub(super) fn index(moov: &[u8], facts: &mut Facts) {
    for part in boxes(moov) {
        match &part.name {
            b"mvhd" => facts.seconds = length(part.body),
            b"trak" => track(part.body, facts),
            _ => {}
        }
    }
    // Sound alone in a film's container is sound.
    if facts.format == Format::Mp4 && facts.video.is_none() && !facts.sound.is_empty() {
        facts.format = Format::M4a;
    }
}

fn length(mvhd: &[u8]) -> Option<f64> {
    let (scale, ticks) = match byte(mvhd, 0)? {
        1 => (u64::from(be32(mvhd, 20)?), be64(mvhd, 24)?),
        _ => (u64::from(be32(mvhd, 12)?), u64::from(be32(mvhd, 16)?)),
    };
    ratio(ticks, scale).filter(|seconds| *seconds > 0.0)
}

fn track(trak: &[u8], facts: &mut Facts) {
    let Some(media) = find(trak, *b"mdia") else {
        return;
    };
    let described = find(media, *b"minf")
        .and_then(|minf| find(minf, *b"stbl"))
        .and_then(|stbl| find(stbl, *b"stsd"))
        .and_then(|stsd| slice(stsd, 8, stsd.len().checked_sub(8)?))
        .and_then(|entries| boxes(entries).next());
    let Some(entry) = described else { return };
    match find(media, *b"hdlr").and_then(|hdlr| take::<4>(hdlr, 8)) {
        Some(kind) if kind == *b"vide" && facts.video.is_none() => {
            facts.video = Some(video_codec(entry.name));
            facts.width = be16(entry.body, 24).map(u32::from);
            facts.height = be16(entry.body, 26).map(u32::from);
            facts.profile = slice(entry.body, 78, entry.body.len().saturating_sub(78))
                .and_then(|inner| find(inner, *b"avcC"))
                .and_then(|config| byte(config, 1));
        }
        Some(kind) if kind == *b"soun" => {
            if facts.sound.is_empty() {
                facts.channels = be16(entry.body, 16).and_then(|n| u8::try_from(n).ok());
            }
            facts.sound.push(sound_codec(entry.name));
        }
        _ => {}
    }
}

fn video_codec(code: [u8; 4]) -> String {
    let name = match &code {
        b"avc1" | b"avc3" => "H.264",
        b"hvc1" | b"hev1" => "HEVC",
        b"av01" => "AV1",
        b"vp09" => "VP9",
        b"vp08" => "VP8",
        b"mp4v" => "MPEG-4",
        b"s263" | b"h263" => "H.263",
        b"ap4h" | b"apcn" | b"apch" => "ProRes",
        _ => return String::from_utf8_lossy(&code).trim().to_owned(),
    };
    name.to_owned()
}

fn sound_codec(code: [u8; 4]) -> String {
    let name = match &code {
        b"mp4a" => "AAC",
        b"samr" => "AMR",
        b"sawb" => "AMR-WB",
        b"Opus" => "Opus",
        b"alac" => "ALAC",
        b"ac-3" | b"ec-3" => "AC-3",
        b".mp3" => "MP3",
        _ => return String::from_utf8_lossy(&code).trim().to_owned(),
    };
    name.to_owned()
}

fn find(bytes: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    boxes(bytes)
        .find(|found| found.name == name)
        .map(|found| found.body)
}

/// One box: its name, and what of its body is here.
pub(super) struct Found<'a> {
    pub(super) name: [u8; 4],
    pub(super) body: &'a [u8],
    /// All of the body is here.
    pub(super) whole: bool,
}

/// The boxes on one floor, as far as they are here.
pub(super) fn boxes(bytes: &[u8]) -> impl Iterator<Item = Found<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let header = header(rest)?;
        let end = header
            .len
            .map_or(rest.len(), |len| usize::try_from(len).unwrap_or(usize::MAX));
        let here = end.min(rest.len());
        let body = rest.get(header.before..here)?;
        at = at.checked_add(end)?;
        Some(Found {
            name: header.name,
            body,
            whole: end == here,
        })
    })
    .take(MANY)
}

/// The head of a box.
pub(super) struct Header {
    pub(super) name: [u8; 4],
    /// How long head and body are; `None`: to the end of the file.
    pub(super) len: Option<u64>,
    /// How long the head is.
    pub(super) before: usize,
}

/// Reads the head of a box; `None` where there is none, or one that cannot be.
pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let name = take::<4>(bytes, 4)?;
    let (len, before) = match be32(bytes, 0)? {
        0 => (None, 8),
        1 => (Some(be64(bytes, 8)?), 16),
        short => (Some(u64::from(short)), 8),
    };
    if len.is_some_and(|len| len < before as u64) {
        return None;
    }
    Some(Header { name, len, before })
}

#[cfg(test)]
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "b\"moov\" reads better than *b\"moov\""
)]
pub(super) mod tests {
    use super::*;
    use crate::file::sniff::sniff;

    pub(crate) fn pack(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let mut out = u32::try_from(body.len() + 8)
            .expect("small")
            .to_be_bytes()
            .to_vec();
        out.extend(name);
        out.extend(body);
        out
    }

    fn track(kind: &[u8; 4], codec: &[u8; 4], entry: &[u8]) -> Vec<u8> {
        let mut handler = vec![0; 8];
        handler.extend(kind);
        let mut described = vec![0, 0, 0, 0, 0, 0, 0, 1];
        described.extend(pack(codec, entry));
        let table = pack(b"stbl", &pack(b"stsd", &described));
        let media = [pack(b"hdlr", &handler), pack(b"minf", &table)].concat();
        pack(b"trak", &pack(b"mdia", &media))
    }

    pub(crate) fn moov(video: &[u8; 4], sounds: &[&[u8; 4]], profile: u8) -> Vec<u8> {
        let mut header = vec![0; 12];
        header.extend(1000_u32.to_be_bytes());
        header.extend(12_500_u32.to_be_bytes());
        let mut entry = vec![0; 24];
        entry.extend([0x01, 0x40, 0x00, 0xf0]);
        entry.resize(78, 0);
        entry.extend(pack(b"avcC", &[1, profile, 0, 30]));
        let mut body = pack(b"mvhd", &header);
        body.extend(track(b"vide", video, &entry));
        for sound in sounds {
            let mut entry = vec![0; 17];
            entry.extend([2, 0, 0]);
            body.extend(track(b"soun", sound, &entry));
        }
        pack(b"moov", &body)
    }

    #[test]
    fn a_film_tells_codecs_size_and_length() {
        let film = [
            pack(b"ftyp", b"mp42\0\0\0\0isom"),
            moov(b"avc1", &[b"mp4a"], 100),
        ]
        .concat();
        let facts = sniff(&film, 9_000_000);
        assert_eq!(facts.format, Format::Mp4);
        assert_eq!(facts.video.as_deref(), Some("H.264"));
        assert_eq!(facts.sound, ["AAC"]);
        assert_eq!((facts.width, facts.height), (Some(320), Some(240)));
        assert_eq!(facts.seconds, Some(12.5));
        assert_eq!(facts.profile, Some(100));
        assert_eq!(facts.channels, Some(2));
    }

    #[test]
    fn a_box_that_cannot_be_ends_the_walk() {
        assert_eq!(boxes(&[0, 0, 0, 3, b'm', b'o', b'o', b'v', 1]).count(), 0);
        let to_the_end = [&[0, 0, 0, 0][..], b"mdat", b"rest"].concat();
        assert_eq!(
            boxes(&to_the_end).next().map(|found| found.body),
            Some(&b"rest"[..])
        );
    }
}
