//! A transcript for people at a terminal.
//!
//! What people wrote cannot reach the terminal as commands: control characters are shown, not sent,
//! and each text stands in a directional isolate, so that Hebrew or Arabic never turns the line
//! around it.

use std::fmt::{self, Write};

use super::act::{Act, Entry};
use super::message::{Message, Parts};
use super::{Telling, Transcript, TranscriptError};

/// First strong isolate: what follows has a direction of its own.
const ISOLATE: char = '\u{2068}';
/// The end of it.
const END: char = '\u{2069}';

pub(super) fn print(transcript: &Transcript) -> Result<String, TranscriptError> {
    let parts = Parts::of(transcript)?;
    let mut out = heading(transcript, &parts)?;
    let mut day = None;
    for entry in parts.entries() {
        let (date, time) = date_and_time(entry.moment());
        if day.as_ref() != Some(&date) {
            write!(out, "\n── {date} ──\n")?;
            day = Some(date);
        }
        let (number, message) = match entry {
            Entry::Message(number, message) => (number, message),
            Entry::Act(act) => {
                print_act(&mut out, &time, act)?;
                continue;
            }
        };
        print_message(&mut out, &parts, number, &time, message)?;
        for telling in parts.told_of(message) {
            print_telling(&mut out, telling)?;
        }
    }
    if parts.messages.is_empty() {
        out.push_str("\nNothing was said.\n");
    }
    Ok(out)
}

fn heading(transcript: &Transcript, parts: &Parts<'_>) -> Result<String, fmt::Error> {
    let conversation = &parts.conversation;
    let contact = &conversation.contact;
    let mut out = format!("Conversation {}\n", conversation.id);
    write!(out, "with {}", isolated(&contact.shown()))?;
    if let (Some(_), Some(phone)) = (&contact.name, &contact.phone) {
        write!(out, " · {}", isolated(&format!("+{phone}")))?;
    }
    writeln!(
        out,
        " · {} · {} messages in, {} out",
        conversation.status, conversation.inbound_messages, conversation.outbound_messages
    )?;
    if let Some(title) = &conversation.title {
        writeln!(out, "called {}", isolated(title))?;
    }
    if let Some(erased) = transcript.erasure(moment) {
        writeln!(out, "personal data erased {erased}")?;
    }
    let recorded = transcript.recorded_at.as_deref().map(|at| format!(" ({})", moment(at)));
    write!(out, "as it stood at position {}", transcript.position)?;
    out.push_str(&recorded.unwrap_or_default());
    if let Some(log) = &transcript.log {
        write!(out, " of log {log}")?;
    }
    out.push('\n');
    if let Some(tree) = &transcript.tree {
        writeln!(out, "tree of {} events, root {}", tree.size, tree.root)?;
    }
    Ok(out)
}

fn print_message(
    out: &mut String,
    parts: &Parts<'_>,
    number: usize,
    time: &str,
    message: &Message,
) -> fmt::Result {
    let who = parts.who(&message.direction);
    let arrow = if message.direction == "outbound" { "▶" } else { "◀" };
    write!(out, "{number:>4}  {time}  {arrow} {}", isolated(&who))?;
    let ticks = message.ticks();
    if !ticks.is_empty() {
        write!(out, "  {ticks}")?;
    }
    out.push('\n');
    let substance = message.substance(parts);
    let substance = if message.revoked { format!("(taken back) {substance}") } else { substance };
    for line in substance.lines() {
        writeln!(out, "      {}", isolated(line))?;
    }
    for remark in message.remarks(parts) {
        writeln!(out, "      · {}", isolated(&remark))?;
    }
    Ok(())
}

fn print_act(out: &mut String, time: &str, act: &Act) -> fmt::Result {
    writeln!(out, "      {time}  ✎ {} {}", isolated(&act.who()), isolated(&act.what()))?;
    for line in act.written().iter().flat_map(|text| text.lines()) {
        writeln!(out, "      {}", isolated(line))?;
    }
    Ok(())
}

fn print_telling(out: &mut String, telling: &Telling) -> fmt::Result {
    write!(out, "      ⟲ {} at position {}", telling.recorded_at, telling.position)?;
    write!(out, "  {}", telling.event)?;
    if let Some(status) = &telling.status {
        write!(out, " {}", isolated(status))?;
    }
    if let Some(at) = telling.at.and_then(|at| jiff::Timestamp::from_second(at).ok()) {
        write!(out, " (the platform's time: {at})")?;
    }
    if telling.erased {
        out.push_str(": (erased)");
    } else if let Some(text) = &telling.text {
        let first = text.lines().next().unwrap_or_default();
        let more = if text.lines().nth(1).is_some() { " …" } else { "" };
        write!(out, ": {}{more}", isolated(first))?;
    }
    out.push('\n');
    Ok(())
}

/// Text of somebody else, harmless for a terminal and for the line it stands in.
fn isolated(text: &str) -> String {
    format!("{ISOLATE}{}{END}", harmless(text))
}

/// Control characters as pictures, overrides of direction left out.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' => Some(' '),
            // Marks that change the direction of what follows would break out of the isolate.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
            '\u{7f}'..='\u{9f}' => Some('\u{fffd}'),
            other => Some(other),
        })
        .collect()
}

/// The day and the time of day, in UTC.
fn date_and_time(at: &str) -> (String, String) {
    let Ok(at) = at.parse::<jiff::Timestamp>() else {
        return ("(no date)".to_owned(), "--:--:--".to_owned());
    };
    let zoned = at.to_zoned(jiff::tz::TimeZone::UTC);
    (zoned.strftime("%A, %-d %B %Y").to_string(), zoned.strftime("%H:%M:%S").to_string())
}

/// A moment in words, in UTC.
pub(super) fn moment(at: &str) -> String {
    at.parse::<jiff::Timestamp>().map_or_else(
        |_| at.to_owned(),
        |at| at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%-d %B %Y, %H:%M:%S UTC").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_cannot_command_the_terminal() {
        let evil = "a\u{1b}[2Jb\u{202e}c\u{9b}d\u{2069}e\tf";
        assert_eq!(harmless(evil), "a␛[2Jbc\u{fffd}de f");
        let shown = isolated(evil);
        assert_eq!(shown.matches(ISOLATE).count(), 1);
        assert_eq!(shown.matches(END).count(), 1);
        assert!(shown.ends_with(END));
    }

    #[test]
    fn days_and_times_are_in_utc() {
        let (day, time) = date_and_time("2026-11-20T23:59:58Z");
        assert_eq!((day.as_str(), time.as_str()), ("Friday, 20 November 2026", "23:59:58"));
        assert_eq!(date_and_time("once").0, "(no date)");
    }
}
