//! Ask for a message to be sent.

use super::outgoing::REACTION;
use super::sendable::Sendable;
use super::{CannedUse, Conversation, HandoffTriggered, MessageRequested, State};
use crate::broadcast::Bulk;
use crate::claim::ClaimKey;
use crate::contact::{Preferences, Wish};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{AgentId, MessageId};
use crate::limits::{OUTBOX_MAX, PERSON_TOOK_OVER, SCHEDULE_DAYS_MAX};
use crate::personal::{Content, MessageContent, Personal};
use crate::refusal::{Refusal, RefusalCode};

const DAY_SECONDS: i64 = 86_400;

/// The business wants to say something: the intent, before anything is sent. The message gets an id
/// of its own here; the platform's comes with the outcome. What it says is sealed under the contact's
/// key, like everything that is said to or by them.
///
/// Who: a key with the scope `write`, for itself or for a person. Refuses: a conversation that does
/// not exist (`not_found`) or was deleted (`not_allowed_now`); anything but a template when the
/// customer last wrote more than a day before it would be sent (`window_closed`); more than
/// [`OUTBOX_MAX`] that wait; a reaction to nothing; a time in the past or more than
/// [`SCHEDULE_DAYS_MAX`] days ahead; what the person opted out of (`opted_out`); where a person is to say
/// it after a hand-off, a conversation that was not handed off (`not_allowed_now`). That the contact was not erased and that the channel is
/// connected stands in other streams; the caller looks there.
#[derive(Clone, Debug)]
pub struct SendMessage {
    /// What to say.
    pub content: Sendable,
    /// The message that it answers, or reacts to.
    pub reply_to: Option<MessageId>,
    /// Not before then (seconds since 1970).
    pub due_at: Option<i64>,
    /// A person says it in place of this agent, which is silent from then on, unless it is to be said
    /// later.
    pub takes_over: Option<AgentId>,
    /// It is for a person to say once the conversation was handed off, and not before.
    pub after_handoff: bool,
    /// Whether it promotes something; if nobody says, a template does and nothing else.
    pub marketing: Option<bool>,
    /// What may be sent to the person, all their contacts together.
    pub preferences: Preferences,
    /// The recipient of a broadcast that it is for.
    pub bulk: Option<Bulk>,
    /// It is asked for with a test key: everything but the sending.
    pub sandbox: bool,
    /// The canned reply that it was made from.
    pub canned: Option<CannedUse>,
}

impl SendMessage {
    /// To be sent at once, in answer to nothing.
    pub const fn now(content: Sendable) -> Self {
        let (reply_to, due_at, takes_over, marketing) = (None, None, None, None);
        let (after_handoff, preferences) = (false, Preferences::NONE);
        let (bulk, sandbox, canned) = (None, false, None);
        Self {
            content,
            reply_to,
            due_at,
            takes_over,
            after_handoff,
            marketing,
            preferences,
            bulk,
            sandbox,
            canned,
        }
    }

