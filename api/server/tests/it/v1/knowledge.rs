//! `/v1/knowledge`, `/v1/search`

use serde_json::{Value, json};

use crate::support::{Client, TestServer};

const HOURS: &str =
    "# Opening hours\n\nWe are open from nine to five, and closed on public holidays.";

async fn add(client: &Client, title: &str, content: &str) -> (String, u64) {
    let body = json!({ "title": title, "content": content });
    let reply = client.post("/v1/knowledge").json(&body).await;
    (reply.ok(201)["id"].as_str().unwrap().to_owned(), reply.position())
}

async fn search(client: &Client, query: &str, position: u64) -> Value {
    client.get(&format!("/v1/knowledge/search?q={query}&at_least={position}")).await.ok(200)
}

#[tokio::test]
async fn a_document_is_added_and_found_at_once() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let (id, position) = add(client, "Practice", HOURS).await;
    let found = search(client, "holiday", position).await;
    let hit = &found["data"][0];
    assert_eq!(
        (&hit["document_id"], &hit["version"], &hit["passage"]),
        (&json!(id), &json!(1), &json!(1))
    );
    assert_eq!((&hit["title"], &hit["headings"]), (&json!("Practice"), &json!(["Opening hours"])));
    assert!(hit["snippet"]["html"].as_str().unwrap().contains("<mark>holidays</mark>"));
    assert!(hit["score"].as_f64().unwrap() > 0.0);
    assert_eq!(found["left_out"], json!([]));
    let (start, end) = (hit["start"].as_u64().unwrap(), hit["end"].as_u64().unwrap());
    let shown = client.get(&format!("/v1/knowledge/{id}")).await.ok(200);
    let range = usize::try_from(start).unwrap()..usize::try_from(end).unwrap();
    assert_eq!(shown["text"].as_str().unwrap().get(range), hit["text"].as_str());
    assert_eq!((&shown["content"], &shown["language"]), (&json!(HOURS), &json!("en")));
    for odd in ["%28open", "%22open", "open%20AND", "%2A", "a%3Ab%3A%3A%5E%5E"] {
        search(client, odd, position).await;
    }
}

#[tokio::test]
async fn a_change_makes_a_version_and_the_past_stays_readable() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let (id, first) = add(client, "Soup", "Soup of the day is lentil.").await;
    let path = format!("/v1/knowledge/{id}");
    let body = json!({ "content": "Soup of the day is tomato.", "language": "en" });
    let reply = client.request(reqwest::Method::PATCH, &path).json(&body).await;
    assert_eq!(reply.ok(200)["title"], "Soup", "what is not named stays");
    let second = reply.position();
    assert_eq!(search(client, "lentil", second).await["data"], json!([]));
    assert_eq!(search(client, "tomato", second).await["data"][0]["version"], 2);
    let then = client.get(&format!("{path}?as_of={first}")).await.ok(200);
    assert_eq!(
        (&then["version"], &then["content"]),
        (&json!(1), &json!("Soup of the day is lentil."))
    );
    let versions = client.get(&format!("{path}/versions?limit=1")).await.ok(200);
    assert_eq!(versions["data"][0]["version"], 2);
    let next = versions["next_page"].as_str().unwrap();
    let versions = client.get(&format!("{path}/versions?limit=1&page={next}")).await.ok(200);
    assert_eq!(
        (&versions["data"][0]["version"], &versions["next_page"]),
        (&json!(1), &Value::Null)
    );

    let gone = client.delete(&path).await;
    gone.ok(204);
    let third = gone.position();
    assert_eq!(search(client, "tomato", third).await["data"], json!([]));
    client.get(&path).await.problem(404, "not_found");
    let list = client.get(&format!("/v1/knowledge?at_least={third}")).await.ok(200);
    assert_eq!(list["data"], json!([]));
    let list = client.get(&format!("/v1/knowledge?as_of={second}")).await.ok(200);
    assert_eq!((&list["data"][0]["id"], &list["data"][0]["version"]), (&json!(id), &json!(2)));
    assert_eq!(
        client.get(&format!("{path}/versions")).await.ok(200)["data"].as_array().unwrap().len(),
        2
    );
    client.delete(&path).await.problem(404, "not_found");
    client.request(reqwest::Method::PATCH, &path).json(&body).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_change_that_changes_nothing_makes_no_version() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let body = json!({ "title": "Soup", "content": "Lentil today.", "format": "text" });
    let id = client.post("/v1/knowledge").json(&body).await.ok(201)["id"].clone();
    let path = format!("/v1/knowledge/{}", id.as_str().unwrap());
    for same in [json!({}), json!({ "title": " Soup " }), body] {
        let reply = client.request(reqwest::Method::PATCH, &path).json(&same).await;
        let shown = reply.ok(200);
        assert_eq!((&shown["title"], &shown["characters"]), (&json!("Soup"), &json!(13)), "{same}");
    }
    let versions = client.get(&format!("{path}/versions")).await.ok(200);
    let shown = client.get(&path).await.ok(200);
    assert_eq!(versions["data"], json!([shown]), "one version, shown as the document is");
}

