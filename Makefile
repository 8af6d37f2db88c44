# make check    the inner loop, at most 5 minutes
# make test     everything that decides a landing; installs what it needs on a fresh Debian with Rust
# make torture  root, long: full crash and power-cut counts

# A cache outside the clone is used when one exists, so that a fresh clone does not build from zero.
SHARED_CACHE := $(abspath $(CURDIR)/../.convolog-cache)
ifeq ($(origin CARGO_TARGET_DIR), undefined)
ifneq ($(wildcard $(SHARED_CACHE)),)
export CARGO_TARGET_DIR := $(SHARED_CACHE)/target
endif
endif

NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
ifdef NEXTEST
RUN_TESTS := cargo nextest run --locked --no-fail-fast
else
RUN_TESTS := cargo test --locked --no-fail-fast
endif

.PHONY: check test torture bench lint unit stories docs-current tools generated

check: lint unit

lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings

unit:
	$(RUN_TESTS) --workspace

tools:
	./docs/tools/install.sh

test: tools lint unit stories
	cargo test --locked --workspace --doc
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --quiet
	@echo "make test: all passed"

# The whole workspace, as the tests built it: one package alone would be built anew with fewer features.
stories:
	cargo build --locked --quiet --workspace --bins
	"$${CARGO_TARGET_DIR:-target}/debug/convolog" replay test fixtures/stories

# Rewrites what is generated from the code; the tests fail when a file is stale.
generated:
	CONVOLOG_REGENERATE=1 cargo test --locked -p convolog-server docs

torture:
	./docs/tools/install.sh torture
	cargo build --locked --release --workspace --all-targets
	./benches/torture.sh

bench:
	cargo bench --locked -p convolog-benches
