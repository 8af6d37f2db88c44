//! What a masked recording keeps of the platform's posts: by the way to it, and only in the form
//! that the platform gives it. Everything else is masked.

/// What stays of a value.
pub(super) enum Kept {
    /// One of these words.
    Words(&'static [&'static str]),
    /// A whole number of at most so many digits, written as a number or as a text.
    Digits(usize),
    /// These members, each as far as it says. A list is kept like each of its elements.
    Members(&'static [(&'static str, &'static Self)]),
}

use Kept::{Digits, Members, Words};

/// Seconds since 1970.
static TIME: Kept = Digits(10);
/// A count.
static COUNT: Kept = Digits(3);
/// A code of an error.
static CODE: Kept = Digits(7);

/// A post.
pub(super) static POST: Kept = Members(&[
    ("object", &Words(&["whatsapp_business_account"])),
    ("entry", &Members(&[("time", &TIME), ("changes", &CHANGE)])),
]);

static CHANGE: Kept = Members(&[
    (
        "field",
        &Words(&[
            "messages",
            "smb_message_echoes",
            "history",
            "smb_app_state_sync",
            "user_id_update",
            "standby",
            "calls",
        ]),
    ),
    ("value", &VALUE),
]);

static VALUE: Kept = Members(&[
    ("messaging_product", &Words(&["whatsapp"])),
    ("messages", &MESSAGE),
    ("message_echoes", &MESSAGE),
    ("statuses", &STATUS),
    ("errors", &ERROR),
    (
        "history",
        &Members(&[
            (
                "metadata",
                &Members(&[("phase", &COUNT), ("chunk_order", &COUNT), ("progress", &COUNT)]),
            ),
            ("threads", &Members(&[("messages", &MESSAGE)])),
            ("errors", &ERROR),
        ]),
    ),
]);

/// The platform's names of what a message is.
const TYPES: [&str; 21] = [
    "text",
    "image",
    "video",
    "document",
    "audio",
    "voice",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "button",
    "order",
    "system",
    "unsupported",
    "errors",
    "edit",
    "revoke",
    "request_welcome",
    "media_placeholder",
    "template",
];

static MESSAGE: Kept = Members(&[
    ("timestamp", &TIME),
    ("type", &Words(&TYPES)),
    ("recipient_type", &RECIPIENT),
    ("errors", &ERROR),
    ("interactive", &Members(&[("type", &Words(&INTERACTIVE))])),
    (
        "system",
        &Members(&[(
            "type",
            &Words(&[
                "user_changed_number",
                "customer_changed_number",
                "user_changed_user_id",
                "customer_identity_changed",
                "user_identity_changed",
            ]),
        )]),
    ),
    ("unsupported", &Members(&[("type", &Words(&TYPES))])),
    ("edit", &Members(&[("message", &MESSAGE)])),
    ("history_context", &Members(&[("status", &Words(&STATUSES))])),
    ("referral", &Members(&[("source_type", &Words(&["ad", "post"]))])),
    ("image", &MEDIA),
    ("video", &MEDIA),
    ("document", &MEDIA),
    ("audio", &MEDIA),
    ("voice", &MEDIA),
    ("sticker", &MEDIA),
]);

/// The platform's names of interactive messages and answers.
const INTERACTIVE: [&str; 15] = [
    "button_reply",
    "list_reply",
    "nfm_reply",
    "call_permission_reply",
    "button",
    "list",
    "cta_url",
    "flow",
    "product",
    "product_list",
    "catalog_message",
    "location_request_message",
    "address_message",
    "call_permission_request",
    "carousel",
];

static MEDIA: Kept = Members(&[(
    "mime_type",
    &Words(&[
        "image/jpeg",
        "image/png",
        "image/webp",
        "video/mp4",
        "video/3gp",
        "audio/aac",
        "audio/amr",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/ogg; codecs=opus",
        "application/pdf",
        "text/plain",
    ]),
)]);

