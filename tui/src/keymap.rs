//! Chords and sequences to actions, a context each; finds what hides what.

use std::collections::{HashMap, HashSet};

use config::keys::{Binding, sequence, shown};
use config::tui::Preset;
use crokey::KeyCombination;
use crossterm::event::{KeyCode, KeyModifiers};
use thiserror::Error;

use crate::action::{Action, Context};

/// Something wrong in `keys.toml` that no binding can be made of.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// A table that is no context.
    #[error("line {line}: `{name}` is no context; contexts are {known}", known = contexts())]
    Context {
        /// Its line.
        line: usize,
        /// Its name.
        name: String,
    },
    /// An action that does not exist.
    #[error("line {line}: there is no action `{name}`{hint}")]
    Action {
        /// Its line.
        line: usize,
        /// Its name.
        name: String,
        /// The nearest that exists.
        hint: String,
    },
    /// An action that means nothing in that context.
    #[error("line {line}: `{name}` means nothing in [{context}]")]
    Place {
        /// Its line.
        line: usize,
        /// The action's name.
        name: String,
        /// The context's name.
        context: &'static str,
    },
}

/// A binding that makes another unreachable, or never will be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The line of `keys.toml`.
    pub line: usize,
    /// The keys bound there.
    pub keys: String,
    /// The keys that cannot be reached with it.
    pub hidden: String,
    /// What those did.
    pub action: Action,
}

/// What stands in the way of keys that somebody wants to bind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Where it is bound.
    pub context: Context,
    /// Its keys.
    pub keys: String,
    /// What they do.
    pub action: Action,
    /// Which of both could not be reached.
    pub how: Hidden,
}

/// How two bindings stand in each other's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// The same keys: the new deed takes them.
    Taken,
    /// The old ones begin with the new ones, and could not be reached any more.
    Longer,
    /// The new ones begin with the old ones, and could not be reached.
    Shorter,
    /// The old ones are of a place of their own, and stay there.
    Kept,
}

/// What keys mean.
#[derive(Debug, Clone)]
pub enum Meaning {
    /// This deed.
    Deed(Action),
    /// The begin of a sequence.
    Begin,
    /// Nothing: it is text, or a move in a field.
    Nothing,
    /// Nothing at all: the person has switched it off.
    Off,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Bound {
    chords: Vec<KeyCombination>,
    action: Action,
    line: Option<usize>,
}

/// The bindings in force.
#[derive(Debug, Clone)]
pub struct Keymap {
    contexts: HashMap<Context, Vec<Bound>>,
    /// Keys that are no letters and do nothing, not even in a field.
    off: HashSet<(Context, KeyCombination)>,
    /// What hides what, for the start.
    pub conflicts: Vec<Conflict>,
}

impl Keymap {
    /// The bindings of a preset, changed by `keys.toml`.
    pub fn new(preset: Preset, changes: &[Binding]) -> Result<Self, KeyError> {
        let mut map = Self {
            contexts: HashMap::new(),
            off: HashSet::new(),
            conflicts: Vec::new(),
        };
        for action in Action::ALL {
            for (context, keys) in action.places() {
                for keys in keys.split(" | ").filter(|keys| !keys.is_empty()) {
                    if let Ok(chords) = sequence(keys) {
                        map.bind(*context, chords, *action, None);
                    }
                }
            }
        }
        if preset == Preset::Readline {
            map.readline();
        }
        for change in changes {
            map.change(change)?;
        }
        map.find_conflicts();
        Ok(map)
    }

    /// What these chords mean in a context; what is bound anywhere holds in each, unless the
    /// context has something of its own.
    pub fn meaning(&self, context: Context, chords: &[KeyCombination]) -> Meaning {
        for at in [context, Context::Anywhere] {
            let Some(bound) = self.contexts.get(&at) else {
                continue;
            };
            if let Some(hit) = bound.iter().find(|b| b.chords == chords) {
                return Meaning::Deed(hit.action);
            }
            if bound.iter().any(|b| b.chords.starts_with(chords)) {
                return Meaning::Begin;
            }
        }
        let is_off = |chord| {
            let at = [context, Context::Anywhere];
            at.iter().any(|at| self.off.contains(&(*at, chord)))
        };
        match chords {
            [chord] if is_off(*chord) => Meaning::Off,
            _ => Meaning::Nothing,
        }
    }

