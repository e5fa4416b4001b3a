#!/usr/bin/env bash
# README shows how many tests `./dev test` runs: never more than there are, and hardly fewer (a new case need not touch it).
#   readme_count_test.sh SOURCE_FOLDER PROGRAM_FOLDER
set -euo pipefail
preset=$(basename "$2")
shown=$(awk -v preset="test preset \"$preset\"" 'index($0, preset) { here = 1 } here && /tests passed/ { print $NF; exit }' "$1/README.md")
there=$(ctest --test-dir "$2" -N | sed -n 's/^Total Tests: //p')
[ -n "$shown" ] || { echo "README shows no tests of $preset"; exit 1; }
[ "$shown" -le "$there" ] && [ "$there" -le $((shown + 15)) ] || { echo "README shows $shown tests of $preset, there are $there"; exit 1; }
