//! `convolog replay record`: turns a conversation into a story.
