#!/usr/bin/env bash
# Makes tests/data/peers.json anew: see README.md. Needs python3, node, java 17, openssl 3, jq, xxd, iconv.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${1:-$here/../../target/peers}

mkdir -p "$tools"
[ -d "$tools/venv" ] || { python3 -m venv "$tools/venv" && "$tools/venv/bin/pip" -q install pycryptodome==4.4.0; }
[ -d "$tools/node_modules" ] ||
    (cd "$tools" && npm init -y >/dev/null && npm install --silent computop-node-client@0.1.9 egoroof-blowfish@4.0.3)

jq -r '.keys | [.blowfish, .aes, .mac] | @tsv' "$here/cases.json" >"$tools/keys.tsv"
jq -r '.cases[] | [.id, (.every // false), .charset, .len_unit,
    (.signed | [.PayID, .TransID, .mid, .Status, .Code] | join("*")), .text] | @tsv' "$here/cases.json" >"$tools/cases.tsv"
jq -r '.[] | [.id, .len_unit, .len, .data] | @tsv' "$here/requests.json" >"$tools/requests.tsv"

{
    "$tools/venv/bin/python" "$here/pycryptodome.py"
    PEERS_NODE_MODULES=$tools node "$here/npm.js"
    java "$here/Jce.java" "$tools/keys.tsv" "$tools/cases.tsv" "$tools/requests.tsv"
    bash "$here/openssl.sh" "$tools/keys.tsv" "$tools/cases.tsv" "$tools/requests.tsv"
} >"$tools/lines.json"
python3 "$here/collect.py" <"$tools/lines.json" >"$tools/peers.json"
mv "$tools/peers.json" "$here/../data/peers.json"
