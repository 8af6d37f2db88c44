//! What holds for all events and commands together: the bytes in the log, the rules of payloads,
//! the invariants of any history.

mod agent_samples;
mod answering_samples;
mod appointment_samples;
mod bulk_samples;
mod contents;
mod delivery_samples;
mod histories;
mod import_samples;
mod media_samples;
mod merges;
mod operator_samples;
mod owners;
mod payloads;
mod rules;
mod samples;
mod sending_samples;
mod subscription_samples;
mod template_samples;

/// The lines of a fixture file that are not comments.
fn lines(file: &str) -> Vec<&str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}
