//! The table: which request carries out which command of a story.

use convolog_replay::story::{Command, ImportStep, Known, ServiceArguments};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// How a command is carried out over HTTP.
#[derive(Debug)]
pub(super) enum Way {
    /// By one request.
    Request(Method, String, Option<Value>),
    /// By taking a file in: its name, its media type and what is in it.
    File { name: String, media: &'static str, content: String, agent: Option<Uuid> },
    /// By retiring the secret of an app that `GET /v1/apps/{id}` lists first.
    OldestSecret(Uuid),
    /// By no request: the command, and who can do it.
    Engine(&'static str),
}

/// The way of a command in a workspace.
#[expect(clippy::too_many_lines, reason = "a table: which commands each part knows the way of")]
pub(super) fn way(command: &Command, workspace: Uuid) -> Way {
    use Command as C;
    match command {
        C::CreateWorkspace { .. }
        | C::RenameWorkspace { .. }
        | C::ChangePlan { .. }
        | C::AddPerson { .. }
        | C::RemovePerson { .. }
        | C::CreateKey { .. }
        | C::SetOptOutWords { .. }
        | C::SetRateCard { .. }
        | C::RevokeKey { .. } => way_of_workspace(command, workspace),
        C::RegisterApp { .. }
        | C::AddAppSecret { .. }
        | C::RetireAppSecret { .. }
        | C::ReplaceVerifyToken { .. }
        | C::ConnectChannel { .. }
        | C::DisconnectChannel { .. }
        | C::ReplaceToken { .. } => way_of_numbers(command),
        C::AddDocument { .. }
        | C::UpdateDocument { .. }
        | C::RemoveDocument { .. }
        | C::ImportFile { .. }
        | C::CrawlSite { .. }
        | C::Import { .. } => way_of_knowledge(command),
        C::SendMessage { conversation, .. } => {
            post(format!("/v1/conversations/{conversation}/messages"), message(command))
        }
        C::Sending { .. } => Way::Engine("sending: the sender does it"),
        C::AddMedia { .. } => Way::Engine("add_media: a file is no JSON"),
        C::RemoveMedia { media } => delete(format!("/v1/media/{media}")),
        C::UnreadLink { .. } => Way::Engine("unread_link: nobody is called in a story"),
        C::Upload { .. } => Way::Engine("upload: the sender does it"),
        C::AddCannedReply { .. } | C::UpdateCannedReply { .. } | C::RemoveCannedReply { .. } => {
            way_of_canned_replies(command)
        }
        C::SetReadMarks { channel, marks } => {
            patch(format!("/v1/channels/{channel}"), json!({ "read_marks": marks }))
        }
        C::MarkRead { .. } => Way::Engine("mark_read: the platform is told"),
        C::Fetching { .. } => Way::Engine("fetching: the fetcher does it"),
        C::ReplyAsAgent { .. } => Way::Engine("reply_as_agent: the responder does it"),
        C::SyncTemplates { channel } => {
            post("/v1/templates/sync", json!({ "channel_id": channel }))
        }
        C::CreateTemplate { channel, name, language, category, components } => post(
            "/v1/templates",
            json!({
                "channel_id": channel, "name": name, "language": language, "category": category,
                "components": components,
            }),
        ),
        C::TemplateStep { .. } => Way::Engine("template_step: whoever asks the platform does it"),
        C::DeleteTemplate { template } => delete(format!("/v1/templates/{template}")),
        C::CreateTemplateGroup { name, members } => {
            post("/v1/template-groups", json!({ "name": name, "members": members }))
        }
        C::ChangeTemplateGroup { group, name, members } => patch(
            format!("/v1/template-groups/{group}"),
            without_nulls(json!({ "name": name, "members": members })),
        ),
        C::DeleteTemplateGroup { group } => delete(format!("/v1/template-groups/{group}")),
        C::TemplatesRead { .. } => Way::Engine("templates_read: the reader of templates does it"),
        C::ResumeSending { channel } => order(format!("/v1/channels/{channel}/resume")),
        C::Act { .. } => act(command),
        C::CreateAgent { .. } | C::UpdateAgent { .. } | C::Agent { .. } => way_of_agents(command),
        C::CreateWebhook { .. }
        | C::UpdateWebhook { .. }
        | C::RotateWebhookSecret { .. }
        | C::Webhook { .. } => way_of_webhooks(command),
        C::Deliver { .. } => Way::Engine("deliver: the deliverer does it"),
        C::CreateBroadcast { .. }
        | C::AddRecipients { .. }
        | C::Broadcast { .. }
        | C::GiveTurn { .. } => way_of_broadcasts(command),
        C::MergeContacts { .. }
        | C::UnmergeContacts { .. }
        | C::EraseContact { .. }
        | C::PlaceLegalHold { .. }
        | C::OptOut { .. }
        | C::OptIn { .. }
        | C::ReleaseLegalHold { .. } => way_of_contacts(command, workspace),
        C::OpenLead { .. }
        | C::ChangeLead { .. }
        | C::ChangeStage { .. }
        | C::LinkLead { .. }
        | C::MoveLead { .. }
        | C::MergeLeads { .. }
        | C::EraseLead { .. }
        | C::SetTarget { .. } => way_of_leads(command),
        C::CreateService { .. }
        | C::UpdateService { .. }
        | C::BookAppointment { .. }
        | C::MoveAppointment { .. }
        | C::CancelAppointment { .. }
        | C::EndAppointment { .. }
        | C::RemindOfAppointment { .. } => way_of_appointments(command),
        C::AddModel { .. }
        | C::ChangeModel { .. }
        | C::RemoveModel { .. }
        | C::RecordModelCheck { .. }
        | C::SetLeadRules { .. }
        | C::LearnFromMessage { .. } => way_of_answering(command),
        C::RetryQuarantined { change } => order(format!("/v1/quarantine/{change}/retry")),
        // A server arms itself; only `convolog arm --instance` names another.
        C::Arm { .. } => Way::Engine("arm: naming an instance is for the command line"),
        C::Disarm { reason } => post("/v1/installation/disarm", json!({ "reason": reason })),
    }
}

/// A workspace, its people and their keys.
fn way_of_workspace(command: &Command, workspace: Uuid) -> Way {
    use Command as C;
    match command {
        C::CreateWorkspace { name, plan } => {
            post("/v1/workspaces", json!({ "name": name, "plan": plan }))
        }
        C::RenameWorkspace { name } => {
            patch(format!("/v1/workspaces/{workspace}"), json!({ "name": name }))
        }
        C::ChangePlan { plan } => {
            patch(format!("/v1/workspaces/{workspace}"), json!({ "plan": plan }))
        }
        C::SetRateCard { valid_from, currency, rates } => {
            let from = jiff::Timestamp::from_second(*valid_from).map(|from| from.to_string());
            let from = from.unwrap_or_default();
            post(
                "/v1/settings/rate-cards",
                json!({ "valid_from": from, "currency": currency, "rates": rates }),
            )
        }
        C::SetOptOutWords { stop, start, scope } => post(
            "/v1/settings/opt-out",
            json!({ "stop_words": stop, "start_words": start, "scope": scope }),
        ),
        C::AddPerson { name, role, email } => {
            post("/v1/people", json!({ "name": name, "role": role, "email": email }))
        }
        C::RemovePerson { person } => delete(format!("/v1/people/{person}")),
        C::CreateKey { name, mode, scopes, surface, person, expires_at } => post(
            format!("/v1/workspaces/{workspace}/keys"),
            json!({
                "name": name, "mode": mode, "scopes": scopes, "surface": surface, "person": person,
                "expires_at": expires_at,
            }),
        ),
        C::RevokeKey { key } => delete(format!("/v1/workspaces/{workspace}/keys/{key}")),
        _ => Way::Engine("a command that is not about a workspace"),
    }
}

/// Apps and channels.
fn way_of_numbers(command: &Command) -> Way {
    use Command as C;
    match command {
        C::RegisterApp { name, secret, verify_token, installation: _ } => post(
            "/v1/apps",
            json!({ "name": name, "app_secret": secret, "verify_token": verify_token }),
        ),
        C::AddAppSecret { app, secret } => {
            post(format!("/v1/apps/{app}/secrets"), json!({ "app_secret": secret }))
        }
        C::RetireAppSecret { app } => Way::OldestSecret(*app),
        C::ReplaceVerifyToken { app, verify_token } => {
            patch(format!("/v1/apps/{app}"), json!({ "verify_token": verify_token }))
        }
        C::ConnectChannel {
            name,
            app,
            phone_number_id,
            waba_id,
            display_phone_number,
            access_token,
        } => post(
            "/v1/channels",
            json!({
                "type": "whatsapp", "name": name, "app_id": app, "waba_id": waba_id,
                "phone_number_id": phone_number_id, "access_token": access_token,
                "display_phone_number": display_phone_number,
            }),
        ),
        C::DisconnectChannel { channel } => delete(format!("/v1/channels/{channel}")),
        C::ReplaceToken { channel, access_token } => {
            patch(format!("/v1/channels/{channel}"), json!({ "access_token": access_token }))
        }
        _ => Way::Engine("a command that is not about numbers"),
    }
}

/// What the business knows.
fn way_of_knowledge(command: &Command) -> Way {
    use Command as C;
    match command {
        C::AddDocument { title, content, format, language, agent } => post(
            "/v1/knowledge",
            json!({
                "title": title, "content": content, "format": format, "language": language,
                "agent_id": agent,
            }),
        ),
        C::UpdateDocument { document, title, content, format, language, agent } => patch(
            format!("/v1/knowledge/{document}"),
            without_nulls(json!({
                "title": title, "content": content, "format": format, "language": language,
                "agent_id": agent,
            })),
        ),
        C::RemoveDocument { document } => delete(format!("/v1/knowledge/{document}")),
        C::ImportFile { name, content, agent } => Way::File {
            media: match name.rsplit_once('.').map(|(_, ending)| ending) {
                Some("html") => "text/html",
                Some("md") => "text/markdown",
                _ => "text/plain",
            },
            name: name.clone(),
            content: content.clone(),
            agent: *agent,
        },
        C::CrawlSite { url, depth, pages } => post(
            "/v1/knowledge/crawls",
            without_nulls(json!({ "url": url, "depth": depth, "pages": pages })),
        ),
        C::Import { import, step: ImportStep::Cancel } => {
            order(format!("/v1/knowledge/imports/{import}/cancel"))
        }
        C::Import { .. } => Way::Engine("a step of an import: the importer takes it by itself"),
        _ => Way::Engine("a command that is not about documents"),
    }
}

/// What the staff says again and again.
fn way_of_canned_replies(command: &Command) -> Way {
    use Command as C;
    let path = "/v1/canned-replies";
    match command {
        C::AddCannedReply { shortcut, text, language, tags } => post(
            path,
            json!({ "shortcut": shortcut, "text": text, "language": language, "tags": tags }),
        ),
        C::UpdateCannedReply { canned_reply, shortcut, text } => patch(
            format!("{path}/{canned_reply}"),
            without_nulls(json!({ "shortcut": shortcut, "text": text })),
        ),
        C::RemoveCannedReply { canned_reply } => delete(format!("{path}/{canned_reply}")),
        _ => Way::Engine("a command that is not about canned replies"),
    }
}

/// What an operator does; a claim is for whoever acts.
fn act(command: &Command) -> Way {
    let Command::Act { conversation, action, person, tags, text } = command else {
        return Way::Engine("only acts are acted out");
    };
    let path = format!("/v1/conversations/{conversation}");
    match action.as_str() {
        "assign" => post(format!("{path}/assign"), json!({ "person_id": person })),
        "tag" => post(format!("{path}/tags"), json!({ "tags": tags })),
        "untag" => post(format!("{path}/untag"), json!({ "tags": tags })),
        "note" => post(format!("{path}/notes"), json!({ "text": text })),
        "title" => {
            let title = text.as_deref().unwrap_or_default();
            post(format!("{path}/title"), json!({ "title": title }))
        }
        "delete" => delete(path),
        "handoff" => post(format!("{path}/handoff"), json!({ "reason": text })),
        other => order(format!("{path}/{other}")),
    }
}

/// The way of a command about agents.
fn way_of_agents(command: &Command) -> Way {
    use Command as C;
    match command {
        C::CreateAgent { name, instructions, channels } => post(
            "/v1/agents",
            json!({ "name": name, "instructions": instructions, "channels": channels }),
        ),
        C::UpdateAgent { agent, instructions, provider, language } => patch(
            format!("/v1/agents/{agent}"),
            without_nulls(
                json!({ "instructions": instructions, "provider": provider, "language": language }),
            ),
        ),
        C::Agent { agent, action, version } if action == "publish" => {
            post(format!("/v1/agents/{agent}/publish"), json!({ "version": version }))
        }
        C::Agent { agent, action, version: _ } => {
            Way::Request(Method::POST, format!("/v1/agents/{agent}/{action}"), None)
        }
        _ => Way::Engine("a command that is not about agents"),
    }
}

/// The way of a command about connections to models, and about what is learned of leads.
fn way_of_answering(command: &Command) -> Way {
    use Command as C;
    match command {
        C::AddModel { url, provider, model, secret } => post(
            "/v1/model-connections",
            json!({
                "name": "Model", "base_url": url, "provider": provider, "model": model,
                "api_key": secret,
            }),
        ),
        C::ChangeModel { connection, url, model, secret } => patch(
            format!("/v1/model-connections/{connection}"),
            without_nulls(json!({ "base_url": url, "model": model, "api_key": secret })),
        ),
        C::RemoveModel { connection } => delete(format!("/v1/model-connections/{connection}")),
        C::RecordModelCheck { .. } => {
            Way::Engine("record_model_check: trying the connection does it")
        }
        C::SetLeadRules { agent, currency, needs, budget_at_least } => {
            let budget = budget_at_least.as_deref().map(money);
            let rule =
                json!({ "name": "ready_to_buy", "fields": needs, "budget_at_least": budget });
            post(
                "/v1/lead-rules",
                json!({ "agent_id": agent, "currency": currency, "qualifies": [rule] }),
            )
        }
        C::LearnFromMessage { .. } => Way::Engine("learn_from_message: whoever reads them does it"),
        _ => Way::Engine("a command that is not about answering"),
    }
}

/// The way of a command about webhooks.
fn way_of_webhooks(command: &Command) -> Way {
    use Command as C;
    match command {
        C::CreateWebhook { url, events, secret: _ } => {
            post("/v1/webhooks", json!({ "url": url, "events": events, "order": "ordered" }))
        }
        C::UpdateWebhook { webhook, url, events } => {
            let body = without_nulls(json!({ "url": url, "events": events }));
            patch(format!("/v1/webhooks/{webhook}"), body)
        }
        C::RotateWebhookSecret { webhook, secret: _, overlap_seconds } => post(
            format!("/v1/webhooks/{webhook}/rotate-secret"),
            json!({ "overlap_seconds": overlap_seconds }),
        ),
        C::Webhook { webhook, action } if action == "delete" => {
            delete(format!("/v1/webhooks/{webhook}"))
        }
        C::Webhook { webhook, action } => {
            Way::Request(Method::POST, format!("/v1/webhooks/{webhook}/{action}"), None)
        }
        _ => Way::Engine("a command that is not about webhooks"),
    }
}

/// The way of a command about broadcasts.
fn way_of_broadcasts(command: &Command) -> Way {
    use Command as C;
    match command {
        C::CreateBroadcast { channel, name, kind, text, element, marketing, per_minute } => {
            let mut message = without_nulls(json!({ "type": kind, "text": text }));
            if let (Some(element), Some(members)) = (element, message.as_object_mut()) {
                members.insert(kind.clone(), element.clone());
            }
            post(
                "/v1/broadcasts",
                json!({
                    "name": name, "channel_id": channel, "message": message,
                    "marketing": marketing, "per_minute": per_minute,
                }),
            )
        }
        C::AddRecipients { broadcast, recipients } => post(
            format!("/v1/broadcasts/{broadcast}/recipients"),
            json!({ "recipients": recipients }),
        ),
        C::Broadcast { action, .. } if action == "finish" => {
            Way::Engine("broadcast finish: the broadcaster does it")
        }
        C::Broadcast { broadcast, action } if action == "start" => {
            post(format!("/v1/broadcasts/{broadcast}/start"), json!({}))
        }
        C::Broadcast { broadcast, action } => order(format!("/v1/broadcasts/{broadcast}/{action}")),
        C::GiveTurn { .. } => Way::Engine("give_turn: the broadcaster does it"),
        _ => Way::Engine("a command that is not about broadcasts"),
    }
}

/// The way of a command about contacts.
fn way_of_contacts(command: &Command, workspace: Uuid) -> Way {
    use Command as C;
    match command {
        C::MergeContacts { survivor, other } => {
            post(format!("/v1/contacts/{survivor}/merge"), json!({ "other": other }))
        }
        C::UnmergeContacts { survivor, other } => {
            post(format!("/v1/contacts/{survivor}/unmerge"), json!({ "other": other }))
        }
        C::EraseContact { contact, reason } => post(
            format!("/v1/contacts/{contact}/erase"),
            json!({ "workspace_id": workspace, "reason": reason }),
        ),
        C::PlaceLegalHold { contact, reason, note } => post(
            format!("/v1/contacts/{contact}/legal-hold"),
            json!({ "reason": reason, "note": note }),
        ),
        C::OptOut { contact, scope, reason, note } => post(
            format!("/v1/contacts/{contact}/opt-out"),
            json!({ "scope": scope, "reason": reason, "note": note }),
        ),
        C::OptIn { contact, scope, reason, note } => post(
            format!("/v1/contacts/{contact}/opt-in"),
            json!({ "scope": scope, "reason": reason, "note": note }),
        ),
        C::ReleaseLegalHold { contact } => {
            order(format!("/v1/contacts/{contact}/legal-hold/release"))
        }
        _ => Way::Engine("a command that is not about contacts"),
    }
}

/// The way of a command about services and appointments.
fn way_of_appointments(command: &Command) -> Way {
    use Command as C;
    match command {
        C::CreateService { settings } => post("/v1/services", service(settings)),
        C::UpdateService { service: id, settings } => {
            patch(format!("/v1/services/{id}"), service(settings))
        }
        C::BookAppointment { service, starts_at, contact, conversation, lead, title, note } => {
            post(
                "/v1/appointments",
                json!({
                    "service_id": service, "starts_at": starts_at, "contact_id": contact,
                    "conversation_id": conversation, "lead_id": lead, "title": title, "note": note,
                }),
            )
        }
        C::MoveAppointment { appointment, starts_at } => {
            post(format!("/v1/appointments/{appointment}/move"), json!({ "starts_at": starts_at }))
        }
        C::CancelAppointment { appointment, reason } => {
            post(format!("/v1/appointments/{appointment}/cancel"), json!({ "reason": reason }))
        }
        C::EndAppointment { appointment, outcome } => {
            order(format!("/v1/appointments/{appointment}/{outcome}"))
        }
        C::RemindOfAppointment { .. } => {
            Way::Engine("remind_of_appointment: Convolog does it when it is due")
        }
        _ => Way::Engine("a command that is not about appointments"),
    }
}

/// What a service is set to, as the API takes it.
fn service(settings: &ServiceArguments) -> Value {
    let mut body = serde_json::to_value(settings).unwrap_or_default();
    if let Some(members) = body.as_object_mut() {
        if let Some(person) = members.shift_remove("person") {
            members.insert("staff_id".to_owned(), person);
        }
        let days = members.get_mut("exceptions").and_then(Value::as_array_mut);
        for exception in days.into_iter().flatten().filter_map(Value::as_object_mut) {
            if let Some(day) = exception.shift_remove("day") {
                exception.insert("date".to_owned(), day);
            }
        }
    }
    without_nulls(body)
}

/// The way of a command about leads.
fn way_of_leads(command: &Command) -> Way {
    use Command as C;
    match command {
        C::OpenLead { source, contact, external_id, known } => post(
            "/v1/leads",
            with(
                known_of_lead(known),
                json!({ "source": source, "contact_id": contact, "external_id": external_id }),
            ),
        ),
        C::ChangeLead { lead, known } => patch(format!("/v1/leads/{lead}"), known_of_lead(known)),
        C::ChangeStage { lead, status, reason } => patch(
            format!("/v1/leads/{lead}/status"),
            without_nulls(json!({ "status": status.to_uppercase(), "reason": reason })),
        ),
        C::LinkLead { lead, contact } => {
            patch(format!("/v1/leads/{lead}"), json!({ "contact_id": contact }))
        }
        C::MoveLead { lead, after, before } => {
            post(format!("/v1/leads/{lead}/move"), json!({ "after": after, "before": before }))
        }
        C::MergeLeads { lead, merged } => {
            post(format!("/v1/leads/{lead}/merge"), json!({ "other": merged }))
        }
        C::EraseLead { lead, reason } => {
            delete(format!("/v1/leads/{lead}/personal-data?reason={reason}"))
        }
        C::SetTarget { status, period, count, value } => post(
            "/v1/pipeline/targets",
            json!({
                "status": status, "period": period, "count": count,
                "value": value.as_deref().map(money),
            }),
        ),
        _ => Way::Engine("a command that is not about leads"),
    }
}

/// What is known of a lead, as the API takes it. What a story does not say is left out; null takes
/// a field away.
fn known_of_lead(known: &Known) -> Value {
    let Known { fields, score, score_reasons, value, person } = known;
    let own = ["name", "phone", "email", "company", "note"];
    let texts = |wanted: bool| {
        let some = fields.iter().filter(|(name, _)| own.contains(&name.as_str()) == wanted);
        Value::Object(some.map(|(name, text)| (name.clone(), json!(text))).collect())
    };
    let others = texts(false);
    let there = without_nulls(json!({
        "score": score,
        "score_reasons": (!score_reasons.is_empty()).then_some(score_reasons),
        "owner_id": person,
        "fields": others.as_object().filter(|others| !others.is_empty()),
    }));
    let value = value.as_deref().map_or_else(|| json!({}), |text| json!({ "value": money(text) }));
    with(with(texts(true), there), value)
}

/// A message that is asked for.
fn message(command: &Command) -> Value {
    let Command::SendMessage { kind, text, element, reply_to, send_at, category, .. } = command
    else {
        return Value::Null;
    };
    let media = ["image", "video", "audio", "document", "sticker"].contains(&kind.as_str());
    let at = send_at.and_then(|at| jiff::Timestamp::from_second(at).ok());
    let mut body = json!({
        "type": kind, "text": text, "reply_to": reply_to, "send_at": at.map(|at| at.to_string()),
        "category": category,
    });
    if let (Some(element), Some(members)) = (element, body.as_object_mut()) {
        members.insert(if media { "media".to_owned() } else { kind.clone() }, element.clone());
    }
    body
}

/// The members of both.
fn with(mut body: Value, more: Value) -> Value {
    if let (Some(members), Value::Object(more)) = (body.as_object_mut(), more) {
        members.extend(more);
    }
    body
}

/// `150000 BRL` as the API takes it; null for nothing.
fn money(text: &str) -> Value {
    let parts = text.split_once(' ');
    let amount = parts.and_then(|(amount, _)| amount.parse::<u64>().ok());
    match (amount, parts) {
        (Some(amount), Some((_, currency))) => json!({ "amount": amount, "currency": currency }),
        _ => Value::Null,
    }
}

/// A command that says all by its path.
const fn order(path: String) -> Way {
    Way::Request(Method::POST, path, None)
}

fn patch(path: String, body: Value) -> Way {
    Way::Request(Method::PATCH, path, Some(body))
}

fn post(path: impl Into<String>, body: Value) -> Way {
    Way::Request(Method::POST, path.into(), Some(without_nulls(body)))
}

fn delete(path: String) -> Way {
    Way::Request(Method::DELETE, path, None)
}

/// What a story does not say is not sent.
fn without_nulls(mut body: Value) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    body
}
