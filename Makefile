# `make help` lists what there is. Everything that is installed stays in this folder.

.DEFAULT_GOAL := help
.PHONY: help run test check bench rehearse client wheel lock clean

PIP := .venv/bin/python -m pip -qq --no-input --disable-pip-version-check
NPM := cd client_static && PATH="$(CURDIR)/.venv/bin:$$PATH" npm
BUILT := server/static/.vite/manifest.json
# Folders too: a file that was removed changes nothing but its folder.
CLIENT := $(shell find client_static/src client_static/public 2>/dev/null) \
	$(wildcard client_static/*.html client_static/*.ts client_static/*.json)

# Most rules and frames wait for clocks and sockets: two runs to a core. What has a browser in it has the machine for itself.
WORKERS := $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN))
EVERY_TEST := \
	.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not browser" || failed=1; \
	.venv/bin/python -m pytest -m browser || failed=1;

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.run $(BUILT) ## Start the server on HOST (127.0.0.1) and PORT (8000), with its data in DATA (./data) or REDIS_URL
	@exec .venv/bin/boundary-crossing serve

test: .venv/.dev $(BUILT) ## Run every test, the browser's included; ARGS go to pytest
	@.venv/bin/python -m tests.support.machine
	@failed=0; \
	( $(NPM) run --silent test ) || failed=1; \
	$(if $(ARGS),.venv/bin/python -m pytest $(ARGS) || failed=1;,$(EVERY_TEST)) \
	exit $$failed

check: .venv/.dev client_static/node_modules/.done ## Formats, lint, types, import contracts, generated protocol types
	.venv/bin/python -m ruff format --quiet --check .
	.venv/bin/python -m ruff check --quiet .
	.venv/bin/python -m mypy
	.venv/bin/lint-imports
	.venv/bin/python -m scripts.generate_types --check
	@$(NPM) run --silent check

bench: .venv/.dev $(BUILT) benchmarks/load/node_modules/.done ## Measure the workloads beside the peers; ARGS go to the benchmarks
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/python -m benchmarks $(ARGS)

rehearse: .venv/.run ## Play a whole workshop with bots against the server on PORT
	@.venv/bin/boundary-crossing rehearse --people 23 --latecomers 2 --leavers 1

client: $(BUILT) ## Build the client

wheel: .venv/.run $(BUILT) ## Build the distribution, the client in it, in ./dist
	@.venv/bin/python -m hatchling build --target wheel

lock: .venv/.run .venv/.node ## Write the lock files anew, with the newest versions
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh scripts/lock.sh .venv/bin/python

clean: ## Remove all that was installed and built; ./data stays
	@rm -rf .venv client_static/node_modules server/static dist .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache

.venv/.made:
	@sh scripts/venv.sh
	@touch $@

.venv/.run: .venv/.made constraints.txt pyproject.toml
	@echo "Installing the server's packages ..."
	@$(PIP) install --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run constraints-dev.txt
	@echo "Installing the packages of the tests ..."
	@$(PIP) install --require-hashes -r constraints-dev.txt
	@touch $@

# A machine without Node, or with one too old for the build, gets its own from a wheel.
.venv/.node: .venv/.made constraints-node.txt
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
		&& npm --version >/dev/null 2>&1 \
		|| { echo "Installing Node ..."; $(PIP) install --require-hashes -r constraints-node.txt; }
	@touch $@

benchmarks/load/node_modules/.done: benchmarks/load/package-lock.json benchmarks/load/package.json .venv/.node
	@echo "Installing the packages of the load generator ..."
	@cd benchmarks/load && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --loglevel=error >/dev/null
	@touch $@

client_static/node_modules/.done: client_static/package-lock.json client_static/package.json .venv/.node
	@echo "Installing the client's packages ..."
	@$(NPM) ci --loglevel=error >/dev/null
	@touch $@

$(BUILT): client_static/node_modules/.done $(CLIENT)
	@echo "Building the client ..."
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@
