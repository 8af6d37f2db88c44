//! Judges what a story says must be true.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::file::{Check, Response};
use super::host::{Host, HostError, HostEvent, Moment, Outcome, View};
use super::matching::differences;
use super::moment::Day;
use super::names::{Names, find};

/// What a check is about.
pub(super) struct Scene<'s> {
    pub(super) names: &'s Names,
    pub(super) day: Day,
    /// The workspace of the step.
    pub(super) workspace: Option<&'s str>,
    /// What became of the step.
    pub(super) outcome: Option<&'s Outcome>,
    /// Events after this position are meant.
    pub(super) before: u64,
}

impl Check {
    /// Whether it is about what became of a step.
    pub(super) const fn is_about_outcome(&self) -> bool {
        self.refused.is_some() || self.response.is_some()
    }

    /// What is not as it must be.
    pub(super) async fn judge<H: Host>(
        &self,
        host: &mut H,
        scene: &Scene<'_>,
    ) -> Result<Vec<String>, HostError> {
        let mut problems = self.judge_outcome(scene);
        let workspace = scene.names.workspace(self.workspace.as_deref().or(scene.workspace))?;
        if self.events.is_some() || self.nothing_recorded {
            let whole = self.workspace.is_none() && self.nothing_recorded;
            let of = if whole || workspace.is_nil() { None } else { Some(workspace) };
            let events = host.events(of, scene.before).await?;
            if self.nothing_recorded && !events.is_empty() {
                let names: Vec<_> = events.iter().map(|event| event.name.as_str()).collect();
                problems.push(format!("nothing was to be recorded, but there is {names:?}"));
            }
            if let Some(expected) = &self.events {
                problems.extend(judge_events(expected, &events, scene.day));
            }
        }
        let as_of = self.as_of.as_deref().map(|as_of| moment(as_of, scene)).transpose()?;
        let at = Look { workspace, as_of, day: scene.day };
        for (name, view, expected) in [
            ("conversations", View::Conversations, &self.conversations),
            ("contacts", View::Contacts, &self.contacts),
            ("leads", View::Leads, &self.leads),
            ("appointments", View::Appointments, &self.appointments),
            ("quarantine", View::Quarantine, &self.quarantine),
        ] {
            if let Some(expected) = expected {
                problems.extend(at.judge(host, name, view, expected).await?);
            }
        }
        if let Some(expected) = &self.messages {
            let conversation =
                find(host, workspace, View::Conversations, "conversation", &json!({})).await?;
            let view = View::Messages(conversation);
            problems.extend(at.judge(host, "messages", view, expected).await?);
        }
        if let Some(transcript) = &self.transcript {
            let mut of = transcript.of.clone();
            scene.day.for_api(&mut of);
            let conversation =
                find(host, workspace, View::Conversations, "conversation", &of).await?;
            let view = View::Messages(conversation);
            problems.extend(at.judge(host, "transcript", view, &transcript.messages).await?);
        }
        Ok(problems)
    }

    fn judge_outcome(&self, scene: &Scene<'_>) -> Vec<String> {
        let mut problems = Vec::new();
        let Some(outcome) = scene.outcome else {
            if self.is_about_outcome() || self.received.is_some() {
                problems.push("`received`, `refused` and `response` belong to a step".to_owned());
            }
            return problems;
        };
        if let Some(refused) = &self.refused
            && outcome.refused.as_ref() != Some(refused)
        {
            let found = outcome.refused.as_deref().unwrap_or("it was carried out");
            problems.push(format!("refused: expected {refused}, found {found}"));
        }
        if let Some(field) = &self.field
            && outcome.field.as_ref() != Some(field)
        {
            problems.push(format!("field: expected {field}, found {:?}", outcome.field));
        }
        if let Some(Response { status, body }) = &self.response {
            if status.is_some_and(|status| status != outcome.status) {
                problems.push(format!("status: expected {status:?}, found {}", outcome.status));
            }
            if let Some(body) = body {
                let mut body = body.clone();
                scene.day.for_api(&mut body);
                problems.extend(differences(&body, &outcome.body));
            }
        }
        if let (Some(expected), Some(found)) = (&self.received, &outcome.received) {
            problems.extend(differences(expected, found));
        }
        problems
    }
}

struct Look {
    workspace: Uuid,
    as_of: Option<Moment>,
    day: Day,
}

impl Look {
    async fn judge<H: Host>(
        &self,
        host: &mut H,
        name: &str,
        view: View,
        expected: &[Value],
    ) -> Result<Vec<String>, HostError> {
        let found = host.view(self.workspace, view, self.as_of).await?;
        let mut expected = Value::Array(expected.to_vec());
        self.day.for_api(&mut expected);
        let named = |problem| format!("{name}: {problem}");
        let found = Value::Array(found);
        let mut problems: Vec<_> = differences(&expected, &found).into_iter().map(named).collect();
        if !problems.is_empty() {
            problems.push(format!("{name} are {found:#}"));
        }
        Ok(problems)
    }
}

fn moment(as_of: &str, scene: &Scene<'_>) -> Result<Moment, HostError> {
    if let Some(at) = scene.day.moment(as_of) {
        return Ok(Moment::Time(at.as_microsecond()));
    }
    scene.names.position(as_of).map(Moment::Position).ok_or_else(|| {
        HostError::Failed(format!("`{as_of}` is neither a time nor a step of this story"))
    })
}

fn judge_events(
    expected: &BTreeMap<String, Vec<Value>>,
    events: &[HostEvent],
    day: Day,
) -> Vec<String> {
    let mut problems = Vec::new();
    for (kind, expected) in expected {
        let of_kind: Vec<_> = events.iter().filter(|event| event.kind == *kind).collect();
        let names: Vec<_> = of_kind.iter().map(|event| event.name.as_str()).collect();
        let wanted: Vec<_> = expected.iter().map(event_name).collect();
        if names != wanted {
            problems.push(format!("events of {kind}: expected {wanted:?}, found {names:?}"));
            continue;
        }
        for (at, (expected, event)) in expected.iter().zip(of_kind).enumerate() {
            let Some(fields) = expected.as_object().and_then(|named| named.values().next()) else {
                continue;
            };
            let mut fields = fields.clone();
            day.for_platform(&mut fields);
            for difference in differences(&fields, &event.data) {
                problems.push(format!("events of {kind}[{at}] {}: {difference}", event.name));
            }
        }
    }
    problems
}

fn event_name(expected: &Value) -> &str {
    match expected {
        Value::String(name) => name,
        Value::Object(named) => named.keys().next().map_or("", String::as_str),
        _ => "",
    }
}
