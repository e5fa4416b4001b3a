#!/usr/bin/env bash
# Exports with a verifier that reads something else in the minutes than their result says: the dossier is made without them.
#   export_left_out_test.sh PROGRAM_FOLDER BAD_READER
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$1"/kiemphieu "$1"/kiemphieu-pages.so "$work"
cp "$2" "$work/kiemphieu-reader.so"
verifier=$(cd "$1" && pwd)/kiemphieu-verify
cd "$work"
./kiemphieu mock --seed 1 --delegates 20 --seats 3 --names 4 -o m >/dev/null
./kiemphieu open m/congress.json -o HALL.kp >/dev/null
./kiemphieu import HALL.kp m/committee >/dev/null
./kiemphieu box HALL.kp committee --issued "$(jq .issued m/committee/box.json)" --returned "$(jq .returned m/committee/box.json)" >/dev/null
./kiemphieu rule HALL.kp committee --confirm-flags --by "$(jq -r .board[0].name m/congress.json)" --by "$(jq -r .board[1].name m/congress.json)" >/dev/null
./kiemphieu result HALL.kp committee >/dev/null
./kiemphieu export HALL.kp -o dossier --unsigned --json >said.json
jq -e '.ok and ([.findings[] | select(.code == "minutes/left-out") | .where] == ["results/committee.pdf"])' said.json >/dev/null || { cat said.json; exit 1; }
[ "$(ls dossier/results)" = committee.json ]
"$verifier" dossier --unsigned >/dev/null
