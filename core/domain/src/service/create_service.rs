//! Make a service.

use super::{Service, ServiceCreated, ServiceSettings, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// Something can be booked from now on. That its time zone is known and whoever does it is on the
/// staff, the caller looks up.
///
/// Who: a key with the scope `manage`. Refuses: a service that was made before (`already_exists`),
/// settings that cannot be.
#[derive(Clone, Debug)]
pub struct CreateService {
    /// What it is set to.
    pub settings: ServiceSettings,
}

impl Command for CreateService {
    type Aggregate = Service;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.settings.is_some() {
            let detail = "this service was made before";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        Ok(vec![Decision::new(ServiceCreated { settings: self.settings.checked()? })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::fixtures::{created, settings};
    use crate::testing::given;

    #[test]
    fn it_is_made_once() {
        let create = || CreateService { settings: settings() };
        given::<Service>([]).when(create()).then([created().into()]);
        given::<Service>([created()]).when(create()).refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let settings = ServiceSettings { name: String::new(), ..settings() };
        given::<Service>([])
            .when(CreateService { settings })
            .refused(RefusalCode::InvalidField)
            .at("name");
    }
}
