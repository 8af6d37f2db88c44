//! `convolog rebuild`: folds read models again from the log, here or in a server that runs, and
//! orders what becomes of what was rebuilt.

mod beside;

use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use convolog_engine::DataFolder;
use convolog_projections::{Options, QueryError, ReadModels, Swap};
use convolog_search::Search;
use secrecy::SecretString;
use serde_json::{Value, json};

use beside::Order;

use super::out;
use super::outcome::{Ended, Failure, Outcome};
use super::place::{Place, Target};
use super::remote::Remote;

/// How often progress is looked at.
const WATCH: Duration = Duration::from_millis(100);

/// How often a server is asked.
const ASK: Duration = Duration::from_secs(1);

/// How a rebuilt read model comes to serve.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SwapWhen {
    /// As soon as it has caught up
    Auto,
    /// It waits, complete, until the swap is ordered
    Manual,
}

impl SwapWhen {
    /// Whether a read model can be rebuilt so: no search index waits, because it holds text.
    fn fits(self, name: &str) -> bool {
        matches!(self, Self::Auto) || name != convolog_search::NAME
    }
}

/// Which, and where.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Rebuild {
    #[command(subcommand)]
    order: Option<Order>,

    /// The read models; all of them if none is named
    #[arg(value_name = "MODEL", value_parser = clap::builder::PossibleValuesParser::new(names()))]
    models: Vec<String>,

    /// When the rebuilt ones serve
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    swap: SwapWhen,

    /// With --url: follow the rebuild until it is done
    #[arg(long, requires = "url")]
    wait: bool,

    #[command(flatten)]
    place: Place,

    /// The administrator's token, for --url
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,
}

impl Rebuild {
    /// Rebuilds and waits; over a URL, orders it, and waits if told so.
    pub(crate) async fn run(&self) -> Ended {
        if let Some(order) = &self.order {
            return order.run().await;
        }
        let names = if self.models.is_empty() {
            let wanted = |name: &&str| self.swap.fits(name);
            names().filter(wanted).map(str::to_owned).collect()
        } else {
            self.models.clone()
        };
        match self.place.target()? {
            Target::Folder(folder) => self.rebuild_here(&folder, &names).await,
            Target::Server(url) => {
                let remote = Remote::new(&url, self.admin_token.clone())?;
                self.rebuild_there(&remote, &names).await
            }
        }
    }

    async fn rebuild_here(&self, folder: &DataFolder, names: &[String]) -> Ended {
        let engine = folder.engine();
        let path = DataFolder::models_path(folder.path());
        let place = convolog_search::path(&path);
        // Nobody else needs the machine: the server is stopped.
        let options = Options { rebuild_percent: 100, ..Options::default() };
        let of_search = convolog_search::Options {
            rebuild_percent: 100,
            ..convolog_search::Options::default()
        };
        let (log, clock) = (engine.log().clone(), engine.clock().clone());
        let models = ReadModels::open(&path, log.clone(), clock.clone(), options)?;
        let search = Search::open(&place, log, Arc::new(engine.clone()), clock, of_search)?;
        let swap = match self.swap {
            SwapWhen::Auto => Swap::Auto,
            SwapWhen::Manual => Swap::Manual,
        };
        for name in names {
            let ordered = match name.as_str() {
                convolog_search::NAME => search.rebuild(swap),
                name => models.rebuild(name, swap),
            };
            // One that has to be rebuilt anyway is on its way already.
            match ordered {
                Ok(()) | Err(QueryError::Rebuilding { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut following = Following::new(names)?;
        let mut watch = tokio::time::interval(WATCH);
        let done = loop {
            watch.tick().await;
            let mut states = models.status();
            states.push(search.status());
            // Nothing comes in: what serves shall have everything too.
            let still = |model: &Value| model.get("lag") == Some(&json!(0));
            if let Some(done) = following.look(json!(states), still).transpose() {
                break done;
            }
        };
        models.shutdown();
        search.shutdown();
        out::json(&done?)?;
        Ok(Outcome::Fine)
    }

    async fn rebuild_there(&self, remote: &Remote, names: &[String]) -> Ended {
        let swap = match self.swap {
            SwapWhen::Auto => "auto",
            SwapWhen::Manual => "manual",
        };
        for name in names {
            let path = format!("/v1/projections/{name}/rebuild");
            remote.post(&path, Some(&json!({ "swap": swap }))).await?;
            out::note(format!("{name}: ordered; `/v1/projections` shows how far it is"));
        }
        if !self.wait {
            return Ok(Outcome::Fine);
        }
        let mut following = Following::new(names)?;
        let mut watch = tokio::time::interval(ASK);
        loop {
            watch.tick().await;
            let mut shown = remote.get("/v1/projections", &[]).await?;
            let models = shown.get_mut("data").map(Value::take).unwrap_or_default();
            if let Some(done) = following.look(models, |_| true)? {
                out::json(&done)?;
                return Ok(Outcome::Fine);
            }
        }
    }
}

/// The names of all read models, that of the search index among them.
fn names() -> impl Iterator<Item = &'static str> {
    convolog_projections::names().chain([convolog_search::NAME])
}

/// Follows rebuilds by what the read models say of themselves.
struct Following<'a> {
    names: &'a [String],
    count: u64,
    bar: indicatif::ProgressBar,
}

impl<'a> Following<'a> {
    fn new(names: &'a [String]) -> Result<Self, Failure> {
        Ok(Self { names, count: u64::try_from(names.len())?, bar: out::bar("rebuilding", 0) })
    }

    /// Shows how far they are. The read models, once none of them is being rebuilt and each is
    /// `settled`.
    fn look(
        &mut self,
        models: Value,
        settled: impl Fn(&Value) -> bool,
    ) -> Result<Option<Vec<Value>>, Failure> {
        let Value::Array(mut models) = models else {
            return Err(Failure::found("the answer lists no read models"));
        };
        let name = |model: &Value| model.get("name").and_then(Value::as_str).map(str::to_owned);
        models.retain(|model| name(model).is_some_and(|name| self.names.contains(&name)));
        for model in &models {
            if let Some(error) = model.get("last_error").and_then(Value::as_str) {
                let name = name(model).unwrap_or_default();
                return Err(Failure::found(format!("`{name}` could not be rebuilt: {error}")));
            }
        }
        let number = |value: Option<&Value>| value.and_then(Value::as_u64);
        let head = models.iter().filter_map(|model| number(model.get("head"))).max().unwrap_or(0);
        let reached = |model: &Value| number(model.pointer("/rebuild/position")).unwrap_or(head);
        self.bar.set_length(head * self.count);
        self.bar.set_position(models.iter().map(reached).sum());
        let done = models.iter().all(|model| model.get("rebuild").is_none() && settled(model));
        if done {
            self.bar.finish_and_clear();
        }
        Ok(done.then_some(models))
    }
}
