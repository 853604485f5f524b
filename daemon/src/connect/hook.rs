//! Where Meta sends a number's notifications: set, read back, taken away; a number put to rest and woken.

use common::api::connect::{Connection, Disconnect, Register, SetWebhook, WebhookBy, WebhookSeen};
use common::api::numbers::SecretText;
use common::api::problem::{Code, Problem};
use common::id::NumberId;

use super::enrol::OnWay;
use super::{Connector, refused, stored};
use crate::fact::enrol::Change;
use crate::fact::{Fact, NumberPatched};
use crate::graph::login::app_token;
use crate::store::ask::connect as asked;
use crate::store::scope::Scope;

/// What recado reads of Meta's notifications.
pub(crate) const FIELDS: [&str; 15] = [
    "messages",
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
    "account_update",
    "account_alerts",
    "account_review_update",
    "phone_number_quality_update",
    "phone_number_name_update",
    "business_capability_update",
    "user_preferences",
    "history",
    "smb_message_echoes",
    "smb_app_state_sync",
];
/// Without these a number is deaf, or its troubles go unseen.
const NEEDED: [&str; 3] = ["messages", "account_update", "phone_number_quality_update"];

impl Connector {
    /// Tells Meta where this number's notifications go and reads back that it does so.
    pub async fn set_webhook(
        &self,
        scope: &Scope,
        number: NumberId,
        ask: SetWebhook,
    ) -> Result<Connection, Problem> {
        let way = self.on_way(scope, number).await?;
        let url = self.own_url(&way)?;
        let own = app_token(&way.sealed.app_id, &way.secret);
        let now = self.graph.callback(&way.sealed.app_id, &own).await;
        let now = now.map_err(|error| refused::problem(&error))?;
        let elsewhere = now.filter(|callback| callback.url != url);
        let by_account = match (ask.by, elsewhere) {
            (WebhookBy::Account, _) => true,
            (WebhookBy::Ask, Some(callback)) => {
                let detail = format!(
                    "This app's webhooks go to {} now. Take them over, and what listens there hears \
                     nothing any more (`by`: `app`); or have the messages of this account alone \
                     sent here and leave the rest (`by`: `account`).",
                    callback.url
                );
                return Err(Problem::new(Code::WebhookElsewhere, detail).field("by"));
            }
            _ => false,
        };
        if !by_account {
            self.set_app_callback(&way, &url).await?;
        }
        let exception = by_account.then_some((url.as_str(), &way.verify_token));
        self.graph
            .subscribe(&way.key.token, &way.sealed.waba_id, exception)
            .await
            .map_err(|error| refused::problem(&error))?;
        let seen = self.webhook_seen(&way).await?;
        if !(seen.ours && seen.subscribed) {
            let goes = seen.url.as_deref().unwrap_or("nowhere");
            let detail = format!(
                "Meta took it and says all the same that this number's messages go to {goes}. The \
                 number has an address of its own, or Meta needs a minute: do this step again."
            );
            return Err(Problem::new(Code::WebhookElsewhere, detail));
        }
        let mut told = self.took(scope, number, Change::Hooked).await?;
        told.webhook = Some(seen);
        Ok(told)
    }

    /// All fields; where a version does not know one of the rarer ones, those that must be.
    async fn set_app_callback(&self, way: &OnWay, url: &str) -> Result<(), Problem> {
        let own = app_token(&way.sealed.app_id, &way.secret);
        let place = (url, &way.verify_token);
        let app = &way.sealed.app_id;
        match self.graph.set_callback(app, &own, place, &FIELDS).await {
            Ok(()) => Ok(()),
            Err(error) if refused::problem(&error).code == Code::WebhookUnreached => {
                Err(refused::problem(&error))
            }
            Err(_unknown_field) => self
                .graph
                .set_callback(app, &own, place, &NEEDED)
                .await
                .map_err(|error| refused::problem(&error)),
        }
    }

    /// Takes back what [`Self::set_webhook`] did, as far as no other number here needs it.
    pub async fn drop_webhook(
        &self,
        scope: &Scope,
        number: NumberId,
    ) -> Result<Connection, Problem> {
        let way = self.on_way(scope, number).await?;
        self.unhook(&way).await?;
        self.took(scope, number, Change::Unhooked).await
    }

