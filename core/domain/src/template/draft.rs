//! A template to be made, and WhatsApp's rules for it, checked before anything leaves.

use serde_json::Value;

use super::shape::{Shape, parameters};
use super::{TemplateKey, word};
use crate::limits::{
    CAPTION_CHARS_MAX, TEMPLATE_BUTTONS_MAX, TEMPLATE_CATEGORIES, TEMPLATE_LANGUAGE_CHARS_MAX,
    TEMPLATE_NAME_CHARS_MAX, TEMPLATE_TEXT_CHARS_MAX,
};
use crate::refusal::Refusal;
use crate::validate;

/// Characters of a header or footer.
const LINE_CHARS_MAX: usize = 60;
/// Characters of what stands on a button.
const BUTTON_CHARS_MAX: usize = 25;
/// Characters of where a button leads.
const URL_CHARS_MAX: usize = 2_000;
/// What a header may be.
const HEADERS: [&str; 5] = ["text", "image", "video", "document", "location"];
/// What a template may be made of.
const PARTS: [&str; 7] = [
    "header",
    "body",
    "footer",
    "buttons",
    "carousel",
    "limited_time_offer",
    "call_permission_request",
];
/// Buttons of a kind, at most, where the platform takes fewer of it than of all.
const FEWER: [(&str, usize); 3] = [("url", 2), ("phone_number", 1), ("copy_code", 1)];

/// A template to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateDraft {
    /// What it will be known by.
    pub key: TemplateKey,
    /// `marketing`, `utility`, `authentication`.
    pub category: String,
    /// Its components, as the platform takes them.
    pub components: Value,
}

fn wrong(field: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal::field(field, detail)
}

fn text<'a>(part: &'a Value, path: &str) -> &'a str {
    part.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// Whether the name of a template can be one.
pub(crate) fn is_name(name: &str) -> bool {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    (1..=TEMPLATE_NAME_CHARS_MAX).contains(&name.len()) && name.bytes().all(plain)
}

impl TemplateDraft {
    /// The shape of it, if the platform can take it.
    ///
    /// # Errors
    /// A [`Refusal`] of the field at fault.
    pub(super) fn checked(&self) -> Result<Shape, Refusal> {
        if !is_name(&self.key.name) {
            let detail = format!(
                "is made of 1 to {TEMPLATE_NAME_CHARS_MAX} lower-case letters, digits and underscores"
            );
            return Err(wrong("name", detail));
        }
        let language = &self.key.language;
        let letters = language.bytes().all(|c| c.is_ascii_alphabetic() || c == b'_');
        if !letters || !(2..=TEMPLATE_LANGUAGE_CHARS_MAX).contains(&language.len()) {
            return Err(wrong(
                "language",
                "is a language as the platform writes it: en_US, pt_BR, de",
            ));
        }
        validate::one_of("category", &self.category, &TEMPLATE_CATEGORIES)?;
        let all = self.components.as_array().map(Vec::as_slice).unwrap_or_default();
        let mut seen: Vec<String> = Vec::new();
        for part in all {
            let kind = text(part, "/type").to_ascii_lowercase();
            validate::one_of("components", &kind, &PARTS)?;
            match kind.as_str() {
                "header" => header(part)?,
                "body" => self.body(part, all.len() == 1)?,
                "footer" => footer(part)?,
                "buttons" => buttons(part)?,
                _ => {}
            }
            if seen.contains(&kind) {
                return Err(wrong("components", format!("has more than one {kind}")));
            }
            seen.push(kind);
        }
        if !seen.iter().any(|kind| kind == "body") {
            return Err(wrong("components", "needs a body"));
        }
        let shape = Shape::of(&self.components);
        one_way_of_naming(&shape)?;
        Ok(shape)
    }

    fn body(&self, part: &Value, alone: bool) -> Result<(), Refusal> {
        let body = text(part, "/text");
        // The platform writes the text of those itself.
        if self.category == "authentication" && body.is_empty() {
            return Ok(());
        }
        let most = if alone { TEMPLATE_TEXT_CHARS_MAX } else { CAPTION_CHARS_MAX };
        if body.trim().is_empty() || body.chars().count() > most {
            let detail = format!("the body needs 1 to {most} characters that are not all blank");
            return Err(wrong("components", detail));
        }
        let given = parameters(body);
        let trimmed = body.trim();
        if !given.is_empty() && (trimmed.starts_with("{{") || trimmed.ends_with("}}")) {
            return Err(wrong("components", "the body may neither begin nor end with a parameter"));
        }
        examples("body", part, &given, "/example/body_text/0", "/example/body_text_named_params")
    }
}

