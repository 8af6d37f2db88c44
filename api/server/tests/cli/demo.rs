//! The demo: seeded through the front door, with six commands that work, and it goes on.

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
    for number in 1..=6 {
        running.line(&format!("{number}. "));
        commands.push(running.line("   "));
    }
    running.line("Simulated customers");
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

#[test]
fn it_is_seeded_shows_six_commands_that_work_and_goes_on() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("demo");
    let mut first = start(&data);
    let [conversations, messages, replay, stream, search, verify] = first.commands.as_slice()
    else {
        panic!("six commands were to be printed: {:?}", first.commands);
    };
    let before = list(conversations);
    assert!(before.len() >= 4, "{before:?}");
    assert!(list(messages).len() >= 12);
    let (then, now) = (paste(replay), paste(replay.split(" --as-of").next().unwrap()));
    assert!(then.contains("Tom Reyes") && then.len() < now.len(), "{then}");
    let found = list(search);
    assert_eq!(found[0]["title"], "Opening hours and emergencies", "{found:?}");
    assert!(paste(verify).ends_with("clean\n"));

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
    assert_eq!(list(&second.commands[0]), before, "a second start seeds nothing again");
    assert!(second.running.stop().success());
}

#[test]
fn it_leaves_alone_what_is_no_demo() {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::create_dir(scratch.path().join("log")).unwrap();
    let mut command = convolog();
    crate::process::ends(command.args(["demo", "--data"]).arg(scratch.path()), 2);
}
