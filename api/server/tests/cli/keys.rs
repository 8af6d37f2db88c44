//! The drill: a vault is backed up, somebody is erased, the vault is lost, yesterday's backup comes
//! back; who was erased stays erased.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::http::{Outside, text};
use crate::process::{ADMIN, MASTER, Running, convolog, ends, noted, said, with_keys};

/// An installation on which the drill is made.
pub(crate) struct Drill {
    scratch: tempfile::TempDir,
    pub(crate) workspace: String,
    key: String,
    pub(crate) contact: String,
    conversation: String,
}

impl Drill {
    /// An installation with one person, stopped.
    pub(crate) async fn start() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let (server, address) = Running::serve(&scratch.path().join("data"), &[]);
        let outside = Outside::new(&address);
        let (workspace, key) = outside.set_up().await;
        let body = text("14155550163", "A", 1_795_168_800, "My secret is a canary");
        let position = outside.post(body).await.unwrap();
        let list = outside.get(&format!("/v1/conversations?at_least={position}"), &key).await;
        let text = |path: &str| list["data"][0].pointer(path).unwrap().as_str().unwrap().to_owned();
        let (conversation, contact) = (text("/id"), text("/contact/id"));
        assert!(server.stop().success());
        Self { scratch, workspace, key, contact, conversation }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.scratch.path().join(name)
    }

    pub(crate) fn on_data(&self, words: &[&str]) -> Command {
        let mut command = with_keys();
        command.args(words).arg("--data").arg(self.path("data"));
        command
    }

    pub(crate) fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&said(&ends(&mut self.on_data(words), 0))).unwrap()
    }

    pub(crate) fn erase(&self) -> Value {
        self.json(&[
            "erase",
            &self.contact,
            "--workspace",
            &self.workspace,
            "--reason",
            "requested",
        ])
    }

    fn transcript(&self) -> String {
        said(&ends(&mut self.on_data(&["replay", "conversation", &self.conversation]), 0))
    }

    fn lose_vault(&self) {
        std::fs::remove_file(self.path("data/vault/keys.vault")).unwrap();
    }

    async fn somebody_new(&self) {
        let (server, address) = Running::serve(&self.path("data"), &[]);
        let body = text("447700900123", "B", 1_795_168_900, "I came later");
        Outside::new(&address).post(body).await.unwrap();
        assert!(server.stop().success());
    }
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn whoever_was_erased_stays_erased_when_yesterdays_backup_comes_back() {
    let drill = Drill::start().await;
    let backup = drill.path("yesterday.vault");
    let made = drill.json(&["keys", "backup", shown(&backup)]);
    assert!(made["expires_at"].as_i64().unwrap() > made["made_at"].as_i64().unwrap());
    let again = ends(&mut drill.on_data(&["keys", "backup", shown(&backup)]), 1);
    assert!(noted(&again).contains("exists"), "{}", noted(&again));
    assert!(drill.transcript().contains("canary"));
    ends(&mut drill.on_data(&["arm"]), 0);

    let erased = drill.erase();
    assert_eq!(erased["contacts"][0], drill.contact.as_str());
    assert!(erased["vault_generation"].as_u64() > made["generation"].as_u64());
    assert!(!drill.transcript().contains("canary"));

    drill.lose_vault();
    let refused = ends(&mut drill.on_data(&["verify"]), 1);
    assert!(noted(&refused).contains("there is no vault"), "{}", noted(&refused));
    let restored = drill.json(&["keys", "restore", shown(&backup)]);
    assert_eq!(restored["erased_again"], 1, "{restored}");
    assert_eq!((&restored["erased"], &restored["unreadable"]), (&1.into(), &0.into()));
    assert!(!drill.transcript().contains("canary"));
    let report = drill.json(&["verify", "--json"]);
    assert_eq!(report["vault"]["erasures"], 1);
    assert_eq!(report["vault"]["unknown_key"], 0);

    // And the server says the same; it may not act until it is armed again.
    let (server, address) = Running::serve(&drill.path("data"), &[]);
    let outside = Outside::new(&address);
    let contact = outside.get(&format!("/v1/contacts/{}", drill.contact), &drill.key).await;
    assert!(!contact.to_string().contains("14155550163"), "{contact}");
    assert_eq!(outside.get("/v1/installation", ADMIN).await["armed"], false);
    assert!(server.stop().success());
}

#[tokio::test]
async fn an_erased_lead_stays_erased_when_yesterdays_backup_comes_back() {
    let drill = Drill::start().await;
    let (server, address) = Running::serve(&drill.path("data"), &[]);
    let wanted = json!({ "source": "fair", "name": "Canary Vandermeer" });
    let made = Outside::new(&address).order("/v1/leads", &drill.key, &wanted).await;
    let lead = made["id"].as_str().unwrap();
    assert!(server.stop().success());
    let backup = drill.path("yesterday.vault");
    drill.json(&["keys", "backup", shown(&backup)]);

    let erase = ["erase", lead, "--lead", "--workspace", &drill.workspace];
    let erased = drill.json(&[&erase[..], &["--reason", "requested"]].concat());
    assert_eq!((&erased["leads"], &erased["contacts"]), (&json!([lead]), &json!([])));
    drill.lose_vault();
    let restored = drill.json(&["keys", "restore", shown(&backup)]);
    assert_eq!((&restored["erased_again"], &restored["unreadable"]), (&1.into(), &0.into()));
    let certificate = drill.json(&[&erase[..], &["--certificate"]].concat());
    assert_eq!(certificate["leads"], json!([lead]));
    let (server, address) = Running::serve(&drill.path("data"), &[]);
    let left = Outside::new(&address).get(&format!("/v1/leads/{lead}"), &drill.key).await;
    assert!(left["erased"].is_object() && left["name"].is_null(), "{left}");
    let over = ends(with_keys().args(erase).args(["--certificate", "--url", &address]), 0);
    // The running server may have rewritten the indexes by now.
    let mut over = serde_json::from_str::<Value>(&said(&over)).unwrap();
    over["indexes_rewritten_at"] = certificate["indexes_rewritten_at"].clone();
    assert_eq!(over, certificate);
    assert!(server.stop().success());
}

