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
    read(body, Walk::new(body))
}

/// Reads a post that holds some parts of another one, whose SHA-256 is `whole`. What has neither id
/// nor time is bound to that one, so that it is the same again whichever parts it comes with.
pub fn parse_part(body: &[u8], whole: &[u8; 32]) -> Result<Post, NotMeta> {
    read(body, Walk::within(body, whole))
}

fn read(body: &[u8], mut walk: Walk<'_>) -> Result<Post, NotMeta> {
    let text = text_of(body)?;
    let document = document_of(text)?;
    let root = root_of(&document)?;
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
