//! Who calls: the socket's peer credentials, an SSH key's secret or a bearer token, never what the request says.

use std::net::IpAddr;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use common::api::problem::{Code, Problem};
use common::rights::Deed;
use sha2::{Digest, Sha256};

use crate::api::ApiState;
use crate::api::door::{TcpDoor, UnixDoor};
use crate::api::fault::Fault;
use crate::store::ask;
use crate::store::scope::{Actor, Scope};

/// The other end of a connection, as the kernel knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Over the socket.
    Unix {
        /// The user it runs as.
        uid: u32,
        /// That user's name.
        name: String,
        /// Root, or the daemon's own user.
        trusted: bool,
    },
    /// Over TCP: known by the token of each request, or not at all.
    Tcp {
        /// From where.
        address: IpAddr,
    },
}

impl Connected<IncomingStream<'_, UnixDoor>> for Caller {
    fn connect_info(stream: IncomingStream<'_, UnixDoor>) -> Self {
        stream.remote_addr().clone()
    }
}

impl Connected<IncomingStream<'_, TcpDoor>> for Caller {
    fn connect_info(stream: IncomingStream<'_, TcpDoor>) -> Self {
        stream.remote_addr().clone()
    }
}

/// Lets in whoever is known, with what they may see.
pub(crate) async fn authorise(
    State(api): State<ApiState>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    mut request: Request,
    next: Next,
) -> Response {
    let identity = Identity::of(caller, request.headers());
    match identity.comes_in(&api).await {
        Ok(scope) => {
            request.extensions_mut().insert(scope);
            request.extensions_mut().insert(identity);
            next.run(request).await
        }
        Err(fault) => fault.into_response(),
    }
}

/// By what a caller is known; what they may do is looked up each time, for it may change.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    caller: Caller,
    /// The hash of the secret behind `Authorization: Bearer`.
    secret: Option<[u8; 32]>,
}

impl Identity {
    fn of(caller: Caller, headers: &HeaderMap) -> Self {
        let secret = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, secret)| hash(secret.trim()));
        Self { caller, secret }
    }

    /// Lets them in, not faster than they may come.
    async fn comes_in(&self, api: &ApiState) -> Result<Scope, Fault> {
        let Caller::Tcp { address } = self.caller else {
            return self.scope(api).await;
        };
        let doorman = &api.entrance.doorman;
        doorman
            .admits(address, self.secret.as_ref())
            .map_err(|wait| slow("Too many wrong tokens came from your address", wait))?;
        let scope = self.scope(api).await.inspect_err(|fault| {
            if fault.0.code == Code::Unauthorized && self.secret.is_some() {
                doorman.wrong(address);
            }
        })?;
        if let (Some(hash), Some(token)) = (&self.secret, scope.actor().token) {
            doorman
                .good(address, hash, token)
                .map_err(|wait| slow("This token asks too often", wait))?;
        }
        Ok(scope)
    }

    /// What they may see and do now.
    pub(crate) async fn scope(&self, api: &ApiState) -> Result<Scope, Fault> {
        let store = &api.store;
        let daemon = Scope::daemon();
        match (&self.caller, self.secret) {
            (Caller::Unix { uid, trusted, .. }, Some(hash))
                if *trusted || api.entrance.is_shared(*uid) =>
            {
                let asked = store.ask(&daemon, move |view| ask::people::by_key(view, &hash));
                asked.await?.ok_or_else(revoked)
            }
            (
                Caller::Unix {
                    uid,
                    name,
                    trusted: true,
                },
                None,
            ) => Ok(Scope::admin(Actor {
                name: name.clone(),
                uid: Some(*uid),
                ..Actor::default()
            })),
            (Caller::Unix { uid, .. }, _) if api.entrance.is_shared(*uid) => Err(Fault::new(
                Code::Forbidden,
                "The shared account is nobody by itself: come in by ssh, with the key that an \
                 administrator let in.",
            )),
            (Caller::Unix { uid, name, .. }, _) => {
                let uid = *uid;
                let asked = store.ask(&daemon, move |view| ask::people::by_uid(view, uid));
                asked.await?.ok_or_else(|| stranger(name))
            }
            (Caller::Tcp { .. }, None) => Err(unknown(
                "Over TCP every request needs `Authorization: Bearer TOKEN`",
            )),
            (Caller::Tcp { .. }, Some(hash)) => {
                let asked = store.ask(&daemon, move |view| ask::tokens::by_hash(view, &hash));
                let token = asked.await?;
                let token = token
                    .ok_or_else(|| unknown("This token is not known, was revoked, or is over"))?;
                Ok(ask::people::of_token(token))
            }
        }
    }
}

