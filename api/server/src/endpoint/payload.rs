//! What an endpoint takes in its body.

use std::marker::PhantomData;

use bytes::Bytes;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::NoParameters;
use super::check::{Definitions, Place, check};
use super::form::FILE_PART;
use crate::problem::{Code, Outcome, Problem};

/// A body, checked and read.
pub trait Payload: Sized + Send + 'static {
    /// The media type and the schema; none if nothing is taken.
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)>;

    /// Other media types that it takes, with their schemas.
    fn describe_others(_: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        Vec::new()
    }

    /// Reads it.
    fn read(bytes: Bytes, schema: Option<&Value>, definitions: &Definitions) -> Outcome<Self>;
}

/// One JSON object. An empty body is an empty object.
#[derive(Clone, Debug)]
pub struct JsonBody<T>(pub T);

/// The bytes as they came.
#[derive(Clone)]
pub struct RawBody(pub Bytes);

/// A file as it came, of one of the types that `T` lists; which one, its `Content-Type` says.
pub struct FileBody<T> {
    /// Its bytes.
    pub bytes: Bytes,
    types: PhantomData<fn() -> T>,
}

/// The media types that a file may have.
pub trait FileTypes: 'static {
    /// Whether it may stand in a form as well.
    const IN_A_FORM: bool = false;

    /// All of them.
    fn all() -> Vec<&'static str>;
}

impl<T: FileTypes> Payload for FileBody<T> {
    fn describe(_: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        T::all().first().map(|first| (*first, binary()))
    }

    fn describe_others(_: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        let others = T::all().into_iter().skip(1).map(|other| (other, binary()));
        let form = T::IN_A_FORM.then(|| ("multipart/form-data", form()));
        others.chain(form).collect()
    }

    fn read(bytes: Bytes, _: Option<&Value>, _: &Definitions) -> Outcome<Self> {
        Ok(Self { bytes, types: PhantomData })
    }
}

fn binary() -> Schema {
    schemars::json_schema!({ "type": "string", "format": "binary" })
}

fn form() -> Schema {
    schemars::json_schema!({
        "type": "object",
        "properties": { FILE_PART: { "type": "string", "format": "binary" } },
        "required": [FILE_PART],
    })
}

impl<T: DeserializeOwned + JsonSchema + Send + 'static> Payload for JsonBody<T> {
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("application/json", generator.subschema_for::<T>()))
    }

    fn read(bytes: Bytes, schema: Option<&Value>, definitions: &Definitions) -> Outcome<Self> {
        let bytes = if bytes.trim_ascii().is_empty() { &b"{}"[..] } else { &bytes };
        let value = read_json(bytes, schema, definitions)?;
        serde_json::from_value(value).map(JsonBody).map_err(|error| unreadable(&error))
    }
}

impl Payload for RawBody {
    fn describe(_: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("application/json", schemars::json_schema!({})))
    }

    fn read(bytes: Bytes, _: Option<&Value>, _: &Definitions) -> Outcome<Self> {
        Ok(Self(bytes))
    }
}

impl Payload for NoParameters {
    fn describe(_: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        None
    }

    fn read(bytes: Bytes, _: Option<&Value>, _: &Definitions) -> Outcome<Self> {
        if bytes.trim_ascii().is_empty() || bytes.trim_ascii() == b"{}" {
            return Ok(Self {});
        }
        Err(Problem::new(Code::UnknownField, "This endpoint takes no body."))
    }
}

fn read_json(bytes: &[u8], schema: Option<&Value>, definitions: &Definitions) -> Outcome<Value> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Problem::new(
            Code::MalformedBody,
            format!("Reading stopped at line {line}, column {column}."),
        )
    })?;
    if let Some(schema) = schema {
        check(schema, definitions, &value, Place { name: "", unknown: Code::UnknownField })?;
    }
    Ok(value)
}

/// The schema let something pass that the type does not take. The words of the reader may repeat
/// the value, so they are not shown.
fn unreadable(error: &serde_json::Error) -> Problem {
    tracing::warn!(
        line = error.line(),
        column = error.column(),
        "a body passed its schema but not its type"
    );
    Problem::new(
        Code::InvalidField,
        "The body is not what this endpoint takes; see its schema in /docs.",
    )
}
