//! `recado templates` and `recado template`.

use std::collections::BTreeSet;
use std::time::Duration;

use common::api::event::Change;
use common::api::problem::Problem;
use common::api::templates::{
    DeleteTemplate, NewTemplate, PatchTemplate, SyncTemplates, TemplateQuery,
};
use common::id::{NumberId, Seq, TemplateId};
use common::model::template::Template;
use common::model::template::file::TemplateFile;
use common::model::template::form::{FieldKind, Values, fields};
use common::model::template::preview::{LineKind, preview};
use common::model::template::word::TemplateStatus;
use tokio::time::timeout;

use super::sample::samples;
use super::table::Table;
use super::{Desk, OnceError, confirmed, number as find, print, print_list, print_one};
use crate::cli::Output;
use crate::cli::template::{Review, TemplateCommand, TemplatesArgs, Which};

pub(super) async fn list(desk: &Desk, args: TemplatesArgs) -> Result<u8, OnceError> {
    let number = match &args.number {
        Some(named) => Some(find(desk, named).await?.id),
        None => None,
    };
    let mut troubled = false;
    if args.sync {
        let which = SyncTemplates { number_id: number };
        for synced in desk.client.sync_templates(&which).await? {
            if let Some(error) = synced.error {
                troubled = true;
                let words = [
                    ("account", synced.waba_id.as_str().into()),
                    ("why", (&error).into()),
                ];
                tell(&desk.speech.say_with("cli-template-not-synced", &words))?;
            }
        }
    }
    let query = TemplateQuery {
        number,
        q: args.query,
        status: args.status,
        language: args.language,
        limit: Some(500),
        ..TemplateQuery::default()
    };
    let templates = desk.client.all_templates(&query).await?;
    let done = print_list(args.output, &templates, || table(desk, &templates))?;
    Ok(if troubled { 1 } else { done })
}

fn table(desk: &Desk, templates: &[Template]) -> Table {
    let say = |key| desk.speech.say(key).into_owned();
    let headings = [
        "cli-id",
        "cli-name",
        "cli-template-language",
        "cli-template-category",
        "cli-state",
        "cli-template-quality",
        "cli-template-why",
    ];
    let mut table = Table::new(headings.map(say));
    for template in templates {
        table.row([
            template.id.to_string(),
            template.name.clone(),
            template.language.clone(),
            template.category.to_string(),
            template.status.to_string(),
            template
                .quality
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            why(template),
        ]);
    }
    table.or_say(&say("cli-no-templates"))
}

/// Why it cannot be sent, or what Meta will do to it.
fn why(template: &Template) -> String {
    let moved = template
        .correct_category
        .as_ref()
        .map(|category| format!("→ {category}"));
    let reasons = [
        template.rejected_reason.clone(),
        template.pause_reason.clone(),
        template.reason_detail.clone(),
        moved,
    ];
    let reasons: Vec<String> = reasons.into_iter().flatten().collect();
    reasons.join(" ")
}

pub(super) async fn template(desk: &Desk, command: TemplateCommand) -> Result<u8, OnceError> {
    match command {
        TemplateCommand::Show {
            which,
            toml: true,
            output: _,
        } => {
            let template = one(desk, &which).await?;
            let text = toml::to_string_pretty(&TemplateFile::of(&template))
                .map_err(|why| OnceError::Told(why.to_string()))?;
            print(text.as_bytes())
        }
        TemplateCommand::Show { which, output, .. } => {
            let template = one(desk, &which).await?;
            print_one(output, &template, shown(desk, &template).trim_end())
        }
        TemplateCommand::Create {
            file,
            number,
            review,
            output,
        } => {
            let draft = samples(desk, &file).await?.draft();
            let new = NewTemplate {
                number_id: account(desk, number.as_deref()).await?,
                name: draft.name,
                language: draft.language,
                category: draft.category,
                parameter_format: draft.parameter_format,
                components: draft.components,
                message_send_ttl_seconds: draft.message_send_ttl_seconds,
            };
            let since = Seq(desk.client.status().await?.seq);
            let made = desk.client.add_template(&new).await.map_err(all_faults)?;
            reviewed(desk, made, since, (review, output)).await
        }
        TemplateCommand::Edit {
            which,
            file,
            review,
            output,
        } => {
            let template = one(desk, &which).await?;
            let draft = samples(desk, &file).await?.draft();
            if (&draft.name, &draft.language) != (&template.name, &template.language) {
                let words = desk.speech.say("cli-template-other-name");
                return Err(OnceError::Told(words.into_owned()));
            }
            let patch = PatchTemplate {
                category: (draft.category != template.category).then_some(draft.category),
                components: Some(draft.components),
                message_send_ttl_seconds: draft.message_send_ttl_seconds,
            };
            let since = Seq(desk.client.status().await?.seq);
            let changed = desk.client.edit_template(template.id, &patch).await;
            reviewed(desk, changed.map_err(all_faults)?, since, (review, output)).await
        }
        TemplateCommand::Delete {
            which,
            all_languages,
            yes,
        } => {
            let template = one(desk, &which).await?;
            delete(desk, &template, all_languages, yes).await
        }
    }
}

