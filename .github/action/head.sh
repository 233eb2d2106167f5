#!/usr/bin/env bash
# Measures the head, judges it against $LEAKGATE_OUT/base where that is there, and leaves $LEAKGATE_OUT/head. Ends well
# whatever the verdict: the step output exit-code has it, for the steps that report to come first.
set -euo pipefail

leakgate="${LEAKGATE_BIN:-$PWD/node_modules/.bin/leakgate}"
out="$LEAKGATE_OUT/head"
read -r -a scenarios <<<"$LEAKGATE_SCENARIOS"
read -r -a args <<<"${LEAKGATE_ARGS:-}" || true
base=()
if [[ -f $LEAKGATE_OUT/base/report.json ]]; then base=(--base "$LEAKGATE_OUT/base"); fi

status=0
"$leakgate" run "${scenarios[@]}" ${args[@]+"${args[@]}"} ${base[@]+"${base[@]}"} \
  --out "$out" --reporter junit --reporter sarif --reporter pr-comment || status=$?
{
  echo "exit-code=$status"
  echo "report=$out"
} >>"$GITHUB_OUTPUT"
