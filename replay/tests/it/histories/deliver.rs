//! Posts a history to the engine and looks at what became of it.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use convolog_engine::Inbound;
use convolog_replay::story::{Actor, Asked, Command, DomainHost, Host, HostError, View};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::facts::{Delivery, Fact, History, Naming, Said, TENANTS, What, second_of};
use super::model::{EMOJIS, Line, Person, STATUSES, Tenant, edited, file, text};

/// The business's number.
const BUSINESS: &str = "551140000202";

/// Sets up the tenants, posts everything, and shows what every tenant sees.
pub(super) async fn deliver(
    host: &mut DomainHost,
    history: &History,
    delivery: &Delivery,
) -> Result<Vec<Tenant>, HostError> {
    let mut workspaces = Vec::new();
    for tenant in 0..TENANTS {
        workspaces.push(set_up(host, tenant).await?);
    }
    let posts = posts(history, delivery);
    for together in posts.chunks(delivery.workers) {
        let mut under_way = tokio::task::JoinSet::new();
        for (tenant, body) in together {
            let inbound = Inbound::new(host.engine().clone());
            let signature = convolog_whatsapp::sign(secret(*tenant).as_bytes(), body.as_bytes());
            let body = Bytes::from(body.clone());
            under_way.spawn(async move { inbound.receive(body, Some(&signature)).await });
        }
        while let Some(done) = under_way.join_next().await {
            let received = done.map_err(|error| HostError::failed(&error))?;
            let received = received.map_err(|error| HostError::failed(&error))?;
            if received.quarantined > 0 || received.refused > 0 {
                return Err(HostError::Failed(format!("not all was taken: {received:?}")));
            }
        }
    }
    let mut seen = Vec::new();
    for workspace in workspaces {
        seen.push(tenant_view(host, workspace).await?);
    }
    Ok(seen)
}

fn secret(tenant: usize) -> String {
    format!("the secret of tenant {tenant}")
}

fn number(tenant: usize) -> String {
    format!("2045{tenant:011}")
}

fn account(tenant: usize) -> String {
    format!("1045{tenant:011}")
}

async fn set_up(host: &mut DomainHost, tenant: usize) -> Result<Uuid, HostError> {
    let name = format!("Tenant {tenant}");
    let command = Command::CreateWorkspace { name: name.clone(), plan: "pro".to_owned() };
    let workspace = made(host, Uuid::nil(), command).await?;
    let command = Command::RegisterApp {
        name: name.clone(),
        secret: secret(tenant),
        verify_token: "a token".to_owned(),
        installation: false,
    };
    let app = made(host, workspace, command).await?;
    let command = Command::ConnectChannel {
        name,
        app,
        phone_number_id: number(tenant),
        waba_id: account(tenant),
        display_phone_number: format!("+{BUSINESS}"),
        access_token: None,
    };
    made(host, workspace, command).await?;
    Ok(workspace)
}

async fn made(host: &mut DomainHost, workspace: Uuid, command: Command) -> Result<Uuid, HostError> {
    let asked = Asked { workspace, actor: Actor::Administrator, once: None, command };
    let outcome = host.command(&asked).await?;
    let id = outcome.body["id"].as_str().and_then(|id| id.parse().ok());
    id.ok_or_else(|| HostError::Failed(format!("set-up failed: {outcome:?}")))
}

/// The posts of a delivery: (tenant, body).
fn posts(history: &History, delivery: &Delivery) -> Vec<(usize, String)> {
    let mut waiting: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let mut sizes = delivery.sizes.iter().cycle();
    let mut posts = Vec::new();
    for fact in delivery.order(history.facts.len()) {
        let Some((tenant, change)) = change(history, fact) else { continue };
        let changes = waiting.entry(tenant).or_default();
        changes.push(change);
        if changes.len() >= *sizes.next().unwrap() {
            posts.push((tenant, body(tenant, &std::mem::take(changes))));
        }
    }
    let left = waiting.into_iter().filter(|(_, changes)| !changes.is_empty());
    posts.extend(left.map(|(tenant, changes)| (tenant, body(tenant, &changes))));
    posts
}