async fn delete(
    desk: &Desk,
    template: &Template,
    all_languages: bool,
    yes: bool,
) -> Result<u8, OnceError> {
    let label = if all_languages {
        template.name.clone()
    } else {
        format!("{} ({})", template.name, template.language)
    };
    if !yes && !confirmed(desk, "cli-template-confirm-delete", &label)? {
        return Ok(1);
    }
    let which = DeleteTemplate {
        all_languages: all_languages.then_some(true),
    };
    desk.client.delete_template(template.id, &which).await?;
    let args = [("label", (&label).into())];
    let line = desk.speech.say_with("cli-template-deleted", &args);
    print(format!("{line}\n").as_bytes())
}

/// Everything that is wrong, a line each.
fn all_faults(problem: Problem) -> OnceError {
    if problem.errors.len() < 2 {
        return OnceError::Problem(problem);
    }
    let lines: Vec<String> = problem.errors.iter().map(ToString::to_string).collect();
    OnceError::Told(lines.join("\n"))
}

/// Waits for Meta's review where that is wanted, and says how the template stands.
async fn reviewed(
    desk: &Desk,
    template: Template,
    since: Seq,
    (review, output): (Review, Output),
) -> Result<u8, OnceError> {
    let mut template = template;
    if review.wait {
        let waiting = wait(desk, template.id, since);
        template = match review.timeout.map(Duration::from_secs) {
            None => waiting.await?,
            Some(patience) => timeout(patience, waiting).await.map_err(|_elapsed| {
                OnceError::Told(desk.speech.say("cli-template-still-waiting").into_owned())
            })??,
        };
    }
    let reason = why(&template);
    let args = [
        ("name", (&template.name).into()),
        ("language", (&template.language).into()),
        ("state", template.status.as_str().into()),
        ("why", (&reason).into()),
    ];
    let line = desk.speech.say_with("cli-template-stands", &args);
    let done = print_one(output, &template, line.trim_end())?;
    Ok(if template.status == TemplateStatus::Rejected {
        1
    } else {
        done
    })
}

/// Follows the events until Meta has decided.
async fn wait(desk: &Desk, id: TemplateId, mut since: Seq) -> Result<Template, OnceError> {
    loop {
        let mut stream = desk.client.events(Some(since)).await?;
        let now = desk.client.template(id).await?;
        if is_decided(&now) {
            return Ok(now);
        }
        while let Some(Ok(event)) = stream.next().await {
            since = since.max(event.seq);
            match event.change {
                Change::TemplateUpdated(t) if t.id == id && is_decided(&t) => return Ok(*t),
                Change::Reset => break,
                _ => {}
            }
        }
    }
}

const fn is_decided(template: &Template) -> bool {
    !matches!(
        template.status,
        TemplateStatus::Pending | TemplateStatus::InAppeal
    )
}

