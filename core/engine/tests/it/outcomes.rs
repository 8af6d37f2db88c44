//! What became of an attempt is recorded, whatever else it should lead to.

use convolog_domain::conversation::{
    self, AgentReplied, Answer, DeleteConversation, Effort, ReplyAsAgent, Sendable, SettleAttempt,
    Settled,
};
use convolog_domain::{AgentId, ConversationId, Event, MessageId, StatusContent};
use convolog_engine::Caller;
use uuid::Uuid;

use crate::world::{NOW, World, messages, status, text};

const CUSTOMER: &str = "16505551234";

/// An agent's answer to what the customer wrote.
fn reply(answered: MessageId) -> ReplyAsAgent {
    let reply = AgentReplied {
        agent: AgentId(Uuid::from_u128(5)),
        version: 1,
        answered,
        message: None,
        at: 0,
        outcome: "answer".to_owned(),
        sure: true,
        sources: vec![],
        passages: vec![],
        provider: "built_in".to_owned(),
        model: None,
        failed: None,
        effort: Effort::default(),
        connection: None,
    };
    let say = Sendable::text("We open at nine.".into()).unwrap();
    ReplyAsAgent { reply, say: Some(say), hand_off: None }
}

#[tokio::test]
async fn an_answer_that_failed_in_a_deleted_conversation_is_settled_all_the_same() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    world.post(clinic, &messages(clinic, &text(CUSTOMER, "A", NOW, "When do you open?"))).await;
    let heard = world.events(clinic.workspace).into_iter().find_map(|event| match event.event {
        Event::Conversation(conversation::Event::MessageReceived(received)) => {
            Some((ConversationId(event.stream.id), received.facts.message))
        }
        _ => None,
    });
    let (talk, asked) = heard.unwrap();
    let (engine, caller) = (&world.engine, Caller::system(clinic.workspace));
    let done = engine.execute(&caller, talk.0, reply(asked)).await.unwrap();
    let message = done.events.iter().find_map(|event| match event {
        Event::Conversation(conversation::Event::MessageRequested(asked)) => Some(asked.message),
        _ => None,
    });
    let message = message.unwrap();
    assert!(engine.begin_attempt(&caller, talk, message).await.unwrap());
    // That it failed is told before the answer to the attempt is recorded.
    world.post(clinic, &messages(clinic, &status(CUSTOMER, "B", NOW, "failed"))).await;
    let delete = DeleteConversation { conversation: talk };
    engine.execute(&caller, talk.0, delete).await.unwrap();
    let platform = engine.platform_message(clinic.workspace, clinic.channel, "wamid.B").unwrap();
    let answer = Answer::Accepted { platform, settled: Settled::Answer };
    let words = StatusContent::default();
    let command = SettleAttempt { message, answer, words, emoji: None, fallback: None };
    engine.settle_attempt(&caller, talk, command).await.unwrap();
    let names = world.names(clinic.workspace, &["conversation"]);
    assert_eq!(names[names.len() - 2..], ["message_accepted", "status_received"], "{names:?}");
}
