//! One declaration an endpoint: method, path, access, errors and types in one place.
//!
//! From it come the route, the checks of what arrives and the OpenAPI document. A handler takes
//! checked values, calls a command or a query, and gives a wire type; it never sees HTTP.

mod access;
mod call;
mod caller;
mod check;
mod declaration;
mod deprecated;
mod dispatch;
mod form;
mod listing;
mod payload;
mod read;
mod reply;
mod route;

use std::future::Future;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use access::{Access, Grant};
pub use call::{Call, RequestFacts};
pub(crate) use caller::refuse;
pub use check::{Definitions, resolve};
pub use declaration::{Declaration, Method, RateClass};
pub use deprecated::Deprecated;
pub use dispatch::{Prepared, dispatch};
pub(crate) use form::plain_type;
pub use form::{FILE_PART, GivenFile};
pub use listing::{List, Paging};
pub use payload::{FileBody, FileTypes, JsonBody, Payload, RawBody};
pub use read::{Read, Shown};
pub use reply::{Calendar, EventStream, File, Html, Json, Nothing, Output, PlainText, Reply};
pub use route::{Collector, Route, Schemas};

use crate::problem::Outcome;

/// Something that a caller can ask for.
pub trait Endpoint: Sized + Send + Sync + 'static {
    /// Everything about it but its types.
    const DECLARATION: Declaration;
    /// The parameters of the path.
    type Path: Parameters;
    /// The parameters of the query, but for those that the declaration adds.
    type Query: Parameters;
    /// What it takes.
    type Body: Payload;
    /// What it gives.
    type Ok: Output;

    /// Does it.
    fn call(call: Call<Self>) -> impl Future<Output = Outcome<Reply<Self::Ok>>> + Send;
}

/// Parameters of a path or a query: a struct whose members are texts, numbers or closed lists.
pub trait Parameters: DeserializeOwned + JsonSchema + Send + Sync + 'static {}
impl<T: DeserializeOwned + JsonSchema + Send + Sync + 'static> Parameters for T {}

/// No parameters.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoParameters {}
