//! A post in parts: nothing lost, and every part says what its updates will say.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "helpers of tests"))]

use std::fs;

use convolog_whatsapp::{Part, compare, join, limits, parse, split};

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/whatsapp");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
        })
        .collect()
}

fn sees_the_same(part: &Part) -> bool {
    let post = parse(join([part]).as_bytes()).unwrap();
    post.updates.iter().all(|update| {
        let about = update.place.phone_number_id.is_none()
            || update.place.phone_number_id == part.phone_number_id;
        about && update.place.account_id == part.account_id
    })
}

#[test]
fn all_parts_together_are_the_post() {
    for (name, body) in fixtures() {
        let Ok(parts) = split(&body) else {
            assert!(parse(&body).is_err(), "{name}");
            continue;
        };
        let joined = join(&parts);
        let found = compare::leaves(std::str::from_utf8(&body).unwrap(), &joined).unwrap();
        assert_eq!(found.differences, 0, "{name}");
        assert!(parts.iter().all(sees_the_same), "{name}");
    }
}

#[test]
fn what_stands_beside_the_changes_is_a_part() {
    let body = r#"{"x":1,"object":"page","object":"whatsapp_business_account","entry":[
        {"id":"104","more":{"wa_id":"16505550142"},"time":7,"changes":[{"field":"a","value":{"metadata":{"phone_number_id":204}}},5],"changes":[{"field":"b"}]},
        9,{"id":"105"}],"entry":[{"id":"106","changes":[]}]}"#;
    let parts = split(body.as_bytes()).unwrap();
    let seen: Vec<_> = parts
        .iter()
        .map(|part| {
            (part.account_id.as_deref(), part.phone_number_id.as_deref(), part.field.as_deref())
        })
        .collect();
    assert_eq!(
        seen,
        [
            (None, None, None),
            (None, None, None),
            (Some("104"), Some("204"), Some("a")),
            (Some("104"), None, None),
            (Some("104"), None, Some("b")),
            (Some("104"), None, None),
            (None, None, None),
            (Some("105"), None, None),
            (Some("106"), None, None),
        ]
    );
    assert_eq!(
        join(&parts[2..5]),
        r#"{"object":"whatsapp_business_account","entry":[{"id":"104","time":7,"changes":[{"field":"a","value":{"metadata":{"phone_number_id":204}}},5,{"field":"b"}]}]}"#
    );
    assert!(
        join(&parts[..2])
            .starts_with(r#"{"x":1,"object":"page","object":"whatsapp_business_account""#)
    );
    assert!(parts.iter().all(sees_the_same));
}

/// Whoever judges by the part must not be shown another number than whoever stores the updates.
#[test]
fn repeated_keys_cannot_show_two_numbers() {
    let mine = r#"{"metadata":{"phone_number_id":"mine"},"messages":[{"id":"a"}]}"#;
    let theirs = r#"{"metadata":{"phone_number_id":"theirs"},"messages":[{"id":"b"}]}"#;
    let both = r#"{"metadata":{"phone_number_id":"theirs"},"metadata":{"phone_number_id":"theirs","phone_number_id":"mine"},"messages":[{"id":"c"}]}"#;
    for change in [
        format!(r#"{{"value":{theirs},"value":{mine},"field":"messages"}}"#),
        format!(r#"{{"value":{mine},"v\u0061lue":{theirs},"field":"messages"}}"#),
        format!(r#"{{"field":"x","value":{both},"field":"messages"}}"#),
    ] {
        let body = format!(
            r#"{{"object":"whatsapp_business_account","entry":[{{"id":"105","id":"104","changes":[{change}]}}]}}"#
        );
        for part in split(body.as_bytes()).unwrap() {
            assert!(sees_the_same(&part), "{change}");
        }
    }
}

#[test]
fn parts_are_bounded() {
    let changes = "1,".repeat(limits::MAX_UPDATES + 1);
    let body = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"104","changes":[{changes}1]}}]}}"#
    );
    assert_eq!(split(body.as_bytes()).unwrap_err().code(), "too_many_updates");
}
