//! The dialects: what holds for every endpoint of each, driven by the declarations; and what their
//! documents say, fact by fact.

mod avelto;
mod convoai;
mod docs;
mod verbatim;

use convolog_server::Api;
use convolog_server::endpoint::{Access, Method, Route};
use serde_json::{Value, json};

use crate::support::{Client, Number, Reply, Request, TestServer, Workspace, text};

/// An id that was never given out.
const NOBODY: &str = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";

/// A customer who wrote a moment ago.
pub(super) const CUSTOMER: &str = "+14155559876";

/// A workspace with an agent that answers at a number, and a key of a dialect.
pub(super) struct Scene {
    pub(super) server: TestServer,
    pub(super) workspace: Workspace,
    pub(super) number: Number,
    /// The agent, by its native id.
    pub(super) agent: String,
    /// Calls with a key of the dialect.
    pub(super) client: Client,
}

impl Scene {
    pub(super) async fn of(surface: &str) -> Self {
        Self::on(surface, TestServer::start().await).await
    }

    pub(super) async fn on(surface: &str, server: TestServer) -> Self {
        let workspace = server.workspace().await;
        let (number, agent) = furnish(&workspace, "106540352242922", "wamid.1").await;
        let client = server.admin.with_token(&key(&server, &workspace.id, surface).await);
        Self { server, workspace, number, agent, client }
    }

    /// Lets an agent say nothing, so that nothing leaves for the platform.
    pub(super) async fn silence(&self, agent: &str) {
        let path = format!("/v1/agents/{agent}/pause");
        self.workspace.client.post(&path).json(&json!({})).await.ok(200);
    }
}

/// A key of a dialect that may do everything.
pub(super) async fn key(server: &TestServer, workspace: &str, surface: &str) -> String {
    server.key(workspace, json!({ "surface": surface, "scopes": scopes(surface) })).await
}

/// All scopes of a dialect.
fn scopes(surface: &str) -> Vec<&'static str> {
    match convolog_domain::limits::scopes_of(surface) {
        [] => vec!["read", "write", "manage"],
        own => own.to_vec(),
    }
}

/// An agent on a number of one's own, to which a customer just wrote.
pub(super) async fn furnish(workspace: &Workspace, number: &str, wamid: &str) -> (Number, String) {
    let (client, number) = (&workspace.client, Number::new(number));
    let channel = text(&workspace.connect(&number).await, "id");
    let wanted = json!({ "name": "My Sales Agent", "channels": [channel] });
    let agent = text(&client.post("/v1/agents").json(&wanted).await.ok(201), "id");
    let publish = format!("/v1/agents/{agent}/publish");
    client.post(&publish).json(&json!({})).await.ok(200);
    number.say(client, wamid, CUSTOMER.trim_start_matches('+'), "Hello").await.ok(200);
    (number, agent)
}

/// The dialects.
fn dialects() -> Vec<&'static Api> {
    Api::all().iter().map(AsRef::as_ref).filter(|api| !api.surface().is_native).collect()
}

fn asked(client: &Client, route: &Route, path: &str) -> Request {
    let method = match route.declaration.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    client.request(method, path)
}

/// A path in which every parameter is `id`.
fn filled(route: &Route, id: &str) -> String {
    let names: Vec<_> = route.declaration.path_parameters().collect();
    names.iter().fold(route.path(), |path, name| path.replace(&format!("{{{name}}}"), id))
}

/// A refusal in the shape of its surface: its status, and what it says.
#[track_caller]
pub(super) fn refused(route: &Route, reply: &Reply, status: u16, code: &str) -> Value {
    assert_eq!(reply.status, status, "{}: {}", route.path(), reply.text);
    assert_eq!(reply.header("content-type"), "application/json", "{}", route.path());
    let body = reply.json();
    let found = body.pointer("/error/code").or_else(|| body.get("code"));
    assert_eq!(found, Some(&json!(code)), "{}: {body}", route.path());
    body
}

