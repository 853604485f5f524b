//! Files made by the program: pictures, stickers, voice notes, papers, films; nothing foreign is shipped.

use crate::paint::{Bits, crc32, ogg_crc, zlib_stored};

/// A PNG of this size, painted point by point: red, green, blue.
pub fn png(width: u32, height: u32, paint: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in 0..height {
        raw.push(0);
        for x in 0..width {
            raw.extend_from_slice(&paint(x, y));
        }
    }
    let mut header = Vec::new();
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, *b"IHDR", &header);
    chunk(&mut out, *b"IDAT", &zlib_stored(&raw));
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    out.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes());
    let from = out.len();
    out.extend_from_slice(&name);
    out.extend_from_slice(body);
    let crc = crc32(out.get(from..).unwrap_or_default());
    out.extend_from_slice(&crc.to_be_bytes());
}

/// A cake with candles, as a customer draws one.
pub fn cake(width: u32, height: u32) -> Vec<u8> {
    png(width, height, |x, y| {
        let (across, down) = (x * 100 / width.max(1), y * 100 / height.max(1));
        match (across, down) {
            (18..=82, 89..=92) => [210, 210, 215],
            (24..=76, 64..=88) => [196, 120, 72],
            (30..=70, 42..=57) => [236, 168, 178],
            (24..=76, 58..=63) => [250, 240, 228],
            (a, 24..=41) if a % 12 < 2 && (32..=68).contains(&a) => [90, 150, 220],
            (a, 16..=23) if a % 12 < 3 && (32..=68).contains(&a) => [255, 190, 60],
            _ => [250, 247 - u8::try_from(down / 8).unwrap_or(0), 240],
        }
    })
}

/// A sticker of 512 by 512: a round face on nothing.
pub fn sticker() -> Vec<u8> {
    const SIDE: i32 = 512;
    let mut bits = Bits::default();
    bits.put(0x2f, 8);
    bits.put(511, 14);
    bits.put(511, 14);
    bits.put(1, 1); // it has an alpha channel
    bits.put(0, 3); // version
    bits.put(0, 1); // no transform
    bits.put(0, 1); // no colour cache
    bits.put(0, 1); // one set of codes for the whole picture
    bits.two_symbols(40, 200); // green: dark, light
    bits.one_symbol(250); // red
    bits.one_symbol(60); // blue
    bits.two_symbols(0, 255); // alpha: nothing, all
    bits.one_symbol(0); // distance
    for y in 0..SIDE {
        for x in 0..SIDE {
            let at = |cx: i32, cy: i32| (x - cx) * (x - cx) + (y - cy) * (y - cy);
            let face = at(256, 256) < 240 * 240;
            let eyes = at(176, 200) < 28 * 28 || at(336, 200) < 28 * 28;
            let mouth = at(256, 270) < 130 * 130 && at(256, 240) > 130 * 130 && y > 256;
            bits.put(u32::from(!(eyes || mouth)), 1);
            bits.put(u32::from(face), 1);
        }
    }
    let body = bits.bytes();
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let padded = body.len() + body.len() % 2;
    let mut out = b"RIFF".to_vec();
    out.extend_from_slice(&size(padded + 12));
    out.extend_from_slice(b"WEBPVP8L");
    out.extend_from_slice(&size(body.len()));
    out.extend_from_slice(&body);
    out.resize(20 + padded, 0);
    out
}

/// A voice note of so many seconds: Ogg with Opus, mono, packets of 20 ms whose sizes rise and
/// fall as speech does.
pub fn voice(seconds: u32) -> Vec<u8> {
    let mut head = b"OpusHead".to_vec();
    head.extend_from_slice(&[1, 1]);
    head.extend_from_slice(&312_u16.to_le_bytes());
    head.extend_from_slice(&16_000_u32.to_le_bytes());
    head.extend_from_slice(&[0, 0, 0]);
    let mut tags = b"OpusTags".to_vec();
    tags.extend_from_slice(&6_u32.to_le_bytes());
    tags.extend_from_slice(b"recado");
    tags.extend_from_slice(&0_u32.to_le_bytes());
    let mut out = page(2, 0, 0, &[head]);
    out.extend(page(0, 0, 1, &[tags]));
    let packets: Vec<Vec<u8>> = (0..seconds * 50).map(packet).collect();
    let last = packets.len().div_ceil(50);
    for (number, second) in packets.chunks(50).enumerate() {
        let end = u64::try_from((number * 50 + second.len()) * 960).unwrap_or(0) + 312;
        let flag = if number + 1 == last { 4 } else { 0 };
        let sequence = u32::try_from(number + 2).unwrap_or(0);
        out.extend(page(flag, end, sequence, second));
    }
    out
}

fn packet(n: u32) -> Vec<u8> {
    // Words of half a second with a breath between them.
    let (word, within) = (n / 25, n % 25);
    let loud = if word % 4 == 3 {
        4
    } else {
        30 + within.min(24 - within) * (3 + word % 5)
    };
    let mut state = n.wrapping_mul(2_654_435_761);
    // SILK, wideband, 20 ms, mono, one frame a packet.
    let mut out = vec![0x48];
    out.extend((0..loud).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u8::try_from(state >> 24).unwrap_or(0)
    }));
    out
}

