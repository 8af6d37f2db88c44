//! What an agent reads before it answers: what was asked, what was said before, what it is told.

use std::sync::Arc;

use convolog_answer::{Agent, Speaker, Turn};
use convolog_domain::agent::{self, Version};
use convolog_domain::{AgentId, Content, ConversationId, Sensitive, StreamKind, WorkspaceId};
use convolog_engine::{Disclose as _, Disclosure, Engine, EngineError, Recorded, Stream};
use convolog_projections::transcripts::MessageQuery;
use convolog_projections::view::{DirectionView, MessageView, Viewer};
use convolog_projections::{QueryError, ReadModels};

/// Messages that are read.
const MESSAGES: usize = 30;

/// A conversation's last messages, parted into what is asked and what was said before.
pub(super) struct Said {
    /// The customer's messages since somebody answered, one a line.
    pub(super) asked: Sensitive,
    /// What was said before, the oldest first.
    pub(super) turns: Vec<Turn>,
}

/// Reads what was said. Blocks.
pub(super) fn said(
    engine: &Engine,
    models: &ReadModels,
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> Result<Said, QueryError> {
    let query = MessageQuery {
        newest_first: true,
        limit: MESSAGES,
        ..MessageQuery::of(workspace, conversation)
    };
    let viewer = Viewer::new(models.clone(), Arc::new(engine.clone()));
    let mut newest = viewer.now().messages(&query)?.items;
    // As they were heard: the platform's clock and ours need not agree about who spoke last.
    newest.sort_unstable_by_key(|message| message.position);
    let spoke = newest.iter().rposition(|message| message.direction == DirectionView::Outbound);
    let (before, asked) = newest.split_at(spoke.map_or(0, |last| last + 1));
    let lines: Vec<&str> = asked.iter().filter_map(|one| one.text.as_deref()).collect();
    Ok(Said { asked: lines.join("\n").into(), turns: before.iter().filter_map(turn).collect() })
}

fn turn(message: &MessageView) -> Option<Turn> {
    let by = match message.direction {
        DirectionView::Inbound => Speaker::Customer,
        DirectionView::Outbound => Speaker::Agent,
    };
    message.text.as_deref().map(|text| Turn { by, text: text.into() })
}

/// The agent as its published version is set and told.
pub(super) fn agent(
    engine: &Engine,
    workspace: WorkspaceId,
    id: AgentId,
    state: &agent::State,
) -> Result<Option<Agent>, EngineError> {
    let version = state.published.and_then(|number| state.version(number));
    let Some(version) = version.filter(|_| !state.paused && !state.archived) else {
        return Ok(None);
    };
    let instructions = instructions(engine, workspace, id, version)?;
    Ok(Some(Agent {
        id,
        version: version.number,
        settings: version.settings.clone(),
        instructions: instructions.unwrap_or_else(|| "".into()),
    }))
}

fn instructions(
    engine: &Engine,
    workspace: WorkspaceId,
    id: AgentId,
    version: &Version,
) -> Result<Option<Sensitive>, EngineError> {
    let stream = Stream::new(workspace, StreamKind::Agent, id.0).key();
    let before = version.instructions_at.saturating_sub(1);
    let records = engine.log().read_stream(&stream, before, 1)?;
    let Some(record) = records.first() else { return Ok(None) };
    let told = engine.open(&Recorded::read(record)?);
    Ok(told.into_iter().find_map(|part| match part.disclosure {
        Disclosure::Content(Content::Instructions(told)) => Some(told.text),
        _ => None,
    }))
}
