//! Change what is known of a lead: contact, fields, score, value, owner.

use std::collections::BTreeMap;

use super::{
    Event, Lead, LeadAssigned, LeadFieldsChanged, LeadScored, LeadValued, LinkContact, Money, State,
};
use crate::ctx::Ctx;
use crate::decision::{Aggregate, Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{ContactId, PersonId, SubjectId, Token};
use crate::limits::{
    LEAD_FIELDS_MAX, LEAD_TEXT_CHARS_MAX, SCORE_MAX, SCORE_REASONS_MAX, SLUG_CHARS_MAX,
};
use crate::personal::{Content, LeadContent, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// New values of fields by name; none takes the value away.
pub type FieldChanges = BTreeMap<String, Option<Sensitive>>;

/// How promising somebody is, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Score {
    /// 0 to 100.
    pub score: u8,
    /// Why, in words of a kind.
    pub reasons: Vec<String>,
    /// Why, in people's own words.
    pub explanation: Option<Sensitive>,
}

/// The tokens of a phone number and an e-mail address that are set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tokens {
    /// Of the phone number.
    pub phone: Option<Token>,
    /// Of the e-mail address.
    pub email: Option<Token>,
}

/// What is known of a lead changes; what is not named stays. The values of fields are sealed, their
/// names are not: a field is called `company`, never after somebody. What is the same as before is
/// not recorded, but for fields, whose values no decision can read. If it turned out which contact it
/// is, that comes first, as with [`LinkContact`], and the contact's key seals the rest: all of it
/// happens, or nothing.
///
/// Who: a key with the scope `write`, for itself or for a person. Refuses: a lead that is not known
/// (`not_found`), that was merged (`not_allowed_now`) or erased (`erased`); a field whose name is
/// no word, whose value is blank or over [`LEAD_TEXT_CHARS_MAX`] characters; more than
/// [`LEAD_FIELDS_MAX`] fields; a score over [`SCORE_MAX`]; a value that is no amount of money; what
/// [`LinkContact`] refuses. That the owner is one of the staff stands in another stream; the caller
/// looks there.
#[derive(Clone, Debug, Default)]
pub struct ChangeLead {
    /// The contact that they turned out to be.
    pub contact: Option<ContactId>,
    /// Fields by name.
    pub fields: FieldChanges,
    /// What the fields `phone` and `email` are found by.
    pub tokens: Tokens,
    /// How promising they are; none inside takes the score away.
    pub score: Option<Option<Score>>,
    /// What they are worth; none inside takes the value away.
    pub value: Option<Option<Money>>,
    /// Who looks after them; none inside takes the owner away.
    pub owner: Option<Option<PersonId>>,
}

impl Command for ChangeLead {
    type Aggregate = Lead;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.stands()?;
        let (mut state, mut decisions) = (state.clone(), Vec::new());
        if let Some(contact) = self.contact {
            decisions = LinkContact { contact }.decide(&state, ctx)?;
            for decision in &decisions {
                if let Ok(event) = Event::try_from(decision.event.clone()) {
                    Lead::evolve(&mut state, &event);
                }
            }
        }
        let subject = state.stands()?;
        decisions.extend(fields(self.fields, self.tokens, &state, subject)?);
        match self.score {
            Some(Some(given)) => decisions.extend(scored(given, &state, subject)?),
            Some(None) => decisions.extend(state.score.map(not_scored)),
            None => {}
        }
        if let Some(value) = self.value {
            let value = value.map(|value| value.checked("value")).transpose()?;
            if value != state.value {
                let old = state.value.clone();
                decisions.push(Decision::new(LeadValued { stage: state.stage, old, value }));
            }
        }
        if let Some(owner) = self.owner.filter(|owner| *owner != state.owner) {
            decisions.push(Decision::new(LeadAssigned { old: state.owner, owner }));
        }
        Ok(decisions)
    }
}

fn fields(
    changes: FieldChanges,
    tokens: Tokens,
    state: &State,
    subject: SubjectId,
) -> Result<Option<Decision>, Refusal> {
    let (mut values, mut removed) = (BTreeMap::new(), Vec::new());
    for (name, value) in changes {
        let name = validate::slug("fields", &name, SLUG_CHARS_MAX)?;
        match value {
            Some(value) => {
                let value = validate::text("fields", value, LEAD_TEXT_CHARS_MAX)?;
                values.insert(name, value);
            }
            None if state.fields.contains(&name) => removed.push(name),
            None => {}
        }
    }
    let staying = state.fields.iter().filter(|name| !removed.contains(name));
    let new = values.keys().filter(|name| !state.fields.contains(*name));
    if staying.count() + new.count() > LEAD_FIELDS_MAX {
        return Err(Refusal::field("fields", format!("takes at most {LEAD_FIELDS_MAX} fields")));
    }
    if values.is_empty() && removed.is_empty() {
        return Ok(None);
    }
    let decision = Decision::new(LeadFieldsChanged {
        set: values.keys().cloned().collect(),
        removed,
        phone: tokens.phone,
        email: tokens.email,
        learned: None,
    });
    if values.is_empty() {
        return Ok(Some(decision));
    }
    let content = LeadContent { fields: values, ..LeadContent::default() };
    Ok(Some(decision.sealing(Personal { subject, content: Content::Lead(Box::new(content)) })))
}

