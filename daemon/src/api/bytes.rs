//! A file as an answer: the whole of it or a range, a piece at a time, with headers that no browser misreads.

use std::io::SeekFrom;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use common::api::problem::Code;
use common::file::{disposition, name};
use common::model::media::Media;
use futures_util::stream::unfold;
use hyper::body::Bytes;
use tokio::fs::File;
use tokio::io::AsyncSeekExt;

use crate::api::fault::Fault;
use crate::api::handed;
use crate::media::files::piece;

/// What is given.
pub(crate) struct Shown<'a> {
    /// What is known of it.
    pub(crate) media: &'a Media,
    /// How many bytes there are.
    pub(crate) bytes: u64,
}

/// The answer to whoever asked with these headers.
pub(crate) async fn answer(
    shown: &Shown<'_>,
    asked: &HeaderMap,
    mut file: File,
) -> Result<Response, Fault> {
    let tag = format!("\"{}\"", shown.media.sha256.as_deref().unwrap_or_default());
    let text = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let known = text(IF_NONE_MATCH).is_some_and(|known| {
        known == "*"
            || known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
    });
    if known {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    // A range of another content than the asker has is the whole of this one.
    let same = text(IF_RANGE).is_none_or(|known| known == tag);
    let span = match text(RANGE)
        .filter(|_| same)
        .map(|range| span(range, shown.bytes))
    {
        None | Some(Span::Whole) => None,
        Some(Span::Part(from, to)) => Some((from, to)),
        Some(Span::Nowhere) => return Ok(nowhere(shown.bytes)),
    };
    let (from, to) = span.unwrap_or((0, shown.bytes));
    if from > 0 {
        let moved = file.seek(SeekFrom::Start(from)).await;
        let _at = moved.map_err(|why| handed::disk(&why))?;
    }
    let body = unfold((file, to - from), |(mut file, left)| async move {
        if left == 0 {
            return None;
        }
        match piece(&mut file, left).await {
            Ok(bytes) if bytes.is_empty() => None,
            Ok(bytes) => {
                let left = left.saturating_sub(bytes.len() as u64);
                Some((Ok(Bytes::from(bytes)), (file, left)))
            }
            Err(why) => Some((Err(why), (file, 0))),
        }
    });
    let mut response = Response::new(Body::from_stream(body));
    describe(shown, &tag, response.headers_mut());
    let headers = response.headers_mut();
    let _none = headers.insert(CONTENT_LENGTH, HeaderValue::from(to - from));
    if span.is_some() {
        let range = format!("bytes {from}-{}/{}", to.saturating_sub(1), shown.bytes);
        put(headers, CONTENT_RANGE, &range);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

fn describe(shown: &Shown<'_>, tag: &str, headers: &mut HeaderMap) {
    let media = shown.media;
    let mime = media.mime.as_deref().unwrap_or("application/octet-stream");
    let word = media.kind.map_or("file", |kind| kind.as_str());
    let name = name::or(media.filename.as_deref(), word, media.mime.as_deref());
    put(headers, CONTENT_TYPE, mime);
    put(headers, CONTENT_DISPOSITION, &disposition::write(&name));
    put(headers, ETAG, tag);
    put(headers, ACCEPT_RANGES, "bytes");
    put(headers, CACHE_CONTROL, "private, no-cache");
    put(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
}

/// What strangers wrote may hold what no header holds; then it is left out.
fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => drop(headers.insert(name, value)),
        Err(_odd) if name == CONTENT_TYPE => {
            let plain = HeaderValue::from_static("application/octet-stream");
            drop(headers.insert(name, plain));
        }
        Err(_odd) => {}
    }
}

fn nowhere(bytes: u64) -> Response {
    let detail = format!("The file has {bytes} bytes; ask for a range within them.");
    let mut response = Fault::new(Code::RangeNotSatisfiable, detail).into_response();
    put(
        response.headers_mut(),
        CONTENT_RANGE,
        &format!("bytes */{bytes}"),
    );
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Span {
    /// From the first of these to before the second.
    Part(u64, u64),
    /// Not a range that is understood, or several: the whole file answers too.
    Whole,
    /// No byte of it is there.
    Nowhere,
}

fn span(range: &str, bytes: u64) -> Span {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|r| r.split_once('-')) else {
        return Span::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    let part = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if last >= first => (first, last.saturating_add(1).min(bytes)),
        (Ok(first), Err(_)) if last.is_empty() => (first, bytes),
        (Err(_), Ok(last)) if first.is_empty() => (bytes.saturating_sub(last), bytes),
        _ => return Span::Whole,
    };
    if part.0 >= part.1 {
        Span::Nowhere
    } else {
        Span::Part(part.0, part.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_writes_them() {
        assert_eq!(span("bytes=0-9", 100), Span::Part(0, 10));
        assert_eq!(span("bytes=90-", 100), Span::Part(90, 100));
        assert_eq!(span("bytes=90-500", 100), Span::Part(90, 100));
        assert_eq!(span("bytes=-10", 100), Span::Part(90, 100));
        assert_eq!(span("bytes=-500", 100), Span::Part(0, 100));
        assert_eq!(span("bytes=100-", 100), Span::Nowhere);
        assert_eq!(span("bytes=-0", 100), Span::Nowhere);
        for odd in [
            "bytes=9-0",
            "bytes=0-1,5-6",
            "lines=1-2",
            "bytes=a-b",
            "bytes=-",
        ] {
            assert_eq!(span(odd, 100), Span::Whole, "{odd}");
        }
    }
}
