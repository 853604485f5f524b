//! A script that drives the demonstration without a person: one deed a line.
//!
//! ```text
//! # a comment
//! size 120x36        the terminal's size (before anything else, or later as a resize)
//! wait Ana Prado     until the words stand on the screen
//! gone Ana Prado     until they do not
//! press ^K Enter j   keys, named as in the manual
//! type Hola, Ana     text, as typed
//! look 2000          live for so many milliseconds
//! show NAME          print the screen under this name
//! ```

use std::time::Duration;

use anyhow::{Context, bail};

use crate::desk::Desk;

/// One deed of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The terminal has this size.
    Size(u16, u16),
    /// Wait until the words stand on the screen.
    Wait(String),
    /// Wait until they are gone.
    Gone(String),
    /// Press these keys.
    Press(Vec<String>),
    /// Type this text.
    Type(String),
    /// Live for so long.
    Look(Duration),
    /// Print the screen.
    Show(String),
}

/// Reads a script.
///
/// # Errors
/// A line that is none, by its number.
pub fn parse(text: &str) -> anyhow::Result<Vec<Deed>> {
    let mut deeds = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        deeds.push(
            deed(line).with_context(|| format!("line {} of the script: {line:?}", index + 1))?,
        );
    }
    Ok(deeds)
}

fn deed(line: &str) -> anyhow::Result<Deed> {
    let (word, rest) = line
        .trim_start()
        .split_once(' ')
        .unwrap_or((line.trim(), ""));
    let rest = rest.to_owned();
    Ok(match word {
        "size" => {
            let (width, height) = rest
                .trim()
                .split_once('x')
                .context("write it as size 120x36")?;
            Deed::Size(width.parse()?, height.parse()?)
        }
        "wait" => Deed::Wait(rest),
        "gone" => Deed::Gone(rest),
        "press" => Deed::Press(rest.split_whitespace().map(ToOwned::to_owned).collect()),
        "type" => Deed::Type(rest),
        "look" => Deed::Look(Duration::from_millis(rest.trim().parse()?)),
        "show" => Deed::Show(rest),
        _ => bail!("the words are size, wait, gone, press, type, look and show"),
    })
}

/// The size that a script begins with.
pub fn size(deeds: &[Deed]) -> (u16, u16) {
    match deeds.first() {
        Some(Deed::Size(width, height)) => (*width, *height),
        _ => (120, 36),
    }
}

/// Does a script. Every screen shown goes to `show` with its name.
///
/// # Errors
/// Words that do not come, keys that are none.
pub async fn run(
    desk: &mut Desk,
    deeds: &[Deed],
    mut show: impl FnMut(&str, &str),
) -> anyhow::Result<()> {
    for deed in deeds {
        match deed {
            Deed::Size(width, height) => desk.resize(*width, *height)?,
            Deed::Wait(words) => desk.wait_for(words).await?,
            Deed::Gone(words) => desk.wait_gone(words).await?,
            Deed::Press(keys) => {
                for key in keys {
                    desk.press(key)?;
                }
            }
            Deed::Type(text) => desk.type_text(text)?,
            Deed::Look(span) => desk.look(*span).await?,
            Deed::Show(name) => show(name, &desk.screen()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_line_by_line() {
        let deeds = parse("# hello\nsize 80x24\n\nwait Ana Prado\npress ^K Enter\ntype Hola, Ana\nlook 50\nshow main\n").unwrap();
        assert_eq!(size(&deeds), (80, 24));
        assert_eq!(deeds.get(1), Some(&Deed::Wait("Ana Prado".to_owned())));
        assert_eq!(
            deeds.get(2),
            Some(&Deed::Press(vec!["^K".to_owned(), "Enter".to_owned()]))
        );
        assert_eq!(deeds.get(3), Some(&Deed::Type("Hola, Ana".to_owned())));
    }

    #[test]
    fn a_line_that_is_none_is_told_by_its_number() {
        let told = format!("{:#}", parse("size 80x24\njump").unwrap_err());
        assert!(told.contains("line 2"), "{told}");
    }
}
