//! robots.txt (RFC 9309): which pages of a site may be read, and how slowly it wants to be read. What
//! a stranger writes there is matched without being compiled, in time that grows with its length.

use std::time::Duration;

/// The name that sites know this crawler by.
pub(super) const TOKEN: &str = "convologbot";
/// Bytes of the file that are heeded.
pub(super) const BYTES_MAX: usize = 500 * 1024;
/// Rules that are heeded.
const RULES_MAX: usize = 2_000;
/// Bytes of a rule that is heeded.
const PATTERN_BYTES_MAX: usize = 512;
/// The longest that a site may ask to wait between two pages.
const DELAY_MAX: Duration = Duration::from_secs(30);

/// What a site allows.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Robots {
    /// Allowed or not, by what the path and query begin with.
    rules: Vec<(bool, String)>,
    /// How long to wait between two pages.
    pub(super) delay: Option<Duration>,
}

/// The rules of one group, as they are read.
#[derive(Default)]
struct Group {
    agents: Vec<String>,
    robots: Robots,
    /// A rule was read: another agent begins another group.
    closed: bool,
}

impl Robots {
    /// Reads the file, as far as it can be understood.
    pub(super) fn read(text: &str) -> Self {
        let (mut groups, mut count) = (Vec::<Group>::new(), 0);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if groups.last().is_none_or(|group| group.closed) {
                        groups.push(Group::default());
                    }
                    if let Some(group) = groups.last_mut() {
                        group.agents.push(value.to_ascii_lowercase());
                    }
                }
                rule @ ("allow" | "disallow") => {
                    let Some(group) = groups.last_mut() else { continue };
                    group.closed = true;
                    count += 1;
                    if !value.is_empty() && value.len() <= PATTERN_BYTES_MAX && count <= RULES_MAX {
                        group.robots.rules.push((rule == "allow", value.to_owned()));
                    }
                }
                "crawl-delay" => {
                    let Some(group) = groups.last_mut() else { continue };
                    group.closed = true;
                    let seconds =
                        value.parse::<f64>().ok().filter(|it| it.is_finite() && *it >= 0.0);
                    let delay = seconds.map(|it| Duration::from_secs_f64(it.min(1e6)));
                    group.robots.delay = delay.map(|delay| delay.min(DELAY_MAX));
                }
                _ => {}
            }
        }
        let named = |agent: &str| agent != "*" && agent.starts_with(TOKEN);
        let ours = groups.iter().any(|group| group.agents.iter().any(|agent| named(agent)));
        let wanted = |agent: &str| if ours { named(agent) } else { agent == "*" };
        let mut all = Self::default();
        for group in groups {
            if group.agents.iter().any(|agent| wanted(agent)) {
                all.rules.extend(group.robots.rules);
                all.delay = all.delay.max(group.robots.delay);
            }
        }
        all
    }

    /// Whether a page may be read, by its path and query: the longest rule decides, and of two the
    /// one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(_, pattern)| matches(pattern, path));
        let longest = matching.max_by_key(|(allowed, pattern)| (pattern.len(), *allowed));
        longest.is_none_or(|(allowed, _)| *allowed)
    }
}

/// Whether a path begins as a pattern says: `*` stands for anything, `$` at the end for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) =
        pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() && to_end {
            return rest.ends_with(piece);
        }
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::read(
            "User-agent: *\nDisallow: /private # not this\nAllow: /private/menu\nDisallow: /*.php$\n\
             Disallow: /a*b*c\nDisallow:\nCrawl-delay: 2.5\n",
        );
        for (path, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/x", false),
            ("/private/menu", true),
            ("/x.php", false),
            ("/x.php?y", true),
            ("/a1b2c3", false),
            ("/a1c2b", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, Some(Duration::from_millis(2_500)));
        assert!(Robots::read("Disallow: /").allows("/"), "a rule of nobody is none");
    }

    #[test]
    fn what_is_said_to_us_goes_before_what_is_said_to_everybody() {
        let robots = Robots::read(
            "User-agent: Other\nUser-agent: ConvologBot\nDisallow: /ours\n\n\
             User-agent: *\nDisallow: /\nCrawl-delay: 9999\n",
        );
        assert!(robots.allows("/") && !robots.allows("/ours"));
        assert_eq!(robots.delay, None);
        assert_eq!(Robots::read("User-agent:*\nCrawl-delay:9999").delay, Some(DELAY_MAX));
        assert_eq!(Robots::read("User-agent:*\nCrawl-delay:NaN").delay, None);
    }

    #[test]
    fn rules_without_end_are_matched_all_the_same() {
        let pattern = format!("Disallow: {}\n", "*a".repeat(200));
        let robots = Robots::read(&format!("User-agent: *\n{}", pattern.repeat(3_000)));
        assert!(robots.allows(&"/b".repeat(1_000)));
    }
}
