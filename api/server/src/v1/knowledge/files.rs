//! Taking a file in.

use axum::http::{HeaderMap, StatusCode, header};
use convolog_domain::api_key::Scope;
use convolog_domain::import::{FileFormat, ImportFile};
use convolog_domain::limits::FILE_BYTES_MAX;
use convolog_domain::{AgentId, ImportId, Sensitive, SensitiveBytes};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::imports::{ImportAsked, asked};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, FileBody, FileTypes, Json, NoParameters, Reply, plain_type,
};
use crate::problem::{Outcome, Problem};
use crate::rates::Quota;

/// `POST /v1/knowledge/files`
pub(crate) struct UploadFile;

/// What is known of a file besides what is in it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AboutFile {
    /// What the file is called, such as `menu.pdf`. A file of the same name, for the same agent, is
    /// the next version of it.
    #[schemars(with = "String", length(min = 1, max = 255))]
    name: Sensitive,
    /// What its document is to be called; what the file says of itself if not given.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 200))]
    title: Option<Sensitive>,
    /// The language, a code of ISO 639 such as `pt`; worked out from the text if not given.
    #[serde(default)]
    #[schemars(length(min = 2, max = 3))]
    language: Option<String>,
    /// The agent that alone may answer from it; every agent may if not given.
    #[serde(default)]
    agent_id: Option<Uuid>,
}

/// What text can be taken out of.
pub(crate) struct Readable;

/// The media types that are taken, the format that each stands for, and the endings of names.
const TYPES: [(&str, FileFormat, &[&str]); 5] = [
    ("application/pdf", FileFormat::Pdf, &["pdf"]),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileFormat::Docx,
        &["docx"],
    ),
    ("text/html", FileFormat::Html, &["html", "htm", "xhtml"]),
    ("text/markdown", FileFormat::Markdown, &["md", "markdown"]),
    ("text/plain", FileFormat::Text, &["txt", "text"]),
];

impl FileTypes for Readable {
    fn all() -> Vec<&'static str> {
        TYPES.iter().map(|(media, ..)| *media).collect()
    }
}

impl Endpoint for UploadFile {
    const DECLARATION: Declaration =
        Declaration::post("/v1/knowledge/files", "upload_file", "Take a file in")
            .describing("The body is the file as it is, with its `Content-Type` (PDF, DOCX, HTML, Markdown or text; without one the ending of its name tells): `curl --data-binary @menu.pdf -H 'Content-Type: application/pdf' '…/v1/knowledge/files?name=menu.pdf'`. At most 10 MiB. An import takes its text out and makes a document of it, or several if it is too long for one; headings are kept. The same file again changes nothing; a file of the same name that says something else is the next version of the document.")
            .group("Knowledge")
            .access(Access::Key(Scope::Write))
            .using(Quota::KnowledgeWrites)
            .body_up_to(FILE_BYTES_MAX)
            .answers(StatusCode::ACCEPTED, "The import, which waits for its turn.");
    type Path = NoParameters;
    type Query = AboutFile;
    type Body = FileBody<Readable>;
    type Ok = Json<ImportAsked>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (ImportId(call.new_id("import")), call.workspace());
        let AboutFile { name, title, language, agent_id } = call.query.clone();
        let command = ImportFile {
            workspace,
            import: id,
            format: file_format(&call.headers, &name)?,
            name,
            title,
            bytes: SensitiveBytes(call.body.bytes.to_vec()),
            language,
            agent: agent_id.map(AgentId),
        };
        let answer = move |_: &[_]| Answer::open(202, asked(id), workspace);
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answered = call.app.engine().import_file(&caller, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

/// How the file is written: by its media type, else by its name.
pub(crate) fn file_format(headers: &HeaderMap, name: &Sensitive) -> Outcome<FileFormat> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    let media = media.map(plain_type);
    let ending = name.expose().rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    // What clients send that were told nothing.
    let untold =
        ["application/octet-stream", "application/x-www-form-urlencoded", "binary/octet-stream"];
    let known = match media.as_deref().filter(|media| !untold.contains(media)) {
        Some(media) => TYPES.iter().find(|(known, ..)| *known == media),
        None => TYPES.iter().find(|(.., endings)| {
            ending.as_deref().is_some_and(|ending| endings.contains(&ending))
        }),
    };
    known.map(|(_, format, _)| *format).ok_or_else(|| {
        let media: Vec<_> = TYPES.iter().map(|(media, ..)| *media).collect();
        let detail = format!("The Content-Type must be one of {}.", media.join(", "));
        Problem::field("Content-Type", detail)
    })
}
