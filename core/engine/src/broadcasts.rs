//! One message to many people: who is added, and what becomes of the turn of each.
//!
//! A turn is one commit: the message is asked for in the recipient's conversation, or they are passed
//! over, and either takes the turn's claim. So a turn is given once, whoever dies in between. The commit
//! relies on the broadcast, the conversation and the person as they were read: whoever pauses, opts out
//! or writes in that moment is seen.

use std::collections::{BTreeMap, HashSet};

use convolog_domain::broadcast::{
    self, AddRecipient, Broadcast, BroadcastCreated, Bulk, CreateBroadcast, PauseBroadcast,
    SkipRecipient, Status, filled_content,
};
use convolog_domain::channel::Channel;
use convolog_domain::contact::IdentityKind;
use convolog_domain::conversation::{Conversation, ConversationOpened, SendMessage, Sendable};
use convolog_domain::{
    Aggregate as _, BroadcastId, ChannelId, ClaimKey, Command, ContactId, Content, Decision, Event,
    MessageContent, Refusal, RefusalCode, Sensitive, StreamKind, WorkspaceId,
};
use convolog_log::{Mode, Origin, Position};
use convolog_whatsapp::{Party, phone};
use serde_json::Value;

use crate::disclose::{Disclose as _, Disclosure};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{ATTEMPTS, Answer, Answered, Once};
use crate::inbound::planner::Planner;
use crate::leads::compared_by;
use crate::plan::{Plan, Require};
use crate::recorded::{Recorded, Stream};

/// Somebody who is to hear a broadcast.
#[derive(Clone, Debug)]
pub struct NewRecipient {
    /// Who.
    pub named: Named,
    /// What is filled in for them, by name.
    pub values: BTreeMap<String, Sensitive>,
}

/// How somebody is named.
#[derive(Clone, Debug)]
pub enum Named {
    /// By what Convolog knows them as.
    Contact(ContactId),
    /// By a phone number, known or not.
    Phone(Sensitive),
    /// By nothing that names anybody: refused, for this reason.
    Nobody(Refusal),
}

/// What became of a list of recipients.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RecipientsAdded {
    /// So many are to hear it besides.
    pub added: u32,
    /// So many were to hear it already.
    pub repeated: u32,
    /// Who was not added, by their place in the list, and why.
    pub refused: Vec<(usize, Refusal)>,
}

/// What a broadcast says, as it stands in the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BroadcastMessage {
    /// What to say, before it is filled in.
    pub content: MessageContent,
    /// For real or in the sandbox.
    pub mode: Mode,
}

/// What became of a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// The message is asked for; known from there on.
    Given(Position),
    /// The recipient was passed over; known from there on.
    PassedOver(Position),
    /// They had their turn before.
    Had,
    /// The broadcast does not run.
    Over,
    /// The broadcast was stopped: nobody can be written to before something is put right.
    Stopped,
}

