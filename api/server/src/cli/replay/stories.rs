//! `convolog replay test`: runs stories, in this process and over HTTP.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use convolog_replay::story::{Backend, DomainHost, Paths, Report, StoryFile, load, run};
use convolog_server::stories::{HttpHost, Tally};
use serde::Serialize;

use crate::cli::out;
use crate::cli::outcome::{Ended, Failure, Outcome};

/// Which, and how they are told.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Story files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Where they happen: in the domain (the engine in this process), over http (a server each), or
    /// both, one after the other
    #[arg(long, value_name = "HOST", default_value = "both", value_parser = str::parse::<Over>)]
    over: Over,

    /// The folder of posts that stories name; found beside them if not given
    #[arg(long, value_name = "DIR")]
    posts: Option<PathBuf>,

    /// In the domain, tell each story to a whole data folder instead of a log in memory: slower,
    /// closer to what runs
    #[arg(long)]
    on_disk: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Where stories happen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Over {
    Domain,
    Http,
    Both,
}

impl FromStr for Over {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "domain" => Ok(Self::Domain),
            "http" => Ok(Self::Http),
            "both" => Ok(Self::Both),
            _ => Err(format!("`{name}` is no host; use domain, http or both")),
        }
    }
}

/// How the stories went on one host.
#[derive(Serialize)]
struct Told {
    over: &'static str,
    passed: usize,
    failed: usize,
    skipped: usize,
    /// For HTTP: steps that were requests, and commands that no request can carry out.
    #[serde(skip_serializing_if = "Option::is_none")]
    tally: Option<Tally>,
    #[serde(flatten)]
    report: Report,
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
        let mut told = Vec::new();
        if self.over != Over::Http {
            told.push(self.in_the_domain(&stories).await?);
        }
        if self.over != Over::Domain {
            told.push(self.over_http(&stories).await?);
        }
        if self.json {
            out::json(&told)?;
        } else {
            out::print(told.iter().map(Told::text).collect::<Vec<_>>().join("\n\n"))?;
        }
        Ok(Outcome::fine_if(told.iter().all(|told| told.report.is_clean())))
    }

    fn posts(&self) -> Paths {
        Paths { whatsapp: self.posts.clone() }
    }

    async fn in_the_domain(&self, stories: &[StoryFile]) -> Result<Told, Failure> {
        let backend = if self.on_disk { Backend::Disk } else { Backend::Memory };
        let make = move |at| async move { DomainHost::new(backend, at) };
        let bar = out::bar("domain", u64::try_from(stories.len())?);
        let report = run(stories, &self.posts(), make, |_| bar.inc(1)).await;
        bar.finish_and_clear();
        Ok(Told::new("domain", report, None))
    }

    async fn over_http(&self, stories: &[StoryFile]) -> Result<Told, Failure> {
        let tally = Tally::default();
        let counted = tally.clone();
        let make = move |at| HttpHost::start(at, counted.clone());
        let bar = out::bar("http", u64::try_from(stories.len())?);
        let report = run(stories, &self.posts(), make, |_| bar.inc(1)).await;
        bar.finish_and_clear();
        Ok(Told::new("http", report, Some(tally)))
    }
}

impl Told {
    fn new(over: &'static str, report: Report, tally: Option<Tally>) -> Self {
        let (passed, failed, skipped) = (report.passed(), report.failed(), report.skipped());
        Self { over, passed, failed, skipped, tally, report }
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n({})", self.report, self.over);
        if let Some(tally) = &self.tally {
            // Writing to a string cannot fail.
            write!(text, "\n{tally}").ok();
        }
        text
    }
}
