//! What Meta says of how things stand: who gets webhooks, what a token is good for, how healthy a number is.

use common::id::{AppId, WabaId};
use common::time::Stamp;
use serde_json::Value;

use crate::graph::error::GraphError;
use crate::graph::{Graph, escaped};
use crate::vault::keyring::NumberKey;
use crate::vault::secret::Secret;

/// The object that WhatsApp's webhooks are about.
const OBJECT: &str = "whatsapp_business_account";
/// Fields of a number that every version knows.
const NUMBER: &str = "status,verified_name,name_status,code_verification_status,quality_rating,throughput,health_status,webhook_configuration";
/// And those that some versions do not.
const NUMBER_NEW: &str = "whatsapp_business_manager_messaging_limit,is_pin_enabled,is_official_business_account,account_mode";
const ACCOUNT: &str = "name,account_review_status,health_status";
const ACCOUNT_NEW: &str = "business_verification_status,owner_business_info";
/// Meta's code for a field that it does not know.
const UNKNOWN_FIELD: i64 = 100;

/// Where an app's webhooks go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The address.
    pub url: String,
    /// Whether Meta uses it.
    pub active: bool,
    /// What it is told of.
    pub fields: Vec<String>,
}

/// An app that an account is subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// Its id.
    pub id: AppId,
    /// Its name.
    pub name: String,
}

/// What a token is good for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspected {
    /// Whose token it is.
    pub app: Option<AppId>,
    /// `SYSTEM_USER`, `USER` …
    pub kind: Option<String>,
    /// Whether it works.
    pub is_valid: bool,
    /// When it ends; `None` for never.
    pub expires_at: Option<Stamp>,
    /// When it was made.
    pub issued_at: Option<Stamp>,
    /// Its permissions.
    pub scopes: Vec<String>,
    /// The accounts that it may look after; `None` for all.
    pub accounts: Option<Vec<String>>,
    /// Why it does not work: code and subcode.
    pub error: Option<(i64, i64)>,
}

/// Something that keeps an entity from sending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ailment {
    /// `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`.
    pub entity: String,
    /// `LIMITED` or `BLOCKED`.
    pub verdict: String,
    /// Meta's code.
    pub code: Option<i64>,
    /// Meta's words.
    pub words: Option<String>,
    /// Meta's advice.
    pub advice: Option<String>,
}

/// How healthy a number is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// `CONNECTED` can send.
    pub status: Option<String>,
    /// Display name.
    pub name: Option<String>,
    /// `APPROVED`, `PENDING_REVIEW`, `DECLINED` …
    pub name_status: Option<String>,
    /// Quality.
    pub quality: Option<String>,
    /// Limit.
    pub limit: Option<String>,
    /// Throughput level.
    pub throughput: Option<String>,
    /// Whether the two-step PIN is set.
    pub pin: Option<bool>,
    /// Whether it is an official account.
    pub official: Option<bool>,
    /// `AVAILABLE`, `LIMITED`, `BLOCKED`.
    pub can_send: Option<String>,
    /// What keeps it from sending.
    pub ailments: Vec<Ailment>,
    /// Where the number's messages go instead.
    pub of_number: Option<String>,
    /// Where the account's messages go instead.
    pub of_account: Option<String>,
}

/// How an account stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: Option<String>,
    /// `APPROVED`, `PENDING`, `REJECTED`.
    pub review: Option<String>,
    /// `verified` and others.
    pub verification: Option<String>,
    /// The business portfolio that owns it.
    pub portfolio: Option<String>,
    /// What keeps it from sending.
    pub ailments: Vec<Ailment>,
}

impl Graph {
    /// Where this app's webhooks go; `None` where nowhere.
    pub async fn callback(
        &self,
        app: &AppId,
        app_token: &Secret,
    ) -> Result<Option<Callback>, GraphError> {
        let answer = self.get(app_token, &format!("{app}/subscriptions")).await?;
        Ok(callback(&answer))
    }

    /// The apps that an account is subscribed to.
    pub async fn subscribers(
        &self,
        token: &Secret,
        account: &WabaId,
    ) -> Result<Vec<Subscriber>, GraphError> {
        let answer = self
            .get(token, &format!("{account}/subscribed_apps"))
            .await?;
        Ok(list(&answer, "data")
            .iter()
            .filter_map(subscriber)
            .collect())
    }

