//! What the handle says to webhooks: messages, statuses, echoes, history, fields, raw bodies.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use serde_json::{Value, json};

use crate::courier::{self, Outcome};
use crate::customer::Customer;
use crate::history::{History, Past};
use crate::inbound::{Inbound, Stamp};
use crate::notify;
use crate::object::set;
use crate::post::PostError;
use crate::sim::{Sim, Unknown};
use crate::status::Status;
use crate::webhook::{self, Part, Update};

impl Sim {
    /// A customer writes to a number; the webhook goes out by itself. Says the message's id.
    pub fn inbound(
        &self,
        phone_number_id: &str,
        customer: &Customer,
        message: impl Into<Inbound>,
    ) -> Result<String, Unknown> {
        let (wamid, update) = self.inbound_update(phone_number_id, customer, message)?;
        self.dispatch(vec![update]);
        Ok(wamid)
    }

    /// The same, and waits until the webhook was taken (or given up).
    pub async fn inbound_taken(
        &self,
        phone_number_id: &str,
        customer: &Customer,
        message: impl Into<Inbound>,
    ) -> Result<(String, Outcome), Unknown> {
        let (wamid, update) = self.inbound_update(phone_number_id, customer, message)?;
        Ok((wamid, self.deliver(&[update]).await))
    }

    /// The update for a customer's message, for batches and for bodies made beforehand. The
    /// customer counts as having written, sent or not.
    pub fn inbound_update(
        &self,
        phone_number_id: &str,
        customer: &Customer,
        message: impl Into<Inbound>,
    ) -> Result<(String, Update), Unknown> {
        let line = self.line(phone_number_id)?;
        Ok(notify::inbound(
            &self.world,
            &line,
            customer,
            &message.into(),
        ))
    }

    /// A status of an accepted message goes out by itself, beside whatever its plan does.
    pub fn status(&self, wamid: &str, status: &Status) -> Result<(), Unknown> {
        let update = self.status_update(wamid, status)?;
        self.dispatch(vec![update]);
        Ok(())
    }

    /// The update for a status of an accepted message.
    pub fn status_update(&self, wamid: &str, status: &Status) -> Result<Update, Unknown> {
        let of = self.world.ledger.by_wamid(wamid);
        let of = of.ok_or_else(|| Unknown::Message(wamid.to_owned()))?;
        let line = self.line(&of.phone_number_id)?;
        Ok(notify::status(&self.world, &line, &of, status))
    }

    /// A status object of any shape, for a message of any id: for bodies made beforehand.
    pub fn raw_status_update(
        &self,
        phone_number_id: &str,
        status: Value,
    ) -> Result<Update, Unknown> {
        let line = self.line(phone_number_id)?;
        let part = Part::Status {
            line: line.meta.clone(),
            status,
            contact: None,
        };
        Ok(Update {
            waba_id: Arc::clone(&line.waba_id),
            time_s: None,
            part,
        })
    }

    /// The owner writes to a customer on the phone (`smb_message_echoes`). Says the message's id.
    pub fn echo(
        &self,
        phone_number_id: &str,
        customer: &Customer,
        message: impl Into<Inbound>,
    ) -> Result<String, Unknown> {
        let line = self.line(phone_number_id)?;
        let (wamid, update) = notify::echo(&self.world, &line, customer, &message.into());
        self.dispatch(vec![update]);
        Ok(wamid)
    }

    /// A part of the past arrives (`history`). Says the ids of its messages in order.
    pub fn history(
        &self,
        phone_number_id: &str,
        history: &History,
    ) -> Result<Vec<String>, Unknown> {
        let line = self.line(phone_number_id)?;
        let mut wamids = Vec::new();
        let mut threads = Vec::new();
        for thread in &history.threads {
            let customer = &thread.customer;
            let mut messages = Vec::new();
            for past in &thread.messages {
                let wamid = past.message.wamid.clone();
                let wamid =
                    wamid.unwrap_or_else(|| self.world.ids.wamid(customer.handle(), past.ours));
                messages.push(self.past(past, customer, &line.meta.digits, &wamid));
                wamids.push(wamid);
            }
            threads.push(json!({ "id": customer.handle(), "messages": messages }));
        }
        let mut value = notify::about(&line);
        let chunk = json!({ "metadata": history.metadata(), "threads": threads });
        value.insert("history".to_owned(), json!([chunk]));
        self.dispatch(vec![notify::field(
            &self.world,
            &line,
            "history",
            value.into(),
        )]);
        Ok(wamids)
    }

