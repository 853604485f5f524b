//! `/templates`: what Meta knows of them, and what is asked of Meta.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::page::Page;
use common::api::problem::{Code, Problem};
use common::api::templates::{
    DeleteTemplate, NewTemplate, PatchTemplate, Proposal, ProposalQuery, SyncTemplates, Synced,
    TemplateQuery,
};
use common::id::{NumberId, OrgId, TemplateId};
use common::model::template::Template;
use common::model::template::draft::Draft;
use common::model::template::word::{Category, TemplateStatus};
use common::rights::Deed;
use serde_json::json;

use super::{ACCEPTED, DONE, astray, check_limit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::samples;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::fact::template::{TemplateFact, TemplateSeen};
use crate::store::ask::templates::{self as asked, Due};
use crate::store::scope::Scope;
use crate::store::{Commit, Outcome};
use crate::template::made::Unmade;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_list, list)
        .on(Deed::Template, &__path_create, create)
        .on(Deed::Keep, &__path_sync, sync)
        .on(Deed::Read, &__path_get, get)
        .on(Deed::Template, &__path_patch, patch)
        .on(Deed::Template, &__path_remove, remove)
        .on(Deed::Read, &__path_proposal, proposal)
}

/// Templates by name and language, as Meta last told them.
#[utoipa::path(get, path = "/templates", tag = "templates", operation_id = "list_templates",
    params(TemplateQuery), responses((status = 200, body = Page<Template>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(query): Asked<TemplateQuery>,
) -> Result<Json<Page<Template>>, Fault> {
    check_limit(query.limit)?;
    let (items, next) = api
        .store
        .ask(&scope, move |view| asked::list(view, &query))
        .await?;
    Ok(Json(Page { items, next }))
}

/// Gives a new template to Meta for review. Everything wrong with it is said at once, before Meta
/// is asked.
#[utoipa::path(post, path = "/templates", tag = "templates", operation_id = "add_template",
    request_body = NewTemplate, responses((status = 202, body = Template)))]
async fn create(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<NewTemplate>,
) -> Result<(StatusCode, Json<Template>), Fault> {
    let mut draft = Draft {
        name: new.name,
        language: new.language,
        category: new.category,
        parameter_format: new.parameter_format,
        components: new.components,
        message_send_ttl_seconds: new.message_send_ttl_seconds,
    };
    faultless(&draft)?;
    let due = account(&api, &scope, new.number_id).await?;
    let key = key(&api, &due)?;
    let (name, language) = (draft.name.clone(), draft.language.clone());
    let number = new.number_id;
    let (known, _synced) = api
        .store
        .ask(&scope, move |view| {
            asked::find(view, number, &name, &language)
        })
        .await?;
    if known.is_some_and(|t| t.status != TemplateStatus::Deleted) {
        return Err(there_already(&draft.name, &draft.language));
    }
    samples::hand_over(&api, &scope, (number, &key), &mut draft.components).await?;
    let name = draft.name.clone();
    let made = api.templates.create(&key, &due.account.waba, draft).await;
    match made {
        Ok(seen) => {
            note(&api, &scope, (due.account.org, "made"), &name).await;
            keep(&api, TemplateFact::Seen(due.account, vec![seen]))
                .await
                .map(|template| (ACCEPTED, Json(template)))
        }
        Err(Unmade::Problem(problem)) => Err(Fault(problem)),
        Err(Unmade::There(seen)) => {
            let language = seen.language.clone();
            let _kept = keep(&api, TemplateFact::Seen(due.account, vec![*seen])).await?;
            Err(there_already(&name, &language))
        }
    }
}

/// Asks Meta for all templates now, of one number's account or of all.
#[utoipa::path(post, path = "/templates/sync", tag = "templates", operation_id = "sync_templates",
    request_body = SyncTemplates, responses((status = 200, body = Page<Synced>)))]
async fn sync(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(which): Given<SyncTemplates>,
) -> Result<Json<Page<Synced>>, Fault> {
    let number = which.number_id;
    let accounts = api
        .store
        .ask(&scope, move |view| asked::accounts(view, number))
        .await?;
    if accounts.is_empty() && number.is_some() {
        return Err(Fault::missing("number"));
    }
    let mut items = Vec::with_capacity(accounts.len());
    for Due { account, numbers } in accounts {
        items.push(api.templates.sync(&account, &numbers).await);
    }
    Ok(Json(Page { items, next: None }))
}

