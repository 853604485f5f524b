//! `Content-Disposition`: a file's name on its way through HTTP, in ASCII and in full.

/// The header's value for a clean name: `attachment`, an ASCII name for old readers, and the whole one.
pub fn write(name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let mut out = format!("attachment; filename=\"{ascii}\"");
    if ascii != name {
        out.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push('%');
                for half in [byte >> 4, byte & 15] {
                    let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                    out.push(digit.to_ascii_uppercase());
                }
            }
        }
    }
    out
}

/// The name that a header's value gives; the whole one where there are two.
pub fn read(value: &str) -> Option<String> {
    let part = |key: &str| {
        value
            .split(';')
            .filter_map(|part| part.trim().split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(key))
            .map(|(_, value)| value.trim())
    };
    if let Some(encoded) = part("filename*")
        && let Some((_, text)) = encoded.split_once("''")
        && let Some(name) = decode(text)
    {
        return Some(name);
    }
    part("filename").map(|quoted| quoted.trim_matches('"').to_owned())
}

fn decode(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |b: u8| {
            char::from(b)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok())
        };
        out.push((digit(bytes.next()?)? << 4) | digit(bytes.next()?)?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_whole() {
        for name in [
            "menu.pdf",
            "Menú del día; 2026.pdf",
            "100 % \"así\".pdf",
            "写真.jpg",
        ] {
            let header = write(name);
            assert!(
                header.is_ascii() && !header.contains(['\r', '\n']),
                "{header}"
            );
            if !name.contains('"') || name.contains('ú') {
                assert_eq!(read(&header).as_deref(), Some(name), "{header}");
            }
        }
        assert_eq!(write("a.pdf"), "attachment; filename=\"a.pdf\"");
        assert_eq!(read("inline"), None);
        assert_eq!(
            read("attachment; filename*=UTF-8''%zz; filename=a").as_deref(),
            Some("a")
        );
    }
}
