//! What the platform says of a template, as facts of the template itself, beside the notice that is
//! kept whole on the channel. A template that was not known becomes known by it.

use convolog_domain::{
    Content, Decision, FragmentContent, Personal, StreamKind,
    template::{
        Shape, TemplateCategoryChanged, TemplateComponentsChanged, TemplateKey,
        TemplateQualityChanged, TemplateStatusChanged, word,
    },
};
use convolog_log::Origin;
use convolog_whatsapp::{Place, TemplateButton, TemplateNews};
use serde_json::{Value, json};

use super::planner::Planner;
use crate::error::EngineError;

/// The fields that speak of a template.
const STATUS: &str = "message_template_status_update";
const QUALITY: &str = "message_template_quality_update";
const CATEGORY: &str = "template_category_update";
const COMPONENTS: &str = "message_template_components_update";

impl Planner<'_> {
    /// The event of a template that follows from a notice.
    pub(crate) fn plan_template_news(
        &mut self,
        place: &Place,
        at: Option<i64>,
        element: &str,
    ) -> Result<(), EngineError> {
        let field = place.field.as_str();
        if ![STATUS, QUALITY, CATEGORY, COMPONENTS].contains(&field) {
            return Ok(());
        }
        let Some(waba_id) = place.account_id.clone() else { return Ok(()) };
        let Some(news) = TemplateNews::read(element) else { return Ok(()) };
        let (name, language) = (news.name.clone(), news.language.clone());
        let template = TemplateKey { waba_id, name, language };
        let id = self.engine.template_id(self.workspace, &template)?;
        let at = at.unwrap_or_else(|| self.ctx.now_seconds());
        if let Some(decision) = self.news_of(field, template, news, at) {
            self.push(StreamKind::Template, id.0, decision, Origin::Live);
        }
        Ok(())
    }

    fn news_of(
        &self,
        field: &str,
        template: TemplateKey,
        news: TemplateNews,
        at: i64,
    ) -> Option<Decision> {
        Some(match field {
            STATUS => {
                let decision = Decision::new(TemplateStatusChanged {
                    template,
                    platform_id: news.platform_id,
                    status: word(&news.event?),
                    reason: news.reason.as_deref().map(word),
                    at,
                });
                match news.words {
                    Some(words) => decision.sealing(self.of_workspace(words)),
                    None => decision,
                }
            }
            QUALITY => {
                let quality = word(&news.quality?);
                Decision::new(TemplateQualityChanged { template, quality, at })
            }
            CATEGORY => {
                let category = word(&news.category?);
                Decision::new(TemplateCategoryChanged { template, category, at })
            }
            _ => {
                let components = components(&news);
                let shape = Shape::of(&components);
                Decision::new(TemplateComponentsChanged { template, shape, at })
                    .sealing(self.of_workspace(components.to_string()))
            }
        })
    }

    fn of_workspace(&self, text: String) -> Personal {
        let content = FragmentContent { fragment: text.into(), alongside: Vec::new() };
        Personal { subject: self.workspace.into(), content: Content::Fragment(content) }
    }
}

/// Components as the platform lists them, from what a notice tells of them.
fn components(news: &TemplateNews) -> Value {
    let line = |kind: &str, text: &Option<String>| {
        text.as_ref().map(|text| json!({ "type": kind, "text": text }))
    };
    let header = news
        .header
        .as_ref()
        .map(|text| json!({ "type": "HEADER", "format": "TEXT", "text": text }));
    let lines = [header, line("BODY", &news.body), line("FOOTER", &news.footer)];
    let mut components: Vec<Value> = lines.into_iter().flatten().collect();
    if !news.buttons.is_empty() {
        let buttons: Vec<Value> = news.buttons.iter().map(button).collect();
        components.push(json!({ "type": "BUTTONS", "buttons": buttons }));
    }
    Value::Array(components)
}

fn button(button: &TemplateButton) -> Value {
    let TemplateButton { kind, text, url, phone_number } = button;
    let parts = [("type", kind), ("text", text), ("url", url), ("phone_number", phone_number)];
    let given = parts.into_iter().filter_map(|(name, part)| {
        part.as_ref().map(|part| (name.to_owned(), Value::from(part.as_str())))
    });
    Value::Object(given.collect())
}
