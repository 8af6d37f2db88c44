//! Word documents: a zip archive of XML, of which the text, the styles of paragraphs and the title are
//! read. Every entry is read up to a bound, whatever it says of its own size.

mod body;

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::Failure;
use crate::blocks::Block;

/// Entries that an archive may list.
const ENTRIES_MAX: usize = 10_000;
/// Bytes that an entry may unpack to.
const ENTRY_BYTES_MAX: u64 = 64 << 20;
/// What the name of a heading's style begins with: "heading 1" to "heading 9".
const HEADING: &str = "heading ";

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The title and the blocks of a document.
pub(crate) fn read(bytes: &[u8]) -> Result<(Option<String>, Vec<Block>), Failure> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Failure::Broken)?;
    if archive.len() > ENTRIES_MAX {
        return Err(Failure::TooLarge);
    }
    let body = entry(&mut archive, "word/document.xml")?.ok_or(Failure::Broken)?;
    let styles = entry(&mut archive, "word/styles.xml")?;
    let levels = styles.as_deref().map(heading_styles).unwrap_or_default();
    let core = entry(&mut archive, "docProps/core.xml")?;
    let blocks = body::blocks(&body, &levels)?;
    let title = core.as_deref().and_then(title_of).or_else(|| body::first_heading(&blocks));
    Ok((title, blocks))
}

/// An entry as text; none if there is no such one.
fn entry(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Failure> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
            return Err(Failure::Encrypted);
        }
        Err(_) => return Err(Failure::Broken),
    };
    let mut bytes = Vec::new();
    file.take(ENTRY_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|_| Failure::Broken)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > ENTRY_BYTES_MAX {
        return Err(Failure::TooLarge);
    }
    Ok(Some(crate::charset::decode_leniently(&bytes, None)))
}

/// The level of a heading by the id of its style.
fn heading_styles(xml: &str) -> HashMap<String, u8> {
    let (mut reader, mut found, mut style) = (Reader::from_str(xml), HashMap::new(), None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().into_inner() {
                "style" => style = attribute(&tag, "styleId"),
                "name" => {
                    let level = attribute(&tag, "val").and_then(|name| level_of(&name));
                    if let (Some(id), Some(level)) = (&style, level) {
                        found.insert(id.clone(), level);
                    }
                }
                "outlineLvl" => {
                    let level = attribute(&tag, "val").and_then(|text| text.parse::<u8>().ok());
                    if let (Some(id), Some(level @ 0..=8)) = (&style, level) {
                        found.entry(id.clone()).or_insert(level + 1);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The level of a heading by the name of its style, which is the same in every language.
fn level_of(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    if name == "title" {
        return Some(1);
    }
    name.strip_prefix(HEADING)?.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

fn title_of(xml: &str) -> Option<String> {
    let (mut reader, mut within, mut title) = (Reader::from_str(xml), false, String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => within = tag.local_name().into_inner() == "title",
            Ok(Event::End(_)) if within => break,
            Ok(Event::Text(text)) if within => title.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) if within => title.push_str(&body::referred(&name)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    (!title.trim().is_empty()).then_some(title)
}

/// The value of an attribute, whatever its prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut all = attributes.with_checks(false).flatten();
    all.find(|it| it.key.local_name().into_inner() == name).map(|it| it.value.into_owned())
}
