//! From the bytes of a post to its updates.

use crate::json::{Document, Kind, Value};
use crate::limits::{MAX_BODY, MAX_UPDATES};
use crate::post::{NotJson, NotMeta, Post, Skeleton};
use crate::walk::Walk;

/// What a post says it is about.
pub(crate) const OBJECT: &str = "whatsapp_business_account";

/// Reads a post. Fails only if the body is no post of a WhatsApp business account at all; whatever is odd
/// inside becomes a message, status or notice with what could be read of it.
///
/// Says nothing about who sent it: the caller has verified the signature, and judges by each update's
/// [`Place`](crate::Place) whether the sender may speak for that number.
pub fn parse(body: &[u8]) -> Result<Post, NotMeta> {
    let text = text_of(body)?;
    let document = document_of(text)?;
    let root = root_of(&document)?;
    let mut walk = Walk::new(body);
    walk.post(root);
    if walk.is_full() {
        return Err(NotMeta::TooManyUpdates);
    }
    debug_assert!(walk.updates.len() <= MAX_UPDATES, "the walk stops at the limit");
    let skeleton = Skeleton(walk.cutter.skeleton(text, &document));
    Ok(Post { updates: walk.updates, skeleton })
}

pub(crate) fn text_of(body: &[u8]) -> Result<&str, NotMeta> {
    if body.len() > MAX_BODY {
        return Err(NotMeta::TooLarge);
    }
    std::str::from_utf8(body).map_err(|_| NotMeta::NotUtf8)
}

pub(crate) fn document_of(text: &str) -> Result<Document<'_>, NotMeta> {
    Document::read(text).map_err(|reason| NotMeta::NotJson { reason: NotJson(reason) })
}

/// The frame of a post, checked.
pub(crate) fn root_of<'d>(document: &'d Document<'_>) -> Result<Value<'d>, NotMeta> {
    let root = document.root();
    if root.text_of("object").is_none_or(|object| object != OBJECT) {
        return Err(NotMeta::NotAPost { missing: "\"object\": \"whatsapp_business_account\"" });
    }
    if root.get("entry").is_none_or(|entry| entry.kind() != Kind::Array) {
        return Err(NotMeta::NotAPost { missing: "the array \"entry\"" });
    }
    Ok(root)
}
