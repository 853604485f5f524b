//! A shop with one number: the real daemon in this process and the simulated Meta, joined by its real webhook.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, ensure};
use common::client::Client;
use common::id::{ChatId, MessageId, NumberId};
use common::model::chat::Chat;
use common::model::message::Message;
use common::tick::Status;
use common::time::Clock;
use recado_daemon::clock::SystemClock;
use recado_sim::config::{Limits, SimConfig};
use recado_sim::customer::Customer;
use recado_sim::home::{Home, Line};
use recado_sim::inbound::Inbound;
use recado_sim::number::Level;
use recado_sim::sim::Sim;

use crate::seen::{chats, text, until};

/// The number that everybody writes to.
pub const CENTRO: Line = Line {
    label: "Tienda Centro",
    digits: "51900111001",
    phone_number_id: "106540352242922",
    level: Level::High,
};

/// Another number of the same shop.
pub const ENTREGAS: Line = Line {
    label: "Entregas",
    digits: "5511900222002",
    phone_number_id: "106540352242923",
    level: Level::High,
};

/// A customer.
pub fn ana() -> Customer {
    Customer::new("Ana Prado").wa_id("51987654321")
}

/// Another one.
pub fn bruno() -> Customer {
    Customer::new("Bruno Lima").wa_id("5511987654321")
}

/// The shop.
#[derive(Debug)]
pub struct Shop {
    /// Meta.
    pub sim: Sim,
    /// The daemon's folder, and the daemon.
    pub home: Home,
    /// A client of its local API.
    pub client: Client,
    /// The number.
    pub number: NumberId,
}

impl Shop {
    /// A shop whose Meta knows no limits.
    ///
    /// # Errors
    /// A part of it does not start.
    pub async fn open() -> anyhow::Result<Self> {
        Self::with(SimConfig::new().limits(Limits::off())).await
    }

    /// A shop with this Meta.
    ///
    /// # Errors
    /// As [`Shop::open`].
    pub async fn with(config: SimConfig) -> anyhow::Result<Self> {
        Self::at(config, Arc::new(SystemClock)).await
    }

    /// A shop whose daemon goes by this clock.
    ///
    /// # Errors
    /// As [`Shop::open`].
    pub async fn at(config: SimConfig, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let sim = Sim::start(config).await?;
        let home = Home::open_at(&sim, clock).await?;
        let (_, numbers) = home.open_shop(&sim, &[CENTRO]).await?;
        Ok(Self {
            client: home.client(),
            number: *numbers.first().context("a number")?,
            sim,
            home,
        })
    }

    /// A customer writes; says WhatsApp's id once the daemon has it.
    ///
    /// # Errors
    /// The daemon did not take it.
    pub async fn hears(&self, who: &Customer, says: impl Into<Inbound>) -> anyhow::Result<String> {
        let told = self.sim.inbound_taken(CENTRO.phone_number_id, who, says);
        let (wamid, outcome) = told.await?;
        ensure!(outcome.taken, "not taken: {outcome:?}");
        Ok(wamid)
    }

    /// The chat in which something was said last.
    ///
    /// # Errors
    /// There is none.
    pub async fn newest(&self) -> anyhow::Result<Chat> {
        chats(&self.client)
            .await?
            .into_iter()
            .next()
            .context("a chat")
    }

    /// Asks for a text to be sent.
    ///
    /// # Errors
    /// The daemon refuses it.
    pub async fn say(&self, chat: ChatId, words: &str) -> anyhow::Result<Message> {
        Ok(self.client.send(chat, &text(words, None)).await?)
    }

    /// Waits until a message has come so far.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn reaches(&self, id: MessageId, goal: Status) -> anyhow::Result<Message> {
        until(&self.client, goal.as_str(), async || {
            Ok(self.client.message(id).await?.status == goal)
        })
        .await?;
        Ok(self.client.message(id).await?)
    }

    /// The port that Meta calls.
    ///
    /// # Errors
    /// The daemon was stopped.
    pub fn webhook(&self) -> anyhow::Result<SocketAddr> {
        Ok(self.home.daemon()?.webhook_addr())
    }

    /// Ends daemon and Meta.
    pub async fn close(mut self) {
        self.home.stop().await;
        self.sim.stop();
    }
}
