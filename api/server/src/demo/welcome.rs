//! What the demo prints: address, keys, and five commands that work when they are pasted.

use std::fmt::Write as _;
use std::path::Path;

use convolog_server::surfaces::SURFACES;
use serde_json::Value;

use super::client::Client;
use super::script::Business;
use super::seed::text;
use super::state::{Known, State};
use crate::cli::Failure;

/// Whose conversation the commands show.
const SHOWN: &str = "Tom Reyes";

/// The welcome, ready to be printed.
pub(super) async fn welcome(
    client: &Client,
    url: &str,
    data: &Path,
    state: &State,
    businesses: &[Business],
) -> Result<String, Failure> {
    let first = state.businesses.first().ok_or_else(|| Failure::found("no business was set up"))?;
    let key = &first.key;
    let (id, middle) = pick(client, key).await?;
    let convolog = program();
    let mut page = format!(
        "\nConvolog demo\n\n\
         URL          {url}\n\
         API key      {key}\n\
         docs         {url}/docs\n\
         admin token  {}\n\
         data         {}\n\n",
        state.admin_token,
        data.display(),
    );
    for known in &state.businesses {
        let business = businesses.iter().find(|business| business.key == known.script);
        let Some(Business { name, language, .. }) = business else { continue };
        // Writing to a string cannot fail.
        writeln!(page, "{:<44}  {name} ({language})", known.key).ok();
    }
    page.push_str(&dialects(client, url, first).await?);
    let auth = format!("-H 'Authorization: Bearer {key}'");
    write!(
        page,
        "\nFive commands to try, in another terminal:\n\n\
         1. What was said, with statuses, edits and reactions:\n   \
            curl -s {auth} '{url}/v1/conversations/{id}/messages'\n\
         2. The same conversation as it stood at an earlier moment:\n   \
            {convolog} replay conversation {id} --url {url} --key {key} --as-of {middle}\n\
         3. Who may become a customer, stage by stage, and who was won or lost:\n   \
            curl -s {auth} '{url}/v1/pipeline'\n\
         4. What the business knows, by the words of a question:\n   \
            curl -s {auth} '{url}/v1/knowledge/search?q=emergency+opening+hours'\n\
         5. Is the log whole, and are the read models what it says?\n   \
            {convolog} verify --url {url} --admin-token {}\n\n",
        state.admin_token,
    )
    .ok();
    Ok(page)
}

/// The dialects: where each is spoken, with which key, and what its document's placeholders stand for.
async fn dialects(client: &Client, url: &str, known: &Known) -> Result<String, Failure> {
    let mut page = String::from("\nThe same business in other dialects:\n\n");
    for surface in SURFACES.into_iter().filter(|surface| !surface.is_native) {
        let Some(key) = known.dialects.get(surface.name) else { continue };
        let about = format!("{url}{}/docs", surface.prefix);
        // Writing to a string cannot fail.
        writeln!(
            page,
            "{:<9} {url}{}/api/v1   {about}\n          {key}",
            surface.about.title, surface.prefix
        )
        .ok();
        for (placeholder, path, member) in placeholders(surface.name) {
            let found = client.get(path, known.key_for(path)).await?;
            let id = found.pointer(member).and_then(Value::as_str).unwrap_or("not there yet");
            writeln!(page, "          {placeholder} is {id}").ok();
        }
    }
    Ok(page)
}

/// What stands for an id in the document of a dialect, and where such an id is found.
fn placeholders(surface: &str) -> &'static [(&'static str, &'static str, &'static str)] {
    match surface {
        "convoai" => &[("agt_01HXYZ1234ABCD", "/convoai/api/v1/agents/", "/results/0/id")],
        "avelto" => &[
            ("uuid of a lead", "/v1/leads?limit=1", "/data/0/id"),
            ("uuid of a conversation", "/v1/conversations?handoff=true&limit=1", "/data/0/id"),
            ("uuid-1", "/v1/conversations?limit=2", "/data/0/id"),
            ("uuid-2", "/v1/conversations?limit=2", "/data/1/id"),
            ("uuid of an agent", "/v1/agents?limit=1", "/data/0/id"),
        ],
        _ => &[],
    }
}

/// How the welcome ends.
pub(super) const fn ending(quiet: bool) -> &'static str {
    if quiet {
        "The simulated customers are silent. Ctrl-C stops; the same command goes on."
    } else {
        "Simulated customers keep writing. Ctrl-C stops; the same command goes on."
    }
}

/// A conversation to show, and a position in the middle of it.
async fn pick(client: &Client, key: &str) -> Result<(String, u64), Failure> {
    let list = client.get("/v1/conversations?limit=50", key).await?;
    let all = list.get("data").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_shown = |conversation: &&Value| {
        conversation.pointer("/contact/name").and_then(Value::as_str) == Some(SHOWN)
    };
    let found = all.iter().find(is_shown).or(all.first());
    let found = found.ok_or_else(|| Failure::found("there is no conversation to show"))?;
    let id = text(found, "id")?;
    let said = client.get(&format!("/v1/conversations/{id}/messages?limit=200"), key).await?;
    let said = said.get("data").and_then(Value::as_array).cloned().unwrap_or_default();
    let middle = said.get(said.len() / 2).and_then(|message| message.get("position"));
    Ok((id, middle.and_then(Value::as_u64).unwrap_or_default()))
}

/// How this program is called.
fn program() -> String {
    let Ok(path) = std::env::current_exe() else { return "convolog".to_owned() };
    let found_by_name = std::env::var_os("PATH").is_some_and(|path_of_shell| {
        let first = std::env::split_paths(&path_of_shell)
            .map(|dir| dir.join("convolog"))
            .find(|p| p.is_file());
        first.and_then(|first| first.canonicalize().ok()) == path.canonicalize().ok()
    });
    if found_by_name { "convolog".to_owned() } else { path.display().to_string() }
}
