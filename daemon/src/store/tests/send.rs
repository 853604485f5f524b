//! A send from the queue to its ticks, with everything that may go wrong between.

use std::time::Duration;

use common::api::problem::Code;
use common::id::{ChatId, NumberId, UserId, WaId};
use common::model::content::{Content, Reaction, Template};
use common::model::message::{Direction, Origin, SendError};
use common::phone::Phone;
use common::tick::Status;
use common::time::{Clock, Stamp};

use super::kit::{
    Kit, START, accepted, admin, hola, person, queued, received, report, text, the_message,
};
use crate::fact::told::Person;
use crate::fact::{Fact, NumberPatched, Target};
use crate::store::Outcome;
use crate::store::ask::outbox::{self, Recipient};
use crate::store::error::StoreError;
use crate::store::scope::Scope;

fn code(error: &StoreError) -> Code {
    match error {
        StoreError::Refused(problem) => problem.code,
        other => panic!("not refused: {other}"),
    }
}

fn error(code: i64) -> SendError {
    SendError {
        code,
        title: format!("error {code}"),
        details: None,
        advice: "Try again.".to_owned(),
        retryable: true,
        ..Default::default()
    }
}

async fn due(kit: &Kit) -> Vec<outbox::Due> {
    kit.ask(|view| outbox::due(view, view.now(), 80)).await
}

async fn claim(kit: &Kit, id: common::id::MessageId) {
    let fact = Fact::Claimed { messages: vec![id] };
    let receipt = kit.commit(Scope::daemon(), vec![fact]).await.unwrap();
    assert!(matches!(&receipt.outcomes[0], Outcome::Claimed(ids) if *ids == [id]));
}

#[tokio::test]
async fn from_the_queue_to_the_ticks() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let mut changed = kit.store.outbox_changed();
    changed.mark_unchanged();
    let message = kit.send(1, "Claro que sí").await.unwrap();
    assert_eq!(
        (message.status, message.direction),
        (Status::Queued, Direction::Outbound)
    );
    assert_eq!(message.sender.as_ref().unwrap().operator, "ana");
    let woken = tokio::time::timeout(Duration::from_secs(10), changed.changed()).await;
    woken.unwrap().unwrap();
    let waiting = due(&kit).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].to, Recipient::WaId(WaId::from("51987654321")));
    assert_eq!(waiting[0].last_inbound, Some(Stamp::from_millis(START)));
    claim(&kit, message.id).await;
    assert!(due(&kit).await.is_empty());
    assert_eq!(kit.ask(outbox::next_due).await, None);
    assert_eq!(kit.message(message.id).await.status, Status::Sending);
    // The report overtakes the answer.
    kit.told(vec![Fact::Reported(Box::new(report(
        "wamid.SSSS",
        "delivered",
        2000,
    )))])
    .await;
    kit.commit(Scope::daemon(), vec![accepted(message.id, "wamid.SSSS")])
        .await
        .unwrap();
    let sent = kit.message(message.id).await;
    assert_eq!(sent.status, Status::Delivered);
    assert_eq!(sent.statuses.len(), 1);
    let sent_late = Fact::Reported(Box::new(report("wamid.SSSS", "sent", 1000)));
    let read = Fact::Reported(Box::new(report("wamid.SSSS", "read", 3000)));
    kit.told(vec![read.clone(), sent_late, read]).await;
    let sent = kit.message(message.id).await;
    assert_eq!((sent.status, sent.statuses.len()), (Status::Read, 3));
    assert_eq!(
        kit.chats().await[0].last_message.as_ref().unwrap().status,
        Status::Read
    );
}

#[tokio::test]
async fn the_same_request_twice_is_one_message() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let mut first = queued(Target::Chat(ChatId(1)), "uno");
    first.client_id = Some("c-1".to_owned());
    let mut second = queued(Target::Chat(ChatId(1)), "dos");
    second.client_id = Some("c-1".to_owned());
    let mut seen = Vec::new();
    for fact in [first.clone(), first, second] {
        let receipt = kit
            .commit(admin(), vec![Fact::Queued(Box::new(fact))])
            .await
            .unwrap();
        seen.push(the_message(receipt).id);
    }
    assert!(seen.iter().all(|id| *id == seen[0]));
    assert_eq!(due(&kit).await.len(), 1);
}

#[tokio::test]
async fn a_closed_window_takes_only_templates() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    kit.pass(25);
    let refused = kit.send(1, "tarde").await.unwrap_err();
    assert_eq!(code(&refused), Code::OutsideWindow);
    let mut template = queued(Target::Chat(ChatId(1)), "");
    template.content = Content::Template(Template {
        name: "hola".into(),
        language: "es".into(),
        ..Default::default()
    });
    kit.commit(admin(), vec![Fact::Queued(Box::new(template))])
        .await
        .unwrap();
    assert_eq!(kit.messages(1).await.len(), 2);
}

