//! Any keys in any order never panic and never lose a word; any order of events ends the same.

use common::api::event::{Change, Event};
use common::api::problem::{Code, Problem};
use common::id::{ChatId, Seq};
use common::model::message::Direction;
use common::tick::Status;
use proptest::prelude::*;

use crate::effect::{Effect, Kept};
use crate::hit::{Pane, Seen, Spot, Target};
use crate::msg::{Answer, LinkMsg, Part, TalkAsk, What};
use crate::part::field::vim::Vim;
use crate::part::scroll::{Anchor, Settled};
use crate::update::fixture::{Bench, chat, id, message};
use crate::update::keep;

const KEYS: &[&str] = &[
    "enter",
    "esc",
    "tab",
    "shift-tab",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
    "backspace",
    "delete",
    "j",
    "k",
    "g",
    "G",
    "u",
    "m",
    "r",
    "e",
    "p",
    "M",
    "x",
    "y",
    "Y",
    "o",
    "I",
    "i",
    "n",
    "{",
    "}",
    "[",
    "]",
    "?",
    ":",
    "alt-1",
    "alt-2",
    "alt-0",
    "alt-up",
    "alt-down",
    "alt-shift-down",
    "alt-l",
    "alt-,",
    "alt-.",
    "alt-e",
    "ctrl-k",
    "ctrl-p",
    "ctrl-l",
    "ctrl-c",
    "ctrl-_",
    "alt-_",
    "ctrl-w",
    "ctrl-u",
    "ctrl-a",
    "ctrl-e",
    "ctrl-j",
    "f1",
    "f4",
    "ctrl-d",
    "ñ",
    "é",
    "👩",
    "z",
    "space",
    "ctrl-z",
    "alt-m",
    "ctrl-7",
    "f9",
    "+",
    "f",
    "v",
    "V",
    "n",
    "1",
    "ctrl-n",
    "alt-v",
    "alt-x",
    ":",
    "c",
    "o",
    "r",
    "a",
    "w",
    "d",
    "b",
    "$",
    "0",
    "/",
    ">",
    "ctrl-r",
];

/// A daemon that answers late, or not at all, and keeps what it was given.
#[derive(Default)]
struct Stub {
    waiting: Vec<Effect>,
    drafts: std::collections::HashMap<ChatId, String>,
    stored: Vec<(ChatId, String)>,
    seq: u32,
    /// What the file of this machine holds.
    file: Vec<Kept>,
}

impl Stub {
    fn answer(&mut self, bench: &mut Bench, effect: Effect, lost: bool) {
        let gone = || Problem::new(Code::Unreachable, "nobody answers");
        let answer = match effect {
            Effect::Part(chat, ask) => {
                let messages = (1..=30)
                    .map(|n| message(chat.0, n, Direction::Inbound))
                    .collect();
                let part = Part {
                    messages,
                    older: false,
                    newer: false,
                };
                Answer::Part(chat, ask, if lost { Err(gone()) } else { Ok(part) })
            }
            Effect::Send {
                chat,
                client_id,
                text,
                ..
            } => {
                self.seq += 1;
                let mut sent = message(chat.0, 1000 + self.seq, Direction::Outbound);
                sent.client_id = Some(client_id.clone());
                if lost {
                    Answer::Sent(chat, client_id, Err(gone()))
                } else {
                    self.stored.push((chat, text));
                    Answer::Sent(chat, client_id, Ok(Box::new(sent)))
                }
            }
            Effect::SaveDraft(chat, draft) => {
                if lost {
                    Answer::DraftSaved(chat, Err(gone()))
                } else {
                    self.drafts.insert(chat, draft.text);
                    Answer::DraftSaved(chat, Ok(()))
                }
            }
            Effect::LoadDraft(chat) => {
                let kept = self.drafts.get(&chat).filter(|text| !text.is_empty());
                let draft = kept.map(|text| common::model::chat::Draft {
                    text: text.clone(),
                    reply_to: None,
                    operator: None,
                    updated_at: None,
                });
                Answer::Draft(chat, if lost { Err(gone()) } else { Ok(draft) })
            }
            Effect::KeepDrafts(drafts) => {
                self.file = drafts;
                return;
            }
            Effect::Edit(chat, text) => {
                let result = if lost {
                    Err("exit status: 1".to_owned())
                } else {
                    Ok(text)
                };
                return bench.happen(What::Edited(chat, result));
            }
            Effect::Find(number, phone) => Answer::Found(number, phone, Ok(None)),
            Effect::Copy(text) => Answer::NotCopied(text),
            Effect::Clipboard => Answer::Clipboard(Some("pegado".to_owned())),
            Effect::React { emoji, .. } => {
                Answer::Reacted(emoji, if lost { Err(gone()) } else { Ok(()) })
            }
            _ => return,
        };
        bench.answer(answer);
    }
}