#[tokio::test]
async fn what_the_sandbox_adds_is_told_to_nobody_real_and_it_changes_nothing_that_is() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let live = &workspace.client;
    let wanted = json!({ "mode": "test", "scopes": ["read", "write", "manage"] });
    let test = server.admin.with_token(&server.key(&workspace.id, wanted).await);
    let agent =
        live.post("/v1/agents").json(&json!({ "name": "Clara" })).await.ok(201)["id"].clone();
    let (real, _) = add(live, "Practice", HOURS).await;
    let (trial, position) = add(&test, "Trial", "On holidays we are open all night.").await;
    let found = async |client: &Client, scope: &str| {
        let found = search(client, &format!("holidays{scope}"), position).await;
        let hits = found["data"].as_array().unwrap().clone();
        hits.iter().map(|hit| hit["document_id"].clone()).collect::<Vec<_>>()
    };
    let of_agent = format!("&agent_id={}", agent.as_str().unwrap());
    assert_eq!(found(live, &of_agent).await, [json!(real)]);
    assert_eq!(found(&test, &of_agent).await.len(), 2);
    assert_eq!(found(live, "").await.len(), 2, "whoever looks at everything sees both");
    let patch = |client: &Client, id: &str| {
        let path = format!("/v1/knowledge/{id}");
        client.request(reqwest::Method::PATCH, &path).json(&json!({ "content": "Always open." }))
    };
    patch(&test, &real).await.problem(403, "sandbox_key");
    test.delete(&format!("/v1/knowledge/{real}")).await.problem(403, "sandbox_key");
    patch(&test, &trial).await.ok(200);
    test.delete(&format!("/v1/knowledge/{trial}")).await.ok(204);
}

#[tokio::test]
async fn a_document_is_for_an_agent_of_the_workspace_and_an_agent_has_its_documents() {
    let server = TestServer::start().await;
    let (own, other) = (server.workspace().await, server.workspace().await);
    let agent = |client: &Client| client.post("/v1/agents").json(&json!({ "name": "Clara" }));
    let ours = agent(&own.client).await.ok(201)["id"].clone();
    let theirs = agent(&other.client).await.ok(201)["id"].clone();
    let nobody = json!("0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c");
    let draft = |agent: &Value| json!({ "title": "T", "content": "Words.", "agent_id": agent });
    let added = own.client.post("/v1/knowledge").json(&draft(&ours)).await.ok(201);
    let document = format!("/v1/knowledge/{}", added["id"].as_str().unwrap());
    let agent_path = format!("/v1/agents/{}", ours.as_str().unwrap());
    let patch =
        |path: &str, body: Value| own.client.request(reqwest::Method::PATCH, path).json(&body);
    for strange in [&theirs, &nobody] {
        let refused = own.client.post("/v1/knowledge").json(&draft(strange)).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], "agent_id");
        let refused = patch(&document, json!({ "agent_id": strange })).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], "agent_id");
        let refused = patch(&agent_path, json!({ "documents": [strange] })).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], "documents");
    }
    patch(&agent_path, json!({ "documents": [added["id"]] })).await.ok(200);
    own.client.delete(&document).await.ok(204);
    patch(&agent_path, json!({ "name": "Clara B." })).await.ok(200);
}

