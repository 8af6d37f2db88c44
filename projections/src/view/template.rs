//! A message template as people read it.

use convolog_domain::FragmentContent;
use convolog_log::Position;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::time::Time;
use crate::error::QueryError;
use crate::templates::TemplateRow;

/// What has to be given when a template is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TemplateParametersView {
    /// `named` or `positional`.
    pub format: &'static str,
    /// The kind of its header, if it has one: `text`, `image`, `video`, `document`, `location`.
    pub header_type: Option<String>,
    /// The parameters of its header.
    pub header: Vec<String>,
    /// The parameters of its body.
    pub body: Vec<String>,
    /// Its buttons, in order.
    pub buttons: Vec<TemplateButtonView>,
}

/// A button of a template.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TemplateButtonView {
    /// `quick_reply`, `url`, `phone_number`, `copy_code` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether a value has to be given.
    pub needs_value: bool,
}

/// A message template.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct TemplateView {
    /// Which template.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its language, as the platform writes it.
    pub language: String,
    /// `marketing`, `utility`, `authentication`; null if nobody said.
    pub category: Option<String>,
    /// `approved`, `pending`, `rejected`, `paused`, `disabled`, `deleted` …
    pub status: Option<String>,
    /// Why, in the platform's word.
    pub reason: Option<String>,
    /// Why, in the platform's own words.
    pub status_details: Option<Value>,
    /// `green`, `yellow`, `red`, if the platform says.
    pub quality: Option<String>,
    /// It was made with a test key: the platform does not have it.
    pub sandbox: bool,
    /// The platform's id of the business account.
    pub waba_id: String,
    /// The platform's id of the template.
    pub platform_id: Option<String>,
    /// Whether it can be sent, as far as it is known.
    pub sendable: bool,
    /// What has to be given when it is sent; null if its components are not known.
    pub parameters: Option<TemplateParametersView>,
    /// Its components, as the platform takes them; null if they are not known.
    pub components: Option<Value>,
    /// When it was first heard of.
    pub created_at: Time,
    /// When something about it was recorded last.
    pub updated_at: Time,
    /// Where that stands in the log.
    pub position: u64,
}

impl std::fmt::Debug for TemplateView {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TemplateView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl TemplateView {
    /// A template; none if nothing is known of it.
    pub(crate) fn of(
        contents: Contents<'_>,
        row: &TemplateRow,
    ) -> Result<Option<Self>, QueryError> {
        let (Some((_, created)), Some((position, updated)), Some(key)) =
            (row.created, row.updated, row.state.key.clone())
        else {
            return Ok(None);
        };
        let state = &row.state;
        let told = |told: &Option<convolog_domain::template::Told>| {
            told.as_ref().map(|told| told.word.clone())
        };
        let parameters = state.shape.as_ref().map(|shape| TemplateParametersView {
            format: if shape.is_named() { "named" } else { "positional" },
            header_type: shape.header.clone(),
            header: shape.header_parameters.clone(),
            body: shape.body_parameters.clone(),
            buttons: shape
                .buttons
                .iter()
                .map(|button| TemplateButtonView {
                    kind: button.kind.clone(),
                    needs_value: button.parameter,
                })
                .collect(),
        });
        Ok(Some(Self {
            id: row.id,
            name: key.name,
            language: key.language,
            category: told(&state.category),
            status: told(&state.status),
            reason: state.reason.clone(),
            status_details: details(contents, row.words)?,
            sandbox: state.sandbox,
            quality: told(&state.quality),
            waba_id: key.waba_id,
            platform_id: state.platform_id.clone(),
            sendable: state.is_there() && state.sendable().is_ok(),
            parameters,
            components: json(contents, row.components)?,
            created_at: created.into(),
            updated_at: updated.into(),
            position: position.0,
        }))
    }
}

/// The platform's words about a status: a JSON object, or what it said when it refused.
fn details(contents: Contents<'_>, at: Option<Position>) -> Result<Option<Value>, QueryError> {
    if let Some(details) = json(contents, at)? {
        return Ok(Some(details));
    }
    let Some(position) = at else { return Ok(None) };
    let said = contents.error_details(position)?;
    Ok(said.map(|said| serde_json::json!({ "message": said })))
}

/// The JSON that an event holds, if it holds any that can be opened.
fn json(contents: Contents<'_>, at: Option<Position>) -> Result<Option<Value>, QueryError> {
    let Some(position) = at else { return Ok(None) };
    let seen: Seen<FragmentContent> = contents.fragment(position)?;
    Ok(seen.plain().and_then(|content| serde_json::from_str(content.fragment.expose()).ok()))
}
