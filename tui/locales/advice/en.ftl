# What Meta's error codes mean, what to do, and where: one entry a code.
# The value says what it means, .do what to do, .way the exact way in Meta's menus, .page the steps where there are several.

-wm = business.facebook.com/wa/manage
-bs = business.facebook.com/settings
-way-numbers = { -wm } › Account tools › Phone numbers
-way-number = { -way-numbers } › (the number)
-way-two-step = { -way-number } › Settings › Two-step verification
-way-name = { -way-number } › Profile › Display name
-way-quality = { -way-numbers } › Quality rating
-way-username = { -way-number } › Profile › Username
-way-templates = { -wm } › Message templates
-way-flows = { -wm } › Account tools › Flows
-way-insights = { -wm } › Insights
-way-payment = business.facebook.com/billing_hub › Accounts › WhatsApp Business accounts › (the account) › Add payment method
-way-payment-terms = { -wm } › Account tools › Payments
-way-token = { -bs } › Users › System users › (the user) › Generate token
-way-assets = { -bs } › Users › System users › (the user) › Assign assets › WhatsApp accounts › Full control
-way-accounts = { -bs } › Accounts › WhatsApp accounts
-way-support-home = business.facebook.com/business-support-home › (the account)
-way-support = business.facebook.com/direct-support
-way-status = metastatus.com/whatsapp-business-api
-way-testers = developers.facebook.com/apps › (the app) › WhatsApp › API Setup › To › Manage phone number list
-way-app-secret = developers.facebook.com/apps › (the app) › App settings › Advanced › Require app secret
-way-signup = developers.facebook.com/apps › (the app) › WhatsApp › Embedded Signup
-way-blocked = { -wm } › Account tools › Blocked users
-new-token = Make a new token and give it to recado: recado number set NUMBER --access-token-file FILE. What waits goes out then.
-by-itself = Send it again in a while; recado has tried several times.
-wait-hour = Wait up to an hour: it is tried again by itself, and what failed can be sent again then.

## Access and limits of calls

fail-0 = Meta does not know this access token.
    .do = { -new-token }
    .way = { -way-token }
fail-1 = Meta's server failed, or did not understand the request.
    .do = Send it again in a few minutes; if it stays so, look at Meta's status page.
    .way = { -way-status }
fail-2 = Meta's service is overloaded or being updated.
    .do = Wait five minutes: it is tried again by itself; if it failed all the same, send it again.
    .way = { -way-status }
fail-3 = The app lacks a permission for this.
    .do = Make a token with the permission whatsapp_business_messaging and give it to recado: recado number set NUMBER --access-token-file FILE
    .way = { -way-token }
fail-4 = The app has made too many calls to Meta.
    .do = { -wait-hour }
fail-4-2390008 = The app has asked too often for the permission to call.
    .do = Wait up to an hour before anybody asks again.
fail-10 = The token may not do this.
    .do = Give the system user full control of the WhatsApp account, make a new token, and give it to recado.
    .way = { -way-assets }
fail-17 = The token's user has made too many calls to Meta.
    .do = { -wait-hour }
fail-33 = Meta does not find the number or the account, or the token may not see it.
    .do = Check the phone number ID and the account ID, and that the system user has access to this WhatsApp account.
    .way = { -way-assets }
fail-100 = Meta did not accept a value of the message.
    .do = Its details say which one; correct it and send it again.
fail-102 = The session of the token has ended.
    .do = { -new-token }
    .way = { -way-token }
fail-104 = Meta wants a proof of the app secret with every call.
    .do = Turn off Require app secret in the app at Meta, or give recado a token of another app.
    .way = { -way-app-secret }
fail-190 = The access token is no longer valid.
    .do = { -new-token }
    .way = { -way-token }
fail-190-458 = The app was removed from the business, and its token with it.
    .do = Assign the app to the system user again, make a new token, and give it to recado.
    .way = { -way-token }
