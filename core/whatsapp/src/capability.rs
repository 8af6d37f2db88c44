//! What a notice says of how much a business may send.

use crate::json::Document;

/// Names under which the tier was told, the newest first.
const NAMES: [&str; 4] = [
    "max_daily_conversations_per_business",
    "max_daily_conversation_per_business",
    "max_daily_conversation_per_phone",
    "current_limit",
];

/// The tier of the portfolio that a notice tells, in the platform's word; none if it tells none.
pub fn tier(element: &str) -> Option<String> {
    let document = Document::read(element).ok()?;
    let value = document.root();
    NAMES.iter().find_map(|name| value.name_of(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_is_read_under_any_of_its_names() {
        let new = r#"{"max_daily_conversations_per_business":"TIER_2K","max_phone_numbers_per_business":20}"#;
        assert_eq!(tier(new).as_deref(), Some("TIER_2K"));
        assert_eq!(tier(r#"{"max_daily_conversation_per_phone":250}"#).as_deref(), Some("250"));
        assert_eq!(tier(r#"{"current_limit":"TIER_10K"}"#).as_deref(), Some("TIER_10K"));
        for none in ["{}", "", "[]", r#"{"event":"ONBOARDING"}"#] {
            assert_eq!(tier(none), None);
        }
    }
}