fn body(tenant: usize, changes: &[Value]) -> String {
    let entry = json!([{"id": account(tenant), "changes": changes}]);
    json!({"object": "whatsapp_business_account", "entry": entry}).to_string()
}

fn wamid(said: &Said) -> String {
    format!("wamid.SAID{}", said.fact)
}

/// A person as the platform names them.
struct Named {
    phone: Option<String>,
    scoped: Option<String>,
}

impl Named {
    fn of(person: usize, naming: Naming) -> Self {
        // The first is Brazilian and has two spellings.
        let (long, short) = match person {
            0 => ("5531987650142".to_owned(), "553187650142".to_owned()),
            n => (format!("4915550001{n:03}"), format!("4915550001{n:03}")),
        };
        let scoped = format!("BR.44100233455000311{person:02}");
        match naming {
            Naming::Phone => Self { phone: Some(long), scoped: None },
            Naming::ShortPhone => Self { phone: Some(short), scoped: None },
            Naming::Scoped => Self { phone: None, scoped: Some(scoped) },
            Naming::Both => Self { phone: Some(long), scoped: Some(scoped) },
        }
    }

    fn put(&self, object: &mut Value, phone: &str, scoped: &str) {
        for (key, value) in [(phone, &self.phone), (scoped, &self.scoped)] {
            if let Some(value) = value {
                object[key] = value.clone().into();
            }
        }
    }

    fn contact(&self) -> Value {
        let mut contact = json!({"profile": {"name": "Somebody"}});
        self.put(&mut contact, "wa_id", "user_id");
        contact
    }
}

/// The change that tells a fact.
fn change(history: &History, at: usize) -> Option<(usize, Value)> {
    let Fact { naming, what } = &history.facts[at];
    let target = history.target(at);
    let (said, wamid_here, second, element) = element(history, at, what, target)?;
    let named = Named::of(said.person, *naming);
    let mut value = Map::new();
    value.insert("messaging_product".to_owned(), "whatsapp".into());
    value.insert(
        "metadata".to_owned(),
        json!({"display_phone_number": BUSINESS, "phone_number_id": number(said.tenant)}),
    );
    let mut whole = json!({"id": wamid_here, "timestamp": second.to_string()});
    for (key, part) in element.as_object().unwrap() {
        whole[key] = part.clone();
    }
    let by_business = match what {
        What::React { outbound, .. } => *outbound,
        _ => said.outbound,
    };
    let field = if let What::Status { .. } = what {
        named.put(&mut whole, "recipient_id", "recipient_user_id");
        value.insert("statuses".to_owned(), json!([whole]));
        "messages"
    } else if by_business {
        whole["from"] = BUSINESS.into();
        named.put(&mut whole, "to", "to_user_id");
        value.insert("message_echoes".to_owned(), json!([whole]));
        "smb_message_echoes"
    } else {
        named.put(&mut whole, "from", "from_user_id");
        value.insert("contacts".to_owned(), json!([named.contact()]));
        value.insert("messages".to_owned(), json!([whole]));
        "messages"
    };
    Some((said.tenant, json!({"value": value, "field": field})))
}

