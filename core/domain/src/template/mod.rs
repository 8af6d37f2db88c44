//! A message template of a business account: what the platform approved, and what it says of it.
//!
//! A template is known by its account, its name and its language, whoever made it. What the platform
//! says of it are facts with times; what is shown is the newest of each kind, so that no order in
//! which they reach us matters. Its texts are sealed under the workspace's own key; what a decision
//! needs of them (which parameters, which buttons) is worked out while the text is in hand and
//! recorded as its [`Shape`].

mod begin_creation;
mod create_template;
mod draft;
mod fill;
#[cfg(test)]
mod fixtures;
mod note_status;
mod record_absence;
mod record_template;
mod request_deletion;
mod settle_creation;
mod settle_deletion;
mod shape;
mod template_events;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::refusal::{Refusal, RefusalCode};

pub use begin_creation::BeginCreation;
pub use create_template::CreateTemplate;
pub use draft::TemplateDraft;
pub(crate) use draft::is_name;
pub use fill::{Filling, shown};
pub use note_status::NoteStatus;
pub use record_absence::RecordAbsence;
pub use record_template::{RecordTemplate, Seen};
pub use request_deletion::RequestDeletion;
pub use settle_creation::{CreationAnswer, SettleCreation};
pub use settle_deletion::{DeletionAnswer, SettleDeletion};
pub use shape::{Button, Shape};
pub use template_events::{
    Absence, TemplateAccepted, TemplateCategoryChanged, TemplateComponentsChanged, TemplateDeleted,
    TemplateDeletionRefused, TemplateDeletionRequested, TemplateQualityChanged, TemplateRecorded,
    TemplateRefused, TemplateRequested, TemplateStatusChanged, TemplateSubmitted,
    TemplateUnanswered,
};

/// The status of a template that the platform lets through.
pub const APPROVED: &str = "approved";
/// The status of a template that is not there any more.
pub const DELETED: &str = "deleted";
/// The status of a template that the platform was not asked to make yet.
const QUEUED: &str = "queued";
/// The status of a template that the platform did not take.
const REFUSED: &str = "refused";
/// Seconds by which the platform's clock may be behind ours.
const SKEW_SECONDS: i64 = 60;
/// Statuses in which the platform refuses a template. Whether it does in one that is not known, it
/// says itself.
const NOT_SENDABLE: [&str; 13] = [
    "missing",
    QUEUED,
    REFUSED,
    "pending",
    "rejected",
    "paused",
    "disabled",
    "in_appeal",
    "archived",
    "locked",
    "limit_exceeded",
    "pending_deletion",
    DELETED,
];
/// Characters of a word of the platform (a status, a reason, a category) that are kept.
const WORD_CHARS_MAX: usize = 60;

/// What a template is known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateKey {
    /// The platform's id of the business account.
    pub waba_id: String,
    /// Its name.
    pub name: String,
    /// Its language, as the platform writes it: `en_US`, `pt_BR`, `de`.
    pub language: String,
}

/// The platform's word as it is recorded: in lower case.
pub fn word(platform: &str) -> String {
    let word: String = platform.trim().to_lowercase().chars().take(WORD_CHARS_MAX).collect();
    match word.as_str() {
        // It is as it was before.
        "reinstated" => APPROVED.to_owned(),
        _ => word,
    }
}

events! {
    /// What happened to a template.
    Template {
        1 "template_requested" @1 TemplateRequested(TemplateRequested) seals [Fragment]
            by [create_template::CreateTemplate],
        2 "template_submitted" @1 TemplateSubmitted(TemplateSubmitted)
            by [begin_creation::BeginCreation],
        3 "template_accepted" @1 TemplateAccepted(TemplateAccepted)
            by [settle_creation::SettleCreation],
        4 "template_refused" @1 TemplateRefused(TemplateRefused) seals [Status]
            by [settle_creation::SettleCreation],
        5 "template_unanswered" @1 TemplateUnanswered(TemplateUnanswered)
            by [settle_creation::SettleCreation],
        6 "template_recorded" @1 TemplateRecorded(TemplateRecorded) seals [Fragment]
            by [record_template::RecordTemplate],
        7 "template_status_changed" @1 TemplateStatusChanged(TemplateStatusChanged)
            seals [Fragment] by [intake, note_status::NoteStatus],
        8 "template_quality_changed" @1 TemplateQualityChanged(TemplateQualityChanged)
            by [intake],
        9 "template_category_changed" @1 TemplateCategoryChanged(TemplateCategoryChanged)
            by [intake],
        10 "template_components_changed" @1 TemplateComponentsChanged(TemplateComponentsChanged)
            seals [Fragment] by [intake],
        11 "template_deletion_requested" @1 TemplateDeletionRequested(TemplateDeletionRequested)
            by [request_deletion::RequestDeletion],
        12 "template_deleted" @1 TemplateDeleted(TemplateDeleted) by [
            record_absence::RecordAbsence, request_deletion::RequestDeletion,
            settle_deletion::SettleDeletion
        ],
        13 "template_deletion_refused" @1 TemplateDeletionRefused(TemplateDeletionRefused)
            by [settle_deletion::SettleDeletion],
    }
}

