//! `/v1/leads/import`: what a dry run says is what happens, and a row that is none stops nothing.

use serde_json::{Value, json};

use crate::support::{Client, Reply, TestServer, text};

async fn import(client: &Client, query: &str, body: &str) -> Reply {
    let path = format!("/v1/leads/import{query}");
    client.post(&path).header("content-type", "text/csv").body(body.to_owned()).await
}

/// Line, outcome and field of each row; with them, the counts.
fn told(report: &Value) -> (Vec<(u64, String, Value)>, Vec<Value>) {
    let rows = report["rows"].as_array().unwrap().iter();
    let rows = rows
        .map(|row| (row["line"].as_u64().unwrap(), text(row, "outcome"), row["field"].clone()))
        .collect();
    let counts = ["opened", "existing", "failed", "blank"].map(|name| report[name].clone());
    (rows, counts.to_vec())
}

#[tokio::test]
async fn a_dry_run_says_what_happens() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (client, number) = (&workspace.client, workspace.number().await);
    number.say(&server.admin, "wamid.1", "4915550001111", "Hello").await;
    let lead = json!({ "name": "Rui", "phone": "+351 912 000 001", "external_id": "OLD" });
    let known = client.post("/v1/leads").json(&lead).await;
    known.ok(201);
    let at = known.position();
    let contacts = client.get(&format!("/v1/contacts?at_least={at}")).await.ok(200);
    let contact = text(&contacts["data"][0], "id");
    let nobody = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let list = format!(
        "name,phone,external_id,contact_id,owner_id\n\
         Ana,+49 151 23456789,A1,,\n\
         Ana by another spelling,0049 151 23456789,A2,,\n\
         Ana by id,,A1,,{nobody}\n\
         Rui by his number,00351912000001,,,\n\
         Rui by id,,OLD,,\n\
         Bad number,call me,A3,,\n\
         The id of the bad one,,A3,,\n\
         The id of the refused one,,A2,,\n\
         Whoever wrote,,,{contact},\n\
         Whoever wrote by number,+49 155 50001111,,,\n\
         ,,,,\n\
         Eva,,,,\n"
    );
    let dry = told(&import(client, "?dry_run=true", &list).await.ok(200));
    let real = told(&import(client, "", &list).await.ok(200));
    assert_eq!(dry, real);
    let row = |line, outcome: &str, field| (line, outcome.to_owned(), field);
    let expected = [
        row(2, "opened", Value::Null),
        row(3, "failed", json!("phone")),
        row(4, "exists", Value::Null),
        row(5, "failed", json!("phone")),
        row(6, "exists", Value::Null),
        row(7, "failed", json!("phone")),
        row(8, "opened", Value::Null),
        row(9, "opened", Value::Null),
        row(10, "failed", json!("contact_id")),
        row(11, "failed", json!("phone")),
        row(12, "blank", Value::Null),
        row(13, "opened", Value::Null),
    ];
    assert_eq!(real.0, expected);
    assert_eq!(real.1, [json!(4), json!(2), json!(5), json!(1)]);
}

#[tokio::test]
async fn a_contact_and_its_number_are_one_lead_of_a_list() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (client, number) = (&workspace.client, workspace.number().await);
    // Whom the business wrote to first is a contact and no lead.
    let echo = json!([{ "from": "551155550100", "to": "4915550001111", "id": "wamid.E",
        "timestamp": "1795251500", "type": "text", "text": { "body": "Good morning" } }]);
    let mut body = number.text("wamid.E", "4915550001111", "Good morning");
    let change = &mut body["entry"][0]["changes"][0];
    change["field"] = json!("smb_message_echoes");
    let metadata = change["value"]["metadata"].clone();
    change["value"] = json!({
        "messaging_product": "whatsapp", "metadata": metadata, "message_echoes": echo,
    });
    let said = number.deliver(&server.admin, &body).await;
    let at = format!("at_least={}", said.position());
    let contacts = client.get(&format!("/v1/contacts?{at}")).await.ok(200);
    let contact = text(&contacts["data"][0], "id");
    assert_eq!(client.get(&format!("/v1/leads?{at}")).await.ok(200)["data"], json!([]));
    let list = format!("contact_id,phone\n{contact},\n,+49 155 50001111\n");
    for query in ["?dry_run=true", ""] {
        let (rows, _) = told(&import(client, query, &list).await.ok(200));
        assert_eq!(rows[0], (2, "opened".to_owned(), Value::Null), "{query}");
        assert_eq!(rows[1], (3, "failed".to_owned(), json!("phone")), "{query}");
    }
}

#[tokio::test]
async fn rows_that_are_none_are_told_by_their_lines() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let list = "name,note\n,\n\nAna,x\n \t, \nEva,\"never\nends,\nRui,\n";
    for _ in 0..2 {
        let report = import(&client, "?dry_run=true", list).await.ok(200);
        let (rows, counts) = told(&report);
        let row = |line, outcome: &str| (line, outcome.to_owned(), Value::Null);
        assert_eq!(rows, [row(2, "blank"), row(4, "opened"), row(5, "blank"), row(6, "failed")]);
        assert_eq!(counts, [json!(1), json!(0), json!(1), json!(2)]);
        let reason = text(&report["rows"][3], "reason");
        assert!(reason.contains("line 6") && !reason.contains("Eva"), "{reason}");
    }
    let taken = import(&client, "", list).await;
    let (rows, _) = told(&taken.ok(200));
    assert_eq!(rows.len(), 4);
    let at = taken.position();
    let leads = client.get(&format!("/v1/leads?at_least={at}")).await.ok(200);
    let names: Vec<_> =
        leads["data"].as_array().unwrap().iter().map(|lead| text(lead, "name")).collect();
    assert_eq!(names, ["Ana"]);
    // A list without a whole first line has no columns.
    let problem = import(&client, "", "name,\"note\nAna").await.problem(400, "malformed_body");
    assert!(text(&problem, "detail").contains("line 1"), "{problem}");
    assert_eq!(problem["title"], "The body cannot be read");
}

#[tokio::test]
async fn the_document_says_that_a_list_may_be_csv() {
    let server = TestServer::start().await;
    let document = server.admin.get("/openapi.json").await.ok(200);
    let content = &document["paths"]["/v1/leads/import"]["post"]["requestBody"]["content"];
    assert_eq!(content["text/csv"]["schema"]["type"], "string");
    assert!(content["application/json"]["schema"]["$ref"].is_string(), "{content}");
}
