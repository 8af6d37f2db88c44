//! Register a Meta app.

use super::{AppRegistered, MetaApp, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::SecretRef;
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// An app may sign what arrives from now on. The secrets are in the vault already; only their
/// references come here.
///
/// Who: a key with the scope `manage` for an app of the workspace; the administrator alone for one
/// of the installation. Refuses: an app that was registered before (`already_exists`), a missing
/// name, a Graph version that is not like `v25.0`.
#[derive(Clone, Debug)]
pub struct RegisterApp {
    /// What its owner calls it.
    pub name: String,
    /// The secret that signs posts.
    pub secret: SecretRef,
    /// What the platform repeats in the handshake.
    pub verify_token: SecretRef,
    /// The version of the Graph API it is subscribed with, such as `v25.0`.
    pub graph_version: String,
}

impl Command for RegisterApp {
    type Aggregate = MetaApp;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.registered() {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this app was registered before"));
        }
        let name = validate::name("name", &self.name)?;
        if !is_graph_version(&self.graph_version) {
            return Err(Refusal::field("graph_version", "must be like v25.0"));
        }
        let Self { secret, verify_token, graph_version, .. } = self;
        Ok(vec![Decision::new(AppRegistered { name, secret, verify_token, graph_version })])
    }
}

fn is_graph_version(version: &str) -> bool {
    let number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    version
        .strip_prefix('v')
        .and_then(|numbers| numbers.split_once('.'))
        .is_some_and(|(major, minor)| number(major) && number(minor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta_app::fixtures::{registered, secret};
    use crate::testing::given;

    fn register() -> RegisterApp {
        RegisterApp {
            name: "Shop".into(),
            secret: secret(1),
            verify_token: secret(100),
            graph_version: "v25.0".into(),
        }
    }

    #[test]
    fn an_app_is_registered_with_references_only() {
        given::<MetaApp>([]).when(register()).then([registered().into()]).sealing([]);
    }

    #[test]
    fn an_app_is_registered_once() {
        given::<MetaApp>([registered().into()])
            .when(register())
            .refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn a_name_is_needed() {
        given::<MetaApp>([])
            .when(RegisterApp { name: " ".into(), ..register() })
            .refused(RefusalCode::InvalidField)
            .at("name");
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for bad in ["", "v25", "25.0", "v.0", "v25.", "v25.0.1", "vx.y", "v1234.0"] {
            given::<MetaApp>([])
                .when(RegisterApp { graph_version: bad.into(), ..register() })
                .refused(RefusalCode::InvalidField)
                .at("graph_version");
        }
    }
}
