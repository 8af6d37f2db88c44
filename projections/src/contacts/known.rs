//! Finding contacts by a phone number or an e-mail address: by its token, which only the vault knows.

use convolog_domain::{ContactId, Token, WorkspaceId};

use super::ContactRow;
use crate::error::QueryError;
use crate::people::People;
use crate::rows::Rows;
use crate::store::Stored;

impl Rows {
    /// The contacts that go by what this token stands for or went by it, or whose lead has it: those
    /// that go on, each once, the newest first. Nobody whose data was erased.
    pub fn contacts_known_by(
        &self,
        workspace: WorkspaceId,
        token: Token,
    ) -> Result<Vec<ContactId>, QueryError> {
        let mut named = Vec::new();
        for stored in self.models().contacts()?.by_token(workspace, token)? {
            named.push(stored.row.id);
        }
        for lead in self.models().leads()?.known_by(workspace, token, &[])? {
            let lead = self.standing_lead(workspace, lead)?;
            named.extend(lead.and_then(|stored| stored.row.contact));
        }
        let mut found: Vec<Stored<ContactRow>> = Vec::new();
        for id in named {
            let standing = self.standing(workspace, id)?;
            found.extend(standing.filter(|stored| {
                stored.row.erased.is_none()
                    && found.iter().all(|known| known.row.id != stored.row.id)
            }));
        }
        found.sort_by_key(|stored| std::cmp::Reverse(stored.row.created));
        Ok(found.into_iter().map(|stored| stored.row.id).collect())
    }
}
