//! What can be sent, and WhatsApp's limits for it, checked before anything leaves.
//!
//! A text is a text. Everything else is given as the platform's own element (`image`, `interactive`,
//! `template` …), so that whoever knows the platform knows this.

use serde_json::{Map, Value};

use super::sending_events::TemplateChoice;
use crate::hash::Sensitive;
use crate::ids::TemplateId;
use crate::limits::{
    CAPTION_CHARS_MAX, SENDABLE_KINDS, TEMPLATE_LANGUAGE_CHARS_MAX, TEXT_CHARS_MAX,
};
use crate::refusal::Refusal;
use crate::validate;

/// Characters of a header or footer.
const LINE_CHARS_MAX: usize = 60;
/// Reply buttons of one message.
const BUTTONS_MAX: usize = 3;
/// Sections of a list, and rows of all of them together.
const ROWS_MAX: usize = 10;
/// Characters of the name or the address of a place.
const PLACE_CHARS_MAX: usize = 1_000;
/// People in one message.
const PEOPLE_MAX: usize = 257;
/// What may stand in an interactive message.
const INTERACTIVE_KINDS: [&str; 13] = [
    "address_message",
    "button",
    "call_permission_request",
    "carousel",
    "catalog_message",
    "contact_request",
    "cta_url",
    "flow",
    "list",
    "location_request_message",
    "product",
    "product_list",
    "voice_call",
];

/// A message that can be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sendable {
    kind: String,
    text: Option<Sensitive>,
    element: Option<Sensitive>,
    template: Option<String>,
    made_of: Option<MadeOf>,
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
        })
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
            "image" | "video" | "document" => element.media(true)?,
            "audio" | "sticker" => element.media(false)?,
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
        Ok(Self {
            kind,
            text: text.map(Into::into),
            element: Some(element.value.to_string().into()),
            template,
            made_of: None,
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

    /// What a person reads of it, the platform's element, and the template that it is made of.
    pub(super) fn into_parts(self) -> (Option<Sensitive>, Option<Sensitive>, Option<MadeOf>) {
        (self.text, self.element, self.made_of)
    }

    /// What a person reads of it.
    pub const fn shown(&self) -> Option<&Sensitive> {
        self.text.as_ref()
    }
}

/// An element, or a part of one, that is looked at.
#[derive(Clone, Copy)]
struct Checked<'a> {
    value: &'a Value,
}

type Text = Result<Option<String>, Refusal>;

fn wrong(field: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal::field(field, detail)
}

/// Whether a text has 1 to `most` characters.
fn fits(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most
}

impl<'a> Checked<'a> {
    fn object(self, field: &'static str) -> Result<&'a Map<String, Value>, Refusal> {
        self.value.as_object().ok_or_else(|| wrong(field, "must be an object"))
    }

    fn at(self, path: &str) -> Option<&'a str> {
        self.value.pointer(path).and_then(Value::as_str)
    }

