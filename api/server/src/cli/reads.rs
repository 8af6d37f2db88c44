//! A command for every read of the API: `convolog conversations list`, `convolog contacts show ID`.
//!
//! Made from the OpenAPI document, so that a new endpoint has its command at once. Asks a server and
//! prints its JSON; decides nothing.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use convolog_domain::WorkspaceId;
use convolog_server::Api;
use convolog_server::endpoint::Method;
use secrecy::SecretString;
use serde_json::Value;

use super::out;
use super::outcome::{Ended, Failure, Outcome};
use super::profile::{DEFAULT, Profile, Profiles};
use super::remote::Remote;

/// Follows a list to its end.
const ALL: &str = "all";

/// Which server, and what opens it.
#[derive(Debug, Args)]
struct Connection {
    /// The address of the server; the profile's if not given
    #[arg(long, env = "CONVOLOG_URL", value_name = "URL")]
    url: Option<String>,

    /// An API key, or the administrator's token; the profile's if not given
    #[arg(long, env = "CONVOLOG_KEY", hide_env_values = true, value_name = "KEY")]
    key: Option<SecretString>,

    /// The workspace, for the administrator's token
    #[arg(long, env = "CONVOLOG_WORKSPACE", value_name = "ID")]
    workspace: Option<WorkspaceId>,

    /// The profile that `convolog init` kept
    #[arg(long, env = "CONVOLOG_PROFILE", value_name = "NAME", default_value = DEFAULT)]
    profile: String,
}

/// One parameter of a read.
struct Parameter {
    name: String,
    /// Of the path, or of the query.
    in_path: bool,
    help: String,
}

/// One read.
struct Read {
    noun: String,
    verb: String,
    path: String,
    summary: String,
    help: String,
    parameters: Vec<Parameter>,
}

/// Every read.
#[derive(Default)]
pub(super) struct Reads(Vec<Read>);

/// A read that was asked for.
pub(super) struct Asked<'a> {
    read: &'a Read,
    matches: ArgMatches,
}

impl Reads {
    /// The reads of an API.
    pub(super) fn of(api: &Api) -> Self {
        let routes = api.routes().iter().map(|route| &route.declaration);
        let reads = routes
            .filter(|it| it.method == Method::Get && it.path.starts_with("/v1/") && !it.endless);
        Self(reads.filter_map(|it| Read::of(api.document(), it.path)).collect())
    }

    /// The commands, one a noun, below `command`.
    pub(super) fn below(&self, mut command: Command) -> Command {
        for read in &self.0 {
            let sub = read.command();
            command = if command.find_subcommand(&read.noun).is_some() {
                command.mut_subcommand(&read.noun, |noun| noun.subcommand(sub))
            } else {
                let about = format!("Read {} over the API", read.noun.replace('-', " "));
                let noun = Command::new(read.noun.clone()).about(about);
                command.subcommand(noun.subcommand_required(true).subcommand(sub))
            };
        }
        command
    }

    /// The read that was asked for, if it was one.
    pub(super) fn asked(&self, matches: &ArgMatches) -> Option<Asked<'_>> {
        let (noun, below) = matches.subcommand()?;
        let (verb, matches) = below.subcommand()?;
        let read = self.0.iter().find(|read| read.noun == noun && read.verb == verb)?;
        Some(Asked { read, matches: matches.clone() })
    }

    #[cfg(test)]
    fn names(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|read| (read.noun.as_str(), read.verb.as_str())).collect()
    }
}

impl Read {
    /// The read at a path of the document, if that is one.
    fn of(document: &Value, path: &str) -> Option<Self> {
        let operation = document.get("paths")?.get(path)?.get("get")?;
        let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).map(str::to_owned);
        let mut words = path.split('/').skip(2).filter(|word| !word.starts_with('{'));
        let noun = words.next()?.replace('_', "-");
        let deeper: Vec<&str> = words.collect();
        let listed = text(operation, "operationId")?.starts_with("list_");
        let verb = match (deeper.is_empty(), listed) {
            // One of a list that has a command of its own.
            (false, false) if path.ends_with('}') => {
                format!("{}-show", deeper.join("-").replace('_', "-"))
            }
            (false, _) => deeper.join("-").replace('_', "-"),
            (true, true) => "list".to_owned(),
            (true, false) => "show".to_owned(),
        };
        let parameters = operation.get("parameters").and_then(Value::as_array);
        let parameters = parameters.into_iter().flatten().filter_map(|parameter| {
            let place = text(parameter, "in")?;
            (place != "header").then(|| Parameter {
                in_path: place == "path",
                help: text(parameter, "description").unwrap_or_default(),
                name: text(parameter, "name").unwrap_or_default(),
            })
        });
        Some(Self {
            noun,
            verb,
            path: path.to_owned(),
            summary: text(operation, "summary").unwrap_or_default(),
            help: text(operation, "description").unwrap_or_default(),
            parameters: parameters.collect(),
        })
    }

    fn command(&self) -> Command {
        let mut command = Connection::augment_args(Command::new(self.verb.clone()));
        command = command.about(self.summary.clone()).long_about(None::<&str>);
        if !self.help.is_empty() {
            command = command.long_about(format!("{}\n\n{}", self.summary, self.help));
        }
        for parameter in &self.parameters {
            let arg = Arg::new(parameter.name.clone()).help(parameter.help.clone());
            let shown = parameter.name.to_uppercase();
            command = command.arg(if parameter.in_path {
                arg.required(true).value_name(shown)
            } else {
                arg.long(parameter.name.replace('_', "-")).value_name(shown)
            });
        }
        if self.is_paged() {
            let all = Arg::new(ALL).long(ALL).action(ArgAction::SetTrue);
            command = command.arg(all.help("Every page, as one list"));
        }
        command
    }

    fn is_paged(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == "page")
    }
}

