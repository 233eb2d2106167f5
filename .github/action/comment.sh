#!/usr/bin/env bash
# Writes $LEAKGATE_OUT/head/pr-comment.md as a comment on the pull request, over the one that an earlier run has left: its
# first line, a marker that does not show, tells it from all others. A token that may not write is no failure of the gate.
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

refused() {
  echo '::warning title=leakgate::The comment could not be written: the job needs "permissions: pull-requests: write", which runs for forks do not get'
  exit 0
}

ids="$(gh api --paginate "$comments/$LEAKGATE_PULL_REQUEST/comments" \
  --jq '.[] | select(.body | startswith(env.LEAKGATE_MARKER)) | .id')" || refused
read -r id <<<"$ids" || true
if [[ -n $id ]]; then
  gh api --silent --method PATCH "$comments/comments/$id" -F "body=@$file" || refused
else
  gh api --silent --method POST "$comments/$LEAKGATE_PULL_REQUEST/comments" -F "body=@$file" || refused
fi
