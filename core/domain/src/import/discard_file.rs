//! Let go of a file.

use super::{FileDiscarded, Import, ImportKind, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// The file of a job cannot be opened any more: its own key is destroyed, before this is recorded.
/// What it said stays where it became a document's. A site has no file: nothing changes.
///
/// Who: whoever removes the document that came of it. Refuses: a job that does not exist
/// (`not_found`).
#[derive(Clone, Copy, Debug)]
pub struct DiscardFile;

impl Command for DiscardFile {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such import");
        let requested = state.requested.as_ref().ok_or_else(missing)?;
        if requested.kind == ImportKind::Site || state.discarded {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(FileDiscarded {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixtures::file;
    use crate::testing::given;

    #[test]
    fn a_file_is_let_go_of_once() {
        given::<Import>([file()]).when(DiscardFile).then([FileDiscarded {}.into()]);
        given::<Import>([file(), FileDiscarded {}.into()]).when(DiscardFile).then([]);
        given::<Import>([]).when(DiscardFile).refused(RefusalCode::NotFound);
    }
}
