//! A site: its pages read one after another, from the first one on, and kept as documents.
//!
//! What became of pages is recorded many at a time; a crash loses at most what was read since, which is
//! read again and makes nothing twice. A page that is there no more loses its document, but only while
//! the first page can be read: a site that fails as a whole takes nothing with it.

mod fetch;
mod frontier;
mod robots;
mod turns;

use std::collections::HashMap;
use std::time::Duration;

use convolog_domain::import::{
    FoundPage, Import, ImportFailure, ImportKind, ImportRequested, PageOutcome, PageReason,
    RecordPages, SeenPage,
};
use convolog_domain::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_TITLE_CHARS_MAX};
use convolog_domain::{ImportId, Sensitive};
use convolog_engine::{Caller, EngineError, ImportOrder};
use convolog_extract::{Extracted, FileKind, Written};
use convolog_log::{Mode, Timestamp};
use reqwest::Url;

use super::Stopped;
use super::files::{keep, readings, remove_surplus};
use crate::acting::Acting;
use fetch::{Answer, Content, Missed};
use frontier::Frontier;
use robots::Robots;

pub(crate) use turns::Turns;

/// Redirects that are followed from one page.
const REDIRECTS_MAX: usize = 5;
/// Pages whose outcome is recorded together.
const BATCH: usize = 20;
/// How long an outcome waits to be recorded, in microseconds.
const BATCH_TIME: i64 = 5_000_000;

/// How sites are read.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How long a host is left alone after one page, unless it asks for longer.
    pub delay: Duration,
    /// How long a page may take.
    pub patience: Duration,
}

/// Reads the site of a job. Answers whether there was more than was read, or nothing if the job goes on
/// later.
pub(super) async fn read(
    acting: &Acting,
    caller: &Caller,
    id: ImportId,
    requested: &ImportRequested,
    order: ImportOrder,
) -> Result<Option<bool>, Stopped> {
    if order.mode == Mode::Test {
        return Err(Stopped::Job(ImportFailure::Sandbox));
    }
    let first = order.content.as_ref().and_then(|content| Url::parse(content.source.expose()).ok());
    let first = frontier::plain(first.ok_or(Stopped::Job(ImportFailure::Lost))?);
    let (depth, pages) = (requested.depth.unwrap_or(0), requested.pages.unwrap_or(1));
    let mut frontier = Frontier::new(&first, depth, pages);
    frontier.recall(&order);
    if let Some(before) = requested.again_of {
        let before = super::order(acting, (caller.workspace, before)).await?;
        if let Some(before) = &before {
            frontier.remember(before);
        }
    }
    let begun_before = order.progress.iter().any(|(progressed, _)| !progressed.pages.is_empty());
    let reader = SiteReader {
        acting,
        caller,
        id,
        requested,
        frontier,
        robots: HashMap::new(),
        seen: Vec::new(),
        found: Vec::new(),
        recorded_at: acting.now(),
        first: (!begun_before).then_some(first),
    };
    reader.run().await
}

struct SiteReader<'r> {
    acting: &'r Acting,
    caller: &'r Caller,
    id: ImportId,
    requested: &'r ImportRequested,
    frontier: Frontier,
    /// What each host of the site allows: with and without `www.`.
    robots: HashMap<String, Robots>,
    seen: Vec<SeenPage>,
    found: Vec<FoundPage>,
    recorded_at: Timestamp,
    /// The first page, while it was not read.
    first: Option<Url>,
}

/// What came of a page.
enum Read {
    /// It, or what stands there now.
    Page(SeenPage),
    /// Nothing: this instance stops.
    Interrupted,
}

