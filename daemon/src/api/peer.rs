//! Who calls: the socket's peer credentials or a bearer token, never what the request says.

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use common::api::problem::Code;
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
    Tcp,
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
    match scope_of(&api, caller, request.headers()).await {
        Ok(scope) => {
            request.extensions_mut().insert(scope);
            next.run(request).await
        }
        Err(fault) => fault.into_response(),
    }
}

async fn scope_of(api: &ApiState, caller: Caller, headers: &HeaderMap) -> Result<Scope, Fault> {
    match caller {
        Caller::Unix {
            uid,
            name,
            trusted: true,
        } => Ok(Scope::admin(Actor {
            name,
            uid: Some(uid),
            ..Actor::default()
        })),
        Caller::Unix { name, .. } => Err(Fault::new(
            Code::Forbidden,
            format!(
                "{name} may not speak with recadod; its own user and root may: \
                 sudo -u recado recado."
            ),
        )),
        Caller::Tcp => {
            let bearer = headers
                .get(AUTHORIZATION)
                .and_then(|value| value.to_str().ok()?.split_once(' '))
                .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
                .map(|(_, token)| token.trim());
            let Some(token) = bearer else {
                return Err(unknown(
                    "Over TCP every request needs `Authorization: Bearer TOKEN`",
                ));
            };
            let hash = hash(token);
            let known = api
                .store
                .ask(&Scope::daemon(), move |view| {
                    ask::tokens::by_hash(view, &hash)
                })
                .await?;
            let Some(token) = known else {
                return Err(unknown("This token is not known, or was revoked"));
            };
            Ok(Scope::org(
                Actor {
                    name: token.name,
                    token: Some(token.id),
                    ..Actor::default()
                },
                token.org_id,
            ))
        }
    }
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
        assert_eq!(user_name("broken\n::\n", 7), "uid 7");
    }
}
