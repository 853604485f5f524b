//! Search, days and unread rules: going somewhere in a conversation and back.

use common::api::page::Page;
use common::api::problem::{Code, Problem};
use common::api::search::{Hit, SearchQuery};
use common::id::{ChatId, MessageId};
use common::model::message::{Direction, Message};

use crate::effect::Effect;
use crate::hit::{Pane, Target};
use crate::model::overlay::Overlay;
use crate::model::search::{Progress, Search};
use crate::model::talk::MOST;
use crate::msg::{Answer, Part, TalkAsk, What};
use crate::part::scroll::Anchor;
use crate::update::fixture::{Bench, chat, id, message};

fn asked(bench: &mut Bench) -> Vec<(u64, SearchQuery)> {
    let out = bench.take();
    out.into_iter()
        .filter_map(|effect| match effect {
            Effect::Search(version, query) => Some((version, query)),
            _ => None,
        })
        .collect()
}

fn hits(of: &[(i64, u32)]) -> Page<Hit> {
    let hit = |(at, n): &(i64, u32)| Hit {
        message: message(*at, *n, Direction::Inbound),
        customer: chat(*at, 1, 0).customer,
        snippet: "a \u{2}hit\u{3} in words".into(),
    };
    Page {
        items: of.iter().map(hit).collect(),
        next: None,
    }
}

fn layer(bench: &Bench) -> &Search {
    match bench.model.focus.overlay() {
        Some(Overlay::Search(search)) => search,
        other => panic!("no search: {other:?}"),
    }
}

fn find(bench: &mut Bench, of: &[(i64, u32)]) {
    bench.key("ctrl-f");
    bench.type_("bolo");
    bench.pass(200);
    let (version, _) = asked(bench).pop().unwrap();
    bench.answer(Answer::Hits(version, Ok(hits(of))));
}

fn parts(bench: &mut Bench) -> Vec<(ChatId, TalkAsk)> {
    let out = bench.take();
    out.into_iter()
        .filter_map(|effect| match effect {
            Effect::Part(chat, ask) => Some((chat, ask)),
            _ => None,
        })
        .collect()
}

fn part(chat: i64, from: u32, to: u32) -> Part {
    Part {
        messages: (from..=to)
            .map(|n| message(chat, n, Direction::Inbound))
            .collect(),
        older: true,
        newer: true,
    }
}

#[test]
fn words_are_asked_for_once_when_the_fingers_rest() {
    let mut bench = Bench::talking();
    bench.key("ctrl-f");
    bench.type_("bolo");
    assert_eq!(asked(&mut bench), []);
    bench.pass(200);
    let all = asked(&mut bench);
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].1.q.as_str(), all[0].1.chat),
        ("bolo", Some(ChatId(1)))
    );
    bench.key("tab");
    let everywhere = asked(&mut bench);
    assert_eq!(everywhere[0].1.chat, None);
    bench.answer(Answer::Hits(all[0].0, Ok(hits(&[(1, 3)]))));
    assert!(layer(&bench).hits.is_empty(), "a late answer is not taken");
    bench.answer(Answer::Hits(everywhere[0].0, Ok(hits(&[(1, 3), (2, 4)]))));
    assert_eq!(layer(&bench).hits.len(), 2);
}

#[test]
fn one_letter_is_too_little_and_one_emoji_is_not() {
    let mut bench = Bench::talking();
    bench.key("ctrl-f");
    bench.type_("b");
    bench.pass(500);
    assert_eq!(asked(&mut bench), []);
    bench.key("backspace");
    bench.type_("👍");
    bench.pass(500);
    assert_eq!(asked(&mut bench).len(), 1);
}