/// What would become of a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prospect {
    /// They would be written to, in a conversation that goes on.
    Known,
    /// They would be written to for the first time.
    New,
    /// They would be passed over, for this reason.
    Skipped(&'static str),
    /// The broadcast would be stopped before them, for this reason.
    Stopped(&'static str),
}

/// A turn, worked out.
struct Worked {
    plan: Plan,
    new: bool,
}

/// Why a recipient is not written to.
enum Obstacle {
    /// They cannot be, or do not want it: they are passed over.
    Theirs(&'static str),
    /// Nobody can be: the broadcast stands still.
    Everybodys(&'static str),
}

/// The type of a message that is made of a template.
const TEMPLATE: &str = "template";
/// The members that name a template.
const NAMING: [&str; 4] = ["id", "group", "name", "language"];
/// The fields of which a refusal says that there is no such template.
const NAMING_FIELDS: [&str; 3] = ["template.id", "template.group", "template.name"];
/// The plan allows no more messages.
const LIMIT: &str = "plan_limit_reached";
/// The template cannot be sent.
const UNAVAILABLE: &str = "template_unavailable";

impl Engine {
    /// Makes a broadcast.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says, or if there is no such channel, or it is
    /// disconnected.
    pub async fn create_broadcast(
        &self,
        caller: &Caller,
        id: BroadcastId,
        command: CreateBroadcast,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.usable_for_broadcasts(caller.workspace, command.channel)?;
        if let Some(attached) = command.content.attached() {
            self.can_be_sent(caller.workspace, attached)?;
        }
        self.execute_once(caller, id.0, command, once, answer).await
    }

    /// Whether a broadcast can be made with a channel.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such channel, or it is disconnected.
    pub fn usable_for_broadcasts(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
    ) -> Result<(), EngineError> {
        let channel = self.load::<Channel>(workspace, channel.0)?.state;
        if channel.settings.is_none() {
            let detail = "names a channel that this workspace does not have";
            return Err(Refusal::field("channel_id", detail).into());
        }
        if channel.live().is_none() {
            let detail = "this channel is disconnected; connect it again first";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail).into());
        }
        Ok(())
    }

    /// Carries out an order about a broadcast.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says, or if a key of the sandbox gives it about one that
    /// people are sent.
    pub async fn order_broadcast<C: Command<Aggregate = Broadcast> + Clone>(
        &self,
        caller: &Caller,
        id: BroadcastId,
        command: C,
        once: Option<&Once>,
        answer: impl Fn(&broadcast::State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let state = self.load::<Broadcast>(caller.workspace, id.0)?.state;
        state.open_to(caller.mode == Mode::Test)?;
        self.execute_knowing(caller, id.0, command, once, answer).await
    }

    /// Adds recipients, all of them in one commit. Who is not known by a phone number yet is known
    /// from then on.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such broadcast, it was started, or it is full; nobody
    /// was added then.
    pub async fn add_recipients(
        &self,
        caller: &Caller,
        id: BroadcastId,
        recipients: &[NewRecipient],
        once: Option<&Once>,
        answer: impl Fn(&RecipientsAdded) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let (plan, added) = self.plan_recipients(caller, id, recipients)?;
            Ok((plan, answer(&added)))
        })
        .await
    }

    fn plan_recipients(
        &self,
        caller: &Caller,
        id: BroadcastId,
        recipients: &[NewRecipient],
    ) -> Result<(Plan, RecipientsAdded), EngineError> {
        let loaded = self.load::<Broadcast>(caller.workspace, id.0)?;
        let mut state = broadcast::State::clone(&loaded.state);
        state.open_to(caller.mode == Mode::Test)?;
        state.takes_recipients()?;
        let mut planner = Planner::new(self, caller.workspace, None);
        let (mut done, mut known) = (RecipientsAdded::default(), HashSet::new());
        for (place, recipient) in recipients.iter().enumerate() {
            // Nobody becomes a contact by a row that is refused.
            if let Err(refusal) = state.checked(recipient.values.clone()) {
                if refusal.code != RefusalCode::InvalidField {
                    return Err(refusal.into());
                }
                done.refused.push((place, refusal));
                continue;
            }
            let contact = match meant(&mut planner, &recipient.named)? {
                Ok(contact) => contact,
                Err(refusal) => {
                    done.refused.push((place, refusal));
                    continue;
                }
            };
            let claim = ClaimKey::Recipient(id, contact);
            if !known.insert(contact) || planner.holder(&claim)?.is_some() {
                done.repeated = done.repeated.saturating_add(1);
                continue;
            }
            let values = recipient.values.clone();
            let command = AddRecipient { broadcast: id, contact, values };
            match command.decide(&state, &mut planner.ctx) {
                Ok(decisions) => {
                    for decision in decisions {
                        if let Ok(event) = decision.event.clone().try_into() {
                            Broadcast::evolve(&mut state, &event);
                        }
                        planner.push(StreamKind::Broadcast, id.0, decision, Origin::Live);
                    }
                    done.added = done.added.saturating_add(1);
                }
                Err(refusal) if refusal.code == RefusalCode::InvalidField => {
                    done.refused.push((place, refusal));
                }
                Err(refusal) => return Err(refusal.into()),
            }
        }
        planner.require_people();
        let mut plan = planner.plan;
        let stream = Stream::new(caller.workspace, StreamKind::Broadcast, id.0);
        plan.requires.push(Require::StreamAt(stream, loaded.version));
        Ok((plan, done))
    }

    /// Whether somebody is to hear a broadcast already.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn is_recipient(
        &self,
        workspace: WorkspaceId,
        id: BroadcastId,
        contact: ContactId,
    ) -> Result<bool, EngineError> {
        let contact = self.standing(workspace, contact)?;
        let claim = self.claim_hash(workspace, &ClaimKey::Recipient(id, contact))?;
        Ok(self.log().holder(&claim)?.is_some())
    }

    /// What a broadcast says, and for real or not.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn broadcast_message(
        &self,
        workspace: WorkspaceId,
        id: BroadcastId,
    ) -> Result<Option<BroadcastMessage>, EngineError> {
        let stream = Stream::new(workspace, StreamKind::Broadcast, id.0);
        let records = self.log().read_stream(&stream.key(), 0, 1)?;
        let Some(record) = records.first() else { return Ok(None) };
        let created = Recorded::read(record)?;
        let mode = created.mode;
        Ok(self.open(&created).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Message(content)) => {
                Some(BroadcastMessage { content: *content, mode })
            }
            _ => None,
        }))
    }

    /// What is filled in for the recipient whom the event at a position added; nothing if their data
    /// was erased.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn recipient_values(
        &self,
        added: Position,
    ) -> Result<BTreeMap<String, Sensitive>, EngineError> {
        let Some(record) = self.log().get(added)? else { return Ok(BTreeMap::new()) };
        let values = self.open(&Recorded::read(&record)?).into_iter().find_map(|part| {
            match part.disclosure {
                Disclosure::Content(Content::Parameters(content)) => Some(content.values),
                _ => None,
            }
        });
        Ok(values.unwrap_or_default())
    }

    /// Gives a recipient their turn: asks for the message, or passes them over.
    ///
    /// # Errors
    /// [`EngineError`] if something of ours failed: the turn can be given again.
    pub async fn give_turn(
        &self,
        caller: &Caller,
        bulk: Bulk,
        (contact, values): (ContactId, &BTreeMap<String, Sensitive>),
        message: &MessageContent,
    ) -> Result<Turn, EngineError> {
        let workspace = caller.workspace;
        let claim = self.claim_hash(workspace, &ClaimKey::Turn(bulk.broadcast, bulk.recipient))?;
        for _ in 0..ATTEMPTS {
            if self.log().holder(&claim)?.is_some() {
                return Ok(Turn::Had);
            }
            let loaded = self.load::<Broadcast>(workspace, bulk.broadcast.0)?;
            if loaded.state.status != Status::Running {
                return Ok(Turn::Over);
            }
            let stream = Stream::new(workspace, StreamKind::Broadcast, bulk.broadcast.0);
            let worked =
                self.work_out((workspace, &*loaded.state), bulk, (contact, values), message)?;
            let mut plan = match worked {
                Ok(worked) => worked.plan,
                Err(Obstacle::Everybodys(reason)) => {
                    return self.stop_broadcast(caller, bulk.broadcast, reason).await;
                }
                Err(Obstacle::Theirs(reason)) => {
                    return self.pass_over(caller, bulk, reason).await;
                }
            };
            plan.requires.push(Require::StreamAt(stream, loaded.version));
            match self.commit(caller, &plan).await {
                Ok(committed) => return Ok(Turn::Given(committed.position)),
                Err(error) if error.is_overtaken() => {}
                Err(EngineError::Refused(refusal))
                    if refusal.code == RefusalCode::PlanLimitReached =>
                {
                    return self.stop_broadcast(caller, bulk.broadcast, LIMIT).await;
                }
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }

    /// Passes a recipient over.
    ///
    /// # Errors
    /// [`EngineError`] if something of ours failed.
    pub async fn pass_over(
        &self,
        caller: &Caller,
        bulk: Bulk,
        reason: &str,
    ) -> Result<Turn, EngineError> {
        let (broadcast, number) = (bulk.broadcast, bulk.recipient);
        let turn = self.claim_hash(caller.workspace, &ClaimKey::Turn(broadcast, number))?;
        let skip = SkipRecipient { broadcast, number, reason: reason.to_owned() };
        match self.execute(caller, broadcast.0, skip).await {
            Ok(done) => Ok(Turn::PassedOver(done.position)),
            Err(_) if self.log().holder(&turn)?.is_some() => Ok(Turn::Had),
            // It was stopped meanwhile.
            Err(EngineError::Refused(refusal)) if refusal.code == RefusalCode::NotAllowedNow => {
                Ok(Turn::Over)
            }
            Err(error) => Err(error),
        }
    }

    /// Lets a broadcast stand still because nobody can be written to.
    ///
    /// # Errors
    /// [`EngineError`] if something of ours failed.
    pub async fn stop_broadcast(
        &self,
        caller: &Caller,
        id: BroadcastId,
        reason: &str,
    ) -> Result<Turn, EngineError> {
        let pause = PauseBroadcast { reason: reason.to_owned() };
        match self.execute(caller, id.0, pause).await {
            // Somebody else stopped it.
            Ok(_) | Err(EngineError::Refused(_)) => Ok(Turn::Stopped),
            Err(error) => Err(error),
        }
    }

    /// What would become of a turn, by what is known now; records nothing.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn prospect(
        &self,
        workspace: WorkspaceId,
        bulk: Bulk,
        recipient: (ContactId, &BTreeMap<String, Sensitive>),
        message: &MessageContent,
    ) -> Result<Prospect, EngineError> {
        let state = self.load::<Broadcast>(workspace, bulk.broadcast.0)?.state;
        Ok(match self.work_out((workspace, &*state), bulk, recipient, message)? {
            Ok(Worked { new: true, .. }) => Prospect::New,
            Ok(Worked { new: false, .. }) => Prospect::Known,
            Err(Obstacle::Theirs(reason)) => Prospect::Skipped(reason),
            Err(Obstacle::Everybodys(reason)) => Prospect::Stopped(reason),
        })
    }

    /// The commit of a turn, or why the recipient is not written to.
    fn work_out(
        &self,
        (workspace, state): (WorkspaceId, &broadcast::State),
        bulk: Bulk,
        (contact, values): (ContactId, &BTreeMap<String, Sensitive>),
        message: &MessageContent,
    ) -> Result<Result<Worked, Obstacle>, EngineError> {
        let theirs = |reason| Ok(Err(Obstacle::Theirs(reason)));
        let Some(created) = &state.created else { return theirs("not_possible") };
        let mut planner = Planner::new(self, workspace, None);
        let root = planner.root_of(contact)?;
        if planner.person(root)?.state.erased {
            return theirs("erased");
        }
        // Two recipients who turned out to be one person are written to once: in the turn of the contact
        // that goes on, if that is one of them, and never after any of them was.
        let stands = ClaimKey::Recipient(bulk.broadcast, root);
        if root != contact && planner.holder(&stands)?.is_some() {
            return theirs("repeated");
        }
        let mut heard = Vec::new();
        for part in planner.parts_of(root)? {
            // Whoever is merged with them at this moment may have heard it.
            planner.person(part)?.relied_on = true;
            let claim = ClaimKey::Heard(bulk.broadcast, part);
            if planner.holder(&claim)?.is_some() {
                return theirs("repeated");
            }
            heard.push(claim);
        }
        let content = match self.to_one(workspace, created, message, values)? {
            Ok(content) => content,
            Err(obstacle) => return Ok(Err(obstacle)),
        };
        let marketing = Some(state.promotes(self.promotes(workspace, &content)?));
        let (preferences, requires) = self.known_preferences(workspace, root)?;
        let conversation = planner.conversation(created.channel, root, Origin::Live)?;
        let loaded = self.load::<Conversation>(workspace, conversation.0)?;
        let mut state = (*loaded.state).clone();
        let new = state.opened.is_none();
        if new {
            let channel: ChannelId = created.channel;
            state.opened = Some(ConversationOpened { channel, contact: root, agent: None });
        }
        if state.deleted {
            return theirs("deleted");
        }
        if state.outbox.is_full(created.sandbox) {
            return theirs("outbox_full");
        }
        let command = SendMessage {
            marketing,
            preferences,
            bulk: Some(bulk),
            sandbox: created.sandbox,
            ..SendMessage::now(content)
        };
        let decisions = match command.decide(&state, &mut planner.ctx) {
            Ok(decisions) => decisions,
            Err(refusal) => {
                return theirs(match refusal.code {
                    RefusalCode::OptedOut => "opted_out",
                    RefusalCode::WindowClosed => "outside_window",
                    _ => "not_possible",
                });
            }
        };
        let mut heard = heard.into_iter();
        for decision in decisions {
            let decision = heard.by_ref().fold(decision, Decision::claiming);
            planner.push(StreamKind::Conversation, conversation.0, decision, Origin::Live);
        }
        planner.require_people();
        let mut plan = planner.plan;
        let stream = Stream::new(workspace, StreamKind::Conversation, conversation.0);
        plan.requires.push(Require::StreamAt(stream, loaded.version));
        plan.requires.extend(requires);
        Ok(Ok(Worked { plan, new }))
    }

    /// The message to one recipient. What names a template is the same for all unless something is
    /// filled in there: if that one cannot be sent, nobody can be written to.
    fn to_one(
        &self,
        workspace: WorkspaceId,
        created: &BroadcastCreated,
        message: &MessageContent,
        values: &BTreeMap<String, Sensitive>,
    ) -> Result<Result<Sendable, Obstacle>, EngineError> {
        let not_possible = || Ok(Err(Obstacle::Theirs("not_possible")));
        let Ok(filled) = filled_content(message, values) else { return not_possible() };
        if created.kind != TEMPLATE {
            return Ok(Sendable::kept(&created.kind, &filled)
                .map_err(|_| Obstacle::Theirs("not_possible")));
        }
        let read = |content: &MessageContent| {
            let asked = content.fragment.as_ref()?;
            serde_json::from_str::<Value>(asked.expose()).ok()
        };
        let (Some(before), Some(asked)) = (read(message), read(&filled)) else {
            return not_possible();
        };
        match self.template_message(workspace, created.channel, &asked) {
            Ok(sendable) => Ok(Ok(sendable)),
            Err(EngineError::Refused(refusal)) => {
                let same = NAMING.iter().all(|name| before.get(name) == asked.get(name));
                let naming = refusal.code == RefusalCode::TemplateUnavailable
                    || refusal.field.is_some_and(|field| NAMING_FIELDS.contains(&field));
                let reason = if same && naming {
                    Obstacle::Everybodys(UNAVAILABLE)
                } else {
                    Obstacle::Theirs("not_possible")
                };
                Ok(Err(reason))
            }
            Err(error) => Err(error),
        }
    }
}

/// Who is meant: the contact that goes on for them.
fn meant(
    planner: &mut Planner<'_>,
    named: &Named,
) -> Result<Result<ContactId, Refusal>, EngineError> {
    let contact = match named {
        Named::Nobody(refusal) => return Ok(Err(refusal.clone())),
        Named::Contact(contact) => {
            let contact = planner.root_of(*contact)?;
            if !planner.person(contact)?.state.created {
                let detail = "names a contact that this workspace does not have";
                return Ok(Err(Refusal::field("contact_id", detail)));
            }
            contact
        }
        Named::Phone(number) => {
            let digits = phone::digits(number.expose());
            let number = digits.filter(|digits| compared_by(IdentityKind::Phone, digits).is_some());
            let Some(number) = number else {
                return Ok(Err(Refusal::field(
                    "phone",
                    "is no phone number with its country code",
                )));
            };
            let party = Party { phone: Some(number), ..Party::default() };
            planner.contact_of(&party, None, Origin::Live)?
        }
    };
    if planner.person(contact)?.state.erased {
        let detail = "the data of this contact was erased; nothing can be sent to them any more";
        return Ok(Err(Refusal::new(RefusalCode::Erased, detail)));
    }
    Ok(Ok(contact))
}
