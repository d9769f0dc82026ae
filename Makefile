# The commands of the project; each does its own set-up.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
BIN := .venv/bin
SET ?=
SEEDS ?= 20
SHORT ?=
DISK ?=

.PHONY: run test test-browser check venv libraries lint types imports bench bench-breach faults simulate pictures clean

run: venv            ## start the demo; SET=../shared/data plays the tracks of that folder instead
	@tools/run_demo.sh $(if $(SET),--set $(SET),)

test: venv           ## run the tests (the app in a browser: make test-browser)
	@tools/run_tests.sh

test-browser: venv   ## the reference app in Debian's Chromium, which is installed where it may be
	@tools/with_chromium.sh tools/under_display.sh $(BIN)/python -m pytest tests/integration/test_reference_app_chromium.py

check: lint          ## everything that must hold before a change lands; types and imports are looked at beside the tests
	@$(MAKE) --no-print-directory --keep-going --jobs=3 types imports test

lint: libraries
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: libraries
	$(BIN)/mypy

imports: libraries
	$(BIN)/lint-imports

bench: venv          ## measure what the README's tables say
	@tools/under_display.sh $(BIN)/python bench/all.py

bench-breach: venv   ## the breach benchmark of ../shared against its targets
	$(BIN)/python bench/breach.py

faults: venv         ## the long fault runs: kills, torn writes, floods, fuzz, soak; SHORT=1 a few of each in some minutes
	$(BIN)/python bench/faults.py $(if $(SHORT),--short)

simulate: venv       ## simulated days from one seed each; DISK=1 with the real store and torn writes, which takes longer
	$(BIN)/python bench/simulate.py --seeds $(SEEDS) $(if $(DISK),--on-disk)

pictures: venv       ## draw docs/pictures again from the tests
	@tools/under_display.sh $(BIN)/python -m pytest tests/screenshots tests/integration/test_supervisors_evening.py --pictures

venv: libraries      ## build .venv from the locked requirements; needs the network only when they changed
	@PYTHON="$(PYTHON)" tools/set_up.sh

libraries:
	@PYTHON="$(PYTHON)" tools/set_up.sh without-kernels

clean:
	rm -rf .venv build *.egg-info
