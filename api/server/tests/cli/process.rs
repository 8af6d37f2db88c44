//! The real binary as a child process: started on a folder, read line by line, killed when dropped.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

/// The administrator of every test's server.
pub(crate) const ADMIN: &str = "an administrator's token for tests";

/// The master key of every test's vault.
pub(crate) const MASTER: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

/// The binary with a clean environment.
pub(crate) fn convolog() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convolog"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CONVOLOG_") {
            command.env_remove(name);
        }
    }
    command
}

/// The binary with the keys of the tests' servers.
pub(crate) fn with_keys() -> Command {
    let mut command = convolog();
    command.env("CONVOLOG_MASTER_KEY", MASTER).env("CONVOLOG_ADMIN_TOKEN", ADMIN);
    // Nothing but what a test does stands in its log.
    command.env("CONVOLOG_USAGE", "0");
    command
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

/// What a command printed to stdout.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a command printed to stderr.
pub(crate) fn noted(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The output of a command that must end with this status.
#[track_caller]
pub(crate) fn ends(command: &mut Command, code: i32) -> Output {
    let output = run(command);
    let shown = format!("{}\n{}", said(&output), noted(&output));
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{shown}");
    output
}

/// A program that goes on until it is stopped.
pub(crate) struct Running {
    child: Child,
    lines: Receiver<String>,
    errors: PathBuf,
}

impl Running {
    /// Starts a command; what it says on stderr goes to a file.
    pub(crate) fn start(command: &mut Command, errors: &Path) -> Self {
        let file = std::fs::File::options().create(true).append(true).open(errors).unwrap();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file);
        let mut child = command.spawn().unwrap();
        let stdout: ChildStdout = child.stdout.take().unwrap();
        let (told, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if told.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines, errors: errors.to_owned() }
    }

    /// Starts `convolog serve` on a folder; answers its address too.
    pub(crate) fn serve(data: &Path, more: &[&str]) -> (Self, String) {
        let mut command = with_keys();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(more);
        command.env("CONVOLOG_TRUST_NUMBERS", "1");
        let running = Self::start(&mut command, &data.with_extension("stderr"));
        let line = running.line("listening on ");
        (running, line)
    }

    /// What follows `start` in the next line that begins with it.
    #[track_caller]
    pub(crate) fn line(&self, start: &str) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    if let Some(rest) = line.strip_prefix(start) {
                        return rest.trim().to_owned();
                    }
                }
                Err(error) => panic!("no {start:?}: {error}; stderr: {}", self.noted()),
            }
        }
    }

    /// What it said on stderr.
    pub(crate) fn noted(&self) -> String {
        let mut text = String::new();
        std::fs::File::open(&self.errors).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// Ends it as a power failure of the process: at once.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until it ended by itself.
    pub(crate) fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Asks it to stop, as a supervisor does, and waits.
    pub(crate) fn stop(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
