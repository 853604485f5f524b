//! Key bindings as text: context, chord or sequence, action name, each with the line that it stands in.

use std::ops::Range;

use crokey::crossterm::event::{KeyCode, KeyModifiers};
use crokey::{KeyCombination, OneToThree};
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The shipped sample: the default keys.
pub const SAMPLE: &str = include_str!("../defaults/keys.toml");

/// One line of `keys.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The table that it stands in: `anywhere`, `list`, `conversation`, `text`, `overlay`.
    pub context: String,
    /// The chords, one after the other.
    pub chords: Vec<KeyCombination>,
    /// The action's name; `None` (`false` in the file) unbinds.
    pub action: Option<String>,
    /// Its line, from one.
    pub line: usize,
    /// Its column, from one.
    pub column: usize,
}

/// What is wrong with a file of keys, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what}")]
pub struct Fault {
    /// The bytes that are meant.
    pub span: Range<usize>,
    /// What is wrong, and what it may be instead.
    pub what: String,
}

/// A key that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no key. Keys are written like `j`, `G`, `ctrl-k`, `alt-1`, `f2`, `enter`, `g g`."
)]
pub struct BadChord(pub String);

/// Reads a file of keys. Tables are contexts, keys are chords (`"ctrl-k"`) or sequences (`"g g"`),
/// values are action names or `false`.
pub fn parse(text: &str) -> Result<Vec<Binding>, Fault> {
    let table = DeTable::parse(text).map_err(|error| Fault {
        span: error.span().unwrap_or(0..0),
        what: format!(
            "This is not TOML: {}.",
            error.message().trim_end_matches('.')
        ),
    })?;
    let mut bindings: Vec<Binding> = Vec::new();
    for (context, inner) in table.get_ref() {
        let name = context.get_ref();
        let DeValue::Table(inner) = inner.get_ref() else {
            let what = format!("`{name}` is no context. Write `[list]` above its keys.");
            return Err(Fault {
                span: context.span(),
                what,
            });
        };
        let mut inner: Vec<_> = inner.iter().collect();
        inner.sort_by_key(|(keys, _)| keys.span().start);
        for (keys, value) in inner {
            let binding = one(text, name, keys, value)?;
            let same = |b: &&Binding| b.context == binding.context && b.chords == binding.chords;
            if let Some(twice) = bindings.iter().find(same) {
                let what = format!("The same key is bound in line {} already.", twice.line);
                return Err(Fault {
                    span: keys.span(),
                    what,
                });
            }
            bindings.push(binding);
        }
    }
    bindings.sort_by_key(|binding| (binding.line, binding.column));
    Ok(bindings)
}

fn one(
    text: &str,
    context: &str,
    keys: &Spanned<DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
) -> Result<Binding, Fault> {
    let chords = sequence(keys.get_ref()).map_err(|bad| Fault {
        span: keys.span(),
        what: bad.to_string(),
    })?;
    let action = match value.get_ref() {
        DeValue::String(name) => Some(name.to_string()),
        DeValue::Boolean(false) => None,
        _ => {
            let what = "An action's name in quotes is meant here, or `false` to unbind.";
            return Err(Fault {
                span: value.span(),
                what: what.to_owned(),
            });
        }
    };
    let (line, column) = position(text, keys.span().start);
    Ok(Binding {
        context: context.to_owned(),
        chords,
        action,
        line,
        column,
    })
}

/// Reads a sequence: chords with blanks between them.
pub fn sequence(text: &str) -> Result<Vec<KeyCombination>, BadChord> {
    let chords: Vec<KeyCombination> = text
        .split_whitespace()
        .map(chord)
        .collect::<Result<_, _>>()?;
    if chords.is_empty() {
        Err(BadChord(text.to_owned()))
    } else {
        Ok(chords)
    }
}

