//! Whether what there is holds what was expected, and where it does not.
//!
//! Members that are not expected do not matter; lists have to be of the same length. `null` expects
//! nothing, `$any` anything but nothing.

use serde_json::Value;

/// The places where `actual` is not as expected: one line each.
pub(super) fn differences(expected: &Value, actual: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", expected, actual, &mut found);
    found
}

/// Whether `actual` is as expected.
pub(super) fn matches(expected: &Value, actual: &Value) -> bool {
    differences(expected, actual).is_empty()
}

fn compare(path: &str, expected: &Value, actual: &Value, found: &mut Vec<String>) {
    match (expected, actual) {
        (Value::String(any), actual) if any == "$any" => {
            if actual.is_null() {
                found.push(format!("{}: expected anything, found nothing", place(path)));
            }
        }
        (Value::Object(expected), Value::Object(actual)) => {
            for (key, expected) in expected {
                let there = actual.get(key).unwrap_or(&Value::Null);
                compare(&format!("{path}.{key}"), expected, there, found);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            if expected.len() != actual.len() {
                let (wanted, there) = (expected.len(), actual.len());
                found.push(format!("{}: expected {wanted} items, found {there}", place(path)));
            }
            for (at, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{path}[{at}]"), expected, actual, found);
            }
        }
        (expected, actual) if expected == actual => {}
        (expected, actual) => {
            found.push(format!("{}: expected {expected}, found {actual}", place(path)));
        }
    }
}

fn place(path: &str) -> &str {
    let path = path.trim_start_matches('.');
    if path.is_empty() { "value" } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_expected_does_not_matter() {
        let actual = json!({"a": 1, "b": [{"c": "x", "d": null}], "e": "y"});
        for expected in [
            json!({}),
            json!({"a": 1}),
            json!({"b": [{"d": null}]}),
            json!({"gone": null, "e": "$any"}),
        ] {
            assert_eq!(differences(&expected, &actual), Vec::<String>::new());
        }
    }

    #[test]
    fn each_difference_says_where() {
        let actual = json!({"a": 1, "b": [{"c": "x"}]});
        let expected = json!({"a": 2, "b": [{"c": "x"}, {}], "z": "$any"});
        assert_eq!(
            differences(&expected, &actual),
            [
                "a: expected 2, found 1",
                "b: expected 2 items, found 1",
                "z: expected anything, found nothing"
            ]
        );
    }
}
