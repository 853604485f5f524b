//! Things made fresh from the system's randomness: message ids, verify tokens, bearer tokens.

use common::api::numbers::SecretText;
use common::id::MessageId;
use common::time::Clock;

use crate::api::fault::Fault;

/// Crockford's letters: none that a person takes for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new message id.
pub(crate) fn message_id(clock: &dyn Clock) -> Result<MessageId, Fault> {
    Ok(MessageId::new(clock.now(), random()?))
}

/// A verify token that a person can read aloud, of 100 random bits: `rc-7Q4M-ZK2V-…`.
pub(crate) fn verify_token() -> Result<SecretText, Fault> {
    let bytes: [u8; 20] = random()?;
    Ok(SecretText::new(readable(&bytes)))
}

/// A PIN of six digits, for a number's two-step verification.
pub(crate) fn pin() -> Result<SecretText, Fault> {
    let number = u64::from_le_bytes(random()?) % 1_000_000;
    Ok(SecretText::new(format!("{number:06}")))
}

/// A bearer token of 160 random bits.
pub(crate) fn bearer_token() -> Result<String, Fault> {
    let bytes: [u8; 32] = random()?;
    Ok(format!("rcd_{}", spell(&bytes)))
}

/// What an SSH key's line presents: 160 random bits.
pub(crate) fn key_secret() -> Result<SecretText, Fault> {
    let bytes: [u8; 32] = random()?;
    Ok(SecretText::new(format!("rok_{}", spell(&bytes))))
}

fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|why| Fault::internal(&format!("the system has no randomness: {why}")))?;
    Ok(bytes)
}

/// Five random bits a letter.
fn spell(bytes: &[u8]) -> String {
    let letter = |byte: &u8| {
        LETTERS
            .get(usize::from(byte & 31))
            .copied()
            .map_or('0', char::from)
    };
    bytes.iter().map(letter).collect()
}

fn readable(bytes: &[u8]) -> String {
    let groups: Vec<String> = bytes.chunks(4).map(spell).collect();
    format!("rc-{}", groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verify_token_is_readable() {
        assert_eq!(readable(&[0, 1, 10, 31, 18, 19, 20, 21]), "rc-01AZ-JKMN");
        let token = verify_token().expect("randomness");
        assert_eq!(token.expose().len(), "rc-".len() + 5 * 4 + 4);
        assert_ne!(token, verify_token().expect("randomness"));
        assert!(bearer_token().expect("randomness").starts_with("rcd_"));
    }
}