impl SiteReader<'_> {
    async fn run(mut self) -> Result<Option<bool>, Stopped> {
        while let Some((url, depth)) = self.frontier.next() {
            // Somebody may have ended it.
            let state =
                self.acting.engine().load::<Import>(self.caller.workspace, self.id.0)?.state;
            if state.ended.is_some() {
                return Ok(None);
            }
            let Read::Page(page) = self.page(&url, depth).await? else {
                self.record().await?;
                return Ok(None);
            };
            let failed_first = self.first.take().is_some() && page.document.is_none();
            let reason = page.reason;
            self.seen.push(page);
            if failed_first {
                self.record().await?;
                return Err(Stopped::Job(failure(reason)));
            }
            let due = self.acting.now().0.saturating_sub(self.recorded_at.0) >= BATCH_TIME;
            if self.seen.len() >= BATCH || due {
                self.record().await?;
            }
        }
        self.record().await?;
        Ok(Some(self.frontier.limited))
    }

    /// Records what is known by now.
    async fn record(&mut self) -> Result<(), EngineError> {
        let record = RecordPages {
            workspace: self.caller.workspace,
            pages: std::mem::take(&mut self.seen),
            found: std::mem::take(&mut self.found),
        };
        self.recorded_at = self.acting.now();
        self.acting.engine().execute(self.caller, self.id.0, record).await?;
        Ok(())
    }

    /// Reads one page, wherever it leads to within the site.
    async fn page(&mut self, asked: &Url, depth: u32) -> Result<Read, Stopped> {
        let mut url = asked.clone();
        for _ in 0..=REDIRECTS_MAX {
            let Some(allowed) = self.allows(&url).await? else { return Ok(Read::Interrupted) };
            match allowed {
                Ok(true) => {}
                Ok(false) => return self.miss(asked, Missed::new(PageReason::Robots)).await,
                Err(missed) => return self.miss(asked, missed).await,
            }
            let Some(answer) = self.fetch(&url).await else { return Ok(Read::Interrupted) };
            match answer {
                Answer::Content(content) => return self.keep(asked, &url, content, depth).await,
                Answer::Nothing(missed) => return self.miss(asked, missed).await,
                Answer::Elsewhere(to) => {
                    if !self.frontier.is_of_site(&to) {
                        return self.miss(asked, Missed::new(elsewhere(self.acting, &to))).await;
                    }
                    if to == url {
                        break;
                    }
                    if !self.frontier.arrive(&to) && to != *asked {
                        return self.miss(asked, Missed::new(PageReason::Duplicate)).await;
                    }
                    url = to;
                }
            }
        }
        self.miss(asked, Missed::new(PageReason::Redirects)).await
    }

    /// Fetches an address when it is its host's turn; none if this instance stops.
    async fn fetch(&mut self, url: &Url) -> Option<Answer> {
        let (acting, host) = (self.acting, host(url));
        let manners = acting.manners();
        let asked_for = self.robots.get(&host).and_then(|robots| robots.delay);
        let delay = manners.delay.max(asked_for.unwrap_or_default());
        let _turn = acting.turns().take(acting, &host, delay).await?;
        self.frontier.count();
        Some(fetch::page(acting.outgoing(), url, manners.patience).await)
    }

    /// Whether the host allows this page; asks it once. None if this instance stops.
    async fn allows(&mut self, url: &Url) -> Result<Option<Result<bool, Missed>>, Stopped> {
        let host = host(url);
        if !self.robots.contains_key(&host) {
            let (acting, manners) = (self.acting, self.acting.manners());
            let Some(_turn) = acting.turns().take(acting, &host, manners.delay).await else {
                return Ok(None);
            };
            match fetch::robots(acting.outgoing(), url, manners.patience).await {
                Ok(text) => {
                    let robots = text.as_deref().map(Robots::read).unwrap_or_default();
                    self.robots.insert(host.clone(), robots);
                }
                Err(missed) => return Ok(Some(Err(missed))),
            }
        }
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        Ok(Some(Ok(self.robots.get(&host).is_none_or(|robots| robots.allows(&path)))))
    }

    /// Keeps what a page says. It is kept under the address at which it was found.
    async fn keep(
        &mut self,
        asked: &Url,
        url: &Url,
        content: Content,
        depth: u32,
    ) -> Result<Read, Stopped> {
        let (status, size) =
            (content.status, u32::try_from(content.bytes.len()).unwrap_or(u32::MAX));
        let missed = |reason| Missed { reason, status: Some(status) };
        let (mut noindex, mut nofollow) = (content.noindex, content.nofollow);
        let extracted = if content.kind == FileKind::Html {
            let read = html(content).await?;
            noindex |= read.noindex;
            nofollow |= read.nofollow;
            if !nofollow {
                let links = read.links.iter().map(|link| link.0.clone()).collect::<Vec<_>>();
                let found = self.frontier.links(url, read.base.as_deref(), &links, depth);
                self.found.extend(found);
            }
            let title = read.title.clone();
            let parts = read.into_parts(DOCUMENT_BYTES_MAX);
            let empty = parts.iter().all(|part| part.trim().is_empty());
            if empty {
                Err(PageReason::NoText)
            } else {
                Ok(Extracted { title, written: Written::Html, parts })
            }
        } else {
            match self.acting.cage().extract(content.kind, content.bytes).await {
                Ok(extracted) => Ok(extracted),
                Err(Stopped::Job(reason)) => Err(of_file(reason)),
                Err(error) => return Err(error),
            }
        };
        if noindex {
            return self.miss(asked, missed(PageReason::Noindex)).await;
        }
        let extracted = match extracted {
            Ok(extracted) => extracted,
            Err(reason) => return self.miss(asked, missed(reason)).await,
        };
        if asked != url {
            // What was kept of the address that leads here is kept here from now on.
            self.forget(asked).await?;
        }
        let page = self.keep_parts(url, extracted, size).await?;
        Ok(Read::Page(SeenPage { status: Some(status), ..page }))
    }

    async fn keep_parts(
        &self,
        url: &Url,
        extracted: Extracted,
        size: u32,
    ) -> Result<SeenPage, EngineError> {
        let (acting, caller, requested) = (self.acting, self.caller, self.requested);
        let title = extracted.title.clone().unwrap_or_else(|| name_of(url));
        let title: String = title.chars().take(DOCUMENT_TITLE_CHARS_MAX).collect();
        let address = Sensitive::from(url.as_str());
        let parts = u32::try_from(extracted.parts.len()).unwrap_or(u32::MAX);
        let mut whole: Option<SeenPage> = None;
        for reading in readings(self.id, requested, (&title, &address), extracted) {
            let part = keep(acting, caller, &reading, size).await?;
            match &mut whole {
                // A page has changed if any part of it has.
                Some(page) if page.outcome == PageOutcome::Unchanged => page.outcome = part.outcome,
                Some(_) => {}
                None => whole = Some(part),
            }
        }
        remove_surplus(acting, caller, requested, (ImportKind::Site, &address), parts).await?;
        Ok(whole.unwrap_or(SeenPage {
            address,
            outcome: PageOutcome::Failed,
            reason: Some(PageReason::NoText),
            document: None,
            status: None,
            bytes: size,
        }))
    }

    /// A page that gave nothing. If it is there no more, or does not want to be kept, its document
    /// goes; if that is not known, it stays.
    async fn miss(&self, url: &Url, missed: Missed) -> Result<Read, Stopped> {
        let Missed { reason, status } = missed;
        let forgotten = match reason {
            PageReason::Gone
            | PageReason::Noindex
            | PageReason::Robots
            | PageReason::OtherSite
            | PageReason::Duplicate
            | PageReason::NoText
                if self.first.is_none() =>
            {
                self.forget(url).await?
            }
            _ => false,
        };
        let outcome = match reason {
            _ if forgotten => PageOutcome::Removed,
            PageReason::Robots
            | PageReason::Noindex
            | PageReason::Type
            | PageReason::TooLarge
            | PageReason::OtherSite
            | PageReason::PrivateAddress
            | PageReason::Duplicate
            | PageReason::NoText => PageOutcome::Skipped,
            _ => PageOutcome::Failed,
        };
        let address = Sensitive::from(url.as_str());
        Ok(Read::Page(SeenPage {
            address,
            outcome,
            reason: Some(reason),
            document: None,
            status,
            bytes: 0,
        }))
    }

    /// Removes the documents of a page. True if there were any.
    async fn forget(&self, url: &Url) -> Result<bool, EngineError> {
        let address = Sensitive::from(url.as_str());
        let (kind, caller) = (ImportKind::Site, self.caller);
        let removed =
            remove_surplus(self.acting, caller, self.requested, (kind, &address), 0).await?;
        Ok(!removed.is_empty())
    }
}

