//! Learn of a lead from what they said.

use std::collections::BTreeMap;

use super::{
    Event, Lead, LeadFieldsChanged, LeadRules, LeadScored, LeadStageChanged, Learned, Rank, Stage,
    State, Tokens,
};
use crate::ctx::Ctx;
use crate::decision::{Aggregate, Command, Decision};
use crate::hash::{Hash32, Sensitive};
use crate::ids::LeadId;
use crate::limits::{LEAD_FIELDS_MAX, LEAD_TEXT_CHARS_MAX};
use crate::personal::{Content, LeadContent, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// The value of a field that somebody said, and its keyed hash.
#[derive(Clone, Debug)]
pub struct Found {
    /// What they said.
    pub value: Sensitive,
    /// Its keyed hash.
    pub hash: Hash32,
}

/// Fields are set from one message, with the message as their source; the score and the stage follow
/// by the workspace's rules, in the same commit. What people entered or took away stays as they left
/// it, a score of theirs too, and only a lead that is new and never was qualified is moved. What was
/// learned from a later message stays as well, so that messages may be read in any order and again.
///
/// Who: Convolog, for live messages of a workspace that has rules. Refuses: a lead that is not known
/// (`not_found`), that was merged (`not_allowed_now`) or erased (`erased`). What is over the limits
/// of a field is not learned.
#[derive(Clone, Debug)]
pub struct LearnFromMessage {
    /// Which lead; the stream that this is decided on.
    pub lead: LeadId,
    /// Where it was said. Its values are filled in.
    pub source: Learned,
    /// What was said, by field.
    pub found: BTreeMap<String, Found>,
    /// What the phone number and the e-mail address are found by.
    pub tokens: Tokens,
    /// The rules that hold.
    pub rules: LeadRules,
}

impl LearnFromMessage {
    /// Whether a field may be set from this message.
    fn may_set(&self, name: &str, found: &Found, state: &State) -> bool {
        let news = match state.learned.get(name) {
            Some((heard, hash)) => *heard < self.source.heard && *hash != found.hash,
            None => !state.fields.contains(name),
        };
        self.rules.learn.iter().any(|learned| learned == name)
            && !state.by_hand.contains(name)
            && news
            && (state.fields.contains(name) || state.fields.len() < LEAD_FIELDS_MAX)
            && validate::text("fields", found.value.clone(), LEAD_TEXT_CHARS_MAX).is_ok()
    }
}

impl Command for LearnFromMessage {
    type Aggregate = Lead;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let subject = state.stands()?;
        let mut state = state.clone();
        let mut kept: BTreeMap<String, Found> = self.found.clone();
        kept.retain(|name, found| self.may_set(name, found, &state));
        if kept.is_empty() {
            return Ok(Vec::new());
        }
        let Self { lead, source, tokens, rules, .. } = self;
        let budget = source.budget.clone().and_then(|money| money.checked("budget").ok());
        let has = |name: &str| kept.contains_key(name);
        let changed = LeadFieldsChanged {
            set: kept.keys().cloned().collect(),
            removed: Vec::new(),
            phone: tokens.phone.filter(|_| has("phone")),
            email: tokens.email.filter(|_| has("email")),
            learned: Some(Learned {
                values: kept.iter().map(|(name, found)| (name.clone(), found.hash)).collect(),
                budget: budget.filter(|_| has(super::FIELD_BUDGET)),
                ..source
            }),
        };
        let fields = kept.into_iter().map(|(name, found)| (name, found.value)).collect();
        let content = LeadContent { fields, ..LeadContent::default() };
        let content = Content::Lead(Box::new(content));
        let mut decisions =
            vec![Decision::new(changed.clone()).sealing(Personal { subject, content })];
        Lead::evolve(&mut state, &changed.into());
        if let Some(scored) = scored(&rules, &state) {
            decisions.push(Decision::new(scored.clone()));
            Lead::evolve(&mut state, &Event::from(scored));
        }
        decisions.extend(qualified(lead, &rules, &state, ctx).map(Decision::new));
        Ok(decisions)
    }
}

fn scored(rules: &LeadRules, state: &State) -> Option<LeadScored> {
    let (score, reasons) = rules.score(state)?;
    let old = state.score;
    if state.scored_by_hand || old == Some(score) {
        return None;
    }
    Some(LeadScored { old, score, reasons, taken_away: false, by_rule: true })
}

