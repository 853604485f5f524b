//! What somebody looks for: words, and operators that say of whom, when, with what; one reading for console, command line and daemon.

use std::fmt;

use jiff::civil::Date;

use crate::text::day;

/// Who wrote, or to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The business.
    Us,
    /// Whoever has these words or digits among their names.
    Named(String),
}

/// What a message carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are the operators'")]
pub enum Has {
    Image,
    Video,
    Audio,
    Voice,
    Document,
    Sticker,
    /// Any of those.
    File,
    Link,
    Location,
    Contacts,
    Template,
    Reaction,
}

/// How a message or its chat stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// Not read by us.
    Unread,
    /// Of ours, and it failed.
    Failed,
    /// In a chat that waits for an answer.
    Waiting,
    /// In a chat that is in the list.
    Open,
    /// In an archived chat.
    Closed,
}

/// A query taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What is to be found in the text; a blank at its end says that the last word is whole.
    pub text: String,
    /// `from:` who wrote it.
    pub from: Option<Who>,
    /// `to:` to whom it went.
    pub to: Option<Who>,
    /// `in:` with whom the conversation is.
    pub with: Option<String>,
    /// `before:` not on this day and not later.
    pub before: Option<Date>,
    /// `after:` on this day or later.
    pub after: Option<Date>,
    /// `has:` any of these.
    pub has: Vec<Has>,
    /// `is:` all of these.
    pub is: Vec<Is>,
    /// `label:` the chat has all of these.
    pub labels: Vec<String>,
    /// `#2`, `#centro`: our number by its id or label. Where there is none such, it is a word.
    pub number: Option<String>,
}

impl Query {
    /// Whether it is nothing but words.
    pub fn is_plain(&self) -> bool {
        let words = Self {
            text: self.text.clone(),
            ..Self::default()
        };
        *self == words
    }
}

/// An operator whose value says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The operator as we call it.
    pub operator: &'static str,
    /// What stood behind it.
    pub value: String,
    /// What may stand there.
    pub takes: &'static str,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operator,
            value,
            takes,
        } = self;
        write!(
            f,
            "`{operator}:{value}` is not understood: {operator}: takes {takes}."
        )
    }
}

impl std::error::Error for Misread {}

#[derive(Clone, Copy)]
enum Operator {
    From,
    To,
    With,
    Before,
    After,
    On,
    Has,
    Is,
    Label,
}

const OPERATORS: [(&str, Operator); 36] = [
    ("from", Operator::From),
    ("de", Operator::From),
    ("to", Operator::To),
    ("para", Operator::To),
    ("in", Operator::With),
    ("en", Operator::With),
    ("em", Operator::With),
    ("chat", Operator::With),
    ("before", Operator::Before),
    ("until", Operator::Before),
    ("antes", Operator::Before),
    ("hasta", Operator::Before),
    ("ate", Operator::Before),
    ("até", Operator::Before),
    ("after", Operator::After),
    ("since", Operator::After),
    ("desde", Operator::After),
    ("despues", Operator::After),
    ("después", Operator::After),
    ("depois", Operator::After),
    ("on", Operator::On),
    ("dia", Operator::On),
    ("día", Operator::On),
    ("has", Operator::Has),
    ("con", Operator::Has),
    ("com", Operator::Has),
    ("tiene", Operator::Has),
    ("tem", Operator::Has),
    ("is", Operator::Is),
    ("es", Operator::Is),
    ("esta", Operator::Is),
    ("está", Operator::Is),
    ("é", Operator::Is),
    ("label", Operator::Label),
    ("etiqueta", Operator::Label),
    ("rotulo", Operator::Label),
];

const DAYS: &str = "a day: 2026-02-12, 12 feb in quotes, yesterday, 7d";

