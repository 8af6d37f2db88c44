//! What an index holds of each item.
//!
//! Words stand in it twice: as stems with their places, by which they are ranked and found in
//! phrases, and as they are written, by which beginnings and misspelt words are found. Each kind of
//! item has fields of its own, so that how long and how common the words of one kind are does not
//! depend on the others.

use tantivy::Term;
use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use uuid::Uuid;

/// The fields of an index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Names the item; unique.
    pub(crate) key: Field,
    /// What kind of item it is; only of those that can be found.
    pub(crate) kind: Field,
    /// Its row. Holds text only of passages.
    pub(crate) row: Field,
    /// The document of a passage.
    pub(crate) document: Field,
    /// The agent that a passage is for (nil: for every agent), and in which mode it was added.
    pub(crate) agent: Field,
    /// The language of a passage.
    pub(crate) language: Field,
    /// Whose erasure concerns the item.
    pub(crate) subject: Field,
    /// The conversation of a message.
    pub(crate) conversation: Field,
    /// The channel of a message.
    pub(crate) channel: Field,
    /// The contact of a message.
    pub(crate) contact: Field,
    /// Who wrote a message.
    pub(crate) direction: Field,
    /// When a message was said (seconds since 1970).
    pub(crate) at: Field,
    /// The text of a passage.
    pub(crate) passage: TextFields,
    /// The title of its document and the headings above it.
    pub(crate) heading: TextFields,
    /// The text of a message.
    pub(crate) message: TextFields,
    /// The names of a contact.
    pub(crate) contact_name: TextFields,
    /// The names of a lead.
    pub(crate) lead_name: TextFields,
}

/// The two fields of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextFields {
    /// Its stems, in order.
    pub(crate) stems: Field,
    /// Its words as they are written.
    pub(crate) words: Field,
}

/// The schema, and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |record, norms| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(record)
            .set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    let stems = text(IndexRecordOption::WithFreqsAndPositions, true);
    let words = text(IndexRecordOption::Basic, false);
    let both = |builder: &mut tantivy::schema::SchemaBuilder, name: &str| TextFields {
        stems: builder.add_text_field(&format!("{name}_stems"), stems.clone()),
        words: builder.add_text_field(&format!("{name}_words"), words.clone()),
    };
    let fields = Fields {
        key: builder.add_bytes_field("key", INDEXED | STORED),
        kind: builder.add_bytes_field("kind", INDEXED),
        row: builder.add_bytes_field("row", STORED),
        document: builder.add_bytes_field("document", INDEXED),
        agent: builder.add_bytes_field("agent", INDEXED),
        language: builder.add_bytes_field("language", INDEXED),
        subject: builder.add_bytes_field("subject", INDEXED),
        conversation: builder.add_bytes_field("conversation", INDEXED),
        channel: builder.add_bytes_field("channel", INDEXED),
        contact: builder.add_bytes_field("contact", INDEXED),
        direction: builder.add_bytes_field("direction", INDEXED),
        at: builder.add_i64_field("at", INDEXED),
        passage: both(&mut builder, "passage"),
        heading: both(&mut builder, "heading"),
        message: both(&mut builder, "message"),
        contact_name: both(&mut builder, "contact_name"),
        lead_name: both(&mut builder, "lead_name"),
    };
    (builder.build(), fields)
}

/// The term of an id in a field.
pub(crate) fn id_term(field: Field, id: Uuid) -> Term {
    Term::from_field_bytes(field, id.as_bytes())
}
