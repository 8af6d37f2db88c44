//! Lines as the platform posts them: elements, changes, bodies, signatures.

use std::collections::HashMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::script::{Business, By, Conversation, Customer, Line, Notice, Told};

/// Seconds between a message and each of its statuses.
const TELLS_AFTER: [i64; 4] = [1, 3, 45, 70];

/// One change, ready to be posted.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Change {
    /// The platform's time, in seconds since 1970.
    pub(super) at: i64,
    pub(super) field: String,
    pub(super) value: Value,
}

/// An id as the platform would give: the same for the same name.
pub(super) fn wamid(name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    format!("wamid.HBg{}", STANDARD.encode(hash.get(..21).unwrap_or_default()))
}

/// One business's side of the platform.
pub(super) struct Platform<'a> {
    pub(super) business: &'a Business,
    /// Makes ids differ between one demo and another.
    pub(super) salt: String,
}

impl Platform<'_> {
    /// Everything that a conversation makes the platform post, in the order it happened.
    pub(super) fn conversation(&self, told: &Conversation, now: i64) -> Vec<Change> {
        let mut customer = told.customer.clone();
        let mut at = now - i64::from(told.hours_ago) * 3_600;
        let mut ids = HashMap::new();
        let mut changes = Vec::new();
        for (n, line) in told.lines.iter().enumerate() {
            at = (at + i64::from(line.after) * 60).min(now);
            let name = line.id.clone().unwrap_or_else(|| n.to_string());
            let id = self.id(&format!("{}/{name}", told.key));
            ids.insert(name, id.clone());
            let element = self.element(line, &customer, &id, at, &ids);
            match line.by {
                By::Customer => changes.push(self.said(line, &customer, element, at)),
                By::Business => {
                    changes.push(self.change(
                        at,
                        "smb_message_echoes",
                        json!({ "message_echoes": [element] }),
                    ));
                    changes.extend(self.statuses(line, &customer, &id, at));
                }
            }
            if let Some(becomes) = &line.becomes {
                customer = becomes.clone();
            }
        }
        changes
    }

    /// A text of a customer, now.
    pub(super) fn text(&self, customer: &Customer, name: &str, at: i64, body: &str) -> Change {
        let line = text_line(By::Customer, body);
        let element = self.element(&line, customer, &self.id(name), at, &HashMap::new());
        self.said(&line, customer, element, at)
    }

    /// What became of a message that was handed over.
    pub(super) fn became(
        &self,
        at: i64,
        status: &str,
        id: &str,
        to: &str,
        ours: Option<&str>,
    ) -> Change {
        let mut element = Map::new();
        put(&mut element, "id", Some(id));
        put(&mut element, "status", Some(status));
        put(&mut element, "timestamp", Some(&at.to_string()));
        let scoped = to.contains('.');
        put(&mut element, if scoped { "recipient_user_id" } else { "recipient_id" }, Some(to));
        put(&mut element, "biz_opaque_callback_data", ours);
        if status == "sent" {
            let pricing = json!({ "billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service" });
            element.insert("pricing".into(), pricing);
        }
        self.change(at, "messages", json!({ "statuses": [element] }))
    }

    /// News about the account or the number.
    pub(super) fn notice(&self, notice: &Notice, at: i64) -> Change {
        let value = Value::Object(notice.value.clone());
        let about_number = ["messages", "history", "smb_app_state_sync", "user_preferences"];
        if about_number.contains(&notice.field.as_str()) {
            return self.change(at, &notice.field, value);
        }
        Change { at, field: notice.field.clone(), value }
    }

    fn id(&self, name: &str) -> String {
        wamid(&format!("{}/{}/{name}", self.salt, self.business.key))
    }

    fn element(
        &self,
        line: &Line,
        customer: &Customer,
        id: &str,
        at: i64,
        ids: &HashMap<String, String>,
    ) -> Value {
        let mut element = Map::new();
        if let Some(answered) = line.answers.as_ref().and_then(|name| ids.get(name)) {
            let from = self.business.number.display.as_str();
            element.insert("context".into(), json!({ "from": from, "id": answered }));
        }
        match line.by {
            By::Customer => {
                put(&mut element, "from", customer.phone.as_deref());
                put(&mut element, "from_user_id", customer.user_id.as_deref());
            }
            By::Business => {
                put(&mut element, "from", Some(&self.business.number.display));
                put(&mut element, "to", customer.phone.as_deref());
                put(&mut element, "to_user_id", customer.user_id.as_deref());
            }
        }
        put(&mut element, "id", Some(id));
        put(&mut element, "timestamp", Some(&at.to_string()));
        put(&mut element, "type", Some(&line.kind));
        if let Some(is) = &line.is {
            element.insert(line.kind.clone(), announced(&line.kind, named(is, ids)));
        }
        for (key, value) in &line.with {
            element.insert(key.clone(), named(value, ids));
        }
        Value::Object(element)
    }

    fn said(&self, line: &Line, customer: &Customer, element: Value, at: i64) -> Change {
        let mut value = Map::new();
        if !line.nameless {
            value.insert("contacts".into(), json!([contact(customer)]));
        }
        value.insert("messages".into(), Value::Array(vec![element]));
        if !line.beside.is_empty() {
            value.insert("errors".into(), Value::Array(line.beside.clone()));
        }
        self.change(at, "messages", Value::Object(value))
    }

    fn statuses(&self, line: &Line, customer: &Customer, id: &str, at: i64) -> Vec<Change> {
        let usual = || ["sent", "delivered", "read"].map(|name| Told::Name(name.into())).to_vec();
        let told = line.told.clone().unwrap_or_else(usual);
        let tell = |(told, after): (&Told, &i64)| {
            let at = at + after;
            let mut status = Map::new();
            put(&mut status, "id", Some(id));
            match told {
                Told::Name(name) => put(&mut status, "status", Some(name)),
                Told::Whole(whole) => status.extend(whole.clone()),
            }
            put(&mut status, "timestamp", Some(&at.to_string()));
            put(&mut status, "recipient_id", customer.phone.as_deref());
            put(&mut status, "recipient_user_id", customer.user_id.as_deref());
            let priced = matches!(told, Told::Name(name) if name == "sent" || name == "delivered");
            if priced {
                let pricing = json!({ "billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service" });
                status.insert("pricing".into(), pricing);
            }
            self.change(at, "messages", json!({ "statuses": [status] }))
        };
        told.iter().zip(&TELLS_AFTER).map(tell).collect()
    }

    fn change(&self, at: i64, field: &str, content: Value) -> Change {
        let number = &self.business.number;
        let mut value = Map::new();
        put(&mut value, "messaging_product", Some("whatsapp"));
        let metadata =
            json!({ "display_phone_number": number.display, "phone_number_id": number.id });
        value.insert("metadata".into(), metadata);
        if let Value::Object(content) = content {
            value.extend(content);
        }
        Change { at, field: field.to_owned(), value: Value::Object(value) }
    }

    /// Changes of this business as one body.
    pub(super) fn body(&self, changes: &[Change]) -> String {
        let changes: Vec<_> = changes
            .iter()
            .map(|change| json!({ "value": change.value, "field": change.field }))
            .collect();
        let entry = json!({ "id": self.business.number.account, "changes": changes });
        let body = json!({ "object": "whatsapp_business_account", "entry": [entry] });
        escaped(&body.to_string())
    }
}

