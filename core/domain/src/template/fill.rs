//! A message made of a template: what has to be given is given, nothing else, before it leaves.
//!
//! The rules read the [`Shape`]; the text of the template is only needed to show what a person will
//! read.

use serde_json::{Map, Value, json};

use super::shape::parameters;
use super::{Button, Shape};
use crate::limits::CAPTION_CHARS_MAX;
use crate::refusal::Refusal;
use crate::validate;

/// What is given for a template: the values of its parameters, by name or by position, the header and
/// the buttons. JSON of the caller's own.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Filling {
    /// Values of the body: an object by name, a list by position.
    pub parameters: Option<Value>,
    /// The header: `text` for one with a parameter, `link` or `id` of an attachment, or a place.
    pub header: Option<Value>,
    /// Values of buttons: `index`, and `text`, `payload` or `code`.
    pub buttons: Option<Value>,
}

impl std::fmt::Debug for Filling {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Filling")
    }
}

impl Filling {
    /// Whether anything is given.
    pub const fn is_empty(&self) -> bool {
        self.parameters.is_none() && self.header.is_none() && self.buttons.is_none()
    }
}

const PARAMETERS: &str = "template.parameters";
const HEADER: &str = "template.header";
const BUTTONS: &str = "template.buttons";
const COMPONENTS: &str = "template.components";

type Checked<T> = Result<T, Refusal>;

impl Shape {
    /// The components of a message, as the platform takes them.
    ///
    /// # Errors
    /// A [`Refusal`] that names what is missing or too much.
    pub fn fill(&self, filling: &Filling) -> Checked<Vec<Value>> {
        if let Some(other) = self.others.first() {
            let detail = format!(
                "a template with a {other} is sent with `components`, as the platform takes them"
            );
            return Err(Refusal::field(PARAMETERS, detail));
        }
        let mut components = Vec::new();
        components.extend(self.header_of(filling.header.as_ref())?);
        let values =
            values(PARAMETERS, "body", &self.body_parameters, filling.parameters.as_ref())?;
        if !values.is_empty() {
            let parameters = self.texts(&self.body_parameters, &values);
            components.push(json!({ "type": "body", "parameters": parameters }));
        }
        components.extend(self.buttons_of(filling.buttons.as_ref())?);
        Ok(components)
    }

    /// Checks components that the caller made.
    ///
    /// # Errors
    /// A [`Refusal`] that names what is missing or too much.
    pub fn check(&self, components: &[Value]) -> Checked<()> {
        let part = |kind: &str| {
            components.iter().find(|part| {
                let is = part.get("type").and_then(Value::as_str).unwrap_or_default();
                is.eq_ignore_ascii_case(kind)
            })
        };
        let given = |kind: &str| {
            let list = part(kind).and_then(|part| part.get("parameters")).and_then(Value::as_array);
            list.cloned().unwrap_or_default()
        };
        let carousel = self.others.iter().any(|other| other == "carousel");
        if carousel && part("carousel").is_none() {
            return Err(Refusal::field(
                COMPONENTS,
                "the template has a carousel, and none is given",
            ));
        }
        names_match("body", &self.body_parameters, &given("body"))?;
        match self.header.as_deref() {
            Some("text") => names_match("header", &self.header_parameters, &given("header")),
            Some(kind) if part("header").is_none() => Err(Refusal::field(
                COMPONENTS,
                format!("the template has a header of the type {kind}, and none is given"),
            )),
            _ => Ok(()),
        }
    }

    fn texts(&self, names: &[String], values: &[String]) -> Vec<Value> {
        let by_name = self.is_named();
        let one = |(name, value): (&String, &String)| {
            if by_name {
                json!({ "type": "text", "parameter_name": name, "text": value })
            } else {
                json!({ "type": "text", "text": value })
            }
        };
        names.iter().zip(values).map(one).collect()
    }

