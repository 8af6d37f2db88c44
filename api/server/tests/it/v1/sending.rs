//! Messages that go out, against a double of the platform's API.

use convolog_server::Config;
use serde_json::{Value, json};

use crate::support::{Graph, Number, TestServer, Workspace, text};

const CUSTOMER: &str = "5511999990001";

/// A clinic with a number at a double of the platform, and one conversation.
pub(crate) struct Clinic {
    pub(crate) server: TestServer,
    pub(crate) graph: Graph,
    pub(crate) workspace: Workspace,
    pub(crate) number: Number,
    pub(crate) channel: String,
    pub(crate) conversation: String,
}

impl Clinic {
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same on a server that is set otherwise.
    pub(crate) async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let graph = Graph::start().await;
        let host = graph.host();
        let server = TestServer::start_with(|config| {
            config.trust_numbers = true;
            config.allow_private_urls = vec![host];
            change(config);
        })
        .await;
        server.admin.post("/v1/installation/arm").json(&json!({})).await.ok(200);
        let workspace = server.workspace().await;
        let number = Number::new("106540352242922");
        let mut body = number.channel();
        body["graph_url"] = json!(format!("http://{}", graph.host()));
        let channel = text(&workspace.client.post("/v1/channels").json(&body).await.ok(201), "id");
        let conversation = workspace.conversation(&number).await;
        Self { server, graph, workspace, number, channel, conversation }
    }

    pub(crate) async fn send(&self, body: Value) -> String {
        let path = format!("/v1/conversations/{}/messages", self.conversation);
        text(&self.workspace.client.post(&path).json(&body).await.ok(202), "id")
    }

    pub(crate) async fn say(&self, said: &str) -> String {
        self.send(json!({ "type": "text", "text": said })).await
    }

    pub(crate) async fn message(&self, id: &str) -> Value {
        let path = format!("/v1/conversations/{}/messages?limit=100", self.conversation);
        let list = self.workspace.client.get(&path).await.ok(200);
        let all = list["data"].as_array().unwrap();
        all.iter().find(|message| message["id"] == id).unwrap().clone()
    }

    /// Waits until a message has this status: looks again after every commit.
    pub(crate) async fn until(&self, id: &str, status: &str) -> Value {
        let mut head = self.server.app().engine().log().watch();
        loop {
            head.mark_unchanged();
            let message = self.message(id).await;
            if message["status"] == status {
                return message;
            }
            head.changed().await.unwrap();
        }
    }

    /// Waits until the platform was handed a text that holds these words.
    pub(crate) async fn until_said(&self, words: &str) {
        let mut head = self.server.app().engine().log().watch();
        loop {
            head.mark_unchanged();
            let seen = self.graph.seen();
            let text = |body: &Value| {
                body["text"]["body"].as_str().is_some_and(|text| text.contains(words))
            };
            if seen.iter().any(|one| text(&one.body)) {
                return;
            }
            head.changed().await.unwrap();
        }
    }

    /// Waits until an event of this type was recorded.
    pub(crate) async fn until_event(&self, name: &str) -> Value {
        let mut head = self.server.app().engine().log().watch();
        loop {
            head.mark_unchanged();
            let path = format!("/v1/events?type={name}");
            let list = self.workspace.client.get(&path).await.ok(200);
            if let Some(event) = list["data"].as_array().unwrap().last() {
                return event.clone();
            }
            head.changed().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_text_is_handed_over_once_and_its_statuses_find_it() {
    let clinic = Clinic::open().await;
    let id = clinic.say("Come at nine.").await;
    clinic.until(&id, "accepted").await;
    let seen = clinic.graph.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].path, "v25.0/106540352242922");
    assert_eq!(seen[0].token, "Bearer the-access-token");
    assert_eq!(
        seen[0].body,
        json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": CUSTOMER,
            "type": "text", "text": { "body": "Come at nine." }, "biz_opaque_callback_data": id,
        })
    );
    let status = json!({ "id": "wamid.OUT1", "status": "delivered", "timestamp": "1795251601", "recipient_id": CUSTOMER });
    clinic.number.status(&clinic.server.admin, &status).await.ok(200);
    let message = clinic.until(&id, "delivered").await;
    assert_eq!(message["text"], "Come at nine.");
    assert_eq!(message["errors"], json!([]));
}

