//! Give a job up.

use super::{Import, ImportFailed, ImportFailure, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The job ends without being done, for this reason. What it had read stays.
///
/// Who: the importer. Refuses: a job that does not exist (`not_found`) or has ended
/// (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct FailImport {
    /// Why.
    pub reason: ImportFailure,
}

impl Command for FailImport {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.unfinished()?;
        Ok(vec![Decision::new(ImportFailed { reason: self.reason })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ImportFinished;
    use crate::import::fixtures::begun;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn what_has_ended_does_not_end_otherwise() {
        let fail = FailImport { reason: ImportFailure::Broken };
        let failed = ImportFailed { reason: ImportFailure::Broken };
        given::<Import>(begun()).when(fail).then([failed.into()]);
        let [asked, begun] = begun();
        given::<Import>([asked, begun, ImportFinished { limited: false }.into()])
            .when(fail)
            .refused(RefusalCode::NotAllowedNow);
    }
}
