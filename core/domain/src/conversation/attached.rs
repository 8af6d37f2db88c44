//! Files in a message that is sent: one of ours (`media_id`), one that the platform has (`id`), or one
//! that the platform is to read at an address (`link`). As an attachment, in the header of an
//! interactive message, or among the parameters of a template.

use serde_json::{Map, Value};

use crate::hash::Sensitive;
use crate::ids::MediaId;
use crate::refusal::Refusal;
use crate::validate;

/// What a file can be sent as.
const KINDS: [&str; 5] = ["image", "video", "document", "audio", "sticker"];
/// How deep an element may be.
const DEPTH_MAX: usize = 12;
/// Characters of the platform's id of a file.
const ID_CHARS_MAX: usize = 200;

/// A file of the workspace that a message sends, and as what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attached {
    /// Which file.
    pub media: MediaId,
    /// As which kind: `image`, `video`, `document`, `audio`, `sticker`.
    pub kind: String,
}

/// One place in a message where a file stands.
struct Place<'v> {
    kind: &'v str,
    file: &'v Map<String, Value>,
}

/// The file of the workspace that an element of this kind sends, if it sends one.
///
/// # Errors
/// A [`Refusal`] of the field `link`: a file that is not named in exactly one way, at an address that
/// is none, or two different files of the workspace.
pub(super) fn check(kind: &str, element: &Value) -> Result<Option<Attached>, Refusal> {
    let mut places = Vec::new();
    find(kind, element, DEPTH_MAX, &mut places)?;
    let mut found: Option<Attached> = None;
    for Place { kind, file } in places {
        let text = |name: &str| file.get(name).and_then(Value::as_str);
        let ours = text("media_id").map(str::parse::<MediaId>);
        match (ours, text("id"), text("link")) {
            (Some(Ok(media)), None, None) => {
                if found.as_ref().is_some_and(|other| other.media != media) {
                    let detail = "a message sends one file of the workspace at most";
                    return Err(Refusal::field("media_id", detail));
                }
                found = Some(Attached { media, kind: kind.to_owned() });
            }
            (None, Some(id), None) if (1..=ID_CHARS_MAX).contains(&id.trim().len()) => {}
            (None, None, Some(link)) => {
                validate::web_address("link", link, false)?;
            }
            _ => {
                let detail = "give one of media_id (a file of this workspace), link (an https \
                              address) and id (of the platform)";
                return Err(Refusal::field("link", detail));
            }
        }
    }
    Ok(found)
}

/// The addresses at which the platform is to read files of a message of this kind.
pub fn links_of(kind: &str, element: &Value) -> Vec<String> {
    let mut places = Vec::new();
    // What is too deep was refused when it was asked for.
    find(kind, element, DEPTH_MAX, &mut places).ok();
    let link = |place: Place<'_>| place.file.get("link").and_then(Value::as_str).map(str::to_owned);
    places.into_iter().filter_map(link).collect()
}

/// Puts the platform's id of a file of ours where ours stands; without one only takes ours away, which
/// says nothing to the platform.
pub fn name_for_platform(element: &mut Value, id: Option<&Sensitive>) {
    match element {
        Value::Object(members) => {
            if members.remove("media_id").is_some() {
                members.extend(id.map(|id| ("id".to_owned(), id.expose().into())));
            }
            members.values_mut().for_each(|member| name_for_platform(member, id));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| name_for_platform(item, id)),
        _ => {}
    }
}

fn find<'v>(
    kind: &'v str,
    element: &'v Value,
    depth: usize,
    places: &mut Vec<Place<'v>>,
) -> Result<(), Refusal> {
    let too_deep = || Refusal::field("type", "the message has too many levels");
    match element {
        Value::Object(file) if KINDS.contains(&kind) => places.push(Place { kind, file }),
        Value::Object(members) => {
            let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
            for (name, member) in members {
                find(name, member, depth, places)?;
            }
        }
        Value::Array(items) => {
            let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
            for item in items {
                find("", item, depth, places)?;
            }
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    const OURS: MediaId = MediaId(Uuid::from_u128(41));

    fn header(file: &Value) -> Value {
        json!({ "type": "button", "header": { "type": "image", "image": file } })
    }

    #[test]
    fn a_file_is_found_wherever_it_stands() {
        let file = || json!({ "media_id": OURS, "caption": "x" });
        let template = json!({ "components": [
            { "type": "header", "parameters": [{ "type": "image", "image": file() }] },
        ] });
        let attached = Some(Attached { media: OURS, kind: "image".into() });
        for (kind, element) in
            [("image", file()), ("interactive", header(&file())), ("template", template)]
        {
            assert_eq!(check(kind, &element).unwrap(), attached, "{kind}");
            let mut element = element;
            name_for_platform(&mut element, Some(&"901".into()));
            let text = element.to_string();
            assert!(text.contains("\"id\":\"901\"") && !text.contains("media_id"), "{text}");
        }
        assert_eq!(check("interactive", &json!({ "body": { "text": "image" } })).unwrap(), None);
    }

    #[test]
    fn a_file_is_named_in_one_way_and_its_address_is_one() {
        for file in [
            json!({}),
            json!({ "id": "1", "link": "https://a.example/x" }),
            json!({ "media_id": "map" }),
            json!({ "link": "http://a.example/x" }),
            json!({ "link": "https://me:pw@a.example/x" }),
        ] {
            assert_eq!(check("interactive", &header(&file)).unwrap_err().field, Some("link"));
            assert_eq!(check("image", &file).unwrap_err().field, Some("link"), "{file}");
        }
        let two = json!([{ "image": { "media_id": OURS } }, { "image": { "media_id": MediaId::default() } }]);
        assert_eq!(check("template", &two).unwrap_err().field, Some("media_id"));
        assert_eq!(
            links_of("image", &json!({ "link": "https://a.example/x" })),
            ["https://a.example/x"]
        );
        assert_eq!(links_of("text", &json!({ "body": "https://a.example/x" })), [""; 0]);
    }

    #[test]
    fn what_is_too_deep_is_refused() {
        let mut deep = json!({});
        for _ in 0..200 {
            deep = json!([deep]);
        }
        assert_eq!(check("template", &deep).unwrap_err().field, Some("type"));
    }
}
