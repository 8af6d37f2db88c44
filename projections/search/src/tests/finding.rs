//! What is found, and what is not.

use convolog_domain::conversation::Direction;
use convolog_domain::document::DocumentFormat;
use proptest::prelude::*;

use super::world::{
    CHANNEL, HOME, NOW, World, agent, contact, conversation, document, documents, message,
    messages, passages, text,
};
use crate::{DEPTH, MessageSearch, NameSearch, PassageScope, PassageSearch, Search};

#[tokio::test]
async fn a_document_is_found_in_all_forms_of_its_words() {
    let world = World::new();
    let search = world.search();
    let hours = "# Opening hours\n\nWe are open from nine to five, and closed on public holidays.";
    world.add(HOME, document(1), text("Practice", hours)).await;
    world
        .add(HOME, document(2), text("Prices", "A cleaning costs 80 euros, and a filling 120."))
        .await;
    world.found(&search).await;
    for typed in [
        "hours",
        "opened",
        "holiday",
        "\"public holidays\"",
        "holi*",
        "hollidays~",
        "OPENING",
        "practice",
        "holidays -euros",
        "+closed maybe",
        "(hours",
        "hours AND",
        "field:hours",
    ] {
        assert_eq!(documents(&search, HOME, typed).first(), Some(&document(1)), "{typed}");
    }
    for typed in ["\"holidays public\"", "holidays -closed", "unrelated", "!?", "*", "-hours OR"] {
        assert!(!documents(&search, HOME, typed).contains(&document(1)), "{typed}");
    }
    let hit = passages(&search, HOME, "holidays").hits.remove(0);
    assert_eq!(
        (hit.title.as_str(), hit.headings.as_slice()),
        ("Practice", ["Opening hours".to_owned()].as_slice())
    );
    assert!(hit.snippet.html.contains("<mark>holidays</mark>"), "{}", hit.snippet.html);
    assert_eq!(
        passages(&search, HOME, "price* hours").hits.len(),
        2,
        "each word is only wished for"
    );
}

#[tokio::test]
async fn only_the_newest_version_is_found_and_nothing_of_what_was_removed() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("Menu", "Soup of the day is lentil.")).await;
    world.found(&search).await;
    world.update(HOME, document(1), text("Menu", "Soup of the day is tomato.")).await;
    world.found(&search).await;
    assert_eq!(documents(&search, HOME, "tomato"), [document(1)]);
    assert_eq!(documents(&search, HOME, "lentil"), []);
    assert_eq!(passages(&search, HOME, "soup").hits[0].version, 2);
    world.remove(HOME, document(1)).await;
    world.found(&search).await;
    assert_eq!(documents(&search, HOME, "soup"), []);
}

#[tokio::test]
async fn passages_are_filtered_by_agent_document_and_language() {
    let world = World::new();
    let search = world.search();
    let own = |n| {
        move |draft: convolog_domain::document::DocumentDraft| {
            convolog_domain::document::DocumentDraft { agent: Some(agent(n)), ..draft }
        }
    };
    world
        .add(HOME, document(1), text("All", "Parking is free for you and all of our guests."))
        .await;
    world
        .add(
            HOME,
            document(2),
            own(1)(text("One", "Parking is in the yard of the house for this.")),
        )
        .await;
    world
        .add(
            HOME,
            document(3),
            own(2)(text("Two", "O parking é gratuito para você e para os seus.")),
        )
        .await;
    world.found(&search).await;
    let find = |wanted: PassageSearch| {
        let wanted = PassageSearch { text: "parking".into(), limit: 9, ..wanted };
        let mut found: Vec<_> =
            search.passages(HOME, &wanted).unwrap().hits.iter().map(|hit| hit.document).collect();
        found.sort_unstable();
        found
    };
    assert_eq!(find(PassageSearch::default()), [document(1), document(2), document(3)]);
    let among = |scope| PassageSearch { scope, ..PassageSearch::default() };
    let of_one = among(PassageScope { agent: Some(agent(1)), ..PassageScope::default() });
    assert_eq!(find(of_one), [document(1), document(2)]);
    let documents = Some(vec![document(2)]);
    let of_two = among(PassageScope { documents, ..PassageScope::default() });
    assert_eq!(find(of_two), [document(2)]);
    let portuguese = PassageScope { language: Some("pt".into()), ..PassageScope::default() };
    assert_eq!(find(among(portuguese.clone())), [document(3)]);
    let nothing = PassageScope { documents: Some(vec![]), ..PassageScope::default() };
    assert_eq!(find(among(nothing)), []);

    let count = |scope: &PassageScope| {
        let words = [vec!["house".to_owned(), "parking".to_owned()], vec!["gratuitos".to_owned()]];
        let counts = search.count_passages(HOME, scope, &words).unwrap();
        (counts.passages, counts.holding)
    };
    assert_eq!(count(&PassageScope::default()), (3, vec![3, 1]));
    assert_eq!(count(&portuguese), (1, vec![1, 1]));
    let languages = |scope| search.passage_languages(HOME, &scope).unwrap();
    let both = [("en".to_owned(), 2), ("pt".to_owned(), 1)];
    assert_eq!(languages(PassageScope::default()), both.into());
    world.remove(HOME, document(3)).await;
    world.found(&search).await;
    assert_eq!(count(&PassageScope::default()), (2, vec![2, 0]), "what is gone does not count");
    assert_eq!(languages(PassageScope::default()), [("en".to_owned(), 2)].into());
}

