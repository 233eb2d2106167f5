#!/usr/bin/env bash
# Measures the base of a pull request in a worktree of its own, with the leakgate of the head, so that both are measured
# alike. Leaves $LEAKGATE_OUT/base, or nothing where the base cannot be measured: the head is judged by itself then.
set -euo pipefail

leakgate="${LEAKGATE_BIN:-$PWD/node_modules/.bin/leakgate}"
out="$LEAKGATE_OUT/base"
worktree="$LEAKGATE_OUT.worktree"
# Parted by blanks and line breaks; patterns are for leakgate, not for the shell.
set -f
# shellcheck disable=SC2206
named=($LEAKGATE_SCENARIOS) args=(${LEAKGATE_ARGS:-})

by_itself() {
  echo "::notice title=leakgate::$1, so that the head is judged by itself"
  exit 0
}

rm -rf "$out"
mkdir -p "$LEAKGATE_OUT"
git rev-parse --quiet --verify "$LEAKGATE_BASE^{commit}" >/dev/null ||
  git fetch --quiet --no-tags --depth=1 origin "$LEAKGATE_BASE" ||
  by_itself "The base $LEAKGATE_BASE cannot be fetched"
repository="$(git rev-parse --show-toplevel)"
folder="$(git rev-parse --show-prefix)"
rm -rf "$worktree"
git worktree add --quiet --force --detach "$worktree" "$LEAKGATE_BASE" || by_itself 'The base cannot be checked out'
trap 'cd "$repository" && git worktree remove --force "$worktree" || true' EXIT

[[ -d "$worktree/$folder" ]] || by_itself "The base has no $folder"
cd "$worktree/$folder"
bash -euo pipefail -c "${LEAKGATE_INSTALL:-npm ci}" || by_itself 'The base cannot be installed'

# A name comes with leakgate, and patterns that this shell does not know are left to leakgate.
is_missing() {
  [[ $1 == */* || $1 == *.*s ]] && [[ $1 != *'**'* && $1 != *'{'* ]] && ! compgen -G "$1" >/dev/null
}

scenarios=()
for scenario in ${named[@]+"${named[@]}"}; do
  if is_missing "$scenario"; then
    echo "The base has no $scenario"
  else
    scenarios+=("$scenario")
  fi
done
[[ ${#scenarios[@]} -gt 0 || ${#named[@]} -eq 0 ]] || by_itself 'The base has none of the scenarios'

status=0
"$leakgate" run ${scenarios[@]+"${scenarios[@]}"} ${args[@]+"${args[@]}"} --no-github --out "$out" || status=$?
# A base may leak, or be unsure: that is what the head is compared with.
if [[ $status -ne 0 && $status -ne 1 && $status -ne 3 ]]; then
  rm -rf "$out"
  by_itself 'The base cannot be measured'
fi
