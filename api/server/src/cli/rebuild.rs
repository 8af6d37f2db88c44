//! `convolog rebuild`: folds read models again from the log.

use std::time::Duration;

use clap::Args;
use convolog_engine::DataFolder;
use convolog_projections::{ModelStatus, Options, ReadModels};
use secrecy::SecretString;
use serde_json::json;

use super::out;
use super::outcome::{Ended, Failure, Outcome};
use super::place::{Place, Target};
use super::remote::Remote;

/// How often progress is looked at.
const WATCH: Duration = Duration::from_millis(100);

/// Which, and where.
#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    /// The read models; all of them if none is named
    #[arg(value_name = "MODEL", value_parser = clap::builder::PossibleValuesParser::new(convolog_projections::names()))]
    models: Vec<String>,

    #[command(flatten)]
    place: Place,

    /// The administrator's token, for --url
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,
}

impl Rebuild {
    /// Rebuilds and waits; over a URL, orders it and returns.
    pub(crate) async fn run(&self) -> Ended {
        let names = if self.models.is_empty() {
            convolog_projections::names().map(str::to_owned).collect()
        } else {
            self.models.clone()
        };
        match self.place.target()? {
            Target::Folder(folder) => rebuild_here(&folder, &names).await,
            Target::Server(url) => {
                let remote = Remote::new(&url, self.admin_token.clone())?;
                for name in &names {
                    remote.post(&format!("/v1/projections/{name}/rebuild"), None).await?;
                    out::note(format!("{name}: ordered; `/v1/projections` shows how far it is"));
                }
                Ok(Outcome::Fine)
            }
        }
    }
}

async fn rebuild_here(folder: &DataFolder, names: &[String]) -> Ended {
    let engine = folder.engine();
    let path = DataFolder::models_path(folder.path());
    // Nobody else needs the machine: the server is stopped.
    let options = Options { rebuild_percent: 100, ..Options::default() };
    let (log, clock) = (engine.log().clone(), engine.clock().clone());
    let models = ReadModels::open(&path, log, clock, options)?;
    for name in names {
        // One that has to be rebuilt anyway is on its way already.
        match models.rebuild(name) {
            Ok(()) | Err(convolog_projections::QueryError::Rebuilding { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let done = follow(&models, names).await;
    models.shutdown();
    let rebuilt: Vec<_> = done?.into_iter().map(|model| json!(model)).collect();
    out::json(&rebuilt)?;
    Ok(Outcome::Fine)
}

async fn follow(models: &ReadModels, names: &[String]) -> Result<Vec<ModelStatus>, Failure> {
    let head = models.log().head().0;
    let bar = out::bar("rebuilding", head * u64::try_from(names.len())?);
    let mut watch = tokio::time::interval(WATCH);
    loop {
        watch.tick().await;
        let mut status = models.status();
        status.retain(|model| names.iter().any(|name| name == model.name));
        bar.set_position(status.iter().map(|m| m.rebuilt_to.unwrap_or(head)).sum());
        if let Some((name, error)) =
            status.iter().find_map(|m| Some((m.name, m.last_error.as_ref()?)))
        {
            return Err(Failure::found(format!("`{name}` could not be rebuilt: {error}")));
        }
        if status.iter().all(|model| model.rebuilt_to.is_none() && model.lag == 0) {
            bar.finish_and_clear();
            return Ok(status);
        }
    }
}
