//! Record what was tried, and what follows from it.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::schedule::follows;
use super::{
    Attempt, AttemptOutcome, Begun, DeliveriesAttempted, Delivery, EndpointHealthChanged, JobPlace,
    RedeliveryFinished, State,
};
use crate::ctx::Ctx;
use crate::decision::{Aggregate, Command, Decision};
use crate::event::Event;
use crate::hash::Sensitive;
use crate::ids::WorkspaceId;
use crate::limits::ATTEMPTS_PER_EVENT_MAX;
use crate::personal::{AnswerContent, AnswersContent, Content, Personal};
use crate::refusal::Refusal;

/// An attempt that ended.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which event.
    pub what: Taken,
    /// When it began (microseconds since 1970).
    pub at: i64,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// How long it took.
    pub milliseconds: u32,
    /// Seconds of `Retry-After`, if it was said.
    pub retry_after: Option<u32>,
    /// The body of the answer, cut to what is kept.
    pub answer: Option<Sensitive>,
}

/// An event that is being delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Where it stands.
    pub position: u64,
    /// Its id.
    pub event: Uuid,
    /// The number of its type.
    pub code: u16,
    /// The redelivery that it belongs to.
    pub job: Option<Uuid>,
    /// While it waits, it holds back what follows it in the same stream.
    pub holds: bool,
}

/// What was tried since the last record: the outcomes, how far delivery has come, and what is under
/// way beyond it. Whether, and when, each event is tried again follows here, and so does the health
/// of the endpoint and the end of redeliveries.
///
/// Who: Convolog, every second at most. Refuses: more than [`ATTEMPTS_PER_EVENT_MAX`] outcomes at
/// once. A cursor that was set back does not turn history around.
#[derive(Clone, Debug)]
pub struct RecordAttempts {
    /// Whose subscription: its key seals what receivers answered.
    pub workspace: WorkspaceId,
    /// How far delivery has come.
    pub cursor: u64,
    /// What ended.
    pub made: Vec<Made>,
    /// What was begun with, stands at or before the cursor (or a job's place), and did not end.
    pub begun: Vec<Taken>,
    /// How far redeliveries have come.
    pub jobs: Vec<JobPlace>,
}

impl RecordAttempts {
    /// The attempts as they are recorded, and until when the endpoint is left alone.
    fn attempts(&self, state: &State, ctx: &mut Ctx) -> (Vec<Attempt>, Option<i64>) {
        let mut numbers: BTreeMap<u64, u16> = BTreeMap::new();
        let mut slowed_until = None;
        let mut attempts = Vec::with_capacity(self.made.len());
        for made in &self.made {
            let Taken { position, event, code, job, holds } = made.what;
            let known = state.waiting.get(&position).map_or(0, |waiting| waiting.tries);
            let number = numbers.entry(position).or_insert(known);
            *number = number.saturating_add(1);
            let ended = made.at.saturating_add(i64::from(made.milliseconds) * 1_000);
            let follows = follows(made.outcome, *number, ended, made.retry_after, ctx);
            let cancelled =
                job.is_some_and(|job| state.job(job).is_none_or(|job| job.end.is_some()));
            slowed_until = slowed_until.max(follows.slowed_until);
            attempts.push(Attempt {
                position,
                event,
                code,
                try_number: *number,
                at: made.at,
                outcome: made.outcome,
                status: made.status,
                milliseconds: made.milliseconds,
                next_at: follows.next_at.filter(|_| !cancelled),
                job,
                holds,
            });
        }
        (attempts, slowed_until)
    }

    /// What receivers said, in the order of the attempts.
    fn answers(&self) -> Option<Personal> {
        let said = |(at, made): (u32, &Made)| {
            let body = made.answer.clone().filter(|body| !body.expose().is_empty())?;
            Some(AnswerContent { attempt: at, body })
        };
        let answers: Vec<_> = (0..).zip(&self.made).filter_map(said).collect();
        let content = Content::Answers(AnswersContent { answers });
        let said = matches!(&content, Content::Answers(said) if !said.answers.is_empty());
        said.then(|| Personal { subject: self.workspace.into(), content })
    }
}

