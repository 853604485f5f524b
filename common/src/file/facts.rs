//! What a file is, as its own bytes tell: format, size, codecs, length; a name never decides.

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Format {
    Jpeg,
    Png,
    Webp,
    Gif,
    Heic,
    Avif,
    Bmp,
    Tiff,
    Mp4,
    ThreeGp,
    QuickTime,
    Matroska,
    Avi,
    Ogg,
    Mp3,
    Aac,
    Amr,
    M4a,
    Wav,
    Flac,
    Pdf,
    Doc,
    Docx,
    Xls,
    Xlsx,
    Ppt,
    Pptx,
    /// Microsoft's old container, of which only the name tells more.
    Ole,
    Zip,
    Text,
    Empty,
    Unknown,
}

impl Format {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::Mp4 => "MP4",
            Self::ThreeGp => "3GPP",
            Self::QuickTime => "QuickTime",
            Self::Matroska => "Matroska/WebM",
            Self::Avi => "AVI",
            Self::Ogg => "Ogg",
            Self::Mp3 => "MP3",
            Self::Aac => "AAC",
            Self::Amr => "AMR",
            Self::M4a => "M4A",
            Self::Wav => "WAV",
            Self::Flac => "FLAC",
            Self::Pdf => "PDF",
            Self::Doc => "Word (doc)",
            Self::Docx => "Word (docx)",
            Self::Xls => "Excel (xls)",
            Self::Xlsx => "Excel (xlsx)",
            Self::Ppt => "PowerPoint (ppt)",
            Self::Pptx => "PowerPoint (pptx)",
            Self::Ole => "Microsoft Office",
            Self::Zip => "ZIP",
            Self::Text => "text",
            Self::Empty => "an empty file",
            Self::Unknown => "an unknown format",
        }
    }

    /// Its MIME type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Mp4 => "video/mp4",
            Self::ThreeGp => "video/3gpp",
            Self::QuickTime => "video/quicktime",
            Self::Matroska => "video/x-matroska",
            Self::Avi => "video/x-msvideo",
            Self::Ogg => "audio/ogg",
            Self::Mp3 => "audio/mpeg",
            Self::Aac => "audio/aac",
            Self::Amr => "audio/amr",
            Self::M4a => "audio/mp4",
            Self::Wav => "audio/wav",
            Self::Flac => "audio/flac",
            Self::Pdf => "application/pdf",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Ole => "application/x-ole-storage",
            Self::Zip => "application/zip",
            Self::Text => "text/plain",
            Self::Empty | Self::Unknown => "application/octet-stream",
        }
    }

    /// Whether it is a picture.
    pub const fn is_picture(self) -> bool {
        matches!(
            self,
            Self::Jpeg
                | Self::Png
                | Self::Webp
                | Self::Gif
                | Self::Heic
                | Self::Avif
                | Self::Bmp
                | Self::Tiff
        )
    }

    /// Whether it is a film.
    pub const fn is_film(self) -> bool {
        matches!(
            self,
            Self::Mp4 | Self::ThreeGp | Self::QuickTime | Self::Matroska | Self::Avi
        )
    }

    /// Whether it is sound.
    pub const fn is_sound(self) -> bool {
        matches!(
            self,
            Self::Ogg | Self::Mp3 | Self::Aac | Self::Amr | Self::M4a | Self::Wav | Self::Flac
        )
    }
}

/// How a picture's colours are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Colour {
    Grey,
    Rgb,
    Palette,
    Cmyk,
}

/// Everything that a file's own bytes tell. What they do not tell is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// What the bytes are.
    pub format: Format,
    /// How many.
    pub bytes: u64,
    /// Pictures and films: pixels across.
    pub width: Option<u32>,
    /// Pictures and films: pixels down.
    pub height: Option<u32>,
    /// Pictures: bits of one channel.
    pub depth: Option<u8>,
    /// Pictures: how the colours are kept.
    pub colour: Option<Colour>,
    /// It moves.
    pub animated: bool,
    /// Films and sound: how long.
    pub seconds: Option<f64>,
    /// Sound: 1 is mono.
    pub channels: Option<u8>,
    /// Films: how the pictures are coded (`H.264`, `HEVC`, …).
    pub video: Option<String>,
    /// Films and sound: how each sound track is coded (`AAC`, `Opus`, …).
    pub sound: Vec<String>,
    /// MP4 and its kin: the major brand.
    pub brand: Option<String>,
    /// H.264: the profile's number (100 and more: High).
    pub profile: Option<u8>,
    /// MP4: the index stands behind the pictures, so that it plays only when it is there whole.
    pub late_index: bool,
    /// Sound: how loud it is from beginning to end, 0 to 100, as far as packet sizes tell.
    pub levels: Vec<u8>,
    /// It breaks off or contradicts itself.
    pub damaged: bool,
}

impl Facts {
    /// Of this format and size, nothing more known.
    pub const fn bare(format: Format, bytes: u64) -> Self {
        Self {
            format,
            bytes,
            width: None,
            height: None,
            depth: None,
            colour: None,
            animated: false,
            seconds: None,
            channels: None,
            video: None,
            sound: Vec::new(),
            brand: None,
            profile: None,
            late_index: false,
            levels: Vec::new(),
            damaged: false,
        }
    }

    /// The same, where bytes alone cannot tell and the name's ending may: Microsoft's old container.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        if self.format == Format::Ole {
            let ending = name
                .rsplit_once('.')
                .map(|(_, end)| end.to_ascii_lowercase());
            self.format = match ending.as_deref() {
                Some("doc" | "dot") => Format::Doc,
                Some("xls" | "xlt") => Format::Xls,
                Some("ppt" | "pps") => Format::Ppt,
                _ => Format::Ole,
            };
        }
        self
    }

    /// What was found, for a sentence: format, codecs, size of the picture.
    pub fn found(&self) -> String {
        let mut words = vec![self.format.name().to_owned()];
        if let (Some(width), Some(height)) = (self.width, self.height) {
            words.push(format!("{width}×{height}"));
        }
        words.extend(self.video.clone());
        words.extend(self.sound.iter().cloned());
        if let Some(channels) = self.channels {
            words.push(match channels {
                1 => "mono".to_owned(),
                2 => "stereo".to_owned(),
                more => format!("{more} channels"),
            });
        }
        if let Some(depth) = self.depth.filter(|depth| *depth != 8) {
            words.push(format!("{depth} bits a channel"));
        }
        if self.colour == Some(Colour::Cmyk) {
            words.push("CMYK".to_owned());
        }
        words.join(" ")
    }
}
