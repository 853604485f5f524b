//! What is wrong with a value, a file or a request, in the user's language: for the screen and for the command line.

use std::borrow::Cow;

use common::api::problem::Problem;
use common::file::unfit::{Flaw, Unfit, size};
use common::text::clean::clean_line;
use common::wrong::{Fault, Wrong};

use crate::speech::{Arg, Speech};

/// What is wrong with a value.
pub fn wrong(speech: &Speech, wrong: &Wrong) -> String {
    let field = clean_line(&wrong.field, 60).into_owned();
    let (most, found) = match &wrong.fault {
        Fault::TooLong { most, found } | Fault::TooMany { most, found } => (*most, *found),
        Fault::TooFew { least, found } => (*least, *found),
        Fault::VariablesTooMany { variables, words } => (*variables, *words),
        _ => (0, 0),
    };
    let list = match &wrong.fault {
        Fault::NotOneOf { allowed } => allowed.as_str(),
        Fault::UnknownField { known } => known.as_str(),
        Fault::ExampleMissing { variable } => variable.as_str(),
        _ => "",
    };
    let list = clean_line(list, 200).into_owned();
    let args = [
        ("field", Arg::from(&field)),
        ("most", Arg::from(most)),
        ("found", Arg::from(found)),
        ("list", Arg::from(&list)),
    ];
    speech.say_with(word(&wrong.fault), &args).into_owned()
}

const fn word(fault: &Fault) -> &'static str {
    match fault {
        Fault::Empty => "wrong-empty",
        Fault::TooLong { .. } => "wrong-too-long",
        Fault::TooFew { .. } => "wrong-too-few",
        Fault::TooMany { .. } => "wrong-too-many",
        Fault::LineBreak => "wrong-line-break",
        Fault::Spaces => "wrong-spaces",
        Fault::NotAFile => "wrong-file",
        Fault::NotAPlace => "wrong-place",
        Fault::NotATime => "wrong-time",
        Fault::NotAnAddress => "wrong-address",
        Fault::NotAPhone => "wrong-phone",
        Fault::NotJson => "wrong-json",
        Fault::NotAName => "wrong-name",
        Fault::NotALanguage => "wrong-language",
        Fault::NotOneOf { .. } => "wrong-one-of",
        Fault::UnknownField { .. } => "wrong-unknown",
        Fault::Misplaced => "wrong-misplaced",
        Fault::Twice => "wrong-twice",
        Fault::VariableAtEdge => "wrong-variable-edge",
        Fault::VariablesAdjacent => "wrong-variables-adjacent",
        Fault::VariablesOutOfOrder => "wrong-variables-order",
        Fault::VariablesMixed => "wrong-variables-mixed",
        Fault::VariablesTooMany { .. } => "wrong-variables-many",
        Fault::VariableForbidden => "wrong-variable-forbidden",
        Fault::VariableNotAtEnd => "wrong-variable-end",
        Fault::ExampleMissing { .. } => "wrong-example",
        Fault::MarkupForbidden => "wrong-markup",
        Fault::Scattered => "wrong-scattered",
    }
}

/// Why WhatsApp would not take a file: the key of its sentence.
pub const fn unfit_word(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Empty => "unfit-empty",
        Flaw::TooLarge => "unfit-too-large",
        Flaw::Format => "unfit-format",
        Flaw::Depth => "unfit-depth",
        Flaw::Colours => "unfit-colours",
        Flaw::Dimensions => "unfit-dimensions",
        Flaw::VideoCodec => "unfit-video-codec",
        Flaw::SoundCodec => "unfit-sound-codec",
        Flaw::SoundTracks => "unfit-sound-tracks",
        Flaw::Channels => "unfit-channels",
        Flaw::Damaged => "unfit-damaged",
        Flaw::Other => "unfit-other",
    }
}

/// Why WhatsApp would not take a file, with every way out.
pub fn unfit(speech: &Speech, unfit: &Unfit) -> String {
    let (limit, bytes) = (size(unfit.limit.unwrap_or_default()), size(unfit.size));
    let found = clean_line(&unfit.found, 80).into_owned();
    let args = [
        ("kind", Arg::from(unfit.kind.as_str())),
        ("found", Arg::from(&found)),
        ("wants", Arg::from(&unfit.wants)),
        ("limit", Arg::from(&limit)),
        ("size", Arg::from(&bytes)),
    ];
    let mut words = speech.say_with(unfit_word(unfit.flaw), &args).into_owned();
    let mut add = |key, name, value: &str| {
        words.push(' ');
        words.push_str(&speech.say_with(key, &[(name, Arg::from(value))]));
    };
    if let Some(other) = unfit.instead {
        add("unfit-instead", "kind", other.as_str());
    }
    if let Some(command) = &unfit.command {
        add("attach-convert", "command", command);
    }
    words
}

