#!/usr/bin/env bash
# The minutes of a dossier: where they cannot be made or read, there is none unless it is to be without them; where they are, no byte of
# them changes unseen by either verifier.
#   export_minutes_test.sh PROGRAM_FOLDER BAD_READER
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$1"/kiemphieu "$1"/kiemphieu-pages.so "$work"
cp "$2" "$work/kiemphieu-reader.so"
programs=$(cd "$1" && pwd)
verifier=$programs/kiemphieu-verify
second=$(cd "$(dirname "$0")/.." && pwd)/tools/kiemphieu_verify.py
cd "$work"
./kiemphieu mock --seed 1 --delegates 20 --seats 3 --names 4 -o m >/dev/null
./kiemphieu open m/congress.json -o HALL.kp >/dev/null
./kiemphieu import HALL.kp m/committee >/dev/null
./kiemphieu box HALL.kp committee --issued "$(jq .issued m/committee/box.json)" --returned "$(jq .returned m/committee/box.json)" >/dev/null
./kiemphieu rule HALL.kp committee --confirm-flags --by "$(jq -r .board[0].name m/congress.json)" --by "$(jq -r .board[1].name m/congress.json)" >/dev/null
./kiemphieu result HALL.kp committee >/dev/null

if ./kiemphieu export HALL.kp -o dossier --unsigned --json >said.json; then echo "made in spite of its minutes"; exit 1; fi
jq -e '[.findings[] | select(.code == "minutes/not-in-dossier") | .where] == ["results/committee.pdf"]' said.json >/dev/null || { cat said.json; exit 1; }
[ ! -e dossier ]
rm kiemphieu-pages.so # nor where they cannot be made at all
if ./kiemphieu export HALL.kp -o dossier --unsigned --json >said.json; then echo "made in spite of its minutes"; exit 1; fi
jq -e '[.findings[].code] == ["paper/no-library", "minutes/not-in-dossier"]' said.json >/dev/null || { cat said.json; exit 1; }

./kiemphieu export HALL.kp -o dossier --unsigned --without-minutes >/dev/null
[ "$(ls dossier/results)" = committee.json ]
"$verifier" dossier --unsigned --without-minutes >/dev/null
if "$verifier" dossier --unsigned --json >said.json; then echo "accepted without its minutes"; exit 1; fi
jq -e '[.findings[] | [.code, .where]] == [["dossier/missing-file", "results/committee.pdf"]]' said.json >/dev/null || { cat said.json; exit 1; }

"$programs/kiemphieu" export HALL.kp -o whole --unsigned >/dev/null
pdf=whole/results/committee.pdf
size=$(stat -c %s "$pdf")
refused() { # CODE: both verifiers say just this of the minutes
  for judge in "$verifier" "python3 $second"; do
    if $judge whole --unsigned --json >said.json; then echo "$judge accepts: $1"; exit 1; fi
    jq -e --arg code "$1" 'any(.findings[]; .code == $code and .where == "results/committee.pdf")' said.json >/dev/null || { cat said.json; exit 1; }
  done
}
for at in 0 20 $((size / 3)) $((size / 2)) $((size - 100)) $((size - 40)) $((size - 1)); do
  cp "$pdf" kept.pdf
  byte=$(od -An -tu1 -j "$at" -N 1 "$pdf")
  printf "\\$(printf %o $((byte ^ 1)))" | dd of="$pdf" bs=1 seek="$at" conv=notrunc status=none
  refused minutes/altered
  mv kept.pdf "$pdf"
done
cp "$pdf" kept.pdf
truncate -s -1 "$pdf" && refused minutes/altered
cp kept.pdf "$pdf" && echo >>"$pdf" && refused minutes/altered
rm "$pdf" && refused dossier/missing-file
mv kept.pdf "$pdf"
"$verifier" whole --unsigned >/dev/null && python3 "$second" whole --unsigned >/dev/null
