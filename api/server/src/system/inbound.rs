//! The platform's door: one address for every app and number.
//!
//! A 200 is sent after everything is on the disk. What cannot be taken now gets 503, and the
//! platform posts it again.

use axum::http::StatusCode;
use convolog_engine::{InboundError, MAX_BODY_BYTES, Received};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, NoParameters, PlainText, RateClass, RawBody, Reply,
};
use crate::problem::{Code, Outcome, Problem};

/// The header in which the platform signs a post.
const SIGNATURE: &str = "x-hub-signature-256";

/// `GET /inbound/whatsapp`
pub(crate) struct Handshake;
/// `POST /inbound/whatsapp`
pub(crate) struct Post;

/// What the platform asks when an address is entered in its settings.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// Always `subscribe`.
    #[serde(rename = "hub.mode")]
    mode: Mode,
    /// The verify token that was typed into the platform's settings.
    #[serde(rename = "hub.verify_token")]
    verify_token: String,
    /// To be repeated.
    #[serde(rename = "hub.challenge")]
    #[schemars(length(min = 1, max = 1024))]
    challenge: String,
}

/// The only thing that is asked.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Mode {
    /// Posts are about to come.
    Subscribe,
}

impl Endpoint for Handshake {
    const DECLARATION: Declaration = Declaration::get(
        "/inbound/whatsapp",
        "whatsapp_handshake",
        "Answer the platform's handshake",
    )
    .describing(
        "Enter this address and the verify token of the channel in the platform's settings.",
    )
    .group("Inbound")
    .for_anybody()
    .answers(StatusCode::OK, "The challenge.")
    .fails_with(&[Code::HandshakeRefused]);
    type Path = NoParameters;
    type Query = Asked;
    type Body = NoParameters;
    type Ok = PlainText;

    async fn call(call: Call<Self>) -> Outcome<Reply<PlainText>> {
        let Asked { mode: Mode::Subscribe, verify_token, challenge } = call.query.clone();
        let found = call
            .blocking(move |app| Ok(app.inbound().handshake(&verify_token, &challenge)?))
            .await?;
        let challenge =
            found.ok_or_else(|| Problem::plain(Code::HandshakeRefused).at("hub.verify_token"))?;
        Ok(Reply::text("text/plain; charset=utf-8", challenge))
    }
}

/// What became of a post.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct PostTaken {
    /// Updates that were recorded.
    accepted: usize,
    /// Updates that were known already.
    repeated: usize,
    /// Updates about somebody whose data was erased; they are not kept.
    refused: usize,
    /// Changes that were set aside; see `/v1/quarantine`.
    quarantined: usize,
}

impl Endpoint for Post {
    const DECLARATION: Declaration =
        Declaration::post("/inbound/whatsapp", "whatsapp_post", "Take a post of the platform")
            .describing("For the platform. The same post again changes nothing. Bodies to 3 MB.")
            .group("Inbound")
            .access(Access::Signed)
            .rate(RateClass::Unlimited)
            .answers(StatusCode::OK, "It is on the disk.")
            .without_idempotency_key()
            .body_up_to(MAX_BODY_BYTES)
            .telling_refusals(count_refusal);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = RawBody;
    type Ok = Json<PostTaken>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let signature = call.headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
        let RawBody(body) = call.body;
        match call.app.inbound().receive(body, signature).await {
            Ok(received) => {
                count_taken(&received);
                let taken = PostTaken {
                    accepted: received.accepted,
                    repeated: received.repeated,
                    refused: received.refused,
                    quarantined: received.quarantined,
                };
                Ok(Reply::json(&taken)?.at(received.position))
            }
            Err(error) => Err(refuse(error)),
        }
    }
}

fn refuse(error: InboundError) -> Problem {
    match error {
        InboundError::Unsigned => Problem::plain(Code::InvalidSignature).at("X-Hub-Signature-256"),
        InboundError::TooLarge => Problem::plain(Code::BodyTooLarge),
        InboundError::Engine(error) => {
            let problem = Problem::from(error);
            // Whatever it was, the platform is to post it again.
            if problem.code().status().is_server_error() { problem.retry_after(5) } else { problem }
        }
    }
}

fn count_taken(received: &Received) {
    let known = received.accepted + received.repeated + received.refused;
    let aside = known == 0 && received.quarantined > 0;
    count(if aside { "quarantined" } else { "taken" });
    let changes = u64::try_from(received.quarantined).unwrap_or(u64::MAX);
    metrics::counter!("convolog_inbound_quarantined_total").increment(changes);
}

fn count_refusal(code: Code) {
    count(match code {
        Code::InvalidSignature => "unsigned",
        Code::BodyTooLarge => "too_large",
        _ => "failed",
    });
}

fn count(outcome: &'static str) {
    metrics::counter!("convolog_inbound_posts_total", "outcome" => outcome).increment(1);
}
