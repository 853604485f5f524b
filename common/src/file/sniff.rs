//! Which format the first bytes of a file are.

use crate::file::bytes::{holds, is, slice};
use crate::file::facts::{Facts, Format};
use crate::file::{image, movie, ogg, sound};

/// So many first bytes are enough to tell the format, and mostly the rest.
pub const HEAD: usize = 64 * 1024;

/// What the file is, by its first bytes (up to [`HEAD`]) and its length. What stands further behind
/// (a film's index, a recording's length) is left open; [`look`](crate::file::look::look) reads on.
pub fn sniff(head: &[u8], bytes: u64) -> Facts {
    let mut facts = Facts::bare(format(head), bytes);
    match facts.format {
        Format::Jpeg => image::jpeg(head, &mut facts),
        Format::Png => image::png(head, &mut facts),
        Format::Webp => image::webp(head, &mut facts),
        Format::Gif => image::gif(head, &mut facts),
        Format::Mp4 | Format::ThreeGp | Format::QuickTime | Format::M4a => {
            movie::head(head, &mut facts);
        }
        Format::Ogg => ogg::head(head, &mut facts),
        Format::Mp3 => sound::mp3(head, &mut facts),
        Format::Aac => sound::aac(head, &mut facts),
        Format::Amr => sound::amr(head, &mut facts),
        Format::Wav => sound::wav(head, &mut facts),
        _ => {}
    }
    facts
}

fn format(head: &[u8]) -> Format {
    if head.is_empty() {
        return Format::Empty;
    }
    let begins = |what: &[u8]| is(head, 0, what);
    let riff = |what: &[u8]| begins(b"RIFF") && is(head, 8, what);
    let known = [
        (begins(b"\xff\xd8\xff"), Format::Jpeg),
        (begins(b"\x89PNG\r\n\x1a\n"), Format::Png),
        (riff(b"WEBP"), Format::Webp),
        (begins(b"GIF87a") || begins(b"GIF89a"), Format::Gif),
        (begins(b"OggS"), Format::Ogg),
        (begins(b"%PDF-") || pdf_behind_something(head), Format::Pdf),
        (begins(b"PK\x03\x04"), zip(head)),
        (begins(b"PK\x05\x06"), Format::Zip),
        (begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Format::Ole),
        (begins(b"#!AMR"), Format::Amr),
        (begins(b"fLaC"), Format::Flac),
        (riff(b"WAVE"), Format::Wav),
        (riff(b"AVI "), Format::Avi),
        (begins(b"\x1a\x45\xdf\xa3"), Format::Matroska),
        (
            begins(b"BM") && head.len() > 26 && is(head, 6, &[0; 4]),
            Format::Bmp,
        ),
        (begins(b"II*\0") || begins(b"MM\0*"), Format::Tiff),
        (begins(b"ID3"), Format::Mp3),
    ];
    if let Some((_, format)) = known.into_iter().find(|(fits, _)| *fits) {
        return format;
    }
    if is(head, 4, b"ftyp") || is(head, 4, b"moov") {
        return movie::format(head);
    }
    match sound::sync(head) {
        Some(format) => format,
        None if text(head) => Format::Text,
        None => Format::Unknown,
    }
}

/// Some writers put a few bytes before the mark, and every reader allows it.
fn pdf_behind_something(head: &[u8]) -> bool {
    slice(head, 0, head.len().min(1024)).is_some_and(|first| holds(first, b"%PDF-"))
}

/// Office documents are ZIP files whose first names say which.
fn zip(head: &[u8]) -> Format {
    let first = slice(head, 0, head.len().min(8192)).unwrap_or(head);
    let names = |what: &[u8]| holds(first, what);
    if !names(b"[Content_Types].xml") && !names(b"_rels/") && !names(b"docProps/") {
        return Format::Zip;
    }
    let whole = |what: &[u8]| holds(head, what);
    if whole(b"word/") {
        Format::Docx
    } else if whole(b"xl/") {
        Format::Xlsx
    } else if whole(b"ppt/") {
        Format::Pptx
    } else {
        Format::Zip
    }
}

/// Words and nothing else: no zeros, no controls but those of lines and tabs.
fn text(head: &[u8]) -> bool {
    let controls = |bytes: &[u8]| {
        bytes
            .iter()
            .any(|b| matches!(b, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
    };
    if controls(head) {
        return false;
    }
    match std::str::from_utf8(head) {
        Ok(_) => true,
        // Cut in the middle of a character, or written in an old code page: letters all the same.
        Err(error) => error.error_len().is_none() || mostly_ascii(head),
    }
}

fn mostly_ascii(head: &[u8]) -> bool {
    head.iter().filter(|b| b.is_ascii()).count() * 10 >= head.len() * 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        let told = |bytes: &[u8]| sniff(bytes, bytes.len() as u64).format;
        assert_eq!(told(b""), Format::Empty);
        assert_eq!(told(b"%PDF-1.7\n"), Format::Pdf);
        assert_eq!(told(b"\n\n%PDF-1.7\n"), Format::Pdf);
        assert_eq!(told("Menú del día\n".as_bytes()), Format::Text);
        assert_eq!(
            told(b"Men\xfa del d\xeda, precios y horario\r\n"),
            Format::Text
        );
        assert_eq!(told(b"a\0b"), Format::Unknown);
        assert_eq!(told(b"MZ\x90\0\x03\0\0\0"), Format::Unknown);
        assert_eq!(told(b"PK\x03\x04....pictures/a.jpg"), Format::Zip);
        assert_eq!(
            told(b"PK\x03\x04..[Content_Types].xml..word/document.xml"),
            Format::Docx
        );
        assert_eq!(
            told(b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml"),
            Format::Xlsx
        );
        assert_eq!(told(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Format::Heic);
        assert_eq!(told(b"\0\0\0\x14ftyp3gp4\0\0\0\x003gp4"), Format::ThreeGp);
        let ole = sniff(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", 12);
        assert_eq!(ole.clone().named("precios.XLS").format, Format::Xls);
        assert_eq!(ole.named("precios.exe").format, Format::Ole);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..600), mark in 0..12_usize, len in any::<u64>()) {
            const MARKS: [&[u8]; 12] = [
                b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\xff\xffWEBPVP8X", b"GIF89a",
                b"OggS\0\x02", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\x01\0moov", b"ID3\x04\0\0", b"\xff\xf1",
                b"#!AMR\n", b"RIFF\xff\xff\xff\xffWAVEfmt ", b"\xff\xfb",
            ];
            let mut whole = MARKS[mark].to_vec();
            whole.extend(bytes);
            let facts = sniff(&whole, len);
            prop_assert!(facts.seconds.is_none_or(|s| s.is_finite() && s >= 0.0));
        }
    }
}
