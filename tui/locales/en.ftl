# The interface's words, in English.

## Days, months, durations

day-today = Today
day-yesterday = Yesterday
day-rule = { $weekday }, { $day } { $month }
day-rule-year = { $weekday }, { $day } { $month } { $year }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
span-s = { $n }s
span-m = { $n }m
span-h = { $n }h
span-d = { $n }d
words-seconds =
    { $n ->
        [one] { $n } second
       *[other] { $n } seconds
    }
words-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
words-hours =
    { $n ->
        [one] { $n } hour
       *[other] { $n } hours
    }
words-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }

## The bar

bar-all = all
bar-ok = ok
bar-daemon-ok = daemon ok
bar-connecting = connecting
bar-lost = daemon lost { $span }
bar-retry-in = trying again in { $span }
bar-retrying = trying again
bar-reading-only = reading only
bar-webhook-now = webhook now
bar-webhook-ago = webhook { $span } ago
bar-webhook-never = webhook never
bar-queued =
    { $n ->
        [one] { $n } waiting to send
       *[other] { $n } waiting to send
    }
number-broken = broken
number-pending = untested
number-paused = paused
number-webhook = webhook
number-blocked = blocked
number-token = token ends
number-limited = limited
number-quality = low quality
number-name = name refused
too-small =
    { $n ->
        [one] { $n } unread. Please make the window larger.
       *[other] { $n } unread. Please make the window larger.
    }

## The chat list

chats-title = Chats
chats-counts = open { $open }  waiting { $waiting }
chats-draft = draft:
chats-silent = no messages
chats-loading = Loading…
chats-none-yet = Chats appear when the daemon answers.
chats-empty = No chats yet. The first one appears when somebody writes to your number.
chats-empty-number = This number has no open chats.
chats-no-number = No number yet. Add one with: recado connect
view-all = all
view-unread = unread
view-waiting = waiting
view-closing = closing soon
view-archived = archived
view-snoozed = put off
view-unread-empty = Nothing is unread.
view-waiting-empty = Nobody waits for an answer.
view-closing-empty = No window is open.
view-archived-empty = Nothing is archived.
view-snoozed-empty = No chat is put off.
chats-archived = archived { $n }
chats-found-none = No chat matches “{ $letters }”.
chats-way-back = { $key } shows all again

## What messages are

kind-text = text
kind-image = photo
kind-video = video
kind-audio = audio
kind-voice = voice note
kind-document = document
kind-sticker = sticker
kind-location = location
kind-contacts = contact
kind-reaction = reaction
kind-button = button
kind-interactive = options
kind-order = order
kind-system = notice
kind-template = template
kind-unsupported = unsupported
you = You
from-phone = from the phone
from-history = history
note-forwarded = forwarded
note-forwarded-often = forwarded many times
note-edited = edited
note-standby = held by another app
note-revoked = The customer deleted this message.
note-empty = (no words)
quote-unknown = a message that is not here
media-failed = It could not be downloaded.
media-expired = It is no longer available.
card-animated = animated
card-reacted = Reacted with { $emoji } to a message that is not here
card-unreacted = Took a reaction back
card-tapped = tapped
card-chose = chose
card-form = Form filled in
card-items =
    { $n ->
        [one] { $n } item
       *[other] { $n } items
    }
card-total = Total { $sum }
card-more = and { $n } more
card-from-ad = Came from an ad: { $title }
system-number = Changed their number. Messages go on here.
system-user-id = Changed their WhatsApp account. Messages go on here.
system-identity = They may have changed phones: make sure who you talk to.
system-other = WhatsApp told of a change.
unsupported-here = WhatsApp does not hand this kind of message over here. Look at the phone, or ask for it in another form.
unsupported-device = It was sent from a device that WhatsApp does not support here. Ask them to send it again from their phone.

media-open = open
media-save = save
media-play = play
media-stop = stop
media-pending = It is being fetched.
media-moving = Under way.
media-fetch = { $key } fetches it.
media-error-too-large-to-fetch = Too large to be fetched by itself.
media-error-on-request = Files are fetched when you ask for them.
media-error-expired-at-meta = WhatsApp keeps files for a week, and this one was older. Ask for it again.
media-error-gone-at-meta = WhatsApp no longer has it. Ask for it again.
media-error-wrong-hash = It arrived damaged.
media-error-refused = WhatsApp refused to hand it over.
media-error-unreachable = WhatsApp could not be reached.
media-error-disk-full = The disk of the server is full.
media-error-removed-by-keep = It was removed here to make room, as the settings say.
media-error-number-not-ready = The number it came to is not connected.
picture-too-large = Too large to be shown here.
picture-broken = It cannot be shown: the picture is damaged or of another kind.
picture-slow = It took too long to be shown.
picture-gone = Its file could not be had.
## Delivery, as it is spoken

tick-waiting = waiting
tick-sent = sent
tick-delivered = delivered
tick-read = read
tick-failed = failed
tick-unknown = not known

## Why a message failed, and what to do

