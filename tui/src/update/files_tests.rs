//! Files, templates, saved replies and choices, as an operator meets them: keys in, effects out.

use std::path::PathBuf;
use std::sync::Arc;

use common::api::event::{Change, MediaOffered, MediaProgress};
use common::api::messages::Outgoing;
use common::api::problem::{Code, Problem};
use common::api::templates::{Proposal, Proposed, Source as From_};
use common::file::facts::{Facts, Format};
use common::file::kind::FileKind;
use common::id::{ChatId, MediaId, OrgId, ReplyId};
use common::model::content::{Content, File};
use common::model::media::{Media, MediaState};
use common::model::message::{Direction, Message};
use common::model::reply::Reply;
use common::model::template::Template;
use common::time::Stamp;
use image::DynamicImage;
use serde_json::json;

use crate::effect::Effect;
use crate::file::{Entry, FileDeed, FileNews, From, Looked, Unsaved};
use crate::hit::{Pane, Sight, Source, Target};
use crate::model::overlay::Overlay;
use crate::msg::{Answer, Shown, What};
use crate::part::picture::{Means, Picture};
use crate::saved::{SavedDeed, SavedNews};
use crate::update::fixture::{Bench, id, message};

fn deeds(bench: &mut Bench) -> Vec<FileDeed> {
    let all = bench.take().into_iter();
    all.filter_map(|effect| match effect {
        Effect::File(deed) => Some(deed),
        _ => None,
    })
    .collect()
}

fn saved(bench: &mut Bench) -> Vec<SavedDeed> {
    let all = bench.take().into_iter();
    all.filter_map(|effect| match effect {
        Effect::Saved(deed) => Some(deed),
        _ => None,
    })
    .collect()
}

fn path(name: &str) -> PathBuf {
    PathBuf::from("/home/lia").join(name)
}

fn listed(bench: &mut Bench, names: &[&str]) {
    let entry = |name: &str, folder| Entry {
        path: path(name),
        name: name.to_owned(),
        folder,
        recent: false,
        bytes: 1000,
    };
    let mut entries = vec![entry("..", true)];
    entries.extend(names.iter().map(|name| entry(name, false)));
    bench.answer(Answer::File(FileNews::Listed {
        folder: "/home/lia".into(),
        shown: "~/".to_owned(),
        entries: Ok(entries),
        clipboard: false,
    }));
}

fn looked(bench: &mut Bench, name: &str, format: Format, bytes: u64) {
    let mut facts = Facts::bare(format, bytes);
    (facts.width, facts.height, facts.depth) = (Some(100), Some(100), Some(8));
    let looked = Looked::Facts(Box::new(facts));
    bench.answer(Answer::File(FileNews::Looked(path(name), looked)));
}

fn sendings(bench: &mut Bench) -> Vec<(From, FileKind, String)> {
    let all = deeds(bench).into_iter();
    all.filter_map(|deed| match deed {
        FileDeed::Send(sending) => Some((sending.from, sending.kind, sending.caption)),
        _ => None,
    })
    .collect()
}

fn with_file(n: u32, content: Content, state: MediaState) -> Message {
    let mut one = message(1, n, Direction::Inbound);
    one.content = content;
    one.text = None;
    let mut media = Media::new(MediaId(i64::from(n)), state);
    media.mime = Some("image/jpeg".to_owned());
    media.filename = Some("cake.jpg".to_owned());
    one.media = Some(media);
    one
}

fn talking_with(message: Message) -> Bench {
    let mut bench = Bench::talking();
    let at = message.id;
    bench.event(Change::MessageNew(Box::new(message)));
    bench.key("esc");
    bench.model.focus.pane = Pane::Talk;
    bench.model.talks.open_mut().unwrap().cursor = Some(at);
    bench.take();
    bench
}

