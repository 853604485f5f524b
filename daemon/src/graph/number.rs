//! What Meta says of a number: its digits, its name, its quality, its limits.

use common::phone::Phone;
use serde_json::Value;

use crate::fact::NumberProfile;
use crate::graph::Graph;
use crate::graph::error::GraphError;
use crate::vault::keyring::NumberKey;

/// Fields that every version knows.
const OLD: &str = "display_phone_number,verified_name,quality_rating,throughput";
/// And those that some versions do not.
const NEW: &str =
    "whatsapp_business_manager_messaging_limit,messaging_limit_tier,is_on_biz_app,platform_type";
/// Meta's code for a field that it does not know.
const UNKNOWN_FIELD: i64 = 100;

impl Graph {
    /// Asks for a number's profile.
    pub async fn number(&self, key: &NumberKey) -> Result<NumberProfile, GraphError> {
        let path = |fields: &str| format!("{}?fields={fields}", key.phone_number_id);
        let asked = self.get(&key.token, &path(&format!("{OLD},{NEW}"))).await;
        match asked {
            Err(GraphError::Refused(refusal))
                if refusal.code == Some(UNKNOWN_FIELD) && refusal.subcode != Some(33) =>
            {
                self.get(&key.token, &path(OLD))
                    .await
                    .map(|answer| profile(&answer))
            }
            asked => asked.map(|answer| profile(&answer)),
        }
    }
}

fn profile(answer: &Value) -> NumberProfile {
    let text = |pointer: &str| {
        let word = answer.pointer(pointer).and_then(Value::as_str);
        word.filter(|word| !word.trim().is_empty())
            .map(ToOwned::to_owned)
    };
    let shared_with_a_phone = answer.get("is_on_biz_app").and_then(Value::as_bool) == Some(true)
        && text("/platform_type").as_deref() == Some("CLOUD_API");
    NumberProfile {
        phone: text("/display_phone_number").and_then(|shown| Phone::parse(&shown).ok()),
        verified_name: text("/verified_name"),
        quality_rating: text("/quality_rating"),
        messaging_limit: text("/whatsapp_business_manager_messaging_limit")
            .or_else(|| text("/messaging_limit_tier")),
        throughput: if shared_with_a_phone {
            Some("COEXISTENCE".to_owned())
        } else {
            text("/throughput/level")
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::profile;

    #[test]
    fn a_profile_is_read_and_a_shared_number_is_slow() {
        let mut answer = json!({
            "display_phone_number": "+1 555-078-3881", "verified_name": "Test Number",
            "quality_rating": "GREEN", "throughput": {"level": "HIGH"},
            "messaging_limit_tier": "TIER_10K", "id": "106540352242922",
        });
        let read = profile(&answer);
        assert_eq!(
            read.phone.as_ref().map(common::phone::Phone::as_str),
            Some("+15550783881")
        );
        assert_eq!(read.throughput.as_deref(), Some("HIGH"));
        assert_eq!(read.messaging_limit.as_deref(), Some("TIER_10K"));
        answer["is_on_biz_app"] = json!(true);
        answer["platform_type"] = json!("CLOUD_API");
        assert_eq!(profile(&answer).throughput.as_deref(), Some("COEXISTENCE"));
        assert_eq!(
            profile(&json!({"throughput": []})),
            super::NumberProfile::default()
        );
    }
}