fail-other = { $title } (Meta's code { $code })
fail-retold = { $means } { $do } (code { $code })
fail-no-reason = It was not sent.
fail-later-do = It may work if you send it again.
fail-never-do = Sending it again does not help; its details say more.
fail-unknown = It is not known whether WhatsApp has it.
fail-unknown-do = If it does, a later report will settle it here.
fail-again = send again

## The conversation

talk-new =
    { $n ->
        [one] { $n } new
       *[other] { $n } new
    }
talk-empty = No messages yet.
talk-loading = Loading…
talk-unknown = Messages appear when the daemon answers.
talk-none = Choose a chat, or find one with { $key }
talk-none-plain = Choose a chat

## The box, and the window of 24 hours

compose = reply
compose-as = reply as { $name }
compose-empty = Write a message
compose-normal = normal
compose-visual = choosing
offer-take = takes it   ↑ ↓ another
compose-begin = { $key } to write
compose-offline = Offline: what you send stays as a draft.
compose-closed = Window closed: this stays as a draft.
compose-paused = The number is paused: this stays as a draft until you resume it.
compose-broken = The number is broken and sends nothing now.
window-left = window { $span }
window-closed = closed
window-closed-ago = window closed { $span } ago
window-never = window closed
window-closed-why = Free-form messages are not delivered now: the customer last wrote on { $moment }. Only an approved template can open the conversation again.
window-never-why = Free-form messages are not delivered now: the customer has not written to this number yet. Only an approved template can begin the conversation.
window-choose-template = choose a template
window-keep-writing = write a draft
window-why = why

## The customer panel

panel-title = Customer
panel-profile = Profile
panel-username = Username
panel-via = Via
panel-assignee = Owner
panel-pinned = Pinned
panel-muted = Muted
panel-snoozed = Put off until
panel-back = is back
panel-labels = Labels
panel-window = Window
panel-open-until = open until { $moment }
panel-free-form = free-form replies allowed
panel-template-only = approved templates only
panel-there = { $town }  { $time } there
panel-user-id = WhatsApp id
panel-since = Since
panel-messages = Messages
panel-in-out = in { $in }  out { $out }
panel-template = Last template
panel-opted-out = Wants no marketing since { $day }
panel-notes = Notes
panel-files = Files
panel-photos = photos { $n }
panel-videos = videos { $n }
panel-audio = audio { $n }
panel-docs = docs { $n }
panel-stickers = stickers { $n }
notes-title = Notes on { $name }
notes-new = New note
labels-title = Labels of { $name }
labels-new = Type to find a label or to make a new one
labels-none = No labels yet.
labels-add = New label: { $label }
ask-name = Our name for the customer
ask-name-help = Empty: the name they gave themselves.
panel-also = Also on

## What lies over the panes

switcher-title = Go to
switcher-empty = No chat matches.
palette-title = Do
palette-empty = No command matches.
help-title = Help
switcher-new-number = Enter begins a chat with that number.
forward-title = Forward to
react-title = React
react-empty = No emoji of that name.
react-take-off = take off
links-title = Open a link
part-title = Copy a part
part-help = ← → word   v from here   y copy
newchat-title = New chat
newchat-through = through { $name }
newchat-template = Enter opens the chat if there is one. A customer who has not written in the last 24 hours can only be sent an approved template.
newchat-searching = Looking for the chat…
newchat-nobody = There is no chat with this number yet. Only an approved template can begin one: recado send { $to } --template NAME
newchat-offline = The daemon does not answer; try again when it is back.
phone-country-first = Begin with + and the country code, as in +51 987 654 321.
phone-bad-character = Only digits, spaces and hyphens belong in a number.
phone-unknown-country = No country has that code.
phone-too-short = Some digits are missing.
phone-too-long = There are too many digits.
help-list = list
help-talk = conversation
help-text = writing
help-find = / find   Tab other panes
confirm-open = Open { $address }?
help-number = only that number
help-note = Keys live in keys.toml; what you see here is what is bound.
section-move = Move
section-message = Message
section-chat = Chat
section-write = Write
section-anywhere = Anywhere
details-title = Details
details-kind = Kind
details-time = Time
details-by = Written by
details-status = State
details-why = Why
details-do = What to do
details-way = Where
details-meta = Meta says
details-id = Id
details-wamid = WhatsApp's id
search-title = Search
search-here = here
search-everywhere = everywhere
search-operators = from: to: label: #number has:image|file|link before: after: on: is:unread|failed
search-asked = Looking…
search-further = Nothing yet, looking further back…
search-none = Nothing found.
search-none-here = Nothing found here. Tab looks everywhere.
search-offline = Searching needs the daemon: try again when it is back.
search-count = { $at } of { $count }   in { $ms } ms
search-you-to = You to { $name }
search-at = hit { $at } of { $count }
ask-day = Go to a day
ask-save = Save as
ask-save-help = A path on this machine; nothing is overwritten.
ask-save-taken = That name is taken. This one is free.
ask-save-failed = Not saved: { $why }
ask-day-help = yesterday, monday, 12 feb, 2026-02-12
ask-day-unknown = “{ $text }” is no day. Try: 12 feb
attach-title = Attach, to { $name }
attach-choose = Choose a file
attach-chosen =
    { $n ->
        [one] 1 chosen  { $size }
       *[other] { $n } chosen  { $size }
    }
attach-empty = Nothing here.
attach-unlisted = The folder cannot be read: { $why }
attach-unreadable = { $name } cannot be read: { $why }
attach-looking = Looking at it…
attach-goes-as = Goes as { $kind }
attach-caption = Caption
attach-caption-long = The caption has { $count } characters; WhatsApp takes { $most }.
attach-no-caption = WhatsApp shows no caption under { $name }: take it off, or send the words alone.
attach-recent = recent
attach-clipboard = The clipboard has an image: Alt-V takes it.
attach-instead = { $key } sends it as a document.
attach-convert = Convert it: { $command }
attach-uploading = { $part }% to the daemon
confirm-offered = Another shell hands over { $name }. Send it to { $who }?
unfit-empty = The file is empty.
unfit-too-large =
    WhatsApp takes up to { $limit } as { $kind ->
        [image] photo
        [video] video
        [audio] sound
        [voice] voice note
        [sticker] sticker
       *[document] document
    }; this one has { $size }.
unfit-format =
    As { $kind ->
        [image] photo
        [video] video
        [audio] sound
        [voice] voice note
        [sticker] sticker
       *[document] document
    } WhatsApp takes { $wants }; this is { $found }.
unfit-depth = Pictures have 8 bits a channel; this is { $found }.
unfit-colours = Its colours are made for print; WhatsApp wants RGB. This is { $found }.
unfit-dimensions = Stickers are 512×512; this is { $found }.
unfit-video-codec = Videos are coded in { $wants }; this is { $found }.
unfit-sound-codec = Its sound must be { $wants }; this is { $found }.
unfit-sound-tracks = A video has one sound track; this is { $found }.
unfit-channels = Voice notes are mono; this is { $found }.
unfit-damaged = The file is damaged: { $found }.
unfit-other = WhatsApp does not take this file.
unfit-instead =
    Send it as a { $kind ->
        [image] photo
        [video] video
        [audio] sound
        [voice] voice note
        [sticker] sticker
       *[document] document
    } (--kind { $kind }).
template-title = Template, to { $name }
template-ready =
    { $n ->
        [one] 1 approved
       *[other] { $n } approved
    }
template-syncing = asking Meta…
template-none = No templates yet. Alt-S asks Meta for them; recado template create makes one.
template-none-fits = No template matches.
template-used = Used with this customer
template-window-open = The window is open: plain words will do too.
template-window-closed = The window is closed: only a template gets through.
template-card = Card { $n }
template-media-missing = [{ $kind }: choose one]
template-charged = charged
template-free = free while the window is open
template-copy-code = Copy code
template-limit = limit { $most } customers in 24 h
template-no-limit = no limit
template-marketing = marketing
template-utility = utility
template-authentication = code
template-other = other
template-approved = approved
template-pending = in review
template-rejected = rejected
template-paused = paused
template-gone = not available
replies-title = Saved replies
replies-none = None yet. Alt-N writes the first.
replies-files =
    { $n ->
        [one] 1 file
       *[other] { $n } files
    }
reply-name-head = Name: what is typed in the box to find it
reply-text-head = Words
reply-variables = {"{{"}customer.name{"}}"}  {"{{"}operator{"}}"}  {"{{"}number{"}}"}
reply-name = A name has small letters, digits, - and _, 32 at most.
reply-empty = Write some words, or attach a file.
reply-variable = There is no { $name }.
choices-body = Words
choices-button-n = Button { $n }
choices-button = Button
choices-row = Row { $n }
choices-description =   below it
choices-url = Address
choices-footer = Footer
choices-send-place = Send location
wrong-empty = { $field } is empty.
wrong-too-long = { $field }: { $found } characters, and WhatsApp takes { $most }.
wrong-too-few = { $field }: at least { $most }.
wrong-too-many = { $field }: at most { $most }.
wrong-line-break = { $field }: one line, without tabs.
wrong-spaces = { $field }: at most four spaces in a row.
wrong-file = { $field }: choose a file (Ctrl-O), or give an https:// link.
wrong-place = { $field }: latitude, longitude, name, address.
wrong-time = { $field }: a moment such as 2026-12-24T18:00:00-05:00.
wrong-address = { $field }: an address that begins with https://.
wrong-twice = { $field }: another has the same words.
wrong-phone = { $field }: a phone number with + and country.
wrong-json = { $field }: a JSON object.
wrong-name = { $field }: only small letters, digits and _.
wrong-language = { $field }: a language as WhatsApp writes it: es, es_MX, pt_BR, en_US.
wrong-one-of = { $field }: one of { $list }.
wrong-unknown = There is no { $field } to fill; there are: { $list }.
wrong-misplaced = { $field } has no place there.
wrong-variable-edge = { $field }: words before and after the variables; none at the begin or the end.
wrong-variables-adjacent = { $field }: a word between two variables.
wrong-variables-order = { $field }: variables are numbered from 1, without a gap.
wrong-variables-mixed = { $field }: all variables with numbers, or all with names.
wrong-variables-many = { $field }: { $most } variables among { $found } words are too many for Meta.
wrong-variable-forbidden = { $field }: no variable may stand there.
wrong-variable-end = { $field }: one variable, at the very end.
wrong-example = { $field }: Meta wants an example for { $list }.
wrong-markup = { $field }: no *, _, ~, `, emoji or line breaks.
wrong-scattered = { $field }: quick replies stand together, before or after all other buttons.
confirm-title = Are you sure?
confirm-yes = yes
confirm-no = no
confirm-open-file = Open { $name } ({ $size })? It comes from somebody else: open only what you expect.
confirm-retry = Send “{ $text }” again?
confirm-retry-unknown = It is not known whether “{ $text }” arrived. If it did, the customer will see it twice. Send it again?
confirm-remove-reply = Throw away the saved reply /{ $name }? Every operator loses it.
confirm-leave-unsaved = The daemon does not answer. What you wrote is kept on this machine and comes back at the next start. Leave?
confirm-leave-files = { $n ->
    [one] A file is still on its way and will not be sent if you leave now. Leave?
   *[other] { $n } files are still on their way and will not be sent if you leave now. Leave?
}

## Short notices

toast-again-to-quit = Once more to quit
toast-cannot-quote = That message cannot be quoted.
toast-cleared = Cleared. ^_ brings it back
toast-copied-osc52 = Copied through the terminal (OSC 52)
toast-copy-too-large = Too long to copy through the terminal.
toast-cannot-react = That message cannot be reacted to.
toast-copied-program =
    { $program ->
        [tmux] Copied into tmux, which hands it to the terminal if it may
       *[other] Copied with { $program }
    }
toast-drafts-restored =
    { $n ->
        [one] A draft from last time is back in its box.
       *[other] { $n } drafts from last time are back in their boxes.
    }
toast-editor-failed = The editor: { $why }
toast-forward-words-only = Only words can be forwarded so far.
toast-forwarded = The words are in the box: Enter sends them.
toast-no-clipboard = The clipboard cannot be read here: paste with the terminal's own key.
toast-no-number = No number yet to write from.
toast-no-words = There are no words to copy.
toast-react-closed = The window is closed: a reaction would not arrive.
toast-react-offline = Offline: a reaction has to wait.
toast-reacted = Reacted with { $emoji }. Choosing it again takes it off.
toast-unreacted = Reaction taken off.
toast-daemon-back = The daemon is back. Everything is up to date.
toast-draft-not-kept = The draft was not kept: { $detail }
toast-theme-broken = The theme is not used: { $why }
toast-key-conflict = Line { $line } of keys.toml: { $keys } hides { $hidden }.
toast-kept-as-draft = Offline: kept as a draft.
toast-message-gone = That message is gone.
toast-no-file = This message has no file.
toast-no-picture = This message has no picture that can be shown here.
toast-no-sound = This message has nothing to play.
toast-no-player = No player is set ([media] player in console.toml). It can be saved.
toast-no-desktop = There is no desktop on this machine. { $key } saves it here; “recado --host ssh://…” on your own machine opens it there.
toast-not-played = It was not played: { $why }
toast-saved = Saved: { $path }
toast-file-here = The file is here already.
toast-file-coming = The file is on its way.
toast-file-waits = The file has not been fetched. { $key } fetches it.
toast-file-failed = The file could not be fetched. { $key } tries again.
toast-file-expired = The file is no longer available.
toast-no-chat = Open a chat first.
toast-offered-no-chat = A file was handed over (recado put), but no chat is open here.
toast-file-not-sent = The daemon does not answer: the file was not sent. It is ticked again when you attach next.
toast-template-status = { $name } cannot be sent: { $status }.
toast-template-offline = The daemon does not answer. What you filled in stays here.
toast-template-not-sent = The daemon does not answer: it was not sent. A template is there again with Ctrl-T.
toast-synced = Meta has { $n } templates.
toast-reply-kept = Saved replies are kept.
toast-no-link = This message has no link.
toast-not-loaded = That message is not loaded yet.
toast-not-opened = It was not opened: { $why }
toast-not-sent = Not sent: { $detail }
toast-nothing-to-retry = Only failed messages can be sent again.
toast-notice = { $sentence }
toast-opened = Opened: { $address }
toast-problem = { $detail }
toast-quoted-gone = The quoted message is not here.
toast-no-way = There is nowhere to go there.
toast-nothing-to-take-back = There is nothing to take back.
toast-taken-back = Taken back.
done-archived = { $name } is archived. { $key } takes it back
done-unarchived = { $name } is open again. { $key } takes it back
done-pinned = { $name } stays at the top. { $key } takes it back
done-unpinned = { $name } is no longer at the top. { $key } takes it back
done-muted = { $name } makes no noise. { $key } takes it back
done-unmuted = { $name } may be heard again. { $key } takes it back
done-snoozed = { $name } is put off until { $moment }. { $key } takes it back
done-unsnoozed = { $name } is back in the list. { $key } takes it back
toast-back = { $name } is back: you put this chat off until now
snooze-title = Put off until
snooze-tonight = Tonight
snooze-tomorrow = Tomorrow morning
snooze-monday = Monday
snooze-never = No longer: it comes back now
snooze-unknown = That is no moment to come.
snooze-help = Or type: 15:30   2h   tomorrow 10   12 feb 9:00
bind-title = Bind a key
bind-press = Press the key, or up to three one after the other.
bind-free = Nothing is bound to that.
bind-taken = { $keys } is “{ $deed }” now
bind-longer = { $keys } “{ $deed }” would be out of reach
bind-shorter = { $keys } “{ $deed }” comes first: these would be out of reach
bind-kept = { $place } { $keys } stays “{ $deed }”
done-bound = { $keys } does “{ $deed }” from now on; it stands in keys.toml
toast-not-bound = The key is not bound: { $why }
context-anywhere = anywhere
context-list = in the chat list
context-conversation = in the conversation
context-text = while writing
context-overlay = in lists and questions
confirm-why-closed = WhatsApp lets a business write freely for 24 hours after the customer's last message; later it takes an approved template. This customer last wrote on { $moment }; as soon as they write again, the window opens by itself. Meta refuses everything else with error 131047, so recado does not send it. Choose a template now?
confirm-why-never = This customer has not written to this number yet. WhatsApp lets a business begin a conversation only with an approved template; when the customer answers, 24 hours of free writing begin. Choose a template now?
toast-window-open = The window is open: you can write freely.
confirm-read-all = Mark { $n } chats as read? Their customers see nothing of it.
confirm-read-all-of = Mark { $n } chats of #{ $place } as read? Their customers see nothing of it.
read-all-offline = The daemon does not answer: try again when it is back.
read-all-none = Nothing is unread.
done-read-all = { $n } chats are read. { $key } takes it back
do-read-all-of = mark every chat of #{ $place } as read
done-read = { $name } is read. { $key } takes it back
done-unread = { $name } is unread. { $key } takes it back
toast-no-more-hits = No more hits there.
toast-no-search = Search first, then walk along the hits.
toast-no-unread-there = Nothing unread in that direction.
done-note-gone = The note is gone. { $key } brings it back
done-opted-out = { $name } gets no marketing from now on. { $key } takes it back
done-opted-in = { $name } may get marketing again. { $key } takes it back
toast-too-long = Too long: { $count } of { $most } characters.
toast-window-closed = The window is closed: kept as a draft.

## Problems that the daemon tells, by code

problem-outside-window = The window of 24 hours is closed: only a template may go.
problem-too-long = It is longer than WhatsApp allows.
problem-number-not-ready = The number is paused or broken.
problem-forbidden = You may not do that.
problem-unauthorized = The daemon does not know you.
problem-not-found = That does not exist any more.
problem-busy = The daemon is busy: try again.
problem-opted-out = The customer wants no marketing.
problem-would-mark-read = It would give the customer blue ticks too.
problem-storage-full = The server's disk is full: nothing was stored.
problem-clock-wrong = The server's clock is wrong: set it (timedatectl set-ntp true). Until then windows are counted by Meta's time.
problem-clock-ok = The server's clock is right again.
problem-internal = Something broke inside recado; the daemon's log says more.
problem-unreachable = The daemon does not answer.

## For the ear

plain-head = { $name }, number { $number }, { $window }
plain-window = window open { $span }
plain-unread =
    { $n ->
        [one] { $n } unread
       *[other] { $n } unread
    }
plain-snoozed = put off until { $moment }
plain-back = back since { $moment }
plain-foot =
    { $n ->
        [one] { $n } unread chat. Press { $key } for help.
       *[other] { $n } unread chats. Press { $key } for help.
    }
plain-quoted = answers: { $words }
plain-reaction = Reaction: { $emoji }
plain-status = { $status }: { $words }

## Being told

notice-from = { $name }, { $number }
notice-new = New message
notice-many =
    { $n ->
        [one] { $n } new message
       *[other] { $n } new messages
    }

## Statistics

stats-title = Statistics
stats-all = all numbers
stats-day = day
stats-week = week
stats-month = month
stats-by-hour = Messages by hour
stats-by-day = Messages by day
stats-in = in
stats-out = out
stats-new = new customers
stats-answer = typical answer
stats-answer-most = slow answer
stats-conversations = conversations
stats-lost = windows lost
stats-delivery = Delivery
stats-by-number = By number
stats-none = The daemon has no figures to show.
stats-loading = Counting…
stats-step = { $step }: { $in } in, { $out } out

## What a terminal lacks

doctor-ok = ok
doctor-missing = missing
doctor-unknown = unknown
doctor-add = Add to { $file }:
doctor-term = terminal
doctor-term-do = Run recado with --plain there, or set TERM to what the terminal is.
doctor-utf8 = letters
doctor-utf8-do = The locale is not UTF-8, or one in which many marks are two cells wide: recado draws with ASCII marks.
doctor-colours = colours
doctor-colours-do = Without colours states are told by weight and words.
doctor-copy = copying (OSC 52)
doctor-copy-do = Nobody says whether this terminal takes what recado copies. If it does not: Alt-m, then select with the mouse.
doctor-keys = keys told apart
doctor-keys-do = Shift-Enter cannot be told from Enter here: Alt-Enter and Ctrl-J make new lines.
doctor-mosh = mosh
doctor-mosh-do = mosh carries no pictures, and copying only from version 1.4 on; ssh does both.
doctor-tmux-passthrough = tmux: pictures and notices
doctor-tmux-passthrough-do = tmux keeps what is meant for the terminal behind it.
doctor-tmux-clipboard = tmux: copying
doctor-tmux-clipboard-do = tmux throws away what recado copies, without a word.
doctor-tmux-focus = tmux: focus
doctor-tmux-focus-do = recado cannot know whether you look at it, and marks chats as read by your keys alone.
doctor-tmux-keys = tmux: keys
doctor-tmux-keys-do = Shift-Enter does not come through: Alt-Enter and Ctrl-J do.

## What the doctor finds, by check and code

check-title = Number { $number }: examining
check-way = The way of a message
check-rest = The number and this machine
check-verdict-ok = ok
check-verdict-warning = look
check-verdict-failed = wrong
check-verdict-skipped = skipped
check-all-ok = All is well.
check-why = Do
check-run = Run
check-page = Page
check-metas-advice = Meta says: { $advice }
check-name = name
check-port = port
check-certificate = certificate
check-reach = this daemon
check-handshake = handshake
check-delivery = signed delivery
check-callback = app's webhook
check-subscription = subscription
check-override = diversion
check-last-delivery = last delivery
check-token = token
check-permissions = permissions
check-number = number
check-payment = payment
check-policy = policy
check-clock = clock
check-disk = disk
check-database = database
check-after = not looked at: { $hop } must be mended first
check-refused = Meta refused the question (code { $error }: { $why })
check-unreached = Meta could not be asked: { $why }
check-unreached-do = Look at this machine's way to the internet, then run the doctor again.
check-unknown = could not be found out: { $why }
check-name-ok = { $host } is { $addresses }
check-name-local = { $host } is this machine itself; only programs here can call it
check-name-no-url = webhook.public_url is empty: nobody knows where Meta should call
check-name-no-url-do = Set webhook.public_url = "https://…" in recado.toml, to the name that points to this machine; it holds as soon as the file is saved.
check-name-bad-url = webhook.public_url is no address: { $url }
check-name-bad-url-do = Write it as https://wa.example.com, with nothing behind the name.
check-name-not-found = the name { $host } does not resolve: { $why }
check-name-not-found-do = At your domain's provider add an A record for { $host } with this server's address; it may take an hour to be seen everywhere.
check-name-private = { $host } is { $addresses }, an address that nobody outside reaches
check-name-private-do = If only this machine sees it so (a line in /etc/hosts), all is well. Otherwise put the public address into the A record.
check-port-ok = port { $port } of { $address } is open
check-port-some = port { $port } is open at { $address } and shut at { $other }
check-port-some-do = Meta may choose either: let the proxy listen at both, or take the record of { $other } away.
check-port-refused = nothing listens at port { $port } of { $address }
check-port-refused-do = Start the reverse proxy (sudo systemctl start caddy, or nginx); README, step 2, has a ready file for each.
check-port-silent = port { $port } of { $address } does not answer: mostly a firewall
check-port-silent-do = Open port { $port } in this machine's firewall (sudo ufw allow { $port }/tcp) and in your provider's panel.
check-port-unreached = port { $port } cannot be reached: { $why }
check-port-unreached-do = Check the address of the name, and this machine's network.
check-certificate-ok = valid for { $days } more days, from { $issuer }
check-certificate-local = none needed on this machine; Meta itself calls https only
check-certificate-soon = ends in { $days } days
check-certificate-soon-do = It should have renewed itself by now: see what the renewal says.
check-certificate-expired = ended { $ago } ago
check-certificate-expired-do = Meta delivers nothing until it is renewed. Caddy renews by itself when ports 80 and 443 are open; with nginx run certbot.
check-certificate-not-yet = not valid yet, by this machine's clock
check-certificate-not-yet-do = Look at the clock of this machine first; if it is right, ask for the certificate again.
check-certificate-wrong-host = made for { $names }, not for { $host }
check-certificate-wrong-host-do = The proxy shows another site's certificate: give { $host } a block of its own in the proxy's file, and a certificate for that name.
check-certificate-self-signed = signed by itself: Meta accepts only certificates of a public authority
check-certificate-self-signed-do = Let Caddy fetch one (packaging/proxy/Caddyfile), or get one with certbot: both are free.
check-certificate-incomplete = sent without the certificate of who signed it ({ $issuer })
check-certificate-incomplete-do = Browsers forgive this, Meta does not: in nginx point ssl_certificate to fullchain.pem instead of cert.pem.
check-certificate-untrusted = signed by { $issuer }, which Meta does not know
check-certificate-untrusted-do = Get a certificate of a public authority: Caddy and certbot do it for free.
check-certificate-bad = not accepted: { $why }
check-certificate-bad-do = Ask for the certificate again.
check-certificate-no-tls = port { $port } of { $host } does not speak TLS: { $why }
check-certificate-no-tls-do = Meta calls https: let the proxy listen there with a certificate, and not recadod itself.
check-certificate-not-https = webhook.public_url begins with http://, and Meta calls only https
check-certificate-not-https-do = Put a proxy with a certificate in front (README, step 2) and write https://{ $host } there.
check-reach-ok = the public address leads here ({ $ms } ms)
check-reach-other-recado = another recado answers at { $url }
check-reach-other-recado-do = The name or the proxy leads to another recadod: compare the proxy's target with webhook.listen here, and the name's address with this server's.
check-reach-other-server = something else answers at { $url } (HTTP { $status }, server { $server })
check-reach-other-server-do = The proxy does not pass this on to recadod: let it pass /webhooks/, /.well-known/recado/ and /healthz to the address in webhook.listen.
check-reach-redirect = { $url } sends us on to { $to }, and Meta does not follow
check-reach-redirect-do = Set webhook.public_url to the final address, or take the redirect away for recado's paths.
check-reach-gateway = the proxy answers { $status }: it does not reach recadod
check-reach-gateway-do = Compare the proxy's target with webhook.listen, and see that recadod runs there.
check-reach-silent = no answer: { $why }
check-reach-silent-do = Look at the proxy's log.
check-handshake-ok = answered in { $ms } ms
check-handshake-wrong-token = refused: at { $url } another verify token is expected
check-handshake-wrong-token-do = What answers there is not this daemon, or the proxy drops the query: let /webhooks/ go to this recadod, unchanged.
check-handshake-unknown-app = the daemon at { $url } knows no number of the app { $app }
check-handshake-unknown-app-do = Let /webhooks/ go to this recadod: another one answers there.
check-handshake-changed = answered, but not with the challenge
check-handshake-changed-do = Something on the way changes the answer: a page before the site, a cache, a login. Take it away for /webhooks/.
check-handshake-other-server = something else answers at { $url } (HTTP { $status }, server { $server })
check-handshake-other-server-do = Let the proxy pass /webhooks/ to recadod, GET and POST, without login, cache or filter.
check-handshake-redirect = { $url } sends us on to { $to }, and Meta does not follow
check-handshake-redirect-do = Take the redirect away for /webhooks/.
check-handshake-gateway = the proxy answers { $status }: it does not reach recadod
check-handshake-gateway-do = Compare the proxy's target for /webhooks/ with webhook.listen.
check-handshake-silent = no answer: { $why }
check-handshake-silent-do = Look at the proxy's log.
check-delivery-other-server = something else answers at { $url } (HTTP { $status }, server { $server })
check-delivery-other-server-do = Let the proxy pass /webhooks/ to recadod, GET and POST, without login, cache or filter.
check-delivery-redirect = { $url } sends us on to { $to }, and Meta does not follow
check-delivery-redirect-do = Take the redirect away for /webhooks/.
check-delivery-gateway = the proxy answers { $status }: it does not reach recadod
check-delivery-gateway-do = Compare the proxy's target for /webhooks/ with webhook.listen.
check-delivery-silent = no answer: { $why }
check-delivery-silent-do = Look at the proxy's log.
check-delivery-ok = taken in { $ms } ms, recognised, and not stored
check-delivery-lost = answered 200, but it did not come to this daemon
check-delivery-lost-do = Meta would take it for delivered, and it would be lost: something else answers POST at { $url }. Let the proxy pass POST to this recadod.
check-delivery-wrong-signature = the body or its signature was changed on the way
check-delivery-wrong-signature-do = The proxy must pass the body byte for byte and keep the header X-Hub-Signature-256: turn off what rewrites, compresses or filters bodies for /webhooks/.
check-delivery-unknown-app = the daemon at { $url } knows no number of this app
check-delivery-unknown-app-do = Let POST go to this recadod: another one answers there.
check-delivery-too-long = the proxy takes only short bodies (413)
check-delivery-too-long-do = In nginx set client_max_body_size 4m for this site.
check-delivery-not-stored = it came, but the database cannot be written
check-delivery-not-stored-do = Look at disk and database below; Meta keeps what it could not deliver and comes again.
check-callback-ok = Meta calls { $url }
check-callback-none = the app { $app } has no webhook at Meta
check-callback-none-do = App dashboard › WhatsApp › Configuration › Webhook › Edit: enter { $ours } and the verify token, then subscribe to messages.
check-callback-elsewhere = Meta calls { $url }, not { $ours }
check-callback-elsewhere-do = App dashboard › WhatsApp › Configuration › Webhook › Edit: enter { $ours } and the verify token. An app has one webhook: if the other program needs it, give recado an app of its own.
check-callback-inactive = Meta has switched the app's webhook off
check-callback-inactive-do = App dashboard › WhatsApp › Configuration › Webhook › Edit › Verify and save, to switch it on again.
check-callback-no-messages = the webhook is ours, but the field messages is not subscribed: no message and no tick comes
check-callback-no-messages-do = App dashboard › WhatsApp › Configuration › Webhook › Webhook fields: press Subscribe beside messages.
check-callback-fields = messages come; not subscribed: { $fields }
check-callback-fields-do = Subscribe to these too: without them recado learns of blocked templates and falling quality only when it asks.
check-callback-wrong-secret = Meta refuses the app secret that recado has (code { $error })
check-callback-wrong-secret-do = It was reset at Meta, or it is another app's: copy App settings › Basic › App secret and give it to recado with recado number set --app-secret-file FILE. Meta sends what was refused again by itself.
check-subscription-ok = the account is subscribed to our app { $app }
check-subscription-nobody = the account { $account } is subscribed to no app: Meta delivers to nobody
check-subscription-nobody-do = The webhook is verified and yet nothing arrives: subscribe account { $account } to app { $app }, with recado number reconnect, or with API Setup › Send message.
check-subscription-other = the account is subscribed to { $others }, not to our app { $app }
check-subscription-other-do = The webhook is verified and yet nothing arrives: subscribe account { $account } to app { $app }, with recado number reconnect, or with API Setup › Send message.
check-override-ok = messages go where the app says
check-override-number = this number's messages go to { $url } instead
check-override-number-do = Take the diversion away at Meta (an empty override_callback_uri), or in the program that set it; until then recado hears nothing.
check-override-account = this account's messages go to { $url } instead
check-override-account-do = Take the diversion away at Meta (an empty override_callback_uri), or in the program that set it; until then recado hears nothing.
check-last-delivery-ok = Meta delivered { $ago } ago
check-last-delivery-never = Meta has delivered nothing yet
check-last-delivery-never-do = Write to the number from any phone. If nothing comes though all above is well, turn the app's switch from Development to Live.
check-last-delivery-silent = nothing for { $ago }
check-last-delivery-silent-do = If that is long for this number, write to it from any phone and see whether it comes.
check-last-delivery-refused = the last { $count } notifications had a wrong signature and were refused
check-last-delivery-refused-do = The app secret changed at Meta, or something on the way changes the bodies: copy App settings › Basic › App secret and give it to recado with recado number set --app-secret-file FILE. Meta sends them again by itself.
check-token-ok = works, and never ends
check-token-until = works for { $days } more days
check-token-works = works; Meta does not say for how long
check-token-soon = ends in { $days } days
check-token-soon-do = Make a permanent one: Business settings › Users › System users › Generate token, expiry Never; then recado number set --access-token-file -, and paste it.
check-token-temporary = a temporary one of the dashboard, good for { $hours } more hours
check-token-temporary-do = Make a permanent one: Business settings › Users › System users › Generate token, expiry Never; then recado number set --access-token-file -, and paste it.
check-token-expired = has ended (code { $error })
check-token-expired-do = Make a permanent one: Business settings › Users › System users › Generate token, expiry Never; then recado number set --access-token-file -, and paste it.
check-token-dead = Meta refuses it (code { $error }, { $subcode }): a password, a role or the app changed
check-token-dead-do = Make a permanent one: Business settings › Users › System users › Generate token, expiry Never; then recado number set --access-token-file -, and paste it.
check-token-other-app = belongs to another app ({ $other }), not to { $app }
check-token-other-app-do = Generate the token with app { $app } chosen, or set --app-id to the other; then recado number set --access-token-file -.
check-permissions-ok = may send and look after the account
check-permissions-missing = lacks { $permission }
check-permissions-missing-do = Generate the token again with whatsapp_business_messaging, whatsapp_business_management and business_management ticked.
check-permissions-other-account = sees the accounts { $accounts }, not { $account }
check-permissions-other-account-do = Business settings › System users › Assign assets: the WhatsApp account { $account }, full control; then generate the token again.
check-number-ok = { $name }, quality { $quality }, limit { $limit }, throughput { $throughput }
check-number-gone = Meta does not know it, or the token may not see it
check-number-gone-do = Compare the phone number id with API Setup › From, and give the system user access to the account.
check-number-not-registered = stands at { $status }: it is not registered with the Cloud API
check-number-not-registered-do = WhatsApp Manager › Phone numbers › the number › Register, with its six-digit PIN.
check-number-restricted = stands at { $status } with Meta
check-number-restricted-do = WhatsApp Manager › Phone numbers shows until when, and where to appeal; replies may still go.
check-number-blocked = Meta lets it send nothing (code { $error }): { $why }
check-number-blocked-do = Open WhatsApp Manager › Phone numbers and do what it asks.
check-number-limited = Meta limits it (code { $error }): { $why }
check-number-limited-do = Open WhatsApp Manager › Phone numbers to see what is missing.
check-number-name = the display name { $name } stands at { $name_status }
check-number-name-do = WhatsApp Manager › Phone numbers › the number › Profile: choose a name that shows the business.
check-number-quality = customers complain: quality { $quality }
check-number-quality-do = Send fewer templates, only to people who asked for them, for a week.
check-payment-ok = nothing is owed
check-payment-problem = Meta does not get its money (code { $error }): { $why }
check-payment-problem-do = WhatsApp Manager › Billing: set or repair the payment method. Replies within 24 hours still go.
check-policy-ok = no restriction
check-policy-review = Meta's review of the account: { $review }
check-policy-review-do = Open Business Support Home: it says why, and has the button for another review.
check-policy-blocked = Meta lets the account send nothing (code { $error }): { $why }
check-policy-blocked-do = Open Business Support Home to see what it is about, and appeal there.
check-policy-limited = Meta limits the account (code { $error }): { $why }
check-policy-limited-do = Open WhatsApp Manager and finish what it asks of the business.
check-clock-ok = right to { $seconds } s
check-clock-off = { $seconds } s { $way ->
        [behind] behind
       *[ahead] ahead of
    } Meta's
check-clock-off-do = Windows of 24 hours, tokens and certificates are judged by it: let the machine set its clock by itself.
check-disk-ok = { $mib } MiB free ({ $percent } %) at { $folder }
check-disk-little = { $mib } MiB free ({ $percent } %) at { $folder }
check-disk-little-do = Make room: a limit for files (media.keep = "90 days") holds at once; without room Meta's messages wait at Meta.
check-disk-full = { $mib } MiB free ({ $percent } %) at { $folder }
check-disk-full-do = Make room: a limit for files (media.keep = "90 days") holds at once; without room Meta's messages wait at Meta.
check-database-ok = whole, { $mib } MiB
check-database-large = can be written; at { $mib } MiB it is not read through while people work
check-database-not-writable = cannot be written
check-database-not-writable-do = The log says why: mostly a full disk or changed rights on the folder.
check-database-unreadable = cannot be read: { $why }
check-database-unreadable-do = Stop recadod and look at the log before anything else; do not delete the file.
check-database-broken = damaged: { $why }
check-database-broken-do = Stop recadod, copy the data folder away, and bring back the newest backup.
cli-doctor-none = There is no number to examine yet: recado connect.

## Short words for the hint line

hint-send = send
hint-new-line = line
hint-go-to-chat = go to
hint-commands = commands
hint-help = help
hint-open = open
hint-next-unread = unread
hint-filter = filter
hint-next-hit = next
hint-previous-hit = previous
hint-search = search
hint-note = note
hint-archive = archive
hint-snooze = put off
hint-write = write
hint-reply = quote
hint-copy = copy
hint-retry = resend
hint-details = details
hint-customer = customer
hint-react = react
hint-forward = forward
hint-select = select
hint-new-chat = new chat
hint-editor = editor
hint-next-pane = next
hint-stats-day = day
hint-stats-week = week
hint-stats-month = month
hint-stats-earlier = earlier
hint-stats-later = later
hint-stats-copy = CSV
hint-statistics = figures
hint-attach = file
hint-tick = choose
hint-as-document = as document
hint-hidden-files = hidden
hint-open-link = open
hint-save-file = save
hint-template = template
hint-sync-templates = sync
hint-new-reply = new
hint-remove-reply = remove
hint-template-language = language
hint-undo = undo
hint-keep-writing = draft
hint-back = back
hint-accept = choose
hint-down = down
hint-up = up

## Deeds: what they are called, and one line that explains each

do-down = move down
    .help = Goes to the next one.
do-up = move up
    .help = Goes to the one before.
do-first = to the first
    .help = Goes to the beginning.
do-last = to the newest
    .help = Goes to the end, to what is newest.
do-page-down = page down
    .help = Moves one page on.
do-page-up = page up
    .help = Moves one page back.
do-half-page-down = half a page down
    .help = Moves half a page on.
do-half-page-up = half a page up
    .help = Moves half a page back.
do-next-day = next day
    .help = Goes to the first message of the next day.
do-previous-day = day before
    .help = Goes to the first message of the day before.
do-unread-above = unread above
    .help = Goes to where the unread ones began.
do-unread-below = unread below
    .help = Goes to the next unread message.
do-to-quoted = to the quoted
    .help = Goes to the message that this one quotes.
do-to-date = to a day
    .help = Goes to the first message of a day: yesterday, 12 feb, 2026-02-12.
do-search = search
    .help = Finds words, here or in every chat; from: before: has: and the like narrow it.
do-next-hit = next hit
    .help = Goes to the next message that the search found, which is older.
do-previous-hit = previous hit
    .help = Goes to the one before.
do-reply = reply quoting
    .help = Quotes this message in the answer.
do-copy = copy text
    .help = Copies the message's text.
do-copy-named = copy with name
    .help = Copies the message with name and time.
do-react = react
    .help = Puts an emoji on the message, or takes it off.
do-forward = forward
    .help = Puts the message's words into another chat's box.
do-select = select several
    .help = Chooses several messages to copy or forward; twice: a part of one.
do-select-part = select a part
    .help = Chooses some words of the message to copy.
do-new-chat = new chat
    .help = Begins a chat with any number.
do-editor = external editor
    .help = Opens what is written in $EDITOR; nothing is sent by itself.
do-paste-clipboard = paste
    .help = Puts in the text on this machine's clipboard.
do-attach = attach files
    .help = Chooses files of this machine and sends them, each with its words.
do-template = template
    .help = Chooses an approved template, fills it in and sends it; also while the window is closed.
do-replies = saved replies
    .help = Lists saved replies: puts one in the box, writes, changes or removes them.
do-ask-buttons = send reply buttons
    .help = Makes a message with up to three buttons to answer by.
do-ask-list = send a list
    .help = Makes a message with a list of up to ten rows to choose from.
do-ask-link = send a link button
    .help = Makes a message with a button that opens a page.
do-ask-place = ask for the location
    .help = Makes a message with a button that sends where the customer is.
do-sync-templates = sync templates
    .help = Asks Meta for all templates now.
do-template-language = template language
    .help = Shows the templates of one language, then of the next, then all.
do-new-reply = new saved reply
    .help = Writes a saved reply, in their list.
do-remove-reply = remove saved reply
    .help = Throws the saved reply under the cursor away.
do-tick = choose file
    .help = Ticks a file in the picker, or takes the tick off.
do-as-document = send as document
    .help = The file under the cursor goes as a document, whatever it is.
do-hidden-files = hidden files
    .help = Shows hidden files in the picker, or hides them.
do-open-link = open link or file
    .help = Opens the message’s link in the browser, or its file; asks first.
do-save-file = save file
    .help = Saves the message’s file on this machine, never over another.
do-fetch-file = fetch file
    .help = Fetches a file from WhatsApp that was too large or could not be fetched.
do-enlarge = enlarge picture
    .help = Shows the message’s picture large; Enter does it too. Up and down go to the next ones.
do-play = play or stop
    .help = Plays the voice note or sound with the player that is set; again stops it.
do-retry = send again
    .help = Sends a failed message again; asks first.
do-details = details
    .help = Times, ids and errors of the message.
do-open = open
    .help = Opens the chat.
do-next-unread = next unread
    .help = Goes to the next unread chat.
do-previous-unread = unread before
    .help = Goes to the unread chat before.
do-next-chat = next chat
    .help = Opens the chat below.
do-previous-chat = chat before
    .help = Opens the chat above.
do-mark-read = mark as read
    .help = Marks the chat as read; the customer sees blue ticks.
do-mark-unread = mark as unread
    .help = On your screen only: the customer is told nothing.
do-read-all = mark every chat as read
    .help = Tells the customers nothing; asks first, and can be taken back.
do-archive = archive
    .help = Takes the chat off the list until the customer writes.
do-pin = pin
    .help = Keeps the chat at the top of the list.
do-mute = mute
    .help = This chat makes no noise.
do-snooze = put off until… (snooze)
    .help = Out of the list until then, or until the customer writes; for every operator.
do-note = note on the customer
    .help = Writes down something about the customer; every operator reads it.
do-labels = labels
    .help = Puts labels on the chat or takes them off.
do-rename = name the customer
    .help = Gives the customer a name of ours; they do not see it.
do-opt-out = opt out of marketing
    .help = Marks that the customer wants no marketing, or takes the mark off.
do-files = files of the chat
    .help = Finds the messages that carry a file.
do-take-back = take it back
    .help = Undoes the last deed on a chat: archived, pinned, read and the like.
do-filter = filter the list
    .help = Shows only chats whose name, number or label has these letters.
do-view-all = view: all
    .help = Every open chat, pinned ones first.
do-view-unread = view: unread
    .help = Only chats with something unread.
do-view-waiting = view: waiting for us
    .help = Only chats whose customer waits for an answer, the longest wait first.
do-view-closing = view: window closing soon
    .help = Only chats whose window is open, the one that closes soonest first.
do-view-archived = view: archived
    .help = Only archived chats.
do-view-snoozed = view: put off
    .help = Only chats that are put off, the soonest first.
do-go-back = back to where you were
    .help = Goes to the chat and the message where you were before.
do-go-forward = forth again
    .help = Undoes the last step back.
do-write = write
    .help = Puts the cursor into the answer.
do-send = send
    .help = Sends what is written.
do-new-line = new line
    .help = Goes on in another line.
do-pick-message = pick a message
    .help = With an empty answer, picks the last message.
do-clear = clear
    .help = Clears what is written; undo brings it back.
do-undo = undo
    .help = Takes the last change back.
do-redo = redo
    .help = Does again what was taken back.
do-kill-line = kill to the end
    .help = Kills to the end of the line.
do-keep-writing = write a draft
    .help = Lets you write although the window is closed; it stays a draft.
do-why-closed = ask why nothing can be written
    .help = Says why the window is closed and what opens it again.
do-go-to-chat = go to a chat
    .help = Finds a chat by name or number.
do-commands = all commands
    .help = Finds a deed by its name.
do-bind-key = bind a key
    .help = Asks for a key for the chosen deed, and writes it into keys.toml.
do-help = help
    .help = Shows the keys in force.
do-number-1 = only number 1
    .help = Shows only the chats of that number.
do-number-2 = only number 2
    .help = Shows only the chats of that number.
do-number-3 = only number 3
    .help = Shows only the chats of that number.
do-number-4 = only number 4
    .help = Shows only the chats of that number.
do-number-5 = only number 5
    .help = Shows only the chats of that number.
do-number-6 = only number 6
    .help = Shows only the chats of that number.
do-number-7 = only number 7
    .help = Shows only the chats of that number.
do-number-8 = only number 8
    .help = Shows only the chats of that number.
do-number-9 = only number 9
    .help = Shows only the chats of that number.
do-all-numbers = all numbers
    .help = Shows the chats of every number.
do-statistics = statistics
    .help = Messages, delivery and first answers, by hour and by number.
do-stats-day = one day
    .help = Figures of one day, by hour.
do-stats-week = one week
    .help = Figures of one week, by day.
do-stats-month = one month
    .help = Figures of one month, by day.
do-stats-earlier = earlier
    .help = The span before.
do-stats-later = later
    .help = The span after.
do-stats-copy = copy as CSV
    .help = Copies the figures for a spreadsheet.
do-customer = customer panel
    .help = Opens or closes the customer panel.
do-next-pane = next pane
    .help = Gives the keys to the next pane.
do-previous-pane = pane before
    .help = Gives the keys to the pane before.
do-accept = accept
    .help = Does what is chosen.
do-back = one step back
    .help = Closes, lets go or returns, one step at a time.
do-toggle-list = list on or off
    .help = Shows or hides the chat list.
do-list-narrower = narrower list
    .help = Makes the list narrower.
do-list-wider = wider list
    .help = Makes the list wider.
do-toggle-mouse = mouse on or off
    .help = Takes the mouse or lets it go.
do-redraw = draw again
    .help = Draws the screen again.
do-suspend = suspend
    .help = Puts the program aside; the shell brings it back.
do-quit = quit
    .help = Closes the console; the daemon goes on sending.

## Countries by calling code

country-1 = United States, Canada or the Caribbean
country-7 = Russia or Kazakhstan
country-20 = Egypt
country-27 = South Africa
country-30 = Greece
country-31 = Netherlands
country-32 = Belgium
country-33 = France
country-34 = Spain
country-36 = Hungary
country-39 = Italy
country-40 = Romania
country-41 = Switzerland
country-43 = Austria
country-44 = United Kingdom
country-45 = Denmark
country-46 = Sweden
country-47 = Norway
country-48 = Poland
country-49 = Germany
country-51 = Peru
country-52 = Mexico
country-53 = Cuba
country-54 = Argentina
country-55 = Brazil
country-56 = Chile
country-57 = Colombia
country-58 = Venezuela
country-60 = Malaysia
country-61 = Australia
country-62 = Indonesia
country-63 = Philippines
country-64 = New Zealand
country-65 = Singapore
country-66 = Thailand
country-81 = Japan
country-82 = South Korea
country-84 = Vietnam
country-86 = China
country-90 = Turkey
country-91 = India
country-92 = Pakistan
country-94 = Sri Lanka
country-98 = Iran
country-212 = Morocco
country-213 = Algeria
country-216 = Tunisia
country-221 = Senegal
country-225 = Ivory Coast
country-233 = Ghana
country-234 = Nigeria
country-238 = Cape Verde
country-240 = Equatorial Guinea
country-244 = Angola
country-254 = Kenya
country-258 = Mozambique
country-351 = Portugal
country-352 = Luxembourg
country-353 = Ireland
country-358 = Finland
country-376 = Andorra
country-380 = Ukraine
country-420 = Czechia
country-501 = Belize
country-502 = Guatemala
country-503 = El Salvador
country-504 = Honduras
country-505 = Nicaragua
country-506 = Costa Rica
country-507 = Panama
country-509 = Haiti
country-591 = Bolivia
country-592 = Guyana
country-593 = Ecuador
country-595 = Paraguay
country-597 = Suriname
country-598 = Uruguay
country-852 = Hong Kong
country-886 = Taiwan
country-961 = Lebanon
country-966 = Saudi Arabia
country-971 = United Arab Emirates
country-972 = Israel

## The command line

cli-id = id
cli-name = name
cli-org = organisation
cli-slug = slug
cli-label = label
cli-number = number
cli-state = state
cli-queued = waiting
cli-unread = unread
cli-when = when
cli-who = who
cli-text = text
cli-chat = chat
cli-customer = customer
cli-window = window
cli-last = last message
cli-open = open
cli-closed = closed
cli-them = customer
cli-us = we
cli-version = version
cli-webhook = webhook
cli-last-delivery = last delivery
cli-never = never
cli-outbox = outbox
cli-outbox-counts = { $queued } waiting, { $sending } on the way, { $failed } failed in 24 h
cli-database = database
cli-pending = pending
cli-connected = connected
cli-paused = paused
cli-error = error
cli-no-orgs = No organisations yet. Add one: recado org add SLUG --name NAME
cli-no-numbers = No numbers yet. Add one: recado connect
cli-no-chats = No chats.
cli-no-messages = No messages.
cli-stats-in = in
cli-stats-out = out
cli-stats-new = new
cli-stats-delivered = delivered
cli-stats-read = read
cli-stats-failed = failed
cli-stats-lost = windows lost
cli-stats-p50 = answer p50
cli-stats-p90 = answer p90
cli-stats-total = All
cli-stats-code = Failed with { $code }
cli-stats-no-day = “{ $words }” is no day: write 2026-02-12, 12 feb, yesterday or 7d.
cli-no-hits = Nothing found.
cli-no-tokens = No tokens yet. Make one: recado token add NAME --org SLUG
cli-no-number = No number is called { $name }. List them: recado numbers
cli-no-org = No organisation is called { $name }. List them: recado orgs
cli-no-chat = No chat with { $name }. List them: recado chats
cli-org-added = Added { $slug }. Next: recado connect --org { $slug }
cli-number-added = Added { $label }. Give these two to Meta (WhatsApp › Configuration › Webhook); the token is not shown again:
    callback URL   { $url }
    verify token   { $token }
cli-number-paused = { $label } is paused: what waits to be sent stays, messages still come in.
cli-number-resumed = { $label } sends again.
cli-number-set = { $label } is changed.
cli-number-removed = { $label } is removed; its messages stay.
cli-confirm-remove = Remove { $label }? Its messages stay, but nothing comes in or goes out any more. [y/N]
cli-confirm-with-yes = This wants a yes ({ $label }): add --yes
cli-token-revoked = The token is worth nothing any more.
cli-paste-secret = Paste it and press Enter:
cli-empty-secret = The file holds nothing.
cli-cannot-read = { $file } cannot be read: { $why }
cli-offered = Offered { $name } ({ $size }) to the chat that is open in your console.
cli-media = { $name }  { $size }  { $state }  { $why }
cli-file-exists = { $file } is there already and stays as it is: name another with -o
cli-cannot-write = { $file } cannot be written: { $why }
cli-saved = Saved { $file } ({ $size })
cli-file-from-where = Which file? Name one, or give its bytes: recado put < menu.pdf
cli-bad-param = --param takes KEY=VALUE, not { $param }
cli-sent = { $id }  { $status }
cli-send-failed = Not sent ({ $code } { $title }): { $advice }
cli-send-unknown = Nobody knows whether Meta has it: the answer was lost. It is not sent again by itself; its next report settles it.
cli-still-waiting = Not so far yet; the message { $id } goes on by itself.
problem-not-implemented = Not built yet.

cli-template-language = language
cli-template-category = category
cli-template-quality = quality
cli-template-why = reason
cli-template-param = --param
cli-template-takes = takes
cli-template-example = example
cli-no-templates = No templates. Ask Meta for them: recado templates --sync
cli-no-template = No template is called { $name }. List them: recado templates
cli-template-several = There are several: { $list }. Say which with --language, --number, or its id.
cli-template-which-number = Say for which number with --number: there are several accounts, or none yet.
cli-template-other-name = The file is of another template: name and language of a template stay as they are.
cli-template-not-synced = Account { $account }: { $why }
cli-template-stands = { $name } ({ $language }): { $state } { $why }
cli-template-still-waiting = Meta has not decided yet; recado hears of it by itself. Look later: recado templates
cli-template-confirm-delete = Delete { $label } at Meta? An approved name cannot be used again for 30 days. [y/N]
cli-template-deleted = { $label } is deleted at Meta.
cli-no-replies = No saved replies yet. Keep one: recado reply add NAME --text WORDS
cli-no-reply = No reply is called { $name }. List them: recado reply list
cli-reply-kept = /{ $name } is kept.
cli-reply-removed = /{ $name } is gone.
cli-replies-imported = { $n } replies are kept.
cli-replies-without-files =
    { $n ->
        [one] The files of one reply are not in this text
       *[other] The files of { $n } replies are not in this text
    }: with --files FOLDER they come along.
cli-replies-exported = { $file } holds { $n } replies, and their files lie beside it.
problem-template-not-ready = The template cannot be sent now.
problem-meta-refused = Meta says no.
problem-meta-unreachable = Meta does not answer.

## Codes explained

cli-explain-way = Where
cli-explain-steps = Steps
cli-explain-unknown = Nothing is known of the code { $code }. recado explain lists all that are known; Meta explains its codes at developers.facebook.com.
cli-code = Code
cli-means = Meaning

## Rights

forbidden-know = Your role does not let you ask how recado is.
forbidden-read = Your role does not let you read messages here.
forbidden-send = Your role lets you read but not write to customers; an owner or admin can change that.
forbidden-keep = Your role lets you read but change nothing; an owner or admin can change that.
forbidden-reply = Your role does not let you change saved replies; ask an owner or admin.
forbidden-template = Changing templates is for owners and admins.
forbidden-number = Changing numbers is for owners and admins.
forbidden-token = Tokens are for owners and admins.
forbidden-operator = Who may come in is decided by owners and admins.
forbidden-org = Only an owner may change the organisation.
forbidden-audit = The audit log is for owners and auditors.
forbidden-machine = That is for whoever owns the machine: root, or the user that recadod runs as.
forbidden-machine-here = Not on this shared account: it would touch files or programs of the server. Files come with “ssh … recado put < file”.

cli-org-renamed = It is called { $name } now.
cli-org-removed = { $name } is removed; what it wrote stays on the disk.
cli-confirm-remove-org = Remove { $label }? Its operators and tokens open nothing there any more. [y/N]
cli-operator-added = { $name } may come in.
cli-operator-removed = { $name } is sent away; open consoles are closed.
cli-confirm-remove-operator = Send { $label } away? Open consoles close at once. [y/N]
cli-role-given = { $name } is { $role } now.
cli-roles = roles
cli-role = role
cli-comes-by = comes by
cli-until = until
cli-no-operators = No operators yet. Let one in: recado operator add NAME --org SLUG --role agent
cli-no-operator = No operator is called { $name }. List them: recado operator list
cli-key-added = { $name } may come in by one more key.
cli-key-revoked = That key of { $name } opens nothing any more.
cli-key-written = The line stands in authorized_keys: ssh { $account }@… opens the console.
cli-key-not-written = { $file } was not written ({ $why }). Add this line to it; it is not shown again:
cli-line-stays = Its line stays in { $file } ({ $why }); it opens nothing any more.
cli-which-key = Say which key of { $name }: recado operator list shows them.
cli-deed = deed
cli-what = to what
cli-no-audit = Nothing was done yet.
cli-audit-whole = { $n } entries, none changed, none missing. Newest hash:
cli-audit-missing = Entry { $n } is missing: somebody took it away.
cli-audit-changed = Entry { $n } was changed after it was written.

## The key of the credentials

cli-key-own = this daemon
cli-confirm-rotate = Put a new key in the place of the present one? Backups made until now open only with that ({ $label }): keep a copy of it first. [y/N]
cli-key-rotated =
    { $n ->
        [one] One credential is
       *[other] { $n } credentials are
    } sealed with the new key { $public }, which lies in { $path }.
    Keep a copy of it in a safe place. Backups made before open only with the old key ({ $before }): keep your copy of that one with them.
cli-recipients-changed =
    { $n ->
        [one] One credential is
       *[other] { $n } credentials are
    } sealed anew. recado key list shows who can open them.
cli-key-unreadable =
    { $n ->
        [one] One credential opens
       *[other] { $n } credentials open
    } with no key, as before: enter them again with recado number set.
cli-no-recipient = Nobody of the name or key { $name } can open the credentials. List them: recado key list
