//! The templates of all accounts: kept, judged by the reviewers, paused, moved, and every change told by webhook.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::courier;
use crate::object::set;
use crate::sim::Sim;
use crate::template::{Review, Template};
use crate::webhook::{Part, Update};
use crate::world::{Pending, World};

/// A deleted name of an approved template is blocked so long, in seconds.
pub(crate) const BLOCKED_S: i64 = 30 * 24 * 3600;

#[derive(Debug, Default)]
pub(crate) struct Shelf {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
pub(crate) struct Inner {
    pub(crate) templates: Vec<Template>,
    /// Account, name, until when.
    pub(crate) blocked: Vec<(String, String, i64)>,
    pub(crate) review: Review,
    /// Most rows of one page of the list; Meta's own limit where it is smaller.
    pub(crate) page: Option<usize>,
    /// How many templates an account may have.
    pub(crate) most: usize,
    next: u64,
    /// Example files being given: the upload, how long it is to be, what has come.
    pub(crate) samples: Vec<(String, usize, Vec<u8>)>,
    /// Handles of those that have come whole, with their bytes.
    pub(crate) handles: Vec<(String, Vec<u8>)>,
}

impl Shelf {
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut Inner) -> R) -> R {
        f(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn find(&self, waba_id: &str, name: &str, language: &str) -> Option<Template> {
        self.with(|shelf| {
            let mut all = shelf.templates.iter();
            all.find(|t| t.waba_id == waba_id && t.name == name && t.language == language)
                .cloned()
        })
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<Template> {
        self.with(|shelf| shelf.templates.iter().find(|t| t.id == id).cloned())
    }
}

impl Inner {
    /// Puts a template on the shelf, in the place of one with the same name and language.
    pub(crate) fn put(&mut self, waba_id: &str, mut template: Template) -> String {
        self.next += 1;
        template.id = format!("{}", 594_425_479_260_000 + self.next);
        waba_id.clone_into(&mut template.waba_id);
        let id = template.id.clone();
        self.templates.retain(|t| {
            (&t.waba_id, &t.name, &t.language)
                != (&template.waba_id, &template.name, &template.language)
        });
        self.templates.push(template);
        id
    }
}

impl Sim {
    /// The example files that came whole, in their order.
    pub fn samples(&self) -> Vec<Vec<u8>> {
        let bytes = |(_, bytes): &(String, Vec<u8>)| bytes.clone();
        self.world
            .shelf
            .with(|shelf| shelf.handles.iter().map(bytes).collect())
    }

    /// Gives an account a template, as if it had been there before; nobody is told. Says its id.
    pub fn add_template(&self, waba_id: &str, template: Template) -> String {
        self.world.shelf.with(|shelf| shelf.put(waba_id, template))
    }

    /// An account's template.
    pub fn template(&self, waba_id: &str, name: &str, language: &str) -> Option<Template> {
        self.world.shelf.find(waba_id, name, language)
    }

    /// Takes a template away as WhatsApp Manager does; nobody is told.
    pub fn forget_template(&self, id: &str) -> &Self {
        self.world
            .shelf
            .with(|shelf| shelf.templates.retain(|t| t.id != id));
        self
    }

    /// What becomes of new and changed templates from now on.
    pub fn set_review(&self, review: Review) -> &Self {
        self.world.shelf.with(|shelf| shelf.review = review);
        self
    }

    /// How many rows a page of the list has at most.
    pub fn set_template_page(&self, rows: usize) -> &Self {
        self.world.shelf.with(|shelf| shelf.page = Some(rows));
        self
    }

    /// How many templates an account may have (Meta: 250 or 6,000).
    pub fn set_template_limit(&self, most: usize) -> &Self {
        self.world.shelf.with(|shelf| shelf.most = most);
        self
    }

    /// Gives a template another state, told by webhook: `PAUSED` with why, `APPROVED`, `DISABLED`, …
    pub fn set_template_status(&self, id: &str, status: &str, why: Option<&str>) {
        if let Some(update) = judge(&self.world, id, status, why) {
            self.dispatch(vec![update]);
        }
    }

    /// Gives a template another quality, told by webhook.
    pub fn set_template_quality(&self, id: &str, quality: &str) {
        let before = self.change(id, |t| {
            std::mem::replace(&mut t.quality, quality.to_owned())
        });
        let Some((template, before)) = before else {
            return;
        };
        let mut value = about(&template);
        set(&mut value, "previous_quality_score", json!(before));
        set(&mut value, "new_quality_score", json!(quality));
        self.tell(&template, "message_template_quality_update", value);
    }

    /// Moves a template to another category, told by webhook.
    pub fn set_template_category(&self, id: &str, category: &str) {
        let before = self.change(id, |t| {
            let before = std::mem::replace(&mut t.category, category.to_owned());
            t.previous_category = Some(before.clone());
            before
        });
        let Some((template, before)) = before else {
            return;
        };
        let mut value = about(&template);
        set(&mut value, "previous_category", json!(before));
        set(&mut value, "new_category", json!(category));
        self.tell(&template, "template_category_update", value);
    }

    /// Gives a template another text, told by webhook.
    pub fn set_template_body(&self, id: &str, text: &str) {
        let changed = self.change(id, |t| {
            for component in &mut t.components {
                let of = component.get("type").and_then(Value::as_str);
                if of.is_some_and(|of| of.eq_ignore_ascii_case("BODY")) {
                    set(component, "text", json!(text));
                }
            }
        });
        let Some((template, ())) = changed else {
            return;
        };
        let mut value = about(&template);
        set(&mut value, "message_template_element", json!(text));
        self.tell(&template, "message_template_components_update", value);
    }

    fn change<R>(&self, id: &str, f: impl FnOnce(&mut Template) -> R) -> Option<(Template, R)> {
        self.world.shelf.with(|shelf| {
            let template = shelf.templates.iter_mut().find(|t| t.id == id)?;
            let result = f(template);
            Some((template.clone(), result))
        })
    }

    fn tell(&self, template: &Template, field: &str, value: Value) {
        self.waba_field(&template.waba_id, field, value);
    }
}

/// Gives a template to the reviewers; they answer by webhook.
pub(crate) fn review(world: &Arc<World>, id: String) {
    let review = world.shelf.with(|shelf| shelf.review.clone());
    let (world, pending) = (Arc::clone(world), Pending::new(world));
    tokio::spawn(async move {
        tokio::select! {
            () = tokio::time::sleep(review.delay) => {}
            () = world.end() => return,
        }
        let status = if review.refusal.is_some() {
            "REJECTED"
        } else {
            "APPROVED"
        };
        if let Some(update) = judge(&world, &id, status, review.refusal.as_deref()) {
            courier::deliver(&world, &[update]).await;
        }
        drop(pending);
    });
}

/// Another state, and the webhook that tells it.
fn judge(world: &World, id: &str, status: &str, why: Option<&str>) -> Option<Update> {
    let template = world.shelf.with(|shelf| {
        let template = shelf.templates.iter_mut().find(|t| t.id == id)?;
        status.clone_into(&mut template.status);
        why.filter(|_| status == "REJECTED")
            .unwrap_or("NONE")
            .clone_into(&mut template.rejected_reason);
        Some(template.clone())
    })?;
    let mut value = about(&template);
    set(&mut value, "event", json!(status));
    set(
        &mut value,
        "reason",
        json!(why.filter(|_| status == "REJECTED")),
    );
    set(
        &mut value,
        "message_template_category",
        json!(template.category),
    );
    if status == "PAUSED" {
        let told = json!({ "title": why.unwrap_or("FIRST_PAUSE"),
            "description": "Your WhatsApp message template has been paused for 3 hours." });
        set(&mut value, "other_info", told);
    }
    Some(Update {
        waba_id: template.waba_id.as_str().into(),
        time_s: Some(world.clock.now_s()),
        part: Part::Field {
            field: "message_template_status_update".to_owned(),
            number_id: None,
            value,
        },
    })
}

/// Which template; Meta writes the id as a number and the language with a hyphen.
fn about(template: &Template) -> Value {
    json!({
        "message_template_id": template.id.parse::<u64>().unwrap_or_default(),
        "message_template_name": template.name,
        "message_template_language": template.language.replace('_', "-"),
    })
}
