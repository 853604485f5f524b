# Connecting a number: problems, and what `recado connect` asks and tells.
problem-invalid-app-id = The app's id is the number beside its name on Meta's dashboard: digits only.
problem-invalid-app-secret = The app's secret is missing or is not one word: paste it as Meta shows it.
problem-invalid-access-token = The token is missing or is not one word: paste it as Meta shows it.
problem-token-of-another-app = The token was made for another app. Give the id and secret of the app that was chosen when it was generated, or generate it again for this one.
problem-token-dead = The token does not work, or no longer. Make a new one: business.facebook.com › Settings › Users › System users › Generate token, expiration Never.
problem-token-too-weak = The token lacks a permission. Generate it again and tick all three.
problem-secret-wrong = Meta does not take this secret for this app. Copy it again: developers.facebook.com › My Apps › the app › App settings › Basic › App secret › Show.
problem-no-public-url = Meta must reach this machine at an https address, and recado does not know which. Choose a way below, then set webhook.public_url in recado.toml.
problem-webhook-elsewhere = This app's webhooks go to another program.
problem-webhook-unreached = Meta called the public address and got no right answer: the way to this machine breaks somewhere. recado doctor says where.
problem-number-in-use = The number is in use on WhatsApp. On its phone: Settings › Account › Delete account (the line stays yours). At another provider: have it deleted there. Then try again.
problem-code-wrong = The code is not right. Look at the newest SMS.
problem-code-over = This code is over: older than ten minutes, or wrong three times. Ask for another one.
problem-pin-wrong = The number has a PIN from before: give that one. Forgotten: WhatsApp Manager › Phone numbers › the number › Settings › Two-step verification › Turn off.
problem-too-many-registrations = Meta allows ten registrations of a number in 72 hours.
problem-step-too-early = An earlier step comes first: the number has to be proved by a code.
connect-no-answer = An answer is missing. Run it in a terminal, or give the answers as lines, in order.
connect-ask-org = What is the business called?
connect-which-org = For which organisation?
connect-which = Which one?
connect-which-account = In which account?
connect-use-kept = The token of app { $app } that is kept from before
connect-paste-another = Another token
connect-token-where = App ID and secret: developers.facebook.com › My Apps › the app › App settings › Basic. Token: business.facebook.com › Settings › Users › System users › Generate token (expiration Never, three permissions: whatsapp_business_messaging, whatsapp_business_management, business_management).
connect-ask-app = App ID:
connect-ask-secret = App secret (not shown):
connect-ask-token = Token (not shown):
connect-token-permanent = A system user's token that never ends: the right one.
connect-token-sixty = A system user's token for sixty days; recado renews it in time.
connect-token-temporary = A temporary token: it dies within a day and is good for a first try alone.
connect-token-personal = A person's token: it dies with that person's password or role.
connect-token-how = One that lasts: business.facebook.com › Settings › Users › System users: add one as Admin, Assign assets (the app and the WhatsApp account, full control), Generate token with expiration Never. Then: recado number set NUMBER --access-token-file -
connect-numbers = The token sees these numbers:
connect-new-number = A new number
connect-no-accounts = The token sees no WhatsApp account: assign one to its system user (Assign assets), then try again.
connect-ask-phone = The number, with + and country code:
connect-ask-name = The name that customers will see (Meta reviews it):
connect-by-sms = The code by SMS
connect-by-call = The code by a call
connect-code-sent = Meta is sending the code; it is good for ten minutes.
connect-ask-code = The six digits (empty: another code):
connect-proved = The number is yours.
connect-registered = Registered at Meta.
connect-pin = Its PIN is { $pin }. recado keeps it sealed and does not show it again: write it down.
connect-ask-pin = The number's PIN (not shown):
connect-hooked = Meta sends this number's messages to { $url }.
connect-by-app = Take the app's webhooks over: the other program hears nothing any more
connect-by-account = Only this account's messages here; the rest stays there
connect-stop = Stop here
connect-way =   { $way }: recado connect --ways { $way ->
    [Caddy] caddy
    [nginx] nginx
   *[other] tunnel
 } --name NAME > { $file }
connect-way-then = Put this at { $file }, then set in recado.toml: [webhook] public_url = "https://{ $name }". recadod follows by itself.
connect-go-on = Everything so far is kept. Go on with: recado connect --number { $number }
connect-ask-own = Your own phone, for a first message (empty: later):
connect-proof-later = Write to the number from any phone: what arrives shows in recado.
connect-proof-slow = Meta took the message and has told nothing more for two minutes. recado doctor looks for the reason.
connect-tick-sent = ✓ sent
connect-tick-delivered = ✓✓ it is on the phone
connect-tick-read = ✓✓ read
connect-done = Connected: messages go out and come in.
connect-env-lacks = The file lacks { $what }.
connect-env-several = The token sees several numbers: put { $what } into the file.
connect-env-none = The token sees no such number: correct { $what }, or run recado connect and choose.
connect-env-done = { $label } is here and its secrets are sealed. Now delete the file, nothing reads it any more: shred -u { $file }
    Go on with: recado connect --number { $id }
connect-env-url = The file names { $url } as the webhook; recado has an address of its own and tells Meta in the next step.
connect-confirm-rest = Put { $label } to rest? Meta sends nothing here until it is woken; nothing goes out. The history stays. [y/N]
connect-confirm-move = Hand { $label } over? It begins anew there; the history stays here and what waits to be sent fails. [y/N]
connect-rests = { $label } rests. Wake it: recado number reconnect
connect-wakes = { $label } is awake; what waited goes out.
connect-moved = { $label } was handed over.

# The connect wizard of the console.
do-connect = connect a number
    .help = Takes a WhatsApp number from nothing to its first message, step by step
wizard-title = Connect a number
wizard-step = step { $n } of 6: { $name }
wizard-token = Token
wizard-account = Account
wizard-number = Number
wizard-webhook = Webhook
wizard-test = Test
wizard-done = Done
wizard-token-where = App ID and secret: developers.facebook.com › My Apps › the app › App settings › Basic. Token: business.facebook.com › Settings › Users › System users › Generate token: expiration Never, with whatsapp_business_messaging, whatsapp_business_management and business_management.
wizard-business = What the business is called
wizard-app = App ID
wizard-secret = App secret
wizard-access = Token
wizard-numbers = The token sees these numbers:
wizard-new-in = A new number in { $name }
wizard-here = · here already
wizard-new = The number must receive SMS or calls, and must not be in use on WhatsApp.
wizard-phone = Number, with + and country code
wizard-name = Name that customers will see
wizard-method = Meta sends a code to show that the number is yours.
wizard-code = The six digits
wizard-code-sent = Meta sent an SMS with six digits.
wizard-code-called = Meta calls and says six digits.
wizard-code-left = good for { $left } · { $n ->
    [one] one try left
   *[other] { $n } tries left
 }
wizard-code-over = The code is over: Tab asks for another one.
wizard-pin = The number's PIN
wizard-pin-asked = The number is being registered at Meta.
wizard-webhook-what = recado tells Meta where this number's messages go and reads back that it is so.
wizard-again = Try again
wizard-way = { $way }: copy the ready file
wizard-copied = The file for { $way } is on the clipboard: put it at { $file }, with your name in it.
wizard-own = Your own phone, with + and country code
wizard-phone-asked = A first message shows that everything works. Empty: later.
wizard-ticks = The first message:
wizard-tick-queued = · on its way
wizard-tick-failed = ✗ it failed: its details in the chat say why
wizard-done-more = Write to the number from any phone: what arrives shows in the list of chats.
wizard-waiting = asking Meta
