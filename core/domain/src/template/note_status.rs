//! Take note of what the platform said of a template when a message was made of it.

use super::{State, Template, TemplateStatusChanged};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The platform's error when the template of a message is not there in that language.
const MISSING: i64 = 132_001;
/// … when it is paused.
const PAUSED: i64 = 132_015;
/// … when it is disabled.
const DISABLED: i64 = 132_016;

/// The platform refused a message because of its template: the template is shown so from now on, until
/// a notice or its list says otherwise. What is known already is not recorded again.
///
/// Who: the sender. Refuses nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoteStatus {
    /// The platform's error code.
    pub code: i64,
}

impl NoteStatus {
    /// The status that an error code tells of; none if it tells of none.
    pub const fn status(code: i64) -> Option<&'static str> {
        match code {
            MISSING => Some("missing"),
            PAUSED => Some("paused"),
            DISABLED => Some("disabled"),
            _ => None,
        }
    }
}

impl Command for NoteStatus {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let (Some(status), Some(key)) = (Self::status(self.code), &state.key) else {
            return Ok(Vec::new());
        };
        if state.status() == Some(status) || state.sandbox {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(TemplateStatusChanged {
            template: key.clone(),
            platform_id: None,
            status: status.to_owned(),
            reason: Some(self.code.to_string()),
            at: ctx.now_seconds(),
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::fixtures::{KEY, recorded};
    use crate::testing::{NOW_SECONDS, given, state_of};

    #[test]
    fn a_refusal_shows_in_the_template_until_something_newer_is_heard() {
        let paused = TemplateStatusChanged {
            template: KEY(),
            platform_id: None,
            status: "paused".into(),
            reason: Some("132015".into()),
            at: NOW_SECONDS,
        };
        given::<Template>([recorded()])
            .when(NoteStatus { code: PAUSED })
            .then([paused.clone().into()]);
        given::<Template>([recorded(), paused.into()]).when(NoteStatus { code: PAUSED }).then([]);
        given::<Template>([recorded()]).when(NoteStatus { code: 131_026 }).then([]);
        given::<Template>([]).when(NoteStatus { code: PAUSED }).then([]);
        for code in [MISSING, PAUSED, DISABLED] {
            let decided = given::<Template>([recorded()]).when(NoteStatus { code }).decided();
            let events = decided.0.iter().map(|one| one.event.clone().try_into().unwrap());
            let state = state_of::<Template>(std::iter::once(recorded()).chain(events));
            assert!(state.sendable().is_err(), "{code}");
        }
    }
}
