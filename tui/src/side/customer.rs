//! What is asked of the daemon about customers, and searches.

use common::api::chats::{LabelQuery, TypingMark};
use common::api::customers::NoteText;
use common::api::problem::Problem;
use common::client::Client;
use common::id::CustomerId;

use crate::effect::{Effect, NoteDeed};
use crate::msg::Answer;
use crate::side::Side;

/// Begins what is about customers; anything else comes back.
pub(super) fn perform(side: &Side, effect: Effect) -> Option<Effect> {
    let client = side.client.clone();
    match effect {
        Effect::Search(version, query) => {
            side.begin(async move { Answer::Hits(version, client.search(&query).await) });
        }
        Effect::Card(id) => {
            side.begin(async move { Answer::Card(id, client.customer(id).await.map(Box::new)) });
        }
        Effect::Note(id, deed) => {
            side.begin(async move { Answer::Noted(id, note(&client, id, deed).await) });
        }
        Effect::PatchCustomer(id, patch) => side.begin(async move {
            let changed = client.patch_customer(id, &patch).await;
            Answer::Noted(id, changed.map(drop))
        }),
        Effect::Labels(number) => side.begin(async move {
            let query = LabelQuery {
                number: Some(number),
            };
            Answer::Labels(client.labels(&query).await)
        }),
        Effect::Typing(chat) => {
            // Where it may not be shown the daemon refuses, and nothing is lost.
            let mark = TypingMark::default();
            tokio::spawn(async move { client.typing(chat, &mark).await.is_ok() });
        }
        other => return Some(other),
    }
    None
}

async fn note(client: &Client, id: CustomerId, deed: NoteDeed) -> Result<(), Problem> {
    match deed {
        NoteDeed::Add(text) => client.add_note(id, &NoteText { text }).await.map(drop),
        NoteDeed::Edit(note, text) => client.edit_note(note, &NoteText { text }).await.map(drop),
        NoteDeed::Delete(note) => client.delete_note(note).await,
    }
}
