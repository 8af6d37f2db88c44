//! Random posts and random bytes: always read, always printed again; our reader agrees with `serde_json`.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "helpers of tests"))]

use std::collections::{HashMap, HashSet};

use convolog_whatsapp::{Post, canonical_json, compare, join, parse, reassemble, scan, split};
use proptest::prelude::*;

fn print_again(post: &Post) -> String {
    let pieces: HashMap<u32, &str> = post
        .updates
        .iter()
        .flat_map(|update| update.alongside.iter().chain([&update.fragment]))
        .map(|fragment| (fragment.slot, fragment.text.as_str()))
        .collect();
    reassemble(&post.skeleton.0, |slot| pieces.get(&slot).copied()).unwrap()
}

/// JSON texts in every spelling: white space, escapes, long numbers, repeated keys, the keys of posts.
fn any_json() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "id",
        "from",
        "type",
        "text",
        "body",
        "timestamp",
        "messages",
        "statuses",
        "contacts",
        "wa_id",
        "metadata",
        "phone_number_id",
        "errors",
        "history",
        "threads",
        "value",
        "field",
        "changes",
        "entry",
        "$",
        "$$",
        "\\u0024",
        "user_id",
        "profile",
        "name",
        "image",
        "mime_type",
        "url",
        "edit",
        "message",
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        "\"[a-z0-9 .]{0,12}\"",
        "\"(\\\\u[0-9a-f]{4}|\\\\[nrtbf/\"\\\\]|é|👍|ש){0,6}\"",
        Just("\"16505550142\"".to_owned()),
        Just("\"US.123\"".to_owned()),
        Just("\"text\"".to_owned()),
        Just("\"interactive\"".to_owned()),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let space = prop::sample::select(vec!["", " ", "\n\t"]);
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..5), space.clone()).prop_map(
                |(items, space)| format!("[{space}{}{space}]", items.join(&format!("{space},")))
            ),
            (prop::collection::vec((key.clone(), inner), 0..6), space).prop_map(
                |(members, space)| {
                    let members: Vec<_> = members
                        .iter()
                        .map(|(key, value)| format!("\"{key}\"{space}:{space}{value}"))
                        .collect();
                    format!("{{{space}{}{space}}}", members.join(","))
                }
            ),
        ]
    })
}

/// A post whose lists are filled with anything.
fn any_post() -> impl Strategy<Value = String> {
    let field =
        prop::sample::select(vec!["messages", "history", "smb_message_echoes", "calls", "x", ""]);
    let list = prop::sample::select(vec![
        "messages",
        "statuses",
        "contacts",
        "errors",
        "history",
        "message_echoes",
        "groups",
    ]);
    let value = (
        prop::collection::vec((list, prop::collection::vec(any_json(), 0..4)), 0..4),
        any::<bool>(),
    )
        .prop_map(|(lists, enveloped)| {
            let mut members: Vec<_> = lists
                .iter()
                .map(|(list, items)| format!("\"{list}\":[{}]", items.join(",")))
                .collect();
            if enveloped {
                members.push(
                    r#""metadata":{"phone_number_id":"204","display_phone_number":"15550100101"}"#
                        .to_owned(),
                );
            }
            format!("{{{}}}", members.join(","))
        });
    let value = prop_oneof![4 => value, 1 => any_json()];
    let change = (field, value)
        .prop_map(|(field, value)| format!(r#"{{"value":{value},"field":"{field}"}}"#));
    let change = prop_oneof![5 => change, 1 => any_json()];
    let entry = prop::collection::vec(change, 0..4).prop_map(|changes| {
        format!(r#"{{"id":"104","changes":[{}],"time":1795165200}}"#, changes.join(","))
    });
    let entry = prop_oneof![5 => entry, 1 => any_json()];
    (prop::collection::vec(entry, 0..3), any_json()).prop_map(|(entries, extra)| {
        format!(
            r#"{{"object":"whatsapp_business_account","$":{extra},"entry":[{}]}}"#,
            entries.join(",")
        )
    })
}

proptest! {
    #[test]
    fn random_posts_are_printed_again(body in any_post()) {
        let post = parse(body.as_bytes()).unwrap();
        let again = print_again(&post);
        prop_assert_eq!(&again, &body);
        prop_assert_eq!(compare::leaves(&again, &body).unwrap().differences, 0);
        // Every piece has one slot; the own pieces of updates are never shared.
        let mut texts: HashMap<u32, &str> = HashMap::new();
        let mut own = HashSet::new();
        for update in &post.updates {
            prop_assert_eq!(canonical_json(&update.canonical).as_deref().map(str::is_empty), Some(false));
            prop_assert!(own.insert(update.fragment.slot));
            for piece in update.alongside.iter().chain([&update.fragment]) {
                prop_assert_eq!(*texts.entry(piece.slot).or_insert(&piece.text), piece.text.as_str());
            }
            for piece in &update.alongside {
                prop_assert!(!own.contains(&piece.slot));
            }
        }
        let slots: HashSet<u32> = (0..).take(texts.len()).collect();
        prop_assert_eq!(texts.into_keys().collect::<HashSet<_>>(), slots);
    }

    #[test]
    fn parts_say_what_their_updates_say(body in any_post()) {
        let parts = split(body.as_bytes()).unwrap();
        let joined = join(&parts);
        prop_assert_eq!(parse(joined.as_bytes()).unwrap().updates.len(), parse(body.as_bytes()).unwrap().updates.len());
        for part in &parts {
            for update in parse(join([part]).as_bytes()).unwrap().updates {
                prop_assert_eq!(&update.place.account_id, &part.account_id);
                let number = update.place.phone_number_id.as_ref();
                prop_assert!(number.is_none() || number == part.phone_number_id.as_ref());
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = (parse(&body).is_ok(), split(&body).is_ok(), scan(&body));
    }

    #[test]
    fn damaged_posts_never_panic(body in any_post(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = body.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(post) = parse(&bytes) {
            prop_assert_eq!(print_again(&post).into_bytes(), bytes.clone());
        }
        let _ = scan(&bytes);
    }

    /// What we take for JSON is what `serde_json` takes for JSON (its raw values do not look into strings).
    #[test]
    fn our_reader_agrees_with_serde_json(text in any_json(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}:,\"0-9eE+.tn\\\\u -]") {
        let agrees = |text: &str| {
            let theirs = serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok();
            canonical_json(text).is_some() == theirs
        };
        prop_assert!(agrees(&text));
        let at = (0..=at.index(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let mut damaged = text;
        damaged.insert_str(at, &with);
        prop_assert!(agrees(&damaged), "{}", damaged);
    }

    #[test]
    fn canonical_forms_are_fixed_points(text in any_json()) {
        let once = canonical_json(&text).unwrap();
        prop_assert_eq!(canonical_json(&once).unwrap(), once);
    }
}
