//! From a row to what is put into the index: its words unsealed, analysed and given away.

use std::collections::BTreeSet;

use convolog_domain::{ContactId, Event, StreamKind, WorkspaceId, conversation as said};
use convolog_engine::{Disclose, Recorded, Stream};
use convolog_log::{EventLog, Mode, Position};
use convolog_projections::contacts::ContactRow;
use convolog_projections::documents::{DocumentRow, VersionRow};
use convolog_projections::leads::LeadRow;
use convolog_projections::transcripts::MessageRow;
use convolog_projections::view::Texts;
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token};
use uuid::Uuid;

use super::row::{Key, Kind, Row};
use super::schema::{Fields, TextFields};
use crate::analysis::{Stems, Word, fold, words};
use crate::error::SearchError;

/// One passage as it is stored, to be shown without opening its document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PassageRow {
    pub(crate) document: Uuid,
    pub(crate) version: u32,
    /// The event that holds the version.
    pub(crate) position: Position,
    /// The number of the passage in its document, from 1.
    pub(crate) number: u32,
    pub(crate) title: String,
    pub(crate) headings: Vec<String>,
    pub(crate) text: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) language: Option<String>,
    pub(crate) agent: Option<Uuid>,
}

impl PassageRow {
    const LIMIT: usize = 4 << 20;

    fn encode(&self) -> Result<Vec<u8>, SearchError> {
        let config = bincode::config::standard().with_limit::<{ Self::LIMIT }>();
        bincode::serde::encode_to_vec(self, config).map_err(|_| SearchError::Unreadable)
    }

    /// A stored passage, read back.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, SearchError> {
        let config = bincode::config::standard().with_limit::<{ Self::LIMIT }>();
        match bincode::serde::decode_from_slice(bytes, config) {
            Ok((row, used)) if used == bytes.len() => Ok(row),
            _ => Err(SearchError::Unreadable),
        }
    }
}

/// Makes items from rows.
#[derive(Clone, Copy)]
pub(crate) struct Items<'a> {
    pub(crate) log: &'a dyn EventLog,
    pub(crate) disclose: &'a dyn Disclose,
    pub(crate) fields: Fields,
}

