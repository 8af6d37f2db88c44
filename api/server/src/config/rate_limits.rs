//! How often keys may call, and addresses be wrong about them.

use clap::Args;

/// Calls within a minute, each kind by itself; 0 = as many as they like.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct RateLimits {
    /// Reads that a key may make within a minute; 0 = any number.
    #[arg(long, env = "CONVOLOG_RATE_READS", value_name = "COUNT", default_value_t = Self::DEFAULT.rate_reads)]
    pub rate_reads: u32,

    /// Commands that a key may give within a minute; 0 = any number.
    #[arg(long, env = "CONVOLOG_RATE_WRITES", value_name = "COUNT", default_value_t = Self::DEFAULT.rate_writes)]
    pub rate_writes: u32,

    /// Streams of events that a key may open within a minute; 0 = any number.
    #[arg(long, env = "CONVOLOG_RATE_STREAMS", value_name = "COUNT", default_value_t = Self::DEFAULT.rate_streams)]
    pub rate_streams: u32,

    /// Calls of a key within a minute that cost the whole installation (keys, channels, rebuilds); 0 = any number.
    #[arg(long, env = "CONVOLOG_RATE_HEAVY", value_name = "COUNT", default_value_t = Self::DEFAULT.rate_heavy)]
    pub rate_heavy: u32,

    /// Unknown keys that an address may offer within a minute before it is not listened to; 0 = any number.
    #[arg(long, env = "CONVOLOG_RATE_FAILURES", value_name = "COUNT", default_value_t = Self::DEFAULT.rate_failures)]
    pub rate_failures: u32,
}

impl RateLimits {
    /// What stops a program that has run wild and lets everything else pass.
    pub const DEFAULT: Self = Self {
        rate_reads: 60_000,
        rate_writes: 30_000,
        rate_streams: 600,
        rate_heavy: 600,
        rate_failures: 600,
    };

    /// No limits.
    pub const UNLIMITED: Self =
        Self { rate_reads: 0, rate_writes: 0, rate_streams: 0, rate_heavy: 0, rate_failures: 0 };
}
