//! WhatsApp's limits as a table, and the verdict over one file.

use crate::file::facts::{Colour, Facts, Format};
use crate::file::kind::FileKind;
use crate::file::unfit::{Flaw, Unfit};

/// What one kind may be.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The kind.
    pub kind: FileKind,
    /// The formats it takes.
    pub formats: &'static [Format],
    /// The most bytes.
    pub most: u64,
    /// The most bytes of one that moves.
    pub most_animated: u64,
    /// The formats in words.
    pub wants: &'static str,
}

const KB: u64 = 1024;
const MB: u64 = 1024 * KB;

/// WhatsApp's table of kinds.
pub const RULES: [Rule; 6] = [
    rule(
        FileKind::Image,
        &[Format::Jpeg, Format::Png],
        5 * MB,
        "JPEG or PNG",
    ),
    rule(
        FileKind::Video,
        &[Format::Mp4, Format::ThreeGp],
        16 * MB,
        "MP4 or 3GPP",
    ),
    rule(
        FileKind::Audio,
        &[
            Format::Aac,
            Format::Amr,
            Format::Mp3,
            Format::M4a,
            Format::Ogg,
        ],
        16 * MB,
        "AAC, AMR, MP3, M4A or Ogg with Opus",
    ),
    rule(
        FileKind::Voice,
        &[Format::Ogg],
        16 * MB,
        "Ogg with Opus, mono",
    ),
    rule(
        FileKind::Document,
        &[
            Format::Pdf,
            Format::Doc,
            Format::Docx,
            Format::Xls,
            Format::Xlsx,
            Format::Ppt,
            Format::Pptx,
            Format::Text,
            Format::Jpeg,
            Format::Png,
            Format::Webp,
            Format::Mp4,
            Format::ThreeGp,
            Format::Aac,
            Format::Amr,
            Format::Mp3,
            Format::M4a,
            Format::Ogg,
        ],
        100 * MB,
        "PDF, Word, Excel, PowerPoint, plain text, and the pictures, films and sounds of the other kinds",
    ),
    Rule {
        kind: FileKind::Sticker,
        formats: &[Format::Webp],
        most: 100 * KB,
        most_animated: 500 * KB,
        wants: "WebP",
    },
];

/// The most bytes that any kind may have.
pub const MOST: u64 = 100 * MB;
/// A voice note beyond this is shown to be fetched, not to be played.
pub const PLAYED_AT_ONCE: u64 = 512 * KB;
/// A sticker's sides.
const STICKER: u32 = 512;

const fn rule(kind: FileKind, formats: &'static [Format], most: u64, wants: &'static str) -> Rule {
    Rule {
        kind,
        formats,
        most,
        most_animated: most,
        wants,
    }
}

impl Rule {
    /// The rule of a kind.
    pub const fn of(kind: FileKind) -> &'static Self {
        let [image, video, audio, voice, document, sticker] = &RULES;
        match kind {
            FileKind::Image => image,
            FileKind::Video => video,
            FileKind::Audio => audio,
            FileKind::Voice => voice,
            FileKind::Document => document,
            FileKind::Sticker => sticker,
        }
    }
}

/// WhatsApp takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// As this.
    pub kind: FileKind,
    /// To be declared as this.
    pub mime: &'static str,
    /// What the customer may see of it that is not as one would like.
    pub remarks: Vec<Remark>,
}

/// It goes, but.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remark {
    /// A voice note over 512 KB: to be fetched before it plays.
    FetchedFirst,
    /// The film's index stands at its end: it plays when it is there whole.
    LateIndex,
    /// H.264 in its High profile: old Android telephones show no picture.
    HighProfile,
}

/// Whether WhatsApp takes a file as this kind.
pub fn judge(kind: FileKind, facts: &Facts) -> Result<Fit, Unfit> {
    match fault(kind, facts) {
        Some((flaw, wants)) => Err(unfit(kind, facts, flaw, wants)),
        None => Ok(Fit {
            kind,
            mime: facts.format.mime(),
            remarks: remarks(kind, facts),
        }),
    }
}

