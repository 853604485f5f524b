//! `recado events`: what happens, one JSON object a line, for programs.

use std::io::{self, Write};
use std::time::Duration;

use common::api::problem::Code;
use common::id::Seq;
use tokio::time::sleep;

use super::{Desk, OnceError};
use crate::cli::EventsArgs;

/// Follows until it is stopped; comes back by itself after the daemon was away, with nothing missed.
pub(super) async fn follow(desk: &Desk, args: EventsArgs) -> Result<u8, OnceError> {
    let mut after = match args.after {
        Some(seq) => Seq(seq),
        None => Seq(desk.client.status().await?.seq),
    };
    let mut wait = Duration::from_secs(1);
    loop {
        let mut stream = match desk.client.events(Some(after)).await {
            Ok(stream) => stream,
            Err(away) if away.code == Code::Unreachable => {
                sleep(wait).await;
                wait = (wait * 2).min(Duration::from_secs(10));
                continue;
            }
            Err(problem) => return Err(problem.into()),
        };
        wait = Duration::from_secs(1);
        while let Some(Ok(event)) = stream.next().await {
            after = after.max(event.seq);
            let mut line = serde_json::to_vec(&event).map_err(io::Error::from)?;
            line.push(b'\n');
            let mut out = io::stdout().lock();
            match out.write_all(&line).and_then(|()| out.flush()) {
                Err(gone) if gone.kind() == io::ErrorKind::BrokenPipe => return Ok(0),
                other => other?,
            }
        }
    }
}