    fn header_of(&self, given: Option<&Value>) -> Checked<Option<Value>> {
        let text = |name: &str| {
            let text = given.and_then(|given| given.get(name)).and_then(Value::as_str);
            text.filter(|text| !text.is_empty())
        };
        let none = |detail: String| Err(Refusal::field(HEADER, detail));
        let Some(kind) = self.header.as_deref() else {
            return match given {
                Some(_) => none("this template has no header".to_owned()),
                None => Ok(None),
            };
        };
        match kind {
            "text" => match (self.header_parameters.first(), given) {
                (None, None) => Ok(None),
                (None, Some(_)) => none("the header of this template takes nothing".to_owned()),
                (Some(name), _) => {
                    let Some(value) = text("text") else {
                        return none(format!("needs `text`, the value of its parameter {name}"));
                    };
                    plain(HEADER, value)?;
                    let parameters = self.texts(&self.header_parameters, &[value.to_owned()]);
                    Ok(Some(json!({ "type": "header", "parameters": parameters })))
                }
            },
            "location" => {
                let Some(place) = given.filter(|given| given.get("latitude").is_some()) else {
                    return none(
                        "needs a place: `latitude`, `longitude`, `name`, `address`".to_owned(),
                    );
                };
                let parameter = json!({ "type": "location", "location": place });
                Ok(Some(json!({ "type": "header", "parameters": [parameter] })))
            }
            kind => {
                let mut media = Map::new();
                match (text("media_id"), text("id"), text("link")) {
                    (Some(ours), None, None) => {
                        drop(media.insert("media_id".into(), ours.into()));
                    }
                    (None, Some(id), None) => drop(media.insert("id".into(), id.into())),
                    (None, None, Some(link)) => {
                        validate::web_address(HEADER, link, false)?;
                        media.insert("link".into(), link.into());
                    }
                    _ => {
                        return none(format!(
                            "needs the {kind}: `media_id` (a file of this workspace), `link` (an \
                             https address) or `id` (of the platform)"
                        ));
                    }
                }
                if let Some(name) = text("filename").filter(|_| kind == "document") {
                    media.insert("filename".into(), name.into());
                }
                let parameter = json!({ "type": kind, kind: media });
                Ok(Some(json!({ "type": "header", "parameters": [parameter] })))
            }
        }
    }

    fn buttons_of(&self, given: Option<&Value>) -> Checked<Vec<Value>> {
        let none = |detail: String| Err(Refusal::field(BUTTONS, detail));
        let given = match given {
            None => &[],
            Some(Value::Array(all)) => all.as_slice(),
            Some(_) => return none("must be a list".to_owned()),
        };
        let mut filled = Vec::new();
        for one in given {
            let index = one.get("index").and_then(Value::as_u64);
            let at = index.and_then(|index| usize::try_from(index).ok());
            let Some((button, at)) = at.and_then(|at| Some((self.buttons.get(at)?, at))) else {
                let last = self.buttons.len().saturating_sub(1);
                return none(format!("each names a button by `index`, from 0 to {last}"));
            };
            filled.push((at, value_of(button, at, one)?));
        }
        for (at, button) in self.buttons.iter().enumerate() {
            if button.parameter && !filled.iter().any(|(filled, _)| *filled == at) {
                return none(format!("the button {at} ({}) needs a value", button.kind));
            }
        }
        filled.sort_by_key(|(at, _)| *at);
        Ok(filled.into_iter().map(|(_, button)| button).collect())
    }
}

/// A button with its value.
fn value_of(button: &Button, at: usize, given: &Value) -> Checked<Value> {
    let text = |name: &str| given.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let (sub_type, wants, parameter) = match button.kind.as_str() {
        "quick_reply" => (
            "quick_reply",
            "payload",
            text("payload").map(|payload| json!({ "type": "payload", "payload": payload })),
        ),
        "copy_code" => (
            "copy_code",
            "code",
            text("code").map(|code| json!({ "type": "coupon_code", "coupon_code": code })),
        ),
        // The platform takes the code of a one-time password as the end of an address.
        "otp" => ("url", "code", text("code").map(|code| json!({ "type": "text", "text": code }))),
        "url" if button.parameter => {
            ("url", "text", text("text").map(|text| json!({ "type": "text", "text": text })))
        }
        kind => {
            let detail = format!("the button {at} ({kind}) takes nothing");
            return Err(Refusal::field(BUTTONS, detail));
        }
    };
    let Some(parameter) = parameter else {
        let detail = format!("the button {at} ({}) needs `{wants}`", button.kind);
        return Err(Refusal::field(BUTTONS, detail));
    };
    Ok(json!({
        "type": "button", "sub_type": sub_type, "index": at.to_string(), "parameters": [parameter],
    }))
}

