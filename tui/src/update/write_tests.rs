//! Writing, reacting, forwarding, new chats, the mouse and kept drafts, told by what a person does and sees.

use common::id::ChatId;
use common::model::chat::Draft;
use common::model::message::{Direction, ReactionMark};
use common::phone::Phone;
use config::tui::{Preset, Tui};

use crate::action::{Action, Context};
use crate::effect::{Effect, Kept};
use crate::hit::{Pane, Spot, Target};
use crate::keymap::Keymap;
use crate::model::compose::Found;
use crate::model::overlay::{Overlay, Search};
use crate::msg::{Answer, Copied, What};
use crate::part::field::vim::Vim;
use crate::update::fixture::{Bench, chat, id, message, number, stamp};
use crate::update::keep;

fn copies(effects: &[Effect]) -> Vec<String> {
    let text = |effect: &Effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    };
    effects.iter().filter_map(text).collect()
}

fn kept(effects: &[Effect]) -> Vec<Vec<Kept>> {
    let drafts = |effect: &Effect| match effect {
        Effect::KeepDrafts(drafts) => Some(drafts.clone()),
        _ => None,
    };
    effects.iter().filter_map(drafts).collect()
}

fn spot(cell: (u16, u16), message: u32) -> Spot {
    Spot {
        cell,
        target: Some(Target::Message(id(1, message))),
        pane: Some(Pane::Talk),
    }
}

fn emoji(found: &Found) -> &'static str {
    let Found::Emoji(named) = found else {
        panic!("an emoji")
    };
    named.emoji
}

#[test]
fn emoji_come_by_their_names() {
    let mut bench = Bench::talking();
    bench.type_("gracias :cora");
    let offered = bench.model.compose().unwrap().complete.clone().unwrap();
    assert_eq!(emoji(&offered.found[0]), "❤️");
    bench.key("tab");
    assert_eq!(bench.text(), "gracias ❤️");
    assert_eq!(bench.model.focus.pane, Pane::Compose);
    bench.key("ctrl-_");
    assert_eq!(bench.text(), "gracias :cora");
    bench.type_("zón:");
    assert_eq!(bench.text(), "gracias ❤️");
    bench.type_(" son las 10:30 y http://x :ta");
    assert!(bench.model.compose().unwrap().complete.is_some());
    bench.key("esc");
    assert!(bench.model.compose().unwrap().complete.is_none());
    assert_eq!(bench.model.focus.pane, Pane::Compose);
    bench.take();
    bench.key("enter");
    assert!(
        bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Send { .. }))
    );
}

#[test]
fn enter_sends_unless_an_emoji_was_moved_to() {
    let mut bench = Bench::talking();
    bench.type_(":thumbs");
    let second = bench
        .model
        .compose()
        .unwrap()
        .complete
        .clone()
        .unwrap()
        .found[1]
        .clone();
    bench.key("down enter");
    assert_eq!(bench.text(), emoji(&second));
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Send { .. }))
    );
}

#[test]
fn a_paste_is_one_edit() {
    let mut bench = Bench::talking();
    bench.type_("antes ");
    bench.happen(What::Paste("uno\r\ndos :heart:".into()));
    assert_eq!(bench.text(), "antes uno\ndos :heart:");
    bench.key("ctrl-_");
    assert_eq!(bench.text(), "antes ");
}

#[test]
fn the_editor_gets_the_words_and_gives_them_back() {
    let mut bench = Bench::talking();
    bench.type_("hola");
    bench.take();
    bench.key("alt-e");
    assert!(
        bench
            .take()
            .contains(&Effect::Edit(ChatId(1), "hola".into()))
    );
    bench.key("alt-down");
    bench.happen(What::Edited(ChatId(1), Ok("hola\n\nmundo\n".into())));
    let text = bench.model.composes[&ChatId(1)].field.text();
    assert_eq!(text, "hola\n\nmundo");
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Send { .. }))
    );
    bench.happen(What::Edited(ChatId(1), Err("exit status: 1".into())));
    assert!(bench.toasts().contains(&"toast-editor-failed"));
}

#[test]
fn a_reaction_goes_out_and_comes_off() {
    let mut bench = Bench::talking();
    bench.key("up +");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::React(_))
    ));
    bench.take();
    bench.key("2");
    let sent = |effects: Vec<Effect>| {
        effects.into_iter().find_map(|effect| match effect {
            Effect::React { message, emoji, .. } => Some((message, emoji)),
            _ => None,
        })
    };
    assert_eq!(sent(bench.take()), Some((id(1, 10), Some("❤️".into()))));
    let mut reacted = message(1, 10, Direction::Inbound);
    reacted.revision = 2;
    reacted.reactions = vec![ReactionMark {
        emoji: "❤️".into(),
        from: "me".into(),
        at: stamp(20),
    }];
    bench.event(common::api::event::Change::MessageUpdated(Box::new(
        reacted,
    )));
    bench.take();
    bench.key("+ enter");
    assert_eq!(sent(bench.take()), Some((id(1, 10), None)));
    bench.lost();
    bench.key("+");
    assert!(bench.toasts().contains(&"toast-react-offline"));
}