/// Takes a query apart; `today` is the day where it is asked. What looks like an operator but is
/// none (`https://…`, `14:30`) is a word.
pub fn read(query: &str, today: Date) -> Result<Query, Misread> {
    let mut read = Query::default();
    let mut words: Vec<String> = Vec::new();
    let mut last_is_word = false;
    for part in parts(query) {
        last_is_word = false;
        if let Some(number) = part.strip_prefix('#').filter(|n| is_name(n))
            && read.number.is_none()
        {
            read.number = Some(number.to_owned());
            continue;
        }
        if let Some((operator, value)) = operator(&part) {
            take(&mut read, operator, &value, today)?;
        } else {
            words.push(part);
            last_is_word = true;
        }
    }
    read.text = words.join(" ");
    let open = last_is_word && !query.ends_with(char::is_whitespace);
    if !read.text.is_empty() && !open {
        read.text.push(' ');
    }
    Ok(read)
}

/// A number's id or label, as far as one can be written without a blank.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// The operator that begins this part, and what stands behind it without quotes.
fn operator(part: &str) -> Option<(Operator, String)> {
    let (name, value) = part.split_once(':')?;
    let name = name.to_lowercase();
    let (_, operator) = OPERATORS.iter().find(|(known, _)| *known == name)?;
    if value.starts_with("//") {
        return None;
    }
    let value = value.trim_matches('"').trim();
    (!value.is_empty()).then(|| (*operator, value.to_owned()))
}

/// What blanks part, but not those between quotes.
fn parts(query: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    for c in query.chars() {
        // Quotes group only behind an operator; elsewhere they are what somebody wrote.
        if c == '"' && (quoted || part.ends_with(':')) {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            if !part.is_empty() {
                all.push(std::mem::take(&mut part));
            }
        } else {
            part.push(c);
        }
    }
    if !part.is_empty() {
        all.push(part);
    }
    all
}

fn take(read: &mut Query, operator: Operator, value: &str, today: Date) -> Result<(), Misread> {
    let misread = |operator, takes| Misread {
        operator,
        value: value.to_owned(),
        takes,
    };
    let day = |operator| day::read(value, today).ok_or_else(|| misread(operator, DAYS));
    match operator {
        Operator::From => read.from = Some(who(value)),
        Operator::To => read.to = Some(who(value)),
        Operator::With => read.with = Some(value.to_owned()),
        Operator::Before => read.before = Some(day("before")?),
        Operator::After => read.after = Some(day("after")?),
        Operator::On => {
            let day = day("on")?;
            read.after = Some(day);
            read.before = day.tomorrow().ok();
        }
        Operator::Label => read.labels.push(value.to_owned()),
        Operator::Has => read.has.push(has(value).ok_or_else(|| {
            misread(
                "has",
                "image, video, audio, voice, document, sticker, file, link, location, contact, template or reaction",
            )
        })?),
        Operator::Is => read.is.push(
            is(value).ok_or_else(|| misread("is", "unread, failed, waiting, open or closed"))?,
        ),
    }
    Ok(())
}

fn who(value: &str) -> Who {
    match value.to_lowercase().as_str() {
        "me" | "us" | "yo" | "mi" | "mí" | "nosotros" | "eu" | "mim" | "nos" | "nós" => Who::Us,
        _ => Who::Named(value.to_owned()),
    }
}

fn has(value: &str) -> Option<Has> {
    Some(match value.to_lowercase().as_str() {
        "image" | "images" | "photo" | "photos" | "picture" | "foto" | "fotos" | "imagen"
        | "imagem" => Has::Image,
        "video" | "videos" | "vídeo" | "film" => Has::Video,
        "audio" | "áudio" | "sound" => Has::Audio,
        "voice" | "voz" | "nota" => Has::Voice,
        "document" | "documents" | "doc" | "documento" | "pdf" => Has::Document,
        "sticker" | "stickers" | "figurinha" => Has::Sticker,
        "file" | "files" | "media" | "archivo" | "arquivo" | "adjunto" | "anexo" => Has::File,
        "link" | "links" | "url" | "enlace" => Has::Link,
        "location" | "place" | "lugar" | "ubicacion" | "ubicación" | "local" => Has::Location,
        "contact" | "contacts" | "contacto" | "contato" => Has::Contacts,
        "template" | "plantilla" | "modelo" => Has::Template,
        "reaction" | "reactions" | "reaccion" | "reacción" | "reacao" | "reação" => {
            Has::Reaction
        }
        _ => return None,
    })
}

