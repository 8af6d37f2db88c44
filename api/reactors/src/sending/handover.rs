//! What is put to the platform: whom to, what, with which token.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{
    Content, ConversationId, Event, MessageContent, MessageId, WorkspaceId,
    channel::ChannelConnected,
    conversation::{self, Conversation, MessageRequested},
    meta_app::MetaApp,
};
use convolog_engine::{Disclose as _, Disclosure, Engine, EngineError, Recorded};
use convolog_projections::{QueryError, ReadModels, view::Viewer};
use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};

use super::answer::{ANSWER_BYTES_MAX, Said, read};
use crate::outgoing::OutgoingGuard;

/// How long the platform may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long it may take to be reached.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The field that a refused address is reported for.
const FIELD: &str = "graph_url";

/// A message, ready to be handed over.
pub(super) struct Handover {
    url: Url,
    token: Arc<SecretString>,
    body: Vec<u8>,
}

/// Why a message could not be made ready.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotReady {
    /// What it says, or whom to, cannot be known any more.
    #[error("it cannot be put to the platform")]
    Impossible,
    /// The number has no token, or the platform's address cannot be called.
    #[error("nothing can be sent with this number")]
    Unable,
    /// Something of ours failed: it is tried again.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The same.
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// Reads what a handover is made of.
pub(super) struct Maker<'a> {
    pub(super) engine: &'a Engine,
    pub(super) models: &'a ReadModels,
    pub(super) workspace: WorkspaceId,
}

