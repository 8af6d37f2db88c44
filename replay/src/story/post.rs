//! The bytes that the platform posts, and their signature.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::file::Post;
use super::host::HostError;
use super::moment::Day;
use super::names::Names;

/// A body ready to be posted.
pub(super) struct Ready {
    pub(super) body: Vec<u8>,
    pub(super) signature: Option<String>,
}

impl Post {
    /// Makes the body and signs it.
    pub(super) fn prepare(
        &self,
        names: &Names,
        day: Day,
        workspace: Option<&str>,
        folder: Option<&Path>,
    ) -> Result<Ready, HostError> {
        let body = self.bytes(names, day, workspace, folder)?;
        let signature = match self.signed_by.as_deref() {
            Some("nobody") => None,
            Some("a forger") => Some(convolog_whatsapp::sign(b"a guessed secret", &body)),
            app => {
                let of_channel = names.channel(self.channel.as_deref(), workspace).ok();
                let app = app.or_else(|| of_channel.map(|channel| channel.app.as_str()));
                let secret = names.secret(app, workspace)?;
                Some(convolog_whatsapp::sign(secret.as_bytes(), &body))
            }
        };
        Ok(Ready { body, signature })
    }

    fn bytes(
        &self,
        names: &Names,
        day: Day,
        workspace: Option<&str>,
        folder: Option<&Path>,
    ) -> Result<Vec<u8>, HostError> {
        if let Some(file) = &self.file {
            let folder = folder.ok_or_else(|| {
                HostError::Failed("there is no folder `whatsapp` beside the stories".to_owned())
            })?;
            let path = folder.join(file);
            let failed = |error| HostError::Failed(format!("{}: {error}", path.display()));
            return std::fs::read(&path).map_err(failed);
        }
        if let Some(text) = &self.text {
            return Ok(text.clone().into_bytes());
        }
        let mut body = match &self.body {
            Some(body) => body.clone(),
            None => self.envelope(names, workspace)?,
        };
        names.bring_in(&mut body);
        day.for_platform(&mut body);
        Ok(body.to_string().into_bytes())
    }

    /// A body as the platform wraps it, for one of the story's channels.
    fn envelope(&self, names: &Names, workspace: Option<&str>) -> Result<Value, HostError> {
        let channel = names.channel(self.channel.as_deref(), workspace)?;
        let mut value = Map::new();
        value.insert("messaging_product".to_owned(), "whatsapp".into());
        let digits: String = channel.phone.chars().filter(char::is_ascii_digit).collect();
        let metadata = json!({
            "display_phone_number": digits, "phone_number_id": channel.number,
        });
        value.insert("metadata".to_owned(), metadata);
        for (key, part) in [
            ("contacts", &self.contacts),
            ("messages", &self.messages),
            ("statuses", &self.statuses),
        ] {
            if let Some(part) = part {
                value.insert(key.to_owned(), part.clone());
            }
        }
        value.extend(self.value.clone());
        let field = self.field.as_deref().unwrap_or("messages");
        Ok(json!({
            "object": "whatsapp_business_account",
            "entry": [{"id": channel.account, "changes": [{"value": value, "field": field}]}],
        }))
    }
}