#[tokio::test]
async fn addresses_are_what_whatsapp_gave_else_what_was_typed() {
    let kit = Kit::new().await;
    let template = Content::Template(Template {
        name: "a".into(),
        language: "es".into(),
        ..Default::default()
    });
    let to = |target: Target| {
        let mut fact = queued(target, "");
        fact.content = template.clone();
        Fact::Queued(Box::new(fact))
    };
    let phone = Phone::parse("+5511987654321").unwrap();
    let typed = kit
        .commit(admin(), vec![to(Target::Phone(NumberId(1), phone.clone()))])
        .await
        .unwrap();
    assert_eq!(due(&kit).await[0].to, Recipient::Phone(phone.clone()));
    let message = the_message(typed);
    let answer = Fact::Accepted {
        message: message.id,
        wamid: "wamid.SSSS".into(),
        wa_id: Some(WaId::from("551187654321")),
        user_id: None,
    };
    kit.commit(Scope::daemon(), vec![answer]).await.unwrap();
    kit.commit(admin(), vec![to(Target::Phone(NumberId(1), phone))])
        .await
        .unwrap();
    assert_eq!(
        due(&kit).await[0].to,
        Recipient::WaId(WaId::from("551187654321"))
    );
    assert_eq!(kit.chats().await.len(), 1);
    let user = UserId::from("MX.13491208655302741918");
    kit.commit(admin(), vec![to(Target::User(NumberId(1), user.clone()))])
        .await
        .unwrap();
    assert!(
        due(&kit)
            .await
            .iter()
            .any(|d| d.to == Recipient::User(user.clone()))
    );
}

#[tokio::test]
async fn one_chat_keeps_its_order_and_no_number_waits_for_another() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let first = kit.send(1, "uno").await.unwrap();
    let second = kit.send(1, "dos").await.unwrap();
    let ids: Vec<_> = due(&kit).await.iter().map(|d| d.message).collect();
    assert_eq!(ids, [first.id]);
    claim(&kit, first.id).await;
    assert!(due(&kit).await.is_empty());
    let later = kit.clock.now().plus(Duration::from_secs(16));
    let postponed = Fact::Postponed {
        message: first.id,
        due: later,
        error: Some(Box::new(error(131_056))),
        counts: true,
    };
    kit.commit(Scope::daemon(), vec![postponed]).await.unwrap();
    assert!(due(&kit).await.is_empty());
    assert_eq!(kit.ask(outbox::next_due).await, Some(later));
    kit.clock.set(later);
    assert_eq!(due(&kit).await[0].attempts, 1);
    kit.commit(Scope::daemon(), vec![accepted(first.id, "wamid.SSSS")])
        .await
        .unwrap();
    assert_eq!(due(&kit).await[0].message, second.id);
}

#[tokio::test]
async fn what_was_claimed_is_in_doubt_after_a_start_and_never_sent_again() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let message = kit.send(1, "uno").await.unwrap();
    claim(&kit, message.id).await;
    kit.commit(Scope::daemon(), vec![Fact::Started, Fact::Started])
        .await
        .unwrap();
    assert_eq!(kit.message(message.id).await.status, Status::Unknown);
    assert!(due(&kit).await.is_empty());
    let mut settling = report("wamid.SSSS", "sent", 1000);
    settling.message = Some(message.id);
    kit.told(vec![Fact::Reported(Box::new(settling))]).await;
    let settled = kit.message(message.id).await;
    assert_eq!(settled.status, Status::Sent);
    assert_eq!(settled.wamid.unwrap().as_str(), "wamid.SSSS");
    assert_eq!(settled.statuses.len(), 2);
}

#[tokio::test]
async fn a_failure_can_be_tried_again() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let message = kit.send(1, "uno").await.unwrap();
    claim(&kit, message.id).await;
    let refuse = Fact::Refused {
        message: message.id,
        error: Box::new(error(131_026)),
    };
    kit.commit(Scope::daemon(), vec![refuse.clone(), refuse])
        .await
        .unwrap();
    let failed = kit.message(message.id).await;
    assert_eq!((failed.status, failed.statuses.len()), (Status::Failed, 1));
    assert_eq!(failed.error.unwrap().code, 131_026);
    let counts = kit.ask(|v| outbox::counts(v, v.now())).await;
    assert_eq!(
        (counts.queued, counts.sending, counts.failed_24h),
        (0, 0, 1)
    );
    let retry = Fact::Retried {
        message: message.id,
    };
    let receipt = kit.commit(admin(), vec![retry.clone()]).await.unwrap();
    assert_eq!(the_message(receipt).status, Status::Queued);
    kit.commit(admin(), vec![retry]).await.unwrap();
    assert_eq!(due(&kit).await.len(), 1);
    assert_eq!(kit.message(message.id).await.error, None);
}

