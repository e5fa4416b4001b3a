#!/usr/bin/env bash
# Plays the evening of docs/huong-dan.md and holds the guide to it: every command runs, and every line shown below a
# command is printed by it, in that order; a line … stands for what was left out. What is typed at a command's
# questions stands before its block in a remark: <!-- gõ: 4\n3 7\nz\n -->
#   guide_test.sh SOURCE_FOLDER PROGRAM_FOLDER
# KP_REWRITE=1 prints the guide with everything its commands print, to be cut by hand.
set -uo pipefail
guide=$(realpath "$1")/docs/huong-dan.md
material=$(realpath "$1")/testdata/guide
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$(realpath "$2"):$PATH" SOURCE_DATE_EPOCH=1795345200 NO_COLOR=1 # 2026-11-22T19:00 in Hà Nội
unset KP_LANG
cp -r "$material/." "$work"
cd "$work" || exit 1

typed= inside=0 faults=0 commands=0 shown=0 at=0
output=()

run() {
  commands=$((commands + 1))
  mapfile -t output < <({ printf '%b' "$typed" | eval "$1"; } 2>&1)
  typed= at=0
}

expect() {
  shown=$((shown + 1))
  while [ "$at" -lt "${#output[@]}" ]; do
    at=$((at + 1))
    [ "${output[at - 1]}" = "$1" ] && return
  done
  echo "the guide shows what is not printed: $1"
  faults=$((faults + 1))
}

say() { [ -z "${KP_REWRITE:-}" ] || printf '%s\n' "$1"; }

while IFS= read -r line; do
  if [ "$inside" = 0 ]; then
    say "$line"
    [[ $line == '<!-- gõ: '*' -->' ]] && { typed=${line#<!-- gõ: }; typed=${typed% -->}; }
    [ "$line" = '```console' ] && inside=1
  elif [ "$line" = '```' ]; then
    inside=0
    say "$line"
  elif [[ $line == '$ '* ]]; then
    say "$line"
    run "${line#$ }"
    [ -z "${KP_REWRITE:-}" ] || { [ ${#output[@]} = 0 ] || printf '%s\n' "${output[@]}"; }
  elif [ "$line" != … ] && [ -z "${KP_REWRITE:-}" ]; then
    expect "$line"
  fi
done <"$guide"
[ -n "${KP_REWRITE:-}" ] && exit 0
[ "$commands" -gt 20 ] && [ "$shown" -gt 60 ] || { echo "only $commands commands, $shown lines: is this the guide?"; exit 1; }
[ "$faults" = 0 ]
