//! The table of contents: every endpoint, grouped by who calls it.

use crate::api::ApiBuilder;
use crate::system::{docs, health, inbound, metrics, webhook_keys};
use crate::v1::{
    agents, analytics, appointments, apps, broadcasts, canned_replies, channels, contacts,
    conversations, event_types, events, installation, keys, knowledge, lead_rules, leads, limits,
    media, model_connections, people, pipeline, projections, quarantine, search, services,
    template_groups, templates, usage, webhooks, workspaces,
};

/// Every endpoint of the native API.
#[rustfmt::skip]
pub(crate) fn native(api: ApiBuilder) -> ApiBuilder {
    with_templates(knowledge_and_search(with_appointments(with_leads(with_conversations(
        with_answering(api),
    )))))
        // Whoever sets up: the administrator, and keys with the scope `manage`.
        .endpoint::<workspaces::CreateWorkspace>()
        .endpoint::<workspaces::ListWorkspaces>()
        .endpoint::<workspaces::ShowWorkspace>()
        .endpoint::<workspaces::ChangeWorkspace>()
        .endpoint::<workspaces::ShowOptOutWords>()
        .endpoint::<workspaces::SetWords>()
        .endpoint::<workspaces::ShowRateCards>()
        .endpoint::<workspaces::SetCard>()
        .endpoint::<keys::CreateKey>()
        .endpoint::<keys::ListKeys>()
        .endpoint::<keys::RevokeKey>()
        .endpoint::<usage::ListUsage>()
        .endpoint::<usage::ShowCosts>()
        .endpoint::<usage::ListMessageCosts>()
        .endpoint::<limits::ShowLimits>()
        .endpoint::<people::AddPerson>()
        .endpoint::<people::ListPeople>()
        .endpoint::<people::ShowPerson>()
        .endpoint::<people::RemovePerson>()
        .endpoint::<apps::RegisterApp>()
        .endpoint::<apps::ListApps>()
        .endpoint::<apps::ShowApp>()
        .endpoint::<apps::ChangeApp>()
        .endpoint::<apps::AddSecret>()
        .endpoint::<apps::RetireSecret>()
        .endpoint::<channels::ConnectChannel>()
        .endpoint::<channels::ListChannels>()
        .endpoint::<channels::ShowChannel>()
        .endpoint::<channels::ChangeChannel>()
        .endpoint::<channels::ResumeSending>()
        .endpoint::<channels::DisconnectChannel>()
        .endpoint::<analytics::ShowVolumes>()
        .endpoint::<analytics::ShowResponseTimes>()
        .endpoint::<analytics::ShowConversion>()
        // Whoever follows or audits.
        .endpoint::<events::ListEvents>()
        .endpoint::<events::StreamEvents>()
        .endpoint::<event_types::ListEventTypes>()
        .endpoint::<event_types::ShowEventType>()
        // Whoever runs it.
        .endpoint::<installation::ShowInstallation>()
        .endpoint::<installation::ArmInstance>()
        .endpoint::<installation::DisarmInstance>()
        .endpoint::<installation::VerifyInstallation>()
        .endpoint::<quarantine::ListQuarantine>()
        .endpoint::<quarantine::RetryChange>()
        .endpoint::<projections::ListProjections>()
        .endpoint::<projections::ShowProjection>()
        .endpoint::<projections::RebuildProjection>()
        .endpoint::<projections::CancelRebuild>()
        .endpoint::<projections::CompareProjection>()
        .endpoint::<projections::SwapProjection>()
        .endpoint::<projections::RollBackProjection>()
        .endpoint::<health::Healthz>()
        .endpoint::<health::Readyz>()
        .endpoint::<metrics::Metrics>()
        .endpoint::<docs::OpenApi>()
        .endpoint::<docs::Postman>()
        .endpoint::<docs::Reference>()
        .endpoint::<docs::Errors>()
        // The platform.
        .endpoint::<inbound::Handshake>()
        .endpoint::<inbound::Post>()
}

