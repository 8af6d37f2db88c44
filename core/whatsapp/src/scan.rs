//! A look at bytes that nobody has vouched for yet: which numbers and accounts do they speak of?
//!
//! Tells which secrets are worth trying on the signature, nothing more: after the signature has verified,
//! ownership is judged by what [`parse`](crate::parse) reads. Builds no tree, takes memory for at most
//! [`MAX_NAMED`] ids of each kind, and stops quietly where the bytes stop being JSON.

use std::fmt;

use crate::json::{Lexer, TokenKind, decode};
use crate::limits::{MAX_BODY, MAX_ID, MAX_NAMED};

/// The ids that a body names, distinct, in order of appearance.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// `entry[].changes[].value.metadata.phone_number_id`
    pub phone_number_ids: Vec<String>,
    /// `entry[].id`: WhatsApp business accounts.
    pub account_ids: Vec<String>,
    /// There were more than [`MAX_NAMED`] of one kind, or the body is too large to be looked at.
    pub truncated: bool,
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Named")
            .field("phone_number_ids", &self.phone_number_ids.len())
            .field("account_ids", &self.account_ids.len())
            .field("truncated", &self.truncated)
            .finish()
    }
}

/// The names on the two ways that are of interest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Other,
    Entry,
    Id,
    Changes,
    Value,
    Metadata,
    PhoneNumberId,
}

/// Names of members by depth; the deepest one looked at is below `metadata`.
const LEVELS: usize = 8;
const ACCOUNT_DEPTH: u32 = 3;
const NUMBER_DEPTH: u32 = 7;

/// Looks through `body` once. Never fails: whatever was named before the bytes went wrong is returned.
pub fn scan(body: &[u8]) -> Named {
    let mut named = Named::default();
    if body.len() > MAX_BODY {
        named.truncated = true;
        return named;
    }
    let mut lexer = Lexer::new(body);
    // The name under which we are at each depth; arrays have none.
    let mut way = [Step::Other; LEVELS];
    while let Ok(Some(token)) = lexer.next() {
        let depth = lexer.depth();
        let raw = body.get(token.start..token.end).unwrap_or_default();
        let level = usize::try_from(depth).ok().and_then(|depth| way.get_mut(depth));
        match (token.kind, level) {
            (TokenKind::Key, Some(step)) => *step = step_of(raw),
            (TokenKind::ObjectStart | TokenKind::ArrayStart, Some(step)) => *step = Step::Other,
            (TokenKind::String | TokenKind::Number, _) if depth == ACCOUNT_DEPTH => {
                if let [_, Step::Entry, _, Step::Id, ..] = way {
                    remember(&mut named.account_ids, raw, &mut named.truncated);
                }
            }
            (TokenKind::String | TokenKind::Number, _) if depth == NUMBER_DEPTH => {
                if let [
                    _,
                    Step::Entry,
                    _,
                    Step::Changes,
                    _,
                    Step::Value,
                    Step::Metadata,
                    Step::PhoneNumberId,
                ] = way
                {
                    remember(&mut named.phone_number_ids, raw, &mut named.truncated);
                }
            }
            _ => {}
        }
    }
    named
}

fn step_of(quoted: &[u8]) -> Step {
    match text_of(quoted).as_deref() {
        Some("entry") => Step::Entry,
        Some("id") => Step::Id,
        Some("changes") => Step::Changes,
        Some("value") => Step::Value,
        Some("metadata") => Step::Metadata,
        Some("phone_number_id") => Step::PhoneNumberId,
        _ => Step::Other,
    }
}

/// The text of a short string or number; `None` if it is long or not UTF-8.
fn text_of(raw: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(raw).ok().filter(|text| text.len() <= MAX_ID)?;
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    Some(decode(inner).into_owned())
}

fn remember(ids: &mut Vec<String>, raw: &[u8], truncated: &mut bool) {
    let Some(id) = text_of(raw).filter(|id| !id.is_empty() && !ids.contains(id)) else { return };
    if ids.len() < MAX_NAMED {
        ids.push(id);
    } else {
        *truncated = true;
    }
}
