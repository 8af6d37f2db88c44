//! Whom an update is about: one person stays one contact, however the platform names them.
//!
//! An identity is a token that the vault keeps for a value; the contact that claimed the token is the
//! person. Identities of one update that belong to different contacts show that these are the same
//! person: the older contact goes on for both.

use convolog_domain::Aggregate as _;
use convolog_domain::{
    ClaimKey, ContactId, Content, Decision, IdentityContent, Personal, ProfileContent, StreamKind,
    SubjectId, Token,
    contact::{
        Contact, ContactAbsorbed, ContactCreated, ContactMerged, IdentitiesSeenTogether,
        IdentityAdded, IdentityChanged, IdentityKind, ProfileSeen, SeenWith,
    },
};
use convolog_log::{Origin, Position};
use convolog_whatsapp::{Party, phone};

use super::planner::{Person, Planner};
use crate::error::EngineError;
use crate::recorded::Stream;

/// How far a chain of merges is followed.
const MAX_MERGES: usize = 64;

/// One identity of a party: what it is compared by, and how it was sent.
pub(crate) struct Identity {
    pub(crate) kind: IdentityKind,
    pub(crate) normal: String,
    pub(crate) sent: String,
}

/// What is known of an identity.
struct Recognised {
    identity: Identity,
    /// What the vault keeps for it.
    kept: Option<convolog_vault::Identity>,
    /// Whose it is.
    contact: Option<ContactId>,
}

/// Everything by which a party can be recognised.
fn identities(party: &Party) -> Vec<Identity> {
    let phone = party.phone.as_ref().map(|sent| Identity {
        kind: IdentityKind::Phone,
        normal: phone::identity(sent).unwrap_or_else(|| sent.clone()),
        sent: sent.clone(),
    });
    let scoped = [
        (IdentityKind::Bsuid, &party.bsuid),
        (IdentityKind::ParentBsuid, &party.parent_bsuid),
        (IdentityKind::Other, &party.other),
    ]
    .into_iter()
    .filter_map(|(kind, id)| id.as_ref().map(|id| (kind, id)))
    .map(|(kind, id)| Identity { kind, normal: id.clone(), sent: id.clone() });
    phone.into_iter().chain(scoped).collect()
}

