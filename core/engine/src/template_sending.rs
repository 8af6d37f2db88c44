//! Messages made of templates: which template, what is given for it, and what is sent in its place.
//!
//! What is asked for is checked against the template as it is known before anything is recorded. A
//! template that is not known here is left to the platform, if the caller made its components.

use convolog_domain::{
    ChannelId, Content, Refusal, RefusalCode, Sensitive, StreamKind, TemplateGroupId, TemplateId,
    WorkspaceId,
    channel::Channel,
    conversation::{self, MadeOf, PassedOver, Sendable, TemplateChoice},
    template::{Filling, NoteStatus, State, Template, TemplateKey, shown},
    template_group::TemplateGroup,
};
use serde_json::{Value, json};

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::recorded::{Recorded, Stream};

/// The members of what is asked for that are not the platform's own.
const OURS: [&str; 5] = ["id", "group", "parameters", "header", "buttons"];

/// A message that is to be made of a template.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TemplateAsk {
    /// The template, by its id.
    pub id: Option<TemplateId>,
    /// The group of which one is taken.
    pub group: Option<TemplateGroupId>,
    /// The template, by its name.
    pub name: Option<String>,
    /// Its language; of a group, the customer's.
    pub language: Option<String>,
    /// What is given for it.
    pub filling: Filling,
    /// Components that the caller made.
    pub components: Option<Vec<Value>>,
}

impl TemplateAsk {
    /// Reads what a caller asks for.
    ///
    /// # Errors
    /// A [`Refusal`] of the field at fault.
    pub fn read(asked: &Value) -> Result<Self, Refusal> {
        let known = ["name", "language", "components"].into_iter().chain(OURS);
        let known: Vec<&str> = known.collect();
        let all =
            asked.as_object().ok_or_else(|| Refusal::field("template", "must be an object"))?;
        let ours = all.keys().any(|name| OURS.contains(&name.as_str()));
        if ours && let Some(other) = all.keys().find(|name| !known.contains(&name.as_str())) {
            let detail = format!("takes no {other}");
            return Err(Refusal::field("template", detail).allowing(known));
        }
        let text = |path: &str| asked.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let id = |name: &'static str, field: &'static str| match asked.get(name) {
            None => Ok(None),
            Some(value) => {
                let id = value.as_str().and_then(|text| text.parse::<uuid::Uuid>().ok());
                id.map(Some).ok_or_else(|| Refusal::field(field, "must be an id"))
            }
        };
        let ask = Self {
            id: id("id", "template.id")?.map(TemplateId),
            group: id("group", "template.group")?.map(TemplateGroupId),
            name: text("/name"),
            language: text("/language").or_else(|| text("/language/code")),
            filling: Filling {
                parameters: asked.get("parameters").cloned(),
                header: asked.get("header").cloned(),
                buttons: asked.get("buttons").cloned(),
            },
            components: asked.get("components").and_then(Value::as_array).cloned(),
        };
        let ways = [ask.id.is_some(), ask.group.is_some(), ask.name.is_some()];
        if ways.iter().filter(|given| **given).count() != 1 {
            let detail = "name the template by `name` and `language`, by `id`, or a `group`";
            return Err(Refusal::field("template", detail));
        }
        if ask.components.is_some() && (!ask.filling.is_empty() || ask.group.is_some()) {
            let detail = "give either components, as the platform takes them, or parameters, header \
                          and buttons";
            return Err(Refusal::field("template.components", detail));
        }
        Ok(ask)
    }
}

/// A template with where it comes from.
struct Known {
    id: TemplateId,
    key: TemplateKey,
    state: std::sync::Arc<State>,
}

impl Engine {
    /// The message that is made of a template for a channel.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such template or group, it cannot be sent, or what is
    /// given does not fit it; the refusal says what is missing.
    pub fn template_message(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
        asked: &Value,
    ) -> Result<Sendable, EngineError> {
        let ask = TemplateAsk::read(asked)?;
        let account = self.account_of(workspace, channel)?;
        if let Some(group) = ask.group {
            return self.message_of_group(workspace, &account, group, &ask);
        }
        let known = match (&ask.id, &ask.name, &ask.language) {
            (Some(id), _, _) => Some(self.template_by_id(workspace, *id, &account)?),
            (None, Some(name), Some(language)) => {
                let key = TemplateKey {
                    waba_id: account,
                    name: name.clone(),
                    language: language.clone(),
                };
                let found = self.template(workspace, &key)?;
                found.map(|(id, state)| Known { id, key, state })
            }
            _ => None,
        };
        let Some(known) = known else {
            // The platform knows its own templates: what the caller made whole is left to it.
            let element = element_as_asked(asked, &ask);
            let sendable = Sendable::element("template", &element)?;
            if ask.filling.is_empty() {
                return Ok(sendable);
            }
            let detail = "is not known here, so that nothing can be filled in: have the templates read \
                          (POST /v1/templates/sync), or give components as the platform takes them";
            return Err(Refusal::field("template.name", detail).into());
        };
        known.state.sendable()?;
        let components = filled(&known.state, &ask)?;
        let text = self.shown_text(workspace, &known, &components)?;
        let element = element_of(&known.key, &components);
        let made_of = MadeOf { template: known.id, choice: None, next: Vec::new() };
        Ok(Sendable::made_of(&element, text, made_of)?)
    }

