//! What a provider may make, and what happens when it makes something else.

use std::sync::Arc;

use futures::future::BoxFuture;

use super::world::{SHOP, World, ask};
use crate::{
    Ask, Composed, HandOffReason, Knowledge, Outcome, Provider, ProviderChoice, ProviderError,
    Question, Tokens, Verdict,
};

/// A provider that makes what it is told to.
struct Puppet<F>(F);

impl<F> Provider for Puppet<F>
where
    F: Fn(&Question) -> Result<Verdict, ProviderError> + Send + Sync,
{
    fn name(&self) -> &'static str {
        "puppet"
    }

    fn model(&self) -> Option<&str> {
        Some("string")
    }

    fn compose<'a>(
        &'a self,
        question: &'a Question,
        _: &'a dyn Knowledge,
    ) -> BoxFuture<'a, Result<Composed, ProviderError>> {
        Box::pin(async {
            let (passages, confidence) = (question.passages.clone(), None);
            let tokens = Tokens { input: 7, output: 3 };
            Ok(Composed { verdict: (self.0)(question)?, passages, confidence, tokens })
        })
    }
}

fn asked_of(
    made: impl Fn(&Question) -> Result<Verdict, ProviderError> + Send + Sync + 'static,
    asked: &str,
) -> Ask {
    Ask { provider: ProviderChoice::Own(Arc::new(Puppet(made))), ..ask(asked) }
}

fn answer(text: &str, cites: &[usize]) -> Verdict {
    Verdict::Answer { text: text.into(), cites: cites.to_vec(), sure: true }
}

#[tokio::test]
async fn what_a_provider_made_is_taken_with_its_sources() {
    let world = World::knowing(&[SHOP]).await;
    let reply =
        world.reply(&asked_of(|_| Ok(answer("Behind it.", &[1])), "is there parking?")).await;
    let Outcome::Answer { text, sources, .. } = &reply.outcome else { panic!("{reply:?}") };
    assert_eq!((text.expose(), sources[0].heading.expose()), ("Behind it.", "Parking"));
    assert_eq!((reply.made.provider, reply.made.model.as_deref()), ("puppet", Some("string")));
    assert_eq!(reply.made.tokens, Tokens { input: 7, output: 3 });
}

#[tokio::test]
async fn an_answer_that_stands_nowhere_is_none() {
    let world = World::knowing(&[SHOP]).await;
    for (text, cites) in
        [("Yes.", vec![]), ("Yes.", vec![99]), ("Yes.", vec![1, 0]), (" ", vec![1])]
    {
        let reply =
            world.reply(&asked_of(move |_| Ok(answer(text, &cites)), "is there parking?")).await;
        let Outcome::HandOff { reason, .. } = reply.outcome else { panic!("{reply:?}") };
        assert_eq!(reason, HandOffReason::NotSure);
    }
}

#[tokio::test]
async fn a_provider_that_fails_is_replaced_and_named() {
    let world = World::knowing(&[SHOP]).await;
    let fails = |_: &Question| Err(ProviderError::TimedOut);
    let reply = world.reply(&asked_of(fails, "is there parking?")).await;
    assert!(matches!(reply.outcome, Outcome::Answer { .. }), "{reply:?}");
    assert_eq!(reply.made.provider, "built_in");
    assert_eq!(reply.made.failed, Some(("puppet", "timed_out")));

    let reply = world.reply(&asked_of(fails, "do you sell umbrellas?")).await;
    let Outcome::HandOff { reason, .. } = reply.outcome else { panic!("{reply:?}") };
    assert_eq!(reason, HandOffReason::ProviderFailed, "the reason shows that more was tried");
}

#[tokio::test]
async fn courtesies_ask_no_provider() {
    let world = World::knowing(&[SHOP]).await;
    let never = |_: &Question| -> Result<Verdict, ProviderError> { panic!("it was asked") };
    let reply = world.reply(&asked_of(never, "thanks!")).await;
    assert!(matches!(reply.outcome, Outcome::SmallTalk { .. }));
}
