//! `/v1/usage/costs`

use serde_json::{Value, json};

use crate::support::{Number, TestServer};

fn status(wamid: &str, status: &str, at: i64, pricing: &Value) -> Value {
    let mut told = json!({
        "id": wamid, "status": status, "timestamp": at.to_string(),
        "recipient_id": "5511999990001", "pricing": pricing,
    });
    if pricing.is_null() {
        told.as_object_mut().unwrap().remove("pricing");
    }
    told
}

#[tokio::test]
async fn a_message_counts_once_and_costs_what_the_card_of_its_time_says() {
    const AT: i64 = 1_795_251_000;
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (client, number) = (&workspace.client, workspace.number().await);
    workspace.conversation(&number).await;
    let marketing = json!({ "billable": true, "pricing_model": "PMP", "category": "marketing", "type": "regular" });
    let free = json!({ "billable": false, "pricing_model": "PMP", "category": "service", "type": "free_customer_service" });
    // Echoes of what the business wrote elsewhere have prices as well; statuses come in any order.
    let mut at = 0;
    for (wamid, name, seconds, pricing) in [
        ("wamid.A", "delivered", 5, marketing.clone()),
        ("wamid.A", "sent", 1, marketing.clone()),
        ("wamid.A", "sent", 1, marketing.clone()),
        ("wamid.A", "read", 9, Value::Null),
        ("wamid.B", "sent", 2, marketing.clone()),
        ("wamid.C", "sent", 3, free),
        ("wamid.D", "sent", 86_400, marketing),
    ] {
        let told = status(wamid, name, AT + seconds, &pricing);
        // A status of a message that is not known would wait.
        echo(&number, &server, wamid).await;
        at = number.status(&server.admin, &told).await.position().max(at);
    }
    let day = "from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z";
    let asked = format!("/v1/usage/costs?{day}&at_least={at}");
    let costs = client.get(&asked).await.ok(200);
    let row = |key: &str, messages, charged, unrated, amounts: Value| json!({ "key": key, "messages": messages, "charged": charged, "unrated": unrated, "amounts": amounts });
    let nothing = Value::Null;
    assert_eq!(
        costs["data"],
        json!([row("marketing", 2, 2, 2, nothing.clone()), row("service", 1, 0, 0, nothing)])
    );
    let card = |from: &str, micros: u64| {
        json!({ "valid_from": from, "currency": "USD", "rates": [
            { "category": "marketing", "market": "55", "micros": micros },
            { "category": "marketing", "market": null, "micros": 1 },
        ] })
    };
    for (from, micros) in [("2026-10-01T00:00:00Z", 62_500), ("2026-11-22T00:00:00Z", 70_000)] {
        client.post("/v1/settings/rate-cards").json(&card(from, micros)).await.ok(200);
    }
    let cards = client.get("/v1/settings/rate-cards").await.ok(200);
    assert_eq!(cards["data"][1]["valid_from"], "2026-11-22T00:00:00Z");
    let usd = |micros: u64| json!([{ "micros": micros, "currency": "USD" }]);
    let costs = client.get(&asked).await.ok(200);
    assert_eq!(costs["data"][0], row("marketing", 2, 2, 0, usd(125_000)));
    let days = "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&by=day";
    let costs = client.get(&format!("/v1/usage/costs?{days}")).await.ok(200);
    assert_eq!(
        costs["data"],
        json!([row("2026-11-21", 3, 2, 0, usd(125_000)), row("2026-11-22", 1, 1, 0, usd(70_000))])
    );
    let ledger = client.get(&format!("/v1/usage/costs/messages?{day}&limit=2")).await.ok(200);
    let of = |page: &Value, name: &str| {
        page["data"].as_array().unwrap().iter().map(|one| one[name].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(&ledger, "category"), ["marketing", "marketing"]);
    assert_eq!(ledger["data"][0]["amount"], json!({ "micros": 62_500, "currency": "USD" }));
    assert_eq!(ledger["data"][0]["at"], "2026-11-21T08:50:01Z");
    let page = ledger["next_page"].as_str().unwrap();
    let path = format!("/v1/usage/costs/messages?{day}&limit=2&page={page}");
    let rest = client.get(&path).await.ok(200);
    assert_eq!(
        (of(&rest, "charged"), of(&rest, "amount")),
        (vec![json!(false)], vec![json!(null)])
    );
    let by_channel = client.get(&format!("/v1/usage/costs?{day}&by=channel")).await.ok(200);
    assert_eq!(by_channel["data"].as_array().unwrap().len(), 1);
    let long = "from=2020-01-01T00:00:00Z&to=2026-11-22T00:00:00Z";
    let refused = client.get(&format!("/v1/usage/costs?{long}")).await;
    assert_eq!(refused.problem(400, "invalid_field")["field"], "to");
}

/// The business wrote this on its own phone.
async fn echo(number: &Number, server: &TestServer, wamid: &str) {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102290129340398", "changes": [{
        "field": "smb_message_echoes",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "551155550100", "phone_number_id": number.phone_number_id },
            "message_echoes": [{ "from": "551155550100", "to": "5511999990001", "id": wamid, "timestamp": "1795251000", "type": "text", "text": { "body": "Hello" } }],
        },
    }] }] });
    number.deliver(&server.admin, &body).await.ok(200);
}
