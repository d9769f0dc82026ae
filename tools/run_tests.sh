#!/usr/bin/env bash
# Runs every test, in two halves side by side: most wait for processes, pages and timers more than they compute.
# Each half has a display of its own: on one, a window of the other would take the keyboard away.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
apart=(tests/architecture tests/faults tests/integration)
FIRST_DISPLAY=199 tools/under_display.sh .venv/bin/python -m pytest -o cache_dir=build/pytest-rest "${apart[@]/#/--ignore=}" >build/tests-rest.log 2>&1 &
rest=$!
FIRST_DISPLAY=99 tools/under_display.sh .venv/bin/python -m pytest "${apart[@]}"
first=$?
wait "$rest"
second=$?
cat build/tests-rest.log
exit $((first > second ? first : second))
