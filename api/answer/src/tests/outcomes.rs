//! What customers get, by what they say and what the documents hold.

use convolog_domain::AgentId;
use uuid::Uuid;

use super::world::{HOME, NEXT_DOOR, SHOP, World, ask, said};
use crate::{Ask, HandOffReason, Outcome, SmallTalk};

const HORAS: &str = "# Horários\n\nA loja abre às 9h e fecha às 18h. No domingo não abrimos.\n\n\
    ## Entrega\n\nA entrega custa R$ 15 e leva dois dias para a sua casa.\n";

fn reason(outcome: &Outcome) -> Option<HandOffReason> {
    match outcome {
        Outcome::HandOff { reason, .. } => Some(*reason),
        _ => None,
    }
}

#[tokio::test]
async fn a_question_is_answered_in_the_documents_own_words_with_its_source() {
    let world = World::knowing(&[SHOP]).await;
    let reply = world.reply(&ask("Hi! Are you open on Sundays?")).await;
    let Outcome::Answer { text, sources, sure, .. } = &reply.outcome else { panic!("{reply:?}") };
    assert!(text.expose().contains("On Sundays we are closed."), "{}", text.0);
    assert!(sure);
    assert_eq!(sources[0].heading.expose(), "Opening hours");
    assert_eq!(reply.made.passages.first(), Some(&sources[0].passage));
    assert_eq!(reply.made.provider, "built_in");
    assert_eq!((reply.made.agent_version, reply.made.language.as_deref()), (3, Some("en")));
    assert_eq!(reply.made.failed, None);
}

#[tokio::test]
async fn a_price_is_answered_with_the_row_that_holds_it() {
    let world = World::knowing(&[SHOP]).await;
    let (text, sure) = world.answer("how much is a new zip?").await.unwrap();
    assert_eq!((text.as_str(), sure), ("Prices: New zip: Price: £32; Time: 7 days", true));
}

#[tokio::test]
async fn the_same_question_gets_the_same_reply() {
    let world = World::knowing(&[SHOP, HORAS]).await;
    let first = world.reply(&ask("is there parking?")).await;
    for _ in 0..3 {
        let again = world.reply(&ask("is there parking?")).await;
        assert_eq!(again.outcome, first.outcome);
        assert_eq!(again.made.passages, first.made.passages);
        assert_eq!(again.made.confidence, first.made.confidence);
    }
}

#[tokio::test]
async fn what_no_document_speaks_of_goes_to_a_person() {
    let world = World::knowing(&[SHOP]).await;
    for asked in ["Do you sell umbrellas?", "Who won the world cup?", "???"] {
        let reply = world.reply(&ask(asked)).await;
        assert_eq!(reason(&reply.outcome), Some(HandOffReason::NothingFound), "{asked}");
        let Outcome::HandOff { text, .. } = reply.outcome else { unreachable!() };
        assert!(!text.expose().is_empty());
    }
    let empty = World::knowing(&[]).await;
    let reply = empty.reply(&ask("Are you open on Sundays?")).await;
    assert_eq!(reason(&reply.outcome), Some(HandOffReason::NothingFound));
}

#[tokio::test]
async fn what_is_only_half_covered_is_not_answered_as_certain() {
    let world = World::knowing(&[SHOP]).await;
    let reply = world.reply(&ask("Is there parking for lorries?")).await;
    assert_eq!(reason(&reply.outcome), Some(HandOffReason::NotSure));
}

#[tokio::test]
async fn an_answer_comes_from_documents_in_the_customers_language() {
    let world = World::knowing(&[SHOP, HORAS]).await;
    let (text, _) = world.answer("Quanto custa a entrega?").await.unwrap();
    assert!(text.contains("R$ 15"), "{text}");

    let english = World::knowing(&[SHOP]).await;
    for asked in ["Vocês abrem no domingo? Quanto custa?", "כמה עולה חניה?"] {
        let reply = english.reply(&ask(asked)).await;
        assert_eq!(reason(&reply.outcome), Some(HandOffReason::NoDocumentInLanguage), "{asked}");
    }
    let mut lenient = ask("כמה עולה parking?");
    lenient.agent.settings.handoff.unknown_language = false;
    let reply = english.reply(&lenient).await;
    assert_ne!(reason(&reply.outcome), Some(HandOffReason::NoDocumentInLanguage));
}

#[tokio::test]
async fn courtesies_are_returned_in_the_language_they_were_said_in() {
    let world = World::knowing(&[SHOP]).await;
    for (asked, kind, start) in [
        ("Good morning!", SmallTalk::Greeting, "Hello!"),
        ("muito obrigada", SmallTalk::Thanks, "De nada!"),
        ("شكرا", SmallTalk::Thanks, "على"),
        ("👍", SmallTalk::Fine, "Good."),
    ] {
        let Outcome::SmallTalk { kind: found, text } = world.reply(&ask(asked)).await.outcome
        else {
            panic!("{asked}")
        };
        assert_eq!(found, kind, "{asked}");
        assert!(text.expose().starts_with(start), "{asked}: {}", text.0);
    }
}

