//! Chats that are put off leave the list and come back; the archived ones stand at its foot.

use common::api::chats::PatchChat;
use common::api::event::Change;
use common::id::ChatId;
use common::model::chat::ChatState;
use common::time::Stamp;

use crate::effect::Effect;
use crate::hit::{Pane, Target};
use crate::model::overlay::Overlay;
use crate::msg::{ListAsk, View, What};
use crate::update::fixture::{Bench, chat, number};

const HOUR: i64 = 3_600_000;

fn patches(bench: &mut Bench) -> Vec<(ChatId, PatchChat)> {
    let all = bench.take().into_iter();
    all.filter_map(|effect| match effect {
        Effect::Patch(id, patch) => Some((id, patch)),
        _ => None,
    })
    .collect()
}

fn rows(bench: &Bench) -> Vec<i64> {
    bench.model.chats.rows().iter().map(|id| id.0).collect()
}

/// What the daemon tells every desk after a patch.
fn told(bench: &mut Bench, id: i64, until: Option<Stamp>) {
    let mut row = bench.model.chats.get(ChatId(id)).unwrap().clone();
    row.snoozed_until = until;
    row.revision += 1;
    bench.event(Change::ChatUpdated(Box::new(row)));
}

#[test]
fn a_chat_is_put_off_until_a_moment_and_that_is_taken_back() {
    let mut bench = Bench::connected();
    bench.key("j z");
    let Some(Overlay::Snooze(layer)) = bench.model.focus.overlay() else {
        panic!("asks until when");
    };
    assert_eq!(layer.chat, ChatId(2));
    bench.key("enter");
    let (id, patch) = patches(&mut bench).pop().unwrap();
    let until = patch.snoozed_until.unwrap().unwrap();
    assert_eq!(id, ChatId(2));
    assert!(until > bench.model.now);
    assert_eq!(bench.toasts(), ["done-snoozed"]);
    told(&mut bench, 2, Some(until));
    assert_eq!(rows(&bench), [1, 3]);
    assert_eq!(bench.model.chats.cursor, Some(ChatId(3)), "the next one");
    bench.key("U");
    let (id, patch) = patches(&mut bench).pop().unwrap();
    assert_eq!((id, patch.snoozed_until), (ChatId(2), Some(None)));
    told(&mut bench, 2, None);
    assert_eq!(rows(&bench), [1, 2, 3]);
}

#[test]
fn only_the_last_deed_says_that_it_can_be_taken_back() {
    let mut bench = Bench::connected();
    bench.key("e");
    assert_eq!(bench.toasts(), ["done-archived"]);
    bench.key("j p");
    assert_eq!(bench.toasts(), ["done-pinned"]);
    bench.key("U");
    assert_eq!(bench.toasts(), ["toast-taken-back"]);
}

#[test]
fn a_moment_is_typed_and_what_is_none_stays() {
    let mut bench = Bench::connected();
    bench.key("z");
    bench.type_("2h");
    bench.key("enter");
    let (_, patch) = patches(&mut bench).pop().unwrap();
    let two = bench.model.now.millis() + 2 * HOUR;
    assert_eq!(patch.snoozed_until, Some(Some(Stamp::from_millis(two))));
    bench.key("z");
    bench.type_("qwerty");
    bench.key("enter");
    assert!(patches(&mut bench).is_empty());
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Snooze(_))
    ));
    bench.key("esc");
    assert!(bench.model.focus.overlay().is_none());
}

#[test]
fn it_leaves_the_views_and_the_counts_and_comes_back_by_itself_at_the_top() {
    let mut bench = Bench::connected();
    let mut row = chat(3, 1, 10);
    row.unread = 2;
    row.waiting_since = row.last_message_at;
    row.revision += 10;
    bench.event(Change::ChatUpdated(Box::new(row)));
    let mut strip = number(1);
    (strip.unread, strip.revision) = (2, 99);
    bench.event(Change::NumberUpdated(Box::new(strip)));
    assert_eq!(
        (bench.model.unread(None), bench.model.chats.waiting()),
        (2, 1)
    );
    let until = Stamp::from_millis(bench.now + HOUR);
    told(&mut bench, 3, Some(until));
    assert_eq!(rows(&bench), [1, 2]);
    assert_eq!(
        (bench.model.unread(None), bench.model.chats.waiting()),
        (0, 0)
    );
    for view in ["v w", "v u"] {
        bench.key(view);
        assert!(rows(&bench).is_empty(), "{view}");
    }
    bench.key("v z");
    assert_eq!(rows(&bench), [3]);
    bench.key("v a /");
    bench.type_("3");
    assert!(rows(&bench).contains(&3), "whoever looks for it finds it");
    bench.key("esc");
    bench.pass(HOUR - 1);
    assert_eq!(rows(&bench), [1, 2]);
    bench.take();
    bench.pass(1);
    assert_eq!(rows(&bench), [3, 1, 2], "above everything");
    assert_eq!(bench.toasts(), ["toast-back"]);
    assert!(bench.take().contains(&Effect::Bell));
    assert_eq!(
        (bench.model.unread(None), bench.model.chats.waiting()),
        (2, 1)
    );
    told(&mut bench, 3, None);
    assert_eq!(
        rows(&bench),
        [1, 2, 3],
        "dealt with, it stands where it belongs"
    );
}

