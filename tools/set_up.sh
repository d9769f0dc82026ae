#!/usr/bin/env bash
# Builds .venv and sees to the shared libraries that Qt needs. Safe to run again: it does nothing when nothing changed.
# `set_up.sh without-kernels` leaves the decision kernels to be compiled later: whoever only looks at sources needs none.
set -euo pipefail
cd "$(dirname "$0")/.."

# What Qt, its web engine and the tests load from the system on Debian 12, a virtual display, and the Korean font.
packages=(
  fonts-nanum xauth xvfb
  libasound2 libdbus-1-3 libdrm2 libegl1 libfontconfig1 libfreetype6 libgbm1 libgl1 libglib2.0-0 libnspr4 libnss3 libpulse0
  libx11-6 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
  libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 libxcb1 libxcomposite1 libxdamage1 libxext6 libxfixes3
  libxkbcommon-x11-0 libxkbcommon0 libxkbfile1 libxrandr2 libxrender1 libxtst6 libxshmfence1 libopengl0
)
python="${PYTHON:-python3}"

say() { printf '%s\n' "$*"; }

missing_packages() {
  command -v dpkg-query >/dev/null || return 0
  local there name
  there="$(dpkg-query -W -f='${Package} ${Status}\n' "${packages[@]}" 2>/dev/null | sed -n 's/ [a-z]* ok installed$//p' | tr '\n' ' ')" || true
  for name in "${packages[@]}"; do [[ " $there " == *" $name "* ]] || printf '%s ' "$name"; done
  "$python" -c 'import ensurepip, venv' 2>/dev/null || printf '%s ' "python3-venv"
}

install_packages() {
  local names
  names="$(missing_packages)"
  [ -n "$names" ] || return 0
  if [ "$(id -u)" -eq 0 ]; then
    say "Installing system libraries: $names"
    # shellcheck disable=SC2086  # one word a package
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names; } >build/apt.log 2>&1 \
      || { tail -5 build/apt.log; say "The system libraries could not be installed; the whole output is in build/apt.log."; exit 2; }
  else
    say "Some system libraries are missing. Run this line once, then try again:"
    say "  sudo apt-get install -y --no-install-recommends $names"
    exit 2
  fi
}

check_python() {
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    say "Bongsu needs Python 3.11 or newer, and '$python' is not; name another with: make venv PYTHON=/path/to/python3.11"
    exit 2
  }
}

build_environment() {
  local wanted
  wanted="$("$python" -c 'import sys; print(sys.version)' | cat - requirements.txt <(sed -n '/entry_points/,/^$/p' setup.cfg) | sha256sum | cut -d' ' -f1)"
  [ "$(cat .venv/built-from 2>/dev/null)" = "$wanted" ] && return 0
  say "Building .venv (once; about 1.5 GB of libraries, two minutes or more)"
  rm -rf .venv  # built afresh: PySide6 wheels of another release leave files behind under the same names
  "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>build/pip.log
  printf '%s\n' "$wanted" >.venv/built-from
}

build_translations() {
  local source target
  for source in resources/translations/*.ts; do
    [ -e "$source" ] || continue
    target="${source%.ts}.qm"
    [ "$target" -nt "$source" ] && continue
    .venv/bin/pyside6-lrelease -silent "$source" -qm "$target.new" >/dev/null
    mv -f "$target.new" "$target"  # a desk that runs has the old file mapped: it must not change under it
  done
}

build_map_page() {
  [ resources/map/folium.js -nt .venv/built-from ] && [ resources/map/folium.js -nt tools/build_map_page.py ] && return 0
  .venv/bin/python tools/build_map_page.py
}

compile_kernels() {
  local wanted
  wanted="$(cat .venv/built-from backend_bridge/domain/*/*.py backend_bridge/adapters/{changed_words,lane_kernel,seen_fixes}.py \
    backend_bridge/bootstrap/warm.py | sha256sum | cut -d' ' -f1)"
  [ "$(cat .venv/kernels-of 2>/dev/null)" = "$wanted" ] && return 0
  say "Compiling the decision kernels (once; about a minute)"
  .venv/bin/python -m backend_bridge.bootstrap.warm
  printf '%s\n' "$wanted" >.venv/kernels-of
}

mkdir -p build
check_python
install_packages
build_environment
build_translations
build_map_page
[ "${1:-}" = without-kernels ] || compile_kernels
