//! Everything that can be set, in one struct: flags and environment variables.
//!
//! Secrets come from the environment or from files only: flags show in the list of processes.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use convolog_reactors::Manners;
use secrecy::SecretString;

mod origin;
mod plan_limit;
mod rate_limits;
mod surface_host;

pub use origin::Origin;
pub use plan_limit::PlanLimit;
pub use rate_limits::RateLimits;
pub use surface_host::SurfaceHost;
pub(crate) use surface_host::bound;

/// How a server runs.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// The folder that holds everything: log, vault, blobs, read models.
    #[arg(long, env = "CONVOLOG_DATA", value_name = "DIR")]
    pub data: PathBuf,

    /// Where to listen.
    #[arg(long, env = "CONVOLOG_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// The administrator's token. Without one, nobody is the administrator.
    #[arg(env = "CONVOLOG_ADMIN_TOKEN", long = "admin-token", hide = true, hide_env_values = true)]
    pub admin_token: Option<SecretString>,

    /// The master key of the vault: 64 hexadecimal digits.
    #[arg(env = "CONVOLOG_MASTER_KEY", long = "master-key", hide = true, hide_env_values = true)]
    pub master_key: Option<SecretString>,

    /// A file outside the data folder that holds the master key; not together with the variable.
    #[arg(long, env = "CONVOLOG_MASTER_KEY_FILE", value_name = "FILE")]
    pub master_key_file: Option<PathBuf>,

    /// Connects numbers without asking the platform whether the workspace may speak for them: 1 or 0.
    #[arg(
        long,
        env = "CONVOLOG_TRUST_NUMBERS",
        value_name = "0|1",
        default_value = "0",
        default_missing_value = "1",
        num_args = 0..=1,
        require_equals = true,
        value_parser = clap::builder::BoolishValueParser::new(),
    )]
    pub trust_numbers: bool,

    /// Hosts that may be called although they are private or speak plain http; separated by commas.
    #[arg(
        long,
        env = "CONVOLOG_ALLOW_PRIVATE_URLS",
        value_name = "HOST[:PORT],…",
        value_delimiter = ','
    )]
    pub allow_private_urls: Vec<String>,

    /// Names this instance, where a machine cannot be told from its copies by itself.
    #[arg(long, env = "CONVOLOG_INSTANCE", value_name = "NAME")]
    pub instance: Option<String>,

    /// Starts without acting on the outside world, whatever the log says.
    #[arg(long, env = "CONVOLOG_DISARMED", default_value = "0", default_missing_value = "1", num_args = 0..=1, require_equals = true, value_name = "0|1", value_parser = clap::builder::BoolishValueParser::new())]
    pub disarmed: bool,

    /// Seconds that a request may take, from its first byte to its answer.
    #[arg(
        long,
        env = "CONVOLOG_REQUEST_TIMEOUT_SECONDS",
        value_name = "SECONDS",
        default_value_t = 30
    )]
    pub request_timeout_seconds: u64,

    /// Seconds that a connection may take to send the header of a request, or be idle before it.
    #[arg(
        long,
        env = "CONVOLOG_HEADER_TIMEOUT_SECONDS",
        value_name = "SECONDS",
        default_value_t = 30
    )]
    pub header_timeout_seconds: u64,

    /// Connections that may be open at the same time; others wait.
    #[arg(long, env = "CONVOLOG_CONNECTIONS_MAX", value_name = "COUNT", default_value_t = 10_000)]
    pub connections_max: usize,

    /// Seconds that a read waits for the read models to show what came before it.
    #[arg(
        long,
        env = "CONVOLOG_AT_LEAST_WAIT_SECONDS",
        value_name = "SECONDS",
        default_value_t = 5
    )]
    pub at_least_wait_seconds: u64,

    /// Seconds that a read model is kept after a rebuilt one took its place, so that it can be rolled
    /// back to; 0 removes it at once.
    #[arg(
        long,
        env = "CONVOLOG_REPLACED_MODELS_KEPT_SECONDS",
        value_name = "SECONDS",
        default_value_t = 86_400
    )]
    pub replaced_models_kept_seconds: u64,

    /// Seconds that a receiver of webhooks may take to answer.
    #[arg(
        long,
        env = "CONVOLOG_WEBHOOK_TIMEOUT_SECONDS",
        value_name = "SECONDS",
        default_value_t = 15,
        value_parser = clap::value_parser!(u64).range(1..=60)
    )]
    pub webhook_timeout_seconds: u64,

    /// Milliseconds that a site is left alone after one page was read, unless it asks for longer.
    #[arg(
        long,
        env = "CONVOLOG_CRAWL_DELAY_MILLISECONDS",
        value_name = "MILLISECONDS",
        default_value_t = 1_000,
        value_parser = clap::value_parser!(u64).range(0..=60_000)
    )]
    pub crawl_delay_milliseconds: u64,

    /// Seconds that a page of a site may take.
    #[arg(
        long,
        env = "CONVOLOG_CRAWL_TIMEOUT_SECONDS",
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..=120)
    )]
    pub crawl_timeout_seconds: u64,

    /// The program that reads uploaded files in a process of its own; this one if none is named.
    #[arg(long, env = "CONVOLOG_EXTRACTOR", value_name = "FILE", hide = true)]
    pub extractor: Option<PathBuf>,

    /// Seconds that requests may still take when the server is told to stop.
    #[arg(long, env = "CONVOLOG_DRAIN_SECONDS", value_name = "SECONDS", default_value_t = 20)]
    pub drain_seconds: u64,

    /// Seconds that the server still answers 503 after a failed write or sync, before it ends.
    #[arg(long, env = "CONVOLOG_POISONED_SECONDS", value_name = "SECONDS", default_value_t = 5)]
    pub poisoned_seconds: u64,

    /// Streams of events that may be open at the same time.
    #[arg(long, env = "CONVOLOG_STREAMS_MAX", value_name = "COUNT", default_value_t = 1_000)]
    pub streams_max: usize,

    /// Seconds after which a stream of events says that it is still there; less than the patience of
    /// any proxy on the way.
    #[arg(
        long,
        env = "CONVOLOG_KEEP_ALIVE_SECONDS",
        value_name = "SECONDS",
        default_value_t = 15,
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    pub keep_alive_seconds: u64,

    /// Bytes that must stay free on the disk; below them nothing new is taken.
    #[arg(long, env = "CONVOLOG_FREE_SPACE_FLOOR_BYTES", value_name = "BYTES", default_value_t = 256 << 20)]
    pub free_space_floor_bytes: u64,

    /// How often keys may call.
    #[command(flatten)]
    pub rates: RateLimits,

    /// What plans allow instead of what is built in: limits such as `free.messages=2000` or `pro.people=any`, separated by commas.
    #[arg(
        long,
        env = "CONVOLOG_PLAN_LIMITS",
        value_name = "PLAN.LIMIT=COUNT,…",
        value_delimiter = ','
    )]
    pub plan_limits: Vec<PlanLimit>,

    /// Addresses of proxies that are believed when they say in `X-Forwarded-For` for whom they ask; separated by commas.
    #[arg(long, env = "CONVOLOG_TRUSTED_PROXIES", value_name = "ADDRESS,…", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,

    /// Records what each key called, one event a minute: 1 or 0.
    #[arg(long, env = "CONVOLOG_USAGE", default_value = "1", default_missing_value = "1", num_args = 0..=1, require_equals = true, value_name = "0|1", value_parser = clap::builder::BoolishValueParser::new(), action = clap::ArgAction::Set)]
    pub usage: bool,

    /// Web pages that may call the API from a browser: origins such as `https://app.example.com`, separated by commas, or `*` for any.
    #[arg(long, env = "CONVOLOG_CORS_ORIGINS", value_name = "ORIGIN,…", value_delimiter = ',')]
    pub cors_origins: Vec<Origin>,

    /// Host names at which a dialect is spoken without its prefix, such as `api.example.com=avelto`; separated by commas.
    #[arg(
        long,
        env = "CONVOLOG_SURFACE_HOSTS",
        value_name = "HOST=SURFACE,…",
        value_delimiter = ','
    )]
    pub surface_hosts: Vec<SurfaceHost>,
}

