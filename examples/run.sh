#!/usr/bin/env bash
# Installs and tests each example against this checkout. Their lock files pin all but leakgate itself.
set -euo pipefail
cd "$(dirname "$0")"

for example in node-test vitest jest; do
  echo "examples/$example"
  (cd "$example" && npm install --prefer-offline --no-audit --no-fund --loglevel=error && npm test)
done
