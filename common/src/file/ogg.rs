//! Ogg with Opus: channels, and from the pages alone its length and how loud it is over time.

use crate::file::bytes::{byte, is, le16, le32, ratio, slice, take};
use crate::file::facts::Facts;

/// Opus counts its time in these, whatever it was recorded with.
const RATE: u64 = 48_000;
/// How many bars are drawn at most.
const BARS: usize = 64;
/// More packets than a day of speech are not counted.
const MANY: usize = 4_000_000;

/// What the first page tells.
pub(super) fn head(head: &[u8], facts: &mut Facts) {
    let body = usize::from(byte(head, 26).unwrap_or_default()) + 27;
    if is(head, body, b"OpusHead") {
        facts.channels = byte(head, body + 9);
        facts.sound = vec!["Opus".to_owned()];
    } else if is(head, body, b"\x01vorbis") {
        facts.channels = byte(head, body + 11);
        facts.sound = vec!["Vorbis".to_owned()];
    } else if is(head, body, b"Speex") {
        facts.sound = vec!["Speex".to_owned()];
    } else if is(head, body, b"\x80theora") {
        facts.video = Some("Theora".to_owned());
    }
}

/// How many samples the decoder throws away at the beginning.
pub(super) fn skipped(head: &[u8]) -> u64 {
    let body = usize::from(byte(head, 26).unwrap_or_default()) + 27;
    if !is(head, body, b"OpusHead") {
        return 0;
    }
    le16(head, body + 10).map_or(0, u64::from)
}

/// The head of one page.
pub(super) struct Page {
    /// The sample it ends with; `None` where no packet ends in it.
    granule: Option<u64>,
    stream: u32,
    lacing: Vec<u8>,
}

/// So many bytes hold every page's head.
pub(super) const PAGE_HEAD: usize = 27 + 255;

impl Page {
    /// Reads a page's head; `None` where there is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if !is(bytes, 0, b"OggS") {
            return None;
        }
        let granule = u64::from_le_bytes(take(bytes, 6)?);
        let segments = usize::from(byte(bytes, 26)?);
        Some(Self {
            granule: (granule != u64::MAX).then_some(granule),
            stream: le32(bytes, 14)?,
            lacing: slice(bytes, 27, segments)?.to_vec(),
        })
    }

    /// How long the whole page is.
    pub(super) fn len(&self) -> u64 {
        let body: u64 = self.lacing.iter().map(|n| u64::from(*n)).sum();
        27 + self.lacing.len() as u64 + body
    }
}

/// What the pages tell when all have been seen.
#[derive(Default)]
pub(super) struct Walk {
    stream: Option<u32>,
    last: u64,
    /// Bytes of the packet that goes on in the next page.
    open: usize,
    packets: Vec<u16>,
    seen: usize,
}

impl Walk {
    /// Takes the next page.
    pub(super) fn page(&mut self, page: &Page) {
        if *self.stream.get_or_insert(page.stream) != page.stream {
            return;
        }
        if let Some(granule) = page.granule {
            self.last = self.last.max(granule);
        }
        for part in &page.lacing {
            self.open += usize::from(*part);
            if *part == 255 {
                continue;
            }
            let size = std::mem::take(&mut self.open);
            self.seen += 1;
            // The first two packets describe the stream.
            if self.seen > 2 && self.packets.len() < MANY {
                self.packets.push(u16::try_from(size).unwrap_or(u16::MAX));
            }
        }
    }

    /// Writes length and levels down.
    pub(super) fn end(self, skipped: u64, facts: &mut Facts) {
        facts.seconds = ratio(self.last.saturating_sub(skipped), RATE);
        facts.levels = levels(&self.packets);
    }
}

/// How loud, 0 to 100: silence packs small and a voice packs large, so sizes draw the waveform.
fn levels(packets: &[u16]) -> Vec<u8> {
    if packets.is_empty() {
        return Vec::new();
    }
    let bars = BARS.min(packets.len());
    let sums: Vec<u64> = (0..bars)
        .map(|bar| {
            let (from, to) = (bar * packets.len() / bars, (bar + 1) * packets.len() / bars);
            let part = packets.get(from..to).unwrap_or_default();
            let sum: u64 = part.iter().map(|n| u64::from(*n)).sum();
            sum * 256 / part.len().max(1) as u64
        })
        .collect();
    let least = sums.iter().copied().min().unwrap_or_default();
    let most = sums.iter().copied().max().unwrap_or_default();
    sums.iter()
        .map(|sum| match most - least {
            0 => 50,
            span => u8::try_from((sum - least) * 100 / span).unwrap_or(100),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_draw_the_waveform() {
        assert_eq!(levels(&[]), Vec::<u8>::new());
        assert_eq!(levels(&[40, 40, 40]), [50, 50, 50]);
        assert_eq!(levels(&[10, 60, 110]), [0, 50, 100]);
        let many: Vec<u16> = (0..6400).map(|n| n / 100).collect();
        let drawn = levels(&many);
        assert_eq!(drawn.len(), 64);
        assert!(drawn.is_sorted() && drawn[63] == 100);
    }
}