    /// The first template of a group that fits and can be sent, and those that are next.
    fn message_of_group(
        &self,
        workspace: WorkspaceId,
        account: &str,
        group: TemplateGroupId,
        ask: &TemplateAsk,
    ) -> Result<Sendable, EngineError> {
        let state = self.load::<TemplateGroup>(workspace, group.0)?.state;
        let missing = |_| Refusal::field("template.group", "names no template group");
        let settings = state.live().map_err(missing)?;
        let (mut passed_over, mut fitting, mut refused) = (Vec::new(), Vec::new(), None);
        for template in settings.members.iter().copied() {
            let state = self.load::<Template>(workspace, template.0)?.state;
            let pass = |because: &str| PassedOver { template, because: because.to_owned() };
            let Some(key) = state.key.clone().filter(|_| state.is_there()) else {
                passed_over.push(pass("gone"));
                continue;
            };
            let because = if key.waba_id != account {
                Some("account")
            } else if !speaks(ask.language.as_deref(), &key.language) {
                Some("language")
            } else if state.sandbox {
                Some("test")
            } else if state.sendable().is_err() {
                Some(state.status().unwrap_or("gone"))
            } else {
                None
            };
            if let Some(because) = because {
                passed_over.push(pass(because));
                continue;
            }
            match filled(&state, ask) {
                Ok(components) => fitting.push((Known { id: template, key, state }, components)),
                Err(refusal) => {
                    passed_over.push(pass("parameters"));
                    refused = refused.or(Some(refusal));
                }
            }
        }
        let mut fitting = fitting.into_iter();
        let Some((first, components)) = fitting.next() else {
            return Err(refused.unwrap_or_else(|| none_fits(&settings.name, &passed_over)).into());
        };
        // Why those behind the first were passed over is nothing that was decided on.
        let before = settings.members.iter().take_while(|member| **member != first.id).count();
        passed_over.truncate(before);
        let rest: Vec<_> = fitting.collect();
        let made_of = MadeOf {
            template: first.id,
            choice: Some(TemplateChoice {
                group,
                passed_over,
                next: rest.iter().map(|(known, _)| known.id).collect(),
            }),
            next: rest
                .iter()
                .map(|(known, components)| element_of(&known.key, components).to_string().into())
                .collect(),
        };
        // Which one the customer will read is not known where another may be sent in its place.
        let text = if made_of.next.is_empty() {
            self.shown_text(workspace, &first, &components)?
        } else {
            None
        };
        Ok(Sendable::made_of(&element_of(&first.key, &components), text, made_of)?)
    }

    /// Whether every one of these templates is there.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if one is not.
    pub fn templates_exist(
        &self,
        workspace: WorkspaceId,
        members: &[TemplateId],
    ) -> Result<(), EngineError> {
        for template in members {
            if !self.load::<Template>(workspace, template.0)?.state.is_there() {
                let detail = "names a template that this workspace does not have";
                return Err(Refusal::field("members", detail).into());
            }
        }
        Ok(())
    }

    /// The business account of a channel, if it ever had one.
    pub fn account_of_channel(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
    ) -> Result<Option<String>, EngineError> {
        let state = self.load::<Channel>(workspace, channel.0)?.state;
        Ok(state.settings.as_ref().map(|settings| settings.waba_id.clone()))
    }

    fn account_of(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
    ) -> Result<String, EngineError> {
        let state = self.load::<Channel>(workspace, channel.0)?.state;
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such channel");
        Ok(state.settings.as_ref().ok_or_else(missing)?.waba_id.clone())
    }

    fn template_by_id(
        &self,
        workspace: WorkspaceId,
        id: TemplateId,
        account: &str,
    ) -> Result<Known, EngineError> {
        let state = self.load::<Template>(workspace, id.0)?.state;
        let Some(key) = state.key.clone().filter(|_| state.is_there()) else {
            return Err(Refusal::field("template.id", "names no template").into());
        };
        if key.waba_id != account {
            let detail = "names a template of another business account than the channel's";
            return Err(Refusal::field("template.id", detail).into());
        }
        Ok(Known { id, key, state })
    }

