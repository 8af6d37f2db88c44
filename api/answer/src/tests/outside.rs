//! Models outside, behind a double on this machine that speaks all three protocols, well and badly.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures::future::BoxFuture;
use futures::stream;
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::world::{HOME, SHOP, World, ask, said};
use crate::{
    Ask, Connection, HandOffReason, Outcome, Outgoing, Patience, Protocol, ProviderChoice, Refused,
    Reply, Tokens,
};

const KEY: &str = "sk-very-secret";

const PROTOCOLS: [Protocol; 3] =
    [Protocol::OpenAiCompatible, Protocol::Anthropic, Protocol::Gemini];

/// How the double answers one request.
#[derive(Clone)]
enum Act {
    Says(Value),
    Events(&'static str),
    Raw(&'static str),
    Status(u16),
    AskAgainIn(&'static str),
    Elsewhere,
    Endless,
    Silent,
}

/// A request that the double got.
#[derive(Clone)]
struct Got {
    path: String,
    query: Option<String>,
    headers: HeaderMap,
    body: Value,
}

#[derive(Default)]
struct Stage {
    acts: Vec<Act>,
    got: Vec<Got>,
}

#[derive(Clone, Default)]
struct Double(Arc<Mutex<Stage>>);

async fn play(
    State(double): State<Double>,
    uri: Uri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let act = {
        let mut stage = double.0.lock().await;
        let (path, query) = (uri.path().to_owned(), uri.query().map(str::to_owned));
        let body = serde_json::from_str(&body).unwrap();
        stage.got.push(Got { path, query, headers, body });
        // The last act goes on.
        if stage.acts.len() > 1 { stage.acts.remove(0) } else { stage.acts[0].clone() }
    };
    match act {
        Act::Says(value) => axum::Json(value).into_response(),
        Act::Events(text) => ([(header::CONTENT_TYPE, "text/event-stream")], text).into_response(),
        Act::Raw(text) => text.into_response(),
        Act::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Act::AskAgainIn(seconds) => {
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds)]).into_response()
        }
        Act::Elsewhere => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")]).into_response()
        }
        Act::Endless => {
            let piece = || Ok::<_, std::io::Error>(vec![b' '; 65_536]);
            Body::from_stream(stream::repeat_with(piece)).into_response()
        }
        Act::Silent => std::future::pending().await,
    }
}

/// Calls this machine, which the tests allow.
struct Local(reqwest::Client);

impl Local {
    #[expect(clippy::disallowed_methods, reason = "settles by itself what stands under TLS")]
    fn new() -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let client =
            reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Self(client.build().unwrap())
    }
}

impl Outgoing for Local {
    fn client_for<'a>(
        &'a self,
        url: &'a Url,
    ) -> BoxFuture<'a, Result<(reqwest::Client, Url), Refused>> {
        Box::pin(async { Ok((self.0.clone(), url.clone())) })
    }
}

/// A business and a model outside.
struct Play {
    world: World,
    double: Double,
    base: Url,
}

