//! Every limit and every closed list that a command checks, in one place, so that the API's
//! documentation can cite what the rules use.

/// Characters (Unicode scalar values) of a name after trimming; at least one is needed.
pub const NAME_CHARS_MAX: usize = 100;

/// Characters of an e-mail address (RFC 5321, section 4.5.3.1.3, less the angle brackets).
pub const EMAIL_CHARS_MAX: usize = 254;

/// Characters of the text of a message: WhatsApp's limit for `text.body`.
pub const TEXT_CHARS_MAX: usize = 4_096;

/// Characters of a note for the staff.
pub const NOTE_CHARS_MAX: usize = 4_000;

/// Characters of the title of a conversation.
pub const TITLE_CHARS_MAX: usize = 120;

/// Characters of a tag.
pub const TAG_CHARS_MAX: usize = 40;

/// Tags of one conversation.
pub const TAGS_MAX: usize = 20;

/// Who can answer for an agent.
pub const MODEL_PROVIDERS: [&str; 4] = ["built_in", "openai_compatible", "anthropic", "gemini"];

/// Who can be reached by a connection to a model.
pub const CONNECTION_PROVIDERS: [&str; 3] = ["openai_compatible", "anthropic", "gemini"];

/// Milliseconds that a model may take for one reply.
pub const MODEL_TIMEOUT_MILLISECONDS: std::ops::RangeInclusive<u32> = 100..=120_000;

/// Tokens of a month that a budget may allow, and the price of a million of them in the smallest
/// unit of a currency: what both make together can be counted exactly.
pub const BUDGET_MAX: u64 = 1_000_000_000_000;

/// The most that a million tokens may cost, in the smallest unit of a currency.
pub const TOKEN_PRICE_MAX: u64 = 1_000_000_000;

/// Versions of one agent.
pub const AGENT_VERSIONS_MAX: usize = 500;

/// Channels of one agent.
pub const AGENT_CHANNELS_MAX: usize = 100;

/// Documents that an agent's knowledge may be narrowed to.
pub const AGENT_DOCUMENTS_MAX: usize = 200;

/// Stretches of business hours: a few for each day.
pub const BUSINESS_HOURS_MAX: usize = 50;

/// Characters of an agent's instructions.
pub const INSTRUCTIONS_CHARS_MAX: usize = 20_000;

/// The largest temperature that providers take, in hundredths.
pub const TEMPERATURE_PERCENT_MAX: u16 = 200;

/// Characters of a language (BCP 47, section 4.4.1).
pub const LANGUAGE_CHARS_MAX: usize = 35;

/// Characters of a time zone's name.
pub const TIME_ZONE_CHARS_MAX: usize = 64;

/// Milliseconds that an agent may wait for another message: a minute.
pub const COALESCE_MILLISECONDS_MAX: u32 = 60_000;

/// How events may be delivered to a subscriber.
pub const DELIVERY_ORDERS: [&str; 3] = ["ordered", "ordered_by_conversation", "unordered"];

/// How deliveries may be signed: as Standard Webhooks says, or beside it as one of the dialects does.
pub const DELIVERY_SIGNATURES: [&str; 5] = ["standard", "ed25519", "convoai", "convo", "avelto"];

/// Deliveries to one endpoint within a second, where they are limited.
pub const RATES_PER_SECOND: std::ops::RangeInclusive<u16> = 1..=1_000;

/// Filters of one subscription.
pub const FILTERS_MAX: usize = 10;

/// Characters of the path of a field, and of what it is compared with.
pub const FILTER_CHARS_MAX: usize = 100;

/// Attempts that one event lists.
pub const ATTEMPTS_PER_EVENT_MAX: usize = 100;

/// Events of one subscription that were begun with and are not done: beyond it the cursor waits.
pub const DELIVERIES_WAITING_MAX: usize = 1_000;

/// Redeliveries of one subscription that go on at the same time.
pub const REDELIVERIES_MAX: usize = 5;

/// Names and patterns of events in one subscription.
pub const EVENT_PATTERNS_MAX: usize = 100;

/// Characters of the address of a subscriber.
pub const WEB_ADDRESS_CHARS_MAX: usize = 2_000;

/// Seconds for which an old signing secret may sign beside the new one: a week.
pub const SECRET_OVERLAP_SECONDS_MAX: u32 = 604_800;

