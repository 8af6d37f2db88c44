//! What was acknowledged, a line each, outside the disk that loses its power.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use uuid::Uuid;

/// One acknowledgement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Ack {
    /// A message is there, and everything up to this position.
    Message { id: String, position: u64 },
    /// A contact was erased.
    Erased { contact: Uuid, position: u64 },
}

/// The file of acknowledgements. One write a line, so that no line is torn.
pub(crate) struct Acks(File);

impl Acks {
    pub(crate) fn open(path: &Path) -> Self {
        Self(File::options().create(true).append(true).open(path).unwrap())
    }

    pub(crate) fn note(&self, ack: &Ack) {
        let line = match ack {
            Ack::Message { id, position } => format!("message {id} {position}\n"),
            Ack::Erased { contact, position } => format!("erased {contact} {position}\n"),
        };
        (&self.0).write_all(line.as_bytes()).unwrap();
    }

    /// Every whole line.
    pub(crate) fn read(path: &Path) -> Vec<Ack> {
        let text = std::fs::read_to_string(path).unwrap();
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        whole.lines().map(parse).collect()
    }
}

fn parse(line: &str) -> Ack {
    let words: Vec<&str> = line.split(' ').collect();
    match words.as_slice() {
        ["message", id, position] => {
            Ack::Message { id: (*id).to_owned(), position: position.parse().unwrap() }
        }
        ["erased", contact, position] => {
            Ack::Erased { contact: contact.parse().unwrap(), position: position.parse().unwrap() }
        }
        _ => unreachable!("the writer wrote this line: {line}"),
    }
}