/// Reads one chord. A capital letter means the letter with Shift.
pub fn chord(text: &str) -> Result<KeyCombination, BadChord> {
    let (mut modifiers, mut rest) = (KeyModifiers::NONE, text);
    while let Some((head, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
        modifiers |= match head.to_ascii_lowercase().as_str() {
            "ctrl" => KeyModifiers::CONTROL,
            "alt" => KeyModifiers::ALT,
            "shift" => KeyModifiers::SHIFT,
            "cmd" | "super" => KeyModifiers::SUPER,
            _ => return Err(BadChord(text.to_owned())),
        };
        rest = tail;
    }
    let mut letters = rest.chars();
    let code = match (letters.next(), letters.next()) {
        (Some(letter), None) => KeyCode::Char(letter),
        _ => named(rest).ok_or_else(|| BadChord(text.to_owned()))?,
    };
    Ok(normal(code, modifiers))
}

fn named(text: &str) -> Option<KeyCode> {
    match crokey::parse(text).ok()? {
        KeyCombination {
            codes: OneToThree::One(code),
            ..
        } => Some(code),
        _ => None,
    }
}

/// The one form of a key that terminals tell in several: Shift stands beside capital letters and
/// named keys, never beside other characters, which have it in them.
pub fn normal(code: KeyCode, modifiers: KeyModifiers) -> KeyCombination {
    let kept =
        KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT | KeyModifiers::SUPER;
    let mut modifiers = modifiers & kept;
    let code = match code {
        KeyCode::Char('\r' | '\n') => KeyCode::Enter,
        // One byte is both, and crossterm reads the one that nobody means.
        KeyCode::Char('7') if modifiers == KeyModifiers::CONTROL => KeyCode::Char('_'),
        KeyCode::Char(c)
            if c.is_uppercase()
                || (modifiers.contains(KeyModifiers::SHIFT) && c.is_lowercase()) =>
        {
            // With Control or Alt a capital without Shift is only another way to write it.
            if modifiers.intersects(KeyModifiers::CONTROL)
                && !modifiers.contains(KeyModifiers::SHIFT)
            {
                KeyCode::Char(c.to_lowercase().next().unwrap_or(c))
            } else {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Char(c.to_uppercase().next().unwrap_or(c))
            }
        }
        KeyCode::Char(c) => {
            modifiers -= KeyModifiers::SHIFT;
            KeyCode::Char(c)
        }
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        KeyCode::BackTab => {
            modifiers |= KeyModifiers::SHIFT;
            KeyCode::BackTab
        }
        other => other,
    };
    KeyCombination::one_key(code, modifiers)
}

/// How a chord is shown: `^K`, `Alt-1`, `G`, `↵` is left to view (`Enter`).
pub fn shown(chord: KeyCombination) -> String {
    let OneToThree::One(code) = chord.codes else {
        return chord.to_string();
    };
    let mut text = String::new();
    if chord.modifiers.contains(KeyModifiers::SUPER) {
        text.push_str("Cmd-");
    }
    if chord.modifiers.contains(KeyModifiers::ALT) {
        text.push_str("Alt-");
    }
    let is_letter = matches!(code, KeyCode::Char(_));
    if chord.modifiers.contains(KeyModifiers::CONTROL) {
        text.push_str(if is_letter { "^" } else { "Ctrl-" });
    }
    if chord.modifiers.contains(KeyModifiers::SHIFT) && !is_letter && code != KeyCode::BackTab {
        text.push_str("Shift-");
    }
    let name = match code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(c) if chord.modifiers.contains(KeyModifiers::CONTROL) => {
            c.to_uppercase().to_string()
        }
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(n) => format!("F{n}"),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::BackTab => "Shift-Tab".to_owned(),
        KeyCode::Up => "↑".to_owned(),
        KeyCode::Down => "↓".to_owned(),
        KeyCode::Left => "←".to_owned(),
        KeyCode::Right => "→".to_owned(),
        other => format!("{other:?}"),
    };
    text.push_str(&name);
    text
}

fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |row| row.chars().count())
        + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::{chord, normal, parse, sequence, shown};
    use crokey::crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn chords_read_as_terminals_tell_them() {
        let same = |text: &str, code, modifiers| {
            assert_eq!(chord(text).unwrap(), normal(code, modifiers), "{text}");
        };
        same("G", KeyCode::Char('G'), KeyModifiers::SHIFT);
        same("G", KeyCode::Char('G'), KeyModifiers::NONE);
        same("shift-g", KeyCode::Char('G'), KeyModifiers::SHIFT);
        same("?", KeyCode::Char('?'), KeyModifiers::SHIFT);
        same("ctrl-K", KeyCode::Char('k'), KeyModifiers::CONTROL);
        same("alt--", KeyCode::Char('-'), KeyModifiers::ALT);
        same("-", KeyCode::Char('-'), KeyModifiers::NONE);
        same("shift-tab", KeyCode::BackTab, KeyModifiers::SHIFT);
        same("alt-,", KeyCode::Char(','), KeyModifiers::ALT);
        same("ñ", KeyCode::Char('ñ'), KeyModifiers::NONE);
        same("ctrl-_", KeyCode::Char('7'), KeyModifiers::CONTROL);
        same(
            "alt-shift-down",
            KeyCode::Down,
            KeyModifiers::ALT | KeyModifiers::SHIFT,
        );
        assert!(chord("hyper-k").is_err());
        assert!(chord("enterr").is_err());
        assert!(sequence("  ").is_err());
    }

    #[test]
    fn chords_are_shown_short() {
        let show = |text: &str| shown(chord(text).unwrap());
        assert_eq!(show("ctrl-k"), "^K");
        assert_eq!(show("alt-1"), "Alt-1");
        assert_eq!(show("ctrl-7"), "^_");
        assert_eq!(show("G"), "G");
        assert_eq!(show("shift-tab"), "Shift-Tab");
        assert_eq!(show("alt-shift-down"), "Alt-Shift-↓");
        assert_eq!(show("pagedown"), "PgDn");
    }

    #[test]
    fn a_file_says_lines() {
        let file = "# mine\n[list]\n\"g g\" = \"first\"\ne = false\n[text]\nctrl-k = \"send\"\n";
        let bindings = parse(file).unwrap();
        assert_eq!(bindings.len(), 3);
        assert_eq!((bindings[0].line, bindings[0].chords.len()), (3, 2));
        assert_eq!((bindings[1].line, bindings[1].action.as_deref()), (4, None));
        assert_eq!(bindings[2].context, "text");
    }

    #[test]
    fn faults_say_where_and_what() {
        let fault = |file: &str| {
            let fault = parse(file).unwrap_err();
            (super::position(file, fault.span.start).0, fault.what)
        };
        assert_eq!(fault("[list]\nhyper-k = \"send\"").0, 2);
        assert!(fault("[list]\nhyper-k = \"send\"").1.contains("ctrl-k"));
        assert_eq!(fault("[list]\nj = 3").0, 2);
        assert_eq!(fault("j = \"down\"").0, 1);
        assert!(
            fault("[list]\nctrl-a = \"up\"\nCTRL-A = \"down\"")
                .1
                .contains("line 2")
        );
        assert_eq!(fault("[list\n").0, 1);
    }
}