impl Planner<'_> {
    /// Whether this person was erased after `at` (seconds since 1970): a delivery about the time
    /// before is a redelivery of what may no longer be kept.
    pub(crate) fn was_erased_since(
        &self,
        party: &Party,
        at: Option<i64>,
    ) -> Result<bool, EngineError> {
        let now = self.ctx.now_seconds();
        for identity in identities(party) {
            let erased = self.engine.vault().erased_identity(
                self.workspace.0,
                identity.kind.code(),
                identity.normal.as_bytes(),
                now,
            )?;
            if erased.is_some_and(|erased_at| at.is_none_or(|at| at <= erased_at)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The contact behind a party, created, completed or merged as needed. `anchor` is the contact
    /// of what the update is about, if that is known: it is the same person.
    pub(crate) fn contact_of(
        &mut self,
        party: &Party,
        anchor: Option<ContactId>,
        origin: Origin,
    ) -> Result<ContactId, EngineError> {
        let mut recognised = self.recognise(party)?;
        self.leave_recycled_phone(&mut recognised)?;
        let mut known: Vec<_> = anchor.into_iter().collect();
        for contact in recognised.iter().filter_map(|one| one.contact) {
            if !known.contains(&contact) {
                known.push(contact);
            }
        }
        let promised = recognised.iter().find_map(|one| one.kept.map(|kept| kept.subject));
        let hint = self.ctx.next_id();
        let contact = match known.as_slice() {
            [] => self.create(ContactId(promised.unwrap_or(hint)), origin)?,
            [one] => *one,
            _ => self.merge(&known, origin)?,
        };
        let mut tokens = Vec::with_capacity(recognised.len());
        for one in recognised {
            let token = match (one.kept, one.contact) {
                (Some(kept), Some(_)) => Token(kept.token),
                (kept, _) => self.attach(contact, &one.identity, kept, (&tokens, origin))?,
            };
            tokens.push((one.identity.kind, token));
        }
        self.see_together(contact, &tokens, origin)?;
        Ok(contact)
    }

    /// Makes an identity that nobody has one of this contact's.
    fn attach(
        &mut self,
        contact: ContactId,
        identity: &Identity,
        kept: Option<convolog_vault::Identity>,
        (before, origin): (&[(IdentityKind, Token)], Origin),
    ) -> Result<Token, EngineError> {
        let token = self.token_of(identity, contact)?;
        if kept.is_some_and(|kept| kept.subject != contact.0) {
            self.engine.vault().move_token(self.workspace.0, token.0, contact.0)?;
        }
        let phone = before.iter().find(|(kind, _)| *kind == IdentityKind::Phone);
        let seen_with = match (identity.kind, phone, &self.account) {
            (IdentityKind::Bsuid, Some((_, phone)), Some(account)) => {
                Some(SeenWith { account: account.clone(), phone: *phone })
            }
            _ => None,
        };
        self.add_identity(contact, identity, (token, seen_with), origin)?;
        self.remember_stop(contact, identity, origin)?;
        Ok(token)
    }

    /// What is known of each identity of a party.
    fn recognise(&mut self, party: &Party) -> Result<Vec<Recognised>, EngineError> {
        let mut out = Vec::new();
        for identity in identities(party) {
            let kept = self.engine.vault().find_identity(
                self.workspace.0,
                identity.kind.code(),
                identity.normal.as_bytes(),
            )?;
            let holder = match kept {
                Some(kept) => self.holder_of(Token(kept.token))?,
                None => None,
            };
            let contact = holder.map(|contact| self.root_of(contact)).transpose()?;
            out.push(Recognised { identity, kept, contact });
        }
        Ok(out)
    }

    /// Phone numbers are given to new people; scoped ids are not. Whoever comes with a number that
    /// came with another scoped id before, under the same account, is somebody else.
    fn leave_recycled_phone(&mut self, found: &mut Vec<Recognised>) -> Result<(), EngineError> {
        let Some((number, owner)) = self.seen_with(found) else { return Ok(()) };
        let Some(scoped) = found.iter().find(|one| one.identity.kind == IdentityKind::Bsuid) else {
            return Ok(());
        };
        if scoped.contact == Some(owner) {
            return Ok(());
        }
        let token = scoped.kept.map(|kept| Token(kept.token));
        for part in self.parts_of(owner)? {
            if self.person(part)?.state.is_somebody_else(&number, token) {
                found.retain(|one| one.identity.kind != IdentityKind::Phone);
                break;
            }
        }
        Ok(())
    }

    /// The phone number among the identities, under the account of the update, and whose it is.
    fn seen_with(&self, found: &[Recognised]) -> Option<(SeenWith, ContactId)> {
        let phone = found.iter().find(|one| one.identity.kind == IdentityKind::Phone)?;
        let phone_token = Token(phone.kept?.token);
        let number = SeenWith { account: self.account.clone()?, phone: phone_token };
        Some((number, phone.contact?))
    }

    /// Remembers that a number and a scoped id of one person came together.
    fn see_together(
        &mut self,
        contact: ContactId,
        tokens: &[(IdentityKind, Token)],
        origin: Origin,
    ) -> Result<(), EngineError> {
        let of = |kind| tokens.iter().find(|(known, _)| *known == kind).map(|(_, token)| *token);
        let (Some(account), Some(phone), Some(scoped)) =
            (self.account.clone(), of(IdentityKind::Phone), of(IdentityKind::Bsuid))
        else {
            return Ok(());
        };
        let seen_with = SeenWith { account, phone };
        for part in self.parts_of(contact)? {
            if self.person(part)?.state.seen.contains(&(seen_with.clone(), scoped)) {
                return Ok(());
            }
        }
        let together = IdentitiesSeenTogether { scoped, seen_with };
        self.write_person(contact, Decision::new(together), origin)
    }

    /// A contact and every contact for which it goes on.
    pub(crate) fn parts_of(&mut self, contact: ContactId) -> Result<Vec<ContactId>, EngineError> {
        let mut parts = vec![contact];
        let mut next = 0;
        while let Some(part) = parts.get(next).copied() {
            next += 1;
            let absorbed = self.person(part)?.state.absorbed.clone();
            parts.extend(
                absorbed.into_iter().filter(|other| !parts.contains(other)).collect::<Vec<_>>(),
            );
        }
        Ok(parts)
    }

    /// The subject for which something about a party is sealed that makes no contact of it: the
    /// contact it is, or the one it will be.
    pub(crate) fn subject_of(&mut self, party: &Party) -> Result<Option<SubjectId>, EngineError> {
        let hint = self.ctx.next_id();
        let mut subject = None;
        for identity in identities(party) {
            let kept = self.engine.vault().identity_token(
                self.workspace.0,
                identity.kind.code(),
                identity.normal.as_bytes(),
                subject.unwrap_or(hint),
            )?;
            let contact = match self.holder_of(Token(kept.token))? {
                Some(contact) => self.root_of(contact)?,
                None => ContactId(kept.subject),
            };
            subject = subject.or(Some(contact.0));
        }
        Ok(subject.map(SubjectId))
    }

    /// A system message or notice: `before` is to be known by the identities of `after` as well.
    pub(crate) fn identity_changed(
        &mut self,
        contact: ContactId,
        before: &Party,
        after: &Party,
        at: Option<i64>,
        origin: Origin,
    ) -> Result<ContactId, EngineError> {
        // Known before: the same person, who is merged. Not known: no contact of its own.
        let root = self.contact_of(after, Some(contact), origin)?;
        for identity in identities(after) {
            let token = self.token_of(&identity, root)?;
            let old = identities(before)
                .into_iter()
                .find(|old| old.kind == identity.kind && old.normal != identity.normal);
            let old = match old {
                Some(old) => Some(self.token_of(&old, root)?),
                None => None,
            };
            let changed = IdentityChanged {
                kind: identity.kind,
                old,
                new: token,
                at: at.unwrap_or_default(),
            };
            // The value stands here too: the event that added it may stand in a merged contact.
            let value = IdentityContent { value: identity.sent.as_str().into() };
            let decision = Decision::new(changed)
                .sealing(Personal { subject: root.into(), content: Content::Identity(value) });
            self.write_person(root, decision, origin)?;
        }
        Ok(root)
    }

    fn token_of(&self, identity: &Identity, subject: ContactId) -> Result<Token, EngineError> {
        Ok(Token(
            self.engine
                .vault()
                .identity_token(
                    self.workspace.0,
                    identity.kind.code(),
                    identity.normal.as_bytes(),
                    subject.0,
                )?
                .token,
        ))
    }

    /// Records the name that came with a message, if it is news.
    pub(crate) fn see_profile(
        &mut self,
        contact: ContactId,
        party: &Party,
        at: Option<i64>,
        origin: Origin,
    ) -> Result<(), EngineError> {
        if party.profile_name.is_none() && party.username.is_none() {
            return Ok(());
        }
        let name = party.profile_name.as_deref().unwrap_or_default();
        let username = party.username.as_deref().unwrap_or_default();
        let value = format!("{}:{name}{username}", name.len());
        let fingerprint = u64::from_be_bytes(self.engine.vault().subject_fingerprint(
            self.workspace.0,
            contact.0,
            "profile",
            value.as_bytes(),
        )?);
        let at = at.unwrap_or_default();
        let known = self.person(contact)?.state.profile;
        if known.is_some_and(|(seen, same)| same == fingerprint || (at, fingerprint) < (seen, same))
        {
            return Ok(());
        }
        let decision = Decision::new(ProfileSeen { at, fingerprint }).sealing(Personal {
            subject: contact.into(),
            content: Content::Profile(ProfileContent {
                name: party.profile_name.clone().map(Into::into),
                username: party.username.clone().map(Into::into),
                email: None,
            }),
        });
        self.write_person(contact, decision, origin)
    }

    /// The contact that goes on for this one.
    pub(crate) fn root_of(&mut self, mut contact: ContactId) -> Result<ContactId, EngineError> {
        for _ in 0..MAX_MERGES {
            match self.person(contact)?.state.merged_into {
                Some(into) => contact = into,
                None => break,
            }
        }
        Ok(contact)
    }

    /// A contact as it will be.
    pub(crate) fn person(&mut self, contact: ContactId) -> Result<&mut Person, EngineError> {
        if !self.people.contains_key(&contact) {
            let loaded = self.engine.load::<Contact>(self.workspace, contact.0)?;
            let state = (*loaded.state).clone();
            self.people.insert(
                contact,
                Person { state, version: loaded.version, written: false, relied_on: false },
            );
        }
        self.people.get_mut(&contact).ok_or_else(|| EngineError::Encoding("a contact".to_owned()))
    }

    pub(crate) fn write_person(
        &mut self,
        contact: ContactId,
        decision: Decision,
        origin: Origin,
    ) -> Result<(), EngineError> {
        let event = decision.event.clone();
        let person = self.person(contact)?;
        person.written = true;
        if let Ok(event) = event.try_into() {
            Contact::evolve(&mut person.state, &event);
        }
        self.push(StreamKind::Contact, contact.0, decision, origin);
        Ok(())
    }

    fn create(&mut self, contact: ContactId, origin: Origin) -> Result<ContactId, EngineError> {
        if !self.person(contact)?.state.created {
            self.write_person(contact, Decision::new(ContactCreated {}), origin)?;
            self.link_lead(contact, origin)?;
        }
        Ok(contact)
    }

    fn add_identity(
        &mut self,
        contact: ContactId,
        identity: &Identity,
        (token, seen_with): (Token, Option<SeenWith>),
        origin: Origin,
    ) -> Result<(), EngineError> {
        self.holders.insert(token, contact);
        let decision = Decision::new(IdentityAdded { kind: identity.kind, token, seen_with })
            .sealing(Personal {
                subject: contact.into(),
                content: Content::Identity(IdentityContent {
                    value: identity.sent.as_str().into(),
                }),
            })
            .claiming(ClaimKey::Identity(token));
        self.write_person(contact, decision, origin)
    }

    fn merge(&mut self, contacts: &[ContactId], origin: Origin) -> Result<ContactId, EngineError> {
        let mut by_age = Vec::with_capacity(contacts.len());
        for contact in contacts {
            by_age.push((self.created_at(*contact)?, *contact));
        }
        by_age.sort_unstable();
        let mut contacts = by_age.into_iter().map(|(_, contact)| contact);
        let Some(root) = contacts.next() else {
            return Err(EngineError::Encoding("a merge of nobody".to_owned()));
        };
        for other in contacts {
            self.write_person(other, Decision::new(ContactMerged { into: root }), origin)?;
            self.write_person(root, Decision::new(ContactAbsorbed { other }), origin)?;
        }
        Ok(root)
    }

    /// Where a contact began; one of this very plan is the newest.
    fn created_at(&self, contact: ContactId) -> Result<Position, EngineError> {
        let stream = Stream::new(self.workspace, StreamKind::Contact, contact.0);
        let first = self.engine.log().read_stream(&stream.key(), 0, 1)?;
        Ok(first.first().map_or(Position(u64::MAX), |record| record.header.position))
    }

    fn holder_of(&self, token: Token) -> Result<Option<ContactId>, EngineError> {
        if let Some(contact) = self.holders.get(&token) {
            return Ok(Some(*contact));
        }
        let holder = self.holder(&ClaimKey::Identity(token))?;
        Ok(holder.map(|holder| ContactId(holder.stream.id)))
    }
}
