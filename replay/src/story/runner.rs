//! Tells stories to a host, and says how they went.

use std::future::Future;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::check::Scene;
use super::command::Command;
use super::file::{Business, Check, Clock, Request, Step, Story, StoryFile};
use super::host::{Asked, Host, HostError, Outcome, View};
use super::moment::{Day, span};
use super::names::{Channel, Names, find};
use super::orders::{orders, permutation};
use super::report::{Report, Result as StoryResult, Verdict};

/// Stories told at the same time: telling one is mostly waiting for the disk.
const TOGETHER: usize = 6;

/// Where what stories refer to lies.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paths {
    /// The folder of posts; found beside the stories if absent.
    pub whatsapp: Option<PathBuf>,
}

impl Paths {
    fn posts(&self, story: &Path) -> Option<PathBuf> {
        let beside = || story.ancestors().map(|at| at.join("whatsapp")).find(|at| at.is_dir());
        self.whatsapp.clone().or_else(beside)
    }
}

/// Tells every story to a host of its own, several at a time. `done` hears of each one as soon as it
/// is over; the report has them in the order given.
pub async fn run<H, F, Made>(
    stories: &[StoryFile],
    paths: &Paths,
    make: F,
    mut done: impl FnMut(&StoryResult),
) -> Report
where
    H: Host,
    F: Fn(Timestamp) -> Made + Clone + Send + Sync + 'static,
    Made: Future<Output = Result<H, HostError>> + Send,
{
    let mut told: Vec<Option<StoryResult>> = vec![None; stories.len()];
    let mut waiting = stories.iter().cloned().enumerate();
    let mut telling = JoinSet::new();
    loop {
        while telling.len() < TOGETHER
            && let Some((number, file)) = waiting.next()
        {
            let (paths, make) = (paths.clone(), make.clone());
            telling.spawn(async move { (number, tell_in_every_order(file, &paths, &make).await) });
        }
        let Some(ended) = telling.join_next().await else { break };
        if let Ok((number, result)) = ended {
            done(&result);
            if let Some(place) = told.get_mut(number) {
                *place = Some(result);
            }
        }
    }
    // What is missing panicked: it failed.
    let results = told.into_iter().zip(stories).map(|(told, file)| {
        told.unwrap_or_else(|| {
            let problems = vec!["telling it panicked".to_owned()];
            StoryResult::of(file, Verdict::Failed { at: "the telling".to_owned(), problems })
        })
    });
    Report { stories: results.collect() }
}

async fn tell_in_every_order<H, F, Made>(file: StoryFile, paths: &Paths, make: &F) -> StoryResult
where
    H: Host,
    F: Fn(Timestamp) -> Made,
    Made: Future<Output = Result<H, HostError>>,
{
    let orders = file.story.steps().map(orders).max().unwrap_or(1);
    for order in 0..orders {
        let ended = match tell(&file, paths, order, make).await {
            Ok(host) => host.end().await.map_err(|error| Stop::at("the end", error)),
            Err(stop) => Err(stop),
        };
        if let Err(stop) = ended {
            return StoryResult::of(&file, stop.verdict(order, orders));
        }
    }
    StoryResult::of(&file, Verdict::Passed { orders })
}

/// Tells one story, in the order it is written in, and hands out its host if it passed.
pub async fn run_one<H, F, Made>(story: &StoryFile, paths: &Paths, make: F) -> (Verdict, Option<H>)
where
    H: Host,
    F: Fn(Timestamp) -> Made,
    Made: Future<Output = Result<H, HostError>>,
{
    match tell(story, paths, 0, &make).await {
        Ok(host) => (Verdict::Passed { orders: 1 }, Some(host)),
        Err(stop) => (stop.verdict(0, 1), None),
    }
}

/// Why a story ended early.
struct Stop {
    at: String,
    why: Why,
}

enum Why {
    Problems(Vec<String>),
    Host(HostError),
}

impl Stop {
    fn at(at: &str, error: HostError) -> Self {
        Self { at: at.to_owned(), why: Why::Host(error) }
    }

    fn verdict(self, order: usize, orders: usize) -> Verdict {
        let at = match orders {
            1 => self.at,
            _ => format!("{} (told in order {} of {orders})", self.at, order + 1),
        };
        match self.why {
            Why::Host(HostError::Unsupported(what)) => {
                Verdict::Skipped { reason: format!("this host does not support {what}") }
            }
            Why::Host(HostError::Failed(problem)) => {
                Verdict::Failed { at, problems: vec![problem] }
            }
            Why::Problems(problems) => Verdict::Failed { at, problems },
        }
    }
}