    /// The keys of a deed in a context, as people read them, the first bound first.
    pub fn keys_of(&self, action: Action, context: Context) -> Vec<String> {
        let mut keys = Vec::new();
        for at in [context, Context::Anywhere] {
            for bound in self.contexts.get(&at).into_iter().flatten() {
                if bound.action == action {
                    let text = spell(&bound.chords);
                    if !keys.contains(&text) {
                        keys.push(text);
                    }
                }
            }
        }
        keys
    }

    /// The first key of a deed in a context.
    pub fn key_of(&self, action: Action, context: Context) -> Option<String> {
        self.keys_of(action, context).into_iter().next()
    }

    /// The deeds bound in a context itself, in the order of help, with all their keys.
    pub fn deeds(&self, context: Context) -> Vec<(Action, Vec<String>)> {
        let Some(bound) = self.contexts.get(&context) else {
            return Vec::new();
        };
        Action::ALL
            .iter()
            .filter_map(|action| {
                let keys: Vec<String> = bound
                    .iter()
                    .filter(|b| b.action == *action)
                    .map(|b| spell(&b.chords))
                    .collect();
                (!keys.is_empty()).then_some((*action, keys))
            })
            .collect()
    }

    /// What may follow the begun sequence: the rest of the keys, and the deed.
    pub fn following(&self, context: Context, begun: &[KeyCombination]) -> Vec<(String, Action)> {
        let mut rest = Vec::new();
        for at in [context, Context::Anywhere] {
            for bound in self.contexts.get(&at).into_iter().flatten() {
                if let Some(tail) = bound.chords.strip_prefix(begun)
                    && !tail.is_empty()
                {
                    rest.push((spell(tail), bound.action));
                }
            }
        }
        rest
    }

    /// What these keys do now in a context and wherever the context reaches, and what begins
    /// alike.
    pub fn clashes(&self, context: Context, chords: &[KeyCombination]) -> Vec<Clash> {
        let mut found = Vec::new();
        for at in Context::ALL {
            for bound in self.contexts.get(&at).into_iter().flatten() {
                let old = &bound.chords;
                if !old.starts_with(chords) && !chords.starts_with(old) {
                    continue;
                }
                let how = match (at == context, at, context) {
                    (true, ..) if old == chords => Hidden::Taken,
                    (true, ..) if old.len() > chords.len() => Hidden::Longer,
                    (true, ..) => Hidden::Shorter,
                    (_, _, Context::Anywhere) => Hidden::Kept,
                    (_, Context::Anywhere, _) if old == chords => Hidden::Taken,
                    (_, Context::Anywhere, _) => Hidden::Longer,
                    _ => continue,
                };
                found.push(Clash {
                    context: at,
                    keys: spell(old),
                    action: bound.action,
                    how,
                });
            }
        }
        found.sort_by_key(|clash| clash.context != context);
        found
    }

    fn bind(
        &mut self,
        context: Context,
        chords: Vec<KeyCombination>,
        action: Action,
        line: Option<usize>,
    ) {
        let bound = self.contexts.entry(context).or_default();
        bound.retain(|b| b.chords != chords);
        bound.push(Bound {
            chords,
            action,
            line,
        });
    }

    fn unbind(&mut self, context: Context, chords: &[KeyCombination]) {
        if let Some(bound) = self.contexts.get_mut(&context) {
            bound.retain(|b| b.chords != chords);
        }
    }

    fn readline(&mut self) {
        for (context, keys, action) in [
            (Context::Text, "ctrl-k", Action::KillLine),
            (Context::Anywhere, "ctrl-g", Action::Switcher),
        ] {
            if let Ok(chords) = sequence(keys) {
                self.bind(context, chords, action, None);
            }
        }
    }

