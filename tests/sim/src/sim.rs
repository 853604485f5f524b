//! The handle on a running simulated Meta: start it, register, set up, break things.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::album::{Filling, Kept, Trouble, Uploaded};
use crate::app::{App, Callback, Token, TokenDeath, Waba};
use crate::attachment::Media;
use crate::book::Line;
use crate::clock::SimClock;
use crate::config::{Limits, Retry, SimConfig};
use crate::customer::Customer;
use crate::fault::{Fault, FaultId, FaultRule};
use crate::graph;
use crate::handshake::{self, HandshakeError};
use crate::ids::base64;
use crate::number::Number;
use crate::server;
use crate::status::StatusPlan;
use crate::template::Template;
use crate::world::World;

/// A running simulated Meta; clones share it, and it ends with the last of them.
#[derive(Clone, Debug)]
pub struct Sim {
    pub(crate) world: Arc<World>,
    _end: Arc<End>,
}

/// Ends the simulation when the last handle is gone.
#[derive(Debug)]
struct End(Arc<World>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.ended.send_replace(true);
        self.0.post.forget();
    }
}

/// Something was named that is not registered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// No such `phone_number_id`.
    #[error("no number {0}")]
    Number(String),
    /// No such app, or it has no webhook.
    #[error("no app {0} with a webhook")]
    App(String),
    /// No accepted message has this id.
    #[error("no accepted message {0}")]
    Message(String),
}

