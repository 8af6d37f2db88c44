//! Nothing of one workspace shows in another: neither what is found nor how well it answers.

use convolog_domain::WorkspaceId;
use proptest::prelude::*;

use super::world::{HOME, NEXT_DOOR, World, document, message, messages, passages, text};

/// Words few enough that the same ones are common in one workspace and rare in the other.
fn words() -> impl Strategy<Value = String> {
    let word =
        prop::sample::select(vec!["open", "hours", "price", "menu", "table", "parking", "and"]);
    prop::collection::vec(word, 1..30).prop_map(|words| words.join(" "))
}

/// What a question finds: which passages, and their scores to the last bit.
fn scores(search: &crate::Search, workspace: WorkspaceId) -> Vec<(u128, u32, u32)> {
    ["open hours", "price", "\"open hours\"", "menu*", "tabel~ parking"]
        .iter()
        .flat_map(|typed| passages(search, workspace, typed).hits)
        .map(|hit| (hit.document.0.as_u128(), hit.number, hit.score.to_bits()))
        .collect()
}

#[test]
fn another_tenants_documents_change_no_score_and_are_never_found() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let many = || prop::collection::vec(words(), 1..5);
    proptest!(ProptestConfig::with_cases(12), |(own in many(), others in many())| {
        runtime.block_on(async {
            let world = World::new();
            let search = world.search();
            for (n, content) in (0_u128..).zip(&own) {
                world.add(HOME, document(n), text("Own", content)).await;
            }
            world.found(&search).await;
            let before = scores(&search, HOME);
            prop_assert!(!before.is_empty() || own.iter().all(|text| !text.contains("price")));
            for (n, content) in (100_u128..).zip(&others) {
                world.add(NEXT_DOOR, document(n), text("Other", content)).await;
            }
            world.meet(NEXT_DOOR, 7, "Price Open").await;
            world.say(NEXT_DOOR, 7, message(7), "open hours price menu").await;
            world.found(&search).await;
            prop_assert_eq!(&scores(&search, HOME), &before);
            prop_assert!(scores(&search, HOME).iter().all(|(id, ..)| *id < document(100).0.as_u128()));
            prop_assert!(scores(&search, NEXT_DOOR).iter().all(|(id, ..)| *id >= document(100).0.as_u128()));
            prop_assert_eq!(messages(&search, HOME, "open hours"), []);
            Ok(())
        })?;
    });
}

#[tokio::test]
async fn a_workspace_without_anything_finds_nothing() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("One", "Open daily.")).await;
    world.found(&search).await;
    assert_eq!(passages(&search, NEXT_DOOR, "open").hits, []);
}

#[tokio::test]
async fn messages_do_not_change_how_well_passages_answer() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("One", "Open daily and closed at night, with a menu.")).await;
    world.add(HOME, document(2), text("Two", "The price of the menu.")).await;
    world.found(&search).await;
    let before = scores(&search, HOME);
    world.meet(HOME, 1, "Ana Open").await;
    for n in 0..20 {
        world.say(HOME, 1, message(n), "open hours price menu parking").await;
    }
    world.found(&search).await;
    assert_eq!(scores(&search, HOME), before);
}
