//! Stories from the command line.

use serde_json::{Value, json};

use crate::process::{ends, said, with_keys};

const SENDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/stories/sending");

#[test]
fn a_folder_of_stories_is_told_on_both_hosts() {
    let told = ends(with_keys().args(["replay", "test", "--json", SENDING]), 0);
    let told: Value = serde_json::from_str(&said(&told)).unwrap();
    let (domain, http) = (&told[0], &told[1]);
    assert_eq!((&domain["over"], &http["over"]), (&json!("domain"), &json!("http")), "{told}");
    // What only a server can answer is skipped in the domain.
    let stories = http["stories"].as_array().unwrap().len();
    assert_eq!((&http["passed"], &http["skipped"]), (&json!(stories), &json!(0)), "{told}");
    assert_eq!((&domain["passed"], &domain["skipped"]), (&json!(stories - 1), &json!(1)), "{told}");
    assert!(http["tally"]["requests"].as_u64().unwrap() >= 5, "{told}");
    ends(with_keys().args(["replay", "test", "--over", "post", SENDING]), 2);
}

#[test]
fn a_story_that_fails_says_where_and_what_was_left_to_the_engine() {
    let scratch = tempfile::tempdir().unwrap();
    let story = "\
story: An instance is named
when: [{command: {arm: {instance: the first machine}}}]
then: {in: installation, events: {installation: [instance_disarmed]}}
";
    std::fs::write(scratch.path().join("wrong.yaml"), story).unwrap();
    let test = ["replay", "test", "--over", "http"];
    let printed = said(&ends(with_keys().args(test).arg(scratch.path()), 1));
    for shown in [
        "FAILED  An instance is named",
        "wrong.yaml, then",
        "found [\"instance_armed\"]",
        "0 passed, 1 failed",
        "left to the engine 1 times: arm",
    ] {
        assert!(printed.contains(shown), "{shown} not in {printed}");
    }
}
