//! Connecting a number again: the same channel goes on, so that its conversations do.

use convolog_domain::channel::Channel;
use convolog_domain::number::{Number, ReleaseNumber};
use convolog_domain::{ChannelId, ClaimKey, StreamKind, WorkspaceId};
use convolog_engine::{Caller, Engine, Stream};
use uuid::Uuid;

use crate::problem::Outcome;

/// The channel of this workspace that holds the number without being connected, because connecting
/// was cut short. Its hold is let go, so that connecting can start over.
pub(crate) async fn channel_of_number(
    engine: &Engine,
    caller: &Caller,
    phone_number_id: &str,
) -> Outcome<Option<ChannelId>> {
    let Some(number) = number_stream(engine, phone_number_id)? else { return Ok(None) };
    let loaded = engine.load::<Number>(WorkspaceId::INSTALLATION, number)?;
    let Some(owner) = loaded.state.owner.as_ref() else { return Ok(None) };
    let ours = owner.workspace == caller.workspace;
    if !ours || engine.load::<Channel>(owner.workspace, owner.channel.0)?.state.connected {
        return Ok(None);
    }
    let channel = owner.channel;
    let release = ReleaseNumber { workspace: caller.workspace, channel };
    let control = caller.in_workspace(WorkspaceId::INSTALLATION);
    engine.execute(&control, number, release).await?;
    Ok(Some(channel))
}

fn number_stream(engine: &Engine, phone_number_id: &str) -> Outcome<Option<Uuid>> {
    let key = ClaimKey::Number(phone_number_id.to_owned());
    let claim = engine.claim_hash(WorkspaceId::INSTALLATION, &key)?;
    let holder = engine.log().holder(&claim)?;
    let stream = holder.and_then(|holder| Stream::from_key(holder.stream));
    Ok(stream.filter(|stream| stream.kind == StreamKind::Number).map(|stream| stream.id))
}