/// A word of the platform, and when it said so.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Told {
    /// When (seconds since 1970).
    pub at: i64,
    /// What.
    pub word: String,
}

impl Told {
    /// The newer of two facts, whichever reached us first.
    fn newer(told: &mut Option<Self>, at: i64, word: &str) -> bool {
        let news = Self { at, word: word.to_owned() };
        let order = |told: &Self| (told.at, told.word != "pending", told.word.clone());
        if told.as_ref().is_some_and(|known| order(known) > order(&news)) {
            return false;
        }
        *told = Some(news);
        true
    }
}

/// How far the making of a template has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CreationStage {
    /// It waits for this time (seconds since 1970).
    Waiting {
        /// Not before.
        not_before: i64,
    },
    /// It was handed to the platform at this time (seconds since 1970); the answer is open.
    Attempted {
        /// When.
        at: i64,
    },
    /// There was no answer; the platform's list is looked at then (seconds since 1970).
    Unanswered {
        /// When.
        until: i64,
    },
}

/// The making of a template whose outcome is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Creation {
    /// Attempts so far.
    pub attempts: u32,
    /// How far it has come.
    pub stage: CreationStage,
}

/// The deletion of a template whose outcome is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Deletion {
    /// Attempts so far.
    pub attempts: u32,
    /// Not before (seconds since 1970).
    pub not_before: i64,
}

/// What the platform is to be asked next of a template.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NextStep {
    /// Nothing.
    Nothing,
    /// Look again then (seconds since 1970).
    At(i64),
    /// To make it.
    Submit,
    /// It was handed over and nobody took note of an answer.
    Answer,
    /// Whether it has it.
    Look,
    /// To delete it.
    Delete,
}

/// What the history of a template amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// What it is known by; none before anything was heard of it.
    pub key: Option<TemplateKey>,
    /// The platform's id of it.
    pub platform_id: Option<String>,
    /// Its status.
    pub status: Option<Told>,
    /// Why it has that status.
    pub reason: Option<String>,
    /// The number within the stream of the event that holds the platform's words about the status.
    pub words_at: Option<u64>,
    /// Its category.
    pub category: Option<Told>,
    /// Its quality.
    pub quality: Option<Told>,
    /// What it is made of.
    #[serde(with = "shape::whole")]
    pub shape: Option<Shape>,
    /// When that was so (seconds since 1970).
    pub shape_told_at: i64,
    /// Keyed hash of its components as they were last read whole.
    pub fragment: Option<Hash32>,
    /// The number within the stream of the event that holds its components.
    pub components_at: Option<u64>,
    /// Events in the stream.
    pub events: u64,
    /// When the platform took it, if it was made here (seconds since 1970).
    pub accepted_at: i64,
    /// The making of it, while its outcome is open.
    pub creation: Option<Creation>,
    /// The deletion of it, while its outcome is open.
    pub deletion: Option<Deletion>,
    /// It was made with a test key: the platform does not have it.
    pub sandbox: bool,
}

impl State {
    /// Whether it is known and not gone.
    pub fn is_there(&self) -> bool {
        self.key.is_some() && self.status() != Some(DELETED)
    }

    /// Its status, if it is known.
    pub fn status(&self) -> Option<&str> {
        self.status.as_ref().map(|told| told.word.as_str())
    }

    /// Its category, if it is known.
    pub fn category(&self) -> Option<&str> {
        self.category.as_ref().map(|told| told.word.as_str())
    }

    /// Whether it may be sent to people who take no advertisements: everything but marketing, of what
    /// is known. What is not known counts as marketing.
    pub fn is_marketing(&self) -> bool {
        !matches!(self.category(), Some("utility" | "authentication" | "service"))
    }

    /// Whether the platform takes messages made of it, as far as it is known.
    pub fn is_sendable(&self) -> bool {
        !self.status().is_some_and(|status| NOT_SENDABLE.contains(&status))
    }

    /// What it is known by, if it is there.
    fn existing(&self) -> Result<&TemplateKey, Refusal> {
        self.key
            .as_ref()
            .filter(|_| self.is_there())
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such template"))
    }