/// Characters of the title of a document.
pub const DOCUMENT_TITLE_CHARS_MAX: usize = 200;

/// Bytes of the content of a document (UTF-8). What is larger is better found in several.
pub const DOCUMENT_BYTES_MAX: usize = 512 * 1024;

/// Bytes of a file that is taken in.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;

/// Characters of the name of a file.
pub const FILE_NAME_CHARS_MAX: usize = 255;

/// Links that a page may be away from the first page of a site.
pub const CRAWL_DEPTH_MAX: u32 = 10;

/// Pages of a site that one job reads.
pub const CRAWL_PAGES_MAX: u32 = 1_000;

/// Fewest digits of a platform's id of a number or an account.
pub const PLATFORM_ID_DIGITS_MIN: usize = 5;

/// Most digits of a platform's id of a number or an account.
pub const PLATFORM_ID_DIGITS_MAX: usize = 20;

/// Characters of a number as people dial it: 15 digits (E.164), a plus sign and room to group them.
pub const DIALLED_NUMBER_CHARS_MAX: usize = 32;

/// Fewest digits of a number as people dial it.
pub const DIALLED_NUMBER_DIGITS_MIN: usize = 5;

/// Most digits of a number as people dial it (E.164).
pub const DIALLED_NUMBER_DIGITS_MAX: usize = 15;

/// Characters of the address of a platform's API.
pub const GRAPH_URL_CHARS_MAX: usize = 200;

/// Characters of a key that are kept to recognise it by. Longer would give the key away.
pub const KEY_PREFIX_CHARS_MAX: usize = 20;

/// Secrets of one app that may sign at the same time: the old and the new one of a rotation.
pub const APP_SECRETS_MAX: usize = 2;

/// Characters of a reason given to an administrator's command.
pub const REASON_CHARS_MAX: usize = 200;

/// Characters of the hash that tells one instance from a copy of it.
pub const INSTANCE_CHARS_MAX: usize = 128;

/// The plans of a workspace.
pub const PLANS: [&str; 4] = ["free", "pro", "business", "enterprise"];

/// The most that a plan can allow of what holds places: taking one looks at each of them. Never
/// smaller than it was, or those who hold a higher place would no longer be counted.
pub const PLACES_MAX: u32 = 10_000;

/// The APIs that a key may be for: the native one and the dialects.
pub const SURFACES: [&str; 6] = ["native", "convoai", "convo", "converra", "avelto", "flowbot"];

/// What a key of Avelto may do, in its own words.
pub const AVELTO_SCOPES: [&str; 7] = [
    "conversations:read",
    "conversations:write",
    "leads:read",
    "leads:write",
    "agents:read",
    "agents:write",
    "analytics:read",
];

/// The scopes of a surface that has its own; none for one whose keys have those of the native API.
pub fn scopes_of(surface: &str) -> &'static [&'static str] {
    match surface {
        "avelto" => &AVELTO_SCOPES,
        _ => &[],
    }
}

/// The platforms that a channel may be on.
pub const PLATFORMS: [&str; 1] = ["whatsapp"];

/// The kinds of message that can be sent.
pub const SENDABLE_KINDS: [&str; 11] = [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "template",
];

/// Messages a second that a number usually sends (WhatsApp's throughput, in and out together).
pub const MESSAGES_A_SECOND: u32 = 80;

/// Messages a second of a number that is used on a phone as well.
pub const COEXISTENCE_MESSAGES_A_SECOND: u32 = 20;

/// Messages a second that a number can be set to: what the platform gives its largest senders.
pub const MESSAGES_A_SECOND_MAX: u32 = 1_000;

/// People to whom a portfolio can be set to write first within 24 hours.
pub const PEOPLE_A_DAY_MAX: u64 = 10_000_000;

/// Characters of the name of a template.
pub const TEMPLATE_NAME_CHARS_MAX: usize = 512;

/// What a template may be for.
pub const TEMPLATE_CATEGORIES: [&str; 3] = ["marketing", "utility", "authentication"];

/// Characters of the body of a template that has nothing else.
pub const TEMPLATE_TEXT_CHARS_MAX: usize = 32_768;

/// Buttons of a template.
pub const TEMPLATE_BUTTONS_MAX: usize = 10;

/// Templates of one group.
pub const TEMPLATE_GROUP_MEMBERS_MAX: usize = 10;