    fn list(self, path: &str) -> &'a [Value] {
        self.value.pointer(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// A text that may be left out, of at most so many characters.
    fn optional(self, path: &str, field: &'static str, most: usize) -> Result<(), Refusal> {
        match self.value.pointer(path) {
            Some(value) if !value.as_str().is_some_and(|text| fits(text, most)) => {
                Err(wrong(field, format!("needs 1 to {most} characters that are not all blank")))
            }
            _ => Ok(()),
        }
    }

    fn required(self, path: &str, field: &'static str, most: usize) -> Result<&'a str, Refusal> {
        self.at(path).filter(|text| fits(text, most)).ok_or_else(|| {
            wrong(field, format!("needs 1 to {most} characters that are not all blank"))
        })
    }

    /// An attachment: uploaded before (`id`) or to be fetched by the platform (`link`).
    fn media(self, captioned: bool) -> Text {
        self.object("media")?;
        match (self.at("/id"), self.at("/link")) {
            (Some(id), None) if fits(id, 200) => {}
            (None, Some(link)) => {
                validate::web_address("link", link, false)?;
            }
            _ => return Err(wrong("link", "give either link (an https address) or id")),
        }
        let caption = self.at("/caption");
        if self.value.get("caption").is_some() && !captioned {
            return Err(wrong("caption", "only images, videos and documents have captions"));
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
            names.push(Checked { value }.required("/name/formatted_name", "name", 250)?);
        }
        Ok(Some(names.join(", ")))
    }

    /// An emoji; an empty one takes the reaction back.
    fn reaction(self) -> Text {
        let emoji = self.at("/emoji");
        match emoji {
            Some(text) if text.chars().count() <= 16 => Ok(Some(text.to_owned())),
            _ => Err(wrong("emoji", "needs an emoji, or an empty text to take it back")),
        }
    }

    fn interactive(self) -> Text {
        self.object("interactive")?;
        let kind = validate::one_of(
            "interactive.type",
            self.at("/type").unwrap_or_default(),
            &INTERACTIVE_KINDS,
        )?;
        let most = if kind == "list" { TEXT_CHARS_MAX } else { CAPTION_CHARS_MAX };
        if !matches!(kind.as_str(), "product" | "catalog_message") {
            self.required("/body/text", "body", most)?;
        }
        self.optional("/body/text", "body", most)?;
        self.optional("/header/text", "header", LINE_CHARS_MAX)?;
        self.optional("/footer/text", "footer", LINE_CHARS_MAX)?;
        match kind.as_str() {
            "button" => self.buttons()?,
            "list" => self.rows()?,
            "cta_url" => {
                self.required("/action/parameters/display_text", "display_text", 20)?;
                let url = self.at("/action/parameters/url").unwrap_or_default();
                validate::web_address("url", url, false)?;
            }
            _ => {}
        }
        Ok(self.at("/body/text").map(str::to_owned))
    }

    fn buttons(self) -> Result<(), Refusal> {
        let buttons = self.list("/action/buttons");
        if !(1..=BUTTONS_MAX).contains(&buttons.len()) {
            return Err(wrong("buttons", format!("needs 1 to {BUTTONS_MAX} buttons")));
        }
        let mut titles = Vec::with_capacity(buttons.len());
        for value in buttons {
            let button = Checked { value };
            button.required("/reply/id", "buttons", 256)?;
            titles.push(button.required("/reply/title", "buttons", 20)?);
        }
        titles.sort_unstable();
        titles.dedup();
        if titles.len() == buttons.len() {
            return Ok(());
        }
        Err(wrong("buttons", "no two buttons may have the same title"))
    }

    fn rows(self) -> Result<(), Refusal> {
        self.required("/action/button", "button", 20)?;
        let sections = self.list("/action/sections");
        let rows: Vec<_> =
            sections.iter().flat_map(|value| Checked { value }.list("/rows")).collect();
        if sections.is_empty() || rows.is_empty() || sections.len().max(rows.len()) > ROWS_MAX {
            let detail = format!("needs 1 to {ROWS_MAX} rows in 1 to {ROWS_MAX} sections");
            return Err(wrong("sections", detail));
        }
        for value in sections {
            Checked { value }.optional("/title", "sections", 24)?;
        }
        for value in rows {
            let row = Checked { value };
            row.required("/id", "rows", 200)?;
            row.required("/title", "rows", 24)?;
            row.optional("/description", "rows", 72)?;
        }
        Ok(())
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
        for value in self.list("/components") {
            let component = Checked { value };
            let kinds = ["header", "body", "button", "footer", "carousel", "limited_time_offer"];
            let kind = component.at("/type").unwrap_or_default().to_ascii_lowercase();
            validate::one_of("template.components", &kind, &kinds)?;
            let parameters = component.list("/parameters");
            let named = parameters.iter().filter(|one| one.get("parameter_name").is_some()).count();
            if named > 0 && named < parameters.len() {
                let detail = "parameters are either all named or all by position";
                return Err(wrong("template.components", detail));
            }
        }
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
        let button = |title: &str| json!({ "reply": { "id": "1", "title": title } });
        let buttons = |all: &[Value]| json!({ "type": "button", "body": { "text": "?" }, "action": { "buttons": all } });
        let rows: Vec<_> = (0..11).map(|n| json!({ "id": n.to_string(), "title": "x" })).collect();
        for (kind, element, field) in [
            ("image", json!({ "id": "1", "link": "https://a.example" }), "link"),
            ("image", json!({ "link": "http://a.example" }), "link"),
            ("audio", json!({ "id": "1", "caption": "no" }), "caption"),
            ("location", json!({ "latitude": 91, "longitude": 0 }), "latitude"),
            ("contacts", json!([]), "contacts"),
            ("reaction", json!({}), "emoji"),
            ("interactive", json!({ "type": "hologram" }), "interactive.type"),
            ("interactive", buttons(&[]), "buttons"),
            ("interactive", buttons(&[button("A"), button("A")]), "buttons"),
            ("interactive", buttons(&[button("a title that is too long")]), "buttons"),
            ("template", json!({ "name": "Order Ready" }), "template.name"),
            ("template", json!({ "name": "order" }), "template.language"),
            ("text", json!({ "body": "x" }), "text"),
        ] {
            assert_eq!(refused_at(kind, &element), Some(field), "{kind} {element}");
        }
        let list = json!({ "type": "list", "body": { "text": "?" }, "action": { "button": "Days", "sections": [{ "rows": rows }] } });
        assert_eq!(refused_at("interactive", &list), Some("sections"));
        let mixed = json!([{ "type": "body", "parameters": [{ "parameter_name": "a" }, {}] }]);
        let template = json!({ "name": "a", "language": { "code": "en" }, "components": mixed });
        assert_eq!(refused_at("template", &template), Some("template.components"));
    }
}