#[tokio::test]
async fn no_key_a_malformed_one_and_an_unknown_one_are_refused_everywhere() {
    let server = TestServer::start().await;
    let native = server.workspace().await;
    for api in dialects() {
        let keys = &api.surface().keys;
        let unknown = format!("{}{}", keys.live, "a".repeat(keys.length));
        for route in api.routes() {
            assert!(route.declaration.takes_credentials(), "{}", route.path());
            let path = filled(route, "nothing");
            let none = asked(&server.admin.without_token(), route, &path).await;
            refused(route, &none, 401, "missing_credentials");
            assert_eq!(none.header("www-authenticate"), "Bearer");
            for wrong in ["cl_live_wrong", keys.live, &unknown, &native.key, crate::support::ADMIN]
            {
                let reply = asked(&server.admin.with_token(wrong), route, &path).await;
                refused(route, &reply, 401, "invalid_credentials");
            }
            // So many are too many for an address that shows no key: the next route begins anew.
            server.clock.advance_micros(60_000_000);
        }
    }
}

#[tokio::test]
async fn each_endpoint_wants_its_scope_and_says_which() {
    let server = TestServer::start().await;
    for api in dialects() {
        let workspace = server.workspace().await;
        let surface = api.surface().name;
        for route in api.routes() {
            let Some(needed) = route.declaration.access.scope_name() else { continue };
            let others: Vec<_> =
                scopes(surface).into_iter().filter(|scope| *scope != needed).collect();
            let wanted = json!({ "surface": surface, "scopes": others });
            let client = server.admin.with_token(&server.key(&workspace.id, wanted).await);
            let reply = asked(&client, route, &filled(route, "nothing")).await;
            let body = refused(route, &reply, 403, "insufficient_scope").to_string();
            assert!(body.contains(&format!("\"{needed}\"")), "{body}");
        }
    }
}

#[tokio::test]
async fn a_revoked_key_and_one_that_expired_work_no_more() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let keys = format!("/v1/workspaces/{}/keys", workspace.id);
    for api in dialects() {
        let surface = api.surface().name;
        let route = &api.routes()[0];
        let path = filled(route, "nothing");
        let body = json!({
            "name": "short", "surface": surface, "scopes": scopes(surface),
            "expires_at": "2026-11-21T10:00:00Z",
        });
        let made = workspace.client.post(&keys).json(&body).await.ok(201);
        assert_eq!(made["expires_at"], "2026-11-21T10:00:00Z");
        let client = server.admin.with_token(&text(&made, "key"));
        assert!(asked(&client, route, &path).await.status < 400, "{surface}");
        server.clock.advance_micros(3_600_000_000);
        let late = asked(&client, route, &path).await;
        let told = refused(route, &late, 401, "invalid_credentials").to_string();
        assert!(told.contains("expired at 2026-11-21T"), "{told}");
        server.clock.advance_micros(-3_600_000_000);
        let body = json!({ "name": "gone", "surface": surface, "scopes": scopes(surface) });
        let made = workspace.client.post(&keys).json(&body).await.ok(201);
        let client = server.admin.with_token(&text(&made, "key"));
        let one = format!("{keys}/{}", text(&made, "id"));
        assert!(asked(&client, route, &path).await.status < 400, "{surface}");
        workspace.client.delete(&one).await.ok(204);
        refused(route, &asked(&client, route, &path).await, 401, "invalid_credentials");
    }
}

#[tokio::test]
async fn what_no_endpoint_answers_is_refused_in_the_words_of_the_surface() {
    let server = TestServer::start().await;
    for api in dialects() {
        let route = &api.routes()[0];
        let prefix = api.surface().prefix;
        let nothing = server.admin.get(&format!("{prefix}/api/v1/nothing")).await;
        refused(route, &nothing, 404, "no_such_endpoint");
        let other = server.admin.delete(&filled(route, "nothing")).await;
        refused(route, &other, 405, "method_not_allowed");
        assert!(!other.header("allow").is_empty());
    }
}

#[tokio::test]
async fn what_the_plan_does_not_allow_is_refused_in_the_words_of_the_surface() {
    for (surface, name) in [("convoai", "send_message"), ("avelto", "operator_message")] {
        let server = TestServer::start_with(|config| {
            config.trust_numbers = true;
            config.plan_limits = vec!["pro.messages=1".parse().unwrap()];
        })
        .await;
        let scene = Scene::on(surface, server).await;
        let api = dialects().into_iter().find(|api| api.surface().name == surface).unwrap();
        let route = api.routes().iter().find(|route| route.declaration.name == name).unwrap();
        let (path, body) = (own_path(&scene, route).await, example(api, route));
        let send = || with_body(asked(&scene.client, route, &path), route, body.as_ref());
        send().await.ok(201);
        refused(route, &send().await, 403, "plan_limit_reached");
    }
}