#[test]
fn files_are_ticked_named_and_sent_in_their_order() {
    let mut bench = Bench::talking();
    bench.key("ctrl-o");
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::List { .. }]));
    listed(&mut bench, &["a.jpg", "b.pdf"]);
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::Look(one)] if *one == path("a.jpg")));
    looked(&mut bench, "a.jpg", Format::Jpeg, 1000);
    bench.key("tab");
    bench.type_("The drawing ");
    bench.key("tab");
    bench.key("down");
    looked(&mut bench, "b.pdf", Format::Pdf, 1000);
    bench.type_(" ");
    bench.take();
    bench.key("enter");
    assert!(bench.model.focus.overlays.is_empty());
    assert_eq!(
        sendings(&mut bench),
        [
            (
                From::Path(path("a.jpg")),
                FileKind::Image,
                "The drawing".to_owned()
            ),
            (From::Path(path("b.pdf")), FileKind::Document, String::new()),
        ]
    );
    let leaving = &bench.model.compose().unwrap().leaving;
    assert_eq!(leaving.len(), 2);
    let client_id = leaving[0].client_id.clone();
    bench.answer(Answer::File(FileNews::Gone(
        ChatId(1),
        client_id.clone(),
        400,
        1000,
    )));
    let moved = bench.model.compose().unwrap().leaving[0]
        .file
        .as_ref()
        .unwrap()
        .moved;
    assert_eq!(moved, Some((400, 1000)));
    // The daemon is gone: the file is ticked again when the picker opens next, words and all.
    let gone = Problem::new(Code::Unreachable, "nobody answers");
    bench.answer(Answer::Sent(ChatId(1), client_id, Err(gone)));
    assert_eq!(bench.toasts(), ["toast-file-not-sent"]);
    assert_eq!(bench.text(), "");
    bench.key("ctrl-o");
    let Some(Overlay::Attach(attach)) = bench.model.focus.overlay() else {
        panic!("the picker")
    };
    assert_eq!(attach.chosen[0].caption, "The drawing ");
}

#[test]
fn what_whatsapp_would_refuse_does_not_leave() {
    let mut bench = Bench::talking();
    bench.key("ctrl-o");
    listed(&mut bench, &["film.mp4"]);
    bench.take();
    bench.key("enter");
    let refusal = |bench: &Bench| match bench.model.focus.overlay() {
        Some(Overlay::Attach(attach)) => attach.refusal.clone().map(|say| say.word),
        _ => None,
    };
    assert_eq!(refusal(&bench), Some("attach-looking"));
    let mut facts = Facts::bare(Format::Mp4, 18 << 20);
    facts.video = Some("H.264".to_owned());
    let facts = Looked::Facts(Box::new(facts));
    bench.answer(Answer::File(FileNews::Looked(path("film.mp4"), facts)));
    bench.key("enter");
    assert_eq!(refusal(&bench), Some("unfit-too-large"));
    assert!(sendings(&mut bench).is_empty());
    bench.key("alt-d enter");
    assert_eq!(sendings(&mut bench).len(), 1);
}

#[test]
fn letters_filter_a_typed_path_goes_there_and_a_stroke_left_goes_up() {
    let mut bench = Bench::talking();
    bench.key("ctrl-o");
    listed(&mut bench, &["cake.jpg", "menu.pdf"]);
    bench.take();
    bench.type_("men");
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::Look(one)] if *one == path("menu.pdf")));
    bench.key("backspace backspace backspace left");
    let up = deeds(&mut bench);
    assert!(
        up.iter().any(
            |deed| matches!(deed, FileDeed::List { folder, .. } if folder.as_os_str() == "/home")
        ),
        "{up:?}"
    );
    bench.type_("/tmp");
    bench.key("enter");
    let went = deeds(&mut bench);
    assert!(
        matches!(went.last(), Some(FileDeed::List { folder, .. }) if folder.as_os_str() == "/tmp"),
        "{went:?}"
    );
    bench.key("alt-h");
    assert!(matches!(
        &deeds(&mut bench)[..],
        [FileDeed::List { hidden: true, .. }]
    ));
    bench.key("esc");
    assert!(bench.model.focus.overlays.is_empty());
}