    /// Whether the platform never got it, so that it can be made again as something else.
    fn can_be_made_again(&self) -> bool {
        self.creation.is_none() && self.status() == Some(REFUSED)
    }

    /// Whether nothing of it ever left.
    fn never_left(&self) -> bool {
        let waits = |creation: &Creation| creation.attempts == 0;
        self.sandbox || self.can_be_made_again() || self.creation.as_ref().is_some_and(waits)
    }

    /// What the platform is to be asked next at `now` (seconds since 1970).
    pub fn next(&self, now: i64) -> NextStep {
        let due = |at: i64, step| if at <= now { step } else { NextStep::At(at) };
        match (&self.creation, &self.deletion) {
            (Some(Creation { stage: CreationStage::Waiting { not_before }, .. }), _) => {
                due(*not_before, NextStep::Submit)
            }
            (Some(Creation { stage: CreationStage::Attempted { .. }, .. }), _) => NextStep::Answer,
            (Some(Creation { stage: CreationStage::Unanswered { until }, .. }), _) => {
                due(*until, NextStep::Look)
            }
            (None, Some(deletion)) => due(deletion.not_before, NextStep::Delete),
            (None, None) => NextStep::Nothing,
        }
    }

    /// Why nothing can be sent with it, if nothing can.
    ///
    /// # Errors
    /// `template_unavailable`, if the platform would refuse it.
    pub fn sendable(&self) -> Result<(), Refusal> {
        let detail = match self.status() {
            _ if self.sandbox => {
                "it was made with a test key: the platform does not have it".to_owned()
            }
            Some(status) if !self.is_sendable() => {
                let because = self.reason.as_ref().map(|reason| format!(" ({reason})"));
                format!("its status is {status}{}", because.unwrap_or_default())
            }
            _ => return Ok(()),
        };
        let name = self.key.as_ref().map(|key| format!("{} in {}", key.name, key.language));
        let detail = format!(
            "the template {} cannot be sent: {detail}; take another, or have the templates read again",
            name.unwrap_or_default()
        );
        Err(Refusal::new(RefusalCode::TemplateUnavailable, detail))
    }

    /// What it is from here on, whatever was heard of it before.
    fn begins(&mut self, status: &str, at: i64) {
        self.status = Some(Told { at, word: status.to_owned() });
        self.reason = None;
        self.words_at = None;
    }

    fn requested(&mut self, requested: &TemplateRequested) {
        let TemplateRequested { template, category, shape, requested_at, sandbox } = requested;
        let (at, not_before) = (*requested_at, *requested_at);
        let before = Self { events: self.events, ..Self::default() };
        *self = Self { key: Some(template.clone()), sandbox: *sandbox, ..before };
        // The platform's own word about it, whatever its clock says, is newer.
        self.begins(QUEUED, at - SKEW_SECONDS);
        self.category = Some(Told { at: at - SKEW_SECONDS, word: category.clone() });
        self.shaped(shape, at - SKEW_SECONDS, None);
        self.creation =
            Some(Creation { attempts: 0, stage: CreationStage::Waiting { not_before } });
    }

    fn accepted(&mut self, accepted: &TemplateAccepted) {
        self.creation = None;
        self.accepted_at = accepted.at;
        self.platform_id = Some(accepted.platform_id.clone());
        // What a notice said of it meanwhile is newer.
        if let Some(queued) = self.status.clone().filter(|told| told.word == QUEUED) {
            self.begins(&accepted.status, queued.at);
            if let Some(category) = &accepted.category {
                self.category = Some(Told { at: queued.at, word: category.clone() });
            }
        }
    }

    fn refused(&mut self, refused: &TemplateRefused) {
        let Some(creation) = &mut self.creation else { return };
        if let Some(not_before) = refused.retry_at {
            creation.stage = CreationStage::Waiting { not_before };
            return;
        }
        self.creation = None;
        self.begins(REFUSED, refused.at);
        self.words_at = Some(self.events);
    }

    fn is(&mut self, key: &TemplateKey) {
        if self.key.is_none() {
            self.key = Some(key.clone());
        }
    }

    /// Whether that is how it stands now.
    fn became(&mut self, status: &str, reason: Option<&str>, at: i64) -> bool {
        let newer = Told::newer(&mut self.status, at, status);
        if newer {
            self.reason = reason.map(str::to_owned);
            self.words_at = None;
        }
        newer
    }

    fn shaped(&mut self, shape: &Shape, at: i64, fragment: Option<Hash32>) {
        if at >= self.shape_told_at {
            self.shape = Some(shape.clone());
            self.shape_told_at = at;
            self.fragment = fragment;
            self.components_at = Some(self.events);
        }
    }

