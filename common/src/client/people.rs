//! Organisations, operators, tokens, and what the audit log says of all of them.

use hyper::Method;

use super::{Client, query};
use crate::api::audit::{AuditChain, AuditEntry, AuditQuery, VerifyQuery};
use crate::api::operators::{Given, NewKey, NewOperator, Operator};
use crate::api::orgs::{NewOrg, PatchOrg};
use crate::api::page::Page;
use crate::api::problem::Problem;
use crate::api::tokens::{NewToken, Token};
use crate::id::{KeyId, OperatorId, OrgId, TokenId};
use crate::model::org::Org;

impl Client {
    /// Makes an organisation.
    pub async fn add_org(&self, org: &NewOrg) -> Result<Org, Problem> {
        self.ask(Method::POST, "/orgs", Some(org)).await
    }

    /// Gives an organisation another name.
    pub async fn rename_org(&self, id: OrgId, patch: &PatchOrg) -> Result<Org, Problem> {
        self.ask(Method::PATCH, &format!("/orgs/{id}"), Some(patch))
            .await
    }

    /// Removes an organisation that has no numbers any more.
    pub async fn remove_org(&self, id: OrgId) -> Result<(), Problem> {
        self.done(Method::DELETE, &format!("/orgs/{id}"), None::<&()>)
            .await
    }

    /// All operators that I may know.
    pub async fn operators(&self) -> Result<Vec<Operator>, Problem> {
        self.list("/operators").await
    }

    /// Lets somebody in.
    pub async fn add_operator(&self, operator: &NewOperator) -> Result<Operator, Problem> {
        self.ask(Method::POST, "/operators", Some(operator)).await
    }

    /// Gives a role, in place of the one held there.
    pub async fn give_role(&self, id: OperatorId, role: &Given) -> Result<Operator, Problem> {
        self.ask(Method::PUT, &format!("/operators/{id}/role"), Some(role))
            .await
    }

    /// Sends somebody away, from one organisation or from all that I have a say in.
    pub async fn remove_operator(&self, id: OperatorId, org: Option<OrgId>) -> Result<(), Problem> {
        let of = query::encode(&serde_json::json!({ "org": org }));
        self.done(Method::DELETE, &format!("/operators/{id}{of}"), None::<&()>)
            .await
    }

    /// Lets in one more SSH key of somebody.
    pub async fn add_key(&self, id: OperatorId, key: &NewKey) -> Result<Operator, Problem> {
        self.ask(Method::POST, &format!("/operators/{id}/keys"), Some(key))
            .await
    }

    /// Makes an SSH key worthless.
    pub async fn revoke_key(&self, id: OperatorId, key: KeyId) -> Result<(), Problem> {
        let path = format!("/operators/{id}/keys/{key}");
        self.done(Method::DELETE, &path, None::<&()>).await
    }

    /// All bearer tokens.
    pub async fn tokens(&self) -> Result<Vec<Token>, Problem> {
        self.list("/tokens").await
    }

    /// Makes a bearer token; its words are told this once.
    pub async fn add_token(&self, token: &NewToken) -> Result<Token, Problem> {
        self.ask(Method::POST, "/tokens", Some(token)).await
    }

    /// Makes a token worthless.
    pub async fn revoke_token(&self, id: TokenId) -> Result<(), Problem> {
        self.done(Method::DELETE, &format!("/tokens/{id}"), None::<&()>)
            .await
    }

    /// One page of the audit log, newest first.
    pub async fn audit(&self, asked: &AuditQuery) -> Result<Page<AuditEntry>, Problem> {
        self.get(&format!("/audit{}", query::encode(asked))).await
    }

    /// Walks along the chains of the audit log. May take a while.
    pub async fn verify_audit(&self, asked: &VerifyQuery) -> Result<Vec<AuditChain>, Problem> {
        let path = format!("/audit/verify{}", query::encode(asked));
        let answer = self.wire.call_patiently(Method::GET, &path, None).await?;
        super::read::<Page<AuditChain>>(&answer).map(|page| page.items)
    }
}
