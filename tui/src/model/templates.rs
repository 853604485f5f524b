//! The template picker: which there are, the one that is filled in, and the values so far.

use std::collections::HashMap;

use common::api::templates::Proposal;
use common::id::{ChatId, NumberId, TemplateId};
use common::model::template::Template;
use common::model::template::fill::faults;
use common::model::template::form::{self, FieldKind, Values, fields};
use common::model::template::word::TemplateStatus;
use common::wrong::Wrong;

use crate::model::overlay::Pick;
use crate::part::field::Field;

/// A template that is filled in.
#[derive(Debug)]
pub struct Form {
    /// It.
    pub template: Template,
    /// What must or may be filled in.
    pub fields: Vec<form::Field>,
    /// What stands in each.
    pub texts: Vec<Field>,
    /// The one with the cursor.
    pub at: usize,
    /// Whether somebody tried to send: then everything that is wrong is shown.
    pub tried: bool,
    /// A file is on its way to the daemon for the field with the cursor.
    pub uploading: bool,
}

impl Form {
    /// With the values that are proposed.
    pub fn new(template: Template, proposal: Option<&Proposal>) -> Self {
        let fields = fields(&template);
        let texts = fields
            .iter()
            .map(|field| {
                let mut text = Field::single();
                let value = proposal.and_then(|p| p.values.get(&field.key));
                text.set(value.map_or("", |value| &value.value));
                text
            })
            .collect();
        let mut form = Self {
            template,
            fields,
            texts,
            at: 0,
            tried: false,
            uploading: false,
        };
        // The cursor begins where something is missing.
        let empty = form.texts.iter().zip(&form.fields);
        form.at = empty
            .enumerate()
            .position(|(_, (text, field))| field.required && text.is_empty())
            .unwrap_or(0);
        form
    }

    /// The template changed while it was filled in: values stay by their field.
    fn become_(&mut self, template: Template) {
        let key = self.current().map(|field| field.key.clone());
        let before: HashMap<String, Field> = self
            .fields
            .drain(..)
            .map(|field| field.key)
            .zip(self.texts.drain(..))
            .collect();
        let mut before = before;
        self.fields = fields(&template);
        let text = |field: &form::Field| before.remove(&field.key).unwrap_or_else(Field::single);
        self.texts = self.fields.iter().map(text).collect();
        let at = self
            .fields
            .iter()
            .position(|f| Some(&f.key) == key.as_ref());
        self.at = at.unwrap_or(0);
        self.template = template;
    }

    /// The values so far.
    pub fn values(&self) -> Values {
        let filled = self.fields.iter().zip(&self.texts);
        filled
            .map(|(field, text)| (field.key.clone(), text.text()))
            .filter(|(_, value)| !value.trim().is_empty())
            .collect()
    }

    /// Everything that is wrong with them.
    pub fn wrong(&self) -> Vec<Wrong> {
        faults(&self.template, &self.fields, &self.values())
    }

    /// The field with the cursor.
    pub fn current(&self) -> Option<&form::Field> {
        self.fields.get(self.at)
    }

    /// Whether the field with the cursor wants a file.
    pub fn wants_file(&self) -> Option<FieldKind> {
        let kind = self.current()?.kind;
        matches!(
            kind,
            FieldKind::Image | FieldKind::Video | FieldKind::Document
        )
        .then_some(kind)
    }
}

/// The picker.
#[derive(Debug)]
pub struct Picker {
    /// The chat that it is for.
    pub chat: ChatId,
    /// The number that it goes through.
    pub number: NumberId,
    /// All of them, found by name, language, category and words.
    pub pick: Pick<Template>,
    /// Whether they have come.
    pub listed: bool,
    /// Only this language.
    pub language: Option<String>,
    /// Every template that came, for the languages.
    pub all: Vec<Template>,
    /// Values that were proposed.
    pub proposals: HashMap<TemplateId, Proposal>,
    /// The one that is filled in.
    pub form: Option<Form>,
    /// Meta is being asked.
    pub syncing: bool,
}

impl Picker {
    /// Of templates that are yet to come.
    pub fn new(chat: ChatId, number: NumberId) -> Self {
        Self {
            chat,
            number,
            pick: Pick::new(Vec::new()),
            listed: false,
            language: None,
            all: Vec::new(),
            proposals: HashMap::new(),
            form: None,
            syncing: false,
        }
    }

    /// Takes the templates: those that can be sent first.
    pub(crate) fn take(&mut self, mut all: Vec<Template>) {
        all.sort_by(|a, b| {
            let key = |t: &Template| (!t.can_be_sent(), t.name.clone(), t.language.clone());
            key(a).cmp(&key(b))
        });
        self.all = all;
        self.listed = true;
        self.show();
    }

