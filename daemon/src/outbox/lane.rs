//! What the outbox remembers of numbers and pairs between two sends: how fast, how many under way, what holds them up.

use std::collections::HashMap;
use std::time::Duration;

use crate::outbox::pace::{Moment, NumberPace, PairPace};
use crate::outbox::policy::{Effect, Speed, Strikes, speed};
use common::id::{ChatId, NumberId};

/// More strikes than this are not remembered.
const MANY: usize = 10_000;

/// Everything that the outbox remembers.
#[derive(Debug)]
pub(crate) struct Lanes {
    numbers: HashMap<NumberId, Lane>,
    pairs: PairPace,
    pair_strikes: HashMap<ChatId, u32>,
}

#[derive(Debug)]
struct Lane {
    pace: NumberPace,
    under_way: usize,
    held_until: Option<Moment>,
    dead: bool,
    strikes: u32,
    templates_until: Option<Moment>,
    template_strikes: u32,
}

/// Whether a message may go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// It may; its place is taken.
    Go,
    /// Nothing of this number may, until this moment or until something changes.
    Closed(Option<Moment>),
    /// This one must wait so long; others of the number may go.
    Wait(Duration),
}

impl Lanes {
    /// Nothing remembered.
    pub(crate) fn new() -> Self {
        Self {
            numbers: HashMap::new(),
            pairs: PairPace::new(),
            pair_strikes: HashMap::new(),
        }
    }

    fn lane(&mut self, number: NumberId) -> &mut Lane {
        self.numbers
            .entry(number)
            .or_insert_with(|| Lane::new(speed(None)))
    }

    /// What Meta says of a number's speed; a change begins with a full bucket.
    pub(crate) fn set_speed(&mut self, number: NumberId, throughput: Option<&str>) {
        let told = speed(throughput);
        let lane = self.lane(number);
        if lane.pace.speed() != told {
            lane.pace = NumberPace::new(told);
        }
    }

    /// Asks for a place for a message, and takes it.
    pub(crate) fn enter(
        &mut self,
        number: NumberId,
        chat: ChatId,
        template: bool,
        now: Moment,
    ) -> Gate {
        let lane = self
            .numbers
            .entry(number)
            .or_insert_with(|| Lane::new(speed(None)));
        if lane.dead || lane.under_way >= lane.pace.speed().in_flight {
            return Gate::Closed(None);
        }
        if let Some(until) = lane.held_until.filter(|until| *until > now) {
            return Gate::Closed(Some(until));
        }
        if let Some(until) = lane
            .templates_until
            .filter(|until| template && *until > now)
        {
            return Gate::Wait(until.saturating_sub(now));
        }
        if let Err(wait) = lane.pace.take(now) {
            return Gate::Closed(Some(now + wait));
        }
        if let Err(wait) = self.pairs.take(chat, now) {
            lane.pace.give_back();
            return Gate::Wait(wait);
        }
        lane.under_way += 1;
        Gate::Go
    }

    /// Gives a message's place back.
    pub(crate) fn leave(&mut self, number: NumberId) {
        let lane = self.lane(number);
        lane.under_way = lane.under_way.saturating_sub(1);
    }

    /// How often in a row something has gone wrong.
    pub(crate) fn strikes(&mut self, number: NumberId, chat: ChatId, message: u32) -> Strikes {
        let pair = self.pair_strikes.get(&chat).copied().unwrap_or_default();
        let lane = self.lane(number);
        Strikes {
            message,
            number: lane.strikes,
            pair,
            templates: lane.template_strikes,
        }
    }

    /// A message went through: what held its number and its pair up is over.
    pub(crate) fn succeeded(&mut self, number: NumberId, chat: ChatId, template: bool) {
        let _before = self.pair_strikes.remove(&chat);
        let lane = self.lane(number);
        lane.strikes = 0;
        if template {
            lane.template_strikes = 0;
            lane.templates_until = None;
        }
    }

    /// The pair was slowed down once more.
    pub(crate) fn strike_pair(&mut self, chat: ChatId) {
        if self.pair_strikes.len() >= MANY {
            self.pair_strikes.clear();
        }
        *self.pair_strikes.entry(chat).or_default() += 1;
    }