#[tokio::test]
async fn the_next_message_waits_for_the_one_before() {
    let clinic = Clinic::open().await;
    let (first, second) = (clinic.say("One").await, clinic.say("Two").await);
    clinic.until(&first, "accepted").await;
    assert_eq!(clinic.message(&second).await["status"], "queued");
    let status = json!({ "id": "wamid.OUT1", "status": "delivered", "timestamp": "1795251601", "recipient_id": CUSTOMER });
    clinic.number.status(&clinic.server.admin, &status).await.ok(200);
    clinic.until(&second, "accepted").await;
    let third = clinic.say("Three").await;
    clinic.server.clock.advance_micros(5_000_000);
    clinic.until(&third, "accepted").await;
    let said: Vec<_> =
        clinic.graph.seen().iter().map(|seen| seen.body["text"]["body"].clone()).collect();
    assert_eq!(said, ["One", "Two", "Three"]);
}

#[tokio::test]
async fn what_the_platform_refuses_for_good_has_failed_and_says_why() {
    let clinic = Clinic::open().await;
    clinic.graph.refuse(131_026);
    let id = clinic.say("Hello?").await;
    let message = clinic.until(&id, "failed").await;
    assert_eq!(message["errors"], json!([{ "code": 131_026, "detail": "the details" }]));
}

#[tokio::test]
async fn what_it_refuses_for_now_is_tried_again() {
    let clinic = Clinic::open().await;
    clinic.graph.refuse(131_016);
    let id = clinic.say("Hello?").await;
    let rejected = clinic.until_event("message_rejected").await;
    assert_eq!(rejected["data"]["class"], "retry");
    assert_eq!(clinic.message(&id).await["status"], "queued");
    clinic.server.clock.advance_micros(2_000_000);
    clinic.until(&id, "accepted").await;
    assert_eq!(clinic.graph.seen().len(), 2);
}

#[tokio::test]
async fn a_token_that_is_refused_stops_the_number_until_it_is_put_right() {
    let clinic = Clinic::open().await;
    clinic.graph.refuse(190);
    let id = clinic.say("Hello?").await;
    clinic.until_event("sending_stopped").await;
    let path = format!("/v1/channels/{}", clinic.channel);
    assert_eq!(clinic.workspace.client.get(&path).await.ok(200)["sending_stopped"], true);
    assert_eq!(clinic.message(&id).await["status"], "queued");
    clinic.workspace.client.post(&format!("{path}/resume")).await.ok(200);
    clinic.until(&id, "accepted").await;
    assert_eq!(clinic.workspace.client.get(&path).await.ok(200)["sending_stopped"], false);
}

#[tokio::test]
async fn what_is_not_answered_clearly_is_never_sent_again() {
    let clinic = Clinic::open().await;
    clinic.graph.answer(500, json!({}));
    let id = clinic.say("Hello?").await;
    clinic.until_event("message_unanswered").await;
    clinic.server.clock.advance_micros(15 * 60 * 1_000_000);
    clinic.until(&id, "undetermined").await;
    assert_eq!(clinic.graph.seen().len(), 1);
    let status = json!({ "id": "wamid.LATE", "status": "sent", "timestamp": "1795251601", "recipient_id": CUSTOMER, "biz_opaque_callback_data": id });
    clinic.number.status(&clinic.server.admin, &status).await.ok(200);
    clinic.until(&id, "sent").await;
}

#[tokio::test]
async fn nothing_is_sent_while_nobody_is_armed_and_all_of_it_afterwards() {
    let clinic = Clinic::open().await;
    clinic
        .server
        .admin
        .post("/v1/installation/disarm")
        .json(&json!({ "reason": "a drill" }))
        .await
        .ok(200);
    let id = clinic.say("Hello?").await;
    let Clinic { server, graph, workspace, number, channel, conversation } = clinic;
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    let workspace = Workspace { client, ..workspace };
    let clinic = Clinic { server, graph, workspace, number, channel, conversation };
    assert_eq!(clinic.message(&id).await["status"], "queued");
    assert!(clinic.graph.seen().is_empty());
    clinic.server.admin.post("/v1/installation/arm").json(&json!({})).await.ok(200);
    clinic.until(&id, "accepted").await;
    assert_eq!(clinic.graph.seen().len(), 1);
}