#[tokio::test]
async fn reactions_of_ours_are_marks_and_go_when_they_fail() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let target = kit.by_wamid("wamid.AAAA").await.id;
    let mut fact = queued(Target::Chat(ChatId(1)), "");
    fact.content = Content::Reaction(Reaction {
        target: None,
        emoji: Some("👍".into()),
    });
    fact.react_to = Some(target);
    let id = fact.id;
    kit.commit(admin(), vec![Fact::Queued(Box::new(fact))])
        .await
        .unwrap();
    assert_eq!(kit.message(target).await.reactions[0].from, "me");
    assert_eq!(
        due(&kit).await[0].react_to.as_ref().unwrap().as_str(),
        "wamid.AAAA"
    );
    assert_eq!(kit.messages(1).await.len(), 1);
    let refuse = Fact::Refused {
        message: id,
        error: Box::new(error(131_009)),
    };
    kit.commit(Scope::daemon(), vec![refuse]).await.unwrap();
    assert!(kit.message(target).await.reactions.is_empty());
}

#[tokio::test]
async fn a_quoted_message_is_named_also_when_its_id_came_late() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let first = kit.send(1, "uno").await.unwrap();
    let mut reply = queued(Target::Chat(ChatId(1)), "dos");
    reply.reply_to = Some(first.id);
    let receipt = kit
        .commit(admin(), vec![Fact::Queued(Box::new(reply))])
        .await
        .unwrap();
    assert_eq!(the_message(receipt).reply_to.unwrap().id, Some(first.id));
    kit.commit(Scope::daemon(), vec![accepted(first.id, "wamid.SSSS")])
        .await
        .unwrap();
    assert_eq!(
        due(&kit).await[0].reply_to.as_ref().unwrap().as_str(),
        "wamid.SSSS"
    );
    let mut quoting = received("wamid.BBBB", person("51987654321"), text("eso"));
    quoting.reply_to = Some("wamid.SSSS".into());
    let mut lost = received("wamid.CCCC", person("51987654321"), text("eso otro"));
    lost.reply_to = Some("wamid.ZZZZ".into());
    kit.told(vec![
        Fact::Received(Box::new(quoting)),
        Fact::Received(Box::new(lost)),
    ])
    .await;
    let quoted = kit.by_wamid("wamid.BBBB").await.reply_to.unwrap();
    assert_eq!(quoted.brief.unwrap().text.as_deref(), Some("uno"));
    let lost = kit.by_wamid("wamid.CCCC").await.reply_to.unwrap();
    assert_eq!(
        (lost.id, lost.wamid.unwrap().as_str()),
        (None, "wamid.ZZZZ")
    );
}

#[tokio::test]
async fn an_echo_before_the_answer_is_the_same_message() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let message = kit.send(1, "uno").await.unwrap();
    claim(&kit, message.id).await;
    let mut echo = received("wamid.SSSS", person("51987654321"), text("uno"));
    (echo.direction, echo.origin) = (Direction::Outbound, Origin::Phone);
    kit.told(vec![Fact::Received(Box::new(echo))]).await;
    assert_eq!(kit.messages(1).await.len(), 3);
    kit.commit(Scope::daemon(), vec![accepted(message.id, "wamid.SSSS")])
        .await
        .unwrap();
    let all = kit.messages(1).await;
    assert_eq!(all.len(), 2);
    assert_eq!(kit.by_wamid("wamid.SSSS").await.id, message.id);
    assert_eq!(
        kit.chats().await[0].last_message.as_ref().unwrap().id,
        message.id
    );
}

#[tokio::test]
async fn a_paused_number_sends_nothing() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    kit.send(1, "uno").await.unwrap();
    let pause = |paused| {
        let patch = NumberPatched {
            number: Some(NumberId(1)),
            paused: Some(paused),
            ..Default::default()
        };
        Fact::NumberPatched(Box::new(patch))
    };
    kit.commit(admin(), vec![pause(true)]).await.unwrap();
    assert!(due(&kit).await.is_empty());
    assert_eq!(
        code(&kit.send(1, "dos").await.unwrap_err()),
        Code::NumberNotReady
    );
    kit.commit(admin(), vec![pause(false)]).await.unwrap();
    assert_eq!(due(&kit).await.len(), 1);
}

#[tokio::test]
async fn a_customer_without_any_address_cannot_be_written_to() {
    let kit = Kit::new().await;
    let only_name = Person {
        username: Some("rosa".to_owned()),
        ..Person::default()
    };
    kit.told(vec![Fact::Received(Box::new(received(
        "wamid.AAAA",
        only_name,
        text("Hola"),
    )))])
    .await;
    assert_eq!(code(&kit.send(1, "hola").await.unwrap_err()), Code::Invalid);
}
