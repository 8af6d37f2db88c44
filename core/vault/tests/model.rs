//! The vault against a model of three sets, over any order of changes, restarts and lost syncs.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use convolog_vault::{Identity, KeyState, MasterKey, Opened, Sealed, Vault};
use proptest::prelude::*;
use uuid::Uuid;

const WORKSPACE: Uuid = Uuid::from_u128(0xA);

#[derive(Clone, Debug)]
enum Step {
    Seal(u8),
    Identify { value: u8, hint: u8 },
    Erase(u8),
    Rotate,
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6u8).prop_map(Step::Seal),
        4 => (0..4u8, 0..6u8).prop_map(|(value, hint)| Step::Identify { value, hint }),
        2 => (0..6u8).prop_map(Step::Erase),
        1 => Just(Step::Rotate),
        2 => Just(Step::Restart),
    ]
}

#[derive(Default)]
struct Model {
    sealed: Vec<(Sealed, Uuid)>,
    subjects: BTreeSet<u8>,
    erased: BTreeSet<u8>,
    identities: BTreeMap<u8, (u8, Uuid)>,
    master: u8,
}

fn subject(n: u8) -> Uuid {
    Uuid::from_u128(0x100 + u128::from(n))
}

fn open(path: &Path, master: u8, generation: u64) -> Arc<Vault> {
    let master = MasterKey::parse(&hex::encode([master; 32])).unwrap();
    Vault::open(path, &master, generation).unwrap()
}

impl Model {
    fn take(&mut self, vault: &mut Option<Arc<Vault>>, path: &Path, step: &Step) {
        let v = vault.as_ref().unwrap();
        match *step {
            Step::Seal(n) => {
                let event = Uuid::from_u128(u128::try_from(self.sealed.len()).unwrap());
                let result = v.seal(WORKSPACE, subject(n), event, &[n; 40]);
                assert_eq!(result.is_err(), self.erased.contains(&n));
                if let Ok(sealed) = result {
                    self.sealed.push((sealed, event));
                    self.subjects.insert(n);
                }
            }
            Step::Identify { value, hint } => {
                let result = v.identity_token(WORKSPACE, 1, &[value], subject(hint));
                if let Some(&(owner, token)) = self.identities.get(&value) {
                    assert_eq!(result.unwrap(), Identity { token, subject: subject(owner) });
                } else if self.erased.contains(&hint) {
                    assert!(result.is_err());
                } else {
                    self.identities.insert(value, (hint, result.unwrap().token));
                }
            }
            Step::Erase(n) => {
                v.erase(WORKSPACE, subject(n), 5).unwrap();
                self.subjects.remove(&n);
                self.erased.insert(n);
                self.identities.retain(|_, (owner, _)| *owner != n);
            }
            Step::Rotate => {
                self.master += 1;
                let master = hex::encode([self.master; 32]);
                v.rotate_master(MasterKey::parse(&master).unwrap()).unwrap();
            }
            Step::Restart => {
                let generation = v.sync().unwrap();
                *vault = None;
                *vault = Some(open(path, self.master, generation));
            }
        }
    }

    fn check(&self, vault: &Vault) {
        for n in 0..6 {
            let state = match (self.erased.contains(&n), self.subjects.contains(&n)) {
                (true, _) => KeyState::Erased,
                (_, true) => KeyState::Present,
                _ => KeyState::Unknown,
            };
            assert_eq!(vault.key_state(WORKSPACE, subject(n)), state);
        }
        for (sealed, event) in &self.sealed {
            let n = (0..6).find(|&n| subject(n) == sealed.subject).unwrap();
            let expected = if self.erased.contains(&n) {
                Opened::Erased
            } else {
                Opened::Plain(vec![n; 40].into())
            };
            assert_eq!(vault.open_part(WORKSPACE, *event, &sealed.as_part()), expected);
        }
        let status = vault.status();
        assert_eq!(
            (status.subjects, status.erased, status.tokens),
            (self.subjects.len(), self.erased.len(), self.identities.len())
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_vault_is_its_model(steps in proptest::collection::vec(step(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.vault");
        let mut model = Model::default();
        let mut vault = Some(open(&path, 0, 0));
        for step in steps.iter().chain([&Step::Restart]) {
            model.take(&mut vault, &path, step);
            model.check(vault.as_ref().unwrap());
        }
    }
}
