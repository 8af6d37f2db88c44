//! Reads MessagePack as `rmp_serde` writes it.
//!
//! Reading with `rmp_serde` itself compiles every format of a value anew for each field of each type:
//! that was two fifths of this crate's code. Here a value is recognised in one place, and what is made
//! for each type only hands it over. Reads from memory, copies nothing, panics on no bytes.

use rmp::Marker;
use rmp_serde::decode::Error;
use serde::de::{self, DeserializeSeed, Deserializer, Error as _, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// How deep values may lie in each other: twice what the reader of JSON lets in, and a stack holds it.
const DEPTH_MAX: u16 = 256;

/// What remains to be read.
pub(crate) struct Reader<'de> {
    rest: &'de [u8],
    depth: u16,
}

/// One value, or the beginning of one that holds others.
enum Token<'de> {
    Nil,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(&'de str),
    Bytes(&'de [u8]),
    Sequence(u32),
    Map(u32),
}

impl<'de> Reader<'de> {
    pub(crate) const fn new(bytes: &'de [u8]) -> Self {
        Self { rest: bytes, depth: DEPTH_MAX }
    }

    /// Whether all was read.
    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    fn marker(&self) -> Option<Marker> {
        self.rest.first().map(|first| Marker::from_u8(*first))
    }

    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (chunk, rest) = self.rest.split_first_chunk().ok_or_else(ends_too_early)?;
        self.rest = rest;
        Ok(*chunk)
    }

    fn bytes(&mut self, count: u32) -> Result<&'de [u8], Error> {
        let count = usize::try_from(count).map_err(|_| ends_too_early())?;
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or_else(ends_too_early)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn text(&mut self, bytes: u32) -> Result<Token<'de>, Error> {
        std::str::from_utf8(self.bytes(bytes)?).map(Token::Text).map_err(Error::Utf8Error)
    }

    fn u8(&mut self) -> Result<u8, Error> {
        self.chunk().map(u8::from_be_bytes)
    }

    fn u16(&mut self) -> Result<u16, Error> {
        self.chunk().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Result<u32, Error> {
        self.chunk().map(u32::from_be_bytes)
    }

    fn token(&mut self) -> Result<Token<'de>, Error> {
        let marker = Marker::from_u8(self.u8()?);
        Ok(match marker {
            Marker::Null => Token::Nil,
            Marker::True => Token::Bool(true),
            Marker::False => Token::Bool(false),
            Marker::FixPos(number) => Token::Unsigned(number.into()),
            Marker::FixNeg(number) => Token::Signed(number.into()),
            Marker::U8 => Token::Unsigned(self.u8()?.into()),
            Marker::U16 => Token::Unsigned(self.u16()?.into()),
            Marker::U32 => Token::Unsigned(self.u32()?.into()),
            Marker::U64 => Token::Unsigned(u64::from_be_bytes(self.chunk()?)),
            Marker::I8 => Token::Signed(i8::from_be_bytes(self.chunk()?).into()),
            Marker::I16 => Token::Signed(i16::from_be_bytes(self.chunk()?).into()),
            Marker::I32 => Token::Signed(i32::from_be_bytes(self.chunk()?).into()),
            Marker::I64 => Token::Signed(i64::from_be_bytes(self.chunk()?)),
            Marker::F32 => Token::Float(f32::from_be_bytes(self.chunk()?).into()),
            Marker::F64 => Token::Float(f64::from_be_bytes(self.chunk()?)),
            Marker::FixStr(len) => self.text(len.into())?,
            Marker::Str8 => {
                let len = self.u8()?;
                self.text(len.into())?
            }
            Marker::Str16 => {
                let len = self.u16()?;
                self.text(len.into())?
            }
            Marker::Str32 => {
                let len = self.u32()?;
                self.text(len)?
            }
            Marker::Bin8 => {
                let len = self.u8()?;
                Token::Bytes(self.bytes(len.into())?)
            }
            Marker::Bin16 => {
                let len = self.u16()?;
                Token::Bytes(self.bytes(len.into())?)
            }
            Marker::Bin32 => {
                let len = self.u32()?;
                Token::Bytes(self.bytes(len)?)
            }
            Marker::FixArray(len) => Token::Sequence(len.into()),
            Marker::Array16 => Token::Sequence(self.u16()?.into()),
            Marker::Array32 => Token::Sequence(self.u32()?),
            Marker::FixMap(len) => Token::Map(len.into()),
            Marker::Map16 => Token::Map(self.u16()?.into()),
            Marker::Map32 => Token::Map(self.u32()?),
            other => return Err(Error::TypeMismatch(other)),
        })
    }

    /// What a value holds; [`Self::leave`] follows.
    fn enter(&mut self, left: u32) -> Result<Held<'_, 'de>, Error> {
        self.depth = self.depth.checked_sub(1).ok_or(Error::DepthLimitExceeded)?;
        Ok(Held { reader: self, left })
    }

    /// All that it held must have been taken.
    const fn leave(&mut self, left: u32) -> Result<(), Error> {
        self.depth += 1;
        if left == 0 { Ok(()) } else { Err(Error::LengthMismatch(left)) }
    }
}

