//! What a business put before a person: interactive messages and templates, in plain lines.

use crate::json::{Kind, Value};

/// Members in words of what can be tapped or chosen, in the order in which they are read.
const WORDS: [&str; 8] = [
    "title",
    "button",
    "display_text",
    "flow_cta",
    "text",
    "description",
    "url",
    "product_retailer_id",
];

/// Header, body and footer, then everything that can be tapped or chosen, one a line.
pub(super) fn interactive(content: Value<'_>) -> Option<String> {
    let mut lines: Vec<_> = ["header", "body", "footer"]
        .iter()
        .filter_map(|part| content.object_of(part)?.text_of("text"))
        .collect();
    if let Some(action) = content.get("action") {
        offered(action, &mut lines);
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn offered(value: Value<'_>, lines: &mut Vec<String>) {
    let words: Vec<_> = WORDS.iter().filter_map(|word| value.text_of(word)).collect();
    if !words.is_empty() {
        lines.push(format!("• {}", words.join(" – ")));
    }
    for (_, member) in value.members().filter(|(_, member)| member.is_container()) {
        offered(member, lines);
    }
    for element in value.elements() {
        offered(element, lines);
    }
}

/// The name of the template, then what was filled in, one component a line.
pub(super) fn template(content: Value<'_>) -> Option<String> {
    let mut lines: Vec<_> = content.text_of("name").into_iter().collect();
    if let Some(components) = content.get("components") {
        filled_in(components, &mut lines);
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn filled_in(components: Value<'_>, lines: &mut Vec<String>) {
    for component in components.elements() {
        let mut words: Vec<_> = component.text_of("text").into_iter().collect();
        if let Some(parameters) = component.get("parameters") {
            words.extend(parameters.elements().filter_map(parameter));
        }
        if !words.is_empty() {
            lines.push(words.join(", "));
        }
        // Cards of a carousel have components of their own.
        for card in component.get("cards").into_iter().flat_map(Value::elements) {
            if let Some(components) = card.get("components") {
                filled_in(components, lines);
            }
        }
    }
}

fn parameter(value: Value<'_>) -> Option<String> {
    if value.kind() != Kind::Object {
        return value.scalar().map(std::borrow::Cow::into_owned);
    }
    let plain = ["text", "payload", "coupon_code"].iter().find_map(|name| value.text_of(name));
    plain.or_else(|| {
        let named = value.object_of(&value.text_of("type")?)?;
        ["fallback_value", "filename", "caption", "name"]
            .iter()
            .find_map(|name| named.text_of(name))
    })
}
