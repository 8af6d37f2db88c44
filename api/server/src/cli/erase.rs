//! `convolog erase`: destroys the keys of a person, so that nobody can read what was said, or of a lead
//! that no contact stands for.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use convolog_domain::{ContactId, LeadId, WorkspaceId};
use convolog_engine::{Caller, DataFolder};
use convolog_replay::erasure::{Certificate, Preview};
use convolog_search::{Options, Search, SearchError};
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

/// How long is waited for the search indexes to have everything.
const PATIENCE: Duration = Duration::from_hours(1);

/// How long is waited then for them to be rewritten.
const REWRITING: Duration = Duration::from_mins(5);

/// The search indexes of a stopped installation, caught up with the log; none if it has none.
async fn search_of(folder: &DataFolder) -> Result<Option<Search>, SearchError> {
    let (engine, dir) = (folder.engine(), DataFolder::models_path(folder.path()));
    let place = convolog_search::path(&dir);
    if !place.is_dir() {
        return Ok(None);
    }
    let (log, clock) = (Arc::clone(engine.log()), Arc::clone(engine.clock()));
    let options = Options { rebuild_percent: 100, ..Options::default() };
    let search = Search::open(&place, log, Arc::new(engine.clone()), clock, options)?;
    search.ready().await?;
    search.at_least(engine.log().head(), PATIENCE).await?;
    Ok(Some(search))
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
        let search = search_of(folder).await?;
        let missing = || Failure::found("there is no such contact in this workspace");
        if self.dry_run {
            let preview = Preview::of(engine, search.as_ref(), workspace, contact)?;
            return Ok(out::json(&preview.ok_or_else(missing)?)?);
        }
        let Some(reason) = self.reason.as_ref().filter(|_| !self.certificate) else {
            let found = if self.lead {
                Certificate::find_of_lead(engine, search.as_ref(), workspace, lead)?
            } else {
                Certificate::find(engine, search.as_ref(), workspace, contact)?
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
        engine.remove_erased_files(workspace)?;
        let certificate = Certificate::of(workspace, reason, &caller.actor, &erased);
        let Some(search) = search else { return Ok(out::json(&certificate)?) };
        out::note("the keys are gone; rewriting the search indexes");
        let whom = certificate.whom();
        let rewritten = search.erased(workspace, &whom, erased.position, REWRITING).await?;
        Ok(out::json(&certificate.rewritten(rewritten))?)
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
