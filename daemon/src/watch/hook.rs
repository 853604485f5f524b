//! The configured program that is told of warnings and errors: the notice as JSON on its standard input.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Longer than this no program may take.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

/// Runs the program, and waits for its end; one that hangs is ended.
pub(super) async fn run(program: &Path, notice: &[u8]) {
    let shown = program.display();
    let started = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            tracing::error!(program = %shown, %error, "watch.hook does not start");
            return;
        }
    };
    if let Some(mut input) = child.stdin.take() {
        // A notice is far smaller than what a pipe takes at once; who does not read it misses it.
        let told = input
            .write_all(notice)
            .and_then(|()| input.write_all(b"\n"));
        if let Err(error) = told {
            tracing::debug!(program = %shown, %error, "watch.hook did not read the notice");
        }
    }
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return,
            Ok(Some(status)) => {
                tracing::warn!(program = %shown, %status, "watch.hook failed");
                return;
            }
            Ok(None) if begin.elapsed() < PATIENCE => sleep(LOOK).await,
            Ok(None) | Err(_) => {
                tracing::warn!(program = %shown, "watch.hook took too long and was ended");
                child.kill().ok();
                child.wait().ok();
                return;
            }
        }
    }
}
