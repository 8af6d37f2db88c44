//! What the endpoints' wire types share: ids in paths, times, masked secrets.

use convolog_domain::SecretRef;
use convolog_log::Timestamp;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

/// The id in a path.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ById {
    /// Which one.
    pub(crate) id: Uuid,
}

/// A time in UTC, RFC 3339. Microseconds where they are known.
pub(crate) fn time(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

/// A time in UTC, RFC 3339, from whole seconds since 1970.
pub(crate) fn seconds(at: i64) -> String {
    time(Timestamp(at.saturating_mul(1_000_000)))
}

/// A text that is taken once and never given back or logged.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(SecretString);

impl Secret {
    pub(crate) const fn text(&self) -> &SecretString {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "minLength": 1, "maxLength": 4096, "writeOnly": true })
    }
}

/// A secret that Convolog holds: told apart, not told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub(crate) struct SecretShown {
    /// Names it, for retiring it.
    pub(crate) id: Uuid,
    /// Tells it from others without telling it.
    pub(crate) fingerprint: String,
}

impl From<&SecretRef> for SecretShown {
    fn from(secret: &SecretRef) -> Self {
        Self { id: secret.id.0, fingerprint: secret.fingerprint.clone() }
    }
}

/// A member that is there, null or not: what is left out of a change stays as it is.
#[expect(clippy::option_option, reason = "left out, null and a value are three things")]
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// A share of the whole, rounded to four digits; none of nothing.
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    let ten_thousandths = part.saturating_mul(10_000).checked_div(whole)?;
    Some(f64::from(u32::try_from(ten_thousandths).unwrap_or(u32::MAX)) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_something() {
        assert_eq!(share(1, 0), None);
        assert_eq!(share(0, 7), Some(0.0));
        assert_eq!(share(1, 3), Some(0.3333));
        assert_eq!(share(7, 7), Some(1.0));
    }
}