/// The platform's names of what became of a message, in both spellings.
const STATUSES: [&str; 23] = [
    "pending",
    "sent",
    "delivered",
    "read",
    "played",
    "failed",
    "deleted",
    "warning",
    "ringing",
    "accepted",
    "rejected",
    "PENDING",
    "SENT",
    "DELIVERED",
    "READ",
    "PLAYED",
    "FAILED",
    // Failed, in a history import.
    "ERROR",
    "DELETED",
    "WARNING",
    "RINGING",
    "ACCEPTED",
    "REJECTED",
];

static RECIPIENT: Kept = Words(&["individual", "group"]);

static STATUS: Kept = Members(&[
    ("status", &Words(&STATUSES)),
    ("timestamp", &TIME),
    ("type", &Words(&["call"])),
    ("recipient_type", &RECIPIENT),
    ("errors", &ERROR),
    (
        "pricing",
        &Members(&[
            ("pricing_model", &Words(&["PMP", "CBP"])),
            ("type", &Words(&["regular", "free_customer_service", "free_entry_point"])),
            ("category", &CATEGORY),
        ]),
    ),
    (
        "conversation",
        &Members(&[("expiration_timestamp", &TIME), ("origin", &Members(&[("type", &CATEGORY)]))]),
    ),
]);

static CATEGORY: Kept = Words(&[
    "authentication",
    "authentication_international",
    "marketing",
    "marketing_lite",
    "referral_conversion",
    "service",
    "utility",
    "business_initiated",
    "user_initiated",
]);

static ERROR: Kept = Members(&[("code", &CODE)]);

impl Kept {
    /// What stays of a member.
    pub(super) fn member(&self, name: &str) -> Option<&'static Self> {
        let Members(members) = self else { return None };
        members.iter().find(|(member, _)| *member == name).map(|(_, kept)| *kept)
    }

    /// Whether a plain value stays as it is.
    pub(super) fn keeps(&self, text: &str) -> bool {
        match self {
            Words(words) => words.contains(&text),
            Digits(most) => {
                (1..=*most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Members(_) => false,
        }
    }
}

/// Names of members that are the platform's own wherever they stand; any other is masked.
const NAMES: &str = "\
    action added_participants address animated audio big billable biz_opaque_callback_data body \
    button button_reply buttons call_permission_reply cards caption catalog_id category changes \
    chunk_order code company components contact contacts context conversation coupon_code \
    ctwa_clid currency current date_time description details direction display_phone_number \
    display_text document edit email emails emoji entry error_data errors event expiration \
    expiration_timestamp fallback_value field file_name filename first_name flow_cta flow_id \
    flow_token footer formatted_name forwarded frequently_forwarded from from_parent_user_id \
    from_user_id full_name group_id groups hash header headline history history_context href id \
    identity image image_url interactive item_price kind language last_name latitude link \
    list_reply location longitude media_placeholder media_type message message_echoes message_id \
    messages messaging_product metadata mime_type name new_wa_id nfm_reply note object order org \
    origin original_message_id parameters parent_user_id payload phase phone phone_number \
    phone_number_id phones previous previous_parent_user_id previous_user_id previous_wa_id \
    pricing pricing_model product_items product_retailer_id product_share profile progress \
    quantity reaction reason recipient_id recipient_parent_user_id recipient_participant_id \
    recipient_participant_user_id recipient_type recipient_user_id referral referred_product \
    reply request_welcome response response_json response_source revoke rows sections sha256 \
    source_id source_type source_url state_sync status statuses sticker subject system template \
    text threads thumbnail_url time timestamp title to to_parent_user_id to_user_id type \
    unsupported url user_id user_id_update username value vcard video video_url voice wa_id \
    welcome_message";

/// Whether a word is the platform's own, as the name of a member or of a type.
pub(super) fn is_word(word: &str) -> bool {
    TYPES.contains(&word)
        || INTERACTIVE.contains(&word)
        || NAMES.split_ascii_whitespace().any(|known| known == word)
}

/// Whether it is the platform's name of what became of a message.
pub(super) fn is_status(word: &str) -> bool {
    STATUSES.contains(&word)
}
