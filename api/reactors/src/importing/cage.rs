//! Reading a file in a process of its own: this program again, with a bound on its memory, its time and
//! what it may say, and with nothing of ours in its environment. A file that makes the parser panic,
//! loop or fill memory ends that process; its exit says which.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use convolog_domain::import::ImportFailure;
use convolog_domain::limits::DOCUMENT_BYTES_MAX;
use convolog_extract::{Extracted, Failure, FileKind, TEXT_BYTES_MAX};
use tokio::sync::Semaphore;

use super::Stopped;

/// The command of this program that reads a file from its input and writes what it says to its output.
const EXTRACT_COMMAND: &str = "extract-text";
/// How many read at a time.
const AT_ONCE: usize = 2;
/// How long one may take. Its own bound on processor time is lower; this one is for when the machine is
/// busy.
const PATIENCE: Duration = Duration::from_mins(2);
/// What it may say: the text, and what JSON makes of it.
const OUTPUT_BYTES_MAX: u64 = 4 * 10 * 1024 * 1024;

/// Starts the processes. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Cage {
    program: Option<PathBuf>,
    places: Arc<Semaphore>,
}

impl Cage {
    /// Of this program, or of another one that has the same command.
    pub(crate) fn new(program: Option<PathBuf>) -> Self {
        Self { program, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// What a file says.
    ///
    /// # Errors
    /// [`Stopped::Job`] says why it gave nothing; [`Stopped::Cage`] that it was not looked at.
    pub(super) async fn extract(
        &self,
        kind: FileKind,
        bytes: Vec<u8>,
    ) -> Result<Extracted, Stopped> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let program = match (&self.program, kind.needs_a_cage()) {
            (_, false) => None,
            (Some(program), true) => Some(program.clone()),
            (None, true) => Some(std::env::current_exe().map_err(Stopped::Cage)?),
        };
        let reading = tokio::task::spawn_blocking(move || {
            let _place = place;
            match program {
                None => convolog_extract::extract(kind, &bytes, DOCUMENT_BYTES_MAX)
                    .map_err(|failure| Stopped::Job(of(failure))),
                Some(program) => in_a_process(&program, kind, bytes),
            }
        });
        // A panic is the file's doing.
        reading.await.unwrap_or(Err(Stopped::Job(ImportFailure::Broken)))
    }
}

const fn of(failure: Failure) -> ImportFailure {
    match failure {
        Failure::Broken => ImportFailure::Broken,
        Failure::Encrypted => ImportFailure::Encrypted,
        Failure::TooLarge => ImportFailure::TooLarge,
        Failure::NoText => ImportFailure::NoText,
    }
}

fn in_a_process(
    program: &std::path::Path,
    kind: FileKind,
    bytes: Vec<u8>,
) -> Result<Extracted, Stopped> {
    let kind = serde_json::to_value(kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    let mut child = Command::new(program)
        .arg(EXTRACT_COMMAND)
        .arg(kind.unwrap_or_default())
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Stopped::Cage)?;
    let said = listen(&mut child, bytes);
    // Whatever it did, it is over, and nothing of it stays.
    let in_time = said.is_some();
    if !in_time {
        child.kill().ok();
    }
    let status = child.wait().map_err(Stopped::Cage)?;
    let Some(said) = said else { return Err(Stopped::Job(ImportFailure::TooSlow)) };
    if !status.success() {
        return Err(Stopped::Job(ended(status)));
    }
    let read: Result<Result<Extracted, Failure>, _> = serde_json::from_slice(&said);
    let extracted = read.map_err(|_| Stopped::Job(ImportFailure::TooLarge))?;
    let extracted = extracted.map_err(|failure| Stopped::Job(of(failure)))?;
    let size: usize = extracted.parts.iter().map(String::len).sum();
    if size > TEXT_BYTES_MAX {
        return Err(Stopped::Job(ImportFailure::TooLarge));
    }
    Ok(extracted)
}

/// Hands the file over and takes what is said; none if that took too long.
fn listen(child: &mut Child, bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (done, heard) = channel();
    // A process that does not read is no reason to wait; one that was killed reads no more.
    std::thread::spawn(move || {
        if let Some(mut input) = input {
            input.write_all(&bytes).ok();
        }
    });
    std::thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(output) = output {
            output.take(OUTPUT_BYTES_MAX).read_to_end(&mut said).ok();
        }
        done.send(said).ok();
    });
    heard.recv_timeout(PATIENCE).ok()
}

/// What the end of a process says of the file.
fn ended(status: ExitStatus) -> ImportFailure {
    use std::os::unix::process::ExitStatusExt;
    // SIGXCPU, and SIGKILL where it was not heeded.
    match status.signal() {
        Some(24 | 9) => ImportFailure::TooSlow,
        _ => ImportFailure::Broken,
    }
}
