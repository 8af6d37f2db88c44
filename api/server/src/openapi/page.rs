//! The documentation as pages of our own: made on the server from the OpenAPI document, readable
//! without scripts and without the internet. A few lines of script add the search.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::schema::{escape, prose, schema_table, type_name};
use crate::endpoint::Definitions;
use crate::problem::Code;
use crate::surfaces::{SURFACES, Surface};
use crate::text::add;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What the pages may load: their own style and script, named by their hashes, and nothing else.
pub fn content_security_policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// The reference of every endpoint of a surface.
pub fn reference_page(surface: &Surface, document: &Value) -> String {
    let empty = Definitions::new();
    let definitions =
        document.pointer("/components/schemas").and_then(Value::as_object).unwrap_or(&empty);
    let operations = operations(document);
    let mut groups: Vec<&str> = Vec::new();
    for operation in &operations {
        if !groups.contains(&operation.group) {
            groups.push(operation.group);
        }
    }
    let (mut menu, mut body) = (String::new(), String::new());
    for group in groups {
        add(&mut menu, format_args!("<div data-group><h2>{}</h2><ul>", escape(group)));
        add(&mut body, format_args!("<section data-group><h2>{}</h2>", escape(group)));
        for operation in operations.iter().filter(|operation| operation.group == group) {
            menu.push_str(&operation.link());
            body.push_str(&operation.article(definitions));
        }
        menu.push_str("</ul></div>");
        body.push_str("</section>");
    }
    let introduction =
        document.pointer("/info/description").and_then(Value::as_str).unwrap_or_default();
    let (prefix, title) = (surface.prefix, format!("{} API", escape(surface.about.title)));
    let errors = if surface.is_native { " · <a href=\"/docs/errors\">Errors</a>" } else { "" };
    let head = format!(
        "<h1>{title}</h1>{}<p><a href=\"{prefix}/openapi.json\">OpenAPI 3.1 document</a> · <a href=\"{prefix}/postman.json\">Postman collection</a>{errors}</p>{}",
        points(introduction),
        others(surface)
    );
    page(&title, &menu, &format!("{head}{body}"))
}

/// Where the references of the other surfaces are.
fn others(surface: &Surface) -> String {
    let link = |other: &&Surface| {
        let (prefix, title) = (other.prefix, escape(other.about.title));
        format!("<a href=\"{prefix}/docs\">{title} API</a>")
    };
    let others = SURFACES.iter().copied().filter(|other| other.name != surface.name);
    let links: Vec<_> = others.map(|other| link(&other)).collect();
    format!("<p>This server also speaks: {}</p>", links.join(" · "))
}

/// Lines of Markdown that begin with a dash, as a list.
fn points(markdown: &str) -> String {
    let items: Vec<String> = markdown
        .lines()
        .map(|line| format!("<li>{}</li>", prose(line.trim_start_matches("- "))))
        .collect();
    format!("<ul>{}</ul>", items.concat())
}

/// The page of every error code.
pub fn errors_page() -> String {
    let (mut menu, mut body) = (String::from("<div data-group><ul>"), String::new());
    for code in Code::ALL {
        let (name, status) = (code.as_str(), code.status().as_u16());
        let text = escape(&format!("{name} {} {}", code.title(), code.help()).to_lowercase());
        add(
            &mut menu,
            format_args!("<li data-text=\"{text}\"><a href=\"#{name}\">{name}</a></li>"),
        );
        add(
            &mut body,
            format_args!(
                "<article id=\"{name}\" data-text=\"{text}\"><h3><code>{name}</code></h3><p class=\"dim\">{status} · {}</p><p>{}</p></article>",
                escape(code.title()),
                prose(code.help())
            ),
        );
    }
    menu.push_str("</ul></div>");
    let head = "<h1>Errors</h1><p>Every error is <code>application/problem+json</code>. Branch on <code>code</code>: codes are never renamed.</p><p><a href=\"/docs\">API reference</a></p>";
    page("Convolog errors", &menu, &format!("{head}<section data-group>{body}</section>"))
}

fn page(title: &str, menu: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body><a class=\"skip\" href=\"#main\">To the content</a><div class=\"frame\">\
         <nav aria-label=\"Contents\"><label for=\"search\" class=\"dim\">Search (press /)</label>\
         <input id=\"search\" type=\"search\" autocomplete=\"off\"><p id=\"found\" class=\"dim\" aria-live=\"polite\"></p><details class=\"menu\" open><summary>Contents</summary>{menu}</details></nav>\
         <main id=\"main\">{body}</main></div><script>{SCRIPT}</script></body></html>"
    )
}

struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    group: &'a str,
    value: &'a Value,
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths
        .flat_map(|(path, methods)| {
            methods.as_object().into_iter().flatten().map(move |(method, value)| Operation {
                method,
                path,
                group: value.pointer("/tags/0").and_then(Value::as_str).unwrap_or("Other"),
                value,
            })
        })
        .collect()
}

