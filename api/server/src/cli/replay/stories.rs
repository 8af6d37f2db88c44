//! `convolog replay test`: runs stories.
