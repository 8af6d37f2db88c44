//! Handing templates to the platform, and having them deleted.

use convolog_domain::conversation::Settled;
use convolog_domain::template::{
    APPROVED, CreationAnswer, DeletionAnswer, NextStep, SettleCreation, SettleDeletion, State,
    Template, TemplateKey,
};
use convolog_domain::{Content, Sensitive, StatusContent, StreamKind, TemplateId, WorkspaceId};
use convolog_engine::{
    Caller, Disclose as _, Disclosure, EngineError, ListedTemplate, Recorded, Stream,
};
use convolog_log::{Mode, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use super::Again;
use super::reading::FIELDS;
use crate::acting::Acting;
use crate::platform::{Platform, Refused, Said};

/// Seconds after which it is looked again whether an account has a channel.
const NO_CHANNEL_SECONDS: i64 = 60;
/// The platform's error for what is not there.
const NOT_THERE: i64 = 100;

/// Makes and deletes.
pub(super) struct Making {
    acting: Acting,
}

/// Whether a template is on the platform's list.
enum Listed {
    /// It is, so.
    Yes(Box<ListedTemplate>),
    /// It is not.
    No,
    /// Nobody can tell at the moment.
    Unknown,
}

/// One template at work.
struct Job {
    workspace: WorkspaceId,
    id: TemplateId,
    key: TemplateKey,
}

impl Making {
    pub(super) const fn new(acting: Acting) -> Self {
        Self { acting }
    }

    /// Does what is to be done about a template at this moment.
    pub(super) async fn work(
        &self,
        workspace: WorkspaceId,
        id: TemplateId,
    ) -> Result<Again, EngineError> {
        loop {
            let engine = self.acting.engine();
            let state = engine.load::<Template>(workspace, id.0)?.state;
            let Some(key) = state.key.clone() else { return Ok(None) };
            let job = Job { workspace, id, key };
            let now = self.acting.now().0.div_euclid(1_000_000);
            let again = match state.next(now) {
                NextStep::Nothing => return Ok(None),
                NextStep::At(at) => return Ok(Some(Timestamp(at.saturating_mul(1_000_000)))),
                // Whoever handed it over did not live to hear the answer.
                NextStep::Answer => {
                    self.settle(&job, CreationAnswer::Nothing, None).await?;
                    None
                }
                NextStep::Submit => self.submit(&job, &state).await?,
                NextStep::Look => self.look(&job).await?,
                NextStep::Delete => self.delete(&job, &state).await?,
            };
            if again.is_some() {
                return Ok(again);
            }
        }
    }

    /// The platform through a channel of the template's account.
    fn platform(&self, job: &Job) -> Result<Option<Platform>, EngineError> {
        let engine = self.acting.engine();
        match engine.channel_of_account(job.workspace, &job.key.waba_id)? {
            Some((_, settings)) => Platform::through(engine, job.workspace, &settings),
            None => Ok(None),
        }
    }

    fn later(&self) -> Timestamp {
        let rest = NO_CHANNEL_SECONDS.saturating_mul(1_000_000);
        Timestamp(self.acting.now().0.saturating_add(rest))
    }

    async fn submit(&self, job: &Job, state: &State) -> Result<Again, EngineError> {
        let Some(platform) = self.platform(job)? else { return Ok(Some(self.later())) };
        let Some(components) = self.components(job, state)? else {
            let gone =
                CreationAnswer::Refused { http_status: None, code: Some(0), retry_after: None };
            self.acting.engine().begin_creation(&caller(job, state), job.id).await?;
            self.settle(job, gone, None).await?;
            return Ok(None);
        };
        let caller = caller(job, state);
        self.acting.engine().begin_creation(&caller, job.id).await?;
        if state.sandbox {
            let answer = CreationAnswer::Accepted {
                platform_id: format!("sandbox-{}", job.id),
                status: APPROVED.to_owned(),
                category: None,
                settled: Settled::Sandbox,
            };
            self.settle(job, answer, None).await?;
            return Ok(None);
        }
        let category = state.category().unwrap_or_default().to_ascii_uppercase();
        let named = state.shape.as_ref().is_some_and(convolog_domain::template::Shape::is_named);
        let body = json!({
            "name": job.key.name,
            "language": job.key.language,
            "category": category,
            "parameter_format": if named { "NAMED" } else { "POSITIONAL" },
            "components": components,
        });
        let url = platform.url(&[&job.key.waba_id, "message_templates"], &[]);
        let said = platform.call(self.acting.outgoing(), Method::POST, url, Some(&body)).await;
        let (answer, words) = match said {
            Said::Yes(answer) => (taken(&answer), None),
            Said::No(Refused { http_status, code, retry_after, words }) => {
                (CreationAnswer::Refused { http_status, code, retry_after }, words)
            }
            Said::Nothing => (CreationAnswer::Nothing, None),
        };
        self.settle(job, answer, words).await?;
        Ok(None)
    }

    /// Whether the platform has a template that it did not answer about.
    async fn look(&self, job: &Job) -> Result<Again, EngineError> {
        match self.listed(job).await? {
            Listed::Yes(listed) => {
                let caller = Caller::reactor(job.workspace);
                self.acting.engine().record_template(&caller, *listed).await?;
                Ok(None)
            }
            Listed::No => {
                self.settle(job, CreationAnswer::NotListed, None).await?;
                Ok(None)
            }
            Listed::Unknown => Ok(Some(self.later())),
        }
    }

    /// The template on the platform's list.
    async fn listed(&self, job: &Job) -> Result<Listed, EngineError> {
        let Some(platform) = self.platform(job)? else { return Ok(Listed::Unknown) };
        let waba = job.key.waba_id.as_str();
        let query = [("limit", "100"), ("fields", FIELDS), ("name", job.key.name.as_str())];
        let url = platform.url(&[waba, "message_templates"], &query);
        let said = platform.call(self.acting.outgoing(), Method::GET, url, None).await;
        let Said::Yes(page) = said else { return Ok(Listed::Unknown) };
        let Some(all) = page.get("data").and_then(Value::as_array) else {
            return Ok(Listed::Unknown);
        };
        let mut listed = all.iter().filter_map(|element| ListedTemplate::read(waba, element));
        let found = listed.find(|listed| listed.key == job.key);
        Ok(found.map_or(Listed::No, |listed| Listed::Yes(Box::new(listed))))
    }

    async fn delete(&self, job: &Job, state: &State) -> Result<Again, EngineError> {
        let Some(platform) = self.platform(job)? else { return Ok(Some(self.later())) };
        let id = state.platform_id.as_deref().unwrap_or_default();
        let query = [("hsm_id", id), ("name", job.key.name.as_str())];
        let url = platform.url(&[&job.key.waba_id, "message_templates"], &query);
        let said = platform.call(self.acting.outgoing(), Method::DELETE, url, None).await;
        let answer = match said {
            Said::Yes(_) => DeletionAnswer::Gone,
            // It may be gone already: the list tells.
            Said::No(Refused { code: Some(NOT_THERE), http_status, .. }) => {
                match self.listed(job).await? {
                    Listed::No => DeletionAnswer::Gone,
                    _ => DeletionAnswer::Refused { http_status, code: Some(NOT_THERE) },
                }
            }
            Said::No(Refused { http_status, code, .. }) => {
                DeletionAnswer::Refused { http_status, code }
            }
            Said::Nothing => DeletionAnswer::Refused { http_status: None, code: None },
        };
        let (engine, caller) = (self.acting.engine(), Caller::reactor(job.workspace));
        engine.settle_deletion(&caller, job.id, SettleDeletion { answer }).await?;
        Ok(None)
    }

    async fn settle(
        &self,
        job: &Job,
        answer: CreationAnswer,
        words: Option<Sensitive>,
    ) -> Result<(), EngineError> {
        let words = StatusContent { error_details: words, ..StatusContent::default() };
        let command = SettleCreation { workspace: job.workspace, answer, words };
        let (engine, caller) = (self.acting.engine(), Caller::reactor(job.workspace));
        engine.settle_creation(&caller, job.id, command).await
    }

    /// Its components, as they were asked for.
    fn components(&self, job: &Job, state: &State) -> Result<Option<Value>, EngineError> {
        let engine = self.acting.engine();
        let Some(at) = state.components_at else { return Ok(None) };
        let stream = Stream::new(job.workspace, StreamKind::Template, job.id.0).key();
        let records = engine.log().read_stream(&stream, at.saturating_sub(1), 1)?;
        let Some(record) = records.first() else { return Ok(None) };
        let opened = engine.open(&Recorded::read(record)?);
        Ok(opened.into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Fragment(content)) => {
                serde_json::from_str(content.fragment.expose()).ok()
            }
            _ => None,
        }))
    }
}

fn caller(job: &Job, state: &State) -> Caller {
    let mode = if state.sandbox { Mode::Test } else { Mode::Live };
    Caller { mode, ..Caller::reactor(job.workspace) }
}

/// What an answer of the platform says of a new template. One that names none says nothing.
fn taken(answer: &Value) -> CreationAnswer {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    let id = match answer.get("id") {
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => text("id").filter(|id| !id.is_empty()),
    };
    let Some(platform_id) = id else { return CreationAnswer::Nothing };
    CreationAnswer::Accepted {
        platform_id,
        status: text("status").unwrap_or_else(|| "pending".to_owned()),
        category: text("category"),
        settled: Settled::Answer,
    }
}
