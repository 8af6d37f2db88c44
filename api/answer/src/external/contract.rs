//! What a model must say: one small JSON object.

use serde::Deserialize;

use crate::provider::{ProviderError, Verdict};
use crate::reply::HandOffReason;

/// What a model says.
#[derive(Deserialize)]
struct Contract {
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    cites: Vec<usize>,
    #[serde(default)]
    sure: bool,
    #[serde(default)]
    hand_off: Option<String>,
}

/// Reads what a model said. Words around the object are passed over, as models like to add some.
pub(super) fn read(text: &str) -> Result<Verdict, ProviderError> {
    let object = text.find('{').zip(text.rfind('}')).and_then(|(from, to)| text.get(from..=to));
    let contract: Contract = object
        .and_then(|object| serde_json::from_str(object).ok())
        .ok_or(ProviderError::Unreadable)?;
    let answer = contract.answer.map(|answer| answer.trim().to_owned()).filter(|a| !a.is_empty());
    match (answer, contract.hand_off.as_deref()) {
        (Some(text), None | Some("")) => {
            Ok(Verdict::Answer { text: text.into(), cites: contract.cites, sure: contract.sure })
        }
        (_, Some("nothing_found")) => Ok(Verdict::HandOff(HandOffReason::NothingFound)),
        (_, Some("asked_for_a_person")) => Ok(Verdict::HandOff(HandOffReason::AskedForAPerson)),
        _ => Ok(Verdict::HandOff(HandOffReason::NotSure)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_is_found_among_words() {
        let said = "Sure!\n```json\n{\"answer\": \" At 9. \", \"cites\": [2], \"sure\": true}\n```";
        let Ok(Verdict::Answer { text, cites, sure }) = read(said) else { panic!() };
        assert_eq!((text.expose(), cites, sure), ("At 9.", vec![2], true));
    }

    #[test]
    fn a_reason_is_a_hand_off_and_so_is_no_answer() {
        for (said, reason) in [
            (r#"{"answer": "", "hand_off": "nothing_found"}"#, HandOffReason::NothingFound),
            (
                r#"{"answer": "x", "hand_off": "asked_for_a_person"}"#,
                HandOffReason::AskedForAPerson,
            ),
            (r#"{"hand_off": "I feel like it"}"#, HandOffReason::NotSure),
            ("{}", HandOffReason::NotSure),
        ] {
            let verdict = read(said).unwrap();
            assert!(matches!(verdict, Verdict::HandOff(found) if found == reason), "{said}");
        }
    }

    #[test]
    fn anything_else_is_unreadable() {
        for said in ["", "We open at 9.", "}{", "[1]", "{\"answer\": 5}", "{\"cites\": [-1]}"] {
            assert!(matches!(read(said), Err(ProviderError::Unreadable)), "{said}");
        }
    }
}
