//! From what came of a question to the command that records it.

use convolog_answer::{HandOffReason, Outcome, PassageId, Reply};
use convolog_domain::conversation::{AgentReplied, Effort, PassageUsed, ReplyAsAgent, Sendable};
use convolog_domain::model_connection::TokenPrice;
use convolog_domain::{AgentId, MessageId, Sensitive};

use super::means::Means;

/// Passages that are recorded as looked at.
const PASSAGES_MAX: usize = 12;

/// What an agent does about a message.
pub(super) fn command(answered: MessageId, reply: Reply, means: &Means) -> ReplyAsAgent {
    let Reply { outcome, made } = reply;
    let (outcome, say, sources, sure, hand_off) = match outcome {
        Outcome::Answer { text, sources, sure, left } => {
            let sources = sources.iter().map(|source| used(&source.passage)).collect();
            // A person is needed for the rest.
            ("answer", Some(text), sources, sure, left.map(|reason| reason.code().to_owned()))
        }
        Outcome::SmallTalk { text, .. } => ("small_talk", Some(text), Vec::new(), true, None),
        Outcome::Unknown { text } => ("unknown", Some(text), Vec::new(), false, None),
        Outcome::HandOff { reason, text } => {
            ("handoff", Some(text), Vec::new(), false, Some(reason.code().to_owned()))
        }
    };
    let cost = |price: &TokenPrice| price.cost_millionths(made.tokens.input, made.tokens.output);
    ReplyAsAgent {
        reply: AgentReplied {
            agent: made.agent,
            version: made.agent_version,
            answered,
            message: None,
            at: 0,
            outcome: outcome.to_owned(),
            sure,
            sources,
            passages: made.passages.iter().take(PASSAGES_MAX).map(used).collect(),
            provider: made.provider.to_owned(),
            model: made.model,
            failed: made.failed.map(|(provider, code)| format!("{provider}: {code}")),
            effort: Effort {
                input_tokens: made.tokens.input,
                output_tokens: made.tokens.output,
                milliseconds: u64::try_from(made.duration.as_millis()).unwrap_or(u64::MAX),
                cost_millionths: means.price.as_ref().map_or(0, cost),
            },
            connection: means.connection,
        },
        say: say.and_then(said),
        hand_off,
    }
}

/// A person is needed, and nothing was looked up.
pub(super) fn hand_off(answered: MessageId, agent: (AgentId, u32), reason: &str) -> ReplyAsAgent {
    ReplyAsAgent {
        reply: AgentReplied {
            agent: agent.0,
            version: agent.1,
            answered,
            message: None,
            at: 0,
            outcome: "handoff".to_owned(),
            sure: false,
            sources: Vec::new(),
            passages: Vec::new(),
            provider: "none".to_owned(),
            model: None,
            failed: None,
            effort: Effort::default(),
            connection: None,
        },
        say: None,
        hand_off: Some(reason.to_owned()),
    }
}

/// The reason for which the other side is taken for a machine.
pub(super) const fn loop_guard() -> &'static str {
    HandOffReason::LoopGuard.code()
}

/// Nothing to say is said by nothing.
fn said(text: Sensitive) -> Option<Sendable> {
    Sendable::text(text).ok()
}

fn used(passage: &PassageId) -> PassageUsed {
    PassageUsed { document: passage.document, version: passage.version, number: passage.number }
}
