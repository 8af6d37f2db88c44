//! Reading everything, and its floors over the same bytes from memory.
//!
//! The log reads *stored blocks*: whoever reads those bytes must check their checksum, unpack them
//! and decode the records. That is the floor. What is left when blocks lie unpacked and checked in
//! memory is shown beside it.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use bytes::Bytes;
use convolog_benches::numbers::{micros_each, per};
use convolog_benches::probe::thread_cpu_time;
use convolog_log::{Block, EventLog, Filter, Header, Position, Record, SledLog};

use crate::Outcome;

/// Records that a reader takes at a time.
const PAGE: usize = 1_000;

/// What one pass over everything showed. One thread does it all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scan {
    pub(crate) events: usize,
    pub(crate) record_bytes: usize,
    elapsed: Duration,
    cpu: Duration,
}

impl Scan {
    /// Events a second of wall time.
    pub(crate) fn rate(&self) -> f64 {
        per(self.events, self.elapsed)
    }

    /// CPU microseconds an event.
    pub(crate) fn cpu_micros(&self) -> f64 {
        micros_each(self.cpu, self.events)
    }

    fn timed<T>(&mut self, work: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        let (start, cpu) = (Instant::now(), thread_cpu_time());
        let done = work(self);
        self.elapsed += start.elapsed();
        self.cpu += thread_cpu_time().saturating_sub(cpu);
        done
    }

    fn decode(&mut self, record: &Record) -> Outcome<()> {
        black_box(record.decode()?);
        self.events += 1;
        self.record_bytes += Header::LEN + record.body.len();
        Ok(())
    }
}

/// Reads and decodes the whole log.
pub(crate) fn read_all(log: &dyn EventLog) -> Outcome<Scan> {
    let mut scan = Scan::default();
    scan.timed(|scan| {
        let mut after = Position::START;
        while after < log.head() {
            let (records, reached) = log.read(after, PAGE, &Filter::default())?;
            for record in &records {
                scan.decode(record)?;
            }
            after = reached;
        }
        Ok(())
    })?;
    Ok(scan)
}

/// The stored bytes of the closed volumes, in memory.
pub(crate) fn stored(log: &SledLog) -> Outcome<Vec<Bytes>> {
    let volumes = log.shape().closed;
    let read = volumes.iter().map(|entry| fs::read(log.blocks_file(entry.number)));
    Ok(read.map(|bytes| bytes.map(Bytes::from)).collect::<Result<_, _>>()?)
}

/// The floor: the same stored bytes from memory, checked, unpacked and decoded.
pub(crate) fn decode_stored(volumes: &[Bytes]) -> Outcome<Scan> {
    let mut scan = Scan::default();
    scan.timed(|scan| {
        for volume in volumes {
            let mut left = volume.clone();
            while !left.is_empty() {
                let block = Block::decode(&left)?;
                left = left.slice(block.header.block_bytes()..);
                for record in block.records() {
                    scan.decode(&record?)?;
                }
            }
        }
        Ok(())
    })?;
    Ok(scan)
}

/// Records that were checked and unpacked before: decoding alone.
pub(crate) fn decode_records(volumes: &[Bytes]) -> Outcome<Scan> {
    let mut scan = Scan::default();
    for volume in volumes {
        let mut left = volume.clone();
        while !left.is_empty() {
            let block = Block::decode(&left)?;
            left = left.slice(block.header.block_bytes()..);
            let records: Vec<Record> = block.records().collect::<Result<_, _>>()?;
            scan.timed(|scan| records.iter().try_for_each(|record| scan.decode(record)))?;
        }
    }
    Ok(scan)
}
