//! Which read models there are, without their types.

use std::marker::PhantomData;
use std::path::Path;
use std::sync::Arc;

use convolog_domain::StreamKind;
use convolog_engine::Recorded;
use convolog_log::EventLog;

use crate::acts::Acts;
use crate::analytics::Analytics;
use crate::appointments::Appointments;
use crate::contacts::Contacts;
use crate::conversations::Conversations;
use crate::costs::Costs;
use crate::cursor::Cursor;
use crate::deliveries::Deliveries;
use crate::documents::Documents;
use crate::dump;
use crate::endpoints::Endpoints;
use crate::error::QueryError;
use crate::feed::{Feed, Feeding};
use crate::fold::ReadModel;
use crate::folder::{Folder, Found, Generation};
use crate::hours::Hours;
use crate::imports::Imports;
use crate::leads::Leads;
use crate::pipeline::Pipeline;
use crate::recipients::Recipients;
use crate::settings::Settings;
use crate::store::{Disk, Store, StoreError};
use crate::templates::Templates;

/// A read model, whatever its rows.
pub(crate) trait AnyModel: Send + Sync {
    fn name(&self) -> &'static str;
    fn version(&self) -> u32;
    fn wants(&self, kind: StreamKind) -> bool;
    fn takes(&self, event: &Recorded) -> bool;
    fn open(&self, dir: &Path, disk: &Disk, log: &dyn EventLog) -> Result<Found, QueryError>;
    fn begin(&self, dir: &Path, disk: &Disk, log: &dyn EventLog) -> Result<Generation, QueryError>;
    fn reopen(
        &self,
        folder: &Folder,
        number: u64,
        log: &dyn EventLog,
    ) -> Result<Option<Generation>, QueryError>;
    fn begin_in(
        &self,
        store: Arc<dyn Store>,
        log: &dyn EventLog,
    ) -> Result<Box<dyn Feeding>, StoreError>;
    fn lines<'a>(&self, store: &'a dyn Store) -> dump::Lines<'a>;
    fn line(&self, key: &[u8], value: &[u8]) -> Result<String, StoreError>;
}

struct Of<M>(PhantomData<fn() -> M>);

impl<M: ReadModel> AnyModel for Of<M> {
    fn name(&self) -> &'static str {
        M::NAME
    }

    fn version(&self) -> u32 {
        M::VERSION
    }

    fn wants(&self, kind: StreamKind) -> bool {
        M::KINDS.contains(&kind)
    }

    fn takes(&self, event: &Recorded) -> bool {
        let mut keys = Vec::new();
        if self.wants(event.stream.kind) {
            M::keys(event, &mut keys);
        }
        !keys.is_empty()
    }

    fn open(&self, dir: &Path, disk: &Disk, log: &dyn EventLog) -> Result<Found, QueryError> {
        Folder::new(dir, M::NAME, disk).open::<M>(log)
    }

    fn begin(&self, dir: &Path, disk: &Disk, log: &dyn EventLog) -> Result<Generation, QueryError> {
        Folder::new(dir, M::NAME, disk).begin::<M>(log)
    }

    fn reopen(
        &self,
        folder: &Folder,
        number: u64,
        log: &dyn EventLog,
    ) -> Result<Option<Generation>, QueryError> {
        folder.reopen::<M>(number, log)
    }

    fn begin_in(
        &self,
        store: Arc<dyn Store>,
        log: &dyn EventLog,
    ) -> Result<Box<dyn Feeding>, StoreError> {
        let cursor = Cursor::start(log.id(), M::VERSION, M::FORMAT);
        Ok(Box::new(Feed::<M>::begin(store, cursor)?))
    }

    fn lines<'a>(&self, store: &'a dyn Store) -> dump::Lines<'a> {
        dump::lines::<M>(store)
    }

    fn line(&self, key: &[u8], value: &[u8]) -> Result<String, StoreError> {
        dump::line::<M>(key, value)
    }
}

static CONVERSATIONS: Of<Conversations> = Of(PhantomData);
static TRANSCRIPTS: Of<crate::transcripts::Transcripts> = Of(PhantomData);
static CONTACTS: Of<Contacts> = Of(PhantomData);
static ACTS: Of<Acts> = Of(PhantomData);
static DOCUMENTS: Of<Documents> = Of(PhantomData);
static SETTINGS: Of<Settings> = Of(PhantomData);
static LEADS: Of<Leads> = Of(PhantomData);
static PIPELINE: Of<Pipeline> = Of(PhantomData);
static ANALYTICS: Of<Analytics> = Of(PhantomData);
static HOURS: Of<Hours> = Of(PhantomData);
static ENDPOINTS: Of<Endpoints> = Of(PhantomData);
static DELIVERIES: Of<Deliveries> = Of(PhantomData);
static TEMPLATES: Of<Templates> = Of(PhantomData);
static APPOINTMENTS: Of<Appointments> = Of(PhantomData);
static IMPORTS: Of<Imports> = Of(PhantomData);
static RECIPIENTS: Of<Recipients> = Of(PhantomData);
static COSTS: Of<Costs> = Of(PhantomData);

/// Every read model.
pub(crate) static MODELS: [&dyn AnyModel; 17] = [
    &CONVERSATIONS,
    &TRANSCRIPTS,
    &CONTACTS,
    &SETTINGS,
    &ACTS,
    &LEADS,
    &PIPELINE,
    &ANALYTICS,
    &HOURS,
    &DOCUMENTS,
    &ENDPOINTS,
    &DELIVERIES,
    &TEMPLATES,
    &APPOINTMENTS,
    &IMPORTS,
    &RECIPIENTS,
    &COSTS,
];

/// The names of all read models.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODELS.iter().map(|model| model.name())
}

/// The names of the read models with a row that an event concerns.
pub fn taken_by(event: &Recorded) -> impl Iterator<Item = &'static str> {
    MODELS.iter().filter(|model| model.takes(event)).map(|model| model.name())
}

/// The read model of that name.
pub(crate) fn named(name: &str) -> Option<&'static dyn AnyModel> {
    MODELS.iter().find(|model| model.name() == name).copied()
}