#[tokio::test]
async fn hebrew_is_found_with_and_without_its_particles() {
    let world = World::new();
    let search = world.search();
    world
        .add(HOME, document(1), text("שעות", "החנות פתוחה בימי ראשון והמשלוחים יוצאים בבוקר."))
        .await;
    world.found(&search).await;
    for typed in ["חנות", "החנות", "משלוחים", "המשלוחים", "בוקר", "פְּתוּחָה", "\"החנות פתוחה\""]
    {
        assert_eq!(documents(&search, HOME, typed), [document(1)], "{typed}");
    }
    let hit = passages(&search, HOME, "חנות").hits.remove(0);
    assert!(hit.snippet.html.starts_with("<mark>החנות</mark>"), "{}", hit.snippet.html);
}

#[tokio::test]
async fn what_is_typed_without_accents_is_found_and_the_other_way_round() {
    let world = World::new();
    let search = world.search();
    let policy = "A política de devolução é simples: para informações, escreva para a loja.";
    world.add(HOME, document(1), text("Loja", policy)).await;
    let careless = "Para fazer a devolucao do produto, e so escrever para a loja que voce usou.";
    world.add(HOME, document(2), text("Trocas", careless)).await;
    world.add(HOME, document(3), text("Paseos", "Caminábamos por la playa con los perros.")).await;
    world.found(&search).await;
    for typed in ["devolucao", "devolução"] {
        let mut found = documents(&search, HOME, typed);
        found.sort_unstable();
        assert_eq!(found, [document(1), document(2)], "{typed}");
    }
    for typed in ["informacoes", "\"politica de devolucao\"", "\"política de devolução\""] {
        assert_eq!(documents(&search, HOME, typed), [document(1)], "{typed}");
    }
    assert_eq!(documents(&search, HOME, "\"a devolução do produto\""), [document(2)]);
    assert_eq!(documents(&search, HOME, "caminabamos"), [document(3)]);
    let hit = passages(&search, HOME, "informacoes").hits.remove(0);
    assert!(hit.snippet.html.contains("<mark>informações</mark>"), "{}", hit.snippet.html);
}

#[tokio::test]
async fn words_of_the_scripts_of_india_are_whole() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("समय", "क्लिनिक सोमवार को खुला है।")).await;
    world.add(HOME, document(2), text("நேரம்", "செவ்வாய்க்கிழமை மருத்துவர் இருப்பார்.")).await;
    world.found(&search).await;
    for (typed, found) in [("क्लिनिक", 1), ("செவ்வாய்க்கிழமை", 2)]
    {
        assert_eq!(documents(&search, HOME, typed), [document(found)], "{typed}");
        let hit = passages(&search, HOME, typed).hits.remove(0);
        let marked = format!("<mark>{typed}</mark>");
        assert!(hit.snippet.html.contains(&marked), "{}", hit.snippet.html);
    }
    assert_eq!(documents(&search, HOME, "लिनिक"), [], "half a word is none");
}

#[tokio::test]
async fn a_question_that_only_excludes_finds_nothing() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("Refunds", "A refund takes five days and no more.")).await;
    world.found(&search).await;
    let found = passages(&search, HOME, "-refund");
    assert!(found.hits.is_empty());
    assert_eq!(found.left_out.len(), 1);
    let found = passages(&search, HOME, "refund AND");
    assert_eq!((found.hits.len(), found.left_out.len()), (1, 1));
}

