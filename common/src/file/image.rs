//! Pictures: how large they are, how deep, and whether they move.

use crate::file::bytes::{be16, be32, byte, holds, is, le16, le24, le32};
use crate::file::facts::{Colour, Facts};

/// The frame header of a JPEG says depth, size and how many colours.
pub(super) fn jpeg(head: &[u8], facts: &mut Facts) {
    let mut at = 2;
    while let Some(0xff) = byte(head, at) {
        let Some(mark) = byte(head, at + 1) else {
            return;
        };
        match mark {
            // Padding, and marks that stand alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => {
                facts.damaged = true;
                return;
            }
            0xc0..=0xcf if !matches!(mark, 0xc4 | 0xc8 | 0xcc) => {
                facts.depth = byte(head, at + 4);
                facts.height = be16(head, at + 5).map(u32::from);
                facts.width = be16(head, at + 7).map(u32::from);
                facts.colour = match byte(head, at + 9) {
                    Some(1) => Some(Colour::Grey),
                    Some(3) => Some(Colour::Rgb),
                    Some(4) => Some(Colour::Cmyk),
                    _ => None,
                };
                return;
            }
            _ => {
                let Some(len) = be16(head, at + 2).filter(|len| *len >= 2) else {
                    facts.damaged = at + 4 <= head.len();
                    return;
                };
                at += 2 + usize::from(len);
            }
        }
    }
    // Something else than a mark, within what is here: not a JPEG after all.
    facts.damaged = at < head.len();
}

/// The first chunk of a PNG says all.
pub(super) fn png(head: &[u8], facts: &mut Facts) {
    if !is(head, 12, b"IHDR") {
        facts.damaged = true;
        return;
    }
    facts.width = be32(head, 16);
    facts.height = be32(head, 20);
    facts.depth = byte(head, 24);
    facts.colour = match byte(head, 25) {
        Some(0 | 4) => Some(Colour::Grey),
        Some(2 | 6) => Some(Colour::Rgb),
        Some(3) => Some(Colour::Palette),
        _ => None,
    };
    // A palette's colours have 8 bits, however few bits choose among them.
    if facts.colour == Some(Colour::Palette) {
        facts.depth = Some(8);
    }
    facts.animated = holds(head, b"acTL");
    facts.damaged = facts.width.is_none_or(|w| w == 0) || facts.height.is_none_or(|h| h == 0);
}

/// WebP in its three forms.
pub(super) fn webp(head: &[u8], facts: &mut Facts) {
    let one_more = |n: u32| Some(n + 1);
    if is(head, 12, b"VP8X") {
        facts.animated = byte(head, 20).is_some_and(|flags| flags & 0x02 != 0);
        facts.width = le24(head, 24).and_then(one_more);
        facts.height = le24(head, 27).and_then(one_more);
    } else if is(head, 12, b"VP8L") {
        let bits = le32(head, 21);
        facts.width = bits.map(|bits| (bits & 0x3fff) + 1);
        facts.height = bits.map(|bits| ((bits >> 14) & 0x3fff) + 1);
    } else if is(head, 12, b"VP8 ") {
        facts.width = le16(head, 26).map(|w| u32::from(w & 0x3fff));
        facts.height = le16(head, 28).map(|h| u32::from(h & 0x3fff));
    }
    facts.depth = Some(8);
    facts.damaged = facts.width.is_none()
        || le32(head, 4).is_some_and(|told| u64::from(told) + 8 > facts.bytes);
}

/// GIF: its size, and whether it repeats.
pub(super) fn gif(head: &[u8], facts: &mut Facts) {
    facts.width = le16(head, 6).map(u32::from);
    facts.height = le16(head, 8).map(u32::from);
    facts.animated = holds(head, b"NETSCAPE2.0");
}

#[cfg(test)]
mod tests {
    use crate::file::facts::Colour;
    use crate::file::sniff::sniff;

    fn png(depth: u8, colour: u8) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\0\0\0\x01\0".to_vec();
        bytes.extend([depth, colour, 0, 0, 0]);
        bytes
    }

    #[test]
    fn a_png_tells_size_depth_and_colours() {
        let facts = sniff(&png(16, 2), 100);
        assert_eq!(
            (facts.width, facts.height, facts.depth),
            (Some(512), Some(256), Some(16))
        );
        assert_eq!(facts.colour, Some(Colour::Rgb));
        assert_eq!(
            sniff(&png(4, 3), 100).depth,
            Some(8),
            "a palette's colours are deep enough"
        );
        assert!(sniff(b"\x89PNG\r\n\x1a\n\0\0\0\x0dJUNK", 16).damaged);
    }

    #[test]
    fn a_jpeg_tells_its_size_behind_its_comments() {
        let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
        bytes.extend(b"\xff\xc2\0\x11\x08\x01\x90\x02\x58\x04");
        let facts = sniff(&bytes, 9000);
        assert_eq!((facts.width, facts.height), (Some(600), Some(400)));
        assert_eq!(facts.colour, Some(Colour::Cmyk));
        assert!(!facts.damaged);
        assert!(sniff(b"\xff\xd8\xff\xe0\0\x04ab this is no picture", 22).damaged);
    }

    #[test]
    fn a_webp_tells_whether_it_moves() {
        let mut bytes = b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
        bytes.extend(b"\x02\0\0\0\xff\x01\0\xff\x01\0");
        let facts = sniff(&bytes, 40);
        assert!(facts.animated && !facts.damaged);
        assert_eq!((facts.width, facts.height), (Some(512), Some(512)));
        assert!(sniff(&bytes, 30).damaged, "it breaks off");
    }
}
