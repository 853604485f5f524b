//! What update does, told by what a person does and sees; no clock, no network, no terminal.

use common::api::event::Change;
use common::api::problem::{Code, Problem};
use common::id::{ChatId, NumberId};
use common::model::chat::Draft;
use common::model::message::{Direction, ReplyTo};
use common::tick::Status;
use common::time::Stamp;

use crate::effect::Effect;
use crate::hit::{Pane, Seen, Target};
use crate::model::overlay::Overlay;
use crate::msg::{Answer, Part, TalkAsk, What};
use crate::part::scroll::{Anchor, Settled};
use crate::update::fixture::{Bench, START, chat, id, message};

fn unreachable() -> Problem {
    Problem::new(Code::Unreachable, "nobody answers")
}

fn drafts(effects: &[Effect]) -> Vec<(i64, String)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SaveDraft(chat, draft) => Some((chat.0, draft.text.clone())),
            _ => None,
        })
        .collect()
}

fn sends(effects: &[Effect]) -> Vec<(String, String)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send {
                client_id, text, ..
            } => Some((client_id.clone(), text.clone())),
            _ => None,
        })
        .collect()
}

fn seen(bench: &Bench, chat: i64, first: u32, last: u32, below: usize) -> What {
    let (first, last) = (id(chat, first), id(chat, last));
    let anchor = if below == 0 {
        Anchor::Newest
    } else {
        Anchor::Row { id: first, row: 0 }
    };
    let settled = Settled {
        anchor,
        top: (first, 0),
        first,
        last,
        rows: 20,
        below,
        near_top: false,
        near_bottom: below == 0,
    };
    let list_rows = bench.model.seen.list_rows;
    What::Drawn(Seen {
        list_rows,
        talk: Some((ChatId(chat), settled)),
        ..Seen::default()
    })
}

#[test]
fn enter_opens_the_chat_and_letters_go_into_its_box() {
    let mut bench = Bench::connected();
    assert_eq!(bench.model.chats.cursor, Some(ChatId(1)));
    bench.key("j enter");
    assert_eq!(bench.model.open_id(), Some(ChatId(2)));
    let out = bench.take();
    assert!(out.contains(&Effect::Part(ChatId(2), TalkAsk::Newest)));
    assert!(out.contains(&Effect::LoadDraft(ChatId(2))));
    bench.type_("hola j k");
    assert_eq!(bench.text(), "hola j k");
}

#[test]
fn the_list_cursor_marks_nothing_as_read() {
    let mut bench = Bench::connected();
    let mut unread = chat(2, 2, 40);
    (unread.unread, unread.revision) = (3, 2);
    bench.event(Change::ChatUpdated(Box::new(unread)));
    bench.key("j k j j");
    bench.pass(60_000);
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Read { .. }))
    );
}

#[test]
fn a_chat_in_front_is_read_after_a_moment_and_once() {
    let mut bench = Bench::talking();
    let mut unread = chat(1, 1, 50);
    (unread.unread, unread.revision) = (1, 2);
    bench.event(Change::ChatUpdated(Box::new(unread.clone())));
    bench.happen(seen(&bench, 1, 1, 10, 0));
    bench.pass(1400);
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Read { .. }))
    );
    bench.pass(200);
    let read = Effect::Read {
        chat: ChatId(1),
        blue: true,
    };
    assert_eq!(bench.take().iter().filter(|e| **e == read).count(), 1);
    bench.pass(10_000);
    assert!(!bench.take().contains(&read));
    unread.revision = 3;
    bench.event(Change::ChatUpdated(Box::new(unread)));
    bench.pass(2000);
    assert!(bench.take().contains(&read));
}

#[test]
fn nothing_is_read_while_nobody_looks() {
    let mut bench = Bench::talking();
    let mut unread = chat(1, 1, 50);
    (unread.unread, unread.revision) = (1, 2);
    bench.happen(What::Looked(false));
    bench.event(Change::ChatUpdated(Box::new(unread)));
    bench.happen(seen(&bench, 1, 1, 10, 0));
    bench.pass(60_000);
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Read { .. }))
    );
}

