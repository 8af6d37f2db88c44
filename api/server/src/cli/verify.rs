//! `convolog verify`: the log, the vault, the blobs and every read model, in numbers.

use std::sync::Arc;

use clap::Args;
use convolog_engine::DataFolder;
use convolog_projections::Verified;
use convolog_replay::verify::{Report, verify};
use convolog_search::SearchError;
use indicatif::ProgressBar;
use secrecy::SecretString;
use serde_json::Value;

use super::out;
use super::outcome::{Ended, Failure, Outcome};
use super::place::{Place, Target};
use super::remote::Remote;

/// Where, and how it is shown.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    place: Place,

    /// The administrator's token, for --url
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,

    /// A checkpoint to compare with (comes with the release that signs checkpoints)
    #[arg(long, value_name = "CHECKPOINT")]
    against: Option<String>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    /// Checks everything and prints what was found.
    pub(crate) async fn run(&self) -> Ended {
        if self.against.is_some() {
            let what = "`--against` comes with the release that signs checkpoints";
            return Err(Failure::usage(what).hint("without it, everything else is checked"));
        }
        let report: Report = match self.place.target()? {
            Target::Folder(folder) => check(&folder)?,
            Target::Server(url) => {
                let remote = Remote::new(&url, self.admin_token.clone())?;
                let mut found = remote.post("/v1/installation/verify", None).await?;
                serde_json::from_value(
                    found.get_mut("report").map(Value::take).unwrap_or_default(),
                )?
            }
        };
        if self.json {
            out::json(&report)?;
        } else {
            out::print(report.to_string())?;
        }
        Ok(Outcome::fine_if(report.is_clean()))
    }
}

fn check(folder: &DataFolder) -> Result<Report, Failure> {
    let mut bar = ProgressBar::hidden();
    let mut part = String::new();
    let report = verify(folder, &mut |name, position, head| {
        if name != part {
            bar.finish_and_clear();
            bar = out::bar("checking", head.0);
            name.clone_into(&mut part);
            bar.set_message(part.clone());
        }
        bar.set_position(position.0);
    });
    bar.finish_and_clear();
    let mut report = report?;
    report.models.push(of_search(folder)?.into());
    Ok(report)
}

/// The search indexes against a rebuild beside them.
fn of_search(folder: &DataFolder) -> Result<Verified, SearchError> {
    let engine = folder.engine();
    let place = convolog_search::path(&DataFolder::models_path(folder.path()));
    let (log, clock) = (Arc::clone(engine.log()), Arc::clone(engine.clock()));
    let disclose = Arc::new(engine.clone());
    convolog_search::verify(&place, log, disclose, clock)
}