    /// What a person will read of it, if its text is known.
    fn shown_text(
        &self,
        workspace: WorkspaceId,
        known: &Known,
        filled: &[Value],
    ) -> Result<Option<String>, EngineError> {
        let Some(at) = known.state.components_at else { return Ok(None) };
        let stream = Stream::new(workspace, StreamKind::Template, known.id.0).key();
        let records = self.log().read_stream(&stream, at.saturating_sub(1), 1)?;
        let Some(record) = records.first() else { return Ok(None) };
        let opened = self.open(&Recorded::read(record)?);
        let components = opened.into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Fragment(content)) => {
                serde_json::from_str::<Value>(content.fragment.expose()).ok()
            }
            _ => None,
        });
        Ok(components.and_then(|components| shown(&components, filled)))
    }

    /// The first of the templates that may be sent in the place of a refused one that can be sent: which
    /// one of those that were next, from 0.
    pub(crate) fn fallback(
        &self,
        workspace: WorkspaceId,
        one: &conversation::Outgoing,
    ) -> Result<Option<u32>, EngineError> {
        let first = one.fallen_to.map_or(0, |fallen| fallen.saturating_add(1));
        for (n, template) in (0_u32..).zip(&one.next_templates) {
            if n < first {
                continue;
            }
            let state = self.load::<Template>(workspace, template.0)?.state;
            if state.is_there() && state.sendable().is_ok() {
                return Ok(Some(n));
            }
        }
        Ok(None)
    }

    /// Shows what the platform said of a template when it refused a message made of it.
    pub(crate) async fn note_template(
        &self,
        caller: &Caller,
        template: Option<TemplateId>,
        code: Option<i64>,
    ) -> Result<(), EngineError> {
        if let (Some(template), Some(code)) = (template, code)
            && NoteStatus::status(code).is_some()
        {
            self.execute(caller, template.0, NoteStatus { code }).await?;
        }
        Ok(())
    }
}

impl crate::sending::Requested {
    /// The platform's element that is sent now: the first choice, or the one that it fell back to.
    pub fn element_now(&self, fallen_to: Option<u32>) -> Option<Sensitive> {
        let content = self.content.as_ref()?;
        match fallen_to {
            None => content.fragment.clone(),
            Some(next) => content.alongside.get(usize::try_from(next).ok()?).cloned(),
        }
    }
}

/// The components of a message, made or checked.
fn filled(state: &State, ask: &TemplateAsk) -> Result<Vec<Value>, Refusal> {
    match (&state.shape, &ask.components) {
        (Some(shape), Some(components)) => {
            shape.check(components)?;
            Ok(components.clone())
        }
        (Some(shape), None) => shape.fill(&ask.filling),
        // Nothing but its name was heard of it.
        (None, Some(components)) => Ok(components.clone()),
        (None, None) if ask.filling.is_empty() => Ok(Vec::new()),
        (None, None) => {
            let detail = "what this template is made of is not known: have the templates read \
                          (POST /v1/templates/sync)";
            Err(Refusal::field("template.parameters", detail))
        }
    }
}

fn element_of(key: &TemplateKey, components: &[Value]) -> Value {
    let mut element = json!({ "name": key.name, "language": { "code": key.language } });
    if let (false, Some(element)) = (components.is_empty(), element.as_object_mut()) {
        element.insert("components".to_owned(), components.to_vec().into());
    }
    element
}

/// The platform's element, as the caller made it; a language may be given as a text.
fn element_as_asked(asked: &Value, ask: &TemplateAsk) -> Value {
    let mut element = asked.clone();
    if let (Some(Value::String(_)), Some(object)) = (asked.get("language"), element.as_object_mut())
    {
        object.insert("language".to_owned(), json!({ "code": ask.language }));
        object.retain(|name, _| !OURS.contains(&name.as_str()));
    }
    element
}

/// Whether a template speaks the customer's language: the same, or the same but for the region.
fn speaks(wanted: Option<&str>, language: &str) -> bool {
    let base =
        |language: &str| language.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
    wanted.is_none_or(|wanted| base(wanted) == base(language))
}

fn none_fits(name: &str, passed_over: &[PassedOver]) -> Refusal {
    let mut reasons: Vec<&str> = passed_over.iter().map(|one| one.because.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let detail = format!(
        "no template of the group {name} can be sent here; they were passed over because of: {}",
        reasons.join(", ")
    );
    Refusal::new(RefusalCode::TemplateUnavailable, detail)
}