impl Items<'_> {
    /// Everything that the index holds of a row.
    pub(crate) fn of(
        &self,
        workspace: WorkspaceId,
        key: Key,
        row: &Row,
    ) -> Result<Vec<TantivyDocument>, SearchError> {
        let mut item = TantivyDocument::new();
        item.add_bytes(self.fields.key, &key.bytes());
        item.add_bytes(self.fields.row, &row.encode()?);
        let mut items = Vec::new();
        match row {
            Row::Document(stored) => items = self.passages(&stored.row)?,
            Row::Message(stored) => self.message(workspace, &stored.row, &mut item)?,
            Row::Contact(stored) => self.contact(&stored.row, &mut item)?,
            Row::Lead(stored) => self.lead(&stored.row, &mut item)?,
            Row::Erased(_) => {}
        }
        items.push(item);
        Ok(items)
    }

    fn texts(&self) -> Texts<'_> {
        Texts::new(self.log, self.disclose)
    }

    fn passages(&self, row: &DocumentRow) -> Result<Vec<TantivyDocument>, SearchError> {
        let Some(version) = row.standing() else { return Ok(Vec::new()) };
        let Some((mode, content)) = self.texts().document(version.position)? else {
            return Ok(Vec::new());
        };
        let stems = Stems::of(version.language.as_deref());
        let mut items = Vec::with_capacity(content.passages.len());
        for (number, mark) in (1_u32..).zip(&content.passages) {
            let passage = PassageRow {
                document: row.id.0,
                version: version.number,
                position: version.position,
                number,
                title: content.title.expose().to_owned(),
                headings: mark.headings.iter().map(|h| h.expose().to_owned()).collect(),
                text: content.passage(mark).to_owned(),
                start: mark.start,
                end: mark.end,
                language: version.language.clone(),
                agent: version.agent.map(|agent| agent.0),
            };
            items.push(self.passage((&passage, mode), version, stems)?);
        }
        Ok(items)
    }

    fn passage(
        &self,
        (passage, mode): (&PassageRow, Mode),
        version: &VersionRow,
        stems: Stems,
    ) -> Result<TantivyDocument, SearchError> {
        let fields = &self.fields;
        let mut item = TantivyDocument::new();
        let mut key = Key { kind: Kind::Passage, id: passage.document }.bytes();
        key.extend_from_slice(&passage.number.to_be_bytes());
        item.add_bytes(fields.key, &key);
        item.add_bytes(fields.kind, &[Kind::Passage.code()]);
        item.add_bytes(fields.row, &passage.encode()?);
        item.add_bytes(fields.document, passage.document.as_bytes());
        item.add_bytes(fields.agent, &reader(passage.agent, mode));
        item.add_bytes(fields.language, version.language.as_deref().unwrap_or_default().as_bytes());
        add_text(&mut item, fields.passage, &words(&passage.text), stems);
        let headings = std::iter::once(&passage.title).chain(&passage.headings);
        let headings: Vec<Word> = headings.flat_map(|heading| words(heading)).collect();
        add_text(&mut item, fields.heading, &headings, stems);
        Ok(item)
    }

    fn message(
        &self,
        workspace: WorkspaceId,
        row: &MessageRow,
        item: &mut TantivyDocument,
    ) -> Result<(), SearchError> {
        let Some(spoken) = &row.spoken else { return Ok(()) };
        let Some(text) = self.texts().message(row)? else { return Ok(()) };
        let fields = &self.fields;
        item.add_bytes(fields.kind, &[Kind::Message.code()]);
        let told = [Some(spoken.told.position), row.edit.as_ref().map(|edit| edit.position)];
        for position in told.into_iter().flatten() {
            for subject in self.subjects(position)? {
                item.add_bytes(fields.subject, subject.as_bytes());
            }
        }
        item.add_bytes(fields.conversation, spoken.conversation.0.as_bytes());
        if let Some(opened) = self.opened(workspace, spoken.conversation.0)? {
            item.add_bytes(fields.channel, opened.channel.0.as_bytes());
            item.add_bytes(fields.contact, opened.contact.0.as_bytes());
            item.add_bytes(fields.subject, opened.contact.0.as_bytes());
        }
        item.add_bytes(fields.direction, direction(spoken.told.said.direction));
        item.add_i64(fields.at, spoken.shown.second());
        let language = convolog_domain::document::detect_language(&text);
        add_text(item, fields.message, &words(&text), Stems::of(language));
        item.add_bytes(fields.language, language.unwrap_or_default().as_bytes());
        Ok(())
    }

    fn contact(&self, row: &ContactRow, item: &mut TantivyDocument) -> Result<(), SearchError> {
        let names = self.texts().contact(row)?;
        if names.is_empty() || row.created.is_none() {
            return Ok(());
        }
        let ContactId(id) = row.id;
        item.add_bytes(self.fields.kind, &[Kind::Contact.code()]);
        item.add_bytes(self.fields.subject, id.as_bytes());
        item.add_bytes(self.fields.contact, id.as_bytes());
        add_names(item, self.fields.contact_name, &names);
        Ok(())
    }

    fn lead(&self, row: &LeadRow, item: &mut TantivyDocument) -> Result<(), SearchError> {
        let names = self.texts().lead(row)?;
        if names.is_empty() || row.opened.is_none() {
            return Ok(());
        }
        item.add_bytes(self.fields.kind, &[Kind::Lead.code()]);
        let fields: BTreeSet<Position> = row.fields.values().copied().collect();
        for position in fields {
            for subject in self.subjects(position)? {
                item.add_bytes(self.fields.subject, subject.as_bytes());
            }
        }
        if let Some(contact) = row.contact {
            item.add_bytes(self.fields.subject, contact.0.as_bytes());
            item.add_bytes(self.fields.contact, contact.0.as_bytes());
        }
        add_names(item, self.fields.lead_name, &names);
        Ok(())
    }

    /// Whose keys seal the event.
    fn subjects(&self, position: Position) -> Result<Vec<Uuid>, SearchError> {
        let Some(record) = self.log.get(position)? else { return Ok(Vec::new()) };
        Ok(record.decode()?.sealed.iter().map(|part| part.subject).collect())
    }

    /// How a conversation began: its first event says it.
    fn opened(
        &self,
        workspace: WorkspaceId,
        conversation: Uuid,
    ) -> Result<Option<said::ConversationOpened>, SearchError> {
        let stream = Stream::new(workspace, StreamKind::Conversation, conversation);
        let records = self.log.read_stream(&stream.key(), 0, 1)?;
        let Some(first) = records.first() else { return Ok(None) };
        match Recorded::read(first)?.event {
            Event::Conversation(said::Event::ConversationOpened(opened)) => Ok(Some(opened)),
            _ => Ok(None),
        }
    }
}

/// The term of a direction.
pub(crate) const fn direction(direction: said::Direction) -> &'static [u8] {
    match direction {
        said::Direction::Inbound => b"i",
        said::Direction::Outbound => b"o",
    }
}

fn add_text(item: &mut TantivyDocument, fields: TextFields, words: &[Word], stems: Stems) {
    add_stems(item, fields.stems, words, stems);
    let tokens = words.iter().enumerate().map(|(place, word)| token(fold(&word.text), place));
    add_tokens(item, fields.words, tokens.collect());
}

fn add_names(item: &mut TantivyDocument, fields: TextFields, names: &[String]) {
    let names: Vec<Word> = names.iter().flat_map(|name| words(name)).collect();
    add_text(item, fields, &names, Stems::of(None));
}

fn add_stems(item: &mut TantivyDocument, field: Field, words: &[Word], stems: Stems) {
    let mut tokens = Vec::with_capacity(words.len());
    for (place, word) in words.iter().enumerate() {
        tokens.extend(stems.stems(&word.text).into_iter().map(|stem| token(stem, place)));
    }
    add_tokens(item, field, tokens);
}

fn token(text: String, position: usize) -> Token {
    Token { text, position, ..Token::default() }
}

fn add_tokens(item: &mut TantivyDocument, field: Field, tokens: Vec<Token>) {
    if !tokens.is_empty() {
        item.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
    }
}

/// Who answers from a passage: an agent, or (nil) every one. What was added in the sandbox is nobody's
/// but theirs who talk in it.
pub(crate) fn reader(agent: Option<Uuid>, mode: Mode) -> Vec<u8> {
    let mut reader = agent.unwrap_or_default().as_bytes().to_vec();
    if mode == Mode::Test {
        reader.push(1);
    }
    reader
}
