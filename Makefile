# `make help` lists the targets. For what they install, and for Windows, see docs/setting-up.md.
# ARGS is passed on: make run ARGS="--data-dir /tmp/try", make test ARGS="-k leg"
ARGS ?=
UV_RUN := scripts/uv run --no-sync

.DEFAULT_GOAL := help
.PHONY: help setup run check test test-long lint bench bundle sounds clean

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

setup: ## Prepare this machine and checkout (the other targets do it, too)
	@scripts/setup

run: setup ## Open the window; without a screen, save pictures of the tour in ./tour
	@scripts/run $(ARGS)

check: setup ## Before a commit: lint, and the tests of what was changed
	@scripts/check $(ARGS)

test: setup ## Run the tests on all cores, without a screen (ARGS=--slow: all that .ci/run does)
	@scripts/test $(ARGS)

# Writes its results to build/long-figures.md. The whole run takes several hours.
LONG := tests/faults tests/power tests/hostile tests/journal
test-long: setup ## Run all tests, then the journal's at their full figures (ARGS="-k row_2" for a part)
	@scripts/test --slow $(ARGS); code=$$?; [ $$code = 0 ] || [ $$code = 5 ]
	@QT_QPA_PLATFORM=offscreen $(UV_RUN) pytest --long -o faulthandler_timeout=0 $(LONG) $(ARGS)

lint: setup ## Check the code: ruff and mypy
	@$(UV_RUN) ruff check
	@$(UV_RUN) ruff format --check
	@$(UV_RUN) mypy

bench: setup ## Compare with the speed goals (ARGS: -k WORD, --json FILE, --readme)
	@scripts/bench $(ARGS)

bundle: ## Make dist/itband-gui/ (a folder that needs no Python) and its archive
	@scripts/setup --bundle
	@scripts/bundle

sounds: setup ## Record the voice's phrases and the tones again (needs espeak-ng)
	@$(UV_RUN) python scripts/make_sounds.py

clean: ## Remove everything that was made here, including tools and environment
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist tour
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