#[cold]
fn ends_too_early() -> Error {
    Error::custom("the bytes end within a value")
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.token()? {
            Token::Nil => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::Unsigned(number) => visitor.visit_u64(number),
            Token::Signed(number) => visitor.visit_i64(number),
            Token::Float(number) => visitor.visit_f64(number),
            Token::Text(text) => visitor.visit_borrowed_str(text),
            Token::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Token::Sequence(left) => {
                let mut held = self.enter(left)?;
                let value = visitor.visit_seq(&mut held)?;
                let left = held.left;
                self.leave(left).map(|()| value)
            }
            Token::Map(left) => {
                let mut held = self.enter(left)?;
                let value = visitor.visit_map(&mut held)?;
                let left = held.left;
                self.leave(left).map(|()| value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.marker() == Some(Marker::Null) {
            self.u8()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    /// Written as an empty sequence.
    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.marker() == Some(Marker::FixArray(0)) {
            self.u8()?;
            return visitor.visit_unit();
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// A variant with content is a map of one entry; one without is its name.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if !matches!(self.marker(), Some(Marker::FixMap(_) | Marker::Map16 | Marker::Map32)) {
            return visitor.visit_enum(Variant { reader: self, has_content: false });
        }
        match self.token()? {
            Token::Map(1) => visitor.visit_enum(Variant { reader: self, has_content: true }),
            _ => Err(Error::custom("a variant is a map of one entry")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// What a sequence or a map still holds.
struct Held<'a, 'de> {
    reader: &'a mut Reader<'de>,
    left: u32,
}

impl<'de> de::SeqAccess<'de> for Held<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        usize::try_from(self.left).ok()
    }
}

impl<'de> de::MapAccess<'de> for Held<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        de::SeqAccess::next_element_seed(self, seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.reader)
    }

    fn size_hint(&self) -> Option<usize> {
        de::SeqAccess::size_hint(self)
    }
}

/// A variant of an enumeration.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    has_content: bool,
}

impl<'a, 'de> Variant<'a, 'de> {
    fn content(self, wanted: &'static str) -> Result<&'a mut Reader<'de>, Error> {
        if self.has_content {
            Ok(self.reader)
        } else {
            Err(Error::invalid_type(Unexpected::UnitVariant, &wanted))
        }
    }
}

impl<'de> de::EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name = seed.deserialize(&mut *self.reader)?;
        Ok((name, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        if self.has_content { de::Deserialize::deserialize(self.reader) } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.content("newtype variant")?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.content("tuple variant")?.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.content("struct variant")?.deserialize_any(visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::exact::exactly;

    #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
    enum Kind {
        Bare,
        One(Option<u16>),
        Two(i64, String),
        Named { big: u64, small: i8, deep: Vec<Kind> },
    }

    #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
    struct Nothing;

    #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
    struct Everything {
        kind: Kind,
        kinds: BTreeMap<String, Kind>,
        text: String,
        letter: char,
        bytes: [u8; 3],
        half: f32,
        whole: f64,
        flags: (bool, bool),
        nothing: Nothing,
        unit: (),
        id: uuid::Uuid,
        numbers: Vec<i64>,
    }

    fn kinds() -> impl Strategy<Value = Kind> {
        let leaf = prop_oneof![
            Just(Kind::Bare),
            any::<Option<u16>>().prop_map(Kind::One),
            (any::<i64>(), ".{0,300}").prop_map(|(n, text)| Kind::Two(n, text)),
        ];
        leaf.prop_recursive(3, 40, 20, |inner| {
            let deep = prop::collection::vec(inner, 0..20);
            (any::<u64>(), any::<i8>(), deep).prop_map(|(big, small, deep)| Kind::Named {
                big,
                small,
                deep,
            })
        })
    }

    prop_compose! {
        fn everything()(
            kind in kinds(),
            kinds in prop::collection::btree_map(".{0,40}", kinds(), 0..20),
            (text, letter) in (".{0,300}", any::<char>()),
            (bytes, half, whole) in (any::<[u8; 3]>(), -1e6_f32..1e6, -1e9_f64..1e9),
            (flags, id) in (any::<(bool, bool)>(), any::<u128>()),
            numbers in prop::collection::vec(any::<i64>(), 0..40),
        ) -> Everything {
            let id = uuid::Uuid::from_u128(id);
            Everything { kind, kinds, text, letter, bytes, half, whole, flags, nothing: Nothing, unit: (), id, numbers }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read(value in everything()) {
            for bytes in [rmp_serde::to_vec_named(&value), rmp_serde::to_vec(&value)] {
                let bytes = bytes.unwrap();
                prop_assert_eq!(&exactly::<Everything>(&bytes).unwrap(), &value);
                prop_assert!(exactly::<Everything>(&bytes[..bytes.len() - 1]).is_err());
            }
        }

        #[test]
        fn any_bytes_mean_what_they_mean_to_the_writer_and_none_make_it_panic(
            value in everything(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut bytes = rmp_serde::to_vec_named(&value).unwrap();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let ours = exactly::<Everything>(&bytes);
            let theirs = rmp_serde::from_slice::<Everything>(&bytes);
            if let (Ok(ours), Ok(theirs)) = (&ours, &theirs) {
                prop_assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
            }
            prop_assert!(ours.is_err() || theirs.is_ok(), "read what the writer's own reader refuses");
        }
    }

    #[test]
    fn what_lies_too_deep_is_refused() {
        let mut bytes = vec![0x91; 100_000];
        bytes.push(0xc0);
        assert!(exactly::<serde_json::Value>(&bytes).is_err());
    }

    #[test]
    fn a_length_that_lies_reserves_nothing() {
        for lie in [&[0xdd_u8, 0xff, 0xff, 0xff, 0xff][..], &[0xdf, 0xff, 0xff, 0xff, 0xff]] {
            assert!(exactly::<serde_json::Value>(lie).is_err());
        }
    }
}
