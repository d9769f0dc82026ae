#!/usr/bin/env bash
# Runs every test, in parts, three at a time: most wait for processes, pages and timers more than they compute.
# `run_tests.sh widgets` runs one part. Each part has a virtual display of its own, also where there is a real one: on one, a window
# of another part would take the keyboard away. No test waits for the compiler: what an earlier run has compiled is loaded in seconds.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
unset DISPLAY WAYLAND_DISPLAY
[ "${2:-}" = told-whole ] || .venv/bin/python -m backend_bridge.bootstrap.warm || exit
readonly parts=(bridges-first bridges-then widgets faults screens others)  # the longest begin first
readonly first='test_[a-d]*.py'

run() {  # the number of its display, then what pytest is to run
  FIRST_DISPLAY="$1" tools/under_display.sh .venv/bin/python -m pytest -o cache_dir="build/pytest-$part" --durations=5 "${@:2}"
}

# shellcheck disable=SC2086  # a pattern
run_part() {
  case "$part" in
    bridges-first) run 99 tests/integration/$first ;;
    bridges-then) run 199 tests/integration --ignore-glob="*/$first" ;;
    widgets) run 299 tests/widgets tests/unit/desktop ;;
    faults) run 399 tests/architecture tests/faults ;;
    screens) run 499 tests/screenshots ;;
    others) run 599 --ignore={tests/integration,tests/widgets,tests/unit/desktop,tests/architecture,tests/faults,tests/screenshots} ;;
    *) echo "no part '$part'; there are: ${parts[*]}" && false ;;
  esac
}

if [ $# -eq 0 ]; then
  printf '%s\n' "${parts[@]}" | xargs -P 3 -I{} tools/run_tests.sh {} told-whole
  exit
fi
part="$1"
if [ "${2:-}" != told-whole ]; then
  run_part
  exit
fi
run_part >"build/tests-$part.log" 2>&1
status=$?
flock build/tests.lock cat "build/tests-$part.log"
exit $((status > 0))
