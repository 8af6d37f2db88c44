//! Placeholders: `{{name}}` in a text stands for what is filled in when it is sent.

use crate::hash::Sensitive;
use crate::refusal::Refusal;

/// Characters of the name of a placeholder.
const NAME_CHARS_MAX: usize = 40;

/// A stretch of a text.
enum Stretch<'a> {
    Words(&'a str),
    Placeholder(&'a str),
}

/// The names of the placeholders of a text, in order, each once.
///
/// # Errors
/// A [`Refusal`] of the field `text`: a placeholder that is not closed, or whose name is no name.
pub fn placeholders(text: &str) -> Result<Vec<&str>, Refusal> {
    let mut names = Vec::new();
    for stretch in stretches(text)? {
        if let Stretch::Placeholder(name) = stretch
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    Ok(names)
}

/// The text with every placeholder filled.
///
/// # Errors
/// A [`Refusal`] of the field `values` that names the placeholder for which there is nothing.
pub fn fill(
    text: &Sensitive,
    value: impl Fn(&str) -> Option<Sensitive>,
) -> Result<Sensitive, Refusal> {
    let mut filled = String::with_capacity(text.expose().len());
    for stretch in stretches(text.expose())? {
        match stretch {
            Stretch::Words(words) => filled.push_str(words),
            Stretch::Placeholder(name) => {
                let found = value(name).filter(|value| !value.expose().trim().is_empty());
                let found = found.ok_or_else(|| {
                    let detail = format!("must say what {{{{{name}}}}} stands for");
                    Refusal::field("values", detail)
                })?;
                filled.push_str(found.expose());
            }
        }
    }
    Ok(filled.into())
}

fn stretches(text: &str) -> Result<Vec<Stretch<'_>>, Refusal> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((words, after)) = rest.split_once("{{") {
        let Some((name, beyond)) = after.split_once("}}") else {
            return Err(Refusal::field("text", "has a placeholder that is not closed with }}"));
        };
        let name = name.trim();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c);
        if !(1..=NAME_CHARS_MAX).contains(&name.len()) || !name.chars().all(plain) {
            let detail = "has a placeholder that is no name of lower-case letters, digits, dots and \
                          underscores, such as {{contact.name}}";
            return Err(Refusal::field("text", detail));
        }
        found.extend([Stretch::Words(words), Stretch::Placeholder(name)]);
        rest = beyond;
    }
    found.push(Stretch::Words(rest));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;

    fn filled(text: &str) -> Result<String, Refusal> {
        let known = |name: &str| match name {
            "contact.name" => Some("Ana {{x}}".into()),
            "day" => Some("Monday".into()),
            "blank" => Some(" ".into()),
            _ => None,
        };
        fill(&text.into(), known).map(|filled| filled.0)
    }

    #[test]
    fn what_is_filled_in_is_not_looked_at_again() {
        let text = "Hello {{contact.name}}, see you on {{ day }}.";
        assert_eq!(filled(text).unwrap(), "Hello Ana {{x}}, see you on Monday.");
        assert_eq!(placeholders(text).unwrap(), ["contact.name", "day"]);
        assert_eq!(filled("No placeholder } { here").unwrap(), "No placeholder } { here");
    }

    #[test]
    fn what_is_missing_is_named_and_never_left_blank() {
        for (text, named) in [("{{doctor}}", "{{doctor}}"), ("{{blank}}", "{{blank}}")] {
            let refusal = filled(text).unwrap_err();
            assert_eq!((refusal.code, refusal.field), (RefusalCode::InvalidField, Some("values")));
            assert!(refusal.detail.contains(named), "{}", refusal.detail);
        }
    }

    #[test]
    fn a_placeholder_has_an_end_and_a_name() {
        for text in ["{{day", "{{}}", "{{ }}", "{{Day}}", "{{a b}}", "{{{day}}}"] {
            assert_eq!(placeholders(text).unwrap_err().field, Some("text"), "{text}");
        }
    }
}
