//! Finding and marking chats: views, letters, what is read by answering, what can be taken back.

use common::api::chats::{LabelUse, PatchChat};
use common::api::event::{Change, Notice, Severity};
use common::api::page::Page;
use common::id::ChatId;
use common::model::chat::{Chat, ChatState, LastMessage};
use common::model::content::Kind;
use common::model::message::Direction;
use common::model::number::NumberStatus;
use common::tick::Status;
use common::time::Stamp;
use config::tui::ReadReceipts;

use crate::effect::Effect;
use crate::hit::{Pane, Seen, Target};
use crate::msg::{Answer, ListAsk, View, What};
use crate::part::scroll::{Anchor, Settled};
use crate::update::fixture::{Bench, START, chat, id, number, stamp};

fn row(id: i64, change: impl FnOnce(&mut Chat)) -> Change {
    let mut chat = chat(id, 1 + (id + 1) % 2, 40 - id * 10);
    chat.revision = 10;
    change(&mut chat);
    Change::ChatUpdated(Box::new(chat))
}

fn inbound(chat: &mut Chat, at: u32) {
    chat.waiting_since = Some(stamp(at));
    chat.last_message = Some(LastMessage {
        id: id(chat.id.0, at),
        direction: Direction::Inbound,
        kind: Kind::Text,
        text: None,
        status: Status::Received,
        timestamp: stamp(at),
    });
}

fn shown(bench: &Bench) -> Vec<i64> {
    bench.model.chats.rows().iter().map(|id| id.0).collect()
}

fn reads(bench: &mut Bench) -> Vec<bool> {
    let out = bench.take();
    out.iter()
        .filter_map(|effect| match effect {
            Effect::Read { blue, .. } => Some(*blue),
            _ => None,
        })
        .collect()
}

#[test]
fn answering_marks_read_at_once() {
    for (policy, blue) in [
        (ReadReceipts::Dwell, true),
        (ReadReceipts::Reply, true),
        (ReadReceipts::Manual, false),
    ] {
        let mut bench = Bench::talking();
        bench.model.settings.reading.read_receipts = policy;
        bench.event(row(1, |chat| chat.unread = 2));
        bench.take();
        bench.type_("sí");
        bench.key("enter");
        assert_eq!(reads(&mut bench), [blue], "{policy:?}");
        bench.pass(5000);
        assert_eq!(
            reads(&mut bench),
            [] as [bool; 0],
            "{policy:?}: once is enough"
        );
    }
}

#[test]
fn a_paused_number_sends_nothing_and_keeps_the_words() {
    let mut bench = Bench::talking();
    let mut paused = number(1);
    (paused.status, paused.revision) = (NumberStatus::Disconnected, 9);
    bench.event(Change::NumberUpdated(Box::new(paused)));
    bench.type_("hola");
    bench.key("enter");
    assert_eq!(bench.text(), "hola");
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Send { .. }))
    );
    assert_eq!(bench.toasts(), ["compose-paused"]);
}

#[test]
fn a_notice_goes_when_it_holds_no_longer() {
    let mut bench = Bench::talking();
    let notice = |code: &str, severity| {
        Change::Notice(Box::new(Notice {
            code: code.into(),
            sentence: code.into(),
            severity,
            org_id: None,
            number_id: None,
            detail: None,
            revision: 1,
        }))
    };
    bench.event(notice("storage_full", Severity::Error));
    bench.event(notice("storage_ok", Severity::Info));
    let codes: Vec<_> = bench
        .model
        .daemon
        .notices
        .iter()
        .map(|n| &*n.code)
        .collect();
    assert_eq!(codes, ["storage_ok"]);
    assert_eq!(
        bench.toasts().len(),
        1,
        "the sentence on the screen goes too"
    );
}

#[test]
fn views_show_what_they_say_in_their_own_order() {
    let mut bench = Bench::connected();
    bench.event(row(1, |chat| inbound(chat, 9)));
    bench.event(row(2, |chat| {
        (chat.unread, chat.pinned) = (3, true);
        chat.window.expires_at = Some(Stamp::from_millis(START + 60_000));
        inbound(chat, 3);
    }));
    bench.event(row(3, |chat| chat.state = ChatState::Closed));
    assert_eq!(shown(&bench), [2, 1]);
    bench.key("v u");
    assert_eq!(
        (shown(&bench), bench.model.chats.shelf().view),
        (vec![2], View::Unread)
    );
    bench.key("v w");
    assert_eq!(shown(&bench), [2, 1], "whoever waits longest comes first");
    bench.key("v c");
    assert_eq!(shown(&bench), [2, 1]);
    bench.pass(61_000);
    assert_eq!(shown(&bench), [1], "a window closes by itself");
    bench.key("v e");
    assert_eq!(shown(&bench), [3]);
    bench.key("esc");
    assert_eq!(shown(&bench), [2, 1]);
}