fn qualified(
    lead: LeadId,
    rules: &LeadRules,
    state: &State,
    ctx: &mut Ctx,
) -> Option<LeadStageChanged> {
    let to = Stage::Qualified;
    let is_open = state.stage == Stage::New && !state.visited.contains(&to);
    let rule = rules.qualifying(state).filter(|_| is_open)?;
    Some(LeadStageChanged {
        from: state.stage,
        to,
        at: ctx.now_seconds(),
        since: state.since,
        value: state.value.clone(),
        rank: Rank::on_top(ctx.now(), lead.0),
        again: false,
        rule: Some(rule.name.clone()),
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{ConversationId, MessageId, Token};
    use crate::lead::fixtures::{A, OPENED_AT, SUBJECT, came_to, erased, euros, merged, opened};
    use crate::lead::{Money, Qualification};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW, NOW_SECONDS, given};

    fn source(heard: i64) -> Learned {
        Learned {
            conversation: ConversationId(Uuid::from_u128(0xC0)),
            message: MessageId(Uuid::from_u128(0xA0 + u128::from(heard.unsigned_abs()))),
            agent: None,
            heard: (heard, 1),
            values: BTreeMap::new(),
            budget: None,
        }
    }

    fn found(value: &str) -> Found {
        let mut hash = [0; 32];
        hash.iter_mut().zip(value.bytes()).for_each(|(to, byte)| *to = byte);
        Found { value: value.into(), hash: Hash32(hash) }
    }

    /// They said so at that time; nothing is scored and nobody is qualified by it.
    fn said(heard: i64, fields: &[(&str, &str)]) -> LearnFromMessage {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), found(value)));
        let rules = LeadRules { points: BTreeMap::new(), ..LeadRules::usual() };
        LearnFromMessage {
            lead: A,
            source: source(heard),
            found: fields.collect(),
            tokens: Tokens::default(),
            rules,
        }
    }

    fn learned(heard: i64, fields: &[(&str, &str)]) -> LeadFieldsChanged {
        let values = fields.iter().map(|(name, value)| ((*name).to_owned(), found(value).hash));
        LeadFieldsChanged {
            set: fields.iter().map(|(name, _)| (*name).to_owned()).collect(),
            removed: vec![],
            phone: None,
            email: None,
            learned: Some(Learned { values: values.collect(), ..source(heard) }),
        }
    }

    fn by_hand(set: &[&str], removed: &[&str]) -> Event {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let (set, removed) = (names(set), names(removed));
        LeadFieldsChanged { set, removed, phone: None, email: None, learned: None }.into()
    }

    const ANA: [(&str, &str); 1] = [("name", "Ana")];

    #[test]
    fn what_is_said_is_sealed_with_its_message_in_the_clear() {
        let token = Token(Uuid::from_u128(7));
        let tokens = Tokens { phone: Some(token), email: Some(token) };
        let says = [("email", "ana@example.com"), ("name", "Ana")];
        let fields = says.map(|(name, value)| (name.to_owned(), value.into()));
        let content = LeadContent { fields: fields.into(), ..LeadContent::default() };
        given::<Lead>([opened()])
            .when(LearnFromMessage { tokens, ..said(5, &says) })
            .then([LeadFieldsChanged { email: Some(token), ..learned(5, &says) }.into()])
            .sealing([Personal { subject: SUBJECT, content: Content::Lead(Box::new(content)) }]);
    }

    #[test]
    fn what_people_entered_or_took_away_stays() {
        given::<Lead>([opened(), by_hand(&["name"], &[])]).when(said(5, &ANA)).then([]);
        let taken = [opened(), learned(3, &ANA).into(), by_hand(&[], &["name"])];
        given::<Lead>(taken).when(said(5, &[("name", "Bea")])).then([]);
        let corrected = [opened(), learned(3, &ANA).into(), by_hand(&["name"], &[])];
        given::<Lead>(corrected).when(said(5, &[("name", "Bea")])).then([]);
    }

    #[test]
    fn what_was_said_last_counts_in_whatever_order_it_is_read() {
        let known = || [opened(), learned(5, &ANA).into()];
        given::<Lead>(known()).when(said(5, &ANA)).then([]);
        given::<Lead>(known()).when(said(9, &ANA)).then([]);
        given::<Lead>(known()).when(said(3, &[("name", "Bea")])).then([]);
        let later = [("name", "Bea")];
        given::<Lead>(known()).when(said(9, &later)).then([learned(9, &later).into()]);
    }

    #[test]
    fn only_what_the_rules_name_is_learned() {
        let mut say = said(5, &[("name", "Ana"), ("date", "2026-12-24")]);
        say.rules.learn = vec!["date".into()];
        let date = [("date", "2026-12-24")];
        given::<Lead>([opened()]).when(say).then([learned(5, &date).into()]);
        let long = "x".repeat(LEAD_TEXT_CHARS_MAX + 1);
        given::<Lead>([opened()]).when(said(5, &[("need", long.as_str())])).then([]);
    }

    fn rules() -> LeadRules {
        let points = [("email".to_owned(), 30), ("budget".to_owned(), 50)].into();
        let rule = Qualification {
            name: "ready_to_buy".into(),
            fields: vec!["email".into()],
            budget_at_least: Some(euros(100_000)),
            score_at_least: None,
        };
        LeadRules { points, qualifies: vec![rule], ..LeadRules::usual() }
    }

    fn has_email() -> Event {
        learned(3, &[("email", "ana@example.com")]).into()
    }

    fn says_budget(amount: u64) -> LearnFromMessage {
        let source = Learned { budget: Some(euros(amount)), ..source(5) };
        LearnFromMessage { source, rules: rules(), ..said(5, &[("budget", "a sum")]) }
    }

    fn learned_budget(amount: u64) -> LeadFieldsChanged {
        let mut changed = learned(5, &[("budget", "a sum")]);
        changed.learned.as_mut().unwrap().budget = Some(euros(amount));
        changed
    }

    fn scored(old: Option<u8>, score: u8) -> LeadScored {
        let reasons = vec!["has-budget".to_owned(), "has-email".to_owned()];
        LeadScored { old, score, reasons, taken_away: false, by_rule: true }
    }

    #[test]
    fn the_rules_score_and_qualify_in_the_same_commit_and_say_why() {
        given::<Lead>([opened(), has_email()]).when(says_budget(150_000)).then([
            learned_budget(150_000).into(),
            scored(None, 80).into(),
            LeadStageChanged {
                from: Stage::New,
                to: Stage::Qualified,
                at: NOW_SECONDS,
                since: OPENED_AT,
                value: None,
                rank: Rank::on_top(NOW, A.0),
                again: false,
                rule: Some("ready_to_buy".into()),
            }
            .into(),
        ]);
    }

    #[test]
    fn too_little_money_or_another_currency_qualifies_nobody() {
        given::<Lead>([opened(), has_email()])
            .when(says_budget(99_999))
            .then([learned_budget(99_999).into(), scored(None, 80).into()]);
        let dollars = Money { currency: "USD".into(), ..euros(150_000) };
        let mut say = says_budget(0);
        say.source.budget = Some(dollars.clone());
        let mut changed = learned_budget(0);
        changed.learned.as_mut().unwrap().budget = Some(dollars);
        given::<Lead>([opened(), has_email()])
            .when(say)
            .then([changed.into(), scored(None, 80).into()]);
    }

    #[test]
    fn a_score_of_peoples_own_stays_and_a_lead_they_moved_is_not_moved() {
        let own =
            LeadScored { old: None, score: 5, reasons: vec![], taken_away: false, by_rule: false };
        let before = [opened(), has_email(), own.into(), came_to(Stage::New, Stage::Contacted)];
        given::<Lead>(before).when(says_budget(150_000)).then([learned_budget(150_000).into()]);
        let been = [
            opened(),
            has_email(),
            came_to(Stage::New, Stage::Qualified),
            came_to(Stage::Qualified, Stage::Lost),
            came_to(Stage::Lost, Stage::New),
        ];
        given::<Lead>(been)
            .when(says_budget(150_000))
            .then([learned_budget(150_000).into(), scored(None, 80).into()]);
    }

    #[test]
    fn what_people_enter_counts_for_the_rules() {
        let mut state = State::default();
        for event in [opened(), has_email(), learned_budget(150_000).into()] {
            Lead::evolve(&mut state, &event);
        }
        assert!(rules().qualifying(&state).is_some());
        // Nobody knows what they entered: it may be less.
        Lead::evolve(&mut state, &by_hand(&["budget"], &[]));
        assert!(rules().qualifying(&state).is_none());
    }

    #[test]
    fn nothing_is_learned_of_whoever_is_not_there() {
        given::<Lead>([]).when(said(5, &ANA)).refused(RefusalCode::NotFound);
        given::<Lead>([opened(), merged()]).when(said(5, &ANA)).refused(RefusalCode::NotAllowedNow);
        given::<Lead>([opened(), erased()]).when(said(5, &ANA)).refused(RefusalCode::Erased);
    }
}