#[test]
fn a_draft_is_kept_half_a_second_after_the_last_key() {
    let mut bench = Bench::talking();
    bench.type_("casi");
    bench.pass(300);
    bench.type_(" listo");
    bench.pass(400);
    assert!(drafts(&bench.take()).is_empty());
    bench.pass(200);
    assert_eq!(drafts(&bench.take()), [(1, "casi listo".to_owned())]);
    bench.type_("!");
    bench.pass(5000);
    assert!(drafts(&bench.take()).is_empty(), "one at a time");
    bench.answer(Answer::DraftSaved(ChatId(1), Ok(())));
    bench.pass(600);
    assert_eq!(drafts(&bench.take()), [(1, "casi listo!".to_owned())]);
}

#[test]
fn a_draft_is_kept_at_once_when_the_chat_is_left_and_comes_back_with_it() {
    let mut bench = Bench::talking();
    bench.type_("para Ana");
    bench.key("alt-down");
    assert_eq!(bench.model.open_id(), Some(ChatId(2)));
    assert_eq!(drafts(&bench.take()), [(1, "para Ana".to_owned())]);
    assert_eq!(bench.text(), "");
    bench.key("alt-up");
    assert_eq!(bench.text(), "para Ana");
}

#[test]
fn the_daemons_draft_comes_into_the_box_and_never_over_what_was_typed() {
    let draft = |text: &str| {
        let draft = Draft {
            text: text.into(),
            reply_to: None,
            operator: None,
            updated_at: None,
        };
        Answer::Draft(ChatId(1), Ok(Some(draft)))
    };
    let mut bench = Bench::connected();
    bench.key("enter");
    bench.answer(draft("from the other desk"));
    assert_eq!(bench.text(), "from the other desk");
    let mut bench = Bench::connected();
    bench.key("enter");
    bench.type_("quick");
    bench.answer(draft("from the other desk"));
    assert_eq!(bench.text(), "from the other desk\nquick");
}

#[test]
fn a_send_leaves_the_box_at_once_and_a_second_does_not_wait() {
    let mut bench = Bench::talking();
    bench.type_("one");
    bench.key("enter");
    bench.type_("two");
    bench.key("enter");
    let out = sends(&bench.take());
    assert_eq!(out.len(), 2);
    assert_ne!(out[0].0, out[1].0);
    assert_eq!(bench.text(), "");
    assert_eq!(bench.model.compose().unwrap().leaving.len(), 2);
    let mut sent = message(1, 11, Direction::Outbound);
    sent.client_id = Some(out[0].0.clone());
    bench.answer(Answer::Sent(
        ChatId(1),
        out[0].0.clone(),
        Ok(Box::new(sent)),
    ));
    assert_eq!(bench.model.compose().unwrap().leaving.len(), 1);
    assert_eq!(bench.model.talk().unwrap().messages().len(), 11);
}

#[test]
fn a_lost_answer_brings_the_words_back_under_the_same_id() {
    let mut bench = Bench::talking();
    bench.type_("one");
    bench.key("enter");
    bench.type_("two");
    bench.key("enter");
    let out = sends(&bench.take());
    bench.type_("three");
    bench.answer(Answer::Sent(
        ChatId(1),
        out[0].0.clone(),
        Err(unreachable()),
    ));
    bench.answer(Answer::Sent(
        ChatId(1),
        out[1].0.clone(),
        Err(unreachable()),
    ));
    assert_eq!(bench.text(), "one\ntwo\nthree");
    assert_eq!(bench.toasts(), ["toast-kept-as-draft"]);
    // It had reached the daemon after all: the event takes the words out of the box again.
    let mut arrived = message(1, 12, Direction::Outbound);
    arrived.client_id = Some(out[0].0.clone());
    bench.event(Change::MessageNew(Box::new(arrived)));
    assert_eq!(bench.text(), "two\nthree");
}

