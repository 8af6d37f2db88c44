#!/bin/sh
# Installs what the tests need on a fresh Debian machine with Rust: a C compiler for crates that
# build C. Does nothing where it is there already.
set -eu
if command -v cc >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    apt-get update -q && apt-get install -y -q --no-install-recommends gcc libc6-dev
else
    sudo apt-get update -q && sudo apt-get install -y -q --no-install-recommends gcc libc6-dev
fi
