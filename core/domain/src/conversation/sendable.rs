//! What can be sent, and WhatsApp's limits for it, checked before anything leaves.
//!
//! A text is a text. Everything else is given as the platform's own element (`image`, `interactive`,
//! `template` …), so that whoever knows the platform knows this.

use serde_json::{Value, json};

use super::attached::{self, Attached};
use super::checked::{Checked, Text, wrong};
use super::sending_events::TemplateChoice;
use crate::hash::Sensitive;
use crate::ids::TemplateId;
use crate::limits::{
    CAPTION_CHARS_MAX, SENDABLE_KINDS, TEMPLATE_BUTTONS_MAX, TEMPLATE_LANGUAGE_CHARS_MAX,
    TEMPLATE_TEXT_CHARS_MAX, TEXT_CHARS_MAX,
};
use crate::personal::MessageContent;
use crate::refusal::Refusal;
use crate::validate;

/// Characters of the name or the address of a place.
const PLACE_CHARS_MAX: usize = 1_000;
/// People in one message.
const PEOPLE_MAX: usize = 257;
/// Characters of an emoji: those of families and flags are made of many.
const EMOJI_CHARS_MAX: usize = 16;
/// The parts of a template that can be filled in.
const COMPONENTS: [&str; 6] =
    ["header", "body", "button", "footer", "carousel", "limited_time_offer"];
/// What can be filled in, and stands under its own name.
const FILLED: [&str; 7] =
    ["text", "currency", "date_time", "image", "video", "document", "location"];

/// A message that can be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sendable {
    kind: String,
    text: Option<Sensitive>,
    element: Option<Sensitive>,
    template: Option<String>,
    made_of: Option<MadeOf>,
    attached: Option<Attached>,
}

/// The template that a message is made of, as it is known here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeOf {
    /// Which template.
    pub template: TemplateId,
    /// Of several that would do, which one it is and which are next.
    pub choice: Option<TemplateChoice>,
    /// The elements of those that are next, in their order.
    pub next: Vec<Sensitive>,
}

impl Sendable {
    /// A text.
    ///
    /// # Errors
    /// A [`Refusal`] of the field `text`: blank, or longer than [`TEXT_CHARS_MAX`] characters.
    pub fn text(text: Sensitive) -> Result<Self, Refusal> {
        let text = validate::text("text", text, TEXT_CHARS_MAX)?;
        Ok(Self {
            kind: "text".into(),
            text: Some(text),
            element: None,
            template: None,
            made_of: None,
            attached: None,
        })
    }

    /// The same text with a preview of the first address that stands in it.
    ///
    /// # Errors
    /// As [`Sendable::text`].
    pub fn text_with_preview(text: Sensitive) -> Result<Self, Refusal> {
        let plain = Self::text(text)?;
        let body = plain.text.as_ref().map(Sensitive::expose);
        let element = json!({ "body": body, "preview_url": true });
        Ok(Self { element: Some(element.to_string().into()), ..plain })
    }

    /// What was kept of one before: a text, or an element as it was written.
    ///
    /// # Errors
    /// As [`Sendable::text`] and [`Sendable::element`]; what cannot be read is no element.
    pub fn kept(kind: &str, content: &MessageContent) -> Result<Self, Refusal> {
        match (&content.fragment, &content.text) {
            (None, Some(text)) => Self::text(text.clone()),
            (Some(_), Some(text)) if kind == "text" => Self::text_with_preview(text.clone()),
            (Some(element), _) => {
                let element = serde_json::from_str(element.expose());
                let wrong = |_| Refusal::field("message", "is no element of the platform");
                Self::element(kind, &element.map_err(wrong)?)
            }
            (None, None) => Err(Refusal::field("message", "says nothing")),
        }
    }

    /// Any other kind, as the platform's element of that name.
    ///
    /// # Errors
    /// A [`Refusal`] of the field at fault.
    pub fn element(kind: &str, element: &Value) -> Result<Self, Refusal> {
        let kind = validate::one_of("type", kind, &SENDABLE_KINDS)?;
        let element = Checked { value: element };
        let mut template = None;
        let text = match kind.as_str() {
            "document" => element.media((true, true))?,
            "image" | "video" => element.media((true, false))?,
            "audio" | "sticker" => element.media((false, false))?,
            "location" => element.location()?,
            "contacts" => element.people()?,
            "reaction" => element.reaction()?,
            "interactive" => element.interactive()?,
            "template" => {
                template = Some(element.template()?);
                None
            }
            _ => return Err(Refusal::field("text", "a text is given as text")),
        };
        let attached = match kind.as_str() {
            "location" | "contacts" | "reaction" => None,
            kind => attached::check(kind, element.value)?,
        };
        Ok(Self {
            kind,
            text: text.map(Into::into),
            element: Some(element.value.to_string().into()),
            template,
            made_of: None,
            attached,
        })
    }

