#!/usr/bin/env bash
# Run a command with BONGSU_CHROMIUM set to Debian's Chromium, which is installed first where it is missing and may be.
set -euo pipefail

find_chromium() { command -v chromium || true; }

program="$(find_chromium)"
if [ -z "$program" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing Chromium from Debian's archive (about 300 MB)" >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  program="$(find_chromium)"
fi
if [ -z "$program" ]; then
  echo "Chromium is missing; install it with: sudo apt-get install chromium" >&2
  exit 1
fi
BONGSU_CHROMIUM="$program" exec "$@"
