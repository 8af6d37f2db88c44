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

# Tests make thousands of files and sync each: in memory, where there is room, that costs no minutes. `make torture`
# stays on the disk, and pulls the plug on it.
ROOM := $(shell df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
ifeq ($(shell [ "$(or $(ROOM),0)" -gt 4000000 ] && [ -w /dev/shm ] && echo yes),yes)
check test unit stories sdk published: export TMPDIR := /dev/shm
endif

# Where docs/tools/install.sh puts a newer Node than the system has.
export PATH := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/convolog/node/bin:$(PATH)

NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
ifdef NEXTEST
RUN_TESTS := cargo nextest run --locked --no-fail-fast
else
RUN_TESTS := cargo test --locked --no-fail-fast
endif

.PHONY: check test torture bench lint unit stories sdk published docs-current tools generated

check: lint unit

lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings

unit:
	$(RUN_TESTS) --workspace

tools:
	./docs/tools/install.sh

test: tools lint unit stories sdk published
	cargo test --locked --workspace --doc
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --quiet
	@echo "make test: all passed"

# With the binary that the tests use: anything else would be built anew with fewer features.
stories:
	cargo test --locked --quiet --workspace --no-run
	"$${CARGO_TARGET_DIR:-target}/debug/convolog" replay test fixtures/stories

# The TypeScript clients: in Node, a browser and an edge runtime, against a demo of that binary.
sdk: stories
	cd api/sdk/typescript && npm ci --silent
	CONVOLOG_BIN="$$(realpath "$${CARGO_TARGET_DIR:-target}/debug/convolog")" npm --prefix api/sdk/typescript test

# The documents, checked with tools that others publish, against a demo.
published: stories
	./docs/tools/published.sh

# Rewrites what is generated from the code, examples first; the tests fail when a file is stale.
generated:
	CONVOLOG_REGENERATE=1 cargo test --locked -p convolog-server --test cli walked
	CONVOLOG_REGENERATE=1 cargo test --locked -p convolog-server docs
	cd api/sdk/typescript && npm ci --silent && npm run generate

torture:
	./docs/tools/install.sh torture
	cargo build --locked --release --workspace --all-targets
	./benches/torture.sh

bench:
	cargo bench --locked -p convolog-benches
