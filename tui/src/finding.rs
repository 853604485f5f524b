//! A check of the doctor in the user's words: what it looked at, what was seen, what mends it.

use std::time::Duration;

use common::model::check::{Check, Hop, Seen, Verdict};

use crate::speech::{Arg, Speech};

/// What was looked at.
pub fn title(speech: &Speech, hop: Hop) -> String {
    titled(speech, hop.as_str())
}

fn titled(speech: &Speech, word: &str) -> String {
    let key = format!("check-{}", word.replace('_', "-"));
    speech.say(&key).into_owned()
}

/// How it came out.
pub fn verdict(speech: &Speech, verdict: Verdict) -> String {
    let key = match verdict {
        Verdict::Ok => "check-verdict-ok",
        Verdict::Warning => "check-verdict-warning",
        Verdict::Failed => "check-verdict-failed",
        Verdict::Skipped => "check-verdict-skipped",
    };
    speech.say(key).into_owned()
}

/// What was seen, as a sentence.
pub fn seen(speech: &Speech, check: &Check) -> String {
    let code = check.code.replace('_', "-");
    let own = format!("check-{}-{code}", check.check.as_str().replace('_', "-"));
    let shared = format!("check-{code}");
    let key = if speech.try_say(&own).is_some() {
        &own
    } else {
        &shared
    };
    let words = filled(speech, check, key);
    // A code from a newer daemon stands for itself.
    if words == *key {
        check.code.clone()
    } else {
        words
    }
}

/// Why it matters and how it is mended, where there is something to do.
pub fn remedy(speech: &Speech, check: &Check) -> Option<String> {
    let code = check.code.replace('_', "-");
    let own = format!("check-{}-{code}-do", check.check.as_str().replace('_', "-"));
    let shared = format!("check-{code}-do");
    let key = [own, shared]
        .into_iter()
        .find(|key| speech.try_say(key).is_some())?;
    Some(filled(speech, check, &key))
}

/// Meta's own advice, where it gave some.
pub fn metas_advice(speech: &Speech, check: &Check) -> Option<String> {
    match check.facts.get("advice") {
        Some(Seen::Text(advice)) if !advice.is_empty() => {
            let args = [("advice", Arg::from(advice))];
            Some(speech.say_with("check-metas-advice", &args).into_owned())
        }
        _ => None,
    }
}

fn filled(speech: &Speech, check: &Check, key: &str) -> String {
    let told: Vec<(&str, Result<String, i64>)> = check
        .facts
        .iter()
        .map(|(name, fact)| (name.as_str(), fact_words(speech, name, fact)))
        .collect();
    let args: Vec<(&str, Arg<'_>)> = told
        .iter()
        .map(|(name, fact)| match fact {
            Ok(text) => (*name, Arg::from(text)),
            Err(number) => (*name, Arg::from(*number)),
        })
        .collect();
    speech.say_with(key, &args).into_owned()
}

/// Spans of time and names of checks are words of the user's language.
fn fact_words(speech: &Speech, name: &str, fact: &Seen) -> Result<String, i64> {
    match (name, fact) {
        ("ago", Seen::Number(seconds)) => {
            let seconds = u64::try_from(*seconds).unwrap_or_default();
            Ok(speech.long_span(Duration::from_secs(seconds)))
        }
        ("hop", Seen::Text(hop)) => Ok(titled(speech, hop)),
        (_, Seen::Text(text)) => Ok(text.clone()),
        (_, Seen::Number(number)) => Err(*number),
    }
}

#[cfg(test)]
mod tests {
    use common::model::check::{Check, Hop};

    use super::{remedy, seen};
    use crate::speech::{Lang, Speech};

    #[test]
    fn a_check_is_a_sentence_in_every_language() {
        let late = Check::failed(Hop::Certificate, "expired").with("ago", 3 * 86_400);
        for (lang, words) in [
            (Lang::En, "ended 3 days ago"),
            (Lang::Es, "terminó hace 3 días"),
            (Lang::PtBr, "terminou há 3 dias"),
        ] {
            let speech = Speech::of(lang);
            assert_eq!(seen(&speech, &late), words);
            assert!(remedy(&speech, &late).is_some_and(|words| words.ends_with('.')));
        }
        let english = Speech::of(Lang::En);
        let skipped = Check::after(Hop::Delivery, Hop::Certificate);
        assert_eq!(
            seen(&english, &skipped),
            "not looked at: certificate must be mended first"
        );
        assert_eq!(remedy(&english, &skipped), None);
        let newer = Check::failed(Hop::Delivery, "from_the_future");
        assert_eq!(seen(&english, &newer), "from_the_future");
    }
}