/// One template.
#[utoipa::path(get, path = "/templates/{id}", tag = "templates", operation_id = "get_template",
    params(("id" = TemplateId, Path, description = "The template")),
    responses((status = 200, body = Template)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<TemplateId>,
) -> Result<Json<Template>, Fault> {
    one(&api, &scope, id).await.map(Json)
}

/// Changes a template at Meta, which may review it again.
#[utoipa::path(patch, path = "/templates/{id}", tag = "templates", operation_id = "change_template",
    params(("id" = TemplateId, Path, description = "The template")), request_body = PatchTemplate,
    responses((status = 200, body = Template)))]
async fn patch(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<TemplateId>,
    Given(patch): Given<PatchTemplate>,
) -> Result<Json<Template>, Fault> {
    let template = one(&api, &scope, id).await?;
    changeable(&template, patch.category.as_ref())?;
    let draft = Draft {
        name: template.name.clone(),
        language: template.language.clone(),
        category: patch.category.clone().unwrap_or(template.category.clone()),
        parameter_format: None,
        components: patch
            .components
            .clone()
            .unwrap_or(template.components.clone()),
        message_send_ttl_seconds: patch.message_send_ttl_seconds,
    };
    if patch.components.is_some() {
        faultless(&draft)?;
    }
    let due = owner(&api, &scope, &template).await?;
    let key = key(&api, &due)?;
    let meta_id = meta_id(&template)?;
    let mut components = patch.components;
    if let (Some(parts), Some(number)) = (&mut components, due.numbers.first()) {
        samples::hand_over(&api, &scope, (*number, &key), parts).await?;
    }
    let changes = (
        patch.category.as_ref(),
        components.as_ref(),
        patch.message_send_ttl_seconds,
    );
    let stands = api
        .templates
        .change(&key, (&template, meta_id), changes)
        .await
        .map_err(Fault)?;
    let seen = stands.unwrap_or_else(|| TemplateSeen {
        status: TemplateStatus::Pending,
        ..as_known(&template, draft)
    });
    note(&api, &scope, (due.account.org, "changed"), &template.name).await;
    keep(&api, TemplateFact::Seen(due.account, vec![seen]))
        .await
        .map(Json)
}

/// Deletes a template at Meta. An approved name cannot be used again for 30 days.
#[utoipa::path(delete, path = "/templates/{id}", tag = "templates", operation_id = "delete_template",
    params(("id" = TemplateId, Path, description = "The template"), DeleteTemplate),
    responses((status = 204, description = "It is gone at Meta.")))]
async fn remove(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<TemplateId>,
    Asked(which): Asked<DeleteTemplate>,
) -> Result<StatusCode, Fault> {
    let template = one(&api, &scope, id).await?;
    if template.status == TemplateStatus::Disabled {
        return Err(Fault::new(
            Code::Conflict,
            "Meta has disabled this template, and such a one cannot be deleted: leave it there.",
        ));
    }
    let all = which.all_languages == Some(true);
    let due = owner(&api, &scope, &template).await?;
    let key = key(&api, &due)?;
    let id = if all { None } else { Some(meta_id(&template)?) };
    api.templates
        .delete(&key, &due.account.waba, (&template, id))
        .await
        .map_err(Fault)?;
    note(&api, &scope, (due.account.org, "deleted"), &template.name).await;
    let language = (!all).then_some(template.language);
    let gone = TemplateFact::Gone(due.account, template.name, language);
    commit(&api, gone).await?;
    Ok(DONE)
}

/// Values to begin with for the customer of a chat: what they got last, and what is known of them.
#[utoipa::path(get, path = "/templates/{id}/proposal", tag = "templates",
    operation_id = "propose_values",
    params(("id" = TemplateId, Path, description = "The template"), ProposalQuery),
    responses((status = 200, body = Proposal)))]
async fn proposal(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<TemplateId>,
    Asked(query): Asked<ProposalQuery>,
) -> Result<Json<Proposal>, Fault> {
    let found = api
        .store
        .ask(&scope, move |view| asked::proposal(view, id, query.chat))
        .await?;
    found
        .map(Json)
        .ok_or_else(|| Fault::missing("template or chat"))
}

