//! Word documents.

use std::io::{Cursor, Write};

use convolog_extract::{Failure, FileKind};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::read;

const DELIVERIES: &[u8] = include_bytes!("../../../../fixtures/files/flower-deliveries.docx");

#[expect(clippy::unwrap_used, reason = "a helper of tests; a broken one must fail loudly")]
fn archive(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_document_keeps_its_headings_tables_and_lists() {
    let read = read(FileKind::Docx, DELIVERIES).unwrap();
    assert_eq!(read.title.as_deref(), Some("Entregas da floricultura"));
    assert_eq!(
        read.parts,
        ["<h1>Entregas e prazos</h1>\n\
          <p>Entregamos flores em toda a cidade, todos os dias, das 9h às 19h.</p>\n\
          <h2>Taxas</h2>\n<table>\n<tr><td>Centro</td><td>R$ 12</td></tr>\n\
          <tr><td>Outros bairros</td><td>R$ 20</td></tr>\n</table>\n\
          <h2>Pedidos &amp; horários</h2>\n<ul>\n<li>Pedidos até as 14h saem no mesmo dia.</li>\n\
          <li>Pedidos depois das 14h saem no dia seguinte.</li>\n</ul>\n"]
    );
}

#[test]
fn what_is_no_document_is_broken() {
    for bytes in [
        &b"PK\x03\x04 and nothing"[..],
        b"",
        &archive(&[("other.xml", b"<a/>".to_vec())]),
        DELIVERIES.get(..DELIVERIES.len() / 2).unwrap(),
        &archive(&[("word/document.xml", b"<w:document><w:p><".to_vec())]),
    ] {
        assert_eq!(read(FileKind::Docx, bytes), Err(Failure::Broken));
    }
}

#[test]
fn an_archive_that_unpacks_without_end_is_too_large_whatever_it_says_of_itself() {
    let bomb = archive(&[("word/document.xml", vec![b' '; 80 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(read(FileKind::Docx, &bomb), Err(Failure::TooLarge));
    // The same, saying that it unpacks to ten bytes: in the central directory, and in front of it.
    let mut lying = bomb;
    let size = (80_u32 << 20).to_le_bytes();
    let places: Vec<usize> =
        lying.windows(4).enumerate().filter(|(_, it)| *it == size).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let read = read(FileKind::Docx, &lying);
    assert!(matches!(read, Err(Failure::TooLarge | Failure::Broken | Failure::NoText)), "{read:?}");
}

#[test]
fn entities_that_a_document_declares_are_not_read() {
    let xml = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \
               \"file:///etc/passwd\">]><w:document><w:p><w:t>x&b;&f;y</w:t></w:p></w:document>";
    let read = read(FileKind::Docx, &archive(&[("word/document.xml", xml.into())])).unwrap();
    assert_eq!(read.parts, ["<p>xy</p>\n"]);
}