#[test]
fn a_dropped_file_is_offered_and_words_stay_words() {
    let mut bench = Bench::talking();
    bench.happen(What::Paste("'/home/lia/torta fría.jpg'".to_owned()));
    let asked = deeds(&mut bench);
    let [FileDeed::Dropped { text, paths }] = &asked[..] else {
        panic!("{asked:?}")
    };
    assert_eq!(paths[0], "/home/lia/torta fría.jpg");
    assert_eq!(bench.text(), "");
    bench.answer(Answer::File(FileNews::Dropped(text.clone(), Vec::new())));
    assert_eq!(bench.text(), "'/home/lia/torta fría.jpg'");
    bench.answer(Answer::File(FileNews::Dropped(
        text.clone(),
        vec![path("torta fría.jpg")],
    )));
    let Some(Overlay::Attach(attach)) = bench.model.focus.overlay() else {
        panic!("the picker")
    };
    assert_eq!(attach.chosen.len(), 1);
    bench.key("esc");
    bench.take();
    bench.happen(What::Paste("hola / adiós".to_owned()));
    assert!(deeds(&mut bench).is_empty() && bench.text().ends_with("hola / adiós"));
}

#[test]
fn a_file_of_another_shell_is_sent_after_a_yes_and_only_to_its_operator() {
    let mut bench = Bench::talking();
    let mut media = Media::new(MediaId(9), MediaState::Ready);
    media.kind = Some(FileKind::Document);
    media.filename = Some("menu.pdf".to_owned());
    let offer = |operator: &str| {
        Change::MediaOffered(Box::new(MediaOffered {
            media: media.clone(),
            operator: operator.to_owned(),
            revision: 1,
        }))
    };
    bench.event(offer("Ana"));
    assert!(bench.model.focus.overlays.is_empty());
    bench.event(offer("Lia"));
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Confirm(_))
    ));
    bench.key("enter");
    assert_eq!(
        sendings(&mut bench),
        [(From::Media(MediaId(9)), FileKind::Document, String::new())]
    );
}

#[test]
fn a_file_is_opened_saved_fetched_and_played_from_its_message() {
    let photo = Content::Image(File::default());
    let mut bench = talking_with(with_file(30, photo, MediaState::Ready));
    bench.key("o");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Confirm(_))
    ));
    bench.key("enter");
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::Open { name, .. }] if name == "cake.jpg"));
    bench.key("s");
    let asked = deeds(&mut bench);
    let [FileDeed::Propose { media, .. }] = &asked[..] else {
        panic!("{asked:?}")
    };
    bench.answer(Answer::File(FileNews::Proposed(
        *media,
        "~/cake.jpg".to_owned(),
    )));
    bench.key("enter");
    let [FileDeed::Save { path, .. }] = &deeds(&mut bench)[..] else {
        panic!("a save")
    };
    assert_eq!(path, "~/cake.jpg");
    // Somebody was quicker: the next free name is proposed, and nothing was overwritten.
    let taken = Unsaved::Taken("~/cake (2).jpg".to_owned());
    bench.answer(Answer::File(FileNews::Saved(*media, Err(taken))));
    bench.key("enter");
    assert!(
        matches!(&deeds(&mut bench)[..], [FileDeed::Save { path, .. }] if path == "~/cake (2).jpg")
    );
    bench.key("space");
    assert_eq!(bench.toasts().last(), Some(&"toast-no-sound"));
}