fn there_already(name: &str, language: &str) -> Fault {
    let detail = format!(
        "There is a template {name} in {language} already: change it, or take another name or language."
    );
    Fault(Problem::new(Code::Conflict, detail).field("name"))
}

async fn one(api: &ApiState, scope: &Scope, id: TemplateId) -> Result<Template, Fault> {
    let found = api
        .store
        .ask(scope, move |view| asked::get(view, id))
        .await?;
    found.ok_or_else(|| Fault::missing("template"))
}

fn faultless(draft: &Draft) -> Result<(), Fault> {
    let wrong = draft.faults();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Fault(Problem::all(wrong)))
    }
}

/// Meta changes only some, and never the category of an approved one.
fn changeable(template: &Template, category: Option<&Category>) -> Result<(), Fault> {
    let open = matches!(
        template.status,
        TemplateStatus::Approved | TemplateStatus::Rejected | TemplateStatus::Paused
    );
    if !open {
        let detail = format!(
            "A template that is {} cannot be changed: Meta changes approved, refused and paused ones.",
            template.status
        );
        return Err(Fault::new(Code::Conflict, detail));
    }
    let moved = category.is_some_and(|category| *category != template.category);
    if moved && template.status == TemplateStatus::Approved {
        return Err(Fault::invalid(
            "category",
            "The category of an approved template stays: make a new template.",
        ));
    }
    Ok(())
}

fn meta_id(template: &Template) -> Result<&str, Fault> {
    template.meta_id.as_deref().ok_or_else(|| {
        Fault::new(
            Code::Conflict,
            "Meta's id of this template is not known yet: run `recado templates --sync` first.",
        )
    })
}

async fn account(api: &ApiState, scope: &Scope, number: NumberId) -> Result<Due, Fault> {
    let found = api
        .store
        .ask(scope, move |view| asked::accounts(view, Some(number)))
        .await?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| Fault(Fault::missing("number").0.field("number_id")))
}

/// The account that a template belongs to, with its numbers.
async fn owner(api: &ApiState, scope: &Scope, template: &Template) -> Result<Due, Fault> {
    let all = api
        .store
        .ask(scope, move |view| asked::accounts(view, None))
        .await?;
    let owns =
        |due: &Due| due.account.org == template.org_id && due.account.waba == template.waba_id;
    all.into_iter().find(owns).ok_or_else(|| {
        Fault::new(
            Code::NumberNotReady,
            "No number of this template's account is here any more: add one first.",
        )
    })
}

fn key(
    api: &ApiState,
    due: &Due,
) -> Result<std::sync::Arc<crate::vault::keyring::NumberKey>, Fault> {
    api.templates.key(&due.numbers).ok_or_else(|| {
        Fault::new(
            Code::NumberNotReady,
            "No number of this account has a token that opens: give it its token anew.",
        )
    })
}

fn as_known(template: &Template, draft: Draft) -> TemplateSeen {
    TemplateSeen {
        meta_id: template.meta_id.clone(),
        status: template.status.clone(),
        quality: template.quality.clone(),
        previous_category: template.previous_category.clone(),
        correct_category: template.correct_category.clone(),
        ..TemplateSeen::of(draft)
    }
}

async fn keep(api: &ApiState, fact: TemplateFact) -> Result<Template, Fault> {
    match commit(api, fact).await? {
        Some(Outcome::Template(template)) => Ok(*template),
        Some(other) => Err(astray(&other)),
        None => Err(Fault::internal("a commit without an outcome")),
    }
}

/// What Meta has done is stored as the daemon's own word; who may ask for it was judged before.
async fn commit(api: &ApiState, fact: TemplateFact) -> Result<Option<Outcome>, Fault> {
    let commit = Commit {
        scope: Scope::daemon(),
        journal: None,
        facts: vec![Fact::Template(fact)],
    };
    let receipt = api.store.commit(commit).await?;
    Ok(receipt.outcomes.into_iter().next())
}

/// Writes down what was done to a template at Meta.
async fn note(api: &ApiState, scope: &Scope, (org, what): (OrgId, &'static str), name: &str) {
    let detail = json!({ "name": name });
    api.witness(scope, org, ("template", what), detail).await;
}
