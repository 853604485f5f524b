//! Ids in Meta's shapes, the same ones for the same seed, and the Base64 they are written in.

use std::sync::atomic::{AtomicU64, Ordering};

/// Hands out ids; every id comes from the seed and a running count.
#[derive(Debug)]
pub(crate) struct Ids {
    seed: u64,
    next: AtomicU64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            next: AtomicU64::new(1),
        }
    }

    fn draw(&self) -> u64 {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        mix(self
            .seed
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .wrapping_add(n))
    }

    /// A message id: Base64 over the other side's number and a random part, as Meta's are.
    pub(crate) fn wamid(&self, other: &str, outbound: bool) -> String {
        let mut bytes = Vec::with_capacity(64);
        bytes.extend_from_slice(&[0x1d, 0x04]);
        bytes.push(u8::try_from(other.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(other.as_bytes());
        bytes.extend_from_slice(&[
            0x15,
            0x02,
            0x00,
            if outbound { 0x11 } else { 0x12 },
            0x18,
            0x12,
        ]);
        let (high, low) = (self.draw(), self.draw());
        bytes.extend_from_slice(format!("{high:016X}{:02X}", low & 0xff).as_bytes());
        bytes.push(0);
        format!("wamid.{}", base64(&bytes))
    }

    /// A media id, or another node's: fifteen or sixteen digits.
    pub(crate) fn node(&self) -> String {
        (100_000_000_000_000 + self.draw() % 8_000_000_000_000_000).to_string()
    }

    /// What support asks for when a call failed.
    pub(crate) fn trace(&self) -> String {
        let mut text = base64(&self.draw().to_be_bytes());
        text.retain(|c| c.is_ascii_alphanumeric());
        format!("A{text}")
    }

    /// 32 bytes that look like a digest.
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut out = [0; 32];
        for chunk in out.chunks_mut(8) {
            chunk.copy_from_slice(&self.draw().to_be_bytes());
        }
        out
    }
}

/// `SplitMix64`'s finishing step: neighbouring counts give unlike numbers.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Standard Base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |n: u32| {
        LETTERS
            .get((n & 63) as usize)
            .copied()
            .map_or('A', char::from)
    };
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let part = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let word = part(0) << 16 | part(1) << 8 | part(2);
        out.push(letter(word >> 18));
        out.push(letter(word >> 12));
        out.push(if chunk.len() > 1 {
            letter(word >> 6)
        } else {
            '='
        });
        out.push(if chunk.len() > 2 { letter(word) } else { '=' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads_as_the_standard_says() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn same_seed_same_ids_and_no_repeats() {
        let (a, b, c) = (Ids::new(7), Ids::new(7), Ids::new(8));
        let first = a.wamid("16505551234", true);
        assert_eq!(first, b.wamid("16505551234", true));
        assert_ne!(first, c.wamid("16505551234", true));
        assert_ne!(first, a.wamid("16505551234", true));
        assert!(first.starts_with("wamid.HQQL"), "{first}");
    }
}
