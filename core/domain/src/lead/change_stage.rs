//! Say how far a lead has come.

use super::{Lead, LeadStageChanged, Rank, Stage, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::LeadId;
use crate::limits::LEAD_TEXT_CHARS_MAX;
use crate::personal::{Content, LeadContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// A lead comes to another stage and stands on top there. The reason is free text about a person,
/// so it is sealed. Asking for the stage that it is in changes nothing.
///
/// Who: a key with the scope `write`, for itself or for a person. Refuses: a lead that is not known
/// (`not_found`), that was merged (`not_allowed_now`) or erased (`erased`), and a move that
/// [`Stage::next`] does not allow (`not_allowed_now`, naming those it does), unless it is made `freely`.
#[derive(Clone, Debug)]
pub struct ChangeStage {
    /// Which one; the stream that this is decided on.
    pub lead: LeadId,
    /// Where to.
    pub stage: Stage,
    /// Why, in people's own words.
    pub reason: Option<Sensitive>,
    /// Whatever stage it is in: whoever asks knows no order of stages.
    pub freely: bool,
}

impl Command for ChangeStage {
    type Aggregate = Lead;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let subject = state.stands()?;
        let reason = self
            .reason
            .map(|reason| validate::text("reason", reason, LEAD_TEXT_CHARS_MAX))
            .transpose()?;
        if self.stage == state.stage {
            return Ok(Vec::new());
        }
        if !self.freely && !state.stage.next().contains(&self.stage) {
            let detail = format!("a lead that is {} cannot become {}", state.stage, self.stage);
            let refusal = Refusal::new(RefusalCode::NotAllowedNow, detail);
            return Err(Refusal { field: Some("status"), ..refusal }
                .allowing(state.stage.next().iter().copied()));
        }
        let decision = Decision::new(LeadStageChanged {
            from: state.stage,
            to: self.stage,
            at: ctx.now_seconds(),
            since: state.since,
            value: state.value.clone(),
            rank: Rank::on_top(ctx.now(), self.lead.0),
            again: state.visited.contains(&self.stage),
            rule: None,
        });
        Ok(vec![match reason {
            Some(text) => decision.sealing(Personal {
                subject,
                content: Content::Lead(Box::new(LeadContent {
                    text: Some(text),
                    ..LeadContent::default()
                })),
            }),
            None => decision,
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::LeadValued;
    use crate::lead::fixtures::{A, OPENED_AT, SUBJECT, came_to, erased, euros, merged, opened};
    use crate::testing::{NOW, NOW_SECONDS, given};

    fn to(stage: Stage) -> ChangeStage {
        ChangeStage { lead: A, stage, reason: None, freely: false }
    }

    fn changed(from: Stage, to: Stage) -> LeadStageChanged {
        LeadStageChanged {
            from,
            to,
            at: NOW_SECONDS,
            since: OPENED_AT,
            value: None,
            rank: Rank::on_top(NOW, A.0),
            again: false,
            rule: None,
        }
    }

    #[test]
    fn a_move_carries_what_was_before_it() {
        let valued = LeadValued { stage: Stage::New, old: None, value: Some(euros(900)) };
        given::<Lead>([opened(), valued.into()])
            .when(ChangeStage {
                reason: Some("Asked for an offer\n".into()),
                ..to(Stage::Qualified)
            })
            .then([LeadStageChanged {
                value: Some(euros(900)),
                ..changed(Stage::New, Stage::Qualified)
            }
            .into()])
            .sealing([Personal {
                subject: SUBJECT,
                content: Content::Lead(Box::new(LeadContent {
                    text: Some("Asked for an offer\n".into()),
                    ..LeadContent::default()
                })),
            }]);
    }

    #[test]
    fn every_move_is_allowed_or_names_those_that_are() {
        for from in Stage::ALL {
            for stage in Stage::ALL {
                let before = [opened(), came_to(Stage::New, from)];
                let outcome = given::<Lead>(before).when(to(stage));
                if stage == from {
                    outcome.then([]);
                } else if from.next().contains(&stage) {
                    let Ok([event]) = <[_; 1]>::try_from(outcome.decided().0) else {
                        panic!("one event for one move")
                    };
                    let again = stage == Stage::New;
                    let since = OPENED_AT + 60;
                    let expected = LeadStageChanged { since, again, ..changed(from, stage) };
                    assert_eq!(event.event, expected.into());
                } else {
                    outcome.refused(RefusalCode::NotAllowedNow).at("status").allowing(from.next());
                }
            }
        }
    }

    #[test]
    fn whoever_knows_no_order_of_stages_moves_a_lead_anywhere() {
        given::<Lead>([opened()])
            .when(ChangeStage { freely: true, ..to(Stage::Won) })
            .then([changed(Stage::New, Stage::Won).into()]);
        given::<Lead>([opened(), merged()])
            .when(ChangeStage { freely: true, ..to(Stage::Won) })
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn what_is_not_there_does_not_move() {
        given::<Lead>([]).when(to(Stage::Lost)).refused(RefusalCode::NotFound);
        given::<Lead>([opened(), merged()])
            .when(to(Stage::Lost))
            .refused(RefusalCode::NotAllowedNow);
        given::<Lead>([opened(), erased()]).when(to(Stage::Lost)).refused(RefusalCode::Erased);
    }

    #[test]
    fn a_reason_is_a_text_with_a_limit() {
        for bad in ["", "  ", &"x".repeat(LEAD_TEXT_CHARS_MAX + 1)] {
            given::<Lead>([opened()])
                .when(ChangeStage { reason: Some(bad.into()), ..to(Stage::Lost) })
                .refused(RefusalCode::InvalidField)
                .at("reason");
        }
    }
}
