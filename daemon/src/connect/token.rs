//! A token looked through: what sort it is, whether it will do, and how to get a better one.

use common::api::connect::{TokenKind, TokenSeen};
use common::api::problem::{Code, Problem};
use common::id::AppId;
use common::time::Stamp;

use crate::graph::error::GraphError;
use crate::graph::standing::Inspected;

/// Without these nothing works.
const NEEDED: [&str; 2] = [
    "whatsapp_business_management",
    "whatsapp_business_messaging",
];
/// Without this a token that names no accounts cannot find any.
const PORTFOLIO: &str = "business_management";
/// A person's token that lives longer than this is not the dashboard's temporary one.
const HOURS_S: u64 = 2 * 86_400;

/// How to make the token that lasts.
pub(crate) const PERMANENT: &str = "Make one that lasts: business.facebook.com > Settings > Users > System users: \
    add one as Admin; Assign assets: your app with full control and your WhatsApp account with full control; \
    Generate token: choose the app, expiration Never, and tick whatsapp_business_messaging, \
    whatsapp_business_management and business_management.";

/// What Meta's answer about a token means, or why the token will not do.
pub(crate) fn judge(seen: &Inspected, app: &AppId, now: Stamp) -> Result<TokenSeen, Problem> {
    if !seen.is_valid {
        return Err(dead(seen.error.map(|(_, subcode)| subcode)));
    }
    if seen.app.as_ref().is_some_and(|of| of != app) {
        return Err(of_another(app));
    }
    let has = |scope: &str| seen.scopes.iter().any(|s| s == scope);
    let mut missing: Vec<&str> = NEEDED.into_iter().filter(|scope| !has(scope)).collect();
    if seen.accounts.is_none() && !has(PORTFOLIO) {
        missing.push(PORTFOLIO);
    }
    if !missing.is_empty() {
        let detail = format!(
            "The token lacks {}. Make it again and tick it: business.facebook.com > Settings > \
             Users > System users > Generate token.",
            missing.join(" and ")
        );
        return Err(Problem::new(Code::TokenTooWeak, detail).field("access_token"));
    }
    let kind = kind(seen, now);
    Ok(TokenSeen {
        kind,
        expires_at: seen.expires_at,
        scopes: seen.scopes.clone(),
        advice: advice(kind),
    })
}

fn kind(seen: &Inspected, now: Stamp) -> TokenKind {
    let of_a_person = seen.kind.as_deref() == Some("USER");
    let life = seen
        .expires_at
        .map(|end| end.since(seen.issued_at.unwrap_or(now).min(now)).as_secs());
    match (of_a_person, life) {
        (false, None) => TokenKind::Permanent,
        (false, Some(_)) => TokenKind::SixtyDays,
        (true, Some(life)) if life <= HOURS_S => TokenKind::Temporary,
        (true, _) => TokenKind::Personal,
    }
}

fn advice(kind: TokenKind) -> Option<String> {
    match kind {
        TokenKind::Permanent => None,
        TokenKind::SixtyDays => Some(
            "This token ends after sixty days. recado renews it in time while the daemon runs; \
             one that never ends is safer."
                .to_owned(),
        ),
        TokenKind::Temporary => Some(format!(
            "This is the temporary token of the App Dashboard: it dies within a day and is good \
             for a first try alone. {PERMANENT}"
        )),
        TokenKind::Personal => Some(format!(
            "This token belongs to a person and dies with that person's password or role. \
             {PERMANENT}"
        )),
    }
}

/// A token that Meta does not take, by the finer code.
fn dead(subcode: Option<i64>) -> Problem {
    let why = match subcode {
        Some(463) => "The token has expired.",
        Some(460) => "The token died when its owner changed their password.",
        Some(458) => "The token's owner has removed the app.",
        Some(467 | 492) => "The token was revoked, or its owner lost their role.",
        _ => "Meta does not know this token; it may not have been copied whole.",
    };
    Problem::new(Code::TokenDead, format!("{why} {PERMANENT}")).field("access_token")
}

fn of_another(app: &AppId) -> Problem {
    let detail = format!(
        "The token was made for another app than {app}. Give the id and the secret of the app that \
         was chosen when it was generated, or generate it again for this app."
    );
    Problem::new(Code::TokenOfAnotherApp, detail).field("access_token")
}

/// What a refusal of the looking through itself means: it is done with the app's own token.
pub(crate) fn unseen(error: &GraphError, app: &AppId) -> Option<Problem> {
    let GraphError::Refused(refusal) = error else {
        return None;
    };
    match refusal.code {
        Some(100) => Some(of_another(app)),
        Some(1 | 101 | 104 | 190) => {
            let detail = format!(
                "Meta does not take this secret for app {app}. Copy it again: \
                 developers.facebook.com > My Apps > the app > App settings > Basic > App secret > Show."
            );
            Some(Problem::new(Code::SecretWrong, detail).field("app_secret"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Inspected {
        Inspected {
            app: Some(AppId::from("42")),
            kind: Some("SYSTEM_USER".to_owned()),
            is_valid: true,
            scopes: [NEEDED[0], NEEDED[1], PORTFOLIO]
                .map(str::to_owned)
                .to_vec(),
            ..Inspected::default()
        }
    }

    #[test]
    fn sorts_of_tokens_are_told_apart() {
        let now = Stamp::from_seconds(1_780_000_000);
        let of = |person: bool, life: Option<i64>| {
            let seen = Inspected {
                kind: Some(if person { "USER" } else { "SYSTEM_USER" }.to_owned()),
                expires_at: life.map(|s| Stamp::from_seconds(1_780_000_000 + s)),
                ..seen()
            };
            let seen = judge(&seen, &AppId::from("42"), now).unwrap();
            (seen.kind, seen.advice.is_some())
        };
        assert_eq!(of(false, None), (TokenKind::Permanent, false));
        assert_eq!(of(false, Some(5_183_944)), (TokenKind::SixtyDays, true));
        assert_eq!(of(true, Some(3_600)), (TokenKind::Temporary, true));
        assert_eq!(of(true, Some(5_183_944)), (TokenKind::Personal, true));
        assert_eq!(of(true, None), (TokenKind::Personal, true));
    }

    #[test]
    fn a_token_that_will_not_do_says_why() {
        let now = Stamp::from_seconds(1_780_000_000);
        let refused = |seen: &Inspected| judge(seen, &AppId::from("42"), now).unwrap_err();
        let dead = refused(&Inspected {
            is_valid: false,
            error: Some((190, 460)),
            ..seen()
        });
        assert_eq!(dead.code, Code::TokenDead);
        assert!(dead.detail.contains("password"), "{}", dead.detail);
        let other = refused(&Inspected {
            app: Some(AppId::from("7")),
            ..seen()
        });
        assert_eq!(other.code, Code::TokenOfAnotherApp);
        let weak = refused(&Inspected {
            scopes: vec![NEEDED[0].to_owned()],
            accounts: Some(vec!["1".to_owned()]),
            ..seen()
        });
        assert_eq!(weak.code, Code::TokenTooWeak);
        assert!(weak.detail.contains("whatsapp_business_messaging"));
        assert!(!weak.detail.contains("lacks business_management"));
    }
}
