//! `convolog check-posts`: is anything of a webhook body lost on its way through the log?
//!
//! A fresh installation in a temporary folder, every number and account of the bodies connected,
//! every body signed and posted, printed again from its events, and compared leaf by leaf.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Args;
use convolog_domain::{
    ChannelId, Content, Event, SubjectId, WorkspaceId, number::OwnershipProof, quarantine, receipt,
    workspace::CreateWorkspace,
};
use convolog_engine::{
    Answer, AppChoice, AppSecrets, Caller, ChannelSpec, DataFolder, Disclose as _, Disclosure,
    Engine, FolderOptions, Inbound, Recorded, print_post,
};
use convolog_log::{Filter, Position};
use convolog_vault::MasterKey;
use convolog_whatsapp::compare;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::out;
use super::outcome::{Ended, Failure, Outcome};

/// The secret of the installation that lives for a moment.
const SECRET: &str = "the secret of a folder that is thrown away";

/// Which bodies.
#[derive(Debug, Args)]
pub(crate) struct CheckPosts {
    /// A folder of webhook bodies: every file that ends in .json
    folder: PathBuf,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What became of one body.
#[derive(Debug, Default, Serialize)]
struct Checked {
    file: String,
    leaves: usize,
    differences: usize,
    accepted: usize,
    quarantined: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// All of them together.
#[derive(Debug, Default, Serialize)]
struct Total {
    files: usize,
    compared: usize,
    leaves: usize,
    differences: usize,
    problems: usize,
    bodies: Vec<Checked>,
}

impl CheckPosts {
    /// Posts, prints and compares.
    pub(crate) async fn run(&self) -> Ended {
        let bodies = read(&self.folder)?;
        if bodies.is_empty() {
            let what = format!("{} holds no .json file", self.folder.display());
            return Err(Failure::usage(what));
        }
        let scratch = tempfile::tempdir()?;
        let master = MasterKey::parse(&MasterKey::generate())?;
        let mut options = FolderOptions::default();
        options.log.ballast_bytes = 0;
        let folder = DataFolder::open_or_create(scratch.path(), &master, options)?;
        let engine = folder.engine();
        connect(engine, &bodies).await?;
        let mut total = Total::default();
        let mut known = HashMap::new();
        for (file, body) in &bodies {
            let checked = check(engine, file, body, &mut known).await?;
            total.add(checked);
        }
        if self.json {
            out::json(&total)?;
        } else {
            out::print(total.text())?;
        }
        Ok(Outcome::fine_if(total.differences == 0 && total.problems == 0))
    }
}

fn read(folder: &Path) -> Result<BTreeMap<String, Bytes>, Failure> {
    let mut bodies = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|ending| ending == "json") {
            bodies.insert(name, Bytes::from(std::fs::read(&path)?));
        }
    }
    Ok(bodies)
}

