//! The palette: every deed by its name, what can be done here first, or only what fits what was pointed at.

use crate::action::{Action, Context, Section};
use crate::model::Model;
use crate::model::overlay::{Overlay, Pick};
use crate::speech::Arg;
use crate::update::{overlay, rights};

/// What leaves, behind the `:` that opens the palette.
const QUIT: &str = "q";

/// Do something by its name: what can be done here first, then everything else.
pub(crate) fn open(model: &mut Model) {
    overlay::close_picks(model);
    let here = model.focus.context();
    let told = |a: &Action| a.is_told() && rights::refusal(model, *a).is_none();
    let at_hand = Action::ALL
        .iter()
        .copied()
        .filter(|a| told(a) && is_of(*a, here));
    let others = Action::ALL
        .iter()
        .copied()
        .filter(|a| told(a) && !is_of(*a, here));
    let mut all: Vec<Action> = at_hand.chain(others).collect();
    // Nobody opens it to go one row down.
    all.sort_by_key(|action| action.section() == Section::Move);
    offer(model, all);
}

/// The palette for what was pointed at: only what can be done with it.
pub(crate) fn menu(model: &mut Model, section: Section, context: Context) {
    let fits = |a: &Action| {
        let may = rights::refusal(model, *a).is_none();
        may && a.is_told() && a.section() == section && a.is_for(context)
    };
    let all = Action::ALL.iter().copied().filter(fits).collect();
    offer(model, all);
}

fn offer(model: &mut Model, actions: Vec<Action>) {
    let place = model.filter().and_then(|id| model.numbers.ordinal(id));
    let named = |action: Action| {
        let words = match (action, place) {
            (Action::ReadAll, Some(place)) => {
                let args = [("place", Arg::from(place))];
                model.speech.say_with("do-read-all-of", &args)
            }
            _ => model.speech.say(action.word()),
        };
        if action == Action::Quit {
            return (action, format!("{words}   :{QUIT}"));
        }
        (action, words.into_owned())
    };
    let pick = Pick::new(actions.into_iter().map(named).collect());
    model.focus.overlays.push(Overlay::Palette(pick));
}

fn is_of(action: Action, context: Context) -> bool {
    action.places().iter().any(|(at, _)| *at == context)
}

/// Its words changed.
pub(crate) fn told(pick: &mut Pick<Action>, query: &str) {
    pick.list.set_query(query);
    if query.trim() != QUIT {
        return;
    }
    // As in every other place that is left by `:q`, whatever the deed is called here.
    let is_quit = |at: &usize| {
        let entry = pick.list.shown().get(*at).map(|shown| shown.index);
        let entry = entry.and_then(|index| pick.list.entry(index));
        entry.is_some_and(|(action, _)| *action == Action::Quit)
    };
    if let Some(place) = (0..pick.list.len()).find(is_quit) {
        pick.list.set_cursor(place);
    }
}
