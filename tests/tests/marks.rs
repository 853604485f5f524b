//! Many chats marked at once and put back as they were; a chat that was put off comes back for every desk.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use common::api::chats::{ChatMark, MarkChats, PatchChat};
use common::api::problem::Code;
use common::id::ChatId;
use common::time::{Clock, Stamp};
use recado_sim::clock::SimClock;
use recado_sim::config::{Limits, SimConfig};
use recado_tests::calendar::Running;
use recado_tests::seen::{chats, until};
use recado_tests::shop::{Shop, ana, bruno};

/// Unread and the first of it, of every chat.
async fn marks(shop: &Shop) -> anyhow::Result<Vec<ChatMark>> {
    let mut marks: Vec<ChatMark> = chats(&shop.client)
        .await?
        .into_iter()
        .map(|chat| ChatMark {
            chat: chat.id,
            unread: chat.unread,
            first_unread: chat.first_unread,
        })
        .collect();
    marks.sort_by_key(|mark| mark.chat.0);
    Ok(marks)
}

#[tokio::test]
async fn chats_are_marked_at_once_and_put_back_each_as_it_was() -> anyhow::Result<()> {
    let shop = Shop::open().await?;
    for n in 0..5 {
        shop.hears(&ana(), format!("Pregunta {n}").as_str()).await?;
    }
    for n in 0..2 {
        shop.hears(&bruno(), format!("Otra {n}").as_str()).await?;
    }
    let begun = marks(&shop).await?;
    let counts = |marks: &[ChatMark]| marks.iter().map(|m| m.unread).collect::<Vec<_>>();
    assert_eq!(counts(&begun), [5, 2]);
    let read = MarkChats {
        marks: begun.iter().map(|m| ChatMark::read(m.chat)).collect(),
    };
    let answer = shop.client.mark_chats(&read).await?;
    assert_eq!(answer.before, begun);
    assert_eq!(counts(&marks(&shop).await?), [0, 0]);
    assert!(
        shop.client.mark_chats(&read).await?.before.is_empty(),
        "nothing changed"
    );

    // What comes before it is taken back is unread too.
    shop.hears(&ana(), "¿Y bien?").await?;
    let back = MarkChats {
        marks: begun.clone(),
    };
    let answer = shop.client.mark_chats(&back).await?;
    assert_eq!(counts(&answer.before), [1, 0]);
    let now = marks(&shop).await?;
    assert_eq!(counts(&now), [6, 2]);
    let firsts = |marks: &[ChatMark]| marks.iter().map(|m| m.first_unread).collect::<Vec<_>>();
    assert_eq!(
        firsts(&now),
        firsts(&begun),
        "reading goes on where it would have"
    );
    assert!(
        shop.client.mark_chats(&back).await?.before.is_empty(),
        "twice is once"
    );

    // All or none.
    let mut torn = read.clone();
    torn.marks.push(ChatMark::read(ChatId(4_711)));
    let refused = shop
        .client
        .mark_chats(&torn)
        .await
        .err()
        .context("refused")?;
    assert_eq!(refused.code, Code::NotFound);
    assert_eq!(counts(&marks(&shop).await?), [6, 2]);
    let mut strange = back.clone();
    if let [first, second] = strange.marks.as_mut_slice() {
        first.first_unread = second.first_unread;
    }
    let refused = shop
        .client
        .mark_chats(&strange)
        .await
        .err()
        .context("refused")?;
    assert_eq!(refused.code, Code::NotFound, "a message of another chat");
    assert_eq!(
        shop.sim.accepted_count(),
        0,
        "the customers see nothing of it"
    );
    shop.close().await;
    Ok(())
}

#[tokio::test]
async fn the_end_of_being_put_off_is_an_event_also_for_who_never_asked() -> anyhow::Result<()> {
    let clock = Running::from(Stamp::from_millis(SimClock::system().now_ms()));
    let config = SimConfig::new().limits(Limits::off());
    let shop = Shop::at(config, Arc::new(clock.clone())).await?;
    shop.hears(&ana(), "¿Hay torta?").await?;
    let chat = shop.newest().await?;
    for wait in [Duration::from_millis(1_500), Duration::from_hours(5)] {
        let moment = clock.now().plus(wait);
        let put_off = PatchChat {
            snoozed_until: Some(Some(moment)),
            ..PatchChat::default()
        };
        let sleeps = shop.client.patch_chat(chat.id, &put_off).await?;
        assert!(sleeps.is_snoozed(clock.now()));
        if wait > Duration::from_mins(1) {
            clock.ahead(wait);
            // Another chat is put off: the clock is looked at.
            shop.hears(&bruno(), "Hola").await?;
            let other = shop.newest().await?.id;
            let until = clock.now().plus(Duration::from_hours(1));
            let put_off = PatchChat {
                snoozed_until: Some(Some(until)),
                ..PatchChat::default()
            };
            shop.client.patch_chat(other, &put_off).await?;
        }
        until(&shop.client, "it is told", async || {
            let now = shop.client.chat(chat.id).await?;
            Ok(now.revision > sleeps.revision && now.is_back(clock.now()))
        })
        .await?;
    }
    shop.close().await;
    Ok(())
}