fn header(part: &Value) -> Result<(), Refusal> {
    let kind = match text(part, "/format") {
        "" => "text".to_owned(),
        format => format.to_ascii_lowercase(),
    };
    validate::one_of("components", &kind, &HEADERS)?;
    if kind == "text" {
        let line = text(part, "/text");
        fits_line("header", line)?;
        let given = parameters(line);
        if given.len() > 1 {
            return Err(wrong("components", "the header takes one parameter at most"));
        }
        let named = "/example/header_text_named_params";
        return examples("header", part, &given, "/example/header_text", named);
    }
    let handle = part.pointer("/example/header_handle/0").and_then(Value::as_str);
    let handle = handle.filter(|handle| !handle.is_empty() && !handle.contains("://"));
    if kind != "location" && handle.is_none() {
        let detail = format!(
            "a header of the type {kind} needs example.header_handle: the handle of an uploaded \
             example, not its address"
        );
        return Err(wrong("components", detail));
    }
    Ok(())
}

fn footer(part: &Value) -> Result<(), Refusal> {
    let line = text(part, "/text");
    fits_line("footer", line)?;
    if parameters(line).is_empty() {
        return Ok(());
    }
    Err(wrong("components", "the footer takes no parameters"))
}

fn fits_line(what: &str, line: &str) -> Result<(), Refusal> {
    if (1..=LINE_CHARS_MAX).contains(&line.trim().chars().count()) && !line.contains('\n') {
        return Ok(());
    }
    Err(wrong(
        "components",
        format!("the {what} needs one line of 1 to {LINE_CHARS_MAX} characters"),
    ))
}

