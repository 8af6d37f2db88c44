//! Which pages of a site are known and which come next: those nearer to the first page first, in the
//! order in which they were found. Made anew from the events of the job whenever it goes on.

use std::collections::{HashSet, VecDeque};

use convolog_domain::import::{FoundPage, PageOutcome};
use convolog_engine::ImportOrder;
use reqwest::Url;

/// Pages that are known at most, for each that may be read.
const KNOWN_FOR_EACH: usize = 5;
/// Bytes of an address that is followed.
const ADDRESS_BYTES_MAX: usize = 2_000;

/// Endings of addresses that are no text.
const NO_TEXT: [&str; 34] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "css", "js",
    "mjs", "json", "xml", "rss", "atom", "woff", "woff2", "ttf", "mp3", "mp4", "m4a", "avi", "mov",
    "webm", "zip", "gz", "rar", "7z", "exe", "dmg", "apk",
];

/// The pages of a site.
#[derive(Debug)]
pub(super) struct Frontier {
    /// The host of the site, without `www.`, and its port.
    site: (String, Option<u16>),
    depth: u32,
    pages: usize,
    known: HashSet<String>,
    queue: VecDeque<(Url, u32)>,
    /// Pages of the time before: looked at when nothing else is left, to learn whether they are gone.
    before: VecDeque<Url>,
    /// Pages that were read, or tried.
    read: usize,
    /// There was more than is read.
    pub(super) limited: bool,
}

impl Frontier {
    /// Of the site of this page.
    pub(super) fn new(first: &Url, depth: u32, pages: u32) -> Self {
        let mut frontier = Self {
            site: site_of(first),
            depth,
            pages: usize::try_from(pages).unwrap_or(usize::MAX),
            known: HashSet::new(),
            queue: VecDeque::new(),
            before: VecDeque::new(),
            read: 0,
            limited: false,
        };
        frontier.add(first.clone(), 0);
        frontier
    }

    /// Goes on where the job was.
    pub(super) fn recall(&mut self, order: &ImportOrder) {
        let mut done = HashSet::new();
        for (progressed, pages) in &order.progress {
            let Some(pages) = pages else { continue };
            for (result, address) in progressed.pages.iter().zip(&pages.seen) {
                done.insert(address.expose().to_owned());
                self.known.insert(address.expose().to_owned());
                self.read += usize::from(result.status.is_some() || result.bytes > 0);
            }
            for found in &pages.found {
                if let Ok(url) = Url::parse(found.address.expose()) {
                    self.add(url, found.depth);
                }
            }
        }
        self.queue.retain(|(url, _)| !done.contains(url.as_str()));
    }

    /// Pages that had a document when the site was read the time before.
    pub(super) fn remember(&mut self, order: &ImportOrder) {
        for (progressed, pages) in &order.progress {
            let Some(pages) = pages else { continue };
            for (result, address) in progressed.pages.iter().zip(&pages.seen) {
                let had = matches!(
                    result.outcome,
                    PageOutcome::Added | PageOutcome::Updated | PageOutcome::Unchanged
                );
                if let Ok(url) = Url::parse(address.expose())
                    && had
                {
                    self.before.push_back(url);
                }
            }
        }
    }

    /// The next page and how far from the first it is; none if there is none, or no more may be read.
    pub(super) fn next(&mut self) -> Option<(Url, u32)> {
        if self.read >= self.pages {
            self.limited |= !self.queue.is_empty();
            return None;
        }
        if let Some(next) = self.queue.pop_front() {
            return Some(next);
        }
        while let Some(url) = self.before.pop_front() {
            if self.is_of_site(&url) && self.known.insert(url.as_str().to_owned()) {
                return Some((url, self.depth));
            }
        }
        None
    }

    /// A page was asked for.
    pub(super) const fn count(&mut self) {
        self.read = self.read.saturating_add(1);
    }

    /// Takes note of a page that another one leads to. False if it was known.
    pub(super) fn arrive(&mut self, url: &Url) -> bool {
        let new = self.known.insert(url.as_str().to_owned());
        let before = self.queue.len();
        self.queue.retain(|(queued, _)| queued != url);
        // One that only waited was not read yet.
        new || self.queue.len() < before
    }