#[tokio::test]
async fn replies_reactions_and_attachments_are_put_as_the_platform_takes_them() {
    let clinic = Clinic::open().await;
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let asked = clinic.workspace.client.get(&path).await.ok(200)["data"][0]["id"].clone();
    let reply = clinic.send(json!({ "type": "text", "text": "Yes.", "reply_to": asked })).await;
    clinic.until(&reply, "accepted").await;
    clinic.server.clock.advance_micros(5_000_000);
    let own = clinic
        .send(json!({ "type": "reaction", "reaction": { "emoji": "👍" }, "reply_to": reply }))
        .await;
    clinic.until(&own, "accepted").await;
    clinic.server.clock.advance_micros(5_000_000);
    let media = json!({ "link": "https://clinic.example/map.png", "caption": "The way" });
    let image = clinic.send(json!({ "type": "image", "media": media })).await;
    clinic.until(&image, "accepted").await;
    clinic.server.clock.advance_micros(5_000_000);
    let address = "https://clinic.example/way";
    let text = json!({ "type": "text", "text": address, "preview_url": true });
    let previewed = clinic.send(text).await;
    clinic.until(&previewed, "accepted").await;
    let seen = clinic.graph.seen();
    assert_eq!(seen[0].body["context"], json!({ "message_id": "wamid.1" }));
    assert_eq!(seen[1].body["reaction"], json!({ "emoji": "👍", "message_id": "wamid.OUT1" }));
    assert_eq!(seen[2].body["image"], media);
    assert_eq!(seen[3].body["text"], json!({ "body": address, "preview_url": true }));
    assert_eq!(clinic.message(&image).await["text"], "The way");
    assert_eq!(clinic.message(&previewed).await["text"], address);
}

#[tokio::test]
async fn a_scheduled_message_leaves_at_its_time_or_is_taken_back() {
    let clinic = Clinic::open().await;
    let at = |time: &str| json!({ "type": "text", "text": time, "send_at": format!("2026-11-21T{time}:00Z") });
    let (early, late) = (clinic.send(at("10:00")).await, clinic.send(at("11:00")).await);
    let cancel =
        |id: &str| format!("/v1/conversations/{}/messages/{id}/cancel", clinic.conversation);
    clinic.workspace.client.post(&cancel(&late)).await.ok(200);
    clinic.server.clock.advance_micros(3_600 * 1_000_000);
    clinic.until(&early, "accepted").await;
    clinic.until(&late, "cancelled").await;
    clinic.workspace.client.post(&cancel(&early)).await.problem(409, "not_allowed_now");
    assert_eq!(clinic.graph.seen().len(), 1);
}

#[tokio::test]
async fn what_the_platform_would_refuse_is_refused_with_what_to_do() {
    let clinic = Clinic::open().await;
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let client = &clinic.workspace.client;
    for (body, field) in [
        (json!({ "type": "text" }), "text"),
        (json!({ "type": "image", "text": "x" }), "text"),
        (json!({ "type": "image" }), "media"),
        (json!({ "type": "image", "media": { "link": "http://x.example/a.png" } }), "link"),
        (json!({ "type": "reaction", "reaction": { "emoji": "👍" } }), "reply_to"),
    ] {
        let problem = client.post(&path).json(&body).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], field, "{problem}");
    }
    clinic.server.clock.advance_micros(24 * 3_600 * 1_000_000);
    let body = json!({ "type": "text", "text": "Hello?" });
    client.post(&path).json(&body).await.problem(403, "window_closed");
    let template = json!({ "name": "reminder", "language": { "code": "pt_BR" } });
    let id = clinic.send(json!({ "type": "template", "template": template })).await;
    clinic.until(&id, "accepted").await;
    assert_eq!(clinic.graph.seen()[0].body["template"], template);
}

#[tokio::test]
async fn a_test_key_does_all_but_the_sending() {
    let clinic = Clinic::open().await;
    let wanted = json!({ "mode": "test", "scopes": ["read", "write"] });
    let key = clinic.server.key(&clinic.workspace.id, wanted).await;
    let client = clinic.server.admin.with_token(&key);
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let sent = client.post(&path).json(&json!({ "type": "text", "text": "A try" })).await;
    clinic.until(&text(&sent.ok(202), "id"), "accepted").await;
    assert!(clinic.graph.seen().is_empty());
}

