//! A transcript for documents. What people wrote stands in quotations, escaped where Markdown would
//! take it for markup: it can neither format the page nor link or load anything.

use std::fmt::{self, Write};

use super::act::{Act, Entry};
use super::escape::{escaped, escaped_line};
use super::message::{Message, Parts};
use super::text::moment;
use super::{Telling, Transcript, TranscriptError};

pub(super) fn print(transcript: &Transcript) -> Result<String, TranscriptError> {
    let parts = Parts::of(transcript)?;
    let mut out = heading(transcript, &parts)?;
    let mut day = String::new();
    for entry in parts.entries() {
        let date = entry.moment().split('T').next().unwrap_or_default();
        if date != day {
            write!(out, "\n## {}\n", escaped(date))?;
            date.clone_into(&mut day);
        }
        let (number, message) = match entry {
            Entry::Message(number, message) => (number, message),
            Entry::Act(act) => {
                print_act(&mut out, act)?;
                continue;
            }
        };
        print_message(&mut out, &parts, number, message)?;
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
    let contact = &parts.conversation.contact;
    let mut out = format!("# Conversation with {}\n\n", escaped(&contact.shown()));
    writeln!(out, "- Conversation: `{}`", parts.conversation.id)?;
    if let Some(title) = &parts.conversation.title {
        writeln!(out, "- Title: {}", escaped(title))?;
    }
    if let Some(phone) = &contact.phone {
        writeln!(out, "- Phone: {}", escaped(&format!("+{phone}")))?;
    }
    let recorded = transcript.recorded_at.as_deref().map(|at| format!(" ({})", moment(at)));
    writeln!(
        out,
        "- As it stood at position {}{}",
        transcript.position,
        recorded.unwrap_or_default()
    )?;
    if let Some(log) = &transcript.log {
        writeln!(out, "- Log: `{log}`")?;
    }
    if let Some(tree) = &transcript.tree {
        writeln!(out, "- Tree: {} events, root `{}`", tree.size, tree.root)?;
    }
    if let Some(erased) = transcript.erasure(moment) {
        writeln!(out, "- Personal data erased {erased}")?;
    }
    Ok(out)
}

fn print_message(
    out: &mut String,
    parts: &Parts<'_>,
    number: usize,
    message: &Message,
) -> fmt::Result {
    let who = escaped(&parts.who(&message.direction));
    let time = message.ordered_at.split('T').nth(1).unwrap_or_default();
    write!(out, "\n**{number}. {who}** · {}", escaped(time))?;
    let ticks = message.ticks();
    if !ticks.is_empty() {
        write!(out, " · {ticks}")?;
    }
    write!(out, " · position {}\n\n", message.position)?;
    quote(out, &message.substance(parts), if message.revoked { "~~" } else { "" })?;
    for remark in message.remarks(parts) {
        writeln!(out, "\n- {}", escaped_line(&remark))?;
    }
    Ok(())
}

/// A quotation, line for line; `around` formats each of them.
fn quote(out: &mut String, text: &str, around: &str) -> fmt::Result {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        // A line that the next one follows ends in a break.
        let ending = if lines.peek().is_some() { "\\" } else { "" };
        writeln!(out, "> {around}{}{around}{ending}", escaped_line(line))?;
    }
    Ok(())
}

fn print_act(out: &mut String, act: &Act) -> fmt::Result {
    let time = act.at.split('T').nth(1).unwrap_or_default();
    let (who, what) = (escaped(&act.who()), escaped(&act.what()));
    writeln!(out, "\n*{who} {what}* · {} · position {}", escaped(time), act.position)?;
    if let Some(text) = act.written() {
        out.push('\n');
        quote(out, &text, "")?;
    }
    Ok(())
}

fn print_telling(out: &mut String, telling: &Telling) -> fmt::Result {
    write!(out, "\n- `{}` at position {}", telling.event, telling.position)?;
    write!(out, ", {}", telling.recorded_at)?;
    if let Some(status) = &telling.status {
        write!(out, ", {}", escaped(status))?;
    }
    if telling.erased {
        out.push_str(": (erased)");
    } else if let Some(text) = &telling.text {
        write!(out, ": {}", escaped(&text.replace('\n', " / ")))?;
    }
    out.push('\n');
    Ok(())
}
