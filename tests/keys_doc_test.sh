#!/usr/bin/env bash
# Runs every command of docs/keys.md, in order, in a hall of its own; passphrase and PIN are typed at a terminal.
#   keys_doc_test.sh SOURCE_FOLDER PROGRAM_FOLDER
set -euo pipefail
trap '' PIPE
source=$1
export PATH="$2:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export SOURCE_DATE_EPOCH=1 PIN=135790 SO_PIN=246801 SOFTHSM2_CONF=$work/softhsm.conf
unset KP_LANG
mkdir tokens
printf 'directories.tokendir = %s/tokens\nobjectstore.backend = file\n' "$work" >softhsm.conf
echo 'a long sentence' >ca.pass
echo "$PIN" >head.pass
cp "$source/testdata/golden/chains-and-authorities/ballots.csv" .
cp "$source/testdata/golden/chains-and-authorities/congress.json" draft.json

# The evening between the definition and the signatures.
count() {
  kiemphieu open congress.json -o HALL.kp --by "Lê Văn Trưởng"
  kiemphieu box HALL.kp committee --issued 11 --returned 11 --by "Lê Văn Trưởng"
  kiemphieu pack --congress congress.json --contest committee --bundle 01 ballots.csv -o manifest.json
  kiemphieu import HALL.kp manifest.json --by "Lê Văn Trưởng"
  kiemphieu result HALL.kp committee -o results --by "Lê Văn Trưởng"
}

commands=0
while IFS= read -r line; do
  commands=$((commands + 1))
  case $line in
    'kiemphieu sign'* | 'kiemphieu minutes'*)
      [ -e HALL.kp ] || count >/dev/null
      # What is asked for is typed once the program has asked.
      mkfifo keyboard
      script -qfec "$line" typescript <keyboard >/dev/null &
      exec 3>keyboard
      until grep -q ': ' typescript 2>/dev/null; do sleep 0.1; done
      echo "$PIN" >&3
      wait $! || { cat typescript; echo "failed: $line"; exit 1; }
      exec 3>&-
      rm keyboard
      if grep -qF "$PIN" typescript; then echo "shows the PIN: $line"; exit 1; fi
      rm typescript
      ;;
    *) bash -c "$line" >out 2>&1 || { cat out; echo "failed: $line"; exit 1; } ;;
  esac
done < <(awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$source/docs/keys.md")
[ "$commands" -gt 12 ] || { echo 'docs/keys.md has no commands'; exit 1; }
grep -q '(signed)' out || { cat out; echo 'the dossier is not signed'; exit 1; }
if grep -rqF "$PIN" HALL.kp results dossier; then echo 'the PIN was written down'; exit 1; fi