    /// What an error means for the rest of the number. True if this is news: what fails together
    /// counts once.
    pub(crate) fn suffer(&mut self, number: NumberId, effect: &Effect, now: Moment) -> bool {
        let lane = self.lane(number);
        match effect {
            Effect::None => false,
            Effect::Pause(pause) => {
                let news = lane.held_until.is_none_or(|until| until <= now);
                if news {
                    lane.strikes += 1;
                    lane.held_until = Some(now + *pause);
                }
                news
            }
            Effect::Dead => !std::mem::replace(&mut lane.dead, true),
            Effect::StopTemplates(stop) => {
                let news = lane.templates_until.is_none_or(|until| until <= now);
                if news {
                    lane.template_strikes += 1;
                    lane.templates_until = Some(now + *stop);
                }
                news
            }
        }
    }

    /// The database knows that the number is dead: it holds it back from now on.
    pub(crate) fn bury(&mut self, number: NumberId) {
        self.lane(number).dead = false;
    }
}

impl Lane {
    fn new(speed: Speed) -> Self {
        Self {
            pace: NumberPace::new(speed),
            under_way: 0,
            held_until: None,
            dead: false,
            strikes: 0,
            templates_until: None,
            template_strikes: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: NumberId = NumberId(1);
    const TWO: NumberId = NumberId(2);
    const START: Moment = Duration::ZERO;

    fn enter(lanes: &mut Lanes, number: NumberId, chat: i64, now: Moment) -> Gate {
        lanes.enter(number, ChatId(chat), false, now)
    }

    #[test]
    fn one_number_that_is_held_up_holds_up_no_other() {
        let mut lanes = Lanes::new();
        let five = Duration::from_secs(5);
        assert!(lanes.suffer(ONE, &Effect::Pause(five), START));
        assert!(
            !lanes.suffer(ONE, &Effect::Pause(five), START),
            "failed together"
        );
        assert_eq!(enter(&mut lanes, ONE, 1, START), Gate::Closed(Some(five)));
        assert_eq!(enter(&mut lanes, TWO, 2, START), Gate::Go);
        assert_eq!(enter(&mut lanes, ONE, 1, five), Gate::Go);
        assert_eq!(lanes.strikes(ONE, ChatId(1), 0).number, 1);
        lanes.succeeded(ONE, ChatId(1), false);
        assert_eq!(lanes.strikes(ONE, ChatId(1), 0).number, 0);
    }

    #[test]
    fn no_more_are_under_way_than_allowed_and_a_place_given_back_is_free() {
        let mut lanes = Lanes::new();
        lanes.set_speed(ONE, Some("HIGH"));
        let gone = (0..200).filter(|chat| enter(&mut lanes, ONE, *chat, START) == Gate::Go);
        assert_eq!(gone.count(), 128);
        assert_eq!(enter(&mut lanes, ONE, 500, START), Gate::Closed(None));
        lanes.leave(ONE);
        assert_eq!(enter(&mut lanes, ONE, 500, START), Gate::Go);
    }

    #[test]
    fn stopped_templates_wait_while_replies_go() {
        let mut lanes = Lanes::new();
        let stop = Duration::from_mins(15);
        assert!(lanes.suffer(ONE, &Effect::StopTemplates(stop), START));
        assert_eq!(lanes.enter(ONE, ChatId(1), true, START), Gate::Wait(stop));
        assert_eq!(lanes.enter(ONE, ChatId(1), false, START), Gate::Go);
    }

    #[test]
    fn a_full_pair_gives_the_numbers_token_back() {
        let mut lanes = Lanes::new();
        lanes.set_speed(ONE, Some("HIGH"));
        let mut through = |chat| {
            let gate = enter(&mut lanes, ONE, chat, START);
            if gate == Gate::Go {
                lanes.leave(ONE);
            }
            gate
        };
        assert!((0..45).all(|_| through(1) == Gate::Go));
        assert_eq!(through(1), Gate::Wait(Duration::from_secs(6)));
        assert_eq!(
            (2..300).filter(|chat| through(*chat) == Gate::Go).count(),
            155
        );
    }

    #[test]
    fn a_dead_number_stays_closed_until_the_database_knows() {
        let mut lanes = Lanes::new();
        assert!(lanes.suffer(ONE, &Effect::Dead, START));
        assert!(!lanes.suffer(ONE, &Effect::Dead, START));
        assert_eq!(enter(&mut lanes, ONE, 1, START), Gate::Closed(None));
        lanes.bury(ONE);
        assert_eq!(enter(&mut lanes, ONE, 1, START), Gate::Go);
    }
}
