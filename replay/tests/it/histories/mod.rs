//! Random histories: however posts are cut, doubled and shuffled, everybody ends up with the same
//! conversations, which are those of a model that knows nothing of the engine.
//!
//! Names are no part of the comparison: which of two names of one person is shown may depend on the
//! order (docs/decisions/0003).

mod deliver;
mod facts;
mod model;

use convolog_replay::story::{Backend, DomainHost, Host};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use facts::{Delivery, History, deliveries, histories};

/// Histories of the normal run; `PROPTEST_CASES` for more.
const CASES: u32 = 64;

fn config() -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(CASES);
    Config { cases, failure_persistence: None, max_shrink_iters: 400, ..Config::default() }
}

async fn check(history: &History, delivery: &Delivery) -> Result<(), TestCaseError> {
    let host = DomainHost::new(Backend::Memory, facts::now());
    let mut host = host.map_err(|error| TestCaseError::fail(error.to_string()))?;
    let seen = deliver::deliver(&mut host, history, delivery).await;
    let seen = seen.map_err(|error| TestCaseError::fail(error.to_string()))?;
    let expected = model::expected(history);
    prop_assert_eq!(seen, expected, "the canonical view differs from the model's");
    let problems = host.judge().await.map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert!(problems.is_empty(), "{problems:#?}");
    Ok(())
}

#[test]
fn every_delivery_of_a_history_gives_the_same_conversations() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let strategy = (histories(), deliveries());
    let result = TestRunner::new(config())
        .run(&strategy, |(history, delivery)| runtime.block_on(check(&history, &delivery)));
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// The comparison is worth something: a history of which one message was never delivered is not
/// taken for the whole.
#[tokio::test]
async fn a_message_that_was_never_delivered_is_missed() {
    let say = |person, outbound| facts::Fact {
        naming: facts::Naming::Both,
        what: facts::What::Text {
            tenant: 1,
            person,
            outbound,
            second: facts::BEGIN,
            answers: None,
        },
    };
    let history = History { facts: vec![say(0, false), say(0, true), say(2, false)] };
    for (times, same) in
        [(vec![vec![1, 3], vec![2], vec![0]], true), (vec![vec![0], vec![1], vec![]], false)]
    {
        let mut host = DomainHost::new(Backend::Memory, facts::now()).unwrap();
        let delivery = Delivery { times, sizes: vec![2], workers: 1 };
        let seen = deliver::deliver(&mut host, &history, &delivery).await.unwrap();
        assert_eq!(seen == model::expected(&history), same);
        assert!(host.judge().await.unwrap().is_empty());
    }
}