impl Maker<'_> {
    /// Makes a message ready. Blocks: reads from disk.
    pub(super) fn make(
        &self,
        conversation: ConversationId,
        channel: &ChannelConnected,
        asked: &MessageRequested,
        content: &MessageContent,
    ) -> Result<Handover, NotReady> {
        let token = channel.access_token.as_ref().ok_or(NotReady::Unable)?;
        let token = self.engine.vault().secret(self.workspace.0, token.id.0);
        let (body, to) = (self.body(asked, content)?, self.recipient(conversation)?);
        let body = Value::Object(to.into_iter().chain(body).collect());
        Ok(Handover {
            url: self.url(channel)?,
            token: token.ok_or(NotReady::Unable)?,
            body: serde_json::to_vec(&body).map_err(|_| NotReady::Impossible)?,
        })
    }

    fn url(&self, channel: &ChannelConnected) -> Result<Url, NotReady> {
        let owner =
            if channel.installation_app { WorkspaceId::INSTALLATION } else { self.workspace };
        let app = self.engine.load::<MetaApp>(owner, channel.app.0)?.state;
        let version = app.graph_version.as_deref().ok_or(NotReady::Unable)?;
        let mut url = Url::parse(&channel.graph_url).map_err(|_| NotReady::Unable)?;
        url.path_segments_mut().map_err(|()| NotReady::Unable)?.pop_if_empty().extend([
            version,
            &channel.phone_number_id,
            "messages",
        ]);
        Ok(url)
    }

    /// Whom to: the phone number, else the id that the platform gave them for this business. Of a
    /// person who is several contacts, the one with whom this conversation is held.
    fn recipient(&self, conversation: ConversationId) -> Result<Map<String, Value>, NotReady> {
        let state = self.engine.load::<Conversation>(self.workspace, conversation.0)?.state;
        let contact = state.opened.as_ref().ok_or(NotReady::Impossible)?.contact;
        let viewer = Viewer::new(self.models.clone(), Arc::new(self.engine.clone())).now();
        let alone = viewer.contact_alone(self.workspace, contact)?.ok_or(NotReady::Impossible)?;
        if alone.erased.is_some() {
            return Err(NotReady::Impossible);
        }
        let (phone, user) = (alone.phone.map(Value::from), alone.user_id.map(Value::from));
        let to = phone.map(|phone| ("to", phone)).or(user.map(|user| ("recipient", user)));
        let (name, whom) = to.ok_or(NotReady::Impossible)?;
        Ok(Map::from_iter([(name.to_owned(), whom)]))
    }

    /// What is said, as the platform takes it. Our own id goes along: statuses bring it back.
    fn body(
        &self,
        asked: &MessageRequested,
        content: &MessageContent,
    ) -> Result<Map<String, Value>, NotReady> {
        let mut element = match (&content.fragment, &content.text) {
            (Some(element), _) => {
                serde_json::from_str(element.expose()).map_err(|_| NotReady::Impossible)?
            }
            (None, Some(text)) => json!({ "body": text.expose() }),
            (None, None) => return Err(NotReady::Impossible),
        };
        let mut body = Map::new();
        if let Some(answered) = asked.reply_to {
            let wamid = self.platform_id(answered)?.ok_or(NotReady::Impossible)?;
            match element.as_object_mut().filter(|_| asked.kind == "reaction") {
                Some(reaction) => drop(reaction.insert("message_id".into(), wamid.into())),
                None => drop(body.insert("context".into(), json!({ "message_id": wamid }))),
            }
        }
        body.insert("messaging_product".into(), "whatsapp".into());
        body.insert("recipient_type".into(), "individual".into());
        body.insert("type".into(), asked.kind.clone().into());
        body.insert("biz_opaque_callback_data".into(), asked.message.to_string().into());
        body.insert(asked.kind.clone(), element);
        Ok(body)
    }

    /// The platform's id of a message: of one that it told us of, or of one that it accepted.
    fn platform_id(&self, message: MessageId) -> Result<Option<String>, NotReady> {
        let Some(first) = self.engine.first_of_message(self.workspace, message)? else {
            return Ok(None);
        };
        let asked_here =
            matches!(first.event, Event::Conversation(conversation::Event::MessageRequested(_)));
        let told = if asked_here { self.accepted(message, &first)? } else { Some(first) };
        let opened = told.map(|told| self.engine.open(&told)).unwrap_or_default();
        Ok(opened
            .into_iter()
            .find_map(|part| match part.disclosure {
                Disclosure::Content(Content::Message(content)) => content.platform_id,
                Disclosure::Content(Content::Status(content)) => content.platform_id,
                _ => None,
            })
            .map(|id| id.0))
    }

    /// The event by which the platform took one of our own.
    fn accepted(&self, message: MessageId, first: &Recorded) -> Result<Option<Recorded>, NotReady> {
        let conversation = ConversationId(first.stream.id);
        let row = self.models.transcripts()?.message(self.workspace, conversation, message)?;
        let fact = row.and_then(|stored| stored.row.statuses.get("accepted").copied());
        let Some(fact) = fact else { return Ok(None) };
        let record = self.engine.log().get(fact.position).map_err(EngineError::from)?;
        let record = record.map(|record| Recorded::read(&record)).transpose();
        Ok(record.map_err(EngineError::from)?)
    }
}

impl Handover {
    /// Puts it to the platform.
    pub(super) async fn send(self, guard: &OutgoingGuard) -> Said {
        let unreached = Said::No { http_status: None, code: None, retry_after: None, words: None };
        let Ok(destination) = guard.resolve(FIELD, self.url).await else { return unreached };
        let client = destination.client().timeout(TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
        let Ok(client) = client.build() else { return unreached };
        let request = client
            .post(destination.url)
            .bearer_auth(self.token.expose_secret())
            .header("content-type", "application/json")
            .body(self.body);
        match request.send().await {
            Ok(response) => understand(response).await,
            // Nothing left this machine.
            Err(error) if error.is_connect() || error.is_builder() => unreached,
            Err(_) => Said::Nothing,
        }
    }
}

async fn understand(mut response: reqwest::Response) -> Said {
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after");
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = Vec::new();
    while body.len() <= ANSWER_BYTES_MAX {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return read(status, retry_after, &body),
            Err(_) => return Said::Nothing,
        }
    }
    Said::Nothing
}
