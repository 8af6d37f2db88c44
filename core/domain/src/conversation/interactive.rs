//! Interactive messages: buttons, lists, products, flows and the like, and the platform's limits for
//! each of them. What a kind says of itself stands in its `action`.

use serde_json::Value;

use super::checked::{Checked, Text, all_differ, wrong};
use crate::limits::{CAPTION_CHARS_MAX, TEXT_CHARS_MAX};
use crate::refusal::Refusal;
use crate::validate;

/// Characters of a header or footer.
const LINE_CHARS_MAX: usize = 60;
/// Characters of a button.
const BUTTON_CHARS_MAX: usize = 20;
/// Characters of the button that opens a flow.
const FLOW_BUTTON_CHARS_MAX: usize = 30;
/// Reply buttons of one message.
const BUTTONS_MAX: usize = 3;
/// Sections of a list, and rows of all of them together.
const ROWS_MAX: usize = 10;
/// Characters of the title of a section.
const SECTION_CHARS_MAX: usize = 24;
/// Products of all sections together.
const PRODUCTS_MAX: usize = 30;
/// Cards beside one another.
const CARDS: std::ops::RangeInclusive<usize> = 2..=10;
/// Characters of the text of a card.
const CARD_CHARS_MAX: usize = 160;
/// Characters of the platform's id or a name of something.
const ID_CHARS_MAX: usize = 200;

/// What may stand in an interactive message, and the name of its action, where it has one.
const KINDS: [(&str, Option<&str>); 15] = [
    ("address_message", Some("address_message")),
    ("button", None),
    ("call_permission_request", Some("call_permission_request")),
    ("carousel", None),
    ("catalog_message", Some("catalog_message")),
    ("contact_request", Some("request_contact_info")),
    ("cta_url", Some("cta_url")),
    ("flow", Some("flow")),
    ("list", None),
    ("location_request_message", Some("send_location")),
    ("order_details", Some("review_and_pay")),
    ("order_status", Some("review_order")),
    ("product", None),
    ("product_list", None),
    ("voice_call", Some("voice_call")),
];

/// What a header may be.
const HEADERS: [&str; 4] = ["text", "image", "video", "document"];
/// What the header of a card may be.
const CARD_HEADERS: [&str; 2] = ["image", "video"];