#[test]
fn enter_goes_to_the_hit_and_esc_back_to_where_one_was() {
    let mut bench = Bench::talking();
    bench.model.focus.pane = Pane::Talk;
    let here = Anchor::Row {
        id: id(1, 4),
        row: 1,
    };
    let talk = bench.model.talks.open_mut().unwrap();
    (talk.scroll.anchor, talk.cursor) = (here, Some(id(1, 5)));
    find(&mut bench, &[(1, 9), (2, 7), (1, 2)]);
    bench.key("enter");
    assert_eq!(bench.model.talk().unwrap().cursor, Some(id(1, 9)));
    bench.key("n");
    assert_eq!(bench.model.open_id(), Some(ChatId(2)));
    let asked = parts(&mut bench);
    assert_eq!(asked, [(ChatId(2), TalkAsk::Around(id(2, 7)))]);
    bench.answer(Answer::Part(ChatId(2), asked[0].1, Ok(part(2, 1, 20))));
    assert_eq!(bench.model.talk().unwrap().cursor, Some(id(2, 7)));
    bench.key("n n");
    assert_eq!(bench.model.talk().unwrap().cursor, Some(id(1, 2)));
    assert_eq!(bench.toasts(), ["toast-no-more-hits"]);
    bench.key("p p esc");
    let talk = bench.model.talk().unwrap();
    assert_eq!((talk.chat, talk.cursor), (ChatId(1), Some(id(1, 5))));
    assert_eq!(talk.scroll.anchor, here);
    assert_eq!(bench.model.hunt, None);
}

#[test]
fn whoever_writes_stays_where_the_search_led() {
    let mut bench = Bench::talking();
    find(&mut bench, &[(1, 9)]);
    bench.key("enter i");
    bench.type_("x");
    bench.key("esc tab esc");
    assert_eq!(bench.model.open_id(), Some(ChatId(1)));
    assert_eq!(bench.model.hunt, None);
}

#[test]
fn a_hit_can_be_clicked_and_a_search_closed_without_going() {
    let mut bench = Bench::talking();
    find(&mut bench, &[(1, 9), (1, 3)]);
    bench.key("esc");
    assert!(bench.model.focus.overlays.is_empty());
    find(&mut bench, &[(1, 9), (1, 3)]);
    bench.happen(What::Click {
        target: Some(Target::Row(1)),
        pane: Some(Pane::Overlay),
    });
    assert_eq!(bench.model.talk().unwrap().cursor, Some(id(1, 3)));
}

#[test]
fn a_page_without_hits_is_not_the_end_of_the_search() {
    let mut bench = Bench::talking();
    bench.key("ctrl-f");
    bench.type_("from:ana has:image");
    bench.pass(200);
    let (version, first) = asked(&mut bench).pop().unwrap();
    assert_eq!(first.cursor, None);
    let page = |of: &[(i64, u32)], next: Option<&str>| {
        let next = next.map(str::to_owned);
        Answer::Hits(version, Ok(Page { next, ..hits(of) }))
    };
    bench.answer(page(&[], Some("50000")));
    assert!(layer(&bench).has_more(), "it goes on");
    let (again, second) = asked(&mut bench).pop().unwrap();
    assert_eq!((again, second.cursor.as_deref()), (version, Some("50000")));
    bench.answer(page(&[(7, 3)], Some("100")));
    let (_, third) = asked(&mut bench).pop().unwrap();
    assert_eq!(third.cursor.as_deref(), Some("100"));
    bench.answer(page(&[(7, 1)], None));
    assert!(asked(&mut bench).is_empty(), "the end was reached");
    let layer = layer(&bench);
    assert_eq!((layer.hits.len(), layer.has_more()), (2, false));
}

#[test]
fn walking_along_the_hits_asks_for_those_that_have_not_come() {
    let mut bench = Bench::talking();
    bench.key("ctrl-f");
    bench.type_("bolo");
    bench.pass(200);
    let (version, _) = asked(&mut bench).pop().unwrap();
    let first: Vec<(i64, u32)> = (0..11).map(|n| (7, 30 - n)).collect();
    let next = Some("12".to_owned());
    let page = Page {
        next,
        ..hits(&first)
    };
    bench.answer(Answer::Hits(version, Ok(page)));
    assert!(asked(&mut bench).is_empty(), "there are enough for now");
    bench.key("enter");
    bench.key("n");
    bench.key("n");
    let (later, query) = asked(&mut bench).pop().unwrap();
    assert!(later > version);
    assert_eq!(
        (query.q.as_str(), query.cursor.as_deref()),
        ("bolo", Some("12"))
    );
    for _ in 0..9 {
        bench.key("n");
    }
    assert!(bench.toasts().contains(&"search-further"));
    bench.answer(Answer::Hits(later, Ok(hits(&[(7, 2)]))));
    bench.key("n");
    let hunt = bench.model.hunt.as_ref().unwrap();
    assert_eq!((hunt.at, hunt.hits.len()), (11, 12));
}

