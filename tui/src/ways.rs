//! The three ways by which Meta reaches a machine, each with the ready file for this one.

const CADDY: &str = include_str!("../../packaging/proxy/Caddyfile");
const NGINX: &str = include_str!("../../packaging/proxy/nginx.conf");
const TUNNEL: &str = include_str!("../../packaging/proxy/cloudflared.yml");

/// What the samples call the machine.
const SAMPLE_NAME: &str = "wa.example.com";
/// Where the samples think the daemon listens.
const SAMPLE_LISTEN: &str = "127.0.0.1:8480";

/// One of the ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Caddy.
    Caddy,
    /// nginx with certbot.
    Nginx,
    /// A tunnel of Cloudflare's.
    Tunnel,
}

impl Way {
    /// All of them, the easiest first.
    pub const ALL: [Self; 3] = [Self::Caddy, Self::Nginx, Self::Tunnel];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Caddy => "Caddy",
            Self::Nginx => "nginx",
            Self::Tunnel => "cloudflared",
        }
    }

    /// Where its file belongs.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Caddy => "/etc/caddy/Caddyfile",
            Self::Nginx => "/etc/nginx/sites-available/recado",
            Self::Tunnel => "/etc/cloudflared/config.yml",
        }
    }

    /// Its file for a machine of this name whose daemon listens there.
    pub fn file(self, name: &str, listen: &str) -> String {
        let sample = match self {
            Self::Caddy => CADDY,
            Self::Nginx => NGINX,
            Self::Tunnel => TUNNEL,
        };
        let name = if name.trim().is_empty() {
            SAMPLE_NAME
        } else {
            name.trim()
        };
        sample
            .replace(SAMPLE_NAME, name)
            .replace(SAMPLE_LISTEN, listen)
    }
}

/// The name in a public address: `wa.example.com` of `https://wa.example.com/`.
pub fn name_in(public_url: &str) -> &str {
    let bare = public_url
        .split_once("://")
        .map_or(public_url, |(_, rest)| rest);
    bare.split(['/', ':']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_ready_for_this_machine() {
        for way in Way::ALL {
            let file = way.file("wa.bodega.pe", "127.0.0.1:9000");
            assert!(
                file.contains("wa.bodega.pe") && file.contains("127.0.0.1:9000"),
                "{file}"
            );
            assert!(
                !file.contains(SAMPLE_NAME) && !file.contains(SAMPLE_LISTEN),
                "{file}"
            );
            assert!(way.file(" ", SAMPLE_LISTEN).contains(SAMPLE_NAME));
        }
        assert_eq!(name_in("https://wa.bodega.pe:8443/x"), "wa.bodega.pe");
        assert_eq!(name_in(""), "");
    }
}
