//! Copying over any distance: OSC 52, which the terminal may carry out or throw away without a word.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// Terminals cut or drop longer ones; xterm and tmux take about 100 kB of base64.
const MOST: usize = 74_000;

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
    use super::sequence;

    #[test]
    fn it_is_the_sequence_that_terminals_know() {
        assert_eq!(sequence("oi").as_deref(), Some("\x1b]52;c;b2k=\x1b\\"));
        assert_eq!(sequence(&"x".repeat(80_000)), None);
    }
}
