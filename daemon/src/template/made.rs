//! Makes, changes and deletes templates at Meta; where the answer is lost, Meta is asked what became of it, so that nothing is done twice.

use common::api::problem::{Code, Problem};
use common::id::WabaId;
use common::model::template::Template;
use common::model::template::draft::Draft;

use crate::fact::template::TemplateSeen;
use crate::graph::error::{Fate, GraphError};
use crate::graph::template::{Changes, problem};
use crate::template::Templates;
use crate::vault::keyring::NumberKey;

/// Meta's finer code for a name that it has already in this language.
const THERE_ALREADY: i64 = 2_388_024;

impl Templates {
    /// Gives a new template to Meta. Says how it stands there then.
    pub(crate) async fn create(
        &self,
        key: &NumberKey,
        waba: &WabaId,
        draft: Draft,
    ) -> Result<TemplateSeen, Unmade> {
        match self.graph.create_template(key, waba, &draft).await {
            Ok(taken) => Ok(TemplateSeen {
                meta_id: taken.id,
                category: taken.category.unwrap_or(draft.category.clone()),
                status: taken.status,
                ..TemplateSeen::of(draft)
            }),
            Err(error) if is_lost(&error) => {
                match self.named(key, waba, &draft).await {
                    // Meta had it: it is made, and once.
                    Ok(Some(seen)) => Ok(seen),
                    Ok(None) => Err(Unmade::Problem(not_there(&error))),
                    Err(_lost_too) => Err(Unmade::Problem(problem(&error))),
                }
            }
            Err(error) if is_there_already(&error) => match self.named(key, waba, &draft).await {
                Ok(Some(seen)) => Err(Unmade::There(Box::new(seen))),
                Ok(None) | Err(_) => Err(Unmade::Problem(problem(&error))),
            },
            Err(error) => Err(Unmade::Problem(problem(&error))),
        }
    }

    /// Changes a template at Meta. Says how it stands there then; none where Meta did not tell.
    pub(crate) async fn change(
        &self,
        key: &NumberKey,
        (known, id): (&Template, &str),
        changes: Changes<'_>,
    ) -> Result<Option<TemplateSeen>, Problem> {
        let edited = self.graph.edit_template(key, id, changes).await;
        let lost = match edited {
            Ok(()) => None,
            Err(error) if is_lost(&error) => Some(error),
            Err(error) => return Err(problem(&error)),
        };
        // Meta says only that it did; how the template stands now has to be asked for.
        let seen = self.graph.template(key, id).await.ok().flatten();
        match (lost, seen) {
            (None, seen) => Ok(seen),
            (Some(_), Some(seen)) if differs(known, &seen) => Ok(Some(seen)),
            (Some(error), _) => Err(problem(&error)),
        }
    }

    /// Deletes a template at Meta: this one, or its name in all languages where no id is given.
    pub(crate) async fn delete(
        &self,
        key: &NumberKey,
        waba: &WabaId,
        (known, id): (&Template, Option<&str>),
    ) -> Result<(), Problem> {
        let deleted = self
            .graph
            .delete_template(key, waba, (&known.name, id))
            .await;
        let Err(error) = deleted else { return Ok(()) };
        if !is_lost(&error) {
            return Err(problem(&error));
        }
        let name = (known.name.as_str(), known.language.as_str());
        match self.graph.template_named(key, waba, name).await {
            Ok(None) => Ok(()),
            Ok(Some(_)) | Err(_) => Err(problem(&error)),
        }
    }

    async fn named(
        &self,
        key: &NumberKey,
        waba: &WabaId,
        draft: &Draft,
    ) -> Result<Option<TemplateSeen>, GraphError> {
        let name = (draft.name.as_str(), draft.language.as_str());
        self.graph.template_named(key, waba, name).await
    }
}

/// Why a template was not made.
#[derive(Debug)]
pub(crate) enum Unmade {
    /// Meta, or the way there.
    Problem(Problem),
    /// Meta has one of this name and language already, which stands so.
    There(Box<TemplateSeen>),
}

fn is_lost(error: &GraphError) -> bool {
    error.fate() == Fate::Doubt
}

fn is_there_already(error: &GraphError) -> bool {
    matches!(error, GraphError::Refused(refusal) if refusal.subcode == Some(THERE_ALREADY))
}

fn not_there(error: &GraphError) -> Problem {
    let told = error.explain();
    let detail = format!(
        "Meta did not answer ({}), and it has no such template: try again.",
        told.title
    );
    Problem::new(Code::MetaUnreachable, detail)
}

/// Whether Meta has another template than we knew: then the change arrived.
fn differs(known: &Template, seen: &TemplateSeen) -> bool {
    seen.components != known.components
        || seen.category != known.category
        || seen.status != known.status
}