async fn tell<H, F, Made>(
    file: &StoryFile,
    paths: &Paths,
    order: usize,
    make: &F,
) -> Result<H, Stop>
where
    H: Host,
    F: Fn(Timestamp) -> Made,
    Made: Future<Output = Result<H, HostError>>,
{
    let story = &file.story;
    let clock: Timestamp = story.clock.parse().map_err(|_| {
        let wrong = format!("`{}` is no time in RFC 3339", story.clock);
        Stop::at("clock", HostError::Failed(wrong))
    })?;
    let host = make(clock).await.map_err(|error| Stop::at("the start", error))?;
    let mut telling = Telling {
        host,
        names: Names::default(),
        day: Day::of(clock),
        clock: clock.as_microsecond(),
        order,
        posts: paths.posts(&file.path),
    };
    let told = telling.whole(story).await;
    if let Err(stop) = told {
        // What went wrong first is what is worth telling.
        drop(telling.host.end().await);
        return Err(stop);
    }
    Ok(telling.host)
}

struct Telling<H> {
    host: H,
    names: Names,
    day: Day,
    clock: i64,
    order: usize,
    posts: Option<PathBuf>,
}

impl<H: Host> Telling<H> {
    async fn whole(&mut self, story: &Story) -> Result<(), Stop> {
        self.steps("given", &story.given).await?;
        self.host.given_ends().await.map_err(|error| Stop::at("when", error))?;
        let before = self.host.position().await.map_err(|error| Stop::at("when", error))?;
        self.steps("when", &story.when).await?;
        self.checks("then", &story.then, None, None, before).await?;
        let problems = self.host.judge().await.map_err(|error| Stop::at("the end", error))?;
        if problems.is_empty() {
            return Ok(());
        }
        Err(Stop { at: "the judgement of the whole".to_owned(), why: Why::Problems(problems) })
    }

    async fn steps(&mut self, part: &str, steps: &[Step]) -> Result<(), Stop> {
        for (number, step) in steps.iter().enumerate() {
            let at = format!("{part}[{number}]");
            if step.any_order.is_empty() {
                self.step(&at, step).await?;
                continue;
            }
            for place in permutation(step.any_order.len(), self.order) {
                if let Some(step) = step.any_order.get(place) {
                    self.step(&format!("{at}.any_order[{place}]"), step).await?;
                }
            }
        }
        Ok(())
    }

    async fn step(&mut self, at: &str, step: &Step) -> Result<(), Stop> {
        let failed = |error| Stop::at(at, error);
        let before = self.host.position().await.map_err(failed)?;
        let outcome = self.act(step).await.map_err(failed)?;
        if let Some(name) = &step.called {
            let position = self.host.position().await.map_err(failed)?;
            self.names.add_position(name, position);
            if let Some(id) = outcome.as_ref().and_then(made) {
                self.names.add(name, id);
            }
        }
        let expected = step.then.iter().any(Check::is_about_outcome);
        if let Some(outcome) = outcome.as_ref().filter(|outcome| !outcome.succeeded() && !expected)
        {
            let code = outcome.refused.as_deref().unwrap_or("without a code");
            let problem = format!("refused ({} {code}): {}", outcome.status, outcome.body);
            return Err(Stop { at: at.to_owned(), why: Why::Problems(vec![problem]) });
        }
        let workspace = step.workspace.as_deref();
        self.checks(at, &step.then, outcome.as_ref(), workspace, before).await
    }

    async fn checks(
        &mut self,
        at: &str,
        checks: &[Check],
        outcome: Option<&Outcome>,
        workspace: Option<&str>,
        before: u64,
    ) -> Result<(), Stop> {
        for (number, check) in checks.iter().enumerate() {
            let at = if checks.len() > 1 { format!("{at}, then[{number}]") } else { at.to_owned() };
            let scene = Scene { names: &self.names, day: self.day, workspace, outcome, before };
            let problems = check.judge(&mut self.host, &scene).await;
            let problems = problems.map_err(|error| Stop::at(&at, error))?;
            if !problems.is_empty() {
                return Err(Stop { at, why: Why::Problems(problems) });
            }
        }
        Ok(())
    }

    async fn act(&mut self, step: &Step) -> Result<Option<Outcome>, HostError> {
        if let Some(business) = &step.business {
            return self.set_up(business).await.map(Some);
        }
        if let Some(command) = &step.command {
            return self.command(step, command).await.map(Some);
        }
        if let Some(post) = &step.post {
            let workspace = step.workspace.as_deref();
            let ready = post.prepare(&self.names, self.day, workspace, self.posts.as_deref())?;
            for _ in 1..post.times.unwrap_or(1) {
                self.host.post(ready.body.clone(), ready.signature.clone()).await?;
            }
            return self.host.post(ready.body, ready.signature).await.map(Some);
        }
        if let Some(request) = &step.request {
            return self.request(step, request).await.map(Some);
        }
        if let Some(clock) = &step.clock {
            self.clock = match clock {
                Clock::Advance(by) => {
                    self.clock.saturating_add(span(by).map_err(HostError::Failed)?)
                }
                Clock::Set(to) => {
                    let wrong = || HostError::Failed(format!("`{to}` is no moment"));
                    let named = self.day.moment(&format!("@{}", to.trim_start_matches('@')));
                    named.ok_or_else(wrong)?.as_microsecond()
                }
            };
            self.host.set_clock(self.clock)?;
        }
        Ok(None)
    }

