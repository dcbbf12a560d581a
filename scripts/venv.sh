#!/bin/sh
# Makes .venv with the first Python that fits; PYTHON names another. Those below 3.13 can bring a Redis of their own.
set -u
cd "$(dirname "$0")/.."
for python in ${PYTHON:-python3.12 python3.11 python3 python3.13 python3.14}; do
    "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    exec "$python" -m venv .venv
done
echo "No Python 3.11 or newer with venv was found: on Debian and Ubuntu, sudo apt-get install python3-venv." >&2
exit 1
