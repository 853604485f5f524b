//! Reads pictures, makes them small and ready for the terminal; on threads of their own, within bounds of bytes, pixels and time.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use common::client::Client;
use common::id::MediaId;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use crate::hit::{Sight, Source};
use crate::msg::{Shown, Unseen};
use crate::part::picture::{Means, Picture};

/// A thread of this name may break without a word, and the terminal stays taken: whoever waits for
/// it says so.
pub(crate) const QUIET_THREAD: &str = "recado-picture";
/// No picture of more bytes is read; WhatsApp's own limit is 5 MB.
const BYTES: u64 = 16 * 1024 * 1024;
/// No picture of more pixels is opened out, whatever its bytes promise.
const PIXELS: u64 = 40_000_000;
/// No side of it is longer.
const SIDE: u32 = 16_384;
/// What opening it out may take of memory.
const MEMORY: u64 = 256 * 1024 * 1024;
/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many are opened at once.
const AT_ONCE: usize = 2;

/// Makes pictures ready.
#[derive(Debug, Clone)]
pub(super) struct Darkroom {
    client: Client,
    desks: Arc<Semaphore>,
}

impl Darkroom {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            desks: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Makes one ready for a terminal.
    pub(super) async fn make(self, sight: Sight, means: Means) -> Result<Shown, Unseen> {
        let bytes = match &sight.source {
            Source::File(_) => None,
            Source::Media(id) => Some(fetch(&self.client, *id).await?),
        };
        // Given back by the thread when it is done, also where nobody waits for it any more.
        let desk = Arc::clone(&self.desks).acquire_owned().await;
        let (sender, ready) = oneshot::channel();
        let work = move || {
            let made = match (bytes, &sight.source) {
                (Some(bytes), _) => develop(&bytes, &sight, means),
                (None, Source::File(path)) => {
                    read(path).and_then(|bytes| develop(&bytes, &sight, means))
                }
                (None, Source::Media(_)) => Err(Unseen::Gone),
            };
            drop(desk);
            // Whoever waited may have lost patience.
            let _late = sender.send(made);
        };
        // A thread of its own: a decoder that breaks takes nothing with it, and is not told.
        let thread = std::thread::Builder::new().name(QUIET_THREAD.to_owned());
        if thread.spawn(work).is_err() {
            return Err(Unseen::Slow);
        }
        match timeout(PATIENCE, ready).await {
            Ok(Ok(made)) => made,
            Ok(Err(_broke)) => Err(Unseen::Broken),
            Err(_late) => Err(Unseen::Slow),
        }
    }
}

/// A file's bytes from the daemon, within bounds.
async fn fetch(client: &Client, id: MediaId) -> Result<Vec<u8>, Unseen> {
    let gone = |_| Unseen::Gone;
    let mut download = client.download(id, None).await.map_err(gone)?;
    if download.total.is_some_and(|total| total > BYTES) {
        return Err(Unseen::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(part) = download.next().await {
        bytes.extend_from_slice(&part.map_err(gone)?);
        if bytes.len() as u64 > BYTES {
            return Err(Unseen::TooLarge);
        }
    }
    Ok(bytes)
}

fn read(path: &Path) -> Result<Vec<u8>, Unseen> {
    let gone = |_| Unseen::Gone;
    let file = File::open(path).map_err(gone)?;
    if file.metadata().map_err(gone)?.len() > BYTES {
        return Err(Unseen::TooLarge);
    }
    let mut bytes = Vec::new();
    file.take(BYTES).read_to_end(&mut bytes).map_err(gone)?;
    Ok(bytes)
}

fn develop(bytes: &[u8], sight: &Sight, means: Means) -> Result<Shown, Unseen> {
    let image = open(bytes)?;
    let pixels = (image.width(), image.height());
    let size = means.fit(pixels, sight.most);
    let mut name = DefaultHasher::new();
    sight.hash(&mut name);
    bytes.len().hash(&mut name);
    let name = u32::try_from(name.finish() >> 32).unwrap_or(1);
    let picture = Picture::new(&image, size, means, name).ok_or(Unseen::Broken)?;
    Ok(Shown {
        picture: Arc::new(picture),
        pixels,
    })
}

/// Opens a picture out, upright; what promises too much is never begun.
pub(super) fn open(bytes: &[u8]) -> Result<DynamicImage, Unseen> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_broken| Unseen::Broken)?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| told(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Unseen::TooLarge);
    }
    let upright = decoder.orientation();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| told(&error))?;
    if let Ok(upright) = upright {
        image.apply_orientation(upright);
    }
    Ok(image)
}

fn told(error: &image::ImageError) -> Unseen {
    match error {
        image::ImageError::Limits(_) => Unseen::TooLarge,
        _ => Unseen::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES, Darkroom, open};
    use crate::hit::{Sight, Source};
    use crate::msg::Unseen;
    use crate::part::picture::Means;
    use common::client::Client;
    use image::{DynamicImage, ImageFormat, RgbImage};
    use std::io::Cursor;

    fn bytes(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let image = DynamicImage::ImageRgb8(RgbImage::new(width, height));
        let mut bytes = Vec::new();
        image
            .write_to(&mut Cursor::new(&mut bytes), format)
            .unwrap();
        bytes
    }

    /// A PNG of a few bytes that says it has so many pixels.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut png = bytes(1, 1, ImageFormat::Png);
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        png
    }

    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(crc & 1))
            })
        };
        !bytes.iter().fold(u32::MAX, step)
    }

    #[test]
    fn each_kind_that_whatsapp_sends_is_opened() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let image = open(&bytes(30, 20, format)).unwrap();
            assert_eq!((image.width(), image.height()), (30, 20), "{format:?}");
        }
    }

    #[test]
    fn what_promises_too_much_is_not_begun_and_what_is_broken_is_told() {
        assert_eq!(open(&bomb(100_000, 100_000)).unwrap_err(), Unseen::TooLarge);
        assert_eq!(open(&bomb(16_000, 16_000)).unwrap_err(), Unseen::TooLarge);
        assert_eq!(open(b"no picture").unwrap_err(), Unseen::Broken);
        assert_eq!(open(b"").unwrap_err(), Unseen::Broken);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let whole = bytes(64, 64, format);
            for end in (0..whole.len()).step_by(7) {
                // Cut anywhere it is broken or, where the end is missing alone, shown in part.
                let _either = open(&whole[..end]);
            }
        }
    }

    #[tokio::test]
    async fn a_file_of_this_machine_is_made_ready_and_a_great_one_refused() {
        let folder = tempfile::tempdir().unwrap();
        let small = folder.path().join("a.png");
        std::fs::write(&small, bytes(200, 100, ImageFormat::Png)).unwrap();
        let great = folder.path().join("b.png");
        std::fs::File::create(&great)
            .unwrap()
            .set_len(BYTES + 1)
            .unwrap();
        let room = Darkroom::new(Client::unix("/nonexistent"));
        let see = |path: &std::path::Path| {
            let sight = Sight {
                source: Source::File(path.to_owned()),
                most: (10, 10),
            };
            room.clone().make(sight, Means::blocks(true))
        };
        let shown = see(&small).await.unwrap();
        assert_eq!((shown.pixels, shown.picture.size()), ((200, 100), (10, 3)));
        assert_eq!(see(&great).await.unwrap_err(), Unseen::TooLarge);
        assert_eq!(
            see(&folder.path().join("c")).await.unwrap_err(),
            Unseen::Gone
        );
    }
}