    fn change(&mut self, change: &Binding) -> Result<(), KeyError> {
        let line = change.line;
        let context = Context::from_name(&change.context).ok_or_else(|| KeyError::Context {
            line,
            name: change.context.clone(),
        })?;
        let Some(name) = &change.action else {
            self.unbind(context, &change.chords);
            if let [chord] = change.chords.as_slice()
                && !is_letter(*chord)
            {
                self.off.insert((context, *chord));
            }
            return Ok(());
        };
        let action = Action::from_name(name).ok_or_else(|| KeyError::Action {
            line,
            name: name.clone(),
            hint: nearest(name).map_or_else(String::new, |near| format!("; `{near}` is near")),
        })?;
        if context != Context::Anywhere && !action.is_for(context) {
            return Err(KeyError::Place {
                line,
                name: name.clone(),
                context: context.as_str(),
            });
        }
        self.bind(context, change.chords.clone(), action, Some(line));
        Ok(())
    }

    fn find_conflicts(&mut self) {
        let mut conflicts = Vec::new();
        for bound in self.contexts.values() {
            for short in bound {
                for long in bound.iter().filter(|b| b.chords.len() > short.chords.len()) {
                    if !long.chords.starts_with(&short.chords) {
                        continue;
                    }
                    if let Some(line) = short.line.or(long.line) {
                        conflicts.push(Conflict {
                            line,
                            keys: spell(&short.chords),
                            hidden: spell(&long.chords),
                            action: long.action,
                        });
                    }
                }
            }
        }
        conflicts.sort_by_key(|conflict| conflict.line);
        self.conflicts = conflicts;
    }
}

/// Whether a chord writes a character: that cannot be switched off.
fn is_letter(chord: KeyCombination) -> bool {
    let plain = (chord.modifiers - KeyModifiers::SHIFT).is_empty();
    let writes = |code: &KeyCode| matches!(code, KeyCode::Char(_));
    plain && chord.codes.iter().all(writes)
}

/// Chords as people read them, one after the other.
pub fn spell(chords: &[KeyCombination]) -> String {
    chords
        .iter()
        .map(|chord| shown(*chord))
        .collect::<Vec<_>>()
        .join(" ")
}

fn contexts() -> String {
    Context::ALL.map(Context::as_str).join(", ")
}

/// The action whose name is spelt most alike: the longest common begin, then the nearest length.
fn nearest(name: &str) -> Option<&'static str> {
    let common = |other: &str| {
        name.chars()
            .zip(other.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    Action::ALL
        .iter()
        .map(|action| action.name())
        .max_by_key(|other| {
            (
                common(other),
                std::cmp::Reverse(other.len().abs_diff(name.len())),
            )
        })
        .filter(|other| common(other) >= 2)
}

#[cfg(test)]
mod tests {
    use super::{KeyError, Keymap, Meaning};
    use crate::action::{Action, Context};
    use config::keys::{SAMPLE, parse, sequence};
    use config::tui::Preset;

    fn keymap(file: &str) -> Result<Keymap, KeyError> {
        Keymap::new(Preset::Default, &parse(file).unwrap())
    }

    fn deed(map: &Keymap, context: Context, keys: &str) -> Option<Action> {
        match map.meaning(context, &sequence(keys).unwrap()) {
            Meaning::Deed(action) => Some(action),
            Meaning::Begin | Meaning::Nothing | Meaning::Off => None,
        }
    }

    #[test]
    fn every_default_key_can_be_read_and_none_hides_another() {
        for action in Action::ALL {
            for (context, keys) in action.places() {
                for keys in keys.split(" | ").filter(|keys| !keys.is_empty()) {
                    assert!(sequence(keys).is_ok(), "{keys}");
                    let map = keymap("").unwrap();
                    assert_eq!(
                        deed(&map, *context, keys),
                        Some(*action),
                        "{context:?} {keys}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_shipped_sample_is_the_table_of_deeds() {
        let sample = parse(SAMPLE).unwrap();
        let mut count = 0;
        for action in Action::ALL {
            for (context, keys) in action.places() {
                for keys in keys.split(" | ").filter(|keys| !keys.is_empty()) {
                    let chords = sequence(keys).unwrap();
                    let said = sample
                        .iter()
                        .find(|b| b.context == context.as_str() && b.chords == chords)
                        .and_then(|b| b.action.as_deref());
                    assert_eq!(said, Some(action.name()), "{context:?} {keys}");
                    count += 1;
                }
            }
        }
        assert_eq!(sample.len(), count);
    }

    #[test]
    fn sequences_begin_and_end() {
        let map = keymap("").unwrap();
        let g = sequence("g").unwrap();
        assert!(matches!(map.meaning(Context::Talk, &g), Meaning::Begin));
        assert!(matches!(map.meaning(Context::Text, &g), Meaning::Nothing));
        assert_eq!(deed(&map, Context::Talk, "g r"), Some(Action::ToQuoted));
        assert_eq!(map.following(Context::Talk, &g).len(), 3);
    }

    #[test]
    fn a_file_changes_unbinds_and_is_told_its_faults() {
        let map = keymap("[list]\nt = \"archive\"\ne = false").unwrap();
        assert_eq!(deed(&map, Context::List, "t"), Some(Action::Archive));
        assert_eq!(deed(&map, Context::List, "e"), None);
        assert!(map.conflicts.is_empty());
        let fault = |file: &str| keymap(file).unwrap_err().to_string();
        assert!(fault("[listt]\nt = \"archive\"").contains("conversation"));
        assert!(fault("[list]\nt = \"archiv\"").contains("`archive` is near"));
        assert!(fault("[list]\n\nt = \"send\"").contains("line 3"));
    }

    #[test]
    fn a_key_that_is_switched_off_does_nothing_but_letters_stay_letters() {
        let map = keymap("[overlay]\nalt-b = false\nd = false\n[text]\nalt-b = false").unwrap();
        let off = |context, keys| {
            let meaning = map.meaning(context, &sequence(keys).unwrap());
            matches!(meaning, Meaning::Off)
        };
        assert!(off(Context::Overlay, "alt-b") && off(Context::Text, "alt-b"));
        assert!(!off(Context::List, "alt-b"), "only where it was said");
        assert!(!off(Context::Overlay, "d"), "a letter is still typed");
        // Bound once more it does what it is bound to.
        let map = keymap("[overlay]\nalt-b = false\n[text]\nalt-f = \"editor\"").unwrap();
        assert_eq!(deed(&map, Context::Text, "alt-f"), Some(Action::Editor));
    }

    #[test]
    fn what_hides_another_is_told_with_its_line() {
        let map = keymap("[list]\n\ng = \"archive\"").unwrap();
        assert_eq!(map.conflicts.len(), 1);
        assert_eq!(
            (map.conflicts[0].line, map.conflicts[0].hidden.as_str()),
            (3, "g g")
        );
        assert_eq!(deed(&map, Context::List, "g"), Some(Action::Archive));
    }

    #[test]
    fn the_readline_preset_moves_the_switcher() {
        let map = Keymap::new(Preset::Readline, &[]).unwrap();
        assert_eq!(deed(&map, Context::Text, "ctrl-k"), Some(Action::KillLine));
        assert_eq!(deed(&map, Context::List, "ctrl-k"), Some(Action::Switcher));
        assert_eq!(deed(&map, Context::Text, "ctrl-g"), Some(Action::Switcher));
    }

    #[test]
    fn keys_are_shown_as_bound() {
        let map = keymap("").unwrap();
        assert_eq!(
            map.key_of(Action::Switcher, Context::Text).as_deref(),
            Some("^K")
        );
        assert_eq!(map.keys_of(Action::First, Context::List), ["g g", "Home"]);
    }
}