fn text_line(by: By, body: &str) -> Line {
    Line {
        by,
        kind: "text".to_owned(),
        is: Some(json!({ "body": body })),
        with: Map::new(),
        id: None,
        answers: None,
        after: 0,
        told: None,
        beside: Vec::new(),
        nameless: false,
        becomes: None,
    }
}

fn contact(customer: &Customer) -> Value {
    let mut profile = Map::new();
    put(&mut profile, "name", Some(&customer.name));
    put(&mut profile, "username", customer.username.as_deref());
    let mut contact = Map::from_iter([("profile".to_owned(), Value::Object(profile))]);
    put(&mut contact, "wa_id", customer.phone.as_deref());
    put(&mut contact, "user_id", customer.user_id.as_deref());
    Value::Object(contact)
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), Value::from(value));
    }
}

/// With the hash of the file that the platform will hand out, if it names one.
fn announced(kind: &str, mut value: Value) -> Value {
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    if let (Some(id), Some(members)) = (id, value.as_object_mut())
        && members.contains_key("sha256")
    {
        let hash = Sha256::digest(super::files::of(kind, &id).bytes);
        members.insert("sha256".to_owned(), STANDARD.encode(hash).into());
    }
    value
}

/// The value with every `$name` replaced by the id of that line.
fn named(value: &Value, ids: &HashMap<String, String>) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('$').and_then(|name| ids.get(name)) {
            Some(id) => Value::from(id.as_str()),
            None => value.clone(),
        },
        Value::Array(list) => list.iter().map(|part| named(part, ids)).collect(),
        Value::Object(map) => {
            map.iter().map(|(key, part)| (key.clone(), named(part, ids))).collect()
        }
        other => other.clone(),
    }
}

/// JSON as the platform spells it: everything beyond ASCII escaped, and slashes too.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '/' => out.push_str("\\/"),
            c if c.is_ascii() => out.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a string cannot fail.
                    write!(out, "\\u{unit:04x}").ok();
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::script::businesses;
    use super::*;

    #[test]
    fn every_body_is_a_post_and_names_its_number() {
        for business in &businesses().unwrap() {
            let platform = Platform { business, salt: "s".to_owned() };
            for told in &business.conversations {
                for change in platform.conversation(told, 1_795_200_000) {
                    let body = platform.body(&[change]);
                    assert!(body.is_ascii());
                    assert!(!body.contains("\"$"), "an id that no line has: {body}");
                    convolog_whatsapp::parse(body.as_bytes()).unwrap();
                }
            }
        }
    }

    #[test]
    fn escaping_keeps_what_is_said() {
        let text = json!({ "a/b": "שלום 🌹 \"x\"" });
        let read: Value = serde_json::from_str(&escaped(&text.to_string())).unwrap();
        assert_eq!(read, text);
    }
}
