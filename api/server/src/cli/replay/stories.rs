//! `convolog replay test`: runs stories.

use std::path::PathBuf;

use clap::Args;
use convolog_replay::story::{Backend, DomainHost, Paths, Report, load, run};

use crate::cli::out;
use crate::cli::outcome::{Ended, Failure, Outcome};

/// Which, and how they are told.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Story files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The folder of posts that stories name; found beside them if not given
    #[arg(long, value_name = "DIR")]
    posts: Option<PathBuf>,

    /// Tell each story to a whole data folder instead of a log in memory: slower, closer to what
    /// runs
    #[arg(long)]
    on_disk: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Test {
    /// Runs them.
    pub(crate) async fn run(&self) -> Ended {
        let mut stories = Vec::new();
        for path in &self.paths {
            stories.extend(load(path)?);
        }
        if stories.is_empty() {
            return Err(Failure::usage("there is no story in what was named"));
        }
        let backend = if self.on_disk { Backend::Disk } else { Backend::Memory };
        let paths = Paths { whatsapp: self.posts.clone() };
        let bar = out::bar("telling", u64::try_from(stories.len())?);
        let make = |at| async move { DomainHost::new(backend, at) };
        let report: Report = run(&stories, &paths, make, |_| bar.inc(1)).await;
        bar.finish_and_clear();
        if self.json {
            out::json(&report)?;
        } else {
            out::print(report.to_string())?;
        }
        Ok(Outcome::fine_if(report.is_clean()))
    }
}
