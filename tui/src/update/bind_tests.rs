//! A key bound from the palette, every chat marked as read, and the cursor put by a click.

use config::keys::{Binding, parse, sequence};
use config::tui::Motion;

use common::api::chats::ChatMark;
use common::id::{ChatId, NumberId};

use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::hit::{Pane, Target};
use crate::keymap::Hidden;
use crate::model::overlay::{Bind, Overlay};
use crate::model::patience::MOVE;
use crate::msg::{Answer, What};
use crate::speech::{Lang, Speech};
use crate::update::fixture::{Bench, number};
use crate::update::wake;

fn asking(bench: &Bench) -> &Bind {
    match bench.model.focus.overlay() {
        Some(Overlay::Bind(bind)) => bind,
        other => panic!("asks for no key: {other:?}"),
    }
}

fn palette(bench: &mut Bench, words: &str) {
    bench.key("ctrl-p");
    bench.type_(words);
}

fn written(bench: &mut Bench, file: &str) {
    let Some(Effect::Bind {
        context, action, ..
    }) = bench.take().pop()
    else {
        panic!("nothing was written");
    };
    let all: Vec<Binding> = parse(file).unwrap();
    bench.answer(Answer::Bound(action, context, Ok(all)));
}

#[test]
fn a_key_is_bound_from_the_palette_and_holds_at_once() {
    let mut bench = Bench::connected();
    palette(&mut bench, "put off");
    bench.key("alt-b");
    assert_eq!(asking(&bench).action, Action::Snooze);
    assert_eq!(asking(&bench).context(), Context::List);
    bench.key("enter");
    assert_eq!(asking(&bench).chords.len(), 1, "also Enter is a key");
    bench.key("backspace t enter");
    let effects = bench.take();
    let chords = sequence("t").unwrap();
    let context = Context::List;
    let action = Action::Snooze;
    assert_eq!(
        effects,
        [Effect::Bind {
            context,
            chords,
            action
        }]
    );
    let all = parse("[list]\nt = \"snooze\"").unwrap();
    bench.answer(Answer::Bound(action, context, Ok(all)));
    assert_eq!(bench.toasts(), ["done-bound"]);
    bench.key("t");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Snooze(_))
    ));
}

#[test]
fn what_the_keys_do_now_is_told() {
    let mut bench = Bench::connected();
    palette(&mut bench, "put off");
    bench.key("alt-b g");
    let clashes = |bench: &Bench| {
        let bind = asking(bench);
        let all = bench.model.keymap.clashes(bind.context(), &bind.chords);
        all.into_iter()
            .map(|clash| (clash.action, clash.how))
            .collect::<Vec<_>>()
    };
    assert_eq!(clashes(&bench), [(Action::First, Hidden::Longer)]);
    bench.key("backspace e");
    assert_eq!(clashes(&bench), [(Action::Archive, Hidden::Taken)]);
    bench.key("x");
    assert_eq!(clashes(&bench), [(Action::Archive, Hidden::Shorter)]);
    bench.key("backspace backspace ctrl-k");
    assert_eq!(clashes(&bench), [(Action::Switcher, Hidden::Taken)]);
    bench.key("esc");
    palette(&mut bench, "statistics");
    bench.key("alt-b tab e");
    assert_eq!(
        asking(&bench).chords.len(),
        2,
        "the first key is taken whatever it is"
    );
    bench.key("backspace backspace e tab");
    assert_eq!(asking(&bench).context(), Context::Anywhere);
    assert_eq!(clashes(&bench), [(Action::Archive, Hidden::Kept)]);
    bench.key("esc");
    assert!(bench.model.focus.overlay().is_none() && bench.take().is_empty());
}

#[test]
fn a_deed_of_everywhere_is_bound_there_or_only_here() {
    let mut bench = Bench::connected();
    palette(&mut bench, "statistics");
    bench.key("alt-b f12");
    assert_eq!(asking(&bench).context(), Context::List);
    bench.key("tab");
    assert_eq!(asking(&bench).context(), Context::Anywhere);
    bench.key("enter");
    written(&mut bench, "[anywhere]\nf12 = \"statistics\"");
    bench.key("f12");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Stats(_))
    ));
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_keys_stay() {
    let mut bench = Bench::connected();
    let why = Err("keys.toml: line 2".to_owned());
    bench.answer(Answer::Bound(Action::Pin, Context::List, why));
    assert_eq!(bench.toasts(), ["toast-not-bound"]);
    bench.key("z");
    assert!(bench.model.focus.overlay().is_some());
}