#[tokio::test]
async fn what_is_tried_in_the_sandbox_holds_up_nothing_and_undoes_nothing() {
    let clinic = Clinic::open().await;
    let wanted = json!({ "mode": "test", "scopes": ["read", "write", "manage"] });
    let key = clinic.server.key(&clinic.workspace.id, wanted).await;
    let sandbox = clinic.server.admin.with_token(&key);
    let path = format!("/v1/conversations/{}", clinic.conversation);
    let messages = format!("{path}/messages");
    for n in 0..3 {
        let body = json!({ "type": "text", "text": format!("A try {n}") });
        let tried = text(&sandbox.post(&messages).json(&body).await.ok(202), "id");
        clinic.until(&tried, "accepted").await;
    }
    // Without any time going by.
    let said = clinic.say("For real").await;
    clinic.until(&said, "accepted").await;
    let at =
        |text: &str| json!({ "type": "text", "text": text, "send_at": "2026-11-21T11:00:00Z" });
    let live = clinic.send(at("Later")).await;
    let tried = text(&sandbox.post(&messages).json(&at("A try")).await.ok(202), "id");
    sandbox.post(&format!("{messages}/{live}/cancel")).await.problem(403, "sandbox_key");
    sandbox.post(&format!("{messages}/{tried}/cancel")).await.ok(200);
    let reason = json!({ "reason": "requested" });
    let hand_off = sandbox.post(&format!("{path}/handoff")).json(&reason).await;
    hand_off.problem(403, "sandbox_key");
    sandbox.post(&format!("{path}/handback")).await.problem(403, "sandbox_key");
    sandbox.delete(&path).await.problem(403, "sandbox_key");
    let contact = text(&sandbox.get(&path).await.ok(200)["contact"], "id");
    let opt_out = json!({ "scope": "marketing", "reason": "asked" });
    for way in ["opt-out", "opt-in"] {
        let asked = sandbox.post(&format!("/v1/contacts/{contact}/{way}")).json(&opt_out).await;
        asked.problem(403, "sandbox_key");
    }
    let resume = format!("/v1/channels/{}/resume", clinic.channel);
    sandbox.post(&resume).await.problem(403, "sandbox_key");
    assert_eq!(clinic.message(&live).await["status"], "queued");
    // What reaches nobody it may do.
    sandbox.post(&format!("{path}/tags")).json(&json!({ "tags": ["vip"] })).await.ok(200);
}

#[tokio::test]
async fn a_status_about_somebody_who_was_erased_stops_no_post() {
    let clinic = Clinic::open().await;
    clinic.graph.answer(500, json!({}));
    let id = clinic.say("Come at nine.").await;
    clinic.until_event("message_unanswered").await;
    let client = &clinic.workspace.client;
    let path = format!("/v1/conversations/{}", clinic.conversation);
    let contact = text(&client.get(&path).await.ok(200)["contact"], "id");
    let why = json!({ "reason": "requested" });
    client.post(&format!("/v1/contacts/{contact}/erase")).json(&why).await.ok(200);
    let status = json!({
        "id": "wamid.NEW", "status": "delivered", "timestamp": "1795251601",
        "recipient_id": CUSTOMER, "biz_opaque_callback_data": id,
    });
    clinic.number.status(&clinic.server.admin, &status).await.ok(200);
}

#[tokio::test]
async fn only_the_number_that_a_message_was_handed_to_tells_of_it() {
    let clinic = Clinic::open().await;
    clinic.graph.answer(500, json!({}));
    let id = clinic.say("Come at nine.").await;
    clinic.until_event("message_unanswered").await;
    let other = Number::new("206540352242922");
    clinic.workspace.client.post("/v1/channels").json(&other.channel()).await.ok(201);
    let status = json!({
        "id": "wamid.NEW", "status": "delivered", "timestamp": "1795251601",
        "recipient_id": CUSTOMER, "biz_opaque_callback_data": id,
    });
    other.status(&clinic.server.admin, &status).await.ok(200);
    assert_eq!(clinic.message(&id).await["status"], "queued");
    clinic.number.status(&clinic.server.admin, &status).await.ok(200);
    clinic.until(&id, "delivered").await;
}

#[tokio::test]
async fn whoever_is_several_contacts_is_answered_where_they_wrote() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    clinic.number.say(&clinic.server.admin, "wamid.9", "5511999990002", "Hi").await.ok(200);
    let list = client.get("/v1/conversations").await.ok(200);
    let contact = |wanted: bool| {
        let all = list["data"].as_array().unwrap().iter();
        let mut found = all.filter(|one| (one["id"] == json!(clinic.conversation)) == wanted);
        text(&found.next().unwrap()["contact"], "id")
    };
    let (here, other) = (contact(true), contact(false));
    let merge = json!({ "other": other });
    client.post(&format!("/v1/contacts/{here}/merge")).json(&merge).await.ok(200);
    let id = clinic.say("Come at nine.").await;
    clinic.until(&id, "accepted").await;
    assert_eq!(clinic.graph.seen()[0].body["to"], CUSTOMER);
}

