//! Change a service.

use super::{Service, ServiceChanges, ServiceUpdated, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Other hours, another length, another name; what is booked stays as it is. One that cannot be
/// booked any more is not `active`. Settings that are as they were change nothing.
///
/// Who: a key with the scope `manage`. Refuses: a service that was never made (`not_found`), settings
/// that cannot be.
#[derive(Clone, Debug)]
pub struct UpdateService {
    /// What is set otherwise from now on.
    pub changes: ServiceChanges,
}

impl Command for UpdateService {
    type Aggregate = Service;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let old = state.existing()?;
        let settings = self.changes.onto(old.clone()).checked()?;
        if settings == *old {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(ServiceUpdated { settings })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::service::ServiceSettings;
    use crate::service::fixtures::{created, settings};
    use crate::testing::given;

    fn named(name: &str) -> UpdateService {
        let changes = ServiceChanges { name: Some(name.into()), ..ServiceChanges::default() };
        UpdateService { changes }
    }

    #[test]
    fn what_is_left_out_stays() {
        let settings = ServiceSettings { name: "Cleaning".into(), ..settings() };
        given::<Service>([created()])
            .when(named("Cleaning"))
            .then([ServiceUpdated { settings }.into()]);
        given::<Service>([created()]).when(named("Check-up")).then([]);
    }

    #[test]
    fn what_is_not_there_or_cannot_be_is_refused() {
        given::<Service>([]).when(named("Cleaning")).refused(RefusalCode::NotFound);
        given::<Service>([created()])
            .when(named(" "))
            .refused(RefusalCode::InvalidField)
            .at("name");
    }
}
