//! Says in the server's log whether this instance acts, at the start and whenever that changes.

use crate::acting::Acting;

pub(crate) async fn run(acting: Acting) {
    let (mut pulse, mut said) = (acting.pulse(), None);
    while pulse.next().await {
        let may_act = acting.may_act();
        if said.replace(may_act) == Some(may_act) {
            continue;
        }
        if may_act {
            tracing::info!("armed: this instance acts on the outside world");
        } else {
            tracing::info!(
                "disarmed: nothing is sent until `convolog arm` is given to this instance"
            );
        }
    }
}
