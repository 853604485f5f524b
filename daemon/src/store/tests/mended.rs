//! Faults that were found and mended: names told late, a database that another program holds.

use common::id::UserId;
use common::time::Stamp;
use rusqlite::Connection;

use super::kit::{Kit, ONE, START, person, received, text, user};
use crate::fact::Fact;
use crate::fact::told::{Person, Renamed};
use crate::store::error::StoreError;

fn renamed(old: &str, new: &str, at: i64) -> Fact {
    let known_as = |id: &str| Person {
        user_id: Some(UserId::from(id)),
        ..person("51987654321")
    };
    Fact::Renamed(Box::new(Renamed {
        number: Some(ONE.into()),
        old: known_as(old),
        new: known_as(new),
        timestamp: Some(Stamp::from_millis(START + at)),
    }))
}

async fn user_id(kit: &Kit) -> Option<String> {
    kit.chats().await[0]
        .customer
        .user_id
        .as_ref()
        .map(ToString::to_string)
}

#[tokio::test]
async fn an_older_id_told_again_late_does_not_come_back() {
    let kit = Kit::new().await;
    let first = Person {
        user_id: Some(UserId::from("PE.1")),
        ..person("51987654321")
    };
    let hola = received("wamid.in1", first, text("Hola"));
    kit.told(vec![Fact::Received(Box::new(hola))]).await;
    kit.told(vec![renamed("PE.1", "PE.2", 1_000)]).await;
    assert_eq!(user_id(&kit).await.as_deref(), Some("PE.2"));
    kit.told(vec![renamed("PE.2", "PE.3", 2_000)]).await;
    kit.told(vec![renamed("PE.1", "PE.2", 1_000)]).await;
    assert_eq!(
        user_id(&kit).await.as_deref(),
        Some("PE.3"),
        "told again, and older"
    );
    // They came under a newer id by themselves: the update that is told again stays old.
    let newest = Person {
        user_id: Some(UserId::from("PE.4")),
        ..person("51987654321")
    };
    let again = received("wamid.in2", newest, text("Hola"));
    kit.told(vec![Fact::Received(Box::new(again))]).await;
    kit.told(vec![renamed("PE.2", "PE.3", 2_000)]).await;
    assert_eq!(user_id(&kit).await.as_deref(), Some("PE.4"));
    assert_eq!(kit.chats().await.len(), 1);
    // Back to an id of before, on purpose and later, is a change like any other.
    kit.told(vec![renamed("PE.4", "PE.1", 9_000)]).await;
    assert_eq!(user_id(&kit).await.as_deref(), Some("PE.1"));
    let by_id = received("wamid.in3", user("PE.1"), text("Hola"));
    kit.told(vec![Fact::Received(Box::new(by_id))]).await;
    assert_eq!(kit.chats().await.len(), 1);
}

#[tokio::test]
async fn a_database_that_another_program_holds_is_told_as_that_and_the_word_is_taken_back() {
    let kit = Kit::new().await;
    let other = Connection::open(kit.dir.path().join("recado.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let hola = received("wamid.in1", person("51987654321"), text("Hola"));
    let fact = Fact::Received(Box::new(hola));
    let held = kit.commit(super::kit::meta(), vec![fact.clone()]).await;
    assert!(matches!(held, Err(StoreError::Busy)), "{held:?}");
    let told = |kit: &Kit| -> Vec<String> {
        let notices = kit.hub.notices(Stamp::from_millis(0));
        notices.into_iter().map(|notice| notice.code).collect()
    };
    assert_eq!(told(&kit), ["storage_busy"]);
    other.execute_batch("ROLLBACK").unwrap();
    kit.told(vec![fact]).await;
    assert_eq!(told(&kit), ["storage_ok"]);
    assert_eq!(kit.chats().await[0].unread, 1);
}
