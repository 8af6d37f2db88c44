//! Serve, post, stop, and look at what was kept with the server gone.

use serde_json::{Value, json};

use crate::http::{Outside, text};
use crate::process::{ADMIN, Running, ends, noted, said, with_keys};

fn json_of(output: &std::process::Output) -> Value {
    serde_json::from_str(&said(output)).unwrap_or_else(|_| panic!("not JSON: {}", said(output)))
}

#[tokio::test]
async fn what_was_posted_is_replayed_and_verified_with_the_server_gone() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let (server, address) = Running::serve(&data, &[]);
    let outside = Outside::new(&address);
    let (_, key) = outside.set_up().await;
    let now = jiff::Timestamp::now().as_second();
    let first = outside.post(text("14155550163", "A", now, "Good morning")).await.unwrap();
    let second = outside.post(text("14155550163", "B", now, "Anybody there?")).await.unwrap();
    let path = format!("/v1/conversations?at_least={second}");
    let list = outside.get(&path, &key).await;
    let id = list["data"][0]["id"].as_str().unwrap().to_owned();

    // The same transcripts and story from the server and, later, from the folder.
    let earlier = first.to_string();
    let questions: [&[&str]; 6] = [
        &["conversation", &id, "--format", "json"],
        &["conversation", &id, "--history", "--format", "json"],
        &["conversation", &id, "--as-of", &earlier, "--history"],
        &["conversation", &id, "--as-of", "2100-01-01T00:00:00Z", "--format", "markdown"],
        &["record", &id],
        &["record", &id, "--keep-personal"],
    ];
    let ask = |place: &[&str]| {
        let asked = |question: &&[&str]| {
            said(&ends(with_keys().arg("replay").args(*question).args(place), 0))
        };
        questions.iter().map(asked).collect::<Vec<_>>()
    };
    let live = ask(&["--url", &address, "--key", &key]);
    let nothing_yet = |place: &[&str]| {
        let before = ["replay", "conversation", &id, "--as-of", "1971-01-01T00:00:00Z"];
        let output = ends(with_keys().args(before).args(place), 1);
        assert!(noted(&output).contains("at position 0"), "{}", noted(&output));
    };
    nothing_yet(&["--url", &address, "--key", &key]);
    let wrong = ["replay", "record", &id, "--url", &address, "--key", "cl_live_nobodys"];
    assert!(noted(&ends(with_keys().args(wrong), 1)).contains("check the key"));
    let running = ends(with_keys().args(["verify", "--url", &address]), 0);
    assert!(said(&running).ends_with("clean\n"), "{}", said(&running));
    assert!(server.stop().success());

    let place = ["--data", data.to_str().unwrap()];
    let kept = ask(&place);
    nothing_yet(&place);
    for ((live, kept), question) in live.iter().zip(&kept).zip(questions) {
        assert_eq!(live, kept, "{question:?}");
    }
    let transcript: Value = serde_json::from_str(&kept[0]).unwrap();
    assert_eq!(transcript["messages"].as_array().unwrap().len(), 2);
    assert_eq!(transcript["tree"]["size"], transcript["position"]);
    let then = &kept[2];
    assert!(then.contains("Good morning") && !then.contains("Anybody"), "{then}");
    assert!(then.contains(&format!("tree of {first} events")), "{then}");
    assert!(kept[5].contains("Anybody there?") && !kept[4].contains("Anybody there?"));
    let replay = ["replay", "conversation", id.as_str()];
    let page =
        ends(with_keys().args(replay).args(place).args(["--format", "markdown", "--history"]), 0);
    assert!(said(&page).starts_with("# Conversation with Ana"), "{}", said(&page));

    let report = json_of(&ends(with_keys().args(["verify", "--json"]).args(place), 0));
    assert_eq!(report["log"]["problem"], Value::Null);
    assert!(report["log"]["records"].as_u64().unwrap() > second - first);
    assert_eq!(
        report["models"].as_array().unwrap().len(),
        1 + convolog_projections::names().count()
    );
    assert!(report["models"].as_array().unwrap().iter().all(|model| model["state"] == "identical"));
}