fn page(flag: u8, granule: u64, sequence: u32, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"OggS\0".to_vec();
    out.push(flag);
    out.extend_from_slice(&granule.to_le_bytes());
    out.extend_from_slice(&0x7265_6361_u32.to_le_bytes());
    out.extend_from_slice(&sequence.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    let mut lacing = Vec::new();
    for packet in packets {
        lacing.extend(std::iter::repeat_n(255, packet.len() / 255));
        lacing.push(u8::try_from(packet.len() % 255).unwrap_or(0));
    }
    out.push(u8::try_from(lacing.len()).unwrap_or(255));
    out.extend(lacing);
    out.extend(packets.iter().flatten());
    let crc = ogg_crc(&out).to_le_bytes();
    if let Some(place) = out.get_mut(22..26) {
        place.copy_from_slice(&crc);
    }
    out
}

/// A paper of one page with these lines.
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut words = "BT /F1 14 Tf 60 780 Td 20 TL\n".to_owned();
    for line in lines {
        let plain: String = line
            .chars()
            .map(|c| {
                if c.is_ascii() && !"()\\".contains(c) {
                    c
                } else {
                    '.'
                }
            })
            .collect();
        words.push('(');
        words.push_str(&plain);
        words.push_str(") Tj T*\n");
    }
    words.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{words}\nendstream", words.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend([format!("{number} 0 obj\n{object}\nendobj\n")]);
    }
    let table = out.len();
    out.extend([format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    )]);
    for place in places {
        out.extend([format!("{place:010} 00000 n \n")]);
    }
    let size = objects.len() + 1;
    out.extend([format!(
        "trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    )]);
    out.into_bytes()
}

/// What a film's container says of it, with empty pictures: enough for every check short of
/// playing it.
pub fn film(video: &[u8; 4], sound: Option<&[u8; 4]>) -> Vec<u8> {
    let mut header = vec![0; 12];
    header.extend_from_slice(&1000_u32.to_be_bytes());
    header.extend_from_slice(&8_000_u32.to_be_bytes());
    header.resize(100, 0);
    let mut picture = vec![0; 24];
    picture.extend_from_slice(&[0x01, 0x40, 0x00, 0xf0]);
    picture.resize(78, 0);
    picture.extend(boxed(*b"avcC", &[1, 66, 0, 30, 0xff, 0xe0, 0]));
    let mut index = boxed(*b"mvhd", &header);
    index.extend(track(*b"vide", *video, &picture));
    if let Some(sound) = sound {
        let mut entry = vec![0; 17];
        entry.extend_from_slice(&[1, 0, 16, 0, 0, 0, 0, 0xac, 0x44, 0, 0]);
        index.extend(track(*b"soun", *sound, &entry));
    }
    let mut out = boxed(*b"ftyp", b"mp42\0\0\0\0mp42isom");
    out.extend(boxed(*b"moov", &index));
    out.extend(boxed(*b"mdat", &[0; 2048]));
    out
}

fn track(kind: [u8; 4], codec: [u8; 4], entry: &[u8]) -> Vec<u8> {
    let mut handler = vec![0; 8];
    handler.extend_from_slice(&kind);
    handler.extend_from_slice(&[0; 13]);
    let mut described = vec![0, 0, 0, 0, 0, 0, 0, 1];
    described.extend(boxed(codec, entry));
    let table = boxed(*b"stbl", &boxed(*b"stsd", &described));
    let media = [boxed(*b"hdlr", &handler), boxed(*b"minf", &table)].concat();
    boxed(*b"trak", &boxed(*b"mdia", &media))
}

fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(body.len() + 8).unwrap_or(u32::MAX);
    let mut out = len.to_be_bytes().to_vec();
    out.extend_from_slice(&name);
    out.extend_from_slice(body);
    out
}

/// A sound file of frames without sound: MP3, 64 kbit/s, mono.
pub fn mp3(seconds: u32) -> Vec<u8> {
    // 44.1 kHz: 208 bytes and a little for each 26 ms.
    let mut frame = vec![0xff, 0xfb, 0x50, 0xc4];
    frame.resize(208, 0);
    frame.repeat(usize::try_from(seconds * 39).unwrap_or(39))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use common::file::facts::Format;
    use common::file::judge::{guess, judge};
    use common::file::kind::FileKind;
    use common::file::look::look;

    use super::*;

    #[test]
    fn every_file_is_what_it_says_and_whatsapp_would_take_it() {
        let table = [
            (cake(320, 240), Format::Png, FileKind::Image),
            (sticker(), Format::Webp, FileKind::Sticker),
            (voice(7), Format::Ogg, FileKind::Voice),
            (
                pdf(&["Lista de compras", "12 panes"]),
                Format::Pdf,
                FileKind::Document,
            ),
            (film(b"avc1", Some(b"mp4a")), Format::Mp4, FileKind::Video),
            (mp3(3), Format::Mp3, FileKind::Audio),
        ];
        for (bytes, format, kind) in table {
            let facts = look(&mut Cursor::new(&bytes)).unwrap();
            assert_eq!(facts.format, format);
            let fit = judge(kind, &facts);
            assert!(fit.is_ok(), "{}", fit.unwrap_err().sentence());
            if kind != FileKind::Voice {
                assert_eq!(guess(&facts), kind);
            }
        }
        let note = look(&mut Cursor::new(voice(7))).unwrap();
        assert_eq!((note.seconds, note.levels.len()), (Some(7.0), 64));
        assert!(note.levels.iter().any(|level| *level > 80));
        assert!(sticker().len() < 100 << 10);
    }
}
