//! Opens what a power cut left and compares it with what was acknowledged.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

use convolog_domain::{Content, Event, conversation};
use convolog_engine::{DataFolder, Disclose as _, Disclosure, Recorded};
use convolog_log::{EventLog as _, Filter, Position};
use convolog_vault::KeyState;

use super::acks::{Ack, Acks};
use super::world::{self, WORKSPACE};

pub(crate) fn run(dir: &Path, acks: &Path) -> ExitCode {
    let acks = Acks::read(acks);
    if acks.is_empty() && !dir.join("log/MANIFEST").is_file() {
        println!("cut before there was a log");
        return ExitCode::SUCCESS;
    }
    let folder = match world::open(dir) {
        Ok(folder) => folder,
        Err(error) => {
            println!("{} acknowledged; it does not open: {}", acks.len(), causes(&error));
            return ExitCode::FAILURE;
        }
    };
    let head = folder.log().head().0;
    let told = told(&folder);
    let mut wrong = Vec::new();
    let mut erased = 0;
    for ack in &acks {
        match ack {
            Ack::Message { id, position } => {
                if !told.contains_key(id) {
                    wrong.push(format!("{id} was acknowledged at {position} and is gone"));
                } else if *position > head {
                    wrong.push(format!(
                        "{id} was acknowledged at {position}, the log ends at {head}"
                    ));
                }
            }
            Ack::Erased { contact, position } => {
                erased += 1;
                let state = folder.engine().vault().key_state(WORKSPACE.0, *contact);
                if state != KeyState::Erased || *position > head {
                    wrong.push(format!("{contact} was erased at {position}, is {state:?} now"));
                }
            }
        }
    }
    for (id, count) in &told {
        if *count > 1 {
            wrong.push(format!("{id} is there {count} times"));
        }
    }
    let report = convolog_replay::verify::verify(&folder, &mut |_, _, _| {}).unwrap_or_else(|e| {
        wrong.push(causes(&e));
        convolog_replay::verify::Report::default()
    });
    wrong.extend(report.problems().map(str::to_owned));
    println!(
        "{} acknowledged, {erased} erased; {head} events, {} closed volumes; {}",
        acks.len(),
        report.log.closed_volumes,
        if wrong.is_empty() { "all there, once" } else { "LOST" }
    );
    for problem in wrong.iter().take(5) {
        println!("{problem}");
    }
    ExitCode::from(u8::from(!wrong.is_empty()))
}

fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// How often each message stands in the log.
fn told(folder: &DataFolder) -> HashMap<String, u32> {
    let head = folder.log().head();
    let mut told: HashMap<String, u32> = HashMap::new();
    let mut at = Position::START;
    while at < head {
        let (records, reached) = folder.log().read(at, 4_096, &Filter::default()).unwrap();
        for recorded in records.iter().map(|record| Recorded::read(record).unwrap()) {
            if !matches!(
                recorded.event,
                Event::Conversation(conversation::Event::MessageReceived(_))
            ) {
                continue;
            }
            for opened in folder.engine().open(&recorded) {
                let Disclosure::Content(Content::Message(content)) = opened.disclosure else {
                    continue;
                };
                let text = content.text.map(|text| text.0).unwrap_or_default();
                let id = text.strip_prefix("message ").unwrap_or_default().to_owned();
                *told.entry(id).or_default() += 1;
            }
        }
        at = reached;
    }
    told
}
