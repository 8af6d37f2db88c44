//! Quick judgements of an installation that runs, for tests: what is wrong, in words.

use convolog_domain::{ConversationId, WorkspaceId, installation::Installation};
use convolog_engine::{Engine, Recorded};
use convolog_log::{Filter, Frontier, Position};
use convolog_projections::conversations::{ConversationOrder, ConversationQuery};
use convolog_projections::transcripts::MessageQuery;
use convolog_projections::view::{Reader, Viewer};
use convolog_projections::{Finding, QueryError, ReadModels, names, reconstruct};
use uuid::Uuid;

use super::{VerifyError, events};
use crate::reading::each;

/// The most conversations and messages that are compared.
const LIMIT: usize = 100_000;

/// Any log against itself: density, versions, claims, tree, sealed parts.
pub fn judge_log(engine: &Engine) -> Result<Vec<String>, VerifyError> {
    let head = engine.log().head();
    let found = events::check(engine, head, &mut |_| {})?;
    let mut problems: Vec<String> =
        [found.events.problem, found.vault.problem].into_iter().flatten().collect();
    let mut frontier = Frontier::default();
    let mut versions = std::collections::HashMap::new();
    each::<VerifyError>(&**engine.log(), (Position::START, head), &Filter::default(), |record| {
        frontier.push(record.leaf());
        let stream = Recorded::read(record)?.stream;
        let version = versions.entry(stream).or_insert(0);
        *version += 1;
        if *version != record.header.version {
            problems.push(format!("a version of {stream} does not follow"));
        }
        Ok(())
    })?;
    if engine.log().root() != (head.0, frontier.root()) {
        problems.push("the tree's root is not that of the events".to_owned());
    }
    Ok(problems)
}

/// The read models that serve against a rebuild in memory. Exact while nothing comes in.
pub fn judge_models(models: &ReadModels) -> Result<Vec<String>, QueryError> {
    let mut problems = Vec::new();
    for name in names() {
        let verified = models.compare_with_rebuild(name)?;
        if let Finding::Different(difference) = verified.finding {
            problems.push(format!("{name}: {difference}"));
        }
        let parked = models.parked(name)?;
        problems.extend(parked.first().map(|parked| format!("{name} parked {parked:?}")));
    }
    Ok(problems)
}

/// Every conversation as the read models show it against its reconstruction from the log, now and
/// as of each position at which it changed.
pub fn judge_transcripts(viewer: &Viewer, engine: &Engine) -> Result<Vec<String>, VerifyError> {
    let mut problems = Vec::new();
    let reader = viewer.now();
    let directory = engine.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state;
    for workspace in directory.workspaces.iter().copied() {
        let query = ConversationQuery {
            order: ConversationOrder::Oldest,
            limit: LIMIT,
            ..ConversationQuery::of(workspace)
        };
        for conversation in reader.conversations(&query)?.items {
            let id = ConversationId(conversation.id);
            if !is_same(&reader, engine, workspace, id)? {
                problems.push(format!(
                    "conversation {id} is another one when it is reconstructed from the log"
                ));
            }
        }
    }
    Ok(problems)
}

fn is_same(
    reader: &Reader,
    engine: &Engine,
    workspace: WorkspaceId,
    id: ConversationId,
) -> Result<bool, VerifyError> {
    let cut = engine.log().head();
    let wrong = |error: convolog_projections::ReconstructError| match error {
        convolog_projections::ReconstructError::Query(error) => VerifyError::from(error),
        convolog_projections::ReconstructError::Engine(error) => VerifyError::from(error),
    };
    let again = reconstruct(engine, workspace, id, cut).map_err(wrong)?;
    let query = MessageQuery { limit: LIMIT, ..MessageQuery::of(workspace, id) };
    let messages = reader.messages(&query)?.items;
    let shown = reader.conversation(workspace, id)?;
    Ok(again.is_some_and(|again| Some(again.conversation) == shown && again.messages == messages))
}
