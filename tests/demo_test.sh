#!/usr/bin/env bash
# Plays the demo and holds README to it: every line that README shows of it stands in what it prints.
#   demo_test.sh SOURCE_FOLDER PROGRAM_FOLDER
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1/testdata/demo" "$2" "$work/demo" >"$work/printed"
# The block behind the two commands; … stands for what was left out.
awk '/^```$/ { blocks++; next } blocks == 3' "$1/README.md" >"$work/shown"
[ "$(wc -l <"$work/shown")" -gt 20 ] || { echo 'README shows no demo'; exit 1; }
missing=0
while IFS= read -r line; do
  [[ -z $line || $line == *…* ]] && continue
  grep -qxF -- "$line" "$work/printed" || { echo "README shows what the demo does not print: $line"; missing=1; }
done <"$work/shown"
exit "$missing"