/// What a page of HTML says; reading it is no work for an async thread.
async fn html(content: Content) -> Result<convolog_extract::Page, Stopped> {
    let Content { bytes, charset, .. } = content;
    let reading =
        tokio::task::spawn_blocking(move || convolog_extract::page(&bytes, charset.as_deref()));
    reading.await.map_err(|_| Stopped::Engine(EngineError::Interrupted("reading a page")))
}

/// What is to be said of an address outside of the site.
fn elsewhere(acting: &Acting, url: &Url) -> PageReason {
    match acting.outgoing().read_public("url", url.as_str()) {
        Ok(_) => PageReason::OtherSite,
        Err(_) => PageReason::PrivateAddress,
    }
}

/// The host as its turns are counted.
fn host(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}

/// What a page without a title is called.
fn name_of(url: &Url) -> String {
    let path = url.path().trim_matches('/');
    if path.is_empty() { url.host_str().unwrap_or("page").to_owned() } else { path.to_owned() }
}

/// Why a page that is a file gave nothing.
const fn of_file(reason: ImportFailure) -> PageReason {
    match reason {
        ImportFailure::TooLarge => PageReason::TooLarge,
        ImportFailure::TooSlow => PageReason::TimedOut,
        ImportFailure::NoText => PageReason::NoText,
        _ => PageReason::Broken,
    }
}

/// Why a site whose first page gave nothing fails.
const fn failure(reason: Option<PageReason>) -> ImportFailure {
    match reason {
        Some(PageReason::Robots | PageReason::Noindex) => ImportFailure::Excluded,
        Some(PageReason::Unreachable | PageReason::TimedOut) => ImportFailure::Unreachable,
        Some(PageReason::PrivateAddress) => ImportFailure::PrivateAddress,
        Some(PageReason::NoText) => ImportFailure::NoText,
        _ => ImportFailure::NoPage,
    }
}