    /// A message made of a template that is known here, with the text that people will read.
    ///
    /// # Errors
    /// As [`Sendable::element`].
    pub fn made_of(
        element: &Value,
        text: Option<String>,
        made_of: MadeOf,
    ) -> Result<Self, Refusal> {
        let sendable = Self::element("template", element)?;
        Ok(Self { text: text.map(Into::into), made_of: Some(made_of), ..sendable })
    }

    /// The template that it is made of, if it is known here, and those that may be sent in its place.
    pub fn templates(&self) -> Vec<TemplateId> {
        let made_of = self.made_of.iter();
        made_of
            .flat_map(|made_of| {
                let next = made_of.choice.iter().flat_map(|choice| choice.next.clone());
                std::iter::once(made_of.template).chain(next)
            })
            .collect()
    }

    /// Whether it is made of a template that was not looked up yet.
    pub const fn is_unresolved_template(&self) -> bool {
        self.template.is_some() && self.made_of.is_none()
    }

    /// The platform's element.
    pub fn as_element(&self) -> Option<Value> {
        self.element.as_ref().and_then(|element| serde_json::from_str(element.expose()).ok())
    }

    /// The kind, one of [`SENDABLE_KINDS`].
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The name of the template, if it is one.
    pub fn template(&self) -> Option<&str> {
        self.template.as_deref()
    }

    /// The file of the workspace that it sends, if it sends one.
    pub const fn attached(&self) -> Option<&Attached> {
        self.attached.as_ref()
    }

    /// The addresses at which the platform is to read files, also of what may be sent in its place.
    pub fn links(&self) -> Vec<String> {
        let next = self.made_of.iter().flat_map(|made_of| &made_of.next);
        let elements = self.element.iter().chain(next);
        let elements = elements.filter_map(|element| serde_json::from_str(element.expose()).ok());
        elements.flat_map(|element: Value| attached::links_of(&self.kind, &element)).collect()
    }

    /// What a person reads of it, the platform's element, and the template that it is made of.
    pub(crate) fn into_parts(self) -> (Option<Sensitive>, Option<Sensitive>, Option<MadeOf>) {
        (self.text, self.element, self.made_of)
    }

    /// What a person reads of it.
    pub const fn shown(&self) -> Option<&Sensitive> {
        self.text.as_ref()
    }
}