impl Config {
    /// A configuration with nothing but a data folder; everything else as by default.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            admin_token: None,
            master_key: None,
            master_key_file: None,
            trust_numbers: false,
            allow_private_urls: Vec::new(),
            instance: None,
            disarmed: false,
            request_timeout_seconds: 30,
            header_timeout_seconds: 30,
            connections_max: 10_000,
            at_least_wait_seconds: 5,
            replaced_models_kept_seconds: 86_400,
            webhook_timeout_seconds: 15,
            crawl_delay_milliseconds: 1_000,
            crawl_timeout_seconds: 30,
            extractor: None,
            drain_seconds: 20,
            poisoned_seconds: 5,
            streams_max: 1_000,
            keep_alive_seconds: 15,
            free_space_floor_bytes: 256 << 20,
            rates: RateLimits::DEFAULT,
            plan_limits: Vec::new(),
            trusted_proxies: Vec::new(),
            usage: true,
            cors_origins: Vec::new(),
            surface_hosts: Vec::new(),
        }
    }

    /// How long a request may take.
    pub const fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_seconds)
    }

    /// How long the header of a request may take.
    pub const fn header_timeout(&self) -> Duration {
        Duration::from_secs(self.header_timeout_seconds)
    }

    /// How long a read waits for the read models.
    pub const fn at_least_wait(&self) -> Duration {
        Duration::from_secs(self.at_least_wait_seconds)
    }

    /// After how long a stream of events says that it is still there.
    pub const fn keep_alive(&self) -> Duration {
        Duration::from_secs(self.keep_alive_seconds)
    }

    /// How long a read model is kept that another one replaced.
    pub const fn replaced_models_kept(&self) -> Duration {
        Duration::from_secs(self.replaced_models_kept_seconds)
    }

    /// How long a receiver of webhooks may take to answer.
    pub const fn webhook_timeout(&self) -> Duration {
        Duration::from_secs(self.webhook_timeout_seconds)
    }

    /// How sites are read.
    pub const fn crawl_manners(&self) -> Manners {
        Manners {
            delay: Duration::from_millis(self.crawl_delay_milliseconds),
            patience: Duration::from_secs(self.crawl_timeout_seconds),
        }
    }

    /// How long a stop waits for requests.
    pub const fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Serve {
        #[command(flatten)]
        config: Config,
    }

    #[test]
    fn the_defaults_of_both_ways_agree_and_secrets_do_not_show() {
        let parsed = Serve::parse_from(["serve", "--data", "d", "--master-key", "secret"]).config;
        let made = Config { master_key: Some("other".into()), ..Config::new("d") };
        assert_eq!(format!("{parsed:?}"), format!("{made:?}"));
        assert!(!format!("{parsed:?}").contains("secret"));
    }

    #[test]
    fn hosts_are_separated_by_commas_and_trust_is_a_switch() {
        let args = ["serve", "--data=d", "--allow-private-urls=a:1,b", "--trust-numbers"];
        let config = Serve::parse_from(args).config;
        assert_eq!(config.allow_private_urls, ["a:1", "b"]);
        assert!(config.trust_numbers);
    }
}
