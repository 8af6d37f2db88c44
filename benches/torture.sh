#!/bin/sh
# Root, long: kill -9 rounds (under posts, and in the conversation loop), power cuts, and two bugs seeded
# on purpose that the cuts must catch.
#
#   CONVOLOG_CRASH_ROUNDS (50)  CONVOLOG_POWER_CUTS (20)  CONVOLOG_SEEDED_CUTS (10)
#   CONVOLOG_TORTURE_PROFILE (release, or dev)
set -eu
cd "$(dirname "$0")/.."
rounds="${CONVOLOG_CRASH_ROUNDS:-50}"
cuts="${CONVOLOG_POWER_CUTS:-20}"
seeded="${CONVOLOG_SEEDED_CUTS:-10}"
profile="${CONVOLOG_TORTURE_PROFILE:-release}"
[ "$(id -u)" = 0 ] || { echo "torture.sh needs root: power cuts mount file systems" >&2; exit 2; }
target="${CARGO_TARGET_DIR:-$PWD/target}"
made="$target/$([ "$profile" = dev ] && echo debug || echo "$profile")"
bin="$(mktemp -d)"
trap 'rm -rf "$bin"' EXIT

build() { # suffix, features…
    suffix="$1"
    shift
    cargo build --locked --quiet --profile "$profile" -p convolog-benches --bin powercut "$@"
    cp "$made/powercut" "$bin/engine$suffix"
    cargo build --locked --quiet --profile "$profile" -p convolog-log --example powercut \
        $([ -n "$suffix" ] && echo --features seeded-bugs)
    cp "$made/examples/powercut" "$bin/log$suffix"
}

cut() { # program, how many, seed
    ./benches/powercut --writer "$bin/$1 write {dir} {acks}" \
        --checker "$bin/$1 check {dir} {acks}" --cuts "$2" --seed "$3"
}

# A seeded bug must be caught by at least one cut of a series.
caught() { # bug, program
    echo "== seeded bug: $1, in the $2"
    status=0
    (export CONVOLOG_SEEDED_BUG="$1"; cut "$2-seeded" "$seeded" 11) || status=$?
    # 1: some cut lost something. 2 would be a rig that failed, which proves nothing.
    if [ "$status" != 1 ]; then
        echo "torture: the seeded bug $1 was not caught (the rig ended with $status)" >&2
        exit 1
    fi
}

echo "== $rounds rounds of kill -9 under posts, and as many in the middle of the conversation loop"
CONVOLOG_CRASH_ROUNDS="$rounds" cargo test --locked --quiet --profile "$profile" \
    -p convolog-server --test crash -- --nocapture

build ""
build "-seeded" --features seeded-bugs
echo "== $cuts power cuts under the whole engine"
cut engine "$cuts" 1
echo "== $cuts power cuts under the log alone"
cut log "$cuts" 2
caught answer-before-sync engine
caught answer-before-sync log
# The engine decides again after a refusal, so what is only staged shows in the log alone.
caught answer-from-staged log
echo "torture: twice $rounds kill -9 rounds and $((2 * cuts)) power cuts lost nothing; both seeded bugs were caught"
