//! Finding a lead by what only the vault or a claim can tell.

use convolog_domain::contact::{Contact, IdentityKind};
use convolog_domain::lead::Tokens;
use convolog_domain::{
    ClaimKey, ContactId, Hash32, LeadId, Refusal, RefusalCode, Sensitive, StreamKind, SubjectId,
    Token, WorkspaceId,
};
use convolog_whatsapp::phone;
use uuid::Uuid;

use crate::engine::Engine;
use crate::error::EngineError;

/// How far a chain of merges is followed.
pub(super) const MAX_MERGES: usize = 64;

/// What a text is compared by if it is an identity of this kind; none if it cannot be one.
pub fn compared_by(kind: IdentityKind, text: &str) -> Option<String> {
    match kind {
        IdentityKind::Phone => phone::identity(text),
        IdentityKind::Email => email(text),
        IdentityKind::Bsuid | IdentityKind::ParentBsuid | IdentityKind::Other => {
            Some(text.to_owned())
        }
    }
}

/// An e-mail address in small letters: something before the only `@`, something after it, no spaces.
/// Whether anybody reads it only they can tell.
fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let plain = |part: &str| {
        !part.is_empty() && !part.chars().any(|c| c == '@' || c.is_whitespace() || c.is_control())
    };
    let is_one = text.split_once('@').is_some_and(|(name, domain)| plain(name) && plain(domain));
    is_one.then_some(text)
}

impl Engine {
    /// The lead of a contact, or of whoever else a subject is.
    pub fn lead_of(
        &self,
        workspace: WorkspaceId,
        subject: SubjectId,
    ) -> Result<Option<LeadId>, EngineError> {
        self.lead_holding(workspace, &ClaimKey::Lead(subject))
    }

    /// The lead to which another system gave this id.
    pub fn lead_with_external_id(
        &self,
        workspace: WorkspaceId,
        external_id: &Sensitive,
    ) -> Result<Option<LeadId>, EngineError> {
        let hash = self.external_id_hash(workspace, external_id)?;
        self.lead_holding(workspace, &ClaimKey::LeadExternalId(hash))
    }

    /// The token of a phone number, if it has one in this workspace.
    pub fn token_of_phone(
        &self,
        workspace: WorkspaceId,
        phone: &Sensitive,
    ) -> Result<Option<Token>, EngineError> {
        self.known_token(workspace, IdentityKind::Phone, phone)
    }

    /// The token of an e-mail address, if it has one in this workspace.
    pub fn token_of_email(
        &self,
        workspace: WorkspaceId,
        email: &Sensitive,
    ) -> Result<Option<Token>, EngineError> {
        self.known_token(workspace, IdentityKind::Email, email)
    }

    fn lead_holding(
        &self,
        workspace: WorkspaceId,
        key: &ClaimKey,
    ) -> Result<Option<LeadId>, EngineError> {
        let holder = self.log().holder(&self.claim_hash(workspace, key)?)?;
        Ok(holder.map(|holder| LeadId(holder.stream.id)))
    }

    pub(super) fn external_id_hash(
        &self,
        workspace: WorkspaceId,
        external_id: &Sensitive,
    ) -> Result<Hash32, EngineError> {
        let text = external_id.expose().trim();
        self.keyed_hash(workspace, "lead-external-id", &[text.as_bytes()])
    }

    fn known_token(
        &self,
        workspace: WorkspaceId,
        kind: IdentityKind,
        text: &Sensitive,
    ) -> Result<Option<Token>, EngineError> {
        let Some(value) = compared_by(kind, text.expose()) else { return Ok(None) };
        let kept = self.vault().find_identity(workspace.0, kind.code(), value.as_bytes())?;
        Ok(kept.map(|kept| Token(kept.token)))
    }

    /// The subject that a phone number is known by; it is promised to `hint` if there is none.
    pub(super) fn subject_of_phone(
        &self,
        workspace: WorkspaceId,
        phone: &Sensitive,
        hint: Uuid,
    ) -> Result<Option<SubjectId>, EngineError> {
        let kind = IdentityKind::Phone;
        let Some(value) = compared_by(kind, phone.expose()) else { return Ok(None) };
        let value = value.as_bytes();
        let kept = self.vault().identity_token(workspace.0, kind.code(), value, hint)?;
        self.whose(workspace, Token(kept.token), SubjectId(kept.subject)).map(Some)
    }