impl Play {
    async fn of(acts: Vec<Act>) -> Self {
        let double = Double::default();
        double.0.lock().await.acts = acts;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v9/", listener.local_addr().unwrap()).parse().unwrap();
        let router = Router::new().fallback(play).with_state(double.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let world = World::calling(Arc::new(Local::new()));
        world.add(HOME, 1, SHOP, None).await;
        Self { world, double, base }
    }

    fn ask(&self, protocol: Protocol, asked: &str) -> Ask {
        let patience = Patience {
            request: Duration::from_secs(20),
            reply: Duration::from_secs(40),
            retries: 2,
            pause: Duration::from_millis(1),
            pause_max: Duration::from_millis(2),
        };
        let connection = Connection {
            protocol,
            base_url: self.base.clone(),
            model: "model-1".into(),
            key: Some(SecretString::from(KEY)),
            temperature_percent: Some(20),
            max_tokens: Some(300),
            patience,
        };
        Ask { provider: ProviderChoice::Outside(connection), ..ask(asked) }
    }

    async fn reply(&self, protocol: Protocol, asked: &str) -> Reply {
        self.world.reply(&self.ask(protocol, asked)).await
    }

    async fn got(&self) -> Vec<Got> {
        self.double.0.lock().await.got.clone()
    }
}

/// A text as a protocol writes it, after 11 tokens read and 5 written.
fn says(protocol: Protocol, text: &str) -> Act {
    Act::Says(match protocol {
        Protocol::OpenAiCompatible => json!({
            "choices": [{ "message": { "role": "assistant", "content": text } }],
            "usage": { "prompt_tokens": 11, "completion_tokens": 5 },
        }),
        Protocol::Anthropic => json!({
            "content": [{ "type": "thinking", "thinking": "…" }, { "type": "text", "text": text }],
            "usage": { "input_tokens": 11, "output_tokens": 5 },
        }),
        Protocol::Gemini => json!({
            "candidates": [{ "content": { "role": "model", "parts": [{ "text": text }] } }],
            "usageMetadata": { "promptTokenCount": 11, "candidatesTokenCount": 5 },
        }),
    })
}

/// A use of the tool as a protocol writes it.
fn searches(protocol: Protocol, query: &str) -> Act {
    let input = json!({ "query": query });
    Act::Says(match protocol {
        Protocol::OpenAiCompatible => {
            let function = json!({ "name": "search_knowledge", "arguments": input.to_string() });
            let call = json!({ "id": "c1", "type": "function", "function": function });
            json!({ "choices": [{ "message": { "content": null, "tool_calls": [call] } }] })
        }
        Protocol::Anthropic => json!({ "content": [
            { "type": "tool_use", "id": "c1", "name": "search_knowledge", "input": input },
        ] }),
        Protocol::Gemini => json!({ "candidates": [{ "content": { "role": "model", "parts": [
            { "functionCall": { "name": "search_knowledge", "args": input } },
        ] } }] }),
    })
}

const BEHIND: &str = r#"{"answer": "Behind the building.", "cites": [1], "sure": true}"#;

#[tokio::test]
async fn a_model_is_asked_as_its_protocol_wants_and_its_answer_is_taken() {
    for protocol in PROTOCOLS {
        let play = Play::of(vec![says(protocol, BEHIND)]).await;
        let mut question = play.ask(protocol, "is there parking?");
        question.turns = vec![said("I come by car")];
        let reply = play.world.reply(&question).await;
        let Outcome::Answer { text, sources, sure, .. } = &reply.outcome else {
            panic!("{reply:?}")
        };
        assert_eq!((text.expose(), *sure), ("Behind the building.", true));
        assert_eq!(sources[0].heading.expose(), "Parking");
        assert_eq!(
            (reply.made.provider, reply.made.model.as_deref()),
            (protocol.name(), Some("model-1"))
        );
        assert_eq!(reply.made.tokens, Tokens { input: 11, output: 5 });

        let got = play.got().await;
        let [Got { path, query, headers, body }] = got.as_slice() else { panic!("{}", got.len()) };
        let (expected, header, value) = match protocol {
            Protocol::OpenAiCompatible => {
                ("/v9/chat/completions", "authorization", format!("Bearer {KEY}"))
            }
            Protocol::Anthropic => ("/v9/messages", "x-api-key", KEY.to_owned()),
            Protocol::Gemini => {
                ("/v9/models/model-1:generateContent", "x-goog-api-key", KEY.to_owned())
            }
        };
        assert_eq!((path.as_str(), query), (expected, &None));
        assert_eq!(headers[header], value);
        let system = match protocol {
            Protocol::OpenAiCompatible => &body["messages"][0]["content"],
            Protocol::Anthropic => &body["system"],
            Protocol::Gemini => &body["systemInstruction"]["parts"][0]["text"],
        };
        let system = system.as_str().unwrap();
        assert!(system.contains("Be brief.") && !system.contains("by car"), "{system}");
        assert!(body.to_string().contains("I come by car"), "{body}");
        assert!(body.to_string().contains("free parking behind the building"), "{body}");
    }
}

#[tokio::test]
async fn a_model_may_look_for_more_and_cite_what_it_found() {
    let cites = r#"{"answer": "A new zip is £32.", "cites": [2], "sure": true}"#;
    for protocol in PROTOCOLS {
        let play =
            Play::of(vec![searches(protocol, "price of a zip"), says(protocol, cites)]).await;
        let reply = play.reply(protocol, "is there parking?").await;
        let Outcome::Answer { sources, .. } = &reply.outcome else { panic!("{reply:?}") };
        assert_eq!(sources[0].heading.expose(), "Prices", "{protocol:?}");
        assert!(reply.made.passages.contains(&sources[0].passage));
        let got = play.got().await;
        assert!(got[1].body.to_string().contains("£32"), "the second request holds what was found");
        let round = match protocol {
            Protocol::OpenAiCompatible => got[1].body["messages"][3]["tool_call_id"].clone(),
            Protocol::Anthropic => got[1].body["messages"][2]["content"][0]["tool_use_id"].clone(),
            Protocol::Gemini => {
                got[1].body["contents"][2]["parts"][0]["functionResponse"]["name"].clone()
            }
        };
        assert!(["c1", "search_knowledge"].contains(&round.as_str().unwrap()), "{round}");
    }
}

#[tokio::test]
async fn a_model_that_only_searches_comes_to_an_end() {
    for protocol in PROTOCOLS {
        let play = Play::of(vec![searches(protocol, "zip")]).await;
        let reply = play.reply(protocol, "is there parking?").await;
        assert_eq!(reply.made.failed, Some((protocol.name(), "unreadable")));
        assert_eq!(play.got().await.len(), 4);
    }
}

#[tokio::test]
async fn an_answer_that_comes_piece_by_piece_is_put_together() {
    let events = concat!(
        ": a comment\n\n",
        "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"{\\\"answer\\\": \\\"Beh\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"ind.\\\", \\\"cites\\\": [1], \\\"sure\\\": false}\"}}]}\n\n",
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4}}\n\n",
        "data: [DONE]\n\n",
    );
    let play = Play::of(vec![Act::Events(events)]).await;
    let reply = play.reply(Protocol::OpenAiCompatible, "is there parking?").await;
    let Outcome::Answer { text, sure, .. } = &reply.outcome else { panic!("{reply:?}") };
    assert_eq!((text.expose(), *sure), ("Behind.", false));
    assert_eq!(reply.made.tokens, Tokens { input: 9, output: 4 });

