//! What follows from an error code of the platform.
//!
//! The table is WhatsApp's, as its error reference describes each code; a code that is not in it is
//! the message's own fault. Only a number decides, never the words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What to do after an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorClass {
    /// The same again, a little later.
    Retry,
    /// The same again, after a stated wait: only what shares the limit slows down.
    Wait,
    /// Never again as it is.
    No,
    /// Nothing can be sent with this number until somebody puts something right: a token, a payment,
    /// a registration.
    Fix,
}

impl ErrorClass {
    /// The class of a refusal. Without a code only the HTTP status speaks; without either, the
    /// platform was not reached.
    pub const fn of_answer(http_status: Option<u16>, code: Option<i64>) -> Self {
        match (code, http_status) {
            (Some(code), _) => Self::of(code),
            (None, None | Some(429 | 503)) => Self::Retry,
            (None, Some(401 | 403)) => Self::Fix,
            (None, Some(_)) => Self::No,
        }
    }

    /// The class of an error code.
    pub const fn of(code: i64) -> Self {
        match code {
            1 | 2 | 4 | 80_007 | 80_008 | 130_429 | 131_000 | 131_016 | 133_004 => Self::Retry,
            131_056 | 131_057 | 132_015 | 132_069 => Self::Wait,
            0
            | 3
            | 10
            | 190
            | 200..=299
            | 368
            | 130_497
            | 131_005
            | 131_030
            | 131_031
            | 131_037
            | 131_042
            | 131_044
            | 131_045
            | 131_048
            | 131_064
            | 132_068
            | 133_000
            | 133_005
            | 133_006
            | 133_008
            | 133_009
            | 133_010
            | 133_015
            | 133_016
            | 134_011 => Self::Fix,
            _ => Self::No,
        }
    }
}

/// The customer has not written for a day: only templates are taken.
pub(super) const WINDOW_CLOSED: i64 = 131_047;

/// The person does not want marketing messages of this business.
pub const OPTED_OUT: i64 = 131_050;

/// What slows down because of an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slows {
    /// The number.
    Number,
    /// Every number of its business account.
    Account,
}

impl Slows {
    /// What an error code slows down; none if nothing.
    pub const fn by(code: i64) -> Option<Self> {
        match code {
            130_429 => Some(Self::Number),
            4 | 80_007 | 80_008 => Some(Self::Account),
            _ => None,
        }
    }
}

/// Whether the platform refused the template of a message, and with it nothing but that template: it
/// is missing, breaks its rules, is paused or disabled.
pub(super) const fn refuses_template(code: i64) -> bool {
    matches!(code, 132_001 | 132_007 | 132_015 | 132_016)
}

/// Too many messages to one person in a short time.
pub(super) const PAIR_LIMIT: i64 = 131_056;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_the_class_that_its_description_asks_for() {
        for (code, class) in [
            (131_000, ErrorClass::Retry),
            (130_429, ErrorClass::Retry),
            (PAIR_LIMIT, ErrorClass::Wait),
            (WINDOW_CLOSED, ErrorClass::No),
            (131_026, ErrorClass::No),
            (131_049, ErrorClass::No),
            (OPTED_OUT, ErrorClass::No),
            (190, ErrorClass::Fix),
            (131_042, ErrorClass::Fix),
            (299, ErrorClass::Fix),
            (300, ErrorClass::No),
            (-1, ErrorClass::No),
        ] {
            assert_eq!(ErrorClass::of(code), class, "{code}");
        }
    }
}