/// The kind that suits a file best: how WhatsApp shows such a file, where it takes it so, and a
/// document otherwise.
pub fn guess(facts: &Facts) -> FileKind {
    let shown = shown_as(facts);
    match judge(shown, facts) {
        Err(_) if judge(FileKind::Document, facts).is_ok() => FileKind::Document,
        _ => shown,
    }
}

/// Every kind as which WhatsApp takes it, the best first; empty where it takes it as none.
pub fn kinds(facts: &Facts) -> Vec<FileKind> {
    let first = guess(facts);
    let mut all = vec![first];
    all.extend(
        crate::file::kind::ALL
            .into_iter()
            .filter(|kind| *kind != first),
    );
    all.retain(|kind| judge(*kind, facts).is_ok());
    all
}

fn shown_as(facts: &Facts) -> FileKind {
    match facts.format {
        Format::Webp if facts.width == Some(STICKER) && facts.height == Some(STICKER) => {
            FileKind::Sticker
        }
        format if format.is_picture() => FileKind::Image,
        format if format.is_film() => FileKind::Video,
        format if format.is_sound() => FileKind::Audio,
        _ => FileKind::Document,
    }
}

/// What is wrong first, and what would be right.
fn fault(kind: FileKind, facts: &Facts) -> Option<(Flaw, &'static str)> {
    let rule = Rule::of(kind);
    let most = if facts.animated {
        rule.most_animated
    } else {
        rule.most
    };
    if facts.format == Format::Empty || facts.bytes == 0 {
        return Some((Flaw::Empty, rule.wants));
    }
    if !rule.formats.contains(&facts.format) {
        return Some((Flaw::Format, rule.wants));
    }
    if facts.bytes > most {
        return Some((Flaw::TooLarge, ""));
    }
    if kind == FileKind::Document {
        return None;
    }
    if facts.damaged {
        return Some((Flaw::Damaged, rule.wants));
    }
    match kind {
        FileKind::Image => picture(facts),
        FileKind::Video => film(facts),
        FileKind::Audio | FileKind::Voice => sound(facts),
        FileKind::Sticker => sticker(facts),
        FileKind::Document => None,
    }
}

fn picture(facts: &Facts) -> Option<(Flaw, &'static str)> {
    if facts.depth.is_some_and(|depth| depth > 8) {
        return Some((Flaw::Depth, "8 bits a channel"));
    }
    (facts.colour == Some(Colour::Cmyk)).then_some((Flaw::Colours, "RGB or RGBA"))
}

fn film(facts: &Facts) -> Option<(Flaw, &'static str)> {
    match facts.video.as_deref() {
        None | Some("H.264") => {}
        Some(_) => return Some((Flaw::VideoCodec, "H.264 with AAC or no sound")),
    }
    if facts.sound.len() > 1 {
        return Some((Flaw::SoundTracks, "one sound track or none"));
    }
    let taken = facts.sound.iter().all(|codec| codec == "AAC");
    (!taken).then_some((Flaw::SoundCodec, "H.264 with AAC or no sound"))
}

fn sound(facts: &Facts) -> Option<(Flaw, &'static str)> {
    match facts.format {
        Format::Ogg if facts.sound != ["Opus"] || facts.video.is_some() => {
            Some((Flaw::SoundCodec, "Ogg with Opus, mono"))
        }
        Format::Ogg if facts.channels.is_some_and(|n| n != 1) => {
            Some((Flaw::Channels, "Ogg with Opus, mono"))
        }
        Format::M4a if facts.sound.iter().any(|codec| codec != "AAC") => {
            Some((Flaw::SoundCodec, "AAC"))
        }
        _ => None,
    }
}

fn sticker(facts: &Facts) -> Option<(Flaw, &'static str)> {
    let square = facts.width == Some(STICKER) && facts.height == Some(STICKER);
    (!square).then_some((Flaw::Dimensions, "512×512"))
}

