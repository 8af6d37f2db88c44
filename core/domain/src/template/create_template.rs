//! Ask the platform to make a template.

use super::{State, Template, TemplateDraft, TemplateRequested};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::limits::TEMPLATE_CREATIONS_AN_HOUR;
use crate::personal::{Content, FragmentContent, Personal};
use crate::refusal::{LimitReached, Refusal, RefusalCode};

/// Seconds of an hour.
const HOUR: i64 = 3_600;

/// A template is to be made: the intent, before anything is sent. What the platform decides, it says
/// by its answer and, within a day, by a notice.
///
/// Who: a key with the scope `manage`. Refuses: a template that is there (`already_exists`), what the
/// platform would refuse, and more than [`TEMPLATE_CREATIONS_AN_HOUR`] an hour of one business account
/// (`platform_limit_reached`).
#[derive(Clone, Debug)]
pub struct CreateTemplate {
    /// Whose template: its key seals the components.
    pub workspace: WorkspaceId,
    /// What it is to be.
    pub draft: TemplateDraft,
    /// It is asked for with a test key: everything but the making.
    pub sandbox: bool,
    /// A place among the creations of this hour that nobody has; none if all are taken.
    pub place: Option<u32>,
}

impl CreateTemplate {
    /// The hour in which a creation counts.
    pub const fn hour(now_seconds: i64) -> i64 {
        now_seconds.div_euclid(HOUR)
    }
}

impl Command for CreateTemplate {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let shape = self.draft.checked()?;
        if state.is_there() && !state.can_be_made_again() {
            let detail =
                "there is a template of this name and language; take another name, or delete it";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let now = ctx.now_seconds();
        let hour = Self::hour(now);
        let Some(place) = self.place else { return Err(too_many(now, hour)) };
        let TemplateDraft { key, category, components } = self.draft;
        let claim = ClaimKey::TemplateCreation(key.waba_id.clone(), hour, place);
        let requested = TemplateRequested {
            template: key,
            category,
            shape,
            requested_at: now,
            sandbox: self.sandbox,
        };
        let fragment = components.to_string().into();
        let content = Content::Fragment(FragmentContent { fragment, alongside: Vec::new() });
        let personal = Personal { subject: self.workspace.into(), content };
        Ok(vec![Decision::new(requested).sealing(personal).claiming(claim)])
    }
}

fn too_many(now: i64, hour: i64) -> Refusal {
    let resets_at = (hour + 1) * HOUR;
    let most = u64::from(TEMPLATE_CREATIONS_AN_HOUR);
    let detail =
        format!("the platform takes {most} new templates of a business account in an hour");
    let limit = LimitReached {
        limit: "template_creations",
        used: most,
        allowed: most,
        resets_at: Some(resets_at),
        resets_in: u64::try_from(resets_at - now).ok(),
    };
    let refusal = Refusal::new(RefusalCode::PlatformLimitReached, detail);
    Refusal { limit: Some(Box::new(limit)), ..refusal }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::fixtures::{KEY, WORKSPACE, draft, recorded, requested};
    use crate::testing::{NOW_SECONDS, given};

    fn create() -> CreateTemplate {
        CreateTemplate { workspace: WORKSPACE, draft: draft(), sandbox: false, place: Some(7) }
    }

    #[test]
    fn the_intent_is_recorded_with_a_place_of_its_hour() {
        let hour = NOW_SECONDS.div_euclid(3_600);
        let decided = given::<Template>([]).when(create()).then([requested().into()]);
        decided.claiming([ClaimKey::TemplateCreation(KEY().waba_id, hour, 7)]);
    }

    #[test]
    fn what_is_there_is_not_made_again() {
        given::<Template>([recorded()]).when(create()).refused(RefusalCode::AlreadyExists);
        given::<Template>([requested()]).when(create()).refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn an_hour_has_so_many_places() {
        let full = CreateTemplate { place: None, ..create() };
        let refused = given::<Template>([]).when(full).refused(RefusalCode::PlatformLimitReached);
        assert!(refused.0.limit.as_ref().is_some_and(|limit| limit.resets_in.is_some()));
    }
}
