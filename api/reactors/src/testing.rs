//! An engine with read models in a folder of its own, for tests.

use std::sync::Arc;

use convolog_engine::{DataFolder, Engine, FolderOptions, Instance};
use convolog_log::{ManualClock, Timestamp};
use convolog_projections::{Options, ReadModels};
use convolog_search::Search;
use convolog_vault::MasterKey;
use tempfile::TempDir;

use crate::acting::Acting;
use crate::outgoing::OutgoingGuard;

/// Goes away when it is dropped.
pub(crate) struct Fixture {
    acting: Acting,
    _folder: DataFolder,
    _dir: TempDir,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(1_795_251_600_000_000)));
        let mut options = FolderOptions { clock: clock.clone(), ..FolderOptions::default() };
        (options.log.ballast_bytes, options.log.free_floor_bytes) = (0, 0);
        let master = MasterKey::parse(&"5e".repeat(32)).unwrap();
        let folder = DataFolder::open_or_create(dir.path(), &master, options).unwrap();
        let (engine, models) = (folder.engine().clone(), DataFolder::models_path(dir.path()));
        let (log, disclose) = (Arc::clone(engine.log()), Arc::new(engine.clone()));
        let search = convolog_search::path(&models);
        let search = Search::open(
            &search,
            log.clone(),
            disclose,
            clock.clone(),
            convolog_search::Options::default(),
        );
        let models = ReadModels::open(&models, log, clock, Options::default()).unwrap();
        let guard = OutgoingGuard::new(&[]);
        let acting = Acting::new(engine, models, search.unwrap(), guard, Self::instance());
        Self { acting, _folder: folder, _dir: dir }
    }

    pub(crate) fn instance() -> Instance {
        Instance::named("this one")
    }

    pub(crate) fn acting(&self) -> Acting {
        self.acting.clone()
    }

    pub(crate) fn engine(&self) -> &Engine {
        self.acting.engine()
    }
}
