//! Finish a job.

use super::{Import, ImportFinished, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// The job has read what it was to read.
///
/// Who: the importer. Refuses: a job that is not under way (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct FinishImport {
    /// There was more to read than it was allowed to.
    pub limited: bool,
}

impl Command for FinishImport {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.unfinished()?;
        if !state.begun {
            let detail = "this import was not begun";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(vec![Decision::new(ImportFinished { limited: self.limited })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixtures::{begun, file};
    use crate::testing::given;

    #[test]
    fn only_what_is_under_way_can_be_done() {
        let finish = FinishImport { limited: true };
        let finished = ImportFinished { limited: true };
        given::<Import>(begun()).when(finish).then([finished.clone().into()]);
        given::<Import>([file()]).when(finish).refused(RefusalCode::NotAllowedNow);
        let [asked, begun] = begun();
        given::<Import>([asked, begun, finished.into()])
            .when(finish)
            .refused(RefusalCode::NotAllowedNow);
    }
}
