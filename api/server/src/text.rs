//! Putting text together.

use std::fmt::{Arguments, Write};

/// Adds formatted text to a text.
pub(crate) fn add(to: &mut String, text: Arguments<'_>) {
    // Writing to a String fails only if a value fails to show itself; then it is left out.
    if to.write_fmt(text).is_err() {
        debug_assert!(false, "a value could not be shown");
    }
}
