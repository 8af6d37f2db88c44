//! Begin a job.

use super::{Import, ImportBegun, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The job is under way. One that is under way already goes on where it was.
///
/// Who: the importer. Refuses: a job that does not exist (`not_found`) or has ended
/// (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct BeginImport;

impl Command for BeginImport {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.unfinished()?;
        if state.begun {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(ImportBegun {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixtures::{begun, file};
    use crate::import::{ImportFailed, ImportFailure};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn it_begins_once() {
        given::<Import>([file()]).when(BeginImport).then([ImportBegun {}.into()]);
        given::<Import>(begun()).when(BeginImport).then([]);
        given::<Import>([]).when(BeginImport).refused(RefusalCode::NotFound);
        let cancelled = ImportFailed { reason: ImportFailure::Cancelled }.into();
        given::<Import>([file(), cancelled]).when(BeginImport).refused(RefusalCode::NotAllowedNow);
    }
}
