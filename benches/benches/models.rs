//! Criterion over the read models: rebuilding them, a transcript page of 50 messages. For comparing
//! two versions of the code; ratios to floors come from `figures`.

#![expect(clippy::unwrap_used, reason = "a bench: a failure is its own report")]

use std::hint::black_box;

use convolog_benches::rig::Rig;
use convolog_domain::{ConversationId, WorkspaceId};
use convolog_projections::conversations::ConversationQuery;
use convolog_projections::names;
use convolog_projections::transcripts::MessageQuery;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// As the shipped binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Messages posted before, and the people who wrote them.
const MESSAGES: u64 = 10_000;
const PEOPLE: u64 = 100;

fn models(c: &mut Criterion) {
    let folder = tempfile::tempdir_in(".").unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let rig = runtime.block_on(async {
        let rig = Rig::start(&folder.path().join("data")).await.unwrap();
        rig.fill(MESSAGES, PEOPLE).await.unwrap();
        rig
    });
    rebuild(c, &runtime, &rig);
    pages(c, &rig);
    runtime.block_on(rig.stop()).unwrap();
}

fn rebuild(c: &mut Criterion, runtime: &tokio::runtime::Runtime, rig: &Rig) {
    let models = rig.app().models();
    let mut group = c.benchmark_group("rebuild");
    group.sample_size(10);
    group.throughput(Throughput::Elements(rig.app().engine().log().head().0));
    for name in names() {
        group.bench_function(name, |b| {
            b.iter(|| {
                models.rebuild(name, convolog_projections::Swap::Auto).unwrap();
                runtime.block_on(models.rebuilt(name)).unwrap();
            });
        });
    }
    group.finish();
}

fn pages(c: &mut Criterion, rig: &Rig) {
    let reader = rig.app().viewer().now();
    let workspace = WorkspaceId(rig.workspace);
    let list = ConversationQuery { limit: 50, ..ConversationQuery::of(workspace) };
    let conversation = reader.conversations(&list).unwrap().items.first().unwrap().id;
    let transcript =
        MessageQuery { limit: 50, ..MessageQuery::of(workspace, ConversationId(conversation)) };
    let mut group = c.benchmark_group("page of 50");
    group.bench_function("transcript", |b| {
        b.iter(|| black_box(reader.messages(&transcript).unwrap()));
    });
    group.bench_function("conversations", |b| {
        b.iter(|| black_box(reader.conversations(&list).unwrap()));
    });
    group.finish();
}

criterion_group!(benches, models);
criterion_main!(benches);