impl Asked<'_> {
    /// Asks the server and prints its answer.
    pub(super) async fn run(self) -> Ended {
        let remote = Connection::from_arg_matches(&self.matches)?.open()?;
        let mut path = self.read.path.clone();
        let mut query = Vec::new();
        for Parameter { name, in_path, .. } in &self.read.parameters {
            let Some(value) = self.matches.get_one::<String>(name) else { continue };
            if *in_path {
                let one_segment = !value.is_empty() && !value.contains(['/', '?', '#', '%']);
                let whole = one_segment && value != "." && value != "..";
                if !whole {
                    return Err(Failure::usage(format!("{value} is no {name}")));
                }
                path = path.replace(&format!("{{{name}}}"), value);
            } else {
                query.push((name.as_str(), value.as_str()));
            }
        }
        let mut answer = remote.get(&path, &query).await?;
        if self.read.is_paged() && self.matches.get_flag(ALL) {
            follow(&remote, &path, &query, &mut answer).await?;
        }
        out::json(&answer)?;
        Ok(Outcome::Fine)
    }
}

/// Adds the pages that come after the first.
async fn follow(
    remote: &Remote,
    path: &str,
    query: &[(&str, &str)],
    answer: &mut Value,
) -> Result<(), Failure> {
    while let Some(page) = answer.get("next_page").and_then(Value::as_str).map(str::to_owned) {
        let mut query: Vec<_> = query.iter().copied().filter(|(name, _)| *name != "page").collect();
        query.push(("page", &page));
        let mut next = remote.get(path, &query).await?;
        let found = next.get_mut("data").map(Value::take);
        if let (Some(Value::Array(all)), Some(Value::Array(mut found))) =
            (answer.get_mut("data"), found)
        {
            all.append(&mut found);
        }
        if let Some(last) = answer.get_mut("next_page") {
            *last = next.get_mut("next_page").map(Value::take).unwrap_or_default();
        }
    }
    Ok(())
}

impl Connection {
    fn open(self) -> Result<Remote, Failure> {
        let Self { url, key, workspace, profile } = self;
        let Profile { url, key } = match (url, key) {
            (Some(url), Some(key)) => Profile { url, key },
            (url, key) => {
                let missing = || {
                    Failure::usage(format!("there is no profile {profile}"))
                        .hint("make one with `convolog init`, or give --url and --key")
                };
                let kept = Profiles::read()?.named(&profile).ok_or_else(missing)?;
                Profile { url: url.unwrap_or(kept.url), key: key.unwrap_or(kept.key) }
            }
        };
        let remote = Remote::new(&url, key)?;
        Ok(match workspace {
            Some(workspace) => remote.within(workspace),
            None => remote,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_read_has_a_command_of_its_own_and_hides_no_other() {
        let reads = Reads::of(&Api::native());
        let names: BTreeSet<_> = reads.names().into_iter().collect();
        assert_eq!(names.len(), reads.0.len(), "{:?}", reads.names());
        let fixed = super::super::Cli::command();
        // A command of ours may have reads beside its own orders, but none of the same name.
        let hidden = names.iter().find(|(noun, verb)| {
            let own = fixed.find_subcommand(noun);
            own.is_some_and(|own| !own.has_subcommands() || own.find_subcommand(verb).is_some())
        });
        assert_eq!(hidden, None);
        for wanted in [("conversations", "list"), ("conversations", "messages"), ("events", "list")]
        {
            assert!(names.contains(&wanted), "{names:?}");
        }
        reads.below(fixed).debug_assert();
    }
}
