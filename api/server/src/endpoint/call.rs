//! One request as a handler sees it: checked values, who asks, and ways to answer.

use axum::http::HeaderMap;
use convolog_domain::workspace::Workspace;
use convolog_domain::{Command, Event, Hash32, KeyId, WorkspaceId};
use convolog_engine::{Answer, Answered, Caller, Done, Once};
use convolog_log::Position;
use convolog_projections::view::Reader;
use serde_json::Value;
use uuid::Uuid;

use super::{Endpoint, Paging};
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Outcome, Problem};

/// What is known of a request besides its values.
#[derive(Clone, Debug)]
pub struct RequestFacts {
    /// Its name in the log.
    pub id: Uuid,
    /// Its `Idempotency-Key`, with a hash of method, path, query and body.
    pub once: Option<Once>,
    /// Its path with its query, as it was asked for.
    pub asked: String,
}

/// A checked request.
pub struct Call<E: Endpoint> {
    /// The server.
    pub app: App,
    /// Who asks.
    pub session: Session,
    /// The parameters of the path.
    pub path: E::Path,
    /// The parameters of the query.
    pub query: E::Query,
    /// The body.
    pub body: E::Body,
    /// Which page is asked for, if the declaration is one of a list.
    pub paging: Paging,
    /// The position at which the answer is to be shown.
    pub as_of: Option<Position>,
    /// The headers, credentials removed.
    pub headers: HeaderMap,
    /// What else is known.
    pub facts: RequestFacts,
}

impl RequestFacts {
    /// The same request for the page with this token.
    pub(crate) fn next_page(&self, token: &str) -> String {
        let (path, query) = self.asked.split_once('?').unwrap_or((&self.asked, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("page="));
        let page = format!("page={token}");
        let all: Vec<&str> = others.chain([page.as_str()]).collect();
        format!("{path}?{}", all.join("&"))
    }

    /// An id that is the same for every repetition of a request with an idempotency key, so that
    /// a command of several steps goes on where it stopped; none without a key.
    fn stable_id(&self, purpose: &str) -> Option<Uuid> {
        use sha2::{Digest, Sha256};
        let once = self.once.as_ref()?;
        let digest = Sha256::new()
            .chain_update(once.key.0.as_bytes())
            .chain_update(purpose.as_bytes())
            .chain_update([0])
            .chain_update(once.idempotency_key.as_bytes())
            .finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Some(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

impl<E: Endpoint> Call<E> {
    /// Who acts, as the engine records it.
    pub fn caller(&self) -> Caller {
        self.session.caller(self.facts.id)
    }

    /// An id for something new. Repetitions of a request with an idempotency key get the same one.
    pub fn new_id(&self, purpose: &str) -> Uuid {
        self.facts.stable_id(purpose).unwrap_or_else(|| self.app.engine().ctx().next_id())
    }

    /// The workspace in which the caller acts.
    pub const fn workspace(&self) -> WorkspaceId {
        self.session.workspace
    }

    /// The session within the workspace that the path names.
    pub fn in_workspace(&self, workspace: WorkspaceId) -> Outcome<Session> {
        let loaded = self.app.engine().load::<Workspace>(workspace, workspace.0)?;
        self.session.within(workspace, loaded.version > 0)
    }

    /// Carries out a command, once for each idempotency key, and answers with `status` and `body`.
    pub async fn execute<C: Command + Clone + Send>(
        &self,
        id: Uuid,
        command: C,
        status: u16,
        body: impl Fn(&[Event]) -> Value + Send + Sync,
    ) -> Outcome<Answered> {
        let caller = self.caller();
        let answer = |events: &[Event]| {
            let body = body(events);
            Answer::open(status, body, caller.workspace)
        };
        let once = self.facts.once.as_ref();
        Ok(self.app.engine().execute_once(&caller, id, command, once, answer).await?)
    }

    /// Carries out a command that is safe to repeat by itself.
    pub async fn execute_plainly<C: Command + Clone + Send>(
        &self,
        id: Uuid,
        command: C,
    ) -> Outcome<Done> {
        Ok(self.app.engine().execute(&self.caller(), id, command).await?)
    }

    /// The answer that this idempotency key got before. For commands of several steps, whose first
    /// step would otherwise be tried again.
    pub fn earlier_answer(&self) -> Outcome<Option<Answered>> {
        match &self.facts.once {
            Some(once) => Ok(self.app.engine().earlier_answer(&self.caller(), once)?),
            None => Ok(None),
        }
    }

    /// Conversations, messages and contacts as people read them, now or as they stood.
    pub async fn reader(&self) -> Outcome<Reader> {
        let viewer = self.app.viewer();
        match self.as_of {
            Some(cut) => Ok(viewer.as_of(cut, self.app.config().at_least_wait()).await?),
            None => Ok(viewer.now()),
        }
    }

    /// Reads from disk without holding up other requests.
    pub async fn blocking<T: Send + 'static>(
        &self,
        read: impl FnOnce(&App) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let app = self.app.clone();
        tokio::task::spawn_blocking(move || read(&app))
            .await
            .map_err(|error| Problem::internal("reading in the background", &error))?
    }
}

/// The key under which the administrator's idempotency keys are kept.
pub(super) const ADMINISTRATOR_KEY: KeyId = KeyId(Uuid::nil());

/// A hash of method, path with its query, and body: what an idempotency key stands for.
pub(super) fn fingerprint(method: &str, path: &str, body: &[u8]) -> Hash32 {
    use sha2::{Digest, Sha256};
    let digest = Sha256::new()
        .chain_update(method.as_bytes())
        .chain_update([0])
        .chain_update(path.as_bytes())
        .chain_update([0])
        .chain_update(body)
        .finalize();
    Hash32(digest.into())
}
