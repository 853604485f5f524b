//! The shop of the pictures: the real daemon and the simulated Meta, filled by the clock with two days of business.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use common::api::chats::{PatchChat, ReadMark};
use common::api::customers::NoteText;
use common::api::messages::{Outgoing, Send};
use common::api::numbers::SecretText;
use common::api::tokens::NewToken;
use common::client::Client;
use common::id::ChatId;
use common::model::chat::Draft;
use common::time::{Clock, Stamp};
use config::daemon::Settings;
use config::path::Surroundings;
use recado_daemon::run::{Daemon, Deps};
use recado_sim::clock::SimClock;
use recado_sim::config::{Limits, SimConfig};
use recado_sim::content::InboundContent;
use recado_sim::customer::Customer;
use recado_sim::home::{APP, open_shop};
use recado_sim::inbound::Inbound;
use recado_sim::sim::Sim;
use recado_sim::status::{Status, StatusPlan};
use recado_tests::calendar::Running;
use recado_tests::dice::Dice;
use recado_tests::seen::PATIENCE;
use tempfile::TempDir;

use crate::tale::{self, PLACES, Said, Talk};

/// Tuesday, 3 March 2026, 14:32 where the shop is.
const AFTERNOON: i64 = 1_772_548_320;
const MINUTE: u64 = 60;

/// A shop in which everything was said.
pub(crate) struct Shop {
    pub(crate) folder: TempDir,
    pub(crate) lang: usize,
    pub(crate) now: Stamp,
    pub(crate) address: String,
    pub(crate) token: String,
    sim: Sim,
    daemon: Daemon,
    clock: Running,
    operator: Client,
}

/// The moment of the pictures, there.
pub(crate) fn now(lang: usize) -> Stamp {
    Stamp::from_seconds(AFTERNOON).plus(Duration::from_hours(PLACES[lang].behind))
}

impl Shop {
    pub(crate) async fn open(lang: usize) -> anyhow::Result<Self> {
        let now = now(lang);
        let clock = Running::from(now.minus(Duration::from_hours(5 * 24)));
        let shared = clock.clone();
        let meta = SimClock::from_fn(move || shared.now().millis());
        let sim = Sim::start(SimConfig::new().seed(7).limits(Limits::off()).clock(meta)).await?;
        let folder = tempfile::Builder::new().prefix("recado-").tempdir()?;
        let mut settings = Settings::defaults(&Surroundings::invented([], false));
        settings.data_dir = folder.path().join("data");
        settings.socket = folder.path().join("recado.sock");
        settings.webhook_listen = ([127, 0, 0, 1], 0).into();
        settings.api_listen = Some(([127, 0, 0, 1], 0).into());
        settings.graph_base_url = sim.base_url();
        let daemon = Daemon::start(settings, Deps::real(Arc::new(clock.clone()))).await?;
        let admin = Client::unix(daemon.socket());
        let webhook = format!("http://{}/webhooks/meta/{APP}", daemon.webhook_addr());
        let (org, _) = open_shop(&sim, &admin, &webhook, &tale::lines(lang)).await?;
        let name = tale::OPERATOR.to_owned();
        let token = admin.add_token(&NewToken::agent(name, org)).await?;
        let token = token.token.context("a token's words")?;
        let address = admin.status().await?.api.listen.context("a port")?;
        let operator = Client::tcp(address.clone(), SecretText::new(&token));
        let shop = Self {
            folder,
            lang,
            now,
            address,
            token,
            sim,
            daemon,
            clock,
            operator,
        };
        shop.business().await?;
        for talk in tale::others(lang) {
            shop.talk(&talk).await?;
        }
        shop.before(28);
        let cake = include_bytes!("cake.png").to_vec();
        let line = tale::lines(lang)[0].phone_number_id;
        let drawing = shop.sim.put(line, "image/png", cake)?;
        let hero = shop.talk(&tale::hero(lang, drawing)).await?;
        shop.furnish(hero).await?;
        shop.clock.put(now);
        Ok(shop)
    }

    fn before(&self, minutes: u64) {
        self.clock
            .put(self.now.minus(Duration::from_secs(minutes * MINUTE)));
    }

    /// Two days of visits, for the figures.
    async fn business(&self) -> anyhow::Result<()> {
        let mut dice = Dice::new(11);
        for (opens, closes) in [(30 * 60 + 32, 20 * 60), (6 * 60 + 32, 100)] {
            let mut minute: u64 = opens;
            while minute > closes {
                let who = dice.below(36);
                let name = format!("{} {}", tale::FIRST[who % 6], tale::LAST[who / 6]);
                let customer = Customer::new(name).wa_id(format!("519002{who:05}"));
                let line = tale::lines(self.lang)[dice.below(5) / 4];
                self.before(minute);
                let mut last = String::new();
                for _ in 0..=dice.below(3) {
                    let words = tale::VISIT[dice.below(4)][self.lang];
                    last = self
                        .sim
                        .inbound_taken(line.phone_number_id, &customer, words)
                        .await?
                        .0;
                }
                let waits = u64::try_from(1 + dice.below(9))?;
                self.before(minute.saturating_sub(waits));
                let chat = self.chat_of(&last).await?;
                self.say(chat, tale::ANSWER[self.lang], None).await?;
                minute = minute.saturating_sub(waits + u64::try_from(dice.below(14))?);
            }
        }
        Ok(())
    }

