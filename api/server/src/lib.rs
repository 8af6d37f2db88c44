//! axum, native API, the convolog binary.