#[tokio::test]
async fn messages_are_found_by_their_newest_text_and_filtered() {
    let world = World::new();
    let search = world.search();
    world.meet(HOME, 1, "Ana Souza").await;
    world.meet(HOME, 2, "Bruno Lima").await;
    world.say(HOME, 1, message(1), "Vocês entregam flores no sábado?").await;
    world.say(HOME, 2, message(2), "Quero flores para domingo").await;
    world.found(&search).await;
    assert_eq!(messages(&search, HOME, "flores sábado"), [message(1)], "every word is needed");
    assert_eq!(messages(&search, HOME, "flores").len(), 2);
    world.edit(HOME, 1, message(1), "Vocês entregam plantas no sábado?").await;
    world.found(&search).await;
    assert_eq!(messages(&search, HOME, "flores"), [message(2)]);
    assert_eq!(messages(&search, HOME, "plantas"), [message(1)]);
    let find = |wanted: MessageSearch| {
        let wanted = MessageSearch { text: "vocês OR quero".into(), limit: 9, ..wanted };
        search.messages(HOME, &wanted).unwrap().hits.len()
    };
    let all = MessageSearch::default;
    assert_eq!(find(all()), 2);
    assert_eq!(find(MessageSearch { conversation: Some(conversation(1)), ..all() }), 1);
    assert_eq!(find(MessageSearch { contacts: vec![contact(2)], ..all() }), 1);
    assert_eq!(find(MessageSearch { contacts: vec![contact(1), contact(2)], ..all() }), 2);
    assert_eq!(find(MessageSearch { channel: Some(CHANNEL), ..all() }), 2);
    assert_eq!(find(MessageSearch { direction: Some(Direction::Outbound), ..all() }), 0);
    assert_eq!(find(MessageSearch { since: Some(NOW), before: Some(NOW + 1), ..all() }), 2);
    assert_eq!(find(MessageSearch { before: Some(NOW), ..all() }), 0);
}

#[tokio::test]
async fn contacts_are_found_by_the_beginnings_of_their_names() {
    let world = World::new();
    let search = world.search();
    world.meet(HOME, 1, "João da Silva").await;
    world.meet(HOME, 2, "Joana Prado").await;
    world.found(&search).await;
    let find = |typed: &str| -> Vec<_> {
        let wanted = NameSearch { text: typed.into(), limit: 9 };
        search.contacts(HOME, &wanted).unwrap().hits.into_iter().map(|hit| hit.contact).collect()
    };
    assert_eq!(find("joao"), [contact(1)]);
    assert_eq!(find("joa").len(), 2);
    assert_eq!(find("jo pra"), [contact(2)]);
    assert_eq!(find("prdao~"), [contact(2)]);
    assert_eq!(find("maria"), []);
}

#[tokio::test]
async fn the_best_come_in_one_order_however_many_are_asked_for() {
    let world = World::new();
    let search = world.search();
    world.meet(HOME, 1, "Ana").await;
    // All alike, and more than are looked at for a few; where they lie says nothing of their ids.
    for n in 0..120 {
        world.say(HOME, 1, message(n * 37 % 127), "ok").await;
    }
    world.say(HOME, 1, message(999), "ok ok").await;
    world.found(&search).await;
    let best = |limit: usize| -> Vec<_> {
        let wanted = MessageSearch { text: "ok".into(), limit, ..MessageSearch::default() };
        search.messages(HOME, &wanted).unwrap().hits.into_iter().map(|hit| hit.message).collect()
    };
    let all = best(DEPTH);
    assert_eq!((all.len(), all[0]), (121, message(999)));
    for limit in [1, 2, 10, 11, 20, 60, 88, 89, 100, 120, 121] {
        assert_eq!(best(limit), all[..limit], "{limit}");
    }
}

async fn with_a_few_of_everything() -> (World, Search) {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("One", "Alpha beta gamma. Delta!")).await;
    let html = "<h2>Two</h2><p>alpha</p>";
    let draft = convolog_domain::document::DocumentDraft {
        format: DocumentFormat::Html,
        ..text("T", html)
    };
    world.add(HOME, document(2), draft).await;
    world.meet(HOME, 1, "Alpha Beta").await;
    world.say(HOME, 1, message(1), "alpha beta").await;
    world.found(&search).await;
    (world, search)
}

#[test]
fn nothing_that_can_be_typed_fails() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let (_world, search) = runtime.block_on(with_a_few_of_everything());
    let typed = "(alpha|beta|\\PC|[-+~*^:\"'()\\[\\]{}/\\\\ 0-9]|AND |OR |NOT | TO ){0,24}";
    proptest!(ProptestConfig::with_cases(256), |(typed in typed)| {
        passages(&search, HOME, &typed);
        messages(&search, HOME, &typed);
        search.contacts(HOME, &NameSearch { text: typed, limit: 5 }).unwrap();
    });
}
