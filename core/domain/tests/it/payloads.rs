//! Payloads in the clear stand in the log for ever: if a change is meant, raise the schema version,
//! add an upcast, keep the old lines and add the new ones. A line: type code, name, `@` schema version, MessagePack in hex.

use std::collections::BTreeSet;

use convolog_domain::{Event, EventType};

use crate::lines;
use crate::samples::events;

const FIXTURES: &str = include_str!("../../fixtures/payloads.txt");

/// One line, taken apart.
struct Line {
    code: u16,
    schema: u16,
    payload: Vec<u8>,
}

fn parse(line: &str) -> Option<Line> {
    let mut words = line.split(' ');
    let (code, name, schema, payload) =
        (words.next()?, words.next()?, words.next()?, words.next()?);
    let line = Line {
        code: code.parse().ok()?,
        schema: schema.strip_prefix('@')?.parse().ok()?,
        payload: hex::decode(payload).ok()?,
    };
    let row = row(line.code)?;
    (words.next().is_none() && row.name == name).then_some(line)
}

fn row(code: u16) -> Option<EventType> {
    Event::catalogue().into_iter().find(|row| row.code == code)
}

fn print(event: &Event) -> Result<String, Box<dyn std::error::Error>> {
    let EventType { code, name, schema, .. } = event.event_type();
    Ok(format!("{code} {name} @{schema} {}", hex::encode(event.payload()?)))
}

#[test]
fn every_event_type_has_a_sample() {
    let sampled: BTreeSet<_> = events().iter().map(|event| event.event_type().name).collect();
    let all: BTreeSet<_> = Event::catalogue().iter().map(|row| row.name).collect();
    assert_eq!(sampled, all);
}

#[test]
fn every_sample_is_written_as_it_always_was() {
    let current: Vec<_> = lines(FIXTURES)
        .into_iter()
        .filter(|line| {
            let line = parse(line).unwrap_or_else(|| panic!("not a fixture: {line}"));
            row(line.code).is_some_and(|row| row.schema == line.schema)
        })
        .collect();
    let written: Vec<_> = events().iter().map(|event| print(event).unwrap()).collect();
    assert_eq!(current, written, "payloads changed; written now:\n{}\n", written.join("\n"));
}

#[test]
fn every_payload_ever_written_can_be_read() {
    for line in lines(FIXTURES) {
        let Line { code, schema, payload } = parse(line).unwrap();
        let event = Event::read(code, schema, &payload).unwrap_or_else(|e| panic!("{line}: {e}"));
        assert_eq!(event.event_type().code, code);
    }
}

#[test]
fn what_was_written_is_what_is_read() {
    for event in events() {
        let row = event.event_type();
        assert_eq!(Event::read(row.code, row.schema, &event.payload().unwrap()).unwrap(), event);
    }
}

#[test]
fn a_newer_schema_and_an_unknown_type_are_refused() {
    for event in events() {
        let row = event.event_type();
        assert!(Event::read(row.code, row.schema + 1, &event.payload().unwrap()).is_err());
    }
    assert!(Event::read(u16::MAX, 1, &[0x80]).is_err());
}

#[test]
fn a_field_that_a_later_version_adds_does_not_disturb_this_one() {
    for event in events() {
        let row = event.event_type();
        let mut payload = event.payload().unwrap();
        // A map of up to 15 fields begins with 0x80 + their number.
        assert!((0x80..0x8F).contains(&payload[0]), "{}: no small map", row.name);
        payload[0] += 1;
        payload.extend([0xA5, b'l', b'a', b't', b'e', b'r', 0xC3]);
        assert_eq!(Event::read(row.code, row.schema, &payload).unwrap(), event, "{}", row.name);
    }
}