#[test]
fn several_messages_are_copied_and_it_is_said_how() {
    let mut bench = Bench::talking();
    bench.key("up v k k");
    bench.take();
    bench.key("y");
    assert_eq!(copies(&bench.take()), ["message 8\nmessage 9\nmessage 10"]);
    bench.key("v k esc Y");
    let copied = copies(&bench.take());
    assert!(copied[0].ends_with("Customer 1: message 7"), "{copied:?}");
    bench.answer(Answer::Copied(Copied::Program("tmux")));
    assert!(bench.toasts().contains(&"toast-copied-program"));
    bench.answer(Answer::NotCopied("x".into()));
    assert!(bench.take().contains(&Effect::CopyByTerminal("x".into())));
}

#[test]
fn a_part_of_a_message_is_copied_by_words() {
    let mut bench = Bench::talking();
    bench.key("up v v");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Part(_))
    ));
    bench.take();
    bench.key("right y");
    assert_eq!(copies(&bench.take()), ["10"]);
    bench.key("V v l enter");
    assert_eq!(copies(&bench.take()), ["message 10"]);
}

#[test]
fn forwarded_words_wait_in_the_other_box() {
    let mut bench = Bench::talking();
    bench.key("up v k f");
    bench.type_("Customer 2");
    bench.take();
    bench.key("enter");
    assert_eq!(bench.model.open_id(), Some(ChatId(2)));
    assert_eq!(bench.text(), "message 9\nmessage 10");
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::Send { .. }))
    );
}

#[test]
fn a_new_chat_is_found_or_told_what_it_needs() {
    let mut bench = Bench::connected();
    bench.key("n");
    bench.type_("51 987 654 321");
    bench.take();
    bench.key("enter");
    let phone = Phone::parse("+51987654321").unwrap();
    let number = number(1).id;
    assert_eq!(bench.take(), [Effect::Find(number, phone.clone())]);
    bench.answer(Answer::Found(number, phone.clone(), Ok(None)));
    let Some(Overlay::NewChat(new)) = bench.model.focus.overlay() else {
        panic!("it stays")
    };
    assert_eq!(new.search, Search::Nobody);
    bench.key("tab enter");
    let other = crate::update::fixture::number(2).id;
    assert_eq!(bench.take(), [Effect::Find(other, phone.clone())]);
    let found = Box::new(chat(9, 2, 5));
    bench.answer(Answer::Found(other, phone, Ok(Some(found))));
    assert_eq!(bench.model.open_id(), Some(ChatId(9)));
    bench.lost();
    bench.key("ctrl-n");
    bench.type_("34 612 345 678");
    bench.key("enter");
    let Some(Overlay::NewChat(new)) = bench.model.focus.overlay() else {
        panic!("it stays")
    };
    assert_eq!(new.search, Search::Offline);
}

#[test]
fn what_the_daemon_cannot_take_is_held_here_until_it_can() {
    let mut bench = Bench::talking();
    bench.lost();
    bench.type_("no te pierdas");
    bench.pass(600);
    let held = kept(&bench.take());
    assert_eq!(held.len(), 1);
    assert_eq!(held[0][0].text, "no te pierdas");
    bench.up(true);
    assert!(kept(&bench.take()).is_empty());
    bench.answer(Answer::DraftSaved(ChatId(1), Ok(())));
    assert_eq!(kept(&bench.take()), [Vec::new()]);
}

#[test]
fn a_terminated_console_leaves_its_words_at_once() {
    let mut bench = Bench::talking();
    bench.lost();
    bench.type_("hola");
    bench.take();
    bench.happen(What::Terminate);
    assert_eq!(kept(&bench.take())[0][0].text, "hola");
    assert!(bench.model.over);
}

#[test]
fn held_words_come_back_and_meet_the_daemons_draft() {
    let mut bench = Bench::bare();
    let draft = Kept {
        chat: ChatId(1),
        text: "de antes".into(),
        reply_to: None,
    };
    keep::restore(&mut bench.model, vec![draft]);
    bench.up(false);
    assert!(bench.take().contains(&Effect::LoadDraft(ChatId(1))));
    let theirs = Draft {
        text: "de otra mesa".into(),
        reply_to: None,
        operator: None,
        updated_at: None,
    };
    bench.answer(Answer::Draft(ChatId(1), Ok(Some(theirs))));
    assert_eq!(
        bench.model.composes[&ChatId(1)].field.text(),
        "de otra mesa\nde antes"
    );
    bench.pass(600);
    assert!(
        bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::SaveDraft(..)))
    );
    bench.answer(Answer::DraftSaved(ChatId(1), Ok(())));
    assert_eq!(kept(&bench.take()), [Vec::new()]);
}

