//! A post printed again from its events: what came in can be shown as it came.

use std::collections::HashMap;

use convolog_domain::{Content, Event, Hash32, Sensitive, receipt::FragmentPlace};
use convolog_log::{ClaimHash, Position};
use convolog_whatsapp::reassemble;

use super::planner::fragment_of;
use crate::disclose::{Disclose, Disclosure};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::recorded::Recorded;

/// What stands where something was erased.
const ERASED: &str = "{\"erased\":true}";

/// How many events of a commit are read at a time.
const BATCH: usize = 500;

/// Why a post cannot be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// No receipt stands there.
    #[error(
        "position {0} is not the receipt of a post; give the position of a `post_received` event"
    )]
    NotAReceipt(Position),
    /// The events could not be read.
    #[error("the events of the post could not be read")]
    Engine(#[from] EngineError),
    /// The list of what goes where cannot be read: a bug.
    #[error("the list of the pieces of the post cannot be read")]
    Places,
    /// The pieces do not fit.
    #[error("the pieces of the post do not fit together")]
    Pieces(#[from] convolog_whatsapp::ReassembleError),
}

/// The post whose receipt stands at `position`: byte for byte as it came, but for what was erased
/// (a mark stands there) and for repetitions (which show as they were told first). Of a post that
/// spoke of several workspaces, the part of the receipt's.
pub fn print_post(engine: &Engine, position: Position) -> Result<String, PrintError> {
    let recorded = at(engine, position)?.ok_or(PrintError::NotAReceipt(position))?;
    let Event::Receipt(convolog_domain::receipt::Event::PostReceived(receipt)) = &recorded.event
    else {
        return Err(PrintError::NotAReceipt(position));
    };
    let mut sealed = pieces(engine, &recorded).into_iter();
    let skeleton = sealed.next().flatten().unwrap_or_else(|| Sensitive::from(ERASED));
    let fragments = match sealed.next().flatten() {
        Some(list) => serde_json::from_str(list.expose()).map_err(|_| PrintError::Places)?,
        None => receipt.fragments.clone(),
    };
    let mut told = commit_pieces(engine, &recorded)?;
    for place in &fragments {
        if let (Some(claim), false) = (place.known_by, told.contains_key(&place.fragment)) {
            let found = known(engine, claim)?;
            told.insert(place.fragment, found);
        }
    }
    let slots = by_slot(&fragments, &told);
    let text = reassemble(skeleton.expose(), |slot| {
        slots.get(&slot).copied().flatten().map(Sensitive::expose).or(Some(ERASED))
    })?;
    Ok(text)
}

type Pieces = Vec<Option<Sensitive>>;

fn by_slot<'p>(
    fragments: &[FragmentPlace],
    told: &'p HashMap<Hash32, Pieces>,
) -> HashMap<u32, Option<&'p Sensitive>> {
    fragments
        .iter()
        .map(|place| {
            let pieces = told.get(&place.fragment);
            let piece = pieces.and_then(|pieces| pieces.get(usize::from(place.part)));
            (place.slot, piece.and_then(Option::as_ref))
        })
        .collect()
}

/// The pieces told by the events of the receipt's own commit.
fn commit_pieces(
    engine: &Engine,
    receipt: &Recorded,
) -> Result<HashMap<Hash32, Pieces>, PrintError> {
    let first = receipt.position.0.saturating_sub(u64::from(receipt.index));
    let mut after = Position(first.saturating_sub(1));
    let mut told = HashMap::new();
    while after < receipt.position {
        let (records, reached) = engine
            .log()
            .read(after, BATCH, &convolog_log::Filter::default())
            .map_err(EngineError::from)?;
        if reached <= after {
            break;
        }
        after = reached;
        for record in records {
            let recorded = Recorded::read(&record).map_err(EngineError::from)?;
            if recorded.commit_id == receipt.commit_id
                && let Some(fragment) = fragment_of(&recorded.event)
            {
                told.entry(fragment).or_insert_with(|| pieces(engine, &recorded));
            }
        }
    }
    Ok(told)
}

/// The pieces of something that was known when the post came.
fn known(engine: &Engine, claim: Hash32) -> Result<Pieces, PrintError> {
    let holder = engine.log().holder(&ClaimHash(claim.0)).map_err(EngineError::from)?;
    let Some(holder) = holder else { return Ok(Vec::new()) };
    Ok(at(engine, holder.position)?.map(|recorded| pieces(engine, &recorded)).unwrap_or_default())
}

fn at(engine: &Engine, position: Position) -> Result<Option<Recorded>, EngineError> {
    match engine.log().get(position)? {
        Some(record) => Ok(Some(Recorded::read(&record)?)),
        None => Ok(None),
    }
}

/// The element that an event tells, then what stood elsewhere but belongs to it.
fn pieces(engine: &Engine, recorded: &Recorded) -> Pieces {
    let opened = engine.open(recorded).into_iter().find_map(|opened| match opened.disclosure {
        Disclosure::Content(content) => Some(content),
        Disclosure::Erased | Disclosure::Unreadable(_) => None,
    });
    let (fragment, alongside) = match opened {
        Some(Content::Message(content)) => (content.fragment, content.alongside),
        Some(Content::Status(content)) => (content.fragment, content.alongside),
        Some(Content::Fragment(content)) => (Some(content.fragment), content.alongside),
        _ => (None, Vec::new()),
    };
    std::iter::once(fragment).chain(alongside.into_iter().map(Some)).collect()
}