/// What the catalogue says of a problem: of the field that is wrong, where it has words for that.
pub fn named(speech: &Speech, problem: &Problem) -> Option<String> {
    let dashed = |word: &str| word.replace('_', "-");
    let code = format!("problem-{}", dashed(problem.code.as_str()));
    let field = problem
        .field
        .as_deref()
        .map(|field| format!("{code}-{}", dashed(field)));
    field
        .and_then(|field| speech.try_say(&field).map(Cow::into_owned))
        .or_else(|| speech.try_say(&code).map(Cow::into_owned))
}

/// A problem's details: in the user's language where they are a list of values or a file, else the
/// daemon's own words.
pub fn detail<'a>(speech: &Speech, problem: &'a Problem) -> Cow<'a, str> {
    if let Some(why) = &problem.unfit {
        return Cow::Owned(unfit(speech, why));
    }
    if problem.errors.is_empty() {
        return Cow::Borrowed(&problem.detail);
    }
    let all: Vec<String> = problem
        .errors
        .iter()
        .map(|one| wrong(speech, one))
        .collect();
    Cow::Owned(all.join(" "))
}

#[cfg(test)]
mod tests {
    use super::{detail, named, wrong};
    use crate::speech::{Lang, Speech};
    use common::api::problem::{Code, Problem};
    use common::file::kind::FileKind;
    use common::file::unfit::{Flaw, Unfit};
    use common::wrong::{Fault, Wrong};

    #[test]
    fn a_file_and_values_that_do_not_fit_are_told_in_the_users_language() {
        let speech = Speech::of(Lang::Es);
        let unfit = Unfit {
            flaw: Flaw::TooLarge,
            kind: FileKind::Image,
            found: "PNG 4000×3000".to_owned(),
            wants: String::new(),
            limit: Some(5 << 20),
            size: 6 << 20,
            instead: Some(FileKind::Document),
            command: None,
        };
        let problem = Problem::unfit(unfit);
        let told = detail(&speech, &problem);
        assert!(
            told.contains("hasta 5 MB como foto") && told.contains("documento"),
            "{told}"
        );
        let both = vec![
            Wrong::new("1", Fault::Empty),
            Wrong::new(
                "2",
                Fault::TooLong {
                    most: 60,
                    found: 61,
                },
            ),
        ];
        let problem = Problem::all(both);
        let told = detail(&speech, &problem);
        assert!(
            told.contains("vacío") && told.contains("61 caracteres"),
            "{told}"
        );
        let busy = Problem::new(Code::Internal, "the disk sleeps");
        assert!(detail(&speech, &busy).contains("the disk sleeps"));
    }

    #[test]
    fn every_fault_has_words_in_every_language() {
        let text = || "x, y".to_owned();
        let all = [
            Fault::NotAPhone,
            Fault::NotJson,
            Fault::NotAName,
            Fault::NotALanguage,
            Fault::NotOneOf { allowed: text() },
            Fault::UnknownField { known: text() },
            Fault::Misplaced,
            Fault::VariableAtEdge,
            Fault::VariablesAdjacent,
            Fault::VariablesOutOfOrder,
            Fault::VariablesMixed,
            Fault::VariablesTooMany {
                variables: 3,
                words: 4,
            },
            Fault::VariableForbidden,
            Fault::VariableNotAtEnd,
            Fault::ExampleMissing { variable: text() },
            Fault::MarkupForbidden,
            Fault::Scattered,
            Fault::TooFew { least: 2, found: 1 },
            Fault::NotAPlace,
        ];
        for lang in Lang::ALL {
            let speech = Speech::of(lang);
            for fault in &all {
                let told = wrong(&speech, &Wrong::new("body", fault.clone()));
                assert!(told.contains("body") && !told.contains("wrong-"), "{told}");
            }
        }
    }

    #[test]
    fn a_field_of_connecting_that_is_wrong_has_words_of_its_own() {
        for field in ["app_id", "app_secret", "access_token"] {
            let problem = Problem::new(Code::Invalid, "English").field(field);
            for lang in Lang::ALL {
                let words = named(&Speech::of(lang), &problem);
                assert!(words.is_some(), "{lang:?}: {field}");
            }
        }
    }
}