fn remarks(kind: FileKind, facts: &Facts) -> Vec<Remark> {
    let mut all = Vec::new();
    if kind == FileKind::Voice && facts.bytes > PLAYED_AT_ONCE {
        all.push(Remark::FetchedFirst);
    }
    if kind == FileKind::Video {
        if facts.late_index {
            all.push(Remark::LateIndex);
        }
        if facts.profile.is_some_and(|profile| profile >= 100) {
            all.push(Remark::HighProfile);
        }
    }
    all
}

fn unfit(kind: FileKind, facts: &Facts, flaw: Flaw, wants: &str) -> Unfit {
    let rule = Rule::of(kind);
    let most = if facts.animated {
        rule.most_animated
    } else {
        rule.most
    };
    let instead = crate::file::kind::ALL.into_iter().find(|other| {
        let sensible = matches!(other, FileKind::Document)
            || (kind == FileKind::Voice && *other == FileKind::Audio)
            || *other == shown_as(facts);
        *other != kind && sensible && fault(*other, facts).is_none()
    });
    Unfit {
        flaw,
        kind,
        found: facts.found(),
        wants: wants.to_owned(),
        limit: (flaw == Flaw::TooLarge).then_some(most),
        size: facts.bytes,
        instead,
        command: command(kind, facts, flaw),
    }
}

