//! The arithmetic of file formats: checksums, stored zlib, bits from the low end.

/// CRC-32 as PNG wants it.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

/// CRC-32 as Ogg wants it: from the high end, without turning anything round.
pub(crate) fn ogg_crc(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ (u32::from(*byte) << 24), |crc, _| {
            (crc << 1) ^ (0x04c1_1db7 & (crc >> 31).wrapping_neg())
        })
    })
}

/// A zlib stream that compresses nothing.
pub(crate) fn zlib_stored(raw: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let blocks = raw.chunks(65_535);
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.enumerate() {
        let len = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(number == last));
        out.extend_from_slice(&len.to_le_bytes());
        out.extend_from_slice(&(!len).to_le_bytes());
        out.extend_from_slice(block);
    }
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend_from_slice(&((b << 16) | a).to_be_bytes());
    out
}

/// Bits, the lowest first, as lossless WebP writes them.
#[derive(Debug, Default)]
pub(crate) struct Bits {
    bytes: Vec<u8>,
    held: u32,
}

impl Bits {
    /// The lowest `count` bits of a number.
    pub(crate) fn put(&mut self, value: u32, count: u32) {
        for at in 0..count {
            if self.held == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= u8::try_from((value >> at) & 1).unwrap_or(0) << self.held;
            }
            self.held = (self.held + 1) % 8;
        }
    }

    /// A code of one symbol, which then takes no bits.
    pub(crate) fn one_symbol(&mut self, symbol: u32) {
        self.put(0b01, 2);
        self.put(1, 1);
        self.put(symbol, 8);
    }

    /// A code of two symbols of one bit each.
    pub(crate) fn two_symbols(&mut self, first: u32, second: u32) {
        self.put(0b11, 2);
        self.put(1, 1);
        self.put(first, 8);
        self.put(second, 8);
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_the_known_ones() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(ogg_crc(b"123456789"), 0x89a1_897f);
        assert_eq!(zlib_stored(b"abc").len(), 2 + 5 + 3 + 4);
    }
}
