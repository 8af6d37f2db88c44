#!/bin/sh
# Installs what the tests need on a fresh Debian machine with Rust: a C compiler for crates that
# build C, and curl, with which the demo's commands are tried. Does nothing where they are there.
set -eu
if command -v cc >/dev/null 2>&1 && command -v curl >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    apt-get update -q && apt-get install -y -q --no-install-recommends gcc libc6-dev curl
else
    sudo apt-get update -q && sudo apt-get install -y -q --no-install-recommends gcc libc6-dev curl
fi