impl Checked<'_> {
    /// What stands beside an attachment.
    fn media(self, (captioned, named): (bool, bool)) -> Text {
        self.object("media")?;
        let caption = self.at("/caption");
        if self.value.get("caption").is_some() && !captioned {
            return Err(wrong("caption", "only images, videos and documents have captions"));
        }
        if self.value.get("filename").is_some() && !named {
            return Err(wrong("filename", "only documents have names"));
        }
        self.optional("/caption", "caption", CAPTION_CHARS_MAX)?;
        self.optional("/filename", "filename", 240)?;
        Ok(caption.map(str::to_owned))
    }

    fn location(self) -> Text {
        let object = self.object("location")?;
        for (name, most) in [("latitude", 90.0), ("longitude", 180.0)] {
            let degrees = object.get(name).and_then(|value| {
                value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
            });
            if !degrees.is_some_and(|degrees| (-most..=most).contains(&degrees)) {
                let field = if most < 100.0 { "latitude" } else { "longitude" };
                return Err(wrong(field, format!("needs degrees between -{most} and {most}")));
            }
        }
        for field in ["name", "address"] {
            self.optional(&format!("/{field}"), field, PLACE_CHARS_MAX)?;
        }
        Ok(self.at("/name").or(self.at("/address")).map(str::to_owned))
    }

    fn people(self) -> Text {
        let people = self.list("");
        if !(1..=PEOPLE_MAX).contains(&people.len()) {
            return Err(wrong("contacts", format!("needs 1 to {PEOPLE_MAX} people")));
        }
        let mut names = Vec::with_capacity(people.len());
        for value in people {
            let person = Checked { value };
            names.push(person.required("/name/formatted_name", "name", 250)?);
            for lists in ["/phones", "/emails", "/urls", "/addresses"] {
                if person.has(lists) && !value.pointer(lists).is_some_and(Value::is_array) {
                    let detail = "phones, emails, urls and addresses are lists";
                    return Err(wrong("contacts", detail));
                }
            }
        }
        Ok(Some(names.join(", ")))
    }

    /// An emoji; an empty one takes the reaction back.
    fn reaction(self) -> Text {
        let emoji = self.at("/emoji");
        match emoji {
            Some("") => Ok(Some(String::new())),
            // Some emoji begin with a letter or a digit; none is made of nothing else.
            Some(text) if text.chars().count() <= EMOJI_CHARS_MAX && !text.is_ascii() => {
                Ok(Some(text.to_owned()))
            }
            _ => Err(wrong("emoji", "needs an emoji, or an empty text to take it back")),
        }
    }

    /// Its name.
    fn template(self) -> Result<String, Refusal> {
        self.object("template")?;
        let name = self.at("/name").unwrap_or_default();
        if !crate::template::is_name(name) {
            let detail = "is made of lower-case letters, digits and underscores";
            return Err(wrong("template.name", detail));
        }
        self.required("/language/code", "template.language", TEMPLATE_LANGUAGE_CHARS_MAX)?;
        if self.value.get("components").is_some_and(|components| !components.is_array()) {
            return Err(wrong("template.components", "must be a list"));
        }
        for value in self.list("/components") {
            Checked { value }.component()?;
        }
        Ok(name.to_owned())
    }

    /// What is filled into one part of a template.
    fn component(self) -> Result<(), Refusal> {
        let wrong = |detail: String| wrong("template.components", detail);
        let kind = self.at("/type").unwrap_or_default().to_ascii_lowercase();
        validate::one_of("template.components", &kind, &COMPONENTS)?;
        if kind == "button" {
            self.required("/sub_type", "template.components", 40)?;
            if self.index("/index").is_none_or(|index| index >= TEMPLATE_BUTTONS_MAX) {
                let last = TEMPLATE_BUTTONS_MAX - 1;
                return Err(wrong(format!("a button has an index from 0 to {last}")));
            }
        }
        let parameters = self.list("/parameters");
        let named = parameters.iter().filter(|one| one.get("parameter_name").is_some()).count();
        if named > 0 && named < parameters.len() {
            return Err(wrong("parameters are either all named or all by position".into()));
        }
        for value in parameters {
            let parameter = Checked { value };
            let kind = parameter.at("/type").unwrap_or_default().to_ascii_lowercase();
            if kind.is_empty() {
                return Err(wrong("a parameter has a type".into()));
            }
            if FILLED.contains(&kind.as_str()) && !parameter.has(&format!("/{kind}")) {
                return Err(wrong(format!("a parameter of the type {kind} has no {kind}")));
            }
            if kind == "text" {
                parameter.required("/text", "template.components", TEMPLATE_TEXT_CHARS_MAX)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused_at(kind: &str, element: &Value) -> Option<&'static str> {
        Sendable::element(kind, element).err().and_then(|refusal| refusal.field)
    }

    #[test]
    fn every_kind_has_a_shape_that_is_taken_and_shown() {
        let row = json!({ "id": "1", "title": "Tuesday" });
        for (kind, element, shown) in [
            (
                "image",
                json!({ "link": "https://a.example/x.png", "caption": "Menu" }),
                Some("Menu"),
            ),
            ("audio", json!({ "id": "123" }), None),
            ("document", json!({ "id": "123", "filename": "a.pdf" }), None),
            (
                "location",
                json!({ "latitude": -8.05, "longitude": "-34.9", "name": "Shop" }),
                Some("Shop"),
            ),
            ("contacts", json!([{ "name": { "formatted_name": "Ana" } }]), Some("Ana")),
            ("reaction", json!({ "emoji": "👍" }), Some("👍")),
            (
                "interactive",
                json!({ "type": "button", "body": { "text": "Which day?" },
                        "action": { "buttons": [{ "type": "reply", "reply": row }] } }),
                Some("Which day?"),
            ),
            (
                "interactive",
                json!({ "type": "list", "body": { "text": "Which day?" },
                        "action": { "button": "Days", "sections": [{ "rows": [row] }] } }),
                Some("Which day?"),
            ),
        ] {
            let sendable = Sendable::element(kind, &element).unwrap();
            assert_eq!(sendable.shown().map(Sensitive::expose), shown, "{kind}");
            assert_eq!(sendable.kind(), kind);
        }
        let template = json!({ "name": "order_ready", "language": { "code": "en_US" } });
        let sendable = Sendable::element("template", &template).unwrap();
        assert_eq!(sendable.template(), Some("order_ready"));
    }

    #[test]
    fn what_the_platform_would_refuse_is_refused_before_it_leaves() {
        let button = |title: &str| json!({ "reply": { "id": title, "title": title } });
        let same_id = |title: &str| json!({ "reply": { "id": "1", "title": title } });
        let buttons = |all: &[Value]| json!({ "type": "button", "body": { "text": "?" }, "action": { "buttons": all } });
        let rows: Vec<_> = (0..11).map(|n| json!({ "id": n.to_string(), "title": "x" })).collect();
        for (kind, element, field) in [
            ("image", json!({ "id": "1", "link": "https://a.example" }), "link"),
            ("image", json!({ "link": "http://a.example" }), "link"),
            ("audio", json!({ "id": "1", "caption": "no" }), "caption"),
            ("image", json!({ "id": "1", "filename": "a.png" }), "filename"),
            ("location", json!({ "latitude": 91, "longitude": 0 }), "latitude"),
            ("contacts", json!([]), "contacts"),
            (
                "contacts",
                json!([{ "name": { "formatted_name": "Ana" }, "phones": "5511" }]),
                "contacts",
            ),
            ("reaction", json!({}), "emoji"),
            ("reaction", json!({ "emoji": "ok" }), "emoji"),
            ("interactive", json!({ "type": "hologram" }), "interactive.type"),
            ("interactive", buttons(&[]), "buttons"),
            ("interactive", buttons(&[button("A"), button("A")]), "buttons"),
            ("interactive", buttons(&[same_id("A"), same_id("B")]), "buttons"),
            ("interactive", buttons(&[button("a title that is too long")]), "buttons"),
            ("template", json!({ "name": "Order Ready" }), "template.name"),
            ("template", json!({ "name": "order" }), "template.language"),
            ("text", json!({ "body": "x" }), "text"),
        ] {
            assert_eq!(refused_at(kind, &element), Some(field), "{kind} {element}");
        }
        assert_eq!(refused_at("reaction", &json!({ "emoji": "1️⃣" })), None);
        assert_eq!(refused_at("reaction", &json!({ "emoji": "" })), None);
        let list = |sections: Value| json!({ "type": "list", "body": { "text": "?" }, "action": { "button": "Days", "sections": sections } });
        let row = json!({ "id": "1", "title": "x" });
        for (sections, field) in [
            (json!([{ "rows": rows }]), "sections"),
            (json!([{ "title": "A", "rows": [row] }, { "title": "B", "rows": [] }]), "sections"),
            (json!([{ "title": "A", "rows": [row] }, { "rows": [rows[2]] }]), "sections"),
            (json!([{ "rows": [row, row] }]), "rows"),
        ] {
            assert_eq!(refused_at("interactive", &list(sections)), Some(field));
        }
    }

    #[test]
    fn a_template_that_comes_whole_has_what_its_parts_need() {
        let template =
            json!({ "name": "a", "language": { "code": "en" }, "components": { "type": "body" } });
        assert_eq!(refused_at("template", &template), Some("template.components"));
        let of = |parameters: Value| json!({ "type": "body", "parameters": parameters });
        for component in [
            of(json!([{ "parameter_name": "a" }, {}])),
            of(json!([{ "text": "Ana" }])),
            of(json!([{ "type": "text", "text": " " }])),
            of(json!([{ "type": "image" }])),
            json!({ "type": "button", "index": 0 }),
            json!({ "type": "button", "sub_type": "url" }),
            json!({ "type": "button", "sub_type": "url", "index": "10" }),
            json!({ "type": "hologram" }),
        ] {
            let template =
                json!({ "name": "a", "language": { "code": "en" }, "components": [component] });
            assert_eq!(
                refused_at("template", &template),
                Some("template.components"),
                "{template}"
            );
        }
        let components = json!([
            of(json!([{ "type": "TEXT", "text": "Ana" }])),
            { "type": "button", "sub_type": "CATALOG", "index": 0,
              "parameters": [{ "type": "action", "action": {} }] },
        ]);
        let template =
            json!({ "name": "a", "language": { "code": "en" }, "components": components });
        assert_eq!(refused_at("template", &template), None);
    }
}