/// Every letter that was typed and is still owed to somebody: in a box, under way, or kept.
fn holds(bench: &Bench, stub: &Stub, chat: ChatId, word: &str) -> bool {
    let in_box = bench.model.composes.get(&chat).is_some_and(|c| {
        c.field.text().contains(word) || c.leaving.iter().any(|l| l.text.contains(word))
    });
    let in_file = |kept: &Kept| kept.chat == chat && kept.text.contains(word);
    in_box
        || stub.file.iter().any(in_file)
        || stub
            .drafts
            .get(&chat)
            .is_some_and(|text| text.contains(word))
        || stub
            .stored
            .iter()
            .any(|(at, text)| *at == chat && text.contains(word))
}

struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn frame(bench: &mut Bench) {
    let settled = bench.model.talk().and_then(|talk| {
        let (first, last) = (talk.oldest()?, talk.newest()?);
        Some((
            talk.chat,
            Settled {
                anchor: Anchor::Newest,
                top: (first, 0),
                first,
                last,
                rows: 20,
                below: 0,
                near_top: true,
                near_bottom: true,
            },
        ))
    });
    let seen = Seen {
        list_rows: 8,
        talk: settled,
        panel_most: 0,
        overlay_rows: 10,
        overlay_lines: 40,
    };
    bench.happen(What::Drawn(seen));
}

/// How many random keys are pressed: `RECADO_RANDOM_KEYS`, or a few of them in every run.
fn wanted() -> usize {
    let told = std::env::var("RECADO_RANDOM_KEYS");
    told.ok().and_then(|n| n.parse().ok()).unwrap_or(20_000)
}

/// A place for the mouse, mostly on a message.
fn spot(dice: &mut Dice) -> Spot {
    let n = u32::try_from(dice.throw(14)).unwrap();
    let at = |n: usize| u16::try_from(n).unwrap();
    let cell = (at(dice.throw(120)), at(dice.throw(36)));
    match dice.throw(6) {
        0 => Spot {
            cell,
            target: Some(Target::Border),
            pane: None,
        },
        1 => Spot {
            cell,
            target: None,
            pane: Some(Pane::List),
        },
        _ => Spot {
            cell,
            target: Some(Target::Message(id(1, n))),
            pane: Some(Pane::Talk),
        },
    }
}

/// A hand on the mouse.
fn gesture(bench: &mut Bench, dice: &mut Dice) {
    let (from, to) = (spot(dice), spot(dice));
    match dice.throw(4) {
        0 => bench.happen(What::Menu(from)),
        1 => bench.happen(What::Drop("palabras".into())),
        _ => bench.happen(What::Drag { from, to }),
    }
}

