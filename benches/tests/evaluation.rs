//! Questions are answered at least as well as they were: the marks of the development half.
//!
//! The other half is not asked here, so that nobody is tempted to answer it. `evaluate` does.

use std::path::Path;

use convolog_benches::evaluation::{Evaluation, Half, Marks};

#[tokio::test]
async fn the_development_half_is_answered_as_well_as_ever() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/evaluation");
    let evaluation = Evaluation::open(&folder).await.unwrap();
    let mut all = Marks::default();
    for (_, marks) in evaluation.run(Half::Development).await.unwrap() {
        all.add(&marks);
    }
    let lines = all.lines.join("\n");
    assert!(all.top_three * 100 >= all.answerable * 90, "right passages: {}", all.top_three);
    assert!(all.answered * 100 >= all.answerable * 55, "answered: {}\n{lines}", all.answered);
    assert!(all.made_up() * 100 <= all.unanswerable * 5, "made up:\n{lines}");
    let (asked, answered) = evaluation.strangers(Half::Development).await.unwrap();
    let answered = u32::try_from(answered.len()).unwrap();
    assert!(answered * 100 <= asked * 5, "of another business: {answered}");
}
