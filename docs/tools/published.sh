#!/bin/sh
# Checks the documents with tools that others publish: a linter, two generators of clients, Postman's
# runner against a demo, and schemathesis, which calls every endpoint with what its schema allows and
# with what it does not. Installs them outside the tree, once for each lock file.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
convolog="${CARGO_TARGET_DIR:-$root/target}/debug/convolog"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/convolog"
work=$(mktemp -d)
demo=""
end() {
    [ -z "$demo" ] || { kill "$demo" 2>/dev/null && wait "$demo" 2>/dev/null; } || true
    rm -rf "$work"
}
trap end EXIT
trap 'exit 1' INT TERM

# What a tool says is of interest only when it fails.
quietly() { # name, command…
    said="$work/$(echo "$1" | tr ' /' '__').said"
    name="$1"
    shift
    "$@" >"$said" 2>&1 || { cat "$said"; echo "published: $name failed" >&2; exit 1; }
}

digest() { cat "$@" | sha256sum | cut -c 1-16; }

node="$cache/node-$(digest "$here/package.json" "$here/package-lock.json")"
if [ ! -e "$node/installed" ]; then
    rm -rf "$node" && mkdir -p "$node"
    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$node/"
    quietly "npm ci" npm ci --prefix "$node" --ignore-scripts
    touch "$node/installed"
fi
python="$cache/python-$(digest "$here/schemathesis.txt")"
if [ ! -e "$python/installed" ]; then
    rm -rf "$python" && mkdir -p "$python"
    quietly "pip install" python3 -m pip install --disable-pip-version-check --no-deps --only-binary :all: \
        --require-hashes --target "$python" --requirement "$here/schemathesis.txt"
    touch "$python/installed"
fi
export PATH="$node/node_modules/.bin:$PATH"

document_of() { [ "$1" = native ] && echo "$root/docs/openapi.json" || echo "$root/docs/surfaces/$1.openapi.json"; }

documents() {
    export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
    quietly "redocly lint" redocly lint --config "$here/redocly.yaml" \
        "$(document_of native)" "$(document_of avelto)" "$(document_of convoai)"
    echo "published: the linter finds nothing in 3 documents"
    for surface in native avelto convoai; do
        document=$(document_of "$surface")
        quietly "openapi-typescript $surface" openapi-typescript "$document" --output "$work/$surface.ts"
        quietly "openapi-ts $surface" openapi-ts --input "$document" --output "$work/$surface-client" \
            --client @hey-api/client-fetch --no-log-file
    done
    quietly "tsc" tsc --noEmit --strict --skipLibCheck --target es2022 --module esnext \
        --moduleResolution bundler --lib es2022,dom,dom.iterable "$work"/*.ts "$work"/*-client/index.ts
    echo "published: two generators accept 3 documents, and what they make compiles"
}

documents &
documents=$!

# What it prints is read as it comes, until it says that it is ready.
mkfifo "$work/lines"
"$convolog" demo --quiet --listen 127.0.0.1:0 --data "$work/demo" >"$work/lines" 2>"$work/noted" &
demo=$!
exec 3<"$work/lines"
url=""
while read -r first rest <&3; do
    case "$first $rest" in
        URL*) url="$rest" ;;
        "The simulated customers are silent"*) break ;;
    esac
done
[ -n "$url" ] || { cat "$work/noted"; exit 1; }
kept() { # where it stands in what the demo remembers
    python3 -c 'import functools, json, sys
inner = lambda value, name: value[int(name) if name.isdigit() else name]
print(functools.reduce(inner, sys.argv[2].split("."), json.load(open(sys.argv[1]))))' "$work/demo/demo.json" "$1"
}
admin=$(kept admin_token)
key_of() { [ "$1" = native ] && kept businesses.0.key || kept "businesses.0.dialects.$1"; }

# The native one last: it changes most.
for surface in avelto convoai native; do
    document=$(document_of "$surface")
    quietly "newman $surface" newman run "${document%openapi.json}postman.json" --env-var "baseUrl=$url" \
        --env-var "apiToken=$(key_of "$surface")" --env-var "adminToken=$admin" \
        --reporters cli,json --reporter-json-export "$work/$surface.newman.json" --color off
    python3 -c 'import json, sys
stats = json.load(open(sys.argv[1]))["run"]["stats"]
told = ["%d %s, %d failed" % (stats[name]["total"], name, stats[name]["failed"]) for name in ("requests", "assertions")]
print("published: newman,", sys.argv[2] + ":", "; ".join(told))' "$work/$surface.newman.json" "$surface"
done

wait "$documents" || exit 1

call() { # surface
    document=$(document_of "$1")
    prefix=$([ "$1" = native ] || echo "/$1")
    python3 "$here/ids.py" "$work/$1.newman.json" "$prefix" "$document" >"$work/$1.toml"
    if [ "$1" = native ]; then
        # The administrator may call everything. A stream has no end unless its limit is reached.
        set -- "$1" --header "Authorization: Bearer $admin" --exclude-operation-id stream_events \
            --header "Convolog-Workspace: $(kept businesses.0.workspace)"
    else
        set -- "$1" --header "Authorization: Bearer $(key_of "$1")"
    fi
    surface="$1"
    shift
    # Two examples for each endpoint and mode, besides those at the edges of its schema.
    quietly "schemathesis $surface" env -C "$work" PYTHONPATH="$python:$here" PYTHONDONTWRITEBYTECODE=1 \
        SCHEMATHESIS_HOOKS=signing APP_SECRET="$(kept businesses.0.app_secret)" python3 -m schemathesis.cli \
        --config-file "$work/$surface.toml" run "$document" --url "$url$prefix" "$@" \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
        --phases examples,coverage,fuzzing --max-examples 2 --seed 1 --continue-on-failure \
        --generation-database none --warnings off --no-color
    echo "published: schemathesis, $surface: $(sed -n 's/^ *\(.* generated, .*\)/\1/p' "$said")"
}

# Side by side: each waits for the server half of the time.
call native &
calls=$!
call avelto
call convoai
wait "$calls" || exit 1
