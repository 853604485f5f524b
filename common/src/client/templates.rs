//! What the client asks about templates and saved replies.

use hyper::Method;

use crate::api::page::Page;
use crate::api::problem::Problem;
use crate::api::replies::{NewReply, PatchReply, ReplyQuery};
use crate::api::templates::{
    DeleteTemplate, NewTemplate, PatchTemplate, Proposal, ProposalQuery, SyncTemplates, Synced,
    TemplateQuery,
};
use crate::client::{Client, query};
use crate::id::{ChatId, ReplyId, TemplateId};
use crate::model::reply::Reply;
use crate::model::template::Template;

impl Client {
    /// One page of templates, by name and language.
    pub async fn templates(&self, query: &TemplateQuery) -> Result<Page<Template>, Problem> {
        self.get(&format!("/templates{}", query::encode(query)))
            .await
    }

    /// All templates that a query finds, page by page.
    pub async fn all_templates(&self, query: &TemplateQuery) -> Result<Vec<Template>, Problem> {
        let mut query = query.clone();
        let mut items = Vec::new();
        loop {
            let mut page = self.templates(&query).await?;
            items.append(&mut page.items);
            match page.next {
                Some(cursor) => query.cursor = Some(cursor),
                None => return Ok(items),
            }
        }
    }

    /// One template.
    pub async fn template(&self, id: TemplateId) -> Result<Template, Problem> {
        self.get(&format!("/templates/{id}")).await
    }

    /// Gives a new template to Meta for review.
    pub async fn add_template(&self, template: &NewTemplate) -> Result<Template, Problem> {
        self.patiently(Method::POST, "/templates", Some(template))
            .await
    }

    /// Changes a template at Meta; the review begins anew.
    pub async fn edit_template(
        &self,
        id: TemplateId,
        patch: &PatchTemplate,
    ) -> Result<Template, Problem> {
        self.patiently(Method::PATCH, &format!("/templates/{id}"), Some(patch))
            .await
    }

    /// Deletes a template at Meta, in its language or in all.
    pub async fn delete_template(
        &self,
        id: TemplateId,
        which: &DeleteTemplate,
    ) -> Result<(), Problem> {
        let path = format!("/templates/{id}{}", query::encode(which));
        let answer = self.wire.call_patiently(Method::DELETE, &path, None).await;
        answer.map(drop)
    }

    /// Asks Meta for all templates now.
    pub async fn sync_templates(&self, which: &SyncTemplates) -> Result<Vec<Synced>, Problem> {
        let page: Page<Synced> = self
            .patiently(Method::POST, "/templates/sync", Some(which))
            .await?;
        Ok(page.items)
    }

    /// Values to begin with for the customer of a chat.
    pub async fn proposal(&self, id: TemplateId, chat: ChatId) -> Result<Proposal, Problem> {
        let asked = query::encode(&ProposalQuery { chat });
        self.get(&format!("/templates/{id}/proposal{asked}")).await
    }

    /// The saved replies, by name.
    pub async fn replies(&self, query: &ReplyQuery) -> Result<Vec<Reply>, Problem> {
        let page: Page<Reply> = self
            .get(&format!("/replies{}", query::encode(query)))
            .await?;
        Ok(page.items)
    }

    /// One saved reply.
    pub async fn reply(&self, id: ReplyId) -> Result<Reply, Problem> {
        self.get(&format!("/replies/{id}")).await
    }

    /// Keeps a reply.
    pub async fn add_reply(&self, reply: &NewReply) -> Result<Reply, Problem> {
        self.ask(Method::POST, "/replies", Some(reply)).await
    }

    /// Changes a saved reply.
    pub async fn edit_reply(&self, id: ReplyId, patch: &PatchReply) -> Result<Reply, Problem> {
        self.ask(Method::PATCH, &format!("/replies/{id}"), Some(patch))
            .await
    }

    /// Throws a saved reply away.
    pub async fn delete_reply(&self, id: ReplyId) -> Result<(), Problem> {
        self.done(Method::DELETE, &format!("/replies/{id}"), None::<&()>)
            .await
    }
}
