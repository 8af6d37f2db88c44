//! Which events are wanted: by type and by stream.

use convolog_domain::{Event, StreamKind, WorkspaceId};
use convolog_engine::Stream;
use convolog_log::Filter;
use uuid::Uuid;

use crate::problem::{Outcome, Problem};

/// The filter for a workspace, with the types (`a,b`) and the stream (`kind/id`) that are asked for.
pub(super) fn filter(
    workspace: WorkspaceId,
    types: Option<&str>,
    stream: Option<&str>,
) -> Outcome<Filter> {
    Ok(Filter {
        workspace: Some(workspace.0),
        stream: stream.map(|text| read_stream(workspace, text)).transpose()?.map(|s| s.key()),
        types: types.map(read_types).transpose()?.unwrap_or_default(),
    })
}

fn read_types(text: &str) -> Outcome<Vec<u16>> {
    let catalogue = Event::catalogue();
    let mut codes = Vec::new();
    for name in text.split(',').map(str::trim) {
        let row = catalogue.iter().find(|row| row.name == name).ok_or_else(|| {
            Problem::field("type", "type must be one or more types of events, separated by commas.")
                .allowing(catalogue.iter().map(|row| row.name))
        })?;
        codes.push(row.code);
    }
    Ok(codes)
}

fn read_stream(workspace: WorkspaceId, text: &str) -> Outcome<Stream> {
    let wrong = || {
        Problem::field(
            "stream",
            "stream must be a kind and an id: conversation/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c.",
        )
        .allowing(StreamKind::ALL.map(StreamKind::name))
    };
    let (kind, id) = text.split_once('/').ok_or_else(wrong)?;
    let kind = StreamKind::ALL.into_iter().find(|one| one.name() == kind).ok_or_else(wrong)?;
    let id = Uuid::try_parse(id).map_err(|_| wrong())?;
    Ok(Stream::new(workspace, kind, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_streams_are_read_or_named() {
        let workspace = WorkspaceId(Uuid::from_u128(7));
        let id = Uuid::from_u128(9);
        let asked = format!("conversation/{id}");
        let found =
            filter(workspace, Some("message_received, contact_created"), Some(&asked)).unwrap();
        assert_eq!(found.types.len(), 2);
        assert_eq!(
            found.stream.unwrap(),
            Stream::new(workspace, StreamKind::Conversation, id).key()
        );
        assert!(filter(workspace, Some("nope"), None).is_err());
        for wrong in ["conversation", "nope/00000000-0000-0000-0000-000000000009", "conversation/x"]
        {
            assert!(filter(workspace, None, Some(wrong)).is_err(), "{wrong}");
        }
    }
}
