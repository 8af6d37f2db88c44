//! Erasing somebody while the server is stopped: keys and search indexes, and no file tells of them.

use serde_json::{Value, json};

use crate::keys::Drill;
use crate::process::{ends, said};

const CANARIES: [&str; 4] = ["--json", "--for", "14155550163", "My secret is a canary"];

#[tokio::test]
async fn a_stopped_installation_forgets_somebody_in_every_file() {
    let drill = Drill::start().await;
    let scan = |code: i32| -> Value {
        let output = ends(drill.on_data(&["scan"]).args(CANARIES), code);
        serde_json::from_str(&said(&output)).unwrap()
    };
    let before = scan(1);
    let in_index = |find: &&Value| find["place"]["kind"] == "index";
    let indexed = before["found"].as_array().unwrap().iter().filter(in_index);
    assert_eq!(indexed.map(|find| find["canary"].clone()).collect::<Vec<_>>(), [json!(2)]);
    let dry = ["erase", &drill.contact, "--workspace", &drill.workspace, "--dry-run"];
    // The message and the name.
    assert_eq!(drill.json(&dry)["search_documents"], 2);

    let certificate = drill.erase();
    let (keys, files) = (&certificate["keys_gone_at"], &certificate["indexes_rewritten_at"]);
    assert!(files.as_str().unwrap() >= keys.as_str().unwrap(), "{certificate}");
    let after = scan(0);
    assert_eq!((&after["found"], &after["problems"]), (&json!([]), &json!([])));
    assert!(after["terms"].as_u64().unwrap() > 0, "{after}");
    let again = ["erase", &drill.contact, "--workspace", &drill.workspace, "--certificate"];
    assert_eq!(drill.json(&again), certificate);
    drill.json(&["verify", "--json"]);
}
