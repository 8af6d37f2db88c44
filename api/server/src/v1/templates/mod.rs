//! Message templates: what the platform has of them, and reading that again.

mod create;
mod read;
mod sync;

pub(crate) use create::{CreateTemplate, DeleteTemplate};
pub(crate) use read::{ListTemplates, ShowTemplate};
pub(crate) use sync::{ShowTemplateSync, SyncTemplates};
