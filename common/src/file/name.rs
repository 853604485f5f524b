//! A file name that strangers gave, made harmless: no path, no control or bidi character, never empty.

use unicode_segmentation::UnicodeSegmentation;

/// More characters than this no name needs.
const MOST: usize = 120;

/// The last part of what was given, without anything that steers a path or a terminal; `None` where
/// nothing is left.
pub fn clean(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !steers(*c))
        .collect();
    let whole = shown.trim().trim_start_matches('.').trim();
    if whole.is_empty() {
        return None;
    }
    Some(shortened(whole))
}

/// The name to save under: [`clean`], or the kind's word with the format's ending.
pub fn or(given: Option<&str>, word: &str, mime: Option<&str>) -> String {
    given
        .and_then(clean)
        .unwrap_or_else(|| match mime.and_then(ending) {
            Some(ending) => format!("{word}.{ending}"),
            None => word.to_owned(),
        })
}

/// Controls, bidi marks and overrides, invisible joiners, and what shells and file systems dislike.
const fn steers(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{e000}'..='\u{f8ff}'
        | '"' | '<' | '>' | '|' | '*' | '?' | ':')
}

/// Cut in the middle of what stands before the ending, at whole characters.
fn shortened(name: &str) -> String {
    if name.graphemes(true).count() <= MOST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 10 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let kept: String = stem
        .graphemes(true)
        .take(MOST.saturating_sub(ending.chars().count() + 1))
        .collect();
    format!("{kept}…{ending}")
}

/// The usual ending of a MIME type.
pub fn ending(mime: &str) -> Option<&'static str> {
    let bare = mime.split(';').next().unwrap_or_default().trim();
    Some(match bare.to_ascii_lowercase().as_str() {
        "image/jpeg" | "image/jpg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "image/heic" => "heic",
        "video/mp4" => "mp4",
        "video/3gpp" => "3gp",
        "video/quicktime" => "mov",
        "audio/ogg" | "audio/opus" => "ogg",
        "audio/mpeg" => "mp3",
        "audio/aac" => "aac",
        "audio/amr" => "amr",
        "audio/mp4" => "m4a",
        "application/pdf" => "pdf",
        "application/msword" => "doc",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.ms-powerpoint" => "ppt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "application/zip" => "zip",
        "text/plain" => "txt",
        "text/csv" => "csv",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_names_lose_what_steers() {
        assert_eq!(clean("../../etc/passwd").as_deref(), Some("passwd"));
        assert_eq!(clean("C:\\Windows\\evil.exe").as_deref(), Some("evil.exe"));
        assert_eq!(clean("fac\u{202e}fdp.exe").as_deref(), Some("facfdp.exe"));
        assert_eq!(clean("a\u{1b}[31mb.pdf").as_deref(), Some("a[31mb.pdf"));
        assert_eq!(clean("a\r\nX: y.pdf").as_deref(), Some("a  X y.pdf"));
        assert_eq!(clean("..").as_deref(), None);
        assert_eq!(clean(".bashrc").as_deref(), Some("bashrc"));
        assert_eq!(clean(" \t ").as_deref(), None);
        assert_eq!(
            clean("Menú año 2026 (año).pdf").as_deref(),
            Some("Menú año 2026 (año).pdf")
        );
        assert_eq!(or(Some("/"), "image", Some("image/jpeg")), "image.jpg");
        assert_eq!(
            or(None, "voice", Some("audio/ogg; codecs=opus")),
            "voice.ogg"
        );
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = format!("{}.pdf", "ñ".repeat(500));
        let kept = clean(&long).expect("a name");
        assert!(
            kept.ends_with("….pdf") && kept.chars().count() <= MOST,
            "{kept}"
        );
    }

    proptest! {
        #[test]
        fn nothing_of_a_path_or_a_control_is_left(given in ".{0,300}") {
            if let Some(name) = clean(&given) {
                prop_assert!(!name.is_empty() && name != "." && name != "..");
                prop_assert!(!name.contains(['/', '\\', '"', '\0']) && !name.starts_with('.'));
                prop_assert!(!name.chars().any(steers));
                prop_assert_eq!(clean(&name), Some(name.clone()));
            }
        }
    }
}
