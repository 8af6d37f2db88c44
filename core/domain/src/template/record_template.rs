//! Take note of a template as the platform's list shows it.

use serde_json::Value;

use super::{Shape, State, Template, TemplateKey, TemplateRecorded, word};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Hash32;
use crate::ids::WorkspaceId;
use crate::personal::{Content, FragmentContent, Personal};
use crate::refusal::Refusal;

/// A template as the platform's list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// What it is known by.
    pub key: TemplateKey,
    /// The platform's id of it.
    pub platform_id: String,
    /// Its category, in the platform's word.
    pub category: String,
    /// Its status, in the platform's word.
    pub status: String,
    /// Why it was rejected, in the platform's word.
    pub reason: Option<String>,
    /// Its quality, in the platform's word.
    pub quality: Option<String>,
    /// Its components, as the platform lists them.
    pub components: Value,
    /// Keyed hash of the components.
    pub fragment: Hash32,
}

/// The platform's list shows a template so. What is known already is not recorded again.
///
/// Who: whoever reads the platform's list. Refuses nothing.
#[derive(Clone, Debug)]
pub struct RecordTemplate {
    /// Whose list: its key seals the components.
    pub workspace: WorkspaceId,
    /// What it shows.
    pub seen: Seen,
}

impl Command for RecordTemplate {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Seen { key, platform_id, category, status, reason, quality, components, fragment } =
            self.seen;
        let none = |reason: &String| reason.is_empty() || reason == "none";
        let recorded = TemplateRecorded {
            shape: Shape::of(&components),
            template: key,
            platform_id: platform_id.chars().take(64).collect(),
            category: word(&category),
            status: word(&status),
            reason: reason.as_deref().map(word).filter(|reason| !none(reason)),
            quality: quality.as_deref().map(word),
            fragment,
            at: ctx.now_seconds(),
        };
        if is_known(state, &recorded) {
            return Ok(Vec::new());
        }
        let content =
            FragmentContent { fragment: components.to_string().into(), alongside: Vec::new() };
        let personal =
            Personal { subject: self.workspace.into(), content: Content::Fragment(content) };
        Ok(vec![Decision::new(recorded).sealing(personal)])
    }
}

/// Whether a telling of the platform adds nothing.
fn is_known(state: &State, seen: &TemplateRecorded) -> bool {
    let quality = state.quality.as_ref().map(|told| told.word.as_str());
    state.platform_id.as_ref() == Some(&seen.platform_id)
        && state.status() == Some(&seen.status)
        && state.category() == Some(&seen.category)
        // A notice tells the reason more closely than the list does.
        && (state.reason.is_some() || seen.reason.is_none())
        && seen.quality.as_deref().is_none_or(|seen| quality == Some(seen))
        && state.fragment == Some(seen.fragment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::fixtures::{WORKSPACE, changed, recorded, seen};
    use crate::testing::{NOW_SECONDS, given};

    fn record(seen: Seen) -> RecordTemplate {
        RecordTemplate { workspace: WORKSPACE, seen }
    }

    #[test]
    fn what_is_new_is_recorded_and_its_text_sealed() {
        let text = seen().components.to_string();
        let content = FragmentContent { fragment: text.into(), alongside: vec![] };
        given::<Template>([])
            .when(record(seen()))
            .then([recorded().into()])
            .sealing([Personal { subject: WORKSPACE.into(), content: Content::Fragment(content) }]);
    }

    #[test]
    fn what_is_known_is_not_recorded_again() {
        given::<Template>([recorded()]).when(record(seen())).then([]);
        let none = Seen { reason: Some("NONE".into()), ..seen() };
        given::<Template>([recorded()]).when(record(none)).then([]);
    }

    #[test]
    fn whatever_differs_is_recorded() {
        for other in [
            Seen { status: "PAUSED".into(), ..seen() },
            Seen { category: "MARKETING".into(), ..seen() },
            Seen { quality: Some("RED".into()), ..seen() },
            Seen { fragment: Hash32([2; 32]), ..seen() },
            Seen { platform_id: "1".into(), ..seen() },
        ] {
            let decided = given::<Template>([recorded()]).when(record(other)).decided();
            assert_eq!(decided.0.len(), 1);
        }
        // It is approved again: the list says so before a notice does.
        let history = [recorded(), changed("paused", NOW_SECONDS - 1)];
        given::<Template>(history).when(record(seen())).then([]);
        let history = [recorded(), changed("paused", NOW_SECONDS + 1)];
        assert_eq!(given::<Template>(history).when(record(seen())).decided().0.len(), 1);
    }
}