#[test]
fn the_same_words_go_out_again_under_the_id_they_had() {
    let mut bench = Bench::talking();
    bench.type_("one");
    bench.key("enter");
    let first = sends(&bench.take());
    bench.answer(Answer::Sent(
        ChatId(1),
        first[0].0.clone(),
        Err(unreachable()),
    ));
    bench.key("enter");
    assert_eq!(sends(&bench.take()), first);
}

#[test]
fn without_a_daemon_enter_keeps_the_draft_and_it_is_saved_when_the_daemon_is_back() {
    let mut bench = Bench::talking();
    bench.lost();
    bench.type_("later");
    bench.key("enter");
    assert!(sends(&bench.take()).is_empty());
    assert_eq!(bench.text(), "later");
    assert_eq!(bench.toasts(), ["toast-kept-as-draft"]);
    bench.pass(10_000);
    assert!(drafts(&bench.take()).is_empty());
    bench.up(true);
    assert_eq!(drafts(&bench.take()), [(1, "later".to_owned())]);
}

#[test]
fn a_closed_window_sends_nothing_and_says_so() {
    let mut bench = Bench::talking();
    let mut closed = chat(1, 1, 50);
    closed.window.expires_at = Some(Stamp::from_millis(START - 1));
    (closed.window.open, closed.revision) = (false, 2);
    bench.event(Change::ChatUpdated(Box::new(closed)));
    assert!(bench.model.shows_closed_box());
    bench.key("I");
    let Some(Overlay::Confirm(why)) = bench.model.focus.overlay() else {
        panic!("it says why");
    };
    assert_eq!(why.say.word, "confirm-why-closed");
    bench.key("esc");
    assert!(bench.model.shows_closed_box(), "and changes nothing");
    bench.type_("hello");
    bench.key("enter");
    assert!(sends(&bench.take()).is_empty());
    assert_eq!(bench.text(), "hello");
    assert_eq!(bench.toasts(), ["toast-window-closed"]);
}

#[test]
fn events_fold_by_id_and_revision() {
    let mut bench = Bench::talking();
    let mut newer = message(1, 11, Direction::Outbound);
    (newer.status, newer.revision) = (Status::Read, 5);
    let mut older = newer.clone();
    (older.status, older.revision) = (Status::Sent, 2);
    bench.event(Change::MessageUpdated(Box::new(newer.clone())));
    bench.event(Change::MessageNew(Box::new(older)));
    bench.event(Change::MessageUpdated(Box::new(newer)));
    let talk = bench.model.talk().unwrap();
    assert_eq!(talk.messages().len(), 11);
    assert_eq!(talk.messages()[10].status, Status::Read);
}

#[test]
fn a_message_that_overtakes_the_first_page_is_not_lost() {
    let mut bench = Bench::connected();
    bench.key("enter");
    bench.event(Change::MessageNew(Box::new(message(
        1,
        11,
        Direction::Inbound,
    ))));
    bench.fill(1, 10);
    assert_eq!(bench.model.talk().unwrap().messages().len(), 11);
}

#[test]
fn a_chat_opens_at_its_first_unread_message() {
    let mut bench = Bench::connected();
    let mut unread = chat(1, 1, 50);
    (unread.unread, unread.first_unread, unread.revision) = (3, Some(id(1, 8)), 2);
    bench.event(Change::ChatUpdated(Box::new(unread)));
    bench.key("enter");
    bench.fill(1, 10);
    let talk = bench.model.talk().unwrap();
    assert_eq!(talk.unread_from, Some(id(1, 8)));
    assert_eq!(
        talk.scroll.anchor,
        Anchor::Row {
            id: id(1, 8),
            row: -2
        }
    );
}

