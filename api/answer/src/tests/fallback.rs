//! What a provider may make, and what happens when it makes something else.

use std::sync::Arc;

use futures::future::BoxFuture;

use super::world::{SHOP, World, ask};
use crate::{
    Ask, Composed, Failure, HandOffReason, Knowledge, Outcome, Provider, ProviderChoice,
    ProviderError, Question, Tokens, Verdict,
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
    ) -> BoxFuture<'a, Result<Composed, Failure>> {
        Box::pin(async {
            let (passages, confidence, nearest) = (question.passages.clone(), None, None);
            let tokens = Tokens { input: 7, output: 3 };
            let (verdict, left) = ((self.0)(question)?, None);
            Ok(Composed { verdict, passages, confidence, tokens, nearest, left })
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

#[tokio::test]
async fn a_provider_that_cannot_be_asked_is_named_like_one_that_failed() {
    let world = World::knowing(&[SHOP]).await;
    let provider = ProviderChoice::Unavailable { provider: "anthropic", code: "budget_exhausted" };
    let reply = world.reply(&Ask { provider, ..ask("is there parking?") }).await;
    assert!(matches!(reply.outcome, Outcome::Answer { .. }), "{reply:?}");
    assert_eq!(reply.made.failed, Some(("anthropic", "budget_exhausted")));
}

/// Nobody takes over from an agent that is not sure.
fn alone(mut ask: Ask, guesses: bool) -> Ask {
    ask.agent.settings.handoff.when_unsure = false;
    ask.agent.settings.handoff.guess_when_unsure = guesses;
    ask
}

#[tokio::test]
async fn whoever_is_not_sure_says_so_where_nobody_takes_over() {
    let world = World::knowing(&[SHOP]).await;
    for asked in ["do you sell umbrellas?", "is the parking for lorries of my company?"] {
        let reply = world.reply(&alone(ask(asked), false)).await;
        let Outcome::Unknown { text } = reply.outcome else { panic!("{asked}: {reply:?}") };
        assert_eq!(text.expose(), "I am sorry, I do not know that.");
    }
    let fails = |_: &Question| Err(ProviderError::TimedOut);
    let failed = world.reply(&alone(asked_of(fails, "do you sell umbrellas?"), false)).await;
    assert!(matches!(failed.outcome, Outcome::Unknown { .. }), "{failed:?}");
    // A person who is asked for comes all the same.
    let asked = world.reply(&alone(ask("can I talk to a person?"), false)).await;
    assert!(matches!(asked.outcome, Outcome::HandOff { .. }), "{asked:?}");
}

#[tokio::test]
async fn an_agent_that_may_guess_says_what_comes_nearest_with_a_caution() {
    let world = World::knowing(&[SHOP]).await;
    let asked = "is there free parking for lorries?";
    let unsure = |_: &Question| Ok(Verdict::HandOff(HandOffReason::NotSure));
    for ask in [ask(asked), asked_of(unsure, asked)] {
        let reply = world.reply(&alone(ask, true)).await;
        let Outcome::Answer { text, sources, sure, .. } = &reply.outcome else {
            panic!("{reply:?}")
        };
        assert!(!sure && text.expose().starts_with("I am not certain"), "{text:?}");
        assert!(text.expose().contains("free parking") && !sources.is_empty());
        assert_eq!(reply.made.provider, "built_in");
    }
    // Where nothing comes near, nothing is guessed.
    let reply = world.reply(&alone(ask("do you sell umbrellas?"), true)).await;
    assert!(matches!(reply.outcome, Outcome::Unknown { .. }), "{reply:?}");
}