fail-190-459 = Facebook has stopped the token's user until they confirm who they are.
    .do = That person signs in at facebook.com and follows what it asks; then make a new token, better one of a system user.
    .way = { -way-token }
fail-190-460 = The token died because its owner changed the password.
    .do = Make a token of a system user, which no password change ends, and give it to recado.
    .way = { -way-token }
fail-190-463 = The access token has expired.
    .do = Make one that never expires (a system user's, expiry Never) and give it to recado: recado number set NUMBER --access-token-file FILE
    .way = { -way-token }
fail-190-464 = The token's user has not confirmed their Facebook account.
    .do = That person signs in at facebook.com and confirms the account; then make a new token, better one of a system user.
    .way = { -way-token }
fail-190-467 = The access token was taken back.
    .do = { -new-token }
    .way = { -way-token }
fail-190-492 = The token's user has lost their role in the business.
    .do = Give the role back, or make a new token of a system user, and give it to recado.
    .way = { -way-token }
fail-200 = The token lacks a permission, or access to this WhatsApp account.
    .do = Give the system user full control of the WhatsApp account, make a new token with both WhatsApp permissions, and give it to recado.
    .way = { -way-assets }
fail-341 = The app has reached a limit of Meta's.
    .do = { -wait-hour }
fail-368 = Meta has blocked the account for a time because of its rules.
    .do = Read which rule it was, ask for a review if it is a mistake, and send no templates until it is lifted.
    .way = { -way-support-home }
fail-506 = Meta takes it for a repetition of the one before.
    .do = Nothing needs doing; change the words if you really want to send it twice.
fail-613 = Too many calls of this kind to Meta.
    .do = { -wait-hour }
fail-803 = Meta does not find what the request names.
    .do = Check the phone number ID and the account ID of this number.
    .way = { -way-numbers }
fail-80007 = The WhatsApp account has reached Meta's limit of calls.
    .do = { -wait-hour }
fail-80008 = The WhatsApp account has reached Meta's limit of management calls.
    .do = { -wait-hour }

## Speed, quality, policy

fail-130429 = The number sends faster than Meta allows it to.
    .do = Nothing needs doing: recado slows down and tries again by itself. If it failed all the same, send it again in a while.
fail-130497 = Meta does not let this business write to customers of that country.
    .do = Reach this customer another way; Meta lists the countries in its messaging policy.
    .way = { -way-support-home }
fail-131031 = The account is locked, or data do not match (a wrong PIN, for instance).
    .do = See why it is locked and ask for a review; send no templates until it is unlocked.
    .way = { -way-support-home }
fail-131048 = Meta has limited the number because customers complained.
    .do = Stop campaigns for some days and look at the number's quality.
    .way = { -way-quality }
fail-131056 = Too many messages in a row to this customer.
    .do = Wait a moment: recado tries again by itself, and other customers are not held up. If it failed all the same, send it again.
fail-131064 = Meta has limited the account because templates are filed under the wrong category.
    .do = Correct the categories of the templates; the limit lifts by itself.
    .way = { -way-templates }

## Sending

fail-1026 = The customer's WhatsApp cannot receive this.
    .do = Ask the customer to update WhatsApp, or send it in another form.
fail-130403 = You have blocked this customer.
    .do = Unblock the customer, then send it again.
    .way = { -way-blocked }
fail-130472 = Meta keeps this customer out of marketing in an experiment.
    .do = Wait until they write to you.
fail-131000 = Something broke at Meta.
    .do = Send it again; if it stays so, look at Meta's status page.
    .way = { -way-status }
fail-131005 = The token has no access to this number.
    .do = Give the system user full control of the WhatsApp account, make a new token, and give it to recado.
    .way = { -way-assets }
fail-131008 = The message lacks something that Meta requires.
    .do = Its details say what; complete it and send it again.
fail-131009 = Meta did not accept a value of the message.
    .do = Its details say which one. A reaction goes only on a message of the last 30 days.
fail-131016 = Meta's service does not answer now.
    .do = { -by-itself }
    .way = { -way-status }
fail-131020 = The group has no other member.
    .do = Write to the person directly.
fail-131021 = You cannot write to your own number.
    .do = Choose another recipient.
fail-131026 = It could not be delivered: the number may not be on WhatsApp, not have accepted its terms, use an old version, or have blocked you.
    .do = Check the number, and ask the customer to write first.
fail-131030 = The test number writes only to recipients on its list.
    .do = Put the customer on the list (five at most), or use a real number.
    .way = { -way-testers }
fail-131037 = The number has no approved display name yet.
    .do = Ask for the approval of the display name, then send it again.
    .way = { -way-name }
fail-131041 = Meta does not know this group.
    .do = The group is gone or was never yours: write to the people directly.
fail-131042 = There is a problem with the payment to Meta.
    .do = Add or repair the payment method; replies to customers may still go, templates will not.
    .way = { -way-payment }
fail-131044 = There is a problem with the payment for calls.
    .do = Add or repair the payment method.
    .way = { -way-payment }
fail-131045 = The number is not registered rightly with the Cloud API.
    .do = Register the number again (recado explain 133010 says how), then send it again.
    .way = { -way-number }
fail-131047 = Not delivered: the customer wrote more than 24 hours ago.
    .do = Only an approved template can open the conversation again.
fail-131049 = Meta held it back so as not to tire the customer.
    .do = Wait at least a day before you try again.
fail-131050 = The customer has stopped marketing from you.
    .do = Write only when they write to you.
fail-131051 = WhatsApp does not take this kind of message.
    .do = Send it in another form, as text for instance.
fail-131052 = The customer's file could not be fetched.
    .do = Ask the customer to send it again; WhatsApp takes files up to 100 MB.
fail-131053 = Meta could not read the file.
    .do = Check its type and its size, and send it again.
fail-131055 = This way takes marketing templates only.
    .do = Send it as a normal message.
fail-131057 = Meta is changing something in the account.
    .do = It takes a minute or two and is tried again by itself; if it failed all the same, send it again.
fail-131059 = The list at Meta has changed meanwhile.
    .do = Begin the list again.
fail-131060 = The customer wrote from a device whose message cannot be shown here.
    .do = Ask the customer to send it again from their phone.
fail-131062 = This message cannot go to a username; it needs the phone number.
    .do = Ask the customer for their phone number and write to it.
fail-131063 = Marketing templates are turned off for this account.
    .do = Allow marketing messages in the account's settings, or send a utility template.
    .way = { -wm } › Account tools › Settings › Marketing messages
fail-134011 = The business has not accepted WhatsApp's payment terms.
    .do = Accept them (the details hold a link), then send it again.
    .way = { -way-payment-terms }
fail-134100 = This way takes marketing templates only.
    .do = Send it as a normal message.
fail-134101 = Meta is still preparing the template.
    .do = Wait ten minutes, then send it again.
fail-134102 = The template is not available.
    .do = Look at its state, or choose another template.
    .way = { -way-templates }
fail-134103 = The template cannot go this way.
    .do = Look at its state, or choose another template.
    .way = { -way-templates }
fail-135000 = Meta did not accept something in the message.
    .do = Its details may say what; make it simpler and send it again.
fail-137000 = The customer may have changed phone or reinstalled WhatsApp: their identity is another one.
    .do = Make sure that it is the same person, then send it again.

## Templates and flows

fail-132000 = The template has too few or too many values.
    .do = Fill in all of its values, then send it again.
fail-132001 = The template does not exist in that language, or is not approved.
    .do = Choose another template, or wait some minutes after its approval.
    .way = { -way-templates }
fail-132005 = With its values the template is too long.
    .do = Shorten the values, then send it again.
fail-132007 = The template breaks a rule of WhatsApp's.
    .do = Read the reason beside the template, and use another one meanwhile.
    .way = { -way-templates }
fail-132008 = A value of the template is written in a form that Meta refuses.
    .do = Leave out line breaks, tabs and rows of spaces, then send it again.
fail-132012 = A value of the template is of another kind than the template wants.
    .do = Give a picture where it wants one, text where it wants text, then send it again.
fail-132015 = Meta has paused the template for low quality.
    .do = Wait three to six hours, edit it, or use another one.
    .way = { -way-templates }
fail-132016 = Meta has disabled the template for good because of its quality.
    .do = Make a new template with other words.
    .way = { -way-templates }
fail-132018 = A value of the template is not valid.
    .do = Its details say which one; correct it and send it again.
fail-132068 = Meta has blocked the flow of this template.
    .do = Mend the flow, or send a message without it.
    .way = { -way-flows }
fail-132069 = Meta has slowed the flow down to ten messages an hour.
    .do = Wait an hour, and mend the flow.
    .way = { -way-flows }
fail-139000 = Meta has blocked the flow: it does not pass its checks.
    .do = See what is wrong with the flow and mend it.
    .way = { -way-flows }
fail-139001 = The flow cannot be changed.
    .do = A published flow stays as it is: make a copy and change that.
    .way = { -way-flows }
fail-139002 = The flow cannot be published.
    .do = Mend what the flow editor marks in red, then publish it.
    .way = { -way-flows }
fail-139003 = The flow cannot be retired.
    .do = Only a published flow can be retired; look at its state.
    .way = { -way-flows }
fail-139004 = The flow cannot be deleted.
    .do = Only a draft can be deleted: retire the flow instead.
    .way = { -way-flows }
fail-139006 = The flow has too few uses for figures.
    .do = Wait until more customers have used it.
    .way = { -way-flows }
fail-200002 = The template cannot be made like this.
    .do = The details say why; correct the template.
    .way = { -way-templates }
fail-200005 = There are no figures for this template.
    .do = Confirm template insights once; then Meta begins to count.
    .way = { -way-insights }
fail-200006 = Template insights cannot be turned off.
    .do = Nothing needs doing: Meta keeps them on.
fail-200007 = Template insights are not turned on.
    .do = Confirm template insights once; then Meta begins to count.
    .way = { -way-insights }
fail-2388019 = The account has as many templates as Meta allows.
    .do = Delete templates that nobody uses.
    .way = { -way-templates }
fail-2388023 = A template of that name is being deleted.
    .do = Use another name, or wait 30 days.
fail-2388024 = There is a template of that name in this language already.
    .do = Change that one, or use another name.
    .way = { -way-templates }
fail-2388039 = The template cannot be changed now.
    .do = Wait a day: an approved template can be changed once a day and ten times in 30 days.
fail-2388040 = A part of the template is too long.
    .do = Shorten it.
fail-2388047 = Meta does not accept the template's header.
    .do = Correct the header: at most 60 letters, no emoji, no line breaks.
fail-2388072 = Meta does not accept the template's text.
    .do = Correct the text: at most 1,024 letters, no more than two line breaks in a row.
fail-2388073 = Meta does not accept the template's footer.
    .do = Correct the footer: at most 60 letters, without variables.
fail-2388109 = The template cannot be made now.
    .do = The details say why; correct the template or wait as they say.
    .way = { -way-templates }
fail-2388293 = The template has too many variables for so little text.
    .do = Write more words between the variables.
fail-2388299 = A variable stands at the beginning or the end of the template.
    .do = Put words before the first and after the last variable.

## The number: registration, verification, moving

fail-133000 = An earlier deregistration of the number did not end.
    .do = Deregister the number once more, then register it.
    .way = { -way-number }
    .page =
        1. Look at the number's state: { -way-number }. It should say Offline or Pending.
        2. Deregister it again: recado number disconnect NUMBER --deregister
        3. Wait five minutes.
        4. Register it: recado explain 133010 says how.
        5. If it fails again, ask Meta's support with this code: { -way-support }
fail-133004 = Meta's server is not available.
    .do = { -by-itself }
    .way = { -way-status }
    .page =
        1. See whether Meta has a disturbance: { -way-status }
        2. Wait until it is over; what is queued goes out by itself.
        3. If you were registering the number, do the same step again after some minutes. It counts towards the ten tries in 72 hours, so do not hurry.
fail-133005 = The PIN of the two-step verification is wrong.
    .do = Enter the right PIN, or set a new one.
    .way = { -way-two-step }
    .page =
        1. Look for the PIN of six digits that was set when the number was registered (recado showed it once; another provider may have set it).
        2. Nobody has it? Open { -way-two-step } and turn it off. Meta sends an e-mail to the business's administrators; open its link.
        3. Register the number again with a PIN of your choice and keep it in a safe place.
        4. Do not guess: after a few wrong PINs Meta makes you wait (code 133008).
fail-133006 = The number has to be verified before it can be registered.
    .do = Ask for a code by SMS or call, enter it, then register the number.
    .way = { -way-number }
    .page =
        1. Have the SIM or the telephone at hand: Meta sends a code of six digits.
        2. Open { -way-numbers }. Beside the number press Verify, and choose SMS or call. recado connect does the same from the terminal.
        3. Enter the code within ten minutes.
        4. Register the number: recado explain 133010 says how.
fail-133008 = Too many wrong PINs: Meta takes none for a while.
    .do = Wait as long as the details say, then enter the right PIN.
    .way = { -way-two-step }
    .page =
        1. Read the waiting time in the details; every further try makes it longer.
        2. Meanwhile find the right PIN, or turn two-step verification off: { -way-two-step }. The administrators confirm by e-mail.
        3. When the time is over, register the number once, with the right PIN.
fail-133009 = PINs were tried too quickly one after another.
    .do = Wait as long as the details say, then enter the PIN once.
    .way = { -way-two-step }
    .page =
        1. Wait as long as the details say; a few minutes if they say nothing.
        2. Make sure of the PIN meanwhile. Nobody has it? Turn it off: { -way-two-step }
        3. Enter it once, without haste.
fail-133010 = The number is not registered with the Cloud API.
    .do = Register it with its PIN; recado connect does it, and recado explain 133010 shows every step.
    .way = { -way-number }
    .page =
        1. Look at the number: { -way-number }. It must be verified; if it is not: recado explain 133006.
        2. If the number is still used in the WhatsApp or WhatsApp Business app on a phone, delete that account there first: Settings › Account › Delete account. Its chats are lost there, so save them before.
        3. Register it: recado connect --number NUMBER
        4. The PIN is yours to choose if the number has none yet; keep it in a safe place.
        5. A minute later the number says Connected, and what was queued goes out.
fail-133015 = The number was deleted a short time ago and Meta is not done with it.
    .do = Wait five minutes, then register it again.
    .way = { -way-numbers }
    .page =
        1. Wait five minutes; Meta is still deleting the number.
        2. See that it is gone from { -way-numbers }
        3. Add it again there with Add phone number, verify it, and register it: recado explain 133010.
fail-133016 = The number was registered or deregistered ten times within 72 hours.
    .do = Wait 72 hours before you register it again.
    .way = { -way-number }
    .page =
        1. Do not try again: Meta takes no registration of this number until 72 hours after the first of the ten.
        2. Use the time to find out why it failed: recado explain with the code of the earlier tries (mostly 133005 or 133006).
        3. After 72 hours register it once.
        4. If the number is already Connected at { -way-number }, no registration is needed at all.
fail-136024 = Meta could not send the verification code.
    .do = Wait an hour, then ask for it again by the other way: call instead of SMS.
    .way = { -way-number }
    .page =
        1. Check the number: with the country code, able to receive SMS or calls, not behind an automatic menu, no short code.
        2. Ask by the other way: a call where an SMS did not come. For a fixed line always a call.
        3. After several tries Meta makes you wait: an hour, at times a day. Do not ask again before.
        4. Is the number in use in the WhatsApp app? Delete the account there first: Settings › Account › Delete account.
        5. Meta's own page for it: { -way-number } › Verify
fail-136025 = Meta did not accept the verification code.
    .do = Ask for a new code and enter it within ten minutes.
    .way = { -way-number }
    .page =
        1. Enter the newest code: each new one ends those before it.
        2. Only the six digits, without the dash.
        3. Older than ten minutes? Ask for a new one: { -way-number } › Verify, or recado connect.
        4. After three wrong codes wait an hour before you ask again.
fail-2388001 = Meta wants the number's owner confirmed, or its two-step verification turned off.
    .do = Turn two-step verification off where the number is now, then try again.
    .way = { -way-two-step }
    .page =
        1. Where the number is now (your account or the earlier provider's), open { -way-two-step } and turn it off.
        2. If another provider has it, ask them to do that; it takes them a minute.
        3. Begin again with the verification code.
fail-2388012 = The number is in your list already.
    .do = Nothing needs adding: choose it from the list.
    .way = { -way-numbers }
fail-2388091 = The number cannot get a verification code now.
    .do = It is not being moved or added: begin with adding it, then ask for the code.
    .way = { -way-numbers }
fail-2388093 = The number cannot get a verification code now.
    .do = It is not being moved or added: begin with adding it, then ask for the code.
    .way = { -way-numbers }
fail-2388103 = The number cannot be moved to this account.
    .do = The details say which condition is missing; mend it and move the number again.
    .way = { -way-accounts }
    .page =
        1. Both accounts need an approved review and a verified business: { -way-accounts }
        2. Both need a payment method: { -way-payment }
        3. The number must be registered where it is, and its two-step verification turned off: { -way-two-step }
        4. The name of the business must be the same in both accounts.
        5. Then begin the move again.
fail-2494100 = Meta is doing maintenance on the number.
    .do = It takes some minutes and is tried again by itself; if it failed all the same, send it again.
fail-2593079 = The number could not be moved between accounts.
    .do = The details say why; mend it and move the number again.
    .way = { -way-accounts }
fail-2593085 = The account could not be moved to its owner.
    .do = The details say why; mend it and begin again, or ask Meta's support.
    .way = { -way-support }
fail-2593107 = The chats of the phone were handed over already.
    .do = Only a new connection of the phone's app hands them over again: disconnect it and connect it anew.
fail-2593108 = More than 24 hours have passed since the phone's app was connected.
    .do = Disconnect the phone's app and connect it anew; then its chats are handed over.
fail-2593109 = The owner of the phone did not agree to hand over its chats.
    .do = Connect the phone's app anew and agree to share its chats.
fail-139100 = Some customers could not be blocked or unblocked.
    .do = The details say which ones; try those again. Only who wrote within 24 hours can be blocked.
fail-139101 = The list of blocked customers is full.
    .do = Unblock somebody first: Meta keeps 64,000 at most.
    .way = { -way-blocked }
fail-139102 = The list of blocked customers was being changed at that moment.
    .do = Try again in a moment.
fail-139103 = The list of blocked customers could not be changed.
    .do = Try again in a few minutes.
fail-141002 = The template is not approved.
    .do = Wait for its approval, or choose another one.
    .way = { -way-templates }
fail-141006 = There is a problem with the payment to Meta.
    .do = Add or repair the payment method.
    .way = { -way-payment }
fail-141010 = Meta does not let this business send yet.
    .do = Finish what WhatsApp Manager asks of the business, mostly its verification.
    .way = { -bs } › Security center › Start verification
fail-147001 = Somebody else has this username.
    .do = Choose another username.
    .way = { -way-username }
fail-147002 = This number cannot have that username.
    .do = The number needs an approved display name and a connected state; or choose another username.
    .way = { -way-username }
fail-147003 = The username belongs to a Facebook page that is not linked.
    .do = Link the Facebook page with the business, or choose another username.
    .way = { -bs } › Accounts › Pages
fail-147004 = The username belongs to an Instagram account that is not linked.
    .do = Link the Instagram account with the business, or choose another username.
    .way = { -bs } › Accounts › Instagram accounts
fail-147005 = The username is in use at another number of yours.
    .do = Move it from that number to this one.
    .way = { -way-username }
fail-1752041 = This was asked of Meta already.
    .do = Nothing needs doing.

## Groups

fail-131201 = The group was changed only in part.
    .do = The details say whom it did not reach; try those again.
fail-131202 = The person is named twice, or in the group already.
    .do = Nothing needs doing, or leave the name out.
fail-131204 = The group is full, or too many people were named.
    .do = Take somebody out, or make another group.
fail-131207 = Meta has suspended the group.
    .do = Write to the people directly.
fail-131208 = Too many changes to groups in a short time.
    .do = Wait some minutes, then try again.
fail-131209 = Meta does not accept the group's picture.
    .do = Choose a square JPEG picture under 5 MB.
fail-131210 = The group's picture could not be changed.
    .do = Try again in a few minutes with a JPEG picture.
fail-131211 = The number has made as many groups as it may.
    .do = Delete a group that is no longer needed, or wait.
fail-131212 = The person is not in the group.
    .do = Nothing needs doing.
fail-131213 = There is no such request to join.
    .do = The person took it back, or it was answered already.
fail-131214 = This number may not make groups.
    .do = Only some businesses may; Meta's support says whether yours can.
    .way = { -way-support }
fail-131215 = This number may not use groups.
    .do = Only some businesses may; Meta's support says whether yours can.
    .way = { -way-support }

## Whole families

fail-permission = The token lacks a permission for this.
    .do = Give the system user full control of the WhatsApp account, make a new token with both WhatsApp permissions, and give it to recado.
    .way = { -way-assets }
fail-group = Meta refused this for the group.
    .do = The details say why; write to the people one by one if it matters.
fail-call = Meta refused this call.
    .do = The details say why; write a message instead.
fail-flow = Meta refused this flow.
    .do = Look at its state, or write a plain message instead.
    .way = { -way-flows }
fail-username = Meta refused this username.
    .do = Choose another username.
    .way = { -way-username }
fail-signup = Meta's sign-up form is not set up rightly.
    .do = Finish the form's settings in the app: its terms, its https addresses, its configuration.
    .way = { -way-signup }
fail-setting = Meta refused this change of a template or a number.
    .do = The details say why; correct it in WhatsApp Manager.
    .way = { -wm }

## Reasons that are recado's own

fail-our-unreached = Meta cannot be reached from this machine.
    .do = Nothing needs doing: recado tries again by itself. If it stays so, look at the machine's network.
fail-our-answer-lost = The answer to it was lost on the way.
    .do = Nobody knows whether Meta has it: ask the customer, or wait for a report, before sending it again.
fail-our-not-called = Meta could not be called.
    .do = The log of recadod says why; mend it, then send it again.
fail-our-no-answer = Something else than Meta answered.
    .do = Look at graph.base_url and graph.version in the configuration, and at any proxy on the way to Meta.
fail-our-reaction-too-early = The message you react to has not reached WhatsApp yet.
    .do = Wait until it is sent, then react again.
fail-our-unsendable = This kind of message cannot be sent.
    .do = Send it in another form, as text for instance.
fail-our-file-lost = The file did not reach Meta.
    .do = Look at the machine's network, then send it again.
fail-our-file-refused = WhatsApp does not take this file.
    .do = The details say why: another type, a smaller file, or as a document.
fail-our-several-files = A template with several files of your own cannot be sent yet.
    .do = Give links to the pictures of its cards instead of files.
fail-our-file-gone = The file is no longer here.
    .do = It was removed to make room, as the settings say: attach it again.
fail-our-number-removed = The number was removed from recado.
    .do = Add the number again, or write from another one.