fn scored(score: Score, state: &State, subject: SubjectId) -> Result<Option<Decision>, Refusal> {
    let Score { score, reasons, explanation } = score;
    if score > SCORE_MAX {
        return Err(Refusal::field("score", format!("must be 0 to {SCORE_MAX}")));
    }
    if reasons.len() > SCORE_REASONS_MAX {
        let detail = format!("takes at most {SCORE_REASONS_MAX} reasons");
        return Err(Refusal::field("score_reasons", detail));
    }
    let reasons = reasons
        .iter()
        .map(|reason| validate::slug("score_reasons", reason, SLUG_CHARS_MAX))
        .collect::<Result<Vec<_>, _>>()?;
    if state.score == Some(score) && reasons.is_empty() && explanation.is_none() {
        return Ok(None);
    }
    let old = state.score;
    let decision =
        Decision::new(LeadScored { old, score, reasons, taken_away: false, by_rule: false });
    let Some(text) = explanation else { return Ok(Some(decision)) };
    let text = validate::text("score_explanation", text, LEAD_TEXT_CHARS_MAX)?;
    let content = LeadContent { text: Some(text), ..LeadContent::default() };
    Ok(Some(decision.sealing(Personal { subject, content: Content::Lead(Box::new(content)) })))
}

fn not_scored(old: u8) -> Decision {
    let (old, reasons) = (Some(old), Vec::new());
    Decision::new(LeadScored { old, score: 0, reasons, taken_away: true, by_rule: false })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::claim::ClaimKey;
    use crate::lead::fixtures::{CONTACT, SUBJECT, erased, euros, merged, opened};
    use crate::lead::{LeadLinked, Stage};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const ANA: PersonId = PersonId(Uuid::from_u128(1));

    fn set(fields: &[(&str, Option<&str>)]) -> ChangeLead {
        let fields =
            fields.iter().map(|(name, value)| ((*name).to_owned(), value.map(Sensitive::from)));
        ChangeLead { fields: fields.collect(), ..ChangeLead::default() }
    }

    fn scored_before(score: u8) -> LeadScored {
        LeadScored { old: None, score, reasons: vec![], taken_away: false, by_rule: false }
    }

    fn fields_set(names: &[&str]) -> LeadFieldsChanged {
        LeadFieldsChanged {
            set: names.iter().map(|name| (*name).to_owned()).collect(),
            removed: vec![],
            phone: None,
            email: None,
            learned: None,
        }
    }

    #[test]
    fn values_are_sealed_and_names_are_not() {
        let phone = Token(Uuid::from_u128(9));
        let tokens = Tokens { phone: Some(phone), email: None };
        let fields = [("name", "Ana".into()), ("phone", "+1 202 555 0123".into())];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        given::<Lead>([opened()])
            .when(ChangeLead {
                tokens,
                ..set(&[("phone", Some("+1 202 555 0123")), ("name", Some("Ana"))])
            })
            .then([
                LeadFieldsChanged { phone: Some(phone), ..fields_set(&["name", "phone"]) }.into()
            ])
            .sealing([Personal {
                subject: SUBJECT,
                content: Content::Lead(Box::new(LeadContent {
                    fields: fields.into(),
                    ..LeadContent::default()
                })),
            }]);
    }

    #[test]
    fn once_the_contact_is_known_its_key_seals() {
        let sealed = given::<Lead>([opened(), LeadLinked { contact: CONTACT }.into()])
            .when(set(&[("name", Some("Ana"))]))
            .decided();
        assert_eq!(sealed.0[0].personal[0].subject, CONTACT.into());
    }

    #[test]
    fn only_what_is_there_can_be_taken_away() {
        given::<Lead>([opened(), fields_set(&["name"]).into()])
            .when(set(&[("name", None), ("company", None)]))
            .then([LeadFieldsChanged { removed: vec!["name".into()], ..fields_set(&[]) }.into()])
            .sealing([]);
        given::<Lead>([opened()]).when(set(&[("company", None)])).then([]);
    }

    #[test]
    fn fields_are_words_with_texts_and_not_too_many() {
        for bad in ["", "Full Name", "é", &"x".repeat(SLUG_CHARS_MAX + 1)] {
            given::<Lead>([opened()])
                .when(set(&[(bad, Some("x"))]))
                .refused(RefusalCode::InvalidField)
                .at("fields");
        }
        for bad in ["", "  ", &"x".repeat(LEAD_TEXT_CHARS_MAX + 1)] {
            given::<Lead>([opened()])
                .when(set(&[("name", Some(bad))]))
                .refused(RefusalCode::InvalidField)
                .at("fields");
        }
        let names: Vec<_> = (0..LEAD_FIELDS_MAX).map(|n| format!("field_{n}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let full = || [opened(), fields_set(&names).into()];
        given::<Lead>(full())
            .when(set(&[("one_more", Some("x"))]))
            .refused(RefusalCode::InvalidField)
            .at("fields");
        given::<Lead>(full()).when(set(&[("one_more", Some("x")), ("field_0", None)])).decided();
    }

    #[test]
    fn a_score_has_reasons() {
        let score = |score| Score {
            score,
            reasons: vec!["asked_for_price".into()],
            explanation: Some("Wants it this week".into()),
        };
        let change = |of| ChangeLead { score: Some(Some(score(of))), ..ChangeLead::default() };
        let before = scored_before(40);
        given::<Lead>([opened(), before.clone().into()])
            .when(change(90))
            .then([LeadScored {
                old: Some(40),
                score: 90,
                reasons: vec!["asked_for_price".into()],
                taken_away: false,
                by_rule: false,
            }
            .into()])
            .sealing([Personal {
                subject: SUBJECT,
                content: Content::Lead(Box::new(LeadContent {
                    text: Some("Wants it this week".into()),
                    ..LeadContent::default()
                })),
            }]);
        let same = Score { score: 40, reasons: vec![], explanation: None };
        given::<Lead>([opened(), before.into()])
            .when(ChangeLead { score: Some(Some(same)), ..ChangeLead::default() })
            .then([]);
    }

    #[test]
    fn a_score_that_is_there_can_be_taken_away() {
        let none = || ChangeLead { score: Some(None), ..ChangeLead::default() };
        let gone = LeadScored {
            old: Some(40),
            score: 0,
            reasons: vec![],
            taken_away: true,
            by_rule: false,
        };
        given::<Lead>([opened(), scored_before(40).into()])
            .when(none())
            .then([gone.clone().into()])
            .sealing([]);
        given::<Lead>([opened(), scored_before(40).into(), gone.into()]).when(none()).then([]);
    }

    #[test]
    fn the_contact_comes_first_and_seals_what_follows() {
        let change = ChangeLead { contact: Some(CONTACT), ..set(&[("name", Some("Ana"))]) };
        let decided = given::<Lead>([opened()])
            .when(change.clone())
            .then([LeadLinked { contact: CONTACT }.into(), fields_set(&["name"]).into()]);
        decided.claiming([ClaimKey::Lead(CONTACT.into())]);
        assert_eq!(decided.0[1].personal[0].subject, CONTACT.into());
        let other = ContactId(Uuid::from_u128(0xD));
        given::<Lead>([opened(), LeadLinked { contact: other }.into()])
            .when(change)
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn a_score_has_limits() {
        let change = |score: u8, reasons: Vec<String>| ChangeLead {
            score: Some(Some(Score { score, reasons, explanation: None })),
            ..ChangeLead::default()
        };
        given::<Lead>([opened()])
            .when(change(SCORE_MAX + 1, vec![]))
            .refused(RefusalCode::InvalidField)
            .at("score");
        for bad in [vec!["Maria said so".into()], vec!["x".into(); SCORE_REASONS_MAX + 1]] {
            given::<Lead>([opened()])
                .when(change(50, bad))
                .refused(RefusalCode::InvalidField)
                .at("score_reasons");
        }
    }

    #[test]
    fn a_value_carries_the_stage_and_the_value_before() {
        let value = |value| ChangeLead { value: Some(value), ..ChangeLead::default() };
        let valued = |old, value| LeadValued { stage: Stage::New, old, value };
        given::<Lead>([opened()]).when(value(Some(euros(900)))).then([valued(
            None,
            Some(euros(900)),
        )
        .into()]);
        let before = || [opened(), valued(None, Some(euros(900))).into()];
        given::<Lead>(before()).when(value(None)).then([valued(Some(euros(900)), None).into()]);
        given::<Lead>(before()).when(value(Some(euros(900)))).then([]);
        for bad in [
            Money { amount: u64::MAX, ..euros(0) },
            Money { currency: "eur".into(), ..euros(1) },
            Money { currency: "EURO".into(), ..euros(1) },
        ] {
            given::<Lead>([opened()])
                .when(value(Some(bad)))
                .refused(RefusalCode::InvalidField)
                .at("value");
        }
    }

    #[test]
    fn somebody_looks_after_them() {
        let owner = |owner| ChangeLead { owner: Some(owner), ..ChangeLead::default() };
        let assigned = |old, owner| LeadAssigned { old, owner };
        given::<Lead>([opened()]).when(owner(Some(ANA))).then([assigned(None, Some(ANA)).into()]);
        given::<Lead>([opened(), assigned(None, Some(ANA)).into()])
            .when(owner(None))
            .then([assigned(Some(ANA), None).into()]);
        given::<Lead>([opened()]).when(owner(None)).then([]);
    }

    #[test]
    fn what_is_not_there_does_not_change() {
        let change = || set(&[("name", Some("Ana"))]);
        given::<Lead>([]).when(change()).refused(RefusalCode::NotFound);
        given::<Lead>([opened(), merged()]).when(change()).refused(RefusalCode::NotAllowedNow);
        given::<Lead>([opened(), erased()]).when(change()).refused(RefusalCode::Erased);
    }
}