impl Sim {
    /// Listens on a free port of 127.0.0.1 and serves from tasks of the current runtime.
    /// Fails when no port can be had.
    pub async fn start(config: SimConfig) -> io::Result<Self> {
        Self::start_on(config, SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// The same on a given address: for a client that must find it again after a restart.
    pub async fn start_on(config: SimConfig, addr: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let world = Arc::new(World::new(config, listener.local_addr()?));
        let router = graph::router(Arc::clone(&world));
        tokio::spawn(server::serve(listener, Arc::clone(&world), router));
        let end = Arc::new(End(Arc::clone(&world)));
        Ok(Self { world, _end: end })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.world.addr
    }

    /// What a client takes for `https://graph.facebook.com`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.world.addr)
    }

    /// The clock messages are stamped with.
    pub fn clock(&self) -> &SimClock {
        &self.world.clock
    }

    /// Ends it at once, whoever still has a handle: connections close, scripts stop.
    pub fn stop(&self) {
        self.world.ended.send_replace(true);
        self.world.post.forget();
    }

    /// Registers an app, or replaces it.
    pub fn add_app(&self, app: App) -> &Self {
        self.world
            .book
            .with(|book| book.apps.insert(app.id.clone(), app));
        self
    }

    /// Registers an account, or replaces it.
    pub fn add_waba(&self, waba: Waba) -> &Self {
        // Meta gives every new account this one.
        let hello = Template::new("hello_world", "en_US", "Welcome and congratulations!!");
        self.add_template(&waba.id, hello);
        self.world
            .book
            .with(|book| book.wabas.insert(waba.id.clone(), waba));
        self
    }

    /// Registers a number, or replaces it together with all that was counted for it.
    pub fn add_number(&self, number: Number) -> &Self {
        self.world.book.add_number(number);
        self
    }

    /// Registers a token, or replaces it.
    pub fn add_token(&self, token: Token) -> &Self {
        self.world
            .book
            .with(|book| book.tokens.insert(token.text.clone(), Arc::new(token)));
        self
    }

    /// Registers a customer who has not written yet, or renews what is known of one.
    pub fn add_customer(&self, customer: &Customer) -> &Self {
        self.world.people.add(customer);
        self
    }

    /// Changes a number while it is in use. Fails when it is not registered.
    pub fn change_number(
        &self,
        phone_number_id: &str,
        change: impl FnOnce(Number) -> Number,
    ) -> Result<(), Unknown> {
        self.line(phone_number_id)?
            .profile(|number| *number = change(number.clone()));
        Ok(())
    }

    /// Gives an app a new secret.
    pub fn set_secret(&self, app_id: &str, secret: &str) -> &Self {
        self.world.book.with(|book| {
            if let Some(app) = book.apps.get_mut(app_id) {
                secret.clone_into(&mut app.secret);
            }
        });
        self
    }

    /// Sets an app's callback for every field, without the handshake; only `http://` is reachable.
    pub fn set_webhook(&self, app_id: &str, url: &str, verify_token: &str) -> &Self {
        self.world.book.with(|book| {
            if let Some(app) = book.apps.get_mut(app_id) {
                app.webhook = Some(Callback {
                    url: url.to_owned(),
                    verify_token: verify_token.to_owned(),
                    fields: None,
                });
            }
        });
        self
    }

    /// Does Meta's handshake with an app's callback.
    pub async fn verify_webhook(&self, app_id: &str) -> Result<(), HandshakeError> {
        let callback = self.world.book.callback(app_id);
        let (callback, _) =
            callback.ok_or_else(|| HandshakeError::NoCallback(app_id.to_owned()))?;
        handshake::verify(&self.world, &callback.url, &callback.verify_token).await
    }

    /// Ends a token; calls with it get 190 from now on.
    pub fn kill_token(&self, token: &str, death: TokenDeath) -> &Self {
        self.world.book.set_death(token, Some(death));
        self
    }

    /// Makes an ended token good again.
    pub fn revive_token(&self, token: &str) -> &Self {
        self.world.book.set_death(token, None);
        self
    }

    /// Changes the limits.
    pub fn set_limits(&self, limits: Limits) -> &Self {
        self.world.settings(|s| s.limits = limits);
        self
    }

    /// Changes how webhooks are tried again; the number of connections stays as it was at start.
    pub fn set_retry(&self, retry: Retry) -> &Self {
        self.world.settings(|s| s.retry = retry);
        self
    }

    /// The statuses that follow a send from now on.
    pub fn set_plan(&self, plan: StatusPlan) -> &Self {
        self.world.settings(|s| s.set_plan(plan));
        self
    }

    /// The statuses that follow a send of one number; `None` for the common ones.
    pub fn set_number_plan(&self, phone_number_id: &str, plan: Option<StatusPlan>) -> &Self {
        self.world
            .settings(|s| s.set_number_plan(phone_number_id, plan));
        self
    }

    /// The statuses that follow a send to one customer; `None` for the common ones.
    pub fn set_customer_plan(&self, customer: &Customer, plan: Option<StatusPlan>) -> &Self {
        let person = self.world.people.add(customer);
        self.world.people.set_plan(person, plan);
        self
    }

    /// The statuses that follow the next send, whoever sends to whom; may be called several times.
    pub fn plan_next(&self, plan: StatusPlan) -> &Self {
        self.world.settings(|s| s.push_next(plan));
        self
    }

    /// Something goes wrong with every send until it is cleared.
    pub fn fault(&self, fault: Fault) -> FaultId {
        self.add_fault(FaultRule::new(fault))
    }

    /// Something goes wrong with the next sends.
    pub fn fault_next(&self, times: u32, fault: Fault) -> FaultId {
        self.add_fault(FaultRule::new(fault).times(times))
    }

    /// Something goes wrong with what the rule says.
    pub fn add_fault(&self, rule: FaultRule) -> FaultId {
        self.world.faults.add(rule)
    }

    /// Takes a fault back.
    pub fn clear_fault(&self, fault: FaultId) -> &Self {
        self.world.faults.clear(Some(fault));
        self
    }

    /// Takes every fault back.
    pub fn clear_faults(&self) -> &Self {
        self.world.faults.clear(None);
        self
    }

    /// Faults still in force; those with a count end by themselves.
    pub fn faults_left(&self) -> usize {
        self.world.faults.len()
    }

    /// Keeps every webhook back, or lets them go. Attempts under way are not called back.
    pub fn hold_webhooks(&self, hold: bool) -> &Self {
        self.world.held.send_replace(hold);
        self
    }

    /// Takes a file in, as if a customer had sent it to this number; a message may then name it.
    /// Meta keeps it seven days.
    pub fn put(
        &self,
        phone_number_id: &str,
        mime: &str,
        filling: impl Into<Filling>,
    ) -> Result<Media, Unknown> {
        let line = self.line(phone_number_id)?;
        let filling = filling.into();
        let digest = filling.digest();
        let id = self.world.ids.node();
        let kept = Kept {
            phone_number_id: phone_number_id.to_owned(),
            waba_id: line.waba_id.to_string(),
            mime: mime.to_owned(),
            filling,
            sha256: hex::encode(digest),
            until_s: self.world.clock.now_s() + 7 * 86_400,
            uploaded: false,
        };
        self.world.album.keep(&id, kept);
        Ok(Media::new().id(id).mime(mime).sha256(base64(&digest)))
    }

    /// The next downloads of a file go wrong.
    pub fn trouble(&self, media: &Media, times: usize, trouble: &Trouble) -> &Self {
        let id = media.id.as_deref().unwrap_or_default();
        self.world.album.add_trouble(id, times, trouble);
        self
    }

    /// Meta no longer has a file.
    pub fn expire_media(&self, id: &str) -> &Self {
        self.world.album.expire(id);
        self
    }

    /// How often a file was fetched, whole or not.
    pub fn downloads(&self, media: &Media) -> usize {
        let id = media.id.as_deref().unwrap_or_default();
        self.world.album.downloads(id)
    }

    /// Every file that businesses gave.
    pub fn uploads(&self) -> Vec<Uploaded> {
        self.world.album.uploads()
    }

    /// A registered number.
    pub(crate) fn line(&self, phone_number_id: &str) -> Result<Arc<Line>, Unknown> {
        let line = self.world.book.line(phone_number_id);
        line.ok_or_else(|| Unknown::Number(phone_number_id.to_owned()))
    }
}
