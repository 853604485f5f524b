//! What a token sees: accounts, directly or through its portfolios, and their numbers.

use common::api::connect::SeenNumber;
use common::id::{PhoneNumberId, WabaId};
use common::phone::Phone;
use common::text::clean::clean;
use serde_json::Value;

use crate::graph::error::GraphError;
use crate::graph::{Graph, escaped};
use crate::vault::secret::Secret;

const NUMBER: &str = "display_phone_number,verified_name,status,code_verification_status";
const NUMBER_NEW: &str = "is_on_biz_app,platform_type";
const UNKNOWN_FIELD: i64 = 100;
const PAGE: usize = 100;
/// Nobody has more pages than this.
const MOST_PAGES: usize = 20;

/// An account that a token sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its id.
    pub waba: WabaId,
    /// Its name.
    pub name: Option<String>,
    /// The portfolio through which it was found.
    pub business: Option<String>,
}

impl Graph {
    /// The accounts of these ids, with their names.
    pub async fn named_accounts(
        &self,
        token: &Secret,
        ids: &[String],
    ) -> Result<Vec<Asset>, GraphError> {
        let mut all = Vec::with_capacity(ids.len());
        for id in ids.iter().filter(|id| is_id(id)) {
            // A target that is no account of WhatsApp's is refused, and is no reason to stop.
            match self.get(token, &format!("{id}?fields=id,name")).await {
                Ok(node) => all.extend(asset(&node, None)),
                Err(GraphError::Refused(refusal)) if refusal.code == Some(100) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    /// Every account of every portfolio that a token sees: owned, and shared with it.
    pub async fn portfolio_accounts(&self, token: &Secret) -> Result<Vec<Asset>, GraphError> {
        let mut all: Vec<Asset> = Vec::new();
        for business in self.pages(token, "me/businesses?fields=id,name").await? {
            let Some(id) = word(&business, "id").filter(|id| is_id(id)) else {
                continue;
            };
            let name = word(&business, "name");
            for edge in [
                "owned_whatsapp_business_accounts",
                "client_whatsapp_business_accounts",
            ] {
                let path = format!("{id}/{edge}?fields=id,name");
                for row in self.pages(token, &path).await? {
                    let found = asset(&row, name.clone());
                    all.extend(found.filter(|a| !all.iter().any(|known| known.waba == a.waba)));
                }
            }
        }
        Ok(all)
    }

    /// The numbers of an account.
    pub async fn numbers_of(
        &self,
        token: &Secret,
        waba: &WabaId,
    ) -> Result<Vec<SeenNumber>, GraphError> {
        let path = |fields: &str| format!("{waba}/phone_numbers?fields={fields}");
        let asked = self
            .pages(token, &path(&format!("{NUMBER},{NUMBER_NEW}")))
            .await;
        let rows = match asked {
            Err(GraphError::Refused(refusal))
                if refusal.code == Some(UNKNOWN_FIELD) && refusal.subcode != Some(33) =>
            {
                self.pages(token, &path(NUMBER)).await?
            }
            asked => asked?,
        };
        Ok(rows.iter().filter_map(number).collect())
    }

    /// One number, as its account lists it.
    pub async fn number_seen(
        &self,
        token: &Secret,
        id: &PhoneNumberId,
    ) -> Result<Option<SeenNumber>, GraphError> {
        let path = format!("{}?fields={NUMBER}", escaped(id.as_str()));
        self.get(token, &path).await.map(|node| number(&node))
    }

    async fn pages(&self, token: &Secret, path: &str) -> Result<Vec<Value>, GraphError> {
        let mut all = Vec::new();
        let mut after: Option<String> = None;
        for _page in 0..MOST_PAGES {
            let cursor = after.as_deref().map(escaped).map(|c| format!("&after={c}"));
            let page = format!("{path}&limit={PAGE}{}", cursor.unwrap_or_default());
            let answer = self.get(token, &page).await?;
            let rows = answer.get("data").and_then(Value::as_array);
            all.extend(rows.into_iter().flatten().cloned());
            let next = answer
                .pointer("/paging/next")
                .and_then(|_more| answer.pointer("/paging/cursors/after"))
                .and_then(Value::as_str);
            match next {
                Some(cursor) => after = Some(cursor.to_owned()),
                None => break,
            }
        }
        Ok(all)
    }
}

fn word(node: &Value, key: &str) -> Option<String> {
    let value = node.get(key)?;
    let text = value
        .as_str()
        .map(ToOwned::to_owned)
        .or_else(|| value.as_u64().map(|n| n.to_string()))?;
    let text = clean(text.trim()).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// What can stand in a path.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn asset(node: &Value, business: Option<String>) -> Option<Asset> {
    Some(Asset {
        waba: WabaId::from(word(node, "id").filter(|id| is_id(id))?),
        name: word(node, "name"),
        business,
    })
}

fn number(node: &Value) -> Option<SeenNumber> {
    let shown = word(node, "display_phone_number");
    let on_app = node.get("is_on_biz_app").and_then(Value::as_bool) == Some(true);
    Some(SeenNumber {
        phone_number_id: PhoneNumberId::from(word(node, "id").filter(|id| is_id(id))?),
        phone_number: shown.and_then(|shown| Phone::parse(&shown).ok()),
        verified_name: word(node, "verified_name"),
        status: word(node, "status"),
        verified: word(node, "code_verification_status").as_deref() == Some("VERIFIED"),
        on_phone: on_app && word(node, "platform_type").as_deref() == Some("CLOUD_API"),
        number_id: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{asset, number};

    #[test]
    fn a_number_is_read_whatever_is_missing() {
        let read = number(
            &json!({"id": "1", "display_phone_number": "+51 955-000-222",
            "status": "PENDING", "code_verification_status": "NOT_VERIFIED"}),
        )
        .unwrap();
        assert_eq!(read.phone_number.unwrap().as_str(), "+51955000222");
        assert!(!read.verified && !read.on_phone);
        assert!(number(&json!({"id": "../me"})).is_none());
        assert_eq!(asset(&json!({"name": "x"}), None), None);
    }
}
