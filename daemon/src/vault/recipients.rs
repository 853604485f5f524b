//! Whom credentials are sealed for beside the daemon's own key: public keys with names, in a file that is no secret.

use std::io::ErrorKind;
use std::path::Path;

use age::x25519::Recipient;

use crate::vault::VaultError;

/// Its name in the data directory.
pub(crate) const FILE: &str = "recipients";
const HEAD: &str = "# Who can open recado's credentials beside its own key. Change it with: recado key add-recipient, remove-recipient\n";
/// The line that says that not everything is sealed for these yet.
const UNFINISHED: &str = "# Not everything is sealed for these yet.";

/// Public keys with names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    named: Vec<(String, String)>,
    unfinished: bool,
}

impl Recipients {
    /// Those in the file; none where there is no file.
    pub(crate) fn load(path: &Path) -> Result<Self, VaultError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(VaultError::Unreadable {
                path: path.to_owned(),
                source,
            }),
        }
    }

    fn parse(text: &str) -> Result<Self, VaultError> {
        let lines = text.lines().map(str::trim);
        let keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let named = keys.map(|line| {
            let (key, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            read(key).map(|_good| (key.to_owned(), name.trim().to_owned()))
        });
        Ok(Self {
            named: named.collect::<Result<_, _>>()?,
            unfinished: text.lines().any(|line| line.trim() == UNFINISHED),
        })
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        if self.unfinished {
            text.push_str(UNFINISHED);
            text.push('\n');
        }
        for (key, name) in &self.named {
            text.push_str(key);
            text.push(' ');
            text.push_str(name);
            text.push('\n');
        }
        text
    }

    /// Public keys with their names.
    pub fn named(&self) -> &[(String, String)] {
        &self.named
    }

    /// These and one more; one that is there already gets the new name.
    pub fn with(&self, key: &str, name: &str) -> Result<Self, VaultError> {
        let key = read(key.trim())?.to_string();
        let mut with = self.without(&key);
        with.named.push((key, name.replace(['\n', '\r'], " ")));
        Ok(with)
    }

    /// These without one.
    #[must_use]
    pub fn without(&self, key: &str) -> Self {
        let mut without = self.clone();
        without.named.retain(|(other, _)| other != key.trim());
        without
    }

    pub(crate) const fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    pub(crate) fn unfinished(self) -> Self {
        Self {
            unfinished: true,
            ..self
        }
    }

    pub(crate) fn finished(self) -> Self {
        Self {
            unfinished: false,
            ..self
        }
    }

    /// Everybody who is sealed for: the own key first, each once.
    pub(crate) fn keys(&self, own: &Recipient) -> Result<Vec<Recipient>, VaultError> {
        let own_words = own.to_string();
        let others = self.named.iter().filter(|(key, _)| *key != own_words);
        std::iter::once(Ok(own.clone()))
            .chain(others.map(|(key, _)| read(key)))
            .collect()
    }
}

fn read(key: &str) -> Result<Recipient, VaultError> {
    key.parse().map_err(|_why: &str| VaultError::NoRecipient)
}

#[cfg(test)]
mod tests {
    use super::Recipients;

    #[test]
    fn the_file_reads_as_it_was_written() {
        let none = Recipients::default();
        assert_eq!(Recipients::parse(&none.text()).unwrap(), none);
        assert!(Recipients::parse("age1no").is_err());
        let key = age::x25519::Identity::generate().to_public().to_string();
        let one = none.with(&key, "the agency\nagain").unwrap().unfinished();
        let again = Recipients::parse(&one.text()).unwrap();
        assert_eq!(again, one);
        assert_eq!(again.named()[0].1, "the agency again");
        assert!(!again.finished().is_unfinished());
        assert_eq!(one.without(&key).named(), []);
    }
}