#[tokio::test]
async fn a_queued_message_says_what_it_waits_for_and_what_went_wrong_is_listed() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let send = async |body: Value| client.post(&path).json(&body).await.ok(202);
    let later = json!({ "type": "text", "text": "Later", "send_at": "2026-11-21T11:00:00Z" });
    let later = send(later).await;
    assert_eq!(
        (&later["waiting_for"], &later["send_at"]),
        (&json!("send_at"), &json!("2026-11-21T11:00:00Z"))
    );
    clinic.graph.refuse(131_026);
    let failed = send(json!({ "type": "text", "text": "One" })).await;
    assert_eq!(failed["waiting_for"], Value::Null);
    let failed = text(&failed, "id");
    clinic.until(&failed, "failed").await;
    let answer = json!({ "type": "text", "text": "Well?", "reply_to": failed });
    let refused = client.post(&path).json(&answer).await.problem(400, "invalid_field");
    assert_eq!(refused["field"], "reply_to", "{refused}");
    let first = clinic.say("Two").await;
    clinic.until(&first, "accepted").await;
    assert_eq!(
        send(json!({ "type": "text", "text": "Three" })).await["waiting_for"],
        "earlier_message"
    );
    clinic.graph.answer(500, json!({}));
    clinic.server.clock.advance_micros(60_000_000);
    clinic.until_event("message_unanswered").await;
    clinic.server.clock.advance_micros(15 * 60 * 1_000_000);
    clinic.until_event("message_undetermined").await;
    clinic.graph.refuse(190);
    let held = clinic.say("Four").await;
    clinic.until_event("sending_stopped").await;
    assert_eq!(send(json!({ "type": "text", "text": "Five" })).await["waiting_for"], "number");
    let listed = async |status: &str| {
        let list = client.get(&format!("/v1/messages?status={status}")).await.ok(200);
        let texts = list["data"].as_array().unwrap().iter().map(|one| one["text"].clone());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(listed("failed").await, ["One"]);
    assert_eq!(listed("undetermined").await, ["Three"]);
    assert_eq!(listed("queued").await, ["Five", "Four", "Later"]);
    let page = client.get("/v1/messages?status=queued&limit=1").await.ok(200);
    let next = page["next_page"].as_str().unwrap();
    let page = client.get(&format!("/v1/messages?status=queued&limit=1&page={next}")).await.ok(200);
    assert_eq!(
        (&page["data"][0]["id"], &page["data"][0]["status"]),
        (&json!(held), &json!("queued"))
    );
    client.get("/v1/messages?status=sent").await.problem(400, "invalid_field");
    let disarm = clinic.server.admin.post("/v1/installation/disarm");
    disarm.json(&json!({ "reason": "a drill" })).await.ok(200);
    assert_eq!(send(json!({ "type": "text", "text": "Six" })).await["waiting_for"], "arming");
    let other = clinic.server.workspace().await;
    let none = other.client.get("/v1/messages?status=failed").await.ok(200);
    assert_eq!(none["data"], json!([]));
}

#[tokio::test]
async fn a_reaction_of_the_business_is_shown_at_its_message() {
    let clinic = Clinic::open().await;
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let list = clinic.workspace.client.get(&path).await.ok(200);
    let asked = text(&list["data"][0], "id");
    let react = async |emoji: &str| {
        let reaction = json!({ "emoji": emoji });
        let id =
            clinic.send(json!({ "type": "reaction", "reaction": reaction, "reply_to": asked }));
        let id = id.await;
        clinic.until(&id, "accepted").await;
        clinic.server.clock.advance_micros(6_000_000);
        clinic.message(&asked).await["reactions"].clone()
    };
    let shown = react("👍").await;
    assert_eq!((&shown[0]["emoji"], &shown[0]["direction"]), (&json!("👍"), &json!("outbound")));
    assert_eq!(react("🙏").await[0]["emoji"], "🙏");
    assert_eq!(react("").await, json!([]));
}