/// The values of parameters, in their order.
fn values(
    field: &'static str,
    what: &str,
    names: &[String],
    given: Option<&Value>,
) -> Checked<Vec<String>> {
    let value = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut found: Vec<(String, String)> = Vec::new();
    match given {
        None => {}
        Some(Value::Object(all)) => {
            found.extend(all.iter().filter_map(|(name, one)| Some((name.clone(), value(one)?))));
        }
        Some(Value::Array(all)) => {
            let numbered = (1_usize..).map(|n| n.to_string()).zip(all);
            let by_position = numbered.filter_map(|(n, one)| Some((n, value(one)?)));
            // Parameters that have names can be given in their order too.
            found.extend(
                by_position
                    .enumerate()
                    .map(|(at, (n, one))| (names.get(at).cloned().unwrap_or(n), one)),
            );
        }
        Some(_) => {
            return Err(Refusal::field(field, "must be an object by name, or a list by position"));
        }
    }
    found.retain(|(_, value)| !value.trim().is_empty());
    let given: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    complete(field, what, names, &given)?;
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        let Some((_, value)) = found.iter().find(|(given, _)| given == name) else { continue };
        plain(field, value)?;
        values.push(value.clone());
    }
    Ok(values)
}

/// Whether exactly what has to be given is given.
fn complete(field: &'static str, what: &str, names: &[String], given: &[&str]) -> Checked<()> {
    let missing: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| !given.contains(name)).collect();
    if !missing.is_empty() {
        let detail = format!("the {what} needs a value for {}", missing.join(", "));
        return Err(Refusal::field(field, detail).allowing(names));
    }
    let other = given.iter().find(|given| !names.iter().any(|name| name == *given));
    if other.is_none() {
        return Ok(());
    }
    let detail = match names {
        [] => format!("the {what} of this template takes no parameters"),
        names => format!("the {what} takes {} and no others", names.join(", ")),
    };
    Err(Refusal::field(field, detail).allowing(names))
}

/// Parameters of a component that the caller made.
fn names_match(what: &str, names: &[String], given: &[Value]) -> Checked<()> {
    let name = |(n, one): (usize, &Value)| {
        let parameter = one.get("parameter_name").and_then(Value::as_str);
        parameter.map_or_else(
            || names.get(n).cloned().unwrap_or_else(|| (n + 1).to_string()),
            str::to_owned,
        )
    };
    let given: Vec<String> = given.iter().enumerate().map(name).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    complete(COMPONENTS, what, names, &given)
}

/// A value on one line: the platform takes neither line breaks nor tabs, nor five spaces in a row.
fn plain(field: &'static str, value: &str) -> Checked<()> {
    if value.chars().count() > CAPTION_CHARS_MAX {
        return Err(Refusal::field(
            field,
            format!("a value has {CAPTION_CHARS_MAX} characters at most"),
        ));
    }
    if value.contains(['\n', '\r', '\t']) || value.contains("     ") {
        let detail = "a value has neither line breaks nor tabs, nor more than four spaces in a row";
        return Err(Refusal::field(field, detail));
    }
    Ok(())
}

/// The text of a body with its parameters in place, for people to read.
pub fn shown(components: &Value, filled: &[Value]) -> Option<String> {
    let all = components.as_array()?;
    let body = all.iter().find(|part| {
        part.get("type")
            .and_then(Value::as_str)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("body"))
    })?;
    let text = body.get("text").and_then(Value::as_str)?;
    let part = filled.iter().find(|part| {
        part.get("type")
            .and_then(Value::as_str)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("body"))
    });
    let values = part.and_then(|part| part.get("parameters")).and_then(Value::as_array);
    let names = parameters(text);
    let mut known: Vec<(&str, &str)> = Vec::new();
    for (at, value) in values.into_iter().flatten().enumerate() {
        let parameter = value.get("parameter_name").and_then(Value::as_str);
        let name = parameter.or_else(|| names.get(at).map(String::as_str));
        known.extend(name.zip(value.get("text").and_then(Value::as_str)));
    }
    Some(put(text, &known))
}