/// The name in the catalogue of the type with this number.
fn topic(code: u16) -> Option<String> {
    let catalogue = Event::catalogue();
    catalogue.iter().find(|row| row.code == code).map(|row| row.name.to_owned())
}

impl Command for RecordAttempts {
    type Aggregate = Delivery;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if self.made.len() > ATTEMPTS_PER_EVENT_MAX {
            let detail = format!("are at most {ATTEMPTS_PER_EVENT_MAX} at a time");
            return Err(Refusal::field("made", detail));
        }
        let cursor = state.cursor.unwrap_or(0).max(self.cursor);
        let (attempts, slowed_until) = self.attempts(state, ctx);
        let begun = self.begun.iter().map(|taken| {
            let Taken { position, event, code, job, holds } = *taken;
            Begun { position, event, code, job, holds }
        });
        let attempted = DeliveriesAttempted {
            cursor,
            attempts,
            begun: begun.collect(),
            jobs: self.jobs.clone(),
            slowed_until,
        };
        let mut after = state.clone();
        let mut decisions = Vec::new();
        let unchanged = attempted.attempts.is_empty()
            && attempted.begun.is_empty()
            && attempted.jobs.is_empty()
            && state.cursor == Some(cursor);
        if !unchanged {
            Delivery::evolve(&mut after, &attempted.clone().into());
            let decision = Decision::new(attempted.clone());
            decisions.push(self.answers().into_iter().fold(decision, Decision::sealing));
        }
        // The newest word on its health counts; each is judged with all that is known by now.
        for attempt in &attempted.attempts {
            let (at, old_status) = (attempt.at, after.health.status);
            if let Some(verdict) = after.judge(attempt.outcome, at) {
                let changed = EndpointHealthChanged {
                    event: Some(attempt.event),
                    topic: topic(attempt.code),
                    ..EndpointHealthChanged::new(old_status, verdict, at)
                };
                after.change_health(&changed);
                decisions.push(Decision::new(changed));
            }
        }
        for job in after.jobs.iter().filter(|job| job.end.is_none() && job.place >= job.upto) {
            if after.waiting.values().all(|waiting| waiting.job != Some(job.id)) {
                decisions.push(Decision::new(RedeliveryFinished {
                    job: job.id,
                    delivered: job.delivered,
                    failed: job.failed,
                }));
            }
        }
        Ok(decisions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::fixtures::{WORKSPACE, begun_by, job};
    use crate::delivery::{Event, HealthStatus, TRIES_MAX};
    use crate::refusal::RefusalCode;
    use crate::testing::{given, state_of};

    const SECOND: i64 = 1_000_000;

    fn taken(position: u64) -> Taken {
        Taken {
            position,
            event: Uuid::from_u128(position.into()),
            code: 1,
            job: None,
            holds: false,
        }
    }

    fn made(position: u64, outcome: AttemptOutcome, at: i64) -> Made {
        Made {
            what: taken(position),
            at,
            outcome,
            status: None,
            milliseconds: 0,
            retry_after: None,
            answer: None,
        }
    }

    fn record(cursor: u64, made: Vec<Made>) -> RecordAttempts {
        RecordAttempts { workspace: WORKSPACE, cursor, made, begun: vec![], jobs: vec![] }
    }

    /// What the command decides on this history.
    fn decided(history: &[Event], command: RecordAttempts) -> Vec<Event> {
        let state = state_of::<Delivery>(history.iter().cloned());
        let decisions = command.decide(&state, &mut Ctx::new(0, [7; 32])).unwrap();
        decisions.into_iter().filter_map(|one| one.event.try_into().ok()).collect()
    }

    fn first_attempt(events: &[Event]) -> &Attempt {
        let Some(Event::DeliveriesAttempted(attempted)) = events.first() else { panic!() };
        attempted.attempts.first().unwrap()
    }

    #[test]
    fn what_is_delivered_is_done_and_the_cursor_moves_on() {
        let events = decided(
            &[begun_by(5, None).into()],
            record(9, vec![made(5, AttemptOutcome::Delivered, 3)]),
        );
        assert_eq!(first_attempt(&events).next_at, None);
        let state = state_of::<Delivery>([begun_by(5, None).into()].into_iter().chain(events));
        assert_eq!((state.cursor, state.waiting.len()), (Some(9), 0));
    }

    #[test]
    fn what_fails_waits_with_a_time_that_is_recorded_until_it_is_given_up() {
        let (mut history, mut at, mut tries) = (Vec::new(), 0, 0);
        loop {
            let events = decided(&history, record(5, vec![made(5, AttemptOutcome::Rejected, at)]));
            tries += 1;
            assert_eq!(first_attempt(&events).try_number, tries);
            history.extend(events);
            let state = state_of::<Delivery>(history.iter().cloned());
            match state.waiting.get(&5) {
                Some(waiting) => at = waiting.next_at,
                None => break,
            }
        }
        assert_eq!(tries, TRIES_MAX);
        let days = at / SECOND / 3_600;
        assert!((75..=84).contains(&days), "75 h 35 min and at most a tenth more: {days}");
    }

    #[test]
    fn a_cursor_never_goes_back_and_nothing_new_is_no_event() {
        let history = [begun_by(5, None).into()];
        assert_eq!(decided(&history, record(3, vec![])), []);
    }

    #[test]
    fn gone_disables_and_patience_slows_the_whole_endpoint() {
        let events = decided(&[], record(5, vec![made(5, AttemptOutcome::Gone, 3)]));
        let Some(Event::EndpointHealthChanged(changed)) = events.last() else { panic!() };
        assert_eq!((changed.event, changed.news()), (Some(Uuid::from_u128(5)), Some("disabled")));
        let state = state_of::<Delivery>(events);
        assert_eq!(state.health.status, HealthStatus::Disabled);
        assert!(state.waiting.contains_key(&5), "nothing is dropped");
        let slow = Made { retry_after: Some(30), ..made(5, AttemptOutcome::Slowed, SECOND) };
        let state = state_of::<Delivery>(decided(&[], record(5, vec![slow])));
        assert_eq!(state.slowed_until, 31 * SECOND);
    }

    #[test]
    fn a_job_ends_when_everything_it_chose_was_tried_to_the_end() {
        let history = [job(1, 9).into(), begun_by(5, Some(1)).into()];
        let done = |outcome| {
            let what = Taken { job: Some(Uuid::from_u128(1)), ..taken(5) };
            let made = Made { what, ..made(5, outcome, 0) };
            let jobs = vec![JobPlace { job: Uuid::from_u128(1), place: 9 }];
            RecordAttempts { jobs, ..record(5, vec![made]) }
        };
        let events = decided(&history, done(AttemptOutcome::Delivered));
        let finished = RedeliveryFinished { job: Uuid::from_u128(1), delivered: 1, failed: 0 };
        assert_eq!(events.last(), Some(&finished.into()));
        let events = decided(&history, done(AttemptOutcome::TimedOut));
        assert_eq!(events.len(), 1, "it is tried again, so the job goes on");
    }

    #[test]
    fn what_receivers_answer_is_sealed() {
        let said =
            Made { answer: Some("no such user".into()), ..made(5, AttemptOutcome::Rejected, 0) };
        let decisions = record(5, vec![made(4, AttemptOutcome::Delivered, 0), said])
            .decide(&State::default(), &mut Ctx::new(0, [7; 32]))
            .unwrap();
        let answers = vec![AnswerContent { attempt: 1, body: "no such user".into() }];
        let content = Content::Answers(AnswersContent { answers });
        let subject = WORKSPACE.into();
        assert_eq!(decisions.first().unwrap().personal, [Personal { subject, content }]);
    }

    #[test]
    fn too_many_at_once_are_refused() {
        let many = (0..).take(ATTEMPTS_PER_EVENT_MAX + 1);
        let many = many.map(|at| made(at, AttemptOutcome::Delivered, 0)).collect();
        given::<Delivery>([]).when(record(5, many)).refused(RefusalCode::InvalidField).at("made");
    }
}
