//! Take note that a template is gone.

use super::{Absence, State, Template, TemplateDeleted};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The platform's whole list was read, and this template is not on it. One of which something was
/// heard since the reading began may have been made meanwhile: it stays.
///
/// Who: whoever reads the platform's list. Refuses nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordAbsence {
    /// When the reading began (seconds since 1970).
    pub read_since: i64,
}

impl Command for RecordAbsence {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let heard_at = state.status.as_ref().map(|told| told.at.max(state.accepted_at));
        let before = heard_at.is_some_and(|at| at < self.read_since);
        // What was not handed over cannot be on it.
        if !state.is_there() || !before || state.never_left() || state.creation.is_some() {
            return Ok(Vec::new());
        }
        let deleted = TemplateDeleted { at: ctx.now_seconds(), absence: Absence::NotListed };
        Ok(vec![Decision::new(deleted)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Event;
    use crate::template::fixtures::{accepted, recorded, requested, submitted};
    use crate::testing::{NOW_SECONDS, given, state_of};

    #[test]
    fn what_is_not_listed_is_gone_once() {
        let gone = TemplateDeleted { at: NOW_SECONDS, absence: Absence::NotListed };
        let absent = RecordAbsence { read_since: NOW_SECONDS + 1 };
        given::<Template>([recorded()]).when(absent).then([gone.clone().into()]);
        given::<Template>([recorded(), gone.clone().into()]).when(absent).then([]);
        given::<Template>([]).when(absent).then([]);
        assert!(!state_of::<Template>([recorded(), gone.into()]).is_there());
    }

    #[test]
    fn what_the_platform_took_while_its_list_was_read_stays() {
        let Event::TemplateRequested(mut asked) = requested() else { unreachable!() };
        asked.requested_at -= 10;
        let history = [asked.into(), submitted(1), accepted()];
        let read_since = |read_since| RecordAbsence { read_since };
        given::<Template>(history.clone()).when(read_since(NOW_SECONDS)).then([]);
        let gone = TemplateDeleted { at: NOW_SECONDS, absence: Absence::NotListed };
        given::<Template>(history).when(read_since(NOW_SECONDS + 1)).then([gone.into()]);
    }

    #[test]
    fn what_was_heard_of_since_stays() {
        let absent = RecordAbsence { read_since: NOW_SECONDS };
        given::<Template>([recorded()]).when(absent).then([]);
    }
}
