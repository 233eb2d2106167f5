#!/usr/bin/env bash
# Makes the folder that all steps of this use write to: the action may be used several times in one job.
set -euo pipefail

echo "path=$(mktemp -d "$RUNNER_TEMP/leakgate.XXXXXX")" >>"$GITHUB_OUTPUT"