    let calls = concat!(
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c7\",\"function\":",
        "{\"name\":\"search_knowledge\",\"arguments\":\"{\\\"que\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":",
        "{\"arguments\":\"ry\\\": \\\"zip\\\"}\"}}]}}]}\n\ndata: [DONE]\n\n",
    );
    let play = Play::of(vec![Act::Events(calls), Act::Events(events)]).await;
    let reply = play.reply(Protocol::OpenAiCompatible, "is there parking?").await;
    assert!(matches!(reply.outcome, Outcome::Answer { .. }), "{reply:?}");
    let got = play.got().await;
    assert_eq!(got[1].body["messages"][3]["tool_call_id"], "c7");
    assert!(got[1].body["messages"][3]["content"].as_str().unwrap().contains("£32"));
}

#[tokio::test]
async fn whatever_goes_wrong_the_built_in_provider_answers_and_the_record_says_so() {
    for protocol in PROTOCOLS {
        for (act, code, requests) in [
            (Act::Status(500), "status", 3),
            (Act::Status(429), "over_limit", 3),
            (Act::Status(401), "unauthorized", 1),
            (Act::Elsewhere, "status", 1),
            (Act::Raw("<html>Bad gateway</html>"), "unreadable", 1),
            (Act::Says(json!({ "object": "list" })), "unreadable", 1),
            (says(protocol, "We open at nine, I believe."), "unreadable", 1),
            (Act::Endless, "too_long", 1),
        ] {
            let play = Play::of(vec![act]).await;
            let reply = play.reply(protocol, "is there parking?").await;
            assert!(matches!(reply.outcome, Outcome::Answer { .. }), "{code}: {reply:?}");
            assert_eq!(reply.made.provider, "built_in");
            assert_eq!(reply.made.failed, Some((protocol.name(), code)));
            assert_eq!(play.got().await.len(), requests, "{protocol:?} {code}");
        }
    }
}

