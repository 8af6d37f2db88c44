//! Reads: the endpoints that only show. One method says what is shown; threads, `as_of` and the
//! shape of the answer are settled here.

use std::sync::Arc;

use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Call, Declaration, Endpoint, Json, NoParameters, Output, Parameters, RateClass, Reply,
};
use crate::problem::{Outcome, Problem};

/// An endpoint that shows something and changes nothing.
pub trait Read: Sized + Send + Sync + 'static {
    /// Everything about it but its types.
    const DECLARATION: Declaration;
    /// The parameters of the path.
    type Path: Parameters;
    /// The parameters of the query, but for those that the declaration adds.
    type Query: Parameters;
    /// What it shows.
    type Shown: Shown;

    /// Reads it, on a thread that may wait for the disk. `view` shows conversations, messages and
    /// contacts now or, with `as_of`, as they stood.
    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown>;
}

/// Something that is an answer by itself: a value as JSON, or an answer that is written already.
pub trait Shown: Send + 'static {
    /// The kind of content.
    type Output: Output;

    /// As an answer.
    fn reply(self) -> Outcome<Reply<Self::Output>>;
}

impl<T: Serialize + JsonSchema + Send + 'static> Shown for T {
    type Output = Json<T>;

    fn reply(self) -> Outcome<Reply<Json<T>>> {
        Reply::json(&self)
    }
}

/// An answer that is written already: a page for people, lines of text.
impl<O: Output> Shown for Reply<O> {
    type Output = O;

    fn reply(self) -> Outcome<Self> {
        Ok(self)
    }
}

impl<R: Read> Endpoint for R {
    const DECLARATION: Declaration = <R as Read>::DECLARATION;
    type Path = <R as Read>::Path;
    type Query = <R as Read>::Query;
    type Body = NoParameters;
    type Ok = <R::Shown as Shown>::Output;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let view = call.reader().await?;
        // What may take long must not keep the others waiting. The turn lasts as long as the read, also
        // if nobody waits for its answer any more.
        let turn = match Self::DECLARATION.rate {
            RateClass::Heavy => None,
            _ => Arc::clone(call.app.reading()).acquire_owned().await.ok(),
        };
        let read = move || {
            let _turn = turn;
            R::read(&call, &view)?.reply()
        };
        tokio::task::spawn_blocking(read)
            .await
            .map_err(|error| Problem::internal("reading in the background", &error))?
    }
}
