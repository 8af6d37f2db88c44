#!/bin/sh
# Installs what the tests need on a fresh Debian machine with Rust: a C compiler for crates that
# build C, curl, with which the demo's commands are tried, prlimit, with which writes are made to
# fail, Python with the published verifier of webhooks, and Node and Chromium, in which the TypeScript
# clients are tried and the documents checked (published.sh). `make torture` needs what power cuts mount
# as well. Does nothing where they are there.
set -eu
missing=""
need() { # program, packages…
    program="$1"
    shift
    # A file, not a word that the shell knows by itself, such as kill.
    (IFS=:; for folder in $PATH /usr/sbin /sbin; do [ ! -x "$folder/$program" ] || exit 0; done; exit 1) ||
        missing="$missing $*"
}
need cc gcc libc6-dev
need curl curl
need prlimit util-linux
need kill procps
need python3 python3
need node nodejs
need npm npm
need chromium chromium
python3 -c 'import pip' 2>/dev/null || missing="$missing python3-pip"
if [ "${1:-}" = torture ]; then
    need mount mount
    need mkfs.ext4 e2fsprogs
fi
if [ -n "$missing" ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -q
    # shellcheck disable=SC2086 # several packages, several words
    $as_root apt-get install -y -q --no-install-recommends $missing
fi
# Where the test of signatures looks for it (api/server/tests/it/delivering/published.rs).
python="${XDG_CACHE_HOME:-$HOME/.cache}/convolog/python"
[ -d "$python/standardwebhooks" ] || python3 -m pip install --quiet --disable-pip-version-check \
    --no-deps --require-hashes --target "$python" --requirement "$(dirname "$0")/python.txt"
# Node 20 at least; Debian 12 has an older one.
cache="${XDG_CACHE_HOME:-$HOME/.cache}/convolog/node"
PATH="$cache/bin:$PATH"
if [ "$(node --print 'process.versions.node.split(".")[0] >= 20')" != true ]; then
    case "$(uname -m)" in aarch64) machine=arm64 ;; *) machine=x64 ;; esac
    npm install --silent --global --ignore-scripts --prefix "$cache" "node-linux-$machine@20.20.2"
fi
