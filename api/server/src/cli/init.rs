//! `convolog init`: keeps the address of a server and a key, so that later commands need neither.

use std::io::Read as _;

use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use super::out;
use super::outcome::{Ended, Failure, Outcome};
use super::profile::{DEFAULT, Profile, Profiles};
use super::remote::Remote;

/// What to keep.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The address of the server
    #[arg(long, env = "CONVOLOG_URL", value_name = "URL", default_value = "http://127.0.0.1:8080")]
    url: String,

    /// An API key; `-` reads it from stdin, so that it stands in no list of processes
    #[arg(long, env = "CONVOLOG_KEY", hide_env_values = true, value_name = "KEY")]
    api_key: SecretString,

    /// The name of the profile
    #[arg(long, env = "CONVOLOG_PROFILE", value_name = "NAME", default_value = DEFAULT)]
    profile: String,
}

impl Init {
    /// Asks the server whether the key is good, then keeps both.
    pub(crate) async fn run(&self) -> Ended {
        let profile = Profile { url: self.url.clone(), key: self.key()? };
        let remote = Remote::new(&profile.url, profile.key.clone())?;
        remote.get("/v1/conversations", &[("limit", "1")]).await?;
        let path = Profiles::read()?.keep(&self.profile, &profile)?;
        out::note(format!("profile {} kept in {}", self.profile, path.display()));
        Ok(Outcome::Fine)
    }

    fn key(&self) -> Result<SecretString, Failure> {
        if self.api_key.expose_secret() != "-" {
            return Ok(self.api_key.clone());
        }
        let mut key = String::new();
        std::io::stdin().read_to_string(&mut key)?;
        Ok(key.trim().into())
    }
}
