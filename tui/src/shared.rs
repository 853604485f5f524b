//! A session on the shared account: an SSH key's line said who comes, and nothing of the machine is theirs.

use std::env;
use std::path::Path;

use clap::Parser;
use common::api::numbers::SecretText;

use crate::cli::files::MediaCommand;
use crate::cli::number::NumberCommand;
use crate::cli::people::{KeyCommand, OperatorCommand};
use crate::cli::send::SendArgs;
use crate::cli::template::ReplyCommand;
use crate::cli::{Cli, Command};

/// The variable in which a key's line presents its secret.
pub const SECRET: &str = "RECADO_OPERATOR_KEY";
/// What sshd was asked to do instead of the line's command.
const ASKED: &str = "SSH_ORIGINAL_COMMAND";

/// Who comes by an SSH key: the secret of the key's line.
pub fn secret() -> Option<SecretText> {
    let secret = env::var(SECRET).ok().map(SecretText::new);
    secret.filter(|secret| !secret.is_empty())
}

/// What was typed behind `ssh recado@host`, as a command line; none for the console.
///
/// # Errors
/// It is no command line of recado's, or one that would touch the machine; clap's words say which.
pub fn asked(own: Cli) -> Result<Cli, clap::Error> {
    let Some(asked) = env::var(ASKED)
        .ok()
        .filter(|asked| !asked.trim().is_empty())
    else {
        return Ok(own);
    };
    let mut words = words(&asked);
    if words.first().is_some_and(|word| word == "recado") {
        words.remove(0);
    }
    words.insert(0, "recado".to_owned());
    let cli = Cli::try_parse_from(words)?;
    if fits(&cli, &own) {
        return Ok(cli);
    }
    let why = "this cannot be done over a shared account: it would touch files of the machine\n";
    Err(Cli::raw(why))
}

/// Whether a command line touches nothing but the daemon, standard input and output.
fn fits(cli: &Cli, own: &Cli) -> bool {
    if cli.socket != own.socket || cli.host.is_some() || cli.log.is_some() {
        return false;
    }
    let Some(command) = &cli.command else {
        return true;
    };
    match command {
        Command::Status(_)
        | Command::Orgs(_)
        | Command::Numbers(_)
        | Command::Chats(_)
        | Command::Messages(_)
        | Command::Search(_)
        | Command::Stats(_)
        | Command::Org(_)
        | Command::Token(_)
        | Command::Audit(_)
        | Command::Templates(_)
        | Command::Events(_)
        | Command::Explain(_)
        | Command::Completions { .. }
        | Command::Media(MediaCommand::Info { .. } | MediaCommand::Fetch { .. }) => true,
        Command::Send(args) => sends_only_words(args),
        Command::Put(args) => is_dash(&args.file),
        Command::Media(MediaCommand::Get { out, .. }) => out.as_deref().is_some_and(is_dash),
        Command::Number(command) => matches!(
            command,
            NumberCommand::Pause(_) | NumberCommand::Resume(_) | NumberCommand::Remove { .. }
        ),
        Command::Reply(command) => matches!(
            command,
            ReplyCommand::List { .. } | ReplyCommand::Show { .. } | ReplyCommand::Remove { .. }
        ),
        Command::Operator(command) => match command {
            OperatorCommand::List(_)
            | OperatorCommand::Role { .. }
            | OperatorCommand::Remove { .. }
            | OperatorCommand::Key(KeyCommand::Revoke { .. }) => true,
            OperatorCommand::Add(args) => args.ssh_key.as_deref().is_none_or(is_dash),
            OperatorCommand::Key(KeyCommand::Add { file, .. }) => is_dash(file),
        },
        // What is new is not for a shared account until somebody has thought of it.
        _ => false,
    }
}

fn sends_only_words(args: &SendArgs) -> bool {
    let files = args.files.files.iter().chain(&args.header_file);
    files.into_iter().all(|file| is_dash(file))
}

fn is_dash(path: &Path) -> bool {
    path == Path::new("-")
}

/// The words of a command line: quotes hold them together, a backslash takes what follows as it is.
/// No shell sees it.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            (c, Some(q)) if c == q => quote = None,
            ('\\', None | Some('"')) => {
                word.get_or_insert_default().extend(letters.next());
            }
            ('\'' | '"', None) => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::{fits, words};
    use crate::cli::Cli;
    use clap::Parser;

    #[test]
    fn words_are_held_together_as_a_shell_would() {
        assert_eq!(
            words("send --to +51987 --text 'Hola, $HOME' a\\ b \"\" c\"d\"e"),
            [
                "send",
                "--to",
                "+51987",
                "--text",
                "Hola, $HOME",
                "a b",
                "",
                "cde"
            ]
        );
        assert!(words("  ").is_empty());
    }

    #[test]
    fn nothing_of_the_machine_can_be_reached() {
        let own = Cli::try_parse_from(["recado"]).unwrap();
        let fit = |line: &str| {
            let all = [vec!["recado".to_owned()], words(line)].concat();
            fits(&Cli::try_parse_from(all).unwrap(), &own)
        };
        for line in [
            "status",
            "put",
            "put --filename menu.pdf",
            "media get 7 -o -",
            "send --from Centro --to +51987654321 --text Hola",
            "send --from Centro --to +51987654321 --file -",
            "audit verify",
        ] {
            assert!(fit(line), "{line}");
        }
        for line in [
            "--log /tmp/x status",
            "--host ssh://-oProxyCommand=sh status",
            "--socket /tmp/x.sock status",
            "put /etc/passwd",
            "media get 7",
            "media get 7 -o .ssh/authorized_keys",
            "send --from Centro --to +51987654321 --file .ssh/authorized_keys",
            "man /tmp",
            "operator add eva --org luz --ssh-key .ssh/authorized_keys",
        ] {
            assert!(!fit(line), "{line}");
        }
    }
}
