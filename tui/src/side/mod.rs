//! Performs effects through the client and the desktop, and answers with messages; the loop never waits.

mod attach;
pub(crate) mod bell;
pub mod clip;
pub mod clock;
mod connect;
mod customer;
mod files;
pub(crate) mod image;
pub mod keep;
mod lent;
mod lists;
mod many;
pub mod open;
mod queue;
mod saved;
mod talk;

use common::api::chats::{ChatMark, ReadMark};
use common::api::messages::{Outgoing, Send};
use common::api::problem::{Code, Problem};
use common::client::Client;
use common::id::ChatId;
use common::model::chat::Draft;
use tokio::sync::mpsc::UnboundedSender;

use crate::effect::{Effect, Way};
use crate::file::{FileDeed, FileNews};
use crate::msg::{Answer, Both, Copied, StatsAsk, What};
use crate::saved::SavedDeed;
use crate::side::files::Shelf;
use crate::side::image::Darkroom;
use crate::side::keep::Keep;
use crate::side::queue::{Item, Queue};

/// Performs effects.
#[derive(Debug)]
pub struct Side {
    client: Client,
    inbox: UnboundedSender<What>,
    queue: Queue,
    keep: Keep,
    darkroom: Darkroom,
    shelf: Shelf,
}

impl Drop for Side {
    fn drop(&mut self) {
        lent::take_back();
    }
}

impl Side {
    /// Effects go out through `client`, answers come into `inbox`. Needs a tokio runtime.
    pub fn new(client: Client, inbox: UnboundedSender<What>, keep: Keep) -> Self {
        let _swept = tokio::task::spawn_blocking(lent::sweep);
        Self {
            darkroom: Darkroom::new(client.clone()),
            shelf: Shelf::new(client.clone()),
            queue: Queue::new(client.clone(), inbox.clone()),
            client,
            inbox,
            keep,
        }
    }

