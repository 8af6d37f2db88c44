//! The line of a transcript: what a person would read of a message.

mod listed;
mod shown;

use crate::json::{Kind, Value, shorten};
use crate::message::{Interactive, MessageType, Referral, content_of, kind_of};

/// Longest line, in bytes; WhatsApp allows 4,096 characters of text, lists of contacts may be longer.
const MAX_TEXT: usize = 64 * 1024;

/// The text of a message of this type with this content; `None` if there is nothing to read.
pub(crate) fn of(
    value: Value<'_>,
    kind: &MessageType,
    content: Option<Value<'_>>,
) -> Option<String> {
    let content = content?;
    let text = match kind {
        MessageType::Text | MessageType::System(_) => body(content),
        MessageType::Location => location(content),
        MessageType::Contacts => listed::contacts(content),
        MessageType::Reaction => content.text_of("emoji"),
        MessageType::Interactive(kind) => interactive(content, kind),
        MessageType::Button => content.text_of("text").or_else(|| content.text_of("payload")),
        MessageType::Order => listed::order(content),
        MessageType::Edit => edited(content),
        MessageType::RequestWelcome => body(value),
        MessageType::Unknown(name) if name == "template" => shown::template(content),
        MessageType::Unknown(_) => shown::interactive(content).or_else(|| general(content)),
        MessageType::Revoke
        | MessageType::Unsupported
        | MessageType::MediaPlaceholder
        | MessageType::Missing => None,
        _ => content.text_of("caption"),
    };
    text.map(|text| shorten(text, MAX_TEXT))
}

/// A text with what its writer had seen before: the advertisement or post they came from.
pub(crate) fn with_referral(text: Option<String>, referral: Option<&Referral>) -> Option<String> {
    let Some(referral) = referral else { return text };
    listed::with_referral(text, referral).map(|text| shorten(text, MAX_TEXT))
}

/// `{"body": …}`, or the text alone.
fn body(content: Value<'_>) -> Option<String> {
    if content.kind() == Kind::Object {
        return content.text_of("body");
    }
    content.scalar().map(std::borrow::Cow::into_owned).filter(|text| !text.is_empty())
}

fn location(content: Value<'_>) -> Option<String> {
    let named: Vec<_> =
        ["name", "address"].iter().filter_map(|name| content.text_of(name)).collect();
    if !named.is_empty() {
        return Some(named.join(", "));
    }
    Some(format!("{}, {}", content.text_of("latitude")?, content.text_of("longitude")?))
}

fn interactive(content: Value<'_>, kind: &Interactive) -> Option<String> {
    match kind {
        Interactive::ButtonReply => content.object_of("button_reply")?.text_of("title"),
        Interactive::ListReply => content.object_of("list_reply")?.text_of("title"),
        Interactive::FlowReply => listed::flow(content.object_of("nfm_reply")?),
        Interactive::CallPermissionReply => {
            content.object_of("call_permission_reply")?.text_of("response")
        }
        Interactive::Unknown(name) => shown::interactive(content)
            .or_else(|| content.get(name).and_then(general))
            .or_else(|| general(content)),
        Interactive::Missing => shown::interactive(content),
    }
}

/// What the edited message now says. An edit inside an edit is not looked into.
fn edited(content: Value<'_>) -> Option<String> {
    let inner = content.object_of("message")?;
    match kind_of(inner) {
        MessageType::Edit => None,
        kind => of(inner, &kind, content_of(inner, &kind)),
    }
}

/// The most likely text of something unknown.
fn general(content: Value<'_>) -> Option<String> {
    if content.kind() != Kind::Object {
        return content.string().map(std::borrow::Cow::into_owned).filter(|text| !text.is_empty());
    }
    ["body", "text", "caption", "title", "name", "description"].iter().find_map(|name| {
        let found = content.get(name)?;
        if found.kind() == Kind::Object {
            found.text_of("text").or_else(|| found.text_of("body"))
        } else {
            content.text_of(name)
        }
    })
}
