//! The commands of scripts: each asks the daemon once, prints, and ends with a status.

mod admin;
mod audit;
mod authorized;
mod book;
mod connect;
mod doctor;
mod events;
mod examine;
mod explain;
mod files;
mod gauge;
mod key;
mod list;
mod people;
mod reply;
mod sample;
mod send;
mod stats;
mod table;
mod template;
mod words;

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use clap_complete::generate;
use common::api::numbers::SecretText;
use common::api::problem::{Code, Problem};
use common::client::Client;
use common::id::NumberId;
use common::model::number::Number;
use serde::Serialize;

use crate::cli::{self, Command, DoctorArgs, Output};
use crate::reach::ReachError;
use crate::speech::Speech;

/// Why a command failed. Every one is told as a sentence on standard error, with status 1.
#[derive(Debug, thiserror::Error)]
pub enum OnceError {
    /// The daemon said no, or is away.
    #[error("{0}")]
    Problem(#[from] Problem),
    /// The daemon cannot be found.
    #[error(transparent)]
    Reach(#[from] ReachError),
    /// Reading or writing failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Something that only this command knows; the sentence is in the user's language.
    #[error("{0}")]
    Told(String),
}

/// What every command has at hand.
#[derive(Debug)]
pub struct Desk {
    /// The daemon.
    pub client: Client,
    /// The user's language.
    pub speech: Speech,
    /// Whether the daemon is on this machine.
    pub here: bool,
}

/// Does a command. The result is the exit status: 0 done, 1 failed.
///
/// # Errors
/// The daemon refused or is away, or a file could not be read.
pub async fn run(desk: &Desk, command: Command) -> Result<u8, OnceError> {
    match command {
        Command::Status(output) => list::status(desk, output).await,
        Command::Orgs(output) => list::orgs(desk, output).await,
        Command::Numbers(output) => list::numbers(desk, output).await,
        Command::Chats(args) => list::chats(desk, args).await,
        Command::Messages(args) => list::messages(desk, args).await,
        Command::Search(args) => list::search(desk, args).await,
        Command::Stats(args) => stats::stats(desk, args).await,
        Command::Org(command) => people::org(desk, command).await,
        Command::Operator(command) => people::operator(desk, command).await,
        Command::Connect(args) => connect::connect(desk, args).await,
        Command::ImportEnv(args) => connect::import_env(desk, args).await,
        Command::Number(command) => admin::number(desk, command).await,
        Command::Token(command) => people::token(desk, command).await,
        Command::Audit(command) => audit::audit(desk, command).await,
        Command::Key(command) => key::key(desk, command).await,
        Command::Templates(args) => template::list(desk, args).await,
        Command::Template(command) => template::template(desk, command).await,
        Command::Reply(command) => reply::reply(desk, command).await,
        Command::Send(args) => send::send(desk, args).await,
        Command::Put(args) => files::put(desk, args).await,
        Command::Media(command) => files::media(desk, command).await,
        Command::Events(args) => events::follow(desk, args).await,
        Command::Explain(args) => explain::explain(desk, &args),
        Command::Doctor(args) if args.terminal => doctor::terminal(desk, args.output),
        Command::Doctor(args) => examine::doctor(desk, args).await,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            generate(shell, &mut cli::command(), "recado", &mut script);
            print(&script)
        }
        Command::Man { folder } => man(&folder),
    }
}

/// Whether a command needs no daemon.
pub const fn is_local(command: &Command) -> bool {
    matches!(
        command,
        Command::Completions { .. }
            | Command::Man { .. }
            | Command::Explain(_)
            | Command::Doctor(DoctorArgs { terminal: true, .. })
    )
}

/// The sentence for a failure, in the user's language where there is one for it.
pub fn sentence(speech: &Speech, error: &OnceError) -> String {
    match error {
        OnceError::Problem(problem) => words::problem(speech, problem),
        other => other.to_string(),
    }
}

fn man(folder: &Path) -> Result<u8, OnceError> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(cli::command(), folder)?;
    Ok(0)
}

