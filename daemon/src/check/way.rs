//! The first six hops judged: from the name in the configuration to a delivery that this daemon took in.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use common::id::AppId;
use common::model::check::{Check, Hop};
use common::time::Stamp;
use rustls::CertificateError;

use crate::beacon::NOT_MINE;
use crate::check::certificate;
use crate::check::reach::{Answer, Place, Shown, Shut};

/// A certificate that ends sooner than this is told of: Let's Encrypt renews thirty days ahead.
const SOON_DAYS: i64 = 14;
const DAY: i64 = 86_400;

/// Whether the name resolves.
pub(super) fn name(url: &str, found: &Result<Vec<SocketAddr>, String>) -> Check {
    if url.trim().is_empty() {
        return Check::failed(Hop::Name, "no_url").run("recadod check-config");
    }
    let Some(place) = Place::read(url) else {
        return Check::failed(Hop::Name, "bad_url")
            .with("url", url)
            .run("recadod check-config");
    };
    let host = place.host.as_str();
    match found {
        Err(why) => Check::failed(Hop::Name, "not_found")
            .with("host", host)
            .with("why", why.as_str())
            .run(format!("dig +short {host}")),
        Ok(addresses) => {
            let shown: Vec<String> = addresses.iter().map(|a| a.ip().to_string()).collect();
            let check = if place.is_local() {
                Check::new(Hop::Name, common::model::check::Verdict::Ok, "local")
            } else if addresses.iter().all(|address| is_private(address.ip())) {
                Check::warning(Hop::Name, "private").run(format!("dig +short {host} @1.1.1.1"))
            } else {
                Check::ok(Hop::Name)
            };
            check.with("host", host).with("addresses", shown.join(", "))
        }
    }
}

/// Whether nobody outside reaches an address.
fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// Whether its port opens: what each address said, in order.
pub(super) fn port(place: &Place, tried: &[(SocketAddr, Result<(), Shut>)]) -> Check {
    let port = i64::from(place.port);
    let open = tried.iter().find(|(_, outcome)| outcome.is_ok());
    let shut = tried
        .iter()
        .find_map(|(at, outcome)| Some((at, outcome.as_ref().err()?)));
    let check = match (open, shut) {
        (Some((at, _)), Some((other, _))) if !at.ip().is_loopback() => {
            Check::warning(Hop::Port, "some")
                .with("address", at.ip().to_string())
                .with("other", other.ip().to_string())
                .run(format!("sudo ss -ltnp 'sport = :{port}'"))
        }
        (Some((at, _)), _) => Check::ok(Hop::Port).with("address", at.ip().to_string()),
        (None, Some((at, why))) => {
            let check = match why {
                Shut::Refused => Check::failed(Hop::Port, "refused")
                    .run(format!("sudo ss -ltnp 'sport = :{port}'")),
                Shut::Silent => Check::failed(Hop::Port, "silent").run("sudo ufw status"),
                Shut::Other(why) => Check::failed(Hop::Port, "unreached").with("why", why.as_str()),
            };
            check.with("address", at.ip().to_string())
        }
        (None, None) => Check::failed(Hop::Port, "unreached").with("why", "no address"),
    };
    check.with("port", port)
}

/// Whether Meta accepts the certificate, and for how long.
pub(super) fn certificate(place: &Place, shown: &Result<Shown, String>, now: Stamp) -> Check {
    let host = place.host.as_str();
    let look = format!(
        "openssl s_client -connect {host}:{} -servername {host} </dev/null | openssl x509 -noout -subject -issuer -dates",
        place.port
    );
    let failed = |code: &str| {
        Check::failed(Hop::Certificate, code)
            .with("host", host)
            .run(look.clone())
    };
    let shown = match shown {
        Err(why) => {
            return failed("no_tls")
                .with("why", why.as_str())
                .with("port", i64::from(place.port));
        }
        Ok(shown) => shown,
    };
    let leaf = shown
        .chain
        .first()
        .and_then(|leaf| certificate::read(leaf.as_ref()));
    let days = leaf.as_ref().map_or(0, |leaf| {
        (leaf.until.seconds() - now.seconds()).div_euclid(DAY)
    });
    let issuer = leaf
        .as_ref()
        .and_then(|leaf| leaf.issuer.clone())
        .unwrap_or_default();
    let alone = shown.chain.len() == 1;
    let own = leaf.as_ref().is_some_and(|leaf| leaf.own);
    let check = match &shown.verdict {
        Ok(()) if days < SOON_DAYS => Check::warning(Hop::Certificate, "soon")
            .with("host", host)
            .run("sudo certbot renew --dry-run"),
        Ok(()) => Check::ok(Hop::Certificate).with("host", host),
        Err(rustls::Error::InvalidCertificate(why)) => match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                failed("expired")
                    .with("ago", (-days).saturating_mul(DAY))
                    .run("sudo certbot renew && sudo systemctl reload nginx")
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                failed("not_yet").run("timedatectl")
            }
            CertificateError::NotValidForName => failed("wrong_host").with("names", "?"),
            CertificateError::NotValidForNameContext { presented, .. } => {
                failed("wrong_host").with("names", names(presented))
            }
            _ if own => failed("self_signed"),
            CertificateError::UnknownIssuer if alone => failed("incomplete"),
            CertificateError::UnknownIssuer => failed("untrusted"),
            other => failed("bad").with("why", other.to_string()),
        },
        Err(why) => failed("bad").with("why", why.to_string()),
    };
    check.with("days", days).with("issuer", issuer)
}