    async fn chat_of(&self, wamid: &str) -> anyhow::Result<ChatId> {
        Ok(self.operator.by_wamid(wamid).await?.chat_id)
    }

    async fn say(&self, chat: ChatId, words: &str, reply: Option<&str>) -> anyhow::Result<String> {
        let reply_to = match reply {
            Some(wamid) => Some(self.operator.by_wamid(wamid).await?.id),
            None => None,
        };
        let content = Outgoing::Text {
            text: words.to_owned(),
            preview_url: None,
        };
        let words = Send {
            content,
            reply_to,
            client_id: None,
        };
        let id = self.operator.send(chat, &words).await?.id.to_string();
        self.operator.read(chat, &ReadMark::default()).await?;
        let fits = |sent: &recado_sim::ledger::Accepted| sent.biz_opaque.as_ref() == Some(&id);
        let sent = self.sim.wait_accepted(fits, PATIENCE).await?;
        self.sim.wait_idle(PATIENCE).await?;
        Ok(sent.wamid.clone())
    }

    /// One conversation, each thing at its minute.
    async fn talk(&self, talk: &Talk) -> anyhow::Result<ChatId> {
        let customer = if talk.id.contains('.') {
            Customer::new(talk.name)
                .user_id(talk.id)
                .username("carmen.velez")
                .hides_phone()
        } else {
            Customer::new(talk.name).wa_id(talk.id)
        };
        let line = tale::lines(self.lang)[talk.line].phone_number_id;
        let mut wamids: Vec<String> = Vec::new();
        let mut chat = None;
        for (minutes, said) in &talk.said {
            self.before(*minutes);
            let hears = async |says: Inbound| {
                let told = self.sim.inbound_taken(line, &customer, says).await?;
                anyhow::Ok(told.0)
            };
            let wamid = match said {
                Said::In(says) => hears(says.clone()).await?,
                Said::Quoting(nth, words) => {
                    hears(Inbound::new(words[self.lang]).reply_to(wamids[*nth].clone())).await?
                }
                Said::Reacts(nth, emoji) => {
                    hears(Inbound::new(InboundContent::Reaction {
                        message_id: wamids[*nth].clone(),
                        emoji: Some((*emoji).to_owned()),
                    }))
                    .await?
                }
                Said::Out(words) => {
                    self.say(chat.context("they wrote")?, words[self.lang], None)
                        .await?
                }
                Said::OutQuoting(nth, words) => {
                    let chat = chat.context("they wrote")?;
                    self.say(chat, words[self.lang], Some(&wamids[*nth]))
                        .await?
                }
            };
            if chat.is_none() {
                chat = Some(self.chat_of(&wamid).await?);
                self.fates(talk.name, &customer);
            }
            wamids.push(wamid);
        }
        let chat = chat.context("something was said")?;
        if talk.is_read {
            self.operator.read(chat, &ReadMark::default()).await?;
        }
        Ok(chat)
    }

    /// Not everything arrives, and not everything is read at once.
    fn fates(&self, name: &str, customer: &Customer) {
        let plan = match name {
            "Hugo Mora" => StatusPlan::failed(131_026),
            "Mercado Luna" => StatusPlan::steps([Status::Sent, Status::Delivered]),
            _ => return,
        };
        self.sim.set_customer_plan(customer, Some(plan));
    }

    /// What is known of the customer, and what is about to be answered.
    async fn furnish(&self, hero: ChatId) -> anyhow::Result<()> {
        let lang = self.lang;
        let patch = PatchChat {
            labels: Some(
                tale::LABELS
                    .iter()
                    .map(|label| label[lang].to_owned())
                    .collect(),
            ),
            pinned: Some(true),
            ..PatchChat::default()
        };
        let chat = self.operator.patch_chat(hero, &patch).await?;
        let text = tale::NOTE[lang].to_owned();
        self.operator
            .add_note(chat.customer.id, &NoteText { text })
            .await?;
        let text = tale::DRAFT[lang].to_owned();
        let draft = Draft {
            text,
            reply_to: None,
            operator: None,
            updated_at: None,
        };
        self.operator.put_draft(hero, &draft).await?;
        Ok(())
    }

    pub(crate) async fn close(self) {
        self.daemon.stop().await;
        self.sim.stop();
    }
}
