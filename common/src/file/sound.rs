//! Sound without a film's container: MP3, AAC, AMR, WAV; channels and, where frames tell, length.

use crate::file::bytes::{be16, be32, byte, is, le16, le32, ratio, slice};
use crate::file::facts::{Facts, Format};

/// So many frames are measured to guess the length of a stream that does not tell it.
const SAMPLE: usize = 64;

/// MP3 or AAC by the pattern every frame begins with; two frames in a row, for one may be chance.
pub(super) fn sync(head: &[u8]) -> Option<Format> {
    if let Some(frame) = aac_frame(head, 0)
        && (aac_frame(head, frame.len).is_some() || frame.len >= head.len())
    {
        return Some(Format::Aac);
    }
    let frame = mp3_frame(head, 0)?;
    (mp3_frame(head, frame.len).is_some() || frame.len >= head.len()).then_some(Format::Mp3)
}

struct Frame {
    len: usize,
    rate: u64,
    samples: u64,
    channels: u8,
    bits: u64,
    info: usize,
}

fn mp3_frame(head: &[u8], at: usize) -> Option<Frame> {
    const NEW: [u64; 14] = [
        32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ];
    const OLD: [u64; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let word = be32(head, at)?;
    // Layer III only: the others are not what anybody sends.
    if word >> 21 != 0x7ff || (word >> 17) & 3 != 1 {
        return None;
    }
    let newer = (word >> 19) & 3 == 3;
    let halved = match (word >> 19) & 3 {
        3 => 0,
        2 => 1,
        0 => 2,
        _ => return None,
    };
    let table = if newer { NEW } else { OLD };
    let choice = usize::try_from((word >> 12) & 15).ok()?.checked_sub(1)?;
    let kilobits = *table.get(choice)?;
    let rate = match (word >> 10) & 3 {
        0 => 44_100,
        1 => 48_000,
        2 => 32_000,
        _ => return None,
    } >> halved;
    let samples = if newer { 1152 } else { 576 };
    let mono = (word >> 6) & 3 == 3;
    let len = samples / 8 * kilobits * 1000 / rate + u64::from((word >> 9) & 1);
    Some(Frame {
        len: usize::try_from(len).ok()?,
        rate,
        samples,
        channels: if mono { 1 } else { 2 },
        bits: kilobits * 1000,
        info: match (newer, mono) {
            (true, false) => 36,
            (true, true) | (false, false) => 21,
            (false, true) => 13,
        },
    })
}

/// MP3: the length from the count of frames where one is given, else from the first frame's rate.
pub(super) fn mp3(head: &[u8], facts: &mut Facts) {
    let tag = if is(head, 0, b"ID3") {
        tag_len(head).unwrap_or_default()
    } else {
        0
    };
    facts.sound = vec!["MP3".to_owned()];
    let Some(frame) = mp3_frame(head, tag) else {
        // A long tag (a cover picture) hides the first frame; otherwise there should be one.
        facts.damaged = tag < head.len().saturating_sub(4);
        return;
    };
    facts.channels = Some(frame.channels);
    let info = tag + frame.info;
    let counted = (is(head, info, b"Xing") || is(head, info, b"Info"))
        .then(|| byte(head, info + 7).filter(|flags| flags & 1 != 0))
        .flatten()
        .and_then(|_| be32(head, info + 8));
    let body = facts.bytes.saturating_sub(tag as u64);
    facts.seconds = match counted {
        Some(frames) => ratio(u64::from(frames) * frame.samples, frame.rate),
        None => ratio(body.saturating_mul(8), frame.bits),
    };
}

fn tag_len(head: &[u8]) -> Option<usize> {
    let size = slice(head, 6, 4)?
        .iter()
        .fold(0_usize, |sum, b| (sum << 7) | usize::from(b & 0x7f));
    Some(10 + size)
}

fn aac_frame(head: &[u8], at: usize) -> Option<Frame> {
    const RATES: [u64; 13] = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025,
        8_000, 7_350,
    ];
    let mark = be16(head, at)?;
    if mark & 0xfff6 != 0xfff0 {
        return None;
    }
    let (second, third) = (byte(head, at + 2)?, byte(head, at + 3)?);
    let rate = *RATES.get(usize::from((second >> 2) & 15))?;
    let (fourth, fifth) = (byte(head, at + 4)?, byte(head, at + 5)?);
    let len = (usize::from(third & 3) << 11) | (usize::from(fourth) << 3) | usize::from(fifth >> 5);
    (len > 7).then_some(Frame {
        len,
        rate,
        samples: 1024,
        channels: ((second & 1) << 2) | (third >> 6),
        bits: 0,
        info: 0,
    })
}

