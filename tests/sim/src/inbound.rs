//! One inbound message: its content, what it answers, where the customer came from.

use serde_json::{Map, Value, json};

use crate::attachment::SystemNote;
use crate::content::InboundContent;
use crate::customer::Customer;
use crate::error::GraphError;
use crate::ids::Ids;

/// A message a customer writes; made from its content, with the rest added as needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Inbound {
    pub(crate) content: InboundContent,
    pub(crate) reply_to: Option<String>,
    pub(crate) forwarded: bool,
    pub(crate) often_forwarded: bool,
    pub(crate) product: Option<(String, String)>,
    pub(crate) referral: Option<Value>,
    pub(crate) group_id: Option<String>,
    pub(crate) wamid: Option<String>,
    pub(crate) at_s: Option<i64>,
    pub(crate) errors: Vec<GraphError>,
    pub(crate) contact: bool,
}

impl<C: Into<InboundContent>> From<C> for Inbound {
    fn from(content: C) -> Self {
        Self::new(content)
    }
}

impl Inbound {
    /// A message with nothing but its content.
    pub fn new(content: impl Into<InboundContent>) -> Self {
        let content = content.into();
        let contact = !matches!(content, InboundContent::System(_));
        Self {
            content,
            reply_to: None,
            forwarded: false,
            often_forwarded: false,
            product: None,
            referral: None,
            group_id: None,
            wamid: None,
            at_s: None,
            errors: Vec::new(),
            contact,
        }
    }

    /// Quotes a message of either side.
    #[must_use]
    pub fn reply_to(mut self, wamid: impl Into<String>) -> Self {
        self.reply_to = Some(wamid.into());
        self
    }

    /// Came from another chat.
    #[must_use]
    pub fn forwarded(mut self) -> Self {
        self.forwarded = true;
        self
    }

    /// Was forwarded more than five times.
    #[must_use]
    pub fn often_forwarded(mut self) -> Self {
        self.often_forwarded = true;
        self
    }

    /// Asks about a product of a catalogue.
    #[must_use]
    pub fn about(mut self, catalog_id: impl Into<String>, product: impl Into<String>) -> Self {
        self.product = Some((catalog_id.into(), product.into()));
        self
    }

    /// Came by an advertisement or a post; the object as Meta writes it.
    #[must_use]
    pub fn referral(mut self, referral: Value) -> Self {
        self.referral = Some(referral);
        self
    }

    /// Was written in a group.
    #[must_use]
    pub fn in_group(mut self, group_id: impl Into<String>) -> Self {
        self.group_id = Some(group_id.into());
        self
    }

    /// Has this id: the same message again.
    #[must_use]
    pub fn wamid(mut self, wamid: impl Into<String>) -> Self {
        self.wamid = Some(wamid.into());
        self
    }

    /// Was written at this second since 1970.
    #[must_use]
    pub fn at(mut self, seconds: i64) -> Self {
        self.at_s = Some(seconds);
        self
    }

    /// Carries an error, such as 131052 for a file that was too large.
    #[must_use]
    pub fn error(mut self, error: GraphError) -> Self {
        self.errors.push(error);
        self
    }

    /// Comes without its `contacts` entry.
    #[must_use]
    pub fn without_contact(mut self) -> Self {
        self.contact = false;
        self
    }

    /// Opens or renews the 24 hours: what a person did, not what the system told.
    pub(crate) fn opens_window(&self) -> bool {
        self.group_id.is_none()
            && !matches!(
                self.content,
                InboundContent::System(_)
                    | InboundContent::Reaction { .. }
                    | InboundContent::Edit { .. }
                    | InboundContent::Revoke { .. }
            )
    }