#[tokio::test]
async fn a_host_name_can_be_bound_to_a_surface() {
    let server = TestServer::start_with(|config| {
        config.surface_hosts = vec!["app.convoai.cloud=convoai".parse().unwrap()];
    })
    .await;
    let workspace = server.workspace().await;
    let client = server.admin.with_token(&key(&server, &workspace.id, "convoai").await);
    let me = client.get("/api/v1/me/").header("host", "app.convoai.cloud").await.ok(200);
    assert_eq!(me["api_version"], "v1.4");
    client.get("/convoai/api/v1/me/").header("host", "app.convoai.cloud").await.ok(200);
    assert_eq!(client.get("/api/v1/me/").await.status, 404);
    // The same key opens the native API there too.
    client.get("/v1/agents").header("host", "app.convoai.cloud").await.ok(200);
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused_in_the_words_of_the_surface() {
    for api in dialects() {
        let surface = api.surface().name;
        let scene = Scene::of(surface).await;
        for route in api.routes() {
            let Some((media, schema)) = &route.schemas.body else { continue };
            let path = own_path(&scene, route).await;
            let send = |media: &str, body: String| {
                asked(&scene.client, route, &path).header("content-type", media).body(body)
            };
            let form = send("application/x-www-form-urlencoded", "a=b".into()).await;
            let told = refused(route, &form, 415, "unsupported_media_type").to_string();
            assert!(told.contains(media), "{told}");
            let large = send(media, " ".repeat(route.declaration.body_bytes_max + 1)).await;
            refused(route, &large, 413, "body_too_large");
            if *media != "application/json" {
                continue;
            }
            refused(route, &send(media, "{".into()).await, 400, "malformed_body");
            refused(route, &send(media, "[]".into()).await, 400, "invalid_field");
            let unknown = json!({ "nonsense": 1 }).to_string();
            refused(route, &send(media, unknown).await, 400, "unknown_field");
            let schema = convolog_server::endpoint::resolve(schema, api.definitions());
            for name in schema["required"].as_array().into_iter().flatten() {
                let wrong = json!({ name.as_str().unwrap(): false }).to_string();
                let told = refused(route, &send(media, wrong).await, 400, "invalid_field");
                assert!(told.to_string().contains(name.as_str().unwrap()), "{told}");
            }
        }
    }
}

/// The path of an endpoint with something of one's own.
async fn own_path(scene: &Scene, route: &Route) -> String {
    match route.surface.name {
        "convoai" => filled(route, &convoai::agent(scene).await),
        "avelto" => match route.declaration.path.split('/').nth(3) {
            Some("leads") => filled(route, &avelto::lead(scene).await),
            Some("conversations") => filled(route, &avelto::hand_off(scene).await),
            Some("knowledge") => filled(route, &avelto::job(scene).await),
            _ => filled(route, &scene.agent),
        },
        other => panic!("say in `own_path` what the ids of {other} name"),
    }
}

#[tokio::test]
async fn another_workspaces_things_answer_like_nothing() {
    for api in dialects() {
        let scene = Scene::of(api.surface().name).await;
        let server = &scene.server;
        let other = server.workspace().await;
        let client = server.admin.with_token(&key(server, &other.id, api.surface().name).await);
        let mut tried = 0;
        for route in api.routes() {
            if route.declaration.path_parameters().next().is_none() {
                continue;
            }
            let (theirs, nobodys) = (own_path(&scene, route).await, nobodys(route));
            let body = example(api, route);
            let ask = async |path: &str| {
                with_body(asked(&client, route, path), route, body.as_ref()).await
            };
            let (theirs, nobodys) = (ask(&theirs).await, ask(&nobodys).await);
            refused(route, &theirs, 404, "not_found");
            let plain = |reply: &Reply| {
                let id = reply.header("x-request-id");
                reply.text.replace(&id, "")
            };
            assert_eq!((theirs.status, plain(&theirs)), (nobodys.status, plain(&nobodys)));
            // With one's own it is not the id that is refused.
            let own = asked(&scene.client, route, &own_path(&scene, route).await);
            let own = with_body(own, route, body.as_ref()).await;
            assert_ne!(own.status, 404, "{}: {}", route.path(), own.text);
            tried += 1;
        }
        assert!(tried > 2, "{}: {tried}", api.surface().name);
    }
}

/// The path of an endpoint with an id that was never given out.
fn nobodys(route: &Route) -> String {
    match route.surface.name {
        "convoai" => filled(route, "agt_00000000ZZZZZZ"),
        _ => filled(route, NOBODY),
    }
}

/// A request with a body of the kind that the endpoint takes.
fn with_body(request: Request, route: &Route, body: Option<&Value>) -> Request {
    match (body, &route.schemas.body) {
        (None, _) => request,
        (Some(body), Some((media, _))) if *media == "application/json" => request.json(body),
        (Some(body), _) => {
            let request = request.header("content-type", "text/plain");
            request.header("x-original-name", "a.txt").body(body.to_string())
        }
    }
}

/// A body that the endpoint takes.
fn example(api: &Api, route: &Route) -> Option<Value> {
    route.schemas.body.as_ref()?;
    Some(match (api.surface().name, route.declaration.name) {
        ("convoai", "push_knowledge") => json!({ "title": "Hours", "content": "Nine to five." }),
        ("convoai", "send_message") => json!({ "to": CUSTOMER, "type": "text", "text": "Hi!" }),
        ("convoai", "register_webhook") => {
            json!({ "url": "https://crm.example.com/", "events": ["lead.qualified"], "secret": "whsec_x" })
        }
        ("avelto", "create_lead") => json!({ "fields": { "name": "Anna" } }),
        ("avelto", "change_lead_status") => json!({ "status": "WON" }),
        ("avelto", "operator_message") => json!({ "content": "Hi there" }),
        ("avelto", "act_on_conversations") => json!({ "ids": [NOBODY], "action": "close" }),
        ("avelto", "upload_file") => json!({}),
        ("avelto", "crawl_site") => json!({ "url": "https://docs.example.com", "depth": 1 }),
        ("avelto", "create_webhook") => {
            json!({ "type": "WEBHOOK", "url": "https://crm.example.com/", "events": ["lead.created"] })
        }
        (surface, name) => panic!("say in `example` what {name} of {surface} takes"),
    })
}

#[tokio::test]
async fn every_post_is_carried_out_once_for_each_idempotency_key() {
    for api in dialects() {
        let scene = Scene::of(api.surface().name).await;
        for route in api.routes().iter().filter(|route| route.declaration.idempotent_by_key) {
            let (path, body) = (own_path(&scene, route).await, example(api, route));
            let ask = || {
                let request = asked(&scene.client, route, &path);
                let request = request.header("idempotency-key", route.declaration.name);
                with_body(request, route, body.as_ref())
            };
            let first = ask().await;
            assert!(first.status < 300, "{}: {}", route.path(), first.text);
            let head = scene.server.app().engine().log().head();
            let again = ask().await;
            let shown = |reply: &Reply| {
                let mut body = reply.json();
                // A secret is shown once.
                body.as_object_mut().unwrap().remove("signingSecret");
                body
            };
            assert_eq!((again.status, shown(&again)), (first.status, shown(&first)));
            assert_eq!(again.header("idempotency-replayed"), "true", "{}", route.path());
            assert_eq!(scene.server.app().engine().log().head(), head, "{}", route.path());
        }
    }
}

#[tokio::test]
async fn documents_of_dialects_are_served_with_the_page_made_from_them() {
    let server = TestServer::start().await;
    let client = server.admin.without_token();
    for api in dialects() {
        let prefix = api.surface().prefix;
        let document = client.get(&format!("{prefix}/openapi.json")).await.ok(200);
        assert_eq!(document, *api.document());
        let collection = client.get(&format!("{prefix}/postman.json")).await.ok(200);
        assert_eq!(collection, *api.collection());
        let page = client.get(&format!("{prefix}/docs")).await;
        assert!(page.text.contains(&format!("href=\"{prefix}/postman.json\"")));
        assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
        for route in api.routes() {
            assert!(page.text.contains(&format!("id=\"{}\"", route.declaration.name)));
        }
    }
}

#[test]
fn the_scope_of_every_endpoint_is_one_of_its_surface() {
    for api in dialects() {
        for route in api.routes() {
            let known = scopes(api.surface().name);
            match route.declaration.access {
                Access::Granted(grant) => assert!(known.contains(&grant.name)),
                Access::Key(scope) => assert!(known.contains(&scope.as_str())),
                Access::AnyKey(_) => {}
                other => panic!("{}: {other:?}", route.path()),
            }
        }
    }
}