fn buttons(part: &Value) -> Result<(), Refusal> {
    let all = part.get("buttons").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !(1..=TEMPLATE_BUTTONS_MAX).contains(&all.len()) {
        return Err(wrong("components", format!("needs 1 to {TEMPLATE_BUTTONS_MAX} buttons")));
    }
    let kinds: Vec<String> = all.iter().map(|button| word(text(button, "/type"))).collect();
    for (kind, most) in FEWER {
        if kinds.iter().filter(|one| *one == kind).count() > most {
            return Err(wrong(
                "components",
                format!("has more than {most} buttons of the type {kind}"),
            ));
        }
    }
    for (button, kind) in all.iter().zip(&kinds) {
        if kind.is_empty() {
            return Err(wrong("components", "each button needs a type"));
        }
        let label = text(button, "/text").chars().count();
        let labelled = matches!(kind.as_str(), "quick_reply" | "url" | "phone_number" | "flow");
        if labelled && !(1..=BUTTON_CHARS_MAX).contains(&label) {
            let detail =
                format!("what stands on a button needs 1 to {BUTTON_CHARS_MAX} characters");
            return Err(wrong("components", detail));
        }
        match kind.as_str() {
            "url" => url_button(button)?,
            "phone_number" if text(button, "/phone_number").is_empty() => {
                return Err(wrong("components", "a button that calls needs phone_number"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn url_button(button: &Value) -> Result<(), Refusal> {
    let url = text(button, "/url");
    if url.is_empty() || url.chars().count() > URL_CHARS_MAX {
        let detail =
            format!("a button that leads somewhere needs url, at most {URL_CHARS_MAX} characters");
        return Err(wrong("components", detail));
    }
    let given = parameters(url);
    if given.is_empty() {
        return Ok(());
    }
    if given.len() > 1 || !url.ends_with("}}") {
        return Err(wrong("components", "a url takes one parameter, at its end"));
    }
    let example = button.get("example").is_some_and(|example| match example {
        Value::Array(all) => !all.is_empty(),
        Value::String(one) => !one.is_empty(),
        _ => false,
    });
    if example {
        return Ok(());
    }
    Err(wrong("components", "a url with a parameter needs an example of it"))
}

/// Reviewers see examples: one for each parameter.
fn examples(
    what: &str,
    part: &Value,
    given: &[String],
    positional: &str,
    named: &str,
) -> Result<(), Refusal> {
    if given.is_empty() {
        return Ok(());
    }
    let list =
        |path: &str| part.pointer(path).and_then(Value::as_array).cloned().unwrap_or_default();
    let by_name = list(named);
    let missing: Vec<&str> = if by_name.is_empty() {
        let count = list(positional)
            .iter()
            .filter(|one| one.as_str().is_some_and(|e| !e.is_empty()))
            .count();
        given.iter().skip(count).map(String::as_str).collect()
    } else {
        let has = |name: &&String| {
            by_name.iter().any(|one| {
                text(one, "/param_name") == name.as_str() && !text(one, "/example").is_empty()
            })
        };
        given.iter().filter(|name| !has(name)).map(String::as_str).collect()
    };
    if missing.is_empty() {
        return Ok(());
    }
    let detail = format!("the {what} has no example of its parameters {}", missing.join(", "));
    Err(wrong("components", detail))
}

/// Parameters are all named, or all by position and counted from one without a gap.
fn one_way_of_naming(shape: &Shape) -> Result<(), Refusal> {
    for given in [&shape.header_parameters, &shape.body_parameters] {
        let digits = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
        let counted = given.iter().zip(1_u32..).all(|(name, n)| *name == n.to_string());
        let slug = |name: &String| {
            name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_')
                && !digits(name)
        };
        let fine = if shape.is_named() { given.iter().all(slug) } else { counted };
        if !fine {
            let detail = "parameters are either all {{1}}, {{2}} … without a gap, or all named in \
                          lower-case letters, digits and underscores";
            return Err(wrong("components", detail));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::template::fixtures::KEY;

    fn draft(components: Value) -> TemplateDraft {
        TemplateDraft { key: KEY(), category: "utility".into(), components }
    }

    fn body(text: &str) -> Value {
        json!({ "type": "BODY", "text": text })
    }

    #[test]
    fn what_the_platform_takes_is_taken() {
        let named = json!({ "type": "BODY", "text": "Hi {{name}}, thanks.",
            "example": { "body_text_named_params": [{ "param_name": "name", "example": "Ana" }] } });
        let counted = json!({ "type": "body", "text": "Order {{1}} is {{2}}.",
            "example": { "body_text": [["17", "ready"]] } });
        let header =
            json!({ "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4:a"] } });
        let buttons = json!({ "type": "BUTTONS", "buttons": [
            { "type": "QUICK_REPLY", "text": "Yes" },
            { "type": "URL", "text": "See", "url": "https://a.example/{{1}}", "example": ["x"] },
        ]});
        for components in [
            json!([body("Hello.")]),
            json!([named]),
            json!([header, counted, { "type": "FOOTER", "text": "Bye" }, buttons]),
            json!([body(&"x".repeat(TEMPLATE_TEXT_CHARS_MAX))]),
        ] {
            draft(components.clone())
                .checked()
                .unwrap_or_else(|refusal| panic!("{components}: {refusal}"));
        }
        let code = json!([{ "type": "BODY", "add_security_recommendation": true },
            { "type": "BUTTONS", "buttons": [{ "type": "OTP", "otp_type": "COPY_CODE" }] }]);
        let authentication = TemplateDraft { category: "authentication".into(), ..draft(code) };
        assert!(authentication.checked().is_ok());
    }

    #[test]
    fn what_it_would_refuse_is_refused_before() {
        let quick = |n: usize| {
            let one = json!({ "type": "QUICK_REPLY", "text": "Yes" });
            json!([body("Hello."), { "type": "BUTTONS", "buttons": vec![one; n] }])
        };
        let long = "x".repeat(1_025);
        for (components, said) in [
            (json!([]), "needs a body"),
            (json!([{ "type": "HOLOGRAM" }]), "must be one of"),
            (json!([body("")]), "1 to"),
            (json!([body(&long), { "type": "FOOTER", "text": "x" }]), "1024"),
            (json!([body("Hi {{name}}, thanks.")]), "no example of its parameters name"),
            (json!([body("{{1}} is here.")]), "neither begin nor end"),
            (json!([body("a"), body("b")]), "more than one body"),
            (json!([body("a"), { "type": "FOOTER", "text": "{{1}}" }]), "no parameters"),
            (json!([body("a"), { "type": "HEADER", "format": "IMAGE" }]), "header_handle"),
            (
                json!([body("a"), { "type": "HEADER", "format": "IMAGE",
                        "example": { "header_handle": ["https://10.0.0.1/x.png"] } }]),
                "not its address",
            ),
            (json!([body("a"), { "type": "HEADER", "text": "x".repeat(61) }]), "60"),
            (quick(0), "1 to 10 buttons"),
            (quick(11), "1 to 10 buttons"),
            (
                json!([body("a"), { "type": "BUTTONS", "buttons": [
                { "type": "URL", "text": "x", "url": "https://a.example/{{1}}" }] }]),
                "an example of it",
            ),
            (
                json!([{ "type": "BODY", "text": "a {{2}} b", "example": { "body_text": [["x"]] } }]),
                "without a gap",
            ),
        ] {
            let refusal = draft(components.clone()).checked().unwrap_err();
            assert_eq!(refusal.field, Some("components"), "{components}");
            assert!(refusal.detail.contains(said), "{components}: {}", refusal.detail);
        }
    }

    #[test]
    fn name_language_and_category_are_checked() {
        let named = |name: &str| TemplateKey { name: name.into(), ..KEY() };
        let spoken = |language: &str| TemplateKey { language: language.into(), ..KEY() };
        let fine = || draft(json!([body("Hello.")]));
        for (bad, field) in [
            (TemplateDraft { key: named("Order Ready"), ..fine() }, "name"),
            (TemplateDraft { key: named(&"x".repeat(513)), ..fine() }, "name"),
            (TemplateDraft { key: spoken("en-US"), ..fine() }, "language"),
            (TemplateDraft { category: "advertisement".into(), ..fine() }, "category"),
        ] {
            assert_eq!(bad.checked().unwrap_err().field, Some(field));
        }
    }
}
