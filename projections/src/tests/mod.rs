//! Tests of the read models as a whole, over a log in memory and real stores.

mod acts;
mod analytics;
mod as_of;
mod crash;
mod generations;
mod lead_lists;
mod lists;
mod orders;
mod pipeline;
mod rebuilds;
mod runtime;
mod views;
mod world;
