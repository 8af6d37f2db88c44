//! What is left of a post when its elements are taken out, and how to put them back.
//!
//! Guarantee: [`reassemble`] of the skeleton and all fragments is the body, byte for byte. A taken element
//! leaves `{"$":N}` behind, N being its slot. So that nothing sent can be taken for such a mark, every key
//! of the post that consists of `$` signs alone has one more of them in the skeleton.

use std::fmt;

use crate::json::{Document, JsonError, Kind, Value};

/// The key of a mark.
const MARK: &str = "\"$\"";

/// A piece of a post, exactly as it was sent, and the slot of the skeleton where it belongs.
#[derive(Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Its number in the skeleton of its post.
    pub slot: u32,
    /// Its JSON text. May hold what strict readers refuse (half a surrogate pair, a key twice).
    pub text: String,
}

impl fmt::Debug for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fragment {{ slot: {}, bytes: {} }}", self.slot, self.text.len())
    }
}

/// Why a post could not be put together again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReassembleError {
    /// The skeleton is not one that [`parse`](crate::parse) made.
    #[error("the skeleton of a post is not readable; was it stored whole?")]
    Malformed,
    /// A fragment is not there: erased, or its event has not been read.
    #[error(
        "the fragment for slot {slot} of the skeleton is missing; give one or a stand-in for it"
    )]
    Missing {
        /// Where it belongs.
        slot: u32,
    },
}

/// Cuts elements out of a post, slot by slot.
pub(crate) struct Cutter {
    cuts: Vec<(usize, usize)>,
}

impl Cutter {
    pub(crate) fn new() -> Self {
        Self { cuts: Vec::new() }
    }

    /// Takes `value` out. The caller takes no value twice and none from inside another.
    pub(crate) fn cut(&mut self, value: Value<'_>) -> Fragment {
        let slot = u32::try_from(self.cuts.len()).unwrap_or(u32::MAX);
        self.cuts.push(value.span());
        Fragment { slot, text: value.raw().to_owned() }
    }

    /// The skeleton of `text` without what was taken.
    pub(crate) fn skeleton(&self, text: &str, document: &Document<'_>) -> String {
        let mut edits: Vec<(usize, usize, Option<usize>)> = self
            .cuts
            .iter()
            .enumerate()
            .map(|(slot, (start, end))| (*start, *end, Some(slot)))
            .collect();
        // Stands just behind the opening quote.
        edits.extend(document.keys().filter(|key| only_marks(key.raw())).map(|key| {
            let inside = key.span().0 + 1;
            (inside, inside, None)
        }));
        edits.sort_unstable_by_key(|(start, ..)| *start);
        let mut out = String::with_capacity(text.len().min(4096));
        let mut done = 0;
        for (start, end, slot) in edits {
            // A key inside an element that was taken is not in the skeleton.
            let Some(kept) = text.get(done..start) else { continue };
            out.push_str(kept);
            match slot {
                Some(slot) => {
                    out.push('{');
                    out.push_str(MARK);
                    out.push(':');
                    out.push_str(&slot.to_string());
                    out.push('}');
                }
                None => out.push('$'),
            }
            done = end;
        }
        out.push_str(text.get(done..).unwrap_or(""));
        out
    }
}

/// Whether a quoted key consists of `$` signs alone.
fn only_marks(quoted: &str) -> bool {
    quoted.len() > 2 && quoted.bytes().all(|byte| byte == b'$' || byte == b'"')
}

/// Puts a post together again: asks `fragment` for the text of each slot, in the order of the post.
///
/// With every fragment as it was cut, the answer is the body byte for byte. A fragment that is gone may be
/// stood in for by any other JSON text.
pub fn reassemble<'f>(
    skeleton: &str,
    mut fragment: impl FnMut(u32) -> Option<&'f str>,
) -> Result<String, ReassembleError> {
    let document = Document::read(skeleton).map_err(|_: JsonError| ReassembleError::Malformed)?;
    let mut out = String::with_capacity(skeleton.len());
    let mut done = 0;
    for key in document.keys().filter(|key| only_marks(key.raw())) {
        let (start, end) = key.span();
        let (from, to, text) = if key.raw() == MARK {
            let (opening, closing) = document.object_of(key).ok_or(ReassembleError::Malformed)?;
            let slot = skeleton.get(end + 1..closing - 1).and_then(|digits| digits.parse().ok());
            let slot = slot.ok_or(ReassembleError::Malformed)?;
            (opening, closing, fragment(slot).ok_or(ReassembleError::Missing { slot })?)
        } else {
            (start + 1, start + 2, "")
        };
        out.push_str(skeleton.get(done..from).ok_or(ReassembleError::Malformed)?);
        out.push_str(text);
        done = to;
    }
    out.push_str(skeleton.get(done..).unwrap_or(""));
    Ok(out)
}

impl Document<'_> {
    /// The span of the object whose first member is `key`.
    fn object_of(&self, key: Value<'_>) -> Option<(usize, usize)> {
        let holder = self.before(key)?;
        (holder.kind() == Kind::Object).then(|| holder.span())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts the elements of the top array out and puts them back.
    fn there_and_back(text: &str) -> (String, String) {
        let document = Document::read(text).unwrap();
        let mut cutter = Cutter::new();
        let mut pieces = Vec::new();
        for (_, list) in document.root().members() {
            pieces.extend(list.elements().map(|element| cutter.cut(element)));
        }
        let skeleton = cutter.skeleton(text, &document);
        let back = reassemble(&skeleton, |slot| {
            pieces.iter().find(|piece| piece.slot == slot).map(|piece| piece.text.as_str())
        });
        (skeleton, back.unwrap())
    }

    #[test]
    fn byte_for_byte() {
        let text = "\n { \"b\" : [ 1 , {\"x\": \"\\u00e4\"}],\"a\":[ ] , \"c\":7e1 }\n";
        let (skeleton, back) = there_and_back(text);
        assert_eq!(skeleton, "\n { \"b\" : [ {\"$\":0} , {\"$\":1}],\"a\":[ ] , \"c\":7e1 }\n");
        assert_eq!(back, text);
    }

    #[test]
    fn what_was_sent_is_never_taken_for_a_mark() {
        let text = r#"{"l":[{"$":0}],"$":0,"$$":{"$":1},"m":{"$":0},"n":{"a":1,"$":2},"\u0024":3}"#;
        let (skeleton, back) = there_and_back(text);
        assert!(skeleton.starts_with(r#"{"l":[{"$":0}],"$$":0,"$$$":{"$$":1}"#), "{skeleton}");
        assert_eq!(back, text);
    }

    #[test]
    fn missing_and_malformed_are_told_apart() {
        assert_eq!(reassemble(r#"[{"$":3}]"#, |_| None), Err(ReassembleError::Missing { slot: 3 }));
        assert_eq!(reassemble(r#"[{"$":"x"}]"#, |_| Some("1")), Err(ReassembleError::Malformed));
        assert_eq!(reassemble(r#"[{"$":0"#, |_| Some("1")), Err(ReassembleError::Malformed));
        assert_eq!(reassemble(r#"{"a":1,"$":0}"#, |_| Some("1")), Err(ReassembleError::Malformed));
        assert_eq!(
            reassemble(r#"[{"$":0,"a":1}]"#, |_| Some("1")),
            Err(ReassembleError::Malformed)
        );
    }
}
