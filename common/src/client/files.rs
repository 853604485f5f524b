//! Files: handed over, fetched, asked for, offered to a console.

use std::ops::Range;

use hyper::Method;
use tokio::io::AsyncRead;

use super::transfer::{Download, Form};
use super::{Client, read};
use crate::api::problem::Problem;
use crate::file::kind::FileKind;
use crate::id::MediaId;
use crate::model::media::Media;

impl Client {
    /// Hands over a file, read as it goes, to be named by a message afterwards. `told` hears how
    /// many bytes have gone.
    pub async fn upload<R>(
        &self,
        file: R,
        name: &str,
        kind: Option<FileKind>,
        told: impl FnMut(u64) + Send + 'static,
    ) -> Result<Media, Problem>
    where
        R: AsyncRead + Unpin + Send + 'static,
    {
        let (form, pulse) = Form::new(file, name, kind, told);
        read(&self.wire.hand("/media", form, &pulse).await?)
    }

    /// What is known of a file.
    pub async fn media(&self, id: MediaId) -> Result<Media, Problem> {
        self.get(&format!("/media/{id}/info")).await
    }

    /// A file's bytes: all, or a range such as `0..1024` (an end beyond the file's is its end).
    pub async fn download(
        &self,
        id: MediaId,
        range: Option<Range<u64>>,
    ) -> Result<Download, Problem> {
        let range = range.map(|r| match r.end {
            u64::MAX => format!("bytes={}-", r.start),
            end => format!("bytes={}-{}", r.start, end.saturating_sub(1)),
        });
        self.wire
            .fetch(&format!("/media/{id}"), range.as_deref())
            .await
    }

    /// Asks for a file that waits, failed or lapsed.
    pub async fn fetch_media(&self, id: MediaId) -> Result<Media, Problem> {
        self.ask(Method::POST, &format!("/media/{id}/fetch"), None::<&()>)
            .await
    }

    /// Offers a file to the chat that my consoles have open.
    pub async fn offer(&self, id: MediaId) -> Result<(), Problem> {
        self.done(Method::POST, &format!("/media/{id}/offer"), None::<&()>)
            .await
    }
}
