//! Keeps the client connected: events that resume where they stopped, retries, and the state for the bar.

use std::sync::Arc;
use std::time::Duration;

use common::api::event::Change;
use common::api::problem::{Code, Problem};
use common::client::Client;
use common::client::stream::EventStream;
use common::id::Seq;
use common::time::Clock;
use tokio::sync::mpsc::UnboundedSender;

use crate::msg::{LinkMsg, What};

/// The longest wait between two attempts.
const LONGEST: Duration = Duration::from_secs(5);
/// How much the wait grows with each attempt in vain.
const STEP: Duration = Duration::from_secs(1);

/// How a connection ended.
enum End {
    /// It broke; the next one resumes.
    Broken(Problem),
    /// What came before is lost to us: the next one begins anew.
    Reset,
    /// The program ends.
    Over,
}

/// Keeps following the daemon until nobody listens any more.
pub async fn keep(client: Client, clock: Arc<dyn Clock>, inbox: UnboundedSender<What>) {
    let mut last: Option<Seq> = None;
    let mut wait = STEP;
    loop {
        let problem = match connect(&client, last).await {
            Ok((up, stream)) => {
                tracing::info!(resumed = last.is_some(), "connected to the daemon");
                if !tell(&inbox, up) {
                    return;
                }
                wait = STEP;
                match follow(stream, &mut last, &inbox).await {
                    End::Broken(problem) => problem,
                    End::Reset => {
                        last = None;
                        continue;
                    }
                    End::Over => return,
                }
            }
            Err(problem) => problem,
        };
        tracing::warn!(%problem, "the daemon is lost");
        let retry_at = clock.now().plus(wait);
        if !tell(&inbox, LinkMsg::Lost { problem, retry_at }) {
            return;
        }
        tokio::time::sleep(wait).await;
        wait = (wait + STEP).min(LONGEST);
        if !tell(&inbox, LinkMsg::Trying) {
            return;
        }
    }
}

/// Connects: events first when they resume; the state of things first when they do not, so that
/// the events after its sequence number complete it.
async fn connect(client: &Client, last: Option<Seq>) -> Result<(LinkMsg, EventStream), Problem> {
    let resumed = match last {
        Some(last) => Some(client.events(Some(last)).await?),
        None => None,
    };
    let status = client.status().await?;
    let (me, numbers) = tokio::try_join!(client.me(), client.numbers())?;
    let (stream, resumed) = match resumed {
        Some(stream) => (stream, true),
        None => (client.events(Some(Seq(status.seq))).await?, false),
    };
    Ok((
        LinkMsg::Up {
            status,
            me,
            numbers,
            resumed,
        },
        stream,
    ))
}

async fn follow(
    mut stream: EventStream,
    last: &mut Option<Seq>,
    inbox: &UnboundedSender<What>,
) -> End {
    *last = stream.last().or(*last);
    loop {
        match stream.next().await {
            Some(Ok(event)) if event.change == Change::Reset => return End::Reset,
            Some(Ok(event)) => {
                *last = stream.last();
                if !tell(inbox, LinkMsg::Event(Box::new(event))) {
                    return End::Over;
                }
            }
            Some(Err(problem)) => return End::Broken(problem),
            None => {
                let ended = "the daemon ended the connection";
                return End::Broken(Problem::new(Code::Unreachable, ended));
            }
        }
    }
}

fn tell(inbox: &UnboundedSender<What>, msg: LinkMsg) -> bool {
    inbox.send(What::Link(Box::new(msg))).is_ok()
}
