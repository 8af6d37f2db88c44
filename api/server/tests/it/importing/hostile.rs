//! Files that mean harm fail their own import, with the reason, and nothing else.

use std::fmt::Write as _;

use serde_json::json;

use super::Scene;

/// A file of one page that draws what it is told, with these objects beside it.
fn pdf(content: &str, others: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font \
         << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    objects.extend(others.iter().cloned());
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(
        file,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    )
    .unwrap();
    file.into_bytes()
}

/// A form that draws itself, over and over.
fn endless() -> Vec<u8> {
    let draws = "/X Do /X Do";
    let form = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> \
         /Length {} >>\nstream\n{draws}\nendstream",
        draws.len()
    );
    pdf("/X Do", &[form])
}

/// Arrays in arrays in arrays.
fn nested() -> Vec<u8> {
    pdf(&format!("{} TJ", "[".repeat(2_000_000)), &[])
}

#[tokio::test]
async fn each_fails_its_own_import_and_what_comes_after_it_is_read() {
    let scene = Scene::new().await;
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let mut waiting = Vec::new();
    for (name, media, bytes) in [
        ("noise.pdf", "application/pdf", b"%PDF-1.7 and noise".to_vec()),
        ("scan.pdf", "application/pdf", pdf("0 0 m 9 9 l S", &[])),
        ("endless.pdf", "application/pdf", endless()),
        ("nested.pdf", "application/pdf", nested()),
        ("cut.docx", docx, b"PK\x03\x04\x14\x00".to_vec()),
        ("bytes.txt", "text/plain", vec![0; 4_096]),
        ("deep.html", "text/html", "<div>".repeat(1_000_000).into_bytes()),
        (
            "fine.pdf",
            "application/pdf",
            pdf("BT /F1 12 Tf 72 700 Td (We open at nine.) Tj ET", &[]),
        ),
    ] {
        let id = scene.upload(&format!("name={name}"), media, bytes).await;
        waiting.push((name, id));
    }
    for (name, id) in waiting {
        let import = scene.ended(&id).await;
        if name == "fine.pdf" {
            assert_eq!(import["state"], "ready", "{import}");
            continue;
        }
        assert_eq!(import["state"], "failed", "{name}: {import}");
        let reasons = match name {
            "scan.pdf" | "deep.html" => vec![json!("no_text")],
            "endless.pdf" | "nested.pdf" => {
                vec![json!("broken"), json!("too_slow"), json!("too_large"), json!("no_text")]
            }
            _ => vec![json!("broken")],
        };
        assert!(reasons.contains(&import["reason"]), "{name}: {import}");
    }
    assert_eq!(scene.titles().await, ["fine"]);
}
