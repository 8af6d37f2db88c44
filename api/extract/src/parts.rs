//! Cutting text and Markdown that is too long for one document: before a heading if there is one, else
//! between paragraphs, else between lines, else between words.

/// The first heading of a Markdown text, as its title.
pub(crate) fn first_heading(text: &str) -> Option<String> {
    let mut front = text.lines().take(50).map(str::trim);
    let heading = front.find_map(|line| line.strip_prefix("# "))?;
    Some(heading.trim_end_matches('#').trim().to_owned())
}

/// The text in parts of at most `bytes_max` bytes.
pub(crate) fn cut(text: &str, bytes_max: usize, marked: bool) -> Vec<String> {
    let bytes_max = bytes_max.max(16);
    let (mut rest, mut parts) = (text, Vec::new());
    while rest.len() > bytes_max {
        let mut end = bytes_max;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let at = place(rest.get(..end).unwrap_or_default(), marked).unwrap_or(end);
        parts.push(rest.get(..at).unwrap_or_default().to_owned());
        rest = rest.get(at..).unwrap_or_default();
    }
    parts.push(rest.to_owned());
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Where a part ends: in its second half, at the best place there is.
fn place(front: &str, marked: bool) -> Option<usize> {
    let half = front.len() / 2;
    let heading = marked.then(|| front.rfind("\n#").map(|at| at + 1)).flatten();
    let candidates = [
        heading,
        front.rfind("\n\n").map(|at| at + 2),
        front.rfind('\n').map(|at| at + 1),
        front.rfind(' ').map(|at| at + 1),
    ];
    candidates.into_iter().flatten().find(|at| *at > half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_no_part_is_too_long() {
        let text = format!("# One\n\n{}\n\n# Two\n\n{}", "word ".repeat(30), "é".repeat(400));
        let parts = cut(&text, 300, true);
        assert!(parts.iter().all(|part| part.len() <= 300));
        assert_eq!(parts.concat(), text);
        assert!(parts.iter().any(|part| part.starts_with("# Two")));
        assert_eq!(first_heading(&text).as_deref(), Some("One"));
    }
}