    fn recorded(&mut self, recorded: &TemplateRecorded) {
        let TemplateRecorded { template, platform_id, shape, at, .. } = recorded;
        self.is(template);
        self.platform_id = Some(platform_id.clone());
        self.sandbox = false;
        // Its place on the list answers what was open.
        self.creation.take_if(|creation| creation.attempts > 0);
        self.became(&recorded.status, recorded.reason.as_deref(), *at);
        Told::newer(&mut self.category, *at, &recorded.category);
        if let Some(quality) = &recorded.quality {
            Told::newer(&mut self.quality, *at, quality);
        }
        self.shaped(shape, *at, Some(recorded.fragment));
    }
}

/// A message template.
#[derive(Clone, Copy, Debug)]
pub struct Template;

impl Aggregate for Template {
    const KIND: StreamKind = StreamKind::Template;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        state.events += 1;
        match event {
            Event::TemplateRecorded(recorded) => state.recorded(recorded),
            Event::TemplateStatusChanged(changed) => {
                state.is(&changed.template);
                if changed.platform_id.is_some() {
                    state.platform_id.clone_from(&changed.platform_id);
                }
                if state.became(&changed.status, changed.reason.as_deref(), changed.at) {
                    state.words_at = Some(state.events);
                }
            }
            Event::TemplateQualityChanged(changed) => {
                state.is(&changed.template);
                Told::newer(&mut state.quality, changed.at, &changed.quality);
            }
            Event::TemplateCategoryChanged(changed) => {
                state.is(&changed.template);
                Told::newer(&mut state.category, changed.at, &changed.category);
            }
            Event::TemplateComponentsChanged(changed) => {
                state.is(&changed.template);
                state.shaped(&changed.shape, changed.at, None);
            }
            Event::TemplateRequested(requested) => state.requested(requested),
            Event::TemplateSubmitted(TemplateSubmitted { attempt, at }) => {
                if let Some(creation) = &mut state.creation {
                    *creation = Creation {
                        attempts: *attempt,
                        stage: CreationStage::Attempted { at: *at },
                    };
                }
            }
            Event::TemplateAccepted(accepted) => state.accepted(accepted),
            Event::TemplateRefused(refused) => state.refused(refused),
            Event::TemplateUnanswered(unanswered) => {
                if let Some(creation) = &mut state.creation {
                    creation.stage = CreationStage::Unanswered { until: unanswered.until };
                }
            }
            Event::TemplateDeletionRequested(TemplateDeletionRequested { at }) => {
                state.deletion = Some(Deletion { attempts: 0, not_before: *at });
            }
            Event::TemplateDeletionRefused(refused) => {
                state.deletion = refused
                    .retry_at
                    .map(|not_before| Deletion { attempts: refused.attempt, not_before });
            }
            Event::TemplateDeleted(deleted) => {
                state.begins(DELETED, deleted.at);
                (state.creation, state.deletion) = (None, None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fixtures::{KEY, changed, recorded};
    use super::*;
    use crate::testing::{NOW_SECONDS, state_of};

    #[test]
    fn the_newest_status_stands_in_whatever_order_it_was_heard() {
        let paused = changed("paused", NOW_SECONDS + 5);
        let approved = changed("approved", NOW_SECONDS + 9);
        for order in [[paused.clone(), approved.clone()], [approved, paused]] {
            let state = state_of::<Template>([recorded()].into_iter().chain(order));
            assert_eq!(state.status(), Some(APPROVED));
            assert!(state.is_sendable());
        }
    }

    #[test]
    fn what_the_platform_changes_is_kept_apart_from_what_it_leaves() {
        let moved = TemplateCategoryChanged {
            template: KEY(),
            category: "marketing".into(),
            at: NOW_SECONDS + 1,
        };
        let state =
            state_of::<Template>([recorded(), moved.into(), changed("paused", NOW_SECONDS + 2)]);
        assert_eq!((state.category(), state.status()), (Some("marketing"), Some("paused")));
        assert!(state.is_marketing() && !state.is_sendable() && state.is_there());
        assert_eq!(state.components_at, Some(1));
    }

    #[test]
    fn a_template_of_which_only_a_change_was_heard_is_known() {
        let state = state_of::<Template>([changed("approved", NOW_SECONDS)]);
        assert_eq!(state.key, Some(KEY()));
        assert_eq!(state.shape, None);
        assert!(state.is_marketing(), "nobody said that it is not");
    }

    #[test]
    fn words_are_kept_in_lower_case_and_cut() {
        assert_eq!(word("APPROVED"), APPROVED);
        assert_eq!(word("REINSTATED"), APPROVED);
        assert_eq!(word(&"X".repeat(100)).len(), WORD_CHARS_MAX);
    }
}
