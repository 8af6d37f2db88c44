//! Starting and stopping all of them together.

use std::time::Duration;

use tokio::task::JoinHandle;

use crate::acting::Acting;

/// How long a reactor that panicked rests before it begins again.
const REST: Duration = Duration::from_secs(1);

/// How long what is under way may take when reactors are told to stop. What was not recorded by then
/// is done again after the next start.
const PATIENCE: Duration = Duration::from_secs(10);

/// Every reactor, running.
#[derive(Debug)]
pub struct Reactors {
    acting: Acting,
    running: Vec<(&'static str, JoinHandle<()>)>,
}

impl Reactors {
    /// Starts every reactor. None acts before the log says that this instance is armed.
    pub fn start(acting: Acting) -> Self {
        Self { acting, running: Vec::new() }
            .with("arming", crate::arming::run)
            .with("delivering", crate::delivering::run)
            .with("sending", crate::sending::run)
            .with("responding", crate::responding::run)
            .with("templates", crate::templates::run)
            .with("reminding", crate::reminding::run)
            .with("learning", crate::learning::run)
            .with("importing", crate::importing::run)
            .with("fetching", crate::fetching::run)
            .with("broadcasting", crate::broadcasting::run)
    }

    /// One more of them. A panic is a bug of it, and ends neither it nor the others.
    fn with<F>(mut self, name: &'static str, run: impl Fn(Acting) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let acting = self.acting.clone();
        let running = tokio::spawn(async move {
            while !acting.stopping().is_cancelled() {
                let Err(error) = tokio::spawn(run(acting.clone())).await else { continue };
                tracing::error!(reactor = name, %error, "a reactor failed; it begins again");
                tokio::select! {
                    () = tokio::time::sleep(REST) => {}
                    () = acting.stopping().cancelled() => {}
                }
            }
        });
        self.running.push((name, running));
        self
    }

    /// Nothing new is begun; waits until what is under way is recorded, for a few seconds.
    pub async fn stop(self) {
        self.acting.stopping().cancel();
        for (name, mut running) in self.running {
            if tokio::time::timeout(PATIENCE, &mut running).await.is_err() {
                tracing::warn!(reactor = name, "a reactor did not stop in time");
                running.abort();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::testing::Fixture;

    #[tokio::test]
    async fn a_reactor_that_panics_begins_again_and_the_others_go_on() {
        let fixture = Fixture::new();
        let begun = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&begun);
        let (again, seen) = tokio::sync::oneshot::channel();
        let again = Arc::new(std::sync::Mutex::new(Some(again)));
        let reactors = Reactors::start(fixture.acting()).with("shaky", move |acting: Acting| {
            let (counted, again) = (Arc::clone(&counted), Arc::clone(&again));
            async move {
                assert!(counted.fetch_add(1, Ordering::SeqCst) > 0, "the first time it fails");
                again.lock().unwrap().take().unwrap().send(()).unwrap();
                acting.stopping().cancelled().await;
            }
        });
        seen.await.unwrap();
        reactors.stop().await;
        assert_eq!(begun.load(Ordering::SeqCst), 2);
    }
}
