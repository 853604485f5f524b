//! Writes one binding into a file of keys, and leaves everything else in it as it stands.

use crokey::KeyCombination;
use crokey::OneToThree;
use crokey::crossterm::event::{KeyCode, KeyModifiers};
use thiserror::Error;

use crate::keys::{Binding, parse, sequence};

/// Why a file of keys is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BindError {
    /// It cannot be read as it stands.
    #[error("line {line}: {what}")]
    Broken {
        /// The line.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// It is written in a form that a line cannot be put into.
    #[error("the file does not have its contexts as [{0}] in lines of their own; write it by hand")]
    Form(String),
    /// No file can name that key.
    #[error("this key has no name")]
    Nameless,
}

/// A file of keys with one binding more, or with another action for keys that it binds already.
/// Comments, order and blanks stay. Gives the text, and all bindings in it.
pub fn bind(
    text: &str,
    context: &str,
    chords: &[KeyCombination],
    action: &str,
) -> Result<(String, Vec<Binding>), BindError> {
    let before = parse(text).map_err(|fault| broken(text, fault.span.start, fault.what))?;
    let keys: Vec<String> = chords
        .iter()
        .map(|chord| written(*chord))
        .collect::<Option<_>>()
        .ok_or(BindError::Nameless)?;
    let line = format!("{} = \"{action}\"", quoted(&keys.join(" ")));
    let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    let same = |b: &&Binding| b.context == context && b.chords == chords;
    let known = before.iter().find(same).map(|b| b.line);
    if let Some(place) = known.and_then(|line| line.checked_sub(1)) {
        let old = lines.get(place).cloned().unwrap_or_default();
        let lead: String = old.chars().take_while(|c| c.is_whitespace()).collect();
        let kept = comment(&old).map_or_else(String::new, |note| format!("  {note}"));
        if let Some(place) = lines.get_mut(place) {
            *place = format!("{lead}{line}{kept}");
        }
    } else {
        add(&mut lines, context, &line);
    }
    let mut fresh = lines.join("\n");
    fresh.push('\n');
    // What was meant must stand in it, and nothing else may have changed.
    let form = || BindError::Form(context.to_owned());
    let after = parse(&fresh).map_err(|_fault| form())?;
    let meant = |b: &Binding| b.context == context && b.chords == chords;
    let others = |all: &[Binding]| -> Vec<_> {
        let rest = all.iter().filter(|b| !meant(b));
        rest.map(|b| (b.context.clone(), b.chords.clone(), b.action.clone()))
            .collect()
    };
    let done = after
        .iter()
        .any(|b| meant(b) && b.action.as_deref() == Some(action));
    if done && others(&before) == others(&after) {
        Ok((fresh, after))
    } else {
        Err(form())
    }
}

/// Below the last line of its table that says something; a table that is not there comes last.
fn add(lines: &mut Vec<String>, context: &str, line: &str) {
    let begins = |line: &String| line.trim_start().starts_with('[');
    let named = |line: &String| {
        let inner = line.trim_start().strip_prefix('[');
        let name = inner.and_then(|inner| inner.split(']').next());
        name.is_some_and(|name| name.trim().trim_matches('"') == context)
    };
    let Some(head) = lines.iter().position(named) else {
        if lines.last().is_some_and(|last| !last.trim().is_empty()) {
            lines.push(String::new());
        }
        lines.push(format!("[{context}]"));
        lines.push(line.to_owned());
        return;
    };
    let inner = lines.iter().skip(head + 1);
    let end = head + 1 + inner.take_while(|line| !begins(line)).count();
    let says = |line: &&String| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    };
    let table = lines.iter().enumerate().take(end).skip(head);
    let last = table.filter(|(_, line)| says(line)).map(|(at, _)| at).max();
    lines.insert(last.unwrap_or(head) + 1, line.to_owned());
}

/// The comment at the end of a line; a `#` in quotes begins none.
fn comment(line: &str) -> Option<&str> {
    let mut quote = None;
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            (None, '#') => return line.get(at..),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(begun), letter) if begun == letter => quote = None,
            _ => {}
        }
    }
    None
}

fn quoted(keys: &str) -> String {
    if keys.contains(['"', '\\']) {
        format!("'{keys}'")
    } else {
        format!("\"{keys}\"")
    }
}

fn broken(text: &str, byte: usize, what: String) -> BindError {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    BindError::Broken { line, what }
}

