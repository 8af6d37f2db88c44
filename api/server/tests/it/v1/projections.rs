//! `/v1/projections`

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn each_read_model_tells_how_far_it_is() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    workspace.conversation(&number).await;
    let head = server.app().engine().log().head().0;
    workspace.client.get(&format!("/v1/contacts?at_least={head}")).await.ok(200);
    let list = workspace.client.get("/v1/projections").await.ok(200);
    let models = list["data"].as_array().unwrap();
    let names: Vec<_> = models.iter().map(|model| model["name"].as_str().unwrap()).collect();
    for name in ["conversations", "transcripts", "contacts"] {
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
