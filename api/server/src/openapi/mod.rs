//! The OpenAPI 3.1 document and the pages made from it. Everything in them comes from the
//! endpoints' own declarations.

mod document;
mod page;
mod schema;

pub use document::document;
pub use page::{content_security_policy, errors_page, reference_page};
pub(crate) use schema::type_name;
