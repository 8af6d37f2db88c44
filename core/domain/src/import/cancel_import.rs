//! End a job early.

use super::{Import, ImportFailed, ImportFailure, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nothing more of it is read, but for the page that is on its way at this moment. What it had read
/// stays. Ending one that failed changes nothing.
///
/// Who: a key with the scope `write`. Refuses: a job that does not exist (`not_found`) or is done
/// (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct CancelImport;

impl Command for CancelImport {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.ended == Some(super::ImportStatus::Failed) {
            return Ok(Vec::new());
        }
        state.unfinished()?;
        Ok(vec![Decision::new(ImportFailed { reason: ImportFailure::Cancelled })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ImportFinished;
    use crate::import::fixtures::{begun, file};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn what_waits_or_runs_can_be_ended_and_what_is_done_cannot() {
        let cancelled = ImportFailed { reason: ImportFailure::Cancelled };
        given::<Import>([file()]).when(CancelImport).then([cancelled.clone().into()]);
        given::<Import>(begun()).when(CancelImport).then([cancelled.clone().into()]);
        given::<Import>([file(), cancelled.into()]).when(CancelImport).then([]);
        let [asked, begun] = begun();
        given::<Import>([asked, begun, ImportFinished { limited: false }.into()])
            .when(CancelImport)
            .refused(RefusalCode::NotAllowedNow);
        given::<Import>([]).when(CancelImport).refused(RefusalCode::NotFound);
    }
}
