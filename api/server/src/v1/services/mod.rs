//! Services: what can be booked, and when.

mod create;
mod read;
mod slots;
mod update;
mod wire;

pub(crate) use create::CreateService;
pub(crate) use read::{ListServices, ShowService};
pub(crate) use slots::ListSlots;
pub(crate) use update::UpdateService;

use convolog_domain::service::{Service, State};
use convolog_domain::{Aggregate, Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use uuid::Uuid;

use crate::app::App;
use crate::problem::{Outcome, Problem};
use crate::v1::settings::Setting;
use wire::ServiceView;

impl Setting for ServiceView {
    const KIND: StreamKind = StreamKind::Service;
    const NAME: &'static str = "service";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let state = app.engine().load::<Service>(workspace, id)?.state;
        let view = state.settings.as_ref().map(|settings| Self::of(id, settings, Some(begun.at)));
        view.ok_or_else(|| Problem::not_found(Self::NAME))
    }
}

/// The service after these events: the answer to a command.
fn after(id: Uuid, before: &State, events: &[Event]) -> Option<ServiceView> {
    let mut state = before.clone();
    for event in events {
        if let Event::Service(event) = event {
            Service::evolve(&mut state, event);
        }
    }
    state.settings.as_ref().map(|settings| ServiceView::of(id, settings, None))
}