#[test]
fn each_view_asks_the_daemon_for_its_own_chats() {
    let mut bench = Bench::bare();
    bench.up(false);
    let asked = |bench: &mut Bench| {
        let out = bench.take();
        out.into_iter().find_map(|effect| match effect {
            Effect::Chats(ListAsk::Page(shelf), None) => Some(shelf.view),
            _ => None,
        })
    };
    assert_eq!(asked(&mut bench), Some(View::All));
    bench.key("v u");
    assert_eq!(asked(&mut bench), Some(View::Unread));
    bench.key("v e");
    assert_eq!(asked(&mut bench), Some(View::Archived));
    bench.key("v u");
    assert_eq!(asked(&mut bench), None, "it is on its way");
}

#[test]
fn the_open_chat_stays_in_a_view_that_it_no_longer_fits() {
    let mut bench = Bench::connected();
    bench.event(row(2, |chat| chat.unread = 1));
    bench.event(row(3, |chat| chat.unread = 1));
    bench.key("v u enter");
    assert_eq!(bench.model.open_id(), Some(ChatId(2)));
    bench.event(row(2, |chat| chat.revision = 11));
    assert_eq!(shown(&bench), [2, 3]);
    bench.key("alt-down");
    assert_eq!(shown(&bench), [3]);
}

#[test]
fn letters_filter_the_list_and_esc_takes_one_step_back() {
    let mut bench = Bench::connected();
    bench.event(row(2, |chat| {
        chat.customer.name = Some("João Padaría".into());
    }));
    bench.key("/");
    bench.type_("jpad");
    assert!(shown(&bench).is_empty(), "letters stand together");
    bench.key("ctrl-u");
    bench.type_("joao pad");
    assert_eq!(shown(&bench), [2]);
    bench.key("tab j");
    assert_eq!(
        shown(&bench),
        [2],
        "the letters stay when the list takes the keys"
    );
    bench.key("esc");
    assert_eq!(shown(&bench).len(), 3);
    bench.key("/");
    bench.type_("padar");
    bench.key("enter");
    assert_eq!(bench.model.open_id(), Some(ChatId(2)));
    bench.key("esc / esc");
    assert_eq!(shown(&bench).len(), 3);
}

#[test]
fn a_chat_that_was_found_can_be_clicked() {
    let mut bench = Bench::connected();
    bench.key("/");
    bench.type_("customer 3");
    bench.happen(What::Click {
        target: Some(Target::Chat(ChatId(3))),
        pane: Some(Pane::List),
    });
    assert_eq!(bench.model.open_id(), Some(ChatId(3)));
}

#[test]
fn letters_ask_for_chats_that_are_not_loaded() {
    let mut bench = Bench::bare();
    bench.up(false);
    for effect in bench.take() {
        if let Effect::Chats(ask @ ListAsk::Page(_), None) = effect {
            let page = Page {
                items: vec![chat(1, 1, 30)],
                next: Some("more".into()),
            };
            bench.answer(Answer::Chats(ask, Ok(page)));
        }
    }
    bench.take();
    bench.key("/");
    bench.type_("zo");
    let find = ListAsk::Find("zo".into());
    assert!(bench.take().contains(&Effect::Chats(find.clone(), None)));
    let mut far = chat(77, 1, 0);
    far.customer.name = Some("Zoë".into());
    let items = vec![far];
    bench.answer(Answer::Chats(find, Ok(Page { items, next: None })));
    assert_eq!(shown(&bench), [77]);
}

#[test]
fn archiving_keeps_the_row_and_can_be_taken_back() {
    let mut bench = Bench::connected();
    bench.key("j e");
    let change = |state| PatchChat {
        state: Some(state),
        ..PatchChat::default()
    };
    let closed = Effect::Patch(ChatId(2), change(ChatState::Closed));
    assert!(bench.take().contains(&closed));
    bench.event(row(2, |chat| chat.state = ChatState::Closed));
    assert_eq!(
        bench.model.chats.cursor,
        Some(ChatId(3)),
        "the next one takes its row"
    );
    bench.key("U");
    let open = Effect::Patch(ChatId(2), change(ChatState::Open));
    assert!(bench.take().contains(&open));
    assert_eq!(bench.toasts(), ["toast-taken-back"]);
    bench.key("U");
    assert_eq!(bench.take(), []);
}

#[test]
fn a_deed_can_be_taken_back_only_for_a_while() {
    let mut bench = Bench::connected();
    bench.key("p");
    bench.take();
    bench.pass(11_000);
    assert!(bench.model.toasts.is_empty());
    bench.key("U");
    assert_eq!(bench.take(), []);
}

