//! `recado doctor [NUMBER]`: the way of a message hop by hop, told as it is walked.

use common::api::event::Change;
use common::model::check::{Check, Diagnosis, Hop, Verdict};
use common::model::number::Number;

use super::{Desk, OnceError, number as find, print, print_json};
use crate::cli::{DoctorArgs, Output};
use crate::finding;
use crate::speech::Arg;

/// Examines one number, or all. The exit status says which hop failed first: 11 for the first, 20
/// for the tenth, and so on; 0 where none did.
pub(super) async fn doctor(desk: &Desk, args: DoctorArgs) -> Result<u8, OnceError> {
    let numbers = match &args.number {
        Some(named) => vec![find(desk, named).await?],
        None => desk.client.numbers().await?,
    };
    if numbers.is_empty() {
        let words = desk.speech.say("cli-doctor-none").into_owned();
        return Err(OnceError::Told(words));
    }
    let mut all = Vec::new();
    for number in &numbers {
        all.push(examine(desk, number, args.output).await?);
    }
    if args.output.json {
        match (args.number, all.as_slice()) {
            (Some(_named), [one]) => print_json(one)?,
            _ => print_json(&all)?,
        };
    }
    let exits = all.iter().map(Diagnosis::exit);
    Ok(exits.filter(|exit| *exit != 0).min().unwrap_or(0))
}

/// Examines a number and tells of each check as it comes.
async fn examine(desk: &Desk, number: &Number, output: Output) -> Result<Diagnosis, OnceError> {
    let mut stream = desk.client.events(None).await?;
    let mut told = Vec::new();
    if !output.json && !output.jsonl {
        let args = [("number", Arg::from(&number.label))];
        let title = desk.speech.say_with("check-title", &args);
        print(format!("{title}\n").as_bytes())?;
    }
    let examining = desk.client.examine(number.id);
    tokio::pin!(examining);
    let diagnosis = loop {
        tokio::select! {
            done = &mut examining => break done?,
            Some(Ok(event)) = stream.next() => {
                if let Change::NumberChecked(one) = event.change
                    && one.number_id == number.id
                    && !told.contains(&one.check.check)
                {
                    told.push(one.check.check);
                    tell(desk, &one.check, output)?;
                }
            }
        }
    };
    // What the stream had not brought yet.
    for check in &diagnosis.checks {
        if !told.contains(&check.check) {
            tell(desk, check, output)?;
        }
    }
    if !output.json && !output.jsonl && diagnosis.first_failed().is_none() {
        print(format!("{}\n", desk.speech.say("check-all-ok")).as_bytes())?;
    }
    Ok(diagnosis)
}

fn tell(desk: &Desk, check: &Check, output: Output) -> Result<(), OnceError> {
    if output.json {
        return Ok(());
    }
    if output.jsonl {
        let mut line = serde_json::to_vec(check).map_err(std::io::Error::from)?;
        line.push(b'\n');
        return print(&line).map(drop);
    }
    print(line(desk, check).as_bytes()).map(drop)
}

/// A check for people: a line, and what to do under it.
fn line(desk: &Desk, check: &Check) -> String {
    let speech = &desk.speech;
    let head = match check.check {
        Hop::Name => format!("\n{}\n", speech.say("check-way")),
        Hop::Token => format!("\n{}\n", speech.say("check-rest")),
        _ => String::new(),
    };
    let mark = match check.verdict {
        Verdict::Ok => '✓',
        Verdict::Warning => '!',
        Verdict::Failed => '✗',
        Verdict::Skipped => '–',
    };
    let verdict = finding::verdict(speech, check.verdict);
    let title = finding::title(speech, check.check);
    let seen = finding::seen(speech, check);
    let place = check.check.place();
    let mut text = format!("{head}{mark} {place:>2} {verdict:<8} {title}: {seen}\n");
    if matches!(check.verdict, Verdict::Ok | Verdict::Skipped) {
        return text;
    }
    let mut add = |key: &str, words: Option<String>| {
        if let Some(words) = words {
            let name = speech.say(key);
            text.push_str(&format_args!("              {name}: {words}\n").to_string());
        }
    };
    add("check-why", finding::remedy(speech, check));
    add("check-run", check.command.clone());
    add("check-page", check.page.clone());
    if let Some(advice) = finding::metas_advice(speech, check) {
        text.push_str(&format_args!("              {advice}\n").to_string());
    }
    text
}
