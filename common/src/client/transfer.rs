//! Files through the API without being held: a form that is read as it goes out, and bytes as they come in.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::Method;
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName, RANGE,
};
use tokio::io::{AsyncRead, ReadBuf};

use super::request::{PATIENCE, Wire, whole};
use crate::api::problem::{Code, Problem};
use crate::file::disposition;
use crate::file::kind::FileKind;

/// A transfer in which nothing has moved for so long is given up.
pub(super) const STILL: Duration = Duration::from_mins(2);
/// How much is read at once.
const PIECE: usize = 64 * 1024;
/// Long and odd enough that no file holds it by chance.
const BOUNDARY: &str = "recado-7f3c0a5e91d24b68-file";
/// The form's media type.
pub(super) const FORM: &str = "multipart/form-data; boundary=recado-7f3c0a5e91d24b68-file";

/// How a form is doing, for whoever waits for its answer.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    moved: AtomicU64,
    broken: Mutex<Option<String>>,
}

impl Pulse {
    /// How many bytes of the file have gone.
    pub(super) fn moved(&self) -> u64 {
        self.moved.load(Ordering::Relaxed)
    }

    fn breaks(&self, why: &io::Error) {
        let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        *broken = Some(why.to_string());
    }

    /// Why the file could not be read on, if that is why.
    pub(super) fn broken(&self) -> Option<Problem> {
        let why = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        why.as_ref()
            .map(|why| Problem::new(Code::Invalid, format!("The file cannot be read: {why}.")))
    }
}

enum Stage {
    Before(String),
    File,
    After,
    Over,
}

/// A form with one file that is read as it goes.
pub(super) struct Form<R> {
    stage: Stage,
    reader: R,
    piece: Box<[u8]>,
    pulse: Arc<Pulse>,
    told: Box<dyn FnMut(u64) + Send>,
}

impl<R> Form<R> {
    pub(super) fn new(
        reader: R,
        name: &str,
        kind: Option<FileKind>,
        told: impl FnMut(u64) + Send + 'static,
    ) -> (Self, Arc<Pulse>) {
        let pulse = Arc::new(Pulse::default());
        let form = Self {
            stage: Stage::Before(opening(name, kind)),
            reader,
            piece: vec![0; PIECE].into(),
            pulse: Arc::clone(&pulse),
            told: Box::new(told),
        };
        (form, pulse)
    }
}

fn opening(name: &str, kind: Option<FileKind>) -> String {
    let name = name.replace(['"', '\\', '\r', '\n'], "_");
    let kind = kind.map_or_else(String::new, |kind| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n")
    });
    format!(
        "{kind}--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
}

impl<R: AsyncRead + Unpin> Body for Form<R> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = self.get_mut();
        let data = |bytes: Bytes| Poll::Ready(Some(Ok(Frame::data(bytes))));
        match std::mem::replace(&mut this.stage, Stage::File) {
            Stage::Before(text) => data(text.into()),
            Stage::File => {
                let mut room = ReadBuf::new(&mut this.piece);
                if let Err(why) = ready!(Pin::new(&mut this.reader).poll_read(cx, &mut room)) {
                    this.stage = Stage::Over;
                    this.pulse.breaks(&why);
                    return Poll::Ready(Some(Err(why)));
                }
                let read = room.filled();
                if read.is_empty() {
                    this.stage = Stage::After;
                    return data(format!("\r\n--{BOUNDARY}--\r\n").into());
                }
                let bytes = Bytes::copy_from_slice(read);
                let more = bytes.len() as u64;
                let moved = this.pulse.moved.fetch_add(more, Ordering::Relaxed) + more;
                (this.told)(moved);
                data(bytes)
            }
            Stage::After | Stage::Over => {
                this.stage = Stage::Over;
                Poll::Ready(None)
            }
        }
    }
}

impl Wire {
    /// Hands a body over that is read as it goes: a connection of its own, and no limit on how long
    /// it takes while it moves.
    pub(super) async fn hand<R>(
        &self,
        path: &str,
        form: Form<R>,
        pulse: &Pulse,
    ) -> Result<Bytes, Problem>
    where
        R: AsyncRead + Unpin + Send + 'static,
    {
        let mut sender = self.connect::<Form<R>>().await?;
        let request = self
            .head(&Method::POST, path, "application/json")?
            .header(CONTENT_TYPE, FORM)
            .body(form)
            .map_err(|why| Problem::new(Code::BadRequest, format!("Not a request: {why}.")))?;
        let exchange = async {
            match sender.send_request(request).await {
                Ok(response) => whole(response)
                    .await
                    .unwrap_or_else(|why| Err(self.away(&why.to_string()))),
                Err(why) => Err(pulse
                    .broken()
                    .unwrap_or_else(|| self.away(&why.to_string()))),
            }
        };
        tokio::pin!(exchange);
        let mut moved = None;
        loop {
            if let Ok(answer) = tokio::time::timeout(STILL, &mut exchange).await {
                return answer;
            }
            if moved.replace(pulse.moved()) == Some(pulse.moved()) {
                return Err(self.away("the file no longer moves"));
            }
        }
    }

