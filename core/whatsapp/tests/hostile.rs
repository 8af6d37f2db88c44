//! Bytes that mean harm or nothing: nothing panics, nothing grows without bound, nothing odd sinks a post.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "helpers of tests"))]

use convolog_whatsapp::{Kind, NotMeta, limits, parse, reassemble, scan};

/// A post of the field `messages` whose value is `value`.
fn post_of(value: &str) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"104","changes":[{{"field":"messages","value":{value}}}]}}]}}"#
    )
}

fn code(body: &[u8]) -> &'static str {
    parse(body).unwrap_err().code()
}

/// How many messages, statuses and notices.
fn counts(body: &str) -> (usize, usize, usize) {
    let mut counts = (0, 0, 0);
    for update in parse(body.as_bytes()).unwrap().updates {
        match update.kind {
            Kind::Message(_) => counts.0 += 1,
            Kind::Status(_) => counts.1 += 1,
            Kind::Notice(_) => counts.2 += 1,
        }
    }
    counts
}

#[test]
fn what_is_no_post_is_refused_with_a_reason() {
    let whole = post_of(r#"{"metadata":{},"messages":[{"id":"a"}]}"#);
    assert_eq!(code(b""), "not_json");
    assert_eq!(code(b"null"), "not_a_post");
    assert_eq!(code(b"[]"), "not_a_post");
    assert_eq!(code(br#"{"object":"page","entry":[]}"#), "not_a_post");
    assert_eq!(code(br#"{"object":"whatsapp_business_account"}"#), "not_a_post");
    assert_eq!(code(br#"{"object":"whatsapp_business_account","entry":{}}"#), "not_a_post");
    assert_eq!(code(b"\xef\xbb\xbf{}"), "not_json");
    assert_eq!(code(b"{\"a\":\"\xff\"}"), "not_utf8");
    assert_eq!(code(format!("{whole}{{").as_bytes()), "not_json");
    assert_eq!(code(&vec![b' '; limits::MAX_BODY + 1]), "too_large");
    for end in 0..whole.len() {
        assert_eq!(code(&whole.as_bytes()[..end]), "not_json", "cut at {end}");
    }
}

#[test]
fn reasons_do_not_quote_the_body() {
    let reason = parse(br#"{"object":"whatsapp_business_account","entry":[{"id":"secret" oops}]}"#)
        .unwrap_err();
    assert_eq!(reason.to_string(), "the body is not JSON: byte 62 does not belong there");
}

#[test]
fn depth_is_bounded() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |levels: usize| {
            let inside = format!("{}1{}", open.repeat(levels), close.repeat(levels));
            post_of(&format!(
                r#"{{"metadata":{{}},"messages":[{{"id":"a","type":"x","x":{inside}}}]}}"#
            ))
        };
        // Seven levels lead to the member of a message.
        assert_eq!(counts(&nested(56)), (1, 0, 0));
        assert_eq!(code(nested(57).as_bytes()), "not_json");
    }
    let bottomless = "[".repeat(limits::MAX_BODY);
    assert_eq!(code(bottomless.as_bytes()), "not_json");
    assert!(scan(bottomless.as_bytes()).phone_number_ids.is_empty());
}

#[test]
fn updates_are_bounded_and_a_thousand_are_fine() {
    let messages = |count: usize| {
        let list: Vec<_> = (0..count)
            .map(|n| format!(r#"{{"from":"16505550142","id":"wamid.{n}","timestamp":"1795165200","type":"text","text":{{"body":"{n}"}}}}"#))
            .collect();
        post_of(&format!(
            r#"{{"metadata":{{"phone_number_id":"204"}},"contacts":[{{"wa_id":"16505550142"}}],"messages":[{}]}}"#,
            list.join(",")
        ))
    };
    assert_eq!(counts(&messages(1_000)), (1_000, 0, 0));
    assert_eq!(counts(&messages(5_000)), (5_000, 0, 0));
    let too_many = post_of(&format!(
        r#"{{"metadata":{{}},"messages":[{}1]}}"#,
        "{},".repeat(limits::MAX_UPDATES + 1)
    ));
    assert_eq!(parse(too_many.as_bytes()).unwrap_err(), NotMeta::TooManyUpdates);
}

#[test]
fn one_fat_contact_is_not_multiplied() {
    let name = "n".repeat(500_000);
    let messages = vec![r#"{"from":"16505550142","id":"a"}"#; 1_000].join(",");
    let body = post_of(&format!(
        r#"{{"metadata":{{}},"contacts":[{{"profile":{{"name":"{name}"}},"wa_id":"16505550142"}}],"messages":[{messages}]}}"#
    ));
    let post = parse(body.as_bytes()).unwrap();
    let beside: usize = post
        .updates
        .iter()
        .flat_map(|update| &update.alongside)
        .map(|piece| piece.text.len())
        .sum();
    assert!(beside < 2 * name.len());
    for update in &post.updates {
        let Kind::Message(message) = &update.kind else { continue };
        assert!(message.sender.profile_name.as_ref().unwrap().len() <= limits::MAX_PROFILE_NAME);
    }
}

#[test]
fn odd_values_never_sink_the_others() {
    let good = r#"{"from":"16505550142","id":"wamid.good","timestamp":"1","type":"text","text":{"body":"ok"}}"#;
    let odd = [
        "null",
        "true",
        "1e999",
        "-0",
        "\"\"",
        "[]",
        "{}",
        "[[]]",
        r#"{"id":{},"from":[],"timestamp":{},"type":[]}"#,
        r#"{"type":"interactive"}"#,
        r#"{"type":"interactive","interactive":[]}"#,
        r#"{"type":"image","image":"x"}"#,
        r#"{"type":"edit","edit":{"message":{"type":"edit","edit":{"message":{}}}}}"#,
        r#"{"type":"contacts","contacts":{"name":1}}"#,
        r#"{"timestamp":"99999999999999999999999999"}"#,
        r#"{"timestamp":1e400,"errors":"x","context":[],"referral":7,"identity":"y"}"#,
        r#"{"$":0}"#,
    ];
    for element in odd {
        for list in
            ["messages", "statuses", "contacts", "errors", "history", "message_echoes", "new_list"]
        {
            let body = post_of(&format!(
                r#"{{"metadata":{{}},"{list}":[{element}],"messages":[{good}]}}"#
            ));
            let post = parse(body.as_bytes()).unwrap();
            let good = post.updates.iter().any(|update| match &update.kind {
                Kind::Message(message) => message.wamid.as_deref() == Some("wamid.good"),
                _ => false,
            });
            assert!(good, "{list} with {element}");
            let again = reassemble(&post.skeleton.0, |slot| {
                let mut pieces =
                    post.updates.iter().flat_map(|u| u.alongside.iter().chain([&u.fragment]));
                pieces.find(|piece| piece.slot == slot).map(|piece| piece.text.as_str())
            });
            assert_eq!(again.as_deref(), Ok(body.as_str()));
        }
        assert!(parse(post_of(element).as_bytes()).is_ok(), "value {element}");
    }
}

#[test]
fn scan_names_what_the_post_speaks_of() {
    let body = br#" {"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"204","id":"no"},"messages":[{"metadata":{"phone_number_id":"no"},"id":"no"}]}},
        {"value":{"metadata":{"phone_number_id":205}}},{"value":{"metadata":{"phone_number_id":"204"}}}],"id":"104"},
        {"id":105,"x":{"id":"no"}}],"id":"no","object":"whatsapp_business_account"}"#;
    let named = scan(body);
    assert_eq!(named.phone_number_ids, ["204", "205"]);
    assert_eq!(named.account_ids, ["104", "105"]);
    assert!(!named.truncated);
    assert_eq!(
        format!("{named:?}"),
        "Named { phone_number_ids: 2, account_ids: 2, truncated: false }"
    );
}

#[test]
fn scan_is_bounded_and_keeps_what_it_had() {
    let named = scan(br#"{"\u0065ntry":[{"id":"104"},{"id":"105",oops"#);
    assert_eq!(named.account_ids, ["104", "105"]);
    let many = (0..1_000).map(|n| format!(r#"{{"id":"{n}"}}"#)).collect::<Vec<_>>().join(",");
    let named = scan(format!(r#"{{"entry":[{many}"#).as_bytes());
    assert_eq!(named.account_ids.len(), limits::MAX_NAMED);
    assert!(named.truncated);
    let long = format!(r#"{{"entry":[{{"id":"{}"}}]}}"#, "9".repeat(limits::MAX_ID));
    assert!(scan(long.as_bytes()).account_ids.is_empty());
    assert!(scan(&vec![b'['; limits::MAX_BODY + 1]).truncated);
    assert!(scan(b"\xff\xfe{\"entry\"").account_ids.is_empty());
}