    /// Folds a template that changed, is new or is gone: the cursor stays on its template, and what
    /// is filled in stays where it still has a place.
    pub(crate) fn fold(&mut self, template: Template) {
        let newer = |old: &Template| old.revision > template.revision;
        let at = self.all.iter().position(|old| old.id == template.id);
        if at.and_then(|at| self.all.get(at)).is_some_and(newer) {
            return;
        }
        let mut all = std::mem::take(&mut self.all);
        all.retain(|old| old.id != template.id);
        if let Some(form) = self.form.as_mut().filter(|f| f.template.id == template.id) {
            form.become_(template.clone());
        }
        if template.status != TemplateStatus::Deleted {
            all.push(template);
        }
        let here = self.pick.list.selected().map(|template| template.id);
        self.take(all);
        let shown = self.pick.list.shown().iter();
        let ids = shown.map(|s| self.pick.list.entry(s.index).map(|(t, _)| t.id));
        let at = ids.into_iter().position(|id| id == here);
        if let (Some(_), Some(at)) = (here, at) {
            self.pick.list.set_cursor(at);
        }
    }

    /// Shows those of the chosen language.
    fn show(&mut self) {
        let query = self.pick.field.text();
        let fits = |t: &&Template| self.language.as_ref().is_none_or(|one| *one == t.language);
        let entries = self.all.iter().filter(fits).map(|template| {
            let words = template
                .components
                .body
                .as_ref()
                .map(|body| body.text.as_str());
            let found_by = format!(
                "{} {} {} {}",
                template.name,
                template.language,
                template.category,
                words.unwrap_or_default()
            );
            (template.clone(), found_by)
        });
        let entries = entries.collect();
        self.pick.list.replace(entries);
        self.pick.list.set_query(&query);
    }

    /// The next language, or all of them.
    pub(crate) fn turn_language(&mut self) {
        let mut known: Vec<&String> = self.all.iter().map(|t| &t.language).collect();
        known.sort();
        known.dedup();
        let next = match &self.language {
            None => known.first(),
            Some(now) => known
                .iter()
                .position(|one| *one == now)
                .and_then(|at| known.get(at + 1)),
        };
        self.language = next.map(|one| (*one).clone());
        self.show();
    }

    /// How many can be sent.
    pub fn ready(&self) -> usize {
        self.all.iter().filter(|t| t.can_be_sent()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Picker};
    use common::api::templates::{Proposal, Proposed, Source};
    use common::id::{ChatId, NumberId};
    use common::model::template::Template;
    use serde_json::json;

    pub(crate) fn template(id: i64, name: &str, language: &str, status: &str) -> Template {
        serde_json::from_value(json!({
            "id": id, "meta_id": null, "waba_id": "102290129340398", "org_id": 1, "name": name,
            "language": language, "category": "utility", "status": status, "quality": null,
            "parameter_format": "positional", "last_synced_at": null, "revision": 1,
            "components": [
                {"type": "BODY", "text": "Hola {{1}}, tu pedido {{2}} espera hasta las {{3}} horas."},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Voy"}]}
            ]
        }))
        .unwrap()
    }

    #[test]
    fn the_cursor_begins_where_something_is_missing() {
        let mut proposal = Proposal::default();
        let value = Proposed {
            value: "Ana".to_owned(),
            source: Source::Customer,
        };
        proposal.values.insert("1".to_owned(), value);
        let form = Form::new(template(1, "pedido", "es", "approved"), Some(&proposal));
        assert_eq!((form.at, form.values().len()), (1, 1));
        assert_eq!(form.wrong().len(), 2);
    }

    #[test]
    fn those_that_can_be_sent_come_first_and_languages_narrow() {
        let mut picker = Picker::new(ChatId(1), NumberId(1));
        picker.take(vec![
            template(1, "a_paused", "es", "paused"),
            template(2, "b", "pt_BR", "approved"),
            template(3, "c", "es", "approved"),
        ]);
        let names = |picker: &Picker| {
            let shown = picker.pick.list.shown().iter();
            let names = shown.filter_map(|s| picker.pick.list.entry(s.index));
            names.map(|(t, _)| t.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(&picker), ["b", "c", "a_paused"]);
        assert_eq!(picker.ready(), 2);
        picker.turn_language();
        assert_eq!(names(&picker), ["c", "a_paused"]);
        picker.turn_language();
        assert_eq!(names(&picker), ["b"]);
        picker.turn_language();
        assert_eq!(names(&picker).len(), 3);
    }
}
