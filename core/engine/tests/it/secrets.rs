//! A secret leaves the vault with the commit that retires it, and not before.

use convolog_domain::{
    AppId, ChannelId, Decision, SecretId, SecretRef, StreamKind, WorkspaceId,
    channel::{Channel, ReplaceToken},
    meta_app::{
        AddAppSecret, AppSecretRetired, MetaApp, RegisterApp, ReplaceVerifyToken, RetireAppSecret,
    },
};
use convolog_engine::{AppSecrets, Caller, ChannelSpec, Plan, Step, Stream};
use secrecy::SecretString;

use crate::world::{World, nothing};

impl World {
    fn put(&self, workspace: WorkspaceId, value: &str) -> SecretRef {
        self.engine.put_secret(workspace, &SecretString::from(value)).unwrap()
    }

    fn holds(&self, workspace: WorkspaceId, secret: SecretId) -> bool {
        self.engine.vault().secret(workspace.0, secret.0).is_some()
    }

    fn token(&self, workspace: WorkspaceId, channel: ChannelId) -> Option<SecretId> {
        let state = self.engine.load::<Channel>(workspace, channel.0).unwrap().state;
        state.live().and_then(|settings| settings.access_token.as_ref()).map(|token| token.id)
    }
}

#[tokio::test]
async fn a_retired_app_secret_and_a_replaced_verify_token_leave_the_vault() {
    let world = World::new().await;
    let (workspace, app) = (world.tenants[0].workspace, world.tenants[0].app.0);
    let caller = Caller::administrator(workspace);
    let state = world.engine.load::<MetaApp>(workspace, app).unwrap().state;
    let (old, handshake) = (state.secrets[0].id, state.verify_token.clone().unwrap().id);
    let new = world.put(workspace, "the next one");
    world.engine.execute(&caller, app, AddAppSecret { secret: new.clone() }).await.unwrap();
    assert!(world.holds(workspace, old) && world.holds(workspace, new.id));

    world.engine.execute(&caller, app, RetireAppSecret { secret: old }).await.unwrap();
    assert!(!world.holds(workspace, old) && world.holds(workspace, new.id));
    let refused = world.engine.execute(&caller, app, RetireAppSecret { secret: new.id }).await;
    assert!(refused.is_err() && world.holds(workspace, new.id), "the last one stays");

    let verify_token = world.put(workspace, "another handshake");
    let replace = ReplaceVerifyToken { verify_token: verify_token.clone() };
    world.engine.execute(&caller, app, replace).await.unwrap();
    assert!(!world.holds(workspace, handshake) && world.holds(workspace, verify_token.id));
    let other = world.tenants[1].workspace;
    let theirs = world.engine.load::<MetaApp>(other, world.tenants[1].app.0).unwrap().state;
    assert!(world.holds(other, theirs.secrets[0].id), "another workspace keeps what it has");
}

#[tokio::test]
async fn an_access_token_leaves_when_it_is_replaced_and_when_its_channel_is_disconnected() {
    let world = World::new().await;
    let (workspace, channel) = (world.tenants[0].workspace, world.tenants[0].channel);
    let caller = Caller::administrator(workspace);
    let mut before = None;
    for value in ["the first token", "the second token"] {
        let access_token = world.put(workspace, value);
        world.engine.execute(&caller, channel.0, ReplaceToken { access_token }).await.unwrap();
        let now = world.token(workspace, channel).unwrap();
        assert!(world.holds(workspace, now));
        assert!(before.is_none_or(|before| !world.holds(workspace, before)));
        before = Some(now);
    }
    world.engine.disconnect_channel(&caller, channel).await.unwrap();
    assert!(!world.holds(workspace, before.unwrap()));
}

#[tokio::test]
async fn what_a_crash_left_behind_is_found_in_history() {
    let world = World::new().await;
    let (workspace, app) = (world.tenants[0].workspace, world.tenants[0].app.0);
    let caller = Caller::administrator(workspace);
    let old = world.engine.load::<MetaApp>(workspace, app).unwrap().state.secrets[0].clone();
    let secret = world.put(workspace, "the next one");
    world.engine.execute(&caller, app, AddAppSecret { secret: secret.clone() }).await.unwrap();
    // The commit without what follows it.
    let stream = Stream::new(workspace, StreamKind::MetaApp, app);
    let decision = Decision::new(AppSecretRetired { secret: old.clone() });
    let plan = Plan { steps: vec![Step { stream, decision }], ..Plan::default() };
    world.engine.commit(&caller, &plan).await.unwrap();
    assert!(world.holds(workspace, old.id));

    let retired = world.engine.retired_secrets::<MetaApp>(workspace, app).unwrap();
    assert_eq!(world.engine.forget_secrets(&retired).unwrap(), 1);
    assert!(!world.holds(workspace, old.id) && world.holds(workspace, secret.id));
    assert_eq!(world.engine.forget_secrets(&retired).unwrap(), 0, "nothing is written twice");
}

#[tokio::test]
async fn what_is_refused_leaves_no_secret_behind() {
    let world = World::new().await;
    let (ours, theirs) = (&world.tenants[1], &world.tenants[0]);
    let (caller, engine) = (Caller::administrator(ours.workspace), &world.engine);
    let before = engine.vault().status().secrets;
    let secrets = AppSecrets {
        secret: SecretString::from("a secret"),
        verify_token: SecretString::from("a token"),
        graph_version: "v25.0".to_owned(),
    };
    let app = AppId(uuid::Uuid::from_u128(7));
    engine.register_app(&caller, app, "", &secrets, None, nothing).await.unwrap_err();
    // The number is another workspace's.
    let spec = ChannelSpec {
        access_token: Some(SecretString::from("a token")),
        ..ours.channel_spec(theirs.number)
    };
    let channel = ChannelId(uuid::Uuid::from_u128(8));
    engine.connect_channel(&caller, channel, &spec, None, nothing).await.unwrap_err();
    assert_eq!(engine.vault().status().secrets, before);

    // Somebody was faster: the app is there by now.
    let draft = engine.draft_secret(&secrets.secret).unwrap();
    let register = RegisterApp {
        name: "An app".to_owned(),
        secret: draft.reference(),
        verify_token: draft.reference(),
        graph_version: "v25.0".to_owned(),
    };
    let registering = engine.execute_once(&caller, ours.app.0, register, None, nothing);
    engine.keeping_secrets(ours.workspace, &[&draft], registering).await.unwrap_err();
    assert_eq!(engine.vault().status().secrets, before);
}
