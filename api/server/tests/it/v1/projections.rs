//! `/v1/projections`

use serde_json::{Value, json};

use crate::support::TestServer;

#[tokio::test]
async fn each_read_model_tells_how_far_it_is() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    workspace.conversation(&number).await;
    let head = server.app().engine().log().head().0;
    workspace.client.get(&format!("/v1/contacts?at_least={head}")).await.ok(200);
    workspace.client.get(&format!("/v1/search/contacts?q=ana&at_least={head}")).await.ok(200);
    let list = workspace.client.get("/v1/projections").await.ok(200);
    let models = list["data"].as_array().unwrap();
    let names: Vec<_> = models.iter().map(|model| model["name"].as_str().unwrap()).collect();
    for name in ["conversations", "transcripts", "contacts", "documents", "search"] {
        assert!(names.contains(&name), "{names:?}");
    }
    for model in models {
        assert_eq!((&model["position"], &model["lag"]), (&json!(head), &json!(0)), "{model}");
        assert_eq!(model["state"], "live");
    }
}

#[tokio::test]
async fn only_the_administrator_rebuilds() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = "/v1/projections/contacts/rebuild";
    workspace.client.post(path).await.problem(403, "administrator_required");
    assert_eq!(server.admin.post(path).await.ok(202)["status"], "rebuilding");
    let problem = server.admin.post("/v1/projections/nope/rebuild").await.problem(404, "not_found");
    assert!(problem["allowed"].as_array().unwrap().contains(&json!("contacts")));
    server.app().models().ready().await.unwrap();
}

#[tokio::test]
async fn one_read_model_shows_what_it_stopped_following() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let shown = workspace.client.get("/v1/projections/transcripts").await.ok(200);
    assert_eq!((&shown["name"], &shown["parked"]), (&json!("transcripts"), &json!([])));
    server.admin.get("/v1/projections/nope").await.problem(404, "not_found");
}

/// What a read model says of itself, once nothing is being rebuilt.
async fn settled(server: &TestServer) -> Value {
    server.app().models().rebuilt("contacts").await.unwrap();
    let shown = server.admin.get("/v1/projections/contacts").await.ok(200);
    assert_eq!(shown.get("rebuild"), None, "{shown}");
    shown
}

#[tokio::test]
async fn a_rebuilt_model_is_compared_swapped_in_and_rolled_back_from() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    workspace.conversation(&number).await;
    let base = "/v1/projections/contacts";
    let order = async |act: &str| server.admin.post(&format!("{base}/{act}")).await;
    for act in ["compare", "swap", "roll-back"] {
        order(act).await.problem(409, "not_allowed_now");
    }
    let manual = json!({ "swap": "manual" });
    server.admin.post(&format!("{base}/rebuild")).json(&manual).await.ok(202);
    let shown = settled(&server).await;
    assert_eq!((&shown["generation"], &shown["beside"]["state"]), (&json!(1), &json!("waiting")));
    let compared = order("compare").await.ok(200);
    assert_eq!((&compared["result"], &compared["complete"]), (&json!("identical"), &json!(true)));
    assert!(compared["same"].as_u64().unwrap() > 0, "{compared}");
    assert_eq!(compared["first_difference"], Value::Null);
    assert_eq!(order("swap").await.ok(202)["status"], "joining");
    let shown = settled(&server).await;
    assert_eq!((&shown["generation"], &shown["beside"]["state"]), (&json!(2), &json!("kept")));
    assert!(shown["beside"]["kept_until"].is_string(), "{shown}");
    order("roll-back").await.ok(202);
    let shown = settled(&server).await;
    assert_eq!((&shown["generation"], &shown["beside"]["state"]), (&json!(1), &json!("waiting")));
    let seen = workspace.client.get("/v1/contacts").await.ok(200);
    assert_eq!(seen["data"].as_array().unwrap().len(), 1);
    // Called off: only the live one is left.
    let path = format!("{base}/rebuild");
    assert_eq!(server.admin.delete(&path).await.status, 204);
    assert_eq!(settled(&server).await.get("beside"), None);
    server.admin.delete(&path).await.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn how_a_model_is_rebuilt_is_for_the_administrator_and_told_in_the_body() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for act in ["rebuild", "compare", "swap", "roll-back"] {
        let path = format!("/v1/projections/contacts/{act}");
        workspace.client.post(&path).await.problem(403, "administrator_required");
        let nowhere = format!("/v1/projections/nope/{act}");
        server.admin.post(&nowhere).await.problem(404, "not_found");
    }
    let path = "/v1/projections/contacts/rebuild";
    workspace.client.delete(path).await.problem(403, "administrator_required");
    let sometime = server.admin.post(path).json(&json!({ "swap": "sometime" })).await;
    let problem = sometime.problem(400, "invalid_field");
    assert_eq!(
        (&problem["field"], &problem["allowed"]),
        (&json!("swap"), &json!(["auto", "manual"]))
    );
}

#[tokio::test]
async fn the_search_index_is_rebuilt_and_keeps_nothing_of_what_it_replaced() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    workspace.conversation(&number).await;
    let base = "/v1/projections/search";
    for act in ["compare", "swap", "roll-back"] {
        let refused = server.admin.post(&format!("{base}/{act}")).await;
        refused.problem(409, "not_allowed_now");
    }
    let rebuild = format!("{base}/rebuild");
    let manual = server.admin.post(&rebuild).json(&json!({ "swap": "manual" })).await;
    manual.problem(409, "not_allowed_now");
    server.admin.delete(&rebuild).await.problem(409, "not_allowed_now");
    assert_eq!(server.admin.post(&rebuild).await.ok(202)["status"], "rebuilding");
    server.app().search().rebuilt().await.unwrap();
    let shown = server.admin.get(base).await.ok(200);
    assert_eq!((&shown["generation"], shown.get("beside")), (&json!(2), None), "{shown}");
    let found = workspace.client.get("/v1/search/contacts?q=ana").await.ok(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_rebuild_is_among_the_figures() {
    let server = TestServer::start().await;
    let text = server.admin.get("/metrics").await.text;
    for figure in ["model_rebuilding", "rebuild_position", "rebuild_seconds_left"] {
        assert!(text.contains(&format!("convolog_{figure}{{model=\"contacts\"}} 0")), "{text}");
    }
}
