//! Read a site.

use super::{Import, ImportKind, ImportRequested, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::document::language;
use crate::hash::Sensitive;
use crate::ids::{AgentId, ImportId, WorkspaceId};
use crate::limits::{CRAWL_DEPTH_MAX, CRAWL_PAGES_MAX};
use crate::personal::{Content, ImportContent, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// A job reads the pages of a site, from this one on: each becomes a document, or the next version of
/// the document that it was, unless it says the same; the document of a page that is there no more is
/// removed. Only pages of the same host are read, politely, and none that does not want to be.
///
/// Who: a key with the scope `write`. Refuses: what is no address, a depth over [`CRAWL_DEPTH_MAX`],
/// a number of pages that is not 1 to [`CRAWL_PAGES_MAX`], a language that is no code of ISO 639.
#[derive(Clone, Debug)]
pub struct CrawlSite {
    /// Whose: its key seals the address.
    pub workspace: WorkspaceId,
    /// The first page.
    pub url: Sensitive,
    /// How many links from the first page a page may be away.
    pub depth: u32,
    /// How many pages are read at most.
    pub pages: u32,
    /// The language of all of it; none: it is worked out page by page.
    pub language: Option<String>,
    /// The agent that alone may answer from it; none: every agent may.
    pub agent: Option<AgentId>,
    /// The job that it does again.
    pub again_of: Option<ImportId>,
    /// Whether an address without TLS is allowed: the configuration lists its host.
    pub plain_http_allowed: bool,
}

impl Command for CrawlSite {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.is_new()?;
        validate::web_address("url", self.url.expose(), self.plain_http_allowed)?;
        if self.depth > CRAWL_DEPTH_MAX {
            return Err(Refusal::field("depth", format!("must be 0 to {CRAWL_DEPTH_MAX}")));
        }
        if !(1..=CRAWL_PAGES_MAX).contains(&self.pages) {
            return Err(Refusal::field("pages", format!("must be 1 to {CRAWL_PAGES_MAX}")));
        }
        let requested = ImportRequested {
            kind: ImportKind::Site,
            agent: self.agent,
            language: self.language.as_deref().map(language).transpose()?,
            format: None,
            bytes: None,
            depth: Some(self.depth),
            pages: Some(self.pages),
            again_of: self.again_of,
        };
        let content = Content::Import(ImportContent { source: self.url, title: None });
        let personal = Personal { subject: self.workspace.into(), content };
        Ok(vec![Decision::new(requested).sealing(personal)])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));

    fn crawl() -> CrawlSite {
        CrawlSite {
            workspace: HOME,
            url: "https://example.com/a".into(),
            depth: 3,
            pages: 100,
            language: Some("PT".into()),
            agent: Some(AgentId(Uuid::from_u128(3))),
            again_of: None,
            plain_http_allowed: false,
        }
    }

    #[test]
    fn the_address_is_sealed() {
        let requested = ImportRequested {
            kind: ImportKind::Site,
            agent: Some(AgentId(Uuid::from_u128(3))),
            language: Some("pt".into()),
            format: None,
            bytes: None,
            depth: Some(3),
            pages: Some(100),
            again_of: None,
        };
        let source = "https://example.com/a".into();
        given::<Import>([]).when(crawl()).then([requested.into()]).sealing([Personal {
            subject: HOME.into(),
            content: Content::Import(ImportContent { source, title: None }),
        }]);
    }

    #[test]
    fn what_can_be_refused_names_its_field() {
        for (field, bad) in [
            ("url", CrawlSite { url: "http://example.com".into(), ..crawl() }),
            ("url", CrawlSite { url: "https://user:pass@example.com".into(), ..crawl() }),
            ("url", CrawlSite { url: "example.com".into(), ..crawl() }),
            ("depth", CrawlSite { depth: CRAWL_DEPTH_MAX + 1, ..crawl() }),
            ("pages", CrawlSite { pages: 0, ..crawl() }),
            ("pages", CrawlSite { pages: CRAWL_PAGES_MAX + 1, ..crawl() }),
            ("language", CrawlSite { language: Some("x".into()), ..crawl() }),
        ] {
            given::<Import>([]).when(bad).refused(RefusalCode::InvalidField).at(field);
        }
    }
}