fn stranger(name: &str) -> Fault {
    Fault::new(
        Code::Forbidden,
        format!(
            "{name} may not speak with recadod; its own user and root may (sudo -u recado recado), \
             and let others in: recado operator add {name} --org SLUG --role agent."
        ),
    )
}

fn revoked() -> Fault {
    Fault::new(
        Code::Unauthorized,
        "This SSH key lets nobody in any more; ask an administrator for `recado operator key add`.",
    )
}

fn slow(why: &str, wait: Duration) -> Fault {
    let seconds = wait.as_secs() + 1;
    let detail = format!("{why}; wait {seconds} seconds.");
    Fault(Problem::new(Code::RateLimited, detail).retry_after(seconds))
}

fn unknown(why: &str) -> Fault {
    Fault::new(
        Code::Unauthorized,
        format!("{why}; an administrator makes one with POST /tokens over the socket."),
    )
}

/// What is kept of a token.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Lets through whoever may do this, reaching no further than where they may.
pub(crate) async fn permit(deed: Deed, mut request: Request, next: Next) -> Response {
    let Some(scope) = request.extensions().get::<Scope>() else {
        return unknown("Nobody vouched for this request").into_response();
    };
    match scope.for_deed(deed) {
        Ok(scope) => {
            request.extensions_mut().insert(scope);
            next.run(request).await
        }
        Err(problem) => Fault(problem).into_response(),
    }
}

/// Whoever asks, with the reach that the route's deed leaves them.
#[derive(Debug)]
pub(crate) struct Who(pub(crate) Scope);

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        // Every request has passed `authorise`; one that has not is nobody's.
        let scope = parts.extensions.get::<Scope>().cloned();
        scope
            .map(Self)
            .ok_or_else(|| unknown("Nobody vouched for this request"))
    }
}

/// By what the caller is known, for what outlives a request.
#[derive(Debug)]
pub(crate) struct Known(pub(crate) Identity);

impl<S: Send + Sync> FromRequestParts<S> for Known {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        let identity = parts.extensions.get::<Identity>().cloned();
        identity
            .map(Self)
            .ok_or_else(|| unknown("Nobody vouched for this request"))
    }
}

/// The user's name in the text of `/etc/passwd`, or `uid N` where it has none.
pub(crate) fn user_name(passwd: &str, uid: u32) -> String {
    let wanted = uid.to_string();
    passwd
        .lines()
        .find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)? == wanted).then(|| name.to_owned())
        })
        .unwrap_or_else(|| format!("uid {uid}"))
}

/// The number of a user in the text of `/etc/passwd`.
pub(crate) fn user_id(passwd: &str, name: &str) -> Option<u32> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        fields.nth(1)?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str =
        "root:x:0:0:root:/root:/bin/sh\nana:x:1000:1000:Ana,,,:/home/ana:/bin/bash\n";

    #[test]
    fn a_user_is_named_as_the_system_names_them() {
        assert_eq!(user_name(PASSWD, 1000), "ana");
        assert_eq!(user_name(PASSWD, 0), "root");
        assert_eq!(user_name(PASSWD, 7), "uid 7");
        assert_eq!(user_id(PASSWD, "ana"), Some(1000));
        assert_eq!(user_id(PASSWD, "eva"), None);
        assert_eq!(user_name("broken\n::\n", 7), "uid 7");
    }
}