/// Whoever decides who answers and who hears of it.
#[rustfmt::skip]
fn with_answering(api: ApiBuilder) -> ApiBuilder {
    api
        .endpoint::<agents::CreateAgent>()
        .endpoint::<agents::ListAgents>()
        .endpoint::<agents::ShowAgent>()
        .endpoint::<agents::UpdateAgent>()
        .endpoint::<agents::ListAgentVersions>()
        .endpoint::<agents::PublishAgent>()
        .endpoint::<agents::PauseAgent>()
        .endpoint::<agents::ResumeAgent>()
        .endpoint::<agents::ArchiveAgent>()
        .endpoint::<model_connections::AddModelConnection>()
        .endpoint::<model_connections::ListModelConnections>()
        .endpoint::<model_connections::ShowModelConnection>()
        .endpoint::<model_connections::ChangeModelConnection>()
        .endpoint::<model_connections::RemoveModelConnection>()
        .endpoint::<model_connections::CheckModelConnection>()
        .endpoint::<webhooks::CreateWebhook>()
        .endpoint::<webhooks::ListWebhooks>()
        .endpoint::<webhooks::ShowWebhook>()
        .endpoint::<webhooks::UpdateWebhook>()
        .endpoint::<webhooks::DeleteWebhook>()
        .endpoint::<webhooks::RotateSecret>()
        .endpoint::<webhooks::PauseWebhook>()
        .endpoint::<webhooks::ResumeWebhook>()
        .endpoint::<webhooks::ListDeliveries>()
        .endpoint::<webhooks::ShowDelivery>()
        .endpoint::<webhooks::RequestRedelivery>()
        .endpoint::<webhooks::ListRedeliveries>()
        .endpoint::<webhooks::CancelRedelivery>()
        .endpoint::<webhooks::ProbeWebhook>()
        .endpoint::<webhook_keys::ShowWebhookKeys>()
}

/// Whoever books.
#[rustfmt::skip]
fn with_appointments(api: ApiBuilder) -> ApiBuilder {
    api
        .endpoint::<services::CreateService>()
        .endpoint::<services::ListServices>()
        .endpoint::<services::ShowService>()
        .endpoint::<services::UpdateService>()
        .endpoint::<services::ListSlots>()
        .endpoint::<appointments::BookAppointment>()
        .endpoint::<appointments::ListAppointments>()
        .endpoint::<appointments::ShowAppointment>()
        .endpoint::<appointments::ListAppointmentEvents>()
        .endpoint::<appointments::DownloadAppointment>()
        .endpoint::<appointments::MoveAppointment>()
        .endpoint::<appointments::CancelAppointment>()
        .endpoint::<appointments::CompleteAppointment>()
        .endpoint::<appointments::MissAppointment>()
}

/// Whoever works with conversations.
#[rustfmt::skip]
fn with_conversations(api: ApiBuilder) -> ApiBuilder {
    api
        .endpoint::<conversations::ListConversations>()
        .endpoint::<conversations::ShowConversation>()
        .endpoint::<conversations::ListMessages>()
        .endpoint::<conversations::SendMessage>()
        .endpoint::<conversations::CancelMessage>()
        .endpoint::<conversations::ShowMessageMedia>()
        .endpoint::<conversations::MarkAsRead>()
        .endpoint::<media::AddMedia>()
        .endpoint::<media::AddMediaByLink>()
        .endpoint::<media::ListMedia>()
        .endpoint::<media::ShowMedia>()
        .endpoint::<media::ShowMediaContent>()
        .endpoint::<media::RemoveMedia>()
        .endpoint::<canned_replies::AddCannedReply>()
        .endpoint::<canned_replies::ListCannedReplies>()
        .endpoint::<canned_replies::ShowCannedReply>()
        .endpoint::<canned_replies::UpdateCannedReply>()
        .endpoint::<canned_replies::RemoveCannedReply>()
        .endpoint::<conversations::HandOff>()
        .endpoint::<conversations::HandBack>()
        .endpoint::<conversations::ListConversationEvents>()
        .endpoint::<conversations::ShowTimeline>()
        .endpoint::<conversations::ClaimConversation>()
        .endpoint::<conversations::AssignConversation>()
        .endpoint::<conversations::ReleaseConversation>()
        .endpoint::<conversations::CloseConversation>()
        .endpoint::<conversations::ReopenConversation>()
        .endpoint::<conversations::TagConversation>()
        .endpoint::<conversations::UntagConversation>()
        .endpoint::<conversations::AddNote>()
        .endpoint::<conversations::SetTitle>()
        .endpoint::<conversations::DeleteConversation>()
        .endpoint::<conversations::RestoreConversation>()
        .endpoint::<conversations::BulkAct>()
        .endpoint::<conversations::ShowTranscript>()
        .endpoint::<conversations::ShowRecording>()
        .endpoint::<conversations::ListOutstanding>()
        .endpoint::<broadcasts::CreateBroadcast>()
        .endpoint::<broadcasts::ListBroadcasts>()
        .endpoint::<broadcasts::ShowBroadcast>()
        .endpoint::<broadcasts::AddRecipients>()
        .endpoint::<broadcasts::ListRecipients>()
        .endpoint::<broadcasts::TryBroadcast>()
        .endpoint::<broadcasts::StartBroadcast>()
        .endpoint::<broadcasts::PauseBroadcast>()
        .endpoint::<broadcasts::ResumeBroadcast>()
        .endpoint::<broadcasts::CancelBroadcast>()
        .endpoint::<contacts::ListContacts>()
        .endpoint::<contacts::ShowContact>()
        .endpoint::<contacts::MergeContacts>()
        .endpoint::<contacts::UnmergeContacts>()
        .endpoint::<contacts::PreviewErasure>()
        .endpoint::<contacts::DeletePersonalData>()
        .endpoint::<contacts::EraseContact>()
        .endpoint::<contacts::ShowErasure>()
        .endpoint::<contacts::OptOutContact>()
        .endpoint::<contacts::OptInContact>()
        .endpoint::<contacts::ListPreferences>()
        .endpoint::<contacts::PlaceHold>()
        .endpoint::<contacts::ReleaseHold>()
}

