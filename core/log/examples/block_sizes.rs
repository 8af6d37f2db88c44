//! How large the log gets: raw and LZ4 blocks, active and closed volumes, by commits in a batch.
//!
//! Records are like those of a busy channel: an envelope with ids drawn at random, two claims, a
//! payload of ids and codes in the clear, and 150 to 600 bytes of ciphertext. Run it again when the
//! record changes: `cargo run --release -p convolog-log --example block_sizes`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that prints a table")]

use std::fs;
use std::path::Path;
use std::time::Instant;

use bytes::Bytes;
use convolog_log::{
    Actor, Body, ClaimAction, ClaimHash, Codec, Commit, Draft, EventLog, Mode, OnClash, Options,
    Origin, RecordedClaim, SealedContent, SealedPart, SledLog, StreamKey,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Events written for each line of the table.
const EVENTS: u64 = 20_000;

fn main() {
    println!(
        "codec  in a batch  record B/event  block B/event  closed/record  active/record  write s"
    );
    for batch in [1_u64, 4, 16, 64, 256] {
        for codec in [Codec::Raw, Codec::Lz4] {
            measure(codec, batch);
        }
    }
}

fn measure(codec: Codec, batch: u64) {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { codec, ballast_bytes: 0, ..Options::default() };
    let log = SledLog::open_or_create(dir.path(), options).unwrap();
    let events = if batch == 1 { EVENTS / 10 } else { EVENTS };
    let start = Instant::now();
    for first in (0..events).step_by(usize::try_from(batch).unwrap()) {
        // Handed over as one commit, so that the size of the batch is sure.
        let drafts = (first..first + batch).map(draft).collect();
        log.append(Commit { conditions: Vec::new(), drafts }).wait().unwrap();
    }
    let seconds = start.elapsed().as_secs_f64();
    let shape = log.shape();
    let active = ratio(shape.live_disk_bytes, shape.live_record_bytes);
    let records = shape.live_record_bytes;
    log.close_volume().unwrap();
    let written = log.head().0;
    let blocks = log.shape().closed.iter().map(|entry| entry.bytes).sum::<u64>();
    let index = size_of_index(dir.path());
    println!(
        "{:<6} {batch:>10} {:>15.0} {:>14.0} {:>14.3} {active:>14.2} {seconds:>8.1}",
        format!("{codec:?}"),
        ratio(records, written),
        ratio(blocks, written),
        ratio(blocks + index, records),
    );
}

fn ratio(of: u64, to: u64) -> f64 {
    let float = |n: u64| f64::from(u32::try_from(n).unwrap());
    float(of) / float(to)
}

fn size_of_index(dir: &Path) -> u64 {
    fs::metadata(dir.join("volumes/00000001.index")).unwrap().len()
}

/// Bytes as a cipher or a keyed hash gives them.
fn noise(seed: &str, n: u64, len: usize) -> Vec<u8> {
    let block = |at: u64| Sha256::digest(format!("{seed} {n} {at}"));
    (0..).flat_map(block).take(len).collect()
}

fn id(seed: &str, n: u64) -> Uuid {
    Uuid::from_slice(&noise(seed, n, 16)).unwrap()
}

fn draft(n: u64) -> Draft {
    // 200 conversations of one workspace are busy at a time.
    let conversation = n / 2_000 * 200 + (n * 7) % 200;
    let hash = |seed: &str| ClaimHash(noise(seed, n, 32).try_into().unwrap());
    let hold = |seed: &str| RecordedClaim { action: ClaimAction::Hold, hash: hash(seed) };
    let ciphertext = noise("text", n, 150 + usize::try_from((n * 37) % 450).unwrap());
    let sealed = SealedPart {
        subject: id("contact", conversation),
        epoch: 3,
        algorithm: 1,
        dictionary: 1,
        commitment: noise("commitment", n, 32).try_into().unwrap(),
        content: SealedContent::Inline(Bytes::from(ciphertext)),
    };
    let body = Body {
        event_id: id("event", n),
        stream: StreamKey {
            workspace: id("workspace", 1),
            kind: 6,
            id: id("conversation", conversation),
        },
        type_code: 300,
        schema: 1,
        commit_id: id("commit", n / 3),
        actor: Actor { kind: 4, id: id("contact", conversation), key: None, on_behalf_of: None },
        causation: Some(id("receipt", n / 3)),
        correlation: None,
        mode: Mode::Live,
        origin: Origin::Live,
        claims: vec![hold("message"), hold("fragment")],
        imported_from: None,
        blobs: Vec::new(),
        payload: Bytes::from(payload(n, conversation)),
        sealed: vec![sealed],
    };
    Draft::new(&body, |_| OnClash::Fail).unwrap()
}

/// MessagePack with field names, as the domain writes it.
fn payload(n: u64, conversation: u64) -> Vec<u8> {
    let mut bytes = vec![0x88];
    let mut field = |name: &str, value: &[u8]| {
        bytes.push(0xA0 | u8::try_from(name.len()).unwrap());
        bytes.extend(name.as_bytes());
        bytes.extend(value);
    };
    let bin = |value: Vec<u8>| [vec![0xC4, u8::try_from(value.len()).unwrap()], value].concat();
    field("message_id", &bin(noise("message id", n, 16)));
    field("contact_id", &bin(noise("contact", conversation, 16)));
    field("channel_id", &bin(noise("channel", 1, 16)));
    field("kind", b"\xA4text");
    field("direction", b"\xA7inbound");
    field(
        "platform_time",
        &[vec![0xCE], (1_790_000_000 + u32::try_from(n).unwrap()).to_be_bytes().to_vec()].concat(),
    );
    field("fragment_hash", &bin(noise("fragment hash", n, 32)));
    field("context", &[0xC0]);
    bytes
}