#[tokio::test]
async fn a_retired_secret_stays_away_when_yesterdays_backup_comes_back() {
    let drill = Drill::start().await;
    let backup = drill.path("yesterday.vault");
    let (server, address) = Running::serve(&drill.path("data"), &[]);
    let outside = Outside::new(&address);
    let apps = outside.get("/v1/apps", &drill.key).await;
    let app = apps["data"][0]["id"].as_str().unwrap();
    let old = apps["data"][0]["secrets"][0]["id"].as_str().unwrap();
    let new = serde_json::json!({ "app_secret": "the next secret" });
    outside.order(&format!("/v1/apps/{app}/secrets"), &drill.key, &new).await;
    assert!(server.stop().success());
    let secrets = || drill.json(&["keys", "status", "--json"])["secrets"].as_u64().unwrap();
    let both = secrets();
    drill.json(&["keys", "backup", shown(&backup)]);

    let (server, address) = Running::serve(&drill.path("data"), &[]);
    let http = convolog_reactors::http_client::builder().no_proxy().build().unwrap();
    let request = http.delete(format!("{address}/v1/apps/{app}/secrets/{old}"));
    assert!(request.bearer_auth(&drill.key).send().await.unwrap().status().is_success());
    assert!(server.stop().success());
    assert_eq!(secrets(), both - 1);

    drill.lose_vault();
    drill.json(&["keys", "restore", shown(&backup)]);
    assert_eq!(secrets(), both - 1, "history knows that it was retired");
}

#[tokio::test]
async fn a_loss_of_keys_is_refused_unless_it_is_accepted() {
    let drill = Drill::start().await;
    let backup = drill.path("yesterday.vault");
    drill.json(&["keys", "backup", shown(&backup)]);
    drill.somebody_new().await;
    drill.lose_vault();
    let refused = ends(&mut drill.on_data(&["keys", "restore", shown(&backup)]), 1);
    assert!(noted(&refused).contains("--accept-loss"), "{}", noted(&refused));
    assert!(!drill.path("data/vault/keys.vault").exists(), "nothing was changed");
    let restored = drill.json(&["keys", "restore", shown(&backup), "--accept-loss"]);
    assert_eq!(restored["unreadable"], 1, "{restored}");
    let report = drill.json(&["verify", "--json"]);
    assert!(report["vault"]["unknown_key"].as_u64().unwrap() > 0, "{report}");
    assert!(drill.transcript().contains("canary"), "whom the backup knows can be read");
}

#[tokio::test]
async fn the_second_place_brings_everybody_back() {
    let drill = Drill::start().await;
    let (backup, mirror) = (drill.path("yesterday.vault"), drill.path("second.vault"));
    drill.json(&["keys", "backup", shown(&backup)]);
    let (server, address) =
        Running::serve(&drill.path("data"), &["--vault-mirror", shown(&mirror)]);
    let body = text("447700900123", "B", 1_795_168_900, "I came later");
    Outside::new(&address).post(body).await.unwrap();
    assert!(server.stop().success());
    drill.lose_vault();
    let second = ["--vault-mirror", shown(&mirror)];
    let mut restore = drill.on_data(&["keys", "restore", shown(&backup)]);
    let restored: Value = serde_json::from_str(&said(&ends(restore.args(second), 0))).unwrap();
    assert_eq!(restored["unreadable"], 0, "{restored}");
    ends(drill.on_data(&["verify"]).args(second), 0);
}

#[tokio::test]
async fn a_new_master_key_replaces_the_old_one() {
    let drill = Drill::start().await;
    let (new, file) = ("b7".repeat(32), drill.path("new.key"));
    let missing = ends(&mut drill.on_data(&["keys", "rotate"]), 2);
    assert!(noted(&missing).contains("CONVOLOG_NEW_MASTER_KEY"), "{}", noted(&missing));
    let before = drill.json(&["keys", "status", "--json"]);
    assert_eq!(before["last_backup"], Value::Null);
    std::fs::write(&file, format!("{new}\n")).unwrap();
    let rotated = drill.json(&["keys", "rotate", "--new-master-key-file", shown(&file)]);
    assert!(rotated["epoch"].as_u64() > before["epoch"].as_u64());
    let old = ends(&mut drill.on_data(&["keys", "status"]), 1);
    assert!(noted(&old).contains("another master key"), "{}", noted(&old));
    let data = drill.path("data");
    let status = ["keys", "status", "--data", shown(&data), "--master-key-file", shown(&file)];
    let status = ends(convolog().args(status), 0);
    assert!(said(&status).contains("1 with a key") || said(&status).contains("subjects"));
    assert_ne!(new, MASTER);
}
