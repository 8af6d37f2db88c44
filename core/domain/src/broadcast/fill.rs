//! Filling in a message: `{{name}}` stands for what each recipient has under that name.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::hash::Sensitive;
use crate::personal::MessageContent;
use crate::refusal::Refusal;

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// A recipient has nothing under a name that the message needs.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("nothing is given for {0}")]
pub struct Missing(pub String);

/// The names in a message, sorted, each once.
///
/// # Errors
/// A [`Refusal`] of the field `message` if a name does not end.
pub fn placeholders(message: Option<&Sensitive>) -> Result<Vec<String>, Refusal> {
    let mut names = Vec::new();
    let mut rest = message.map(Sensitive::expose).unwrap_or_default();
    while let Some((_, after)) = rest.split_once(OPEN) {
        let Some((name, behind)) = after.split_once(CLOSE) else {
            // JSON ends with as many braces as it began with, so only a text can stop short.
            return Err(Refusal::field("message", "has a {{ without }}"));
        };
        names.push(name.trim().to_owned());
        rest = behind;
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// A message filled in for one recipient.
///
/// # Errors
/// [`Missing`] for the first name that is not there.
pub fn filled_content(
    content: &MessageContent,
    values: &BTreeMap<String, Sensitive>,
) -> Result<MessageContent, Missing> {
    let text = |text: &Sensitive| filled(text.expose(), values).map(Sensitive::from);
    let element = |element: &Sensitive| match serde_json::from_str(element.expose()) {
        Ok(whole) => Ok(Sensitive::from(filled_element(&whole, values)?.to_string())),
        Err(_) => text(element),
    };
    Ok(MessageContent {
        text: content.text.as_ref().map(text).transpose()?,
        fragment: content.fragment.as_ref().map(element).transpose()?,
        ..MessageContent::default()
    })
}

/// A text filled in.
///
/// # Errors
/// [`Missing`] for the first name that is not there.
fn filled(text: &str, values: &BTreeMap<String, Sensitive>) -> Result<String, Missing> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((name, behind)) = after.split_once(CLOSE) else { break };
        let value = values.get(name.trim()).ok_or_else(|| Missing(name.trim().to_owned()))?;
        out.push_str(before);
        out.push_str(value.expose());
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

/// Every text of an element filled in, wherever it stands.
///
/// # Errors
/// [`Missing`] for the first name that is not there.
fn filled_element(element: &Value, values: &BTreeMap<String, Sensitive>) -> Result<Value, Missing> {
    Ok(match element {
        Value::String(text) => Value::String(filled(text, values)?),
        Value::Array(items) => {
            let items = items.iter().map(|item| filled_element(item, values));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, member)| Ok((name.clone(), filled_element(member, values)?)));
            Value::Object(members.collect::<Result<_, Missing>>()?)
        }
        plain => plain.clone(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, Sensitive> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect()
    }

    #[test]
    fn names_are_found_once_and_filled_in_everywhere() {
        let text = "Hi {{name}}, {{ offer }}. Bye {{name}}";
        assert_eq!(placeholders(Some(&text.into())).unwrap(), ["name", "offer"]);
        let known = values(&[("name", "Ana {{offer}}"), ("offer", "20 %")]);
        assert_eq!(filled(text, &known).unwrap(), "Hi Ana {{offer}}, 20 %. Bye Ana {{offer}}");
        let element = json!({ "name": "sale", "components": [{ "parameters": [{ "text": "{{name}}" }, 7] }] });
        let whole = filled_element(&element, &values(&[("name", "A\"na")])).unwrap();
        assert_eq!(
            whole,
            json!({ "name": "sale", "components": [{ "parameters": [{ "text": "A\"na" }, 7] }] })
        );
        let written = element.to_string();
        assert_eq!(placeholders(Some(&written.as_str().into())).unwrap(), ["name"]);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(filled("{{a}}{{b}}", &values(&[("a", "1")])), Err(Missing("b".into())));
        assert_eq!(filled("no names {{", &values(&[])).unwrap(), "no names {{");
        assert_eq!(placeholders(None).unwrap(), Vec::<String>::new());
    }
}
