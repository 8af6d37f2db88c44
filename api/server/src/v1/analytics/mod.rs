//! Figures over time: how much happened, and how long answers took.
//!
//! Answers from the hourly buckets of the read model `analytics`. Every answer has totals, a series
//! without gaps, and the totals of each channel.

mod answer;
mod period;
mod reads;

pub(crate) use reads::{ShowResponseTimes, ShowVolumes};
