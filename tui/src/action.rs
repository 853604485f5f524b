//! Every deed of the console by name: where it can be done and which keys do it; feeds keymap, help, hint line and palette.

use common::rights::Deed;

/// Where a key means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere, also while writing.
    Anywhere,
    /// In the chat list.
    List,
    /// In the conversation.
    Talk,
    /// While writing.
    Text,
    /// In what lies over the panes.
    Overlay,
}

impl Context {
    /// Every context, in the order of help.
    pub const ALL: [Self; 5] = [
        Self::Anywhere,
        Self::List,
        Self::Talk,
        Self::Text,
        Self::Overlay,
    ];

    /// Its table in `keys.toml`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::List => "list",
            Self::Talk => "conversation",
            Self::Text => "text",
            Self::Overlay => "overlay",
        }
    }

    /// The key of its name in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Anywhere => "context-anywhere",
            Self::List => "context-list",
            Self::Talk => "context-conversation",
            Self::Text => "context-text",
            Self::Overlay => "context-overlay",
        }
    }

    /// The context of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|context| context.as_str() == name)
    }
}

/// Under which heading help shows a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Moving about.
    Move,
    /// Deeds on one message.
    Message,
    /// Deeds on one chat.
    Chat,
    /// Writing.
    Write,
    /// Everything else.
    Anywhere,
}

impl Section {
    /// Every section, in the order of help.
    pub const ALL: [Self; 5] = [
        Self::Move,
        Self::Message,
        Self::Chat,
        Self::Write,
        Self::Anywhere,
    ];

    /// The key of its heading in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Move => "section-move",
            Self::Message => "section-message",
            Self::Chat => "section-chat",
            Self::Write => "section-write",
            Self::Anywhere => "section-anywhere",
        }
    }
}

macro_rules! actions {
    ($($name:ident $word:literal $section:ident: $($context:ident $keys:literal),+)*) => {
        /// A deed. Its words in the catalogue are `do-NAME` (what it is called) and `do-NAME-help`
        /// (one line that explains it); its name in `keys.toml` is [`Action::name`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the names say it, and the catalogue says it to people")]
        pub enum Action { $($name,)* }

        impl Action {
            /// Every deed, in the order of help.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in `keys.toml`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The key of its title in the catalogue.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => concat!("do-", $word),)* }
            }

            /// The key of the line that explains it.
            pub const fn help_word(self) -> &'static str {
                match self { $(Self::$name => concat!("do-", $word, "-help"),)* }
            }

            /// Its heading in help.
            pub const fn section(self) -> Section {
                match self { $(Self::$name => Section::$section,)* }
            }

            /// Where it can be done, with the keys of the default preset: alternatives stand
            /// between bars, the chords of a sequence between blanks.
            pub const fn places(self) -> &'static [(Context, &'static str)] {
                match self { $(Self::$name => &[$((Context::$context, $keys)),+],)* }
            }
        }
    };
}

