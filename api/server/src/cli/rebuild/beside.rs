//! What becomes of a read model that was rebuilt beside the live one: compared, swapped in, rolled
//! back, called off. Orders to a server that runs.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use secrecy::SecretString;
use serde_json::json;

use crate::cli::out;
use crate::cli::outcome::{Ended, Outcome};
use crate::cli::remote::Remote;

/// What is ordered.
#[derive(Debug, Subcommand)]
pub(super) enum Order {
    /// Compare the rebuilt read model with the one that serves, line by line; ends with 1 if they
    /// differ
    Compare {
        #[command(flatten)]
        which: Which,

        /// Lines after which it ends; a line is a row, an entry of an index or a parked stream
        #[arg(long, value_name = "COUNT", default_value_t = 1_000_000)]
        lines: u64,
    },
    /// Let the rebuilt read model serve
    Swap(Which),
    /// Let the read model serve again that served before the last swap
    RollBack(Which),
    /// Call the rebuild off: only the read model that serves is left
    Cancel(Which),
}

/// Which read model, and where.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// The read model
    #[arg(value_parser = PossibleValuesParser::new(convolog_projections::names()))]
    model: String,

    /// The address of the server, such as `http://127.0.0.1:8080`
    #[arg(long, value_name = "URL")]
    url: String,

    /// The administrator's token
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,
}

impl Which {
    fn remote(&self) -> Result<Remote, crate::cli::outcome::Failure> {
        Remote::new(&self.url, self.admin_token.clone())
    }

    fn path(&self, what: &str) -> String {
        format!("/v1/projections/{}/{what}", self.model)
    }
}

impl Order {
    /// Gives the order, and prints what came of it.
    pub(super) async fn run(&self) -> Ended {
        match self {
            Self::Compare { which, lines } => {
                let body = json!({ "lines": lines });
                let path = which.path("compare");
                let found = which.remote()?.patiently().post(&path, Some(&body)).await?;
                out::json(&found)?;
                let differ = found.get("result") == Some(&json!("different"));
                Ok(Outcome::fine_if(!differ))
            }
            Self::Swap(which) => order(which, "swap").await,
            Self::RollBack(which) => order(which, "roll-back").await,
            Self::Cancel(which) => {
                which.remote()?.delete(&which.path("rebuild"), &[]).await?;
                out::note(format!("{}: called off; the one that serves goes on", which.model));
                Ok(Outcome::Fine)
            }
        }
    }
}

async fn order(which: &Which, what: &str) -> Ended {
    out::json(&which.remote()?.post(&which.path(what), None).await?)?;
    Ok(Outcome::Fine)
}