fn is(value: &str) -> Option<Is> {
    Some(match value.to_lowercase().as_str() {
        "unread" | "noleido" | "noleído" | "naolido" | "nãolido" => Is::Unread,
        "failed" | "fallido" | "falhou" | "error" | "erro" => Is::Failed,
        "waiting" | "pendiente" | "pendente" => Is::Waiting,
        "open" | "abierto" | "aberto" => Is::Open,
        "closed" | "archived" | "cerrado" | "archivado" | "fechado" | "arquivado" => Is::Closed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> Date {
        jiff::civil::date(2026, 3, 12)
    }

    #[expect(clippy::unnecessary_wraps, reason = "as the field wants it")]
    fn named(name: &str) -> Option<Who> {
        Some(Who::Named(name.to_owned()))
    }

    #[test]
    fn operators_are_taken_out_of_the_words() {
        let read = read(
            "from:\"Ana Prado\" pastel #2 has:foto before:2026-02-12 is:unread",
            today(),
        )
        .unwrap();
        let expected = Query {
            text: "pastel ".to_owned(),
            from: named("Ana Prado"),
            before: Some(jiff::civil::date(2026, 2, 12)),
            has: vec![Has::Image],
            is: vec![Is::Unread],
            number: Some("2".to_owned()),
            ..Query::default()
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn our_languages_have_words_of_their_own() {
        let read = read(
            "de:eu para:987 desde:ontem con:enlace etiqueta:vip",
            today(),
        )
        .unwrap();
        assert_eq!((read.from, read.to), (Some(Who::Us), named("987")));
        assert_eq!(read.after, today().yesterday().ok());
        assert_eq!(
            (read.has, read.labels),
            (vec![Has::Link], vec!["vip".to_owned()])
        );
    }

    #[test]
    fn a_day_is_from_its_beginning_to_the_next() {
        let read = read("on:\"12 feb\"", today()).unwrap();
        assert_eq!(read.after, Some(jiff::civil::date(2026, 2, 12)));
        assert_eq!(read.before, Some(jiff::civil::date(2026, 2, 13)));
        assert!(!read.is_plain());
    }

    #[test]
    fn what_only_looks_like_an_operator_is_a_word() {
        for words in [
            "https://recado.example",
            "14:30",
            "nota: llamar",
            "from:",
            "a:b",
            "# 2",
            "#",
        ] {
            let read = read(words, today()).unwrap();
            assert_eq!(
                (read.text.trim(), read.is_plain()),
                (words, true),
                "{words}"
            );
        }
        assert_eq!(read("hola ", today()).unwrap().text, "hola ");
        assert_eq!(read("hola", today()).unwrap().text, "hola");
    }

    #[test]
    fn a_value_that_says_nothing_is_named_with_what_it_may_be() {
        let misread = read("has:spoon", today()).unwrap_err();
        assert!(
            misread
                .to_string()
                .starts_with("`has:spoon` is not understood"),
            "{misread}"
        );
        assert_eq!(read("before:soon", today()).unwrap_err().operator, "before");
        assert_eq!(read("is:tired", today()).unwrap_err().operator, "is");
    }

    proptest! {
        #[test]
        fn no_query_breaks_it(query in "\\PC{0,60}") {
            let _read = read(&query, today());
        }

        #[test]
        fn words_alone_come_out_as_they_went_in(words in "[a-zñá😀 ]{0,40}") {
            let read = read(&words, today()).unwrap();
            prop_assert!(read.is_plain());
            let (out, into): (Vec<&str>, Vec<&str>) =
                (read.text.split_whitespace().collect(), words.split_whitespace().collect());
            prop_assert_eq!(out, into);
        }

        #[test]
        fn operators_and_words_may_stand_in_any_order(
            words in proptest::collection::vec("[a-z]{1,6}", 0..4),
            at in 0_usize..4,
        ) {
            let mut parts: Vec<String> = words.clone();
            parts.insert(at.min(words.len()), "has:image".to_owned());
            let read = read(&parts.join(" "), today()).unwrap();
            prop_assert_eq!(read.has, vec![Has::Image]);
            prop_assert_eq!(read.text.split_whitespace().collect::<Vec<_>>(), words);
        }
    }
}
