//! Every error there is: one row a code, with its status, its title and what to do about it.
//!
//! Codes are part of the API: added, never renamed, never given another meaning. The rows make
//! `docs/errors.md` and the page at `/docs/errors`.

use axum::http::StatusCode;
use convolog_domain::RefusalCode;

macro_rules! codes {
    ($($variant:ident $status:ident $code:literal $title:literal $help:literal;)*) => {
        /// The stable code of an error.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code { $(#[doc = $title] $variant),* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As the API shows it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The status of the answer.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),* }
            }

            /// What went wrong, in a few words that are the same every time.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }

            /// What it means and what to do.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help),* }
            }
        }
    };
}

codes! {
    InvalidField BAD_REQUEST "invalid_field" "A value is missing or not allowed"
        "`field` names the member of the body, the parameter of the path or the query, or the header; `allowed` lists the values that would be taken, where they can be listed. Change the value and send the request again.";
    UnknownField BAD_REQUEST "unknown_field" "The body has a member that this endpoint does not take"
        "Nothing is ignored silently: a misspelt member would otherwise be lost. `field` names it, `allowed` lists what the endpoint takes.";
    UnknownParameter BAD_REQUEST "unknown_parameter" "The query has a parameter that this endpoint does not take"
        "`field` names it, `allowed` lists what the endpoint takes.";
    MalformedBody BAD_REQUEST "malformed_body" "The body cannot be read"
        "The detail says where reading stopped. Send one JSON object, or what else the endpoint takes, encoded as UTF-8.";
    InvalidPage BAD_REQUEST "invalid_page" "The page token was not given out by this list"
        "Page tokens are opaque and belong to one list. Start again without `page`, then follow `next_page`.";
    NotAllowedWithAsOf BAD_REQUEST "not_allowed_with_as_of" "This parameter cannot be combined with a view of the past"
        "A view of the past is exact for single things and for lists by creation. `allowed` lists the parameters that work together with `as_of`.";
    MissingCredentials UNAUTHORIZED "missing_credentials" "The request carries no key"
        "Send `Authorization: Bearer` with an API key (`cl_live_…`, `cl_test_…`), or with the administrator's token where the endpoint asks for it.";
    InvalidCredentials UNAUTHORIZED "invalid_credentials" "The key is not known, or it works no more"
        "Check that the whole key was copied, that it was not revoked, and that the person it acts for was not removed. Keys are shown once, when they are made; make a new one if it was lost.";
    InvalidSignature UNAUTHORIZED "invalid_signature" "The post is not signed by a known app"
        "The header `X-Hub-Signature-256` is missing or was not made with the secret of an app that Convolog knows. Nothing was stored. Compare the app secret in the platform's settings with the one given to Convolog.";
    AdministratorRequired FORBIDDEN "administrator_required" "Only the administrator may do this"
        "This endpoint takes the installation's administrator token (`CONVOLOG_ADMIN_TOKEN`), not an API key.";
    InsufficientScope FORBIDDEN "insufficient_scope" "The key lacks the scope that this endpoint needs"
        "`allowed` names the scope. Make a key with it; the scopes of a key never change.";
    RoleForbids FORBIDDEN "role_forbids" "The role of the person who acts does not allow this"
        "Whoever acts for a person, by their own key or with `Convolog-On-Behalf-Of`, may do no more than that person's role: an auditor reads, an operator also works on conversations, contacts and leads, a manager also changes settings, and only an owner adds and removes people and keys.";
    WrongSurface FORBIDDEN "wrong_surface" "The key belongs to another API dialect"
        "Each key is made for one surface. Use a key made with `\"surface\": \"native\"` here.";
    HandshakeRefused FORBIDDEN "handshake_refused" "The verify token is not known"
        "The platform repeats the verify token that was typed into its settings; it must be the one given to Convolog with the channel or the app.";
    PlanLimitReached FORBIDDEN "plan_limit_reached" "The workspace has as many as its plan allows"
        "The detail and `limit` say which limit it is, how many there are and how many there may be. Of channels, keys and people, what is disconnected, revoked or removed makes room, and waiting does not help. Messages count by the calendar month (UTC): `limit.resets_at` and `Retry-After` say when there may be more. `GET /v1/limits` shows where a workspace stands. What people write to the workspace is never limited by a plan.";
    SandboxKey FORBIDDEN "sandbox_key" "A key of the sandbox must not do this"
        "A key whose mode is `test` does everything but what reaches people: what it sends stops before the platform. What people are sent, and who answers them, it changes only where that was begun with a test key as well. Use a live key.";
    WindowClosed FORBIDDEN "window_closed" "Only a template can be sent now"
        "For 24 hours after the customer last wrote anything can be sent to them, and for 72 hours where they came from an advertisement and were answered in time. After that the platform takes nothing but templates, until they write again.";
    OptedOut FORBIDDEN "opted_out" "The person does not want to be sent this"
        "They stopped marketing messages or all messages: by a word such as STOP, in the platform's settings, through the platform when it refused a message (131050), or as somebody of the business recorded. The detail says since when and how; `other` names the contact. A template counts as marketing unless it is known to be something else or the request says so with `category`. They come back by writing START, or with `POST /v1/contacts/{id}/opt-in` once they asked for it.";
    TemplateUnavailable CONFLICT "template_unavailable" "The platform does not take this template at present"
        "The detail says what stands in the way: it is paused, disabled, rejected, not reviewed yet, or deleted. `GET /v1/templates?status=approved` lists those that can be sent; `POST /v1/templates/sync` reads the platform's list again.";
    PlatformLimitReached TOO_MANY_REQUESTS "platform_limit_reached" "The platform takes no more of it for now"
        "The detail says which limit of the platform it is, `limit` how many there are and may be, `limit.resets_at` and `Retry-After` when there may be more. Nothing left.";
    NotFound NOT_FOUND "not_found" "It does not exist"
        "There is no such thing in this workspace. What belongs to another workspace is answered in exactly the same way.";
    NoSuchEndpoint NOT_FOUND "no_such_endpoint" "There is no endpoint at this path"
        "See `/docs` or `/openapi.json` for every path.";
    MethodNotAllowed METHOD_NOT_ALLOWED "method_not_allowed" "The path does not take this method"
        "The header `Allow` lists the methods that it takes.";
    Timeout GATEWAY_TIMEOUT "timeout" "The request took too long"
        "It was given up after the time that the configuration allows. A command may still have been carried out: repeat it with the same `Idempotency-Key` to learn its result.";
    AlreadyExists CONFLICT "already_exists" "It exists already"
        "The detail says what exists; `other` names it where it can be read. Read it instead of making it again.";
    NotAllowedNow CONFLICT "not_allowed_now" "Its present state does not allow this"
        "The detail says which state it is in and what would have to happen first. Of what was merged into another, `other` names the one that goes on: do it there.";
    OwnedByAnother CONFLICT "owned_by_another" "Somebody else owns it"
        "The detail says what it is and, where that may be told, who has it; so does `other`. A number belongs to one channel of the whole installation: disconnect it where it is connected, then connect it here. A conversation belongs to whoever claimed it: they release it, or it is assigned to somebody else.";
    SlotTaken CONFLICT "slot_taken" "Somebody else has that time"
        "An appointment that overlaps it, its buffers counted, was booked first: of the same service, or with the same person. `GET /v1/services/{id}/slots` lists the times that are free; book one of those.";
    Erased GONE "erased" "The person's data was erased"
        "The keys that opened it were destroyed; nobody can bring it back.";
    LegalHold CONFLICT "legal_hold" "The person's data is under legal hold"
        "The detail says since when, by whom and why it is held. Nobody can erase the person, or anybody who was found to be the same person, until the hold is released with `POST /v1/contacts/{id}/legal-hold/release`.";
    UnsupportedMediaType UNSUPPORTED_MEDIA_TYPE "unsupported_media_type" "The body is of a kind that this endpoint does not take"
        "The header `Content-Type` says what the body is; `allowed` lists what the endpoint takes. Nothing was stored.";
    BodyTooLarge PAYLOAD_TOO_LARGE "body_too_large" "The body is larger than the endpoint takes"
        "The detail names the limit in bytes. Nothing was stored.";
    IdempotencyKeyReused UNPROCESSABLE_ENTITY "idempotency_key_reused" "The same Idempotency-Key came with another request"
        "An `Idempotency-Key` stands for one request: method, path and body. Use a new key for a new request.";
    OwnershipNotProved UNPROCESSABLE_ENTITY "ownership_not_proved" "The access token does not read this number"
        "When a number is connected, Convolog reads it from the platform with the access token. The platform refused, or answered with another number. Check `phone_number_id`, `access_token` and `graph_url`.";
    LinkUnreadable UNPROCESSABLE_ENTITY "link_unreadable" "The file at this address could not be read"
        "The detail says why: the host could not be reached, answered with something else than the file, broke off, or gave more than can be sent. Redirects are not followed. Give the address of the file itself, or send its bytes to `POST /v1/media`.";
    AddressRefused UNPROCESSABLE_ENTITY "address_refused" "Convolog does not call this address"
        "Only https addresses on the public internet are called. Hosts that are meant to be reached inside a private network are listed in `CONVOLOG_ALLOW_PRIVATE_URLS`.";
    RateLimited TOO_MANY_REQUESTS "rate_limited" "The key has made as many calls as it may for now"
        "The detail says which limit was reached and when to come back; so does `Retry-After`, in seconds. `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` (seconds since 1970) are on every answer to a native key whose class has a limit, so that a caller can slow down in time. An address that offers too many keys that are not known is told the same.";
    Internal INTERNAL_SERVER_ERROR "internal" "Something went wrong inside Convolog"
        "This is our fault. The log has the details under the `request_id`; please report it.";
    PlatformUnavailable BAD_GATEWAY "platform_unavailable" "The messaging platform did not answer"
        "Convolog had to ask the platform and got no usable answer. Try again later.";
    Contended SERVICE_UNAVAILABLE "contended" "Too many others changed the same thing at the same time"
        "Nothing was changed. Wait as long as `Retry-After` says and send the request again.";
    NoSpace SERVICE_UNAVAILABLE "no_space" "The disk is nearly full"
        "Reading works; nothing new is taken until there is space. Wait as long as `Retry-After` says and send the request again.";
    LogUnavailable SERVICE_UNAVAILABLE "log_unavailable" "The log does not take anything at the moment"
        "A write failed and the server is about to restart, or it is shutting down. Nothing was acknowledged that is not on the disk. Wait as long as `Retry-After` says and send the request again.";
    NotCaughtUp SERVICE_UNAVAILABLE "not_caught_up" "The read models have not reached the position that was asked for"
        "They follow the log within milliseconds, unless they are being rebuilt. Wait as long as `Retry-After` says and read again.";
    Overloaded SERVICE_UNAVAILABLE "overloaded" "The server has as many requests as it can carry"
        "Wait as long as `Retry-After` says and send the request again.";
}

