//! `/v1/analytics`

use serde_json::{Value, json};

use crate::support::{Number, Reply, TestServer, Workspace, text};

const MINUTE: i64 = 60 * 1_000_000;

async fn send(workspace: &Workspace, key: &str, conversation: &str) -> Reply {
    let body = json!({ "type": "text", "text": "Yes." });
    let path = format!("/v1/conversations/{conversation}/messages");
    let reply = workspace.client.with_token(key).post(&path).json(&body).await;
    reply.ok(202);
    reply
}

async fn totals(workspace: &Workspace, query: &str) -> Value {
    let path = format!("/v1/analytics/{query}");
    workspace.client.get(&path).await.ok(200)["totals"].clone()
}

#[tokio::test]
async fn what_a_test_key_does_is_counted_apart() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let conversation = workspace.conversation(&number).await;
    let wanted = json!({ "mode": "test", "scopes": ["read", "write"] });
    let test = server.key(&workspace.id, wanted).await;
    let at = send(&workspace, &test, &conversation).await.position();
    let live = totals(&workspace, &format!("volumes?at_least={at}")).await;
    assert_eq!((&live["inbound"], &live["outbound"]), (&json!(1), &json!(0)));
    let tested = totals(&workspace, "volumes?traffic=test").await;
    assert_eq!((&tested["inbound"], &tested["outbound"]), (&json!(0), &json!(1)));
    assert_eq!(totals(&workspace, "response-times").await["answers"], 0);
    let at = send(&workspace, &workspace.key, &conversation).await.position();
    let times = totals(&workspace, &format!("response-times?at_least={at}")).await;
    assert_eq!((&times["answers"], &times["mean_seconds"]), (&json!(1), &json!(100)));
}

#[tokio::test]
async fn as_of_a_position_counts_exactly_what_was_recorded_by_then() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let conversation = workspace.conversation(&number).await;
    let first = server.app().engine().log().head();
    server.clock.advance_micros(5 * MINUTE);
    let second = send(&workspace, &workspace.key, &conversation).await.position();
    server.clock.advance_micros(24 * 60 * MINUTE);
    let third = number.say(&server.admin, "wamid.2", "5511999990001", "Thanks").await.position();
    let day = "granularity=day&timezone=America/Sao_Paulo&from=2026-11-21&to=2026-11-23";
    let mut shown = Vec::new();
    for cut in [format!("as_of={first}"), format!("as_of={second}"), format!("at_least={third}")] {
        let path = format!("/v1/analytics/volumes?{day}&{cut}");
        let answer = workspace.client.get(&path).await.ok(200);
        let count = |point: &Value| (point["inbound"].clone(), point["outbound"].clone());
        let series: Vec<_> = answer["series"].as_array().unwrap().iter().map(count).collect();
        assert_eq!(answer["series"][0]["at"], "2026-11-21T03:00:00Z");
        shown.push(series);
    }
    let counted = |inbound: u64, outbound: u64| (json!(inbound), json!(outbound));
    assert_eq!(
        shown,
        [
            [counted(1, 0), counted(0, 0)],
            [counted(1, 1), counted(0, 0)],
            [counted(1, 1), counted(1, 0)],
        ]
    );
    let then = totals(&workspace, &format!("volumes?as_of={third}")).await;
    assert_eq!(then, totals(&workspace, "volumes").await, "as of the head is now");
}

#[tokio::test]
async fn another_workspaces_figures_and_channels_do_not_exist() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    let channel = text(&one.connect(&Number::new("106540352242922")).await, "id");
    let number = Number::new("106540352242922");
    let at = number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.position();
    let nothing = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    for read in ["volumes", "response-times", "conversion"] {
        let ask = |workspace: &Workspace, query: String| {
            let request =
                workspace.client.get(&format!("/v1/analytics/{read}?at_least={at}{query}"));
            async move { request.await.ok(200) }
        };
        let seen = ask(&other, format!("&channel_id={channel}")).await;
        let mut unknown = ask(&other, format!("&channel_id={nothing}")).await;
        unknown["channel_id"] = json!(channel);
        assert_eq!(seen, unknown);
        assert_eq!(ask(&other, String::new()).await["channels"], json!([]));
        if read == "volumes" {
            let own = ask(&one, format!("&channel_id={channel}")).await;
            assert_eq!(own["totals"]["inbound"], 1);
        }
    }
}

#[tokio::test]
async fn a_question_that_is_too_large_names_the_limit() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for read in ["volumes", "response-times", "conversion"] {
        for (query, field, said) in [
            ("from=2026-01-01", "from", "1000 points"),
            ("from=2026-11-20&to=2026-11-19", "from", "before to"),
            ("timezone=Mars", "timezone", "Europe/Berlin"),
            ("traffic=all", "traffic", "live, test, imported"),
        ] {
            let path = format!("/v1/analytics/{read}?{query}");
            let problem = workspace.client.get(&path).await.problem(400, "invalid_field");
            assert_eq!(problem["field"], field, "{problem}");
            assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
        }
    }
}

#[tokio::test]
async fn what_was_said_is_also_counted_for_its_agent_and_for_whoever_said_it() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let number = workspace.number().await;
    let channels = client.get("/v1/channels").await.ok(200);
    let channel = text(&channels["data"][0], "id");
    let agent = json!({ "name": "Ida", "instructions": "Be kind.", "channels": [channel] });
    let agent = text(&client.post("/v1/agents").json(&agent).await.ok(201), "id");
    client.post(&format!("/v1/agents/{agent}/publish")).await.ok(200);
    let conversation = workspace.conversation(&number).await;
    let person = json!({ "name": "Ana Sousa", "role": "operator" });
    let person = text(&client.post("/v1/people").json(&person).await.ok(201), "id");
    let path = format!("/v1/conversations/{conversation}/messages");
    let body = json!({ "type": "text", "text": "Yes." });
    let sent = client.post(&path).json(&body).header("Convolog-On-Behalf-Of", &person).await;
    sent.ok(202);
    let at = sent.position();
    let volumes = client.get(&format!("/v1/analytics/volumes?at_least={at}")).await.ok(200);
    assert_eq!(
        (&volumes["totals"]["inbound"], &volumes["totals"]["outbound"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(volumes["agents"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&volumes["agents"][0]["agent_id"], &volumes["agents"][0]["inbound"]),
        (&json!(agent), &json!(1))
    );
    let done = &volumes["operators"][0];
    assert_eq!(
        (&done["operator_id"], &done["inbound"], &done["outbound"]),
        (&json!(person), &json!(0), &json!(1))
    );
    for (query, inbound, answers) in [
        (format!("agent_id={agent}"), 1, 1),
        (format!("agent_id={person}"), 0, 0),
        (format!("operator_id={person}"), 0, 1),
        (format!("operator_id={agent}"), 0, 0),
    ] {
        assert_eq!(
            totals(&workspace, &format!("volumes?{query}")).await["inbound"],
            inbound,
            "{query}"
        );
        let times = totals(&workspace, &format!("response-times?{query}")).await;
        assert_eq!(times["answers"], answers, "{query}");
    }
}
