//! `convolog erase`: destroys the keys of a person, so that nobody can read what was said, or of a lead
//! that no contact stands for.

use clap::Args;
use convolog_domain::{ContactId, LeadId, WorkspaceId};
use convolog_engine::{Caller, DataFolder};
use convolog_replay::erasure::{Certificate, Preview};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::out;
use super::outcome::{Ended, Failure, Outcome};
use super::place::{Place, Target};
use super::remote::Remote;

/// Whom, where and why.
#[derive(Debug, Args)]
pub(crate) struct Erase {
    /// The id of the contact; with --lead, of the lead
    #[arg(value_name = "CONTACT")]
    id: Uuid,

    /// Erase a lead that no contact stands for
    #[arg(long, conflicts_with = "dry_run")]
    lead: bool,

    /// The workspace that it belongs to
    #[arg(long, value_name = "ID")]
    workspace: WorkspaceId,

    /// Why; stays in the log for ever
    #[arg(
        long,
        value_parser = convolog_domain::limits::ERASURE_REASONS,
        required_unless_present_any = ["dry_run", "certificate"]
    )]
    reason: Option<String>,

    /// List every place that holds something of this person; erase nothing
    #[arg(long)]
    dry_run: bool,

    /// Print the certificate of an earlier erasure again; erase nothing
    #[arg(long, conflicts_with = "dry_run")]
    certificate: bool,

    #[command(flatten)]
    place: Place,

    /// The administrator's token, for --url
    #[arg(long, env = "CONVOLOG_ADMIN_TOKEN", hide_env_values = true, default_value = "")]
    admin_token: SecretString,
}

impl Erase {
    /// Erases, and prints what can be certified; or only looks.
    pub(crate) async fn run(&self) -> Ended {
        match self.place.target()? {
            Target::Folder(folder) => self.in_folder(&folder).await?,
            Target::Server(url) => {
                let remote = Remote::new(&url, self.admin_token.clone())?.within(self.workspace);
                self.at_server(&remote).await?;
            }
        }
        Ok(Outcome::Fine)
    }

    async fn in_folder(&self, folder: &DataFolder) -> Result<(), Failure> {
        let (engine, workspace) = (folder.engine(), self.workspace);
        let (contact, lead) = (ContactId(self.id), LeadId(self.id));
        let missing = || Failure::found("there is no such contact in this workspace");
        if self.dry_run {
            let preview = Preview::of(engine, workspace, contact)?;
            return Ok(out::json(&preview.ok_or_else(missing)?)?);
        }
        let Some(reason) = self.reason.as_ref().filter(|_| !self.certificate) else {
            let found = if self.lead {
                Certificate::find_of_lead(engine, workspace, lead)?
            } else {
                Certificate::find(engine, workspace, contact)?
            };
            let never = || Failure::found("their data was never erased");
            return Ok(out::json(&found.ok_or_else(never)?)?);
        };
        let caller = Caller::administrator(workspace);
        let erased = if self.lead {
            engine.erase_lead(&caller, lead, reason).await?
        } else {
            engine.erase_contact(&caller, contact, reason).await?
        };
        folder.log().sync_head()?;
        Ok(out::json(&Certificate::of(workspace, reason, &caller.actor, &erased))?)
    }

    async fn at_server(&self, remote: &Remote) -> Result<(), Failure> {
        let kind = if self.lead { "leads" } else { "contacts" };
        let path = |what: &str| format!("/v1/{kind}/{}/{what}", self.id);
        let answer = if self.dry_run {
            remote.get(&path("erasure-preview"), &[]).await?
        } else if self.certificate {
            remote.get(&path("erasure"), &[]).await?
        } else if self.lead {
            let reason = self.reason.as_deref().unwrap_or_default();
            remote.delete(&path("personal-data"), &[("reason", reason)]).await?
        } else {
            let body = json!({ "workspace_id": self.workspace.0, "reason": self.reason });
            remote.post(&path("erase"), Some(&body)).await?
        };
        Ok(out::json(&answer)?)
    }
}