impl Operation<'_> {
    fn text(&self, member: &str) -> &str {
        self.value.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    fn searchable(&self) -> String {
        let all = format!(
            "{} {} {} {} {}",
            self.method,
            self.path,
            self.text("summary"),
            self.text("description"),
            self.group
        );
        escape(&all.to_lowercase())
    }

    fn link(&self) -> String {
        format!(
            "<li data-text=\"{}\"><a href=\"#{}\">{}</a></li>",
            self.searchable(),
            escape(self.text("operationId")),
            escape(self.text("summary"))
        )
    }

    fn article(&self, definitions: &Definitions) -> String {
        let mut html = format!(
            "<article id=\"{id}\" data-text=\"{text}\"><h3>{summary}</h3><p class=\"path\"><span class=\"verb {method}\">{verb}</span> {path}</p>",
            id = escape(self.text("operationId")),
            text = self.searchable(),
            summary = escape(self.text("summary")),
            method = self.method,
            verb = self.method.to_uppercase(),
            path = escape(self.path),
        );
        if !self.text("description").is_empty() {
            add(&mut html, format_args!("<p>{}</p>", prose(self.text("description"))));
        }
        add(&mut html, format_args!("<p class=\"dim\">{}</p>", self.needs()));
        html.push_str(&self.parameters());
        if let Some(schema) = self.value.pointer("/requestBody/content/application~1json/schema") {
            html.push_str("<details open><summary>Body</summary>");
            html.push_str(&schema_table(schema, definitions, 0));
            html.push_str(&example(self.value.pointer("/requestBody/content/application~1json")));
            html.push_str("</details>");
        }
        html.push_str(&self.responses(definitions));
        html.push_str("</article>");
        html
    }

    fn needs(&self) -> String {
        let scope = self.text("x-scope");
        let security = self.value.get("security").map(ToString::to_string).unwrap_or_default();
        if !scope.is_empty() {
            return format!("Needs a key with the scope <code>{}</code>.", escape(scope));
        }
        if security.contains("administrator") {
            return "Needs the administrator’s token.".to_owned();
        }
        if security.contains("signature") {
            return "Needs the signature of a known app.".to_owned();
        }
        "Needs no key.".to_owned()
    }

    fn parameters(&self) -> String {
        let list = self.value.get("parameters").and_then(Value::as_array);
        let Some(list) = list.filter(|list| !list.is_empty()) else { return String::new() };
        let mut rows = String::new();
        for parameter in list {
            let text = |name: &str| parameter.get(name).and_then(Value::as_str).unwrap_or_default();
            let needed = parameter.get("required") == Some(&Value::Bool(true));
            add(
                &mut rows,
                format_args!(
                    "<tr><td><code>{}</code></td><td>{}{}</td><td>{}</td><td>{}</td></tr>",
                    escape(text("name")),
                    escape(text("in")),
                    if needed { ", needed" } else { "" },
                    escape(&parameter.get("schema").map(type_name).unwrap_or_default()),
                    prose(text("description"))
                ),
            );
        }
        format!(
            "<details><summary>Parameters</summary><div class=\"scroll\"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>{rows}</tbody></table></div></details>"
        )
    }

    fn responses(&self, definitions: &Definitions) -> String {
        let mut html = String::from("<details><summary>Answers</summary>");
        for (status, response) in
            self.value.get("responses").and_then(Value::as_object).into_iter().flatten()
        {
            let means = response.get("description").and_then(Value::as_str).unwrap_or_default();
            let means = means.split("\n\n").map(prose).collect::<Vec<_>>().join("<br>");
            add(&mut html, format_args!("<p><code>{}</code> {means}</p>", escape(status)));
            let content = response.pointer("/content/application~1json");
            if let Some(schema) = content.and_then(|content| content.get("schema")) {
                html.push_str(&schema_table(schema, definitions, 0));
                html.push_str(&example(content));
            }
        }
        html.push_str("</details>");
        html
    }
}

/// The example of a content, folded away.
fn example(content: Option<&Value>) -> String {
    let Some(shown) = content.and_then(|content| content.get("example")) else {
        return String::new();
    };
    let text = serde_json::to_string_pretty(shown).unwrap_or_default();
    format!(
        "<details><summary>Example</summary><pre><code>{}</code></pre></details>",
        escape(&text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_name_no_other_host() {
        for page in [
            errors_page(),
            reference_page(&crate::surfaces::NATIVE, &serde_json::json!({ "paths": {} })),
        ] {
            assert!(!page.contains("http://") && !page.contains("https://"), "{page}");
        }
        assert!(!content_security_policy().contains("http"));
    }
}
