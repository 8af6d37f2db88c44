//! Everything that people and scripts call from a shell.
//!
//! Data goes to stdout, everything else to stderr; exit status 0 fine, 1 found a problem, 2 wrong
//! use, 3 start again. Decides nothing: each command opens a folder or asks a server, calls the
//! library that does the work, and prints what came of it.

mod arm;
mod check_posts;
mod erase;
mod extract_text;
mod init;
mod keys;
mod later;
mod logging;
mod master_key;
pub(crate) mod out;
mod outcome;
mod place;
mod profile;
mod reads;
mod rebuild;
#[cfg(test)]
mod reference;
mod remote;
mod replay;
mod scan;
pub(crate) mod serve;
mod verify;
mod webhooks;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use convolog_server::Api;

pub(crate) use logging::LogFormat;
pub(crate) use master_key::demo_file;
pub(crate) use outcome::{Ended, Failure, Outcome};
pub(crate) use serve as serving;

use reads::Reads;

const EXAMPLES: &str = "\
Start here:
  convolog demo                                a seeded engine on http://127.0.0.1:8080
  convolog replay conversation ID --url http://127.0.0.1:8080 --key KEY
  convolog verify --data ./convolog-demo       (after the demo was stopped)

Exit status: 0 fine, 1 a problem was found, 2 wrong use, 3 start the server again.";

/// The conversation engine that can prove what was said.
///
/// Convolog keeps every WhatsApp message, status and edit as an event in an append-only log, and
/// shows any conversation as it stood at any moment.
#[derive(Debug, Parser)]
#[command(name = "convolog", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
#[command(subcommand_required = true)]
enum Command {
    /// Start a seeded engine with a simulated WhatsApp, to look around
    ///
    /// Makes a data folder, starts a server, seeds it through the front door and prints an
    /// address, a key and five commands to try. A second start on the same folder goes on.
    Demo(crate::demo::Demo),
    /// Run the server on a data folder
    Serve(Box<serve::Serve>),
    /// Show a conversation as it stood, or run stories
    #[command(subcommand)]
    Replay(replay::Replay),
    /// Check the log, the vault and every read model, and report in numbers
    Verify(verify::Verify),
    /// Fold read models again from the log
    Rebuild(rebuild::Rebuild),
    /// Look after the vault: the keys that open what people said
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Let this instance, and no other, act on the outside world
    Arm(arm::Arm),
    /// Let no instance act on the outside world
    Disarm(arm::Disarm),
    /// Erase a person: destroy the keys to what they said
    ///
    /// Prints what can be certified: when the keys were gone, in which generation of the vault, and
    /// until when backups of it may live. `--dry-run` lists every place that holds something of the
    /// person, `--certificate` prints the certificate again later.
    Erase(erase::Erase),
    /// Look for what may be left of a person, in every file and in every form
    ///
    /// Decodes each file by its format (events with the keys that are left, closed volumes, read
    /// models, the vault, left-over files) and looks through its bytes: as text, UTF-16, escaped, in
    /// hex and in base64. Prints places and counts; exit status 1 if anything was found.
    Scan(scan::Scan),
    /// Keep the address of a server and a key, so that later commands need neither
    ///
    /// Afterwards every read of the API is a command, such as `convolog conversations list`.
    Init(init::Init),
    /// Receive webhooks on a developer's machine, or read them over the API
    #[command(subcommand)]
    Webhooks(webhooks::Webhooks),
    /// Post a folder of webhook bodies, print them again from the log and compare leaf by leaf
    CheckPosts(check_posts::CheckPosts),
    /// Write the log to one file (comes with a later release)
    Export(later::Later),
    /// Read a log from a file (comes with a later release)
    Import(later::Later),
    /// Write a file that proves a transcript (comes with a later release)
    Prove(later::Later),
    /// Check such a file (comes with a later release)
    CheckProof(later::Later),
    /// Read a file for a running server, in a process of its own
    #[command(hide = true)]
    ExtractText(extract_text::ExtractText),
}

/// Runs what the command line asks for.
pub(crate) fn run() -> ExitCode {
    let fixed = Cli::command();
    let (first, second) = (std::env::args_os().nth(1), std::env::args_os().nth(2));
    let own = first.and_then(|first| fixed.find_subcommand(first));
    // A noun of the API may have commands of its own beside its reads.
    let is_fixed = own.is_some_and(|own| {
        !own.has_subcommands() || second.is_some_and(|second| own.find_subcommand(second).is_some())
    });
    // The reads are worked out only where they may be meant: a server starts without them.
    let reads = if is_fixed { Reads::default() } else { Reads::of(&Api::native()) };
    let matches = reads.below(fixed).get_matches();
    if let Some(asked) = reads.asked(&matches) {
        logging::start(LogFormat::Human, &logging::filter_or("warn"));
        return outcome::exit(runtime().and_then(|runtime| runtime.block_on(asked.run())));
    }
    match Cli::from_arg_matches(&matches) {
        Ok(cli) => outcome::exit(carry_out(cli.command)),
        Err(error) => error.exit(),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

fn carry_out(command: Command) -> Ended {
    match &command {
        Command::Serve(serve) => logging::start(serve.log_format(), serve.log_filter()),
        Command::Demo(demo) => logging::start(demo.log_format(), &logging::filter_or("warn")),
        _ => logging::start(LogFormat::Human, &logging::filter_or("warn")),
    }
    // It bounds its whole process: nothing else may run in it.
    if let Command::ExtractText(extract) = command {
        return extract.run();
    }
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        match command {
            Command::Demo(demo) => demo.run().await,
            Command::Serve(serve) => serve.run().await,
            Command::Replay(replay) => replay.run().await,
            Command::Verify(verify) => verify.run().await,
            Command::Rebuild(rebuild) => rebuild.run().await,
            Command::Keys(keys) => keys.run().await,
            Command::Arm(arm) => arm.run().await,
            Command::Disarm(disarm) => disarm.run().await,
            Command::Erase(erase) => erase.run().await,
            Command::Scan(scan) => scan.run(),
            Command::Init(init) => init.run().await,
            Command::Webhooks(webhooks) => webhooks.run().await,
            Command::CheckPosts(check) => check.run().await,
            Command::Export(later) => later.run("export"),
            Command::Import(later) => later.run("import"),
            Command::Prove(later) => later.run("prove"),
            Command::CheckProof(later) => later.run("check-proof"),
            Command::ExtractText(extract) => extract.run(),
        }
    });
    drop(runtime);
    ended
}
