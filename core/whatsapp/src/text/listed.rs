//! What comes as a list of members: contact cards, orders, the answers of a flow, an advertisement.

use crate::json::{Document, Kind, Value};
use crate::message::Referral;

/// Each card on a line: the name, then numbers and addresses.
pub(super) fn contacts(content: Value<'_>) -> Option<String> {
    lines(&content.elements().filter_map(contact).collect::<Vec<_>>())
}

fn contact(card: Value<'_>) -> Option<String> {
    let name = card.object_of("name");
    let name =
        name.and_then(|name| name.text_of("formatted_name").or_else(|| name.text_of("first_name")));
    let listed = |list: &str, of: fn(Value<'_>) -> Option<String>| -> Vec<String> {
        card.get(list).into_iter().flat_map(Value::elements).filter_map(of).collect()
    };
    let mut ways =
        listed("phones", |phone| phone.text_of("phone").or_else(|| phone.text_of("wa_id")));
    ways.extend(listed("emails", |email| email.text_of("email")));
    match (name, ways.is_empty()) {
        (name, true) => name,
        (None, false) => Some(ways.join(", ")),
        (Some(name), false) => Some(format!("{name}: {}", ways.join(", "))),
    }
}

/// The note, then what was ordered, one item a line.
pub(super) fn order(content: Value<'_>) -> Option<String> {
    let mut found: Vec<_> = content.text_of("text").into_iter().collect();
    let items = content.get("product_items").into_iter().flat_map(Value::elements);
    found.extend(items.filter_map(|item| {
        let product = item.text_of("product_retailer_id")?;
        Some(format!("{} × {product}", item.text_of("quantity").unwrap_or_else(|| "1".to_owned())))
    }));
    lines(&found)
}

/// What the platform shows of a flow that was filled in, then the answers, one a line.
pub(super) fn flow(reply: Value<'_>) -> Option<String> {
    let mut found: Vec<_> =
        reply.text_of("body").or_else(|| reply.text_of("name")).into_iter().collect();
    if let Some(response) = reply.get("response_json") {
        match response.string() {
            // JSON within a text. What is none is no answer.
            Some(text) => {
                if let Ok(document) = Document::read(&text) {
                    answers(document.root(), &mut found);
                }
            }
            None => answers(response, &mut found),
        }
    }
    lines(&found)
}

fn answers(response: Value<'_>, lines: &mut Vec<String>) {
    // The token is the platform's own.
    for (key, answer) in response.members().filter(|(key, _)| !key.is_key("flow_token")) {
        if answer.kind() == Kind::Object {
            answers(answer, lines);
            continue;
        }
        let given = match answer.scalar() {
            Some(text) => text.into_owned(),
            None => given(answer),
        };
        if !given.is_empty() {
            lines.push(format!("{}: {given}", key.string().unwrap_or_default()));
        }
    }
}

/// Several answers to one question.
fn given(list: Value<'_>) -> String {
    let texts = list.elements().filter_map(|one| match one.scalar() {
        Some(text) => Some(text.into_owned()),
        None => ["title", "name", "file_name", "id"].iter().find_map(|name| one.text_of(name)),
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// What was said, then what the person had seen before they wrote.
pub(super) fn with_referral(text: Option<String>, referral: &Referral) -> Option<String> {
    let Referral { headline, body, welcome_text, source_url, source_type, .. } = referral;
    let seen: Vec<_> = [headline, body, welcome_text, source_url]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let seen = (!seen.is_empty()).then(|| {
        format!("[{}] {}", source_type.as_deref().unwrap_or("referral"), seen.join(" – "))
    });
    lines(&text.into_iter().chain(seen).collect::<Vec<_>>())
}

fn lines(found: &[String]) -> Option<String> {
    (!found.is_empty()).then(|| found.join("\n"))
}
