//! What a template is made of, as far as sending it needs to know: in the clear, because decisions
//! read it, and without a word of what it says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Characters of the name of a parameter that are kept.
const PARAMETER_CHARS_MAX: usize = 60;

/// A button of a template.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Button {
    /// `quick_reply`, `url`, `phone_number`, `copy_code`, `flow` …
    pub kind: String,
    /// It takes a value when it is sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parameter: bool,
}

/// What a template is made of.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Shape {
    /// The kind of its header: `text`, `image`, `video`, `document`, `location`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// The parameters of its header, in order: names, or `1`, `2` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header_parameters: Vec<String>,
    /// The parameters of its body, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body_parameters: Vec<String>,
    /// Its buttons, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
    /// What else it has: `carousel`, `limited_time_offer` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
}

impl Shape {
    /// The shape of components as the platform lists them. What cannot be understood is left out: the
    /// platform knows its own templates.
    pub fn of(components: &Value) -> Self {
        let mut shape = Self::default();
        for component in components.as_array().into_iter().flatten() {
            let text = |name: &str| component.get(name).and_then(Value::as_str).unwrap_or_default();
            match text("type").to_ascii_lowercase().as_str() {
                "header" => {
                    let kind = text("format").to_ascii_lowercase();
                    let kind = if kind.is_empty() { "text".to_owned() } else { kind };
                    shape.header_parameters = parameters(text("text"));
                    shape.header = Some(super::word(&kind));
                }
                "body" => shape.body_parameters = parameters(text("text")),
                "buttons" => shape.buttons = buttons(component),
                "footer" | "" => {}
                other => shape.others.push(super::word(other)),
            }
        }
        shape
    }

    /// Whether its parameters have names.
    pub fn is_named(&self) -> bool {
        let mut all = self.header_parameters.iter().chain(&self.body_parameters);
        all.any(|name| !name.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

fn buttons(component: &Value) -> Vec<Button> {
    let all = component.get("buttons").and_then(Value::as_array).into_iter().flatten();
    all.map(|button| {
        let text = |name: &str| button.get(name).and_then(Value::as_str).unwrap_or_default();
        let kind = super::word(text("type"));
        let parameter = match kind.as_str() {
            "url" => !parameters(text("url")).is_empty(),
            "copy_code" | "otp" => true,
            _ => false,
        };
        Button { kind, parameter }
    })
    .collect()
}

/// The parameters of a text, each once, in the order in which they are given: `{{1}}`, `{{name}}`.
pub(super) fn parameters(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        let name: String = name.trim().chars().take(PARAMETER_CHARS_MAX).collect();
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
        rest = behind;
    }
    // By position they count from one, wherever they stand in the text.
    if found.iter().all(|name| name.parse::<u32>().is_ok()) {
        found.sort_by_key(|name| name.parse::<u32>().unwrap_or(u32::MAX));
    }
    found
}

/// A shape as one text: rows of read models are written field by field, and none can be left out.
pub(super) mod whole {
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Shape;

    #[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
    pub(in crate::template) fn serialize<S: Serializer>(
        shape: &Option<Shape>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = shape.as_ref().map(serde_json::to_string).transpose();
        text.map_err(S::Error::custom)?.serialize(serializer)
    }

    pub(in crate::template) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Shape>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| serde_json::from_str(&text)).transpose().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_shape_names_what_has_to_be_given() {
        let shape = Shape::of(&json!([
            { "type": "HEADER", "format": "TEXT", "text": "For {{who}}" },
            { "type": "BODY", "text": "{{ day }} at {{hour}}, {{day}}" },
            { "type": "FOOTER", "text": "{{no}} parameters here" },
            { "type": "BUTTONS", "buttons": [
                { "type": "QUICK_REPLY", "text": "Yes" },
                { "type": "URL", "text": "Track", "url": "https://a.example/{{1}}" },
                { "type": "COPY_CODE", "example": "X" },
            ]},
            { "type": "LIMITED_TIME_OFFER" },
        ]));
        let button = |kind: &str, parameter| Button { kind: kind.into(), parameter };
        assert_eq!(shape.header.as_deref(), Some("text"));
        assert_eq!(shape.header_parameters, ["who"]);
        assert_eq!(shape.body_parameters, ["day", "hour"]);
        assert_eq!(
            shape.buttons,
            [button("quick_reply", false), button("url", true), button("copy_code", true)]
        );
        assert_eq!(shape.others, ["limited_time_offer"]);
        assert!(shape.is_named());
    }

    #[test]
    fn parameters_by_position_are_counted_from_one_and_broken_ones_are_text() {
        assert_eq!(parameters("{{2}} {{1}} {{2}} {{10}}"), ["1", "2", "10"]);
        assert!(parameters("{{}} {{open").is_empty());
        assert!(!Shape::of(&json!([{ "type": "body", "text": "{{1}}" }])).is_named());
    }

    #[test]
    fn nonsense_has_no_shape() {
        for nonsense in [json!(null), json!("x"), json!([1, {}, { "type": 3 }])] {
            assert_eq!(Shape::of(&nonsense), Shape::default());
        }
    }
}