#[test]
fn a_search_says_why_it_cannot_be() {
    let mut bench = Bench::talking();
    bench.key("ctrl-f");
    bench.type_("before:xyz");
    bench.pass(200);
    let (version, _) = asked(&mut bench).pop().unwrap();
    let problem = Problem::new(Code::BadRequest, "no day");
    bench.answer(Answer::Hits(version, Err(problem)));
    assert!(matches!(layer(&bench).progress, Progress::Failed(_)));
    bench.lost();
    bench.type_("z");
    bench.pass(200);
    assert_eq!(asked(&mut bench), []);
    assert!(
        matches!(&layer(&bench).progress, Progress::Failed(say) if say.word == "search-offline")
    );
}

fn go_to_day(bench: &mut Bench, text: &str) {
    bench.model.focus.pane = Pane::Talk;
    bench.key("g d");
    bench.type_(text);
    bench.key("enter");
}

#[test]
fn a_day_is_gone_to_wherever_it_is() {
    let mut bench = Bench::talking();
    go_to_day(&mut bench, "nonsense");
    let Some(Overlay::Ask(ask)) = bench.model.focus.overlay() else {
        panic!("it stays");
    };
    assert!(ask.fault.is_some());
    bench.key("esc");
    bench.take();
    go_to_day(&mut bench, "ontem");
    let asked = parts(&mut bench);
    let [(ChatId(1), TalkAsk::At(at))] = asked[..] else {
        panic!("{asked:?}");
    };
    assert_eq!(bench.model.speech.time(at), "00:00");
    bench.answer(Answer::Part(ChatId(1), asked[0].1, Ok(part(1, 1, 30))));
    let talk = bench.model.talk().unwrap();
    assert_eq!(talk.cursor, Some(id(1, 1)), "the first one from then on");
    bench.key("alt-left");
    assert!(bench.model.talk().unwrap().scroll.is_newest());
}

#[test]
fn a_page_of_the_newest_that_comes_late_takes_nobody_away_from_a_hit() {
    let mut bench = Bench::talking();
    find(&mut bench, &[(2, 7)]);
    bench.key("enter");
    let aim = TalkAsk::Around(id(2, 7));
    bench.answer(Answer::Part(ChatId(2), aim, Ok(part(2, 1, 20))));
    bench.fill(2, 3);
    assert_eq!(bench.model.talk().unwrap().cursor, Some(id(2, 7)));
    assert_eq!(bench.model.talk().unwrap().messages().len(), 20);
}

#[test]
fn unread_ones_are_gone_to_only_in_their_direction() {
    let mut bench = Bench::talking();
    bench.model.focus.pane = Pane::Talk;
    let talk = bench.model.talks.open_mut().unwrap();
    (talk.unread_from, talk.cursor) = (Some(id(1, 6)), Some(id(1, 3)));
    bench.key("[ u");
    assert_eq!(bench.toasts(), ["toast-no-unread-there"]);
    bench.key("] u");
    assert_eq!(bench.model.talk().unwrap().cursor, Some(id(1, 6)));
}

/// However far one reads, in either direction, a bounded window of messages is kept.
#[test]
fn a_hundred_thousand_messages_are_read_through_a_window() {
    let all = 100_000_u32;
    let mut bench = Bench::connected();
    bench.key("enter");
    let mut first = part(1, all - 59, all);
    first.newer = false;
    bench.answer(Answer::Part(ChatId(1), TalkAsk::Newest, Ok(first)));
    bench.take();
    let number = |of: MessageId| (1..=all).rev().take(5000).find(|n| id(1, *n) == of);
    for _ in 0..60 {
        let oldest = bench.model.talk().unwrap().oldest().unwrap();
        let at = number(oldest).unwrap();
        bench.model.talks.open_mut().unwrap().older = crate::model::talk::Beyond::Loading;
        let older = part(1, at - 60, at - 1);
        bench.answer(Answer::Part(ChatId(1), TalkAsk::Before(oldest), Ok(older)));
        assert!(bench.model.talk().unwrap().messages().len() <= MOST);
    }
    let talk = bench.model.talk().unwrap();
    assert_eq!(talk.messages().len(), MOST);
    let numbers: Vec<u32> = talk
        .messages()
        .iter()
        .map(|m: &Message| number(m.id).unwrap())
        .collect();
    assert!(
        numbers.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "no hole"
    );
}
