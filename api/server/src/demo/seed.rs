//! Sets up the businesses and tells their conversations, all over HTTP.

use std::collections::BTreeMap;
use std::path::Path;

use convolog_domain::limits::scopes_of;
use convolog_server::surfaces::SURFACES;
use convolog_vault::MasterKey;
use serde_json::{Value, json};

use super::client::Client;
use super::delivery;
use super::posts::Platform;
use super::script::{self, Business};
use super::state::{Known, State};
use crate::cli::{Failure, out};

/// Makes a workspace, a key and a channel for each business that has none.
pub(super) async fn set_up(
    client: &Client,
    data: &Path,
    state: &mut State,
    graph_url: &str,
    businesses: &[Business],
) -> Result<(), Failure> {
    for business in businesses {
        if state.businesses.iter().any(|known| known.script == business.key) {
            continue;
        }
        let known = make(client, &state.admin_token, graph_url, business).await?;
        state.businesses.push(known);
        state.save(data)?;
    }
    Ok(())
}

async fn make(
    client: &Client,
    admin: &str,
    graph_url: &str,
    business: &Business,
) -> Result<Known, Failure> {
    let once = |what: &str| format!("demo-{what}-{}", business.key);
    let body = json!({ "name": business.name, "plan": "pro" });
    let made = client.order("/v1/workspaces", admin, &once("workspace"), &body).await?;
    let workspace = text(&made, "id")?;
    let body = json!({ "name": "Demo", "scopes": ["read", "write", "manage"] });
    let path = format!("/v1/workspaces/{workspace}/keys");
    // A key that an earlier start made and lost cannot be shown again: a new one each time.
    let fresh = format!("{}-{}", once("key"), MasterKey::generate().get(..16).unwrap_or_default());
    let key = text(&client.order(&path, admin, &fresh, &body).await?, "key")?;
    let body = json!({
        "name": business.owner,
        "email": format!("owner@{}.example", business.key),
        "role": "owner",
    });
    client.order("/v1/people", &key, &once("owner"), &body).await?;
    let app_secret = MasterKey::generate().to_string();
    let body = json!({
        "type": "whatsapp",
        "name": "WhatsApp",
        "phone_number_id": business.number.id,
        "waba_id": business.number.account,
        "display_phone_number": format!("+{}", business.number.display),
        "app_secret": app_secret,
        "verify_token": MasterKey::generate().to_string(),
        "access_token": MasterKey::generate().to_string(),
        "graph_url": graph_url,
    });
    client.order("/v1/channels", &key, &fresh, &body).await?;
    let dialects = BTreeMap::new();
    Ok(Known { script: business.key.to_owned(), workspace, key, app_secret, dialects })
}

/// Makes a key of each dialect for each business that has none.
pub(super) async fn speak(client: &Client, data: &Path, state: &mut State) -> Result<(), Failure> {
    let admin = state.admin_token.clone();
    for at in 0..state.businesses.len() {
        for surface in SURFACES.into_iter().filter(|surface| !surface.is_native) {
            let Some(known) = state.businesses.get_mut(at) else { continue };
            if known.dialects.contains_key(surface.name) {
                continue;
            }
            let mut body = json!({ "name": surface.about.title, "surface": surface.name });
            let scopes = scopes_of(surface.name);
            if let (false, Some(body)) = (scopes.is_empty(), body.as_object_mut()) {
                body.insert("scopes".to_owned(), json!(scopes));
            }
            // A key that an earlier start made and lost cannot be shown again: a new one each time.
            let fresh = MasterKey::generate();
            let path = format!("/v1/workspaces/{}/keys", known.workspace);
            let made = client.order(&path, &admin, &fresh, &body).await?;
            known.dialects.insert(surface.name.to_owned(), text(&made, "key")?);
            state.save(data)?;
        }
    }
    Ok(())
}

