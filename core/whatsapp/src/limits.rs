//! The bounds of what one post may cost, each with its reason. Nothing else in this crate hard-codes one.

/// Longest body that is read, in bytes: Meta sends at most 3 MB, and its megabyte may be the larger one.
pub const MAX_BODY: usize = 3 * 1024 * 1024;

/// Deepest nesting of arrays and objects. The deepest documented post has about 16 levels.
pub const MAX_DEPTH: u32 = 64;

/// Most updates taken out of one post. Meta says 1,000, a history chunk holds thousands; a post beyond
/// this is not split at all (see [`NotMeta::TooManyUpdates`](crate::NotMeta::TooManyUpdates)).
pub const MAX_UPDATES: usize = 20_000;

/// Most distinct numbers, and most distinct accounts, that [`scan`](crate::scan) names.
pub const MAX_NAMED: usize = 64;

/// Longest identifier that is taken for one (number, account, BSUID, `wa_id`), in bytes. Documented ones end
/// at 135 (`CC.ENT.` and 128 characters). A longer one stays in its fragment and names nobody.
pub const MAX_ID: usize = 256;

/// Longest name of a field, event or type, in bytes; the rest is cut off in the typed value only.
pub const MAX_NAME: usize = 64;

/// Longest profile name or username that is copied out of a `contacts[]` element, in bytes.
pub const MAX_PROFILE_NAME: usize = 512;

/// Largest piece that is kept with *every* update it belongs to; a larger one goes with the first only, so
/// that one fat contact in a post with thousands of messages does not multiply.
pub const MAX_COPIED: usize = 1024;

/// Most parties that one notice names.
pub const MAX_PARTIES: usize = 1_100;