    /// What can be told of it before it is known whom it is for.
    fn check(&self, state: &State, now: i64) -> Result<(), Refusal> {
        if self.after_handoff && state.attention.handoff.is_none() {
            let detail =
                "this conversation was not handed off: its agent answers; hand it off first";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        if self
            .due_at
            .is_some_and(|at| !(now..=now + SCHEDULE_DAYS_MAX * DAY_SECONDS).contains(&at))
        {
            let detail = format!("must lie within the next {SCHEDULE_DAYS_MAX} days");
            return Err(Refusal::field("send_at", detail));
        }
        if self.content.kind() == REACTION && self.reply_to.is_none() {
            return Err(Refusal::field("reply_to", "names the message that is reacted to"));
        }
        Ok(())
    }
}

impl Command for SendMessage {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let contact = state.workable()?.contact;
        let now = ctx.now_seconds();
        self.check(state, now)?;
        let Self { content, reply_to, due_at, takes_over, marketing, preferences, .. } = self;
        let (bulk, sandbox, canned) = (self.bulk, self.sandbox, self.canned);
        let template = content.template().map(str::to_owned);
        let marketing = marketing.unwrap_or(template.is_some());
        let heard_at = state.outbox.heard_at;
        preferences.allow(Wish { marketing, template: template.is_some(), heard_at }, contact)?;
        if template.is_none() && !state.outbox.is_open(due_at.unwrap_or(now)) {
            return Err(window_closed(state, now));
        }
        if state.outbox.is_full(sandbox) {
            let detail = format!("{OUTBOX_MAX} messages of this conversation wait to be sent");
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        let message = MessageId(ctx.next_id());
        let kind = content.kind().to_owned();
        let media = content.attached().map(|attached| attached.media);
        let (text, fragment, made_of) = content.into_parts();
        let (template_id, choice, alongside) = match made_of {
            Some(made_of) => (Some(made_of.template), made_of.choice, made_of.next),
            None => (None, None, Vec::new()),
        };
        let requested = MessageRequested {
            message,
            kind,
            requested_at: now,
            reply_to,
            template,
            due_at,
            marketing,
            template_id,
            choice,
            bulk,
            sandbox,
            media,
            canned,
        };
        let content = MessageContent { text, fragment, alongside, ..MessageContent::default() };
        let requested = Decision::new(requested)
            .sealing(Personal {
                subject: contact.into(),
                content: Content::Message(Box::new(content)),
            })
            .claiming(ClaimKey::Message(message));
        // In the sandbox nobody writes.
        let takes_over = takes_over.filter(|_| !sandbox && due_at.is_none_or(|at| at <= now));
        let requested = match bulk {
            Some(bulk) => requested.claiming(ClaimKey::Turn(bulk.broadcast, bulk.recipient)),
            None => requested,
        };
        let agent = takes_over.filter(|_| state.attention.handoff.is_none());
        let handed_off = agent.map(|agent| {
            let reason = PERSON_TOOK_OVER.to_owned();
            Decision::new(HandoffTriggered { reason, at: now, agent: Some(agent) })
        });
        Ok(std::iter::once(requested).chain(handed_off).collect())
    }
}

/// Says until when anything could be sent, or can still be where it is asked for later.
fn window_closed(state: &State, now: i64) -> Refusal {
    let hours = |seconds: i64| seconds.max(0) / 3_600;
    let until = state.outbox.window_until();
    let since = match (state.outbox.heard_at, until) {
        (Some(_), Some(until)) if until > now => {
            let minutes = (until - now) / 60;
            format!(
                "anything can be sent for {minutes} minutes more, and not at the time of send_at; by then only a template can"
            )
        }
        (Some(at), Some(until)) => format!(
            "the customer last wrote {} hours ago, and anything could be sent until {} hours ago; now only a template can",
            hours(now - at),
            hours(now - until),
        ),
        _ => "the customer has not written here yet; only a template can be sent".to_owned(),
    };
    Refusal::new(RefusalCode::WindowClosed, format!("{since}, until they write again"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::contact::{PreferenceSource, Stop};
    use crate::conversation::fixtures::{CONTACT, deleted, heard, opened};
    use crate::conversation::outgoing::WINDOW_SECONDS;
    use crate::event::StreamKind;
    use crate::ids::BroadcastId;
    use crate::limits::TEXT_CHARS_MAX;
    use crate::testing::{NOW_SECONDS, drawn_id, given};

    fn send(text: &str) -> SendMessage {
        SendMessage::now(Sendable::text(text.into()).unwrap())
    }

    fn requested() -> MessageRequested {
        MessageRequested {
            message: MessageId(drawn_id(0)),
            kind: "text".into(),
            requested_at: NOW_SECONDS,
            ..MessageRequested::default()
        }
    }

    fn template() -> SendMessage {
        let element = serde_json::json!({ "name": "order_ready", "language": { "code": "en" } });
        SendMessage::now(Sendable::element("template", &element).unwrap())
    }

    #[test]
    fn the_intent_is_recorded_and_the_text_sealed_for_the_contact_as_it_is() {
        let text = " Olá! \n";
        let content = MessageContent { text: Some(text.into()), ..MessageContent::default() };
        given::<Conversation>([opened(), heard(NOW_SECONDS - 60)])
            .when(send(text))
            .then([requested().into()])
            .sealing([Personal {
                subject: CONTACT.into(),
                content: Content::Message(Box::new(content)),
            }])
            .claiming([ClaimKey::Message(MessageId(drawn_id(0)))]);
    }

    #[test]
    fn where_nobody_spoke_nothing_is_sent() {
        given::<Conversation>([]).when(send("Hello")).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(send("Hello"))
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn a_day_after_the_customer_wrote_only_templates_are_taken() {
        let last = NOW_SECONDS - WINDOW_SECONDS;
        given::<Conversation>([opened(), heard(last)])
            .when(send("Hello"))
            .refused(RefusalCode::WindowClosed);
        given::<Conversation>([opened()]).when(send("Hello")).refused(RefusalCode::WindowClosed);
        given::<Conversation>([opened(), heard(last + 1)])
            .when(send("Hello"))
            .then([requested().into()]);
        let asked = MessageRequested {
            kind: "template".into(),
            template: Some("order_ready".into()),
            marketing: true,
            ..requested()
        };
        given::<Conversation>([opened(), heard(last)]).when(template()).then([asked.into()]);
    }

    #[test]
    fn what_is_to_be_sent_later_must_be_allowed_then() {
        let later = |after: i64| SendMessage { due_at: Some(NOW_SECONDS + after), ..send("Hello") };
        let asked = MessageRequested { due_at: Some(NOW_SECONDS + 3_600), ..requested() };
        given::<Conversation>([opened(), heard(NOW_SECONDS)])
            .when(later(3_600))
            .then([asked.into()]);
        given::<Conversation>([opened(), heard(NOW_SECONDS)])
            .when(later(WINDOW_SECONDS))
            .refused(RefusalCode::WindowClosed)
            .saying("for 1440 minutes more, and not at the time of send_at");
        for out in [-1, (SCHEDULE_DAYS_MAX + 1) * DAY_SECONDS] {
            given::<Conversation>([opened(), heard(NOW_SECONDS)])
                .when(later(out))
                .refused(RefusalCode::InvalidField)
                .at("send_at");
        }
    }

    #[test]
    fn who_opted_out_of_marketing_gets_no_template_unless_it_is_said_to_be_none_of_it() {
        let stop = Stop { since: NOW_SECONDS - 9, source: PreferenceSource::Words };
        let preferences = Preferences { marketing: Some(stop), ..Preferences::default() };
        let to = |command: SendMessage| SendMessage { preferences, ..command };
        let begun = || [opened(), heard(NOW_SECONDS - 60)];
        given::<Conversation>(begun())
            .when(to(template()))
            .refused(RefusalCode::OptedOut)
            .because_of(StreamKind::Contact, CONTACT.0);
        given::<Conversation>(begun())
            .when(to(SendMessage { marketing: Some(true), ..send("Buy this") }))
            .refused(RefusalCode::OptedOut);
        given::<Conversation>(begun()).when(to(send("Yours is ready"))).then([requested().into()]);
        let asked = MessageRequested {
            kind: "template".into(),
            template: Some("order_ready".into()),
            ..requested()
        };
        given::<Conversation>(begun())
            .when(to(SendMessage { marketing: Some(false), ..template() }))
            .then([asked.into()]);
    }

    #[test]
    fn a_person_who_may_answer_after_a_hand_off_only_waits_for_it() {
        let say = || SendMessage { after_handoff: true, ..send("Hello") };
        given::<Conversation>([opened(), heard(NOW_SECONDS)])
            .when(say())
            .refused(RefusalCode::NotAllowedNow);
        let reason = PERSON_TOOK_OVER.to_owned();
        let handed_off = HandoffTriggered { reason, at: NOW_SECONDS, agent: None };
        given::<Conversation>([opened(), heard(NOW_SECONDS), handed_off.into()])
            .when(say())
            .then([requested().into()]);
    }

    #[test]
    fn a_recipient_of_a_broadcast_has_one_turn() {
        let bulk = Some(Bulk { broadcast: BroadcastId(Uuid::from_u128(5)), recipient: 3 });
        given::<Conversation>([opened(), heard(NOW_SECONDS - 60)])
            .when(SendMessage { bulk, ..send("To all of you") })
            .then([MessageRequested { bulk, ..requested() }.into()])
            .claiming([
                ClaimKey::Message(MessageId(drawn_id(0))),
                ClaimKey::Turn(BroadcastId(Uuid::from_u128(5)), 3),
            ]);
    }

    #[test]
    fn only_so_many_wait() {
        let waiting = (0..OUTBOX_MAX).map(|_| requested().into());
        let begun = [opened(), heard(NOW_SECONDS)].into_iter();
        given::<Conversation>(begun.chain(waiting))
            .when(send("One more"))
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(Sendable::text("ç".repeat(TEXT_CHARS_MAX).as_str().into()).is_ok());
        for bad in ["", " \n\t", &"x".repeat(TEXT_CHARS_MAX + 1)] {
            let refusal = Sendable::text(bad.into()).unwrap_err();
            assert_eq!((refusal.code, refusal.field), (RefusalCode::InvalidField, Some("text")));
        }
    }
}
