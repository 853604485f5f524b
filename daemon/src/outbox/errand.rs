//! One message on its way to Meta, and what became of it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

use common::api::event::Severity;
use common::model::content::Content;
use common::model::number::NumberStatus;
use common::phone::Masked;
use sha2::{Digest, Sha256};

use crate::advice;
use crate::fact::Fact;
use crate::fact::media::MediaFact;
use crate::fact::told::Noticed;
use crate::graph::error::{Fate, GraphError};
use crate::graph::send::{Address, Outbound, Sent};
use crate::outbox::Shared;
use crate::outbox::policy::{self, Effect, Step};
use crate::store::ask::outbox::{Due, Recipient};
use crate::vault::keyring::NumberKey;

/// A message that was claimed.
pub(super) struct Errand {
    pub(super) shared: Arc<Shared>,
    pub(super) due: Due,
    pub(super) key: Arc<NumberKey>,
}

impl Errand {
    /// Gives the message to Meta and stores what became of it; then its place is free.
    pub(super) async fn run(self) {
        let result = self
            .shared
            .parts
            .graph
            .send(&self.key, &outbound(&self.due))
            .await;
        match result {
            Ok(sent) => self.accepted(sent).await,
            Err(error) => self.failed(&error).await,
        }
        self.shared.lanes().leave(self.due.number);
        self.shared.ended.notify_one();
    }

    fn is_template(&self) -> bool {
        matches!(self.due.content, Content::Template(_))
    }

    async fn accepted(&self, sent: Sent) {
        tracing::debug!(message = %self.due.message, number = %self.due.number, "accepted");
        self.shared
            .lanes()
            .succeeded(self.due.number, self.due.chat, self.is_template());
        self.store(Fact::Accepted {
            message: self.due.message,
            wamid: sent.wamid,
            wa_id: sent.wa_id,
            user_id: sent.user_id,
        })
        .await;
    }

    async fn failed(&self, error: &GraphError) {
        let due = &self.due;
        if let Some(lapsed) = self.lapsed(error) {
            let due = self.shared.parts.clock.now();
            let error = Some(Box::new(error.explain()));
            self.store(lapsed).await;
            self.store(Fact::Postponed {
                message: self.due.message,
                due,
                error,
                counts: true,
            })
            .await;
            return;
        }
        let step = self.suffered(error).await;
        let to = match &due.to {
            Recipient::WaId(id) => id.as_str(),
            Recipient::Phone(phone) => phone.as_str(),
            Recipient::User(user) => user.as_str(),
        };
        tracing::info!(message = %due.message, number = %due.number, to = %Masked(to), %error, "not accepted");
        let explained = error.explain();
        let fact = match step {
            Step::Fail(error) => Fact::Refused {
                message: due.message,
                error: Box::new(error),
            },
            Step::Doubt => Fact::Doubtful {
                message: due.message,
            },
            Step::Wait { pause, counts } => Fact::Postponed {
                message: due.message,
                due: self.shared.parts.clock.now().plus(pause),
                error: Some(Box::new(explained.clone())),
                counts,
            },
        };
        self.store(fact).await;
    }

    /// Judges an error and holds back what it concerns beside the message, before the message is
    /// let go again.
    pub(super) async fn suffered(&self, error: &GraphError) -> Step {
        let (step, effect, news) = self.judge(error);
        if news {
            self.tell(&effect, error).await;
        }
        step
    }

    /// Where Meta may no longer know the file that it was given: the file is forgotten, and given
    /// once more.
    fn lapsed(&self, error: &GraphError) -> Option<Fact> {
        let meta_id = self.due.media.as_ref()?.meta_id.clone()?;
        let GraphError::Refused(refusal) = error else {
            return None;
        };
        let about_files = matches!(refusal.code, Some(100 | 131_009 | 131_052 | 131_053));
        let number = self.due.number;
        (about_files && refusal.subcode != Some(33) && self.due.attempts == 0)
            .then_some(Fact::Media(MediaFact::UploadLapsed { meta_id, number }))
    }