    /// Asks for bytes: a connection of its own, and no limit on how long they take to come.
    pub(super) async fn fetch(&self, path: &str, range: Option<&str>) -> Result<Download, Problem> {
        let open = async {
            let mut sender = self.connect::<Full<Bytes>>().await?;
            let mut request = self.head(&Method::GET, path, "*/*")?;
            if let Some(range) = range {
                request = request.header(RANGE, range);
            }
            let request = request
                .body(Full::default())
                .map_err(|why| Problem::new(Code::BadRequest, format!("Not a request: {why}.")))?;
            let response = sender
                .send_request(request)
                .await
                .map_err(|why| self.away(&why.to_string()))?;
            if response.status().is_success() {
                let (head, body) = response.into_parts();
                return Ok(Download::new(&head.headers, body));
            }
            match whole(response).await {
                Ok(Err(problem)) => Err(problem),
                Ok(Ok(_)) => Err(self.away("an answer that is no file")),
                Err(why) => Err(self.away(&why.to_string())),
            }
        };
        tokio::time::timeout(PATIENCE, open)
            .await
            .unwrap_or_else(|_elapsed| Err(self.away("the file did not come")))
    }
}

/// A file's bytes as they come.
#[derive(Debug)]
pub struct Download {
    /// Its MIME type.
    pub mime: Option<String>,
    /// A clean name to save it under.
    pub filename: Option<String>,
    /// The size of the whole file, where it is told.
    pub total: Option<u64>,
    /// Where in the file these bytes begin.
    pub from: u64,
    body: Incoming,
}

impl Download {
    pub(super) fn new(head: &HeaderMap, body: Incoming) -> Self {
        let text = |name: HeaderName| head.get(name).and_then(|value| value.to_str().ok());
        let range =
            text(CONTENT_RANGE).and_then(|range| range.strip_prefix("bytes ")?.split_once('/'));
        let length = || text(CONTENT_LENGTH).and_then(|len| len.parse().ok());
        Self {
            mime: text(CONTENT_TYPE).map(ToOwned::to_owned),
            filename: text(CONTENT_DISPOSITION)
                .and_then(disposition::read)
                .and_then(|name| crate::file::name::clean(&name)),
            total: match range {
                Some((_, total)) => total.parse().ok(),
                None => length(),
            },
            from: range
                .and_then(|(span, _)| span.split_once('-')?.0.parse().ok())
                .unwrap_or_default(),
            body,
        }
    }

    /// The next bytes; `None` when all have come, a problem when the transfer broke.
    pub async fn next(&mut self) -> Option<Result<Bytes, Problem>> {
        let broken = |why: &str| {
            let detail = format!("The file broke off: {why}. Fetch it again.");
            Some(Err(Problem::new(Code::Unreachable, detail)))
        };
        loop {
            match tokio::time::timeout(STILL, self.body.frame()).await {
                Ok(None) => return None,
                Ok(Some(Ok(frame))) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Some(Ok(bytes));
                    }
                }
                Ok(Some(Err(why))) => return broken(&why.to_string()),
                Err(_elapsed) => return broken("nothing has come for two minutes"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_form_holds_the_kind_the_name_and_every_byte() {
        let file = vec![7_u8; 200_000];
        let (form, pulse) = Form::new(
            io::Cursor::new(file.clone()),
            "a\"b.pdf",
            Some(FileKind::Document),
            |_| {},
        );
        let body = form.collect().await.expect("it reads").to_bytes();
        assert_eq!(pulse.moved(), 200_000);
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains("name=\"kind\"\r\n\r\ndocument\r\n"));
        assert!(text.contains("filename=\"a_b.pdf\""));
        assert!(text.ends_with("\r\n--recado-7f3c0a5e91d24b68-file--\r\n"));
        let at = body
            .windows(4)
            .rposition(|w| w == b"\r\n\r\n")
            .expect("a head")
            + 4;
        assert_eq!(&body[at..at + file.len()], &file[..]);
    }
}
