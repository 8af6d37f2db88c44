//! Calling models: the guard of outgoing calls as their clients need it, and trying a connection.

use std::sync::Arc;
use std::time::Duration;

use convolog_answer::{Checked, Outgoing, Refused};
use convolog_engine::ModelAccess;
use futures::future::BoxFuture;
use reqwest::Url;

use crate::outgoing::OutgoingGuard;
use crate::responding::connection;

/// The longest that a model is ever waited for.
const CALL_TIMEOUT: Duration = Duration::from_mins(2);

/// The guard of outgoing calls, as the clients of models need it.
pub(crate) struct Guarded(pub(crate) OutgoingGuard);

impl Outgoing for Guarded {
    fn client_for<'a>(
        &'a self,
        url: &'a Url,
    ) -> BoxFuture<'a, Result<(reqwest::Client, Url), Refused>> {
        Box::pin(async move {
            let refused = |reason: String| Refused { reason };
            let destination = self.0.resolve("url", url.clone()).await;
            let destination = destination.map_err(|error| refused(error.to_string()))?;
            let client = destination.client().timeout(CALL_TIMEOUT).build();
            let client = client.map_err(|error| refused(error.to_string()))?;
            Ok((client, destination.url))
        })
    }
}

/// Tries a connection to a model: asks it something small.
///
/// # Errors
/// Why it cannot be asked at all, in a word of a kind.
pub async fn check_model(
    guard: &OutgoingGuard,
    access: ModelAccess,
) -> Result<Checked, &'static str> {
    let connection = connection(access, None)?;
    Ok(connection.check(Arc::new(Guarded(guard.clone()))).await)
}