#[tokio::test]
async fn another_workspace_sees_nothing_of_it() {
    let server = TestServer::start().await;
    let (own, other) = (server.workspace().await, server.workspace().await);
    let (id, position) = add(&own.client, "Practice", HOURS).await;
    let number = own.number().await;
    own.conversation(&number).await;
    let nowhere = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    assert_eq!(search(&other.client, "open", position).await["data"], json!([]));
    assert_eq!(other.client.get("/v1/knowledge").await.ok(200)["data"], json!([]));
    assert_eq!(other.client.get("/v1/search/messages?q=hello").await.ok(200)["data"], json!([]));
    for people in ["contacts", "leads"] {
        let path = format!("/v1/search/{people}?q=ana");
        assert_eq!(other.client.get(&path).await.ok(200)["data"], json!([]));
    }
    for suffix in ["", "/versions"] {
        let theirs = other.client.get(&format!("/v1/knowledge/{id}{suffix}")).await;
        let none = other.client.get(&format!("/v1/knowledge/{nowhere}{suffix}")).await;
        let (theirs, none) = (theirs.problem(404, "not_found"), none.problem(404, "not_found"));
        assert_eq!((&theirs["title"], &theirs["detail"]), (&none["title"], &none["detail"]));
    }
    let body = json!({ "title": "Mine now" });
    let patch = other.client.request(reqwest::Method::PATCH, &format!("/v1/knowledge/{id}"));
    patch.json(&body).await.problem(404, "not_found");
    other.client.delete(&format!("/v1/knowledge/{id}")).await.problem(404, "not_found");
}

#[tokio::test]
async fn messages_and_contacts_are_found_by_their_words() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let number = workspace.number().await;
    let conversation = workspace.conversation(&number).await;
    let body = json!({ "type": "text", "text": "We close at eight in the evening" });
    let path = format!("/v1/conversations/{conversation}/messages");
    let position = client.post(&path).json(&body).await.position();
    let get = |query: &str| client.get(&format!("/v1/search/{query}&at_least={position}"));
    let found = get("messages?q=hello").await.ok(200);
    assert_eq!(found["data"][0]["message"]["text"], "Hello");
    assert_eq!(found["data"][0]["message"]["conversation_id"], json!(conversation));
    assert_eq!(found["data"][0]["snippet"]["html"], "<mark>Hello</mark>");
    let outbound = get("messages?q=evenings&direction=outbound").await.ok(200);
    assert_eq!(outbound["data"][0]["message"]["direction"], "outbound");
    assert_eq!(get("messages?q=evenings&direction=inbound").await.ok(200)["data"], json!([]));
    let contact = found["data"][0]["message"]["conversation_id"].clone();
    assert!(contact.is_string());
    assert_eq!(get("contacts?q=an").await.ok(200)["data"][0]["contact"]["name"], "Ana");
    let since = get("messages?q=hello&since=yesterday").await;
    assert_eq!(since.problem(400, "invalid_field")["field"], "since");
}

