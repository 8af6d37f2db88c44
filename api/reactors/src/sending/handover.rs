//! What is put to the platform: whom to, what, with which token.

use std::sync::Arc;

use convolog_domain::{
    Content, ConversationId, Event, MessageContent, MessageId, Sensitive, WorkspaceId,
    channel::ChannelConnected,
    conversation::{self, Conversation, MessageRequested},
};
use convolog_engine::{Disclose as _, Disclosure, Engine, EngineError, Recorded};
use convolog_projections::{QueryError, ReadModels, view::Viewer};
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::answer;
use crate::outgoing::OutgoingGuard;
use crate::platform::{Platform, Said};

/// A message, ready to be handed over.
pub(super) struct Handover {
    platform: Platform,
    body: Value,
    links: Vec<String>,
}

/// Why a message could not be made ready.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotReady {
    /// What it says, or whom to, cannot be known any more.
    #[error("it cannot be put to the platform")]
    Impossible,
    /// The platform is to read a file at an address of this network.
    #[error("a file in it lies at an address that is not public")]
    Private,
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
        (content, file): (&MessageContent, Option<&Sensitive>),
    ) -> Result<Handover, NotReady> {
        let platform = Platform::through(self.engine, self.workspace, channel)?;
        let platform = platform.ok_or(NotReady::Unable)?;
        let (body, to) = (self.body(asked, content, file)?, self.recipient(conversation)?);
        let links =
            body.get(&asked.kind).map(|element| conversation::links_of(&asked.kind, element));
        let body = Value::Object(to.into_iter().chain(body).collect());
        Ok(Handover { platform, body, links: links.unwrap_or_default() })
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
        file: Option<&Sensitive>,
    ) -> Result<Map<String, Value>, NotReady> {
        let mut element: Value = match (&content.fragment, &content.text) {
            (Some(element), _) => {
                serde_json::from_str(element.expose()).map_err(|_| NotReady::Impossible)?
            }
            (None, Some(text)) => json!({ "body": text.expose() }),
            (None, None) => return Err(NotReady::Impossible),
        };
        // In the sandbox nobody gave the file an id of the platform.
        conversation::name_for_platform(&mut element, file);
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
    /// Whether the platform is to read a file in this network: what was said to be elsewhere when it
    /// was asked for may not be any more.
    pub(super) async fn leads_here(&self, guard: &OutgoingGuard) -> bool {
        for link in &self.links {
            if guard.is_private(link).await {
                return true;
            }
        }
        false
    }

    /// Puts it to the platform.
    pub(super) async fn send(self, guard: &OutgoingGuard) -> Said<Sensitive> {
        let url = self.platform.of_number("messages");
        let said = self.platform.call(guard, Method::POST, url, Some(&self.body)).await;
        said.saying(|answer| answer::taken(&answer))
    }
}
