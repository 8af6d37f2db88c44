//! What happens to a template: what is asked for here, and what the platform says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Shape, TemplateKey};
use crate::conversation::{ErrorClass, Settled};
use crate::hash::Hash32;

/// A template is to be made. Sealed: its components.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateRequested {
    /// What it will be known by.
    pub template: TemplateKey,
    /// `marketing`, `utility`, `authentication`.
    pub category: String,
    /// What it is made of.
    pub shape: Shape,
    /// When it was asked for (seconds since 1970).
    pub requested_at: i64,
    /// It was asked for with a test key: everything but the making.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sandbox: bool,
}

/// It is about to be handed to the platform; from here on the platform may have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateSubmitted {
    /// The how manieth attempt, from 1.
    pub attempt: u32,
    /// When (seconds since 1970).
    pub at: i64,
}

/// The platform has it. What its review comes to, a notice says later.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateAccepted {
    /// The platform's id of it.
    pub platform_id: String,
    /// Its status: `pending` until it was reviewed.
    pub status: String,
    /// Its category, which may be another than was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How that became known.
    pub settled: Settled,
    /// When (seconds since 1970).
    pub at: i64,
}

/// The platform did not take it. Sealed: the platform's words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateRefused {
    /// The how manieth attempt, from 1.
    pub attempt: u32,
    /// When (seconds since 1970).
    pub at: i64,
    /// The HTTP status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The platform's error code, if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// What follows from that.
    pub class: ErrorClass,
    /// When it is handed over again (seconds since 1970); none: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<i64>,
}

/// There was no answer, or none that could be understood: the platform may have it or not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateUnanswered {
    /// The how manieth attempt, from 1.
    pub attempt: u32,
    /// When the platform's list is looked at (seconds since 1970).
    pub until: i64,
}

/// A template is to be deleted on the platform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateDeletionRequested {
    /// When it was asked for (seconds since 1970).
    pub at: i64,
}

/// The platform did not delete it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateDeletionRefused {
    /// The how manieth attempt, from 1.
    pub attempt: u32,
    /// When (seconds since 1970).
    pub at: i64,
    /// The HTTP status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The platform's error code, if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// What follows from that.
    pub class: ErrorClass,
    /// When it is asked again (seconds since 1970); none: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<i64>,
}

/// The platform's list shows this of a template, and something of it was not known. Sealed: its
/// components.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateRecorded {
    /// Which one.
    pub template: TemplateKey,
    /// The platform's id of it.
    pub platform_id: String,
    /// `marketing`, `utility`, `authentication`; unknown ones are kept as they are.
    pub category: String,
    /// `approved`, `pending`, `rejected`, `paused`, `disabled` …; unknown ones are kept as they are.
    pub status: String,
    /// Why it was rejected, in the platform's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `green`, `yellow`, `red`, if the platform says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// What it is made of.
    pub shape: Shape,
    /// Keyed hash of its components.
    pub fragment: Hash32,
    /// When it was read (seconds since 1970).
    pub at: i64,
}

/// The platform changed the status of a template. Sealed: the platform's words, if it gave any.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateStatusChanged {
    /// Which one.
    pub template: TemplateKey,
    /// The platform's id of it, if it is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_id: Option<String>,
    /// The new status.
    pub status: String,
    /// Why, in the platform's word: `invalid_format`, `first_pause` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When (seconds since 1970).
    pub at: i64,
}

/// The platform judges the quality of a template differently.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateQualityChanged {
    /// Which one.
    pub template: TemplateKey,
    /// `green`, `yellow`, `red`, `unknown`.
    pub quality: String,
    /// When (seconds since 1970).
    pub at: i64,
}

/// The platform moved a template to another category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateCategoryChanged {
    /// Which one.
    pub template: TemplateKey,
    /// The new category.
    pub category: String,
    /// When (seconds since 1970).
    pub at: i64,
}

/// What a template says was changed on the platform. Sealed: its components now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateComponentsChanged {
    /// Which one.
    pub template: TemplateKey,
    /// What it is made of now.
    pub shape: Shape,
    /// When (seconds since 1970).
    pub at: i64,
}

/// How it became known that a template is gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// The platform's whole list was read, and it is not on it.
    NotListed,
    /// The platform answered that it deleted it.
    Answer,
    /// It was asked for with a test key, or never reached the platform.
    NeverThere,
}

/// A template is not there any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateDeleted {
    /// When (seconds since 1970).
    pub at: i64,
    /// How that became known.
    pub absence: Absence,
}