    /// Takes the links of a page; answers those that are new.
    pub(super) fn links(
        &mut self,
        from: &Url,
        base: Option<&str>,
        links: &[String],
        depth: u32,
    ) -> Vec<FoundPage> {
        if depth >= self.depth {
            return Vec::new();
        }
        let base = base.and_then(|base| from.join(base).ok()).unwrap_or_else(|| from.clone());
        let mut found = Vec::new();
        for link in links {
            if let Ok(url) = base.join(link.trim())
                && let Some(url) = self.add(url, depth.saturating_add(1))
            {
                found.push(FoundPage { address: url.into(), depth: depth.saturating_add(1) });
            }
        }
        found
    }

    /// Whether a page belongs to the site.
    pub(super) fn is_of_site(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https") && site_of(url) == self.site
    }

    /// Adds a page, unless it is known, of another site, or one too many.
    fn add(&mut self, url: Url, depth: u32) -> Option<String> {
        let url = plain(url);
        let text = url.as_str();
        let wanted = self.is_of_site(&url)
            && text.len() <= ADDRESS_BYTES_MAX
            && may_be_text(&url)
            && !self.known.contains(text);
        if !wanted {
            return None;
        }
        if self.known.len() >= self.pages.saturating_mul(KNOWN_FOR_EACH) {
            self.limited = true;
            return None;
        }
        let text = text.to_owned();
        self.known.insert(text.clone());
        self.queue.push_back((url, depth));
        Some(text)
    }
}

/// An address without what the server does not see, or should not.
pub(super) fn plain(mut url: Url) -> Url {
    url.set_fragment(None);
    // No page needs a password that stands in its address; these fail for addresses without a host.
    url.set_username("").ok();
    url.set_password(None).ok();
    if url.query() == Some("") {
        url.set_query(None);
    }
    url
}

fn site_of(url: &Url) -> (String, Option<u16>) {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (host, url.port())
}

fn may_be_text(url: &Url) -> bool {
    let last = url.path().rsplit('/').next().unwrap_or_default();
    let ending = last.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_none_or(|ending| !NO_TEXT.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn found(frontier: &mut Frontier, links: &[&str], depth: u32) -> Vec<String> {
        let links: Vec<_> = links.iter().map(|link| (*link).to_owned()).collect();
        let found = frontier.links(&url("https://example.com/a/b"), None, &links, depth);
        found.into_iter().map(|page| page.address.0).collect()
    }

    #[test]
    fn only_pages_of_the_site_are_followed_each_once_and_nearer_ones_first() {
        let mut frontier = Frontier::new(&url("https://www.example.com/"), 2, 10);
        let links = [
            "c",
            "c#there",
            "/d?x=1",
            "https://example.com/e",
            "https://other.example/",
            "mailto:a@example.com",
            "javascript:x()",
            "//example.com:8443/",
            "logo.PNG",
            "http://[",
        ];
        assert_eq!(
            found(&mut frontier, &links, 0),
            ["https://example.com/a/c", "https://example.com/d?x=1", "https://example.com/e"]
        );
        assert!(found(&mut frontier, &["/deep"], 2).is_empty(), "too far away");
        assert_eq!(frontier.next().unwrap().0.as_str(), "https://www.example.com/");
        assert_eq!(frontier.next().unwrap(), (url("https://example.com/a/c"), 1));
        assert!(frontier.arrive(&url("https://example.com/e")), "it only waited");
        assert!(!frontier.arrive(&url("https://example.com/a/c")));
    }

    #[test]
    fn no_more_is_read_and_known_than_is_allowed() {
        let mut frontier = Frontier::new(&url("https://example.com/"), 3, 2);
        let links: Vec<_> = (0..100).map(|n| format!("/{n}")).collect();
        let links: Vec<_> = links.iter().map(String::as_str).collect();
        assert_eq!(found(&mut frontier, &links, 0).len(), 9);
        assert!(frontier.limited);
        frontier.count();
        assert!(frontier.next().is_some());
        frontier.count();
        assert_eq!(frontier.next(), None);
    }
}
