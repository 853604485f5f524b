//! A database as it is after years: grown message by message through the real webhook, the same for the same seed.

use crate::load::{self, Traffic};

/// Customers' messages and ours in one body.
const INBOUND: usize = 60;
const ECHOES: usize = 40;
/// Bodies made before they are posted.
const AHEAD: usize = 100;
/// The messages spread over so many seconds before now: two years.
const SPAN_S: i64 = 2 * 365 * 86_400;

/// Posts so many messages to a daemon whose shop has the traffic's numbers. Says how many there are.
pub async fn grow(
    webhook: &str,
    traffic: &mut Traffic,
    messages: usize,
    now_s: i64,
) -> anyhow::Result<usize> {
    let path = load::recado_path();
    let mut grown = 0;
    while grown < messages {
        let mut requests = Vec::with_capacity(AHEAD);
        while requests.len() < AHEAD && grown < messages {
            let left = i64::try_from(messages - grown)?;
            traffic.set_now(now_s - left * SPAN_S / i64::try_from(messages)?);
            let post = traffic.many(INBOUND, ECHOES);
            grown += post.messages;
            requests.push(post.request(&path));
        }
        let loaded = load::closed(webhook, requests, 4).await?;
        anyhow::ensure!(
            loaded.refused == 0,
            "{} bodies were refused",
            loaded.refused
        );
    }
    traffic.set_now(now_s);
    Ok(grown)
}