#[test]
fn drawing_over_messages_copies_them() {
    let mut bench = Bench::talking();
    let (from, to) = (spot((40, 10), 5), spot((42, 14), 7));
    bench.happen(What::Drag { from, to });
    bench.take();
    bench.happen(What::Drop(String::new()));
    assert_eq!(copies(&bench.take()), ["message 5\nmessage 6\nmessage 7"]);
    let (from, to) = (spot((40, 10), 5), spot((44, 10), 5));
    bench.happen(What::Drag { from, to });
    bench.happen(What::Drop("message".into()));
    assert_eq!(copies(&bench.take()), ["message"]);
    assert!(bench.model.talk().unwrap().mark.is_none());
}

#[test]
fn the_border_goes_along_and_is_remembered() {
    let mut bench = Bench::talking();
    let at = |x| Spot {
        cell: (x, 9),
        target: Some(Target::Border),
        pane: None,
    };
    bench.happen(What::Drag {
        from: at(34),
        to: at(45),
    });
    assert_eq!(bench.model.list_width, Some(45));
    bench.take();
    bench.happen(What::Drop(String::new()));
    let width = |e: &Effect| {
        matches!(
            e,
            Effect::KeepDesk {
                list_width: Some(45),
                ..
            }
        )
    };
    assert!(bench.take().iter().any(width));
}

#[test]
fn the_other_button_offers_what_can_be_done_there() {
    let mut bench = Bench::talking();
    bench.happen(What::Menu(spot((40, 10), 4)));
    let Some(Overlay::Palette(pick)) = bench.model.focus.overlay() else {
        panic!("the palette")
    };
    let all: Vec<Action> = (0..pick.list.len())
        .filter_map(|n| pick.list.entry(n).map(|(action, _)| *action))
        .collect();
    assert!(all.contains(&Action::React) && !all.contains(&Action::Quit));
    assert_eq!(bench.model.talk().unwrap().cursor, Some(id(1, 4)));
}

#[test]
fn a_link_is_shown_before_it_is_opened() {
    let mut bench = Bench::talking();
    let link = "https://example.com/pago".to_owned();
    bench.happen(What::Click {
        target: Some(Target::Link(link.clone())),
        pane: Some(Pane::Talk),
    });
    assert!(
        !bench
            .take()
            .iter()
            .any(|e| matches!(e, Effect::OpenLink(_)))
    );
    bench.key("enter");
    assert!(bench.take().contains(&Effect::OpenLink(link)));
}

#[test]
fn help_is_searched_and_turned() {
    let mut bench = Bench::talking();
    bench.key("f1 tab");
    let Some(Overlay::Help(help)) = bench.model.focus.overlay() else {
        panic!("help")
    };
    assert_eq!(help.context, Context::List);
    bench.type_("/mudo");
    let Some(Overlay::Help(help)) = bench.model.focus.overlay() else {
        panic!("help")
    };
    assert_eq!(help.find.as_ref().unwrap().text(), "mudo");
    bench.key("esc esc");
    assert!(bench.model.focus.overlay().is_none());
}

#[test]
fn the_switcher_becomes_the_palette_and_keeps_the_words() {
    let mut bench = Bench::talking();
    bench.key("ctrl-k");
    bench.happen(What::Paste(">reac".into()));
    let Some(Overlay::Palette(pick)) = bench.model.focus.overlay() else {
        panic!("the palette")
    };
    assert_eq!(pick.list.selected(), Some(&Action::React));
}

#[test]
fn every_deed_is_in_the_palette() {
    let mut bench = Bench::talking();
    bench.key("ctrl-p");
    let Some(Overlay::Palette(pick)) = bench.model.focus.overlay() else {
        panic!("the palette")
    };
    let told = Action::ALL.iter().filter(|a| a.is_told()).count();
    assert_eq!(pick.list.len(), told);
    assert!(told + 3 >= Action::ALL.len());
}

#[test]
fn escape_leaves_inserting_then_the_box() {
    let mut bench = Bench::talking();
    bench.model.settings = Tui::default();
    bench.model.keymap = Keymap::new(Preset::Vim, &[]).unwrap();
    bench.model.vim = Some(Vim::default());
    bench.type_("hola mundo");
    bench.key("esc");
    assert_eq!(bench.model.focus.pane, Pane::Compose);
    bench.type_("bdw");
    assert_eq!(bench.text(), "hola ");
    bench.key(":");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Palette(_))
    ));
    bench.key("esc esc");
    assert_eq!(bench.model.focus.pane, Pane::List);
}