#[tokio::test]
async fn leads_are_found_by_their_names_and_by_those_of_their_contacts() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let number = workspace.number().await;
    workspace.conversation(&number).await;
    let body = json!({ "name": "Marta Quiroga", "company": "Moinho Velho" });
    let opened = client.post("/v1/leads").json(&body).await;
    let marta = opened.ok(201)["id"].clone();
    let found = async |query: &str, position: u64| {
        let path = format!("/v1/search/leads?q={query}&at_least={position}");
        client.get(&path).await.ok(200)["data"].as_array().unwrap().clone()
    };
    for query in ["quiroga", "mart", "moinho+velho"] {
        let hits = found(query, opened.position()).await;
        assert_eq!((hits.len(), &hits[0]["lead"]["id"]), (1, &marta), "{query}");
    }
    // Whoever wrote is a lead without a name of its own.
    let hits = found("ana", opened.position()).await;
    assert_eq!((hits.len(), &hits[0]["lead"]["name"]), (1, &json!("Ana")));
    assert_ne!(hits[0]["lead"]["id"], marta);
    assert_eq!(found("quiroga+ana", opened.position()).await, Vec::<Value>::new());
    let renamed = client.patch(&format!("/v1/leads/{}", marta.as_str().unwrap()));
    let renamed = renamed.json(&json!({ "name": "Marta Silva" })).await;
    renamed.ok(200);
    assert_eq!(found("quiroga", renamed.position()).await, Vec::<Value>::new());
    assert_eq!(found("silva", renamed.position()).await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_a_document_is_refused_by_name() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for (body, field) in [
        (json!({ "title": "T" }), "content"),
        (json!({ "content": "C" }), "title"),
        (json!({ "title": "T", "content": "<p></p>", "format": "html" }), "content"),
        (json!({ "title": "T", "content": "C", "format": "pdf" }), "format"),
        (json!({ "title": "T", "content": "C", "language": "x1" }), "language"),
        (json!({ "title": "T", "content": "word ".repeat(110_000) }), "content"),
    ] {
        let problem =
            workspace.client.post("/v1/knowledge").json(&body).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], field);
    }
}

#[tokio::test]
async fn a_search_goes_on_from_page_to_page() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let number = workspace.number().await;
    let mut position = 0;
    for n in 0..25_u32 {
        let said = number.say(&server.admin, &format!("wamid.{n}"), "5511999990001", "Sure").await;
        position = said.position();
    }
    for (n, name) in [(1, "Rosa Lima"), (2, "Rosa Prado"), (3, "Rosa Nunes")] {
        let document = json!({ "title": name, "content": format!("{name} likes roses") });
        client.post("/v1/knowledge").json(&document).await.ok(201);
        let from = format!("55119999900{:02}", n + 10);
        let mut body = number.text(&format!("wamid.r{n}"), &from, "Hello");
        body["entry"][0]["changes"][0]["value"]["contacts"][0]["profile"]["name"] = json!(name);
        position = number.deliver(&server.admin, &body).await.position();
    }
    let search = async |path: &str| client.get(&format!("{path}&at_least={position}")).await;
    let walk = async |path: &str, limit: usize| {
        let (mut pages, mut page) = (Vec::new(), String::new());
        loop {
            let found = search(&format!("{path}&limit={limit}{page}")).await.ok(200);
            pages.push(found["data"].as_array().unwrap().clone());
            let Some(token) = found["next_page"].as_str() else { return pages };
            page = format!("&page={token}");
        }
    };
    for (path, limit, expected) in [
        ("/v1/search/messages?q=sure", 10, vec![10, 10, 5]),
        ("/v1/search/messages?q=sure", 25, vec![25]),
        ("/v1/search/contacts?q=rosa", 2, vec![2, 1]),
        ("/v1/search/leads?q=rosa", 2, vec![2, 1]),
        ("/v1/knowledge/search?q=roses", 1, vec![1, 1, 1]),
    ] {
        let pages = walk(path, limit).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), expected, "{path}");
        let whole = walk(path, 100).await.concat();
        assert_eq!(pages.concat(), whole, "{path}");
    }
    let found = search("/v1/search/messages?q=sure&limit=2").await.ok(200);
    let token = found["next_page"].as_str().unwrap();
    for other in ["/v1/search/messages?q=hello", "/v1/search/contacts?q=sure"] {
        let refused = search(&format!("{other}&page={token}")).await;
        assert_eq!(refused.problem(400, "invalid_page")["field"], "page");
    }
}
