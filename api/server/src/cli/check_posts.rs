//! `convolog check-posts`: is anything of a webhook body lost on its way through the log?
//!
//! A fresh installation in a temporary folder, every number and account of the bodies connected,
//! every body signed and posted, printed again from its events, and compared leaf by leaf. What goes
//! to the quarantine is kept as it came; comparing it with itself would prove nothing, so it is
//! counted apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Args;
use convolog_domain::{
    ChannelId, Event, SubjectId, WorkspaceId, number::OwnershipProof, quarantine, receipt,
    workspace::CreateWorkspace,
};
use convolog_engine::{
    Answer, AppChoice, AppSecrets, Caller, ChannelSpec, DataFolder, Engine, FolderOptions, Inbound,
    Recorded, print_post,
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

/// A plan that allows any number of channels: what has no channel is not compared.
const PLAN: &str = "enterprise";

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
    /// Why changes of it went to the quarantine.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    reasons: BTreeSet<String>,
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
    /// Bodies of which something is in the quarantine.
    not_proved: usize,
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
        Ok(Outcome::fine_if(total.differences + total.problems + total.not_proved == 0))
    }
}

fn read(folder: &Path) -> Result<BTreeMap<String, Bytes>, Failure> {
    let mut bodies = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|ending| ending == "json") {
            let body = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            bodies.insert(name, Bytes::from(body));
        }
    }
    Ok(bodies)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("{} cannot be read: {error}", path.display()))
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
    let create = CreateWorkspace { name: "Check".to_owned(), plan: PLAN.to_owned() };
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
            // What names it goes to the quarantine, and is not proved.
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
    if stored.receipt.is_some() || !stored.reasons.is_empty() {
        known.insert(body.clone(), stored);
    }
    let Some(stored) = known.get(body) else {
        checked.problem = Some("nothing was written".to_owned());
        return Ok(checked);
    };
    checked.reasons.clone_from(&stored.reasons);
    let Some(receipt) = stored.receipt.filter(|_| stored.reasons.is_empty()) else {
        return Ok(checked);
    };
    match print_post(engine, receipt) {
        Ok(printed) => match compare::leaves(&String::from_utf8_lossy(body), &printed) {
            Some(found) => {
                checked.leaves = found.leaves;
                checked.differences = found.differences;
            }
            None => checked.problem = Some("what was printed is no JSON".to_owned()),
        },
        Err(error) => checked.problem = Some(error.to_string()),
    }
    Ok(checked)
}

/// Where a body stands in the log.
#[derive(Debug, Default)]
struct Stored {
    /// The receipt of what was taken.
    receipt: Option<Position>,
    /// Why something of it was set aside.
    reasons: BTreeSet<String>,
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
                Event::Quarantine(quarantine::Event::ChangeQuarantined(change)) => {
                    let reason = serde_json::to_value(change.reason)?;
                    stored.reasons.extend(reason.as_str().map(str::to_owned));
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

impl Total {
    fn add(&mut self, checked: Checked) {
        self.files += 1;
        let (failed, aside) = (checked.problem.is_some(), !checked.reasons.is_empty());
        self.compared += usize::from(!failed && !aside);
        self.not_proved += usize::from(!failed && aside);
        self.problems += usize::from(failed);
        self.leaves += checked.leaves;
        self.differences += checked.differences;
        self.bodies.push(checked);
    }

    fn text(&self) -> String {
        let mut lines = Vec::new();
        for body in &self.bodies {
            let reasons: Vec<_> = body.reasons.iter().map(String::as_str).collect();
            let found = match &body.problem {
                Some(problem) => format!("not compared: {problem}"),
                None if reasons.is_empty() => {
                    format!("{} leaves, {} differences", body.leaves, body.differences)
                }
                None => format!("not proved: in quarantine ({})", reasons.join(", ")),
            };
            lines.push(format!("{:<60} {found}", body.file));
        }
        lines.push(format!(
            "{} files, {} compared, {} leaves, {} differences, {} in quarantine and not proved, {} not compared",
            self.files, self.compared, self.leaves, self.differences, self.not_proved, self.problems
        ));
        lines.join("\n")
    }
}