#[test]
fn an_unread_message_beyond_the_first_page_is_fetched_with_what_lies_round_it() {
    let mut bench = Bench::connected();
    let mut unread = chat(1, 1, 50);
    (unread.unread, unread.first_unread, unread.revision) = (90, Some(id(1, 1)), 2);
    bench.event(Change::ChatUpdated(Box::new(unread)));
    bench.key("enter");
    bench.take();
    let messages = (50..90)
        .map(|n| message(1, n, Direction::Inbound))
        .collect();
    let part = Part {
        messages,
        older: true,
        newer: false,
    };
    bench.answer(Answer::Part(ChatId(1), TalkAsk::Newest, Ok(part)));
    let ask = TalkAsk::Around(id(1, 1));
    assert!(bench.take().contains(&Effect::Part(ChatId(1), ask)));
    let messages = (1..40).map(|n| message(1, n, Direction::Inbound)).collect();
    let part = Part {
        messages,
        older: false,
        newer: true,
    };
    bench.answer(Answer::Part(ChatId(1), ask, Ok(part)));
    let talk = bench.model.talk().unwrap();
    assert_eq!(
        talk.scroll.anchor,
        Anchor::Row {
            id: id(1, 1),
            row: -2
        }
    );
    assert_eq!(bench.model.focus.pane, Pane::Compose);
    // What comes meanwhile belongs after a hole, and is fetched in its place.
    bench.event(Change::MessageNew(Box::new(message(
        1,
        95,
        Direction::Inbound,
    ))));
    assert_eq!(bench.model.talk().unwrap().messages().len(), 39);
}

#[test]
fn older_messages_are_fetched_before_they_are_wanted_and_once() {
    let mut bench = Bench::connected();
    bench.key("enter");
    let messages = (50..110)
        .map(|n| message(1, n, Direction::Inbound))
        .collect();
    let part = Part {
        messages,
        older: true,
        newer: false,
    };
    bench.answer(Answer::Part(ChatId(1), TalkAsk::Newest, Ok(part)));
    bench.take();
    bench.happen(seen(&bench, 1, 70, 80, 30));
    let ask = Effect::Part(ChatId(1), TalkAsk::Before(id(1, 50)));
    assert_eq!(bench.take(), [ask]);
    bench.happen(seen(&bench, 1, 60, 70, 40));
    assert!(bench.take().is_empty());
}

#[test]
fn quoting_and_its_end() {
    let mut bench = Bench::talking();
    bench.key("up");
    assert_eq!(bench.model.picked(), Some(id(1, 10)));
    bench.key("k r");
    assert_eq!(bench.model.compose().unwrap().quote, Some(id(1, 9)));
    assert_eq!(bench.model.focus.pane, Pane::Compose);
    bench.type_("yes");
    bench.key("enter");
    let out = bench.take();
    assert!(
        out.iter()
            .any(|e| matches!(e, Effect::Send { reply_to, .. } if *reply_to == Some(id(1, 9))))
    );
    assert_eq!(bench.model.compose().unwrap().quote, None);
}

#[test]
fn to_the_quoted_message() {
    let mut bench = Bench::talking();
    let mut reply = message(1, 11, Direction::Inbound);
    reply.reply_to = Some(ReplyTo {
        id: Some(id(1, 2)),
        wamid: None,
        brief: None,
    });
    bench.event(Change::MessageNew(Box::new(reply)));
    bench.key("up g r");
    assert_eq!(bench.model.picked(), Some(id(1, 2)));
}

#[test]
fn a_failed_message_is_tried_again_after_a_question() {
    let mut bench = Bench::talking();
    let mut failed = message(1, 11, Direction::Outbound);
    failed.status = Status::Failed;
    bench.event(Change::MessageNew(Box::new(failed)));
    bench.key("up x");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Confirm(_))
    ));
    bench.key("esc");
    assert!(bench.model.focus.overlays.is_empty());
    bench.key("x");
    bench.type_("s");
    assert!(bench.take().contains(&Effect::Retry(id(1, 11))));
    bench.key("k x");
    assert_eq!(bench.toasts(), ["toast-nothing-to-retry"]);
}