/// Tells every conversation from its beginning. Telling it again changes nothing.
pub(super) async fn tell(
    client: &Client,
    state: &State,
    businesses: &[Business],
    now: i64,
) -> Result<(), Failure> {
    for business in businesses {
        let Some(known) = state.businesses.iter().find(|known| known.script == business.key) else {
            continue;
        };
        teach(client, known, business).await?;
        let platform = Platform { business, salt: known.workspace.clone() };
        let mut changes: Vec<_> = business
            .conversations
            .iter()
            .flat_map(|told| platform.conversation(told, now))
            .collect();
        changes.extend(business.notices.iter().map(|notice| platform.notice(notice, now)));
        let bodies = delivery::plan(changes);
        let bar = out::bar("telling", u64::try_from(bodies.len())?);
        for changes in &bodies {
            client.deliver(&known.app_secret, platform.body(changes)).await?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        out::note(format!("{} ({}): {} posts", business.name, business.language, bodies.len()));
    }
    Ok(())
}

/// Adds what a business knows. Adding it again changes nothing.
async fn teach(client: &Client, known: &Known, business: &Business) -> Result<(), Failure> {
    for (number, document) in (1..).zip(&business.knowledge) {
        let once = format!("demo-knowledge-{}-{number}", business.key);
        let body = json!({ "title": document.title, "content": document.content });
        client.order("/v1/knowledge", &known.key, &once, &body).await?;
    }
    for name in &business.files {
        let (media, bytes) = script::upload(name)
            .ok_or_else(|| Failure::found(format!("the demo has no file {name}")))?;
        let path = format!("/v1/knowledge/files?name={name}");
        let once = format!("demo-file-{}-{name}", business.key);
        client.upload((&path, media), &known.key, &once, bytes).await?;
    }
    Ok(())
}

/// Lets an agent answer for each business from now on, and learns of its leads. Doing it again changes
/// nothing.
pub(super) async fn publish_agents(
    client: &Client,
    state: &State,
    businesses: &[Business],
) -> Result<(), Failure> {
    for business in businesses {
        let Some(known) = state.businesses.iter().find(|known| known.script == business.key) else {
            continue;
        };
        let channels = client.get("/v1/channels", &known.key).await?;
        let channel = channels.pointer("/data/0/id").cloned().unwrap_or_default();
        // Its customers see that somebody reads and writes.
        let path = format!("/v1/channels/{}", channel.as_str().unwrap_or_default());
        client.change(&path, &known.key, &json!({ "read_marks": "typing" })).await?;
        let once = |what: &str| format!("demo-{what}-{}", business.key);
        let body = json!({
            "name": format!("{} assistant", business.name),
            "instructions": "Answer from the documents, briefly and politely.",
            "channels": [channel],
            "replies": { "coalesce_milliseconds": 1_500 },
        });
        let made = client.order("/v1/agents", &known.key, &once("agent"), &body).await?;
        let path = format!("/v1/agents/{}/publish", text(&made, "id")?);
        client.order(&path, &known.key, &once("publish"), &json!({})).await?;
        if let Some(rules) = &business.lead_rules {
            client.order("/v1/lead-rules", &known.key, &once("lead-rules"), rules).await?;
        }
    }
    Ok(())
}

/// Hands one conversation to a person, so that there is one to answer as an operator. Doing it again
/// changes nothing.
pub(super) async fn hand_off(client: &Client, known: &Known) -> Result<(), Failure> {
    let list = client.get("/v1/conversations?limit=2", &known.key).await?;
    let Some(second) = list.pointer("/data/1/id").and_then(Value::as_str) else { return Ok(()) };
    let path = format!("/v1/conversations/{second}/handoff");
    let once = format!("demo-handoff-{}", known.script);
    client.order(&path, &known.key, &once, &json!({ "reason": "requested" })).await?;
    Ok(())
}

/// One business says something to many: to all its customers with a number, and to whoever opted out in
/// vain. Saying it again changes nothing.
pub(super) async fn broadcast(
    client: &Client,
    state: &State,
    businesses: &[Business],
) -> Result<(), Failure> {
    let Some(business) = businesses.last() else { return Ok(()) };
    let Some(known) = state.businesses.iter().find(|known| known.script == business.key) else {
        return Ok(());
    };
    let channels = client.get("/v1/channels", &known.key).await?;
    let channel = channels.pointer("/data/0/id").cloned().unwrap_or_default();
    let once = |what: &str| format!("demo-{what}-{}", business.key);
    let parameters = json!([{ "type": "text", "text": "{{name}}" }]);
    let template = json!({
        "name": "spring_offer", "language": { "code": "en" },
        "components": [{ "type": "body", "parameters": parameters }],
    });
    let body = json!({
        "name": "Spring offer", "channel_id": channel,
        "message": { "type": "template", "template": template },
    });
    let made = client.order("/v1/broadcasts", &known.key, &once("broadcast"), &body).await?;
    let path = format!("/v1/broadcasts/{}", text(&made, "id")?);
    let customers = business.conversations.iter().map(|told| &told.customer);
    let recipients: Vec<_> = customers
        .filter_map(|customer| {
            let phone = customer.phone.as_ref()?;
            Some(json!({ "phone": phone, "parameters": { "name": customer.name } }))
        })
        .collect();
    let body = json!({ "recipients": recipients });
    client.order(&format!("{path}/recipients"), &known.key, &once("recipients"), &body).await?;
    client.order(&format!("{path}/start"), &known.key, &once("start"), &json!({})).await?;
    Ok(())
}

/// A text of an answer.
pub(super) fn text(answer: &Value, key: &str) -> Result<String, Failure> {
    let found = answer.get(key).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| Failure::found(format!("an answer without `{key}`")))
}