impl From<RefusalCode> for Code {
    fn from(code: RefusalCode) -> Self {
        match code {
            RefusalCode::NotFound => Self::NotFound,
            RefusalCode::AlreadyExists => Self::AlreadyExists,
            RefusalCode::InvalidField => Self::InvalidField,
            RefusalCode::NotAllowedNow => Self::NotAllowedNow,
            RefusalCode::OwnedByAnother => Self::OwnedByAnother,
            RefusalCode::Erased => Self::Erased,
            RefusalCode::LegalHold => Self::LegalHold,
            RefusalCode::PlanLimitReached => Self::PlanLimitReached,
            RefusalCode::WindowClosed => Self::WindowClosed,
            RefusalCode::OptedOut => Self::OptedOut,
            RefusalCode::TemplateUnavailable => Self::TemplateUnavailable,
            RefusalCode::PlatformLimitReached => Self::PlatformLimitReached,
            RefusalCode::SlotTaken => Self::SlotTaken,
            RefusalCode::SandboxKey => Self::SandboxKey,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_refusals_keep_theirs() {
        let codes: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        for refusal in RefusalCode::ALL {
            assert_eq!(Code::from(refusal).as_str(), refusal.as_str());
        }
    }

    #[test]
    fn every_status_is_an_error() {
        for code in Code::ALL {
            assert!(code.status().is_client_error() || code.status().is_server_error(), "{code:?}");
        }
    }
}
