//! `recado explain`: what an error code of Meta's means, what to do, and where. It needs no daemon.

use common::fault::entries;
use serde::Serialize;

use super::table::Table;
use super::{Desk, OnceError, print_list, print_one};
use crate::advice::{self, Advice};
use crate::cli::Output;
use crate::cli::explain::ExplainArgs;
use crate::speech::Arg;

/// One code explained, for programs.
#[derive(Debug, Serialize)]
struct Explained {
    code: String,
    means: String,
    advice: String,
    way: Option<String>,
    steps: Vec<String>,
}

impl Explained {
    fn of(code: &str, advice: &Advice<'_>) -> Self {
        let page = advice.page.as_deref().unwrap_or_default();
        Self {
            code: code.to_owned(),
            means: advice.means.clone().into_owned(),
            advice: advice.todo.clone().into_owned(),
            way: advice.way.clone().map(Into::into),
            steps: page.lines().map(ToOwned::to_owned).collect(),
        }
    }
}

pub(super) fn explain(desk: &Desk, args: &ExplainArgs) -> Result<u8, OnceError> {
    let Some(asked) = &args.code else {
        return all(desk, args.output);
    };
    let found =
        parse(asked).and_then(|(code, subcode)| advice::of_code(&desk.speech, code, subcode));
    let Some(found) = found else {
        let words = desk
            .speech
            .say_with("cli-explain-unknown", &[("code", Arg::from(asked))]);
        return Err(OnceError::Told(words.into_owned()));
    };
    let explained = Explained::of(asked, &found);
    let page = page(desk, &explained);
    print_one(args.output, &explained, &page)
}

/// `190`, `190/463`, and as Meta writes it: `(#131047)`.
fn parse(asked: &str) -> Option<(i64, Option<i64>)> {
    let bare = asked
        .trim()
        .trim_start_matches("(#")
        .trim_start_matches('#');
    let bare = bare.trim_end_matches(')');
    match bare.split_once(['/', '-']) {
        Some((code, fine)) => Some((code.parse().ok()?, Some(fine.parse().ok()?))),
        None => Some((bare.parse().ok()?, None)),
    }
}

fn page(desk: &Desk, explained: &Explained) -> String {
    let say = |key| desk.speech.say(key);
    let mut lines = vec![
        format!("{}  {}", explained.code, explained.means),
        String::new(),
        format!("{}: {}", say("details-do"), explained.advice),
    ];
    if let Some(way) = &explained.way {
        lines.push(format!("{}: {way}", say("cli-explain-way")));
    }
    if !explained.steps.is_empty() {
        lines.extend([String::new(), say("cli-explain-steps").into_owned()]);
        lines.extend(explained.steps.iter().cloned());
    }
    lines.join("\n")
}

/// Every code that is known, one a line.
fn all(desk: &Desk, output: Output) -> Result<u8, OnceError> {
    let codes = entries().into_iter().map(|name| name.replace('-', "/"));
    let all: Vec<Explained> = codes
        .filter_map(|code| {
            let (number, fine) = parse(&code)?;
            let advice = advice::of_code(&desk.speech, number, fine)?;
            Some(Explained::of(&code, &advice))
        })
        .collect();
    print_list(output, &all, || {
        let mut table = Table::new(["cli-code", "cli-means"].map(|key| desk.speech.say(key)));
        for one in &all {
            table.row([one.code.clone(), one.means.clone()]);
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_code_is_taken_as_people_copy_it() {
        for asked in ["131047", " 131047 ", "(#131047)", "#131047"] {
            assert_eq!(parse(asked), Some((131_047, None)), "{asked}");
        }
        assert_eq!(parse("190/463"), Some((190, Some(463))));
        assert_eq!(parse("190-463"), Some((190, Some(463))));
        for asked in ["", "token", "190/", "/1"] {
            assert_eq!(parse(asked), None, "{asked}");
        }
    }
}