/// Templates of one business account that the platform makes within an hour.
pub const TEMPLATE_CREATIONS_AN_HOUR: u32 = 100;

/// Seconds after which the platform's list is looked at for a template that it did not answer about.
pub const TEMPLATE_UNANSWERED_SECONDS: i64 = 30;

/// Characters of the language of a template, as the platform writes it.
pub const TEMPLATE_LANGUAGE_CHARS_MAX: usize = 20;

/// Why a person is to answer, when one simply did.
pub const PERSON_TOOK_OVER: &str = "person_took_over";

/// Why a person is asked to answer when an agent's answer did not arrive, or nobody knows.
pub const REPLY_FAILED: &str = "reply_failed";

/// Why a person may be asked to answer. A closed list, because it stands in the clear.
pub const HANDOFF_REASONS: [&str; 13] = [
    "requested",
    "asked_for_a_person",
    "nothing_found",
    "not_sure",
    "no_document_in_language",
    "outside_hours",
    "reply_limit",
    "provider_failed",
    "loop_guard",
    "late",
    "no_text",
    REPLY_FAILED,
    PERSON_TOOK_OVER,
];

/// Seconds after which an agent does not answer any more what it did not answer in time: a person is
/// asked for.
pub const LATE_SECONDS: i64 = 900;

/// Answers of agents in one conversation within an hour after which the other side is taken for a
/// machine.
pub const LOOP_REPLIES_AN_HOUR: usize = 60;

/// Messages of one conversation that may wait to be sent.
pub const OUTBOX_MAX: usize = 200;

/// Days for which a message may wait for its time.
pub const SCHEDULE_DAYS_MAX: i64 = 90;

/// Seconds that the next message of a conversation waits for the one before to be delivered.
pub const SETTLE_SECONDS: i64 = 5;

/// Attempts of one message.
pub const ATTEMPTS_MAX: u32 = 8;

/// Seconds between two attempts, at most.
pub const RETRY_SECONDS_MAX: i64 = 3_600;

/// Seconds for which a status of an unanswered message is waited for.
pub const UNANSWERED_SECONDS: i64 = 900;

/// Characters of a caption, of the body of an interactive message.
pub const CAPTION_CHARS_MAX: usize = 1_024;

/// Bytes of a file that is fetched from the platform: what is larger it does not hand out either.
pub const MEDIA_BYTES_MAX: u64 = 100 * 1024 * 1024;

/// Seconds for which a customer's file can be fetched from the platform: a week.
pub const MEDIA_SECONDS: i64 = 7 * 86_400;

/// Seconds after it was said in which a file of handed-over history is worth asking for: two weeks.
pub const HISTORY_MEDIA_SECONDS: i64 = 14 * 86_400;

/// Seconds between two tries to fetch a file, at most: six hours.
pub const MEDIA_RETRY_SECONDS_MAX: i64 = 6 * 3_600;

/// Seconds for which an uploaded file can be sent by the platform's id: thirty days, less one in which
/// a message may still wait.
pub const UPLOAD_SECONDS: i64 = 29 * 86_400;

/// Why a file could not be fetched: it is tried again.
pub const MEDIA_TROUBLES: [&str; 7] = [
    "unreachable",
    "refused",
    "not_found",
    "broken_off",
    "not_what_was_announced",
    "no_room",
    "not_connected",
];

/// Why a file is never fetched: it is lost.
pub const MEDIA_LOSSES: [&str; 4] = ["expired", "too_large", "erased", "not_named"];

/// Why the file at an address could not be read.
pub const MEDIA_LINK_TROUBLES: [&str; 4] = ["unreachable", "refused", "broken_off", "too_large"];

/// Why data may be erased. A closed list, because the reason stays in the clear for ever: free
/// text would sooner or later name the person whose name was to go.
pub const ERASURE_REASONS: [&str; 5] =
    ["requested", "consent_withdrawn", "retention_over", "test_data", "other"];

/// Why data may be held. A closed list for the same reason; what the case is goes into the sealed
/// note.
pub const LEGAL_HOLD_REASONS: [&str; 5] =
    ["litigation", "investigation", "regulator", "audit", "other"];

/// Why somebody may record that a person does not want to be sent something. A closed list for the same
/// reason.
pub const OPT_OUT_REASONS: [&str; 5] = ["asked", "complaint", "regulator", "imported", "other"];

