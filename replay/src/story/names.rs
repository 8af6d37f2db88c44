//! What a story knows by which name.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::host::{Actor, Host, HostError, View};
use super::matching::matches;

/// A connected number.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub(super) workspace: String,
    pub(super) app: String,
    pub(super) number: String,
    pub(super) account: String,
    pub(super) phone: String,
}

/// Names and what they stand for.
#[derive(Default)]
pub(super) struct Names {
    ids: BTreeMap<String, Uuid>,
    workspaces: Vec<String>,
    apps: Vec<(String, String, String)>,
    channels: Vec<(String, Channel)>,
    positions: BTreeMap<String, u64>,
}

impl std::fmt::Debug for Names {
    /// No secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").field("ids", &self.ids).finish_non_exhaustive()
    }
}

impl Names {
    pub(super) fn add(&mut self, name: &str, id: Uuid) {
        self.ids.insert(name.to_owned(), id);
    }

    pub(super) fn add_workspace(&mut self, name: &str) {
        self.workspaces.push(name.to_owned());
    }

    pub(super) fn add_app(&mut self, name: &str, workspace: &str, secret: &str) {
        self.apps.push((name.to_owned(), workspace.to_owned(), secret.to_owned()));
    }

    pub(super) fn add_channel(&mut self, name: &str, channel: Channel) {
        self.channels.push((name.to_owned(), channel));
    }

    pub(super) fn add_position(&mut self, name: &str, position: u64) {
        self.positions.insert(name.to_owned(), position);
    }

    pub(super) fn position(&self, name: &str) -> Option<u64> {
        self.positions.get(name).copied()
    }

    pub(super) fn id(&self, name: &str) -> Result<Uuid, HostError> {
        self.ids.get(name).copied().ok_or_else(|| unknown(name))
    }

    /// Puts ids in the place of texts that are nothing but a name in braces.
    pub(super) fn bring_in(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let name = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
                if let Some(id) = name.and_then(|name| self.ids.get(name)) {
                    *text = id.to_string();
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.bring_in(item)),
            Value::Object(members) => members.values_mut().for_each(|item| self.bring_in(item)),
            _ => {}
        }
    }

    /// Every name and its id.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&str, Uuid)> {
        self.ids.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// The workspace of that name; the first one if none is named; the installation by that word.
    pub(super) fn workspace(&self, name: Option<&str>) -> Result<Uuid, HostError> {
        match name.or_else(|| self.workspaces.first().map(String::as_str)) {
            Some("installation") | None => Ok(Uuid::nil()),
            Some(name) => self.id(name),
        }
    }

    pub(super) fn first_workspace(&self) -> Option<String> {
        self.workspaces.first().cloned()
    }

    fn workspace_name<'n>(&'n self, name: Option<&'n str>) -> Option<&'n str> {
        name.or_else(|| self.workspaces.first().map(String::as_str))
    }

    /// A channel by its name, or the first one of a workspace.
    pub(super) fn channel(
        &self,
        name: Option<&str>,
        workspace: Option<&str>,
    ) -> Result<&Channel, HostError> {
        let workspace = self.workspace_name(workspace);
        let wanted = |(its, channel): &&(String, Channel)| match name {
            Some(name) => its == name,
            None => Some(channel.workspace.as_str()) == workspace,
        };
        let found = self.channels.iter().find(wanted).map(|(_, channel)| channel);
        found.ok_or_else(|| unknown(name.unwrap_or("the channel of the workspace")))
    }

    /// The newest secret of an app by its name, or of the first app of a workspace.
    pub(super) fn secret(
        &self,
        app: Option<&str>,
        workspace: Option<&str>,
    ) -> Result<&str, HostError> {
        let workspace = self.workspace_name(workspace);
        let wanted = |(its, of, _): &&(String, String, String)| match app {
            Some(app) => its == app,
            None => Some(of.as_str()) == workspace,
        };
        let found = self.apps.iter().find(wanted).map(|(_, _, secret)| secret.as_str());
        found.ok_or_else(|| unknown(app.unwrap_or("the app of the workspace")))
    }

    pub(super) fn actor(&self, name: Option<&str>) -> Result<Actor, HostError> {
        match name {
            None | Some("administrator") => Ok(Actor::Administrator),
            Some(name) => self.id(name).map(Actor::Named),
        }
    }

    /// Puts ids in the place of a list of names.
    fn name_all(&self, names: &mut Value) -> Result<(), HostError> {
        for name in names.as_array_mut().into_iter().flatten() {
            let Value::String(text) = &*name else { continue };
            let id = text.parse().or_else(|_| self.id(text))?;
            *name = Value::String(id.to_string());
        }
        Ok(())
    }

    /// Puts ids in the place of names and of descriptions.
    pub(super) async fn resolve<H: Host>(
        &self,
        host: &mut H,
        workspace: Uuid,
        arguments: &mut Value,
    ) -> Result<(), HostError> {
        let Some(members) = arguments.as_object_mut() else { return Ok(()) };
        for (key, value) in members.iter_mut() {
            let view = match key.as_str() {
                "contact" | "survivor" | "other" => Some(View::Contacts),
                "conversation" => Some(View::Conversations),
                "lead" | "merged" | "after" | "before" => Some(View::Leads),
                "change" => Some(View::Quarantine),
                "app" | "channel" | "person" | "key" | "agent" | "webhook" | "document"
                | "template" | "group" | "service" | "appointment" | "import" | "connection"
                | "broadcast" | "media" | "canned_reply" => None,
                "known" | "settings" => {
                    self.resolve_owner(value)?;
                    continue;
                }
                "element" => {
                    self.bring_in(value);
                    continue;
                }
                "channels" | "members" => {
                    self.name_all(value)?;
                    continue;
                }
                _ => continue,
            };
            let id = match (&*value, view) {
                (Value::String(name), _) => name.parse().or_else(|_| self.id(name))?,
                (Value::Object(_), Some(view)) => find(host, workspace, view, key, value).await?,
                _ => continue,
            };
            *value = Value::String(id.to_string());
        }
        Ok(())
    }
}

impl Names {
    /// Who looks after a lead, or does a service, is one of the staff, known by name.
    fn resolve_owner(&self, known: &mut Value) -> Result<(), HostError> {
        if let Some(owner) = known.get_mut("person")
            && let Some(name) = owner.as_str()
        {
            *owner = Value::String(self.id(name)?.to_string());
        }
        Ok(())
    }
}

/// The only thing of a view that looks like this.
pub(super) async fn find<H: Host>(
    host: &mut H,
    workspace: Uuid,
    view: View,
    what: &str,
    wanted: &Value,
) -> Result<Uuid, HostError> {
    let all = host.view(workspace, view, None).await?;
    let mut found = all.iter().filter(|item| matches(wanted, item));
    let (first, second) = (found.next(), found.next());
    let id = first.and_then(|item| item.get("id")).and_then(Value::as_str);
    match (id.and_then(|id| id.parse().ok()), second) {
        (Some(id), None) => Ok(id),
        (None, _) => Err(HostError::Failed(format!("there is no {what} like {wanted}"))),
        (Some(_), Some(_)) => {
            Err(HostError::Failed(format!("there are several of {what} like {wanted}")))
        }
    }
}

fn unknown(name: &str) -> HostError {
    HostError::Failed(format!("the story does not say what `{name}` is"))
}