/// Who it is about, the id and the second of the element, and the rest of it.
fn element(
    history: &History,
    at: usize,
    what: &What,
    target: Option<Said>,
) -> Option<(Said, String, i64, Value)> {
    let own = || history.said().into_iter().find(|said| said.fact == at);
    let apart = format!("wamid.FACT{at}");
    let then = second_of(at);
    Some(match what {
        What::Text { answers, .. } => {
            let said = own()?;
            let mut element = json!({"type": "text", "text": {"body": text(at)}});
            if answers.is_some() {
                element["context"] = json!({"from": BUSINESS, "id": "wamid.LONGAGO"});
            }
            (said, wamid(&said), said.second, element)
        }
        What::Picture { .. } => {
            let said = own()?;
            let image = json!({"mime_type": "image/jpeg", "caption": text(at)});
            (said, wamid(&said), said.second, json!({"type": "image", "image": image}))
        }
        What::File { .. } => {
            let said = target?;
            let image = json!({
                "mime_type": "image/jpeg", "caption": text(said.fact), "id": file(said.fact),
            });
            (said, wamid(&said), said.second, json!({"type": "image", "image": image}))
        }
        What::Placeholder { .. } => {
            let said = target?;
            let errors =
                json!([{"code": 131_060, "title": "This message is currently unavailable"}]);
            let element = json!({"type": "unsupported", "errors": errors});
            (said, wamid(&said), said.second, element)
        }
        What::Edit { .. } => {
            let said = target?;
            let message = json!({"type": "text", "text": {"body": edited(at)}});
            let edit = json!({"original_message_id": wamid(&said), "message": message});
            (said, apart, then, json!({"type": "edit", "edit": edit}))
        }
        What::Revoke { .. } => {
            let said = target?;
            let revoke = json!({"original_message_id": wamid(&said)});
            (said, apart, then, json!({"type": "revoke", "revoke": revoke}))
        }
        What::React { emoji, .. } => {
            let said = target?;
            let mut reaction = json!({"message_id": wamid(&said)});
            if let Some(emoji) = emoji {
                reaction["emoji"] = EMOJIS[*emoji].into();
            }
            (said, apart, then, json!({"type": "reaction", "reaction": reaction}))
        }
        What::Status { status, .. } => {
            let said = target?;
            let name = STATUSES[*status];
            let mut element = json!({"status": name});
            if name == "failed" {
                element["errors"] = json!([{"code": 131_047, "title": "Re-engagement message"}]);
            }
            (said, wamid(&said), then, element)
        }
    })
}

/// What a tenant sees: everybody who stands for themselves, with all that was said to and by them.
async fn tenant_view(host: &mut DomainHost, workspace: Uuid) -> Result<Tenant, HostError> {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for contact in host.view(workspace, View::Contacts, None).await? {
        if contact["merged_into"].is_null() {
            people.entry(string(&contact["id"])).or_default();
        }
    }
    let mut ids = BTreeSet::new();
    for conversation in host.view(workspace, View::Conversations, None).await? {
        let person = people.entry(string(&conversation["contact"]["id"])).or_default();
        let id: Uuid = string(&conversation["id"]).parse().unwrap();
        let messages = host.view(workspace, View::Messages(id), None).await?;
        let seconds: Vec<_> =
            messages.iter().map(|message| second(&message["ordered_at"])).collect();
        if !seconds.is_sorted() {
            return Err(HostError::Failed(format!("not in order: {seconds:?}")));
        }
        for message in messages {
            if !ids.insert(string(&message["id"])) {
                return Err(HostError::Failed("a message stands in two conversations".to_owned()));
            }
            person.push(line(&message).print());
        }
    }
    // Somebody of whom only reactions, edits or statuses of nothing are known has said nothing.
    let mut people: Tenant = people.into_values().filter(|said| !said.is_empty()).collect();
    for person in &mut people {
        person.sort();
    }
    people.sort();
    Ok(people)
}

fn line(message: &Value) -> Line {
    let list = |key: &str| message[key].as_array().cloned().unwrap_or_default();
    Line {
        outbound: message["direction"] == "outbound",
        kind: string(&message["type"]),
        text: message["text"].as_str().map(str::to_owned),
        media: message["media"]["id"].as_str().map(str::to_owned),
        second: second(&message["sent_at"]),
        status: string(&message["status"]),
        statuses: list("statuses")
            .iter()
            .map(|status| (string(&status["status"]), second(&status["at"])))
            .collect(),
        errors: list("errors").iter().filter_map(|error| error["code"].as_i64()).collect(),
        reactions: list("reactions")
            .iter()
            .map(|reaction| (string(&reaction["direction"]), string(&reaction["emoji"])))
            .collect(),
        edited: message["edited"] == true,
        revoked: message["revoked"] == true,
        answers: !message["reply_to"].is_null(),
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn second(value: &Value) -> i64 {
    value
        .as_str()
        .and_then(|at| at.parse::<jiff::Timestamp>().ok())
        .map_or(0, jiff::Timestamp::as_second)
}