/// Why somebody may record that a person wants it again.
pub const OPT_IN_REASONS: [&str; 4] = ["asked", "signed_up", "recorded_by_mistake", "other"];

/// Rate cards of one workspace.
pub const RATE_CARDS_MAX: usize = 200;

/// Rates of one card: the longest fit into one record.
pub const RATES_MAX: usize = 300;

/// Recipients of one broadcast.
pub const RECIPIENTS_MAX: u32 = 10_000;

/// Recipients that are added by one request.
pub const RECIPIENTS_PER_REQUEST_MAX: usize = 1_000;

/// Names that are filled in for each recipient of a broadcast.
pub const BROADCAST_PARAMETERS_MAX: usize = 20;

/// Messages a minute that a broadcast may be held to: more than any number sends.
pub const BROADCAST_PER_MINUTE_MAX: u32 = 60_000;

/// Messages of a broadcast that wait in their conversations at the same time.
pub const BROADCAST_AHEAD_MAX: usize = 40;

/// Why a broadcast stands still of which nobody can read any more what it says.
pub const CONTENT_UNREADABLE: &str = "content_unreadable";

/// Why a broadcast stands still.
pub const PAUSE_REASONS: [&str; 4] =
    ["asked", "plan_limit_reached", "template_unavailable", CONTENT_UNREADABLE];

/// Why a recipient is passed over to whom nothing can be said.
pub const NOT_POSSIBLE: &str = "not_possible";

/// Why a recipient is passed over.
pub const SKIP_REASONS: [&str; 7] =
    ["opted_out", "outside_window", "erased", "deleted", "repeated", NOT_POSSIBLE, "outbox_full"];

/// Words of its own by which the people of one workspace opt out or in.
pub const PREFERENCE_WORDS_MAX: usize = 100;

/// Characters of such a word.
pub const PREFERENCE_WORD_CHARS_MAX: usize = 60;

/// Characters of a word of a kind: a source, the name of a field, the reason of a score.
pub const SLUG_CHARS_MAX: usize = 40;

/// Characters of the id that another system gave something.
pub const EXTERNAL_ID_CHARS_MAX: usize = 200;

/// Characters of the value of a lead's field, of the reason of a move, of an explanation.
pub const LEAD_TEXT_CHARS_MAX: usize = 4_000;

/// Fields of one lead.
pub const LEAD_FIELDS_MAX: usize = 50;

/// Rules about leads of one workspace: its own, and those of agents.
pub const LEAD_RULES_MAX: usize = 100;

/// Rules by which new leads are qualified.
pub const QUALIFICATIONS_MAX: usize = 20;

/// The best score of a lead.
pub const SCORE_MAX: u8 = 100;

/// Reasons of one score.
pub const SCORE_REASONS_MAX: usize = 10;

/// The largest amount of money, in the smallest unit of its currency. Sums of millions of such
/// amounts still fit.
pub const MONEY_MAX: u64 = 1_000_000_000_000;

/// Targets of one workspace.
pub const TARGETS_MAX: usize = 500;

/// Minutes that an appointment lasts.
pub const SERVICE_MINUTES: std::ops::RangeInclusive<u16> = 5..=480;

/// Minutes kept free before or after an appointment, at most.
pub const BUFFER_MINUTES_MAX: u16 = 120;

/// Stretches of opening hours of a service in a week.
pub const SERVICE_HOURS_MAX: usize = 50;

/// Stretches of opening hours of all days of a service that are exceptions.
pub const EXCEPTION_HOURS_MAX: usize = 200;

/// Days of a service that are exceptions.
pub const SERVICE_EXCEPTIONS_MAX: usize = 150;

/// Minutes before it begins until which an appointment can be booked, at most: 60 days.
pub const NOTICE_MINUTES_MAX: u32 = 60 * 24 * 60;

/// Days ahead for which appointments can be booked.
pub const HORIZON_DAYS: std::ops::RangeInclusive<u16> = 1..=730;

/// Minutes before it begins at which somebody is reminded of an appointment.
pub const REMINDER_MINUTES: std::ops::RangeInclusive<u32> = 5..=20_160;

/// Days of which the free times of a service are listed at once.
pub const SLOT_DAYS_MAX: i64 = 31;

/// Characters of a note or of the reason given for an appointment.
pub const APPOINTMENT_TEXT_CHARS_MAX: usize = 4_000;
