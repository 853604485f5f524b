//! What is wrong with a value, in the words of the screen.

use common::text::clean::clean_line;
use common::wrong::{Fault, Wrong};

use crate::speech::Arg;
use crate::view::canvas::Desk;

/// The sentence; one that the catalogue does not have stands in English.
pub(crate) fn words(desk: &Desk<'_>, wrong: &Wrong) -> String {
    let field = clean_line(&wrong.field, 40).into_owned();
    let (most, found) = match &wrong.fault {
        Fault::TooLong { most, found } | Fault::TooMany { most, found } => (*most, *found),
        Fault::TooFew { least, found } => (*least, *found),
        _ => (0, 0),
    };
    let word = match &wrong.fault {
        Fault::Empty => "wrong-empty",
        Fault::TooLong { .. } => "wrong-too-long",
        Fault::TooFew { .. } => "wrong-too-few",
        Fault::TooMany { .. } => "wrong-too-many",
        Fault::LineBreak => "wrong-line-break",
        Fault::Spaces => "wrong-spaces",
        Fault::NotAFile => "wrong-file",
        Fault::NotAPlace => "wrong-place",
        Fault::NotATime => "wrong-time",
        Fault::NotAnAddress => "wrong-address",
        Fault::Twice => "wrong-twice",
        _ => return wrong.to_string(),
    };
    let args = [
        ("field", Arg::from(&field)),
        ("most", Arg::from(most)),
        ("found", Arg::from(found)),
    ];
    desk.say_with(word, &args).into_owned()
}
