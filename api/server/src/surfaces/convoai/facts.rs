//! What ConvoAI's document says, fact by fact, and where this server stands.

use crate::surfaces::{Contract, Fact};

const DASHBOARD: &str = "pages of ConvoAI's dashboard; here keys are made, listed and revoked at `/v1/workspaces/{id}/keys`";
const PROMISE: &str = "a promise, not something that a request shows";

pub(super) static CONTRACT: Contract = Contract {
    document: "An integration that was written against the ConvoAI Developer Hub (API v1.4, May 2026) works here unchanged but for the address and the key.",
    base: "Base URL: `https://HOST/convoai/api/v1/`, in place of `https://app.convoai.cloud/api/v1/`. Keys are made with `POST /v1/workspaces/{id}/keys {\"name\": …, \"surface\": \"convoai\"}`; those of the demo are printed when it starts.",
    prefix: "CA",
    facts: &FACTS,
    abilities: &[
        (
            "Manage agents",
            "`/v1/agents`: make, change, publish, pause, resume, archive, every version",
        ),
        (
            "Read conversation history",
            "`/v1/conversations`, `/v1/conversations/{id}/messages`, `/v1/conversations/{id}/events`",
        ),
        (
            "Push knowledge",
            "`POST /api/v1/agents/{id}/knowledge/` here; lists, versions, files and sites at `/v1/knowledge`",
        ),
        (
            "Send messages",
            "`POST /api/v1/agents/{id}/messages/` here; templates, attachments and the rest with `POST /v1/conversations/{id}/messages`",
        ),
        ("Leads", "`/v1/leads`, `/v1/pipeline`"),
        ("Appointments", "`/v1/services`, `/v1/appointments`"),
        (
            "Hand-offs",
            "`/v1/conversations?handoff=true`, `POST /v1/conversations/{id}/handoff`, `…/handback`",
        ),
        (
            "Webhooks",
            "`POST /api/v1/agents/{id}/webhooks/` here; lists, deliveries, redeliveries and secrets at `/v1/webhooks`",
        ),
        ("Usage", "`/v1/usage`, `/v1/limits`"),
    ],
};

