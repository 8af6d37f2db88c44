//! What is sealed, before it is sealed. A line: name, MessagePack in hex.

use convolog_domain::Content;

use crate::lines;
use crate::samples::{HASH, contents};

const FIXTURES: &str = include_str!("../../fixtures/contents.txt");

/// The name of a kind of content. No catch-all: a new kind must get a name, hence a sample.
const fn name(content: &Content) -> &'static str {
    match content {
        Content::Message(_) => "message",
        Content::Status(_) => "status",
        Content::Identity(_) => "identity",
        Content::Profile(_) => "profile",
        Content::Fragment(_) => "fragment",
        Content::Response(_) => "response",
        Content::Note(_) => "note",
        Content::Title(_) => "title",
        Content::Lead(_) => "lead",
        Content::Instructions(_) => "instructions",
        Content::Address(_) => "address",
        Content::Document(_) => "document",
        Content::Answers(_) => "answers",
        Content::Appointment(_) => "appointment",
        Content::Import(_) => "import",
        Content::File(_) => "file",
        Content::Pages(_) => "pages",
        Content::Media(_) => "media",
        Content::Parameters(_) => "parameters",
    }
}

#[test]
fn every_kind_is_written_as_it_always_was() {
    let written: Vec<_> = contents()
        .iter()
        .map(|c| format!("{} {}", name(c), hex::encode(rmp_serde::to_vec_named(c).unwrap())))
        .collect();
    assert_eq!(
        lines(FIXTURES),
        written,
        "contents changed; written now:\n{}\n",
        written.join("\n")
    );
}

#[test]
fn every_content_ever_written_can_be_read() {
    for line in lines(FIXTURES) {
        let (kind, bytes) = line.split_once(' ').unwrap();
        let content: Content = rmp_serde::from_slice(&hex::decode(bytes).unwrap()).unwrap();
        assert_eq!(name(&content), kind);
    }
}

#[test]
fn what_was_written_is_what_is_read_and_never_shows_in_debug() {
    for content in contents() {
        let bytes = rmp_serde::to_vec_named(&content).unwrap();
        assert_eq!(rmp_serde::from_slice::<Content>(&bytes).unwrap(), content);
        let shown = format!("{content:?}");
        assert!(!shown.contains("canary") && !shown.contains(HASH), "{shown}");
    }
}
