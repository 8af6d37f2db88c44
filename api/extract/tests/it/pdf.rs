//! PDF. What makes the parser loop or fill memory is tried where it is read, in a process of its own;
//! here is what it says, and that a panic is no more than a page that cannot be read.

use convolog_extract::{Failure, FileKind};

use crate::read;

const AFTERCARE: &[u8] = include_bytes!("../../../../fixtures/files/dental-aftercare.pdf");

#[test]
fn a_file_keeps_its_headings_and_rows_and_loses_what_every_page_repeats() {
    let read = read(FileKind::Pdf, AFTERCARE).unwrap();
    assert_eq!(read.title.as_deref(), Some("After your treatment at Riverside Dental"));
    let text = read.parts.concat();
    for said in [
        "<h1>After your treatment</h1>\n<p>Please read this before you leave. If anything worries you, \
         call us: the number on your appointment card is answered at night and on weekends as \
         well.</p>\n<h2>After a filling</h2>",
        "<tr><td>Soft food only</td><td>2 days</td></tr>\n<tr><td>No sport</td><td>3 days</td></tr>",
        "<h2>After whitening</h2>\n<p>Avoid coffee, tea, red wine and curry for 48 hours.",
    ] {
        assert!(text.contains(said), "{said}\n---\n{text}");
    }
    assert!(!text.contains("Page 1 of 3") && !text.contains("Riverside Dental"), "{text}");
}

#[test]
fn what_is_no_pdf_is_broken() {
    for bytes in [&b""[..], b"%PDF-1.7\n", b"no pdf", AFTERCARE.get(..700).unwrap()] {
        let read = read(FileKind::Pdf, bytes);
        assert!(matches!(read, Err(Failure::Broken | Failure::NoText)), "{read:?}");
    }
}

#[test]
fn bytes_that_were_changed_do_no_harm() {
    // A small generator of our own: the same files on every run.
    let mut state = 7_u64;
    let mut random = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    std::panic::set_hook(Box::new(|_| {}));
    for _ in 0..150 {
        let mut bytes = AFTERCARE.to_vec();
        for _ in 0..8 {
            let at = random(bytes.len());
            bytes[at] = u8::try_from(random(256)).unwrap();
        }
        // Whatever comes of it, something does.
        read(FileKind::Pdf, &bytes).ok();
    }
}
