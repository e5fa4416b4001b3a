#!/usr/bin/env bash
# The verifier's program holds no function of what counts, decides, keeps the record, signs or writes JSON for the engine.
#   verifier_apart_test.sh PROGRAM_FOLDER
set -euo pipefail
cd "$1"
functions_of() { nm -C --defined-only "${@:2}" | sed -n "s/^[0-9a-f]* [$1] //p" | sort -u; } # kinds of symbols, files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && ar x "$OLDPWD/libkp_base.a" canon.cpp.o share.cpp.o)
engine=()
for module in ballots tally outcome intake keying record seal proceedings audit paper sheet mock drill; do engine+=("libkp_$module.a"); done
functions_of T "$work"/*.o "${engine[@]}" | grep '^kp::' | grep -v '^kp::verify::' >"$work/engine"
functions_of Tt kiemphieu >"$work/counting"
functions_of Tt kiemphieu-verify >"$work/verifying"
[ "$(comm -12 "$work/engine" "$work/counting" | wc -l)" -gt 300 ] || { echo 'the engine is not even found in its own program'; exit 1; }
shared=$(comm -12 "$work/engine" "$work/verifying")
[ -z "$shared" ] || { echo "the verifier shares with the engine:"; echo "$shared"; exit 1; }