#[test]
fn a_sound_plays_and_stops_and_without_a_player_it_is_offered_for_saving() {
    let voice = Content::Voice(File::default());
    let mut bench = talking_with(with_file(30, voice, MediaState::Ready));
    bench.key("space");
    assert_eq!(bench.toasts(), ["toast-no-player"]);
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::Propose { .. }]));
    bench.model.settings.media.player = vec!["mpv".to_owned(), "--no-video".to_owned()];
    bench.key("space");
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::Play { player, .. }] if player.len() == 2));
    assert_eq!(bench.model.playing, Some(id(1, 30)));
    bench.key("space");
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::Stop]));
    bench.answer(Answer::File(FileNews::Played(id(1, 30), Ok(()))));
    assert_eq!(bench.model.playing, None);
}

#[test]
fn what_is_not_here_says_so_with_the_key_that_fetches_it() {
    let film = Content::Video(File::default());
    let mut bench = talking_with(with_file(30, film, MediaState::Failed));
    bench.key("o");
    assert_eq!(bench.toasts(), ["toast-file-failed"]);
    bench.key("d");
    assert!(matches!(
        &deeds(&mut bench)[..],
        [FileDeed::Fetch(MediaId(30))]
    ));
    let told = MediaProgress {
        media_id: MediaId(30),
        message_id: Some(id(1, 30)),
        done: 5,
        total: Some(10),
        revision: 1,
    };
    bench.event(Change::MediaProgress(Box::new(told.clone())));
    let progress = |bench: &Bench| {
        let talk = bench.model.talk().unwrap();
        talk.get(id(1, 30))
            .unwrap()
            .media
            .as_ref()
            .unwrap()
            .progress
    };
    assert_eq!(progress(&bench).map(|p| p.done), Some(5));
    let over = MediaProgress { done: 10, ..told };
    bench.event(Change::MediaProgress(Box::new(over)));
    assert_eq!(progress(&bench), None);
}

#[test]
fn enter_and_a_click_make_a_picture_large_and_elsewhere_enter_answers() {
    let photo = Content::Image(File::default());
    let mut bench = talking_with(with_file(30, photo, MediaState::Ready));
    bench.key("enter");
    assert_eq!(bench.model.compose().unwrap().quote, Some(id(1, 30)));
    bench.key("esc");
    bench.happen(What::Means(Some(Means::blocks(true))));
    bench.model.focus.pane = Pane::Talk;
    bench.key("enter");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Picture(_))
    ));
    bench.key("esc");
    bench.happen(What::Click {
        target: Some(Target::Picture(id(1, 30))),
        pane: Some(Pane::Talk),
    });
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Picture(_))
    ));
}

#[test]
fn pictures_are_asked_for_when_in_sight_and_late_ones_of_before_are_not_taken() {
    let mut bench = Bench::talking();
    let means = Means::blocks(true);
    bench.happen(What::Means(Some(means)));
    bench.take();
    let sight = Sight {
        source: Source::Media(MediaId(30)),
        most: (20, 6),
    };
    bench.happen(What::InSight(vec![sight.clone()]));
    bench.happen(What::InSight(vec![sight.clone()]));
    let asked = bench.take();
    let [Effect::Picture(_, _, round)] = asked[..] else {
        panic!("{asked:?}")
    };
    let shown = || {
        let picture = Picture::new(&DynamicImage::new_rgb8(40, 40), (4, 2), means, 1).unwrap();
        Shown {
            picture: Arc::new(picture),
            pixels: (40, 40),
        }
    };
    bench.happen(What::Resize(100, 30));
    bench.answer(Answer::Picture(sight.clone(), round, Ok(shown())));
    assert!(bench.model.pictures.get(&sight).is_none());
    bench.happen(What::InSight(vec![sight.clone()]));
    bench.answer(Answer::Picture(sight.clone(), round + 1, Ok(shown())));
    assert!(bench.model.pictures.get(&sight).is_some());
}

fn template(id: i64, name: &str, status: &str) -> Template {
    serde_json::from_value(json!({
        "id": id, "meta_id": null, "waba_id": "102290129340398", "org_id": 1, "name": name,
        "language": "es", "category": "utility", "status": status, "quality": null,
        "parameter_format": "positional", "last_synced_at": null, "revision": 1,
        "components": [
            {"type": "BODY", "text": "Hola {{1}}, tu pedido {{2}} está listo para recoger."},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Voy"}]}
        ]
    }))
    .unwrap()
}