    /// What a token is good for, asked with the app's own.
    pub async fn inspect(
        &self,
        token: &Secret,
        app_token: &Secret,
    ) -> Result<Inspected, GraphError> {
        let path = format!("debug_token?input_token={}", escaped(token.expose()));
        let answer = self
            .get(app_token, &path)
            .await
            .map_err(|error| match error {
                // It may repeat the token that was asked about.
                GraphError::Refused(refusal) => {
                    GraphError::Refused(Box::new(refusal.without(token.expose())))
                }
                other => other,
            })?;
        Ok(inspected(answer.get("data").unwrap_or(&Value::Null)))
    }

    /// How healthy a number is.
    pub async fn standing(&self, key: &NumberKey) -> Result<Standing, GraphError> {
        let answer = self.node(
            &key.token,
            key.phone_number_id.as_str(),
            (NUMBER, NUMBER_NEW),
        );
        answer.await.map(|answer| standing(&answer))
    }

    /// How an account stands.
    pub async fn account(&self, token: &Secret, account: &WabaId) -> Result<Account, GraphError> {
        let answer = self.node(token, account.as_str(), (ACCOUNT, ACCOUNT_NEW));
        answer.await.map(|answer| read_account(&answer))
    }

    /// Whether a token may send for a number: asks for a message that is none, which Meta refuses
    /// for what it lacks, or for the permission.
    pub async fn may_message(&self, key: &NumberKey) -> Result<(), GraphError> {
        let path = format!("{}/messages", key.phone_number_id);
        let nothing = br#"{"messaging_product":"whatsapp"}"#.to_vec();
        match self.post(&key.token, &path, nothing).await {
            Err(GraphError::Refused(refusal))
                if matches!(refusal.code, Some(100 | 131_008 | 131_009))
                    && refusal.subcode != Some(33) =>
            {
                Ok(())
            }
            other => other.map(drop),
        }
    }

