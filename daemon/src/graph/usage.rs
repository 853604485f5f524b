//! How much of what Meta allows is used up: its usage headers, read forgivingly.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// Of an account's calls, and of an app's.
const HEADERS: [&str; 2] = ["x-business-use-case-usage", "x-app-usage"];
const SHARES: [&str; 3] = ["call_count", "total_cputime", "total_time"];

/// The largest share that an answer tells, in percent; `None` where it tells none.
pub(super) fn share(headers: &HeaderMap) -> Option<u8> {
    let told = HEADERS.iter().filter_map(|name| {
        let text = headers.get(*name)?.to_str().ok()?;
        largest(&serde_json::from_str(text).ok()?)
    });
    told.max()
}

fn largest(value: &Value) -> Option<u8> {
    match value {
        Value::Array(all) => all.iter().filter_map(largest).max(),
        Value::Object(all) => {
            let own = SHARES.iter().filter_map(|name| all.get(*name)?.as_f64());
            let own = own.map(|share| if share >= 100.0 { 100 } else { rounded(share) });
            let inner = all.values().filter_map(largest);
            own.chain(inner).max()
        }
        _ => None,
    }
}

/// A share from 0 to 100, without its fraction.
fn rounded(share: f64) -> u8 {
    (0..=100_u8)
        .rev()
        .find(|whole| f64::from(*whole) <= share)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue};

    use super::share;

    #[test]
    fn the_largest_share_of_all_headers_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(share(&headers), None);
        let app = r#"{"call_count":12,"total_time":3,"total_cputime":99.5}"#;
        headers.insert("x-app-usage", HeaderValue::from_static(app));
        assert_eq!(share(&headers), Some(99));
        let account = r#"{"1022":[{"type":"whatsapp","call_count":130,"estimated_time_to_regain_access":4}]}"#;
        headers.insert(
            "x-business-use-case-usage",
            HeaderValue::from_static(account),
        );
        assert_eq!(share(&headers), Some(100));
        headers.insert("x-app-usage", HeaderValue::from_static("no json"));
        headers.insert("x-business-use-case-usage", HeaderValue::from_static("[]"));
        assert_eq!(share(&headers), None);
    }
}