/// Keys, clicks, a daemon that comes and goes; what was typed may only be taken away by keys that
/// take text away.
#[test]
fn random_keys_never_panic() {
    const ROUND: usize = 2_500;
    for seed in 0..wanted().div_ceil(ROUND) {
        let mut dice = Dice(u64::try_from(seed).unwrap());
        let mut bench = Bench::talking();
        let vim = seed % 3 == 2;
        bench.model.vim = vim.then(Vim::default);
        let mut stub = Stub::default();
        for _ in 0..ROUND {
            match dice.throw(26) {
                0 => bench.lost(),
                1 => bench.up(dice.throw(2) == 0),
                2 => bench.link(LinkMsg::Trying),
                3 => {
                    let row = Target::Row(dice.throw(9));
                    bench.happen(What::Click {
                        target: Some(row),
                        pane: None,
                    });
                }
                4 => {
                    let chat = ChatId(i64::try_from(dice.throw(4)).unwrap() + 1);
                    bench.happen(What::Click {
                        target: Some(Target::Chat(chat)),
                        pane: None,
                    });
                }
                5 => bench.happen(What::Paste("dos\nlíneas".into())),
                6 => bench.happen(What::Resize(
                    20 + u16::try_from(dice.throw(120)).unwrap(),
                    30,
                )),
                7 => {
                    let n = 30 + u32::try_from(dice.throw(200)).unwrap();
                    let chat = i64::try_from(dice.throw(3)).unwrap() + 1;
                    let new = message(chat, n, Direction::Inbound);
                    bench.event(Change::MessageNew(Box::new(new)));
                }
                8 => gesture(&mut bench, &mut dice),
                _ => bench.key(KEYS[dice.throw(KEYS.len())]),
            }
            bench.now += i64::try_from(dice.throw(700)).unwrap();
            bench.happen(What::Wake);
            let over = bench.model.over;
            stub.waiting.extend(bench.take());
            while !stub.waiting.is_empty() && dice.throw(3) > 0 {
                let effect = stub.waiting.remove(0);
                let lost = !bench.model.daemon.is_up() || dice.throw(6) == 0;
                stub.answer(&mut bench, effect, lost);
            }
            if dice.throw(2) == 0 {
                frame(&mut bench);
            }
            if over {
                bench = Bench::talking();
                bench.model.vim = vim.then(Vim::default);
                stub = Stub::default();
            }
        }
    }
}

/// The console is ended, whatever is under way, and begun anew.
fn again(bench: &mut Bench, stub: &mut Stub) {
    bench.happen(What::Terminate);
    bench.pass(3_000);
    assert!(bench.model.over, "it waits no longer than it may");
    for effect in bench.take() {
        if matches!(effect, Effect::KeepDrafts(_)) {
            stub.answer(bench, effect, false);
        }
    }
    // What was on its way never arrives.
    stub.waiting.clear();
    let now = bench.now;
    *bench = Bench::bare();
    bench.now = now;
    keep::restore(&mut bench.model, stub.file.clone());
    bench.up(false);
    for n in 1..=3 {
        bench.event(Change::ChatUpdated(Box::new(chat(n, 1, 40 - n))));
    }
    bench.happen(What::Click {
        target: Some(Target::Chat(ChatId(1))),
        pane: None,
    });
}

/// A step that takes no word away: moving about, looking at something and coming back, another size, somebody who writes.
fn stroll(bench: &mut Bench, dice: &mut Dice) {
    match dice.throw(5) {
        0 => bench.key(["home", "end", "pageup", "pagedown"][dice.throw(4)]),
        1 => {
            bench.key(["f1", "f3", "ctrl-k", "ctrl-p", "ctrl-f"][dice.throw(5)]);
            bench.key("esc");
        }
        2 => bench.happen(What::Resize(
            20 + u16::try_from(dice.throw(120)).unwrap(),
            6 + u16::try_from(dice.throw(40)).unwrap(),
        )),
        3 => {
            let n = 30 + u32::try_from(dice.throw(200)).unwrap();
            let chat = i64::try_from(dice.throw(3)).unwrap() + 1;
            let new = message(chat, n, Direction::Inbound);
            bench.event(Change::MessageNew(Box::new(new)));
        }
        _ => frame(bench),
    }
}

