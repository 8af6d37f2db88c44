//! Takes in posts until the power goes.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use convolog_domain::{ContactId, contact};
use convolog_engine::{Caller, DataFolder, Inbound, Received, Recorded};
use convolog_log::{Filter, Position};
use convolog_projections::{Options, ReadModels};

use super::acks::{Ack, Acks};
use super::world::{self, WORKSPACE};

/// How many customers write at the same time.
const CUSTOMERS: u64 = 24;

/// Messages after which a customer is somebody new.
const LOYALTY: u64 = 5;

/// Somebody is erased about once in so many messages.
const ERASE_EVERY: u64 = 200;

struct Writer {
    folder: DataFolder,
    inbound: Inbound,
    acks: Acks,
    next: AtomicU64,
}

pub(crate) async fn run(dir: &Path, acks: &Path) -> ExitCode {
    let folder = world::make(dir);
    world::set_up(folder.engine()).await;
    drop(folder);
    let folder = world::open(dir).unwrap();
    let engine = folder.engine().clone();
    let clock = Arc::clone(engine.clock());
    let models = DataFolder::models_path(dir);
    // Kept alive beside: read models write to the same disk.
    let models = ReadModels::open(&models, Arc::clone(engine.log()), clock, Options::default());
    let inbound = Inbound::new(engine);
    let writer = Writer { folder, inbound, acks: Acks::open(acks), next: AtomicU64::new(0) };
    let writer = Arc::new(writer);
    let customers = (0..CUSTOMERS).map(|n| tokio::spawn(customer(Arc::clone(&writer), n)));
    for customer in customers.collect::<Vec<_>>() {
        if customer.await.is_err() {
            eprintln!("a customer panicked");
            return ExitCode::FAILURE;
        }
    }
    drop(models);
    ExitCode::SUCCESS
}

async fn customer(writer: Arc<Writer>, n: u64) {
    loop {
        let number = writer.next.fetch_add(1, Ordering::SeqCst);
        if number % ERASE_EVERY == ERASE_EVERY - 1 {
            writer.erase_somebody(number).await;
        } else {
            writer
                .message(&format!("1415{n:03}{:06}", number / (LOYALTY * CUSTOMERS)), number)
                .await;
        }
    }
}

impl Writer {
    /// A message twice at the same moment, as the platform redelivers: the second one is repeated,
    /// refused or decided again against a claim that is often only staged.
    async fn message(&self, from: &str, number: u64) {
        let id = format!("M{number}");
        let (body, signature) = world::post(from, &id);
        let deliver = || async {
            let received = self.inbound.receive(body.clone(), Some(&signature)).await;
            if let Ok(Received { position, .. }) = received {
                self.acks.note(&Ack::Message { id: id.clone(), position: position.0 });
            }
        };
        tokio::join!(deliver(), deliver());
    }

    /// Somebody writes once and is erased.
    async fn erase_somebody(&self, number: u64) {
        let (body, signature) = world::post(&format!("1917{number:08}"), &format!("V{number}"));
        let Ok(received) = self.inbound.receive(body, Some(&signature)).await else { return };
        let Some(contact) = self.contact_at(received.position) else { return };
        let caller = Caller::administrator(WORKSPACE);
        let erased = self.folder.engine().erase_contact(&caller, contact, "requested").await;
        if let Ok(erased) = erased {
            self.acks.note(&Ack::Erased { contact: contact.0, position: erased.position.0 });
        }
    }

    /// Who was created by the commit that ends at a position.
    fn contact_at(&self, position: Position) -> Option<ContactId> {
        let after = Position(position.0.saturating_sub(10));
        let (records, _) = self.folder.engine().log().read(after, 10, &Filter::default()).unwrap();
        let last = records.iter().find(|record| record.header.position == position)?;
        let commit = Recorded::read(last).unwrap().commit_id;
        records.iter().map(|record| Recorded::read(record).unwrap()).find_map(|recorded| {
            let created = contact::Event::try_from(recorded.event.clone());
            let is_new = matches!(created, Ok(contact::Event::ContactCreated(_)));
            (is_new && recorded.commit_id == commit).then_some(ContactId(recorded.stream.id))
        })
    }
}
