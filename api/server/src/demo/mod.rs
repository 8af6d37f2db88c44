//! `convolog demo`: a seeded engine with a simulated WhatsApp.
//!
//! Everything goes through the front door: workspaces, keys and channels over the API, messages as
//! signed posts. Owns the scripts and how they are delivered. Must not be a second way into the
//! engine. What the engine sends goes to a simulated platform in this process, and to nobody else.

mod booking;
mod chatter;
mod client;
mod delivery;
mod files;
mod graph;
mod pipeline;
mod posts;
mod script;
mod seed;
mod state;
mod templates;
mod welcome;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use convolog_domain::WorkspaceId;
use convolog_engine::Caller;
use convolog_server::{Config, Origin, RateLimits};
use secrecy::SecretString;

use crate::cli::{Ended, LogFormat, out, serving};

/// Where.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// The demo's data folder; made if there is none
    #[arg(long, value_name = "DIR", default_value = "./convolog-demo")]
    data: PathBuf,

    /// Let the simulated customers be silent
    #[arg(long)]
    quiet: bool,

    /// Web pages that may call the demo from a browser: origins separated by commas, or `*` for any
    #[arg(long, env = "CONVOLOG_CORS_ORIGINS", value_name = "ORIGIN,…", value_delimiter = ',')]
    cors_origins: Vec<Origin>,

    /// Hosts that the demo may deliver webhooks to although they are private or speak plain http;
    /// separated by commas
    #[arg(
        long,
        env = "CONVOLOG_ALLOW_PRIVATE_URLS",
        value_name = "HOST[:PORT],…",
        value_delimiter = ','
    )]
    allow_private_urls: Vec<String>,

    /// How log lines look
    #[arg(long, value_enum, default_value_t)]
    log_format: LogFormat,
}

impl Demo {
    /// How log lines look.
    pub(crate) const fn log_format(&self) -> LogFormat {
        self.log_format
    }

    /// Serves until told to stop.
    pub(crate) async fn run(self) -> Ended {
        let businesses = script::businesses()?;
        let mut state = state::State::load(&self.data)?;
        let graph = graph::Graph::listen(state.platform).await?;
        state.platform = Some(graph.address());
        state.save(&self.data)?;
        out::note(format!(
            "the demo keeps its master key and its API keys in {}: never do that with real data",
            self.data.display()
        ));
        let config = Config {
            listen: self.listen,
            admin_token: Some(SecretString::from(state.admin_token.clone())),
            master_key: Some(SecretString::from(state::master_key(&self.data)?)),
            trust_numbers: true,
            rates: RateLimits::UNLIMITED,
            cors_origins: self.cors_origins,
            allow_private_urls: [self.allow_private_urls, vec![graph.address().to_string()]]
                .concat(),
            ..Config::new(&self.data)
        };
        let signals = serving::Signals::listen()?;
        let handle = serving::start(config, &serving::Storage::with_defaults()).await?;
        let app = handle.app();
        app.engine()
            .arm(&Caller::administrator(WorkspaceId::INSTALLATION), &app.instance()?)
            .await?;
        let (url, clock) =
            (format!("http://{}", handle.address()), handle.app().engine().clock().clone());
        let client = client::Client::new(url.clone())?;
        let graph_url = format!("http://{}", graph.address());
        seed::set_up(&client, &self.data, &mut state, &graph_url, &businesses).await?;
        seed::speak(&client, &self.data, &mut state).await?;
        let known = templates::Templates::known(&client, &state, &businesses).await?;
        graph.serve(client.clone(), clock.clone(), &state, &businesses, known);
        if !state.seeded {
            let now = clock.now().0.div_euclid(1_000_000);
            seed::tell(&client, &state, &businesses, now).await?;
            let head = handle.app().engine().log().head();
            handle.app().models().at_least(head, std::time::Duration::from_mins(1)).await?;
            for known in &state.businesses {
                pipeline::spread(&client, known).await?;
                templates::seed(&client, known).await?;
                booking::book(&client, known).await?;
            }
            seed::publish_agents(&client, &state, &businesses).await?;
            for known in &state.businesses {
                seed::hand_off(&client, known).await?;
            }
            seed::broadcast(&client, &state, &businesses).await?;
            state.seeded = true;
            state.save(&self.data)?;
        }
        let head = handle.app().engine().log().head();
        handle.app().models().at_least(head, std::time::Duration::from_mins(1)).await?;
        handle.app().search().at_least(head, std::time::Duration::from_mins(1)).await?;
        let page = welcome::welcome(&client, &url, &self.data, &state, &businesses).await?;
        out::print(page + welcome::ending(self.quiet))?;
        let chatter = chatter::Chatter { client, businesses: &businesses, clock, data: &self.data };
        let stopped = serving::until_stopped(handle, signals, out::note);
        if self.quiet {
            return stopped.await;
        }
        tokio::select! {
            ended = stopped => ended,
            () = chatter.run(&mut state) => Ok(crate::cli::Outcome::Fine),
        }
    }
}
