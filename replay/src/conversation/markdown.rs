//! A transcript for documents. What people wrote stands escaped in quotations: it can neither format
//! the page nor link or load anything.

use std::fmt::{self, Write};

use super::act::{Act, Entry};
use super::message::{Message, Parts};
use super::text::{harmless, moment};
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
    out.push_str("\n\n");
    let substance = message.substance(parts);
    for line in substance.lines() {
        let line = escaped(line);
        let line = if message.revoked { format!("~~{line}~~") } else { line };
        writeln!(out, "> {line}\\")?;
    }
    writeln!(out, "> <!-- position {} -->", message.position)?;
    for remark in message.remarks(parts) {
        writeln!(out, "\n- {}", escaped(&remark))?;
    }
    Ok(())
}

fn print_act(out: &mut String, act: &Act) -> fmt::Result {
    let time = act.at.split('T').nth(1).unwrap_or_default();
    writeln!(out, "\n*{} {}* · {}", escaped(&act.who()), escaped(&act.what()), escaped(time))?;
    if let Some(text) = act.written() {
        out.push('\n');
        for line in text.lines() {
            writeln!(out, "> {}\\", escaped(line))?;
        }
    }
    writeln!(out, "<!-- position {} -->", act.position)
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

/// Text of somebody else without any meaning for Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '.'
            | '!' | '|' | '~' | ':' | '@' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_formats_nothing() {
        assert_eq!(
            escaped("![x](http://a/b) <script> *b*"),
            "\\!\\[x\\]\\(http\\://a/b\\) &lt;script&gt; \\*b\\*"
        );
    }
}