impl Checked<'_> {
    pub(super) fn interactive(self) -> Text {
        self.object("interactive")?;
        let kinds: Vec<_> = KINDS.iter().map(|(kind, _)| *kind).collect();
        let kind = self.at("/type").unwrap_or_default();
        let kind = validate::one_of("interactive.type", kind, &kinds)?;
        let most = if kind == "list" { TEXT_CHARS_MAX } else { CAPTION_CHARS_MAX };
        let silent = ["product", "catalog_message", "call_permission_request"];
        if !silent.contains(&kind.as_str()) {
            self.required("/body/text", "body", most)?;
        }
        self.optional("/body/text", "body", most)?;
        self.optional("/footer/text", "footer", LINE_CHARS_MAX)?;
        self.header(&kind)?;
        let action = KINDS.iter().find(|(name, _)| *name == kind).and_then(|(_, action)| *action);
        if let Some(action) = action.filter(|action| self.at("/action/name") != Some(action)) {
            return Err(wrong("action.name", format!("must be {action} for {kind}")));
        }
        match kind.as_str() {
            "button" => self.buttons()?,
            "list" => self.rows()?,
            "cta_url" => self.opens_an_address()?,
            "flow" => self.flow()?,
            "product" => {
                self.required("/action/catalog_id", "catalog_id", ID_CHARS_MAX)?;
                self.required("/action/product_retailer_id", "product", ID_CHARS_MAX)?;
            }
            "product_list" => self.products()?,
            "carousel" => self.cards()?,
            "address_message" => {
                let country = self.at("/action/parameters/country").unwrap_or_default();
                if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                    return Err(wrong("country", "needs the code of a country, such as IN"));
                }
            }
            "voice_call" => {
                let path = "/action/parameters/display_text";
                self.optional(path, "display_text", BUTTON_CHARS_MAX)?;
            }
            "order_details" | "order_status" => {
                let path = "/action/parameters/reference_id";
                self.required(path, "reference_id", ID_CHARS_MAX)?;
            }
            _ => {}
        }
        Ok(self.at("/body/text").map(str::to_owned))
    }

    /// What stands above the body. Which file it is, is looked at where files are.
    fn header(self, kind: &str) -> Result<(), Refusal> {
        if !self.has("/header") {
            return match kind {
                "product_list" => Err(wrong("header", "is needed: a text")),
                _ => Ok(()),
            };
        }
        let of: &[&str] = match kind {
            "product" => return Err(wrong("header", "a single product has none")),
            "list" | "product_list" => &["text"],
            _ => &HEADERS,
        };
        let is = validate::one_of("header.type", self.at("/header/type").unwrap_or_default(), of)?;
        match is.as_str() {
            "text" => self.required("/header/text", "header", LINE_CHARS_MAX).map(|_| ()),
            file if self.has(&format!("/header/{file}")) => Ok(()),
            file => Err(wrong("header", format!("must say which {file}"))),
        }
    }

    fn buttons(self) -> Result<(), Refusal> {
        let buttons = self.list("/action/buttons");
        if !(1..=BUTTONS_MAX).contains(&buttons.len()) {
            return Err(wrong("buttons", format!("needs 1 to {BUTTONS_MAX} buttons")));
        }
        let (mut ids, mut titles) = (Vec::new(), Vec::new());
        for value in buttons {
            let button = Checked { value };
            ids.push(button.required("/reply/id", "buttons", 256)?);
            titles.push(button.required("/reply/title", "buttons", BUTTON_CHARS_MAX)?);
        }
        if all_differ(ids) && all_differ(titles) {
            return Ok(());
        }
        Err(wrong("buttons", "no two buttons may have the same id or title"))
    }

    fn rows(self) -> Result<(), Refusal> {
        self.required("/action/button", "button", BUTTON_CHARS_MAX)?;
        let rows = self.in_sections("/rows", ROWS_MAX, "rows")?;
        let mut ids = Vec::with_capacity(rows.len());
        for row in rows {
            ids.push(row.required("/id", "rows", 200)?);
            row.required("/title", "rows", 24)?;
            row.optional("/description", "rows", 72)?;
        }
        if all_differ(ids) {
            Ok(())
        } else {
            Err(wrong("rows", "no two rows may have the same id"))
        }
    }

    fn products(self) -> Result<(), Refusal> {
        self.required("/action/catalog_id", "catalog_id", ID_CHARS_MAX)?;
        for product in self.in_sections("/product_items", PRODUCTS_MAX, "products")? {
            product.required("/product_retailer_id", "product", ID_CHARS_MAX)?;
        }
        Ok(())
    }

    /// What stands in the sections of an action, all of them together.
    fn in_sections(self, path: &str, most: usize, what: &str) -> Result<Vec<Self>, Refusal> {
        let sections = self.list("/action/sections");
        let items = |value| Checked { value }.list(path).iter();
        let all: Vec<_> = sections.iter().flat_map(items).map(|value| Checked { value }).collect();
        if !(1..=ROWS_MAX).contains(&sections.len()) || !(1..=most).contains(&all.len()) {
            let detail = format!("needs 1 to {most} {what} in 1 to {ROWS_MAX} sections");
            return Err(wrong("sections", detail));
        }
        for value in sections {
            let section = Checked { value };
            section.optional("/title", "sections", SECTION_CHARS_MAX)?;
            if section.list(path).is_empty() {
                return Err(wrong("sections", format!("each section needs some of the {what}")));
            }
            if sections.len() > 1 && section.at("/title").is_none() {
                return Err(wrong("sections", "each of several sections needs a title"));
            }
        }
        Ok(all)
    }

    fn opens_an_address(self) -> Result<(), Refusal> {
        self.required("/action/parameters/display_text", "display_text", BUTTON_CHARS_MAX)?;
        let url = self.at("/action/parameters/url").unwrap_or_default();
        validate::web_address("url", url, false).map(|_| ())
    }

    fn flow(self) -> Result<(), Refusal> {
        let parameter = |name: &str| format!("/action/parameters/{name}");
        self.required(&parameter("flow_message_version"), "flow_message_version", 10)?;
        self.required(&parameter("flow_cta"), "flow_cta", FLOW_BUTTON_CHARS_MAX)?;
        let (id, name) = (parameter("flow_id"), parameter("flow_name"));
        let which = match (self.has(&id), self.has(&name)) {
            (true, false) => id,
            (false, true) => name,
            _ => return Err(wrong("flow_id", "give flow_id or flow_name, and not both")),
        };
        self.required(&which, "flow_id", ID_CHARS_MAX).map(|_| ())
    }

    fn cards(self) -> Result<(), Refusal> {
        let cards = self.list("/action/cards");
        if !CARDS.contains(&cards.len()) {
            let detail = format!("needs {} to {} cards", CARDS.start(), CARDS.end());
            return Err(wrong("cards", detail));
        }
        for (at, value) in cards.iter().enumerate() {
            let card = Checked { value };
            if card.index("/card_index") != Some(at) {
                return Err(wrong("cards", "card_index counts the cards from 0"));
            }
            card.optional("/body/text", "cards", CARD_CHARS_MAX)?;
            if let Some(header) = value.get("header").filter(|header| !header.is_null()) {
                let is = header.get("type").and_then(Value::as_str).unwrap_or_default();
                validate::one_of("cards", is, &CARD_HEADERS)?;
            }
            if card.at("/type") == Some("cta_url") {
                card.opens_an_address()?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::conversation::Sendable;

    use super::*;

    fn message(kind: &str, action: &Value) -> Value {
        json!({ "type": kind, "body": { "text": "Here it is" }, "action": action })
    }

    fn refused_at(element: &Value) -> Option<&'static str> {
        Sendable::element("interactive", element).err().and_then(|refusal| refusal.field)
    }

    fn flow(parameters: &Value) -> Value {
        message("flow", &json!({ "name": "flow", "parameters": parameters }))
    }

    fn card(at: usize) -> Value {
        json!({
            "card_index": at, "type": "cta_url", "body": { "text": "Red" },
            "header": { "type": "image", "image": { "link": "https://a.example/x.png" } },
            "action": { "name": "cta_url",
                        "parameters": { "display_text": "See", "url": "https://a.example/" } },
        })
    }

    fn products(titles: &[Option<&str>], each: usize) -> Value {
        let items: Vec<_> =
            (0..each).map(|n| json!({ "product_retailer_id": n.to_string() })).collect();
        let section = |title: Option<&str>| match title {
            Some(title) => json!({ "title": title, "product_items": items }),
            None => json!({ "product_items": items }),
        };
        let sections: Vec<_> = titles.iter().copied().map(section).collect();
        let mut made = message("product_list", &json!({ "catalog_id": "1", "sections": sections }));
        made["header"] = json!({ "type": "text", "text": "Ours" });
        made
    }

    #[test]
    fn every_kind_that_the_platform_takes_is_taken() {
        let named = |kind: &str, name: &str, parameters: Value| {
            message(kind, &json!({ "name": name, "parameters": parameters }))
        };
        let version = json!({ "flow_message_version": "3", "flow_cta": "Open", "flow_id": "1" });
        for element in [
            named("address_message", "address_message", json!({ "country": "IN" })),
            json!({ "type": "call_permission_request", "action": { "name": "call_permission_request" } }),
            message("carousel", &json!({ "cards": [card(0), card(1)] })),
            json!({ "type": "catalog_message", "action": { "name": "catalog_message" } }),
            named("contact_request", "request_contact_info", json!({})),
            named(
                "cta_url",
                "cta_url",
                json!({ "display_text": "See", "url": "https://a.example/" }),
            ),
            flow(&version),
            named("location_request_message", "send_location", json!({})),
            named("order_details", "review_and_pay", json!({ "reference_id": "1" })),
            named("order_status", "review_order", json!({ "reference_id": "1" })),
            json!({ "type": "product", "action": { "catalog_id": "1", "product_retailer_id": "2" } }),
            products(&[Some("A"), Some("B")], 15),
            named("voice_call", "voice_call", json!({ "display_text": "Call us" })),
        ] {
            assert_eq!(Sendable::element("interactive", &element).err(), None, "{element}");
        }
    }

    #[test]
    fn what_an_action_lacks_or_has_too_much_of_is_refused() {
        let cards = |count: usize| {
            message("carousel", &json!({ "cards": (0..count).map(card).collect::<Vec<_>>() }))
        };
        let long = "x".repeat(31);
        let both = json!({ "flow_message_version": "3", "flow_cta": "Open", "flow_id": "1", "flow_name": "a" });
        for (element, field) in [
            (message("location_request_message", &json!({})), "action.name"),
            (message("voice_call", &json!({ "name": "flow" })), "action.name"),
            (message("address_message", &json!({ "name": "address_message" })), "country"),
            (flow(&json!({ "flow_cta": "Open", "flow_id": "1" })), "flow_message_version"),
            (
                flow(&json!({ "flow_message_version": "3", "flow_cta": long, "flow_id": "1" })),
                "flow_cta",
            ),
            (flow(&json!({ "flow_message_version": "3", "flow_cta": "Open" })), "flow_id"),
            (flow(&both), "flow_id"),
            (message("product", &json!({ "catalog_id": "1" })), "product"),
            (products(&[Some("A")], 31), "sections"),
            (products(&[Some("A"), None], 1), "sections"),
            (products(&[Some("A")], 0), "sections"),
            (cards(1), "cards"),
            (cards(11), "cards"),
            (message("carousel", &json!({ "cards": [card(0), card(2)] })), "cards"),
            (message("order_status", &json!({ "name": "review_order" })), "reference_id"),
        ] {
            assert_eq!(refused_at(&element), Some(field), "{element}");
        }
    }

    #[test]
    fn a_header_is_one_that_the_kind_has() {
        let row = json!({ "id": "1", "title": "x" });
        let list = json!({ "button": "Days", "sections": [{ "rows": [row] }] });
        let product = json!({ "catalog_id": "1", "product_retailer_id": "2" });
        let image = json!({ "type": "image", "image": { "id": "1" } });
        let button = json!({ "buttons": [{ "type": "reply", "reply": row }] });
        let with = |kind: &str, action: &Value, header: Value| {
            let mut made = message(kind, action);
            made["header"] = header;
            made
        };
        assert_eq!(refused_at(&with("button", &button, image.clone())), None);
        assert_eq!(refused_at(&with("list", &list, json!({ "type": "text", "text": "A" }))), None);
        for (element, field) in [
            (with("list", &list, image.clone()), "header.type"),
            (with("product", &product, image), "header"),
            (with("button", &button, json!({ "type": "video" })), "header"),
            (with("button", &button, json!({ "type": "text", "text": "x".repeat(61) })), "header"),
            (with("button", &button, json!({ "type": "sticker" })), "header.type"),
            (message("product_list", &json!({})), "header"),
        ] {
            assert_eq!(refused_at(&element), Some(field), "{element}");
        }
    }
}
