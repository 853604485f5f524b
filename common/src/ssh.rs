//! SSH public keys, and the lines by which a shared account lets their owners in as themselves.

use std::fmt;

/// How every line of ours begins its comment, so that it is found again.
const MARK: &str = "recado:";
/// Kinds of keys that sshd takes today.
const KINDS: [&str; 7] = [
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// A public key: its kind and its base64, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    kind: String,
    body: String,
    blob: Vec<u8>,
    comment: String,
}

/// Why a text is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// A private key was given.
    #[error(
        "this is a private key: keep it to yourself and give the file that ends in .pub beside it"
    )]
    Private,
    /// Nothing that reads as a key.
    #[error("this is no SSH public key; it is one line that begins with ssh-ed25519 or the like")]
    Other,
    /// More than one.
    #[error("this holds several keys; give one at a time")]
    Several,
}

impl PublicKey {
    /// Reads the text of a `.pub` file.
    ///
    /// # Errors
    /// It is none, or one with options before it, or several.
    pub fn parse(text: &str) -> Result<Self, NoKey> {
        if text.contains("PRIVATE KEY") {
            return Err(NoKey::Private);
        }
        let lines = text.lines().map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = lines.next().ok_or(NoKey::Other)?;
        if lines.next().is_some() {
            return Err(NoKey::Several);
        }
        let mut words = line.split_whitespace();
        let (kind, body) = (words.next().ok_or(NoKey::Other)?, words.next());
        let body = body.ok_or(NoKey::Other)?;
        if !KINDS.contains(&kind) || !(40..=8192).contains(&body.len()) {
            return Err(NoKey::Other);
        }
        // The bytes begin with the length of the kind and the kind itself once more.
        let blob = decoded(body).ok_or(NoKey::Other)?;
        let length = u32::try_from(kind.len()).map_err(|_long| NoKey::Other)?;
        let head = [length.to_be_bytes().as_slice(), kind.as_bytes()].concat();
        if !blob.starts_with(&head) {
            return Err(NoKey::Other);
        }
        let comment = words.next().unwrap_or_default();
        let comment = comment.chars().filter(|c| !c.is_control()).take(100);
        Ok(Self {
            kind: kind.to_owned(),
            body: body.to_owned(),
            blob,
            comment: comment.collect(),
        })
    }

    /// The base64 part: what two files of the same key share.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The bytes behind the base64.
    pub fn blob(&self) -> &[u8] {
        &self.blob
    }

    /// What its owner calls it.
    pub fn comment(&self) -> &str {
        &self.comment
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.body)
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes of a base64 text; none where it is not one.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::with_capacity(text.len()));
    for letter in text.trim_end_matches('=').bytes() {
        let at = LETTERS.iter().position(|known| *known == letter)?;
        bits = (bits << 6) | u32::try_from(at).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// What `ssh-keygen -l` calls the key whose bytes have this SHA-256: `SHA256:…`.
pub fn fingerprint(digest: &[u8; 32]) -> String {
    let mut text = "SHA256:".to_owned();
    for three in digest.chunks(3) {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            let at = usize::try_from((bits >> (18 - 6 * place)) & 63).unwrap_or_default();
            text.extend(LETTERS.get(at).copied().map(char::from));
        }
    }
    text
}

/// The line of `authorized_keys` that lets a key's owner in as themselves: nothing but recado, with
/// a terminal and without any way round it. `variables` are set for it; the secret is one.
pub fn line(key: &PublicKey, program: &str, variables: &[(&str, &str)], name: &str) -> String {
    let mut command = String::new();
    for (variable, value) in variables {
        command.extend([variable, "=", &quoted(value), " "]);
    }
    command.push_str("exec ");
    command.push_str(&quoted(program));
    // Inside the option's quotes sshd takes \" for a quote.
    let command = command.replace('"', "\\\"");
    format!("restrict,pty,command=\"{command}\" {key} {MARK}{name}")
}

/// A word as a shell takes it whole.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The text of `authorized_keys` with this line in it; one of ours for the same key goes, every
/// other line stays as it is.
pub fn with(text: &str, key: &PublicKey, line: &str) -> String {
    let mut all = without(text, key.body());
    if !all.is_empty() && !all.ends_with('\n') {
        all.push('\n');
    }
    all.push_str(line);
    all.push('\n');
    all
}

/// The text of `authorized_keys` without our line for a key. Lines that recado did not write stay.
pub fn without(text: &str, body: &str) -> String {
    let ours = |line: &str| {
        let mut words = line.split_whitespace().rev();
        words.next().is_some_and(|last| last.starts_with(MARK)) && words.next() == Some(body)
    };
    text.split_inclusive('\n')
        .filter(|line| !ours(line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ANA: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHkV5YYFS54Kra66DWfjV28882MTCkRLyF5NTyxFX9Sp ana@laptop";

    #[test]
    fn a_key_is_read_and_what_is_none_is_refused() {
        let key = PublicKey::parse(&format!("# mine\n{ANA}\n")).expect("a key");
        assert_eq!(key.comment(), "ana@laptop");
        assert!(ANA.starts_with(&key.to_string()));
        for (text, why) in [
            ("", NoKey::Other),
            ("ssh-ed25519", NoKey::Other),
            ("ssh-ed25519 AAAA;rm", NoKey::Other),
            ("command=\"sh\" ssh-ed25519 AAAA", NoKey::Other),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA", NoKey::Private),
        ] {
            assert_eq!(PublicKey::parse(text), Err(why), "{text}");
        }
        assert_eq!(
            PublicKey::parse(&format!("{ANA}\n{ANA}")),
            Err(NoKey::Several)
        );
    }

    #[test]
    fn a_fingerprint_is_written_as_ssh_keygen_does() {
        assert_eq!(
            fingerprint(&[0xfb; 32]),
            "SHA256:+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s"
        );
        let key = PublicKey::parse(ANA).expect("a key");
        assert_eq!(key.blob().len(), 51);
    }

    #[test]
    fn the_line_lets_in_to_recado_alone() {
        let key = PublicKey::parse(ANA).expect("a key");
        let line = line(&key, "/opt/my apps/recado", &[("KEY", "rok_1")], "ana");
        assert_eq!(
            line,
            format!(
                "restrict,pty,command=\"KEY=rok_1 exec '/opt/my apps/recado'\" {key} recado:ana"
            )
        );
    }

    proptest! {
        #[test]
        fn other_lines_stay_and_ours_goes(before in "([ -~]{0,30}\n){0,4}[ -~]{0,30}") {
            let key = PublicKey::parse(ANA).expect("a key");
            let added = with(&before, &key, &line(&key, "recado", &[], "ana"));
            prop_assert!(added.starts_with(&before));
            prop_assert_eq!(&with(&added, &key, &line(&key, "recado", &[], "ana")), &added);
            let gone = without(&added, key.body());
            prop_assert_eq!(gone.trim_end_matches('\n'), before.trim_end_matches('\n'));
        }
    }
}
