//! `convolog arm` and `convolog disarm`: which instance may act on the outside world.

use clap::Args;
use convolog_domain::WorkspaceId;
use convolog_engine::{Caller, DataFolder, Instance};
use secrecy::SecretString;
use serde_json::json;

use super::out;
use super::outcome::{Ended, Outcome};
use super::place::{Place, Target};
use super::remote::Remote;

/// Where, and which instance.
#[derive(Debug, Args)]
pub(crate) struct Arm {
    #[command(flatten)]
    place: Place,

    /// The administrator's token, for --url
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,

    /// Names this instance, where a machine cannot be told from its copies by itself; the same
    /// name must be given to `convolog serve`
    #[arg(long, env = "CONVOLOG_INSTANCE", value_name = "NAME")]
    instance: Option<String>,
}

/// Where, and why.
#[derive(Debug, Args)]
pub(crate) struct Disarm {
    #[command(flatten)]
    place: Place,

    /// The administrator's token, for --url
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,

    /// Why; stays in the log
    #[arg(long, default_value = "by hand")]
    reason: String,
}

/// The instance of a data folder: the one that is named, or the one that the machine tells.
pub(crate) fn instance_of(
    name: Option<&str>,
    folder: &DataFolder,
) -> Result<Instance, super::outcome::Failure> {
    Ok(match name {
        Some(name) => Instance::named(name),
        None => Instance::of_folder(folder.path())?,
    })
}

impl Arm {
    /// Lets this instance, and no other, act.
    pub(crate) async fn run(&self) -> Ended {
        match self.place.target()? {
            Target::Folder(folder) => {
                let instance = instance_of(self.instance.as_deref(), &folder)?;
                let caller = Caller::administrator(WorkspaceId::INSTALLATION);
                let done = folder.engine().arm(&caller, &instance).await?;
                folder.log().sync_head()?;
                let fingerprint = instance.fingerprint();
                out::json(
                    &json!({ "armed": true, "instance": fingerprint, "position": done.position.0 }),
                )?;
            }
            Target::Server(url) => {
                let remote = Remote::new(&url, self.admin_token.clone())?;
                out::json(&remote.post("/v1/installation/arm", None).await?)?;
            }
        }
        Ok(Outcome::Fine)
    }
}

impl Disarm {
    /// Lets nobody act.
    pub(crate) async fn run(&self) -> Ended {
        match self.place.target()? {
            Target::Folder(folder) => {
                let caller = Caller::administrator(WorkspaceId::INSTALLATION);
                let done = folder.engine().disarm(&caller, &self.reason).await?;
                folder.log().sync_head()?;
                out::json(&json!({ "armed": false, "position": done.position.0 }))?;
            }
            Target::Server(url) => {
                let remote = Remote::new(&url, self.admin_token.clone())?;
                let body = json!({ "reason": self.reason });
                out::json(&remote.post("/v1/installation/disarm", Some(&body)).await?)?;
            }
        }
        Ok(Outcome::Fine)
    }
}