/// Whoever writes first.
#[rustfmt::skip]
fn with_templates(api: ApiBuilder) -> ApiBuilder {
    api
        .endpoint::<templates::CreateTemplate>()
        .endpoint::<templates::ListTemplates>()
        .endpoint::<templates::SyncTemplates>()
        .endpoint::<templates::ShowTemplateSync>()
        .endpoint::<templates::ShowTemplate>()
        .endpoint::<templates::DeleteTemplate>()
        .endpoint::<template_groups::CreateGroup>()
        .endpoint::<template_groups::ListGroups>()
        .endpoint::<template_groups::ShowGroup>()
        .endpoint::<template_groups::ChangeGroup>()
        .endpoint::<template_groups::DeleteGroup>()
}

/// Whoever works with leads.
#[rustfmt::skip]
fn with_leads(api: ApiBuilder) -> ApiBuilder {
    api
        .endpoint::<lead_rules::ListLeadRules>()
        .endpoint::<lead_rules::ChangeLeadRules>()
        .endpoint::<leads::CreateLead>()
        .endpoint::<leads::ListLeads>()
        .endpoint::<leads::ImportLeads>()
        .endpoint::<leads::ShowLead>()
        .endpoint::<leads::ListLeadEvents>()
        .endpoint::<leads::ChangeLead>()
        .endpoint::<leads::ChangeLeadStatus>()
        .endpoint::<leads::MergeLeads>()
        .endpoint::<leads::MoveLead>()
        .endpoint::<leads::DeleteLeadData>()
        .endpoint::<leads::ShowLeadErasure>()
        .endpoint::<pipeline::ShowPipeline>()
        .endpoint::<pipeline::SetTarget>()
}

/// Whoever answers from what the business knows, or looks for what was said.
fn knowledge_and_search(api: ApiBuilder) -> ApiBuilder {
    api.endpoint::<knowledge::AddDocument>()
        .endpoint::<knowledge::ListDocuments>()
        .endpoint::<knowledge::SearchKnowledge>()
        .endpoint::<knowledge::UploadFile>()
        .endpoint::<knowledge::CrawlSite>()
        .endpoint::<knowledge::ListImports>()
        .endpoint::<knowledge::ShowImport>()
        .endpoint::<knowledge::ListImportPages>()
        .endpoint::<knowledge::CancelImport>()
        .endpoint::<knowledge::ImportAgain>()
        .endpoint::<knowledge::ShowDocument>()
        .endpoint::<knowledge::ListVersions>()
        .endpoint::<knowledge::UpdateDocument>()
        .endpoint::<knowledge::RemoveDocument>()
        .endpoint::<search::SearchMessages>()
        .endpoint::<search::SearchContacts>()
        .endpoint::<search::SearchLeads>()
}
