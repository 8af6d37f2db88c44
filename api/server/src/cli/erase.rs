//! `convolog erase`: destroys the keys of a person, so that nobody can read what was said.

use clap::Args;
use convolog_domain::{ContactId, WorkspaceId};
use convolog_engine::{Caller, Erased};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::out;
use super::outcome::{Ended, Outcome};
use super::place::{Place, Target};
use super::remote::Remote;

/// Whom, where and why.
#[derive(Debug, Args)]
pub(crate) struct Erase {
    /// The id of the contact
    contact: ContactId,

    /// The workspace that the contact belongs to
    #[arg(long, value_name = "ID")]
    workspace: WorkspaceId,

    /// Why; stays in the log for ever
    #[arg(long, value_parser = convolog_domain::limits::ERASURE_REASONS)]
    reason: String,

    #[command(flatten)]
    place: Place,

    /// The administrator's token, for --url
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,
}

impl Erase {
    /// Erases, and prints what can be certified.
    pub(crate) async fn run(&self) -> Ended {
        match self.place.target()? {
            Target::Folder(folder) => {
                let caller = Caller::administrator(self.workspace);
                let erased =
                    folder.engine().erase_contact(&caller, self.contact, &self.reason).await?;
                folder.log().sync_head()?;
                out::json(&certificate(self.workspace, &self.reason, &erased))?;
            }
            Target::Server(url) => {
                let remote = Remote::new(&url, self.admin_token.clone())?.within(self.workspace);
                let body = json!({ "reason": self.reason });
                let path = format!("/v1/contacts/{}/erase", self.contact);
                out::json(&remote.post(&path, Some(&body)).await?)?;
            }
        }
        Ok(Outcome::Fine)
    }
}

/// What can be certified in this release.
fn certificate(workspace: WorkspaceId, reason: &str, erased: &Erased) -> Value {
    let shown = |seconds| jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).ok();
    let contacts: Vec<_> = erased.contacts.iter().map(|id| id.0).collect();
    json!({
        "workspace_id": workspace.0,
        "contacts": contacts,
        "reason": reason,
        "keys_gone_at": shown(erased.at),
        "position": erased.position.0,
        "vault_generation": erased.erasure.generation,
        "vault_epoch": erased.erasure.epoch,
        "backups_gone_by": shown(erased.erasure.backups_expire_at),
    })
}