actions! {
    Down "down" Move: List "j | down", Talk "j | down", Overlay "down | ctrl-n"
    Up "up" Move: List "k | up", Talk "k | up", Overlay "up | ctrl-p"
    First "first" Move: List "g g | home", Talk "g g | home", Overlay "home"
    Last "last" Move: List "G | end", Talk "G | end", Overlay "end"
    PageDown "page-down" Move: List "pagedown | ctrl-d", Talk "pagedown", Text "pagedown", Overlay "pagedown"
    PageUp "page-up" Move: List "pageup | ctrl-u", Talk "pageup", Text "pageup", Overlay "pageup"
    HalfDown "half-page-down" Move: Talk "ctrl-d"
    HalfUp "half-page-up" Move: Talk "ctrl-u"
    NextDay "next-day" Move: Talk "}"
    PreviousDay "previous-day" Move: Talk "{"
    UnreadAbove "unread-above" Move: Talk "[ u"
    UnreadBelow "unread-below" Move: Talk "] u"
    ToQuoted "to-quoted" Move: Talk "g r"
    ToDate "to-date" Move: Talk "g d"
    Search "search" Move: Anywhere "ctrl-f", Talk "/"
    NextHit "next-hit" Move: Talk "n"
    PreviousHit "previous-hit" Move: Talk "p"

    Reply "reply" Message: Talk "enter | r"
    Copy "copy" Message: Talk "y"
    CopyNamed "copy-named" Message: Talk "Y"
    React "react" Message: Talk "+"
    Forward "forward" Message: Talk "f"
    Select "select" Message: Talk "v"
    SelectPart "select-part" Message: Talk "V"
    OpenLink "open-link" Message: Talk "o"
    SaveFile "save-file" Message: Talk "s"
    FetchFile "fetch-file" Message: Talk "d"
    Enlarge "enlarge" Message: Talk ""
    Play "play" Message: Talk "space"
    Retry "retry" Message: Talk "x"
    Details "details" Message: Talk "I"

    Open "open" Chat: List "enter | l"
    NewChat "new-chat" Chat: Anywhere "ctrl-n", List "n"
    NextUnread "next-unread" Chat: Anywhere "alt-shift-down", List "u", Talk "u"
    PreviousUnread "previous-unread" Chat: Anywhere "alt-shift-up"
    NextChat "next-chat" Chat: Anywhere "alt-down"
    PreviousChat "previous-chat" Chat: Anywhere "alt-up"
    MarkRead "mark-read" Chat: List "m r", Talk "m r"
    MarkUnread "mark-unread" Chat: List "m u", Talk "m u"
    ReadAll "read-all" Chat: List "", Talk ""
    Archive "archive" Chat: List "e"
    Pin "pin" Chat: List "p"
    Mute "mute" Chat: List "M"
    Snooze "snooze" Chat: List "z"
    Note "note" Chat: List "N", Talk "N"
    Labels "labels" Chat: List "L", Talk "L"
    Rename "rename" Chat: List "", Talk ""
    OptOut "opt-out" Chat: List "", Talk ""
    Files "files" Chat: List "", Talk ""
    TakeBack "take-back" Chat: Anywhere "alt-u", List "U", Talk "U"
    Filter "filter" Chat: List "/"
    ViewAll "view-all" Chat: List "v a"
    ViewUnread "view-unread" Chat: List "v u"
    ViewWaiting "view-waiting" Chat: List "v w"
    ViewClosing "view-closing" Chat: List "v c"
    ViewArchived "view-archived" Chat: List "v e"
    ViewSnoozed "view-snoozed" Chat: List "v z"
    GoBack "go-back" Chat: Anywhere "alt-left"
    GoForward "go-forward" Chat: Anywhere "alt-right"

    Write "write" Write: List "i | a", Talk "i | a"
    Send "send" Write: Text "enter"
    NewLine "new-line" Write: Text "alt-enter | ctrl-j | shift-enter"
    PickMessage "pick-message" Write: Text "up"
    Clear "clear" Write: Text "ctrl-c"
    Undo "undo" Write: Text "ctrl-_ | ctrl-/"
    Redo "redo" Write: Text "alt-_"
    KillLine "kill-line" Write: Text ""
    Editor "editor" Write: Text "alt-e"
    PasteClipboard "paste-clipboard" Write: Text "alt-v", Overlay "alt-v"
    Attach "attach" Write: Anywhere "ctrl-o"
    Template "template" Write: Anywhere "ctrl-t"
    Replies "replies" Write: Anywhere "alt-r"
    AskButtons "ask-buttons" Write: Text "", Talk ""
    AskList "ask-list" Write: Text "", Talk ""
    AskLink "ask-link" Write: Text "", Talk ""
    AskPlace "ask-place" Write: Text "", Talk ""
    SyncTemplates "sync-templates" Write: Overlay "alt-s"
    TemplateLanguage "template-language" Write: Overlay "alt-l"
    NewReply "new-reply" Write: Overlay "alt-n"
    RemoveReply "remove-reply" Write: Overlay "alt-x"
    Tick "tick" Write: Overlay "space"
    AsDocument "as-document" Write: Overlay "alt-d"
    HiddenFiles "hidden-files" Write: Overlay "alt-h"
    KeepWriting "keep-writing" Write: Text ""
    WhyClosed "why-closed" Write: Text "", Talk ""

    Switcher "go-to-chat" Anywhere: Anywhere "ctrl-k"
    BindKey "bind-key" Anywhere: Overlay "alt-b"
    Palette "commands" Anywhere: Anywhere "ctrl-p", List ":", Talk ":"
    Help "help" Anywhere: Anywhere "f1", List "?", Talk "?"
    Number1 "number-1" Anywhere: Anywhere "alt-1"
    Number2 "number-2" Anywhere: Anywhere "alt-2"
    Number3 "number-3" Anywhere: Anywhere "alt-3"
    Number4 "number-4" Anywhere: Anywhere "alt-4"
    Number5 "number-5" Anywhere: Anywhere "alt-5"
    Number6 "number-6" Anywhere: Anywhere "alt-6"
    Number7 "number-7" Anywhere: Anywhere "alt-7"
    Number8 "number-8" Anywhere: Anywhere "alt-8"
    Number9 "number-9" Anywhere: Anywhere "alt-9"
    AllNumbers "all-numbers" Anywhere: Anywhere "alt-0"
    Statistics "statistics" Anywhere: Anywhere "f3"
    Connect "connect" Anywhere: List "", Talk ""
    Customer "customer" Anywhere: Anywhere "f4"
    StatsDay "stats-day" Anywhere: Overlay "d"
    StatsWeek "stats-week" Anywhere: Overlay "w"
    StatsMonth "stats-month" Anywhere: Overlay "m"
    StatsEarlier "stats-earlier" Anywhere: Overlay "h"
    StatsLater "stats-later" Anywhere: Overlay "l"
    StatsCopy "stats-copy" Anywhere: Overlay "c"
    NextPane "next-pane" Anywhere: Anywhere "tab"
    PreviousPane "previous-pane" Anywhere: Anywhere "shift-tab"
    Accept "accept" Anywhere: Overlay "enter"
    Back "back" Anywhere: Anywhere "esc"
    ToggleList "toggle-list" Anywhere: Anywhere "alt-l"
    Narrower "list-narrower" Anywhere: Anywhere "alt-,"
    Wider "list-wider" Anywhere: Anywhere "alt-."
    ToggleMouse "toggle-mouse" Anywhere: Anywhere "alt-m"
    Redraw "redraw" Anywhere: Anywhere "ctrl-l"
    Suspend "suspend" Anywhere: Anywhere "ctrl-z"
    Quit "quit" Anywhere: Anywhere "ctrl-q"
}