#[tokio::test]
async fn a_model_that_does_not_answer_is_waited_for_no_longer_than_allowed() {
    for protocol in PROTOCOLS {
        let play = Play::of(vec![Act::Silent]).await;
        let mut question = play.ask(protocol, "is there parking?");
        if let ProviderChoice::Outside(connection) = &mut question.provider {
            connection.patience.request = Duration::from_millis(30);
        }
        let reply = play.world.reply(&question).await;
        assert!(matches!(reply.outcome, Outcome::Answer { .. }));
        assert_eq!(reply.made.failed, Some((protocol.name(), "timed_out")));
    }
}

#[tokio::test]
async fn a_request_that_is_refused_for_a_while_is_made_again() {
    for protocol in PROTOCOLS {
        // An hour is asked for; nobody waits longer than the longest pause.
        let acts = vec![Act::AskAgainIn("3600"), Act::Status(503), says(protocol, BEHIND)];
        let play = Play::of(acts).await;
        let reply = play.reply(protocol, "is there parking?").await;
        assert_eq!(reply.made.provider, protocol.name(), "{reply:?}");
        assert_eq!((play.got().await.len(), reply.made.failed), (3, None));
    }
}

#[tokio::test]
async fn what_a_model_makes_up_is_not_said() {
    for protocol in PROTOCOLS {
        for made_up in [
            r#"{"answer": "Everything is free!", "cites": [], "sure": true}"#,
            r#"{"answer": "Everything is free!", "cites": [77], "sure": true}"#,
            r#"{"answer": "", "hand_off": "nothing_found"}"#,
        ] {
            let play = Play::of(vec![says(protocol, made_up)]).await;
            let reply = play.reply(protocol, "is there parking?").await;
            let Outcome::HandOff { reason, .. } = reply.outcome else { panic!("{made_up}") };
            let expected = if made_up.contains("nothing") {
                HandOffReason::NothingFound
            } else {
                HandOffReason::NotSure
            };
            assert_eq!((reason, reply.made.failed), (expected, None));
        }
    }
}

#[tokio::test]
async fn an_address_that_may_not_be_called_is_not() {
    let world = World::knowing(&[SHOP]).await;
    let play = Play::of(vec![Act::Silent]).await;
    let reply = world.reply(&play.ask(Protocol::Anthropic, "is there parking?")).await;
    assert_eq!(reply.made.failed, Some(("anthropic", "refused")));
    assert!(play.got().await.is_empty());
}

#[tokio::test]
async fn keys_are_never_printed() {
    let play = Play::of(vec![Act::Status(401)]).await;
    let ask = play.ask(Protocol::Gemini, "is there parking?");
    let printed = format!("{ask:?} {:?}", play.world.reply(&ask).await);
    assert!(!printed.contains("very-secret"), "{printed}");
}

#[tokio::test]
async fn a_connection_is_tried_without_a_word_of_anybody() {
    for protocol in PROTOCOLS {
        let play = Play::of(vec![says(protocol, r#"{"hand_off": "nothing_found"}"#)]).await;
        let Ask { provider: ProviderChoice::Outside(connection), .. } = play.ask(protocol, "x")
        else {
            panic!("it is outside")
        };
        let checked = connection.check(Arc::new(Local::new())).await;
        assert_eq!(checked.code(), "ok", "{checked:?}");
        assert!(checked.tokens.input > 0);
        let stage = play.double.0.lock().await;
        assert!(!stage.got[0].body.to_string().contains("parking"));
    }
    let play = Play::of(vec![Act::Status(401)]).await;
    let Ask { provider: ProviderChoice::Outside(connection), .. } =
        play.ask(Protocol::Anthropic, "x")
    else {
        panic!("it is outside")
    };
    let checked = connection.check(Arc::new(Local::new())).await;
    assert_eq!((checked.code(), checked.tokens), ("unauthorized", Tokens::default()));
}

#[tokio::test]
async fn what_a_model_read_and_wrote_counts_also_where_nothing_comes_of_it() {
    for protocol in PROTOCOLS {
        let play = Play::of(vec![says(protocol, "We open at nine, I believe.")]).await;
        let reply = play.reply(protocol, "is there parking?").await;
        assert_eq!(reply.made.failed, Some((protocol.name(), "unreadable")));
        assert_eq!(reply.made.tokens, Tokens { input: 11, output: 5 }, "{protocol:?}");
    }
}
