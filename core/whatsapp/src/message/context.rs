//! What stands around a message: what it answers, where its writer came from, what an edit changes.

use std::fmt;

use super::kind::{MessageType, content_of, kind_of};
use crate::json::Value;
use crate::media::Media;
use crate::party::{FROM, Party};

/// A product that a message is about.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Product {
    /// The catalog it is in.
    pub catalog_id: Option<String>,
    /// The business's own id of it.
    pub product_id: Option<String>,
}

/// What a message refers to.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// Who wrote the message that is answered.
    pub from: Party,
    /// Its wamid.
    pub wamid: Option<String>,
    /// The message was forwarded.
    pub forwarded: bool,
    /// It was forwarded very often.
    pub frequently_forwarded: bool,
    /// It asks about a product.
    pub product: Option<Product>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("answers", &self.wamid.is_some())
            .field("forwarded", &(self.forwarded || self.frequently_forwarded))
            .field("product", &self.product.is_some())
            .finish_non_exhaustive()
    }
}

/// The advertisement or post through which a person came.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are Meta's")]
pub struct Referral {
    pub source_url: Option<String>,
    pub source_id: Option<String>,
    /// `ad` or `post`.
    pub source_type: Option<String>,
    pub headline: Option<String>,
    pub body: Option<String>,
    pub media_type: Option<String>,
    /// Click id, to report a conversion back.
    pub ctwa_clid: Option<String>,
    /// What the person was greeted with.
    pub welcome_text: Option<String>,
}

impl fmt::Debug for Referral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Referral").field("source_type", &self.source_type).finish_non_exhaustive()
    }
}

/// What an edited message now is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// Its type; the text is the text of the edit.
    pub kind: MessageType,
    /// Its file.
    pub media: Option<Media>,
}

impl Context {
    pub(super) fn read(value: Value<'_>) -> Self {
        Self {
            from: Party::of(value, &FROM),
            wamid: value.id_of("id"),
            forwarded: value.bool_of("forwarded").unwrap_or_default(),
            frequently_forwarded: value.bool_of("frequently_forwarded").unwrap_or_default(),
            product: value.object_of("referred_product").map(|product| Product {
                catalog_id: product.id_of("catalog_id"),
                product_id: product.id_of("product_retailer_id"),
            }),
        }
    }
}

impl Referral {
    pub(super) fn read(value: Value<'_>) -> Self {
        let welcome = value.object_of("welcome_message");
        Self {
            source_url: value.text_of("source_url"),
            source_id: value.id_of("source_id"),
            source_type: value.name_of("source_type"),
            headline: value.text_of("headline"),
            body: value.text_of("body"),
            media_type: value.name_of("media_type"),
            ctwa_clid: value.text_of("ctwa_clid"),
            welcome_text: welcome.and_then(|welcome| welcome.text_of("text")),
        }
    }
}

impl Edit {
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let inner = value.object_of("message")?;
        let kind = kind_of(inner);
        let media = content_of(inner, &kind).filter(|_| kind.is_media()).map(Media::read);
        Some(Self { kind, media })
    }
}
