#!/usr/bin/env bash
# Writes $LEAKGATE_OUT/head/pr-comment.md as a comment on the pull request, over the one that an earlier run has left: its
# first line, a marker that does not show, tells it from all others. A comment that cannot be written is no failure of the gate.
set -euo pipefail

file="$LEAKGATE_OUT/head/pr-comment.md"
[[ -s $file ]] || exit 0
# Two uses in one pull request, of two packages, have a comment each.
id="${LEAKGATE_COMMENT_ID:-.}"
if [[ $id != . ]]; then
  sed "1s|^<!-- leakgate:|<!-- leakgate (${id//[^A-Za-z0-9_.\/-]/}):|" "$file" >"$LEAKGATE_OUT/comment.md"
  file="$LEAKGATE_OUT/comment.md"
fi
LEAKGATE_MARKER="$(head -n 1 "$file")"
export LEAKGATE_MARKER
comments="repos/$GITHUB_REPOSITORY/issues"
said="$LEAKGATE_OUT/gh.txt"

refused() {
  echo "::warning title=leakgate::The comment could not be written: the job needs \"permissions: pull-requests: write\", which runs for forks do not get; gh says: $(tr '\n' ' ' <"$said")"
  exit 0
}

ids="$(gh api --paginate "$comments/$LEAKGATE_PULL_REQUEST/comments" \
  --jq '.[] | select(.body | startswith(env.LEAKGATE_MARKER)) | .id' 2>"$said")" || refused
# Anybody can write a comment that begins so: those of others cannot be updated.
while read -r id; do
  [[ -z $id ]] && continue
  gh api --silent --method PATCH "$comments/comments/$id" -F "body=@$file" 2>"$said" && exit 0
done <<<"$ids"
gh api --silent --method POST "$comments/$LEAKGATE_PULL_REQUEST/comments" -F "body=@$file" 2>"$said" || refused