/// Which account each number belongs to, and accounts that come without a number.
fn named(bodies: &BTreeMap<String, Bytes>) -> (BTreeMap<String, String>, Vec<String>) {
    let (mut numbers, mut accounts) = (BTreeMap::new(), Vec::new());
    for body in bodies.values() {
        for part in convolog_whatsapp::split(body).into_iter().flatten() {
            let Some(account) = part.account_id else { continue };
            if let Some(number) = part.phone_number_id {
                numbers.entry(number).or_insert_with(|| account.clone());
            }
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
    }
    accounts.retain(|account| !numbers.values().any(|of_number| of_number == account));
    (numbers, accounts)
}

/// One workspace with one app, and a channel for each number.
async fn connect(engine: &Engine, bodies: &BTreeMap<String, Bytes>) -> Result<(), Failure> {
    let workspace = WorkspaceId(Uuid::from_u128(1));
    let caller = Caller::administrator(workspace);
    let create = CreateWorkspace { name: "Check".to_owned(), plan: "free".to_owned() };
    engine.create_workspace(&caller, workspace, create, None, nothing).await?;
    let app = convolog_domain::AppId(Uuid::from_u128(2));
    let secrets = AppSecrets {
        secret: SecretString::from(SECRET),
        verify_token: SecretString::from("not asked for"),
        graph_version: "v25.0".to_owned(),
    };
    engine.register_app(&caller, app, "Check", &secrets, None, nothing).await?;
    let (mut numbers, accounts) = named(bodies);
    // An account that comes without a number is linked through a number that does not exist.
    for (n, account) in accounts.into_iter().enumerate() {
        numbers.insert(format!("9000{n:012}"), account);
    }
    for (n, (number, account)) in numbers.iter().enumerate() {
        let spec = ChannelSpec {
            platform: "whatsapp".to_owned(),
            name: format!("Number {n}"),
            app: AppChoice::Registered(app),
            phone_number_id: number.clone(),
            waba_id: account.clone(),
            display_phone_number: "+1 555 0100".into(),
            access_token: None,
            graph_url: "https://graph.example.com".to_owned(),
            plain_http_allowed: false,
            proof: OwnershipProof::Waived,
        };
        let id = ChannelId(Uuid::from_u128(1_000 + u128::try_from(n)?));
        if let Err(error) = engine.connect_channel(&caller, id, &spec, None, nothing).await {
            // What names it goes to the quarantine, which keeps it whole and is compared too.
            out::note(format!("account {account} cannot be connected: {error}"));
        }
    }
    Ok(())
}

fn nothing(_: &[Event]) -> Answer {
    let subject = SubjectId(Uuid::nil());
    Answer { status: 201, body: Value::Null, masked: Value::Null, subject }
}

async fn check(
    engine: &Engine,
    file: &str,
    body: &Bytes,
    known: &mut HashMap<Bytes, Stored>,
) -> Result<Checked, Failure> {
    let mut checked = Checked { file: file.to_owned(), ..Checked::default() };
    let before = engine.log().head();
    let signature = convolog_whatsapp::sign(SECRET.as_bytes(), body);
    let received = Inbound::new(engine.clone()).receive(body.clone(), Some(&signature)).await?;
    checked.accepted = received.accepted;
    checked.quarantined = received.quarantined;
    let stored = stored_after(engine, before)?;
    if stored.receipt.is_some() || !stored.quarantined.is_empty() {
        known.insert(body.clone(), stored);
    }
    let Some(stored) = known.get(body) else {
        checked.problem = Some("nothing was written".to_owned());
        return Ok(checked);
    };
    match stored.print(engine) {
        Ok(printed) => match compare::leaves(&String::from_utf8_lossy(body), &printed) {
            Some(found) => {
                checked.leaves = found.leaves;
                checked.differences = found.differences;
            }
            None if printed.as_bytes() == body.as_ref() => {}
            None => checked.problem = Some("what was printed is no JSON".to_owned()),
        },
        Err(error) => checked.problem = Some(error),
    }
    Ok(checked)
}

/// Where a body stands in the log.
#[derive(Debug, Default)]
struct Stored {
    /// The receipt of what was taken.
    receipt: Option<Position>,
    /// What was set aside, as it came.
    quarantined: Vec<String>,
}

impl Stored {
    fn print(&self, engine: &Engine) -> Result<String, String> {
        let printed = match self.receipt {
            Some(receipt) => Some(print_post(engine, receipt).map_err(|error| error.to_string())?),
            None => None,
        };
        if let (Some(printed), []) = (&printed, self.quarantined.as_slice()) {
            return Ok(printed.clone());
        }
        if let (None, [whole]) = (&printed, self.quarantined.as_slice())
            && convolog_whatsapp::split(whole.as_bytes()).is_err()
        {
            // A body that is no post of this platform is set aside whole.
            return Ok(whole.clone());
        }
        let mut parts = Vec::new();
        for text in printed.iter().chain(&self.quarantined) {
            let split = convolog_whatsapp::split(text.as_bytes());
            parts.extend(split.map_err(|_| "what was set aside is no post".to_owned())?);
        }
        Ok(convolog_whatsapp::join(&parts))
    }
}

/// What was written after a position.
fn stored_after(engine: &Engine, mut after: Position) -> Result<Stored, Failure> {
    let mut stored = Stored::default();
    loop {
        let (records, reached) = engine.log().read(after, 1_000, &Filter::default())?;
        for record in &records {
            let recorded = Recorded::read(record)?;
            match &recorded.event {
                Event::Receipt(receipt::Event::PostReceived(_)) => {
                    stored.receipt = Some(recorded.position);
                }
                Event::Quarantine(quarantine::Event::ChangeQuarantined(_)) => {
                    stored.quarantined.extend(fragments(engine, &recorded));
                }
                _ => {}
            }
        }
        if reached <= after {
            return Ok(stored);
        }
        after = reached;
    }
}

fn fragments(engine: &Engine, recorded: &Recorded) -> Vec<String> {
    let opened = engine.open(recorded).into_iter();
    opened
        .filter_map(|part| match part.disclosure {
            Disclosure::Content(Content::Fragment(content)) => Some(content.fragment.0),
            _ => None,
        })
        .collect()
}

impl Total {
    fn add(&mut self, checked: Checked) {
        self.files += 1;
        self.compared += usize::from(checked.problem.is_none());
        self.problems += usize::from(checked.problem.is_some());
        self.leaves += checked.leaves;
        self.differences += checked.differences;
        self.bodies.push(checked);
    }

    fn text(&self) -> String {
        let mut lines = Vec::new();
        for body in &self.bodies {
            let found = match &body.problem {
                Some(problem) => format!("not compared: {problem}"),
                None => format!("{} leaves, {} differences", body.leaves, body.differences),
            };
            let aside = if body.quarantined > 0 { ", in quarantine" } else { "" };
            lines.push(format!("{:<60} {found}{aside}", body.file));
        }
        lines.push(format!(
            "{} files, {} compared, {} leaves, {} differences, {} not compared",
            self.files, self.compared, self.leaves, self.differences, self.problems
        ));
        lines.join("\n")
    }
}