#[test]
fn numbers_narrow_the_list_by_key_and_by_click() {
    let mut bench = Bench::connected();
    bench.key("alt-1");
    assert_eq!(bench.model.chats.rows(), [ChatId(1), ChatId(3)]);
    let target = Some(Target::Number(Some(NumberId(2))));
    bench.happen(What::Click { target, pane: None });
    assert_eq!(bench.model.chats.rows(), [ChatId(2)]);
    assert_eq!(bench.model.chats.cursor, Some(ChatId(2)));
    bench.key("alt-0");
    assert_eq!(bench.model.chats.rows().len(), 3);
    bench.key("alt-9");
    assert_eq!(bench.model.chats.rows().len(), 3);
}

#[test]
fn the_list_is_kept_in_order_as_chats_change() {
    let mut bench = Bench::connected();
    let mut third = chat(3, 1, 90);
    third.revision = 2;
    bench.event(Change::ChatUpdated(Box::new(third)));
    assert_eq!(bench.model.chats.rows(), [ChatId(3), ChatId(1), ChatId(2)]);
    assert_eq!(
        bench.model.chats.cursor,
        Some(ChatId(1)),
        "the cursor is a chat, not a row"
    );
    let mut gone = chat(3, 1, 90);
    (gone.state, gone.revision) = (common::model::chat::ChatState::Closed, 3);
    bench.event(Change::ChatUpdated(Box::new(gone)));
    assert_eq!(bench.model.chats.rows(), [ChatId(1), ChatId(2)]);
}

#[test]
fn the_switcher_finds_and_opens() {
    let mut bench = Bench::talking();
    bench.key("ctrl-k");
    bench.type_("omer 3");
    bench.key("enter");
    assert_eq!(bench.model.open_id(), Some(ChatId(3)));
    assert!(bench.model.focus.overlays.is_empty());
    bench.key("ctrl-k");
    bench.type_(">");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Palette(_))
    ));
}

#[test]
fn help_closes_with_the_key_that_opened_it() {
    let mut bench = Bench::connected();
    bench.key("?");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Help(_))
    ));
    bench.key("f1");
    assert!(bench.model.focus.overlays.is_empty());
}

#[test]
fn a_double_click_quotes_and_a_click_beside_a_layer_closes_it() {
    let mut bench = Bench::talking();
    let click = || What::Click {
        target: Some(Target::Message(id(1, 4))),
        pane: Some(Pane::Talk),
    };
    bench.happen(click());
    assert_eq!(bench.model.picked(), Some(id(1, 4)));
    bench.now += 200;
    bench.happen(click());
    assert_eq!(bench.model.compose().unwrap().quote, Some(id(1, 4)));
    bench.key("ctrl-k");
    bench.happen(click());
    assert!(bench.model.focus.overlays.is_empty());
}

#[test]
fn paste_is_one_edit_and_one_undo() {
    let mut bench = Bench::talking();
    bench.type_("a");
    bench.happen(What::Paste("uno\r\ndos".into()));
    assert_eq!(bench.text(), "auno\ndos");
    bench.key("ctrl-_");
    assert_eq!(bench.text(), "a");
}

#[test]
fn clearing_can_be_undone_and_twice_in_an_empty_box_leaves() {
    let mut bench = Bench::talking();
    bench.type_("three words here");
    bench.key("ctrl-c");
    assert_eq!(bench.text(), "");
    bench.key("ctrl-_");
    assert_eq!(bench.text(), "three words here");
    bench.key("ctrl-c ctrl-c");
    assert!(!bench.model.over);
    bench.pass(600);
    bench.answer(Answer::DraftSaved(ChatId(1), Ok(())));
    bench.key("ctrl-c");
    bench.pass(100);
    assert!(bench.model.over);
}