/// Words typed into boxes, sent, left, lost and found again: each is always somewhere.
#[test]
fn random_keys_never_lose_a_word() {
    for seed in 0..u64::try_from(wanted() / 333).unwrap() {
        let mut dice = Dice(1000 + seed);
        let mut bench = Bench::talking();
        let mut stub = Stub::default();
        let mut words: Vec<(ChatId, String)> = Vec::new();
        for n in 0..150 {
            match dice.throw(14) {
                0 => bench.lost(),
                1 => bench.up(dice.throw(2) == 0),
                8..=11 => stroll(&mut bench, &mut dice),
                2 => bench.key("enter"),
                3 => bench.key("alt-down"),
                4 => bench.key("alt-up"),
                5 => bench.key("esc"),
                6 => bench.key("ctrl-j"),
                7 if dice.throw(4) == 0 => again(&mut bench, &mut stub),
                _ => {
                    bench.model.focus.pane = Pane::Compose;
                    let word = format!("w{n:03}x");
                    bench.type_(&word);
                    bench.type_(" ");
                    words.push((bench.model.open_id().unwrap(), word));
                }
            }
            bench.now += i64::try_from(dice.throw(900)).unwrap();
            bench.happen(What::Wake);
            for effect in bench.take() {
                // A file is written at once, not when somebody answers.
                match effect {
                    Effect::KeepDrafts(drafts) => stub.file = drafts,
                    other => stub.waiting.push(other),
                }
            }
            while !stub.waiting.is_empty() && dice.throw(3) > 0 {
                let effect = stub.waiting.remove(0);
                let lost = !bench.model.daemon.is_up() || dice.throw(6) == 0;
                stub.answer(&mut bench, effect, lost);
            }
            for (chat, word) in &words {
                assert!(
                    holds(&bench, &stub, *chat, word),
                    "seed {seed}, step {n}: {word} is gone"
                );
            }
        }
    }
}

proptest! {
    /// Events in any order, any of them twice, end in the same state.
    #[test]
    fn any_order_of_events_ends_the_same(
        order in Just((0..24usize).collect::<Vec<_>>()).prop_shuffle(),
        again in prop::collection::vec(0..24usize, 0..12),
    ) {
        let statuses = [Status::Queued, Status::Sent, Status::Delivered, Status::Read];
        let events: Vec<Event> = (0..24u32)
            .map(|n| {
                let at = i64::from(n);
                let change = match n % 4 {
                    0 => {
                        let mut row = chat(1 + at % 3, 1, 40 + at);
                        (row.unread, row.revision) = (n, 10 + at);
                        row.customer.name = Some(format!("Name {n}"));
                        Change::ChatUpdated(Box::new(row))
                    }
                    1 => {
                        let mut customer = chat(1 + at % 3, 1, 0).customer;
                        customer.name = Some(format!("Other {n}"));
                        Change::CustomerUpdated(Box::new(customer))
                    }
                    _ => {
                        let mut sent = message(1, 20 + n % 6, Direction::Outbound);
                        sent.status = statuses[n as usize % 4];
                        sent.revision = 10 + at;
                        Change::MessageUpdated(Box::new(sent))
                    }
                };
                Event { seq: Seq(200 + at), change }
            })
            .collect();
        let run = |order: &mut dyn Iterator<Item = usize>| {
            let mut bench = Bench::talking();
            for at in order {
                bench.link(LinkMsg::Event(Box::new(events[at].clone())));
            }
            let chats: Vec<_> = bench.model.chats.iter().cloned().collect();
            let rows = bench.model.chats.rows().to_vec();
            (chats, rows, bench.model.talk().unwrap().messages().to_vec())
        };
        let straight = run(&mut (0..24));
        let mixed = run(&mut order.into_iter().chain(again));
        prop_assert_eq!(straight, mixed);
    }

    /// A page and the events that overtake it end in the same conversation.
    #[test]
    fn a_page_and_events_meet_in_any_order(cut in 0..40u32, early in 0..40u32) {
        let all: Vec<_> = (1..=40).map(|n| message(1, n, Direction::Inbound)).collect();
        let mut bench = Bench::connected();
        bench.key("enter");
        let early = early.min(cut);
        for one in &all[early as usize..] {
            bench.event(Change::MessageNew(Box::new(one.clone())));
        }
        let messages = all[..cut as usize].to_vec();
        let part = Part { messages, older: false, newer: false };
        bench.answer(Answer::Part(ChatId(1), TalkAsk::Newest, Ok(part)));
        let ids: Vec<_> = bench.model.talk().unwrap().messages().iter().map(|m| m.id).collect();
        prop_assert_eq!(ids, (1..=40).map(|n| id(1, n)).collect::<Vec<_>>());
    }
}
