//! Whether Meta said it: the signature over the raw bytes and the handshake's token, compared in constant time.

use common::id::NumberId;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use crate::vault::keyring::AppKeys;

/// The signature in an `X-Hub-Signature-256` header; `None` where it is not one.
pub(super) fn signature(header: &[u8]) -> Option<[u8; 32]> {
    let digits = header.trim_ascii().strip_prefix(b"sha256=")?;
    let mut signature = [0; 32];
    hex::decode_to_slice(digits, &mut signature).ok()?;
    Some(signature)
}

/// The numbers whose app secret signed this body; `None` where no secret did.
pub(super) fn signer(keys: &AppKeys, body: &[u8], signature: &[u8; 32]) -> Option<Vec<NumberId>> {
    let mut tried: Vec<&str> = Vec::new();
    let mut found = None;
    for key in &keys.keys {
        let secret = key.secret.expose();
        // A secret stands there once for each verify token.
        if tried.contains(&secret) {
            continue;
        }
        tried.push(secret);
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
            continue;
        };
        mac.update(body);
        if mac.finalize().into_bytes().ct_eq(signature).into() {
            found = Some(key.numbers.clone());
        }
    }
    found
}

/// Whether a number of the app has this verify token.
pub(super) fn knows_token(keys: &AppKeys, token: &str) -> bool {
    let same = |known: &str| {
        known.as_bytes().ct_eq(token.as_bytes()) & Choice::from(u8::from(!known.is_empty()))
    };
    let all = keys.keys.iter().map(|key| same(key.verify_token.expose()));
    all.fold(Choice::from(0), |any, this| any | this).into()
}

#[cfg(test)]
mod tests {
    use super::{knows_token, signature, signer};
    use crate::vault::keyring::{AppKey, AppKeys};
    use crate::vault::secret::Secret;
    use common::id::NumberId;

    fn keys() -> AppKeys {
        let key = |number, secret, token| AppKey {
            numbers: vec![NumberId(number)],
            secret: Secret::new(secret),
            verify_token: Secret::new(token),
        };
        AppKeys {
            keys: vec![
                key(1, "key", "first"),
                key(1, "key", "second"),
                key(2, "old", ""),
            ],
        }
    }

    /// The well-known HMAC-SHA256 of the fox under "key".
    const FOX: &str = "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
    const BODY: &[u8] = b"The quick brown fox jumps over the lazy dog";

    #[test]
    fn the_right_secret_names_its_numbers() {
        let fox = signature(FOX.as_bytes()).unwrap();
        assert_eq!(signer(&keys(), BODY, &fox), Some(vec![NumberId(1)]));
        assert_eq!(signer(&keys(), b"The quick brown fox", &fox), None);
        assert_eq!(signer(&AppKeys::default(), BODY, &fox), None);
        let upper = FOX.to_ascii_uppercase().replace("SHA256", "sha256");
        assert_eq!(signature(upper.as_bytes()), Some(fox));
    }

    #[test]
    fn what_is_no_signature_is_none() {
        for bad in [
            "",
            "sha256=",
            "sha1=f7bc",
            "f7bc83f4",
            "sha256=zz",
            &format!("{FOX}00"),
        ] {
            assert_eq!(signature(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn any_number_of_the_app_may_shake_hands_and_an_empty_token_never() {
        assert!(knows_token(&keys(), "first") && knows_token(&keys(), "second"));
        assert!(!knows_token(&keys(), "third") && !knows_token(&keys(), ""));
    }
}