    /// Asks for fields, and without the newer ones where a version does not know them.
    async fn node(
        &self,
        token: &Secret,
        node: &str,
        (old, new): (&str, &str),
    ) -> Result<Value, GraphError> {
        let asked = self.get(token, &format!("{node}?fields={old},{new}")).await;
        match asked {
            Err(GraphError::Refused(refusal))
                if refusal.code == Some(UNKNOWN_FIELD) && refusal.subcode != Some(33) =>
            {
                self.get(token, &format!("{node}?fields={old}")).await
            }
            asked => asked,
        }
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    let list = value.get(key).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn text(value: &Value, pointer: &str) -> Option<String> {
    let found = value.pointer(pointer)?;
    let words = found.as_str().map_or_else(
        || found.as_i64().map(|n| n.to_string()),
        |s| Some(s.to_owned()),
    )?;
    (!words.trim().is_empty()).then_some(words)
}

fn moment(value: &Value, key: &str) -> Option<Stamp> {
    let seconds = value.get(key)?.as_i64()?;
    (seconds > 0).then(|| Stamp::from_seconds(seconds))
}

fn callback(answer: &Value) -> Option<Callback> {
    let of_whatsapp = |row: &&Value| row.get("object").and_then(Value::as_str) == Some(OBJECT);
    let row = list(answer, "data").iter().find(of_whatsapp)?;
    let name = |field: &Value| {
        let name = field.get("name").unwrap_or(field).as_str();
        name.map(ToOwned::to_owned)
    };
    Some(Callback {
        url: text(row, "/callback_url")?,
        active: row.get("active").and_then(Value::as_bool).unwrap_or(true),
        fields: list(row, "fields").iter().filter_map(name).collect(),
    })
}

/// The documented shape, and the flat one that some versions answer with.
fn subscriber(row: &Value) -> Option<Subscriber> {
    let app = row.get("whatsapp_business_api_data").unwrap_or(row);
    Some(Subscriber {
        id: AppId::from(text(app, "/id")?.as_str()),
        name: text(app, "/name").unwrap_or_default(),
    })
}

fn inspected(data: &Value) -> Inspected {
    let words = |value: &Value| value.as_str().map(ToOwned::to_owned);
    let managing = list(data, "granular_scopes")
        .iter()
        .find(|row| text(row, "/scope").as_deref() == Some("whatsapp_business_management"));
    let accounts = managing
        .and_then(|row| row.get("target_ids"))
        .and_then(Value::as_array)
        .map(|ids| ids.iter().filter_map(words).collect());
    let code = |key: &str| {
        let value = data.pointer(key).and_then(Value::as_i64);
        value.unwrap_or_default()
    };
    Inspected {
        app: text(data, "/app_id").map(|id| AppId::from(id.as_str())),
        kind: text(data, "/type"),
        is_valid: data.get("is_valid").and_then(Value::as_bool) == Some(true),
        expires_at: moment(data, "expires_at"),
        issued_at: moment(data, "issued_at"),
        scopes: list(data, "scopes").iter().filter_map(words).collect(),
        accounts,
        error: data
            .get("error")
            .map(|_told| (code("/error/code"), code("/error/subcode"))),
    }
}

fn ailments(health: &Value) -> Vec<Ailment> {
    let mut all = Vec::new();
    for entity in list(health, "entities") {
        let verdict = text(entity, "/can_send_message").unwrap_or_default();
        if verdict.is_empty() || verdict == "AVAILABLE" {
            continue;
        }
        let bare = Ailment {
            entity: text(entity, "/entity_type").unwrap_or_default(),
            verdict,
            ..Ailment::default()
        };
        let errors = list(entity, "errors");
        if errors.is_empty() {
            let words = list(entity, "additional_info").first();
            let words = words.and_then(Value::as_str).map(ToOwned::to_owned);
            all.push(Ailment {
                words,
                ..bare.clone()
            });
        }
        all.extend(errors.iter().map(|error| Ailment {
            code: error.get("error_code").and_then(Value::as_i64),
            words: text(error, "/error_description"),
            advice: text(error, "/possible_solution"),
            ..bare.clone()
        }));
    }
    all
}

fn standing(answer: &Value) -> Standing {
    let health = answer.get("health_status").unwrap_or(&Value::Null);
    let is = |key: &str| answer.get(key).and_then(Value::as_bool);
    Standing {
        status: text(answer, "/status"),
        name: text(answer, "/verified_name"),
        name_status: text(answer, "/name_status"),
        quality: text(answer, "/quality_rating"),
        limit: text(answer, "/whatsapp_business_manager_messaging_limit"),
        throughput: text(answer, "/throughput/level"),
        pin: is("is_pin_enabled"),
        official: is("is_official_business_account"),
        can_send: text(health, "/can_send_message"),
        ailments: ailments(health),
        of_number: text(answer, "/webhook_configuration/phone_number"),
        of_account: text(answer, "/webhook_configuration/whatsapp_business_account"),
    }
}

fn read_account(answer: &Value) -> Account {
    Account {
        name: text(answer, "/name"),
        review: text(answer, "/account_review_status"),
        verification: text(answer, "/business_verification_status"),
        portfolio: text(answer, "/owner_business_info/id"),
        ailments: ailments(answer.get("health_status").unwrap_or(&Value::Null)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{callback, inspected, standing, subscriber};

    #[test]
    fn subscriptions_are_read_in_both_shapes() {
        let answer = json!({"data": [
            {"object": "page", "callback_url": "https://page.example"},
            {"object": "whatsapp_business_account", "callback_url": "https://wa.example",
             "active": true, "fields": [{"name": "messages", "version": "v23.0"}, "account_update"]},
        ]});
        let read = callback(&answer).unwrap();
        assert_eq!(
            (read.url.as_str(), read.active),
            ("https://wa.example", true)
        );
        assert_eq!(read.fields, ["messages", "account_update"]);
        assert_eq!(callback(&json!({"data": []})), None);
        let nested = json!({"whatsapp_business_api_data": {"id": "42", "name": "shop"}});
        assert_eq!(
            subscriber(&nested),
            subscriber(&json!({"id": 42, "name": "shop"}))
        );
    }

    #[test]
    fn a_token_without_named_accounts_may_see_all() {
        let data = json!({"app_id": "42", "is_valid": true, "expires_at": 0, "scopes": ["a"],
            "granular_scopes": [{"scope": "whatsapp_business_management"}]});
        let read = inspected(&data);
        assert!(read.is_valid && read.expires_at.is_none() && read.accounts.is_none());
        let dead = inspected(&json!({"is_valid": false, "error": {"code": 190, "subcode": 463}}));
        assert_eq!(dead.error, Some((190, 463)));
    }

    #[test]
    fn health_keeps_metas_own_advice() {
        let read = standing(&json!({"status": "CONNECTED", "health_status": {
        "can_send_message": "BLOCKED", "entities": [
            {"entity_type": "PHONE_NUMBER", "can_send_message": "AVAILABLE"},
            {"entity_type": "WABA", "can_send_message": "BLOCKED", "errors": [
                {"error_code": 141_006, "error_description": "No payment method.",
                 "possible_solution": "Add one."}]},
        ]}}));
        assert_eq!(read.can_send.as_deref(), Some("BLOCKED"));
        assert_eq!(read.ailments.len(), 1);
        assert_eq!(read.ailments[0].advice.as_deref(), Some("Add one."));
    }
}
