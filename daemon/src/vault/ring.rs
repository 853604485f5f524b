//! The age identities of one key file: the first seals, all of them open; older ones go when all is sealed anew.

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use zeroize::Zeroizing;

const PREFIX: &str = "AGE-SECRET-KEY-1";
/// How a key file of ours begins.
const HEAD: &str =
    "# The key that opens recado's credentials. Keep a copy in a safe place, show it to nobody.\n";
/// The line that stands before keys which go once everything is sealed with the first one.
const TURNING: &str =
    "# A rotation is under way: the keys below go when everything is sealed with the one above.";

/// Identities, the sealing one first.
#[derive(Clone)]
pub(crate) struct Ring {
    first: Identity,
    others: Vec<Identity>,
    turning: bool,
}

impl Ring {
    /// One new identity.
    pub(crate) fn fresh() -> Self {
        Self {
            first: Identity::generate(),
            others: Vec::new(),
            turning: false,
        }
    }

    /// The identities in a key file's text; `None` where there is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut keys = text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with(PREFIX))
            .filter_map(|line| line.parse().ok());
        Some(Self {
            first: keys.next()?,
            others: keys.collect(),
            turning: text.lines().any(|line| line.trim() == TURNING),
        })
    }

    /// The text of a key file that holds them.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        // Large enough that no half of it stays behind in memory when it grows.
        let room = 512 + 256 * (1 + self.others.len());
        let mut text = Zeroizing::new(String::with_capacity(room));
        text.push_str(HEAD);
        put(&mut text, &self.first);
        if self.turning {
            text.push_str(TURNING);
            text.push('\n');
        }
        for identity in &self.others {
            put(&mut text, identity);
        }
        text
    }

    /// The same behind a new identity, until everything is sealed with that.
    pub(crate) fn turned(&self) -> Self {
        let mut others = vec![self.first.clone()];
        others.extend(self.others.iter().cloned());
        Self {
            first: Identity::generate(),
            others,
            turning: true,
        }
    }

    /// The sealing identity alone.
    pub(crate) fn settled(&self) -> Self {
        Self {
            first: self.first.clone(),
            others: Vec::new(),
            turning: false,
        }
    }

    /// Whether a rotation was begun and not ended.
    pub(crate) const fn is_turning(&self) -> bool {
        self.turning
    }

    /// What is sealed for.
    pub(crate) fn recipient(&self) -> Recipient {
        self.first.to_public()
    }

    /// All of them, the sealing one first.
    pub(crate) fn identities(&self) -> impl Iterator<Item = &Identity> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

fn put(text: &mut String, identity: &Identity) {
    text.push_str("# public key: ");
    text.push_str(&identity.to_public().to_string());
    text.push('\n');
    text.push_str(identity.to_string().expose_secret());
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::Ring;

    fn publics(ring: &Ring) -> Vec<String> {
        let all = ring.identities();
        all.map(|identity| identity.to_public().to_string())
            .collect()
    }

    #[test]
    fn a_rotation_can_be_read_again_at_every_step() {
        let old = Ring::fresh();
        let again = |ring: &Ring| Ring::parse(&ring.text()).unwrap();
        assert!(!again(&old).is_turning());
        let turned = again(&old.turned());
        assert!(turned.is_turning());
        assert_eq!(publics(&turned).len(), 2);
        assert_ne!(turned.recipient().to_string(), publics(&old)[0]);
        assert_eq!(
            publics(&turned)[1],
            publics(&old)[0],
            "the old one opens still"
        );
        let settled = again(&turned.settled());
        assert!(!settled.is_turning());
        assert_eq!(publics(&settled), [publics(&turned)[0].clone()]);
    }

    #[test]
    fn a_file_with_several_keys_is_a_persons_own_and_none_of_them_goes() {
        let text = format!("{}{}", *Ring::fresh().text(), *Ring::fresh().text());
        let ring = Ring::parse(&text).unwrap();
        assert_eq!(publics(&ring).len(), 2);
        assert!(!ring.is_turning());
        assert!(Ring::parse("# nothing\n").is_none());
    }
}