#[tokio::test]
async fn read_models_are_rebuilt_from_a_folder_and_over_http() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let (server, address) = Running::serve(&data, &[]);
    let outside = Outside::new(&address);
    let (_, key) = outside.set_up().await;
    outside.post(text("14155550163", "A", 1_795_168_800, "Hello")).await.unwrap();
    ends(with_keys().args(["rebuild", "conversations", "--url", &address]), 0);
    assert!(server.stop().success());
    std::fs::remove_dir_all(data.join("models")).unwrap();
    let place = ["--data", data.to_str().unwrap()];
    let rebuilt = json_of(&ends(with_keys().arg("rebuild").args(place), 0));
    assert_eq!(rebuilt.as_array().unwrap().len(), 1 + convolog_projections::names().count());
    let (server, address) = Running::serve(&data, &[]);
    let list = Outside::new(&address).get("/v1/conversations", &key).await;
    assert_eq!(list["data"][0]["inbound_messages"], 1);
    assert!(server.stop().success());
}

#[tokio::test]
async fn what_was_rebuilt_is_compared_swapped_in_rolled_back_and_called_off() {
    let scratch = tempfile::tempdir().unwrap();
    let (server, address) = Running::serve(&scratch.path().join("data"), &[]);
    let outside = Outside::new(&address);
    outside.set_up().await;
    outside.post(text("14155550163", "A", 1_795_168_800, "Hello")).await.unwrap();
    let rebuild = |words: &[&str], status| {
        ends(with_keys().arg("rebuild").args(words).args(["--url", &address]), status)
    };
    let nothing = rebuild(&["compare", "contacts"], 1);
    assert!(noted(&nothing).contains("409"), "{}", noted(&nothing));
    rebuild(&["contacts", "--wait", "--swap", "manual"], 0);
    let compared = json_of(&rebuild(&["compare", "contacts", "--lines", "1000"], 0));
    assert_eq!((&compared["name"], &compared["result"]), (&json!("contacts"), &json!("identical")));
    assert_eq!(json_of(&rebuild(&["swap", "contacts"], 0))["status"], "joining");
    let beside = async || {
        let shown = outside.get("/v1/projections/contacts", ADMIN).await;
        let done = shown.get("rebuild").is_none();
        shown["beside"]["state"].as_str().filter(|_| done).map(str::to_owned)
    };
    while beside().await.as_deref() != Some("kept") {
        tokio::task::yield_now().await;
    }
    assert_eq!(json_of(&rebuild(&["roll-back", "contacts"], 0))["status"], "joining");
    while beside().await.as_deref() != Some("waiting") {
        tokio::task::yield_now().await;
    }
    rebuild(&["cancel", "contacts"], 0);
    assert_eq!(beside().await, None);
    rebuild(&["swap", "contacts"], 1);
    ends(with_keys().args(["rebuild", "swap", "nothing", "--url", &address]), 2);
    assert!(server.stop().success());
}

#[tokio::test]
async fn an_instance_is_armed_and_a_copy_of_it_is_not() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let armed = |address: &str| {
        let outside = Outside::new(address);
        async move { outside.get("/v1/installation", ADMIN).await["armed"] == true }
    };
    let (server, address) = Running::serve(&data, &[]);
    assert!(!armed(&address).await, "a new installation acts on nobody's word");
    ends(with_keys().args(["arm", "--url", &address]), 0);
    assert!(armed(&address).await);
    assert!(server.stop().success());

    let copy = scratch.path().join("copy");
    let copied = std::process::Command::new("cp").arg("-a").arg(&data).arg(&copy).status();
    assert!(copied.unwrap().success());
    let (server, address) = Running::serve(&copy, &[]);
    assert!(!armed(&address).await, "a copy must not act");
    assert!(server.stop().success());

    let (server, address) = Running::serve(&data, &["--disarmed"]);
    assert!(!armed(&address).await);
    assert!(server.stop().success());
    let place = ["--data", data.to_str().unwrap()];
    let done = json_of(&ends(with_keys().arg("arm").args(place), 0));
    assert_eq!(done["armed"], true);
    let (server, address) = Running::serve(&data, &[]);
    assert!(armed(&address).await);
    ends(with_keys().args(["disarm", "--url", &address, "--reason", "moving house"]), 0);
    assert!(!armed(&address).await);
    assert!(server.stop().success());
    ends(with_keys().arg("disarm").args(place), 0);
}

