//! The demo: seeded through the front door, with five commands that work, and it goes on.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::process::{Running, convolog};

/// A running demo and what it printed.
struct Demo {
    running: Running,
    key: String,
    commands: Vec<String>,
}

fn start(data: &Path) -> Demo {
    let mut command = convolog();
    command.args(["demo", "--quiet", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    let running = Running::start(&mut command, &data.with_extension("stderr"));
    running.line("URL");
    let key = running.line("API key");
    let mut commands = Vec::new();
    for number in 1..=5 {
        running.line(&format!("{number}. "));
        commands.push(running.line("   "));
    }
    running.line("The simulated customers are silent");
    Demo { running, key, commands }
}

/// What a pasted command prints; it must end well.
fn paste(command: &str) -> String {
    let output = Command::new("sh").args(["-c", command]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let noted = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}\n{printed}\n{noted}");
    printed
}

fn list(command: &str) -> Vec<Value> {
    let answer: Value = serde_json::from_str(&paste(command)).unwrap();
    answer["data"].as_array().unwrap().clone()
}

/// What `list` reads, in the same words: another path of the API.
fn instead(command: &str, path: &str) -> String {
    let (begun, rest) = command.split_once("/v1/").unwrap();
    let (_, ended) = rest.split_once('\'').unwrap();
    format!("{begun}/v1/{path}'{ended}")
}

#[test]
fn it_is_seeded_shows_five_commands_that_work_and_goes_on() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("demo");
    let mut first = start(&data);
    let [messages, replay, pipeline, search, verify] = first.commands.as_slice() else {
        panic!("five commands were to be printed: {:?}", first.commands);
    };
    let conversations = instead(messages, "conversations?limit=5");
    let before = list(&conversations);
    assert!(before.len() >= 4, "{before:?}");
    assert!(list(messages).len() >= 12);
    let (then, now) = (paste(replay), paste(replay.split(" --as-of").next().unwrap()));
    assert!(then.contains("Tom Reyes") && then.len() < now.len(), "{then}");
    let stages: Value = serde_json::from_str(&paste(pipeline)).unwrap();
    for status in ["WON", "LOST"] {
        let leads = list(&instead(pipeline, &format!("leads?status={status}")));
        assert!(!leads.is_empty(), "nobody is {status}: {stages}");
    }
    let found = list(search);
    assert_eq!(found[0]["title"], "Opening hours and emergencies", "{found:?}");
    // What the tour of README.md looks for.
    for path in ["search/leads?q=priya", "search/messages?q=thursday"] {
        assert!(!list(&instead(search, path)).is_empty(), "{path}");
    }
    assert!(paste(verify).ends_with("clean\n"));

    let stream = instead(pipeline, "events/stream?after=0").replace("curl -s ", "curl -sN ");
    let mut following = Command::new("sh")
        .args(["-c", &format!("exec {stream}")])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(following.stdout.take().unwrap()).lines();
    let event =
        lines.map_while(Result::ok).find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
    following.kill().unwrap();
    following.wait().unwrap();
    let event: Value = serde_json::from_str(&event.unwrap()).unwrap();
    assert!(event["position"].as_u64().unwrap() > 0);

    // However it ends, it goes on.
    first.running.kill();
    let second = start(&data);
    assert_eq!(second.key, first.key);
    let again = instead(&second.commands[0], "conversations?limit=5");
    assert_eq!(list(&again), before, "a second start seeds nothing again");
    assert!(second.running.stop().success());
}

#[test]
fn it_leaves_alone_what_is_no_demo() {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::create_dir(scratch.path().join("log")).unwrap();
    let mut command = convolog();
    crate::process::ends(command.args(["demo", "--data"]).arg(scratch.path()), 2);
}
