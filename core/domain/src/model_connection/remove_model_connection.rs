//! Call a model no more.

use super::{ModelConnection, ModelConnectionRemoved, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The model is not called any more, and its key leaves the vault. Agents that name the connection
/// answer by the built-in provider.
///
/// Who: a key with the scope `manage`. Refuses: a connection that is not there (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RemoveModelConnection;

impl Command for RemoveModelConnection {
    type Aggregate = ModelConnection;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        Ok(vec![Decision::new(ModelConnectionRemoved {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model_connection::fixtures::{added, removed};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn it_is_removed_once() {
        let remove = RemoveModelConnection;
        given::<ModelConnection>([added()]).when(remove).then([removed().into()]);
        given::<ModelConnection>([added(), removed()]).when(remove).refused(RefusalCode::NotFound);
    }
}
