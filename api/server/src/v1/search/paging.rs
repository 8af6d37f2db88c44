//! Pages of a search: where one goes on in the order of what answers best.
//!
//! A page goes on behind the last thing of the page before, wherever that stands now; should it be
//! gone, at its place. As long as nothing is written nothing is shown twice or left out; what is
//! written meanwhile may come to stand before that place, or move what stands behind it.

use convolog_domain::WorkspaceId;
use convolog_projections::page::Question;
use convolog_search::DEPTH;

use crate::problem::{Code, Outcome, Problem};

/// How many are shown when nothing is asked.
const LIMIT_DEFAULT: usize = 10;

/// The most that are shown.
const LIMIT_MAX: usize = 100;

/// Which page of what is asked for.
pub(crate) struct SearchPage {
    question: Question,
    /// How many things the pages before have passed.
    passed: usize,
    /// The last of them.
    last: Vec<u8>,
    /// How many at most.
    pub(crate) limit: usize,
}

impl SearchPage {
    /// The page that a token names, the first one without; `asked` is everything else that was asked.
    pub(crate) fn read(
        (workspace, search, asked): (WorkspaceId, &str, &str),
        token: Option<&str>,
        limit: Option<usize>,
    ) -> Outcome<Self> {
        let question = Question::new(search, &[workspace.0.as_bytes(), asked.as_bytes()]);
        let limit = limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX);
        let Some(token) = token else {
            return Ok(Self { question, passed: 0, last: Vec::new(), limit });
        };
        let wrong = || Problem::plain(Code::InvalidPage).at("page");
        let place = question.place(token).map_err(|_| wrong())?;
        let (passed, last) = place.split_first_chunk().ok_or_else(wrong)?;
        let passed = usize::from(u16::from_be_bytes(*passed));
        Ok(Self { question, passed, last: last.to_vec(), limit })
    }

    /// How many of the best must be looked at: one more than are shown tells whether it goes on.
    pub(crate) fn depth(&self) -> usize {
        self.passed.saturating_add(self.limit).saturating_add(1).min(DEPTH)
    }

    /// With which of the best, told apart by `id`, the page begins.
    pub(crate) fn begin<T>(&self, best: &[T], id: impl Fn(&T) -> Vec<u8>) -> usize {
        let last = best.iter().position(|one| !self.last.is_empty() && id(one) == self.last);
        last.map_or(self.passed.min(best.len()), |last| last.saturating_add(1))
    }

    /// The token of the next page, if there is one: `passed` of the best were shown or passed over.
    pub(crate) fn next<T>(
        &self,
        best: &[T],
        passed: usize,
        id: impl Fn(&T) -> Vec<u8>,
    ) -> Option<String> {
        let goes_on = passed < best.len() || best.len() == self.depth();
        let last = best.get(passed.checked_sub(1)?).filter(|_| goes_on && passed < DEPTH)?;
        let mut place = u16::try_from(passed).ok()?.to_be_bytes().to_vec();
        place.extend(id(last));
        Some(self.question.token(&place))
    }
}

#[cfg(test)]
mod tests {
    use convolog_domain::WorkspaceId;

    use super::*;

    const ASKED: (WorkspaceId, &str, &str) = (WorkspaceId::INSTALLATION, "things", "what");

    fn page(token: Option<&str>) -> SearchPage {
        SearchPage::read(ASKED, token, Some(2)).unwrap()
    }

    /// The best as a page sees them, where it begins, and the token of the next one.
    fn shown(all: &[u8], token: Option<&str>) -> (Vec<u8>, Option<String>) {
        let (page, id) = (page(token), |one: &u8| vec![*one]);
        let best = &all[..all.len().min(page.depth())];
        let begin = page.begin(best, id);
        let end = best.len().min(begin + page.limit);
        (best[begin..end].to_vec(), page.next(best, end, id))
    }

    #[test]
    fn pages_show_everything_once() {
        let (first, token) = shown(&[1, 2, 3, 4, 5], None);
        let (second, token) = shown(&[1, 2, 3, 4, 5], token.as_deref());
        let (third, token) = shown(&[1, 2, 3, 4, 5], token.as_deref());
        assert_eq!((first, second, third, token), (vec![1, 2], vec![3, 4], vec![5], None));
        assert_eq!(shown(&[1, 2], None), (vec![1, 2], None));
        assert_eq!(shown(&[], None), (vec![], None));
    }

    #[test]
    fn a_page_goes_on_behind_the_last_one_wherever_it_stands_now() {
        let token = shown(&[1, 2, 3, 4, 5], None).1;
        assert_eq!(shown(&[9, 1, 2, 3, 4, 5], token.as_deref()).0, [3, 4]);
        assert_eq!(shown(&[2, 3, 4, 5], token.as_deref()).0, [3, 4]);
        // It is gone: at its place.
        assert_eq!(shown(&[1, 9, 3, 4, 5], token.as_deref()).0, [3, 4]);
        assert_eq!(shown(&[1], token.as_deref()), (vec![], None));
    }

    #[test]
    fn it_ends_where_a_search_does() {
        let (all, id) = (vec![7_u8; 1_000], |one: &u8| vec![*one]);
        let mut page = page(None);
        page.passed = DEPTH - 2;
        assert_eq!(page.depth(), DEPTH);
        assert_eq!(page.next(&all[..DEPTH], DEPTH, id), None);
        assert!(page.next(&all[..DEPTH], DEPTH - 1, id).is_some());
    }

    #[test]
    fn a_token_belongs_to_one_question() {
        let token = shown(&[1, 2, 3], None).1.unwrap();
        let other = (WorkspaceId::INSTALLATION, "things", "something else");
        for (asked, token) in [(other, token.as_str()), (ASKED, "x"), (ASKED, "")] {
            let refused = SearchPage::read(asked, Some(token), None).err().unwrap();
            assert_eq!(refused.code(), Code::InvalidPage);
        }
    }
}
