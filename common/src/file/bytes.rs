//! Numbers and words out of bytes that nobody has vouched for: what is not there is `None`.

/// So many bytes from there.
pub(super) fn slice(bytes: &[u8], at: usize, len: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(len)?)
}

/// Whether these bytes stand there.
pub(super) fn is(bytes: &[u8], at: usize, what: &[u8]) -> bool {
    slice(bytes, at, what.len()) == Some(what)
}

/// The bytes from there as an array.
pub(super) fn take<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    slice(bytes, at, N)?.try_into().ok()
}

/// One byte.
pub(super) fn byte(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// Big-endian, two bytes.
pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_be_bytes)
}

/// Big-endian, four bytes.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_be_bytes)
}

/// Big-endian, eight bytes.
pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    take(bytes, at).map(u64::from_be_bytes)
}

/// Little-endian, two bytes.
pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_le_bytes)
}

/// Little-endian, three bytes.
pub(super) fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = take(bytes, at)?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

/// Little-endian, four bytes.
pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_le_bytes)
}

/// Whether these bytes stand anywhere.
pub(super) fn holds(bytes: &[u8], what: &[u8]) -> bool {
    !what.is_empty() && bytes.windows(what.len()).any(|window| window == what)
}

/// A quotient of whole numbers as a fraction; precise enough for seconds.
#[expect(clippy::cast_precision_loss, reason = "seconds need no 53 bits")]
pub(super) fn ratio(over: u64, under: u64) -> Option<f64> {
    (under != 0).then(|| over as f64 / under as f64)
}
