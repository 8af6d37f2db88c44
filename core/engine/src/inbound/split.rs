//! A post's changes, one by one, as text: who owns each is judged before anything else is read.
//!
//! A post may speak of numbers of several workspaces. Each workspace gets a post of its own changes
//! only, so that nothing of one tenant stands in another's events.

use serde::Deserialize;
use serde_json::value::RawValue;

/// One change, with what is needed to make a post of it again.
#[derive(Clone)]
pub(crate) struct Change {
    /// The entry's head: its id and time, as sent.
    entry: Vec<(&'static str, String)>,
    /// The change, as sent.
    text: String,
    /// The platform's id of the number it names.
    pub(crate) phone_number_id: Option<String>,
    /// The platform's id of the account.
    pub(crate) account: Option<String>,
    /// The platform's field.
    pub(crate) field: Option<String>,
}

/// Not shaped as the platform's posts are.
pub(crate) struct NotAPost;

#[derive(Deserialize)]
struct Post<'a> {
    object: String,
    #[serde(borrow)]
    entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    time: Option<&'a RawValue>,
    #[serde(borrow, default)]
    changes: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(default)]
    field: Option<serde_json::Value>,
    #[serde(borrow, default)]
    value: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Value<'a> {
    #[serde(borrow, default)]
    metadata: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    phone_number_id: Option<serde_json::Value>,
}

/// The changes of a body, in order.
pub(crate) fn changes(body: &[u8]) -> Result<Vec<Change>, NotAPost> {
    let post: Post<'_> = serde_json::from_slice(body).map_err(|_| NotAPost)?;
    if post.object != "whatsapp_business_account" {
        return Err(NotAPost);
    }
    let mut out = Vec::new();
    for entry in &post.entry {
        let head: Vec<_> = [("id", entry.id), ("time", entry.time)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?.get().to_owned())))
            .collect();
        let account = entry.id.and_then(|id| id_text(serde_json::from_str(id.get()).ok()));
        for change in &entry.changes {
            out.push(read(change, head.clone(), account.clone()));
        }
    }
    Ok(out)
}

fn read(change: &RawValue, entry: Vec<(&'static str, String)>, account: Option<String>) -> Change {
    let head = serde_json::from_str::<Head<'_>>(change.get()).ok();
    let metadata = head
        .as_ref()
        .and_then(|head| serde_json::from_str::<Value<'_>>(head.value?.get()).ok()?.metadata)
        .and_then(|metadata| serde_json::from_str::<Metadata>(metadata.get()).ok());
    Change {
        entry,
        text: change.get().to_owned(),
        phone_number_id: metadata.and_then(|metadata| id_text(metadata.phone_number_id)),
        account,
        field: head.and_then(|head| id_text(head.field)),
    }
}

/// An id as text, whether it was sent as text or as a number.
fn id_text(value: Option<serde_json::Value>) -> Option<String> {
    match value? {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A post of these changes alone.
pub(crate) fn join(changes: &[Change]) -> String {
    let entries: Vec<String> = changes
        .iter()
        .map(|change| {
            let mut entry = String::from("{");
            for (name, value) in &change.entry {
                entry.extend(["\"", name, "\":", value.as_str(), ","]);
            }
            entry.extend(["\"changes\":[", change.text.as_str(), "]}"]);
            entry
        })
        .collect();
    format!("{{\"object\":\"whatsapp_business_account\",\"entry\":[{}]}}", entries.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_keeps_its_entry_and_its_text() {
        let body = br#"{"entry":[{"id":77,"time":5,"changes":[
            {"field":"messages","value":{"metadata":{"phone_number_id":123},"x":1.50}},
            {"field":"account_update","value":{"event":"A"}}]}],"object":"whatsapp_business_account"}"#;
        let changes = changes(body).ok().unwrap();
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0].phone_number_id.as_deref(), Some("123"));
        assert_eq!(changes[1].account.as_deref(), Some("77"));
        assert_eq!(
            join(&changes[..1]),
            r#"{"object":"whatsapp_business_account","entry":[{"id":77,"time":5,"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":123},"x":1.50}}]}]}"#
        );
    }

    #[test]
    fn other_shapes_are_not_posts() {
        for body in [&b"{}"[..], b"[]", b"\xff", br#"{"object":"page","entry":[]}"#] {
            assert!(changes(body).is_err());
        }
    }
}
