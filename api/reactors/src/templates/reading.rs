//! Reading an account's list of templates, page by page.

use convolog_domain::channel::{Channel, ChannelConnected, TemplateSyncFinished};
use convolog_domain::{ChannelId, WorkspaceId};
use convolog_engine::{Caller, EngineError, ListedTemplate};
use convolog_log::Timestamp;
use reqwest::Method;
use serde_json::Value;

use super::Again;
use crate::acting::Acting;
use crate::platform::{Platform, Refused, Said};

/// Templates of a page.
const PAGE: &str = "100";
/// Pages of a list, at most: more templates than the platform allows an account.
const PAGES_MAX: usize = 100;
/// What is read of each.
pub(super) const FIELDS: &str =
    "id,name,language,status,category,components,quality_score,rejected_reason,parameter_format";

/// Reads lists.
pub(super) struct Reading {
    acting: Acting,
}

impl Reading {
    pub(super) const fn new(acting: Acting) -> Self {
        Self { acting }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.acting.now()
    }

    /// Reads the list of a channel's account, if that was asked for.
    pub(super) async fn read(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
    ) -> Result<Again, EngineError> {
        let engine = self.acting.engine();
        let state = engine.load::<Channel>(workspace, channel.0)?.state;
        let asked = state.template_sync.as_ref().filter(|sync| sync.finished.is_none());
        let Some(sync) = asked else { return Ok(None) };
        let finished = match state.live() {
            // With a test key everything but the reading.
            Some(_) if sync.requested.sandbox => {
                TemplateSyncFinished { complete: true, ..TemplateSyncFinished::default() }
            }
            Some(settings) => self.read_list(workspace, settings).await?,
            None => TemplateSyncFinished::default(),
        };
        engine.finish_template_sync(&Caller::reactor(workspace), channel, finished).await?;
        Ok(None)
    }

    async fn read_list(
        &self,
        workspace: WorkspaceId,
        settings: &ChannelConnected,
    ) -> Result<TemplateSyncFinished, EngineError> {
        let (engine, caller) = (self.acting.engine(), Caller::reactor(workspace));
        let mut finished = TemplateSyncFinished::default();
        let Some(platform) = Platform::through(engine, workspace, settings)? else {
            return Ok(finished);
        };
        let waba = settings.waba_id.as_str();
        let (since, mut after) = (self.now().0.div_euclid(1_000_000), None::<String>);
        let mut listed = std::collections::HashSet::new();
        for _ in 0..PAGES_MAX {
            let mut query = vec![("limit", PAGE), ("fields", FIELDS)];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let url = platform.url(&[waba, "message_templates"], &query);
            let page = match platform.call(self.acting.outgoing(), Method::GET, url, None).await {
                Said::Yes(page) => page,
                Said::No(Refused { http_status, code, .. }) => {
                    return Ok(TemplateSyncFinished { http_status, code, ..finished });
                }
                Said::Nothing => return Ok(finished),
            };
            // What is no page of templates ends the reading: it may not count as an empty list.
            let Some(elements) = page.get("data").and_then(Value::as_array) else {
                return Ok(finished);
            };
            for element in elements {
                let Some(template) = ListedTemplate::read(waba, element) else { continue };
                listed.insert(engine.template_id(workspace, &template.key)?);
                finished.seen = finished.seen.saturating_add(1);
                let news = engine.record_template(&caller, template).await?;
                finished.recorded = finished.recorded.saturating_add(u32::from(news));
            }
            let cursor = page.pointer("/paging/cursors/after").and_then(Value::as_str);
            let next = page.pointer("/paging/next").is_some();
            if let Some(cursor) = cursor.filter(|cursor| next && after.as_deref() != Some(cursor)) {
                after = Some(cursor.to_owned());
            } else {
                finished.complete = true;
                break;
            }
        }
        if finished.complete {
            finished.gone = self.record_absent(&caller, waba, &listed, since).await?;
        }
        Ok(finished)
    }

    /// Takes note of those that are known and not on the list.
    async fn record_absent(
        &self,
        caller: &Caller,
        waba: &str,
        listed: &std::collections::HashSet<convolog_domain::TemplateId>,
        since: i64,
    ) -> Result<u32, EngineError> {
        let (models, workspace, account) =
            (self.acting.models().clone(), caller.workspace, waba.to_owned());
        let reading = tokio::task::spawn_blocking(move || {
            models.templates()?.all(workspace, |row| {
                row.state.key.as_ref().is_some_and(|key| key.waba_id == account)
            })
        });
        let known = reading.await.map_err(|_| EngineError::Interrupted("reading templates"))?;
        let known = known.map_err(|error| {
            tracing::warn!(%error, "the known templates could not be read");
            EngineError::Interrupted("reading templates")
        })?;
        let mut gone = 0_u32;
        for row in known.iter().filter(|row| !listed.contains(&row.template())) {
            let engine = self.acting.engine();
            let news = engine.record_absent_template(caller, row.template(), since).await?;
            gone = gone.saturating_add(u32::from(news));
        }
        Ok(gone)
    }
}