    /// The subject that a phone number is known by, if it is; nothing is promised.
    pub(crate) fn known_by_phone(
        &self,
        workspace: WorkspaceId,
        phone: &Sensitive,
    ) -> Result<Option<SubjectId>, EngineError> {
        let kind = IdentityKind::Phone;
        let Some(value) = compared_by(kind, phone.expose()) else { return Ok(None) };
        let kept = self.vault().find_identity(workspace.0, kind.code(), value.as_bytes())?;
        kept.map(|kept| self.whose(workspace, Token(kept.token), SubjectId(kept.subject)))
            .transpose()
    }

    /// Whoever has the identity of a token: its contact, or whom it was promised to.
    fn whose(
        &self,
        workspace: WorkspaceId,
        token: Token,
        promised: SubjectId,
    ) -> Result<SubjectId, EngineError> {
        let claim = self.claim_hash(workspace, &ClaimKey::Identity(token))?;
        Ok(match self.log().holder(&claim)? {
            Some(holder) => self.standing(workspace, ContactId(holder.stream.id))?.into(),
            None => promised,
        })
    }

    /// The tokens of what is set, made for `subject` where there are none.
    pub(super) fn tokens_of(
        &self,
        workspace: WorkspaceId,
        subject: SubjectId,
        phone: Option<&Sensitive>,
        email: Option<&Sensitive>,
    ) -> Result<Tokens, EngineError> {
        let token = |kind: IdentityKind, text: Option<&Sensitive>| {
            let Some(value) = text.and_then(|text| compared_by(kind, text.expose())) else {
                return Ok::<_, EngineError>(None);
            };
            let value = value.as_bytes();
            let kept = self.vault().identity_token(workspace.0, kind.code(), value, subject.0)?;
            Ok(Some(Token(kept.token)))
        };
        Ok(Tokens {
            phone: token(IdentityKind::Phone, phone)?,
            email: token(IdentityKind::Email, email)?,
        })
    }

    /// The contact that goes on for this one.
    pub(crate) fn standing(
        &self,
        workspace: WorkspaceId,
        mut contact: ContactId,
    ) -> Result<ContactId, EngineError> {
        for _ in 0..MAX_MERGES {
            let state = self.load::<Contact>(workspace, contact.0)?.state;
            let Some(into) = state.merged_into else { break };
            contact = into;
        }
        Ok(contact)
    }

    /// The contact that a lead is to be linked with: it exists, and its data was not erased.
    pub(super) fn linkable(
        &self,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<ContactId, EngineError> {
        let contact = self.standing(workspace, contact)?;
        let state = self.load::<Contact>(workspace, contact.0)?.state;
        let code = match (state.created, state.erased) {
            (true, false) => return Ok(contact),
            (true, true) => RefusalCode::Erased,
            (false, _) => RefusalCode::NotFound,
        };
        let detail = "there is no such contact, or its data was erased";
        Err(Refusal { field: Some("contact_id"), ..Refusal::new(code, detail) }.into())
    }

    /// Refuses a second lead for somebody whom this field names.
    pub(super) fn is_no_lead(
        &self,
        workspace: WorkspaceId,
        subject: SubjectId,
        field: &'static str,
    ) -> Result<(), EngineError> {
        match self.lead_of(workspace, subject)? {
            Some(lead) => Err(already(lead, field).into()),
            None => Ok(()),
        }
    }
}

/// Somebody is a lead already, or another system's id is taken.
pub(super) fn already(lead: LeadId, field: &'static str) -> Refusal {
    let detail = format!("there is a lead of this person or with this id already: {lead}");
    let refusal = Refusal::new(RefusalCode::AlreadyExists, detail);
    Refusal { field: Some(field), ..refusal.because_of(StreamKind::Lead, lead.0) }
}