    /// What becomes of the message, what of the others, and whether that is news.
    fn judge(&self, error: &GraphError) -> (Step, Effect, bool) {
        let (number, chat) = (self.due.number, self.due.chat);
        let strikes = self.shared.lanes().strikes(number, chat, self.due.attempts);
        let (step, effect) = policy::judge(error, strikes, dice());
        if error.fate() == Fate::PacedPair {
            self.shared.lanes().strike_pair(chat);
        }
        // A token that was replaced meanwhile says nothing of the new one.
        let stale = effect == Effect::Dead && !self.key_is_current();
        let moment = self.shared.moment();
        let news = !stale && self.shared.lanes().suffer(number, &effect, moment);
        (step, effect, news)
    }

    fn key_is_current(&self) -> bool {
        let current = self.shared.parts.keyring.number(self.due.number);
        current.is_none_or(|current| current.token == self.key.token)
    }

    async fn tell(&self, effect: &Effect, error: &GraphError) {
        let code = error.explain().code;
        match effect {
            Effect::None | Effect::Pause(_) => {}
            Effect::Dead => {
                tracing::error!(number = %self.due.number, code, "the number cannot send; its messages wait");
                self.store(Fact::NumberStood {
                    number: self.due.number,
                    status: NumberStatus::Error,
                    error: Some(error.number_error()),
                })
                .await;
                self.shared.lanes().bury(self.due.number);
            }
            Effect::StopTemplates(stop) => {
                let minutes = stop.as_secs() / 60;
                tracing::error!(number = %self.due.number, code, minutes, "templates of the number are stopped");
                self.store(Fact::Noticed(Box::new(
                    self.templates_stopped(code, minutes),
                )))
                .await;
            }
        }
    }

    fn templates_stopped(&self, code: i64, minutes: u64) -> Noticed {
        let now = self.shared.parts.clock.now();
        let told = advice::explain(code, None, None);
        let mut hash = Sha256::new();
        hash.update(format!(
            "templates_stopped {} {} {now}",
            self.due.number, code
        ));
        let mut fingerprint = [0; 16];
        fingerprint
            .iter_mut()
            .zip(hash.finalize())
            .for_each(|(to, from)| *to = from);
        Noticed {
            number: Some(self.due.phone_number_id.clone()),
            waba: None,
            code: "templates_stopped".to_owned(),
            sentence: format!(
                "Templates of this number wait {minutes} minutes: {} (code {}). {} Replies still go.",
                told.title, code, told.advice
            ),
            severity: Severity::Error,
            detail: None,
            fingerprint,
            timestamp: Some(now),
        }
    }

    async fn store(&self, fact: Fact) {
        // The reason is in the log already; a claim without an answer is in doubt at the next start.
        self.shared.insist(fact).await.ok();
    }
}

fn outbound(due: &Due) -> Outbound {
    Outbound {
        id: due.message,
        to: match due.to.clone() {
            Recipient::WaId(id) => Address::WaId(id),
            Recipient::Phone(phone) => Address::Phone(phone),
            Recipient::User(user) => Address::User(user),
        },
        content: due.content.clone(),
        reply_to: due.reply_to.clone(),
        react_to: due.react_to.clone(),
        media: due
            .media
            .as_ref()
            .and_then(|carried| carried.meta_id.clone()),
    }
}

/// A number from 0 to 1 that nobody can guess.
pub(super) fn dice() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::dice;

    #[test]
    fn dice_fall_between_nothing_and_one_and_differ() {
        let throws: Vec<f64> = (0..64).map(|_| dice()).collect();
        assert!(throws.iter().all(|throw| (0.0..=1.0).contains(throw)));
        assert!(
            throws
                .windows(2)
                .any(|pair| (pair[0] - pair[1]).abs() > f64::EPSILON)
        );
    }
}
