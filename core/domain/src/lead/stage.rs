//! How far a lead has come, and where it may go from there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a lead has come. The names stand in the log and in the API.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Stage {
    /// Nobody has looked at it.
    #[default]
    New,
    /// It is worth the effort.
    Qualified,
    /// Somebody is talking with them.
    Contacted,
    /// They bought.
    Won,
    /// They will not buy.
    Lost,
}

impl Stage {
    /// Every stage, in the order of the board.
    pub const ALL: [Self; 5] = [Self::New, Self::Qualified, Self::Contacted, Self::Won, Self::Lost];

    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "NEW",
            Self::Qualified => "QUALIFIED",
            Self::Contacted => "CONTACTED",
            Self::Won => "WON",
            Self::Lost => "LOST",
        }
    }

    /// Its place on the board, from 0.
    pub const fn place(self) -> u8 {
        match self {
            Self::New => 0,
            Self::Qualified => 1,
            Self::Contacted => 2,
            Self::Won => 3,
            Self::Lost => 4,
        }
    }

    /// The stage of that name, in capitals or not.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name().eq_ignore_ascii_case(name))
    }

    /// Where a lead may go from here. Nobody buys unseen: a lead is qualified or contacted before
    /// it is won. A sale that fell through is lost, and whoever was lost may begin again.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::New => &[Self::Qualified, Self::Contacted, Self::Lost],
            Self::Qualified => &[Self::Contacted, Self::Won, Self::Lost],
            Self::Contacted => &[Self::Qualified, Self::Won, Self::Lost],
            Self::Won => &[Self::Lost],
            Self::Lost => &[Self::New],
        }
    }
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stage_leads_to_itself_and_none_is_out_of_reach() {
        for stage in Stage::ALL {
            assert!(!stage.next().contains(&stage));
            assert!(Stage::ALL.into_iter().any(|from| from.next().contains(&stage)), "{stage}");
            assert_eq!(Stage::named(&stage.name().to_lowercase()), Some(stage));
        }
        assert!(Stage::ALL.map(Stage::place).is_sorted());
        assert_eq!(Stage::named("MAYBE"), None);
    }
}