#[test]
fn alt_b_goes_back_a_word_in_every_other_field() {
    let mut bench = Bench::talking();
    bench.key("ctrl-k");
    bench.type_("uno dos");
    bench.key("alt-b");
    bench.type_("x");
    let Some(Overlay::Switcher(pick)) = bench.model.focus.overlay() else {
        panic!("the switcher stays");
    };
    assert_eq!(pick.field.text(), "uno xdos");
}

#[test]
fn every_chat_of_a_number_is_marked_as_read_after_a_question() {
    let mut bench = Bench::connected();
    bench.key("alt-2");
    palette(&mut bench, "every chat of #2");
    bench.key("enter");
    let asked = bench.take();
    assert!(asked.contains(&Effect::FindUnread(Some(NumberId(2)))));
    let chats = vec![ChatId(2), ChatId(9)];
    bench.answer(Answer::Unread(Some(NumberId(2)), Ok(chats.clone())));
    let Some(Overlay::Confirm(confirm)) = bench.model.focus.overlay() else {
        panic!("asks first");
    };
    assert_eq!(confirm.say.word, "confirm-read-all-of");
    assert!(confirm.say.with.contains(&("n", "2".to_owned())));
    assert!(bench.take().is_empty(), "nothing before a yes");
    bench.key("enter");
    assert_eq!(bench.take(), [Effect::ReadAll(chats)]);
    assert!(
        bench.toasts().is_empty(),
        "nothing is said that is not done"
    );
    let before = vec![ChatMark {
        chat: ChatId(2),
        unread: 3,
        first_unread: None,
    }];
    bench.answer(Answer::ReadAll(Ok(before.clone())));
    assert_eq!(bench.toasts(), ["done-read-all"]);
    bench.key("U");
    assert_eq!(bench.take(), [Effect::PutBack(before)], "each as it was");
    bench.answer(Answer::Unread(None, Ok(Vec::new())));
    assert!(bench.model.focus.overlay().is_none());
    assert!(bench.toasts().contains(&"read-all-none"));
}

#[test]
fn a_click_puts_the_cursor_where_it_falls() {
    let mut bench = Bench::talking();
    bench.type_("uno dos");
    bench.key("shift-enter");
    bench.type_("tres");
    if let Some(compose) = bench.model.compose() {
        compose.field.height(40);
    }
    bench.key("esc");
    assert_eq!(bench.model.focus.pane, Pane::List);
    let click = |bench: &mut Bench, rows, cell, pane| {
        let target = Some(Target::Caret { rows, cell });
        let pane = Some(pane);
        bench.happen(What::Click { target, pane });
    };
    click(&mut bench, 4, (4, 0), Pane::Compose);
    assert_eq!(bench.model.focus.pane, Pane::Compose);
    bench.type_("y ");
    assert_eq!(bench.text(), "uno y dos\ntres");
    click(&mut bench, 4, (30, 1), Pane::Compose);
    bench.type_("!");
    assert_eq!(bench.text(), "uno y dos\ntres!");
    bench.key("ctrl-k");
    bench.type_("ana");
    click(&mut bench, 1, (1, 0), Pane::Overlay);
    bench.type_("n");
    let Some(Overlay::Switcher(pick)) = bench.model.focus.overlay() else {
        panic!("the switcher stays");
    };
    assert_eq!(pick.field.text(), "anna");
    click(&mut bench, 4, (0, 0), Pane::Compose);
    assert!(bench.model.focus.overlay().is_none(), "beside it closes it");
}

#[test]
fn colon_q_leaves_in_every_language() {
    for lang in Lang::ALL {
        let mut bench = Bench::connected();
        bench.model.speech = Speech::of(lang);
        bench.type_(":q");
        bench.key("enter");
        assert!(
            bench.model.leaving.is_some() || bench.model.over,
            "{lang:?}"
        );
    }
}

#[test]
fn what_is_waited_for_is_marked_late_and_moves_later_still() {
    let mut bench = Bench::connected();
    bench.key("enter");
    let asked = bench.now;
    let next = |bench: &Bench| wake::next(&bench.model).millis() - asked;
    assert_eq!(next(&bench), 150);
    bench.pass(150);
    assert_eq!(next(&bench), 1_000);
    bench.pass(850);
    assert!(next(&bench) <= 1_000 + MOVE);
    bench.model.settings.ui.motion = Motion::None;
    assert!(next(&bench) > 1_500, "it stands still");
    bench.model.settings.ui.motion = Motion::Full;
    bench.fill(1, 3);
    assert!(next(&bench) > 1_500, "it has come");
}

#[test]
fn numbers_keep_their_counts_of_archived_chats() {
    let mut bench = Bench::connected();
    let mut counted = number(1);
    counted.archived = 3;
    bench.answer(Answer::Numbers(Ok(vec![counted, number(2)])));
    assert_eq!(bench.model.archived(), 3);
}
