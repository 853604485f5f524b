//! The statistics screen: which span of which number, and the figures that have come for it.

use common::api::problem::Problem;
use common::id::NumberId;

use crate::msg::{Both, StatsAsk};

/// How much time the figures are of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Span {
    /// A day, by hour.
    #[default]
    Day,
    /// A week, by day.
    Week,
    /// A month, by day.
    Month,
}

/// The statistics screen.
#[derive(Debug, Default)]
pub struct StatsView {
    /// How much time.
    pub span: Span,
    /// How many spans back; the present one is 0.
    pub back: u16,
    /// Of one number, or of all.
    pub number: Option<NumberId>,
    /// What was last asked for.
    pub asked: Option<StatsAsk>,
    /// What came for it; the old stays until the new is there.
    pub both: Option<Box<Both>>,
    /// Why nothing came.
    pub problem: Option<Problem>,
}
