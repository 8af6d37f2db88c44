//! How a command ends: what the shell sees of it.
//!
//! 0 all is well, 1 a problem was found or something was refused, 2 the command was used wrongly,
//! 3 the log stopped taking writes and the process must be started again.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Error;

/// A problem was found.
const FOUND: u8 = 1;
/// Wrong use; also what clap ends with.
const USAGE: u8 = 2;
/// Poisoned: start again.
const RESTART: u8 = 3;

/// What a command that ran to its end found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// Nothing wrong.
    Fine,
    /// A problem, which was printed.
    Found,
}

impl Outcome {
    /// Fine, unless something is wrong.
    pub(crate) const fn fine_if(fine: bool) -> Self {
        if fine { Self::Fine } else { Self::Found }
    }
}

/// What kept a command from running to its end.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    error: Error,
    hint: Option<String>,
}

impl Failure {
    /// Something is wrong, or was refused.
    pub(crate) fn found(what: impl Into<String>) -> Self {
        Self { code: FOUND, error: Error::msg(what.into()), hint: None }
    }

    /// The command was used wrongly.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self { code: USAGE, error: Error::msg(what.into()), hint: None }
    }

    /// The process must be started again, which a supervisor does.
    pub(crate) fn restart(what: impl Into<String>) -> Self {
        Self { code: RESTART, error: Error::msg(what.into()), hint: None }
    }

    /// What to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The error and its causes, each said once.
    fn message(&self) -> String {
        let mut message = String::from("convolog: ");
        let mut last = String::new();
        for (n, cause) in self.error.chain().enumerate() {
            let cause = cause.to_string();
            if last.contains(&cause) {
                continue;
            }
            let between = if n == 0 { "" } else { ": " };
            // Writing to a string cannot fail.
            write!(message, "{between}{cause}").ok();
            last = cause;
        }
        if let Some(hint) = &self.hint {
            write!(message, "\nhint: {hint}").ok();
        }
        message
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { code: FOUND, error: error.into(), hint: None }
    }
}

/// What a command returns.
pub(crate) type Ended = Result<Outcome, Failure>;

/// Says what went wrong and gives the exit status.
pub(crate) fn exit(ended: Ended) -> ExitCode {
    match ended {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(FOUND),
        Err(failure) if is_broken_pipe(&failure.error) => ExitCode::SUCCESS,
        Err(failure) => {
            super::out::note(failure.message());
            ExitCode::from(failure.code)
        }
    }
}

/// Whoever read our output has gone, as `head` does: nothing is wrong.
fn is_broken_pipe(error: &Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_said_once_and_the_hint_comes_last() {
        let inner = std::io::Error::other("the disk is gone");
        let error = Error::new(inner).context("could not open the log: the disk is gone");
        let failure = Failure { code: FOUND, error, hint: None }.hint("plug it in");
        let expected = "convolog: could not open the log: the disk is gone\nhint: plug it in";
        assert_eq!(failure.message(), expected);
    }

    #[test]
    fn a_reader_that_left_is_no_failure() {
        let gone = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert!(is_broken_pipe(&Error::new(gone).context("could not write")));
        assert!(!is_broken_pipe(&Error::msg("other")));
    }
}