/// A text with values in the places of its parameters; those without a value stay.
fn put(text: &str, values: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, behind)) = after.split_once("}}") else {
            rest = rest.get(before.len()..).unwrap_or_default();
            break;
        };
        match values.iter().find(|(known, _)| *known == name.trim()) {
            Some((_, value)) => out.push_str(value),
            None => out.extend(["{{", name, "}}"]),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape() -> Shape {
        Shape::of(&json!([
            { "type": "HEADER", "format": "DOCUMENT" },
            { "type": "BODY", "text": "Hi {{name}}, order {{number}} is ready." },
            { "type": "BUTTONS", "buttons": [
                { "type": "QUICK_REPLY", "text": "Thanks" },
                { "type": "URL", "text": "Track", "url": "https://a.example/{{1}}" },
            ]},
        ]))
    }

    fn full() -> Filling {
        Filling {
            parameters: Some(json!({ "name": "Ana", "number": 17 })),
            header: Some(json!({ "link": "https://a.example/a.pdf", "filename": "a.pdf" })),
            buttons: Some(json!([{ "index": 1, "text": "17" }, { "index": 0, "payload": "ok" }])),
        }
    }

    #[test]
    fn what_is_given_becomes_what_the_platform_takes() {
        let filled = shape().fill(&full()).unwrap();
        assert_eq!(
            filled,
            vec![
                json!({ "type": "header", "parameters": [{ "type": "document",
                "document": { "link": "https://a.example/a.pdf", "filename": "a.pdf" } }] }),
                json!({ "type": "body", "parameters": [
                { "type": "text", "parameter_name": "name", "text": "Ana" },
                { "type": "text", "parameter_name": "number", "text": "17" }] }),
                json!({ "type": "button", "sub_type": "quick_reply", "index": "0",
                "parameters": [{ "type": "payload", "payload": "ok" }] }),
                json!({ "type": "button", "sub_type": "url", "index": "1",
                "parameters": [{ "type": "text", "text": "17" }] }),
            ]
        );
        assert!(shape().check(&filled).is_ok());
        let counted = Shape::of(&json!([{ "type": "BODY", "text": "{{1}} and {{2}}." }]));
        let list = Filling { parameters: Some(json!(["a", "b"])), ..Filling::default() };
        let filled = counted.fill(&list).unwrap();
        assert_eq!(
            filled,
            vec![json!({ "type": "body", "parameters": [
            { "type": "text", "text": "a" }, { "type": "text", "text": "b" }] })]
        );
    }

    #[test]
    fn an_error_names_what_is_missing_or_too_much() {
        for (bad, field, said) in [
            (
                Filling { parameters: Some(json!({ "name": "Ana" })), ..full() },
                PARAMETERS,
                "a value for number",
            ),
            (Filling { parameters: None, ..full() }, PARAMETERS, "a value for name, number"),
            (
                Filling {
                    parameters: Some(json!({ "name": "a", "number": "1", "x": "y" })),
                    ..full()
                },
                PARAMETERS,
                "no others",
            ),
            (
                Filling { parameters: Some(json!({ "name": " ", "number": "1" })), ..full() },
                PARAMETERS,
                "a value for name",
            ),
            (
                Filling { parameters: Some(json!({ "name": "a\nb", "number": "1" })), ..full() },
                PARAMETERS,
                "line breaks",
            ),
            (Filling { parameters: Some(json!("x")), ..full() }, PARAMETERS, "by name"),
            (Filling { header: None, ..full() }, HEADER, "the document"),
            (
                Filling { header: Some(json!({ "link": "http://a.example" })), ..full() },
                HEADER,
                "https://",
            ),
            (Filling { buttons: None, ..full() }, BUTTONS, "the button 1 (url) needs a value"),
            (Filling { buttons: Some(json!([{ "index": 9 }])), ..full() }, BUTTONS, "from 0 to 1"),
            (Filling { buttons: Some(json!([{ "index": 1 }])), ..full() }, BUTTONS, "needs `text`"),
        ] {
            let refusal = shape().fill(&bad).unwrap_err();
            assert_eq!(refusal.field, Some(field), "{said}");
            assert!(refusal.detail.contains(said), "{said}: {}", refusal.detail);
        }
    }

    #[test]
    fn components_of_the_callers_own_are_checked_too() {
        let body = |names: &[&str]| {
            let one = |name: &&str| json!({ "type": "text", "parameter_name": name, "text": "x" });
            json!({ "type": "body", "parameters": names.iter().map(one).collect::<Vec<_>>() })
        };
        let header = json!({ "type": "HEADER", "parameters": [{}] });
        assert!(shape().check(&[header.clone(), body(&["name", "number"])]).is_ok());
        for (components, said) in [
            (vec![header.clone(), body(&["name"])], "a value for number"),
            (vec![header, body(&["name", "number", "x"])], "no others"),
            (vec![body(&["name", "number"])], "a header of the type document"),
        ] {
            let refusal = shape().check(&components).unwrap_err();
            assert!(refusal.detail.contains(said), "{said}: {}", refusal.detail);
        }
    }

    #[test]
    fn people_read_the_text_with_its_values() {
        let components =
            json!([{ "type": "BODY", "text": "Hi {{name}}, {{ number }}? {{name}}!" }]);
        let parameters = json!([
            { "type": "text", "parameter_name": "name", "text": "{{number}}" },
            { "type": "text", "parameter_name": "number", "text": "17" }]);
        let filled = [json!({ "type": "body", "parameters": parameters })];
        let text = shown(&components, &filled).unwrap();
        assert_eq!(text, "Hi {{number}}, 17? {{number}}!", "a value is not read as a text");
        assert_eq!(shown(&json!([]), &[]), None);
    }
}
