//! Page tokens: where a list goes on.
//!
//! Opaque to clients, versioned, bound to the question they were given for, and checked: a token of
//! another list, of another filter, or made up, is an error that names the field.

/// The version of the token's layout.
const VERSION: u8 = 1;

/// The most items on a page.
pub const MAX_LIMIT: usize = 200;

/// How many items a page has when nothing is asked.
pub const DEFAULT_LIMIT: usize = 50;

/// A list, or part of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// The token of the next page; none on the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn try_map<U, E>(self, f: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(f).collect::<Result<_, E>>()?;
        Ok(Page { items, next: self.next })
    }
}

impl<T> Page<Option<T>> {
    /// Without what is not shown.
    pub fn flatten(self) -> Page<T> {
        Page { items: self.items.into_iter().flatten().collect(), next: self.next }
    }
}

/// A page token that was not given out for this list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "`page` is not a page token of this list; leave it out to start from the beginning, and keep the filters the same from page to page"
)]
pub struct WrongPageToken;

/// What a token belongs to: everything about the question but its page.
#[derive(Debug)]
pub struct Question(u32);

impl Question {
    /// The question of a list: its name and everything that was asked.
    pub fn new(list: &str, asked: &[&[u8]]) -> Self {
        let mut sum = crc32c::crc32c(list.as_bytes());
        for part in asked {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            sum = crc32c::crc32c_append(sum, &length.to_be_bytes());
            sum = crc32c::crc32c_append(sum, part);
        }
        Self(sum)
    }

    /// The token that goes on after `place`.
    pub fn token(&self, place: &[u8]) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.check(place).to_be_bytes());
        bytes.extend_from_slice(place);
        hex::encode(bytes)
    }

    /// The place that a token names.
    pub fn place(&self, token: &str) -> Result<Vec<u8>, WrongPageToken> {
        let bytes = hex::decode(token).map_err(|_| WrongPageToken)?;
        let Some(([version, check @ ..], place)) = bytes.split_first_chunk::<5>() else {
            return Err(WrongPageToken);
        };
        if *version != VERSION || *check != self.check(place).to_be_bytes() {
            return Err(WrongPageToken);
        }
        Ok(place.to_vec())
    }

    fn check(&self, place: &[u8]) -> u32 {
        crc32c::crc32c_append(self.0, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_only_the_question_it_was_given_for() {
        let question = Question::new("conversations", &[b"workspace", b"open"]);
        let token = question.token(b"place");
        assert_eq!(question.place(&token), Ok(b"place".to_vec()));
        for other in [
            Question::new("messages", &[b"workspace", b"open"]),
            Question::new("conversations", &[b"workspac", b"eopen"]),
            Question::new("conversations", &[b"workspace"]),
        ] {
            assert_eq!(other.place(&token), Err(WrongPageToken));
        }
        for made_up in ["", "zz", "01", &token[2..], &format!("02{}", &token[2..])] {
            assert_eq!(question.place(made_up), Err(WrongPageToken), "{made_up}");
        }
    }
}
