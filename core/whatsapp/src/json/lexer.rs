//! Reads JSON token by token, checking its grammar (RFC 8259) and its depth, allocating nothing.

use crate::limits::MAX_DEPTH;

/// Why bytes are not JSON that we read. Holds places, never content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(crate) enum JsonError {
    #[error("it ends in the middle of a value")]
    Unfinished,
    #[error("byte {0} does not belong there")]
    Unexpected(usize),
    #[error("it is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TokenKind {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    /// A member's name; its colon has been read as well.
    Key,
    String,
    Number,
    Bool,
    Null,
}

/// A token and where it stands: `start..end` of the bytes, quotes included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What the grammar allows next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Key,
    CommaOrEnd,
    Nothing,
}

/// A pull reader over bytes. After an error it must not be asked again.
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u32,
    /// One bit a level, the lowest is the innermost: 1 for an object, 0 for an array.
    objects: u64,
    expect: Expect,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, depth: 0, objects: 0, expect: Expect::Value }
    }

    /// How many arrays and objects are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// The next token; `None` after one whole value and nothing but white space behind it.
    pub(crate) fn next(&mut self) -> Result<Option<Token>, JsonError> {
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else {
                return if self.expect == Expect::Nothing {
                    Ok(None)
                } else {
                    Err(JsonError::Unfinished)
                };
            };
            match (self.expect, byte) {
                (Expect::CommaOrEnd, b',') => {
                    self.at += 1;
                    self.expect = if self.in_object() { Expect::Key } else { Expect::Value };
                }
                (Expect::CommaOrEnd | Expect::KeyOrEnd, b'}') if self.in_object() => {
                    return Ok(Some(self.close(TokenKind::ObjectEnd)));
                }
                (Expect::CommaOrEnd | Expect::ValueOrEnd, b']') if !self.in_object() => {
                    return Ok(Some(self.close(TokenKind::ArrayEnd)));
                }
                (Expect::Key | Expect::KeyOrEnd, b'"') => return self.key().map(Some),
                (Expect::Value | Expect::ValueOrEnd, _) => return self.value(byte).map(Some),
                _ => return Err(JsonError::Unexpected(self.at)),
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    fn after_value(&self) -> Expect {
        if self.depth == 0 { Expect::Nothing } else { Expect::CommaOrEnd }
    }

    fn open(&mut self, kind: TokenKind) -> Result<Token, JsonError> {
        if self.depth >= MAX_DEPTH {
            return Err(JsonError::TooDeep);
        }
        let object = kind == TokenKind::ObjectStart;
        self.depth += 1;
        self.objects = self.objects << 1 | u64::from(object);
        self.expect = if object { Expect::KeyOrEnd } else { Expect::ValueOrEnd };
        self.at += 1;
        Ok(Token { kind, start: self.at - 1, end: self.at })
    }

    fn close(&mut self, kind: TokenKind) -> Token {
        self.depth -= 1;
        self.objects >>= 1;
        self.expect = self.after_value();
        self.at += 1;
        Token { kind, start: self.at - 1, end: self.at }
    }

    fn key(&mut self) -> Result<Token, JsonError> {
        let start = self.at;
        self.string()?;
        let end = self.at;
        self.skip_space();
        self.literal(b":")?;
        self.expect = Expect::Value;
        Ok(Token { kind: TokenKind::Key, start, end })
    }

    fn value(&mut self, byte: u8) -> Result<Token, JsonError> {
        let start = self.at;
        let kind = match byte {
            b'{' => return self.open(TokenKind::ObjectStart),
            b'[' => return self.open(TokenKind::ArrayStart),
            b'"' => self.string().map(|()| TokenKind::String),
            b't' => self.literal(b"true").map(|()| TokenKind::Bool),
            b'f' => self.literal(b"false").map(|()| TokenKind::Bool),
            b'n' => self.literal(b"null").map(|()| TokenKind::Null),
            b'-' | b'0'..=b'9' => self.number().map(|()| TokenKind::Number),
            _ => Err(JsonError::Unexpected(start)),
        }?;
        self.expect = self.after_value();
        Ok(Token { kind, start, end: self.at })
    }

    fn literal(&mut self, word: &[u8]) -> Result<(), JsonError> {
        for expected in word {
            match self.peek() {
                Some(byte) if byte == *expected => self.at += 1,
                Some(_) => return Err(JsonError::Unexpected(self.at)),
                None => return Err(JsonError::Unfinished),
            }
        }
        Ok(())
    }

    /// From the opening quote to behind the closing one.
    fn string(&mut self) -> Result<(), JsonError> {
        self.at += 1;
        loop {
            match self.peek() {
                None => return Err(JsonError::Unfinished),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(0..=0x1f) => return Err(JsonError::Unexpected(self.at)),
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        self.at += 1;
        match self.peek() {
            None => Err(JsonError::Unfinished),
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                Ok(())
            }
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    match self.peek() {
                        Some(byte) if byte.is_ascii_hexdigit() => self.at += 1,
                        Some(_) => return Err(JsonError::Unexpected(self.at)),
                        None => return Err(JsonError::Unfinished),
                    }
                }
                Ok(())
            }
            Some(_) => Err(JsonError::Unexpected(self.at)),
        }
    }

    fn number(&mut self) -> Result<(), JsonError> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            Some(b'0'..=b'9') => {}
            Some(_) => return Err(JsonError::Unexpected(self.at)),
            None => return Err(JsonError::Unfinished),
        }
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        Ok(())
    }
}