#[test]
fn a_template_is_filled_in_checked_and_sent_and_is_there_again_if_it_was_not() {
    let mut bench = Bench::talking();
    bench.key("ctrl-t");
    let number = match &saved(&mut bench)[..] {
        [SavedDeed::Templates(number)] => *number,
        other => panic!("{other:?}"),
    };
    let all = vec![
        template(1, "pausada", "paused"),
        template(2, "pedido_listo", "approved"),
    ];
    bench.answer(Answer::Saved(SavedNews::Templates(number, Ok(all))));
    let asked = saved(&mut bench);
    let [SavedDeed::Proposal(first, _)] = asked[..] else {
        panic!("{asked:?}")
    };
    let mut proposal = Proposal::default();
    let value = Proposed {
        value: "Customer".to_owned(),
        source: From_::Customer,
    };
    proposal.values.insert("1".to_owned(), value);
    bench.answer(Answer::Saved(SavedNews::Proposal(first, Ok(proposal))));
    bench.key("enter enter");
    assert!(saved(&mut bench).is_empty(), "the second value is missing");
    bench.type_("4471");
    bench.key("enter");
    let sent = saved(&mut bench);
    let [
        SavedDeed::Send {
            content, client_id, ..
        },
    ] = &sent[..]
    else {
        panic!("{sent:?}")
    };
    let Outgoing::Template { name, params, .. } = &**content else {
        panic!("a template")
    };
    assert_eq!(
        (name.as_str(), params["1"].as_str(), params["2"].as_str()),
        ("pedido_listo", "Customer", "4471")
    );
    assert!(
        bench.model.compose().unwrap().leaving[0]
            .text
            .contains("4471")
    );
    let gone = Problem::new(Code::Unreachable, "nobody answers");
    bench.answer(Answer::Sent(ChatId(1), client_id.clone(), Err(gone)));
    assert_eq!(
        (bench.text().as_str(), bench.toasts()),
        ("", vec!["toast-template-not-sent"])
    );
    bench.key("ctrl-t");
    let Some(Overlay::Template(picker)) = bench.model.focus.overlay() else {
        panic!("the picker")
    };
    assert_eq!(picker.form.as_ref().unwrap().values()["2"], "4471");
}

#[test]
fn what_meta_decides_shows_in_an_open_picker_and_what_is_filled_in_stays() {
    let mut bench = Bench::talking();
    let mut number = bench.model.numbers.iter().next().unwrap().clone();
    number.waba_id = Some("102290129340398".into());
    number.revision += 1;
    let id = number.id;
    bench.event(Change::NumberUpdated(Box::new(number)));
    bench.key("ctrl-t");
    let all = vec![
        template(1, "aviso", "pending"),
        template(2, "pedido_listo", "approved"),
    ];
    bench.answer(Answer::Saved(SavedNews::Templates(id, Ok(all))));
    let picker = |bench: &Bench| match bench.model.focus.overlay() {
        Some(Overlay::Template(picker)) => {
            let here = picker.pick.list.selected().map(|t| t.name.clone());
            let values = picker
                .form
                .as_ref()
                .map(crate::model::templates::Form::values);
            (picker.ready(), here, values.unwrap_or_default())
        }
        _ => panic!("the picker"),
    };
    assert_eq!(picker(&bench).0, 1);
    // Approved: it can be sent, and the cursor stays on its template.
    let mut approved = template(1, "aviso", "approved");
    approved.revision = 2;
    bench.event(Change::TemplateUpdated(Box::new(approved)));
    assert_eq!(picker(&bench).0, 2);
    assert_eq!(picker(&bench).1.as_deref(), Some("pedido_listo"));
    bench.key("enter");
    bench.type_("Ana");
    // Other words at Meta: the value is still there. One of another account changes nothing.
    let mut changed = template(2, "pedido_listo", "approved");
    changed.revision = 3;
    changed.components.body.as_mut().unwrap().text = "Ya está, {{1}}: es el {{2}} de hoy.".into();
    bench.event(Change::TemplateUpdated(Box::new(changed)));
    assert_eq!(picker(&bench).2["1"], "Ana");
    let mut foreign = template(3, "ajena", "approved");
    foreign.waba_id = "1".into();
    bench.event(Change::TemplateUpdated(Box::new(foreign)));
    let mut gone = template(1, "aviso", "deleted");
    gone.revision = 4;
    bench.event(Change::TemplateUpdated(Box::new(gone)));
    assert_eq!(picker(&bench).0, 1);
    // What is late is not taken.
    let late = template(2, "pedido_listo", "paused");
    bench.event(Change::TemplateUpdated(Box::new(late)));
    assert_eq!(picker(&bench).0, 1);
}

