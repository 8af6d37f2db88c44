//! Say what a number's customers see while an agent answers them.

use super::{Channel, ReadMarks, ReadMarksChanged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Whether agents mark what they answer as read, and show that they write. What is so already changes
/// nothing.
///
/// Who: a key with the scope `manage`. Refuses: a channel that does not exist (`not_found`) or is not
/// connected (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SetReadMarks {
    /// What they see.
    pub marks: ReadMarks,
}

impl Command for SetReadMarks {
    type Aggregate = Channel;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.connected_settings()?;
        let (old, new) = (state.marks, self.marks);
        let changed = (old != new).then(|| Decision::new(ReadMarksChanged { old, new }));
        Ok(changed.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::fixtures::connected;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn nothing_is_shown_until_somebody_says_so() {
        let set = |marks| SetReadMarks { marks };
        let changed = ReadMarksChanged { old: ReadMarks::Off, new: ReadMarks::Typing };
        given::<Channel>([connected().into()]).when(set(ReadMarks::Off)).then([]);
        given::<Channel>([connected().into()])
            .when(set(ReadMarks::Typing))
            .then([changed.clone().into()]);
        given::<Channel>([connected().into(), changed.into()])
            .when(set(ReadMarks::Typing))
            .then([]);
        given::<Channel>([]).when(set(ReadMarks::Read)).refused(RefusalCode::NotFound);
    }
}