/// A chord as a file of keys writes it; none where the file could not say it.
pub fn written(chord: KeyCombination) -> Option<String> {
    let OneToThree::One(code) = chord.codes else {
        return None;
    };
    let mut text = String::new();
    for (modifier, word) in [
        (KeyModifiers::SUPER, "super-"),
        (KeyModifiers::CONTROL, "ctrl-"),
        (KeyModifiers::ALT, "alt-"),
        (KeyModifiers::SHIFT, "shift-"),
    ] {
        let capital = matches!(code, KeyCode::Char(c) if c.is_uppercase());
        let implied = capital && chord.modifiers == KeyModifiers::SHIFT;
        if chord.modifiers.contains(modifier) && !(modifier == KeyModifiers::SHIFT && implied) {
            text.push_str(word);
        }
    }
    let name = match code {
        KeyCode::Char(' ') => "space".to_owned(),
        KeyCode::Char(c) if c.is_control() => return None,
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(n) => format!("f{n}"),
        KeyCode::Enter => "enter".to_owned(),
        KeyCode::Esc => "esc".to_owned(),
        KeyCode::Tab | KeyCode::BackTab => "tab".to_owned(),
        KeyCode::Backspace => "backspace".to_owned(),
        KeyCode::Delete => "delete".to_owned(),
        KeyCode::Insert => "insert".to_owned(),
        KeyCode::Home => "home".to_owned(),
        KeyCode::End => "end".to_owned(),
        KeyCode::PageUp => "pageup".to_owned(),
        KeyCode::PageDown => "pagedown".to_owned(),
        KeyCode::Up => "up".to_owned(),
        KeyCode::Down => "down".to_owned(),
        KeyCode::Left => "left".to_owned(),
        KeyCode::Right => "right".to_owned(),
        _ => return None,
    };
    text.push_str(&name);
    (sequence(&text).ok()? == [chord]).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{BindError, bind, written};
    use crate::keys::{SAMPLE, normal, parse, sequence};
    use crokey::crossterm::event::{KeyCode, KeyModifiers};
    use proptest::prelude::*;

    fn bound(text: &str, context: &str, keys: &str, action: &str) -> Result<String, BindError> {
        bind(text, context, &sequence(keys).unwrap(), action).map(|(text, _)| text)
    }

    #[test]
    fn a_line_comes_below_its_table_and_everything_else_stays() {
        let file = "# mine, do not touch\n\n[list] # the list\nt = \"archive\"   # thumb\n\n# of the text\n[text]\n\"ctrl-s\" = \"send\"\n";
        assert_eq!(
            bound(file, "list", "g x", "pin").unwrap(),
            file.replace("# thumb\n", "# thumb\n\"g x\" = \"pin\"\n")
        );
        assert_eq!(
            bound(file, "list", "t", "pin").unwrap(),
            file.replace("t = \"archive\"   # thumb", "\"t\" = \"pin\"  # thumb")
        );
        assert_eq!(
            bound(file, "conversation", "\"", "reply").unwrap(),
            format!("{file}\n[conversation]\n'\"' = \"reply\"\n")
        );
        assert_eq!(
            bound("", "list", "#", "pin").unwrap(),
            "[list]\n\"#\" = \"pin\"\n"
        );
        assert_eq!(
            bound("[list]\n\"#\" = false # off", "list", "#", "pin").unwrap(),
            "[list]\n\"#\" = \"pin\"  # off\n"
        );
    }

    #[test]
    fn what_cannot_be_written_is_said_and_left_alone() {
        let told = |file: &str| bound(file, "list", "x", "pin").unwrap_err().to_string();
        assert!(told("[list]\nt = 3\n").starts_with("line 2"));
        assert!(told("list = { t = \"pin\" }\n").contains("by hand"));
        assert!(told("list.t = \"pin\"\n").contains("by hand"));
    }

    #[test]
    fn every_default_key_can_be_written_and_read_back() {
        for binding in parse(SAMPLE).unwrap() {
            let keys: Option<Vec<String>> = binding.chords.iter().map(|c| written(*c)).collect();
            let keys = keys.unwrap().join(" ");
            assert_eq!(sequence(&keys).unwrap(), binding.chords, "{keys}");
        }
    }

    proptest! {
        #[test]
        fn whatever_key_is_pressed_stands_in_the_file_then(
            letter in any::<char>(),
            bits in 0_u8..16,
            context in "list|text|anywhere|overlay|conversation",
        ) {
            let modifiers = KeyModifiers::from_bits_truncate(bits);
            let chord = normal(KeyCode::Char(letter), modifiers);
            match bind(SAMPLE, &context, &[chord], "redraw") {
                Ok((text, all)) => {
                    prop_assert_eq!(parse(&text).unwrap(), all);
                    let lost: Vec<&str> = SAMPLE
                        .lines()
                        .filter(|line| line.starts_with('#') && !text.contains(line))
                        .collect();
                    prop_assert!(lost.is_empty(), "{:?}", lost);
                }
                Err(why) => prop_assert_eq!(why, BindError::Nameless),
            }
        }
    }
}
