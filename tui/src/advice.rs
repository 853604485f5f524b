//! What an error of Meta's means, what to do and where in Meta's menus: in the operator's words.

use std::borrow::Cow;

use common::fault::{entry, named};
use common::model::message::SendError;

use crate::speech::{Arg, Speech};

/// What there is to say of one error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice<'a> {
    /// What it means.
    pub means: Cow<'a, str>,
    /// What to do.
    pub todo: Cow<'a, str>,
    /// The exact way in Meta's menus, where the remedy lies there.
    pub way: Option<Cow<'a, str>>,
    /// Every step, one a line, where there are several.
    pub page: Option<Cow<'a, str>>,
}

/// What is known of an error of Meta's.
pub fn of_code(speech: &Speech, code: i64, subcode: Option<i64>) -> Option<Advice<'_>> {
    read(speech, &format!("fail-{}", entry(code, subcode)?))
}

/// What is known of the reason for which a message failed, Meta's or our own.
pub fn of_error<'a>(speech: &'a Speech, error: &SendError) -> Option<Advice<'a>> {
    match &error.word {
        Some(word) => read(speech, &format!("fail-our-{word}")),
        // Code 0 is also one of Meta's, but never a message's.
        None if error.code == 0 => None,
        None => of_code(speech, error.code, error.subcode),
    }
}

/// A sentence of the daemon's about an error of Meta's, told again in the operator's language;
/// any other as it is.
pub fn retold<'a>(speech: &'a Speech, sentence: &'a str) -> Cow<'a, str> {
    let found = named(sentence).and_then(|(code, fine)| Some((code, of_code(speech, code, fine)?)));
    let Some((code, advice)) = found else {
        return Cow::Borrowed(sentence);
    };
    let code = code.to_string();
    let args = [
        ("means", Arg::from(&advice.means)),
        ("do", Arg::from(&advice.todo)),
        ("code", Arg::from(&code)),
    ];
    Cow::Owned(speech.say_with("fail-retold", &args).into_owned())
}

fn read<'a>(speech: &'a Speech, key: &str) -> Option<Advice<'a>> {
    Some(Advice {
        means: speech.try_say(key)?,
        todo: speech.part(key, "do")?,
        way: speech.part(key, "way"),
        page: speech.part(key, "page"),
    })
}

#[cfg(test)]
mod tests {
    use common::fault::{CODES, OURS, entries, entry};
    use common::model::message::SendError;

    use super::{Advice, of_code, of_error, read, retold};
    use crate::speech::{Lang, Speech};

    /// Every entry of every language, by its name.
    fn every(check: impl Fn(Lang, &str, &Advice<'_>)) {
        for lang in Lang::ALL {
            let speech = Speech::of(lang);
            let ours = OURS.iter().map(|word| format!("our-{word}"));
            for name in entries().into_iter().chain(ours) {
                let advice = read(&speech, &format!("fail-{name}"));
                let advice = advice.unwrap_or_else(|| panic!("{}: {name} has none", lang.tag()));
                check(lang, &name, &advice);
            }
        }
    }

    #[test]
    fn every_code_has_advice_in_every_language() {
        every(|lang, name, advice| {
            for words in [&advice.means, &advice.todo] {
                let whole = words.chars().next().is_some_and(|c| !c.is_lowercase());
                assert!(whole && words.len() > 8, "{} {name}: {words}", lang.tag());
                assert!(
                    !words.contains(['{', '}']),
                    "{} {name}: {words}",
                    lang.tag()
                );
            }
            assert!(advice.means.ends_with('.'), "{} {name}", lang.tag());
        });
    }

    #[test]
    fn the_catalogues_explain_nothing_that_the_list_does_not_have() {
        let ours = OURS.iter().map(|word| format!("our-{word}"));
        let known: Vec<String> = entries().into_iter().chain(ours).collect();
        for lang in Lang::ALL {
            let [_, advice, _] = lang.catalogues();
            let lines = advice.lines();
            let name = |line: &'static str| Some(line.strip_prefix("fail-")?.split_once(" =")?.0);
            let names: Vec<&str> = lines.filter_map(name).collect();
            assert_eq!(names.len(), known.len(), "{}", lang.tag());
            for name in names {
                assert!(known.iter().any(|k| k == name), "{}: {name}", lang.tag());
            }
        }
    }

    #[test]
    fn registration_and_verification_have_their_page_and_their_way_in_metas_menus() {
        let codes = CODES
            .iter()
            .filter(|code| matches!(**code, 133_000..=133_999 | 136_000..=136_999));
        let names: Vec<String> = codes.map(i64::to_string).collect();
        assert!(names.len() > 8);
        every(|lang, name, advice| {
            if names.iter().any(|code| code == name) {
                let page = advice.page.as_deref().unwrap_or_default();
                let steps = page.lines().filter(|line| line.contains(". ")).count();
                assert!(steps >= 3, "{} {name}: {page}", lang.tag());
                assert!(advice.way.is_some(), "{} {name}", lang.tag());
            }
        });
    }

    #[test]
    fn no_language_borrows_a_sentence_of_another() {
        let (es, en) = (Speech::of(Lang::Es), Speech::of(Lang::En));
        let pt = Speech::of(Lang::PtBr);
        for code in CODES {
            let of = |speech| of_code(speech, *code, None).unwrap().means.into_owned();
            assert_ne!(of(&es), of(&en), "{code}");
            assert_ne!(of(&es), of(&pt), "{code}");
        }
    }

    #[test]
    fn the_same_advice_has_the_same_parts_in_every_language() {
        for name in entries() {
            let shape = |lang| {
                let speech = Speech::of(lang);
                let advice = read(&speech, &format!("fail-{name}")).unwrap();
                let steps = advice.page.as_ref().map(|page| page.lines().count());
                (advice.way.is_some(), steps)
            };
            assert_eq!(shape(Lang::Es), shape(Lang::En), "{name}");
            assert_eq!(shape(Lang::PtBr), shape(Lang::En), "{name}");
        }
    }

    #[test]
    fn a_sentence_of_the_daemons_is_told_again_and_others_are_left() {
        let speech = Speech::of(Lang::Es);
        let told = retold(&speech, "The token has expired (code 190/463). Make one.");
        assert!(
            told.starts_with("El token de acceso venció. Crea uno"),
            "{told}"
        );
        assert!(told.ends_with("(código 190)"), "{told}");
        let other = "The disk is full.";
        assert_eq!(retold(&speech, other), other);
        assert_eq!(entry(999_999, None), None);
        let unknown = "Something (code 999999). Read it.";
        assert_eq!(retold(&speech, unknown), unknown);
    }

    #[test]
    fn code_0_of_a_message_is_our_own_and_never_metas() {
        let speech = Speech::of(Lang::Es);
        assert_eq!(of_error(&speech, &SendError::default()), None);
        let gone = SendError {
            word: Some("file-gone".to_owned()),
            ..SendError::default()
        };
        let advice = of_error(&speech, &gone).unwrap();
        assert_eq!(advice.means, "El archivo ya no está aquí.");
    }
}