/// `DnsName("a.example")` as people write it.
fn names(presented: &[String]) -> String {
    let bare = |name: &String| {
        let inner = name.split('"').nth(1).unwrap_or(name);
        inner.to_owned()
    };
    presented.iter().map(bare).collect::<Vec<_>>().join(", ")
}

/// Where there is no TLS: Meta calls nothing else.
pub(super) fn plain(place: &Place) -> Check {
    if place.is_local() {
        let skipped = common::model::check::Verdict::Skipped;
        return Check::new(Hop::Certificate, skipped, "local").with("host", place.host.as_str());
    }
    Check::failed(Hop::Certificate, "not_https")
        .with("host", place.host.as_str())
        .run("recadod check-config")
}

/// Whether the public address leads to this daemon: only it knows `expected`.
pub(super) fn reach(place: &Place, answer: &Result<Answer, String>, expected: &str) -> Check {
    let url = url(place, "/healthz");
    let look = format!("curl -i {url}");
    let answer = match answer {
        Err(why) => return silent(Hop::Reach, why).run(look),
        Ok(answer) => answer,
    };
    if answer.status == 200 && answer.body.trim_ascii() == expected.as_bytes() {
        return Check::ok(Hop::Reach)
            .with("ms", millis(answer.took))
            .with("url", url);
    }
    if answer.body == NOT_MINE.as_bytes() {
        return Check::failed(Hop::Reach, "other_recado")
            .with("url", url)
            .run("sudo ss -ltnp | grep recadod");
    }
    let check = elsewhere(Hop::Reach, answer);
    check.with("url", url).run(look)
}

/// Whether the handshake is answered: only the challenge itself is good.
pub(super) fn handshake(
    place: &Place,
    app: &AppId,
    answer: &Result<Answer, String>,
    challenge: &str,
) -> Check {
    let url = url(place, &format!("/webhooks/meta/{app}"));
    let look =
        format!("curl -i '{url}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=VERIFY_TOKEN'");
    let answer = match answer {
        Err(why) => return silent(Hop::Handshake, why).run(look),
        Ok(answer) => answer,
    };
    let body = answer.body.trim_ascii();
    let check = match answer.status {
        200 if body == challenge.as_bytes() => {
            return Check::ok(Hop::Handshake)
                .with("ms", millis(answer.took))
                .with("url", url);
        }
        200 => Check::failed(Hop::Handshake, "changed"),
        403 if answer.body == b"wrong verify token\n" => {
            Check::failed(Hop::Handshake, "wrong_token")
        }
        404 if answer.body.starts_with(b"no number") => {
            Check::failed(Hop::Handshake, "unknown_app")
        }
        _ => elsewhere(Hop::Handshake, answer),
    };
    check.with("url", url).with("app", app.as_str()).run(look)
}

/// Whether a signed delivery came in, whole, at this daemon.
pub(super) fn delivery(
    place: &Place,
    app: &AppId,
    answer: &Result<Answer, String>,
    has_come: bool,
) -> Check {
    let url = url(place, &format!("/webhooks/meta/{app}"));
    let answer = match answer {
        Err(why) => return silent(Hop::Delivery, why).with("url", url),
        Ok(answer) => answer,
    };
    let failed = |code: &str| Check::failed(Hop::Delivery, code);
    let check = match answer.status {
        200 if has_come => return Check::ok(Hop::Delivery).with("ms", millis(answer.took)),
        200 => failed("lost"),
        401 if answer.body == b"wrong signature\n" => failed("wrong_signature"),
        404 if answer.body.starts_with(b"no number") => failed("unknown_app"),
        413 => failed("too_long"),
        503 if has_come => failed("not_stored").run("df -h"),
        _ => elsewhere(Hop::Delivery, answer),
    };
    check.with("url", url)
}

/// An answer that is not ours.
fn elsewhere(hop: Hop, answer: &Answer) -> Check {
    let check = match (answer.status, &answer.location) {
        (300..=399, Some(to)) => Check::failed(hop, "redirect").with("to", to.as_str()),
        (502..=504, _) => Check::failed(hop, "gateway").run("systemctl status recadod"),
        _ => Check::failed(hop, "other_server"),
    };
    check.with("status", i64::from(answer.status)).with(
        "server",
        answer.server.clone().unwrap_or_else(|| "?".to_owned()),
    )
}