/// AAC: frames differ in size, so the length is guessed from the first ones.
pub(super) fn aac(head: &[u8], facts: &mut Facts) {
    facts.sound = vec!["AAC".to_owned()];
    let (mut at, mut frames) = (0, 0_u64);
    let mut first = None;
    while let Some(frame) = aac_frame(head, at).filter(|_| frames < SAMPLE as u64) {
        at += frame.len;
        frames += 1;
        let _first = first.get_or_insert(frame);
    }
    if let Some(frame) = first {
        facts.channels = Some(frame.channels).filter(|n| *n > 0);
        let total = facts.bytes.saturating_mul(frames) / (at as u64).max(1);
        facts.seconds = ratio(total.saturating_mul(frame.samples), frame.rate);
    }
}

/// AMR: every frame is 20 ms and says its size.
pub(super) fn amr(head: &[u8], facts: &mut Facts) {
    const NARROW: [u64; 8] = [13, 14, 16, 18, 20, 21, 27, 32];
    const WIDE: [u64; 9] = [18, 24, 33, 37, 41, 47, 51, 59, 61];
    let wide = is(head, 0, b"#!AMR-WB\n");
    let before = if wide { 9 } else { 6 };
    facts.channels = Some(1);
    facts.sound = vec![if wide { "AMR-WB" } else { "AMR" }.to_owned()];
    let mode = byte(head, before).map(|first| usize::from((first >> 3) & 15));
    let table: &[u64] = if wide { &WIDE } else { &NARROW };
    if let Some(size) = mode.and_then(|mode| table.get(mode)) {
        let frames = facts.bytes.saturating_sub(before as u64) / size;
        facts.seconds = ratio(frames.saturating_mul(20), 1000);
    }
}

/// WAV: the header says all.
pub(super) fn wav(head: &[u8], facts: &mut Facts) {
    facts.channels = le16(head, 22).and_then(|n| u8::try_from(n).ok());
    facts.seconds =
        le32(head, 28).and_then(|rate| ratio(facts.bytes.saturating_sub(44), u64::from(rate)));
}

#[cfg(test)]
mod tests {
    use crate::file::facts::Format;
    use crate::file::sniff::sniff;

    #[test]
    fn an_mp3_without_a_tag_is_known_by_two_frames() {
        // MPEG 1, layer III, 128 kbit/s, 44.1 kHz, stereo: 417 bytes a frame.
        let mut bytes = vec![0; 417 * 3];
        for frame in 0..3 {
            bytes[frame * 417..frame * 417 + 4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x00]);
        }
        let facts = sniff(&bytes, 160_000);
        assert_eq!((facts.format, facts.channels), (Format::Mp3, Some(2)));
        assert_eq!(facts.seconds, Some(10.0));
        assert_eq!(
            sniff(&[0xff, 0xfb, 0x90, 0, 1, 2, 3].repeat(200), 1400).format,
            Format::Unknown
        );
    }

    #[test]
    fn amr_counts_its_frames() {
        let mut bytes = b"#!AMR\n".to_vec();
        bytes.extend([0x3c; 32]);
        let facts = sniff(&bytes, 6 + 32 * 500);
        assert_eq!((facts.format, facts.seconds), (Format::Amr, Some(10.0)));
    }

    #[test]
    fn aac_is_guessed_from_its_first_frames() {
        // 44.1 kHz, mono, 200 bytes a frame.
        let mut frame = vec![0xff, 0xf1, 0x50, 0x40, 0x19, 0x1f, 0xfc];
        frame.resize(200, 0);
        let bytes = frame.repeat(4);
        let facts = sniff(&bytes, 200 * 441);
        assert_eq!((facts.format, facts.channels), (Format::Aac, Some(1)));
        assert_eq!(facts.seconds, Some(10.24));
    }
}
