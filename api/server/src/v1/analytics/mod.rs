//! Figures over time: how much happened, how long answers took, how leads moved on.
//!
//! Answers from the hourly buckets of the read model `analytics`. Every answer has totals, a series
//! without gaps, and the totals of each channel, agent and member of
//! the staff.

mod answer;
mod conversion;
mod period;
mod reads;

pub(crate) use reads::{ShowConversion, ShowResponseTimes, ShowVolumes};
