#!/usr/bin/env bash
# Starts the demo: for a person on their display, else on a virtual one until alarms were raised, with a picture of it.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec tools/under_display.sh .venv/bin/bongsu --demo "$@"
fi
mkdir -p build
exec tools/under_display.sh .venv/bin/bongsu --demo --picture build/demo.png --until-alarms "$@"
