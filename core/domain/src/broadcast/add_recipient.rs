//! Add somebody who is to hear a broadcast.

use std::collections::BTreeMap;

use super::{Broadcast, RecipientAdded, State, Status};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{BroadcastId, ContactId};
use crate::limits::{CAPTION_CHARS_MAX, RECIPIENTS_MAX};
use crate::personal::{Content, ParametersContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// Somebody is to hear it, with their own words filled in. Until it is started; each person once.
///
/// Who: a key with the scope `write`. Refuses: a broadcast that does not exist (`not_found`) or was
/// started (`not_allowed_now`), more than [`RECIPIENTS_MAX`] recipients, a name that the message has not,
/// one that it has and nothing is given for, a value that is blank or too long. That the contact exists
/// stands in another stream; the caller looks there.
#[derive(Clone, Debug)]
pub struct AddRecipient {
    /// The stream that this is decided on.
    pub broadcast: BroadcastId,
    /// Who.
    pub contact: ContactId,
    /// What is filled in, by name.
    pub values: BTreeMap<String, Sensitive>,
}

impl Command for AddRecipient {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.takes_recipients()?;
        let Self { broadcast, contact, values } = self;
        let checked = state.checked(values)?;
        if state.recipients >= RECIPIENTS_MAX {
            let detail = format!("a broadcast has at most {RECIPIENTS_MAX} recipients");
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        let number = state.recipients.saturating_add(1);
        let added = Decision::new(RecipientAdded { number, contact })
            .claiming(ClaimKey::Recipient(broadcast, contact));
        if checked.is_empty() {
            return Ok(vec![added]);
        }
        let content = Content::Parameters(ParametersContent { values: checked });
        Ok(vec![added.sealing(Personal { subject: contact.into(), content })])
    }
}

impl State {
    /// Whether anybody can be added still.
    ///
    /// # Errors
    /// A [`Refusal`] if it does not exist or was started.
    pub fn takes_recipients(&self) -> Result<(), Refusal> {
        self.must_be(&[Status::Draft], "recipients are added before it is started")
    }

    /// What is to be filled in for somebody, if it is what the message needs.
    ///
    /// # Errors
    /// A [`Refusal`] of the field `parameters`.
    pub fn checked(
        &self,
        values: BTreeMap<String, Sensitive>,
    ) -> Result<BTreeMap<String, Sensitive>, Refusal> {
        let needed = &self.existing()?.parameters;
        if let Some(name) = needed.iter().find(|name| !values.contains_key(*name)) {
            return Err(Refusal::field("parameters", format!("needs a value for {name}")));
        }
        if values.keys().any(|name| !needed.contains(name)) {
            let detail = "has a name that does not stand in the message";
            return Err(Refusal::field("parameters", detail).allowing(needed));
        }
        let checked = values.into_iter().map(|(name, value)| {
            Ok((name, validate::text("parameters", value, CAPTION_CHARS_MAX)?))
        });
        checked.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{ANA, BROADCAST, added, created, started};
    use crate::testing::given;

    fn add(values: &[(&str, &str)]) -> AddRecipient {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
        AddRecipient { broadcast: BROADCAST, contact: ANA, values: values.collect() }
    }

    #[test]
    fn a_recipient_has_a_number_and_what_is_filled_in_is_sealed_for_them() {
        let values = [("first_name".to_owned(), Sensitive::from("Ana"))].into();
        given::<Broadcast>([created(), added()])
            .when(add(&[("first_name", "Ana")]))
            .then([RecipientAdded { number: 2, contact: ANA }.into()])
            .sealing([Personal {
                subject: ANA.into(),
                content: Content::Parameters(ParametersContent { values }),
            }])
            .claiming([ClaimKey::Recipient(BROADCAST, ANA)]);
    }

    #[test]
    fn what_the_message_needs_is_given_and_nothing_else() {
        for values in
            [&[][..], &[("first_name", " ")], &[("first_name", "Ana"), ("last_name", "Sosa")]]
        {
            given::<Broadcast>([created()])
                .when(add(values))
                .refused(RefusalCode::InvalidField)
                .at("parameters");
        }
    }

    #[test]
    fn nobody_is_added_to_what_was_started_or_does_not_exist_or_is_full() {
        let ana = || add(&[("first_name", "Ana")]);
        given::<Broadcast>([created(), started()]).when(ana()).refused(RefusalCode::NotAllowedNow);
        given::<Broadcast>([]).when(ana()).refused(RefusalCode::NotFound);
        let last = RecipientAdded { number: RECIPIENTS_MAX, contact: ANA };
        given::<Broadcast>([created(), last.into()])
            .when(ana())
            .refused(RefusalCode::NotAllowedNow);
    }
}