    async fn unhook(&self, way: &OnWay) -> Result<(), Problem> {
        let of = way.sealed.clone();
        let shared = self
            .store
            .ask(&Scope::daemon(), move |view| asked::shared(view, &of))
            .await
            .map_err(stored)?;
        if shared.account {
            return Ok(());
        }
        self.graph
            .unsubscribe(&way.key.token, &way.sealed.waba_id)
            .await
            .map_err(|error| refused::problem(&error))?;
        let own = app_token(&way.sealed.app_id, &way.secret);
        let now = self.graph.callback(&way.sealed.app_id, &own).await;
        let ours = matches!((&now, self.own_url(way)), (Ok(Some(now)), Ok(url)) if now.url == url);
        if ours && !shared.app {
            let gone = self.graph.remove_callback(&way.sealed.app_id, &own).await;
            gone.map_err(|error| refused::problem(&error))?;
        }
        Ok(())
    }

    /// Puts a number to rest: Meta sends nothing here any more, and nothing is sent. What waits,
    /// waits; the history stays.
    pub async fn disconnect(
        &self,
        scope: &Scope,
        number: NumberId,
        ask: Disconnect,
    ) -> Result<Connection, Problem> {
        let way = self.on_way(scope, number).await?;
        self.pause(scope, number, true).await?;
        self.unhook(&way).await?;
        self.take(scope, number, Change::Unhooked).await?;
        if ask.deregister == Some(true) {
            return self.deregister(scope, number).await;
        }
        let way = self.on_way(scope, number).await?;
        Ok(self.told(&way, None))
    }

    /// Wakes a number: registered again where it is not, its notifications sent here again, and
    /// what waited goes out.
    pub async fn reconnect(
        &self,
        scope: &Scope,
        number: NumberId,
        (ask, fresh): (SetWebhook, &SecretText),
    ) -> Result<Connection, Problem> {
        let again = Register::default();
        let registered = self.register(scope, number, (&again, fresh)).await?;
        let hooked = self.set_webhook(scope, number, ask).await?;
        self.pause(scope, number, false).await?;
        let way = self.on_way(scope, number).await?;
        Ok(Connection {
            webhook: hooked.webhook,
            ..self.told(&way, registered.pin)
        })
    }

    async fn pause(&self, scope: &Scope, number: NumberId, paused: bool) -> Result<(), Problem> {
        let patch = NumberPatched {
            number: Some(number),
            paused: Some(paused),
            ..NumberPatched::default()
        };
        let fact = Fact::NumberPatched(Box::new(patch));
        self.commit(scope, vec![fact]).await.map(drop)
    }

    /// What Meta says of where this number's notifications go.
    pub(super) async fn webhook_seen(&self, way: &OnWay) -> Result<WebhookSeen, Problem> {
        let refuse = |error| refused::problem(&error);
        let own = app_token(&way.sealed.app_id, &way.secret);
        let callback = self.graph.callback(&way.sealed.app_id, &own).await;
        let callback = callback.map_err(refuse)?;
        let subscribers = self
            .graph
            .subscribers(&way.key.token, &way.sealed.waba_id)
            .await
            .map_err(refuse)?;
        let standing = self.graph.standing(&way.key).await.map_err(refuse)?;
        let (of_app, fields) = callback.map_or((None, Vec::new()), |c| (Some(c.url), c.fields));
        // The number's own address before the account's before the app's.
        let url = standing.of_number.or(standing.of_account).or(of_app);
        let own_url = self.own_url(way).ok();
        let missing = FIELDS
            .iter()
            .filter(|field| !fields.iter().any(|f| f == *field))
            .map(|field| (*field).to_owned())
            .collect();
        Ok(WebhookSeen {
            ours: url.is_some() && url == own_url,
            subscribed: subscribers.iter().any(|app| app.id == way.sealed.app_id),
            url,
            fields,
            missing,
        })
    }

    fn own_url(&self, way: &OnWay) -> Result<String, Problem> {
        let public = self.public_url.borrow().clone();
        if public.trim().is_empty() {
            let detail = "Meta must reach this machine, and recado does not know at which address. \
                Three ways: Caddy, nginx, or a tunnel; `recado connect --ways` writes the ready file. \
                Then set webhook.public_url in recado.toml to https://… and do this step again.";
            return Err(Problem::new(Code::NoPublicUrl, detail));
        }
        let url = callback_url(&public, way.sealed.app_id.as_str());
        if !(url.starts_with("https://") || is_this_machine(&url)) {
            let detail = "Meta calls https addresses alone: set webhook.public_url to https://….";
            return Err(Problem::new(Code::NoPublicUrl, detail));
        }
        Ok(url)
    }
}

/// A simulated Meta may call this machine itself.
fn is_this_machine(url: &str) -> bool {
    ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
        .iter()
        .any(|own| url.starts_with(own))
}

/// Where Meta must call: the whole address where it is known, the path otherwise.
pub(crate) fn callback_url(public_url: &str, app_id: &str) -> String {
    format!(
        "{}/webhooks/meta/{app_id}",
        public_url.trim().trim_end_matches('/')
    )
}
