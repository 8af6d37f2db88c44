#!/bin/sh
# Installs what the tests need on a fresh Debian machine with Rust: a C compiler for crates that
# build C, curl, with which the demo's commands are tried, and prlimit, with which writes are made to
# fail. `make torture` needs what power cuts mount and Python for its rig as well. Does nothing where
# they are there.
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
if [ "${1:-}" = torture ]; then
    need python3 python3-minimal
    need mount mount
    need mkfs.ext4 e2fsprogs
fi
[ -n "$missing" ] || exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
$as_root apt-get update -q
# shellcheck disable=SC2086 # several packages, several words
$as_root apt-get install -y -q --no-install-recommends $missing