    fn past(&self, past: &Past, customer: &Customer, business: &str, wamid: &str) -> Value {
        let at_s = past
            .message
            .at_s
            .unwrap_or_else(|| self.world.clock.now_s() - 3_600);
        let stamp = Stamp {
            wamid,
            at_s,
            business,
        };
        let nobody = Customer::new("");
        let writer = if past.ours { &nobody } else { customer };
        let mut message = past.message.json(writer, &stamp, &self.world.ids);
        if past.ours {
            set(&mut message, "from", json!(business));
            set(&mut message, "to", json!(customer.handle()));
        }
        set(
            &mut message,
            "history_context",
            json!({ "status": past.status }),
        );
        message
    }

    /// Any other field about a number, such as `phone_number_quality_update`, goes out by itself.
    pub fn number_field(
        &self,
        phone_number_id: &str,
        field: &str,
        value: Value,
    ) -> Result<(), Unknown> {
        let line = self.line(phone_number_id)?;
        self.dispatch(vec![notify::field(&self.world, &line, field, value)]);
        Ok(())
    }

    /// Any field about an account, such as `account_update`, goes out by itself.
    pub fn waba_field(&self, waba_id: &str, field: &str, value: Value) {
        self.dispatch(vec![Update {
            waba_id: waba_id.into(),
            time_s: Some(self.world.clock.now_s()),
            part: Part::Field {
                field: field.to_owned(),
                number_id: None,
                value,
            },
        }]);
    }

    /// Several updates leave in one POST, by themselves.
    pub fn dispatch(&self, updates: Vec<Update>) {
        courier::dispatch(&self.world, updates);
    }

    /// Several updates leave in one POST; comes back when it was taken, or given up.
    pub async fn deliver(&self, updates: &[Update]) -> Outcome {
        courier::deliver(&self.world, updates).await
    }

    /// The bytes one POST with these updates has, without sending anything.
    pub fn body(&self, updates: &[Update]) -> Vec<u8> {
        webhook::encode(updates)
    }

    /// `X-Hub-Signature-256` of a body. Fails for an app that is not registered.
    pub fn sign(&self, app_id: &str, body: &[u8]) -> Result<String, Unknown> {
        let secret = self
            .world
            .book
            .with(|book| book.apps.get(app_id).map(|app| app.secret.clone()));
        let secret = secret.ok_or_else(|| Unknown::App(app_id.to_owned()))?;
        Ok(webhook::sign(&secret, body))
    }

    /// Posts these bytes once to the app's callback, well signed. Says the HTTP status.
    pub async fn raw_webhook(
        &self,
        app_id: &str,
        body: impl Into<Bytes>,
    ) -> Result<u16, PostError> {
        let body = body.into();
        let signature = self.sign(app_id, &body).unwrap_or_default();
        self.raw_webhook_signed(app_id, body, &signature).await
    }

    /// The same with a signature of your own.
    pub async fn raw_webhook_signed(
        &self,
        app_id: &str,
        body: impl Into<Bytes>,
        signature: &str,
    ) -> Result<u16, PostError> {
        let callback = self.world.book.callback(app_id);
        let missing = || PostError::Url(format!("app {app_id} has no callback"));
        let (callback, _) = callback.ok_or_else(missing)?;
        let timeout = self
            .world
            .settings(|s| s.retry.timeout)
            .max(Duration::from_millis(1));
        courier::raw(&self.world, &callback.url, signature, body.into(), timeout).await
    }
}
