//! A whole JSON text as a flat list of spans: one pass, one allocation, about 16 times less to fear than a
//! tree when the text is hostile.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::lexer::{JsonError, Lexer, TokenKind};
use super::strings::decode;

/// What an entry of a document is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Object,
    Array,
    Key,
    String,
    Number,
    Bool,
    Null,
}

#[derive(Clone, Copy)]
struct Entry {
    kind: Kind,
    start: usize,
    end: usize,
    /// Index of the first entry that is not inside this one.
    next: usize,
}

/// A JSON text that has been read. A member of an object takes two entries: its key and its value.
pub(crate) struct Document<'a> {
    text: &'a str,
    entries: Vec<Entry>,
}

impl<'a> Document<'a> {
    pub(crate) fn read(text: &'a str) -> Result<Self, JsonError> {
        let mut lexer = Lexer::new(text.as_bytes());
        let mut entries: Vec<Entry> = Vec::with_capacity(text.len() / 16);
        let mut open: Vec<usize> = Vec::new();
        while let Some(token) = lexer.next()? {
            let kind = match token.kind {
                TokenKind::ObjectEnd | TokenKind::ArrayEnd => {
                    let next = entries.len();
                    if let Some(entry) = open.pop().and_then(|index| entries.get_mut(index)) {
                        entry.end = token.end;
                        entry.next = next;
                    }
                    continue;
                }
                TokenKind::ObjectStart => Kind::Object,
                TokenKind::ArrayStart => Kind::Array,
                TokenKind::Key => Kind::Key,
                TokenKind::String => Kind::String,
                TokenKind::Number => Kind::Number,
                TokenKind::Bool => Kind::Bool,
                TokenKind::Null => Kind::Null,
            };
            if matches!(kind, Kind::Object | Kind::Array) {
                open.push(entries.len());
            }
            let next = entries.len() + 1;
            entries.push(Entry { kind, start: token.start, end: token.end, next });
        }
        Ok(Self { text, entries })
    }

    /// The outermost value. A document that was read always has one.
    pub(crate) fn root(&self) -> Value<'_> {
        Value { document: self, index: 0 }
    }

    /// Every key of every object, in the order of the text.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.entries.len())
            .map(|index| Value { document: self, index })
            .filter(|value| value.kind() == Kind::Key)
    }

    /// What stands directly before `value`: for the first member's key, the object it belongs to.
    pub(crate) fn before(&self, value: Value<'_>) -> Option<Value<'_>> {
        value.index.checked_sub(1).map(|index| Value { document: self, index })
    }

    fn entry(&self, index: usize) -> Entry {
        let nothing = Entry { kind: Kind::Null, start: 0, end: 0, next: index + 1 };
        self.entries.get(index).copied().unwrap_or(nothing)
    }
}

/// One value (or key) of a document. Cheap to copy; says nothing in `Debug` because it has none.
#[derive(Clone, Copy)]
pub(crate) struct Value<'d> {
    document: &'d Document<'d>,
    index: usize,
}

impl<'d> Value<'d> {
    fn entry(self) -> Entry {
        self.document.entry(self.index)
    }

    pub(crate) fn kind(self) -> Kind {
        self.entry().kind
    }

    pub(crate) fn is_container(self) -> bool {
        matches!(self.kind(), Kind::Object | Kind::Array)
    }

    /// Whether it holds nothing: a plain value, or an array or object without members.
    pub(crate) fn is_empty(self) -> bool {
        !self.is_container() || self.entry().next == self.index + 1
    }

    /// Whether both are the same place of the text, not merely equal.
    pub(crate) fn is_same(self, other: Self) -> bool {
        self.index == other.index
    }

    /// Where it stands in the text, in bytes.
    pub(crate) fn span(self) -> (usize, usize) {
        let entry = self.entry();
        (entry.start, entry.end)
    }

    /// Its text exactly as sent.
    pub(crate) fn raw(self) -> &'d str {
        let entry = self.entry();
        self.document.text.get(entry.start..entry.end).unwrap_or("")
    }

    /// The decoded text of a string or key; `None` for anything else.
    pub(crate) fn string(self) -> Option<Cow<'d, str>> {
        match self.kind() {
            Kind::String | Kind::Key => {
                let raw = self.raw();
                raw.get(1..raw.len().saturating_sub(1)).map(decode)
            }
            _ => None,
        }
    }

    /// A string's text, or a number or boolean as it is spelled: for fields whose JSON type is not to be
    /// relied on.
    pub(crate) fn scalar(self) -> Option<Cow<'d, str>> {
        match self.kind() {
            Kind::Number | Kind::Bool => Some(Cow::Borrowed(self.raw())),
            _ => self.string(),
        }
    }

    /// The members of an object in the order of the text, repeated keys included; empty for anything else.
    pub(crate) fn members(self) -> impl Iterator<Item = (Self, Self)> {
        let (first, end) = self.inside(Kind::Object);
        let document = self.document;
        std::iter::successors((first < end).then_some(first), move |key| {
            let next = document.entry(key + 1).next;
            (next < end).then_some(next)
        })
        .map(move |key| (Self { document, index: key }, Self { document, index: key + 1 }))
    }

    /// The elements of an array; empty for anything else.
    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
        let (first, end) = self.inside(Kind::Array);
        let document = self.document;
        std::iter::successors((first < end).then_some(first), move |index| {
            let next = document.entry(*index).next;
            (next < end).then_some(next)
        })
        .map(move |index| Self { document, index })
    }

    fn inside(self, kind: Kind) -> (usize, usize) {
        let entry = self.entry();
        if entry.kind == kind { (self.index + 1, entry.next) } else { (0, 0) }
    }

    /// Whether this key spells `name`. Every escape is longer than what it stands for, so only a longer
    /// spelling has to be decoded.
    pub(crate) fn is_key(self, name: &str) -> bool {
        let raw = self.raw();
        match raw.len().cmp(&(name.len() + 2)) {
            Ordering::Less => false,
            Ordering::Equal => raw.get(1..=name.len()) == Some(name),
            Ordering::Greater => {
                raw.contains('\\') && self.string().is_some_and(|text| text == name)
            }
        }
    }

    /// The member called `name`; the last one if it is repeated, as every common reader has it.
    pub(crate) fn get(self, name: &str) -> Option<Self> {
        self.members().filter(|(key, _)| key.is_key(name)).last().map(|(_, value)| value)
    }
}
