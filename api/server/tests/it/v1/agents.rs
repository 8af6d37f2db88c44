//! `/v1/agents`

use serde_json::{Value, json};

use crate::support::{Number, TestServer, text};

#[tokio::test]
async fn an_agent_is_made_changed_published_and_shown_as_it_stood() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let client = &workspace.client;
    let head = server.app().engine().log().head();
    let channels = client.get(&format!("/v1/channels?at_least={head}")).await.ok(200);
    let channel = text(&channels["data"][0], "id");
    let body = json!({
        "name": "Mia", "instructions": "Be brief.", "channels": [channel], "language": "pt",
        "time_zone": "America/Sao_Paulo",
        "business_hours": [{ "day": 1, "opens": 540, "closes": 1080 }],
    });
    let made = client.post("/v1/agents").json(&body).await.ok(201);
    let agent = text(&made, "id");
    assert_eq!((&made["status"], &made["version"]), (&json!("draft"), &json!(1)));
    assert_eq!(
        (&made["provider"], &made["instructions"]),
        (&json!("built_in"), &json!("Be brief."))
    );
    let then = server.app().engine().log().head();
    let path = format!("/v1/agents/{agent}");
    let wanted = json!({ "instructions": "Be kind.", "language": "" });
    let changed = client.patch(&path).json(&wanted).await.ok(200);
    assert_eq!((&changed["version"], &changed["language"]), (&json!(2), &Value::Null));
    let published = client.post(&format!("{path}/publish")).json(&json!({ "version": 1 })).await;
    let published = published.ok(200);
    assert_eq!(published["status"], "published");
    assert_eq!(published["serving"], json!([channel]));
    client.post(&format!("{path}/pause")).await.ok(200);
    let shown = client.get(&path).await.ok(200);
    assert_eq!((&shown["status"], &shown["published_version"]), (&json!("paused"), &json!(1)));
    assert_eq!(shown["instructions"], "Be kind.");
    let past = client.get(&format!("{path}?as_of={then}")).await.ok(200);
    assert_eq!((&past["status"], &past["instructions"]), (&json!("draft"), &json!("Be brief.")));
    let versions = client.get(&format!("{path}/versions")).await.ok(200);
    let told: Vec<_> =
        versions["data"].as_array().unwrap().iter().map(|v| &v["instructions"]).collect();
    assert_eq!(told, ["Be kind.", "Be brief."]);
    let conversation = workspace.conversation(&number).await;
    let path = format!("/v1/conversations/{conversation}");
    assert_eq!(client.get(&path).await.ok(200)["agent_id"], agent);
}

#[tokio::test]
async fn lists_of_agents_know_the_past() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    client.post("/v1/agents").json(&json!({ "name": "Mia" })).await.ok(201);
    let then = server.app().engine().log().head();
    client.post("/v1/agents").json(&json!({ "name": "Leo" })).await.ok(201);
    let head = server.app().engine().log().head();
    let names = async |query: String| {
        let list = client.get(&format!("/v1/agents?at_least={head}{query}")).await.ok(200);
        list["data"].as_array().unwrap().iter().map(|agent| text(agent, "name")).collect::<Vec<_>>()
    };
    assert_eq!(names(String::new()).await, ["Mia", "Leo"]);
    assert_eq!(names(format!("&as_of={then}")).await, ["Mia"]);
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_name() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let nowhere = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    for (body, field) in [
        (json!({}), "name"),
        (json!({ "name": "Mia", "provider": "oracle" }), "provider"),
        (json!({ "name": "Mia", "channels": [nowhere] }), "channels"),
        (json!({ "name": "Mia", "temperature_percent": 300 }), "temperature_percent"),
        (json!({ "name": "Mia", "language": "pt BR" }), "language"),
    ] {
        let refused = client.post("/v1/agents").json(&body).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], field, "{body}");
    }
    let made = client.post("/v1/agents").json(&json!({ "name": "Mia" })).await.ok(201);
    let path = format!("/v1/agents/{}", text(&made, "id"));
    client.post(&format!("{path}/resume")).await.problem(409, "not_allowed_now");
    client.post(&format!("{path}/archive")).await.ok(200);
    client.patch(&path).json(&json!({ "name": "Leo" })).await.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn who_serves_a_channel_already_is_named() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let channel = workspace.connect(&Number::new("106540352242922")).await["id"].clone();
    let made = async |name: &str| {
        let body = json!({ "name": name, "channels": [channel] });
        text(&workspace.client.post("/v1/agents").json(&body).await.ok(201), "id")
    };
    let (mia, leo) = (made("Mia").await, made("Leo").await);
    let publish = |id: &str| workspace.client.post(&format!("/v1/agents/{id}/publish"));
    publish(&mia).json(&json!({ "version": 1 })).await.ok(200);
    let problem =
        publish(&leo).json(&json!({ "version": 1 })).await.problem(409, "owned_by_another");
    assert_eq!(problem["other"], json!({ "type": "agent", "id": mia }));
}
