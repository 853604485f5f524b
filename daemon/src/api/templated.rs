//! A template to send: found as Meta last told it, judged, filled.

use common::api::messages::Outgoing;
use common::api::problem::{Code, Problem};
use common::id::{MediaId, NumberId};
use common::model::content;
use common::model::template::Template;
use common::model::template::fill::fill;
use common::model::template::form::{FieldKind, Values, fields};
use common::model::template::judge::judge;
use common::model::template::word::TemplateStatus;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::fact::Target;
use crate::fact::template::Remembered;
use crate::store::ask::templates as asked;
use crate::store::scope::Scope;

/// A template ready to be stored and sent.
#[derive(Debug)]
pub(crate) struct Templated {
    /// What the message holds.
    pub(crate) content: content::Template,
    /// What to propose to this customer the next time.
    pub(crate) filled: Option<Remembered>,
    /// The file at its top.
    pub(crate) media: Option<MediaId>,
}

/// Fills a template for whom it goes to; nothing where something else than a template goes.
pub(crate) async fn templated(
    api: &ApiState,
    scope: &Scope,
    target: &Target,
    outgoing: &Outgoing,
) -> Result<Option<Templated>, Fault> {
    let Outgoing::Template {
        name,
        language,
        params,
        components,
    } = outgoing
    else {
        return Ok(None);
    };
    if !params.is_empty() && !components.is_empty() {
        return Err(Fault::invalid(
            "params",
            "Give either params or components, not both.",
        ));
    }
    let number = number(api, scope, target).await?;
    let wanted = (name.clone(), language.clone());
    let (found, synced, others) = api
        .store
        .ask(scope, move |view| {
            let (name, language) = wanted;
            let (found, synced) = asked::find(view, number, &name, &language)?;
            Ok((found, synced, asked::languages(view, number, &name)?))
        })
        .await?;
    let Some(template) = found else {
        return match (synced, params.is_empty()) {
            (false, true) => Ok(None),
            (false, false) => Err(Fault(not_ready(
                "Meta has not told this account's templates yet: ask for them with `recado templates --sync`, then send it again.".to_owned(),
            ))),
            (true, _) => Err(Fault(unknown(name, language, &others))),
        };
    };
    if let Some(sentence) = objection(&template) {
        return Err(Fault(not_ready(sentence)));
    }
    if components.is_empty() {
        filled(&template, params).map(Some)
    } else {
        let text = judge(&template, components).map_err(|wrong| Fault(Problem::all(wrong)))?;
        let mut content = bare(&template);
        content.components.clone_from(components);
        content.text = Some(text).filter(|text| !text.is_empty());
        Ok(Some(Templated {
            content,
            filled: None,
            media: None,
        }))
    }
}

fn filled(template: &Template, params: &Values) -> Result<Templated, Fault> {
    let filled = fill(template, params).map_err(|wrong| Fault(Problem::all(wrong)))?;
    if filled.media.len() > 1 {
        return Err(Fault::invalid(
            "params",
            "Name one file of ours at most; give the pictures of cards as https links.",
        ));
    }
    let list = fields(template);
    let kept = params.iter().filter(|(key, value)| {
        // Codes are secrets, and a moment is over the next time.
        let passing = |kind| matches!(kind, FieldKind::Code | FieldKind::Time);
        let field = list.iter().find(|field| field.key == **key);
        field.is_some_and(|field| !passing(field.kind)) && !value.trim().is_empty()
    });
    let values: Values = kept.map(|(k, v)| (k.clone(), v.clone())).collect();
    let mut content = bare(template);
    content.components = filled.components;
    content.text = Some(filled.text).filter(|text| !text.is_empty());
    Ok(Templated {
        content,
        filled: (!values.is_empty()).then_some(Remembered {
            template: template.id,
            values,
        }),
        media: filled.media.first().copied(),
    })
}

fn bare(template: &Template) -> content::Template {
    let buttons = template.components.buttons.iter();
    content::Template {
        name: template.name.clone(),
        language: template.language.clone(),
        buttons: buttons.map(|b| b.label().to_owned()).collect(),
        category: Some(template.category.to_string()),
        ..content::Template::default()
    }
}

async fn number(api: &ApiState, scope: &Scope, target: &Target) -> Result<NumberId, Fault> {
    match target {
        Target::Phone(number, _) | Target::User(number, _) => Ok(*number),
        Target::Chat(chat) => {
            let chat = *chat;
            let found = api
                .store
                .ask(scope, move |view| asked::number_of(view, chat))
                .await?;
            found.ok_or_else(|| Fault::missing("chat"))
        }
    }
}

/// Why Meta takes no message of it now.
fn objection(template: &Template) -> Option<String> {
    if template.can_be_sent() {
        return None;
    }
    let (name, language) = (&template.name, &template.language);
    let why = |reason: &Option<String>| {
        let reason = reason.as_ref().or(template.reason_detail.as_ref());
        reason
            .map(|reason| format!(" ({reason})"))
            .unwrap_or_default()
    };
    Some(match &template.status {
        TemplateStatus::Pending | TemplateStatus::InAppeal => format!(
            "Meta still reviews {name} ({language}), for 24 hours at most: wait, or use another template."
        ),
        TemplateStatus::Rejected => format!(
            "Meta refused {name} ({language}){}: change it with `recado template edit`, or use another.",
            why(&template.rejected_reason)
        ),
        TemplateStatus::Paused => format!(
            "Meta has paused {name} ({language}) because people did not want it{}: wait some hours, change it, or use another.",
            why(&template.pause_reason)
        ),
        TemplateStatus::Disabled => format!(
            "Meta has disabled {name} ({language}){}: make another template.",
            why(&None)
        ),
        TemplateStatus::Deleted | TemplateStatus::PendingDeletion => {
            format!("{name} ({language}) is deleted at Meta: use another template.")
        }
        other => format!(
            "{name} ({language}) cannot be sent: it stands at {other} with Meta. Use another, or look in WhatsApp Manager."
        ),
    })
}

fn unknown(name: &str, language: &str, others: &[String]) -> Problem {
    not_ready(if others.is_empty() {
        format!(
            "There is no template {name}: `recado templates` lists those that are. If it is new, ask Meta with `recado templates --sync`."
        )
    } else {
        format!(
            "There is no template {name} in {language}; there is one in: {}.",
            others.join(", ")
        )
    })
}

fn not_ready(sentence: String) -> Problem {
    Problem::new(Code::TemplateNotReady, sentence).field("name")
}
