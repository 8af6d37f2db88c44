//! Templates: asks the platform for what was asked for, and takes note of what it answers.
//!
//! What is open follows from the log: templates to be made or deleted, readings of an account's
//! templates that have no end yet. The read model lists it when this reactor starts, the log tells of
//! it from then on. A reading that was cut short is begun again; a template is handed over again only
//! after the platform's list showed that it is not there.

mod making;
mod reading;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{ChannelId, StreamKind, TemplateId};
use convolog_engine::Recorded;
use convolog_log::{Position, Timestamp};
use convolog_projections::templates::OpenWork;
use tokio::task::JoinSet;

use crate::acting::Acting;
use crate::lanes::{follow, types};
use making::Making;
use reading::Reading;

/// How long this reactor waits for the read model before it says so and waits on.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long work rests after something of ours failed, in microseconds.
const REST: i64 = 1_000_000;
/// What is worked on at the same time.
const AT_ONCE: usize = 8;
/// What this reactor hears of.
const HEARD: [&str; 3] =
    ["template_sync_requested", "template_requested", "template_deletion_requested"];

/// When work is to be looked at again; none: it is done.
type Again = Option<Timestamp>;

/// Asks until told to stop.
pub(crate) async fn run(acting: Acting) {
    let (mut pulse, mut desk, heard) = (acting.pulse(), Desk::default(), types(&HEARD));
    let hands = Arc::new(Hands {
        reading: Reading::new(acting.clone()),
        making: Making::new(acting.clone()),
    });
    let Some(mut after) = begin(&acting, &mut desk).await else { return };
    while pulse.next().await {
        desk.collect();
        after = follow(acting.engine(), after, &heard, |event| desk.hear(event));
        if acting.may_act() {
            desk.start_due(acting.now(), &hands);
        }
    }
    while desk.running.join_next().await.is_some() {}
}

/// Finds what was asked for before; answers from where on the log is to be followed, or nothing if
/// the server stops meanwhile.
async fn begin(acting: &Acting, desk: &mut Desk) -> Option<Position> {
    let head = acting.engine().log().head();
    loop {
        let shown = tokio::select! {
            shown = acting.models().at_least(head, PATIENCE) => shown,
            () = acting.stopping().cancelled() => return None,
        };
        let open = shown.and_then(|()| acting.models().templates()?.open_work());
        match open {
            Ok(open) => {
                desk.due.extend(open.into_iter().map(|work| (work, Timestamp(0))));
                return Some(head);
            }
            Err(error) => tracing::warn!(%error, "what the platform is to be asked is not known"),
        }
    }
}

/// Who asks.
struct Hands {
    reading: Reading,
    making: Making,
}

/// What is to be asked, and when.
#[derive(Default)]
struct Desk {
    due: HashMap<OpenWork, Timestamp>,
    busy: HashSet<OpenWork>,
    running: JoinSet<(OpenWork, Again)>,
}

impl Desk {
    fn hear(&mut self, event: &Recorded) {
        let (workspace, id) = (event.workspace(), event.stream.id);
        let work = match event.stream.kind {
            StreamKind::Channel => OpenWork::Read(workspace, ChannelId(id)),
            _ => OpenWork::Template(workspace, TemplateId(id)),
        };
        self.due.insert(work, Timestamp(0));
    }

    fn start_due(&mut self, now: Timestamp, hands: &Arc<Hands>) {
        let ready = |(work, at): (&OpenWork, &Timestamp)| {
            (*at <= now && !self.busy.contains(work)).then_some(*work)
        };
        let ready: Vec<_> = self.due.iter().filter_map(ready).collect();
        for work in ready.into_iter().take(AT_ONCE.saturating_sub(self.busy.len())) {
            self.due.remove(&work);
            self.busy.insert(work);
            let hands = Arc::clone(hands);
            self.running.spawn(async move { (work, work_on(&hands, work).await) });
        }
    }

    fn collect(&mut self) {
        while let Some(ended) = self.running.try_join_next() {
            match ended {
                Ok((work, again)) => {
                    self.busy.remove(&work);
                    if let Some(at) = again {
                        self.due.entry(work).or_insert(at);
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "asking about templates ended early");
                    if self.running.is_empty() {
                        self.busy.clear();
                    }
                }
            }
        }
    }
}

async fn work_on(hands: &Hands, work: OpenWork) -> Again {
    let done = match work {
        OpenWork::Read(workspace, channel) => hands.reading.read(workspace, channel).await,
        OpenWork::Template(workspace, template) => hands.making.work(workspace, template).await,
    };
    done.unwrap_or_else(|error| {
        tracing::error!(?work, %error, "asking about templates rests for a second");
        Some(Timestamp(hands.reading.now().0.saturating_add(REST)))
    })
}
