//! The API from a shell: a profile is kept once, then every read is a command.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::Value;

use crate::http::{Outside, text};
use crate::process::{ADMIN, Running, convolog, ends, noted, said};

fn json(command: &mut Command) -> Value {
    serde_json::from_str(&said(&ends(command, 0))).unwrap()
}

#[tokio::test]
async fn a_profile_is_kept_and_every_read_is_a_command() {
    let scratch = tempfile::tempdir().unwrap();
    let (_server, address) = Running::serve(&scratch.path().join("data"), &[]);
    let outside = Outside::new(&address);
    let (workspace, key) = outside.set_up().await;
    let mut newest = 0;
    for (number, from) in ["14155550163", "14155550164", "14155550165"].into_iter().enumerate() {
        let post = text(from, &number.to_string(), 1_795_168_800, "Good morning");
        newest = outside.post(post).await.unwrap();
    }
    let shell = || {
        let mut command = convolog();
        command.env("XDG_CONFIG_HOME", scratch.path()).env_remove("HOME");
        command
    };

    let none = noted(&ends(shell().args(["contacts", "list"]), 2));
    assert!(none.contains("convolog init"), "{none}");
    let wrong = ["init", "--url", &address, "--api-key", "cl_live_0"];
    let refused = noted(&ends(shell().args(wrong), 1));
    assert!(refused.contains("check the key"), "{refused}");
    ends(shell().args(["init", "--url", &address, "--api-key", &key]), 0);
    let file = scratch.path().join("convolog").join("profiles.json");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);

    let at_least = newest.to_string();
    let list = ["conversations", "list", "--limit", "2", "--at-least", &at_least];
    let page = json(shell().args(list));
    assert_eq!(page["data"].as_array().unwrap().len(), 2);
    assert!(page["next_page"].is_string());
    let all = json(shell().args(list).arg("--all"));
    assert_eq!(all["data"].as_array().unwrap().len(), 3);
    assert_eq!(all["next_page"], Value::Null);
    let id = all["data"][0]["id"].as_str().unwrap();
    let shown = json(shell().args(["conversations", "show", id]));
    assert_eq!(shown, all["data"][0]);
    let said = json(shell().args(["conversations", "messages", id]));
    assert_eq!(said["data"][0]["text"], "Good morning");
    let before = json(shell().args(["conversations", "list", "--as-of", "1", "--order", "oldest"]));
    assert_eq!(before["data"].as_array().unwrap().len(), 0);

    let refused = noted(&ends(shell().args(["conversations", "list", "--limit", "0"]), 1));
    assert!(refused.contains("limit"), "{refused}");
    ends(shell().args(["conversations", "show", "../contacts"]), 2);
    let admin = ["channels", "list", "--key", ADMIN, "--workspace", &workspace];
    assert_eq!(json(shell().args(admin))["data"].as_array().unwrap().len(), 1);

    // A key of ConvoAI does as well (CA-005).
    let wanted = serde_json::json!({ "name": "Moved", "surface": "convoai" });
    let made = outside.order(&format!("/v1/workspaces/{workspace}/keys"), ADMIN, &wanted).await;
    let moved = made["key"].as_str().unwrap();
    assert!(moved.starts_with("ck_live_"), "{moved}");
    let profile = ["--profile", "moved"];
    ends(shell().args(["init", "--url", &address, "--api-key", moved]).args(profile), 0);
    let shown = json(shell().args(["conversations", "show", id]).args(profile));
    assert_eq!(shown["id"], id);
}
