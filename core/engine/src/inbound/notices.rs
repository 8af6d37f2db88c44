//! Everything that is neither message nor status: kept whole on the channel.

use convolog_domain::{
    ClaimKey, ContactId, Content, Decision, FragmentContent, Personal, StreamKind, SubjectId,
    channel::NoticeReceived,
};
use convolog_log::Origin;
use convolog_whatsapp::Notice;

use super::messages::alongside;
use super::planner::{Item, Planner, Telling};
use crate::error::EngineError;

impl Planner<'_> {
    pub(crate) fn plan_notice(
        &mut self,
        item: &mut Item<'_>,
        notice: &Notice,
    ) -> Result<(), EngineError> {
        let key = ClaimKey::Fragment(item.fragment);
        if self.telling(&key, item)? == Telling::Same {
            return Ok(());
        }
        let contact = match &notice.identity_change {
            Some(change) if !change.before.is_unknown() => {
                let known = self.contact_of(&change.before, None, Origin::Live)?;
                let (before, after) = (&change.before, &change.after);
                Some(self.identity_changed(known, before, after, notice.timestamp, Origin::Live)?)
            }
            _ => self.preference(notice)?,
        };
        let subject = self.notice_subject(notice, contact)?;
        let decision = Decision::new(NoticeReceived {
            field: item.update.place.field.clone(),
            event: notice.event.clone(),
            at: notice.timestamp,
            contact,
            errors: notice.errors.iter().filter_map(|error| error.code).collect(),
            fragment: item.fragment,
        })
        .sealing(Personal {
            subject,
            content: Content::Fragment(FragmentContent {
                fragment: item.update.fragment.text.as_str().into(),
                alongside: alongside(&item.update.alongside),
            }),
        })
        .claiming(key);
        self.received.accepted += 1;
        self.push(StreamKind::Channel, item.channel.0, decision, Origin::Live);
        self.plan_limits(item, notice.timestamp)?;
        let element = &item.update.fragment.text;
        self.plan_template_news(&item.update.place, notice.timestamp, element)
    }

    /// What somebody chose in the platform's settings, and who that is.
    fn preference(&mut self, notice: &Notice) -> Result<Option<ContactId>, EngineError> {
        let (Some(news), [party]) = (notice.preference, notice.parties.as_slice()) else {
            return Ok(None);
        };
        if self.was_erased_since(party, notice.timestamp)? {
            return Ok(None);
        }
        let contact = self.contact_of(party, None, Origin::Live)?;
        self.take_preference(contact, news, notice.timestamp)?;
        Ok(Some(contact))
    }

    /// For whom a notice is sealed: the one person it names, all of them together, or, as it may name
    /// somebody in words that we do not know, a subject of its own, which can be erased by itself.
    fn notice_subject(
        &mut self,
        notice: &Notice,
        contact: Option<ContactId>,
    ) -> Result<SubjectId, EngineError> {
        let mut subjects: Vec<_> = contact.map(SubjectId::from).into_iter().collect();
        for party in &notice.parties {
            if let Some(subject) = self.subject_of(party)?
                && !subjects.contains(&subject)
            {
                subjects.push(subject);
            }
        }
        Ok(match subjects.as_slice() {
            [] => SubjectId(self.ctx.next_id()),
            [one] => *one,
            several => {
                let members: Vec<_> = several.iter().map(|subject| subject.0).collect();
                SubjectId(self.engine.vault().joint_subject(self.workspace.0, &members)?)
            }
        })
    }
}
