//! The files that the simulated Meta keeps: what customers send, what businesses upload, and what goes wrong with them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Bytes;
use sha2::{Digest, Sha256};

/// A file's bytes: all of them, or a beginning that is repeated up to a length.
#[derive(Clone, Debug)]
pub struct Filling {
    pattern: Bytes,
    len: u64,
}

/// How much goes out at once.
const PIECE: u64 = 64 * 1024;

impl Filling {
    /// So many bytes: these, over and over. Costs no memory, however many.
    pub fn repeated(pattern: impl Into<Bytes>, len: u64) -> Self {
        let pattern = pattern.into();
        Self { pattern, len }
    }

    /// How many bytes.
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bytes from there on, up to a piece; nothing at the end.
    pub(crate) fn piece(&self, at: u64) -> Bytes {
        let left = self.len.saturating_sub(at).min(PIECE);
        let period = self.pattern.len() as u64;
        if left == 0 || period == 0 {
            return Bytes::new();
        }
        let start = usize::try_from(at % period).unwrap_or(0);
        let left = usize::try_from(left).unwrap_or(0);
        if start + left <= self.pattern.len() {
            return self.pattern.slice(start..start + left);
        }
        let cycle = self.pattern.iter().copied().cycle();
        cycle.skip(start).take(left).collect()
    }

    /// Its SHA-256.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut at = 0;
        while at < self.len {
            let piece = self.piece(at);
            at += piece.len() as u64;
            hash.update(&piece);
        }
        hash.finalize().into()
    }
}

impl From<Vec<u8>> for Filling {
    fn from(bytes: Vec<u8>) -> Self {
        let len = bytes.len() as u64;
        Self::repeated(bytes, len)
    }
}

/// What goes wrong with a download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The address is dead when it is used.
    DeadUrl,
    /// This status, and no file.
    Status(u16),
    /// The connection closes after so many bytes.
    Cut(u64),
    /// So long between two pieces.
    Slow(Duration),
    /// Nothing comes after so many bytes, and the connection stays open.
    Stuck(u64),
    /// Other bytes than were told of.
    WrongBytes,
}

/// A file that Meta keeps.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) phone_number_id: String,
    pub(crate) waba_id: String,
    pub(crate) mime: String,
    pub(crate) filling: Filling,
    pub(crate) sha256: String,
    /// Seconds since 1970 after which it is gone.
    pub(crate) until_s: i64,
    /// Given by the business, so that messages may name it.
    pub(crate) uploaded: bool,
}

/// A file that a business gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// The id it was given.
    pub id: String,
    /// Through which number.
    pub phone_number_id: String,
    /// As what.
    pub mime: String,
    /// The name it came with.
    pub filename: Option<String>,
    /// How many bytes.
    pub bytes: u64,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

#[derive(Debug, Default)]
struct Inner {
    files: HashMap<String, Kept>,
    trouble: HashMap<String, VecDeque<Trouble>>,
    uploads: Vec<Uploaded>,
    downloads: HashMap<String, usize>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Album(Mutex<Inner>);

impl Album {
    fn with<R>(&self, f: impl FnOnce(&mut Inner) -> R) -> R {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn keep(&self, id: &str, kept: Kept) {
        self.with(|all| drop(all.files.insert(id.to_owned(), kept)));
    }

    /// A file that is still there.
    pub(crate) fn get(&self, id: &str, now_s: i64) -> Option<Arc<Kept>> {
        self.with(|all| all.files.get(id).cloned())
            .filter(|kept| kept.until_s > now_s)
            .map(Arc::new)
    }

    pub(crate) fn remove(&self, id: &str) -> bool {
        self.with(|all| all.files.remove(id).is_some())
    }

    pub(crate) fn expire(&self, id: &str) {
        self.with(|all| {
            if let Some(kept) = all.files.get_mut(id) {
                kept.until_s = 0;
            }
        });
    }

    pub(crate) fn add_trouble(&self, id: &str, times: usize, trouble: &Trouble) {
        self.with(|all| {
            let queue = all.trouble.entry(id.to_owned()).or_default();
            queue.extend(std::iter::repeat_n(trouble.clone(), times));
        });
    }

    /// What goes wrong with the next download.
    pub(crate) fn take_trouble(&self, id: &str) -> Option<Trouble> {
        self.with(|all| all.trouble.get_mut(id)?.pop_front())
    }

    pub(crate) fn count_download(&self, id: &str) {
        self.with(|all| *all.downloads.entry(id.to_owned()).or_default() += 1);
    }

    pub(crate) fn downloads(&self, id: &str) -> usize {
        self.with(|all| all.downloads.get(id).copied().unwrap_or_default())
    }

    pub(crate) fn upload(&self, uploaded: Uploaded) {
        self.with(|all| all.uploads.push(uploaded));
    }

    pub(crate) fn uploads(&self) -> Vec<Uploaded> {
        self.with(|all| all.uploads.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filling_is_the_same_in_pieces_and_whole() {
        let filling = Filling::repeated(b"hola ".to_vec(), 200_003);
        let mut whole = Vec::new();
        while (whole.len() as u64) < filling.len() {
            whole.extend_from_slice(&filling.piece(whole.len() as u64));
        }
        assert_eq!(whole.len(), 200_003);
        assert!(whole.starts_with(b"hola hola ") && whole.ends_with(b"hola hol"));
        assert_eq!(filling.digest(), <[u8; 32]>::from(Sha256::digest(&whole)));
    }
}
