//! Markdown without its marks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::{Block, Blocks};
use super::html;

/// The blocks of a Markdown document. Addresses of links and images are left out, their words stay.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let (mut blocks, mut code, mut markup) = (Blocks::default(), false, String::new());
    for event in Parser::new_ext(source, options) {
        if !matches!(event, Event::Html(_)) && !markup.is_empty() {
            html::read(&std::mem::take(&mut markup), &mut blocks);
        }
        match event {
            Event::Start(tag) => {
                code |= matches!(tag, Tag::CodeBlock(_));
                start(&tag, &mut blocks);
            }
            Event::End(tag) => {
                code &= !matches!(tag, TagEnd::CodeBlock);
                end(tag, &mut blocks);
            }
            Event::Text(text) if code => blocks.verbatim(&text),
            Event::Text(text) | Event::Code(text) => blocks.words(&text),
            Event::SoftBreak => blocks.words(" "),
            Event::HardBreak => blocks.line(),
            Event::Rule => blocks.next(None),
            Event::Html(text) => markup.push_str(&text),
            _ => {}
        }
    }
    html::read(&markup, &mut blocks);
    blocks.finish()
}

fn start(tag: &Tag<'_>, blocks: &mut Blocks) {
    match tag {
        Tag::Heading { level, .. } => blocks.next(Some(height(*level))),
        Tag::Paragraph
        | Tag::BlockQuote(_)
        | Tag::CodeBlock(_)
        | Tag::HtmlBlock
        | Tag::List(_)
        | Tag::Table(_) => blocks.next(None),
        Tag::Item => blocks.line(),
        Tag::TableCell => blocks.cell(),
        _ => {}
    }
}

const fn height(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn end(tag: TagEnd, blocks: &mut Blocks) {
    match tag {
        TagEnd::Heading(_)
        | TagEnd::Paragraph
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::List(_)
        | TagEnd::Table => blocks.next(None),
        TagEnd::TableHead | TagEnd::TableRow => blocks.line(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        blocks(source).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn marks_go_and_words_stay() {
        let source = "## Prices *2026*\n\nSee [the list](https://example.com/a?b) and `code`.\n\
                      \n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nlet x;\n  y\n```\n";
        let expected =
            ["Prices 2026", "See the list and code.", "one\ntwo", "a | b\n1 | 2", "let x;\n  y"];
        assert_eq!(texts(source), expected);
        assert_eq!(blocks(source).first().and_then(|block| block.heading), Some(2));
    }

    #[test]
    fn markup_within_is_read_as_markup() {
        assert_eq!(
            texts("<div>In &amp; out</div>\n\nNext <b>word</b>."),
            ["In & out", "Next word."]
        );
    }
}
