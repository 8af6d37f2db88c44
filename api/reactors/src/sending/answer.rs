//! What the platform's answer to a message means.
//!
//! An answer that leaves open whether the platform has the message is never a reason to send it
//! again.

use convolog_domain::{Sensitive, StatusContent};
use serde_json::Value;

use crate::platform::Said;

/// The id under which the platform has the message.
pub(super) fn taken(answer: &Value) -> Option<Sensitive> {
    let id = answer.pointer("/messages/0/id")?.as_str()?;
    (!id.is_empty()).then(|| id.into())
}

/// What is sealed of an answer.
pub(super) fn sealed(said: &Said<Sensitive>) -> StatusContent {
    match said {
        Said::Yes(id) => {
            StatusContent { platform_id: Some(id.clone()), ..StatusContent::default() }
        }
        Said::No(refused) => {
            StatusContent { error_details: refused.words.clone(), ..StatusContent::default() }
        }
        Said::Nothing => StatusContent::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_names_the_message() {
        let body = r#"{"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.A","message_status":"accepted"}]}"#;
        let read = |body: &str| taken(&serde_json::from_str(body).unwrap());
        assert_eq!(read(body), Some("wamid.A".into()));
        for half in ["{}", "[]", "{\"messages\":[]}", "{\"messages\":[{\"id\":\"\"}]}"] {
            assert_eq!(read(half), None, "{half}");
        }
    }
}