#[test]
fn posts_come_out_as_they_went_in() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/whatsapp");
    let checked = ends(with_keys().args(["check-posts", "--json", fixtures]), 1);
    let total = json_of(&checked);
    assert_eq!((&total["differences"], &total["problems"]), (&json!(0), &json!(0)), "{total}");
    assert!(total["leaves"].as_u64().unwrap() > 1_500, "{total}");
    // What is no post at all is set aside, byte for byte: that proves nothing.
    let bodies = total["bodies"].as_array().unwrap();
    let aside: Vec<_> = bodies.iter().filter(|body| body["reasons"].is_array()).collect();
    let name = |body: &&Value| body["file"].as_str().unwrap().to_owned();
    assert!(aside.iter().map(name).all(|name| name.starts_with("broken_not_a_post")), "{aside:?}");
    assert_eq!(total["not_proved"], aside.len());
    assert_eq!(total["compared"], bodies.len() - aside.len());

    let scratch = tempfile::tempdir().unwrap();
    for name in ["text_many_entries.json", "order.json"] {
        std::fs::copy(format!("{fixtures}/{name}"), scratch.path().join(name)).unwrap();
    }
    let checked = ends(with_keys().arg("check-posts").arg(scratch.path()), 0);
    assert!(said(&checked).contains("2 compared"), "{}", said(&checked));
    let empty = tempfile::tempdir().unwrap();
    ends(with_keys().arg("check-posts").arg(empty.path()), 2);
    let nowhere = ends(with_keys().args(["check-posts", "/nowhere/at/all"]), 2);
    assert!(noted(&nowhere).contains("/nowhere/at/all"), "{}", noted(&nowhere));
}

/// Bytes of the largest file of the active volume.
fn volume_bytes(data: &std::path::Path) -> u64 {
    let volumes =
        std::fs::read_dir(data.join("log/volumes")).unwrap().map(|entry| entry.unwrap().path());
    let live = volumes.filter(|path| path.is_dir());
    live.map(|path| std::fs::metadata(path.join("db")).unwrap().len()).max().unwrap()
}

#[tokio::test]
async fn a_failed_write_ends_the_server_for_its_supervisor() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let (server, address) = Running::serve(&data, &[]);
    let (_, key) = Outside::new(&address).set_up().await;
    assert!(server.stop().success());

    // The system refuses to let files grow, as a disk does that fails.
    let limit = volume_bytes(&data) + (5 << 19);
    let line = format!("trap '' XFSZ; exec prlimit --fsize={limit} \"$0\" \"$@\"");
    let mut command = limited(&line);
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--poisoned-seconds", "0", "--data"])
        .arg(&data);
    let server = Running::start(&mut command, &data.with_extension("stderr"));
    let outside = Outside::new(&server.line("listening on "));
    let mut acknowledged = 0;
    while let Some(position) = outside
        .post(text("14155550163", &format!("F{acknowledged}"), 1_795_168_800, &"x".repeat(4_000)))
        .await
    {
        acknowledged += 1;
        assert!(position > 0 && acknowledged < 10_000);
    }
    assert_eq!(server.ended(), Some(3));

    // The supervisor starts it again, on a disk that is well.
    let (server, address) = Running::serve(&data, &[]);
    let list = Outside::new(&address).get("/v1/conversations", &key).await;
    let there = list["data"][0]["inbound_messages"].as_u64().unwrap_or_default();
    assert!(there >= acknowledged, "{there} of {acknowledged}");
    assert!(server.stop().success());
    ends(with_keys().args(["verify", "--data"]).arg(&data), 0);
}

/// The binary behind a line of the shell.
fn limited(line: &str) -> std::process::Command {
    let mut command = std::process::Command::new("sh");
    command.args(["-c", line, env!("CARGO_BIN_EXE_convolog")]);
    command.env("CONVOLOG_MASTER_KEY", crate::process::MASTER).env("CONVOLOG_ADMIN_TOKEN", ADMIN);
    command.env("CONVOLOG_USAGE", "0");
    command
}
