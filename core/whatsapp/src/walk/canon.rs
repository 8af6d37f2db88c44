//! The canonical form of an update: of its element, and for notices of where and when it stood.

use sha2::{Digest, Sha256};

use super::Walk;
use crate::canonical::write_canonical;
use crate::json::{Value, encode_into};
use crate::notice::{Notice, own_time};
use crate::post::Place;

impl Walk<'_> {
    pub(super) fn canonical_element(&mut self, value: Value<'_>, bound: bool) -> String {
        let mut out = String::with_capacity(value.raw().len());
        if bound {
            out.push_str("{\"body\":\"");
            out.push_str(self.digest());
            out.push_str("\",\"element\":");
        }
        write_canonical(&mut out, value, false);
        if bound {
            out.push('}');
        }
        out
    }

    /// A notice counts as the same again only at the same place and time.
    pub(super) fn canonical_notice(
        &mut self,
        value: Value<'_>,
        notice: &Notice,
        place: &Place,
    ) -> String {
        let mut out = String::with_capacity(value.raw().len() + 128);
        let own = own_time(value).is_some();
        let named = [
            ("account", place.account_id.as_deref()),
            ("field", Some(place.field.as_str())),
            ("number", place.phone_number_id.as_deref()),
            ("part", notice.part.as_deref()),
        ];
        out.push('{');
        if !own && place.entry_time.is_none() {
            out.push_str("\"body\":\"");
            out.push_str(self.digest());
            out.push_str("\",");
        }
        for (name, text) in named.into_iter().filter_map(|(name, text)| Some((name, text?))) {
            encode_into(&mut out, name);
            out.push(':');
            encode_into(&mut out, text);
            out.push(',');
        }
        if let Some(time) = place.entry_time.filter(|_| !own) {
            out.push_str("\"time\":");
            out.push_str(&time.to_string());
            out.push(',');
        }
        out.push_str("\"element\":");
        write_canonical(&mut out, value, false);
        out.push('}');
        out
    }

    fn digest(&mut self) -> &str {
        let body = self.body;
        self.digest.get_or_insert_with(|| hex::encode(Sha256::digest(body)))
    }
}
