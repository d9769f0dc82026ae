#!/usr/bin/env bash
# Runs a command with a display: the one that is there, else a virtual one, with the first free number from FIRST_DISPLAY on.
set -euo pipefail
[ "$(id -u)" -eq 0 ] && export QTWEBENGINE_DISABLE_SANDBOX=1  # Chromium's sandbox cannot be set up by root
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ -n "${QT_QPA_PLATFORM:-}" ]; then
  exec "$@"
fi
exec xvfb-run --auto-servernum --server-num="${FIRST_DISPLAY:-99}" --server-args="-screen 0 1920x1080x24" "$@"
