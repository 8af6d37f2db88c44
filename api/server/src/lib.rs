//! The server: native API, documentation, health and figures over one engine.
//!
//! Owns the wire: paths, formats, errors, limits. Guarantees that an answer is given only when
//! everything it relied on is on the disk, and that nobody learns of another workspace. Decides
//! nothing: a handler checks, calls a command or a query, and writes what came of it.

pub mod auth;
pub mod catalogue;
pub mod config;
pub mod endpoint;
pub mod openapi;
pub mod problem;
pub mod stories;

mod api;
mod app;
mod channels;
mod connections;
mod etag;
mod freshness;
mod housekeeping;
mod middleware;
mod rates;
mod routes;
mod server;
pub mod surfaces;
mod system;
mod text;
mod usage;
mod v1;

pub use api::Api;
pub use app::App;
pub use config::{Config, Origin, PlanLimit, RateLimits, SurfaceHost};
pub use server::{Handle, Poisoned, Server, StartError, read_master_key};
