//! Searching what was said.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::conversation::Direction;
use convolog_domain::{ChannelId, ContactId, ConversationId};
use convolog_projections::view::{MessageView, Reader};
use convolog_search::{MessageHit, MessageSearch, Search, Snippet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Found, SearchPage};
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/search/messages`
pub(crate) struct SearchMessages;

/// What is looked for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Words, all of which are needed; `"phrases"`, `begin*`, `mispelt~`, `OR`, `-must not`.
    #[schemars(length(min = 1, max = 500))]
    q: String,
    /// Only of this conversation.
    conversation_id: Option<Uuid>,
    /// Only on this channel.
    channel_id: Option<Uuid>,
    /// Only with this contact, whoever they were merged with.
    contact_id: Option<Uuid>,
    /// Only what this side wrote.
    direction: Option<Side>,
    /// Only what was said at this time or later.
    since: Option<String>,
    /// Only what was said before this time.
    before: Option<String>,
    /// How many at most; 10 if not given.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// The `next_page` of the page before.
    page: Option<String>,
}

/// Who wrote.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Side {
    /// The contact.
    Inbound,
    /// The business.
    Outbound,
}

/// A message that answers.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FoundMessage {
    /// How well it answers. Depends on nothing but this workspace.
    score: f32,
    /// A piece of it that shows what was asked for.
    snippet: Snippet,
    /// The message.
    message: MessageView,
}

impl Read for SearchMessages {
    const DECLARATION: Declaration =
        Declaration::get("/v1/search/messages", "search_messages", "Search messages")
            .describing("Messages whose text, in its newest edit, has all the words. What is no query is searched as words; `left_out` says so.")
            .group("Search")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The messages, the best first.")
            .fails_with(&[Code::InvalidPage])
            .from_search();
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = Found<FoundMessage>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, query) = (call.workspace(), &call.query);
        let question = asked(query);
        let page = SearchPage::read(
            (workspace, "search/messages", &question),
            query.page.as_deref(),
            query.limit,
        )?;
        let contacts = match query.contact_id {
            Some(id) => view.rows().one_person(workspace, ContactId(id))?,
            None => Vec::new(),
        };
        let wanted = MessageSearch {
            text: query.q.clone(),
            conversation: query.conversation_id.map(ConversationId),
            channel: query.channel_id.map(ChannelId),
            contacts,
            direction: query.direction.map(|side| match side {
                Side::Inbound => Direction::Inbound,
                Side::Outbound => Direction::Outbound,
            }),
            since: second("since", query.since.as_deref())?,
            before: second("before", query.before.as_deref())?,
            limit: page.depth(),
        };
        let answers = call.app.search().messages(workspace, &wanted)?;
        let (mut passed, mut data) = (page.begin(&answers.hits, id), Vec::new());
        while let Some(hit) = answers.hits.get(passed).filter(|_| data.len() < page.limit) {
            passed = passed.saturating_add(1);
            let conversation = view.rows().conversation(workspace, hit.conversation)?;
            if conversation.is_none_or(|stored| stored.row.deleted_at.is_some()) {
                continue;
            }
            // Erased, or taken into another conversation, since the index was written.
            let Some(message) = view.message(workspace, hit.conversation, hit.message)? else {
                continue;
            };
            let Some(text) = &message.text else { continue };
            let snippet = Search::snippet(&query.q, text);
            data.push(FoundMessage { score: hit.score, snippet, message });
        }
        let next = page.next(&answers.hits, passed, id);
        Ok(Found::new(data, next, &answers.left_out))
    }
}

fn id(hit: &MessageHit) -> Vec<u8> {
    hit.message.0.as_bytes().to_vec()
}

/// Everything that is asked.
fn asked(wanted: &Wanted) -> String {
    let Wanted { q, conversation_id, channel_id, contact_id, direction, since, before, .. } =
        wanted;
    format!(
        "{q:?} {conversation_id:?} {channel_id:?} {contact_id:?} {direction:?} {since:?} {before:?}"
    )
}

/// A time in a parameter, in seconds since 1970.
fn second(name: &'static str, text: Option<&str>) -> Outcome<Option<i64>> {
    let Some(text) = text else { return Ok(None) };
    let time: Result<jiff::Timestamp, _> = text.parse();
    let time = time.map_err(|_| {
        Problem::field(name, format!("{name} must be a time such as 2026-11-21T09:30:00Z."))
    })?;
    Ok(Some(time.as_second()))
}