#[test]
fn a_click_on_a_file_opens_it_and_on_a_sound_plays_it() {
    let document = Content::Document(File::default());
    let mut bench = talking_with(with_file(30, document, MediaState::Ready));
    let click = |bench: &mut Bench, n| {
        bench.happen(What::Click {
            target: Some(Target::File(id(1, n))),
            pane: Some(Pane::Talk),
        });
    };
    click(&mut bench, 30);
    let Some(Overlay::Confirm(confirm)) = bench.model.focus.overlay() else {
        panic!("a question")
    };
    assert_eq!(confirm.say.word, "confirm-open-file");
    bench.key("esc");
    let voice = with_file(31, Content::Voice(File::default()), MediaState::Ready);
    bench.event(Change::MessageNew(Box::new(voice)));
    bench.model.settings.media.player = vec!["player".to_owned()];
    bench.take();
    click(&mut bench, 31);
    assert!(matches!(&deeds(&mut bench)[..], [FileDeed::Play { .. }]));
}

#[test]
fn a_paused_template_says_why_and_the_closed_box_opens_the_picker() {
    let mut bench = Bench::talking();
    let end = Stamp::from_millis(bench.now - 1);
    let mut chat = bench.model.open_chat().unwrap().clone();
    (chat.window.open, chat.window.expires_at, chat.revision) = (false, Some(end), 9);
    bench.event(Change::ChatUpdated(Box::new(chat)));
    bench.take();
    bench.key("enter");
    assert!(matches!(&saved(&mut bench)[..], [SavedDeed::Templates(_)]));
    let Some(Overlay::Template(picker)) = bench.model.focus.overlay() else {
        panic!("the picker")
    };
    let number = picker.number;
    let all = vec![template(1, "pausada", "paused")];
    bench.answer(Answer::Saved(SavedNews::Templates(number, Ok(all))));
    bench.key("enter");
    assert_eq!(bench.toasts(), ["toast-template-status"]);
    bench.key("alt-s");
    assert!(matches!(&saved(&mut bench)[..], [SavedDeed::Sync(_)]));
}

fn reply(name: &str, text: &str) -> Reply {
    Reply {
        id: ReplyId(1),
        org_id: OrgId(1),
        name: name.to_owned(),
        text: text.to_owned(),
        files: vec![Media::new(MediaId(5), MediaState::Ready)],
        operator: None,
        updated_at: Stamp::from_millis(0),
        deleted_at: None,
        revision: 1,
    }
}

