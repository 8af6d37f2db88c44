//! What the binary refuses, with which status, and what it says to do.

use std::path::Path;
use std::process::Command;

use crate::http::{Outside, text};
use crate::process::{MASTER, Running, convolog, ends, noted, run, with_keys};

fn serve(command: &mut Command, data: &Path) -> String {
    let output = run(command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data));
    assert_eq!(output.status.code(), Some(1), "{}", noted(&output));
    noted(&output)
}

fn copy(from: &Path, to: &Path) {
    std::fs::remove_dir_all(to).ok();
    std::fs::remove_file(to).ok();
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}

#[test]
fn wrong_use_ends_with_two() {
    let data = ["--data", "/nowhere"];
    for wrong in [
        vec!["verify"],
        vec!["verify", "--data", "a", "--url", "b"],
        vec!["unheard-of"],
        vec!["replay", "conversation", "no-id", "--data", "x"],
        vec![
            "erase",
            "00000000-0000-0000-0000-000000000001",
            "--workspace",
            "00000000-0000-0000-0000-000000000002",
            "--reason",
            "Ana asked",
            "--data",
            "x",
        ],
        vec!["verify", "--data", "x", "--against", "checkpoint"],
        vec!["replay", "test", "/nowhere/at/all", "--unknown"],
    ] {
        ends(with_keys().args(&wrong), 2);
    }
    for later in ["export", "import", "prove", "check-proof"] {
        let output = ends(with_keys().args([later, "--out", "file"]), 2);
        assert!(noted(&output).contains("later release"), "{}", noted(&output));
    }
    let missing = ends(with_keys().arg("verify").args(data), 1);
    assert!(noted(&missing).contains("holds no Convolog data"), "{}", noted(&missing));
    let nobody = ends(with_keys().args(["verify", "--url", "http://127.0.0.1:1"]), 1);
    assert!(noted(&nobody).contains("is a server running"), "{}", noted(&nobody));
}

#[test]
fn a_server_without_a_master_key_says_how_to_make_one() {
    let scratch = tempfile::tempdir().unwrap();
    let mut command = convolog();
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(scratch.path());
    let output = ends(&mut command, 2);
    assert!(noted(&output).contains("openssl rand -hex 32"), "{}", noted(&output));
}

#[tokio::test]
async fn what_cannot_be_trusted_is_not_opened() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let (log, vault) = (data.join("log/volumes"), data.join("vault/keys.vault"));
    let (old_log, old_vault) = (scratch.path().join("volumes"), scratch.path().join("vault"));
    let (server, address) = Running::serve(&data, &[]);
    Outside::new(&address).set_up().await;

    // Somebody else has it open: another server, and whoever wants to look at the folder.
    let said = serve(&mut with_keys(), &data);
    assert!(said.contains("another process"), "{said}");
    let output = ends(with_keys().args(["verify", "--data"]).arg(&data), 1);
    assert!(noted(&output).contains("another process"), "{}", noted(&output));
    assert!(server.stop().success());
    copy(&log, &old_log);
    copy(&vault, &old_vault);

    let (server, address) = Running::serve(&data, &[]);
    let outside = Outside::new(&address);
    outside.post(text("14155550163", "A", 1_795_168_800, "Hello")).await.unwrap();
    assert!(server.stop().success());

    let said = serve(with_keys().env("CONVOLOG_MASTER_KEY", "0a".repeat(32)), &data);
    assert!(said.contains("another master key"), "{said}");
    let said = serve(with_keys().env("CONVOLOG_MASTER_KEY", "too short"), &data);
    assert!(said.contains("64 hexadecimal digits"), "{said}");

    let (new_log, new_vault) = (scratch.path().join("new"), scratch.path().join("new vault"));
    copy(&vault, &new_vault);
    copy(&old_vault, &vault);
    let said = serve(&mut with_keys(), &data);
    assert!(said.contains("keys restore") && said.contains("generation"), "{said}");
    std::fs::remove_file(&vault).unwrap();
    let said = serve(&mut with_keys(), &data);
    assert!(said.contains("there is no vault"), "{said}");
    copy(&new_vault, &vault);

    copy(&log, &new_log);
    copy(&old_log, &log);
    let said = serve(&mut with_keys(), &data);
    assert!(said.contains("went back"), "{said}");
    copy(&new_log, &log);

    // Nothing was written meanwhile: with everything in its place it opens again.
    ends(with_keys().args(["verify", "--data"]).arg(&data), 0);
    let (server, _) = Running::serve(&data, &[]);
    assert!(server.stop().success());
}

#[tokio::test]
async fn a_taken_address_is_named() {
    let scratch = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = with_keys();
    command.args(["serve", "--listen", &address, "--data"]).arg(scratch.path());
    let output = ends(&mut command, 1);
    assert!(noted(&output).contains(&address), "{}", noted(&output));
}

#[test]
fn of_two_master_keys_none_is_guessed() {
    let scratch = tempfile::tempdir().unwrap();
    let (data, file) = (scratch.path().join("data"), scratch.path().join("master.key"));
    std::fs::write(&file, MASTER).unwrap();
    // Keys are read before anything of a folder is.
    let there = scratch.path().join("there");
    std::fs::create_dir_all(there.join("log")).unwrap();
    std::fs::write(there.join("log/MANIFEST"), []).unwrap();
    let (folder, file) = (data.to_str().unwrap(), file.to_str().unwrap());
    let serve = ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--master-key-file", file];
    let there = there.to_str().unwrap();
    let status = ["keys", "status", "--data", there, "--master-key-file", file];
    let refused = |command: &mut Command| noted(&ends(command, 2));
    for said in [
        refused(with_keys().args(serve)),
        refused(with_keys().args(status)),
        refused(with_keys().env("CONVOLOG_MASTER_KEY_FILE", file).args(&serve[..5])),
    ] {
        assert!(said.contains("two master keys") && said.contains(file), "{said}");
        assert!(!said.contains(MASTER), "{said}");
    }
    assert!(!data.exists());
}