    /// Workspace, app and channel of a business.
    async fn set_up(&mut self, business: &Business) -> Result<Outcome, HostError> {
        let alias = &business.alias;
        let secret = business.secret.clone().unwrap_or_else(|| format!("secret of {alias}"));
        let workspace = json!({"create_workspace": {"name": business.name, "plan": business.plan}});
        let app = json!({"register_app": {
            "name": business.name, "secret": secret, "verify_token": format!("token of {alias}"),
        }});
        let channel = json!({"connect_channel": {
            "name": business.name, "app": format!("{alias}.app"),
            "phone_number_id": business.number, "waba_id": business.account,
            "display_phone_number": business.phone,
        }});
        let mut last = Outcome::default();
        for (called, command) in [
            (alias.clone(), workspace),
            (format!("{alias}.app"), app),
            (format!("{alias}.channel"), channel),
        ] {
            let step = Step {
                called: Some(called.clone()),
                workspace: Some(alias.clone()).filter(|_| called != *alias),
                ..Step::default()
            };
            last = self.command(&step, &command).await?;
            if !last.succeeded() {
                return Ok(last);
            }
            if let Some(id) = made(&last) {
                self.names.add(&called, id);
            }
        }
        Ok(last)
    }

    async fn command(&mut self, step: &Step, named: &Value) -> Result<Outcome, HostError> {
        let wrong = |why: String| HostError::Failed(format!("this is no command: {why}"));
        let mut named = named.clone();
        let workspace = self.names.workspace(step.workspace.as_deref())?;
        let arguments = named.as_object_mut().and_then(|named| named.values_mut().next());
        let arguments = arguments.ok_or_else(|| wrong("it needs a name and arguments".into()))?;
        let given = arguments.clone();
        self.names.resolve(&mut self.host, workspace, arguments).await?;
        let command: Command =
            serde_json::from_value(named).map_err(|error| wrong(error.to_string()))?;
        let workspace = match &command {
            Command::CreateWorkspace { .. } | Command::Arm { .. } | Command::Disarm { .. } => {
                Uuid::nil()
            }
            Command::RegisterApp { installation: true, .. } => Uuid::nil(),
            _ => workspace,
        };
        let actor = self.names.actor(step.by.as_deref())?;
        let asked = Asked { workspace, actor, once: step.once.clone(), command };
        let outcome = self.host.command(&asked).await?;
        if outcome.succeeded()
            && let Some(name) = &step.called
        {
            self.remember(name, step.workspace.as_deref(), &asked.command, &given);
        }
        Ok(outcome)
    }

    /// What later posts need to know of what was made.
    fn remember(&mut self, name: &str, workspace: Option<&str>, command: &Command, given: &Value) {
        let text =
            |key: &str| given.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let workspace = workspace.map(str::to_owned);
        match command {
            Command::CreateWorkspace { .. } => self.names.add_workspace(name),
            Command::RegisterApp { secret, installation, .. } => {
                let owner = workspace.or_else(|| self.names.first_workspace());
                let owner = owner.filter(|_| !installation).unwrap_or_default();
                self.names.add_app(name, &owner, secret);
            }
            // A new secret has a name of its own, to sign with.
            Command::AddAppSecret { secret, .. } => self.names.add_app(name, "", secret),
            Command::ConnectChannel { phone_number_id, waba_id, display_phone_number, .. } => {
                let channel = Channel {
                    workspace: workspace
                        .or_else(|| self.names.first_workspace())
                        .unwrap_or_default(),
                    app: text("app"),
                    number: phone_number_id.clone(),
                    account: waba_id.clone(),
                    phone: display_phone_number.clone(),
                };
                self.names.add_channel(name, channel);
            }
            _ => {}
        }
    }

    async fn request(&mut self, step: &Step, request: &Request) -> Result<Outcome, HostError> {
        let workspace = self.names.workspace(step.workspace.as_deref())?;
        let mut request = request.clone();
        for (name, described) in &std::mem::take(&mut request.with) {
            let described = described.as_object().and_then(|described| described.iter().next());
            let Some((what, wanted)) = described else { continue };
            let view = match what.as_str() {
                "conversation" => View::Conversations,
                "contact" => View::Contacts,
                "lead" => View::Leads,
                "change" => View::Quarantine,
                other => return Err(HostError::Failed(format!("`{other}` cannot be found"))),
            };
            let id = find(&mut self.host, workspace, view, what, wanted).await?;
            self.names.add(name, id);
        }
        let mut body = request.body.take().map(|body| body.to_string());
        for (name, id) in self.names.ids() {
            let (name, id) = (format!("{{{name}}}"), id.to_string());
            request.path = request.path.replace(&name, &id);
            body = body.map(|body| body.replace(&name, &id));
        }
        request.body = body.and_then(|body| serde_json::from_str(&body).ok());
        self.host.request(Some(workspace).filter(|id| !id.is_nil()), &request).await
    }
}

fn made(outcome: &Outcome) -> Option<Uuid> {
    outcome.body.get("id")?.as_str()?.parse().ok()
}
