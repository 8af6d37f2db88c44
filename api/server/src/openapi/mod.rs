//! The OpenAPI 3.1 document, the Postman collection, and the pages made from them. Everything in them
//! comes from the endpoints' own declarations; examples come from the walk through the demo.

mod document;
mod examples;
mod page;
mod postman;
mod schema;
pub mod walk;

pub use document::document;
pub use page::{content_security_policy, errors_page, reference_page};
pub use postman::collection;
pub(crate) use schema::type_name;
