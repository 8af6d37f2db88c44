//! Plan to say something to many people.

use super::fill::placeholders;
use super::{Broadcast, BroadcastCreated, State};
use crate::conversation::Sendable;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{ChannelId, SubjectId, WorkspaceId};
use crate::limits::{BROADCAST_PARAMETERS_MAX, BROADCAST_PER_MINUTE_MAX, SLUG_CHARS_MAX};
use crate::personal::{Content, MessageContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// A broadcast in draft: nothing is said before it is started. In every text of the message
/// `{{name}}` is filled in for each recipient.
///
/// Who: a key with the scope `write`. Refuses: one that exists (`already_exists`), a name that is not 1
/// to 100 characters on one line, a reaction, more than [`BROADCAST_PARAMETERS_MAX`] names to fill in or
/// one that is no word, a pace that is not 1 to [`BROADCAST_PER_MINUTE_MAX`] a minute. That the channel
/// is connected stands in another stream; the caller looks there.
#[derive(Clone, Debug)]
pub struct CreateBroadcast {
    /// For whom what is said is sealed until it is said.
    pub workspace: WorkspaceId,
    /// What its people call it.
    pub name: String,
    /// With which number.
    pub channel: ChannelId,
    /// What to say, as it is before it is filled in.
    pub content: Sendable,
    /// A template as it was asked for: which one it is made of is looked up when a recipient has their
    /// turn.
    pub template: Option<serde_json::Value>,
    /// Whether it promotes something; if nobody says, its template does, or it does.
    pub marketing: Option<bool>,
    /// At most so many messages a minute.
    pub per_minute: Option<u32>,
    /// It is made with a test key: nobody is sent anything.
    pub sandbox: bool,
}

impl Command for CreateBroadcast {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self {
            workspace,
            name,
            channel,
            content,
            template: asked,
            marketing,
            per_minute,
            sandbox,
        } = self;
        if state.created.is_some() {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this broadcast exists"));
        }
        let name = validate::name("name", &name)?;
        if content.kind() == "reaction" {
            return Err(Refusal::field("type", "a reaction answers one message of one person"));
        }
        if per_minute.is_some_and(|pace| !(1..=BROADCAST_PER_MINUTE_MAX).contains(&pace)) {
            let detail = format!("must be 1 to {BROADCAST_PER_MINUTE_MAX}");
            return Err(Refusal::field("per_minute", detail));
        }
        let kind = content.kind().to_owned();
        let template = content.template().map(str::to_owned);
        let (text, fragment, _) = content.into_parts();
        let (text, fragment) = match asked {
            // What a person reads of it is known when it is filled in.
            Some(asked) => (None, Some(Sensitive::from(asked.to_string()))),
            None => (text, fragment),
        };
        let parameters = placeholders(fragment.as_ref().or(text.as_ref()))?;
        if parameters.len() > BROADCAST_PARAMETERS_MAX {
            let detail = format!("has at most {BROADCAST_PARAMETERS_MAX} names to fill in");
            return Err(Refusal::field("message", detail));
        }
        for parameter in &parameters {
            name_of(parameter)?;
        }
        let content = MessageContent { text, fragment, ..MessageContent::default() };
        let created = BroadcastCreated {
            name,
            channel,
            kind,
            template,
            marketing,
            per_minute,
            parameters,
            sandbox,
        };
        Ok(vec![Decision::new(created).sealing(Personal {
            subject: SubjectId::from(workspace),
            content: Content::Message(Box::new(content)),
        })])
    }
}

/// The name of something that is filled in stands in the clear, so it is a word or a number.
pub(super) fn name_of(name: &str) -> Result<(), Refusal> {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    if (1..=SLUG_CHARS_MAX).contains(&name.len()) && name.bytes().all(plain) {
        return Ok(());
    }
    Err(Refusal::field(
        "parameters",
        format!(
            "what is filled in has a name of 1 to {SLUG_CHARS_MAX} lower-case letters, digits and \
             underscores"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{CHANNEL, WORKSPACE, created};
    use crate::testing::given;

    fn create(text: &str) -> CreateBroadcast {
        CreateBroadcast {
            workspace: WORKSPACE,
            name: "Spring".into(),
            channel: CHANNEL,
            content: Sendable::text(text.into()).unwrap(),
            template: None,
            marketing: Some(true),
            per_minute: Some(600),
            sandbox: false,
        }
    }

    #[test]
    fn what_is_said_is_sealed_and_what_is_filled_in_is_named() {
        let text = "Hello {{first_name}}, {{ offer }} for {{first_name}}!";
        let event = BroadcastCreated {
            name: "Spring".into(),
            channel: CHANNEL,
            kind: "text".into(),
            template: None,
            marketing: Some(true),
            per_minute: Some(600),
            parameters: vec!["first_name".into(), "offer".into()],
            sandbox: false,
        };
        let content = MessageContent { text: Some(text.into()), ..MessageContent::default() };
        given::<Broadcast>([]).when(create(text)).then([event.into()]).sealing([Personal {
            subject: WORKSPACE.into(),
            content: Content::Message(Box::new(content)),
        }]);
    }

    #[test]
    fn a_template_is_kept_as_it_was_asked_for() {
        let element = serde_json::json!({ "name": "order_ready", "language": { "code": "en" } });
        let asked = serde_json::json!({
            "name": "order_ready", "language": "en", "parameters": { "who": "{{first_name}}" },
        });
        let content = Sendable::element("template", &element).unwrap();
        let command = CreateBroadcast {
            content,
            template: Some(asked.clone()),
            marketing: None,
            ..create("x")
        };
        let event = BroadcastCreated {
            name: "Spring".into(),
            channel: CHANNEL,
            kind: "template".into(),
            template: Some("order_ready".into()),
            marketing: None,
            per_minute: Some(600),
            parameters: vec!["first_name".into()],
            sandbox: false,
        };
        let fragment = Some(asked.to_string().as_str().into());
        let content = MessageContent { fragment, ..MessageContent::default() };
        given::<Broadcast>([]).when(command).then([event.into()]).sealing([Personal {
            subject: WORKSPACE.into(),
            content: Content::Message(Box::new(content)),
        }]);
    }

    #[test]
    fn it_promotes_something_unless_somebody_or_its_template_says_otherwise() {
        let said = |marketing| State {
            created: Some(BroadcastCreated {
                name: "Spring".into(),
                channel: CHANNEL,
                kind: "text".into(),
                template: None,
                marketing,
                per_minute: None,
                parameters: vec![],
                sandbox: false,
            }),
            ..State::default()
        };
        assert!(said(None).promotes(None) && said(None).promotes(Some(true)));
        assert!(!said(None).promotes(Some(false)));
        assert!(!said(Some(false)).promotes(Some(true)) && said(Some(true)).promotes(Some(false)));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let reaction = serde_json::json!({ "emoji": "👍" });
        let reaction = Sendable::element("reaction", &reaction).unwrap();
        for (command, field) in [
            (CreateBroadcast { name: " ".into(), ..create("x") }, "name"),
            (CreateBroadcast { per_minute: Some(0), ..create("x") }, "per_minute"),
            (CreateBroadcast { content: reaction, ..create("x") }, "type"),
            (create("Hello {{First Name}}"), "parameters"),
            (create("Hello {{name"), "message"),
        ] {
            given::<Broadcast>([]).when(command).refused(RefusalCode::InvalidField).at(field);
        }
        given::<Broadcast>([created()]).when(create("x")).refused(RefusalCode::AlreadyExists);
    }
}
