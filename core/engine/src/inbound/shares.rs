//! What of a post each workspace takes, and the unique key by which the same again is known.
//!
//! A post that is taken whole claims its body. A part, whether it came beside parts of others or
//! out of the quarantine, claims itself within that body: so no part stands in for another.

use convolog_domain::{ClaimKey, Hash32, WorkspaceId};
use convolog_whatsapp::{NotMeta, Part, Post};

use super::owners::Sorted;
use super::{Signed, sha256};

/// What one workspace takes.
pub(crate) struct Share {
    pub(crate) workspace: WorkspaceId,
    /// Held once it is recorded.
    pub(crate) claim: ClaimKey,
    pub(crate) post: Result<Post, NotMeta>,
}

/// Reads what each workspace takes of `text`: a body, or what was set aside of one.
pub(crate) fn read(signed: &Signed, text: &[u8], sorted: &Sorted) -> Vec<Share> {
    let undivided = sorted.foreign.is_empty() && sorted.ours.len() == 1;
    let share = |(workspace, parts): (&WorkspaceId, &Vec<Part>)| {
        let joined;
        let text = if undivided {
            text
        } else {
            joined = convolog_whatsapp::join(parts);
            joined.as_bytes()
        };
        let whole = undivided && signed.quarantined.is_none();
        let claim =
            claim(signed.body_sha256, if whole { signed.body_sha256 } else { sha256(text) });
        let post = convolog_whatsapp::parse_part(text, &signed.body_sha256.0);
        Share { workspace: *workspace, claim, post }
    };
    sorted.ours.iter().map(share).collect()
}

fn claim(body: Hash32, part: Hash32) -> ClaimKey {
    if part == body { ClaimKey::Post(body) } else { ClaimKey::PostPart(body, part) }
}
