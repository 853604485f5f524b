//! Copying and pasting by a program of this machine, or over any distance by OSC 52, which the terminal may carry out or throw away without a word.

use std::io::Write;
use std::process::{Command, Stdio};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

/// Terminals cut or drop longer ones; xterm and tmux take about 100 kB of base64.
const MOST: usize = 74_000;

/// A program that keeps a clipboard, with what makes it take a text and give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    take: &'static [&'static str],
    give: &'static [&'static str],
}

const WAYLAND: Tool = Tool {
    name: "wl-copy",
    take: &["wl-copy"],
    give: &["wl-paste", "--no-newline"],
};
const XCLIP: Tool = Tool {
    name: "xclip",
    take: &["xclip", "-selection", "clipboard", "-in"],
    give: &["xclip", "-selection", "clipboard", "-out"],
};
const XSEL: Tool = Tool {
    name: "xsel",
    take: &["xsel", "--clipboard", "--input"],
    give: &["xsel", "--clipboard", "--output"],
};
const MAC: Tool = Tool {
    name: "pbcopy",
    take: &["pbcopy"],
    give: &["pbpaste"],
};
const TMUX: Tool = Tool {
    name: "tmux",
    // -w hands it on to the outer terminal, which an OSC 52 from inside mostly does not reach.
    take: &["tmux", "load-buffer", "-w", "-"],
    give: &["tmux", "save-buffer", "-"],
};

/// The programs to try, best first. Over ssh the desktop's clipboard would be that of the wrong
/// machine.
pub fn tools(env: impl Fn(&str) -> Option<String>) -> Vec<Tool> {
    let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    let far = ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| is_set(name));
    let mut tools = Vec::new();
    if !far && cfg!(target_os = "macos") {
        tools.push(MAC);
    }
    if !far && is_set("WAYLAND_DISPLAY") {
        tools.push(WAYLAND);
    }
    if !far && is_set("DISPLAY") {
        tools.extend([XCLIP, XSEL]);
    }
    if is_set("TMUX") {
        tools.push(TMUX);
    }
    tools
}

/// Gives a text to the first program that takes it. Blocks.
pub fn copy(tools: &[Tool], text: &str) -> Option<&'static str> {
    tools
        .iter()
        .find(|tool| hand_over(tool.take, text).unwrap_or(false))
        .map(|tool| tool.name)
}

/// The text that the first program gives. Blocks.
pub fn paste(tools: &[Tool]) -> Option<String> {
    tools.iter().find_map(|tool| {
        let output = command(tool.give)?.stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        (output.status.success() && !text.is_empty()).then_some(text)
    })
}

fn hand_over(words: &[&str], text: &str) -> Option<bool> {
    let mut child = command(words)?
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut pipe = child.stdin.take()?;
    let written = pipe.write_all(text.as_bytes());
    drop(pipe);
    let ended = child.wait().ok()?;
    Some(written.is_ok() && ended.success())
}

fn command(words: &[&str]) -> Option<Command> {
    let (program, rest) = words.split_first()?;
    let mut command = Command::new(program);
    command.args(rest);
    Some(command)
}

/// The bytes that ask the terminal to put `text` on the clipboard; `None` when it is too long.
pub fn sequence(text: &str) -> Option<String> {
    if text.len() > MOST {
        return None;
    }
    let mut bytes = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut bytes)
        .ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Tool, copy, paste, sequence, tools};

    #[test]
    fn it_is_the_sequence_that_terminals_know() {
        assert_eq!(sequence("oi").as_deref(), Some("\x1b]52;c;b2k=\x1b\\"));
        assert_eq!(sequence(&"x".repeat(80_000)), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn over_ssh_the_desktop_here_is_the_wrong_one() {
        let names = |set: &[&str]| {
            let found = tools(|name| set.contains(&name).then(|| "1".to_owned()));
            found.iter().map(|tool| tool.name).collect::<Vec<_>>()
        };
        assert_eq!(
            names(&["WAYLAND_DISPLAY", "DISPLAY"]),
            ["wl-copy", "xclip", "xsel"]
        );
        assert_eq!(names(&["DISPLAY", "SSH_TTY", "TMUX"]), ["tmux"]);
        assert!(names(&["SSH_TTY"]).is_empty());
    }

    #[test]
    fn the_first_program_that_works_is_the_one_that_is_named() {
        let no = Tool {
            name: "no",
            take: &["/nonexistent/recado-no-such-program"],
            give: &["/nonexistent/recado-no-such-program"],
        };
        let yes = Tool {
            name: "yes",
            take: &["cat"],
            give: &["echo", "hola"],
        };
        assert_eq!(copy(&[no, yes], "hola"), Some("yes"));
        assert_eq!(copy(&[no], "hola"), None);
        assert_eq!(paste(&[no, yes]).as_deref(), Some("hola\n"));
    }
}
