//! Figures of an invented day.

use std::time::Duration;

use common::api::stats::{Delivery, Figures, NumberStats, Stats, StatsBy, StatsQuery, Step, Waits};
use common::id::NumberId;
use common::time::Stamp;

use crate::model::overlay::Overlay;
use crate::model::stats::StatsView;
use crate::msg::{Both, StatsAsk};
use crate::view::tests::world::World;

const DAY: [(u64, u64); 10] = [
    (60, 80),
    (190, 140),
    (150, 180),
    (90, 110),
    (60, 70),
    (200, 180),
    (150, 160),
    (110, 120),
    (150, 190),
    (44, 147),
];

fn figures(inbound: u64, outbound: u64) -> Figures {
    Figures {
        inbound,
        outbound,
        ..Figures::default()
    }
}

/// The figures of one day.
pub(super) fn stats(midnight: Stamp) -> Stats {
    let hour = |nth: u64| midnight.plus(Duration::from_hours(nth));
    let series = (0..24).map(|nth| {
        let at = usize::try_from(nth).unwrap();
        let (inbound, outbound) = at
            .checked_sub(9)
            .and_then(|n| DAY.get(n))
            .unwrap_or(&(0, 0));
        Step {
            at: hour(nth),
            figures: figures(*inbound, *outbound),
        }
    });
    let number = |id, label: &str, inbound, outbound| NumberStats {
        number_id: NumberId(id),
        label: label.into(),
        figures: figures(inbound, outbound),
    };
    Stats {
        since: midnight,
        until: hour(24),
        by: StatsBy::Hour,
        zone: "America/Sao_Paulo".into(),
        total: Figures {
            inbound: 1204,
            outbound: 1377,
            new_customers: 31,
            conversations: 188,
            windows_lost: 14,
            delivery: Delivery {
                sent: 1377,
                delivered: 1341,
                read: 988,
                failed: 12,
                failures: Vec::new(),
            },
            first_answer: Waits {
                answered: 180,
                p50_s: Some(160),
                p90_s: Some(660),
            },
        },
        series: series.collect(),
        numbers: vec![
            number(1, "Centro", 700, 2),
            number(2, "Entregas", 500, 11),
            number(3, "Suporte", 160, 4),
        ],
    }
}

impl World {
    pub(super) fn stats(&mut self) {
        let (_, midnight, _) = self.model.speech.whole_day(self.model.now);
        let shown = stats(midnight);
        let mut before = stats(midnight);
        (before.total.inbound, before.total.outbound) = (1136, 1350);
        let query = StatsQuery {
            since: Some(midnight),
            ..StatsQuery::default()
        };
        let asked = StatsAsk {
            shown: query.clone(),
            before: query,
        };
        self.model
            .focus
            .overlays
            .push(Overlay::Stats(Box::new(StatsView {
                asked: Some(asked),
                both: Some(Box::new(Both { shown, before })),
                ..StatsView::default()
            })));
    }
}
