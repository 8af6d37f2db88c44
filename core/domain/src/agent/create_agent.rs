//! Make an agent.

use super::{Agent, AgentCreated, AgentSettings, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::WorkspaceId;
use crate::limits::INSTRUCTIONS_CHARS_MAX;
use crate::personal::{Content, NoteContent, Personal};
use crate::refusal::{Refusal, RefusalCode};

/// A draft, version 1: it answers nobody before it is published. Instructions are sealed under the
/// workspace's own key.
///
/// Who: a key with the scope `manage`. Refuses: an agent that was made before (`already_exists`),
/// settings that cannot be, instructions longer than [`INSTRUCTIONS_CHARS_MAX`] characters. That
/// its channels exist stands in other streams; the caller looks there.
#[derive(Clone, Debug)]
pub struct CreateAgent {
    /// Whose agent: its key seals the instructions.
    pub workspace: WorkspaceId,
    /// What it is set to.
    pub settings: AgentSettings,
    /// What it is told about its work; may be empty.
    pub instructions: Sensitive,
}

impl Command for CreateAgent {
    type Aggregate = Agent;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.newest().is_some() {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this agent was made before"));
        }
        let created = AgentCreated { settings: self.settings.checked()? };
        Ok(vec![Decision::new(created).sealing(sealed(self.workspace, self.instructions)?)])
    }
}

/// Instructions as they are sealed.
pub(super) fn sealed(workspace: WorkspaceId, text: Sensitive) -> Result<Personal, Refusal> {
    if text.expose().chars().count() > INSTRUCTIONS_CHARS_MAX {
        let detail = format!("takes at most {INSTRUCTIONS_CHARS_MAX} characters");
        return Err(Refusal::field("instructions", detail));
    }
    let content = Content::Instructions(NoteContent { text });
    Ok(Personal { subject: workspace.into(), content })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::fixtures::{DESK, SHOP, WORKSPACE, created, settings};
    use crate::agent::{HandoffRules, OpenHours, ReplyLimits};
    use crate::limits::{AGENT_CHANNELS_MAX, COALESCE_MILLISECONDS_MAX, MODEL_PROVIDERS};
    use crate::testing::given;

    fn create(settings: AgentSettings) -> CreateAgent {
        CreateAgent { workspace: WORKSPACE, settings, instructions: "Be brief.".into() }
    }

    #[test]
    fn a_draft_is_made_and_its_instructions_sealed() {
        let channels = [SHOP, DESK, SHOP];
        given::<Agent>([])
            .when(create(AgentSettings { name: " Mia ".into(), ..settings(&channels) }))
            .then([created(&[DESK, SHOP]).into()])
            .sealing([Personal {
                subject: WORKSPACE.into(),
                content: Content::Instructions(NoteContent { text: "Be brief.".into() }),
            }])
            .claiming([]);
    }

    #[test]
    fn an_agent_is_made_once() {
        given::<Agent>([created(&[])])
            .when(create(settings(&[])))
            .refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn an_unknown_provider_is_refused_with_those_there_are() {
        given::<Agent>([])
            .when(create(AgentSettings { provider: "oracle".into(), ..settings(&[]) }))
            .refused(RefusalCode::InvalidField)
            .at("provider")
            .allowing(MODEL_PROVIDERS);
    }

    #[test]
    fn each_bad_setting_is_named() {
        let fine = || settings(&[]);
        let hours = |day, opens, closes| AgentSettings {
            time_zone: Some("Europe/Berlin".into()),
            business_hours: vec![OpenHours { day, opens, closes }],
            ..fine()
        };
        let many: Vec<_> = (0..=AGENT_CHANNELS_MAX).map(|n| crate::ChannelId(uuid(n))).collect();
        let coalesce_milliseconds = COALESCE_MILLISECONDS_MAX + 1;
        let replies = ReplyLimits { coalesce_milliseconds, ..fine().replies };
        for (field, bad) in [
            ("name", AgentSettings { name: String::new(), ..fine() }),
            ("model", AgentSettings { model: Some(String::new()), ..fine() }),
            ("temperature_percent", AgentSettings { temperature_percent: Some(201), ..fine() }),
            ("max_tokens", AgentSettings { max_tokens: Some(0), ..fine() }),
            ("language", AgentSettings { language: Some("pt BR".into()), ..fine() }),
            ("time_zone", AgentSettings { time_zone: Some(String::new()), ..fine() }),
            ("time_zone", AgentSettings { time_zone: None, ..hours(1, 0, 60) }),
            ("business_hours", hours(0, 0, 60)),
            ("business_hours", hours(8, 0, 60)),
            ("business_hours", hours(1, 60, 60)),
            ("business_hours", hours(1, 0, 1441)),
            ("channels", settings(&many)),
            ("replies.coalesce_milliseconds", AgentSettings { replies, ..fine() }),
        ] {
            given::<Agent>([]).when(create(bad)).refused(RefusalCode::InvalidField).at(field);
        }
        given::<Agent>([]).when(create(hours(7, 0, 1440))).decided();
        let instructions = "x".repeat(INSTRUCTIONS_CHARS_MAX + 1).as_str().into();
        given::<Agent>([])
            .when(CreateAgent { instructions, ..create(fine()) })
            .refused(RefusalCode::InvalidField)
            .at("instructions");
    }

    #[test]
    fn usually_a_person_takes_over_when_asked_for() {
        let HandoffRules { on_request, .. } = AgentSettings::named("Mia").handoff;
        assert!(on_request);
    }

    fn uuid(n: usize) -> uuid::Uuid {
        crate::testing::drawn_id(n)
    }
}
