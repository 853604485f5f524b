//! `/{waba_id}/message_templates` and templates as nodes: list, make, change, delete.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::book::Caller;
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::{call, fields, nodes};
use crate::shelf::{self, BLOCKED_S};
use crate::template::Template;
use crate::validate::shape;
use crate::world::World;

const USUAL: [&str; 6] = ["id", "name", "status", "category", "language", "components"];
const MAY: [&str; 3] = [
    "previous_category",
    "correct_category",
    "message_send_ttl_seconds",
];
const DAY_S: i64 = 24 * 3600;

pub(super) async fn list(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = rows(&world, &ask, &opened.caller);
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn rows(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    owned(world, ask, caller)?;
    let names = fields::names(ask.query.get("fields"), &USUAL);
    let asked = |key: &str| ask.query.get(key).map(|word| word.to_ascii_uppercase());
    let (all, page) = world
        .shelf
        .with(|shelf| (shelf.templates.clone(), shelf.page));
    let rows = all
        .iter()
        .filter(|t| t.waba_id == ask.node)
        .filter(|t| asked("status").is_none_or(|status| t.status == status))
        .filter(|t| asked("category").is_none_or(|category| t.category == category))
        .filter(|t| ask.query.get("language").is_none_or(|l| t.language == *l))
        .filter(|t| {
            ask.query
                .get("name")
                .is_none_or(|n| t.name.contains(n.as_str()))
        })
        .map(|t| show(t, &names).map(|row| (t.id.clone(), row)))
        .collect::<Result<Vec<_>, _>>()?;
    let limit = ask.query.get("limit").and_then(|l| l.parse::<usize>().ok());
    let limit = page.map_or(limit, |page| Some(limit.unwrap_or(page).min(page)));
    let limit = limit.map(|limit| limit.to_string());
    fields::page(rows, limit.as_ref(), ask.query.get("after"))
}

/// One template with the asked fields.
pub(super) fn show(template: &Template, names: &[String]) -> Result<Value, GraphError> {
    fields::node("WhatsAppMessageTemplate", names, &MAY, |name| {
        template.show(name)
    })
}

/// The template that a path names, where the caller may see it.
pub(super) fn node(world: &World, ask: &Ask, caller: &Caller) -> Option<Template> {
    let template = world.shelf.by_id(&ask.node)?;
    caller.sees(&template.waba_id).then_some(template)
}

/// The usual fields, or those that were asked for.
pub(super) fn names(ask: &Ask) -> Vec<String> {
    fields::names(ask.query.get("fields"), &USUAL)
}

pub(super) async fn create(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let body: Value = serde_json::from_slice(&ask.body).unwrap_or_default();
    let opened = match call::open(&world, &ask, Target::Other, &body).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = make(&world, &ask, &opened.caller, &body);
    call::close(&world, &ask, opened, result, body).await
}

fn make(world: &Arc<World>, ask: &Ask, caller: &Caller, body: &Value) -> Result<Value, GraphError> {
    owned(world, ask, caller)?;
    if let Some(handle) = unknown_handle(world, body) {
        return Err(GraphError::documented(100).details(format!("{handle} is no handle.")));
    }
    let mut template = shape::template(body)?;
    let now = world.clock.now_s();
    let id = world.shelf.with(|shelf| {
        shelf.blocked.retain(|(.., until)| *until > now);
        let blocked = |(waba, name, _): &(String, String, i64)| {
            *waba == ask.node && *name == template.name
        };
        if shelf.blocked.iter().any(blocked) {
            return Err(shape::wrong(2_388_023, "Message template is being deleted")
                .details("New content can't be added while the existing one is being deleted. Try again in 30 days or use another name."));
        }
        let mut own = shelf.templates.iter().filter(|t| t.waba_id == ask.node);
        if own.clone().any(|t| t.name == template.name && t.language == template.language) {
            return Err(shape::wrong(2_388_024, "Content in this language already exists")
                .details("There is already content for this template in this language. Create a new template and try again."));
        }
        let most = if shelf.most == 0 { 250 } else { shelf.most };
        if own.by_ref().count() >= most {
            return Err(shape::wrong(2_388_019, "Message template limit exceeded"));
        }
        "PENDING".clone_into(&mut template.status);
        Ok(shelf.put(&ask.node, template.clone()))
    })?;
    shelf::review(world, id.clone());
    Ok(json!({ "id": id, "status": "PENDING", "category": template.category }))
}

/// A handle for an example that nobody was given.
fn unknown_handle(world: &World, body: &Value) -> Option<String> {
    let list = |value: &Value, key: &str| -> Vec<Value> {
        let list = value.get(key).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let mut parts = list(body, "components");
    let cards: Vec<Value> = parts.iter().flat_map(|part| list(part, "cards")).collect();
    parts.extend(cards.iter().flat_map(|card| list(card, "components")));
    let handles = parts
        .iter()
        .filter_map(|part| part.pointer("/example/header_handle/0")?.as_str());
    world.shelf.with(|shelf| {
        let known = |handle: &str| shelf.handles.iter().any(|(own, _)| own == handle);
        let mut unknown = handles.filter(|handle| !known(handle));
        unknown.next().map(ToOwned::to_owned)
    })
}

/// Changes a template: its components are replaced whole.
pub(super) fn edit(world: &Arc<World>, id: &str, body: &Value) -> Result<Value, GraphError> {
    let now = world.clock.now_s();
    let locked =
        |why: &str| shape::wrong(2_388_039, "Message template can't be edited").details(why);
    world.shelf.with(|shelf| {
        let template = shelf.templates.iter_mut().find(|t| t.id == id);
        let template = template.ok_or_else(|| GraphError::documented(100).subcode(33))?;
        if !["APPROVED", "REJECTED", "PAUSED"].contains(&template.status.as_str()) {
            return Err(locked(
                "Only approved, rejected or paused templates can be edited.",
            ));
        }
        let approved = template.status == "APPROVED";
        if let Some(category) = body.get("category").and_then(Value::as_str) {
            let category = category.to_ascii_uppercase();
            if approved && category != template.category {
                return Err(GraphError::documented(100)
                    .details("The category of an approved template cannot be changed."));
            }
            template.category = category;
        }
        if let Some(components) = body.get("components").and_then(Value::as_array) {
            shape::components(components, template.named, &template.category)?;
            template.edits.retain(|at| now - at < 30 * DAY_S);
            let today = template.edits.iter().any(|at| now - at < DAY_S);
            if approved && (today || template.edits.len() >= 10) {
                return Err(locked(
                    "An approved template can be edited once in 24 hours and 10 times in 30 days.",
                ));
            }
            if approved {
                template.edits.push(now);
            }
            template.components = shape::upper(components);
        }
        if let Some(ttl) = body.get("message_send_ttl_seconds").and_then(Value::as_i64) {
            template.ttl = Some(ttl);
        }
        "PENDING".clone_into(&mut template.status);
        Ok(())
    })?;
    shelf::review(world, id.to_owned());
    Ok(json!({ "success": true }))
}

pub(super) async fn remove(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = delete(&world, &ask, &opened.caller);
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn delete(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    owned(world, ask, caller)?;
    let asked = ask.parameters();
    let Some(name) = asked.get("name") else {
        return Err(GraphError::documented(100).details("name is expected."));
    };
    let now = world.clock.now_s();
    world.shelf.with(|shelf| {
        let meant = |t: &Template| {
            t.waba_id == ask.node
                && t.name == *name
                && asked.get("hsm_id").is_none_or(|id| t.id == *id)
        };
        let found: Vec<Template> = shelf
            .templates
            .iter()
            .filter(|t| meant(t))
            .cloned()
            .collect();
        if found.is_empty() {
            return Err(shape::wrong(2_593_002, "Message template not found"));
        }
        if found.iter().any(|t| t.status == "DISABLED") {
            return Err(
                GraphError::documented(100).details("Disabled templates cannot be deleted.")
            );
        }
        shelf.templates.retain(|t| !meant(t));
        let left = shelf
            .templates
            .iter()
            .any(|t| t.waba_id == ask.node && t.name == *name);
        if !left && found.iter().any(|t| t.status == "APPROVED") {
            shelf
                .blocked
                .push((ask.node.clone(), name.clone(), now + BLOCKED_S));
        }
        Ok(json!({ "success": true }))
    })
}

/// The account in the path, if the caller may look after it.
fn owned(world: &World, ask: &Ask, caller: &Caller) -> Result<(), GraphError> {
    let known = world.book.with(|book| book.wabas.contains_key(&ask.node));
    if !known || !caller.sees(&ask.node) {
        return Err(call::no_such_node(ask));
    }
    nodes::managed(caller)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::probe::{Answer, Probe, SOON, call};
    use crate::template::{Review, Template};

    async fn ask(probe: &Probe, method: &str, path: &str, body: &Value) -> Answer {
        let token = Some(probe.shop.token.as_str());
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        call(&probe.sim, method, &format!("/v23.0/{path}"), token, &body)
            .await
            .unwrap()
    }

    fn wish(name: &str, text: &str) -> Value {
        json!({ "name": name, "language": "es", "category": "UTILITY", "components": [
            { "type": "BODY", "text": text, "example": { "body_text": [["Ana"]] } }] })
    }

    #[tokio::test]
    async fn a_template_is_made_reviewed_listed_changed_and_deleted() {
        let probe = Probe::new().await;
        let list = format!("{}/message_templates", probe.shop.waba_id);
        let made = ask(
            &probe,
            "POST",
            &list,
            &wish("listo", "Hola {{1}}, tu pedido está listo."),
        )
        .await;
        assert_eq!(
            (made.status, made.body["status"].as_str()),
            (200, Some("PENDING"))
        );
        let id = made.body["id"].as_str().unwrap().to_owned();
        probe.sim.wait_idle(SOON).await.unwrap();
        let told = &probe.receiver.bodies()[0]["entry"][0]["changes"][0];
        assert_eq!(told["field"], "message_template_status_update");
        assert_eq!(told["value"]["event"], "APPROVED");
        assert!(told["value"]["message_template_id"].is_number());
        let shown = ask(
            &probe,
            "GET",
            &format!("{id}?fields=status,category"),
            &Value::Null,
        )
        .await;
        assert_eq!(shown.body["status"], "APPROVED");
        let twice = ask(
            &probe,
            "POST",
            &list,
            &wish("listo", "Hola {{1}}, otra vez aquí."),
        )
        .await;
        assert_eq!(twice.code(), (100, 2_388_024));
        probe.sim.set_review(Review::refused_after(
            std::time::Duration::ZERO,
            "INVALID_FORMAT",
        ));
        let edit = json!({ "components": [{ "type": "BODY", "text": "Ya está todo listo." }] });
        assert_eq!(ask(&probe, "POST", &id, &edit).await.status, 200);
        let again = ask(&probe, "POST", &id, &edit).await;
        assert_eq!(again.code(), (100, 2_388_039), "it is being reviewed");
        probe.sim.wait_idle(SOON).await.unwrap();
        let stands = probe
            .sim
            .template(&probe.shop.waba_id, "listo", "es")
            .unwrap();
        assert_eq!(stands.standing(), "REJECTED");
        let gone = ask(
            &probe,
            "DELETE",
            &format!("{list}?name=listo&hsm_id={id}"),
            &Value::Null,
        )
        .await;
        assert_eq!(gone.body["success"], true);
        let gone = ask(
            &probe,
            "DELETE",
            &format!("{list}?name=listo"),
            &Value::Null,
        )
        .await;
        assert_eq!(gone.code(), (100, 2_593_002));
    }

    #[tokio::test]
    async fn the_list_comes_in_pages_and_a_deleted_name_is_blocked() {
        let probe = Probe::new().await;
        let waba = probe.shop.waba_id.clone();
        for n in 0..4 {
            probe
                .sim
                .add_template(&waba, Template::new(&format!("t{n}"), "es", "Hola a todos"));
        }
        probe.sim.set_template_page(2);
        let path = format!("{waba}/message_templates?limit=100&fields=name");
        let (mut names, mut after) = (Vec::new(), String::new());
        loop {
            let page = ask(&probe, "GET", &format!("{path}{after}"), &Value::Null)
                .await
                .body;
            let rows = page["data"].as_array().unwrap();
            names.extend(
                rows.iter()
                    .map(|row| row["name"].as_str().unwrap().to_owned()),
            );
            if page["paging"].get("next").is_none() {
                break;
            }
            after = format!(
                "&after={}",
                page["paging"]["cursors"]["after"].as_str().unwrap()
            );
        }
        names.sort();
        assert_eq!(names, ["hello_world", "t0", "t1", "t2", "t3"]);
        let list = format!("{waba}/message_templates");
        ask(&probe, "DELETE", &format!("{list}?name=t0"), &Value::Null).await;
        let blocked = ask(
            &probe,
            "POST",
            &list,
            &wish("t0", "Hola {{1}}, ya está listo."),
        )
        .await;
        assert_eq!(blocked.code(), (100, 2_388_023));
    }
}