    /// Begins an effect. One that only the terminal can do comes back.
    pub fn perform(&self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Send {
                chat,
                client_id,
                text,
                reply_to,
            } => {
                let text = Outgoing::Text {
                    text,
                    preview_url: None,
                };
                let content = Box::new(text);
                self.queue.push(
                    chat,
                    Item::Content {
                        client_id,
                        content,
                        reply_to,
                    },
                );
            }
            Effect::OpenLink(address) => {
                let inbox = self.inbox.clone();
                tokio::task::spawn_blocking(move || {
                    let result = open::open(&address, |name| std::env::var(name).ok());
                    answer(&inbox, Answer::Opened(result));
                });
            }
            Effect::Notify(notify) if !matches!(notify.way, Way::Terminal(_)) => {
                tokio::task::spawn_blocking(move || bell::tell(&notify));
            }
            Effect::Copy(text) => {
                let tools = clip::tools(|name| std::env::var(name).ok());
                if tools.is_empty() {
                    return Some(Effect::CopyByTerminal(text));
                }
                self.aside(move || match clip::copy(&tools, &text) {
                    Some(name) => Answer::Copied(Copied::Program(name)),
                    None => Answer::NotCopied(text),
                });
            }
            Effect::Clipboard => {
                let tools = clip::tools(|name| std::env::var(name).ok());
                self.aside(move || match attach::pasted() {
                    Some(path) => Answer::File(FileNews::Pasted(path)),
                    None => Answer::Clipboard(clip::paste(&tools)),
                });
            }
            Effect::KeepDrafts(drafts) => {
                if let Err(why) = self.keep.drafts(&drafts) {
                    answer(&self.inbox, Answer::NotKept(why.to_string()));
                }
            }
            Effect::KeepDesk {
                list_width,
                last_chat,
            } => {
                // A desk that is forgotten is no harm.
                let _forgotten = self.keep.remember(list_width, last_chat);
            }
            Effect::Bind {
                context,
                chords,
                action,
            } => {
                let bound = self.keep.bind((context.as_str(), action.name()), &chords);
                answer(&self.inbox, Answer::Bound(action, context, bound));
            }
            other => return self.hand(other),
        }
        None
    }

    /// Begins what is done with files, templates and saved replies; anything else goes on.
    fn hand(&self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Picture(sight, means, round) => {
                let made = self.darkroom.clone().make(sight.clone(), means);
                self.begin(async move { Answer::Picture(sight, round, made.await) });
            }
            Effect::Saved(SavedDeed::Send {
                chat,
                client_id,
                content,
                reply_to,
            }) => {
                self.queue.push(
                    chat,
                    Item::Content {
                        client_id,
                        content,
                        reply_to,
                    },
                );
            }
            Effect::File(FileDeed::Send(sending)) => {
                self.queue.push(sending.chat, Item::File(sending));
            }
            Effect::Saved(deed) => {
                let (inbox, client) = (self.inbox.clone(), self.client.clone());
                tokio::spawn(async move {
                    if let Some(news) = saved::perform(client, deed).await {
                        answer(&inbox, news);
                    }
                });
            }
            Effect::Connect(deed) => {
                let (inbox, client) = (self.inbox.clone(), self.client.clone());
                tokio::spawn(async move {
                    if let Some(news) = connect::perform(client, deed).await {
                        answer(&inbox, Answer::Connect(news));
                    }
                });
            }
            Effect::File(deed) => {
                let (inbox, done) = (self.inbox.clone(), self.shelf.clone().perform(deed));
                tokio::spawn(async move {
                    if let Some(news) = done.await {
                        answer(&inbox, Answer::File(news));
                    }
                });
            }
            other => return self.ask(other),
        }
        None
    }

    /// Begins what is asked of the daemon; anything else comes back.
    fn ask(&self, effect: Effect) -> Option<Effect> {
        let client = self.client.clone();
        match effect {
            Effect::Chats(ask, cursor) => self.begin(async move {
                let filter = lists::filter(&ask, cursor);
                Answer::Chats(ask, client.chats(&filter).await)
            }),
            Effect::Chat(id) => {
                self.begin(async move { Answer::Chat(id, client.chat(id).await.map(Box::new)) });
            }
            Effect::Part(chat, ask) => {
                self.begin(
                    async move { Answer::Part(chat, ask, talk::part(&client, chat, ask).await) },
                );
            }
            Effect::Retry(id) => self.begin(async move {
                let again = client.retry(id).await;
                Answer::Retried(id, again.map(Box::new))
            }),
            Effect::LoadDraft(chat) => self.begin(async move {
                let draft = match client.draft(chat).await {
                    Err(problem) if problem.code == Code::NotFound => Ok(None),
                    other => other,
                };
                Answer::Draft(chat, draft)
            }),
            Effect::SaveDraft(chat, draft) => self
                .begin(async move { Answer::DraftSaved(chat, keep(&client, chat, &draft).await) }),
            Effect::Read { chat, blue } => self.begin(async move {
                let mark = ReadMark {
                    receipts: Some(blue),
                };
                Answer::Marked(chat, client.read(chat, &mark).await.map(drop))
            }),
            Effect::Patch(chat, patch) => self.begin(async move {
                Answer::Marked(chat, client.patch_chat(chat, &patch).await.map(drop))
            }),
            Effect::FindUnread(number) => self
                .begin(async move { Answer::Unread(number, many::unread(&client, number).await) }),
            Effect::ReadAll(chats) => self.begin(async move {
                let marks: Vec<ChatMark> = chats.into_iter().map(ChatMark::read).collect();
                Answer::ReadAll(many::mark(&client, &marks).await)
            }),
            Effect::PutBack(marks) => self.begin(async move {
                let first = marks.first().map_or(ChatId(0), |mark| mark.chat);
                Answer::Marked(first, many::mark(&client, &marks).await.map(drop))
            }),
            Effect::Stats(ask) => self.begin(async move {
                let both = figures(&client, &ask).await.map(Box::new);
                Answer::Stats(ask, both)
            }),
            Effect::Numbers => self.begin(async move { Answer::Numbers(client.numbers().await) }),
            Effect::React {
                chat,
                message,
                emoji,
                client_id,
            } => self.begin(async move {
                let reaction = Send {
                    content: Outgoing::Reaction {
                        to_message: message,
                        emoji: emoji.clone().unwrap_or_default(),
                    },
                    reply_to: None,
                    client_id: Some(client_id),
                };
                Answer::Reacted(emoji, client.send(chat, &reaction).await.map(drop))
            }),
            Effect::Find(number, phone) => self.begin(async move {
                let found = talk::with(&client, number, &phone).await;
                Answer::Found(number, phone, found)
            }),
            other => return customer::perform(self, other),
        }
        None
    }

    /// Does on a thread of its own what waits for a program: nobody waits for it at the end.
    fn aside(&self, work: impl FnOnce() -> Answer + std::marker::Send + 'static) {
        let inbox = self.inbox.clone();
        std::thread::spawn(move || answer(&inbox, work()));
    }

    fn begin(&self, work: impl Future<Output = Answer> + std::marker::Send + 'static) {
        let inbox = self.inbox.clone();
        tokio::spawn(async move { answer(&inbox, work.await) });
    }
}

fn answer(inbox: &UnboundedSender<What>, answer: Answer) {
    // The loop is gone when the program ends; nobody is left to be told.
    let _gone = inbox.send(What::Answer(Box::new(answer)));
}

async fn figures(client: &Client, ask: &StatsAsk) -> Result<Both, Problem> {
    Ok(Both {
        shown: client.stats(&ask.shown).await?,
        before: client.stats(&ask.before).await?,
    })
}

async fn keep(client: &Client, chat: ChatId, draft: &Draft) -> Result<(), Problem> {
    if !draft.text.is_empty() {
        return client.put_draft(chat, draft).await;
    }
    match client.delete_draft(chat).await {
        Err(problem) if problem.code == Code::NotFound => Ok(()),
        other => other,
    }
}