#[tokio::test]
async fn whoever_asks_for_a_person_gets_one_if_the_agent_allows() {
    let world = World::knowing(&[SHOP]).await;
    let wanted = ask("Can I speak to a person about parking?");
    let reply = world.reply(&wanted).await;
    assert_eq!(reason(&reply.outcome), Some(HandOffReason::AskedForAPerson));
    let mut other = wanted;
    other.agent.settings.handoff.on_request = false;
    let reply = world.reply(&other).await;
    assert_ne!(reason(&reply.outcome), Some(HandOffReason::AskedForAPerson));
}

#[tokio::test]
async fn a_short_question_is_read_with_the_one_before() {
    let world = World::knowing(&[SHOP]).await;
    let turns = vec![said("Do you put a new zip in?")];
    let reply = world.reply(&Ask { turns, ..ask("and how much is it?") }).await;
    let Outcome::Answer { text, .. } = &reply.outcome else { panic!("{reply:?}") };
    assert!(text.expose().contains("£32"), "{}", text.0);
}

#[tokio::test]
async fn an_agent_answers_from_what_it_may_know() {
    let world = World::knowing(&[]).await;
    let other = AgentId(Uuid::from_u128(0xE2));
    world.add(HOME, 1, "# Cellar\n\nThe cellar of the shop is full of wine.", Some(other)).await;
    world.add(HOME, 2, "# Attic\n\nThe attic of the shop is full of hats.", None).await;
    assert_eq!(world.answer("Is there wine in the cellar?").await, None);
    assert!(world.answer("Are there hats in the attic?").await.is_some());
    let mut narrowed = ask("Are there hats in the attic?");
    narrowed.agent.settings.documents = Some(vec![Uuid::from_u128(0xD001)]);
    let reply = world.reply(&narrowed).await;
    assert_eq!(reason(&reply.outcome), Some(HandOffReason::NothingFound));
}

#[tokio::test]
async fn another_tenants_documents_change_nothing() {
    let world = World::knowing(&[SHOP]).await;
    let before = world.reply(&ask("is there parking?")).await;
    for n in 10..14 {
        let parking = "# Parking\n\nParking, zip and building: parking for umbrellas.";
        world.add(NEXT_DOOR, n, parking, None).await;
    }
    let after = world.reply(&ask("is there parking?")).await;
    assert_eq!(after.outcome, before.outcome);
    assert_eq!(after.made.confidence, before.made.confidence);
    assert_eq!(world.answer("parking for umbrellas?").await.map(|(_, sure)| sure), None);
}

#[tokio::test]
async fn nothing_that_was_said_is_printed() {
    let world = World::knowing(&[SHOP]).await;
    let ask = ask("is there parking?");
    let printed = format!("{ask:?} {:?} {:?}", world.reply(&ask).await, world.answering);
    assert!(!printed.to_lowercase().contains("parking"), "{printed}");
}

#[tokio::test]
async fn several_questions_at_once_are_each_answered() {
    let world = World::knowing(&[SHOP]).await;
    let reply = world.reply(&ask("Hi!\nhow much is a new zip?\nis there parking?")).await;
    let Outcome::Answer { text, sources, left, .. } = &reply.outcome else { panic!("{reply:?}") };
    for said in ["£32", "free parking"] {
        assert!(text.expose().contains(said), "{}", text.0);
    }
    let headings: Vec<&str> = sources.iter().map(|source| source.heading.expose()).collect();
    assert_eq!((headings.as_slice(), left), (["Prices", "Parking"].as_slice(), &None));
    for source in sources {
        assert!(reply.made.passages.contains(&source.passage));
    }
}

#[tokio::test]
async fn what_can_be_answered_of_several_questions_is_and_a_person_sees_to_the_rest() {
    let world = World::knowing(&[SHOP]).await;
    let asked = ask("how much is a new zip?\nWho won the world cup?");
    let reply = world.reply(&asked).await;
    let Outcome::Answer { text, sources, left, .. } = &reply.outcome else { panic!("{reply:?}") };
    assert!(text.expose().contains("£32"), "{}", text.0);
    assert!(text.expose().ends_with("A colleague will answer you here as soon as possible."));
    assert_eq!((sources.len(), left), (1, &Some(HandOffReason::NothingFound)));
    // Where nobody takes over the agent says that it does not know the rest.
    let mut alone = asked;
    alone.agent.settings.handoff.when_unsure = false;
    let reply = world.reply(&alone).await;
    let Outcome::Answer { text, left, .. } = &reply.outcome else { panic!("{reply:?}") };
    assert!(text.expose().ends_with("I do not know that."), "{}", text.0);
    assert_eq!(left, &None);
}

#[tokio::test]
async fn a_question_written_in_pieces_is_read_as_one() {
    let world = World::knowing(&[SHOP]).await;
    let (whole, _) = world.answer("are you open on Sundays?").await.unwrap();
    let (pieces, _) = world.answer("are you open\non Sundays?").await.unwrap();
    assert!(pieces.contains("On Sundays we are closed."), "{pieces} / {whole}");
}