#[test]
fn a_saved_reply_comes_by_its_name_with_its_words_and_files() {
    let mut bench = Bench::talking();
    bench.type_("/ho");
    assert!(matches!(&saved(&mut bench)[..], [SavedDeed::Replies]));
    let all = vec![reply(
        "horario",
        "Hola {{customer.name}}, soy {{operator}}: abrimos a las 9.",
    )];
    bench.answer(Answer::Saved(SavedNews::Replies(Ok(all))));
    bench.key("enter");
    assert_eq!(bench.text(), "Hola Customer, soy Lia: abrimos a las 9.");
    bench.take();
    bench.key("enter");
    let out = bench.take();
    assert!(
        out.iter()
            .any(|e| matches!(e, Effect::Send { text, .. } if text.starts_with("Hola Customer")))
    );
    assert!(out.iter().any(
        |e| matches!(e, Effect::File(FileDeed::Send(s)) if s.from == From::Media(MediaId(5)))
    ));
    // A stroke inside a text is but a stroke.
    bench.type_("1/ho");
    assert!(bench.model.compose().unwrap().complete.is_none());
}

#[test]
fn saved_replies_are_written_changed_and_removed_in_their_layer() {
    let mut bench = Bench::talking();
    bench.key("alt-r");
    bench.answer(Answer::Saved(SavedNews::Replies(Ok(Vec::new()))));
    bench.take();
    bench.key("alt-n");
    bench.type_("Precio");
    bench.key("tab");
    bench.type_("Cuesta 20 {{coins}}");
    bench.key("enter");
    let fault = |bench: &Bench| match bench.model.focus.overlay() {
        Some(Overlay::Replies(layer)) => layer
            .draft
            .as_ref()
            .and_then(|d| d.fault.clone())
            .map(|s| s.word),
        _ => None,
    };
    assert_eq!(fault(&bench), Some("reply-name"));
    bench.key("tab ctrl-u");
    bench.type_("precio");
    bench.key("enter");
    assert_eq!(fault(&bench), Some("reply-variable"));
    bench.key("tab ctrl-u");
    bench.type_("Cuesta 20.");
    bench.key("enter");
    let kept = saved(&mut bench);
    assert!(
        matches!(&kept[..], [SavedDeed::AddReply(one)] if one.name == "precio" && one.text == "Cuesta 20."),
        "{kept:?}"
    );
    let all = vec![reply("precio", "Cuesta 20.")];
    bench.answer(Answer::Saved(SavedNews::ReplyKept(Ok(()))));
    bench.answer(Answer::Saved(SavedNews::Replies(Ok(all))));
    bench.take();
    // Every operator would lose it: that is asked.
    bench.key("alt-x");
    assert!(saved(&mut bench).is_empty());
    bench.key("esc");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Replies(_))
    ));
    bench.key("alt-x enter");
    assert!(matches!(
        &saved(&mut bench)[..],
        [SavedDeed::DeleteReply(ReplyId(1))]
    ));
}

#[test]
fn reply_buttons_are_made_in_a_form_that_keeps_the_limits() {
    let mut bench = Bench::talking();
    bench.key("ctrl-p");
    bench.type_("send reply buttons");
    bench.key("enter");
    assert!(matches!(
        bench.model.focus.overlay(),
        Some(Overlay::Choices(_))
    ));
    // The words may have several lines.
    bench.type_("Your cake is ready.");
    bench.key("alt-enter");
    bench.type_("When?");
    bench.key("enter");
    assert!(saved(&mut bench).is_empty(), "a button is missing");
    bench.type_("Today");
    bench.key("down");
    bench.type_("Tomorrow, or the day after");
    bench.key("enter");
    assert!(saved(&mut bench).is_empty(), "it is too long");
    bench.key("ctrl-u");
    bench.type_("Tomorrow");
    bench.key("enter");
    let sent = saved(&mut bench);
    let [SavedDeed::Send { content, .. }] = &sent[..] else {
        panic!("{sent:?}")
    };
    let Outgoing::Interactive { interactive } = &**content else {
        panic!("choices")
    };
    assert_eq!(
        interactive["action"]["buttons"][1]["reply"]["title"],
        "Tomorrow"
    );
    assert_eq!(interactive["body"]["text"], "Your cake is ready.\nWhen?");
    assert!(bench.model.focus.overlays.is_empty());
}