/// The template that somebody named by id or by name.
async fn one(desk: &Desk, which: &Which) -> Result<Template, OnceError> {
    if let Ok(id) = which.template.parse::<TemplateId>() {
        return Ok(desk.client.template(id).await?);
    }
    let number = match &which.number {
        Some(named) => Some(find(desk, named).await?.id),
        None => None,
    };
    let query = TemplateQuery {
        number,
        name: Some(which.template.clone()),
        language: which.language.clone(),
        ..TemplateQuery::default()
    };
    let mut found = desk.client.all_templates(&query).await?;
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            found.push(last);
            let all: Vec<String> = found
                .iter()
                .map(|t| format!("{} {} #{}", t.name, t.language, t.id))
                .collect();
            let all = all.join(", ");
            let words = [("list", (&all).into())];
            let words = desk.speech.say_with("cli-template-several", &words);
            Err(OnceError::Told(words.into_owned()))
        }
        (None, _) => {
            let words = [("name", (&which.template).into())];
            let words = desk.speech.say_with("cli-no-template", &words);
            Err(OnceError::Told(words.into_owned()))
        }
    }
}

/// The number whose account is meant; the only one there is where none is named.
async fn account(desk: &Desk, named: Option<&str>) -> Result<NumberId, OnceError> {
    if let Some(named) = named {
        return Ok(find(desk, named).await?.id);
    }
    let numbers = desk.client.numbers().await?;
    let accounts: BTreeSet<_> = numbers.iter().map(|n| (n.org_id.0, &n.waba_id)).collect();
    if let (Some(number), 1) = (numbers.first(), accounts.len()) {
        return Ok(number.id);
    }
    let words = desk.speech.say("cli-template-which-number");
    Err(OnceError::Told(words.into_owned()))
}

/// How a template stands, what it says, and what must be filled in.
fn shown(desk: &Desk, template: &Template) -> String {
    let say = |key| desk.speech.say(key).into_owned();
    let mut head = Table::plain();
    head.row([say("cli-name"), template.name.clone()]);
    head.row([say("cli-template-language"), template.language.clone()]);
    head.row([say("cli-template-category"), template.category.to_string()]);
    let state = format!("{}  {}", template.status, why(template));
    head.row([say("cli-state"), state.trim_end().to_owned()]);
    if let Some(quality) = &template.quality {
        head.row([say("cli-template-quality"), quality.to_string()]);
    }
    let mut text = head.render();
    text.push('\n');
    for line in preview(template, &Values::new()) {
        let words = common::text::clean::clean(&line.text).into_owned();
        let words = match line.kind {
            LineKind::Media(format) => format!("[{format}]"),
            LineKind::Button(_) => format!("[ {words} ]"),
            _ => words,
        };
        for row in words.lines() {
            text.push_str("  ");
            text.push_str(row);
            text.push('\n');
        }
    }
    let list = fields(template);
    if list.is_empty() {
        return text;
    }
    text.push('\n');
    let headings = [
        "cli-template-param",
        "cli-template-takes",
        "cli-template-example",
    ];
    let mut table = Table::new(headings.map(say));
    for field in list {
        let must = if field.required { "" } else { " ?" };
        table.row([
            format!("{}{must}", field.key),
            takes(field.kind).to_owned(),
            field.example.unwrap_or_default(),
        ]);
    }
    text.push_str(&table.render());
    text
}

/// What `--param` takes, in the words of the command line.
const fn takes(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "TEXT",
        FieldKind::Image | FieldKind::Video | FieldKind::Document => "media:ID | https://…",
        FieldKind::Filename => "FILENAME",
        FieldKind::Location => "LATITUDE, LONGITUDE, NAME, ADDRESS",
        FieldKind::UrlSuffix => "END OF URL",
        FieldKind::Code => "CODE",
        FieldKind::Payload => "PAYLOAD",
        FieldKind::Time => "TIME (RFC 3339)",
        FieldKind::Json => "JSON",
    }
}

fn tell(words: &str) -> Result<(), OnceError> {
    use std::io::Write;
    Ok(writeln!(std::io::stderr().lock(), "{words}")?)
}

#[cfg(test)]
mod tests {
    use common::model::template::file::TemplateFile;

    #[test]
    fn the_manuals_sample_is_a_template_without_faults() {
        let manual = include_str!("../../../docs/templates.md");
        let sample = manual
            .split("```toml\n")
            .nth(1)
            .and_then(|rest| rest.split("```").next())
            .expect("a sample");
        let file: TemplateFile = toml::from_str(sample).expect("TOML");
        assert_eq!(file.draft().faults(), []);
    }
}
