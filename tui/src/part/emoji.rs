//! Emoji by their names in three languages: for `:name:` in the box and for picking a reaction.

use std::collections::HashMap;

use common::text::fold::fold;
use emojis::Emoji;

/// Names in Spanish and Portuguese, one emoji a line; the English ones come with the crate.
const WORDS: &str = include_str!("../../locales/emoji.tsv");
/// The reactions that WhatsApp itself offers first.
pub const USUAL: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/// An emoji with the name that it was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The emoji.
    pub emoji: &'static str,
    /// The name, as it is typed between colons.
    pub name: &'static str,
}

/// The emoji of exactly that name.
pub fn exact(name: &str) -> Option<&'static str> {
    let name = fold(name);
    ours()
        .find(|named| fold(named.name) == name)
        .map(|named| named.emoji)
        .or_else(|| emojis::get_by_shortcode(&name).map(Emoji::as_str))
}

/// The emoji whose name begins like this, our own first, the shortest names first; no emoji twice.
pub fn beginning(name: &str, most: usize) -> Vec<Named> {
    let name = fold(name);
    let mut found: Vec<Named> = ours()
        .filter(|named| fold(named.name).starts_with(&name))
        .collect();
    found.sort_by_key(|named| named.name.len());
    let mut others: Vec<Named> = theirs()
        .filter(|named| named.name.starts_with(&name))
        .collect();
    others.sort_by_key(|named| named.name.len());
    found.append(&mut others);
    let mut seen = Vec::new();
    found.retain(|named| {
        let new = seen.len() < most && !seen.contains(&named.emoji);
        if new {
            seen.push(named.emoji);
        }
        new
    });
    found
}

/// Every emoji with all of its names, the usual reactions first.
pub fn all() -> Vec<(String, String)> {
    let mut more: HashMap<&str, String> = HashMap::new();
    for named in ours() {
        more.entry(named.emoji)
            .or_default()
            .push_str(&said(named.name));
    }
    let with_names = |emoji: &str| {
        let name = emojis::get(emoji).map_or("", Emoji::name);
        let more = more.get(emoji).map_or("", String::as_str);
        (emoji.to_owned(), format!("{name}{more}"))
    };
    let others = emojis::iter()
        .map(Emoji::as_str)
        .filter(|emoji| !USUAL.contains(emoji));
    USUAL.into_iter().chain(others).map(with_names).collect()
}

/// All names of an emoji, as words.
pub fn names(emoji: &str) -> String {
    let name = emojis::get(emoji).map_or("", Emoji::name);
    let more: String = ours()
        .filter(|named| named.emoji == emoji)
        .map(|named| said(named.name))
        .collect();
    format!("{name}{more}")
}

fn said(name: &str) -> String {
    format!(" · {}", name.replace('_', " "))
}

fn ours() -> impl Iterator<Item = Named> {
    WORDS.lines().flat_map(|line| {
        let mut words = line.split_whitespace();
        let emoji = words.next().unwrap_or_default();
        words.map(move |name| Named { emoji, name })
    })
}

fn theirs() -> impl Iterator<Item = Named> {
    emojis::iter().flat_map(|emoji| {
        emoji.shortcodes().map(move |name| Named {
            emoji: emoji.as_str(),
            name,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{USUAL, WORDS, all, beginning, exact, names};

    #[test]
    fn names_are_found_in_three_languages() {
        assert_eq!(exact("heart"), Some("❤️"));
        assert_eq!(exact("corazón"), Some("❤️"));
        assert_eq!(exact("coracao"), Some("❤️"));
        assert_eq!(exact("nothing_of_the_kind"), None);
        assert!(beginning("cora", 6).iter().any(|n| n.emoji == "❤️"));
        assert!(beginning("thumbs", 6).iter().any(|n| n.emoji == "👍"));
        assert!(beginning("s", 4).len() == 4);
    }

    #[test]
    fn every_line_of_ours_names_an_emoji() {
        for line in WORDS.lines() {
            let mut words = line.split_whitespace();
            let emoji = words.next().unwrap();
            assert!(emojis::get(emoji).is_some(), "{line}");
            assert!(words.count() > 0, "{line}");
        }
    }

    #[test]
    fn the_usual_ones_come_first() {
        let all = all();
        let first: Vec<&str> = all.iter().take(6).map(|(e, _)| e.as_str()).collect();
        assert_eq!(first, USUAL);
        assert!(names("👍").starts_with("thumbs up"));
    }
}
