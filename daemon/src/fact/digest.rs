//! Meta's digests of files, in hex whatever they came as.

use std::fmt::Write;

/// A file's SHA-256 in lower-case hex, from hex or base64 of either alphabet; `None` where it is neither.
pub(crate) fn file_digest(told: &str) -> Option<String> {
    let told = told.trim();
    if told.len() == 64 && told.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(told.to_ascii_lowercase());
    }
    let bytes = base64(told)?;
    (bytes.len() == 32).then(|| {
        bytes
            .iter()
            .fold(String::with_capacity(64), |mut out, byte| {
                let _written = write!(out, "{byte:02x}");
                out
            })
    })
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(33);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::file_digest;

    #[test]
    fn digests_become_hex() {
        // The SHA-256 of no bytes at all.
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for told in [
            hex,
            "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        ] {
            assert_eq!(file_digest(told).as_deref(), Some(hex), "{told}");
        }
        for bad in [
            "",
            "pqr",
            "a1b2c3d4e5f6...",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUAAA",
        ] {
            assert_eq!(file_digest(bad), None, "{bad}");
        }
    }
}