impl Action {
    /// The deed of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }

    /// Which number of the strip it chooses, counted from zero.
    pub fn number(self) -> Option<usize> {
        let first = Self::Number1 as usize;
        let at = (self as usize).checked_sub(first)?;
        (at < 9).then_some(at)
    }

    /// Whether it is a deed of the statistics screen and of nothing else.
    pub const fn is_of_stats(self) -> bool {
        matches!(
            self,
            Self::StatsDay
                | Self::StatsWeek
                | Self::StatsMonth
                | Self::StatsEarlier
                | Self::StatsLater
                | Self::StatsCopy
        )
    }

    /// Whether the palette offers it: everything but what only means something in a layer.
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::Palette | Self::Accept | Self::BindKey)
    }

    /// What whoever does it must be allowed; nothing where it changes nothing.
    pub const fn deed(self) -> Option<Deed> {
        Some(match self {
            Self::Reply
            | Self::React
            | Self::Forward
            | Self::Retry
            | Self::NewChat
            | Self::MarkRead
            | Self::ReadAll
            | Self::Write
            | Self::Send
            | Self::Attach
            | Self::Template
            | Self::AskButtons
            | Self::AskList
            | Self::AskLink
            | Self::AskPlace => Deed::Send,
            Self::FetchFile
            | Self::MarkUnread
            | Self::Archive
            | Self::Pin
            | Self::Mute
            | Self::Snooze
            | Self::Note
            | Self::Labels
            | Self::Rename
            | Self::OptOut
            | Self::SyncTemplates => Deed::Keep,
            Self::NewReply | Self::RemoveReply => Deed::Reply,
            Self::Connect => Deed::Number,
            _ => return None,
        })
    }

    /// Whether it reaches for the machine that the console runs on: its files, its programs, its
    /// shell. On a shared account nobody may.
    pub const fn is_of_machine(self) -> bool {
        matches!(
            self,
            Self::OpenLink
                | Self::SaveFile
                | Self::Play
                | Self::Attach
                | Self::Editor
                | Self::PasteClipboard
                | Self::BindKey
                | Self::Suspend
        )
    }

    /// Whether it can be done in that context; what can be done anywhere can be done in each.
    pub fn is_for(self, context: Context) -> bool {
        self.places()
            .iter()
            .any(|(at, _)| *at == context || *at == Context::Anywhere)
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Context};
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_found() {
        let names: HashSet<&str> = Action::ALL.iter().map(|a| a.name()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(*action));
        }
    }

    #[test]
    fn number_deeds_count_from_zero() {
        assert_eq!(Action::Number1.number(), Some(0));
        assert_eq!(Action::Number9.number(), Some(8));
        assert_eq!(Action::AllNumbers.number(), None);
        assert_eq!(Action::Down.number(), None);
    }

    #[test]
    fn what_is_anywhere_is_in_each_context() {
        assert!(Action::Quit.is_for(Context::Text));
        assert!(!Action::Retry.is_for(Context::Text));
    }
}
