//! What a notice says of a message template.

use std::fmt;

use crate::json::{Document, Value};

/// Bytes of a text of a template that are kept: more than the longest body that the platform takes.
const TEXT_BYTES_MAX: usize = 128 * 1024;
/// Buttons that are read: more than a template may have.
const BUTTONS_MAX: usize = 20;

/// A button, as a notice about changed components names it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TemplateButton {
    /// Its type.
    pub kind: Option<String>,
    /// What stands on it.
    pub text: Option<String>,
    /// Where it leads.
    pub url: Option<String>,
    /// Whom it calls.
    pub phone_number: Option<String>,
}

/// News about a message template.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TemplateNews {
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// The platform's id of it.
    pub platform_id: Option<String>,
    /// Its new status.
    pub event: Option<String>,
    /// Why, in one word.
    pub reason: Option<String>,
    /// Why, in the platform's own words: a JSON object, as sent.
    pub words: Option<String>,
    /// Its new quality.
    pub quality: Option<String>,
    /// Its new category.
    pub category: Option<String>,
    /// The text of its header now.
    pub header: Option<String>,
    /// The text of its body now.
    pub body: Option<String>,
    /// The text of its footer now.
    pub footer: Option<String>,
    /// Its buttons now.
    pub buttons: Vec<TemplateButton>,
}

impl fmt::Debug for TemplateNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TemplateNews").field("event", &self.event).finish_non_exhaustive()
    }
}

impl TemplateNews {
    /// Reads the value of a notice about a template; none if it names none.
    pub fn read(element: &str) -> Option<Self> {
        let document = Document::read(element).ok()?;
        let value = document.root();
        let part = |name: &str| value.name_of(&format!("message_template_{name}"));
        let text = |name: &str| long(value, &format!("message_template_{name}"));
        // The most telling of the objects that explain a status.
        let info = ["rejection_info", "other_info", "disable_info"]
            .iter()
            .find_map(|name| value.object_of(name));
        let reason = value.name_of("reason").filter(|reason| reason != "NONE");
        let title = info.and_then(|info| info.name_of("title"));
        Some(Self {
            name: value.id_of("message_template_name").filter(|name| name.len() <= 512)?,
            language: part("language").filter(|language| language.len() <= 20)?,
            platform_id: value.id_of("message_template_id"),
            event: value.name_of("event"),
            reason: reason.or(title),
            words: info.map(|info| info.raw().to_owned()),
            quality: value.name_of("new_quality_score"),
            category: value.name_of("new_category"),
            header: text("title"),
            body: text("element"),
            footer: text("footer"),
            buttons: buttons(value),
        })
    }
}

fn long(value: Value<'_>, name: &str) -> Option<String> {
    value.text_of(name).map(|text| crate::json::shorten(text, TEXT_BYTES_MAX))
}

fn buttons(value: Value<'_>) -> Vec<TemplateButton> {
    let Some(buttons) = value.get("message_template_buttons") else { return Vec::new() };
    let read = |button: Value<'_>| {
        let part = |name: &str| long(button, &format!("message_template_button_{name}"));
        TemplateButton {
            kind: part("type"),
            text: part("text"),
            url: part("url"),
            phone_number: part("phone_number"),
        }
    };
    buttons.elements().take(BUTTONS_MAX).map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_read_with_its_reason() {
        let news = TemplateNews::read(
            r#"{"event":"PAUSED","message_template_id":9005,"message_template_name":"recall","message_template_language":"en_US","reason":null,"other_info":{"title":"FIRST_PAUSE","description":"x"}}"#,
        )
        .unwrap();
        assert_eq!((news.name.as_str(), news.language.as_str()), ("recall", "en_US"));
        assert_eq!(news.platform_id.as_deref(), Some("9005"));
        assert_eq!(news.event.as_deref(), Some("PAUSED"));
        assert_eq!(news.reason.as_deref(), Some("FIRST_PAUSE"));
        assert!(news.words.unwrap().contains("description"));
    }

    #[test]
    fn changed_components_are_read() {
        let news = TemplateNews::read(
            r#"{"message_template_name":"a","message_template_language":"es","message_template_element":"Hola {{1}}","message_template_buttons":[{"message_template_button_type":"QUICK_REPLY","message_template_button_text":"S\u00ed"}]}"#,
        )
        .unwrap();
        assert_eq!(news.body.as_deref(), Some("Hola {{1}}"));
        assert_eq!(news.buttons.len(), 1);
        assert_eq!(news.buttons[0].text.as_deref(), Some("Sí"));
    }

    #[test]
    fn what_names_no_template_is_none() {
        for element in ["{}", "[]", "", "{\"message_template_name\":\"a\"}", "nonsense"] {
            assert_eq!(TemplateNews::read(element), None);
        }
    }
}