/// Asks on the terminal; without one the answer is no, and `--yes` says yes.
fn confirmed(desk: &Desk, question: &str, label: &str) -> Result<bool, OnceError> {
    let args = [("label", label.into())];
    if !io::stdin().is_terminal() {
        let words = desk.speech.say_with("cli-confirm-with-yes", &args);
        return Err(OnceError::Told(words.into_owned()));
    }
    let mut err = io::stderr().lock();
    write!(err, "{} ", desk.speech.say_with(question, &args))?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_lowercase().starts_with(['y', 's']))
}

/// Writes to standard output; a reader that went away is no failure.
fn print(bytes: &[u8]) -> Result<u8, OnceError> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(gone) if gone.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        other => other.map(|()| 0).map_err(OnceError::Io),
    }
}

fn print_json<T: Serialize>(value: &T) -> Result<u8, OnceError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(io::Error::from)?;
    text.push(b'\n');
    print(&text)
}

/// A list as it was asked for: an array, an object a line, or a table.
fn print_list<T: Serialize>(
    output: Output,
    items: &[T],
    table: impl FnOnce() -> table::Table,
) -> Result<u8, OnceError> {
    if output.json {
        return print_json(&items);
    }
    if output.jsonl {
        let mut lines = Vec::new();
        for item in items {
            serde_json::to_writer(&mut lines, item).map_err(io::Error::from)?;
            lines.push(b'\n');
        }
        return print(&lines);
    }
    print(table().render().as_bytes())
}

/// One object as it was asked for: JSON, or a sentence.
fn print_one<T: Serialize>(output: Output, item: &T, line: &str) -> Result<u8, OnceError> {
    if output.json {
        return print_json(item);
    }
    if output.jsonl {
        let mut text = serde_json::to_vec(item).map_err(io::Error::from)?;
        text.push(b'\n');
        return print(&text);
    }
    print(format!("{line}\n").as_bytes())
}

/// The number that somebody named by id, label or phone number.
async fn number(desk: &Desk, named: &str) -> Result<Number, OnceError> {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let numbers = desk.client.numbers().await?;
    let by_id = named.parse::<NumberId>().ok();
    let phone = named.trim_start().starts_with('+').then(|| digits(named));
    let mut found: Vec<Number> = numbers
        .into_iter()
        .filter(|n| {
            Some(n.id) == by_id
                || n.label.to_lowercase() == named.to_lowercase()
                || n.phone_number
                    .as_ref()
                    .is_some_and(|p| Some(digits(p.as_str())) == phone)
        })
        .collect();
    if found.len() > 1 {
        // An id is nobody else's, a label may be another organisation's too.
        found.retain(|n| Some(n.id) == by_id);
    }
    found.pop().ok_or_else(|| {
        let words = desk
            .speech
            .say_with("cli-no-number", &[("name", named.into())]);
        OnceError::Told(words.into_owned())
    })
}

/// A file's text; `-` is standard input.
fn text_of(desk: &Desk, path: &Path) -> Result<String, OnceError> {
    if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| {
        let (file, why) = (path.display().to_string(), error.to_string());
        let args = [("file", (&file).into()), ("why", (&why).into())];
        OnceError::Told(desk.speech.say_with("cli-cannot-read", &args).into_owned())
    })
}

/// A secret from a file, or from standard input for `-`; never from the command line.
fn secret(desk: &Desk, file: &Path) -> Result<SecretText, OnceError> {
    let text = if file == Path::new("-") {
        if io::stdin().is_terminal() {
            let mut err = io::stderr().lock();
            writeln!(err, "{}", desk.speech.say("cli-paste-secret"))?;
        }
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        line
    } else {
        std::fs::read_to_string(file).map_err(|error| {
            let path = file.display().to_string();
            let why = error.to_string();
            let args = [("file", path.as_str().into()), ("why", (&why).into())];
            OnceError::Told(desk.speech.say_with("cli-cannot-read", &args).into_owned())
        })?
    };
    let secret = SecretText::new(text);
    if secret.is_empty() {
        return Err(OnceError::Problem(Problem::new(
            Code::Invalid,
            desk.speech.say("cli-empty-secret").into_owned(),
        )));
    }
    Ok(secret)
}