const FACTS: [Fact; 74] = [
    Fact::served(1, "The API is called v1.4"),
    Fact::served(2, "The base URL ends in `/api/v1/`"),
    Fact::served(3, "Every path ends in a slash"),
    Fact::served(4, "Bodies are JSON; reads may carry the header too"),
    Fact::different(
        5,
        "`convoai init --api-key …`",
        "`convolog init --url … --api-key …` keeps a profile",
    ),
    Fact::beyond(6, "Counts of endpoints and events, latency, uptime", PROMISE),
    Fact::decided(
        7,
        "47 endpoints and 12 events are counted, 5 and 4 are shown",
        "nothing is invented: the five are here, and the same key works on the native API for the rest; the events are twelve",
    ),
    Fact::served(8, "Agents, conversations, knowledge, messages and events can be worked with"),
    Fact::decided(
        9,
        "Reading history is advertised without an endpoint",
        "`/v1/conversations` with the same key",
    ),
    Fact::decided(
        10,
        "Managing agents is advertised, listing is shown",
        "`/v1/agents` with the same key",
    ),
    Fact::served(
        11,
        "A customer's message is answered from the knowledge, and webhooks tell of it",
    ),
    Fact::served(12, "An integrator may push knowledge, send and read at any time"),
    Fact::beyond(13, "Lists that are empty in the document", "nothing is said"),
    Fact::served(14, "Four steps: list agents, push knowledge, send, register a webhook"),
    Fact::served(15, "`Authorization: Bearer <key>`"),
    Fact::served(16, "A key belongs to one account and inherits its limits"),
    Fact::served(17, "Live keys begin with `ck_live_`"),
    Fact::served(18, "Test keys begin with `ck_test_` and send nothing"),
    Fact::decided(
        19,
        "How long a key is",
        "28 letters and digits follow, as in the sample of the header",
    ),
    Fact::beyond(20, "How a masked key looks", DASHBOARD),
    Fact::beyond(21, "Where keys are made", DASHBOARD),
    Fact::served(22, "A key is shown once"),
    Fact::served(23, "A revoked key stops working at once"),
    Fact::beyond(24, "Where keys must not stand", "advice"),
    Fact::served(25, "`GET /me/` checks a key"),
    Fact::decided(
        26,
        "What a wrong key gets",
        "401 with `missing_credentials` or `invalid_credentials`; 403 with `insufficient_scope` for a key that was made for less",
    ),
    Fact::served(27, "`/me/` has five members"),
    Fact::served(28, "`api_version` is `v1.4`"),
    Fact::served(29, "`plan` is lower case"),
    Fact::served(30, "`agents_count` is a number"),
    Fact::served(31, "`/agents/` answers `count` and `results`"),
    Fact::decided(
        32,
        "The samples disagree on how many agents there are",
        "`count` and `agents_count` are the same number; agents that were archived are in neither",
    ),
    Fact::served(
        33,
        "An agent has `id`, `name`, `status`, `phone_number`, `created_at`; other statuses are `paused` and `draft`",
    ),
    Fact::decided(34, "No paging is documented", "every agent is in the one answer"),
    Fact::served(35, "`usr_`, `agt_` and `msg_` with 14 letters and digits"),
    Fact::served(36, "Times in UTC to the second"),
    Fact::served(37, "Numbers in E.164"),
    Fact::served(38, "Members in snake_case"),
    Fact::served(39, "Knowledge takes `title`, `content`, `doc_type`"),
    Fact::decided(
        40,
        "What pushing knowledge answers",
        "201 with `id` (`doc_…`), `agent_id`, `title`, `doc_type`, `status` (`ready`), `created_at`; only this agent answers from it",
    ),
    Fact::decided(
        41,
        "Which `doc_type` there are",
        "`text` (also if none is given), `markdown`, `html`",
    ),
    Fact::served(42, "A message takes `to`, `type`, `text`"),
    Fact::served(43, "Sending answers 201, `queued`"),
    Fact::decided(
        44,
        "Other types and statuses of messages",
        "`text` is the only type; others are sent with the native API. What becomes of a message, webhooks tell",
    ),
    Fact::served(45, "A webhook takes `url`, `events` and the caller's `secret`"),
    Fact::served(46, "A secret may begin with `whsec_`"),
    Fact::decided(
        47,
        "What registering answers",
        "201 with `id` (`whk_…`), `agent_id`, `url`, `events`, `status`, `created_at`; never the secret",
    ),
    Fact::decided(
        48,
        "What an error looks like",
        "`{\"error\": {\"code\", \"message\", \"field\"?, \"allowed\"?, \"limit\"?, \"request_id\"}}`",
    ),
    Fact::served(
        49,
        "A webhook belongs to an agent: it hears of the channels that the agent serves, and of the people who write there",
    ),
    Fact::served(50, "One POST for each event"),
    Fact::served(51, "`X-ConvoAI-Signature` holds an HMAC-SHA-256"),
    Fact::served(52, "`lead.qualified`, `appointment.booked`, `handoff.triggered`"),
    Fact::decided(53, "What \"message received\" is called", "`message.received`"),
    Fact::decided(
        54,
        "Which the twelve events are",
        "`message.received`, `.sent`, `.delivered`, `.read`, `.failed`, `conversation.started`, `.closed`, `lead.created`, `.qualified`, `appointment.booked`, `handoff.triggered`, `.resolved`",
    ),
    Fact::decided(
        55,
        "What is signed, and how",
        "`sha256=` and the hexadecimal HMAC of the body with the secret as it was given; body and retries as `/v1/webhooks` describes, with `agent_id` (`agt_…`) and `message_id` (`msg_…`) beside `data`",
    ),
    Fact::served(56, "Limits apply to each key"),
    Fact::served(
        57,
        "Every answer has the headers of the limits; without a key that works they speak of the address, which has the figures of Free",
    ),
    Fact::served(
        58,
        "Free: 30 requests a minute, 60 messages an hour, 20 changes of knowledge a day",
    ),
    Fact::served(59, "Pro: 300, 1,000, 500"),
    Fact::served(60, "Enterprise: 3,000, any number, any number"),
    Fact::decided(
        61,
        "The columns of the table run together",
        "the split above, which alone fits the sample; a workspace on the plan `business` has the figures of Pro",
    ),
    Fact::served(62, "429 over any limit"),
    Fact::served(63, "`X-RateLimit-Limit`, `-Remaining`, `-Reset`, `Retry-After`"),
    Fact::served(64, "`X-RateLimit-Reset` is in seconds since 1970"),
    Fact::served(65, "`Retry-After` is in seconds"),
    Fact::decided(
        66,
        "Which limit the headers speak of",
        "the minute's requests; on a 429 the limit that was reached, named in `error.limit`",
    ),
    Fact::decided(
        67,
        "Whether `Retry-After` is on other answers",
        "yes: the seconds until `X-RateLimit-Reset`",
    ),
    Fact::served(68, "The version stands in the path"),
    Fact::beyond(69, "No breaking change within a version", PROMISE),
    Fact::beyond(70, "A version is kept for a year after the next", PROMISE),
    Fact::beyond(
        71,
        "Deprecation is announced in a header",
        "every endpoint can be declared deprecated and then says so in `Deprecation`; none is",
    ),
    Fact::decided(72, "Whether there is an alias for the latest version", "no"),
    Fact::beyond(
        73,
        "Policies bind integrators",
        "advice; opt-outs and the 24-hour window are enforced",
    ),
    Fact::beyond(74, "Meta may suspend an account", "advice"),
];
