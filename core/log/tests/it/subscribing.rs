//! Following a log: no gap, no duplicate, only when asked.

use std::sync::Arc;

use convolog_log::{EventLog, Filter, MemoryLog, Position, subscribe};

use crate::support::{Disk, append, commit, event, positions, stream};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// Appends 300 events, 100 of them before anybody follows, and follows with two subscriptions.
fn followed(log: &Arc<dyn EventLog>) {
    let writer = Arc::clone(log);
    for n in 0..100 {
        append(&**log, commit([event(n % 4)]));
    }
    let everything = subscribe(Arc::clone(log), Position::START, Filter::default()).with_batch(7);
    let of_stream = Filter { stream: Some(stream(2)), ..Filter::default() };
    let of_stream = subscribe(Arc::clone(log), Position(50), of_stream);
    let appending = std::thread::spawn(move || {
        for n in 100..300 {
            append(&*writer, commit([event(n % 4)]));
        }
    });
    let gather = |mut subscription: convolog_log::Subscription| {
        runtime().block_on(async move {
            let mut seen = Vec::new();
            while subscription.position() < Position(300) {
                let before = subscription.position();
                let batch = subscription.next_batch().await.unwrap();
                assert!(batch.upto > before, "each batch moves on");
                assert_eq!(batch.upto, subscription.position());
                seen.extend(batch.records);
            }
            positions(&seen)
        })
    };
    assert_eq!(gather(everything), (1..=300).collect::<Vec<_>>());
    let expected: Vec<u64> = (51..=300).filter(|position| (position - 1) % 4 == 2).collect();
    assert_eq!(gather(of_stream), expected);
    appending.join().unwrap();
}

#[test]
fn a_subscription_on_memory_sees_everything_once() {
    let log: Arc<dyn EventLog> = Arc::new(MemoryLog::default());
    followed(&log);
}

#[test]
fn a_subscription_on_sled_sees_everything_once_also_while_volumes_close() {
    let mut disk = Disk::new();
    disk.options.volume_bytes = 10_000;
    let log: Arc<dyn EventLog> = Arc::new(disk.open());
    followed(&log);
}

#[test]
fn batches_are_as_small_as_asked_for() {
    let log = Arc::new(MemoryLog::default());
    append(&*log, commit((0..10).map(event)));
    let mut subscription = subscribe(log, Position::START, Filter::default()).with_batch(4);
    let sizes = runtime().block_on(async {
        let mut sizes = Vec::new();
        for _ in 0..3 {
            sizes.push(subscription.next_batch().await.unwrap().records.len());
        }
        sizes
    });
    assert_eq!(sizes, [4, 4, 2]);
}

#[test]
fn a_batch_that_nobody_took_comes_again() {
    let log = Arc::new(MemoryLog::default());
    append(&*log, commit((0..3).map(event)));
    let mut subscription = subscribe(log, Position::START, Filter::default());
    runtime().block_on(async {
        let taken = {
            let taking = subscription.next_batch();
            tokio::pin!(taking);
            // Polled once, then given up, as in a select.
            std::future::poll_fn(|cx| std::task::Poll::Ready(taking.as_mut().poll(cx).is_ready()))
                .await
        };
        // The read goes to another thread, which may be quick.
        assert_eq!(subscription.position(), Position(if taken { 3 } else { 0 }));
        if !taken {
            let batch = subscription.next_batch().await.unwrap();
            assert_eq!(positions(&batch.records), [1, 2, 3]);
        }
    });
}