fn silent(hop: Hop, why: &str) -> Check {
    Check::failed(hop, "silent").with("why", why)
}

fn millis(took: Duration) -> i64 {
    i64::try_from(took.as_millis()).unwrap_or(i64::MAX)
}

/// The public address of one of our paths.
pub(super) fn url(place: &Place, path: &str) -> String {
    let Place {
        https,
        host,
        port,
        base,
    } = place;
    let scheme = if *https { "https" } else { "http" };
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.clone()
    };
    match (https, port) {
        (true, 443) | (false, 80) => format!("{scheme}://{host}{base}{path}"),
        _ => format!("{scheme}://{host}:{port}{base}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use common::id::AppId;
    use common::model::check::Verdict;

    use super::{delivery, handshake, name, port, reach};
    use crate::check::reach::{Answer, Place, Shut};

    fn place() -> Place {
        Place::read("https://wa.example.com").unwrap()
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "what came back, or why nothing did"
    )]
    fn answer(status: u16, body: &str) -> Result<Answer, String> {
        Ok(Answer {
            status,
            location: (status == 301).then(|| "https://www.example.com/".to_owned()),
            server: Some("nginx".to_owned()),
            body: body.as_bytes().to_vec(),
            took: Duration::from_millis(12),
        })
    }

    #[test]
    fn a_name_is_missing_wrong_unknown_private_or_good() {
        let code = |url: &str, found: Result<&str, &str>| {
            let found = found.map(|ip| vec![format!("{ip}:443").parse().unwrap()]);
            let check = name(url, &found.map_err(ToOwned::to_owned));
            (check.code, check.verdict)
        };
        let of = |code: &str, verdict| (code.to_owned(), verdict);
        let url = "https://wa.example.com";
        assert_eq!(code("", Err("x")), of("no_url", Verdict::Failed));
        assert_eq!(
            code("wa.example.com", Err("x")),
            of("bad_url", Verdict::Failed)
        );
        assert_eq!(code(url, Err("x")), of("not_found", Verdict::Failed));
        assert_eq!(
            code(url, Ok("192.168.1.4")),
            of("private", Verdict::Warning)
        );
        assert_eq!(code(url, Ok("203.0.113.7")), of("ok", Verdict::Ok));
        assert_eq!(
            code("http://127.0.0.1:1", Ok("127.0.0.1")),
            of("local", Verdict::Ok)
        );
    }

    #[test]
    fn a_port_is_open_at_every_address_at_some_or_at_none() {
        let at = |ip: &str| format!("{ip}:443").parse().unwrap();
        let code = |tried: &[_]| port(&place(), tried).code;
        assert_eq!(code(&[(at("203.0.113.7"), Ok(()))]), "ok");
        assert_eq!(code(&[(at("203.0.113.7"), Err(Shut::Refused))]), "refused");
        assert_eq!(code(&[(at("203.0.113.7"), Err(Shut::Silent))]), "silent");
        let half = [
            (at("203.0.113.7"), Ok(())),
            (at("203.0.113.8"), Err(Shut::Silent)),
        ];
        assert_eq!(code(&half), "some");
    }

    #[test]
    fn only_this_daemons_own_answer_is_good() {
        let code = |answer: Result<Answer, String>| reach(&place(), &answer, "yes").code;
        assert_eq!(code(answer(200, "yes")), "ok");
        assert_eq!(code(answer(200, "no")), "other_server");
        assert_eq!(
            code(answer(404, "this recado did not ask\n")),
            "other_recado"
        );
        assert_eq!(code(answer(301, "")), "redirect");
        assert_eq!(code(answer(502, "")), "gateway");
        assert_eq!(code(Err("reset".to_owned())), "silent");
    }

    #[test]
    fn handshake_and_delivery_tell_what_was_changed_on_the_way() {
        let app = AppId::from("42");
        let shake = |answer: Result<Answer, String>| handshake(&place(), &app, &answer, "77").code;
        assert_eq!(shake(answer(200, "77\n")), "ok");
        assert_eq!(shake(answer(200, "<html>")), "changed");
        assert_eq!(shake(answer(403, "wrong verify token\n")), "wrong_token");
        assert_eq!(
            shake(answer(404, "no number belongs to this app\n")),
            "unknown_app"
        );
        assert_eq!(shake(answer(403, "forbidden")), "other_server");
        let come =
            |answer: Result<Answer, String>, has| delivery(&place(), &app, &answer, has).code;
        assert_eq!(come(answer(200, ""), true), "ok");
        assert_eq!(come(answer(200, ""), false), "lost");
        assert_eq!(
            come(answer(401, "wrong signature\n"), false),
            "wrong_signature"
        );
        assert_eq!(come(answer(413, ""), false), "too_long");
        assert_eq!(come(answer(503, ""), true), "not_stored");
    }
}
