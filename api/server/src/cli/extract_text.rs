//! Reading a file for a running server, in a process of its own with bounds that the system keeps: what
//! a file does to the parser ends here.

use std::io::{Read, Write};

use clap::Args;
use convolog_domain::limits::DOCUMENT_BYTES_MAX;
use convolog_extract::{Extracted, FILE_BYTES_MAX, Failure, FileKind, extract};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::outcome::{Ended, Failure as Failed, Outcome};

/// Processor time, in seconds.
const CPU_SECONDS: u64 = 30;
/// Memory, in bytes of address space: the allocator sets more aside than it uses.
const MEMORY_BYTES: u64 = 3 << 30;
/// The parser of PDF goes into what nests; a thread of its own has room for it.
const STACK_BYTES: usize = 64 << 20;

/// Takes the text out of the file on its input and writes it, as JSON, to its output.
#[derive(Debug, Args)]
pub(crate) struct ExtractText {
    /// pdf, docx, html, markdown or text
    kind: String,
}

impl ExtractText {
    /// Reads the file.
    pub(crate) fn run(self) -> Ended {
        confine()?;
        // What the parser says of a broken file is for nobody.
        std::panic::set_hook(Box::new(|_| {}));
        let kind: FileKind = serde_json::from_value(self.kind.into()).map_err(|_| {
            Failed::usage("the kind is pdf, docx, html, markdown or text".to_owned())
        })?;
        let mut bytes = Vec::new();
        let most = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
        let read = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
            if bytes.len() > FILE_BYTES_MAX {
                return Err(Failure::TooLarge);
            }
            extract(kind, &bytes, DOCUMENT_BYTES_MAX)
        })?;
        let said: Result<Extracted, Failure> = read.join().unwrap_or(Err(Failure::Broken));
        let mut output = std::io::stdout().lock();
        output.write_all(&serde_json::to_vec(&said)?)?;
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

/// Sets the bounds. Files cannot be written, processes cannot be started, no core is left behind.
fn confine() -> Result<(), Failed> {
    let bounds = [
        (Resource::Cpu, CPU_SECONDS),
        (Resource::As, MEMORY_BYTES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, most) in bounds {
        let limit = Rlimit { current: Some(most), maximum: Some(most) };
        setrlimit(resource, limit).map_err(std::io::Error::from)?;
    }
    Ok(())
}