    /// The message object.
    pub(crate) fn json(&self, who: &Customer, stamp: &Stamp<'_>, ids: &Ids) -> Value {
        let mut message = Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                message.insert(key.to_owned(), value);
            }
        };
        put("id", Some(json!(stamp.wamid)));
        put("timestamp", Some(json!(stamp.at_s.to_string())));
        put("from", who.told_wa_id().map(Value::from));
        put("from_user_id", who.user_id.as_deref().map(Value::from));
        put(
            "from_parent_user_id",
            who.parent_user_id.as_deref().map(Value::from),
        );
        put("context", self.context(stamp.business));
        put("referral", self.referral.clone());
        put("group_id", self.group_id.as_deref().map(Value::from));
        if let InboundContent::System(SystemNote::IdentityChanged { hash }) = &self.content {
            let created = stamp.at_s.to_string();
            let identity =
                json!({ "acknowledged": true, "created_timestamp": created, "hash": hash });
            put("identity", Some(identity));
        }
        self.content.write(&mut message, ids);
        if !self.errors.is_empty() {
            let errors: Vec<Value> = self.errors.iter().map(GraphError::webhook).collect();
            message.insert("errors".to_owned(), errors.into());
        }
        message.into()
    }

    /// A forwarded message has a context without an id.
    fn context(&self, business: &str) -> Option<Value> {
        let mut context = Map::new();
        if let Some(id) = &self.reply_to {
            context.insert("from".to_owned(), business.into());
            context.insert("id".to_owned(), id.as_str().into());
        }
        if self.forwarded {
            context.insert("forwarded".to_owned(), true.into());
        }
        if self.often_forwarded {
            context.insert("frequently_forwarded".to_owned(), true.into());
        }
        if let Some((catalog, product)) = &self.product {
            let product = json!({ "catalog_id": catalog, "product_retailer_id": product });
            context.insert("referred_product".to_owned(), product);
            context.entry("from").or_insert_with(|| business.into());
        }
        (!context.is_empty()).then(|| context.into())
    }
}

/// When a message is written, under which id, to which number.
#[derive(Debug)]
pub(crate) struct Stamp<'a> {
    pub(crate) wamid: &'a str,
    pub(crate) at_s: i64,
    pub(crate) business: &'a str,
}

/// The `contacts` entry beside a message or a status.
pub(crate) fn contact(who: &Customer, with_profile: bool) -> Value {
    let mut map = Map::new();
    if with_profile {
        let mut profile = Map::new();
        profile.insert("name".to_owned(), who.name.as_str().into());
        if let Some(username) = &who.username {
            profile.insert("username".to_owned(), username.as_str().into());
        }
        map.insert("profile".to_owned(), profile.into());
    }
    let ids = [
        ("wa_id", who.told_wa_id()),
        ("user_id", who.user_id.as_deref()),
        ("parent_user_id", who.parent_user_id.as_deref()),
    ];
    for (key, id) in ids {
        if let Some(id) = id {
            map.insert(key.to_owned(), id.into());
        }
    }
    map.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachment::Media;

    fn write(inbound: &Inbound, who: &Customer) -> Value {
        let stamp = Stamp {
            wamid: "wamid.A",
            at_s: 1_739_321_024,
            business: "15550783881",
        };
        inbound.json(who, &stamp, &Ids::new(1))
    }

    #[test]
    fn a_hidden_phone_number_is_left_out_everywhere() {
        let zoe = Customer::new("Zoe")
            .wa_id("51955000111")
            .user_id("PE.9")
            .hides_phone();
        let message = write(&Inbound::new("hola").reply_to("wamid.Q"), &zoe);
        assert!(message.get("from").is_none());
        assert_eq!(message["from_user_id"], "PE.9");
        assert_eq!(message["context"]["from"], "15550783881");
        assert_eq!(message["timestamp"], "1739321024");
        assert!(contact(&zoe, true).get("wa_id").is_none());
    }

    #[test]
    fn each_kind_has_its_object_under_its_own_name() {
        let ana = Customer::new("Ana").wa_id("51955000111");
        let voice = write(&InboundContent::Voice(Media::new()).into(), &ana);
        assert_eq!(
            (&voice["type"], &voice["audio"]["voice"]),
            (&json!("audio"), &json!(true))
        );
        let form = InboundContent::FormReply {
            name: "flow".to_owned(),
            body: "Sent".to_owned(),
            answers: json!({ "a": 1 }),
        };
        let form = write(&form.into(), &ana);
        assert_eq!(
            form["interactive"]["nfm_reply"]["response_json"],
            "{\"a\":1}"
        );
        let poll = InboundContent::Unsupported {
            what: Some("poll".to_owned()),
            code: 131_051,
        };
        let poll = write(&poll.into(), &ana);
        assert_eq!(
            (&poll["errors"][0]["code"], &poll["unsupported"]["type"]),
            (&json!(131_051), &json!("poll"))
        );
        let forwarded = write(&Inbound::new("x").forwarded(), &ana);
        assert_eq!(forwarded["context"], json!({ "forwarded": true }));
        let edit = InboundContent::Edit {
            original: "wamid.O".to_owned(),
            content: Box::new("new".into()),
        };
        let edit = write(&edit.into(), &ana);
        assert_eq!(edit["edit"]["message"]["text"]["body"], "new");
    }
}
