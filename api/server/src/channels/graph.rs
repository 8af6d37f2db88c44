//! Asking the platform whether a token reads a number: the proof that a workspace may speak for it.

use std::time::Duration;

use convolog_domain::number::OwnershipProof;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::app::App;
use crate::problem::{Code, Outcome, Problem};

/// How long the platform may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer that is read.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// A number that somebody wants to connect.
#[derive(Debug)]
pub(crate) struct Claimed<'a> {
    pub(crate) phone_number_id: &'a str,
    pub(crate) access_token: Option<&'a SecretString>,
    pub(crate) graph_url: Url,
    pub(crate) graph_version: &'a str,
}

#[derive(Deserialize)]
struct Number {
    id: String,
}

/// Shows that the number may be connected: by the administrator's waiver, or by reading it.
pub(crate) async fn prove(app: &App, claimed: Claimed<'_>) -> Outcome<OwnershipProof> {
    if app.config().trust_numbers {
        return Ok(OwnershipProof::Waived);
    }
    let token = claimed.access_token.ok_or_else(|| {
        Problem::field(
            "access_token",
            "access_token is needed: the number is read with it, to show that it is yours.",
        )
    })?;
    let url = number_url(claimed.graph_url, claimed.graph_version, claimed.phone_number_id)?;
    let destination = app.outgoing().resolve("graph_url", url).await?;
    let client = destination
        .client()
        .timeout(TIMEOUT)
        .build()
        .map_err(|error| Problem::internal("preparing a call to the platform", &error))?;
    let request = client.get(destination.url).bearer_auth(token.expose_secret());
    let response = request.send().await.map_err(|_| unavailable())?;
    let status = response.status();
    if status.is_server_error() {
        return Err(unavailable());
    }
    let body = read(response).await?;
    match serde_json::from_slice::<Number>(&body) {
        Ok(number) if status.is_success() && number.id == claimed.phone_number_id => {
            Ok(OwnershipProof::Graph)
        }
        _ => Err(Problem::new(
            Code::OwnershipNotProved,
            format!(
                "The platform answered {} and did not show this number with this access token.",
                status.as_u16()
            ),
        )
        .at("access_token")),
    }
}

fn number_url(mut base: Url, version: &str, phone_number_id: &str) -> Outcome<Url> {
    base.path_segments_mut()
        .map_err(|()| {
            Problem::field(
                "graph_url",
                "graph_url must be an address such as https://graph.facebook.com.",
            )
        })?
        .pop_if_empty()
        .extend([version, phone_number_id]);
    base.set_query(Some("fields=id,display_phone_number"));
    Ok(base)
}

async fn read(mut response: reqwest::Response) -> Outcome<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| unavailable())? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(unavailable());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn unavailable() -> Problem {
    Problem::new(
        Code::PlatformUnavailable,
        "The platform did not answer the question whose number this is.",
    )
    .at("graph_url")
}
