//! An endpoint with its types erased: one kind of route for the router, whatever the endpoint, so
//! that axum's generic machinery is compiled once.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::response::Response;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

use super::dispatch::Prepared;
use super::listing::PageQuery;
use super::{Call, Declaration, Definitions, Endpoint, Output, Payload};
use crate::app::App;
use crate::problem::{Outcome, Problem};
use crate::surfaces::Surface;

pub(super) type Answering = Pin<Box<dyn Future<Output = Outcome<Response>> + Send>>;
type Handler = dyn Fn(App, Prepared) -> Outcome<Answering> + Send + Sync;

/// The schemas of one endpoint, referring to the shared definitions.
#[derive(Clone, Debug)]
pub struct Schemas {
    /// Of the parameters of the path.
    pub path: Value,
    /// Of the parameters of the query.
    pub query: Value,
    /// Media type and schema of the body.
    pub body: Option<(&'static str, Value)>,
    /// Other media types of the body, with their schemas.
    pub other_bodies: Vec<(&'static str, Value)>,
    /// Media type and schema of the answer.
    pub ok: Option<(&'static str, Value)>,
}

/// One endpoint, ready to be served and documented.
#[derive(Clone)]
pub struct Route {
    /// The surface it belongs to.
    pub surface: &'static Surface,
    /// What it says about itself.
    pub declaration: Declaration,
    /// What it takes and gives.
    pub schemas: Schemas,
    pub(super) handler: Arc<Handler>,
    /// The schemas that those of requests refer to.
    pub(super) definitions: Arc<Definitions>,
}

/// Collects the schemas of all endpoints: one place for each direction, since what a type takes and
/// what it gives can differ.
pub struct Collector {
    requests: SchemaGenerator,
    answers: SchemaGenerator,
}

impl Default for Collector {
    fn default() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Self {
            requests: settings().into_generator(),
            answers: settings().for_serialize().into_generator(),
        }
    }
}

impl Collector {
    /// The media type and the schema of a refusal.
    pub fn refusal(&mut self, surface: &Surface) -> (&'static str, Value) {
        (surface.refusal_schema)(&mut self.answers)
    }

    /// The definitions of what is taken, and of everything.
    pub fn finish(mut self) -> (Definitions, Definitions) {
        let requests = self.requests.take_definitions(true);
        let mut all = self.answers.take_definitions(true);
        all.extend(requests.clone());
        all.sort_keys();
        (requests, all)
    }
}

impl Route {
    /// The route of an endpoint of a surface.
    pub fn new<E: Endpoint>(surface: &'static Surface, collector: &mut Collector) -> Self {
        let in_full = |(media, schema): (&'static str, Schema)| (media, schema.to_value());
        let schemas = Schemas {
            path: inline::<E::Path>(),
            query: if E::DECLARATION.paged {
                paged(inline::<E::Query>())
            } else {
                inline::<E::Query>()
            },
            body: E::Body::describe(&mut collector.requests).map(in_full),
            other_bodies: E::Body::describe_others(&mut collector.requests)
                .into_iter()
                .map(in_full)
                .collect(),
            ok: E::Ok::describe(&mut collector.answers).map(in_full),
        };
        Self {
            surface,
            declaration: E::DECLARATION,
            schemas,
            handler: Arc::new(handle::<E>),
            definitions: Arc::default(),
        }
    }

    /// Where it is served: its path behind the prefix of its surface.
    pub fn path(&self) -> String {
        format!("{}{}", self.surface.prefix, self.declaration.path)
    }

    /// With the definitions that its schemas refer to.
    #[must_use]
    pub fn with_definitions(mut self, definitions: &Arc<Definitions>) -> Self {
        self.definitions = Arc::clone(definitions);
        self
    }
}

/// A schema with everything in it: parameters are listed one by one in the document.
fn inline<T: schemars::JsonSchema>() -> Value {
    SchemaSettings::draft2020_12()
        .with(|settings| {
            settings.inline_subschemas = true;
            settings.meta_schema = None;
        })
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// The parameters of a list: those of paging first, then its own.
fn paged(mut own: Value) -> Value {
    if let Some(schema) = own.as_object_mut() {
        let members = schema.entry("properties").or_insert_with(|| Value::Object(Map::new()));
        let mut all = inline::<PageQuery>();
        if let (Some(own), Some(all)) =
            (members.as_object_mut(), all.pointer_mut("/properties").and_then(Value::as_object_mut))
        {
            all.append(own);
            *own = std::mem::take(all);
        }
    }
    own
}

/// The only code that is compiled once for each endpoint.
fn handle<E: Endpoint>(app: App, prepared: Prepared) -> Outcome<Answering> {
    let path = serde_json::from_value(prepared.path).map_err(|e| misread("path", &e))?;
    let query = serde_json::from_value(prepared.query).map_err(|e| misread("query", &e))?;
    let Route { schemas, definitions, .. } = &*prepared.route;
    let schema = schemas.body.as_ref().map(|(_, schema)| schema);
    let body = E::Body::read(prepared.body, schema, definitions)?;
    let call = Call::<E> {
        app,
        session: prepared.session,
        path,
        query,
        body,
        paging: prepared.paging,
        as_of: prepared.as_of,
        headers: prepared.headers,
        facts: prepared.facts,
    };
    let success = E::DECLARATION.success;
    Ok(Box::pin(async move { Ok(E::call(call).await?.respond(success)) }))
}

fn misread(part: &'static str, error: &serde_json::Error) -> Problem {
    Problem::internal("reading parameters that passed their schema", error).at(part)
}
