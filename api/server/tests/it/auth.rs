//! Who may: every endpoint against no key, a wrong one, one without the scope, another workspace's.

use convolog_domain::api_key::Scope;
use convolog_server::Api;
use convolog_server::endpoint::{Access, Method, Route};
use serde_json::json;

use crate::support::{Client, Reply, TestServer, Workspace};

const NOBODY: &str = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";

fn path(route: &Route, workspace: &str) -> String {
    let path = route.declaration.path;
    let id = if path.starts_with("/v1/workspaces/") { workspace } else { NOBODY };
    path.replace("{id}", id)
        .replace("{name}", "contacts")
        .replace("{key_id}", NOBODY)
        .replace("{secret_id}", NOBODY)
}

async fn ask(client: &Client, route: &Route, path: &str) -> Reply {
    let method = match route.declaration.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    client.request(method, path).await
}

#[tokio::test]
async fn no_key_and_wrong_keys_are_told_apart_from_missing_scopes() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for route in Api::native().routes() {
        let path = path(route, &workspace.id);
        let none = ask(&server.admin.without_token(), route, &path).await;
        let wrong = ask(&server.admin.with_token("cl_live_wrong"), route, &path).await;
        match route.declaration.access {
            Access::Public => assert!(
                ![401, 403].contains(&none.status) || path.starts_with("/inbound"),
                "{path}"
            ),
            Access::Signed => drop(none.problem(401, "invalid_signature")),
            Access::Granted(_) | Access::AnyKey(_) => panic!("{path} is for keys of a dialect"),
            Access::Administrator | Access::Key(_) | Access::AdministratorOrKey(_) => {
                let problem = none.problem(401, "missing_credentials");
                assert_eq!(problem["field"], "Authorization", "{path}");
                assert_eq!(none.header("www-authenticate"), "Bearer");
                wrong.problem(401, "invalid_credentials");
            }
        }
    }
}

#[tokio::test]
async fn each_endpoint_wants_its_scope() {
    let (server, api) = (TestServer::start().await, Api::native());
    // A plan allows a workspace so many keys.
    for routes in api.routes().chunks(50) {
        let workspace = server.workspace().await;
        for route in routes {
            wants_its_scope(&server, &workspace, route).await;
        }
    }
}

async fn wants_its_scope(server: &TestServer, workspace: &Workspace, route: &Route) {
    let path = path(route, &workspace.id);
    let needed = match route.declaration.access {
        Access::Public | Access::Signed | Access::Granted(_) | Access::AnyKey(_) => return,
        Access::Administrator => {
            let refused = ask(&workspace.client, route, &path).await;
            refused.problem(403, "administrator_required");
            return;
        }
        Access::Key(scope) | Access::AdministratorOrKey(scope) => scope,
    };
    let others: Vec<_> =
        Scope::ALL.into_iter().filter(|scope| *scope != needed).map(Scope::as_str).collect();
    let key = server.key(&workspace.id, json!({ "scopes": others })).await;
    let reply = ask(&server.admin.with_token(&key), route, &path).await;
    let allowed = reply.problem(403, "insufficient_scope")["allowed"].clone();
    assert_eq!(allowed, json!([needed.as_str()]), "{path}");
}

#[tokio::test]
async fn the_administrator_enters_a_workspace_by_its_header() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let problem = server.admin.get("/v1/people").await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "Convolog-Workspace");
    let inside = server.admin.get("/v1/people").header("Convolog-Workspace", &workspace.id).await;
    inside.ok(200);
    let outside = server.admin.get("/v1/people").header("Convolog-Workspace", NOBODY).await;
    assert_eq!(outside.problem(404, "not_found")["detail"], "There is no such workspace.");
}

#[tokio::test]
async fn a_key_of_a_dialect_does_not_work_here() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let key = json!({ "surface": "avelto", "scopes": ["leads:read"] });
    let key = server.key(&workspace.id, key).await;
    server.admin.with_token(&key).get("/v1/contacts").await.problem(403, "wrong_surface");
}

#[tokio::test]
async fn without_a_token_nobody_is_the_administrator() {
    let server = TestServer::start_with(|config| config.admin_token = None).await;
    server.admin.get("/v1/workspaces").await.problem(401, "invalid_credentials");
    server.admin.with_token("").get("/v1/workspaces").await.problem(401, "missing_credentials");
}

#[tokio::test]
async fn sandbox_keys_leave_sandbox_events() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let key = server.key(&workspace.id, json!({ "mode": "test", "scopes": ["manage"] })).await;
    let body = json!({ "name": "Maya", "role": "owner" });
    server.admin.with_token(&key).post("/v1/people").json(&body).await.ok(201);
    let events = workspace.client.get("/v1/events?type=person_added").await.ok(200);
    assert_eq!(events["data"][0]["mode"], "test");
}
