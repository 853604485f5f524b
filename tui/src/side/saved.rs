//! Templates and saved replies: asked of the daemon, and files handed over for them.

use std::path::Path;

use common::api::replies::ReplyQuery;
use common::api::templates::{SyncTemplates, TemplateQuery};
use common::client::Client;
use common::file::kind::FileKind;
use common::file::name;
use common::model::media::Media;

use crate::msg::Answer;
use crate::saved::{SavedDeed, SavedNews};

/// Templates a page.
const PAGE: u32 = 500;

/// Asks; `None` where it is none of the questions.
pub(super) async fn perform(client: Client, deed: SavedDeed) -> Option<Answer> {
    let news = match deed {
        SavedDeed::Templates(number) => {
            let query = TemplateQuery {
                number: Some(number),
                limit: Some(PAGE),
                ..TemplateQuery::default()
            };
            SavedNews::Templates(number, client.all_templates(&query).await)
        }
        SavedDeed::Proposal(id, chat) => SavedNews::Proposal(id, client.proposal(id, chat).await),
        SavedDeed::Sync(number) => {
            let which = SyncTemplates {
                number_id: Some(number),
            };
            SavedNews::Synced(number, client.sync_templates(&which).await)
        }
        SavedDeed::Upload(path, kind) => SavedNews::Uploaded(upload(&client, &path, kind).await),
        SavedDeed::Replies => SavedNews::Replies(client.replies(&ReplyQuery::default()).await),
        SavedDeed::AddReply(reply) => {
            SavedNews::ReplyKept(client.add_reply(&reply).await.map(drop))
        }
        SavedDeed::EditReply(id, patch) => {
            SavedNews::ReplyKept(client.edit_reply(id, &patch).await.map(drop))
        }
        SavedDeed::DeleteReply(id) => SavedNews::ReplyKept(client.delete_reply(id).await),
        SavedDeed::Send { .. } => return None,
    };
    Some(Answer::Saved(news))
}

async fn upload(client: &Client, path: &Path, kind: FileKind) -> Result<Media, String> {
    let file = tokio::fs::File::open(path).await;
    let file = file.map_err(|why| why.to_string())?;
    let given = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let name = name::or(given.as_deref(), kind.as_str(), None);
    let media = client.upload(file, &name, Some(kind), |_| {}).await;
    media.map_err(|problem| problem.detail)
}
