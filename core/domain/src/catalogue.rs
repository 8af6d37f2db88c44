//! The rows of the catalogue of events: what is written, what is sealed in it, and who makes it.
//!
//! Everything here is said beside the event itself (`events!` in `event.rs`) or follows from its
//! type, so that documents and schemas made from it cannot drift.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::event::StreamKind;
use crate::personal::ContentKind;

/// One row of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EventType {
    /// The number in the log: stream kind × 256 + its own.
    pub code: u16,
    /// The name that the API shows.
    pub name: &'static str,
    /// The schema version that this code writes.
    pub schema: u16,
    /// The kind of stream it belongs to.
    pub kind: StreamKind,
    /// What may be sealed in it.
    pub seals: &'static [ContentKind],
    /// Who makes it.
    pub made_by: &'static [Maker],
}

/// Who makes an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Maker {
    /// A command.
    Command {
        /// Its type.
        name: &'static str,
        /// The module that defines it.
        module: &'static str,
    },
    /// Taking in what a platform posted.
    Intake,
}

impl Maker {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Command { name, .. } => name,
            Self::Intake => "intake",
        }
    }

    /// Where it is defined, from the root of the repository: a file, for the intake a folder.
    pub fn place(self) -> String {
        let module = match self {
            Self::Command { module, .. } => module,
            Self::Intake => return "core/engine/src/inbound".to_owned(),
        };
        let path: Vec<&str> = module.split("::").skip(1).collect();
        format!("core/domain/src/{}.rs", path.join("/"))
    }
}

/// JSON Schema (2020-12) of a type as it is written, with nothing left to look up elsewhere.
pub(crate) fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|it| it.inline_subschemas = true);
    let settings = settings.with_transform(RecursiveTransform(without_links));
    settings.into_generator().into_root_schema_for::<T>()
}

/// Links of the code's own documentation lead nowhere outside it: their names stay.
fn without_links(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace("[`", "`").replace("`]", "`");
    }
}

/// A row of the catalogue, from what `events!` says.
macro_rules! row {
    ($kind:ident $code:literal $name:literal $schema:literal [$($content:ident)*] [$($maker:tt)*]) => {
        $crate::catalogue::EventType {
            code: $crate::event::StreamKind::$kind.code() * 256 + $code,
            name: $name,
            schema: $schema,
            kind: $crate::event::StreamKind::$kind,
            seals: &[$($crate::personal::ContentKind::$content),*],
            made_by: &[$($crate::catalogue::maker!($maker)),*],
        }
    };
}
pub(crate) use row;

/// A maker: `(file::Command)`, which must be a command of that file, or `(intake)`.
macro_rules! maker {
    ((intake)) => {
        $crate::catalogue::Maker::Intake
    };
    (($file:ident::$command:ident)) => {{
        const fn a_command<C: $crate::decision::Command>() {}
        a_command::<$file::$command>();
        let module = concat!(module_path!(), "::", stringify!($file));
        $crate::catalogue::Maker::Command { name: stringify!($command), module }
    }};
}
pub(crate) use maker;
