//! Canned replies: what the staff says again and again, each called by a word.

mod add;
mod read;
mod remove;
mod update;

pub(crate) use add::AddCannedReply;
pub(crate) use read::{ListCannedReplies, ShowCannedReply};
pub(crate) use remove::RemoveCannedReply;
pub(crate) use update::UpdateCannedReply;

use convolog_domain::canned_reply::{CannedReply, placeholders};
use convolog_domain::{CannedReplyId, StreamKind, WorkspaceId};
use convolog_engine::{CannedStanding, Recorded};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::settings::Setting;
use super::wire::time;
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// Something that the staff says again and again.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "CannedReply")]
pub(crate) struct CannedReplyView {
    /// Which one.
    pub(crate) id: Uuid,
    /// The word that it is called by.
    pub(crate) shortcut: String,
    /// What it says; `{{name}}` stands for what is filled in when it is sent.
    pub(crate) text: Option<String>,
    /// What is to be filled in, in order.
    pub(crate) placeholders: Vec<String>,
    /// The language it is written in.
    pub(crate) language: Option<String>,
    /// What it is about.
    pub(crate) tags: Vec<String>,
    /// The number of this version, from 1.
    pub(crate) version: u32,
    /// When it was added; missing in the answer that adds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
}

impl From<CannedStanding> for CannedReplyView {
    fn from(standing: CannedStanding) -> Self {
        let CannedStanding { id, version, number, text } = standing;
        let text = text.map(|text| text.0);
        let names = text.as_deref().map(placeholders).and_then(Result::ok).unwrap_or_default();
        Self {
            id: id.0,
            shortcut: version.shortcut,
            placeholders: names.into_iter().map(str::to_owned).collect(),
            text,
            language: version.language,
            tags: version.tags,
            version: number,
            created_at: None,
        }
    }
}

impl Setting for CannedReplyView {
    const KIND: StreamKind = StreamKind::CannedReply;
    const NAME: &'static str = "canned reply";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        if app.engine().load::<CannedReply>(workspace, id)?.state.live().is_err() {
            return Err(Problem::not_found(Self::NAME));
        }
        let standing = app.engine().canned_reply(workspace, CannedReplyId(id))?;
        Ok(Self { created_at: Some(time(begun.at)), ..standing.into() })
    }
}
