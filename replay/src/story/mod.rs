//! Stories: what happens, told so that a person can read it and a machine can check it.
//!
//! Owns the format (documented in `fixtures/stories/README.md`) and the runner. A story names
//! everything by names of its own, so that the same file runs against the engine in this process and
//! against a server over HTTP: whoever implements [`Host`]. After a story its read models must equal
//! a rebuild from its log, and the log must verify.

mod check;
mod command;
mod domain;
mod file;
mod host;
mod matching;
mod moment;
mod names;
mod orders;
mod post;
mod report;
mod runner;

pub use command::{
    Command, FetchingStep, ImportStep, Known, SendingStep, ServiceArguments, UploadStep,
};
pub use domain::{Backend, DomainHost};
pub use file::{
    Business, Check, Clock, Post, Request, Response, Step, Story, StoryFile, Transcript,
    WrongStory, load,
};
pub use host::{Actor, Asked, Host, HostError, HostEvent, Moment, Outcome, View};
pub use report::{Report, Result, Verdict};
pub use runner::{Paths, run, run_one};