#[test]
fn the_daemon_brings_a_chat_back_that_this_console_never_heard_of() {
    let mut bench = Bench::connected();
    bench.take();
    let mut row = chat(77, 1, 10);
    row.snoozed_until = Some(Stamp::from_millis(bench.now - 5));
    row.revision = 90;
    bench.event(Change::ChatUpdated(Box::new(row.clone())));
    assert_eq!(rows(&bench).first(), Some(&77), "above everything");
    assert_eq!(bench.toasts(), ["toast-back"]);
    assert!(bench.take().contains(&Effect::Bell));
    row.revision = 91;
    bench.event(Change::ChatUpdated(Box::new(row)));
    bench.pass(1);
    assert_eq!(bench.toasts(), ["toast-back"], "told once");
    assert!(!bench.take().contains(&Effect::Bell));
}

#[test]
fn the_daemons_word_and_the_own_clock_bring_a_chat_back_once() {
    let mut bench = Bench::connected();
    let until = Stamp::from_millis(bench.now + HOUR);
    told(&mut bench, 3, Some(until));
    assert_eq!(rows(&bench), [1, 2]);
    bench.take();
    // The event is there before this console's own clock has rung.
    bench.now += HOUR + 20;
    told(&mut bench, 3, Some(until));
    assert_eq!(rows(&bench).first(), Some(&3));
    bench.pass(1);
    assert_eq!(bench.toasts(), ["toast-back"]);
    let bells = bench.take().into_iter().filter(|e| *e == Effect::Bell);
    assert_eq!(bells.count(), 1);
}

#[test]
fn what_is_put_off_is_fetched_however_old_it_is() {
    let mut bench = Bench::bare();
    bench.up(false);
    let asked = bench.take();
    assert!(asked.contains(&Effect::Chats(ListAsk::Snoozed, None)));
}

#[test]
fn an_archived_chat_that_is_put_off_is_in_the_list_again() {
    let mut bench = Bench::connected();
    let mut row = chat(3, 1, 10);
    row.state = ChatState::Closed;
    row.revision += 10;
    bench.event(Change::ChatUpdated(Box::new(row)));
    bench.key("v e z enter");
    let (_, patch) = patches(&mut bench).pop().unwrap();
    assert_eq!(patch.state, Some(ChatState::Open));
    bench.key("U");
    let (_, patch) = patches(&mut bench).pop().unwrap();
    assert_eq!(patch.state, Some(ChatState::Closed));
}

#[test]
fn the_archived_chats_are_behind_the_last_row() {
    let mut bench = Bench::connected();
    bench.key("j j j");
    assert_eq!(
        (bench.model.chats.cursor, bench.model.chats.foot),
        (Some(ChatId(3)), false)
    );
    let mut strip = number(2);
    (strip.archived, strip.revision) = (214, 99);
    bench.event(Change::NumberUpdated(Box::new(strip)));
    bench.key("j");
    assert!(bench.model.chats.foot);
    bench.key("e");
    assert!(patches(&mut bench).is_empty(), "no chat is meant there");
    bench.key("k");
    assert_eq!(
        (bench.model.chats.cursor, bench.model.chats.foot),
        (Some(ChatId(3)), false)
    );
    bench.key("j enter");
    assert_eq!(bench.model.chats.shelf().view, View::Archived);
    assert_eq!(
        (bench.model.focus.pane, bench.model.chats.foot),
        (Pane::List, false)
    );
    bench.key("esc");
    assert_eq!(bench.model.chats.shelf().view, View::All);
    let target = Some(Target::Action(crate::action::Action::ViewArchived));
    let pane = Some(Pane::List);
    bench.happen(What::Click { target, pane });
    assert_eq!(bench.model.chats.shelf().view, View::Archived);
}
