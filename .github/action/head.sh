#!/usr/bin/env bash
# Measures the head, judges it against $LEAKGATE_OUT/base where that is there, and leaves $LEAKGATE_OUT/head. Ends well
# whatever the verdict: the step output exit-code has it, for the steps that report to come first.
set -euo pipefail

leakgate="${LEAKGATE_BIN:-$PWD/node_modules/.bin/leakgate}"
out="$LEAKGATE_OUT/head"
# Parted by blanks and line breaks; patterns are for leakgate, not for the shell.
set -f
# shellcheck disable=SC2206
scenarios=($LEAKGATE_SCENARIOS) args=(${LEAKGATE_ARGS:-})
rm -rf "$out"
base=()
if [[ -f $LEAKGATE_OUT/base/report.json ]]; then base=(--base "$LEAKGATE_OUT/base"); fi

status=0
"$leakgate" run ${scenarios[@]+"${scenarios[@]}"} ${args[@]+"${args[@]}"} ${base[@]+"${base[@]}"} \
  --out "$out" --reporter junit --reporter sarif --reporter pr-comment || status=$?
if [[ ! -s $out/pr-comment.md ]]; then
  mkdir -p "$out"
  printf '%s\n' "<!-- leakgate: this comment is updated by every run -->" \
    "### leakgate: this change could not be measured" \
    "leakgate ended with exit code $status. The log of the job says why." >"$out/pr-comment.md"
fi
{
  echo "exit-code=$status"
  echo "report=$out"
} >>"$GITHUB_OUTPUT"
