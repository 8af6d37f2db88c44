//! Whoever asks for what in whatever order: a number has one owner, and its claim is held exactly
//! while it has one; a channel keeps its number; an app can always be signed for.

use convolog_domain::channel::{Channel, ConnectChannel, DisconnectChannel};
use convolog_domain::meta_app::{AddAppSecret, MetaApp, RegisterApp, RetireAppSecret};
use convolog_domain::number::{Number, OwnershipProof, ReleaseNumber, ReserveNumber};
use convolog_domain::testing::ctx;
use convolog_domain::{
    Aggregate, AppId, ChannelId, Command, Decision, SecretId, SecretRef, WorkspaceId,
};
use proptest::prelude::*;
use uuid::Uuid;

const APP: AppId = AppId(Uuid::from_u128(1));

/// Decides, and if it was not refused applies what was decided.
fn carry_out<C: Command>(
    command: C,
    state: &mut <C::Aggregate as Aggregate>::State,
) -> Vec<Decision> {
    let decisions = command.decide(state, &mut ctx()).unwrap_or_default();
    for decision in &decisions {
        if let Ok(event) = decision.event.clone().try_into() {
            C::Aggregate::evolve(state, &event);
        }
    }
    decisions
}

fn secret(n: u128) -> SecretRef {
    SecretRef { id: SecretId(Uuid::from_u128(n)), fingerprint: n.to_string() }
}

fn reserve(workspace: WorkspaceId, channel: ChannelId) -> ReserveNumber {
    ReserveNumber {
        phone_number_id: "106540352242922".into(),
        workspace,
        channel,
        app: APP,
        installation_app: false,
        proof: OwnershipProof::Graph,
    }
}

fn connect(phone_number_id: &str) -> ConnectChannel {
    ConnectChannel {
        workspace: WorkspaceId(Uuid::from_u128(1)),
        platform: "whatsapp".into(),
        name: "Counter".into(),
        app: APP,
        installation_app: false,
        phone_number_id: phone_number_id.into(),
        waba_id: "102290129340398".into(),
        display_phone_number: "+12025550123".into(),
        access_token: None,
        graph_url: "https://graph.facebook.com".into(),
        plain_http_allowed: false,
    }
}

proptest! {
    #[test]
    fn a_number_has_one_owner_and_its_claim_is_held_while_it_has_one(
        steps in prop::collection::vec((any::<bool>(), 1..4_u128, 1..3_u128), 0..60),
    ) {
        let mut state = <Number as Aggregate>::State::default();
        let mut held = false;
        for (take, workspace, channel) in steps {
            let workspace = WorkspaceId(Uuid::from_u128(workspace));
            let channel = ChannelId(Uuid::from_u128(channel));
            let before = state.owner.clone();
            let decisions = if take {
                carry_out(reserve(workspace, channel), &mut state)
            } else {
                carry_out(ReleaseNumber { workspace, channel }, &mut state)
            };
            for decision in &decisions {
                prop_assert!(decision.claims.is_empty() || !held, "claimed while held");
                prop_assert!(decision.releases.is_empty() || held, "released while free");
                held = !decision.claims.is_empty();
            }
            prop_assert_eq!(held, state.owner.is_some());
            if before.is_some_and(|owner| owner.workspace != workspace) {
                prop_assert!(decisions.is_empty(), "a stranger moved it");
            }
        }
    }

    #[test]
    fn an_app_has_one_or_two_different_secrets(
        steps in prop::collection::vec((0..3_u8, 1..5_u128), 0..60),
    ) {
        let mut state = <MetaApp as Aggregate>::State::default();
        for (kind, n) in steps {
            match kind {
                0 => drop(carry_out(RegisterApp {
                    name: "Shop".into(),
                    secret: secret(n),
                    verify_token: secret(100),
                    graph_version: "v25.0".into(),
                }, &mut state)),
                1 => drop(carry_out(AddAppSecret { secret: secret(n) }, &mut state)),
                _ => drop(carry_out(RetireAppSecret { secret: secret(n).id }, &mut state)),
            }
            let registered = state.registered();
            prop_assert_eq!(registered, (1..=2).contains(&state.secrets.len()));
            prop_assert!(registered || state.secrets.is_empty());
            prop_assert!(state.secrets.first() != state.secrets.get(1) || !registered);
        }
    }

    #[test]
    fn a_channel_keeps_its_number(steps in prop::collection::vec(0..3_u8, 0..40)) {
        let mut state = <Channel as Aggregate>::State::default();
        let mut first = None;
        for step in steps {
            match step {
                0 => drop(carry_out(connect("11111"), &mut state)),
                1 => drop(carry_out(connect("22222"), &mut state)),
                _ => drop(carry_out(DisconnectChannel, &mut state)),
            }
            let now = state.settings.as_ref().map(|settings| settings.phone_number_id.clone());
            first = first.or_else(|| now.clone());
            prop_assert_eq!(&now, &first);
        }
    }
}