#[test]
fn leaving_waits_for_the_draft_and_not_for_ever() {
    let mut bench = Bench::talking();
    bench.type_("unsaved");
    bench.key("ctrl-q");
    assert_eq!(drafts(&bench.take()), [(1, "unsaved".to_owned())]);
    assert!(!bench.model.over);
    bench.answer(Answer::DraftSaved(ChatId(1), Ok(())));
    assert!(bench.model.over);
    let mut bench = Bench::talking();
    bench.type_("unsaved");
    bench.happen(What::Terminate);
    assert!(!bench.model.over);
    bench.pass(2100);
    assert!(bench.model.over);
}

#[test]
fn leaving_with_a_draft_that_nobody_can_keep_is_asked() {
    let mut bench = Bench::talking();
    bench.lost();
    bench.type_("only here");
    bench.key("ctrl-q");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Confirm(_))
    ));
    bench.key("esc");
    assert!(!bench.model.over);
    bench.key("ctrl-q enter");
    assert!(bench.model.over);
}

#[test]
fn a_bell_for_a_chat_that_is_not_in_front_and_not_for_the_one_that_is() {
    let mut bench = Bench::talking();
    bench.happen(seen(&bench, 1, 1, 10, 0));
    bench.event(Change::MessageNew(Box::new(message(
        1,
        11,
        Direction::Inbound,
    ))));
    assert!(!bench.take().contains(&Effect::Bell));
    bench.event(Change::MessageNew(Box::new(message(
        2,
        1,
        Direction::Inbound,
    ))));
    assert!(bench.take().contains(&Effect::Bell));
    bench.event(Change::MessageNew(Box::new(message(
        3,
        1,
        Direction::Inbound,
    ))));
    assert!(!bench.take().contains(&Effect::Bell), "grouped");
}

#[test]
fn reading_goes_on_without_a_daemon_and_nothing_is_fetched() {
    let mut bench = Bench::talking();
    bench.lost();
    bench.take();
    bench.key("tab alt-down up esc esc");
    assert_eq!(bench.model.open_id(), Some(ChatId(2)));
    let asked = |e: &Effect| {
        matches!(
            e,
            Effect::Part(..) | Effect::Chats(..) | Effect::LoadDraft(_)
        )
    };
    assert!(!bench.take().iter().any(asked));
    bench.up(false);
    let out = bench.take();
    assert!(out.contains(&Effect::Part(ChatId(2), TalkAsk::Newest)));
    assert!(out.iter().any(|e| matches!(e, Effect::Chats(..))));
}

#[test]
fn an_idle_console_sleeps_for_minutes() {
    let mut bench = Bench::talking();
    bench.pass(120_000);
    let next = crate::update::wake::next(&bench.model);
    assert_eq!(
        (next.millis() - bench.now),
        60_000 - bench.now.rem_euclid(60_000)
    );
}

#[test]
fn what_a_frame_says_asks_for_no_frame() {
    let mut bench = Bench::talking();
    bench.model.redraw = false;
    bench.happen(seen(&bench, 1, 1, 10, 0));
    bench.happen(seen(&bench, 1, 1, 10, 0));
    assert!(!bench.model.redraw);
}

#[test]
fn a_draft_is_not_written_over_before_it_is_known() {
    let mut bench = Bench::connected();
    bench.key("enter");
    bench.fill(1, 10);
    bench.type_("quick");
    bench.pass(3000);
    assert!(drafts(&bench.take()).is_empty());
    let draft = Draft {
        text: "old".into(),
        reply_to: None,
        operator: None,
        updated_at: None,
    };
    bench.answer(Answer::Draft(ChatId(1), Ok(Some(draft))));
    bench.pass(600);
    assert_eq!(drafts(&bench.take()), [(1, "old\nquick".to_owned())]);
}