/// The line that makes a file which may go.
fn command(kind: FileKind, facts: &Facts, flaw: Flaw) -> Option<String> {
    let format = facts.format;
    if matches!(flaw, Flaw::Empty | Flaw::Damaged) {
        return None;
    }
    let line = match kind {
        FileKind::Image if format.is_picture() => match flaw {
            Flaw::TooLarge => "ffmpeg -i IN -vf \"scale='min(2048,iw)':-2\" -q:v 3 OUT.jpg",
            _ => "ffmpeg -i IN -pix_fmt yuvj420p -q:v 3 OUT.jpg",
        },
        FileKind::Video if format.is_film() || format == Format::Gif => match flaw {
            Flaw::TooLarge => {
                "ffmpeg -i IN -vf \"scale='min(960,iw)':-2\" -c:v libx264 -profile:v main -pix_fmt yuv420p -crf 28 -c:a aac -b:a 96k -movflags +faststart OUT.mp4"
            }
            _ => {
                "ffmpeg -i IN -c:v libx264 -profile:v main -pix_fmt yuv420p -c:a aac -movflags +faststart OUT.mp4"
            }
        },
        FileKind::Audio | FileKind::Voice if format.is_sound() || format.is_film() => match flaw {
            Flaw::TooLarge => "ffmpeg -i IN -vn -c:a libopus -ac 1 -b:a 24k OUT.ogg",
            _ => "ffmpeg -i IN -vn -c:a libopus -ac 1 -b:a 32k OUT.ogg",
        },
        FileKind::Sticker if format.is_picture() => {
            "ffmpeg -i IN -vf \"scale=512:512:force_original_aspect_ratio=decrease,format=rgba,pad=512:512:-1:-1:color=0x00000000\" -quality 70 OUT.webp"
        }
        _ => return None,
    };
    Some(line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(format: Format, bytes: u64) -> Facts {
        Facts::bare(format, bytes)
    }

    fn wrong(kind: FileKind, facts: &Facts) -> Unfit {
        judge(kind, facts).expect_err("it may not go")
    }

    #[test]
    fn a_large_picture_names_limit_size_and_way_out() {
        let unfit = wrong(FileKind::Image, &facts(Format::Png, 7 * MB));
        assert_eq!((unfit.flaw, unfit.limit), (Flaw::TooLarge, Some(5 * MB)));
        assert_eq!(unfit.instead, Some(FileKind::Document));
        let sentence = unfit.sentence();
        assert!(
            sentence.contains("at most 5 MB") && sentence.contains("7 MB"),
            "{sentence}"
        );
        assert!(
            sentence.contains("document") && sentence.contains("ffmpeg"),
            "{sentence}"
        );
        assert!(judge(FileKind::Image, &facts(Format::Png, 5 * MB)).is_ok());
    }

    #[test]
    fn depth_and_colours_of_print_are_refused_as_picture_only() {
        let mut deep = facts(Format::Png, MB);
        deep.depth = Some(16);
        assert_eq!(wrong(FileKind::Image, &deep).flaw, Flaw::Depth);
        assert_eq!(guess(&deep), FileKind::Document);
        let mut print = facts(Format::Jpeg, MB);
        print.colour = Some(Colour::Cmyk);
        assert_eq!(wrong(FileKind::Image, &print).flaw, Flaw::Colours);
    }

    #[test]
    fn a_film_is_h264_with_one_aac_track_at_most() {
        let mut film = facts(Format::Mp4, MB);
        film.video = Some("H.264".to_owned());
        film.sound = vec!["AAC".to_owned()];
        film.profile = Some(100);
        let fit = judge(FileKind::Video, &film).expect("it may go");
        assert_eq!(
            (fit.mime, fit.remarks),
            ("video/mp4", vec![Remark::HighProfile])
        );
        film.sound.push("AAC".to_owned());
        assert_eq!(wrong(FileKind::Video, &film).flaw, Flaw::SoundTracks);
        film.sound = vec!["AMR".to_owned()];
        assert_eq!(wrong(FileKind::Video, &film).flaw, Flaw::SoundCodec);
        film.video = Some("HEVC".to_owned());
        let unfit = wrong(FileKind::Video, &film);
        assert_eq!(unfit.flaw, Flaw::VideoCodec);
        assert!(unfit.command.expect("a way").contains("libx264"));
    }

    #[test]
    fn a_voice_note_is_opus_and_mono() {
        let mut note = facts(Format::Ogg, 600 * KB);
        note.sound = vec!["Opus".to_owned()];
        note.channels = Some(1);
        let fit = judge(FileKind::Voice, &note).expect("it may go");
        assert_eq!(fit.remarks, [Remark::FetchedFirst]);
        note.channels = Some(2);
        assert_eq!(wrong(FileKind::Voice, &note).flaw, Flaw::Channels);
        assert_eq!(wrong(FileKind::Audio, &note).flaw, Flaw::Channels);
        let mp3 = wrong(FileKind::Voice, &facts(Format::Mp3, MB));
        assert_eq!(
            (mp3.flaw, mp3.instead),
            (Flaw::Format, Some(FileKind::Audio))
        );
    }

    #[test]
    fn a_sticker_is_512_square_and_light() {
        let mut webp = facts(Format::Webp, 90 * KB);
        (webp.width, webp.height) = (Some(512), Some(512));
        assert_eq!(guess(&webp), FileKind::Sticker);
        webp.bytes = 200 * KB;
        assert_eq!(wrong(FileKind::Sticker, &webp).limit, Some(100 * KB));
        webp.animated = true;
        assert!(judge(FileKind::Sticker, &webp).is_ok());
        webp.width = Some(500);
        assert_eq!(wrong(FileKind::Sticker, &webp).flaw, Flaw::Dimensions);
    }

    #[test]
    fn what_whatsapp_never_takes_says_so() {
        let zip = wrong(FileKind::Document, &facts(Format::Zip, MB));
        assert_eq!((zip.flaw, zip.instead), (Flaw::Format, None));
        assert!(kinds(&facts(Format::Zip, MB)).is_empty());
        assert_eq!(
            wrong(FileKind::Document, &facts(Format::Pdf, 101 * MB)).flaw,
            Flaw::TooLarge
        );
        assert_eq!(
            wrong(FileKind::Document, &facts(Format::Empty, 0)).flaw,
            Flaw::Empty
        );
        assert_eq!(kinds(&facts(Format::Pdf, MB)), [FileKind::Document]);
    }
}
