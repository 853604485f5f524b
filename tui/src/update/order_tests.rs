//! Words behind files: what waits is kept as a draft, and what may have gone goes again under its own name.

use std::path::PathBuf;

use common::api::event::Change;
use common::api::problem::{Code, Problem};
use common::file::judge::Fit;
use common::file::kind::FileKind;
use common::id::ChatId;
use common::model::chat::Draft;
use common::model::message::Direction;

use crate::effect::Effect;
use crate::file::FileDeed;
use crate::model::attach::Chosen;
use crate::model::overlay::Overlay;
use crate::msg::Answer;
use crate::update::fixture::{Bench, message};
use crate::update::parcel;

const CHAT: ChatId = ChatId(1);

/// Sends a file; says under which name.
fn ship(bench: &mut Bench) -> String {
    let fit = Fit {
        kind: FileKind::Document,
        mime: "application/pdf",
        remarks: Vec::new(),
    };
    let chosen = Chosen::new(PathBuf::from("/home/lia/lista.pdf"));
    let mut out = Vec::new();
    parcel::send(&mut bench.model, CHAT, vec![(chosen, fit)], &mut out);
    let sent = out.into_iter().find_map(|effect| match effect {
        Effect::File(FileDeed::Send(sending)) => Some(sending.client_id),
        _ => None,
    });
    sent.unwrap()
}

fn drafts(bench: &mut Bench) -> Vec<String> {
    let all = bench.take().into_iter();
    all.filter_map(|effect| match effect {
        Effect::SaveDraft(_, draft) => Some(draft.text),
        _ => None,
    })
    .collect()
}

fn gone() -> Problem {
    Problem::new(Code::Unreachable, "nobody answers")
}

#[test]
fn words_that_wait_behind_a_file_are_a_draft_until_they_have_gone() {
    let mut bench = Bench::talking();
    let file = ship(&mut bench);
    bench.type_("ahí va");
    bench.key("enter");
    bench.type_("cuesta 40");
    bench.pass(1000);
    assert_eq!(drafts(&mut bench), ["ahí va\ncuesta 40"]);
    bench.answer(Answer::DraftSaved(CHAT, Ok(())));
    // The daemon tells of it again: nothing comes back into the box that has left it.
    let draft = Draft {
        text: "ahí va\ncuesta 40".to_owned(),
        reply_to: None,
        operator: None,
        updated_at: None,
    };
    bench.answer(Answer::Draft(CHAT, Ok(Some(draft))));
    assert_eq!(bench.text(), "cuesta 40");
    bench.pass(1000);
    assert_eq!(drafts(&mut bench), [""; 0]);
    let words = bench.model.compose().unwrap().leaving[1].client_id.clone();
    let sent = |n| Ok(Box::new(message(1, n, Direction::Outbound)));
    bench.answer(Answer::Sent(CHAT, file, sent(20)));
    bench.answer(Answer::Sent(CHAT, words, sent(21)));
    bench.pass(1000);
    assert_eq!(drafts(&mut bench), ["cuesta 40"]);
}

#[test]
fn who_leaves_while_a_file_goes_is_asked() {
    let mut bench = Bench::talking();
    let file = ship(&mut bench);
    bench.key("ctrl-q");
    let Some(Overlay::Confirm(confirm)) = bench.model.focus.overlay() else {
        panic!("a question")
    };
    assert_eq!(confirm.say.word, "confirm-leave-files");
    bench.type_("n");
    assert!(bench.model.leaving.is_none() && !bench.model.over);
    let sent = message(1, 20, Direction::Outbound);
    bench.answer(Answer::Sent(CHAT, file, Ok(Box::new(sent))));
    bench.key("ctrl-q");
    assert!(bench.model.over || bench.model.leaving.is_some());
}

#[test]
fn a_file_whose_answer_was_lost_goes_again_under_its_name_or_not_at_all() {
    let mut bench = Bench::talking();
    let first = ship(&mut bench);
    bench.answer(Answer::Sent(CHAT, first.clone(), Err(gone())));
    assert_eq!(bench.model.habits.unsent[&CHAT].len(), 1);
    let again = ship(&mut bench);
    assert_eq!(again, first, "the daemon can tell that it is the same");
    bench.answer(Answer::Sent(CHAT, again, Err(gone())));
    // It had it after all: it is not ticked any more.
    let mut there = message(1, 20, Direction::Outbound);
    there.client_id = Some(first.clone());
    bench.event(Change::MessageNew(Box::new(there)));
    assert!(bench.model.habits.unsent[&CHAT].is_empty());
    assert_ne!(ship(&mut bench), first, "a new one is a new one");
}
