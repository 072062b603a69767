# make run      set everything up and run the session        make run ARGS="--port 9000"
# make test     set everything up and pass every test
# make soak     kill the server 200 times under load; what was acknowledged must be there each time
# make lock     write the lock files anew, after a change of pyproject.toml
# make soak     kill the server two hundred times
# make fuzz     send a hundred thousand hostile messages; make fuzz MESSAGES=1000000
# make bench    print what the server can do, beside baselines of the same run

PYTHON ?= python3
MESSAGES ?= 100000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run install test check soak fuzz lock bench clean

run: install
	@$(BIN)/open-floor serve $(ARGS)

install: .venv/.installed

.venv/bin/python:
	$(PYTHON) -m venv .venv

# Installed from the lock file alone, each package checked against its hash.
.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

check: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Who has run out of tests takes over some of the other's: nearly all that takes long is in tests/browser.
# What failed is run once more: a browser test may run out of patience on a busy machine. Twice is a failure.
test: check
	$(BIN)/python -m tests.browser.find_browser --install
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS) || \
	$(BIN)/python -m pytest --last-failed --last-failed-no-failures none $(ARGS)

soak: .venv/.installed-dev
	KILLS=200 $(BIN)/python -m pytest -s tests/test_faults_kill.py $(ARGS)

fuzz: .venv/.installed-dev
	OPEN_FLOOR_FUZZ=$(MESSAGES) $(BIN)/python -m pytest -s tests/test_hostile_live.py tests/test_hostile_http.py $(ARGS)

bench: .venv/.installed
	$(BIN)/python -m bench $(ARGS)

lock: .venv/.installed-dev
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --extra dev --output-file requirements-dev.lock

clean:
	rm -rf .venv
