#!/usr/bin/env bash
# Starts the demo: for a person on their display, else on a virtual one until alarms were raised, with a picture of it.
set -euo pipefail
cd "$(dirname "$0")/.."
# Of a machine without PipeWire or D-Bus the demo has nothing to fear: what Qt and Chromium say of it would only frighten.
export QT_LOGGING_RULES="qt.multimedia.symbolsresolver=false${QT_LOGGING_RULES:+;$QT_LOGGING_RULES}"
export QTWEBENGINE_CHROMIUM_FLAGS="--log-level=3${QTWEBENGINE_CHROMIUM_FLAGS:+ $QTWEBENGINE_CHROMIUM_FLAGS}"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec tools/under_display.sh .venv/bin/bongsu --demo "$@"
fi
mkdir -p build
echo "There is no display: the demo runs on a virtual one until alarms have come, half a minute or so, and leaves a picture of it."
exec tools/under_display.sh .venv/bin/bongsu --demo --picture build/demo.png --until-alarms "$@"
