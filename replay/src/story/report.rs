//! How the stories went, for people and programs.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::file::StoryFile;

/// How all stories went.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Report {
    /// Each story.
    pub stories: Vec<Result>,
}

/// How one story went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Result {
    /// Its file.
    pub path: PathBuf,
    /// Its sentence.
    pub story: String,
    /// How it went.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// How a story went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// Everything was as expected, in each order that it was told in.
    Passed {
        /// How many orders.
        orders: usize,
    },
    /// Something was not.
    Failed {
        /// Where in the story.
        at: String,
        /// What was not as expected.
        problems: Vec<String>,
    },
    /// This host cannot tell it.
    Skipped {
        /// Why not.
        reason: String,
    },
}

impl Result {
    pub(super) fn of(file: &StoryFile, verdict: Verdict) -> Self {
        Self { path: file.path.clone(), story: file.story.story.clone(), verdict }
    }
}

impl Report {
    /// How many passed.
    pub fn passed(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Passed { .. }))
    }

    /// How many failed.
    pub fn failed(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Failed { .. }))
    }

    /// How many could not be told here.
    pub fn skipped(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Skipped { .. }))
    }

    /// Whether none failed.
    pub fn is_clean(&self) -> bool {
        self.failed() == 0
    }

    fn count(&self, wanted: impl Fn(&Verdict) -> bool) -> usize {
        self.stories.iter().filter(|story| wanted(&story.verdict)).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for story in &self.stories {
            writeln!(f, "{story}")?;
        }
        write!(f, "{} passed, {} failed", self.passed(), self.failed())?;
        match self.skipped() {
            0 => Ok(()),
            skipped => write!(f, ", {skipped} skipped"),
        }
    }
}

impl fmt::Display for Result {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.verdict {
            Verdict::Passed { orders: 1 } => write!(f, "ok      {}", self.story),
            Verdict::Passed { orders } => {
                write!(f, "ok      {} (in {orders} orders)", self.story)
            }
            Verdict::Skipped { reason } => write!(f, "skipped {} ({reason})", self.story),
            Verdict::Failed { at, problems } => {
                write!(f, "FAILED  {}\n        {path}, {at}", self.story)?;
                for problem in problems {
                    for (at, line) in problem.lines().enumerate() {
                        write!(f, "\n        {} {line}", if at == 0 { "-" } else { " " })?;
                    }
                }
                Ok(())
            }
        }
    }
}
