//! Telling a person who looks elsewhere: by the terminal, by the desktop, by a program.

use std::process::{Command, Stdio};

use crate::effect::{Notify, Way};

/// OSC 9, which shows one text. A semicolon would make it a progress bar in some terminals.
pub(crate) fn osc9(title: &str, body: &str) -> String {
    format!("\x1b]9;{}: {}\x07", clean(title), clean(body))
}

/// OSC 777, which shows a title and a text.
pub(crate) fn osc777(title: &str, body: &str) -> String {
    format!("\x1b]777;notify;{};{}\x07", clean(title), clean(body))
}

fn clean(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_control());
    plain.map(|c| if c == ';' { ',' } else { c }).collect()
}

/// The same bytes as tmux hands them on to the terminal that it runs in.
pub(crate) fn through_tmux(bytes: String, env: impl Fn(&str) -> Option<String>) -> String {
    if env("TMUX").is_none_or(|tmux| tmux.is_empty()) {
        return bytes;
    }
    format!("\x1bPtmux;{}\x1b\\", bytes.replace('\x1b', "\x1b\x1b"))
}

/// Starts the program that tells, if the notice goes that way; waits for its end. The customer's
/// words are arguments and variables, never a shell's.
pub(crate) fn tell(notify: &Notify) {
    let Some(mut command) = command(notify) else {
        return;
    };
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let ended = command.status();
    if let Err(why) = ended {
        tracing::warn!(%why, "the program for notices cannot be run");
    }
}

fn command(notify: &Notify) -> Option<Command> {
    match &notify.way {
        Way::Desktop if cfg!(feature = "desktop") => {
            let mut command = Command::new("notify-send");
            command
                .args(["--app-name=recado", "--category=im.received", "--"])
                .args([&notify.title, &notify.body]);
            Some(command)
        }
        Way::Terminal(_) | Way::Desktop => None,
        Way::Command(words) => {
            let (program, args) = words.split_first()?;
            let mut command = Command::new(program);
            command
                .args(args)
                .env("RECADO_TITLE", &notify.title)
                .env("RECADO_TEXT", &notify.body)
                .env("RECADO_NUMBER", &notify.number)
                .env("RECADO_CUSTOMER", &notify.customer)
                .env("RECADO_COUNT", notify.count.to_string());
            Some(command)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{osc9, osc777, tell, through_tmux};
    use crate::effect::{Notify, Way};

    #[test]
    fn nobody_writes_sequences_with_a_name() {
        let evil = "a;b\x1b]2;x\x07\u{9c}c";
        assert_eq!(osc9(evil, "4;1"), "\x1b]9;a,b]2,xc: 4,1\x07");
        assert_eq!(osc777(evil, "ok"), "\x1b]777;notify;a,b]2,xc;ok\x07");
        let env = |set: bool| move |_: &str| set.then(|| "/run/tmux,1,0".to_owned());
        assert_eq!(through_tmux(osc9("a", "b"), env(false)), "\x1b]9;a: b\x07");
        assert_eq!(
            through_tmux(osc9("a", "b"), env(true)),
            "\x1bPtmux;\x1b\x1b]9;a: b\x07\x1b\\"
        );
    }

    #[test]
    fn a_program_gets_the_words_as_they_are_and_no_shell_reads_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("told");
        let script = format!(
            "printf '%s|%s' \"$RECADO_TEXT\" \"$RECADO_COUNT\" > {}",
            file.display()
        );
        let words = "$(touch /nonexistent/x); `id` \"quoted\"";
        tell(&Notify {
            way: Way::Command(vec!["sh".into(), "-c".into(), script]),
            title: "Ana".into(),
            body: words.into(),
            number: "Centro".into(),
            customer: "Ana".into(),
            count: 1,
        });
        assert_eq!(std::fs::read_to_string(file).unwrap(), format!("{words}|1"));
    }
}