#[test]
fn what_is_marked_unread_by_hand_stays_so_while_it_is_open() {
    let mut bench = Bench::talking();
    let talk = bench.model.talk().unwrap();
    let (first, last) = (talk.oldest().unwrap(), talk.newest().unwrap());
    let settled = Settled {
        anchor: Anchor::Newest,
        top: (first, 0),
        first,
        last,
        rows: 20,
        below: 0,
        near_top: true,
        near_bottom: true,
    };
    bench.happen(What::Drawn(Seen {
        list_rows: 8,
        talk: Some((ChatId(1), settled)),
        panel_most: 0,
        overlay_rows: 0,
        overlay_lines: 0,
    }));
    bench.model.focus.pane = Pane::Talk;
    bench.key("m u");
    bench.event(row(1, |chat| chat.unread = 1));
    bench.take();
    bench.pass(5000);
    assert_eq!(reads(&mut bench), [] as [bool; 0]);
    bench.key("m r");
    assert_eq!(reads(&mut bench), [true]);
}

#[test]
fn one_goes_back_to_where_one_was_and_forth_again() {
    let mut bench = Bench::talking();
    bench.key("esc j enter");
    bench.fill(2, 5);
    bench.key("alt-down");
    bench.fill(3, 5);
    let open = |bench: &Bench| bench.model.open_id().unwrap().0;
    assert_eq!(open(&bench), 3);
    bench.key("alt-left");
    assert_eq!(open(&bench), 2);
    bench.key("alt-left");
    assert_eq!(open(&bench), 1);
    bench.key("alt-left");
    assert_eq!((open(&bench), bench.toasts()), (1, vec!["toast-no-way"]));
    bench.key("alt-right alt-right");
    assert_eq!(open(&bench), 3);
    bench.type_("una palabra");
    bench.key("alt-left");
    assert_eq!(open(&bench), 3, "words are walked over while there are any");
}

#[test]
fn five_thousand_chats_are_sifted_at_once() {
    let mut bench = Bench::connected();
    for n in 0..5000_i64 {
        let mut one = chat(10 + n, 1, n % 3000);
        one.customer.name = Some(format!("Cliente {n}"));
        bench.model.chats.fold(one);
    }
    assert_eq!(bench.model.chats.rows().len(), 5003);
    bench.key("/");
    bench.type_("cliente 4999");
    assert!(shown(&bench).contains(&5009));
    bench.key("esc v c");
    assert_eq!(bench.model.chats.rows().len(), 5003);
    assert!(bench.model.chats.rows().is_sorted_by_key(|id| {
        let chat = bench.model.chats.get(*id).unwrap();
        (
            chat.window.expires_at,
            std::cmp::Reverse(chat.last_message_at),
        )
    }));
}

#[test]
fn a_blank_ticks_a_label_and_is_a_blank_behind_letters() {
    let mut bench = Bench::connected();
    bench.key("L");
    let used = ["pago pendiente", "vip"].map(|label| LabelUse {
        label: label.to_owned(),
        chats: 2,
    });
    bench.answer(Answer::Labels(Ok(used.to_vec())));
    bench.take();
    let set = |bench: &mut Bench| -> Vec<Vec<String>> {
        let all = bench.take().into_iter();
        all.filter_map(|effect| match effect {
            Effect::Patch(_, patch) => patch.labels,
            _ => None,
        })
        .collect()
    };
    bench.key("down space");
    assert_eq!(set(&mut bench), [["vip"]]);
    bench.key("space");
    assert_eq!(set(&mut bench), [Vec::<String>::new()]);
    bench.type_("torta grande");
    assert!(set(&mut bench).is_empty());
    bench.key("enter");
    assert_eq!(set(&mut bench), [["torta grande"]]);
}

#[test]
fn where_the_clock_is_ahead_the_window_is_counted_by_metas_time() {
    let mut bench = Bench::talking();
    let open = bench.model.open_chat().expect("a chat").window.expires_at;
    let end = open.expect("a window");
    let late = end.plus(std::time::Duration::from_hours(24));
    bench.model.now = late;
    assert!(!bench.model.window_is_open());
    let mut told = |code: &str, ahead_s: i64| {
        bench.event(Change::Notice(Box::new(Notice {
            code: code.into(),
            sentence: code.into(),
            severity: Severity::Error,
            org_id: None,
            number_id: None,
            detail: Some(serde_json::json!({ "ahead_s": ahead_s })),
            revision: 1,
        })));
        bench.model.now = late;
        bench.model.window_is_open()
    };
    assert!(told("clock_wrong", 2 * 86_400));
    assert!(
        !told("clock_wrong", -2 * 86_400),
        "a clock that is behind opens nothing"
    );
    assert!(told("clock_wrong", 2 * 86_400));
    assert!(!told("clock_ok", 0));
}
